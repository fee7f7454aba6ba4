//! The source as plain Lua 5.1, for tools that read nothing else, and the way back from what they made of it.
//!
//! The text handed out is opaque to everyone but such a tool: it computes something else than the source.

use std::borrow::Cow;
use std::ops::Range;

use super::scan::{self, Scan};
use super::source::offset_u32;
use super::{SyntaxError, Token, TokenKind, parse};

/// A source as plain Lua 5.1. Its line ends are `\n`.
#[derive(Clone, Debug)]
pub struct PlainText {
    text: String,
    /// How the operators that are written `+`, `*`, `#` and `~=` in the text are written in the source.
    operators: Vec<&'static str>,
    /// The first line as it was and as it is, if it starts with `#`.
    first_line: Option<(String, String)>,
    line_ends: Anchors,
    replacements: Anchors,
}

impl PlainText {
    /// Makes plain Lua 5.1 of `source`.
    ///
    /// # Errors
    /// The engine does not load the source.
    pub fn new(source: &str) -> Result<Self, Vec<SyntaxError>> {
        let errors = parse(source).errors;
        if !errors.is_empty() {
            return Err(errors);
        }
        let (source, line_ends) = unix_line_ends(source);
        let mut plain = Self {
            text: String::with_capacity(source.len()),
            operators: Vec::new(),
            first_line: None,
            line_ends,
            replacements: Anchors::default(),
        };
        plain.fill(&source, &scan::scan(&source));
        Ok(plain)
    }

    /// The text, which a Lua 5.1 parser reads.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place in the text of a place in the source, both as byte offsets.
    #[must_use]
    pub fn offset(&self, source: u32) -> u32 {
        self.replacements.map(self.line_ends.map(source)).min(offset_u32(self.text.len()))
    }

    /// Puts the dialect's operators and the first line back into a text in which white space, comments, parentheses,
    /// quotation marks and the like were changed. `None` if operators are missing or were added.
    #[must_use]
    pub fn restore(&self, changed: &str) -> Option<String> {
        let mut restored = String::with_capacity(changed.len() + changed.len() / 32);
        let mut copied = 0;
        if let Some((line, stands_for_it)) = &self.first_line {
            changed.starts_with(stands_for_it).then_some(())?;
            copied = stands_for_it.len();
            restored.push_str(line);
        }
        let mut operators = self.operators.iter();
        for token in scan::scan(changed).tokens.iter().filter(|token| written(token, changed).is_some()) {
            restored.push_str(changed.get(copied..token.span.start as usize)?);
            restored.push_str(operators.next()?);
            copied = token.span.end as usize;
        }
        restored.push_str(changed.get(copied..)?);
        operators.next().is_none().then_some(restored)
    }

    fn fill(&mut self, source: &str, scan: &Scan) {
        let mut copied = 0;
        if source.starts_with('#') {
            let line = source.split('\n').next().unwrap_or_default();
            let comment = "-".repeat(line.len().max("--".len()));
            copied = line.len();
            self.text.push_str(&comment);
            self.replacements.add(copied, self.text.len());
            self.first_line = Some((line.trim_end().to_owned(), comment));
        }
        for token in &scan.tokens {
            if token.kind == TokenKind::String {
                self.push(scan, copied..token.span.start as usize);
                self.text.push_str(&with_safe_escapes(token.span.text(source)));
            } else if let Some(operator) = written(token, source) {
                // Without the blank that keeps the length: where a tool leaves blanks as they are, it would stay.
                let length = if token.kind == TokenKind::NotEqual { 2 } else { 1 };
                self.push(scan, copied..token.span.start as usize + length);
                self.operators.push(operator);
            } else {
                continue;
            }
            copied = token.span.end as usize;
            self.replacements.add(copied, self.text.len());
        }
        self.push(scan, copied..source.len());
    }

    fn push(&mut self, scan: &Scan, range: Range<usize>) {
        self.text.push_str(&String::from_utf8_lossy(scan.text.get(range).unwrap_or_default()));
    }
}

/// How an operator is written that is `+`, `*`, `#` or `~=` in the text.
fn written(token: &Token, source: &str) -> Option<&'static str> {
    use TokenKind as T;
    match token.kind {
        T::NotEqual if token.span.text(source) == "!=" => Some("!="),
        T::NotEqual => Some("~="),
        T::Plus | T::BitAnd | T::BitOr | T::BitXor => Some(token.kind.text()),
        T::Star | T::ShiftLeft | T::ShiftRight | T::FloorDivide => Some(token.kind.text()),
        T::Hash | T::Tilde | T::Bang => Some(token.kind.text()),
        _ => None,
    }
}

/// Offsets in one text with the same places in another, in order: between them the distance stays.
#[derive(Clone, Debug, Default)]
struct Anchors(Vec<(u32, u32)>);

impl Anchors {
    fn add(&mut self, from: usize, to: usize) {
        let (from, to) = (offset_u32(from), offset_u32(to));
        if self.map(from) != to {
            self.0.push((from, to));
        }
    }

    fn map(&self, offset: u32) -> u32 {
        let index = self.0.partition_point(|&(from, _)| from <= offset);
        let (from, to) =
            index.checked_sub(1).and_then(|index| self.0.get(index)).copied().unwrap_or_default();
        to + (offset - from)
    }
}

/// The source with `\n` for what ends a line in the engine, also inside strings, where it reads `\n` as well: a
/// carriage return and a line feed, alone or together, in either order.
fn unix_line_ends(source: &str) -> (Cow<'_, str>, Anchors) {
    let mut anchors = Anchors::default();
    if !source.contains('\r') {
        return (source.into(), anchors);
    }
    let bytes = source.as_bytes();
    let mut unix = String::with_capacity(source.len());
    let (mut at, mut copied) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if matches!(byte, b'\r' | b'\n') {
            unix.push_str(source.get(copied..at - 1).unwrap_or_default());
            unix.push('\n');
            if bytes.get(at).is_some_and(|&next| matches!(next, b'\r' | b'\n') && next != byte) {
                at += 1;
            }
            copied = at;
            anchors.add(at, unix.len());
        }
    }
    unix.push_str(source.get(copied..).unwrap_or_default());
    (unix.into(), anchors)
}

/// A string literal in which no needless backslash stands between a `\u` escape and a hexadecimal digit: a tool that
/// takes the backslash away would make the digit a part of the escape.
fn with_safe_escapes(literal: &str) -> Cow<'_, str> {
    if literal.starts_with('[') || !literal.contains("\\u") {
        return literal.into();
    }
    let mut safe = String::with_capacity(literal.len());
    let mut characters = literal.chars().peekable();
    // Whether the text so far ends in `\u` and digits.
    let mut after_code = false;
    while let Some(character) = characters.next() {
        match (character, characters.peek().copied()) {
            ('\\', Some(letter @ ('c'..='e' | 'A'..='F'))) if after_code => {
                safe.push_str(&format!("\\{:03}", u32::from(letter)));
                characters.next();
                after_code = false;
            }
            ('\\', Some(next)) => {
                safe.extend([character, next]);
                characters.next();
                after_code = next == 'u';
            }
            _ => {
                safe.push(character);
                after_code &= character.is_ascii_hexdigit();
            }
        }
    }
    safe.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(source: &str) -> PlainText {
        PlainText::new(source).unwrap()
    }

    #[test]
    fn operators_come_back_where_blanks_changed() {
        let text = plain("x=a^^b&c|d<<e>>f\\g+h*#t y=!a!=~b~=c");
        assert_eq!(text.text(), "x=a+b+c+d*e*f*g+h*#t y=#a~=#b~=c");
        assert_eq!(
            text.restore("x = a + b + c + d * e * f * g + h * #t\ny = #a ~= #b ~= c -- +\n").unwrap(),
            "x = a ^^ b & c | d << e >> f \\ g + h * #t\ny = !a != ~b ~= c -- +\n"
        );
        assert_eq!(text.restore(text.text()).unwrap(), "x=a^^b&c|d<<e>>f\\g+h*#t y=!a!=~b~=c");
    }

    #[test]
    fn lost_operators_are_noticed() {
        let text = plain("x = a & b");
        assert_eq!(text.restore("x = a"), None);
        assert_eq!(text.restore("x = a + b + c"), None);
    }

    #[test]
    fn the_first_line_is_a_comment_meanwhile() {
        for (source, text) in [
            ("#!/usr/bin/lua \nreturn", "---------------\nreturn"),
            ("#\nreturn", "--\nreturn"),
            ("#[[\nreturn", "---\nreturn"),
        ] {
            let plain = plain(source);
            assert_eq!(plain.text(), text);
            assert_eq!(plain.restore(text).unwrap(), source.replace(" \n", "\n"));
        }
    }

    #[test]
    fn offsets_follow() {
        let source = "#\r\nx = a ^^ b\r\ny = a << b";
        let text = plain(source);
        let same = |needle: &str| {
            let offset = offset_u32(source.find(needle).unwrap());
            assert_eq!(
                text.text().get(text.offset(offset) as usize..).unwrap().chars().next(),
                needle.chars().next()
            );
        };
        for needle in ["x", "a", "b", "y"] {
            same(needle);
        }
        let last = offset_u32(source.rfind('b').unwrap());
        assert_eq!(text.offset(last) as usize, text.text().rfind('b').unwrap());
        assert_eq!(text.offset(9999) as usize, text.text().len());
    }

    #[test]
    fn line_ends_are_those_of_unix() {
        assert_eq!(plain("x = 'a\\\r\nb'\ry = [[\n\r]]\r\n").text(), "x = 'a\\\nb'\ny = [[\n]]\n");
    }

    #[test]
    fn an_escape_cannot_grow() {
        assert_eq!(plain(r#"x = "\u00a3\d\d \c\u00a3\a""#).text(), r#"x = "\u00a3\100\d \c\u00a3\a""#);
    }

    #[test]
    fn what_does_not_load_is_refused() {
        assert_eq!(PlainText::new("x = ").unwrap_err().len(), 1);
    }
}
