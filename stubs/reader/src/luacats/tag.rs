//! Tags.

use std::ops::Range;

use crate::model::{AllowedIn, Fidelity, Generic, Param, Signature, Since, Text, Type};

/// Something with the bytes that it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Its bytes.
    pub range: Range<usize>,
}

/// A tag with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct TagLine {
    /// The tag.
    pub tag: Tag,
    /// The bytes of its name, with the `@`.
    pub range: Range<usize>,
}

/// A tag of LuaCATS, or one of those that stubs of Momentum's API add.
#[derive(Debug, Clone, PartialEq)]
pub enum Tag {
    /// `@meta NAME`
    Meta(Option<Text>),
    /// `@class name: parent`
    Class(ClassTag),
    /// `@field name? type text`
    Field(FieldTag),
    /// `@param name? type text`
    Param(ParamTag),
    /// `@return type name text`
    Return(ReturnTag),
    /// `@overload fun(…): …`
    Overload(Signature),
    /// `@alias name type`
    Alias {
        /// Its name.
        name: Spanned<Text>,
        /// Type parameters.
        generics: Vec<Generic>,
        /// The type; absent where lines with `|` follow.
        ty: Option<Type>,
        /// Text after the type.
        doc: Text,
    },
    /// `---| type # text`
    AliasMember(AliasMember),
    /// `@type T`
    Type {
        /// One type a variable.
        types: Vec<Type>,
        /// Text after the types.
        doc: Text,
    },
    /// `@generic T, K: bound`
    Generic(Vec<Generic>),
    /// `@deprecated text`
    Deprecated(Text),
    /// `@cast name type`: a variable's type changes here.
    Cast {
        /// The variable.
        name: Spanned<Text>,
        /// Its new type.
        ty: Type,
    },
    /// `@diagnostic text`, unread: suppressions have a reader of their own.
    Diagnostic(Text),
    /// A tag of LuaCATS that says nothing about types (`@see`, `@nodiscard`, `@private`, …).
    Other(Text),

    /// `@receiver name, …`
    Receiver(Vec<Text>),
    /// `@global`
    Global,
    /// `@requires A, B`
    Requires(Vec<Spanned<Text>>),
    /// `@phase a, b`
    Phase(Vec<Spanned<Text>>),
    /// `@callout a, b (remark)`
    Callout(Vec<Spanned<AllowedIn>>),
    /// `@advised`
    Advised,
    /// `@never a, b`
    Never(Vec<Spanned<Text>>),
    /// `@since 3=3.1 4=4.0`
    Since(Since),
    /// `@until 4=5.1 fun(…)`: the signature before a version; without one, the version that no longer has it.
    Until(Since, Option<Signature>),
    /// `@iter K, V`
    Iter(Vec<Type>),
    /// `@registers SCOPE`
    Registers(Option<Text>),
    /// `@yields`
    Yields,
    /// `@blocking`
    Blocking,
    /// `@nopcall`
    NoPcall,
    /// `@mutates`, `@mutates METHOD`
    Mutates(Option<Text>),
    /// `@nilcrash a, b`
    NilCrash(Vec<Spanned<Text>>),
    /// `@raises text`
    Raises(Text),
    /// `@trap text`
    Trap(Text),
    /// `@correction text`
    Correction(Text),
    /// `@undocumented`
    Undocumented,
    /// `@constant GROUP`
    Constant(Option<Text>),
    /// `@fidelity modelled`
    Fidelity(Fidelity),
    /// `@page path`
    Page(Text),
    /// `@callouts SCOPE`
    Callouts(Text),
    /// `@result VALUE text`
    Result {
        /// A constant by its full name, or a literal.
        value: Spanned<Text>,
        /// What it means.
        meaning: Text,
    },
    /// `@ignored`
    Ignored,
    /// `@thread text`
    Thread(Text),
    /// `@hook SCOPE`
    Hook(Text),
    /// `@name NAME`
    Name(Text),
    /// `@keep NAME`
    Keep(Spanned<Text>),
    /// `@seen`
    Seen,
    /// `@writable VALUES`
    Writable(Vec<Text>),
    /// `@out NAME`
    Out(Spanned<Text>),
}

/// `@class name<T>: parent, parent`
#[derive(Debug, Clone, PartialEq)]
pub struct ClassTag {
    /// Its name.
    pub name: Spanned<Text>,
    /// Type parameters.
    pub generics: Vec<Generic>,
    /// What it inherits from.
    pub parents: Vec<Spanned<Text>>,
    /// Text after it.
    pub doc: Text,
}

/// `@field name? type text`
#[derive(Debug, Clone, PartialEq)]
pub struct FieldTag {
    /// Its name, or the type of the keys.
    pub key: FieldKey,
    /// May be absent.
    pub optional: bool,
    /// Its type, without the nil that `optional` adds.
    pub ty: Type,
    /// Text after it.
    pub doc: Text,
}

/// What a `@field` stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldKey {
    /// `name`, `["two-words"]`
    Name(Text),
    /// `[string]`
    Index(Type),
}

/// `@param name? type text`
#[derive(Debug, Clone, PartialEq)]
pub struct ParamTag {
    /// Its name; `...` for the variadic one.
    pub name: Spanned<Text>,
    /// May be left out.
    pub optional: bool,
    /// Its type; `None` in C, where the prototype says it.
    pub ty: Option<Type>,
    /// Text after it.
    pub doc: Text,
}

/// `@return type name text`, or several with commas.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnTag {
    /// Types and names.
    pub values: Vec<(Type, Option<Text>)>,
    /// Text after them.
    pub doc: Text,
}

/// `---| "A" # text`
#[derive(Debug, Clone, PartialEq)]
pub struct AliasMember {
    /// The type.
    pub ty: Type,
    /// Text after it.
    pub doc: Text,
}

impl Tag {
    /// The text at its end, which lines that follow may continue.
    pub(super) fn text_mut(&mut self) -> Option<&mut Text> {
        match self {
            Tag::Class(class) => Some(&mut class.doc),
            Tag::Field(field) => Some(&mut field.doc),
            Tag::Param(param) => Some(&mut param.doc),
            Tag::Return(result) => Some(&mut result.doc),
            Tag::Alias { doc, .. } | Tag::Type { doc, .. } => Some(doc),
            Tag::AliasMember(member) => Some(&mut member.doc),
            Tag::Result { meaning, .. } => Some(meaning),
            Tag::Deprecated(text)
            | Tag::Raises(text)
            | Tag::Trap(text)
            | Tag::Correction(text)
            | Tag::Thread(text) => Some(text),
            _ => None,
        }
    }
}

/// All tags, for hints.
pub(super) const TAGS: &[&str] = &[
    "advised",
    "alias",
    "async",
    "blocking",
    "callout",
    "callouts",
    "cast",
    "class",
    "constant",
    "correction",
    "deprecated",
    "diagnostic",
    "enum",
    "fidelity",
    "field",
    "generic",
    "global",
    "hook",
    "ignored",
    "iter",
    "keep",
    "meta",
    "module",
    "mutates",
    "name",
    "never",
    "nilcrash",
    "nodiscard",
    "nopcall",
    "operator",
    "out",
    "overload",
    "package",
    "page",
    "param",
    "phase",
    "private",
    "protected",
    "raises",
    "receiver",
    "registers",
    "requires",
    "result",
    "return",
    "see",
    "seen",
    "since",
    "source",
    "thread",
    "trap",
    "type",
    "undocumented",
    "until",
    "vararg",
    "version",
    "writable",
    "yields",
];

/// A parameter as a tag gives it.
impl From<&ParamTag> for Param {
    fn from(tag: &ParamTag) -> Self {
        Param {
            optional: tag.optional,
            variadic: tag.name.value == "...",
            doc: tag.doc.clone(),
            ..Param::new(tag.name.value.clone(), tag.ty.clone().unwrap_or_default())
        }
    }
}
