//! Where messages begin and end in a stream of bytes, and which of them can be read: `Content-Length`, blank line, body.
//!
//! The library that reads messages ends at the first one that it cannot read, so it is handed messages alone that it
//! can. In the place of any other one it gets a request to the server itself, [`UNREADABLE`], which
//! [`service`](crate::service) answers with the error: answers keep their order, and one place writes.

use std::io::Write as _;

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

/// The method of the request that stands for a message that cannot be read; its parameters are the error.
pub(crate) const UNREADABLE: &str = "$/unreadable";

/// The longest body in bytes. A length above it is a mistake, for which nothing is kept in memory.
const LONGEST_BODY: usize = 1 << 28;

/// The longest line of a header in bytes.
const LONGEST_LINE: usize = 1 << 12;

const LENGTH: &[u8] = b"content-length:";

/// Cuts a stream into messages.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    /// What came and is not yet worked off.
    bytes: Vec<u8>,
    /// What the headers so far say, from the first line to the blank one.
    header: Header,
    /// The length of the body, once the headers are through.
    body: Option<usize>,
}

#[derive(Debug, Default)]
struct Header {
    /// A line of a header came.
    begun: bool,
    /// What it says of the length; `Err` where that is no length.
    length: Option<Result<usize, ()>>,
    /// Something came that is no header, and that was said.
    lost: bool,
}

impl Frames {
    /// Takes what came in.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The next message, with its header. `None` until more has come in.
    pub(crate) fn next(&mut self) -> Option<Vec<u8>> {
        loop {
            if let Some(length) = self.body {
                if self.bytes.len() < length {
                    return None;
                }
                self.body = None;
                let body: Vec<u8> = self.bytes.drain(..length).collect();
                return Some(match checked(&body) {
                    Ok(()) => framed(&body),
                    Err(error) => {
                        // The length was too long: the messages after this one are in its body.
                        if let Some(at) = inner_header(&body) {
                            self.bytes.splice(..0, body.into_iter().skip(at));
                        }
                        unreadable(&error)
                    }
                });
            }
            let Some(end) = self.bytes.iter().position(|&byte| byte == b'\n') else {
                self.shorten();
                return None;
            };
            let line: Vec<u8> = self.bytes.drain(..=end).collect();
            if let Some(lost) = self.line(line.trim_ascii_end()) {
                return Some(lost);
            }
        }
    }

    /// Says what the end of the stream leaves unread.
    pub(crate) fn end(&self) {
        if !self.bytes.is_empty() || self.header.begun || self.body.is_some() {
            log("the standard input ended within a message");
        }
    }

    /// One line in front of a body. Gives what is answered when a message is lost with it.
    fn line(&mut self, line: &[u8]) -> Option<Vec<u8>> {
        if line.is_empty() {
            let header = std::mem::take(&mut self.header);
            let wrong = match header.length {
                Some(Ok(length)) => {
                    self.body = Some(length);
                    return None;
                }
                Some(Err(())) => "the length in the header of a message is not one",
                None if header.begun => "a message has no Content-Length",
                // Blank lines, and what comes after something that is no header.
                None => {
                    self.header.lost = header.lost;
                    return None;
                }
            };
            log(&format!("{wrong}; reading goes on at the next header"));
            self.header.lost = true;
            return Some(unreadable(&error(ErrorCode::ParseError, wrong)));
        }
        // What a body of more than its length leaves may end within the line.
        let length_at = find(line, LENGTH);
        let at = length_at.or_else(|| is_header(line).then_some(0));
        if at != Some(0) {
            self.lose();
        }
        let header = line.get(at?..)?;
        self.header.begun = true;
        if length_at.is_some() {
            let value = header.get(LENGTH.len()..).unwrap_or_default().trim_ascii();
            self.header.length = Some(length(value).ok_or(()));
        }
        None
    }

    /// Something is no header: what was said before it does not count.
    fn lose(&mut self) {
        if !self.header.lost {
            log("what came is no header of a message; reading goes on at the next one");
        }
        self.header = Header { lost: true, ..Header::default() };
    }

    /// Forgets the beginning of a line that is too long for a header.
    fn shorten(&mut self) {
        if self.bytes.len() > LONGEST_LINE {
            self.lose();
            let rest = self.bytes.len() - LENGTH.len();
            let keep = find(&self.bytes, LENGTH).filter(|&at| at > 0).unwrap_or(rest);
            self.bytes.drain(..keep);
        }
    }
}

/// Whether a line looks like `Name: value`.
fn is_header(line: &[u8]) -> bool {
    let name = line.iter().position(|&byte| byte == b':').and_then(|colon| line.get(..colon));
    name.is_some_and(|name| {
        !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    })
}

fn length(value: &[u8]) -> Option<usize> {
    let digits =
        std::str::from_utf8(value).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    digits?.parse().ok().filter(|&length| length <= LONGEST_BODY)
}

/// Where a text of lower-case letters stands, in any case.
fn find(bytes: &[u8], text: &[u8]) -> Option<usize> {
    bytes.windows(text.len()).position(|window| window.eq_ignore_ascii_case(text))
}

/// Where in something that is no JSON another message begins: a header with the end of its line, which no string of
/// JSON can hold.
fn inner_header(body: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = body.get(from..).and_then(|rest| find(rest, LENGTH)) {
        let rest = body.get(from + at + LENGTH.len()..)?;
        let line = rest.split(|&byte| byte == b'\n').next().filter(|line| line.ends_with(b"\r"));
        if line.is_some_and(|line| length(line.trim_ascii()).is_some()) {
            return Some(from + at);
        }
        from += at + LENGTH.len();
    }
    None
}

/// What the library reads a message as, in the same order.
#[derive(Deserialize)]
#[serde(untagged)]
#[allow(dead_code, reason = "what an answer says is read later")]
enum Message {
    Response(Response),
    Request(Request),
}

/// Whether a body is a message.
fn checked(body: &[u8]) -> Result<(), Error> {
    let not_json = |why: String| error(ErrorCode::ParseError, format!("the message is no JSON: {why}"));
    let no_message =
        |why: &str| error(ErrorCode::InvalidRequest, format!("the message is none of JSON-RPC 2.0: {why}"));
    let text = std::str::from_utf8(body).map_err(|why| not_json(why.to_string()))?;
    let message = serde_json::from_str::<Message>(text).map_err(|why| match why.is_data() {
        true => no_message("neither a request nor a response"),
        false => not_json(why.to_string()),
    })?;
    // The library takes these two for messages.
    if !text.trim_start().starts_with('{') {
        return Err(no_message("not an object"));
    }
    match message {
        Message::Request(request) if request.method().is_empty() => Err(no_message("without a method")),
        Message::Request(_) | Message::Response(_) => Ok(()),
    }
}

fn error(code: ErrorCode, message: impl Into<String>) -> Error {
    Error { code, message: message.into().into(), data: None }
}

fn framed(body: &[u8]) -> Vec<u8> {
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body);
    frame
}

/// The request that is answered with an error.
fn unreadable(error: &Error) -> Vec<u8> {
    let parameters = json!({ "code": error.code.code(), "message": error.message });
    let request = json!({ "jsonrpc": "2.0", "id": Value::Null, "method": UNREADABLE, "params": parameters });
    framed(request.to_string().as_bytes())
}

/// The answer to a request that stands for a message that cannot be read.
pub(crate) fn answer(request: &Request) -> Option<Response> {
    if request.method() != UNREADABLE || request.id() != Some(&Id::Null) {
        return None;
    }
    let error = request.params().and_then(|error| serde_json::from_value(error.clone()).ok());
    Some(Response::from_error(Id::Null, error.unwrap_or_else(Error::invalid_request)))
}

/// A word for those who read the server's log. That nobody does is no reason to end.
fn log(what: &str) {
    if cfg!(test) {
        return;
    }
    let _ = writeln!(std::io::stderr(), "momentum-lua lsp: {what}");
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "all of it is tests")]
mod tests {
    use super::*;

    const PING: &str = r#"{"jsonrpc":"2.0","id":7,"method":"ping"}"#;

    /// What comes out, in short: `ping`, or the code of the error. Comes in bytes, in pieces of `step`.
    fn read(stream: &[u8], step: usize) -> Vec<String> {
        let mut frames = Frames::default();
        let mut read = Vec::new();
        for piece in stream.chunks(step) {
            frames.push(piece);
            while let Some(frame) = frames.next() {
                let frame = String::from_utf8(frame).unwrap();
                let (header, body) = frame.split_once("\r\n\r\n").unwrap();
                assert_eq!(header, format!("Content-Length: {}", body.len()));
                let request: Request = body.parse().unwrap();
                read.push(match answer(&request) {
                    Some(answer) => answer.error().unwrap().code.code().to_string(),
                    None => request.method().to_owned(),
                });
            }
        }
        read
    }

    fn message(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    fn assert_read(stream: &str, expected: &[&str]) {
        for step in [1, 3, 7, 100_000] {
            assert_eq!(read(stream.as_bytes(), step), expected, "{step}: {stream:?}");
        }
    }

    #[test]
    fn messages_are_cut_whatever_the_pieces() {
        assert_read(&message(PING).repeat(3), &["ping"; 3]);
        let header = format!(
            "content-length:{}\nContent-Type: application/vscode-jsonrpc\nX: 1\n\n{PING}",
            PING.len()
        );
        assert_read(&header.repeat(2), &["ping"; 2]);
    }

    #[test]
    fn bodies_that_cannot_be_read_are_told_apart() {
        for body in ["", "{", "{\"jsonrpc\":\"2.0\",\"id\":7,", "x", &"[".repeat(1000)] {
            assert_read(&(message(body) + &message(PING)), &["-32700", "ping"]);
        }
        for body in [
            "{}",
            "[]",
            "7",
            "[\"2.0\",\"ping\"]",
            "{\"jsonrpc\":\"2.0\"}",
            "{\"jsonrpc\":\"1.0\",\"method\":\"ping\"}",
        ] {
            assert_read(&(message(body) + &message(PING)), &["-32600", "ping"]);
        }
        let mut bytes = b"Content-Length: 2\r\n\r\n\xff\xfe".to_vec();
        bytes.extend(message(PING).bytes());
        assert_eq!(read(&bytes, 5), ["-32700", "ping"]);
    }

    #[test]
    fn wrong_headers_lose_one_message() {
        let good = message(PING);
        for length in ["", "x", "-1", "+4", "99999999999999999999999", "9999999999"] {
            assert_read(&format!("Content-Length: {length}\r\n\r\n{PING}{good}"), &["-32700", "ping"]);
        }
        assert_read(&format!("Content-Type: x\r\n\r\n{PING}{good}"), &["-32700", "ping"]);
        assert_read(&format!("\r\n\r\n{good}\r\n{good}"), &["ping", "ping"]);
        assert_read(&format!("no header\n{{\"a\": 1}}{good}{good}"), &["ping", "ping"]);
        assert_read(&format!("{}{good}", "x".repeat(20_000)), &["ping"]);
    }

    #[test]
    fn wrong_lengths_lose_one_message() {
        let good = message(PING);
        for length in [1, PING.len() - 1] {
            assert_read(
                &format!("Content-Length: {length}\r\n\r\n{PING}{good}{good}"),
                &["-32700", "ping", "ping"],
            );
        }
        for length in [PING.len() + 1, PING.len() + 30, PING.len() + good.len() + 5] {
            let stream = format!("Content-Length: {length}\r\n\r\n{PING}{good}{good}{good}");
            let read = read(stream.as_bytes(), 11);
            assert_eq!(read[0], "-32700", "{length}: {read:?}");
            assert_eq!(&read[read.len() - 2..], ["ping", "ping"], "{length}: {read:?}");
        }
    }

    #[test]
    fn nothing_panics_or_grows() {
        let pieces: [&[u8]; 8] = [
            b"Content-Length: ",
            b"5",
            b"\r\n",
            b"\r\n\r\n",
            b"{}",
            b"\xff:",
            PING.as_bytes(),
            b"Content-Length: 40\r\n\r\n",
        ];
        let mut random = fastrand::Rng::with_seed(7);
        let mut frames = Frames::default();
        for _ in 0..200_000 {
            frames.push(pieces[random.usize(..pieces.len())]);
            while frames.next().is_some() {}
            frames.body = frames.body.filter(|&length| length < 10_000);
            assert!(frames.bytes.len() < 20_000, "{}", frames.bytes.len());
        }
    }
}
