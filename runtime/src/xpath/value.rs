//! Values of expressions, and how they become each other (XPath 1.0, section 4).

use super::{Document, Kind};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// In the order of the document, each once.
    Nodes(Vec<usize>),
    Boolean(bool),
    Number(f64),
    Text(String),
}

impl Value {
    pub(super) fn boolean(&self) -> bool {
        match self {
            Self::Nodes(nodes) => !nodes.is_empty(),
            Self::Boolean(value) => *value,
            Self::Number(value) => *value != 0.0 && !value.is_nan(),
            Self::Text(text) => !text.is_empty(),
        }
    }

    pub(super) fn text(&self, document: &Document) -> String {
        match self {
            Self::Nodes(nodes) => nodes.first().map(|node| text_of(document, *node)).unwrap_or_default(),
            Self::Boolean(value) => value.to_string(),
            Self::Number(value) if value.is_nan() => "NaN".to_owned(),
            Self::Number(value) if value.is_infinite() => {
                if *value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned()
            }
            // There is no negative zero.
            Self::Number(value) => (value + 0.0).to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    pub(super) fn number(&self, document: &Document) -> f64 {
        match self {
            Self::Number(value) => *value,
            Self::Boolean(value) => f64::from(u8::from(*value)),
            other => number_of(&other.text(document)),
        }
    }
}

/// A text as a number: digits with a point and a minus sign, white space around them; else not a number.
pub(super) fn number_of(text: &str) -> f64 {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().any(|byte| byte.is_ascii_digit());
    if is_number { text.parse().unwrap_or(f64::NAN) } else { f64::NAN }
}

/// The text of a node: its own, or that of all texts below it.
pub(super) fn text_of(document: &Document, node: usize) -> String {
    let Some(found) = document.get(node) else { return String::new() };
    if !matches!(found.kind, Kind::Root | Kind::Element) {
        return found.text.clone();
    }
    let mut text = String::new();
    let mut waiting: Vec<usize> = found.children.iter().rev().copied().collect();
    while let Some(below) = waiting.pop().and_then(|below| document.get(below)) {
        if below.kind == Kind::Text {
            text.push_str(&below.text);
        }
        waiting.extend(below.children.iter().rev());
    }
    text
}
