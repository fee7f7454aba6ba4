//! What a table holds: its constructor, and what is put in behind it.

use super::{Arguments, Evaluator, FileTables, first_error};
use crate::adaptive::{Field, Key, Node, Table, Value};
use crate::project::Script;
use crate::project::adaptive::changes::{Added, AddedKey, Changes};
use crate::project::adaptive::place::Place;
use crate::semantics::analysis::{FieldWrite, WriteStyle};
use crate::semantics::types::{self, FunctionRef, TableRef};
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionId, ExpressionKind, TableField, TableKey};
use smol_str::SmolStr;
use std::rc::Rc;

impl<'p> Evaluator<'p> {
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

    pub(super) fn constructor(
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
            // `name = nil` puts nothing there.
            let value_kind = &script.tree().expression(field.value).kind;
            if matches!(value_kind, ExpressionKind::Nil) && !matches!(field.key, TableKey::Positional) {
                continue;
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
    pub(super) fn table(&self, wanted: TableRef, arguments: &Arguments, depth: u32) -> Node<Place> {
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
