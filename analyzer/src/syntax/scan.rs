//! One pass over the characters of a source: tokens, comments, lexical errors, and the same text with the dialect's
//! operators replaced, byte for byte, by operators of Lua 5.1 that have the same precedence.
//!
//! | dialect | stands for | why |
//! |---|---|---|
//! | `&` `\|` `^^` | `+` | one level with `+` and `-`, left associative |
//! | `<<` `>>` `\` | `*` | one level with `*`, left associative |
//! | `!=` | `~=` | the same operator |
//! | unary `~` `!` | `#` | never `-`: two of them would open a comment |
//!
//! A replacement keeps its length (`^^` becomes `+` and a blank), so every offset in the parsed text is one in the
//! source. The true operator is found again through the tokens.

use super::source::offset_u32;
use super::token::{Comment, Token, TokenKind};
use super::{Span, SyntaxError, literal};

/// What the scan gives.
pub(super) struct Scan {
    /// The tokens in order; the last one is [`TokenKind::EndOfFile`].
    pub tokens: Vec<Token>,
    /// The comments in order.
    pub comments: Vec<Comment>,
    /// Lexical errors in order.
    pub errors: Vec<SyntaxError>,
    /// The text for a Lua 5.1 parser, as long as the source.
    pub text: Vec<u8>,
    /// Strings that are not closed, and the delimiter that is missing at their end; malformed numbers, and nothing,
    /// to keep them from what follows.
    pub unclosed: Vec<(Span, String)>,
    /// One of them is a comment or a long string, which takes the rest of the file with it.
    pub swallows_rest: bool,
    /// Where characters stand that begin no token. They are errors, and blanks to the parser.
    pub unknown: Vec<u32>,
}

/// Scans `source`.
pub(super) fn scan(source: &str) -> Scan {
    let mut scanner = Scanner {
        bytes: source.as_bytes(),
        source,
        at: 0,
        scan: Scan {
            tokens: Vec::with_capacity(source.len() / 5),
            comments: Vec::new(),
            errors: Vec::new(),
            text: source.as_bytes().to_vec(),
            unclosed: Vec::new(),
            swallows_rest: false,
            unknown: Vec::new(),
        },
    };
    scanner.first_line();
    while scanner.at < scanner.bytes.len() {
        scanner.token();
    }
    let end = Span::empty(offset_u32(source.len()));
    scanner.scan.tokens.push(Token { kind: TokenKind::EndOfFile, span: end });
    scanner.scan
}

struct Scanner<'a> {
    source: &'a str,
    bytes: &'a [u8],
    at: usize,
    scan: Scan,
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn is(&self, ahead: usize, byte: u8) -> bool {
        self.bytes.get(self.at + ahead) == Some(&byte)
    }

    fn span(&self, start: usize) -> Span {
        Span::new(offset_u32(start), offset_u32(self.at))
    }

    fn error(&mut self, span: Span, message: impl Into<String>) {
        self.scan.errors.push(SyntaxError::new(span, message));
    }

    /// Replaces the bytes from `start` by `replacement`, padded with blanks.
    fn rewrite(&mut self, start: usize, end: usize, replacement: &[u8]) {
        let range = self.scan.text.get_mut(start..end).unwrap_or_default();
        for (index, byte) in range.iter_mut().enumerate() {
            *byte = replacement.get(index).copied().unwrap_or(b' ');
        }
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        let span = self.span(start);
        self.scan.tokens.push(Token { kind, span });
    }

    /// The engine skips a first line that starts with `#`, and does not know a byte-order mark.
    fn first_line(&mut self) {
        const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
        // A file of bytes that are no UTF-8 is read byte for character.
        let begins_as_utf_16 =
            ["\u{ff}\u{fe}", "\u{fe}\u{ff}"].iter().any(|mark| self.source.starts_with(mark));
        if begins_as_utf_16 && self.bytes.contains(&0) {
            self.at = self.bytes.len();
            self.rewrite(0, self.at, b"");
            self.error(
                Span::new(0, 4),
                "the file is UTF-16: the engine reads bytes and does not load it, save it as UTF-8",
            );
            return;
        }
        if self.bytes.starts_with(BYTE_ORDER_MARK) {
            self.at = BYTE_ORDER_MARK.len();
            self.rewrite(0, self.at, b"");
            self.error(
                self.span(0),
                "a byte-order mark stands at the start of the file; the engine does not load such a file, save it \
                 without one",
            );
        }
        if self.is(0, b'#') {
            let start = self.at;
            while self.at < self.bytes.len() && !matches!(self.peek(0), b'\n' | b'\r') {
                self.at += 1;
            }
            self.rewrite(start, self.at, b"");
        }
    }

    fn token(&mut self) {
        use TokenKind as T;
        let start = self.at;
        let (kind, length, replacement): (TokenKind, usize, &[u8]) = match self.peek(0) {
            b' ' | b'\t' | b'\n' => {
                self.at += 1;
                return;
            }
            b'\r' => {
                self.at += 1;
                // A lone carriage return ends a line in the engine, and so a comment.
                if !self.is(0, b'\n') {
                    self.rewrite(start, self.at, b"\n");
                }
                return;
            }
            0x0b | 0x0c => {
                self.at += 1;
                self.rewrite(start, self.at, b" ");
                return;
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => return self.word(),
            b'0'..=b'9' => return self.number(),
            b'.' if self.peek(1).is_ascii_digit() => return self.number(),
            b'"' | b'\'' => return self.short_string(),
            b'-' if self.is(1, b'-') => return self.comment(),
            b'[' => match self.long_bracket(0) {
                LongBracket::Opens(level) => return self.long_string(level),
                LongBracket::Malformed(length) => {
                    self.at += length;
                    self.error(self.span(start), "a long string opens with `[`, any number of `=`, and `[`");
                    self.rewrite(start, self.at, b"");
                    self.scan.unknown.push(offset_u32(start));
                    return;
                }
                LongBracket::No => (T::LeftBracket, 1, b"["),
            },
            b'+' => (T::Plus, 1, b"+"),
            b'-' => (T::Minus, 1, b"-"),
            b'*' => (T::Star, 1, b"*"),
            b'/' => (T::Slash, 1, b"/"),
            b'%' => (T::Percent, 1, b"%"),
            b'^' if self.is(1, b'^') => (T::BitXor, 2, b"+ "),
            b'^' => (T::Caret, 1, b"^"),
            b'#' => (T::Hash, 1, b"#"),
            b'=' if self.is(1, b'=') => (T::Equal, 2, b"=="),
            b'=' => (T::Assign, 1, b"="),
            b'~' | b'!' if self.is(1, b'=') => (T::NotEqual, 2, b"~="),
            b'~' => (T::Tilde, 1, b"#"),
            b'!' => (T::Bang, 1, b"#"),
            b'<' if self.is(1, b'<') => (T::ShiftLeft, 2, b"* "),
            b'<' if self.is(1, b'=') => (T::LessEqual, 2, b"<="),
            b'<' => (T::Less, 1, b"<"),
            b'>' if self.is(1, b'>') => (T::ShiftRight, 2, b"* "),
            b'>' if self.is(1, b'=') => (T::GreaterEqual, 2, b">="),
            b'>' => (T::Greater, 1, b">"),
            b'&' => (T::BitAnd, 1, b"+"),
            b'|' => (T::BitOr, 1, b"+"),
            b'\\' => (T::FloorDivide, 1, b"*"),
            b'(' => (T::LeftParen, 1, b"("),
            b')' => (T::RightParen, 1, b")"),
            b'{' => (T::LeftBrace, 1, b"{"),
            b'}' => (T::RightBrace, 1, b"}"),
            b']' => (T::RightBracket, 1, b"]"),
            b';' => (T::Semicolon, 1, b";"),
            b':' => (T::Colon, 1, b":"),
            b',' => (T::Comma, 1, b","),
            b'.' if self.is(1, b'.') && self.is(2, b'.') => (T::Ellipsis, 3, b"..."),
            b'.' if self.is(1, b'.') => (T::Concat, 2, b".."),
            b'.' => (T::Dot, 1, b"."),
            _ => return self.unknown(),
        };
        self.at += length;
        self.rewrite(start, self.at, replacement);
        self.push(kind, start);
    }

    fn character(&self) -> Option<char> {
        self.source.get(self.at..).and_then(|rest| rest.chars().next())
    }

    fn unknown(&mut self) {
        let start = self.at;
        let character = self.character();
        if character.is_some_and(char::is_alphabetic) {
            return self.word();
        }
        self.at += character.map_or(1, char::len_utf8);
        let message = match character {
            Some(c) if c.is_control() => {
                format!("the character U+{:04X} stands outside a string or comment", u32::from(c))
            }
            Some(c @ ('“' | '”' | '‘' | '’')) => {
                format!("`{c}` is a typographic quotation mark; a string is written with `\"` or `'`")
            }
            Some('`') => "a backtick begins nothing in Lua; a string is written with `\"` or `'`".to_owned(),
            Some(c) => format!("`{c}` begins nothing in Lua"),
            None => "this byte begins nothing in Lua".to_owned(),
        };
        self.error(self.span(start), message);
        self.rewrite(start, self.at, b"");
        self.scan.unknown.push(offset_u32(start));
    }

    fn word(&mut self) {
        let start = self.at;
        while matches!(self.peek(0), b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_') {
            self.at += 1;
        }
        // Letters of other alphabets are an error, but plainly meant as part of the name.
        let ascii = self.at;
        while let Some(letter) = self.character().filter(|&c| c.is_alphanumeric() || c == '_') {
            self.at += letter.len_utf8();
        }
        let word = self.source.get(start..self.at).unwrap_or_default();
        if self.at > ascii {
            let letter = word.chars().find(|c| !c.is_ascii()).unwrap_or_default();
            let message = format!(
                "`{letter}` cannot stand in a name, which is made of `a`-`z`, `A`-`Z`, digits and `_`"
            );
            self.error(self.span(start), message);
            self.rewrite(start, self.at, &vec![b'_'; self.at - start]);
        }
        self.push(TokenKind::keyword(word).unwrap_or(TokenKind::Name), start);
    }

    /// As greedy as the engine: digits and dots, an exponent with its sign, then every letter and digit.
    fn number(&mut self) {
        let start = self.at;
        while matches!(self.peek(0), b'0'..=b'9' | b'.') {
            self.at += 1;
        }
        if matches!(self.peek(0), b'e' | b'E') {
            self.at += 1;
            if matches!(self.peek(0), b'+' | b'-') {
                self.at += 1;
            }
        }
        while self.peek(0).is_ascii_alphanumeric() || self.peek(0) == b'_' {
            self.at += 1;
        }
        let text = self.source.get(start..self.at).unwrap_or_default();
        if literal::number(text).is_none() {
            let octal = text.strip_prefix('0').is_some_and(|rest| !rest.starts_with(['x', 'X', '.']));
            let hint = if octal { ": a leading 0 makes it octal, and this is no octal number" } else { "" };
            let message = format!("malformed number `{text}`{hint}");
            self.error(self.span(start), message);
            // A leading dot stays: it keeps the digits from the word before.
            let dot = usize::from(text.starts_with('.'));
            self.rewrite(start + dot, self.at, &vec![b'1'; self.at - start - dot]);
            self.scan.unclosed.push((self.span(start), String::new()));
        }
        self.push(TokenKind::Number, start);
    }

    fn short_string(&mut self) {
        let start = self.at;
        let quote = self.peek(0);
        self.at += 1;
        let closed = loop {
            match self.bytes.get(self.at) {
                Some(&byte) if byte == quote => {
                    self.at += 1;
                    break true;
                }
                Some(b'\n' | b'\r') | None => break false,
                Some(b'\\') => self.escape(),
                Some(_) => self.at += 1,
            }
        };
        let span = self.span(start);
        if closed {
            let source = self.source;
            for error in literal::string_errors(span.text(source)) {
                let range = Span::new(
                    span.start + offset_u32(error.range.start),
                    span.start + offset_u32(error.range.end),
                );
                self.error(range, error.message);
            }
        } else {
            let quote = char::from(quote);
            self.error(
                span,
                format!("this string is not closed: expected `{quote}` before the end of the line"),
            );
            // A backslash at the very end would escape the delimiter that is added.
            if self.bytes.last() == Some(&b'\\') && self.at == self.bytes.len() {
                self.rewrite(self.at - 1, self.at, b" ");
            }
            self.scan.unclosed.push((span, quote.to_string()));
        }
        self.push(TokenKind::String, start);
    }

    /// Steps over a backslash and what it escapes, which may be a line end.
    fn escape(&mut self) {
        let start = self.at;
        self.at += 1;
        match (self.peek(0), self.peek(1)) {
            (b'\r', b'\n') | (b'\n', b'\r') => {
                self.at += 2;
                // full_moon takes `\` before CR LF for an unclosed string in its Lua 5.1 mode.
                self.rewrite(start, self.at, b"  \n");
                self.rewrite(start, start + 2, b" \\");
            }
            (b'\r', _) => {
                self.at += 1;
                self.rewrite(start + 1, self.at, b"\n");
            }
            _ if self.at < self.bytes.len() => {
                let rest = self.source.get(self.at..).unwrap_or_default();
                self.at += rest.chars().next().map_or(1, char::len_utf8);
            }
            _ => {}
        }
    }

    fn long_bracket(&self, ahead: usize) -> LongBracket {
        let mut level = 0;
        while self.is(ahead + 1 + level, b'=') {
            level += 1;
        }
        if self.is(ahead + 1 + level, b'[') {
            LongBracket::Opens(level)
        } else if level > 0 {
            LongBracket::Malformed(level + 1)
        } else {
            LongBracket::No
        }
    }

    /// Steps to the end of a long bracket that opens here; false if it is not closed.
    fn long_text(&mut self, level: usize) -> bool {
        self.at += level + 2;
        let mut nested = None;
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b']' => {
                    let equals = (0..level).take_while(|&index| self.is(1 + index, b'=')).count();
                    if equals == level && self.is(1 + level, b']') {
                        self.at += level + 2;
                        self.report_nested(nested);
                        return true;
                    }
                    self.at += 1;
                }
                b'[' if level == 0 && self.is(1, b'[') => {
                    nested.get_or_insert(self.at);
                    self.at += 1;
                }
                // A lone carriage return is a line end to the engine, not to full_moon.
                b'\r' if !self.is(1, b'\n') => {
                    self.rewrite(self.at, self.at + 1, b"\n");
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
        self.report_nested(nested);
        false
    }

    fn report_nested(&mut self, nested: Option<usize>) {
        if let Some(at) = nested {
            let span = Span::new(offset_u32(at), offset_u32(at + 2));
            self.error(
                span,
                "`[[` inside `[[ … ]]`: the engine does not load nested long brackets; write the outer ones as \
                 `[=[ … ]=]`",
            );
        }
    }

    fn long_string(&mut self, level: usize) {
        let start = self.at;
        if !self.long_text(level) {
            let closer = format!("]{}]", "=".repeat(level));
            self.error(
                Span::new(offset_u32(start), offset_u32(start + level + 2)),
                format!("this long string is not closed: expected `{closer}`"),
            );
            self.scan.unclosed.push((self.span(start), closer));
            self.scan.swallows_rest = true;
        }
        self.push(TokenKind::String, start);
    }

    fn comment(&mut self) {
        let start = self.at;
        if self.is(2, b'[')
            && let LongBracket::Opens(level) = self.long_bracket(2)
        {
            self.at += 2;
            if !self.long_text(level) {
                let closer = format!("]{}]", "=".repeat(level));
                let opener = Span::new(offset_u32(start), offset_u32(start + level + 4));
                self.error(opener, format!("this comment is not closed: expected `{closer}`"));
                self.scan.swallows_rest = true;
                self.rewrite(start, self.at, b"");
            }
            let span = self.span(start);
            self.scan.comments.push(Comment { span, long: true });
            return;
        }
        while self.at < self.bytes.len() && !matches!(self.peek(0), b'\n' | b'\r') {
            self.at += 1;
        }
        let span = self.span(start);
        self.scan.comments.push(Comment { span, long: false });
    }
}

enum LongBracket {
    No,
    Opens(usize),
    Malformed(usize),
}
