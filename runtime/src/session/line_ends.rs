//! Line ends of messages: on the wire they are CRLF.

use bytes::Bytes;
use memchr::{memchr, memchr_iter};

/// The text with CRLF at the end of each line that ends in LF alone.
pub(crate) fn to_crlf(text: &Bytes) -> Bytes {
    let bare = |&at: &usize| at == 0 || text.get(at - 1) != Some(&b'\r');
    if !memchr_iter(b'\n', text).any(|at| bare(&at)) {
        return text.clone();
    }
    let mut out = Vec::with_capacity(text.len() + text.len() / 32);
    let mut from = 0;
    for at in memchr_iter(b'\n', text).filter(bare) {
        out.extend_from_slice(text.get(from..at).unwrap_or_default());
        out.push(b'\r');
        from = at;
    }
    out.extend_from_slice(text.get(from..).unwrap_or_default());
    out.into()
}

/// A message out of a file. One whose first line ends in LF alone was saved with the line ends of the system: all of its
/// lines get CRLF. Any other goes over the wire as it is.
pub(crate) fn of_file(bytes: &Bytes) -> Bytes {
    match memchr(b'\n', bytes) {
        Some(end) if end == 0 || bytes.get(end - 1) != Some(&b'\r') => to_crlf(bytes),
        _ => bytes.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_saved_with_bare_line_feeds_is_changed() {
        let of_file = |text: &'static [u8]| of_file(&Bytes::from_static(text));
        assert_eq!(&of_file(b"A: b\n\nx\r\ny\n")[..], b"A: b\r\n\r\nx\r\ny\r\n");
        assert_eq!(&of_file(b"A: b\r\n\r\nx\ny\r\r\n\0")[..], b"A: b\r\n\r\nx\ny\r\r\n\0");
        assert_eq!(&of_file(b"\nx\n")[..], b"\r\nx\r\n");
        assert_eq!(&of_file(b"no line end")[..], b"no line end");
    }
}
