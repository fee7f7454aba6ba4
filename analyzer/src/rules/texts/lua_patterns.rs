//! Patterns of Lua, as the engine's `string` functions read them.
//!
//! The reading follows section 5.4.1 of the Lua 5.1 manual; errors have the engine's words. The engine finds them while
//! it searches, so that a wrong part behind something that never matches goes unnoticed.

use std::ops::Range;

/// A pattern that was read.
#[derive(Debug, Default)]
pub(super) struct Pattern {
    /// What it is made of, up to its error or end.
    pub(super) pieces: Vec<Piece>,
    /// How many groups it has.
    pub(super) captures: usize,
    /// Why it is malformed.
    pub(super) error: Option<PatternError>,
}

/// A part of a pattern: a single character or class with what repeats it, a bracket, an anchor.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    /// It is a class: `%d`, `[a-z]`.
    pub(super) is_set: bool,
}

impl Piece {
    pub(super) fn text<'a>(&self, pattern: &'a str) -> &'a str {
        pattern.get(self.range.clone()).unwrap_or_default()
    }
}

/// A mistake in a pattern.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PatternError {
    /// What the engine raises.
    pub(super) message: &'static str,
    /// The bytes that are wrong.
    pub(super) range: Range<usize>,
}

/// The most groups that the engine takes.
const MOST_CAPTURES: usize = 32;

/// Reads a pattern. The engine reads up to a zero byte.
pub(super) fn read(pattern: &[u8]) -> Pattern {
    let end = pattern.iter().position(|byte| *byte == 0).unwrap_or(pattern.len());
    let mut reader = Reader {
        bytes: pattern.get(..end).unwrap_or_default(),
        at: 0,
        open: Vec::new(),
        closed: Vec::new(),
        pieces: Vec::new(),
    };
    let error = reader.run().err();
    Pattern { captures: reader.closed.len(), pieces: reader.pieces, error }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Open groups: where, and their number from 0.
    open: Vec<(usize, usize)>,
    /// Per group whether it is closed.
    closed: Vec<bool>,
    pieces: Vec<Piece>,
}

impl Reader<'_> {
    fn run(&mut self) -> Result<(), PatternError> {
        if self.peek(0) == Some(b'^') {
            self.piece(1, false);
        }
        while let Some(byte) = self.peek(0) {
            match byte {
                b'(' => self.open_group()?,
                b')' => self.close_group()?,
                b'%' if self.peek(1) == Some(b'b') => {
                    let length = 4.min(self.bytes.len() - self.at);
                    if length < 4 {
                        return Err(self.error("unbalanced pattern", length));
                    }
                    self.piece(4, true);
                }
                b'%' if self.peek(1) == Some(b'f') => {
                    if self.peek(2) != Some(b'[') {
                        let length = 3.min(self.bytes.len() - self.at);
                        return Err(self.error("missing '[' after '%f' in pattern", length));
                    }
                    let length = self.class_length(2)?;
                    self.piece(2 + length, true);
                }
                b'%' if self.peek(1).is_some_and(|byte| byte.is_ascii_digit()) => {
                    let group = self.peek(1).and_then(|digit| usize::from(digit).checked_sub(usize::from(b'1')));
                    let known = group.is_some_and(|group| self.closed.get(group).copied().unwrap_or(false));
                    if !known {
                        return Err(self.error("invalid capture index", 2));
                    }
                    self.piece(2, false);
                }
                _ => self.single()?,
            }
        }
        match self.open.first() {
            Some((at, _)) => Err(PatternError { message: "unfinished capture", range: *at..*at + 1 }),
            None => Ok(()),
        }
    }

    fn peek(&self, offset: usize) -> Option<u8> {
        self.bytes.get(self.at + offset).copied()
    }

    fn piece(&mut self, length: usize, is_set: bool) {
        let end = (self.at + length).min(self.bytes.len());
        self.pieces.push(Piece { range: self.at..end, is_set });
        self.at = end;
    }

    fn error(&self, message: &'static str, length: usize) -> PatternError {
        PatternError { message, range: self.at..self.at + length }
    }

    fn open_group(&mut self) -> Result<(), PatternError> {
        if self.closed.len() >= MOST_CAPTURES {
            return Err(self.error("too many captures", 1));
        }
        if self.peek(1) == Some(b')') {
            self.closed.push(true);
            self.piece(2, false);
            return Ok(());
        }
        self.open.push((self.at, self.closed.len()));
        self.closed.push(false);
        self.piece(1, false);
        Ok(())
    }

    fn close_group(&mut self) -> Result<(), PatternError> {
        let Some((_, group)) = self.open.pop() else { return Err(self.error("invalid pattern capture", 1)) };
        if let Some(closed) = self.closed.get_mut(group) {
            *closed = true;
        }
        self.piece(1, false);
        Ok(())
    }

    /// A character or class and what repeats it.
    fn single(&mut self) -> Result<(), PatternError> {
        let length = self.class_length(0)?;
        let is_set = match self.peek(0) {
            Some(b'[') => true,
            Some(b'%') => self.peek(1).is_some_and(|byte| byte.is_ascii_alphabetic()),
            _ => false,
        };
        let repeated = matches!(self.peek(length), Some(b'*' | b'+' | b'-' | b'?'));
        // A `-` in the end or a `?` behind another one repeats as well: nothing is malformed there.
        self.piece(length + usize::from(repeated), is_set);
        Ok(())
    }

    /// The length of the character or class that stands that far ahead.
    fn class_length(&self, ahead: usize) -> Result<usize, PatternError> {
        match self.peek(ahead) {
            Some(b'%') => {
                if self.peek(ahead + 1).is_none() {
                    let range = self.at + ahead..self.at + ahead + 1;
                    return Err(PatternError { message: "malformed pattern (ends with '%')", range });
                }
                Ok(2)
            }
            Some(b'[') => self.set_length(ahead),
            Some(_) => Ok(1),
            None => Ok(0),
        }
    }

    fn set_length(&self, ahead: usize) -> Result<usize, PatternError> {
        let open = self.at + ahead;
        let missing = PatternError { message: "malformed pattern (missing ']')", range: open..open + 1 };
        let mut length = 1;
        if self.peek(ahead + length) == Some(b'^') {
            length += 1;
        }
        // The first character is never the end: `[]]`, `[^]]`.
        let mut first = true;
        loop {
            match self.peek(ahead + length) {
                None => return Err(missing),
                Some(b']') if !first => return Ok(length + 1),
                // The engine skips what follows, as far as something does.
                Some(b'%') => length += if self.peek(ahead + length + 1).is_some() { 2 } else { 1 },
                Some(_) => length += 1,
            }
            first = false;
        }
    }
}

/// References of a replacement text to groups: the group from 1 and where.
pub(super) fn references(replacement: &[u8]) -> Vec<(usize, Range<usize>)> {
    let mut references = Vec::new();
    let mut at = 0;
    while let Some(byte) = replacement.get(at) {
        if *byte != b'%' {
            at += 1;
            continue;
        }
        if let Some(digit) = replacement.get(at + 1).filter(|byte| byte.is_ascii_digit()) {
            references.push((usize::from(digit - b'0'), at..at + 2));
        }
        at += 2;
    }
    references
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(pattern: &str) -> Option<(&'static str, Range<usize>)> {
        read(pattern.as_bytes()).error.map(|error| (error.message, error.range))
    }

    #[test]
    fn what_the_engine_raises() {
        assert_eq!(error("abc%"), Some(("malformed pattern (ends with '%')", 3..4)));
        assert_eq!(error("a[bc"), Some(("malformed pattern (missing ']')", 1..2)));
        assert_eq!(error("[]"), Some(("malformed pattern (missing ']')", 0..1)));
        assert_eq!(error("[^]"), Some(("malformed pattern (missing ']')", 0..1)));
        assert_eq!(error("[a%]"), Some(("malformed pattern (missing ']')", 0..1)));
        assert_eq!(error("a(b"), Some(("unfinished capture", 1..2)));
        assert_eq!(error("((a)"), Some(("unfinished capture", 0..1)));
        assert_eq!(error("a)b"), Some(("invalid pattern capture", 1..2)));
        assert_eq!(error("%1"), Some(("invalid capture index", 0..2)));
        assert_eq!(error("(%1)"), Some(("invalid capture index", 1..3)));
        assert_eq!(error("(a)%2"), Some(("invalid capture index", 3..5)));
        assert_eq!(error("%0"), Some(("invalid capture index", 0..2)));
        assert_eq!(error("%b("), Some(("unbalanced pattern", 0..3)));
        assert_eq!(error("%fa"), Some(("missing '[' after '%f' in pattern", 0..3)));
        assert_eq!(error(&"()".repeat(33)), Some(("too many captures", 64..65)));
    }

    #[test]
    fn what_it_takes() {
        for pattern in [
            "", "^", "$", "*", "+a", "?", "-", "a**", "[]]", "[^]]", "[%]]", "[a-]", "[%a-z]", "()", "(a)%1", "(())%2", "%b()",
            "%bxx", "%f[%w]", "%%", "%)", "%(", "a\0(", "[[:alpha:]]", "^^", "a$b", "é+",
        ] {
            assert_eq!(error(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn groups_are_counted() {
        assert_eq!(read(b"(a)(b(c))()").captures, 4);
        assert_eq!(read(b"%(a%)").captures, 0);
        assert_eq!(references(b"%1 %%2 %9%"), [(1, 0..2), (9, 7..9)]);
    }
}
