//! Where a value comes from: the call that gave it, through locals, tables and the parameters of the file's own functions;
//! what functions of other files give back is asked of those ([`GivenBack`]).

use super::calls::nil::NilGiven;
use super::decisions::Decisions;
use crate::project::Script;
use crate::semantics::analysis::{CallSite, ReturnSite};
use crate::semantics::library;
use crate::semantics::scope::{Access, BindingId, BindingKind};
use crate::semantics::types::{FunctionRef, MemberRef, Value};
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionId, ExpressionKind, FunctionId, Name, StatementId, StatementKind};
use momentum_lua_stub_reader::model::Function;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;

/// How many variables and functions a value is followed through.
pub(crate) const FARTHEST: u32 = 6;

/// An assignment to a local.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Definition {
    /// The expression that gives the value; `None` for `local x`.
    pub value: Option<ExpressionId>,
    /// Which of the expression's values it is, from 0.
    pub position: usize,
    /// The statement.
    pub statement: Span,
}

/// A value that a function of the API gave.
#[derive(Clone, Copy)]
pub(crate) struct ApiResult<'a> {
    /// The call.
    pub call: ExpressionId,
    /// What was called.
    pub function: &'a Function,
    /// Which of its results, from 0.
    pub position: usize,
    /// `call` calls a function of another file that gives this result back.
    pub abroad: bool,
}

impl ApiResult<'_> {
    /// Whether it is a result of that function, by the class or table and the name there.
    pub(crate) fn is_of(&self, owner: &str, member: &str) -> bool {
        self.function.owner == owner && self.function.member == member
    }

    /// Whether it is the first result of one of those functions, each by its class or table and its name there.
    pub(crate) fn is_first_of(&self, functions: &[(&str, &str)]) -> bool {
        self.position == 0 && functions.iter().any(|(owner, member)| self.is_of(owner, member))
    }

    /// Whether both are the same result of the same function.
    fn agrees(&self, other: &Self) -> bool {
        std::ptr::eq(self.function, other.function) && self.position == other.position
    }

    /// The last of several results, if all are of the same function; `None` too where one is not known.
    fn agreed(results: impl Iterator<Item = Option<Self>>) -> Option<Self> {
        let mut found: Option<Self> = None;
        for result in results {
            let result = result?;
            if found.is_some_and(|known| !known.agrees(&result)) {
                return None;
            }
            found = Some(result);
        }
        found
    }
}

/// Answers where the values of one file come from.
pub(crate) struct Origins<'a> {
    pub(crate) script: Script<'a>,
    definitions: OnceCell<FxHashMap<BindingId, Vec<Definition>>>,
    sites: OnceCell<FxHashMap<ExpressionId, &'a CallSite>>,
    callers: OnceCell<FxHashMap<FunctionId, Vec<&'a CallSite>>>,
    returns: OnceCell<FxHashMap<FunctionId, Vec<&'a ReturnSite>>>,
    assignments: OnceCell<FxHashMap<Span, StatementId>>,
    decisions: OnceCell<Decisions<'a>>,
    arguments: OnceCell<FxHashSet<ExpressionId>>,
    /// What other files give back is not looked at.
    pub(crate) stays: bool,
}

impl<'a> Origins<'a> {
    pub(crate) fn new(script: &Script<'a>) -> Self {
        Self {
            script: *script,
            stays: false,
            definitions: OnceCell::new(),
            sites: OnceCell::new(),
            callers: OnceCell::new(),
            returns: OnceCell::new(),
            assignments: OnceCell::new(),
            decisions: OnceCell::new(),
            arguments: OnceCell::new(),
        }
    }

    /// What the file decides by.
    pub(crate) fn decisions(&self) -> &Decisions<'a> {
        self.decisions.get_or_init(|| Decisions::of(&self.script))
    }

    /// Whether an expression is an argument of a call.
    pub(crate) fn is_argument(&self, expression: ExpressionId) -> bool {
        let arguments = self.arguments.get_or_init(|| {
            let expressions = self.script.tree().expressions();
            let calls = expressions.filter_map(|(_, one)| match &one.kind {
                ExpressionKind::Call(call) => Some(call),
                _ => None,
            });
            calls.flat_map(|call| call.arguments.iter().copied()).collect()
        });
        arguments.contains(&expression)
    }

    /// Where a function of this file ends, and with what.
    pub(crate) fn returns_of(&self, function: FunctionId) -> impl Iterator<Item = &'a ReturnSite> {
        let returns = self.returns.get_or_init(|| {
            let mut all: FxHashMap<_, Vec<_>> = FxHashMap::default();
            for site in &self.script.analysis().returns {
                if let Some(function) = site.function {
                    all.entry(function).or_default().push(site);
                }
            }
            all
        });
        returns.get(&function).into_iter().flatten().copied()
    }

    /// The call at an expression, as the analysis saw it; `None` where no path reaches it.
    pub(crate) fn site(&self, call: ExpressionId) -> Option<&'a CallSite> {
        let sites = self.sites.get_or_init(|| {
            self.script.analysis().calls.iter().map(|site| (site.expression, site)).collect()
        });
        sites.get(&call).copied()
    }

    /// The calls of a function of this file.
    pub(crate) fn calls_of(&self, function: FunctionId) -> impl Iterator<Item = &'a CallSite> {
        let callers = self.callers.get_or_init(|| {
            let mut all: FxHashMap<_, Vec<_>> = FxHashMap::default();
            for site in &self.script.analysis().calls {
                for value in site.callee.values() {
                    match value {
                        Value::Function(FunctionRef { file, function }) if *file == self.script.id() => {
                            all.entry(*function).or_default().push(site);
                        }
                        _ => {}
                    }
                }
            }
            all
        });
        callers.get(&function).into_iter().flatten().copied()
    }

    /// The assignments to a local, in the order of the text; none for a parameter that nobody assigns.
    pub(crate) fn definitions(&self, binding: BindingId) -> &[Definition] {
        let all = self.definitions.get_or_init(|| definitions(&self.script));
        all.get(&binding).map_or(&[], Vec::as_slice)
    }

    /// The result of the API that an expression is, if it is one wherever in the file it comes from. Of several calls of
    /// the same function it is the nearest one before.
    pub(crate) fn result(&self, expression: ExpressionId) -> Option<ApiResult<'a>> {
        self.result_anywhere(expression).filter(|result| !result.abroad)
    }

    /// The same, also where a function of another file gives it back; then its `call` is that of this function.
    pub(crate) fn result_anywhere(&self, expression: ExpressionId) -> Option<ApiResult<'a>> {
        self.result_at(expression, 0, FARTHEST)
    }

    fn result_at(&self, expression: ExpressionId, position: usize, depth: u32) -> Option<ApiResult<'a>> {
        let depth = depth.checked_sub(1)?;
        let tree = self.script.tree();
        match &tree.expression(expression).kind {
            ExpressionKind::Parenthesized(inner) if position == 0 => self.result_at(*inner, 0, depth),
            ExpressionKind::Call(_) => {
                let site = self.site(expression)?;
                match self.script.called(site) {
                    Some(function) => Some(ApiResult { call: expression, function, position, abroad: false }),
                    None => self.given_back(site, position, depth),
                }
            }
            ExpressionKind::Field { .. } if position == 0 => {
                self.result_at(self.stored(expression)?, 0, depth)
            }
            ExpressionKind::Name(_) if position == 0 => {
                let binding = self.script.scopes().resolve(expression)?;
                let use_at = tree.expression(expression).span.start;
                self.result_in(binding, use_at, depth)
            }
            _ => None,
        }
    }

    /// The one expression whose value is in a field of a table of this file, if it was put there before, by the same
    /// function.
    pub(crate) fn stored(&self, field: ExpressionId) -> Option<ExpressionId> {
        let tree = self.script.tree();
        let node = tree.expression(field);
        let ExpressionKind::Field { base, name } = &node.kind else { return None };
        let Some(Value::Table(table)) = self.script.type_of(*base).single().cloned() else { return None };
        let known = self.script.analysis().tables.get(table.index as usize)?;
        if table.file != self.script.id() || known.open {
            return None;
        }
        let [write] = known.field(&name.text)?.writes.as_slice() else { return None };
        let value = write.value?;
        (write.inside == tree.function_around(node.span)
            && tree.expression(value).span.end <= node.span.start)
            .then_some(value)
    }

    /// What a variable holds.
    fn result_in(&self, binding: BindingId, use_at: u32, depth: u32) -> Option<ApiResult<'a>> {
        let definitions = self.definitions(binding);
        let kind = self.script.scopes().binding(binding).kind;
        if let BindingKind::Parameter(function, index) = kind {
            return if definitions.is_empty() { self.passed(function, index, depth) } else { None };
        }
        let mut found: Option<ApiResult<'a>> = None;
        for definition in definitions {
            let Some(value) = definition.value else { continue };
            if self.comes_after(definition, use_at) {
                continue;
            }
            let result = self.result_at(value, definition.position, depth)?;
            match found {
                Some(known) if !known.agrees(&result) => return None,
                Some(_) if definition.statement.start > use_at => {}
                _ => found = Some(result),
            }
        }
        found
    }

    /// Whether an assignment stands behind a use in the same function, with no loop that leads back.
    fn comes_after(&self, definition: &Definition, use_at: u32) -> bool {
        if definition.statement.start <= use_at {
            return false;
        }
        let tree = self.script.tree();
        let holds = |span: Span, offset: u32| span.start <= offset && offset < span.end;
        let assigned_at = definition.statement.start;
        let holds_one_of_both = |span: Span| holds(span, use_at) != holds(span, assigned_at);
        let holds_both = |span: Span| holds(span, use_at) && holds(span, assigned_at);
        let is_loop = |kind: &StatementKind| {
            matches!(
                kind,
                StatementKind::While { .. }
                    | StatementKind::Repeat { .. }
                    | StatementKind::NumericFor { .. }
                    | StatementKind::GenericFor { .. }
            )
        };
        !tree.functions().any(|(_, function)| holds_one_of_both(function.span))
            && !tree.statements().any(|(_, statement)| is_loop(&statement.kind) && holds_both(statement.span))
    }

    /// What every caller passes as a parameter.
    fn passed(&self, function: FunctionId, index: u32, depth: u32) -> Option<ApiResult<'a>> {
        ApiResult::agreed(self.calls_of(function).map(|site| {
            let argument = self.argument(site, function, index)?;
            self.result_at(argument, 0, depth)
        }))
    }

    /// The expression that a call passes as a parameter of a function of this file.
    pub(crate) fn argument(&self, site: &CallSite, function: FunctionId, index: u32) -> Option<ExpressionId> {
        let tree = self.script.tree();
        let ExpressionKind::Call(call) = &tree.expression(site.expression).kind else { return None };
        let index = index as usize;
        match (tree.function(function).is_method, call.method.is_some()) {
            (true, true) | (false, false) => call.arguments.get(index).copied(),
            (true, false) => call.arguments.get(index + 1).copied(),
            (false, true) => match index.checked_sub(1) {
                Some(index) => call.arguments.get(index).copied(),
                None => Some(call.callee),
            },
        }
    }

    /// What a function of this file gives back, if it is the same result on every path.
    fn given_back(&self, site: &CallSite, position: usize, depth: u32) -> Option<ApiResult<'a>> {
        let Some(Value::Function(function)) = site.callee.single() else { return None };
        if function.file != self.script.id() {
            let other = self.script.project().script(function.file).filter(|_| !self.stays)?;
            let (member, position) = other.given_back().results.get(&(function.function, position))?;
            let function = library::resolve(self.script.api(), member)?.function()?;
            return Some(ApiResult { call: site.expression, function, position: *position, abroad: true });
        }
        self.given_by(function.function, position, depth)
    }

    fn given_by(&self, function: FunctionId, position: usize, depth: u32) -> Option<ApiResult<'a>> {
        ApiResult::agreed(self.returns_of(function).map(|site| {
            match (site.expressions.get(position), site.expressions.as_slice()) {
                (Some(&expression), expressions) if position + 1 < expressions.len() => {
                    self.result_at(expression, 0, depth)
                }
                (_, [only]) => self.result_at(*only, position, depth),
                (Some(&expression), _) => self.result_at(expression, 0, depth),
                _ => None,
            }
        }))
    }

    /// The function that an expression which names a local stands in.
    pub(crate) fn function_around(
        &self,
        name: ExpressionId,
        binding: BindingId,
    ) -> Option<Option<FunctionId>> {
        let references = self.script.scopes().references(binding);
        references.iter().find(|reference| reference.expression == name).map(|reference| reference.function)
    }

    /// Other locals that the same statement assigns from the same call: the `err` of `local rows, err = …`.
    pub(crate) fn siblings(&self, definition: &Definition, of: BindingId) -> Vec<BindingId> {
        let tree = self.script.tree();
        let scopes = self.script.scopes();
        let assignments = self.assignments.get_or_init(|| {
            let statements = tree.statements().filter(|(_, statement)| {
                matches!(statement.kind, StatementKind::Local { .. } | StatementKind::Assign { .. })
            });
            statements.map(|(id, statement)| (statement.span, id)).collect()
        });
        let same = assignments.get(&definition.statement).map(|&id| tree.statement(id));
        let bindings: Vec<BindingId> = match same.map(|statement| &statement.kind) {
            Some(StatementKind::Local { names, .. }) => {
                names.iter().filter_map(|name: &Name| scopes.declared_at(name.span.start)).collect()
            }
            Some(StatementKind::Assign { targets, .. }) => {
                targets.iter().filter_map(|&target| scopes.resolve(target)).collect()
            }
            _ => Vec::new(),
        };
        bindings.into_iter().filter(|&binding| binding != of).collect()
    }

    /// Whether a variable is read between two places.
    pub(crate) fn is_read(&self, binding: BindingId, from: u32, to: u32) -> bool {
        self.script.scopes().references(binding).iter().any(|reference| {
            reference.access == Access::Read && reference.span.start >= from && reference.span.end <= to
        })
    }
}

/// What the functions of a file give back: results of the API, each by the function and the position. For the files that
/// call them.
pub(crate) struct GivenBack {
    /// Where it is the same on every path: the function of the API, and which of its results.
    pub(crate) results: FxHashMap<(FunctionId, usize), (MemberRef, usize)>,
    /// Where it may be nil: why.
    pub(crate) nils: FxHashMap<(FunctionId, usize), NilGiven>,
}

/// Positions of results that are looked at.
const POSITIONS: usize = 2;

impl GivenBack {
    /// Looks at all functions of a file, and at no other file.
    pub(crate) fn of(script: &Script<'_>) -> Self {
        let origins = Origins { stays: true, ..Origins::new(script) };
        let mut given = Self { results: FxHashMap::default(), nils: FxHashMap::default() };
        for (function, _) in script.tree().functions() {
            for position in 0..POSITIONS {
                if let Some(result) = origins.given_by(function, position, FARTHEST) {
                    let (owner, member) = (result.function.owner.clone(), result.function.member.clone());
                    given
                        .results
                        .insert((function, position), (MemberRef { owner, member }, result.position));
                }
                if let Some(nil) = NilGiven::of(&origins, function, position) {
                    given.nils.insert((function, position), nil);
                }
            }
        }
        given
    }
}

/// The assignments to all locals of a file.
fn definitions(script: &Script<'_>) -> FxHashMap<BindingId, Vec<Definition>> {
    let tree = script.tree();
    let scopes = script.scopes();
    let mut all: FxHashMap<BindingId, Vec<Definition>> = FxHashMap::default();
    for (_, statement) in tree.statements() {
        let (bindings, values): (Vec<Option<BindingId>>, &[ExpressionId]) = match &statement.kind {
            StatementKind::Local { names, values } => {
                (names.iter().map(|name| scopes.declared_at(name.span.start)).collect(), values)
            }
            StatementKind::Assign { targets, values } => {
                (targets.iter().map(|&target| scopes.resolve(target)).collect(), values)
            }
            _ => continue,
        };
        let is_multiple = |value: ExpressionId| {
            matches!(tree.expression(value).kind, ExpressionKind::Call(_) | ExpressionKind::Vararg)
        };
        for (index, binding) in bindings.into_iter().enumerate() {
            let Some(binding) = binding else { continue };
            let (value, position) = match (values.get(index), values.last()) {
                (Some(&value), _) => (Some(value), 0),
                (None, Some(&last)) if is_multiple(last) => (Some(last), index + 1 - values.len()),
                (None, _) => (None, 0),
            };
            all.entry(binding).or_default().push(Definition { value, position, statement: statement.span });
        }
    }
    for definitions in all.values_mut() {
        definitions.sort_by_key(|definition| definition.statement);
    }
    all
}
