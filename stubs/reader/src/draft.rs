//! What readers of single files hand on to be put together.

use crate::luacats::Spanned;
use crate::model::{Model, Text};
use crate::problem::{Lines, Problem, StubError};

/// What was read so far, from one file or several.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) model: Model,
    /// C prototypes and structs, whose Lua side can be derived when all structs are known.
    pub(crate) c: crate::c::CDraft,
    /// Names that must exist somewhere.
    pub(crate) references: Vec<Reference>,
    /// Modules that files say they are (`---@meta NAME`).
    pub(crate) files_of_modules: Vec<Text>,
    pub(crate) errors: Vec<StubError>,
}

/// A name that must exist, and the error that is due where it does not.
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) kind: ReferenceKind,
    pub(crate) name: Text,
    /// File, line and column; the message is still missing.
    pub(crate) place: StubError,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReferenceKind {
    /// Class, alias or group in a type.
    Type,
    /// Parent of a class.
    Parent,
    /// Module in `@requires`.
    Module,
    /// Phase in `@phase`.
    Phase,
    /// Callout or hook in `@callout`.
    Hook,
    /// Constant in `@result`.
    Constant,
    /// Function, as the documentation spells it.
    Function,
    /// Table or class that a function or field is put into.
    Owner,
}

impl Draft {
    pub(crate) fn error(&mut self, lines: &Lines<'_>, problem: Problem) {
        self.errors.push(lines.error(problem));
    }

    pub(crate) fn refer(&mut self, lines: &Lines<'_>, kind: ReferenceKind, name: &Spanned<Text>) {
        let place = lines.error(Problem::new(name.range.clone(), ""));
        self.references.push(Reference { kind, name: name.value.clone(), place });
    }
}
