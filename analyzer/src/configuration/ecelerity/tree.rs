//! The syntax tree of a configuration file. All ranges are byte ranges of the parsed text.

use std::ops::Range;

use super::SyntaxError;

/// A parsed file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// What stands at the top level, in order.
    pub statements: Vec<Statement>,
    /// Everything that is not as the syntax wants it, in order of position.
    pub errors: Vec<SyntaxError>,
    /// The ranges of all comments, with their markers.
    pub comments: Vec<Range<usize>>,
}

/// One thing inside a scope or at the top level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// `key = value`
    Assignment(Assignment),
    /// `kind "name" { … }`
    Scope(Scope),
    /// `include "path"`
    Include(Include),
}

impl Statement {
    /// From the first byte of the statement to the last.
    pub fn range(&self) -> Range<usize> {
        match self {
            Self::Assignment(assignment) => assignment.range.clone(),
            Self::Scope(scope) => scope.range.clone(),
            Self::Include(include) => include.range.clone(),
        }
    }
}

/// How a word is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// A bare word.
    None,
    /// `"…"`
    Double,
    /// `'…'`
    Single,
    /// Typographic marks, which Momentum does not know: always comes with an error.
    Typographic,
}

/// A bare word, a number or a quoted string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The text without its quotes and with escapes replaced.
    pub text: String,
    /// How it was quoted.
    pub quote: Quote,
    /// With the quotes.
    pub range: Range<usize>,
}

impl Word {
    /// The range of what stands between the quotes, or of the bare word. Where the closing quote is missing, up to
    /// the end of the word.
    pub fn raw_range(&self, text: &str) -> Range<usize> {
        let written = text.get(self.range.clone()).unwrap_or_default();
        let width = match self.quote {
            Quote::None => return self.range.clone(),
            Quote::Double | Quote::Single | Quote::Typographic => {
                written.chars().next().map_or(0, char::len_utf8)
            }
        };
        let closed = match self.quote {
            Quote::Double => written.len() > 1 && written.ends_with('"'),
            Quote::Single => written.len() > 1 && written.ends_with('\''),
            Quote::None | Quote::Typographic => written.len() > width,
        };
        let end = if closed { self.range.end.saturating_sub(width) } else { self.range.end };
        self.range.start + width..end.max(self.range.start + width)
    }

    /// Whether the word is `name`, upper and lower case being the same, as they are for options and scopes.
    pub fn is(&self, name: &str) -> bool {
        self.text.eq_ignore_ascii_case(name)
    }

    /// As a boolean, in the spellings that Momentum reads: `on`/`off`, `true`/`false`, `enabled`/`disabled`, `1`/`0`.
    pub fn as_bool(&self) -> Option<bool> {
        match self.text.to_ascii_lowercase().as_str() {
            "on" | "true" | "enabled" | "1" => Some(true),
            "off" | "false" | "disabled" | "0" => Some(false),
            _ => None,
        }
    }

    /// As a whole number, decimal or, with a leading zero, octal as in `File_Mode = 0660`.
    pub fn as_integer(&self) -> Option<i64> {
        let (negative, digits) = match self.text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, self.text.as_str()),
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let radix = if digits.len() > 1 && digits.starts_with('0') { 8 } else { 10 };
        let number = i64::from_str_radix(digits, radix).ok()?;
        Some(if negative { -number } else { number })
    }
}

/// `key = value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The option's name.
    pub key: Word,
    /// The operator; `None` where it is missing.
    pub operator: Option<Operator>,
    /// The value; `None` where it is missing.
    pub value: Option<Value>,
    /// From the key to the end of the value.
    pub range: Range<usize>,
}

/// What stands between key and value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Which one it is.
    pub kind: OperatorKind,
    /// Where it stands.
    pub range: Range<usize>,
}

/// The operators of assignments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatorKind {
    /// `=`
    Set,
    /// `+=`, undocumented
    Add,
    /// `-=`, undocumented
    Remove,
}

/// What an option is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A word, number or string.
    Word(Word),
    /// A list or a dictionary.
    Collection(Collection),
}

impl Value {
    /// From the first byte to the last.
    pub fn range(&self) -> Range<usize> {
        match self {
            Self::Word(word) => word.range.clone(),
            Self::Collection(collection) => collection.range.clone(),
        }
    }

    /// The word, if it is one.
    pub fn as_word(&self) -> Option<&Word> {
        match self {
            Self::Word(word) => Some(word),
            Self::Collection(_) => None,
        }
    }

    /// The list or dictionary, if it is one.
    pub fn as_collection(&self) -> Option<&Collection> {
        match self {
            Self::Word(_) => None,
            Self::Collection(collection) => Some(collection),
        }
    }

    /// The word itself or the words of a list: Momentum takes `uri = "a"` where a list is wanted.
    pub fn words(&self) -> Vec<&Word> {
        match self {
            Self::Word(word) => vec![word],
            Self::Collection(collection) => {
                collection.items.iter().filter_map(|item| item.value.as_ref()?.as_word()).collect()
            }
        }
    }
}

/// Whether a collection is a list or a dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CollectionKind {
    /// `( … )`
    List,
    /// `[ key = value … ]`
    Dictionary,
}

impl CollectionKind {
    pub(super) const fn open(self) -> char {
        match self {
            Self::List => '(',
            Self::Dictionary => '[',
        }
    }

    pub(super) const fn close(self) -> char {
        match self {
            Self::List => ')',
            Self::Dictionary => ']',
        }
    }

    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Dictionary => "dictionary",
        }
    }
}

/// A list or a dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// Which of the two, after the opening bracket.
    pub kind: CollectionKind,
    /// The opening bracket.
    pub open: Range<usize>,
    /// What is in it.
    pub items: Vec<Item>,
    /// The closing bracket; `None` where it is missing.
    pub close: Option<Range<usize>>,
    /// With the brackets.
    pub range: Range<usize>,
}

/// An element of a list (no key) or an entry of a dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The key of an entry.
    pub key: Option<Word>,
    /// The value; `None` where it is missing.
    pub value: Option<Value>,
    /// From key or value to the end of the value.
    pub range: Range<usize>,
}

/// `kind "name" { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// What kind of scope it is: `scriptlet`, `Domain`, `ESMTP_Listener`, … Compare with [`Word::is`].
    pub kind: Word,
    /// The instance's name, if it has one.
    pub name: Option<Word>,
    /// The opening brace.
    pub open: Range<usize>,
    /// What is in it.
    pub statements: Vec<Statement>,
    /// The closing brace; `None` where it is missing.
    pub close: Option<Range<usize>>,
    /// From the kind to the closing brace.
    pub range: Range<usize>,
}

impl Scope {
    /// Kind and name: what a person would point at.
    pub fn head_range(&self) -> Range<usize> {
        self.kind.range.start..self.name.as_ref().unwrap_or(&self.kind).range.end
    }
}

/// `include "path"` or `readonly_include "path"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Include {
    /// The word `include` or `readonly_include`.
    pub keyword: Word,
    /// Whether online changes may not be written back to the included file.
    pub read_only: bool,
    /// The file or folder; `None` where it is missing.
    pub path: Option<Word>,
    /// From the keyword to the end of the path.
    pub range: Range<usize>,
}
