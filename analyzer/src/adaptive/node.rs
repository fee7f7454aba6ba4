//! Rules before they are understood: a tree of values.

use smol_str::SmolStr;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<P = ()> {
    /// Where it stands, in terms of whoever made the tree.
    pub place: P,
    /// What it is.
    pub value: Value<P>,
}

/// What a node is, as far as known. Of what is not known nothing is said.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<P = ()> {
    /// Anything.
    Unknown,
    /// Nothing.
    Nil,
    /// true or false.
    Boolean,
    /// A number; `None` where it is not known which.
    Number(Option<f64>),
    /// A text; `None` where it is not known which.
    Text(Option<SmolStr>),
    /// A table.
    Table(Table<P>),
    /// A function.
    Function(FunctionResult),
}

impl<P> Value<P> {
    /// The text, if it is one and known.
    #[must_use]
    pub fn text(&self) -> Option<&SmolStr> {
        match self {
            Value::Text(text) => text.as_ref(),
            _ => None,
        }
    }

    /// The table, if it is one.
    #[must_use]
    pub fn table(&self) -> Option<&Table<P>> {
        match self {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// What it is, for messages: `a number`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Value::Unknown => "a value",
            Value::Nil => "nothing",
            Value::Boolean => "a boolean",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::Table(_) => "a table",
            Value::Function(_) => "a function",
        }
    }
}

/// What calling a function gives, as far as known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionResult {
    /// Nothing is known.
    Unknown,
    /// A number on every path.
    Number,
    /// Some path gives nothing.
    MayBeNothing,
    /// Never a number.
    Other,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<P = ()> {
    /// Its fields in the order in which they are written. Of two with one key the later holds.
    pub fields: Vec<Field<P>>,
    /// There are no others.
    pub complete: bool,
}

impl<P> Table<P> {
    /// The field of that name that holds.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field<P>> {
        self.fields.iter().rev().find(|field| matches!(&field.key, Key::Name(known) if known == name))
    }

    /// The fields with numbers for keys, in their order.
    #[must_use]
    pub fn elements(&self) -> Vec<&Field<P>> {
        let mut elements: Vec<(u32, &Field<P>)> = self
            .fields
            .iter()
            .filter_map(|field| match field.key {
                Key::Element(index) => Some((index, field)),
                _ => None,
            })
            .collect();
        elements.sort_by_key(|(index, _)| *index);
        elements.into_iter().map(|(_, field)| field).collect()
    }
}

/// A field of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Field<P = ()> {
    /// Its key.
    pub key: Key,
    /// Where its key stands; the value where the key is not written.
    pub key_place: P,
    /// Where key and value stand.
    pub place: P,
    /// Its value.
    pub value: Node<P>,
}

/// The key of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A text.
    Name(SmolStr),
    /// A whole number from 1.
    Element(u32),
    /// Not known.
    Unknown,
}
