//! The calls of a project: which function leads to which.

use super::{Manner, Place};
use crate::project::{FileId, Project, Script};
use crate::semantics::analysis::CallSite;
use crate::semantics::scope::BindingKind;
use crate::semantics::types::{FunctionRef, MemberRef, Type};
use crate::syntax::Span;
use crate::syntax::tree::{Call, ExpressionId, ExpressionKind, FunctionId, StatementKind, Tree};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use std::sync::Arc;

/// Names of functions are no longer than this; what is longer is no name.
const LONGEST_NAME: usize = 60;

/// A way from one function to another.
pub(super) struct Edge {
    pub span: Span,
    pub name: Option<SmolStr>,
    pub function: FunctionRef,
    pub manner: Manner,
    pub certain: bool,
}

/// All calls.
#[derive(Default)]
pub(super) struct Graph {
    edges: FxHashMap<Place, Vec<Edge>>,
    called: FxHashSet<Place>,
    callbacks: Vec<(Arc<MemberRef>, FunctionRef)>,
}

/// A parameter of a function: its position, `self` of a method not counted.
type Parameter = (FunctionRef, u32);

/// A function is given to a parameter.
struct Gift {
    from: Place,
    span: Span,
    name: Option<SmolStr>,
    function: FunctionRef,
    to: Parameter,
    certain: bool,
}

impl Graph {
    pub(super) fn of(project: &Project) -> Self {
        let mut collected = Collected::default();
        for script in project.scripts() {
            Reader { script, project, collected: &mut collected }.read();
        }
        collected.graph()
    }

    pub(super) fn calls_of(&self, place: Place) -> &[Edge] {
        self.edges.get(&place).map_or(&[], Vec::as_slice)
    }

    /// Whether some code of the project calls it.
    pub(super) fn is_called(&self, place: Place) -> bool {
        self.called.contains(&place)
    }

    /// Functions that run later, with what they are handed to.
    pub(super) fn callbacks(&self) -> impl Iterator<Item = &(Arc<MemberRef>, FunctionRef)> {
        self.callbacks.iter()
    }
}

#[derive(Default)]
struct Collected {
    graph: Graph,
    /// Functions call their parameters, or give them to something that does.
    called: FxHashMap<Parameter, Manner>,
    /// A parameter is handed on to another.
    passed_on: FxHashMap<Parameter, Vec<Parameter>>,
    gifts: Vec<Gift>,
}

impl Collected {
    /// Adds what follows from parameters being called.
    fn graph(mut self) -> Graph {
        let mut waiting: Vec<(Parameter, Manner)> =
            self.called.iter().map(|(&to, &manner)| (to, manner)).collect();
        while let Some((parameter, manner)) = waiting.pop() {
            for &before in self.passed_on.get(&parameter).map_or(&[][..], Vec::as_slice) {
                // What is also called directly is not in a pool alone.
                let is_news = match self.called.get(&before) {
                    None => true,
                    Some(known) => *known == Manner::Pooled && manner != Manner::Pooled,
                };
                if is_news {
                    self.called.insert(before, manner);
                    waiting.push((before, manner));
                }
            }
        }
        for gift in self.gifts {
            if let Some(&manner) = self.called.get(&gift.to) {
                let Gift { from, span, name, function, certain, .. } = gift;
                self.graph.edges.entry(from).or_default().push(Edge {
                    span,
                    name,
                    function,
                    manner,
                    certain,
                });
            }
        }
        let targets = self
            .graph
            .edges
            .values()
            .flatten()
            .map(|edge| (edge.function.file, Some(edge.function.function)));
        self.graph.called = targets.collect();
        self.graph
    }
}

struct Reader<'a, 'c> {
    script: Script<'a>,
    project: &'a Project,
    collected: &'c mut Collected,
}

impl<'a> Reader<'a, '_> {
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
        let from = (self.file(), site.function);
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
        let from = (self.file(), site.function);
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
                    self.collected.graph.callbacks.extend(later);
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
        let from = (self.file(), site.function);
        let certain = site.callee.functions().count() == 1;
        for callee in site.callee.functions() {
            let Some(target) = self.project.script(callee.file) else { continue };
            let is_method = target.tree().function(callee.function).is_method;
            for (index, &argument) in call.arguments.iter().enumerate() {
                let Some(ty) = site.arguments.get(index) else { break };
                // `f:g(x)` passes the receiver first, which a method does not count.
                let position = match (call.method.is_some(), is_method) {
                    (true, false) => index.checked_add(1),
                    (false, true) => index.checked_sub(1),
                    _ => Some(index),
                };
                let Some(position) = position.and_then(|position| u32::try_from(position).ok()) else {
                    continue;
                };
                if let Some(parameter) = self.parameter(argument) {
                    self.collected.passed_on.entry((callee, position)).or_default().push(parameter);
                    continue;
                }
                for function in ty.functions() {
                    self.collected.gifts.push(Gift {
                        from,
                        span: self.script.span(argument),
                        name: self.name(argument),
                        function,
                        to: (callee, position),
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
                let from = (self.file(), enclosing(tree, statement.span));
                self.edges(from, self.script.span(first), &ty, self.name(first), Manner::Called);
            }
        }
    }

    fn edges(&mut self, from: Place, span: Span, ty: &Type, name: Option<SmolStr>, manner: Manner) {
        let certain = ty.functions().count() == 1;
        for function in ty.functions() {
            self.collected.graph.edges.entry(from).or_default().push(Edge {
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

/// The innermost function around a range.
fn enclosing(tree: &Tree, span: Span) -> Option<FunctionId> {
    tree.functions().find(|(_, function)| function.span.covers(span)).map(|(id, _)| id)
}
