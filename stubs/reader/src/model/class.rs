//! Classes: tables of modules, userdata, C structs.

use serde::{Deserialize, Serialize};

use super::{About, AllowedIn, Generic, Text, Type};

/// A class. Its members are asked from the database, since any file may add some.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Class {
    /// Its name: `ec_message`, `msys.pcre`.
    pub name: Text,
    /// The name under which the documentation lists it, where neither C nor Lua can use that.
    pub listed_as: Option<Text>,
    /// What it is.
    pub kind: ClassKind,
    /// What the documentation calls a value of it: `msg`; the first is the one that documented names use. A struct
    /// without any is never handed to Lua by a documented callout.
    pub receivers: Vec<Text>,
    /// Classes that it inherits from.
    pub parents: Vec<Text>,
    /// Type parameters.
    pub generics: Vec<Generic>,
    /// The module whose file declares it, where the file names one.
    pub module: Option<Text>,
    /// `require` also sets the global of that name.
    pub global: bool,
    /// What the variables of `for a, b in VALUE do` get, where a value can be iterated directly.
    pub iter: Vec<Type>,
    /// Keys and values beyond its named members (`---@field [K] V`).
    pub index: Option<(Type, Type)>,
    /// Its functions are callouts or hooks of this scope.
    pub callouts: Option<Text>,
    /// The C declaration of a struct.
    pub prototype: Option<Text>,
    /// Description, versions, remarks.
    pub about: About,
}

/// What a class is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ClassKind {
    /// The table of a module or a part of it: reached by its name.
    #[default]
    Table,
    /// Values that the server or a function hands out.
    Userdata,
    /// Userdata whose fields a C struct declares.
    Struct,
    /// The fields that a plain table of a script has, or one that a function returns.
    Shape,
}

/// A field that is neither a function nor a constant.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Field {
    /// The name that the documentation uses: `msg.id`.
    pub name: Text,
    /// Class that it stands in; empty for a global.
    pub owner: Text,
    /// The last part of its name.
    pub member: Text,
    /// Its type, with nil where it may be absent.
    pub ty: Type,
    /// The declaration of a struct's field.
    pub c_type: Option<Text>,
    /// The values that a script may sensibly assign, empty where any will do; `None` where it is to be read only or
    /// nothing is said.
    pub writable: Option<Vec<Text>>,
    /// Modules that must be required first.
    pub requires: Vec<Text>,
    /// Phases in which it may be used; empty where nothing is said.
    pub phases: Vec<Text>,
    /// The only callouts and hooks that it may be used in; empty where nothing is said.
    pub callouts: Vec<AllowedIn>,
    /// Description, versions, remarks.
    pub about: About,
}
