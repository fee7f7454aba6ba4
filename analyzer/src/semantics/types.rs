//! What is known of a value.
//!
//! A [`Type`] is the set of values that something may have. Where the analysis lost track, the type is *open*: there may be
//! others, and rules stay silent.

use crate::file_id::FileId;
use crate::syntax::tree::FunctionId;
use momentum_lua_stub_reader::model::{self, Text};
use smallvec::SmallVec;
use smol_str::SmolStr;
use std::fmt;
use std::sync::Arc;

/// A table constructor (or module environment) of some file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableRef {
    /// The file.
    pub file: FileId,
    /// Position among the file's tables.
    pub index: u32,
}

/// A function of some file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FunctionRef {
    /// The file.
    pub file: FileId,
    /// The function in the file's tree.
    pub function: FunctionId,
}

/// A function or constant of the Momentum API: the class or table that it stands in (empty for a global) and its name
/// there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MemberRef {
    /// `msys.core`, `ec_message`.
    pub owner: Text,
    /// `VALIDATE_CONT`, `binding`.
    pub member: Text,
}

/// One kind of value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// nil
    Nil,
    /// true
    True,
    /// false
    False,
    /// Any number.
    Number,
    /// That number.
    NumberLiteral(f64),
    /// Any string.
    String,
    /// That string.
    StringLiteral(SmolStr),
    /// The table that a constructor of the project makes.
    Table(TableRef),
    /// What a callout of that table gets as `self`: the table, or where there is a session, one of the session that looks
    /// up there what it lacks. Only the table's functions are known of it.
    Callouts(TableRef),
    /// A function of the project.
    Function(FunctionRef),
    /// A value of a class of the API: userdata, or the table of a module.
    Instance(Text),
    /// A function or constant of the API.
    Member(Arc<MemberRef>),
    /// Some constant of that group.
    Group(Text),
    /// An array, map, record, tuple or function that the API describes.
    Structure(model::Type),
    /// Some table.
    AnyTable,
    /// Some function.
    AnyFunction,
    /// A coroutine.
    Thread,
    /// Some userdata.
    Userdata,
}

impl Value {
    /// What Lua's `type` says of it.
    #[must_use]
    pub fn lua_type(&self) -> Option<&'static str> {
        Some(match self {
            Value::Nil => "nil",
            Value::True | Value::False => "boolean",
            Value::Number | Value::NumberLiteral(_) => "number",
            Value::String | Value::StringLiteral(_) => "string",
            Value::Table(_) | Value::Callouts(_) | Value::AnyTable => "table",
            Value::Function(_) | Value::AnyFunction | Value::Structure(model::Type::Fun(_)) => "function",
            Value::Structure(_) => "table",
            Value::Thread => "thread",
            Value::Userdata => "userdata",
            Value::Instance(_) | Value::Member(_) | Value::Group(_) => return None,
        })
    }

    /// Whether it counts as true in a condition.
    #[must_use]
    pub const fn is_truthy(&self) -> bool {
        !matches!(self, Value::Nil | Value::False)
    }
}

/// The set of values that something may have.
#[derive(Clone, Debug, PartialEq)]
pub struct Type {
    values: SmallVec<[Value; 1]>,
    open: bool,
}

impl Default for Type {
    fn default() -> Self {
        Self::unknown()
    }
}

/// More literals than this become "any number" or "any string".
const MOST_LITERALS: usize = 12;

impl Type {
    /// Anything.
    #[must_use]
    pub const fn unknown() -> Self {
        Self { values: SmallVec::new_const(), open: true }
    }

    /// Nothing: the type of what never comes to be.
    #[must_use]
    pub const fn never() -> Self {
        Self { values: SmallVec::new_const(), open: false }
    }

    /// nil alone.
    #[must_use]
    pub fn nil() -> Self {
        Value::Nil.into()
    }

    /// true or false.
    #[must_use]
    pub fn boolean() -> Self {
        Self { values: SmallVec::from_vec(vec![Value::True, Value::False]), open: false }
    }

    /// The values that are known to be possible.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// Whether it may be something else than its [`Type::values`].
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.open
    }

    /// Whether nothing at all is known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.open && self.values.is_empty()
    }

    /// Whether no value is possible.
    #[must_use]
    pub fn is_never(&self) -> bool {
        !self.open && self.values.is_empty()
    }

    /// The value, if there is exactly one possibility.
    #[must_use]
    pub fn single(&self) -> Option<&Value> {
        match self.values.as_slice() {
            [value] if !self.open => Some(value),
            _ => None,
        }
    }

    /// Whether nil is known to be possible.
    #[must_use]
    pub fn may_be_nil(&self) -> bool {
        self.values.contains(&Value::Nil)
    }

    /// Whether it is nil for certain.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        self.single() == Some(&Value::Nil)
    }

    /// Whether all values are known and satisfy `test`; false for what never is.
    pub fn all(&self, test: impl FnMut(&Value) -> bool) -> bool {
        !self.open && !self.values.is_empty() && self.values.iter().all(test)
    }

    /// Whether some known value satisfies `test`.
    pub fn any(&self, test: impl FnMut(&Value) -> bool) -> bool {
        self.values.iter().any(test)
    }

    /// Adds the possibilities of `other`. Returns whether anything changed.
    pub fn join(&mut self, other: &Type) -> bool {
        let mut changed = false;
        if other.open && !self.open {
            self.open = true;
            changed = true;
        }
        for value in &other.values {
            changed |= self.add(value.clone());
        }
        changed
    }

    /// Both possibilities.
    #[must_use]
    pub fn or(mut self, other: &Type) -> Self {
        self.join(other);
        self
    }

    /// Adds one possibility. Returns whether it is new.
    pub fn add(&mut self, value: Value) -> bool {
        let covered = match &value {
            Value::NumberLiteral(_) => self.values.contains(&Value::Number),
            Value::StringLiteral(_) => self.values.contains(&Value::String),
            _ => false,
        };
        if covered || self.values.contains(&value) {
            return false;
        }
        match value {
            Value::Number => self.values.retain(|known| !matches!(known, Value::NumberLiteral(_))),
            Value::String => self.values.retain(|known| !matches!(known, Value::StringLiteral(_))),
            _ => {}
        }
        self.values.push(value);
        if self.values.len() > MOST_LITERALS {
            self.widen();
        }
        true
    }

    fn widen(&mut self) {
        for (is_literal, general) in [
            ((|value| matches!(value, Value::NumberLiteral(_))) as fn(&Value) -> bool, Value::Number),
            (|value| matches!(value, Value::StringLiteral(_)), Value::String),
        ] {
            let before = self.values.len();
            self.values.retain(|value| !is_literal(value));
            if self.values.len() < before {
                self.values.push(general);
            }
        }
        if self.values.len() > 4 * MOST_LITERALS {
            *self = Type::unknown();
        }
    }

    /// The same with the literals of numbers and strings generalized.
    #[must_use]
    pub fn generalized(&self) -> Self {
        let mut general = Type { values: SmallVec::new(), open: self.open };
        for value in &self.values {
            general.add(match value {
                Value::NumberLiteral(_) => Value::Number,
                Value::StringLiteral(_) => Value::String,
                other => other.clone(),
            });
        }
        general
    }

    /// The possibilities that satisfy `keep`. What is open stays open.
    #[must_use]
    pub fn filter(&self, keep: impl Fn(&Value) -> bool) -> Self {
        Self { values: self.values.iter().filter(|value| keep(value)).cloned().collect(), open: self.open }
    }

    /// Without nil.
    #[must_use]
    pub fn without_nil(&self) -> Self {
        self.filter(|value| *value != Value::Nil)
    }

    /// The part that counts as true.
    #[must_use]
    pub fn truthy(&self) -> Self {
        self.filter(Value::is_truthy)
    }

    /// The part that counts as false: nil and false; what is open may be both.
    #[must_use]
    pub fn falsy(&self) -> Self {
        self.filter(|value| !value.is_truthy())
    }

    /// The same, but possibly something else, too.
    #[must_use]
    pub fn opened(mut self) -> Self {
        self.open = true;
        self
    }

    /// The string, if it is one for certain.
    #[must_use]
    pub fn string_literal(&self) -> Option<&SmolStr> {
        match self.single() {
            Some(Value::StringLiteral(text)) => Some(text),
            _ => None,
        }
    }

    /// The class, if it is a value of exactly one class for certain (nil aside).
    #[must_use]
    pub fn class(&self) -> Option<&Text> {
        if self.open {
            return None;
        }
        let mut classes = self.values.iter().filter(|value| **value != Value::Nil);
        match (classes.next(), classes.next()) {
            (Some(Value::Instance(class)), None) => Some(class),
            _ => None,
        }
    }

    /// The tables of the project that it may be.
    pub fn tables(&self) -> impl Iterator<Item = TableRef> + '_ {
        self.values.iter().filter_map(|value| match value {
            Value::Table(table) => Some(*table),
            _ => None,
        })
    }

    /// The functions of the project that it may be.
    pub fn functions(&self) -> impl Iterator<Item = FunctionRef> + '_ {
        self.values.iter().filter_map(|value| match value {
            Value::Function(function) => Some(*function),
            _ => None,
        })
    }

    /// The function or constant of the API, if it is one for certain (nil aside).
    #[must_use]
    pub fn member(&self) -> Option<&Arc<MemberRef>> {
        if self.open {
            return None;
        }
        let mut values = self.values.iter().filter(|value| **value != Value::Nil);
        match (values.next(), values.next()) {
            (Some(Value::Member(member)), None) => Some(member),
            _ => None,
        }
    }
}

impl From<Value> for Type {
    fn from(value: Value) -> Self {
        let mut values = SmallVec::new();
        values.push(value);
        Self { values, open: false }
    }
}

impl fmt::Display for Type {
    /// As LuaCATS writes it; every table of the project is `table`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown(&|_| None))
    }
}

impl Type {
    /// As LuaCATS writes it, with the names that tables of the project have as classes.
    #[must_use]
    pub fn shown(&self, class: &dyn Fn(TableRef) -> Option<String>) -> String {
        let mut names: Vec<String> = Vec::new();
        let has = |value: &Value| self.values.contains(value);
        for value in &self.values {
            let name = match value {
                Value::Nil => "nil".to_owned(),
                Value::True if has(&Value::False) => "boolean".to_owned(),
                Value::False if has(&Value::True) => continue,
                Value::True => "true".to_owned(),
                Value::False => "false".to_owned(),
                Value::Number => "number".to_owned(),
                Value::NumberLiteral(number) => number.to_string(),
                Value::String => "string".to_owned(),
                Value::StringLiteral(text) => format!("{text:?}"),
                Value::Table(table) | Value::Callouts(table) => {
                    class(*table).unwrap_or_else(|| "table".to_owned())
                }
                Value::AnyTable => "table".to_owned(),
                Value::Function(_) | Value::AnyFunction => "function".to_owned(),
                Value::Instance(class) | Value::Group(class) => class.to_string(),
                Value::Member(member) if member.owner.is_empty() => member.member.to_string(),
                Value::Member(member) => format!("{}.{}", member.owner, member.member),
                Value::Structure(structure) => structure.to_string(),
                Value::Thread => "thread".to_owned(),
                Value::Userdata => "userdata".to_owned(),
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if self.open && names.is_empty() {
            return "unknown".to_owned();
        }
        if names.is_empty() {
            return "never".to_owned();
        }
        // `T?` reads better than `T|nil`.
        if let [one, nil] = names.as_slice()
            && nil == "nil"
            && !one.contains(['|', '('])
        {
            return format!("{one}?");
        }
        names.join("|")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_are_sets() {
        let mut ty = Type::from(Value::StringLiteral("a".into()));
        assert!(ty.join(&Value::Nil.into()));
        assert!(!ty.join(&Value::Nil.into()));
        assert_eq!(ty.to_string(), "\"a\"?");
        assert!(ty.join(&Value::String.into()));
        assert_eq!(ty.to_string(), "nil|string");
        assert!(!ty.join(&Value::StringLiteral("b".into()).into()));
    }

    #[test]
    fn many_literals_become_any() {
        let mut ty = Type::never();
        for number in 0..100 {
            ty.add(Value::NumberLiteral(f64::from(number)));
        }
        assert_eq!(ty.to_string(), "number");
    }

    #[test]
    fn what_is_open_has_no_certain_value() {
        let ty = Type::from(Value::Nil).opened();
        assert!(ty.may_be_nil() && !ty.is_nil() && ty.single().is_none());
        assert!(Type::unknown().is_unknown());
        assert_eq!(Type::boolean().to_string(), "boolean");
        assert_eq!(Type::boolean().truthy().to_string(), "true");
    }
}
