//! Calls: what is called, with what, and what comes back.

use super::flow::{Flow, Place};
use super::{Inference, Values};
use crate::semantics::analysis::CallSite;
use crate::semantics::library;
use crate::semantics::types::{FunctionRef, MemberRef, Type, Value};
use crate::syntax::tree::{Call, ExpressionId};
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::{self, Function, FunctionKind, Signature};

impl Inference<'_> {
    pub(super) fn call(&mut self, id: ExpressionId, call: &Call, flow: &mut Flow) -> Values {
        let callee_type = self.expression(call.callee, flow);
        let (callee, receiver) = match &call.method {
            Some(name) if name.is_missing() => (Type::unknown(), Some(callee_type)),
            Some(name) => {
                let member = self.member_of(id, &callee_type, &name.text, name.span);
                (member, Some(callee_type))
            }
            None => (callee_type, None),
        };
        let arguments = self.expression_list(&call.arguments, flow);
        let open_ended = arguments.rest.is_some();
        // A call in the last place gives at least what is known of it; the list counts what is written.
        let mut written = arguments.list.clone();
        if open_ended {
            written.truncate(call.arguments.len().saturating_sub(1));
        }
        let last_is_single = !open_ended && arguments.list.len() == call.arguments.len();
        self.note_call(CallSite {
            expression: id,
            function: self.function,
            callee: callee.clone(),
            receiver: receiver.clone(),
            arguments: if last_is_single { arguments.list.clone() } else { written },
            open_ended: open_ended || !last_is_single,
            protected: false,
        });
        if let Some(values) = self.builtin(id, call, &callee, receiver.as_ref(), &arguments, flow) {
            return values;
        }
        self.apply(&callee, receiver.as_ref(), &arguments, call, flow)
    }

    /// What calling `callee` gives.
    pub(super) fn apply(
        &mut self,
        callee: &Type,
        receiver: Option<&Type>,
        arguments: &Values,
        call: &Call,
        flow: &mut Flow,
    ) -> Values {
        let mut result: Option<Values> = None;
        let mut comes_back = callee.is_open() || callee.values().is_empty();
        for value in callee.values() {
            let values = match value {
                Value::Member(member) => {
                    comes_back = true;
                    self.apply_member(member, receiver, arguments)
                }
                Value::Function(function) => {
                    let (values, returns) = self.apply_function(*function, receiver, arguments, call);
                    comes_back |= returns;
                    values
                }
                Value::Structure(model::Type::Fun(signature)) => {
                    comes_back = true;
                    self.hand_over(signature, arguments);
                    self.results(signature)
                }
                Value::Instance(class) => {
                    comes_back = true;
                    match self.api.member(class, "__call") {
                        Some(Member::Function(function)) => self.results(&function.signature),
                        _ => Values::unknown(),
                    }
                }
                // Calling nil raises.
                Value::Nil => continue,
                _ => {
                    comes_back = true;
                    Values::unknown()
                }
            };
            result = Some(match result {
                None => values,
                Some(before) => either(&before, &values),
            });
        }
        if callee.is_open() || !callee.any(|value| matches!(value, Value::Member(_) | Value::Function(_))) {
            // Who knows what it does with what it gets.
            let everything: Vec<Type> = arguments.list.clone();
            for argument in everything.iter().chain(receiver) {
                self.escape(argument);
                self.escape_functions(argument);
            }
            if !callee.is_never() {
                result = Some(match result {
                    None => Values::unknown(),
                    Some(before) if callee.is_open() => either(&before, &Values::unknown()),
                    Some(before) => before,
                });
            }
        }
        self.side_effects(callee, call, flow);
        if !comes_back && !self.optimistic {
            flow.end();
        }
        result.unwrap_or(Values { list: vec![Type::never()], rest: Some(Type::never()) })
    }

    /// A function that goes where the analysis does not follow may be called with anything.
    fn escape_functions(&mut self, ty: &Type) {
        let functions: Vec<FunctionRef> = ty.functions().collect();
        for function in functions {
            self.passes(function, &Values::unknown(), 0);
        }
    }

    fn apply_member(&mut self, member: &MemberRef, receiver: Option<&Type>, arguments: &Values) -> Values {
        let api = self.api;
        let Some(function) = library::resolve(api, member).and_then(Member::function) else {
            return Values::unknown();
        };
        let arguments = as_written(function, receiver, arguments);
        let signature =
            library::choose_signature(api, function.signatures(), &arguments.list, arguments.rest.is_some());
        let Some(signature) = signature else {
            self.hand_over(&function.signature, &arguments);
            return self.results(&function.signature);
        };
        self.hand_over(signature, &arguments);
        if signature.returns.is_empty() {
            return Values::unknown();
        }
        self.results(signature)
    }

    /// What happens to arguments that the API takes: functions are called back, tables may be changed.
    fn hand_over(&mut self, signature: &Signature, arguments: &Values) {
        for (position, argument) in arguments.list.iter().enumerate() {
            let functions: Vec<FunctionRef> = argument.functions().collect();
            if functions.is_empty() {
                continue;
            }
            let Some(param) = signature.param(position) else { continue };
            for function in functions {
                let callback = param.ty.members().iter().find_map(|ty| match ty {
                    model::Type::Fun(signature) => Some(signature.clone()),
                    _ => None,
                });
                let passed = match callback {
                    Some(callback) => Values {
                        list: callback
                            .params
                            .iter()
                            .map(|param| library::from_model(self.api, &param.ty))
                            .collect(),
                        rest: None,
                    },
                    None => Values::unknown(),
                };
                self.passes(function, &passed, 0);
            }
        }
    }

    fn results(&self, signature: &Signature) -> Values {
        let mut values = Values::default();
        for result in &signature.returns {
            match &result.ty {
                model::Type::Variadic(inner) => values.rest = Some(library::from_model(self.api, inner)),
                ty => values.list.push(library::from_model(self.api, ty)),
            }
        }
        values
    }

    /// Calls a function of the project: its parameters learn what is passed.
    pub(super) fn apply_function(
        &mut self,
        function: FunctionRef,
        receiver: Option<&Type>,
        arguments: &Values,
        call: &Call,
    ) -> (Values, bool) {
        let is_own = function.file == self.input.file;
        let is_method = if is_own {
            self.tree.function(function.function).is_method
        } else {
            self.facts(function).is_some_and(|facts| facts.is_method)
        };
        let mut passed = arguments.clone();
        let mut taken_apart = None;
        match (receiver, is_method) {
            (Some(receiver), true) => taken_apart = Some(receiver.clone()),
            (Some(receiver), false) => passed.list.insert(0, receiver.clone()),
            // `t.method(self, …)`
            (None, true) if !passed.list.is_empty() => taken_apart = Some(passed.list.remove(0)),
            (None, _) => {}
        }
        if let Some(receiver) = taken_apart.filter(|_| is_own) {
            self.receives(function.function, &receiver);
        }
        self.passes(function, &passed, call.arguments.len());
        let never = || Values { list: vec![Type::never()], rest: Some(Type::never()) };
        let optimistic = self.optimistic;
        match self.facts(function) {
            Some(facts) if facts.comes_back => (Values { list: facts.returns.clone(), rest: None }, true),
            None if !is_own => (Values::unknown(), true),
            _ => (never(), optimistic),
        }
    }

    /// What a call may change: variables that closures assign, and what hangs on what is passed.
    fn side_effects(&mut self, callee: &Type, call: &Call, flow: &mut Flow) {
        let is_api = !callee.is_open() && callee.all(|value| matches!(value, Value::Member(_)));
        if is_api {
            for &argument in call.arguments.iter().chain(call.method.as_ref().map(|_| &call.callee)) {
                if let Some(place) = self.place(argument) {
                    flow.forget_below(&place);
                }
            }
            return;
        }
        for index in 0..self.shared.len() {
            let Some(&(binding, owner)) = self.shared.get(index) else { break };
            let place = Place::local(binding);
            if owner == self.function {
                let anything = self.ever(binding);
                if flow.get(&place).is_some() {
                    flow.assign(place, anything);
                }
            } else {
                flow.forget(binding);
            }
        }
        // A table that no function but this one knows, and that is not passed, stays as it is.
        let scopes = self.scopes;
        flow.forget_fields_where(|root| {
            let binding = scopes.binding(root);
            binding.read_in_closure || binding.written_in_closure
        });
        for &argument in call.arguments.iter().chain(call.method.as_ref().map(|_| &call.callee)) {
            if let Some(place) = self.place(argument) {
                flow.forget_below(&place);
            }
        }
        flow.forget_globals();
    }
}

/// Arguments as the signature counts them: a method that is called with `.` takes its receiver first, a plain function
/// that is called with `:` gets it first.
fn as_written(function: &Function, receiver: Option<&Type>, arguments: &Values) -> Values {
    let mut arguments = arguments.clone();
    match (function.kind, receiver) {
        (FunctionKind::Function, Some(receiver)) => arguments.list.insert(0, receiver.clone()),
        (FunctionKind::Method, None) if !arguments.list.is_empty() => {
            arguments.list.remove(0);
        }
        _ => {}
    }
    arguments
}

/// What one or the other gives.
fn either(one: &Values, other: &Values) -> Values {
    let count = one.list.len().max(other.list.len());
    let rest = match (&one.rest, &other.rest) {
        (None, None) => None,
        (one, other) => {
            let nil = Type::nil();
            Some(one.as_ref().unwrap_or(&nil).clone().or(other.as_ref().unwrap_or(&nil)))
        }
    };
    Values { list: (0..count).map(|index| one.get(index).or(&other.get(index))).collect(), rest }
}
