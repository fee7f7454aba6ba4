//! Fills in what a session does not say, with legal data, and remembers it.

use bytes::Bytes;

use super::{HookArgument, Injection, Invented, Mail, Recipient, Session};
use crate::message::{Message, parse_addresses};

const SENDER: &str = "sender@sender.example";
const RECIPIENT: &str = "recipient@example.com";
const FILLER: &[u8] = b"This line fills the message up to the size that the session asks for.\r\n";

/// A session that nobody has described: one message to one recipient.
pub fn invented() -> Session {
    let mut session = Session::default();
    complete(&mut session, &|_| false);
    session
}

/// Fills in what is missing. `given` says whether a key was given, such as `connection.client` or
/// `message[1].mail_from`.
pub(super) fn complete(session: &mut Session, given: &dyn Fn(&str) -> bool) {
    let mut invented = Vec::new();
    let mut remember = |key: String, value: String, from: Option<String>| {
        invented.push(Invented { key, value: shortened(value), from });
    };
    if !given("clock") {
        remember("clock".to_owned(), session.clock.to_string(), None);
    }
    if session.injection == Injection::Smtp {
        if !given("connection.client") {
            remember("connection.client".to_owned(), session.connection.client.to_string(), None);
        }
        if !given("connection.hello") {
            remember("connection.hello".to_owned(), session.connection.hello.clone(), None);
        }
    }
    if session.messages.is_empty() && wants_mail(session) {
        session.messages.push(Mail::default());
    }
    let date = rfc2822_date(session);
    for (index, mail) in session.messages.iter_mut().enumerate() {
        let key = |name: &str| format!("message[{}].{name}", index + 1);
        let has_content = ["text", "base64", "file"].iter().any(|name| given(&key(name)));
        let headers = Message::from_bytes(if has_content { mail.bytes.clone() } else { Bytes::new() });
        if mail.mail_from.is_none() {
            let (address, from) = sender(&headers);
            remember(key("mail_from"), address.clone(), from);
            mail.mail_from = Some(address);
        }
        if mail.recipients.is_empty() {
            let (addresses, from) = recipients(&headers);
            remember(key("recipients"), addresses.join(", "), from);
            mail.recipients = addresses.into_iter().map(Recipient::new).collect();
        }
        if !has_content {
            let text = content(mail, &date);
            remember(key("text"), text.clone(), None);
            mail.bytes = text.into();
        }
        if let Some(size) = mail.size {
            fill(mail, size);
        }
    }
    session.invented = invented;
}

/// Whether the session is about mail. One that only gives commands, requests or time to timers need have none.
fn wants_mail(session: &Session) -> bool {
    let of_message = |argument: &HookArgument| matches!(argument, HookArgument::Object(object) if object.message.is_some() || object.recipient.is_some());
    let drives = !session.command.is_empty()
        || !session.http_request.is_empty()
        || !session.hook.is_empty()
        || session.advance > 0;
    !drives || session.hook.iter().any(|call| call.arguments.iter().any(of_message))
}

fn sender(message: &Message) -> (String, Option<String>) {
    for name in ["Return-Path", "Sender", "From"] {
        let Some(field) = message.headers().first(name.as_bytes()) else { continue };
        let from = Some(format!("the header {name}"));
        if field.value().as_ref() == b"<>" {
            return (String::new(), from);
        }
        if let Some(mailbox) = parse_addresses(field.folded_value()).into_iter().next() {
            return (mailbox.address, from);
        }
    }
    (SENDER.to_owned(), None)
}

fn recipients(message: &Message) -> (Vec<String>, Option<String>) {
    let mut addresses: Vec<String> = Vec::new();
    for name in ["To", "Cc", "Bcc"] {
        for field in message.headers().named(name.as_bytes()) {
            for mailbox in parse_addresses(field.folded_value()) {
                // An address with nothing before or behind the `@` names nobody that RCPT TO could.
                if mailbox.address.contains('@') && !addresses.contains(&mailbox.address) {
                    addresses.push(mailbox.address);
                }
            }
        }
    }
    if addresses.is_empty() {
        return (vec![RECIPIENT.to_owned()], None);
    }
    (addresses, Some("the headers To, Cc and Bcc".to_owned()))
}

fn content(mail: &Mail, date: &str) -> String {
    let sender = if mail.sender().is_empty() { "MAILER-DAEMON@sender.example" } else { mail.sender() };
    let recipients: Vec<&str> = mail.recipients.iter().map(|to| to.address.as_str()).collect();
    format!(
        "Date: {date}\r\nFrom: {sender}\r\nTo: {}\r\nMessage-ID: <sample-1@sender.example>\r\n\
         Subject: A sample message\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         This message was made up, since the session has none.\r\n",
        recipients.join(",\r\n ")
    )
}

fn rfc2822_date(session: &Session) -> String {
    let time = session.clock.0.to_zoned(jiff::tz::TimeZone::UTC);
    time.strftime("%a, %d %b %Y %H:%M:%S %z").to_string()
}

/// Appends lines until the message has `size` bytes; the last line is cut to fit, where at least its end fits.
fn fill(mail: &mut Mail, size: u64) {
    let Ok(size) = usize::try_from(size) else { return };
    if mail.bytes.len() >= size {
        return;
    }
    let mut bytes = mail.bytes.to_vec();
    bytes.reserve(size - bytes.len());
    while bytes.len() < size {
        let room = size - bytes.len();
        if room >= FILLER.len() + 2 || room == FILLER.len() {
            bytes.extend_from_slice(FILLER);
        } else {
            bytes.extend(std::iter::repeat_n(b'.', room.saturating_sub(2)));
            bytes.extend_from_slice(b"\r\n".get(..room.min(2)).unwrap_or_default());
        }
    }
    mail.bytes = bytes.into();
}

fn shortened(value: String) -> String {
    const LONGEST: usize = 200;
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_out_of_nothing_is_whole_and_says_so() {
        let session = invented();
        let keys: Vec<&str> = session.invented.iter().map(|value| value.key.as_str()).collect();
        assert_eq!(
            keys,
            [
                "clock",
                "connection.client",
                "connection.hello",
                "message[1].mail_from",
                "message[1].recipients",
                "message[1].text"
            ]
        );
        let message = Message::from_bytes(session.messages[0].bytes.clone());
        assert_eq!(message.headers().first(b"to").unwrap().folded_value(), RECIPIENT.as_bytes());
        assert_eq!(
            message.headers().first(b"date").unwrap().folded_value(),
            b"Thu, 15 Jan 2026 00:00:00 +0000"
        );
    }

    #[test]
    fn a_message_is_filled_to_the_byte() {
        for size in 100..400 {
            let mut mail = Mail { bytes: Bytes::from_static(b"Subject: large\r\n\r\n"), ..Mail::default() };
            fill(&mut mail, size);
            assert_eq!(mail.bytes.len() as u64, size);
            assert!(mail.bytes.ends_with(b"\r\n"));
        }
    }
}
