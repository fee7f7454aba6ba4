//! A Lua file of a project, as rules and language features see it.

use super::{File, FileId, Project, Settings};
use crate::rules::origins::GivenBack;
use crate::semantics::analysis::{Analysis, CallSite, Callout, Registration};
use crate::semantics::annotation::Annotations;
use crate::semantics::library;
use crate::semantics::reach::Reach;
use crate::semantics::{Scopes, Type};
use crate::syntax::tree::{ExpressionId, ExpressionKind, FunctionId, Tree};
use crate::syntax::{LineIndex, Parsed, Span};
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::{Function, Hook, Version};

/// A Lua file with all that is known of it.
#[derive(Clone, Copy)]
pub struct Script<'a> {
    pub(super) project: &'a Project,
    pub(super) id: FileId,
    pub(super) file: &'a File,
}

impl<'a> Script<'a> {
    /// The file's name in the project.
    #[must_use]
    pub fn id(&self) -> FileId {
        self.id
    }

    /// Its path, as it was handed in.
    #[must_use]
    pub fn path(&self) -> &'a str {
        &self.file.path
    }

    /// Whether it holds tests in Lua, by its name.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.file.path.ends_with("_test.lua") || self.file.path.ends_with("_spec.lua")
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        &self.file.text
    }

    /// A part of its text.
    #[must_use]
    pub fn text_at(&self, span: Span) -> &'a str {
        span.text(&self.file.text)
    }

    /// Lines and columns of its text.
    #[must_use]
    pub fn lines(&self) -> &'a LineIndex {
        &self.file.lines
    }

    /// Its syntax.
    #[must_use]
    pub fn parsed(&self) -> &'a Parsed {
        &self.file.parsed
    }

    /// What a lint of selene's found, by its name, in the order of the places.
    #[must_use]
    pub(crate) fn general(&self, lint: &str) -> &'a [crate::general::Found] {
        self.file.general.by(lint, &self.file.text)
    }

    /// Its tree.
    #[must_use]
    pub fn tree(&self) -> &'a Tree {
        &self.file.parsed.tree
    }

    /// The annotations in its comments.
    #[must_use]
    pub fn annotations(&self) -> &'a Annotations {
        &self.file.annotations
    }

    /// What its code means.
    #[must_use]
    pub fn analysis(&self) -> &'a Analysis {
        &self.file.analysis
    }

    /// Its names.
    #[must_use]
    pub fn scopes(&self) -> &'a Scopes {
        &self.file.analysis.scopes
    }

    /// What an expression may be.
    #[must_use]
    pub fn type_of(&self, expression: ExpressionId) -> Type {
        self.file.analysis.type_of(expression)
    }

    /// The range of an expression.
    #[must_use]
    pub fn span(&self, expression: ExpressionId) -> Span {
        self.file.parsed.tree.expression(expression).span
    }

    /// The part of a call that says what is called: `msg:binding` of `msg:binding("a")`; any other expression as a whole.
    #[must_use]
    pub fn called_span(&self, call: ExpressionId) -> Span {
        match &self.tree().expression(call).kind {
            ExpressionKind::Call(call) => {
                let callee = self.span(call.callee);
                call.method.as_ref().map_or(callee, |method| callee.to(method.span))
            }
            _ => self.span(call),
        }
    }

    /// The member of the API that a name, field or method call is, if it is one for certain.
    #[must_use]
    pub fn member(&self, expression: ExpressionId) -> Option<Member<'a>> {
        let member = self.file.analysis.members.get(&expression)?;
        library::resolve(&self.project.api, member)
    }

    /// The function of the API that a call calls, if it is one for certain.
    #[must_use]
    pub fn called(&self, call: &CallSite) -> Option<&'a Function> {
        library::resolve(&self.project.api, call.callee.member()?)?.function()
    }

    /// The callout or hook that a function is, and its description.
    #[must_use]
    pub fn hook(&self, function: FunctionId) -> Option<&'a Hook> {
        let name = self.file.analysis.function(function)?.hook.as_ref()?;
        self.project.api.hook(name)
    }

    /// Callouts and hooks on tables that are registered, each with its registration.
    pub fn registered_callouts(&self) -> impl Iterator<Item = (Callout<'a>, &'a Registration)> {
        let analysis = &*self.file.analysis;
        let file = self.id;
        analysis.callouts(file, &self.project.api).filter_map(move |callout| {
            let table = crate::syntax::offset_u32(callout.table);
            let registration = analysis
                .registrations
                .iter()
                .find(|registration| registration.tables.contains(&analysis.table_at(file, table)))?;
            Some((callout, registration))
        })
    }

    /// The callouts, hooks and other entries that reach a function, or with `None` the file's own code.
    #[must_use]
    pub fn reached_by(&self, function: Option<FunctionId>) -> &'a [Reach] {
        self.project.reached_by((self.id, function))
    }

    /// What its functions give back of the API, for the files that call them.
    pub(crate) fn given_back(&self) -> &'a GivenBack {
        self.file.derived.given_back.get_or_init(|| GivenBack::of(self))
    }

    /// Modules that it requires by constant names, as written.
    #[must_use]
    pub fn required_modules(&self) -> &'a [smol_str::SmolStr] {
        &self.file.requires
    }

    /// The API.
    #[must_use]
    pub fn api(&self) -> &'a Api {
        &self.project.api
    }

    /// The Momentum version that the policy is for.
    #[must_use]
    pub fn target(&self) -> Version {
        self.settings().target
    }

    /// What the user chose for this file.
    #[must_use]
    pub fn settings(&self) -> &'a Settings {
        self.project.settings_of(self.file)
    }

    /// The project.
    #[must_use]
    pub fn project(&self) -> &'a Project {
        self.project
    }
}
