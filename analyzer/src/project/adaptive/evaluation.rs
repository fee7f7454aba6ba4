//! What tables hold, as far as the source says: constructors, what is put in behind them, locals, fields, constants joined
//! by `..`, and what functions of the project give back for the arguments of a call.
//!
//! What is not known for certain is [`Value::Unknown`]. Work is bounded: behind the bounds nothing is known.

mod tables;

use super::changes::Changes;
use super::place::Place;
use crate::adaptive::{FunctionResult, Node, Problem, Value};
use crate::diagnostic::Severity;
use crate::project::{FileId, Project, Script};
use crate::semantics::BindingId;
use crate::semantics::analysis;
use crate::semantics::scope::BindingKind;
use crate::semantics::types::{self, FunctionRef, TableRef, Type};
use crate::syntax::Span;
use crate::syntax::tree::{BinaryOperator, Call, ExpressionId, ExpressionKind, FunctionId};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// How many calls, locals and tables are followed into each other.
const DEEPEST: u32 = 40;
/// How many expressions are looked at for one call of the server's function.
const MOST_STEPS: u32 = 200_000;
/// How many calls of a function are told apart.
const MOST_CALLS: usize = 300;

/// What the parameters of a function are in one call.
#[derive(Clone, Debug, Default)]
struct Arguments {
    function: Option<FunctionRef>,
    values: FxHashMap<BindingId, Node<Place>>,
}

/// What is looked up in a file often.
#[derive(Debug)]
struct FileTables {
    changes: Changes,
    /// The constructor at a range.
    constructors: FxHashMap<Span, ExpressionId>,
    /// The number of the table whose constructor stands at a range.
    numbers: FxHashMap<Span, u32>,
}

/// Evaluates expressions of a project's scripts.
pub(super) struct Evaluator<'p> {
    project: &'p Project,
    files: RefCell<FxHashMap<FileId, Rc<FileTables>>>,
    /// The file whose code registers: it may change tables of others.
    root: Cell<Option<FileId>>,
    steps: Cell<u32>,
    problems: RefCell<Vec<Problem<Place>>>,
}

impl<'p> Evaluator<'p> {
    pub(super) fn new(project: &'p Project) -> Self {
        Self {
            project,
            files: RefCell::default(),
            root: Cell::new(None),
            steps: Cell::new(0),
            problems: RefCell::default(),
        }
    }

    /// What was found wrong with the source itself since the last time.
    pub(super) fn take_problems(&self) -> Vec<Problem<Place>> {
        let mut problems = std::mem::take(&mut *self.problems.borrow_mut());
        problems.dedup();
        problems
    }

    /// What an expression of a file's own code is.
    pub(super) fn evaluate(&self, script: &Script<'p>, expression: ExpressionId) -> Node<Place> {
        self.begin(script);
        self.expression(script, expression, &Arguments::default(), DEEPEST)
    }

    /// The first two arguments of a call, once for every call of the function around it.
    pub(super) fn arguments(
        &self,
        script: &Script<'p>,
        call: ExpressionId,
        first: ExpressionId,
        second: Option<ExpressionId>,
    ) -> Vec<(Node<Place>, Option<Node<Place>>)> {
        self.begin(script);
        let site = script.analysis().calls.iter().find(|site| site.expression == call);
        let function = site.and_then(|site| site.function);
        let mut found = Vec::new();
        for arguments in self.environments(script, function, DEEPEST) {
            let mode = second.map(|mode| self.expression(script, mode, &arguments, DEEPEST));
            let rules = self.expression(script, first, &arguments, DEEPEST);
            if rules.value != Value::Unknown {
                found.push((rules, mode));
                continue;
            }
            // It may come from other files, each with a table of its own.
            let ty = script.type_of(first);
            if ty.is_open() || ty.tables().next().is_none() {
                found.push((rules, mode.clone()));
            }
            for table in ty.tables() {
                found.push((self.table(table, &arguments, DEEPEST), mode.clone()));
            }
        }
        found
    }

    fn begin(&self, script: &Script<'p>) {
        self.root.set(Some(script.id()));
        self.steps.set(0);
    }

    fn expression(
        &self,
        script: &Script<'p>,
        id: ExpressionId,
        arguments: &Arguments,
        depth: u32,
    ) -> Node<Place> {
        let tree = script.tree();
        let expression = tree.expression(id);
        let place = || Place::new(script.id(), expression.span);
        let unknown = || Node { place: place(), value: Value::Unknown };
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        let Some(depth) = depth.checked_sub(1).filter(|_| steps <= MOST_STEPS) else { return unknown() };
        let value = match &expression.kind {
            ExpressionKind::Missing | ExpressionKind::Vararg => Value::Unknown,
            _ if !matches!(expression.kind, ExpressionKind::Table(_))
                && first_error(script, expression.span).is_some() =>
            {
                Value::Unknown
            }
            ExpressionKind::Nil => Value::Nil,
            ExpressionKind::True | ExpressionKind::False => Value::Boolean,
            ExpressionKind::Number(number) => Value::Number(Some(*number)),
            ExpressionKind::String(bytes) => {
                let text = std::str::from_utf8(bytes).ok().map(SmolStr::new);
                let place = Place::literal(script.id(), expression.span, bytes.len());
                return Node { place, value: Value::Text(text) };
            }
            ExpressionKind::Function(function) => return self.function(script, *function),
            ExpressionKind::Parenthesized(inner) => return self.expression(script, *inner, arguments, depth),
            ExpressionKind::Table(fields) => {
                return self.constructor(script, expression.span, fields, arguments, depth);
            }
            ExpressionKind::Binary { operator: BinaryOperator::Concatenate, left, right, .. } => {
                let left = self.expression(script, *left, arguments, depth);
                let right = self.expression(script, *right, arguments, depth);
                return joined(script.id(), expression.span, &left, &right);
            }
            ExpressionKind::Name(_) => return self.name(script, id, arguments, depth),
            ExpressionKind::Field { base, name } => {
                let found = self.field_of(script, *base, &name.text, arguments, depth);
                return found.unwrap_or_else(|| self.by_type(script, id, arguments, depth));
            }
            ExpressionKind::Index { base, key } => {
                let key = script.type_of(*key);
                let found = key
                    .string_literal()
                    .and_then(|name| self.field_of(script, *base, name, arguments, depth));
                return found.unwrap_or_else(|| self.by_type(script, id, arguments, depth));
            }
            ExpressionKind::Call(call) => return self.call(script, id, call, arguments, depth),
            ExpressionKind::Binary { .. } | ExpressionKind::Unary { .. } => {
                return self.by_type(script, id, arguments, depth);
            }
        };
        Node { place: place(), value }
    }

    fn name(&self, script: &Script<'p>, id: ExpressionId, arguments: &Arguments, depth: u32) -> Node<Place> {
        let Some(binding_id) = script.scopes().resolve(id) else {
            return self.by_type(script, id, arguments, depth);
        };
        if !script.scopes().is_reassigned(binding_id) {
            if let Some(passed) = arguments.values.get(&binding_id)
                && arguments.function.is_some_and(|function| function.file == script.id())
            {
                return passed.clone();
            }
            let binding = script.scopes().binding(binding_id);
            if let (BindingKind::Local, Some(initial)) = (binding.kind, binding.initial) {
                let node = self.expression(script, initial, arguments, depth);
                if node.value != Value::Unknown {
                    return node;
                }
            }
        }
        self.by_type(script, id, arguments, depth)
    }

    /// `base.name`, where the table is known and the field is written once.
    fn field_of(
        &self,
        script: &Script<'p>,
        base: ExpressionId,
        name: &str,
        arguments: &Arguments,
        depth: u32,
    ) -> Option<Node<Place>> {
        let table = match script.type_of(base).single() {
            Some(types::Value::Table(table)) => *table,
            _ => return None,
        };
        let owner = self.project.script(table.file)?;
        let known = self.project.table(table).filter(|known| !known.open)?;
        let [write] = known.field(name)?.writes.as_slice() else { return None };
        let value = write.value?;
        // In another call of its function it may be another value.
        let same_call = write.inside.is_none()
            || arguments.function == write.inside.map(|function| FunctionRef { file: table.file, function });
        if !same_call {
            return None;
        }
        let node = self.expression(&owner, value, arguments, depth);
        (node.value != Value::Unknown).then_some(node)
    }

    /// What the analysis knows of an expression.
    fn by_type(
        &self,
        script: &Script<'p>,
        id: ExpressionId,
        arguments: &Arguments,
        depth: u32,
    ) -> Node<Place> {
        let ty = script.type_of(id);
        let place = Place::new(script.id(), script.span(id));
        let value = match ty.single() {
            Some(types::Value::Table(table)) => return self.table(*table, arguments, depth),
            Some(types::Value::Function(function)) => {
                if let Some(owner) = self.project.script(function.file) {
                    return Node { place, value: self.function(&owner, function.function).value };
                }
                Value::Function(FunctionResult::Unknown)
            }
            Some(types::Value::Nil) => Value::Nil,
            Some(types::Value::True | types::Value::False) => Value::Boolean,
            Some(types::Value::Number) => Value::Number(None),
            Some(types::Value::NumberLiteral(number)) => Value::Number(Some(*number)),
            Some(types::Value::String) => Value::Text(None),
            Some(types::Value::StringLiteral(text)) => Value::Text(Some(text.clone())),
            _ if ty.all(|value| matches!(value, types::Value::True | types::Value::False)) => Value::Boolean,
            _ => Value::Unknown,
        };
        Node { place, value }
    }

    fn function(&self, script: &Script<'p>, id: FunctionId) -> Node<Place> {
        let keyword = script.tree().function(id).keyword;
        let sites = || script.analysis().returns.iter().filter(move |site| site.function == Some(id));
        let gives =
            |site: &analysis::ReturnSite| !site.falls_through && (site.open_ended || !site.values.is_empty());
        let is_number =
            |value: &types::Value| matches!(value, types::Value::Number | types::Value::NumberLiteral(_));
        let cannot_be_number = |value: &types::Value| {
            use types::Value as V;
            matches!(
                value,
                V::True | V::False | V::Table(_) | V::AnyTable | V::Function(_) | V::AnyFunction | V::Nil
            ) || matches!(value, V::StringLiteral(text) if text.trim().parse::<f64>().is_err())
        };
        let result = if sites().next().is_none() {
            FunctionResult::Unknown
        } else if sites().all(|site| {
            !site.open_ended
                && (!gives(site) || site.values.first().is_some_and(|ty| ty.all(cannot_be_number)))
        }) {
            FunctionResult::Other
        } else if sites().any(|site| !gives(site)) {
            FunctionResult::MayBeNothing
        } else if sites().all(|site| site.values.first().is_some_and(|ty| ty.all(is_number))) {
            FunctionResult::Number
        } else {
            FunctionResult::Unknown
        };
        Node { place: Place::new(script.id(), keyword), value: Value::Function(result) }
    }

    fn call(
        &self,
        script: &Script<'p>,
        id: ExpressionId,
        call: &Call,
        arguments: &Arguments,
        depth: u32,
    ) -> Node<Place> {
        let callee = script.type_of(call.callee);
        self.missing_comma(script, call, &callee);
        let member = callee.member();
        if member.is_some_and(|member| member.owner.is_empty() && member.member == "setmetatable")
            && let Some(&table) = call.arguments.first()
        {
            return self.expression(script, table, arguments, depth);
        }
        let called = match callee.single() {
            Some(types::Value::Function(function)) => *function,
            _ => return self.by_type(script, id, arguments, depth),
        };
        let found = self.project.script(called.file).and_then(|owner| {
            let mut sites =
                owner.analysis().returns.iter().filter(|site| site.function == Some(called.function));
            let (Some(site), None) = (sites.next(), sites.next()) else { return None };
            let &result = site.expressions.first()?;
            let passed = self.passed(script, call, called, &owner, arguments, depth)?;
            let node = self.expression(&owner, result, &passed, depth);
            (node.value != Value::Unknown).then_some(node)
        });
        found.unwrap_or_else(|| self.by_type(script, id, arguments, depth))
    }

    /// The arguments of a call by the parameters of the function; `None` where they do not stand in order.
    fn passed(
        &self,
        script: &Script<'p>,
        call: &Call,
        called: FunctionRef,
        owner: &Script<'p>,
        arguments: &Arguments,
        depth: u32,
    ) -> Option<Arguments> {
        let function = owner.tree().function(called.function);
        if function.is_method != call.method.is_some() {
            return None;
        }
        let mut values = FxHashMap::default();
        for (index, name) in function.parameters.iter().enumerate() {
            let Some(binding) = owner.scopes().declared_at(name.span.start) else { continue };
            let value = match call.arguments.get(index) {
                Some(&argument) => self.expression(script, argument, arguments, depth),
                None => {
                    let last = call.arguments.last().map(|&last| &script.tree().expression(last).kind);
                    // A call in the last place may give several values.
                    if matches!(last, Some(ExpressionKind::Call(_) | ExpressionKind::Vararg)) {
                        continue;
                    }
                    Node { place: Place::new(script.id(), call.arguments_span), value: Value::Nil }
                }
            };
            values.insert(binding, value);
        }
        Some(Arguments { function: Some(called), values })
    }

    /// `shared { … }` where a comma was meant: a table is called.
    fn missing_comma(&self, script: &Script<'p>, call: &Call, callee: &Type) {
        let [argument] = &*call.arguments else { return };
        let argument = script.tree().expression(*argument);
        let is_bare = matches!(argument.kind, ExpressionKind::Table(_) | ExpressionKind::String(_))
            && call.arguments_span == argument.span;
        let is_no_function = callee.all(|value| {
            use types::Value as V;
            let table_fits = |table: &TableRef| {
                // What has a metatable may be called.
                self.project.table(*table).is_some_and(|known| known.fallback.is_never())
            };
            matches!(value, V::String | V::StringLiteral(_) | V::Number | V::NumberLiteral(_))
                || matches!(value, V::Table(table) if table_fits(table))
        });
        if !is_bare || !is_no_function || call.method.is_some() {
            return;
        }
        let callee_span = script.span(call.callee);
        let message = "a comma is missing behind this: with what follows it is a call, and an error when the script is loaded";
        self.problems.borrow_mut().push(Problem {
            place: Place::new(script.id(), callee_span),
            range: None,
            at_start: false,
            severity: Severity::Error,
            message: message.to_owned(),
            correction: Some(format!("{},", script.text_at(callee_span))),
            related: None,
            page: None,
        });
    }

    /// The environments of a function, or the one at hand if it is that function's.
    fn environments_near(
        &self,
        script: &Script<'p>,
        function: Option<FunctionId>,
        arguments: &Arguments,
        depth: u32,
    ) -> Vec<Arguments> {
        let here = function.map(|function| FunctionRef { file: script.id(), function });
        if here.is_some() && here == arguments.function {
            return vec![arguments.clone()];
        }
        self.environments(script, function, depth)
    }

    /// What a function's parameters are, call by call; of a function that nobody calls, and of the file itself, nothing
    /// is known.
    fn environments(&self, script: &Script<'p>, function: Option<FunctionId>, depth: u32) -> Vec<Arguments> {
        let nothing = || vec![Arguments::default()];
        let (Some(id), Some(depth)) = (function, depth.checked_sub(8)) else { return nothing() };
        if script.tree().function(id).parameters.is_empty() {
            return nothing();
        }
        let called = FunctionRef { file: script.id(), function: id };
        let mut found = Vec::new();
        for site in &script.analysis().calls {
            let ExpressionKind::Call(call) = &script.tree().expression(site.expression).kind else {
                continue;
            };
            if site.protected || !site.callee.functions().any(|function| function == called) {
                continue;
            }
            if site.callee.single().is_none() || found.len() >= MOST_CALLS {
                return nothing();
            }
            for around in self.environments(script, site.function, depth) {
                match self.passed(script, call, called, script, &around, depth) {
                    Some(passed) => found.push(passed),
                    None => return nothing(),
                }
            }
        }
        if found.is_empty() { nothing() } else { found }
    }
}

/// Two values joined by `..`.
fn joined(file: FileId, span: Span, left: &Node<Place>, right: &Node<Place>) -> Node<Place> {
    let text = |node: &Node<Place>| match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(Some(number)) if number.fract() == 0.0 && number.abs() < 1e14 => {
            Some(Some(SmolStr::from(format!("{number:.0}"))))
        }
        Value::Number(_) => Some(None),
        _ => None,
    };
    match (text(left), text(right)) {
        (Some(Some(first)), Some(Some(second))) => Node {
            place: Place::joined(file, span, &left.place, first.len(), &right.place),
            value: Value::Text(Some(SmolStr::from(format!("{first}{second}")))),
        },
        (Some(_), Some(_)) => Node { place: Place::new(file, span), value: Value::Text(None) },
        _ => Node { place: Place::new(file, span), value: Value::Unknown },
    }
}

/// The first syntax error in a range.
fn first_error(script: &Script<'_>, span: Span) -> Option<Span> {
    script.parsed().errors.iter().map(|error| error.span).find(|error| span.covers(*error))
}
