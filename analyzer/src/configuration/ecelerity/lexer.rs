//! Cuts a configuration file into words, brackets and operators; blanks and comments fall away.

use std::ops::Range;

use super::{CollectionKind, OperatorKind, Quote, SyntaxError, SyntaxErrorKind, Word};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    Word(Word),
    Operator(OperatorKind),
    Open(CollectionKind),
    Close(CollectionKind),
    OpenBrace,
    CloseBrace,
    Comma,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) range: Range<usize>,
    /// First on its line, blanks aside.
    pub(super) starts_line: bool,
    /// Bytes between the start of the line and the token.
    pub(super) indent: usize,
}

pub(super) struct Lexed {
    pub(super) tokens: Vec<Token>,
    pub(super) errors: Vec<SyntaxError>,
    pub(super) comments: Vec<Range<usize>>,
}

pub(super) fn lex(text: &str) -> Lexed {
    let mut lexer = Lexer {
        text,
        at: 0,
        line_start: 0,
        starts_line: true,
        collections: 0,
        unclosed_to_the_end: [false; 2],
        lexed: Lexed { tokens: Vec::new(), errors: Vec::new(), comments: Vec::new() },
    };
    if text.starts_with('\u{feff}') {
        lexer.at = '\u{feff}'.len_utf8();
        lexer.line_start = lexer.at;
    }
    while lexer.step() {}
    lexer.lexed
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    line_start: usize,
    starts_line: bool,
    /// Open lists and dictionaries: in them a comma separates, elsewhere it is part of a word.
    collections: usize,
    /// Quotes for which the rest of the file holds no closing one: not to be looked for again.
    unclosed_to_the_end: [bool; 2],
    lexed: Lexed,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Reads one token, comment or blank; false at the end.
    fn step(&mut self) -> bool {
        let Some(first) = self.rest().chars().next() else { return false };
        match first {
            '\n' | '\r' => {
                self.at += 1;
                self.line_start = self.at;
                self.starts_line = true;
            }
            _ if first.is_whitespace() => self.at += first.len_utf8(),
            '#' => {
                let length = self.rest().find(['\n', '\r']).unwrap_or(self.rest().len());
                self.comment(length);
            }
            '/' if self.rest().starts_with("/*") => self.block_comment(),
            '"' => self.string('"', Quote::Double),
            '\'' => self.string('\'', Quote::Single),
            '“' | '”' | '„' | '‘' | '’' => self.typographic_string(first),
            '=' => self.token(TokenKind::Operator(OperatorKind::Set), 1),
            '+' if self.rest().starts_with("+=") => {
                self.token(TokenKind::Operator(OperatorKind::Add), 2);
            }
            '-' if self.rest().starts_with("-=") => {
                self.token(TokenKind::Operator(OperatorKind::Remove), 2);
            }
            '(' | '[' => {
                self.collections += 1;
                let kind = if first == '(' { CollectionKind::List } else { CollectionKind::Dictionary };
                self.token(TokenKind::Open(kind), 1);
            }
            ')' | ']' => {
                self.collections = self.collections.saturating_sub(1);
                let kind = if first == ')' { CollectionKind::List } else { CollectionKind::Dictionary };
                self.token(TokenKind::Close(kind), 1);
            }
            '{' | '}' => {
                self.collections = 0;
                let kind = if first == '{' { TokenKind::OpenBrace } else { TokenKind::CloseBrace };
                self.token(kind, 1);
            }
            ',' if self.collections > 0 => self.token(TokenKind::Comma, 1),
            ';' if self.lone_semicolons() > 0 => self.at += self.lone_semicolons(),
            _ => self.word(),
        }
        true
    }

    fn token(&mut self, kind: TokenKind, length: usize) {
        let range = self.at..self.at + length;
        let indent = self.at - self.line_start;
        self.lexed.tokens.push(Token { kind, range, starts_line: self.starts_line, indent });
        self.starts_line = false;
        self.advance(length);
    }

    /// Moves on over `length` bytes of one token, which may hold line ends.
    fn advance(&mut self, length: usize) {
        let passed = self.rest().get(..length).unwrap_or_default();
        if let Some(line_end) = passed.rfind(['\n', '\r']) {
            self.line_start = self.at + line_end + 1;
            self.starts_line = false;
        }
        self.at += length;
    }

    fn error(&mut self, kind: SyntaxErrorKind, range: Range<usize>) {
        self.lexed.errors.push(SyntaxError { kind, range });
    }

    fn comment(&mut self, length: usize) {
        self.lexed.comments.push(self.at..self.at + length);
        self.advance(length);
    }

    fn block_comment(&mut self) {
        match self.rest().get(2..).and_then(|inside| inside.find("*/")) {
            Some(inside) => self.comment(inside + 4),
            None => {
                self.error(SyntaxErrorKind::UnclosedComment, self.at..self.at + 2);
                self.comment(self.rest().len());
            }
        }
    }

    /// A plain string. One that is not closed ends with its line, so that the next lines are still read; so does one
    /// that closes on a later line right before a word, for there the quotes have slipped by one.
    fn string(&mut self, quote: char, kind: Quote) {
        let known_unclosed = self.unclosed_to_the_end[usize::from(quote == '\'')];
        let rest = self.rest();
        let mut escaped = false;
        let mut close = None;
        let mut line_end = None;
        for (offset, character) in rest.char_indices().skip(1) {
            if matches!(character, '\n' | '\r') {
                line_end.get_or_insert(offset);
                if known_unclosed {
                    break;
                }
            }
            if escaped {
                escaped = false;
            } else if character == '\\' {
                escaped = true;
            } else if character == quote {
                close = Some(offset);
                break;
            }
        }
        let to_the_end = close.is_none();
        if let (Some(at), Some(_)) = (close, line_end) {
            let next = rest.get(at + 1..).and_then(|after| after.chars().next());
            if next.is_some_and(|next| !next.is_whitespace() && !")],;}#".contains(next)) {
                close = None;
            }
        }
        let (inside, length) = match close {
            Some(at) => (1..at, at + 1),
            None => {
                let end = line_end.unwrap_or(rest.len());
                let end = rest.get(..end).map_or(end, |line| line.trim_end().len().max(1));
                (1..end, end)
            }
        };
        let text = unescape(rest.get(inside).unwrap_or_default());
        let range = self.at..self.at + length;
        self.unclosed_to_the_end[usize::from(quote == '\'')] |= to_the_end;
        if close.is_none() {
            self.error(SyntaxErrorKind::UnclosedString, range.clone());
        }
        self.token(TokenKind::Word(Word { text, quote: kind, range }), length);
    }

    /// “…”, as word processors and web pages leave it: read as the string that was meant.
    fn typographic_string(&mut self, open: char) {
        let rest = self.rest();
        let inside = open.len_utf8();
        let closers: &[char] =
            if matches!(open, '‘' | '’') { &['’', '‘'] } else { &['”', '“', '„'] };
        let line = rest.get(inside..rest.find(['\n', '\r']).unwrap_or(rest.len())).unwrap_or_default();
        match line.find(closers) {
            Some(length) => {
                let text = line.get(..length).unwrap_or_default().to_owned();
                let length = inside + length + inside;
                let range = self.at..self.at + length;
                self.error(SyntaxErrorKind::TypographicQuotes, range.clone());
                self.token(TokenKind::Word(Word { text, quote: Quote::Typographic, range }), length);
            }
            None => {
                self.error(SyntaxErrorKind::TypographicQuotes, self.at..self.at + inside);
                self.word();
            }
        }
    }

    fn word(&mut self) {
        let rest = self.rest();
        let in_collection = self.collections > 0;
        let ends = |(offset, character): (usize, char)| {
            character.is_whitespace()
                || matches!(character, '"' | '\'' | '#' | '=' | '{' | '}' | '[' | ']' | '(' | ')')
                || (character == ',' && in_collection)
                || (character == '/' && rest.get(offset..).is_some_and(|at| at.starts_with("/*")))
                || (matches!(character, '+' | '-')
                    && rest.get(offset + 1..).is_some_and(|at| at.starts_with('=')))
        };
        // The first character is in the word, whatever it is: the caller has dealt with those that are not.
        let end = rest.char_indices().skip(1).find(|&at| ends(at)).map_or(rest.len(), |(offset, _)| offset);
        let word = rest.get(..end).unwrap_or_default();
        let trimmed = word.trim_end_matches(';');
        let text = if trimmed.is_empty() { word } else { trimmed }.to_owned();
        let length = text.len();
        let range = self.at..self.at + length;
        self.token(TokenKind::Word(Word { text, quote: Quote::None, range }), length);
    }

    /// How many semicolons stand here, if nothing but a blank, a quote or a bracket follows them; else 0.
    fn lone_semicolons(&self) -> usize {
        let rest = self.rest();
        let after = rest.trim_start_matches(';');
        let alone =
            after.chars().next().is_none_or(|next| next.is_whitespace() || "{}()[]#\"'".contains(next));
        if alone { rest.len() - after.len() } else { 0 }
    }
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        match characters.next() {
            Some(next @ ('"' | '\'' | '\\')) => plain.push(next),
            Some(next) => plain.extend(['\\', next]),
            None => plain.push('\\'),
        }
    }
    plain
}
