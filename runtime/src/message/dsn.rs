//! Delivery status notifications (RFC 3464).

use bytes::Bytes;

use super::Message;
use super::headers::{HeaderMode, Headers};
use super::transfer::TransferEncoding;
use super::tree::TOP;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// It cannot be delivered.
    Failed,
    /// It waits.
    Delayed,
    /// It was delivered.
    Delivered,
    /// It was handed to a server that does not notify.
    Relayed,
    /// It went to the members of a list.
    Expanded,
}

impl Action {
    /// The word of the field `Action`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Delayed => "delayed",
            Self::Delivered => "delivered",
            Self::Relayed => "relayed",
            Self::Expanded => "expanded",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Failed => "5",
            Self::Delayed => "4",
            Self::Delivered | Self::Relayed | Self::Expanded => "2",
        }
    }

    const fn subject(self) -> &'static str {
        match self {
            Self::Failed => "Your message could not be delivered",
            Self::Delayed => "Your message has not been delivered yet",
            Self::Delivered => "Your message was delivered",
            Self::Relayed => "Your message was passed on",
            Self::Expanded => "Your message was sent to the members of a list",
        }
    }
}

/// What a notification says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice<'n> {
    /// What became of the message.
    pub action: Action,
    /// The server that says so.
    pub reporting_mta: &'n str,
    /// The recipient of the message.
    pub recipient: &'n str,
    /// The sender of the message, who gets the notification.
    pub sender: &'n str,
    /// What the receiver answered: code and text. Empty when there was no answer.
    pub reply: &'n str,
    /// The receiver's server.
    pub remote_mta: Option<&'n str>,
    /// When the message came in, as a date of mail (RFC 5322).
    pub arrival_date: Option<&'n str>,
    /// Now, as a date of mail.
    pub date: &'n str,
    /// The notification's own Message-ID, with its angle brackets.
    pub message_id: Option<&'n str>,
}

/// The status code (RFC 3463) of an SMTP reply: the one that its text has, else one made of the class of its code.
pub fn status_of(reply: &str) -> Option<String> {
    let class = reply.chars().next().filter(|class| matches!(class, '2' | '4' | '5'))?;
    let is_status = |word: &str| {
        let mut pieces = word.split('.');
        let number = |piece: Option<&str>| {
            piece.is_some_and(|piece| {
                (1..=3).contains(&piece.len()) && piece.bytes().all(|byte| byte.is_ascii_digit())
            })
        };
        pieces.next().is_some_and(|first| first.len() == 1 && first.starts_with(class))
            && number(pieces.next())
            && number(pieces.next())
            && pieces.next().is_none()
    };
    let mut words = reply.split(|char: char| !(char.is_ascii_digit() || char == '.'));
    let found = words.find(|word| is_status(word)).map(str::to_owned);
    Some(found.unwrap_or_else(|| format!("{class}.0.0")))
}

/// The fields that an SMTP reply gives: `Status` and `Diagnostic-Code`.
pub fn fields_of_reply(reply: &str) -> Vec<(&'static str, String)> {
    let reply = one_line(reply);
    let mut fields = Vec::new();
    if let Some(status) = status_of(&reply) {
        fields.push(("Status", status));
    }
    if !reply.is_empty() {
        fields.push(("Diagnostic-Code", format!("smtp; {reply}")));
    }
    fields
}

/// The fields about the message.
pub fn message_fields(notice: &Notice<'_>) -> Vec<(&'static str, String)> {
    let mut fields = vec![("Reporting-MTA", format!("dns; {}", one_line(notice.reporting_mta)))];
    if let Some(date) = notice.arrival_date {
        fields.push(("Arrival-Date", one_line(date)));
    }
    fields
}

/// The fields about the recipient.
pub fn recipient_fields(notice: &Notice<'_>) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("Final-Recipient", format!("rfc822; {}", one_line(notice.recipient))),
        ("Action", notice.action.word().to_owned()),
    ];
    let of_reply = fields_of_reply(notice.reply);
    let fits =
        of_reply.iter().any(|(name, status)| *name == "Status" && status.starts_with(notice.action.class()));
    if !fits {
        fields.push(("Status", format!("{}.0.0", notice.action.class())));
    }
    if let Some(remote) = notice.remote_mta {
        fields.push(("Remote-MTA", format!("dns; {}", one_line(remote))));
    }
    fields.extend(of_reply.into_iter().filter(|(name, _)| fits || *name != "Status"));
    fields
}

/// The notification about a message: a text, the fields, and the headers of the message.
pub fn notification(original: &Message, notice: &Notice<'_>, seed: u64) -> Message {
    let mut message = Message::from_bytes(Bytes::from_static(b"\r\n"));
    let own = [
        ("Date", notice.date.to_owned()),
        ("From", format!("Mail Delivery System <MAILER-DAEMON@{}>", notice.reporting_mta)),
        ("To", notice.sender.to_owned()),
        ("Subject", notice.action.subject().to_owned()),
        ("Auto-Submitted", "auto-replied".to_owned()),
        ("MIME-Version", "1.0".to_owned()),
    ];
    let id = notice.message_id.map(|id| ("Message-ID", id.to_owned()));
    for (name, value) in own.into_iter().chain(id) {
        message.headers_mut().set(name.as_bytes(), [value.as_bytes()], HeaderMode::Append);
    }
    let mut text =
        format!("{}.\r\n\r\nRecipient: {}\r\n", notice.action.subject(), one_line(notice.recipient));
    if !notice.reply.is_empty() {
        text.push_str(&format!("Answer of the receiver: {}\r\n", one_line(notice.reply)));
    }
    let text_encoding = TransferEncoding::for_text(text.as_bytes());
    let text = text_encoding.encode(text.as_bytes()).into_owned();
    let mut status = Vec::new();
    for (number, fields) in [message_fields(notice), recipient_fields(notice)].into_iter().enumerate() {
        if number > 0 {
            status.extend_from_slice(b"\r\n");
        }
        for (name, value) in fields {
            status.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
        }
    }
    let mut headers = Vec::new();
    original.headers().write_to(&mut headers);
    let parts = [
        message.make_part(b"text/plain; charset=utf-8", text, text_encoding),
        message.make_part(b"message/delivery-status", status, TransferEncoding::SevenBit),
        message.make_part(b"text/rfc822-headers", headers, TransferEncoding::EightBit),
    ];
    let container = message.container(b"multipart/report; report-type=delivery-status", &parts, seed);
    message.set_top(container);
    Message::from_bytes(message.to_bytes())
}

/// The fields of a notification that came in, in their order: those about the message, then those of each recipient.
/// `None` when the message is none.
pub fn read(message: &Message) -> Option<Vec<(String, String)>> {
    let is_status = |part: &_| {
        let name = message.content_type(*part).mimetype;
        name.is_some_and(|name| {
            matches!(name.as_str(), "message/delivery-status" | "message/global-delivery-status")
        })
    };
    let part = message.parts().find(is_status).filter(|&part| part != TOP || !message.body().is_empty())?;
    let mut rest = Bytes::from(message.decoded(part));
    let mut fields = Vec::new();
    while !rest.is_empty() {
        let (block, _, after) = Headers::split(&rest);
        for field in block.iter().filter(|field| !field.name().is_empty()) {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            fields.push((text(field.name()), text(&field.value())));
        }
        rest = after;
    }
    (!fields.is_empty()).then_some(fields)
}

fn one_line(text: &str) -> String {
    let lines = text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTICE: Notice<'static> = Notice {
        action: Action::Failed,
        reporting_mta: "mta1.example.net",
        recipient: "gone@mailbox.example",
        sender: "news@example.com",
        reply: "550-5.1.1 No\r\n550 such user",
        remote_mta: Some("mx.mailbox.example"),
        arrival_date: Some("Thu, 15 Jan 2026 00:00:00 +0000"),
        date: "Thu, 15 Jan 2026 00:01:00 +0000",
        message_id: None,
    };

    #[test]
    fn a_reply_has_a_status() {
        let status = |reply| status_of(reply).unwrap_or_default();
        assert_eq!(status("550 5.1.1 No such user"), "5.1.1");
        assert_eq!(status("550 No such user at 5.6.7.8"), "5.0.0");
        assert_eq!(status("451 (#4.7.650) limited 5.1.1"), "4.7.650");
        assert_eq!(status("timeout"), "");
    }

    #[test]
    fn a_notification_can_be_read_again() {
        let original =
            Message::from_bytes(&b"Subject: News\r\nTo: gone@mailbox.example\r\n\r\nlong text\r\n"[..]);
        let message = notification(&original, &NOTICE, 7);
        let types: Vec<_> = message.parts().filter_map(|part| message.content_type(part).mimetype).collect();
        assert_eq!(
            types,
            ["multipart/report", "text/plain", "message/delivery-status", "text/rfc822-headers"]
        );
        let fields = read(&message).unwrap();
        let shown: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        assert_eq!(
            shown,
            [
                "Reporting-MTA: dns; mta1.example.net",
                "Arrival-Date: Thu, 15 Jan 2026 00:00:00 +0000",
                "Final-Recipient: rfc822; gone@mailbox.example",
                "Action: failed",
                "Remote-MTA: dns; mx.mailbox.example",
                "Status: 5.1.1",
                "Diagnostic-Code: smtp; 550-5.1.1 No 550 such user",
            ]
        );
        assert!(message.to_bytes().windows(13).any(|window| window == b"Subject: News"));
        assert_eq!(read(&original), None);
        let delayed = Notice { action: Action::Delayed, ..NOTICE };
        assert!(
            recipient_fields(&delayed).contains(&("Status", "4.0.0".to_owned())),
            "the reply does not fit"
        );
    }
}
