//! Inference: walks every function of a file along its paths and notes what each expression may be.
//!
//! The walk repeats until nothing is learned any more that was needed before it was learned. The first round is optimistic: what is not known yet counts as "never",
//! so that nothing false spreads; functions that nobody was seen to call get unknown parameters after it. Everything
//! that is kept between rounds only grows, so the rounds end; [`MOST_ROUNDS`] bounds them all the same.

mod annotated;
mod builtin;
mod call;
mod expression;
pub mod flow;
mod narrow;
mod seen;
mod statement;
#[cfg(test)]
mod tests;

use super::analysis::{
    Analysis, CallSite, Field, FieldWrite, FunctionFacts, Global, Registration, ReturnSite, Table,
};
use super::annotation::Annotations;
use super::environment::EnvironmentUse;
use super::library;
use super::parameter_names::{Meaning, meaning, read_without_self};
use super::scope::{BindingId, BindingKind, Scopes};
use super::types::{FunctionRef, TableRef, Type, Value};
use crate::file_id::FileId;
use crate::syntax::tree::{ExpressionId, FunctionId, Name, Tree};
use crate::syntax::{Span, offset_u32};
use flow::Flow;
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::luacats::Block;
use momentum_lua_stub_reader::model::{Text, Version};
use rustc_hash::{FxHashMap, FxHashSet};
use seen::Seen;
use smol_str::SmolStr;
use std::collections::VecDeque;
use std::sync::Arc;

/// More rounds than this are not made.
const MOST_ROUNDS: u32 = 6;

/// What other files contribute.
pub trait Environment {
    /// What `require(name)` gives, if a file of the project is found for it.
    fn require(&self, module: &str) -> Option<Type>;
    /// What a global is that other files assign.
    fn global(&self, name: &str) -> Option<Type>;
    /// A table of another file.
    fn table(&self, table: TableRef) -> Option<&Table>;
    /// The table of a class that annotations in another file declare.
    fn class(&self, name: &str) -> Option<TableRef>;
    /// What other files write to a table of any file: tables that are parts of it.
    fn parts(&self, table: TableRef) -> &[TableRef];
    /// A function of another file.
    fn function(&self, function: FunctionRef) -> Option<&FunctionFacts>;
    /// What other files pass to a function of this file.
    fn arguments(&self, function: FunctionId) -> Option<&[Type]>;
    /// Whether some file adds that field to a class of the API.
    fn is_extended(&self, class: &str, member: &str) -> bool;
}

/// What inference needs to know of a file.
pub struct Input<'a> {
    /// The file.
    pub file: FileId,
    /// Its text.
    pub source: &'a str,
    /// Its tree.
    pub tree: &'a Tree,
    /// Its annotations.
    pub annotations: &'a Annotations,
    /// The API.
    pub api: &'a Api,
    /// The version that the policy is for.
    pub target: Version,
    /// The other files.
    pub environment: &'a dyn Environment,
}

/// Analyses a file.
#[must_use]
pub fn infer(input: &Input<'_>) -> Analysis {
    let scopes = Scopes::new(input.tree);
    let mut inference = Inference::new(input, &scopes);
    inference.rounds();
    let mut analysis = inference.finish();
    analysis.environment = EnvironmentUse::of(input.tree, &scopes);
    analysis.scopes = scopes;
    analysis
}

struct Inference<'a> {
    input: &'a Input<'a>,
    tree: &'a Tree,
    api: &'a Api,
    scopes: &'a Scopes,
    /// What is found out; grows from round to round, but for the lists that [`Inference::round`] clears.
    found: Analysis,
    table_of: FxHashMap<ExpressionId, u32>,
    /// The tables that a `module` with dots in its name makes around its own, by their names: `site` for `site.limits`.
    around_module: FxHashMap<SmolStr, u32>,
    /// What this file writes to tables of others, by the table.
    parts: FxHashMap<TableRef, u32>,
    /// Parameters of each function as callers pass them; the receiver of methods apart.
    passed: FxHashMap<FunctionId, Vec<Type>>,
    receivers: FxHashMap<FunctionId, Type>,
    /// What authors wrote above functions.
    annotated: FxHashMap<FunctionId, Arc<Block>>,
    /// Tables of the classes that the file declares.
    classes: FxHashMap<Text, TableRef>,
    /// Types of members of the API that were asked for, by the place of their entry.
    known_members: FxHashMap<(usize, bool), Type>,
    /// Functions whose bodies are still to be walked in this round.
    waiting: VecDeque<FunctionId>,
    queued: FxHashSet<FunctionId>,
    function: Option<FunctionId>,
    /// Variables that functions inside their own assign, with their function: a call may change them.
    shared: Vec<(BindingId, Option<FunctionId>)>,
    /// States at the `break`s of the loops around.
    breaks: Vec<Vec<Flow>>,
    optimistic: bool,
    /// What this round has asked for.
    seen: Seen,
    /// Something became more after this round had asked for it: another round has to.
    changed: bool,
}

/// Several values: what a call gives, or a list of expressions.
#[derive(Clone, Debug, Default)]
struct Values {
    list: Vec<Type>,
    /// What any further value is; nothing further if `None`.
    rest: Option<Type>,
}

impl Values {
    fn one(ty: Type) -> Self {
        Self { list: vec![ty], rest: None }
    }

    fn unknown() -> Self {
        Self { list: Vec::new(), rest: Some(Type::unknown()) }
    }

    /// The value at a position; nil behind the last.
    fn get(&self, position: usize) -> Type {
        self.list.get(position).or(self.rest.as_ref()).cloned().unwrap_or_else(Type::nil)
    }

    fn first(&self) -> Type {
        self.get(0)
    }
}

impl<'a> Inference<'a> {
    fn new(input: &'a Input<'a>, scopes: &'a Scopes) -> Self {
        let found = Analysis {
            binding_types: vec![Type::never(); scopes.bindings().len()],
            exports: Type::never(),
            ..Analysis::default()
        };
        Self {
            input,
            tree: input.tree,
            api: input.api,
            scopes,
            found,
            table_of: FxHashMap::default(),
            around_module: FxHashMap::default(),
            parts: FxHashMap::default(),
            passed: FxHashMap::default(),
            receivers: FxHashMap::default(),
            annotated: FxHashMap::default(),
            classes: FxHashMap::default(),
            known_members: FxHashMap::default(),
            waiting: VecDeque::new(),
            queued: FxHashSet::default(),
            function: None,
            shared: scopes
                .bindings()
                .filter(|(_, binding)| binding.written_in_closure)
                .map(|(id, binding)| (id, binding.function))
                .collect(),
            breaks: Vec::new(),
            optimistic: true,
            seen: Seen::default(),
            changed: false,
        }
    }

    fn rounds(&mut self) {
        self.declare_classes();
        for round in 0..MOST_ROUNDS {
            self.optimistic = round == 0;
            self.round();
            if !self.changed && round > 0 {
                break;
            }
        }
    }

    fn round(&mut self) {
        self.changed = false;
        self.seen.clear(self.scopes.bindings().len());
        let count = self.tree.expressions().len();
        self.found.types.reset(count);
        self.found.returns.clear();
        self.found.calls.clear();
        self.found.members.reset(count);
        self.found.missing_members.clear();
        self.found.requires.clear();
        self.found.registrations.clear();
        self.found.rule_registrations.clear();
        self.found.extensions.clear();
        self.found.calls_abroad.clear();
        self.queued.clear();

        self.function = None;
        let mut flow = Flow::default();
        self.block(self.tree.root_id(), &mut flow);
        if flow.is_reachable() {
            let end = Span::empty(offset_u32(self.input.source.len()));
            self.give_back(end, Values::default(), &[], true, &flow);
        }
        while let Some(function) = self.waiting.pop_front() {
            self.body(function);
        }
    }

    fn finish(mut self) -> Analysis {
        self.found.classes = self.classes;
        self.found
    }

    /// Walks the body of a function.
    fn body(&mut self, id: FunctionId) {
        let function = self.tree.function(id);
        self.function = Some(id);
        self.seen.parameters_of(id);
        let mut flow = Flow::default();
        let parameters = self.parameters(id);
        for (index, name) in function.parameters.iter().enumerate() {
            let ty = parameters.get(index).cloned().unwrap_or_default();
            if let Some(binding) = self.scopes.declared_at(name.span.start) {
                self.bind(binding, ty, &mut flow);
            }
        }
        if function.is_method
            && let Some(binding) = self.self_binding(id)
        {
            let ty = self.receiver_type(id);
            self.bind(binding, ty, &mut flow);
        }
        if let Some(span) = function.vararg
            && let Some(binding) = self.scopes.declared_at(span.start)
        {
            self.bind(binding, Type::unknown(), &mut flow);
        }
        let facts = self.found.functions.entry(id).or_default();
        facts.is_method = function.is_method;
        facts.parameters = parameters;
        self.block(function.body, &mut flow);
        if flow.is_reachable() {
            let end = if function.end.is_empty() { function.keyword } else { function.end };
            self.give_back(end, Values::default(), &[], true, &flow);
        }
        self.function = None;
    }

    fn self_binding(&self, id: FunctionId) -> Option<BindingId> {
        let keyword = self.tree.function(id).keyword;
        self.scopes
            .declared_at(keyword.start)
            .filter(|&binding| self.scopes.binding(binding).kind == BindingKind::SelfParameter(id))
    }

    fn receiver_type(&self, id: FunctionId) -> Type {
        if let Some(hook) = self.found.function(id).and_then(|facts| facts.hook.as_ref()) {
            return self.callout_receiver(id, hook);
        }
        let known = self.receivers.get(&id).cloned().unwrap_or_default();
        let classes: Vec<TableRef> = known.tables().filter(|&table| self.is_class(table)).collect();
        if classes.is_empty() {
            return known;
        }
        // A method is called on the objects of a class, which other files may make, too.
        let is_shared =
            classes.iter().any(|&class| self.found.exports.any(|value| *value == Value::Table(class)));
        let objects = known.filter(|value| !matches!(value, Value::Table(table) if classes.contains(table)));
        let is_unseen = objects.values().is_empty() && !self.optimistic;
        if is_shared || is_unseen { known.opened() } else { objects }
    }

    /// What the server passes to a callout as `self`.
    fn callout_receiver(&self, id: FunctionId, hook: &str) -> Type {
        let is_on = |table: &Table| {
            table.field(hook).is_some_and(|field| field.ty.functions().any(|known| known.function == id))
        };
        let mut receiver = Type::never();
        for (index, _) in self.found.tables.iter().enumerate().filter(|(_, table)| is_on(table)) {
            let table = self.found.table_at(self.input.file, offset_u32(index));
            // What stands on a base may be another function in what is registered.
            if self.is_class(table) {
                return Type::unknown();
            }
            receiver.add(Value::Callouts(table));
        }
        if receiver.is_never() { Type::unknown() } else { receiver }
    }

    /// Whether other tables look up in a table what they lack.
    fn is_class(&self, table: TableRef) -> bool {
        let is_looked_up = |other: &Table| other.fallback.any(|value| *value == Value::Table(table));
        self.with_parts(table).any(|known| known.field("__index").is_some())
            || self.found.tables.iter().any(is_looked_up)
    }

    /// What a function's parameters are: what its author wrote, else those of the callout or hook that it is, else what
    /// callers pass.
    fn parameters(&self, id: FunctionId) -> Vec<Type> {
        let mut parameters = self.inferred_parameters(id);
        if let Some(block) = self.annotated.get(&id) {
            self.annotate_parameters(id, block, &mut parameters);
        }
        parameters
    }

    fn inferred_parameters(&self, id: FunctionId) -> Vec<Type> {
        let function = self.tree.function(id);
        let count = function.parameters.len();
        if let Some(hook) =
            self.found.function(id).and_then(|facts| facts.hook.as_ref()).and_then(|name| self.api.hook(name))
        {
            let params = hook.params_in(self.input.target);
            let shift = usize::from(!function.is_method);
            // Who calls a parameter as another one means that one: what is made of it is not judged.
            let is_shifted = read_without_self(params, function);
            let is_misplaced = |(index, name): &(usize, &Name)| {
                let position = index.checked_sub(shift);
                position.is_some_and(|at| matches!(meaning(params, &name.text, at), Meaning::Other(_)))
            };
            return function
                .parameters
                .iter()
                .enumerate()
                .map(|parameter| match parameter.0.checked_sub(shift).and_then(|at| params.get(at)) {
                    None if parameter.0 < shift && !is_shifted => self.receiver_type(id),
                    Some(param) if !is_shifted && !is_misplaced(&parameter) => {
                        library::from_model(self.api, &param.ty)
                    }
                    _ => Type::unknown(),
                })
                .collect();
        }
        let here = self.passed.get(&id);
        let abroad = self.input.environment.arguments(id);
        (0..count)
            .map(|index| {
                let mut ty = Type::never();
                let mut is_passed = false;
                for passed in [here.map(Vec::as_slice), abroad].into_iter().flatten() {
                    is_passed = true;
                    match passed.get(index) {
                        Some(argument) => ty.join(argument),
                        None => ty.add(Value::Nil),
                    };
                }
                if is_passed || self.optimistic { ty } else { Type::unknown() }
            })
            .collect()
    }

    /// Notes that a function is called with those arguments.
    fn passes(&mut self, function: FunctionRef, arguments: &Values, count: usize) {
        if function.file != self.input.file {
            let list = (0..count.max(arguments.list.len()))
                .map(|index| arguments.get(index).generalized())
                .collect();
            self.found.calls_abroad.push((function, list));
            return;
        }
        let id = function.function;
        let facts = self.found.functions.entry(id).or_default();
        facts.is_called = true;
        let parameters = self.tree.function(id).parameters.len();
        let fresh = !self.passed.contains_key(&id);
        let known = self.passed.entry(id).or_insert_with(|| vec![Type::never(); parameters]);
        let mut changed = fresh;
        for (index, ty) in known.iter_mut().enumerate() {
            changed |= ty.join(&arguments.get(index));
        }
        self.changed |= changed && self.seen.has_parameters_of(id);
    }

    /// Notes the receiver that a method is called on, or a table that it stands on.
    fn receives(&mut self, method: FunctionId, receiver: &Type) {
        let changed = self.receivers.entry(method).or_insert_with(Type::never).join(receiver);
        self.changed |= changed && self.seen.has_parameters_of(method);
    }

    /// A variable gets a value.
    fn bind(&mut self, binding: BindingId, ty: Type, flow: &mut Flow) {
        if let Some(known) = self.found.binding_types.get_mut(binding.index()) {
            self.changed |= known.join(&ty) && self.seen.has_variable(binding);
        }
        flow.assign(flow::Place::local(binding), ty);
    }

    /// Whatever a variable is ever given.
    fn ever(&mut self, binding: BindingId) -> Type {
        self.seen.variable(binding);
        self.found.binding_types.get(binding.index()).cloned().unwrap_or_default()
    }

    /// Control goes back to the caller.
    fn give_back(
        &mut self,
        span: Span,
        values: Values,
        expressions: &[ExpressionId],
        falls_through: bool,
        flow: &Flow,
    ) {
        match self.function {
            Some(id) if self.has_annotated_results(id) => {}
            Some(id) => {
                let facts = self.found.functions.entry(id).or_default();
                let mut changed = !facts.comes_back;
                facts.comes_back = true;
                let count = values.list.len().max(facts.returns.len()).max(1);
                facts.returns.resize_with(count, Type::never);
                for (index, known) in facts.returns.iter_mut().enumerate() {
                    // What a call in it gives is not complete in the first round: a value that is missing may come.
                    // Those that came here before with fewer values come here again.
                    let is_missing = index >= values.list.len() && index > 0;
                    if !(is_missing && self.optimistic) {
                        changed |= known.join(&values.get(index));
                    }
                }
                self.changed |= changed && self.seen.has_results_of(id);
            }
            None => {
                if !values.list.is_empty() {
                    self.changed |= self.found.exports.join(&values.first());
                }
            }
        }
        let open_ended = values.rest.is_some();
        self.found.returns.push(ReturnSite {
            function: self.function,
            span,
            values: values.list,
            expressions: expressions.to_vec(),
            open_ended,
            falls_through,
            path: flow.path.clone(),
        });
    }

    /// A function expression: its body waits until everything around it has been seen.
    fn define(&mut self, id: FunctionId) -> Type {
        if self.queued.insert(id) {
            self.waiting.push_back(id);
        }
        Value::Function(FunctionRef { file: self.input.file, function: id }).into()
    }

    // Tables

    fn table(&self, table: TableRef) -> Option<&Table> {
        if table.file == self.input.file {
            self.found.tables.get(table.index as usize)
        } else {
            self.input.environment.table(table)
        }
    }

    fn own_table(&mut self, table: TableRef) -> Option<&mut Table> {
        if table.file == self.input.file { self.found.tables.get_mut(table.index as usize) } else { None }
    }

    /// A table with what files write to it from outside: the parts that this one and others have of it.
    fn with_parts(&self, table: TableRef) -> impl Iterator<Item = &Table> {
        let own = self.parts.get(&table).and_then(|&index| self.found.tables.get(index as usize));
        let others = self.input.environment.parts(table).iter();
        let others = others.filter(|part| part.file != self.input.file);
        let others = others.filter_map(|&part| self.input.environment.table(part));
        self.table(table).into_iter().chain(own).chain(others)
    }

    /// What this file may write to of a table: the table itself, or its part of another file's.
    fn writable_table(&mut self, table: TableRef) -> Option<&mut Table> {
        if table.file == self.input.file {
            return self.found.tables.get_mut(table.index as usize);
        }
        let index = match self.parts.get(&table) {
            Some(&index) => index,
            None => {
                let whole = self.table(table)?;
                let (span, name) = (Span::default(), whole.name.clone());
                let index = offset_u32(self.found.tables.len());
                self.found.tables.push(Table { name, part_of: Some(table), ..Table::empty(span) });
                self.parts.insert(table, index);
                self.changed = true;
                index
            }
        };
        self.found.tables.get_mut(index as usize)
    }

    fn new_table(&mut self, expression: ExpressionId) -> TableRef {
        let next = offset_u32(self.found.tables.len());
        let index = *self.table_of.entry(expression).or_insert(next);
        if index == next {
            let span = self.tree.expression(expression).span;
            self.found.tables.push(Table::empty(span));
        }
        TableRef { file: self.input.file, index }
    }

    /// A named field of a table gets a value.
    fn write_field(&mut self, table: TableRef, name: &SmolStr, ty: &Type, write: FieldWrite) {
        self.notice_hook(name, ty);
        let mut changed = false;
        let Some(own) = self.writable_table(table) else { return };
        match own.fields.get_mut(name) {
            Some(field) => {
                changed |= field.ty.join(ty);
                if !field.writes.contains(&write) {
                    field.writes.push(write);
                }
            }
            None => {
                own.fields.insert(name.clone(), Field { ty: ty.clone(), writes: vec![write] });
                changed = true;
            }
        }
        self.changed |= changed;
    }

    /// A function that stands on a table under the name of a callout or hook is one.
    fn notice_hook(&mut self, name: &SmolStr, ty: &Type) {
        let Some(hook) = self.api.hook(name) else { return };
        for function in ty.functions().filter(|function| function.file == self.input.file) {
            let facts = self.found.functions.entry(function.function).or_default();
            if facts.hook.is_none() {
                facts.hook = Some(hook.name.clone());
                self.changed = true;
            }
        }
    }

    /// A table goes where the analysis does not follow.
    fn escape(&mut self, ty: &Type) {
        let tables: Vec<TableRef> = ty.tables().collect();
        for table in tables {
            if self.with_parts(table).any(|known| known.open) {
                continue;
            }
            if let Some(own) = self.writable_table(table) {
                own.open = true;
                self.changed = true;
            }
        }
    }

    // Globals

    /// What a global is.
    fn global(&mut self, name: &SmolStr) -> Type {
        if let Some((_, index)) = self.found.module_environment {
            let table = TableRef { file: self.input.file, index };
            if name == "_M" {
                return Value::Table(table).into();
            }
            if name == "_NAME" || name == "_PACKAGE" {
                return Value::String.into();
            }
            if let Some(field) = self.table(table).and_then(|table| table.field(name)) {
                return field.ty.clone();
            }
        }
        let mut ty = Type::never();
        if let Some(member) = self.api.global(name) {
            ty.join(&self.member_type(member));
        }
        if let Some(global) = self.found.globals.get(name) {
            ty.join(&global.ty);
        }
        if let Some(abroad) = self.input.environment.global(name) {
            ty.join(&abroad);
        }
        if ty.is_never() && !self.optimistic { Type::unknown() } else { ty }
    }

    fn write_global(&mut self, name: &SmolStr, span: Span, ty: &Type, write: FieldWrite) {
        if let Some((_, index)) = self.found.module_environment {
            self.write_field(TableRef { file: self.input.file, index }, name, ty, write);
            return;
        }
        self.note_global(name, span, ty);
    }

    /// A global of the whole process gets a value.
    fn note_global(&mut self, name: &SmolStr, span: Span, ty: &Type) {
        let function = self.function;
        let global = self
            .found
            .globals
            .entry(name.clone())
            .or_insert_with(|| Global { ty: Type::never(), writes: Vec::new() });
        self.changed |= global.ty.join(ty);
        if !global.writes.contains(&(span, function)) {
            global.writes.push((span, function));
        }
    }

    /// What reading a member of the API gives.
    fn member_type(&mut self, member: Member<'a>) -> Type {
        // Entries live as long as the API; a function and a table never share an address.
        let address = match member {
            Member::Function(function) => (std::ptr::from_ref(function) as usize, false),
            Member::CFunction(c) => (std::ptr::from_ref(c) as usize, true),
            Member::Constant(constant) => (std::ptr::from_ref(constant) as usize, true),
            Member::Field(_) | Member::Table(_) => return library::member_type(self.api, member),
        };
        let api = self.api;
        self.known_members.entry(address).or_insert_with(|| library::member_type(api, member)).clone()
    }

    // Results

    fn note_type(&mut self, expression: ExpressionId, ty: &Type) {
        match self.found.types.get_mut(&expression) {
            Some(known) => {
                known.join(ty);
            }
            None => {
                self.found.types.insert(expression, ty.clone());
            }
        }
    }

    fn note_call(&mut self, call: CallSite) {
        self.found.calls.push(call);
    }

    fn note_registration(&mut self, registration: Registration) {
        self.found.registrations.push(registration);
    }

    fn facts(&mut self, function: FunctionRef) -> Option<&FunctionFacts> {
        if function.file == self.input.file {
            self.seen.results_of(function.function);
            self.found.functions.get(&function.function)
        } else {
            self.input.environment.function(function)
        }
    }
}
