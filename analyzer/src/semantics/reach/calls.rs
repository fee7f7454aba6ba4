//! What the code of a file says of calls: which function leads to which.

use super::{Manner, Place};
use crate::file_id::FileId;
use crate::project::{Project, Script};
use crate::semantics::analysis::CallSite;
use crate::semantics::scope::BindingKind;
use crate::semantics::types::{FunctionRef, MemberRef, TableRef, Type};
use crate::syntax::Span;
use crate::syntax::tree::{Call, ExpressionId, ExpressionKind, FunctionId, StatementKind};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use std::sync::Arc;

/// Names of functions are no longer than this; what is longer is no name.
const LONGEST_NAME: usize = 60;

/// A way from one function to another.
#[derive(Debug)]
pub(super) struct Edge {
    pub span: Span,
    pub name: Option<SmolStr>,
    pub function: FunctionRef,
    pub manner: Manner,
    pub certain: bool,
}

impl Edge {
    /// Where it leads.
    pub(super) fn target(&self) -> Place {
        (self.function.file, Some(self.function.function))
    }
}

/// What the code of one file says of calls. It rests on the analysis of that file alone, and stays until there is another.
#[derive(Debug, Default)]
pub(crate) struct FileCalls {
    pub(super) edges: FxHashMap<Option<FunctionId>, Vec<Edge>>,
    /// Functions that it hands to the server to run later, with what they are handed to.
    pub(super) callbacks: Vec<(Arc<MemberRef>, FunctionRef)>,
    /// Functions call their parameters, or give them to something that does.
    pub(super) called: FxHashMap<Parameter, Manner>,
    /// A parameter is handed on to another.
    pub(super) passed_on: Vec<(Target, Parameter)>,
    pub(super) gifts: Vec<Gift>,
    /// Other files with functions that this one calls, gives away or has in its tables.
    pub(super) leads_to: FxHashSet<FileId>,
    /// Tables that it registers.
    pub(super) registered: Vec<TableRef>,
}

/// A parameter of a function: its position, `self` of a method not counted.
pub(super) type Parameter = (FunctionRef, u32);

/// A parameter as a call sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    pub function: FunctionRef,
    /// The position among the arguments in parentheses.
    index: usize,
    /// The call is written with `:`.
    by_method: bool,
}

impl Target {
    /// `f:g(x)` passes the receiver first, which a method does not count.
    pub(super) fn parameter(self, project: &Project) -> Option<Parameter> {
        let target = project.script(self.function.file)?;
        let is_method = target.tree().function(self.function.function).is_method;
        let position = match (self.by_method, is_method) {
            (true, false) => self.index.checked_add(1),
            (false, true) => self.index.checked_sub(1),
            _ => Some(self.index),
        };
        Some((self.function, u32::try_from(position?).ok()?))
    }
}

/// A function is given to a parameter.
#[derive(Debug)]
pub(super) struct Gift {
    pub from: Option<FunctionId>,
    pub span: Span,
    pub name: Option<SmolStr>,
    pub function: FunctionRef,
    pub to: Target,
    pub certain: bool,
}

impl FileCalls {
    pub(crate) fn of(script: Script<'_>) -> Self {
        let mut reader = Reader { script, collected: Self::default() };
        reader.read();
        let mut collected = reader.collected;
        let called = collected.edges.values().flatten().map(|edge| edge.function.file);
        let given = collected.gifts.iter().map(|gift| gift.function.file);
        let handed = collected.callbacks.iter().map(|(_, function)| function.file);
        let fields = script.analysis().tables.iter().flat_map(|table| table.fields.values());
        let held = fields.flat_map(|field| field.ty.functions()).map(|function| function.file);
        let leads_to =
            called.chain(given).chain(handed).chain(held).filter(|file| *file != script.id()).collect();
        collected.leads_to = leads_to;
        let registrations = script.analysis().registrations.iter();
        collected.registered = registrations.flat_map(|one| one.tables.iter().copied()).collect();
        collected
    }
}

struct Reader<'a> {
    script: Script<'a>,
    collected: FileCalls,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        for site in &self.script.analysis().calls {
            self.call(site);
        }
        self.iterators();
    }

    fn file(&self) -> FileId {
        self.script.id()
    }

    fn call(&mut self, site: &'a CallSite) {
        let tree = self.script.tree();
        let ExpressionKind::Call(call) = &tree.expression(site.expression).kind else { return };
        let from = site.function;
        if call.method.is_none()
            && let Some(parameter) = self.parameter(call.callee)
        {
            let manner = self.manner_of(parameter, site.function);
            self.note_called(parameter, manner);
        } else {
            let span = tree.expression(site.expression).span;
            self.edges(from, span, &site.callee, self.callee_name(call), Manner::Called);
        }
        match site.callee.member() {
            Some(member) => self.handed_to_api(site, call, member),
            None => self.handed_to_functions(site, call),
        }
    }

    /// Functions that a member of the API gets.
    fn handed_to_api(&mut self, site: &CallSite, call: &Call, member: &Arc<MemberRef>) {
        let from = site.function;
        for (index, &argument) in call.arguments.iter().enumerate() {
            let Some(ty) = site.arguments.get(index) else { break };
            let span = self.script.span(argument);
            let manner = match (member.owner.as_str(), member.member.as_str()) {
                ("", "pcall" | "xpcall") => Manner::Given,
                ("msys", "runInPool") => Manner::Pooled,
                ("" | "string" | "table" | "coroutine" | "package" | "pcre" | "msys.pcre", _) => {
                    Manner::Given
                }
                _ => {
                    let later = ty.functions().map(|function| (member.clone(), function));
                    self.collected.callbacks.extend(later);
                    continue;
                }
            };
            if let Some(parameter) = self.parameter(argument) {
                self.note_called(parameter, manner);
            } else {
                self.edges(from, span, ty, self.name(argument), manner);
            }
        }
    }

    /// Functions that functions of the project get.
    fn handed_to_functions(&mut self, site: &CallSite, call: &Call) {
        let certain = site.callee.functions().count() == 1;
        for callee in site.callee.functions() {
            for (index, &argument) in call.arguments.iter().enumerate() {
                let Some(ty) = site.arguments.get(index) else { break };
                let to = Target { function: callee, index, by_method: call.method.is_some() };
                if let Some(parameter) = self.parameter(argument) {
                    self.collected.passed_on.push((to, parameter));
                    continue;
                }
                for function in ty.functions() {
                    self.collected.gifts.push(Gift {
                        from: site.function,
                        span: self.script.span(argument),
                        name: self.name(argument),
                        function,
                        to,
                        certain: certain && ty.functions().count() == 1,
                    });
                }
            }
        }
    }

    /// `for … in f do` calls `f`.
    fn iterators(&mut self) {
        let tree = self.script.tree();
        for (_, statement) in tree.statements() {
            let StatementKind::GenericFor { values, .. } = &statement.kind else { continue };
            let Some(&first) = values.first() else { continue };
            let ty = self.script.type_of(first);
            if ty.functions().next().is_some() {
                let from = tree.function_around(statement.span);
                self.edges(from, self.script.span(first), &ty, self.name(first), Manner::Called);
            }
        }
    }

    fn edges(
        &mut self,
        from: Option<FunctionId>,
        span: Span,
        ty: &Type,
        name: Option<SmolStr>,
        manner: Manner,
    ) {
        let certain = ty.functions().count() == 1;
        for function in ty.functions() {
            self.collected.edges.entry(from).or_default().push(Edge {
                span,
                name: name.clone(),
                function,
                manner,
                certain,
            });
        }
    }

    /// The parameter that an expression names, of the function around it or of one further out.
    fn parameter(&self, expression: ExpressionId) -> Option<Parameter> {
        let scopes = self.script.scopes();
        let binding = scopes.resolve(self.script.tree().unparenthesized(expression))?;
        match scopes.binding(binding).kind {
            BindingKind::Parameter(function, position) if !scopes.is_reassigned(binding) => {
                Some((FunctionRef { file: self.file(), function }, position))
            }
            _ => None,
        }
    }

    /// How a parameter that `caller` calls comes to run: `caller` may itself be a closure that its owner sends to a pool.
    fn manner_of(&self, parameter: Parameter, caller: Option<FunctionId>) -> Manner {
        let owner = parameter.0.function;
        let mut at = caller;
        while let Some(function) = at.filter(|&function| function != owner) {
            if self.is_sent_to_pool(function) {
                return Manner::Pooled;
            }
            at = self.script.scopes().parent(function);
        }
        Manner::Given
    }

    /// Whether a function expression stands as an argument of `msys.runInPool`.
    fn is_sent_to_pool(&self, function: FunctionId) -> bool {
        let tree = self.script.tree();
        self.script.analysis().calls.iter().any(|site| {
            site.callee.member().is_some_and(|member| member.owner == "msys" && member.member == "runInPool")
                && match &tree.expression(site.expression).kind {
                    ExpressionKind::Call(call) => call.arguments.iter().any(|&argument| {
                        matches!(tree.expression(argument).kind, ExpressionKind::Function(id) if id == function)
                    }),
                    _ => false,
                }
        })
    }

    fn note_called(&mut self, parameter: Parameter, manner: Manner) {
        // What is also called directly is not in a pool alone.
        let known = self.collected.called.entry(parameter).or_insert(manner);
        if *known == Manner::Pooled {
            *known = manner;
        }
    }

    fn callee_name(&self, call: &Call) -> Option<SmolStr> {
        match &call.method {
            Some(method) => {
                let span = self.script.span(call.callee).to(method.span);
                self.short(self.script.text_at(span))
            }
            None => self.name(call.callee),
        }
    }

    /// The name of a function as it is written; `None` for a function expression or a call.
    fn name(&self, expression: ExpressionId) -> Option<SmolStr> {
        let tree = self.script.tree();
        match tree.expression(tree.unparenthesized(expression)).kind {
            ExpressionKind::Name(_) | ExpressionKind::Field { .. } | ExpressionKind::Index { .. } => {
                self.short(self.script.text_at(self.script.span(expression)))
            }
            _ => None,
        }
    }

    fn short(&self, text: &str) -> Option<SmolStr> {
        (text.len() <= LONGEST_NAME && !text.contains('\n')).then(|| SmolStr::new(text))
    }
}
