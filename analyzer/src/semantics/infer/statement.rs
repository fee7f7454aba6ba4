//! Statements: how they change the state along a path.

use super::flow::{Flow, Place};
use super::{Inference, Values};
use crate::semantics::analysis::{FieldWrite, WriteStyle};
use crate::semantics::environment;
use crate::semantics::types::{Type, Value};
use crate::syntax::Span;
use crate::syntax::tree::{
    BlockId, ExpressionId, ExpressionKind, FunctionId, Name, StatementId, StatementKind,
};
use smol_str::SmolStr;

/// How a value that is assigned is written.
struct Written {
    /// The function, if it is written there.
    function: Option<FunctionId>,
    /// The expression; `function t.f() … end` has none.
    value: Option<ExpressionId>,
    style: WriteStyle,
}

impl Inference<'_> {
    pub(super) fn block(&mut self, id: BlockId, flow: &mut Flow) {
        let tree = self.tree;
        let mut behind = tree.block(id).span.start;
        for &statement in &tree.block(id).statements {
            let span = tree.statement(statement).span;
            self.casts(Span::new(behind, span.start), flow);
            behind = span.end;
            if !flow.is_reachable() {
                // Nothing behind it ever runs, but functions in there are still shown to people.
                *flow = Flow::default();
                flow.end();
                return;
            }
            self.statement(statement, flow);
        }
    }

    fn statement(&mut self, id: StatementId, flow: &mut Flow) {
        let tree = self.tree;
        let statement = tree.statement(id);
        self.annotate_functions(statement);
        match &statement.kind {
            StatementKind::Local { names, values } => self.local(names, values, statement.span, flow),
            StatementKind::LocalFunction { name, function } => {
                let ty = self.define(*function);
                if let Some(binding) = self.scopes.declared_at(name.span.start) {
                    self.bind(binding, ty, flow);
                }
            }
            StatementKind::Function { target, function } => {
                let style = if tree.function(*function).is_method {
                    WriteStyle::Method
                } else {
                    WriteStyle::Function
                };
                let ty = self.define(*function);
                let written = Written { function: Some(*function), value: None, style };
                self.assign(*target, &ty, written, statement.span, flow);
            }
            StatementKind::Assign { targets, values } => {
                let mut evaluated = self.expression_list(values, flow);
                self.annotate_values(statement.span, &mut evaluated, targets.len());
                for (index, &target) in targets.iter().enumerate() {
                    let ty = evaluated.get(index);
                    let function = values.get(index).and_then(|&value| match tree.expression(value).kind {
                        ExpressionKind::Function(function) => Some(function),
                        _ => None,
                    });
                    let value = values.get(index).copied();
                    let written = Written { function, value, style: WriteStyle::Assignment };
                    self.assign(target, &ty, written, statement.span, flow);
                }
            }
            StatementKind::Call(expression) | StatementKind::Incomplete(expression) => {
                self.values(*expression, flow);
            }
            StatementKind::Do(body) => self.block(*body, flow),
            StatementKind::While { condition, body } => {
                self.while_loop(*condition, *body, statement.span, flow)
            }
            StatementKind::Repeat { body, condition } => {
                self.repeat_loop(*body, *condition, statement.span, flow)
            }
            StatementKind::If { branches, otherwise } => self.branches(branches, *otherwise, flow),
            StatementKind::NumericFor { variable, start, limit, step, body } => {
                self.expression(*start, flow);
                self.expression(*limit, flow);
                if let Some(step) = step {
                    self.expression(*step, flow);
                }
                let variables = [(variable, Type::from(Value::Number))];
                self.for_loop(&variables, *body, statement.span, flow);
            }
            StatementKind::GenericFor { variables, values, body } => {
                let types = self.iterated(values, flow);
                let variables: Vec<_> =
                    variables.iter().enumerate().map(|(index, name)| (name, types.get(index))).collect();
                self.for_loop(&variables, *body, statement.span, flow);
            }
            StatementKind::Return(values) => {
                let evaluated = self.expression_list(values, flow);
                self.give_back(statement.span, evaluated, values, false, flow);
                flow.end();
            }
            StatementKind::Break => {
                if let Some(breaks) = self.breaks.last_mut() {
                    breaks.push(flow.clone());
                }
                flow.end();
            }
        }
    }

    fn local(&mut self, names: &[Name], values: &[ExpressionId], span: Span, flow: &mut Flow) {
        let mut evaluated = self.expression_list(values, flow);
        self.annotate_values(span, &mut evaluated, names.len());
        for (index, name) in names.iter().enumerate() {
            let Some(binding) = self.scopes.declared_at(name.span.start) else { continue };
            let ty = evaluated.get(index);
            for table in ty.tables().collect::<Vec<_>>() {
                if let Some(own) = self.own_table(table)
                    && own.name.is_none()
                {
                    own.name = Some(name.text.clone());
                }
            }
            self.bind(binding, ty, flow);
        }
    }

    /// `target = value`.
    fn assign(&mut self, target: ExpressionId, ty: &Type, written: Written, span: Span, flow: &mut Flow) {
        let tree = self.tree;
        let node = tree.expression(target);
        let Written { function, value, style } = written;
        let inside = self.function;
        let mut write = FieldWrite { name_span: node.span, span, function, value, style, inside };
        match &node.kind {
            ExpressionKind::Name(name) => {
                self.note_type(target, ty);
                if let Some(binding) = self.scopes.resolve(target) {
                    self.bind(binding, ty.clone(), flow);
                } else {
                    if function.is_some() && style == WriteStyle::Function {
                        write.style = WriteStyle::Global;
                    }
                    self.write_global(name, node.span, ty, write);
                    flow.assign(Place { root: None, path: name.clone() }, ty.clone());
                }
            }
            ExpressionKind::Field { base, name } => {
                let owner = self.expression(*base, flow);
                write.name_span = name.span;
                self.note_type(target, ty);
                if self.assign_global_field(target, ty, &write, flow) {
                    return;
                }
                self.assign_member(target, &owner, &name.text, ty, write, flow);
            }
            ExpressionKind::Index { base, key } => {
                let owner = self.expression(*base, flow);
                let key_type = self.expression(*key, flow);
                self.note_type(target, ty);
                if self.assign_global_field(target, ty, &write, flow) {
                    return;
                }
                if let Some(name) = key_type.string_literal().cloned() {
                    write.name_span = tree.expression(*key).span;
                    self.assign_member(target, &owner, &name, ty, write, flow);
                    return;
                }
                for table in owner.tables().collect::<Vec<_>>() {
                    let mut changed = false;
                    if let Some(own) = self.writable_table(table) {
                        changed |= own.elements.join(ty);
                        changed |= own.keys.join(&key_type.generalized());
                    }
                    self.changed |= changed;
                }
                self.forget_aliases(&owner, flow);
                if let Some(place) = self.place(target) {
                    flow.assign(place, ty.clone());
                }
            }
            _ => {
                self.expression(target, flow);
            }
        }
    }

    /// `_G.name = value` defines a global.
    fn assign_global_field(
        &mut self,
        target: ExpressionId,
        ty: &Type,
        write: &FieldWrite,
        flow: &mut Flow,
    ) -> bool {
        let Some(name) = environment::global_of_field(self.tree, self.scopes, target) else { return false };
        self.note_global(&name, write.name_span, ty);
        flow.assign(Place { root: None, path: name }, ty.clone());
        true
    }

    fn assign_member(
        &mut self,
        target: ExpressionId,
        owner: &Type,
        name: &SmolStr,
        ty: &Type,
        write: FieldWrite,
        flow: &mut Flow,
    ) {
        if name.is_empty() {
            return;
        }
        if let (Some(function), WriteStyle::Method) = (write.function, write.style) {
            self.receives(function, owner);
        }
        for value in owner.values() {
            if let Value::Instance(class) = value {
                self.found.extensions.push((class.clone(), name.clone(), write.name_span));
            }
        }
        for table in owner.tables().collect::<Vec<_>>() {
            self.write_field(table, name, ty, write.clone());
        }
        self.forget_aliases(owner, flow);
        if let Some(place) = self.place(target) {
            flow.assign(place, ty.clone());
        }
    }

    /// A write through one name may change what another name shows.
    fn forget_aliases(&mut self, owner: &Type, flow: &mut Flow) {
        if owner.tables().next().is_some() || owner.is_open() {
            flow.forget_fields();
        }
    }

    fn branches(
        &mut self,
        branches: &[(ExpressionId, BlockId)],
        otherwise: Option<BlockId>,
        flow: &mut Flow,
    ) {
        let mut after: Option<Flow> = None;
        let mut rest = std::mem::take(flow);
        for (condition, body) in branches {
            let span = self.tree.expression(*condition).span;
            let (taken, not_taken) = self.condition(*condition, rest);
            let mut inside = taken.decided(span, true);
            self.block(*body, &mut inside);
            after = Some(match after {
                Some(after) => after.or(inside),
                None => inside,
            });
            rest = not_taken.decided(span, false);
        }
        if let Some(body) = otherwise {
            self.block(body, &mut rest);
        }
        *flow = match after {
            Some(after) => after.or(rest),
            None => rest,
        };
    }

    /// At the head of a loop, what its body assigns may have any value that is ever assigned.
    fn enter_loop(&mut self, span: Span, flow: &mut Flow) {
        let assigned: Vec<_> = self.scopes.assigned_in(span).collect();
        for binding in assigned {
            let place = Place::local(binding);
            let anything = self.ever(binding);
            match flow.get(&place).cloned() {
                Some(known) => flow.assign(place, known.or(&anything)),
                None => flow.forget(binding),
            }
        }
        flow.forget_fields();
        flow.forget_globals();
        self.breaks.push(Vec::new());
    }

    fn leave_loop(&mut self, mut flow: Flow) -> Flow {
        for state in self.breaks.pop().unwrap_or_default() {
            flow = flow.or(state);
        }
        flow
    }

    fn while_loop(&mut self, condition: ExpressionId, body: BlockId, span: Span, flow: &mut Flow) {
        self.enter_loop(span, flow);
        let condition_span = self.tree.expression(condition).span;
        let (taken, not_taken) = self.condition(condition, std::mem::take(flow));
        let mut inside = taken.decided(condition_span, true);
        self.block(body, &mut inside);
        *flow = self.leave_loop(not_taken);
    }

    fn repeat_loop(&mut self, body: BlockId, condition: ExpressionId, span: Span, flow: &mut Flow) {
        self.enter_loop(span, flow);
        self.block(body, flow);
        let inside = std::mem::take(flow);
        let done = if inside.is_reachable() { self.condition(condition, inside).0 } else { inside };
        *flow = self.leave_loop(done);
    }

    fn for_loop(&mut self, variables: &[(&Name, Type)], body: BlockId, span: Span, flow: &mut Flow) {
        self.enter_loop(span, flow);
        let mut inside = flow.clone();
        for (name, ty) in variables {
            if let Some(binding) = self.scopes.declared_at(name.span.start) {
                self.bind(binding, ty.clone(), &mut inside);
            }
        }
        self.block(body, &mut inside);
        let after = std::mem::take(flow).or(inside);
        *flow = self.leave_loop(after);
    }

    pub(super) fn expression_list(&mut self, list: &[ExpressionId], flow: &mut Flow) -> Values {
        let mut values = Values::default();
        for (index, &expression) in list.iter().enumerate() {
            if index + 1 == list.len() {
                let last = self.values(expression, flow);
                values.list.extend(last.list);
                values.rest = last.rest;
            } else {
                let ty = self.expression(expression, flow);
                values.list.push(ty);
            }
        }
        values
    }
}
