//! What a message that came back says: the answer of a server, and the recipient whose mail it was.

use crate::message::{Component, Message, dsn, parse_addresses};

/// So much of a message is looked at.
const MOST: usize = 64 * 1024;

/// What a bounce says.
pub(super) struct Bounce {
    /// The text that tells why.
    pub(super) text: String,
    /// A class that is plain from the headers: an automatic reply, a request.
    pub(super) class: Option<u16>,
    /// The recipient; empty when nobody can tell.
    pub(super) recipient: String,
}

/// Reads a message that may be a bounce.
pub(super) fn read(message: &Message) -> Bounce {
    if let Some(fields) = dsn::read(message) {
        return of_status(&fields);
    }
    let first = |name: &str| {
        let values = message.header_values(name.as_bytes());
        values.first().map(|value| String::from_utf8_lossy(value).into_owned())
    };
    let subject = first("Subject").unwrap_or_default();
    let text = text_of(message);
    let failed = first("X-Failed-Recipients").and_then(|value| address_in(&value));
    let recipient = failed.or_else(|| recipient_in(message, &text)).unwrap_or_default();
    Bounce { class: by_headers(message, &subject), text: reason(&subject, &text), recipient }
}

fn of_status(fields: &[(String, String)]) -> Bounce {
    let value = |name: &str| {
        let found = fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.split_once(';').map_or(value.as_str(), |(_, value)| value).trim())
    };
    let recipient = value("Final-Recipient").or_else(|| value("Original-Recipient")).unwrap_or_default();
    let diagnostic = value("Diagnostic-Code").unwrap_or_default();
    let status = value("Status").unwrap_or_default();
    let text = if diagnostic.is_empty() {
        // As a reply would have it: `550 5.1.1`.
        format!("{}50 {status}", status.get(..1).unwrap_or("5"))
    } else {
        diagnostic.to_owned()
    };
    let class = value("Action").is_some_and(|action| action.eq_ignore_ascii_case("delayed")).then_some(70);
    Bounce { text, class, recipient: recipient.trim_matches(['<', '>']).to_owned() }
}

fn by_headers(message: &Message, subject: &str) -> Option<u16> {
    let has = |name: &[u8], part: &[u8]| {
        message.header_values(name).iter().any(|value| {
            let lower = value.to_ascii_lowercase();
            memchr::memmem::find(&lower, part).is_some()
        })
    };
    let subject = subject.trim().to_lowercase();
    if has(b"X-Autoreply", b"")
        || has(b"X-Autorespond", b"")
        || has(b"Precedence", b"auto_reply")
        || ["out of office", "auto:", "autoreply", "automatic reply", "auto reply", "vacation"]
            .iter()
            .any(|start| subject.starts_with(start))
    {
        return Some(60);
    }
    match subject.as_str() {
        "unsubscribe" | "remove" => Some(90),
        "subscribe" => Some(80),
        _ => None,
    }
}

/// The text parts, as far as they are looked at.
fn text_of(message: &Message) -> String {
    let mut text = String::new();
    for part in message.text_parts(None) {
        if text.len() > MOST {
            break;
        }
        text.push_str(&message.part_text(part).unwrap_or_default());
        text.push('\n');
    }
    let mut end = text.len().min(MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

/// The line that looks like an answer of a server; without one, the text above the copy of the mail.
fn reason(subject: &str, text: &str) -> String {
    let answer = text.lines().map(str::trim).find(|line| {
        let code = line.get(..3).and_then(|code| code.parse::<u16>().ok());
        code.is_some_and(|code| (400..600).contains(&code))
            && line.as_bytes().get(3).is_none_or(|byte| matches!(byte, b' ' | b'-'))
    });
    match answer {
        Some(answer) => answer.to_owned(),
        None => {
            let above = text.lines().take_while(|line| {
                let line = line.trim();
                !(line.starts_with("---")
                    || line.starts_with("Received:")
                    || line.starts_with("Return-Path:"))
            });
            format!("{subject} {}", above.collect::<Vec<_>>().join(" "))
        }
    }
}

fn address_in(text: &str) -> Option<String> {
    parse_addresses(text.as_bytes()).into_iter().map(|one| one.address).find(|address| address.contains('@'))
}

/// The first address in the text that is neither the reporter's nor the one that the bounce came to.
fn recipient_in(message: &Message, text: &str) -> Option<String> {
    let of = |name: &[u8]| {
        message.header_values(name).iter().flat_map(|value| parse_addresses(value)).collect::<Vec<_>>()
    };
    let known = [of(b"From"), of(b"To"), of(b"Reply-To")].concat();
    let is_end = |char: char| char.is_whitespace() || "<>()[]\"',;".contains(char);
    text.split(is_end).map(|word| word.trim_matches([':', '.'])).find_map(|word| {
        let domain = Component::Domain.of(word);
        let looks =
            !Component::Localpart.of(word).is_empty() && domain.contains('.') && !domain.ends_with('.');
        let is_known = known.iter().any(|one| one.address.eq_ignore_ascii_case(word));
        (looks && !is_known).then(|| word.to_owned())
    })
}
