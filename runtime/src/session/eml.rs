//! A message alone as a session.

use bytes::Bytes;

use super::{Mail, Session, invent, line_ends};

/// The session that brings one message. Its envelope comes from its headers, all else is made up. A message that was
/// saved with the line ends of the system gets CRLF; binary content is kept as it is.
pub fn from_eml(bytes: impl Into<Bytes>) -> Session {
    let mail = Mail { bytes: line_ends::of_file(&bytes.into()), ..Mail::default() };
    let mut session = Session { messages: vec![mail], ..Session::default() };
    invent::complete(&mut session, &|key| key == "message[1].text");
    session
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_envelope_comes_from_the_headers() {
        let session = from_eml(
            &b"Return-Path: <bounce@news.example>\nFrom: News <news@news.example>\n\
               To: Anna <anna@example.com>, ben@example.org\nCc: anna@example.com\nBcc: carla@example.com\n\nHi\n"[..],
        );
        let mail = &session.messages[0];
        assert_eq!(mail.sender(), "bounce@news.example");
        let recipients: Vec<&str> = mail.recipients.iter().map(|to| to.address.as_str()).collect();
        assert_eq!(recipients, ["anna@example.com", "ben@example.org", "carla@example.com"]);
        assert!(mail.bytes.ends_with(b"\r\n\r\nHi\r\n"));
        let from: Vec<(&str, &str)> = session
            .invented
            .iter()
            .filter_map(|value| Some((value.key.as_str(), value.from.as_deref()?)))
            .collect();
        assert_eq!(
            from,
            [
                ("message[1].mail_from", "the header Return-Path"),
                ("message[1].recipients", "the headers To, Cc and Bcc")
            ]
        );
    }

    #[test]
    fn a_bounce_has_the_null_sender() {
        let session = from_eml(&b"Return-Path: <>\r\nFrom: MAILER-DAEMON@example.net\r\n\r\n"[..]);
        assert_eq!(session.messages[0].mail_from.as_deref(), Some(""));
        assert_eq!(session.messages[0].recipients[0].address, "recipient@example.com");
    }

    #[test]
    fn binary_content_stays() {
        let source: Vec<u8> = b"Subject: x\r\n\r\n".iter().copied().chain(0..=255).collect();
        assert_eq!(from_eml(source.clone()).messages[0].bytes, source);
    }
}
