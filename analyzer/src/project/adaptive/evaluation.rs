//! What tables hold, as far as the source says: constructors, what is put in behind them, locals, fields, constants joined
//! by `..`, and what functions of the project give back for the arguments of a call.
//!
//! What is not known for certain is [`Value::Unknown`]. Work is bounded: behind the bounds nothing is known.

use super::changes::{Added, AddedKey, Changes};
use super::place::Place;
use crate::adaptive::{Field, FunctionResult, Key, Node, Problem, Table, Value};
use crate::diagnostic::Severity;
use crate::project::{FileId, Project, Script};
use crate::semantics::BindingId;
use crate::semantics::analysis::{self, FieldWrite, WriteStyle};
use crate::semantics::scope::BindingKind;
use crate::semantics::types::{self, FunctionRef, TableRef, Type};
use crate::syntax::Span;
use crate::syntax::tree::{
    BinaryOperator, Call, ExpressionId, ExpressionKind, FunctionId, TableField, TableKey,
};
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

    // Tables

    fn file_tables(&self, script: &Script<'p>) -> Rc<FileTables> {
        if let Some(known) = self.files.borrow().get(&script.id()) {
            return Rc::clone(known);
        }
        let constructors = script.tree().expressions().filter_map(|(id, expression)| {
            matches!(expression.kind, ExpressionKind::Table(_)).then_some((expression.span, id))
        });
        let numbers = (0_u32..).zip(&script.analysis().tables).map(|(number, table)| (table.span, number));
        let tables = Rc::new(FileTables {
            changes: Changes::of(script),
            constructors: constructors.collect(),
            numbers: numbers.collect(),
        });
        self.files.borrow_mut().insert(script.id(), Rc::clone(&tables));
        tables
    }

    fn constructor(
        &self,
        script: &Script<'p>,
        span: Span,
        fields: &[TableField],
        arguments: &Arguments,
        depth: u32,
    ) -> Node<Place> {
        let error = first_error(script, span);
        let mut table = Table { fields: Vec::new(), complete: error.is_none() };
        for (index, field) in fields.iter().enumerate() {
            // Behind an error in the syntax, what belongs where is a guess.
            if error.is_some_and(|error| error.start <= field.span.end) {
                break;
            }
            let place = Place::new(script.id(), field.span);
            if index + 1 == fields.len()
                && matches!(field.key, TableKey::Positional)
                && self.gives_several(script, field.value)
            {
                table.complete = false;
            }
            let (keys, key_place) = match &field.key {
                TableKey::Positional => {
                    (vec![Key::Element(next(&table))], Place::new(script.id(), script.span(field.value)))
                }
                TableKey::Name(name) => {
                    (vec![Key::Name(name.text.clone())], Place::name(script.id(), name.span, name.text.len()))
                }
                TableKey::Expression(key) => self.keys(script, *key, &table, arguments, depth),
            };
            let value = self.expression(script, field.value, arguments, depth);
            for key in keys {
                table.fields.push(Field {
                    key,
                    key_place: key_place.clone(),
                    place: place.clone(),
                    value: value.clone(),
                });
            }
        }
        let number = self.file_tables(script).numbers.get(&span).copied();
        match number {
            Some(index) => self.changed(TableRef { file: script.id(), index }, &mut table, arguments, depth),
            // No path reaches it.
            None => table.complete = false,
        }
        Node { place: Place::new(script.id(), span), value: Value::Table(table) }
    }

    /// Whether an expression in the last place may give several values.
    fn gives_several(&self, script: &Script<'p>, id: ExpressionId) -> bool {
        match &script.tree().expression(id).kind {
            ExpressionKind::Vararg => true,
            ExpressionKind::Call(call) => {
                let one = |function: &FunctionRef| {
                    self.project.function_facts(*function).is_some_and(|facts| facts.returns.len() <= 1)
                };
                !script
                    .type_of(call.callee)
                    .all(|value| matches!(value, types::Value::Function(function) if one(function)))
            }
            _ => false,
        }
    }

    /// A table by its number.
    fn table(&self, wanted: TableRef, arguments: &Arguments, depth: u32) -> Node<Place> {
        let unknown = |span| Node { place: Place::new(wanted.file, span), value: Value::Unknown };
        let (Some(script), Some(known)) = (self.project.script(wanted.file), self.project.table(wanted))
        else {
            return unknown(Span::empty(0));
        };
        let Some(depth) = depth.checked_sub(1) else { return unknown(known.span) };
        let constructor = self.file_tables(&script).constructors.get(&known.span).copied();
        if let Some(id) = constructor
            && let ExpressionKind::Table(fields) = &script.tree().expression(id).kind
        {
            return self.constructor(&script, known.span, fields, arguments, depth);
        }
        // The environment of `module(…)`.
        let mut table = Table { fields: Vec::new(), complete: false };
        self.changed(wanted, &mut table, arguments, depth);
        Node { place: Place::new(wanted.file, known.span), value: Value::Table(table) }
    }

    /// Adds to a table what is put into it behind its constructor.
    fn changed(&self, wanted: TableRef, table: &mut Table<Place>, arguments: &Arguments, depth: u32) {
        let (Some(owner), Some(known)) = (self.project.script(wanted.file), self.project.table(wanted))
        else {
            return;
        };
        table.complete &= !known.open && known.fallback.is_never();
        for (name, field) in &known.fields {
            for write in field.writes.iter().filter(|write| write.style != WriteStyle::Constructor) {
                self.written(&owner, name, write, table, arguments, depth);
            }
        }
        let mut files = vec![wanted.file];
        files.extend(self.root.get().filter(|root| *root != wanted.file));
        let mut next = 0;
        while let Some(script) = files.get(next).and_then(|&file| self.project.script(file)) {
            next += 1;
            let tables = self.file_tables(&script);
            let changes = &tables.changes;
            table.complete &= !changes.lost.contains(&wanted);
            for added in changes.added.get(&wanted).into_iter().flatten() {
                self.added(&script, added, table, arguments, depth);
            }
            for &file in changes.passed.get(&wanted).into_iter().flatten() {
                if !files.contains(&file) {
                    files.push(file);
                }
            }
        }
    }

    fn written(
        &self,
        script: &Script<'p>,
        name: &SmolStr,
        write: &FieldWrite,
        table: &mut Table<Place>,
        arguments: &Arguments,
        depth: u32,
    ) {
        let Some(value) = write.value else {
            table.complete = false;
            return;
        };
        let key_place = key_place(script, name, write.name_span);
        for environment in self.environments_near(script, write.inside, arguments, depth) {
            table.fields.push(Field {
                key: Key::Name(name.clone()),
                key_place: key_place.clone(),
                place: Place::new(script.id(), write.span),
                value: self.expression(script, value, &environment, depth),
            });
        }
    }

    fn added(
        &self,
        script: &Script<'p>,
        added: &Added,
        table: &mut Table<Place>,
        arguments: &Arguments,
        depth: u32,
    ) {
        for environment in self.environments_near(script, added.function, arguments, depth) {
            let value = self.expression(script, added.value, &environment, depth);
            let (keys, key_place) = match &added.key {
                AddedKey::Computed(key) => self.keys(script, *key, table, &environment, depth),
                AddedKey::Next => (vec![Key::Element(next(table))], value.place.clone()),
                AddedKey::Name(name) => {
                    (vec![Key::Name(name.text.clone())], key_place(script, &name.text, name.span))
                }
            };
            for key in keys {
                table.fields.push(Field {
                    key,
                    key_place: key_place.clone(),
                    place: value.place.clone(),
                    value: value.clone(),
                });
            }
        }
    }

    /// What `[key]` may be, all of it if there is more than one.
    fn keys(
        &self,
        script: &Script<'p>,
        key: ExpressionId,
        table: &Table<Place>,
        arguments: &Arguments,
        depth: u32,
    ) -> (Vec<Key>, Place) {
        let node = self.expression(script, key, arguments, depth);
        let ty = script.type_of(key);
        let keys = match &node.value {
            Value::Text(Some(name)) => vec![Key::Name(name.clone())],
            Value::Number(Some(number)) if *number >= 1.0 && *number < 1e9 && number.fract() == 0.0 => {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "it was just found to be a whole number that fits"
                )]
                let index = *number as u32;
                vec![Key::Element(index)]
            }
            Value::Number(None) => vec![Key::Element(next(table))],
            _ if ty.all(|value| matches!(value, types::Value::StringLiteral(_))) => ty
                .values()
                .iter()
                .filter_map(|value| match value {
                    types::Value::StringLiteral(name) => Some(Key::Name(name.clone())),
                    _ => None,
                })
                .collect(),
            _ => vec![Key::Unknown],
        };
        (keys, node.place)
    }

    // Functions

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

/// The place of a key that is written as a name, as a literal or otherwise.
fn key_place(script: &Script<'_>, name: &str, span: Span) -> Place {
    let text = script.text_at(span);
    if text == name {
        Place::name(script.id(), span, name.len())
    } else if text.starts_with(['"', '\'', '[']) {
        Place::literal(script.id(), span, name.len())
    } else {
        Place::new(script.id(), span)
    }
}

/// The next free number of a table.
fn next(table: &Table<Place>) -> u32 {
    let numbers = table.fields.iter().filter_map(|field| match field.key {
        Key::Element(index) => Some(index),
        _ => None,
    });
    numbers.max().map_or(1, |most| most.saturating_add(1))
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
