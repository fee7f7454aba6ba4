//! Functions that the analysis understands better than any signature says: those of the language itself, and those that
//! tie a script to the server.

use super::flow::Flow;
use super::{Inference, Values};
use crate::semantics::analysis::{Field, FieldWrite, Registration, Require, Table, WriteStyle};
use crate::semantics::library;
use crate::semantics::types::{TableRef, Type, Value};
use crate::syntax::offset_u32;
use crate::syntax::tree::{Call, ExpressionId, ExpressionKind};
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::{self, Text};
use smol_str::SmolStr;

impl Inference<'_> {
    /// What such a call gives; `None` for every other one.
    pub(super) fn builtin(
        &mut self,
        id: ExpressionId,
        call: &Call,
        callee: &Type,
        receiver: Option<&Type>,
        arguments: &Values,
        flow: &mut Flow,
    ) -> Option<Values> {
        let member = callee.member()?.clone();
        match (member.owner.as_str(), member.member.as_str()) {
            ("", "require") => {
                Some(self.require(id, call.arguments.first().copied(), &arguments.first(), false))
            }
            ("", "module") => Some(self.module(id, arguments)),
            ("", "error") => {
                flow.end();
                Some(Values::one(Type::never()))
            }
            ("os", "exit") => {
                flow.end();
                Some(Values::one(Type::never()))
            }
            ("", "assert") => {
                if let Some(&condition) = call.arguments.first() {
                    let before = std::mem::take(flow);
                    let (holds, _) = self.condition_again(condition, before);
                    *flow = holds;
                }
                let mut values = arguments.clone();
                if let Some(first) = values.list.first_mut() {
                    let truthy = first.truthy();
                    if truthy.is_never() {
                        flow.end();
                    }
                    *first = truthy;
                }
                Some(values)
            }
            ("", "setmetatable") => Some(self.set_metatable(arguments)),
            ("", "rawset") => {
                self.raw_set(call, arguments);
                Some(Values::one(arguments.first()))
            }
            ("", "pcall" | "xpcall") | ("msys", "runInPool" | "runInInst") => {
                Some(self.protected_call(id, call, member.member.as_str(), arguments, flow))
            }
            ("", "type") => {
                let ty = arguments.first();
                let names: Option<Vec<_>> = ty.values().iter().map(Value::lua_type).collect();
                let known = names.filter(|names| !ty.is_open() && !names.is_empty());
                Some(Values::one(match known {
                    Some(names) => names.into_iter().fold(Type::never(), |union, name| {
                        union.or(&Value::StringLiteral(SmolStr::new_static(name)).into())
                    }),
                    None => Value::String.into(),
                }))
            }
            ("msys.adaptive", "registerRules") => {
                if !self.found.rule_registrations.contains(&id) {
                    self.found.rule_registrations.push(id);
                }
                None
            }
            ("", "pairs" | "ipairs" | "next" | "unpack" | "select") if receiver.is_none() => None,
            _ => {
                let function = library::resolve(self.api, &member).and_then(Member::function);
                if let Some(registers) = function.and_then(|function| function.registers.as_ref()) {
                    self.register_module(id, call, arguments, registers.scope.clone());
                }
                None
            }
        }
    }

    /// The states of a condition whose expression was already evaluated as an argument.
    fn condition_again(&mut self, condition: ExpressionId, flow: Flow) -> (Flow, Flow) {
        let calls = self.found.calls.len();
        let missing = self.found.missing_members.len();
        let states = self.condition(condition, flow);
        self.found.calls.truncate(calls);
        self.found.missing_members.truncate(missing);
        states
    }

    fn require(
        &mut self,
        id: ExpressionId,
        argument: Option<ExpressionId>,
        name: &Type,
        optional: bool,
    ) -> Values {
        let Some(name) = name.string_literal().cloned() else { return Values::unknown() };
        if let Some(argument) = argument {
            let require = Require {
                module: name.clone(),
                span: self.tree.expression(id).span,
                name_span: self.tree.expression(argument).span,
                function: self.function,
                optional,
            };
            if !self.found.requires.iter().any(|known| known.span == require.span) {
                self.found.requires.push(require);
            }
        }
        if let Some(ty) = self.input.environment.require(&name) {
            return Values::one(ty);
        }
        let module = self.api.module(&name);
        let class =
            module.and_then(|module| module.class.clone()).filter(|class| self.api.class(class).is_some());
        Values::one(match class {
            Some(class) => Value::Instance(class).into(),
            None => Type::unknown(),
        })
    }

    /// `module(NAME, package.seeall)`: from here on, globals are fields of a table.
    fn module(&mut self, id: ExpressionId, arguments: &Values) -> Values {
        let name = arguments.first().string_literal().cloned().unwrap_or_default();
        self.extends(id, &name);
        let table = self.new_table(id);
        if self.found.module_environment.is_none() {
            self.found.module_root = self.tables_around(id, &name, table);
            self.found.module_environment = Some((name, table.index));
            self.changed = true;
        }
        self.changed |= self.found.exports.join(&Value::Table(table).into());
        Values::default()
    }

    /// A module `msys.site.routes` makes `msys.site`, and `routes` in it.
    fn extends(&mut self, id: ExpressionId, module: &str) {
        let span = self.tree.expression(id).span;
        for (dot, _) in module.match_indices('.') {
            let (owner, rest) = (&module[..dot], &module[dot + 1..]);
            let member = rest.split('.').next().unwrap_or(rest);
            if self.api.class(owner).is_some() {
                self.found.extensions.push((owner.into(), member.into(), span));
            }
        }
    }

    /// The tables around that of a module with dots in its name; other files have fields of their own in them. What the
    /// API has of that name stays as it is.
    fn tables_around(&mut self, id: ExpressionId, name: &SmolStr, table: TableRef) -> Option<(SmolStr, u32)> {
        let (root, _) = name.split_once('.').filter(|(root, _)| self.api.global(root).is_none())?;
        let mut inner = table;
        let mut path = name.as_str();
        while let Some((outer, field)) = path.rsplit_once('.') {
            let next = offset_u32(self.found.tables.len());
            let index = *self.around_module.entry(SmolStr::new(outer)).or_insert(next);
            if index == next {
                let span = self.tree.expression(id).span;
                let name = Some(SmolStr::new(outer));
                self.found.tables.push(Table { open: true, name, ..Table::empty(span) });
            }
            if let Some(own) = self.found.tables.get_mut(index as usize) {
                let field = own.fields.entry(SmolStr::new(field));
                field.or_insert_with(|| Field { ty: Value::Table(inner).into(), writes: Vec::new() });
            }
            inner = TableRef { file: self.input.file, index };
            path = outer;
        }
        Some((SmolStr::new(root), inner.index))
    }

    fn set_metatable(&mut self, arguments: &Values) -> Values {
        let subject = arguments.first();
        let metatable = arguments.get(1);
        let mut fallback = if metatable.is_open() { Type::unknown() } else { Type::never() };
        for table in metatable.tables().collect::<Vec<_>>() {
            match self.table(table).and_then(|table| table.field("__index")) {
                Some(field) => {
                    // A function may give anything.
                    let ty = field.ty.clone();
                    let computed = ty.any(|value| matches!(value, Value::Function(_) | Value::AnyFunction));
                    fallback.join(&if computed { Type::unknown() } else { ty });
                }
                None if self.table(table).is_none_or(|table| table.open) => fallback = Type::unknown(),
                None => {}
            }
        }
        if metatable.any(|value| !matches!(value, Value::Table(_) | Value::Nil)) {
            fallback = Type::unknown();
        }
        for table in subject.tables().collect::<Vec<_>>() {
            let mut changed = false;
            if let Some(own) = self.writable_table(table) {
                changed |= own.fallback.join(&fallback);
            }
            self.changed |= changed;
        }
        Values::one(subject)
    }

    fn raw_set(&mut self, call: &Call, arguments: &Values) {
        let (table, key, value) = (arguments.first(), arguments.get(1), arguments.get(2));
        let Some(name) = key.string_literal() else {
            self.escape(&table);
            return;
        };
        let Some(&key) = call.arguments.get(1) else { return };
        let span = self.tree.expression(key).span;
        let is_global = call.arguments.first().is_some_and(|&table| {
            let node = &self.tree.expression(table).kind;
            matches!(node, ExpressionKind::Name(name) if name == "_G") && self.scopes.resolve(table).is_none()
        });
        if is_global {
            self.note_global(name, span, &value);
        }
        let write = FieldWrite {
            name_span: span,
            span,
            function: call.arguments.get(2).and_then(|&value| match self.tree.expression(value).kind {
                ExpressionKind::Function(function) => Some(function),
                _ => None,
            }),
            value: call.arguments.get(2).copied(),
            style: WriteStyle::Assignment,
            inside: self.function,
        };
        for table in table.tables().collect::<Vec<_>>() {
            self.write_field(table, name, &value, write.clone());
        }
    }

    /// `pcall(f, …)`, `msys.runInPool(pool, f, …)`: calls a function in another way.
    fn protected_call(
        &mut self,
        id: ExpressionId,
        call: &Call,
        name: &str,
        arguments: &Values,
        flow: &mut Flow,
    ) -> Values {
        let position = usize::from(name.starts_with("runIn"));
        let callee = arguments.get(position);
        let passed = match name {
            "pcall" => Values {
                list: arguments.list.get(1..).unwrap_or_default().to_vec(),
                rest: arguments.rest.clone(),
            },
            // `xpcall` passes nothing; what a pool passes on depends on its further arguments.
            "xpcall" => Values::default(),
            _ => Values::unknown(),
        };
        let is_require =
            callee.member().is_some_and(|member| member.owner.is_empty() && member.member == "require");
        let mut inside = flow.clone();
        let results = if callee.is_nil() {
            Values::unknown()
        } else if is_require && name == "pcall" {
            self.require(id, call.arguments.get(1).copied(), &arguments.get(1), true)
        } else {
            self.apply(&callee, None, &passed, call, &mut inside)
        };
        if name == "xpcall" {
            for handler in arguments.get(1).functions().collect::<Vec<_>>() {
                self.passes(handler, &Values::unknown(), 0);
            }
        }
        if inside.is_reachable() {
            *flow = inside;
        }
        if name.starts_with("runIn") {
            for argument in &arguments.list {
                for function in argument.functions().collect::<Vec<_>>() {
                    if !callee.functions().any(|called| called == function) {
                        self.passes(function, &Values::unknown(), 0);
                    }
                }
            }
        }
        let failure = Type::unknown();
        let mut values = Values { list: vec![Type::boolean()], rest: None };
        values.list.extend(results.list.iter().map(|ty| ty.clone().or(&failure)));
        values.rest = results.rest.or(Some(Type::unknown()));
        values
    }

    fn register_module(&mut self, id: ExpressionId, call: &Call, arguments: &Values, scope: Option<Text>) {
        let name = arguments.first().string_literal().cloned();
        let table = arguments.get(1);
        let registration = Registration {
            file: self.input.file,
            expression: id,
            span: self.tree.expression(id).span,
            name,
            name_span: call.arguments.first().map(|&argument| self.tree.expression(argument).span),
            tables: table.tables().collect(),
            certain: table.all(|value| matches!(value, Value::Table(_))),
            scope,
        };
        self.note_registration(registration);
    }

    /// What the variables of `for … in VALUES` get.
    pub(super) fn iterated(&mut self, values: &[ExpressionId], flow: &mut Flow) -> Values {
        let tree = self.tree;
        let evaluated = self.expression_list(values, flow);
        if let [only] = values
            && let crate::syntax::tree::ExpressionKind::Call(call) = &tree.expression(*only).kind
            && let Some(member) = self.found.members.get(&call.callee)
            && member.owner.is_empty()
            && matches!(member.member.as_str(), "pairs" | "ipairs")
        {
            let ordered = member.member == "ipairs";
            let subject = call.arguments.first().and_then(|argument| self.found.types.get(argument)).cloned();
            let (key, value) = self.entries(&subject.unwrap_or_default(), ordered);
            return Values { list: vec![key, value], rest: None };
        }
        // A loop over nil raises.
        let first = evaluated.first().without_nil();
        match first.single() {
            Some(Value::Instance(class)) => {
                let class = self.api.class(class).filter(|class| !class.iter.is_empty());
                match class {
                    Some(class) => Values {
                        list: class.iter.iter().map(|ty| library::from_model(self.api, ty)).collect(),
                        rest: None,
                    },
                    None => Values::unknown(),
                }
            }
            Some(Value::Function(function)) => {
                let called = self.facts(*function).map(|facts| facts.returns.clone());
                self.passes(*function, &Values::unknown(), 0);
                match called {
                    // The loop ends at the first nil.
                    Some(mut list) if !list.is_empty() => {
                        if let Some(first) = list.first_mut() {
                            *first = first.without_nil();
                        }
                        Values { list, rest: None }
                    }
                    _ => Values::unknown(),
                }
            }
            Some(Value::Structure(model::Type::Fun(signature))) => {
                let mut list: Vec<Type> = signature
                    .returns
                    .iter()
                    .map(|result| library::from_model(self.api, &result.ty))
                    .collect();
                if let Some(first) = list.first_mut() {
                    *first = first.without_nil();
                }
                if list.is_empty() { Values::unknown() } else { Values { list, rest: None } }
            }
            _ => Values::unknown(),
        }
    }

    /// Keys and values of a table.
    fn entries(&self, ty: &Type, ordered: bool) -> (Type, Type) {
        let mut keys = Type::never();
        let mut values = Type::never();
        let mut open = ty.is_open();
        for value in ty.values() {
            match value {
                Value::Table(table) => {
                    open |= self.table(*table).is_none();
                    for known in self.with_parts(*table) {
                        open |= known.open;
                        values.join(&known.elements);
                        keys.join(&known.keys);
                        if !ordered {
                            for (_, field) in &known.fields {
                                keys.add(Value::String);
                                values.join(&field.ty);
                            }
                        }
                    }
                }
                Value::Structure(structure) => match library::iterate_structure(self.api, structure) {
                    Some((key, value)) => {
                        keys.join(&key);
                        values.join(&value);
                    }
                    None => open = true,
                },
                Value::Nil => {}
                _ => open = true,
            }
        }
        let key = if ordered { Value::Number.into() } else { keys.without_nil() };
        let value = values.without_nil();
        if open || value.is_never() {
            return (if ordered { key } else { Type::unknown() }, Type::unknown());
        }
        (key, value)
    }
}
