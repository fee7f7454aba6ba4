//! TOML files that people write: every mistake is found, and has its place.

use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use super::Location;
use crate::syntax::{Span, offset_u32};

/// A mistake in a TOML file. `Display` gives the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TomlError {
    /// What is wrong, and where possible how it is right.
    pub message: String,
    /// The bytes that are wrong.
    pub range: Range<usize>,
    /// Where they begin.
    pub location: Location,
}

impl TomlError {
    /// A mistake at some bytes of `text`.
    pub fn at(text: &str, message: impl Into<String>, range: Range<usize>) -> Self {
        Self { message: message.into(), location: Location::of(text, range.start), range }
    }

    /// The bytes that are wrong, as the rest of the analysis has them.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(offset_u32(self.range.start), offset_u32(self.range.end))
    }
}

impl fmt::Display for TomlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TomlError {}

/// Reads a text as TOML and lets `decode` make a value of it, which adds the mistakes that it finds. All mistakes, those
/// of TOML itself included, come back in order of position.
pub fn read<T>(
    text: &str,
    decode: impl FnOnce(&DeTable<'_>, &mut Vec<TomlError>) -> T,
) -> (T, Vec<TomlError>) {
    let (table, syntax) = DeTable::parse_recoverable(text);
    let mut errors = Vec::new();
    let value = decode(table.get_ref(), &mut errors);
    let mut broken: Vec<TomlError> = syntax
        .iter()
        .map(|error| {
            let message = error.message().trim_end().replace('\n', ", ");
            TomlError::at(text, message, error.span().unwrap_or_default())
        })
        .collect();
    // An array that is not closed swallows the rest of the file: one message where it begins says it all.
    let unclosed = broken.iter().find(|error| error.message.starts_with("unclosed array"));
    if let Some(end) = unclosed.map(|error| error.range.start)
        && let Some(start) = table.get_ref().values().filter_map(|value| last_array(value, end)).min()
    {
        broken.retain(|error| error.range.start < start);
        errors.retain(|error| error.range.start < start);
        broken.push(TomlError::at(text, "this array is not closed, expected `]`", start..start + 1));
    }
    // What the parser made up to go on after a syntax error is not worth a second message.
    let unclosed = broken.iter().find(|error| error.message.starts_with("unclosed"));
    let trusted = unclosed.map_or(text.len(), |error| error.range.start);
    errors.retain(|error| {
        error.range.start <= trusted
            && broken.iter().all(|syntax| syntax.location.line != error.location.line)
    });
    errors.extend(broken);
    errors.sort_by_key(|error| (error.range.start, error.range.end));
    (value, errors)
}

/// Where the array begins that goes on to `end` at least, if `value` is or holds one.
fn last_array(value: &Spanned<DeValue<'_>>, end: usize) -> Option<usize> {
    match value.get_ref() {
        DeValue::Array(_) if value.span().end >= end => Some(value.span().start),
        DeValue::Array(array) => array.iter().filter_map(|element| last_array(element, end)).min(),
        DeValue::Table(table) => table.values().filter_map(|value| last_array(value, end)).min(),
        _ => None,
    }
}

/// The number, unless it is too large.
pub fn integer(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// What a value is, with its article: `a string`.
pub const fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}
