//! What the names of a callout's parameters say of the values that their author expects.

use crate::syntax::tree::{Function, Name};
use momentum_lua_stub_reader::model::{Param, Type};

/// Names that policy gives to values of a class, beside those of the documentation.
const NAMES: &[(&str, &[&str])] = &[
    ("ec_message", &["msg", "message", "mess", "m"]),
    ("accept_construct", &["accept", "ac", "acc", "accept_construct"]),
    ("validate_context", &["vctx", "ctx", "vc", "context", "validate_context"]),
    ("ec_string", &["str"]),
];

/// What a name says of the position at which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// It is what the server passes there.
    Right,
    /// It is what the server passes at that other position.
    Other(usize),
    /// Nothing.
    Unknown,
}

/// What a name says at a position among those that are `passed`.
pub(crate) fn meaning(passed: &[Param], name: &str, position: usize) -> Meaning {
    let here = passed.get(position);
    if here.is_some_and(|param| param.name == name) {
        return Meaning::Right;
    }
    let usual = NAMES.iter().find(|(_, names)| names.contains(&name)).map(|(class, _)| *class);
    let is_usual = |param: &Param| usual.is_some() && class(param) == usual;
    if here.is_some_and(is_usual) {
        return Meaning::Right;
    }
    let by_name = passed.iter().position(|param| param.name == name);
    by_name.or_else(|| passed.iter().position(is_usual)).map_or(Meaning::Unknown, Meaning::Other)
}

/// How many of the names are right at their positions.
pub(crate) fn right(passed: &[Param], names: &[Name]) -> usize {
    names.iter().enumerate().filter(|(at, name)| meaning(passed, &name.text, *at) == Meaning::Right).count()
}

/// Whether the names of a function that is not defined with `:` fit better without a `self` before them.
pub(crate) fn read_without_self(passed: &[Param], function: &Function) -> bool {
    let names = &*function.parameters;
    let is_self = names.first().is_none_or(|first| first.text == "self");
    !function.is_method
        && !is_self
        && right(passed, names) > right(passed, names.get(1..).unwrap_or_default())
}

/// The class that a parameter's value has.
pub(crate) fn class(param: &Param) -> Option<&str> {
    match &param.ty {
        Type::Named(name) => Some(name),
        _ => None,
    }
}
