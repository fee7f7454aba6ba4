//! The header fields of a message or of a part, in their order.

use bytes::Bytes;
use memchr::memchr;

use super::field::Field;

/// Where a new field goes, in the words of `msg:header`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeaderMode {
    /// The fields of that name are taken away; the new ones stand where the first of them was, or at the end.
    Replace,
    /// Above all other fields.
    Prepend,
    /// Below all other fields.
    Append,
}

impl HeaderMode {
    /// The mode of this name: `replace`, `prepend` or `append`.
    pub fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"replace" => Some(Self::Replace),
            b"prepend" => Some(Self::Prepend),
            b"append" => Some(Self::Append),
            _ => None,
        }
    }
}

/// Header fields, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    fields: Vec<Field>,
}

impl Headers {
    /// No fields.
    pub const fn none() -> Self {
        Self { fields: Vec::new() }
    }

    /// Reads the fields at the beginning of a message or part. Gives them, the empty line that ends them, and what
    /// follows it. Without an empty line all of it is headers.
    pub fn split(source: &Bytes) -> (Self, Bytes, Bytes) {
        let mut fields = Vec::new();
        let mut start = 0;
        let mut at = 0;
        loop {
            let rest = source.get(at..).unwrap_or_default();
            let line_end = memchr(b'\n', rest).map_or(source.len(), |end| at + end + 1);
            let line = source.get(at..line_end).unwrap_or_default();
            let continues = line.starts_with(b" ") || line.starts_with(b"\t");
            let is_end = line.is_empty() || matches!(line, b"\n" | b"\r\n");
            if at > start && (is_end || !continues) {
                fields.push(Field::from_raw(source.slice(start..at)));
                start = at;
            }
            if is_end {
                return (Self { fields }, source.slice(at..line_end), source.slice(line_end..));
            }
            at = line_end;
        }
    }

    /// All fields, in their order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Field> {
        self.fields.iter()
    }

    /// How many fields there are.
    pub const fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there is no field.
    pub const fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The fields of a name, in their order; case does not count.
    pub fn named<'h>(&'h self, name: &'h [u8]) -> impl DoubleEndedIterator<Item = &'h Field> {
        self.fields.iter().filter(move |field| field.is_named(name))
    }

    /// The first field of a name.
    pub fn first<'h>(&'h self, name: &'h [u8]) -> Option<&'h Field> {
        self.named(name).next()
    }

    /// Puts in fields of a name, one for each value.
    pub fn set<'v>(&mut self, name: &[u8], values: impl IntoIterator<Item = &'v [u8]>, mode: HeaderMode) {
        let place = match mode {
            HeaderMode::Prepend => 0,
            HeaderMode::Append => self.fields.len(),
            HeaderMode::Replace => {
                let first = self.fields.iter().position(|field| field.is_named(name));
                self.remove(name);
                first.unwrap_or(self.fields.len())
            }
        };
        let new = values.into_iter().map(|value| Field::new(name, value));
        self.fields.splice(place..place, new);
    }

    /// Takes away all fields of a name, and says how many there were.
    pub fn remove(&mut self, name: &[u8]) -> usize {
        let before = self.fields.len();
        self.fields.retain(|field| !field.is_named(name));
        before - self.fields.len()
    }

    /// How many bytes all fields have.
    pub fn size(&self) -> usize {
        self.fields.iter().map(|field| field.raw().len()).sum()
    }

    /// The bytes of all fields.
    pub fn write_to(&self, out: &mut Vec<u8>) {
        for field in &self.fields {
            out.extend_from_slice(field.raw());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &'static str) -> (Headers, Bytes, Bytes) {
        Headers::split(&Bytes::from_static(text.as_bytes()))
    }

    fn names(headers: &Headers) -> Vec<String> {
        headers.iter().map(|field| String::from_utf8_lossy(field.name()).into_owned()).collect()
    }

    #[test]
    fn headers_end_with_the_first_empty_line() {
        let (headers, blank, body) = split("From: a\r\nTo: b,\r\n c\r\n\r\nSubject: no\r\n");
        assert_eq!(names(&headers), ["From", "To"]);
        assert_eq!(&headers.first(b"to").unwrap().value()[..], b"b, c");
        assert_eq!((&blank[..], &body[..]), (&b"\r\n"[..], &b"Subject: no\r\n"[..]));
        let (headers, blank, body) = split("From: a\n\nhello");
        assert_eq!((headers.len(), &blank[..], &body[..]), (1, &b"\n"[..], &b"hello"[..]));
    }

    #[test]
    fn all_is_kept_when_there_is_no_empty_line() {
        let (headers, blank, body) = split("From: a\r\nnonsense\r\nTo: b");
        assert_eq!(names(&headers), ["From", "", "To"]);
        assert!(blank.is_empty() && body.is_empty());
        let (headers, blank, body) = split("\r\nall body");
        assert_eq!((headers.len(), &blank[..], &body[..]), (0, &b"\r\n"[..], &b"all body"[..]));
    }

    #[test]
    fn modes_put_fields_where_they_say() {
        let shown = |change: &dyn Fn(&mut Headers)| {
            let (mut headers, _, _) = split("A: 1\r\nB: 2\r\na: 3\r\nC: 4\r\n");
            change(&mut headers);
            let mut out = Vec::new();
            headers.write_to(&mut out);
            String::from_utf8(out).unwrap().replace("\r\n", "|")
        };
        let new: [&[u8]; 2] = [b"x", b"y"];
        assert_eq!(shown(&|h| h.set(b"A", new, HeaderMode::Replace)), "A: x|A: y|B: 2|C: 4|");
        assert_eq!(shown(&|h| h.set(b"D", new, HeaderMode::Replace)), "A: 1|B: 2|a: 3|C: 4|D: x|D: y|");
        assert_eq!(shown(&|h| h.set(b"A", new, HeaderMode::Prepend)), "A: x|A: y|A: 1|B: 2|a: 3|C: 4|");
        assert_eq!(shown(&|h| h.set(b"A", new, HeaderMode::Append)), "A: 1|B: 2|a: 3|C: 4|A: x|A: y|");
        assert_eq!(shown(&|h| assert_eq!(h.remove(b"A"), 2)), "B: 2|C: 4|");
    }
}
