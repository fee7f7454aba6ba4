//! Reads JSON as json-c does, which takes more than JSON: comments, single quotes, a comma behind the last element, words
//! in capitals, numbers with leftovers, and anything behind the value.

use std::rc::Rc;

use indexmap::IndexMap;
use mlua::Lua;

use super::node::{Json, Node, Value};

/// How deep values may nest: json-c's own limit.
const DEEPEST: usize = 31;

/// What came of a text, by the numbers of json-c.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// None, but the text is `null`, which C cannot tell from nothing.
    None,
    /// The text ends before the value does.
    Continue,
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

/// json-c's words for its numbers.
const WORDS: [&str; 14] = [
    "success",
    "continue",
    "nesting too deep",
    "unexpected end of data",
    "unexpected character",
    "null expected",
    "boolean expected",
    "number expected",
    "array value separator ',' expected",
    "quoted object property name expected",
    "object property name separator ':' expected",
    "object value separator ',' expected",
    "invalid string sequence",
    "expected comment",
];

/// What a number means; `None` for one that is none of json-c's.
pub(super) fn words(code: i64) -> Option<&'static str> {
    WORDS.get(usize::try_from(code).ok()?).copied()
}

impl Problem {
    pub(super) const fn code(self) -> i64 {
        self as i64
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
pub(super) fn parse(lua: &Lua, text: &[u8]) -> mlua::Result<Result<Rc<Node>, (Problem, usize)>> {
    let mut reader = Reader { lua, text, at: 0 };
    match reader.whole() {
        Ok(Some(node)) => Ok(Ok(node)),
        Ok(None) => Ok(Err((Problem::None, reader.at))),
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

    /// What is wrong here: where the text ends, that it does; at a byte 0, C's end of a text, that it should not.
    fn fail<T>(&self, problem: Problem) -> Parsed<T> {
        let problem = match self.peek() {
            None => Problem::Continue,
            Some(0) => Problem::End,
            Some(_) => problem,
        };
        Err(Failure::Problem(problem, self.at))
    }

    /// The value, and the comments that follow at once. What else follows is of no interest.
    fn whole(&mut self) -> Parsed<Json> {
        let value = self.value(0)?;
        self.blank()?;
        Ok(value)
    }

    /// Passes over white space and comments.
    fn blank(&mut self) -> Parsed<()> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c) => self.at += 1,
                Some(b'/') => {
                    self.at += 1;
                    let end: &[u8] = match self.peek() {
                        Some(b'/') => b"\n",
                        Some(b'*') => b"*/",
                        _ => return self.fail(Problem::Comment),
                    };
                    self.at += 1;
                    match memchr::memmem::find(self.rest(), end) {
                        Some(length) => self.at += length + end.len(),
                        None => {
                            self.at = self.text.len();
                            return self.fail(Problem::Comment);
                        }
                    }
                }
                _ => return Ok(()),
            }
        }
    }

    fn value(&mut self, depth: usize) -> Parsed<Json> {
        self.blank()?;
        if depth > DEEPEST {
            return self.fail(Problem::Depth);
        }
        let node = |reader: &Self, value| Ok(Some(Node::new(reader.lua, value)?));
        match self.peek() {
            Some(b'[') => {
                let elements = self.array(depth)?;
                node(self, Value::Array(elements))
            }
            Some(b'{') => {
                let fields = self.object(depth)?;
                node(self, Value::Object(fields))
            }
            Some(b'"' | b'\'') => {
                let text = self.string()?;
                node(self, Value::Text(text))
            }
            Some(b't' | b'T') => {
                self.word(b"true", Problem::Boolean)?;
                node(self, Value::Boolean(true))
            }
            Some(b'f' | b'F') => {
                self.word(b"false", Problem::Boolean)?;
                node(self, Value::Boolean(false))
            }
            Some(b'n' | b'N') => self.word(b"null", Problem::Null).map(|()| None),
            Some(b'-' | b'0'..=b'9') => {
                let number = self.number()?;
                node(self, number)
            }
            _ => self.fail(Problem::Unexpected),
        }
    }

    /// A word counts as read when something follows it.
    fn word(&mut self, word: &[u8], problem: Problem) -> Parsed<()> {
        for byte in word {
            if self.peek().is_none_or(|next| next.to_ascii_lowercase() != *byte) {
                return self.fail(problem);
            }
            self.at += 1;
        }
        if self.peek().is_none() { self.fail(problem) } else { Ok(()) }
    }

    /// A number counts as read when something follows it. Of the characters that a number may have, as many count as
    /// make one.
    fn number(&mut self) -> Parsed<Value> {
        let is_part = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'.' | b'+' | b'-' | b'e' | b'E');
        let length = self.rest().iter().take_while(is_part).count();
        let text = self.rest().get(..length).map(<[u8]>::to_vec).unwrap_or_default();
        self.at += length;
        if self.peek().is_none() {
            return self.fail(Problem::Number);
        }
        let text = std::str::from_utf8(&text).unwrap_or_default();
        let value = if text.contains(['.', 'e', 'E']) { double(text) } else { integer(text) };
        match value {
            Some(value) => Ok(value),
            // A byte 0 behind it makes no difference here.
            None => Err(Failure::Problem(Problem::Number, self.at)),
        }
    }

    fn string(&mut self) -> Parsed<Vec<u8>> {
        let quote = self.peek().unwrap_or(b'"');
        self.at += 1;
        let mut out = Vec::new();
        loop {
            let plain = self.rest().iter().take_while(|byte| ![quote, b'\\', 0].contains(byte)).count();
            out.extend_from_slice(self.rest().get(..plain).unwrap_or_default());
            self.at += plain;
            match self.peek() {
                Some(b'\\') => self.escape(&mut out)?,
                Some(byte) if byte == quote => {
                    self.at += 1;
                    return Ok(out);
                }
                None => return self.fail(Problem::Text),
                Some(_) => return Err(Failure::Problem(Problem::End, self.at + 1)),
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
            _ => return self.fail(Problem::Text),
        };
        self.at += 1;
        out.push(simple);
        Ok(())
    }

    /// The four digits of `\uXXXX`.
    fn unit(&mut self) -> Parsed<u16> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else { return self.fail(Problem::Text) };
            unit = unit * 16 + u16::try_from(digit).unwrap_or_default();
            self.at += 1;
        }
        Ok(unit)
    }

    fn array(&mut self, depth: usize) -> Parsed<Vec<Json>> {
        self.at += 1;
        let mut elements = Vec::new();
        loop {
            self.blank()?;
            if self.peek() == Some(b']') {
                break;
            }
            elements.push(self.value(depth + 1)?);
            self.blank()?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => break,
                _ => return self.fail(Problem::Array),
            }
        }
        self.at += 1;
        Ok(elements)
    }

    fn object(&mut self, depth: usize) -> Parsed<IndexMap<Vec<u8>, Json>> {
        self.at += 1;
        let mut fields = IndexMap::new();
        loop {
            self.blank()?;
            match self.peek() {
                Some(b'}') => break,
                Some(b'"' | b'\'') => {}
                _ => return self.fail(Problem::KeyName),
            }
            let name = super::node::c_text(self.string()?);
            self.blank()?;
            if self.peek() != Some(b':') {
                return self.fail(Problem::KeySeparator);
            }
            self.at += 1;
            let value = self.value(depth + 1)?;
            fields.insert(name, value);
            self.blank()?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => break,
                _ => return self.fail(Problem::ValueSeparator),
            }
        }
        self.at += 1;
        Ok(fields)
    }
}

/// The whole number at the beginning; one that is too large is the largest.
fn integer(text: &str) -> Option<Value> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let digits = digits.get(..length).filter(|digits| !digits.is_empty())?;
    let largest = if sign.is_empty() { i64::MAX } else { i64::MIN };
    Some(Value::Integer(format!("{sign}{digits}").parse().unwrap_or(largest)))
}

/// The longest beginning that is a number.
fn double(text: &str) -> Option<Value> {
    // Rust takes no words here: the text holds digits, signs, dots and exponents alone.
    (1..=text.len()).rev().find_map(|length| text.get(..length)?.parse().ok()).map(Value::Double)
}
