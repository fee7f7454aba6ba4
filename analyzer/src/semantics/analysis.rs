//! What the analysis of one file found out.

use super::environment::EnvironmentUse;
use super::expression_map::ExpressionMap;
use super::infer::flow::Step;
use super::scope::Scopes;
use super::types::{FunctionRef, MemberRef, TableRef, Type};
use crate::file_id::FileId;
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionId, FunctionId};
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::model::Text;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::sync::Arc;

/// Everything that is known of one file.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Its names.
    pub scopes: Scopes,
    /// What each expression may be, over all paths that reach it; what no path reaches is missing.
    pub types: ExpressionMap<Type>,
    /// What each local may ever be, by its id.
    pub binding_types: Vec<Type>,
    /// Table constructors, the environment of `module(…)`, and parts of tables of other files.
    pub tables: Vec<Table>,
    /// Its functions.
    pub functions: FxHashMap<FunctionId, FunctionFacts>,
    /// Where functions give control back, in the order of evaluation.
    pub returns: Vec<ReturnSite>,
    /// All calls that some path reaches.
    pub calls: Vec<CallSite>,
    /// Names, fields and method calls that are members of the API.
    pub members: ExpressionMap<Arc<MemberRef>>,
    /// Reads of members that a class or module does not have.
    pub missing_members: Vec<MissingMember>,
    /// `require` calls with a constant name.
    pub requires: Vec<Require>,
    /// Tables handed to `msys.registerModule` and its like.
    pub registrations: Vec<Registration>,
    /// Calls that register rules of adaptive delivery.
    pub rule_registrations: Vec<ExpressionId>,
    /// Globals that the file assigns.
    pub globals: FxHashMap<SmolStr, Global>,
    /// How it treats the table of globals otherwise.
    pub environment: EnvironmentUse,
    /// Fields that the file adds to tables of the API: class and field.
    pub extensions: Vec<(Text, SmolStr, Span)>,
    /// Classes that annotations in the file declare, as tables with their fields.
    pub classes: FxHashMap<Text, TableRef>,
    /// What the file returns to `require`.
    pub exports: Type,
    /// The table that `module(NAME, …)` made, with NAME.
    pub module_environment: Option<(SmolStr, u32)>,
    /// For a NAME with dots, the global through which others reach that table: for `site.limits` the name `site`, and the
    /// table that has the field `limits`.
    pub module_root: Option<(SmolStr, u32)>,
    /// Arguments that are passed to functions of other files.
    pub calls_abroad: Vec<(FunctionRef, Vec<Type>)>,
}

impl Analysis {
    /// What an expression may be; unknown where no path reaches it.
    #[must_use]
    pub fn type_of(&self, expression: ExpressionId) -> Type {
        self.types.get(&expression).cloned().unwrap_or_default()
    }

    /// The function facts; unknown for a function that no path reaches.
    #[must_use]
    pub fn function(&self, id: FunctionId) -> Option<&FunctionFacts> {
        self.functions.get(&id)
    }

    /// The functions of `file`, whose analysis this is, that stand on a table under the name of a callout or hook: written
    /// there, or put there by a name or a call that gives one.
    pub fn callouts<'a>(&'a self, file: FileId, api: &'a Api) -> impl Iterator<Item = Callout<'a>> {
        let given = move |value: ExpressionId| {
            let ty = self.types.get(&value)?;
            ty.functions().find(|function| function.file == file).map(|function| function.function)
        };
        self.tables.iter().enumerate().flat_map(move |(index, table)| {
            table.fields.iter().flat_map(move |(name, field)| {
                field.writes.iter().filter_map(move |write| {
                    // A function may be a callout under one name and something else under another.
                    let by_name = || given(write.value?).filter(|_| api.hook(name).is_some());
                    let function = write.function.or_else(by_name)?;
                    self.functions.get(&function)?.hook.as_ref()?;
                    Some(Callout { name, table: index, write, function })
                })
            })
        })
    }

    /// The table at an index of [`Analysis::tables`]: one of `file`, whose analysis this is, or that of another file of
    /// which it is a part.
    #[must_use]
    pub fn table_at(&self, file: FileId, index: u32) -> TableRef {
        let part_of = self.tables.get(index as usize).and_then(|table| table.part_of);
        part_of.unwrap_or(TableRef { file, index })
    }

    /// The registrations of a table in this file.
    pub fn registrations_of(&self, table: u32) -> impl Iterator<Item = &Registration> {
        self.registrations.iter().filter(move |registration| {
            registration.tables.contains(&self.table_at(registration.file, table))
        })
    }
}

/// A table of the project.
#[derive(Clone, Debug)]
pub struct Table {
    /// The constructor, or the call of `module`.
    pub span: Span,
    /// Its named fields in the order in which they are first written.
    pub fields: Fields,
    /// What its other keys hold.
    pub elements: Type,
    /// What its other keys are.
    pub keys: Type,
    /// It may have fields that the analysis does not see.
    pub open: bool,
    /// `__index` of its metatable.
    pub fallback: Type,
    /// The local that it is first assigned to.
    pub name: Option<SmolStr>,
    /// The table of another file that this is a part of: the fields that this file writes to it.
    pub part_of: Option<TableRef>,
}

impl Table {
    /// A table without fields.
    #[must_use]
    pub fn empty(span: Span) -> Self {
        Self {
            span,
            fields: Fields::default(),
            elements: Type::never(),
            keys: Type::never(),
            open: false,
            fallback: Type::never(),
            name: None,
            part_of: None,
        }
    }

    /// A field by its name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(name)
    }
}

/// Fields by their names, in the order in which they are first written.
pub type Fields = indexmap::IndexMap<SmolStr, Field, rustc_hash::FxBuildHasher>;

/// A field of a [`Table`].
#[derive(Clone, Debug)]
pub struct Field {
    /// What is ever assigned to it.
    pub ty: Type,
    /// Where it is assigned.
    pub writes: Vec<FieldWrite>,
}

/// An assignment to a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldWrite {
    /// Where its name stands.
    pub name_span: Span,
    /// The whole statement or constructor field.
    pub span: Span,
    /// The function that is assigned, if it is written there.
    pub function: Option<FunctionId>,
    /// The expression that is assigned, if there is one for this field alone.
    pub value: Option<ExpressionId>,
    /// How it is written.
    pub style: WriteStyle,
    /// The function around; `None` is the file itself.
    pub inside: Option<FunctionId>,
}

/// How a field is assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteStyle {
    /// `function t:name()`
    Method,
    /// `function t.name()`
    Function,
    /// `t.name = value`, `t["name"] = value`
    Assignment,
    /// `{ name = value }`
    Constructor,
    /// `function name()` in a `module(…)` file, or as a global.
    Global,
}

/// A callout or hook of a table.
#[derive(Clone, Copy, Debug)]
pub struct Callout<'a> {
    /// Its name.
    pub name: &'a SmolStr,
    /// The table's index.
    pub table: usize,
    /// Where it is defined.
    pub write: &'a FieldWrite,
    /// The function.
    pub function: FunctionId,
}

/// What is known of a function of the project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FunctionFacts {
    /// What its parameters may be, without `self` of a method.
    pub parameters: Vec<Type>,
    /// What it may return, by position.
    pub returns: Vec<Type>,
    /// Some path reaches its end or a `return`.
    pub comes_back: bool,
    /// The callout or hook that it is.
    pub hook: Option<Text>,
    /// It is defined with `:`, so that it takes its receiver apart from its parameters.
    pub is_method: bool,
    /// It is called, or handed to something that calls it.
    pub is_called: bool,
}

/// A place where a function gives control back.
#[derive(Clone, Debug)]
pub struct ReturnSite {
    /// The function; `None` is the file itself.
    pub function: Option<FunctionId>,
    /// The statement; for the end of the function, its `end`.
    pub span: Span,
    /// What is returned.
    pub values: Vec<Type>,
    /// The expressions that are returned.
    pub expressions: Vec<ExpressionId>,
    /// Further values may follow (a call or `...` stands last).
    pub open_ended: bool,
    /// The end of the function without a `return`.
    pub falls_through: bool,
    /// The decisions that every path to here shares, the last first.
    pub path: Option<Arc<Step>>,
}

/// A call.
#[derive(Clone, Debug)]
pub struct CallSite {
    /// The call expression.
    pub expression: ExpressionId,
    /// The function around it; `None` is the file itself.
    pub function: Option<FunctionId>,
    /// What is called, as far as known.
    pub callee: Type,
    /// The receiver of a method call.
    pub receiver: Option<Type>,
    /// What is passed.
    pub arguments: Vec<Type>,
    /// Further arguments may follow (a call or `...` stands last).
    pub open_ended: bool,
    /// The call stands inside `pcall` or `xpcall` as the called function's name: it was not written as a call.
    pub protected: bool,
}

/// A member that a class or module does not have.
#[derive(Clone, Debug)]
pub struct MissingMember {
    /// The field or method call.
    pub expression: ExpressionId,
    /// The class or table.
    pub owner: Text,
    /// The name.
    pub member: SmolStr,
    /// Where the name stands.
    pub span: Span,
}

/// A `require`.
#[derive(Clone, Debug)]
pub struct Require {
    /// The module's name as written.
    pub module: SmolStr,
    /// The call.
    pub span: Span,
    /// The string.
    pub name_span: Span,
    /// The function around; `None` is the file itself.
    pub function: Option<FunctionId>,
    /// `pcall(require, …)`: the script goes on where there is no such module.
    pub optional: bool,
}

/// A call of `msys.registerModule` or another function that registers callouts.
#[derive(Clone, Debug)]
pub struct Registration {
    /// The file that it stands in.
    pub file: FileId,
    /// The call.
    pub expression: ExpressionId,
    /// The call's range.
    pub span: Span,
    /// The name, if it is constant.
    pub name: Option<SmolStr>,
    /// Where the name stands.
    pub name_span: Option<Span>,
    /// The tables that are registered.
    pub tables: Vec<TableRef>,
    /// The table is known for certain.
    pub certain: bool,
    /// The one scope of callouts that the function registers; `None` for `msys.registerModule`, which registers all but
    /// those for which there is a function of their own.
    pub scope: Option<Text>,
}

/// A global that the file assigns.
#[derive(Clone, Debug, Default)]
pub struct Global {
    /// What is ever assigned.
    pub ty: Type,
    /// Where: the name, and the function around.
    pub writes: Vec<(Span, Option<FunctionId>)>,
}
