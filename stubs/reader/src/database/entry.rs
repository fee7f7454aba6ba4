//! What a look-up finds.

use crate::model::{
    About, Alias, CFunction, Class, ConfigurationOption, Constant, ContextVariable, Field, Function, Hook,
    Macro, Module, Phase, Signature, Text, Type,
};

/// Something that stands in a table or class, or is a global.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Member<'a> {
    /// A function or method.
    Function(&'a Function),
    /// A field that is neither a function nor a constant.
    Field(&'a Field),
    /// A constant.
    Constant(&'a Constant),
    /// A function of the C API, in `msys.core`.
    CFunction(&'a CFunction),
    /// A table of its own: `pcre` in `msys`.
    Table(&'a Class),
}

impl<'a> Member<'a> {
    /// The last part of its name.
    #[must_use]
    pub fn member(self) -> &'a str {
        match self {
            Member::Function(function) => &function.member,
            Member::Field(field) => &field.member,
            Member::Constant(constant) => &constant.member,
            Member::CFunction(c) => &c.function.member,
            Member::Table(class) => class.name.rsplit('.').next().unwrap_or(&class.name),
        }
    }

    /// The table or class that it stands in; empty for a global.
    #[must_use]
    pub fn owner(self) -> &'a str {
        match self {
            Member::Function(function) => &function.owner,
            Member::Field(field) => &field.owner,
            Member::Constant(constant) => &constant.owner,
            Member::CFunction(c) => &c.function.owner,
            Member::Table(class) => class.name.rsplit_once('.').map_or("", |(owner, _)| owner),
        }
    }

    /// The name that the documentation uses.
    #[must_use]
    pub fn name(self) -> &'a str {
        match self {
            Member::Function(function) => &function.name,
            Member::Field(field) => &field.name,
            Member::Constant(constant) => &constant.name,
            Member::CFunction(c) => &c.function.name,
            Member::Table(class) => &class.name,
        }
    }

    /// The function, one of the C API included.
    #[must_use]
    pub fn function(self) -> Option<&'a Function> {
        match self {
            Member::Function(function) => Some(function),
            Member::CFunction(c) => Some(&c.function),
            _ => None,
        }
    }

    /// Its type: a constant has its group's, else that of its value; a function is its signatures.
    #[must_use]
    pub fn ty(self) -> Type {
        let fun = |function: &Function| {
            Type::union(
                function.signatures().map(|signature: &Signature| Type::Fun(signature.clone().into())),
            )
        };
        match self {
            Member::Function(function) => fun(function),
            Member::CFunction(c) => fun(&c.function),
            Member::Field(field) => field.ty.clone(),
            Member::Constant(constant) => constant.ty(),
            Member::Table(class) => Type::Named(class.name.clone()),
        }
    }

    /// Modules that must be required first.
    #[must_use]
    pub fn requires(self) -> &'a [Text] {
        match self {
            Member::Function(function) => &function.requires,
            Member::Field(field) => &field.requires,
            Member::Constant(constant) => &constant.requires,
            Member::CFunction(c) => &c.function.requires,
            Member::Table(_) => &[],
        }
    }

    /// Description, versions, remarks.
    #[must_use]
    pub fn about(self) -> &'a About {
        match self {
            Member::Function(function) => &function.about,
            Member::Field(field) => &field.about,
            Member::Constant(constant) => &constant.about,
            Member::CFunction(c) => &c.function.about,
            Member::Table(class) => &class.about,
        }
    }
}

/// What a name in a type stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NamedType<'a> {
    /// A class.
    Class(&'a Class),
    /// An alias.
    Alias(&'a Alias),
    /// A group of constants.
    Group(&'a str),
}

/// Anything that has a name of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Entry<'a> {
    /// A member of a table or class, or a global.
    Member(Member<'a>),
    /// A named type.
    Alias(&'a Alias),
    /// A callout or hook.
    Hook(&'a Hook),
    /// A module.
    Module(&'a Module),
    /// A macro.
    Macro(&'a Macro),
    /// A context variable.
    ContextVariable(&'a ContextVariable),
    /// An option of the configuration.
    Option(&'a ConfigurationOption),
    /// A phase.
    Phase(&'a Phase),
    /// A group of constants.
    Group(&'a str),
}

impl<'a> Entry<'a> {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'a str {
        match self {
            Entry::Member(member) => member.name(),
            Entry::Alias(alias) => &alias.name,
            Entry::Hook(hook) => &hook.name,
            Entry::Module(module) => &module.name,
            Entry::Macro(one) => &one.syntax,
            Entry::ContextVariable(variable) => &variable.name,
            Entry::Option(option) => &option.name,
            Entry::Phase(phase) => &phase.name,
            Entry::Group(name) => name,
        }
    }

    /// Description, versions, remarks; a group has none of its own.
    #[must_use]
    pub fn about(self) -> Option<&'a About> {
        Some(match self {
            Entry::Member(member) => member.about(),
            Entry::Alias(alias) => &alias.about,
            Entry::Hook(hook) => &hook.about,
            Entry::Module(module) => &module.about,
            Entry::Macro(one) => &one.about,
            Entry::ContextVariable(variable) => &variable.about,
            Entry::Option(option) => &option.about,
            Entry::Phase(phase) => &phase.about,
            Entry::Group(_) => return None,
        })
    }
}
