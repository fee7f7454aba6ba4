//! Reads JSON, with comments.

use std::collections::BTreeMap;
use std::rc::Rc;

use mlua::Lua;

use super::node::{Json, Node, Value};

/// How deep values may nest.
const DEEPEST: usize = 128;

/// Why a text is no JSON, by the constants of the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    Depth,
    End,
    Unexpected,
    Null,
    Boolean,
    Number,
    Array,
    KeyName,
    KeySeparator,
    ValueSeparator,
    Text,
    Comment,
}

impl Problem {
    const ALL: [(Self, &'static str, &'static str); 12] = [
        (Self::Depth, "ERROR_DEPTH", "nesting too deep"),
        (Self::End, "ERROR_PARSE_EOF", "unexpected end of data"),
        (Self::Unexpected, "ERROR_PARSE_UNEXPECTED", "unexpected character"),
        (Self::Null, "ERROR_PARSE_NULL", "null expected"),
        (Self::Boolean, "ERROR_PARSE_BOOLEAN", "boolean expected"),
        (Self::Number, "ERROR_PARSE_NUMBER", "number expected"),
        (Self::Array, "ERROR_PARSE_ARRAY", "array value separator ',' expected"),
        (Self::KeyName, "ERROR_PARSE_OBJECT_KEY_NAME", "quoted object property name expected"),
        (Self::KeySeparator, "ERROR_PARSE_OBJECT_KEY_SEP", "object property name separator ':' expected"),
        (Self::ValueSeparator, "ERROR_PARSE_OBJECT_VALUE_SEP", "object value separator ',' expected"),
        (Self::Text, "ERROR_PARSE_STRING", "invalid string sequence"),
        (Self::Comment, "ERROR_PARSE_COMMENT", "expected comment"),
    ];

    fn row(self) -> Option<&'static (Self, &'static str, &'static str)> {
        Self::ALL.iter().find(|(problem, ..)| *problem == self)
    }

    /// The constant's name, without `json.`.
    pub(super) fn constant(self) -> &'static str {
        self.row().map_or("", |(_, constant, _)| constant)
    }

    pub(super) fn of_constant(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, constant, _)| *constant == name).map(|(problem, ..)| *problem)
    }

    pub(super) fn words(self) -> &'static str {
        self.row().map_or("", |(.., words)| words)
    }
}

enum Failure {
    Problem(Problem, usize),
    Stopped(mlua::Error),
}

impl From<mlua::Error> for Failure {
    fn from(error: mlua::Error) -> Self {
        Self::Stopped(error)
    }
}

type Parsed<T> = Result<T, Failure>;

/// The value of a text, or what is wrong and at which byte. The outer error ends the run.
pub(super) fn parse(lua: &Lua, text: &[u8]) -> mlua::Result<Result<Json, (Problem, usize)>> {
    let mut reader = Reader { lua, text, at: 0 };
    let parsed = reader.value(0).and_then(|value| {
        reader.blank()?;
        if reader.peek().is_some() { reader.fail(Problem::Unexpected) } else { Ok(value) }
    });
    match parsed {
        Ok(value) => Ok(Ok(value)),
        Err(Failure::Problem(problem, offset)) => Ok(Err((problem, offset))),
        Err(Failure::Stopped(error)) => Err(error),
    }
}

struct Reader<'a> {
    lua: &'a Lua,
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn rest(&self) -> &[u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn fail<T>(&self, problem: Problem) -> Parsed<T> {
        Err(Failure::Problem(problem, self.at))
    }

    /// What is wrong where a text ends in the middle of something.
    fn fail_or_end<T>(&self, problem: Problem) -> Parsed<T> {
        self.fail(if self.peek().is_none() { Problem::End } else { problem })
    }

    /// Passes over white space and comments.
    fn blank(&mut self) -> Parsed<()> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.at += 1,
                Some(b'/') => {
                    self.at += 1;
                    let length = match self.peek() {
                        Some(b'/') => Some(memchr::memchr(b'\n', self.rest()).unwrap_or(self.rest().len())),
                        Some(b'*') => memchr::memmem::find(self.rest().get(1..).unwrap_or_default(), b"*/")
                            .map(|length| length + 3),
                        _ => None,
                    };
                    let Some(length) = length else { return self.fail(Problem::Comment) };
                    self.at += length;
                }
                _ => return Ok(()),
            }
        }
    }

    fn value(&mut self, depth: usize) -> Parsed<Json> {
        self.blank()?;
        let node = |reader: &Self, value| Ok(Some(Node::new(reader.lua, value)?));
        match self.peek() {
            None => self.fail(Problem::End),
            Some(b'[' | b'{') if depth >= DEEPEST => self.fail(Problem::Depth),
            Some(b'[') => {
                let elements = self.array(depth)?;
                node(self, Value::Array(elements))
            }
            Some(b'{') => self.object(depth).map(Some),
            Some(b'"') => {
                let text = self.string()?;
                node(self, Value::Text(text))
            }
            Some(b't') => {
                self.word(b"true", Problem::Boolean)?;
                node(self, Value::Boolean(true))
            }
            Some(b'f') => {
                self.word(b"false", Problem::Boolean)?;
                node(self, Value::Boolean(false))
            }
            Some(b'n') => self.word(b"null", Problem::Null).map(|()| None),
            Some(b'-' | b'0'..=b'9') => {
                let number = self.number()?;
                node(self, Value::Number(number))
            }
            Some(_) => self.fail(Problem::Unexpected),
        }
    }

    fn word(&mut self, word: &[u8], problem: Problem) -> Parsed<()> {
        for byte in word {
            if self.peek() != Some(*byte) {
                return self.fail(problem);
            }
            self.at += 1;
        }
        Ok(())
    }

    fn digits(&mut self) -> Parsed<()> {
        let count = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        if count == 0 { self.fail(Problem::Number) } else { Ok(()) }
    }

    fn number(&mut self) -> Parsed<f64> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        self.digits()?;
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        let text = self.text.get(start..self.at).and_then(|text| std::str::from_utf8(text).ok());
        match text.and_then(|text| text.parse().ok()) {
            Some(number) => Ok(number),
            None => self.fail(Problem::Number),
        }
    }

    fn string(&mut self) -> Parsed<Vec<u8>> {
        self.at += 1;
        let mut out = Vec::new();
        loop {
            let plain = self.rest().iter().take_while(|byte| !matches!(byte, b'"' | b'\\')).count();
            out.extend_from_slice(self.rest().get(..plain).unwrap_or_default());
            self.at += plain;
            match self.peek() {
                None => return self.fail(Problem::End),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(_) => self.escape(&mut out)?,
            }
        }
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Parsed<()> {
        self.at += 1;
        let simple = match self.peek() {
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'u') => {
                self.at += 1;
                let first = self.unit()?;
                let follows = (0xd800..0xdc00).contains(&first) && self.rest().starts_with(b"\\u");
                let second = if follows {
                    let before = self.at;
                    self.at += 2;
                    let second = self.unit()?;
                    if !(0xdc00..0xe000).contains(&second) {
                        self.at = before;
                    }
                    Some(second)
                } else {
                    None
                };
                let units =
                    std::iter::once(first).chain(second.filter(|unit| (0xdc00..0xe000).contains(unit)));
                let text: String = char::decode_utf16(units)
                    .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
                    .collect();
                out.extend_from_slice(text.as_bytes());
                return Ok(());
            }
            _ => return self.fail_or_end(Problem::Text),
        };
        self.at += 1;
        out.push(simple);
        Ok(())
    }

    /// The four digits of `\uXXXX`.
    fn unit(&mut self) -> Parsed<u16> {
        let digits = self.rest().get(..4).and_then(|digits| std::str::from_utf8(digits).ok());
        let unit = digits
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|digits| u16::from_str_radix(digits, 16).ok());
        match unit {
            Some(unit) => {
                self.at += 4;
                Ok(unit)
            }
            None => self.fail(Problem::Text),
        }
    }

    fn array(&mut self, depth: usize) -> Parsed<Vec<Json>> {
        self.at += 1;
        let mut elements = Vec::new();
        self.blank()?;
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(elements);
        }
        loop {
            elements.push(self.value(depth + 1)?);
            self.blank()?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(elements);
                }
                _ => return self.fail_or_end(Problem::Array),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Parsed<Rc<Node>> {
        self.at += 1;
        let mut fields = BTreeMap::new();
        self.blank()?;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Node::object(self.lua)?);
        }
        loop {
            self.blank()?;
            if self.peek() != Some(b'"') {
                return self.fail_or_end(Problem::KeyName);
            }
            let name = self.string()?;
            self.blank()?;
            if self.peek() != Some(b':') {
                return self.fail_or_end(Problem::KeySeparator);
            }
            self.at += 1;
            let value = self.value(depth + 1)?;
            fields.insert(name, value);
            self.blank()?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Node::new(self.lua, Value::Object(fields))?);
                }
                _ => return self.fail_or_end(Problem::ValueSeparator),
            }
        }
    }
}
