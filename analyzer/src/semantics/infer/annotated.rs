//! What authors wrote: it wins over what inference finds.

use super::flow::{Flow, Place};
use super::{Inference, Values};
use crate::semantics::analysis::{Field, Table};
use crate::semantics::library;
use crate::semantics::types::{TableRef, Type, Value};
use crate::syntax::tree::{ExpressionKind, FunctionId, Statement, StatementKind};
use crate::syntax::{Span, offset_u32};
use momentum_lua_stub_reader::luacats::{Block, FieldKey, Tag};
use momentum_lua_stub_reader::model;
use smol_str::SmolStr;
use std::sync::Arc;

impl Inference<'_> {
    /// Makes tables of the classes that the file declares, with the fields that are written there.
    pub(super) fn declare_classes(&mut self) {
        let blocks: Vec<Arc<Block>> = self.input.annotations.blocks().cloned().collect();
        for block in &blocks {
            for line in &block.tags {
                if let Tag::Class(class) = &line.tag
                    && self.api.class(&class.name.value).is_none()
                {
                    let index = offset_u32(self.found.tables.len());
                    let start = offset_u32(class.name.range.start);
                    self.found.tables.push(Table {
                        open: true,
                        name: Some(SmolStr::new(class.name.value.as_str())),
                        ..Table::empty(Span::new(start, offset_u32(class.name.range.end)))
                    });
                    self.classes.insert(class.name.value.clone(), TableRef { file: self.input.file, index });
                }
            }
        }
        for block in &blocks {
            let mut current = None;
            for line in &block.tags {
                match &line.tag {
                    Tag::Class(class) => current = self.classes.get(&class.name.value).copied(),
                    Tag::Field(field) => {
                        let FieldKey::Name(name) = &field.key else { continue };
                        let mut ty = self.written_type(&field.ty);
                        if field.optional {
                            ty.add(Value::Nil);
                        }
                        if let Some(table) = current.and_then(|table| self.own_table(table)) {
                            let name = SmolStr::new(name.as_str());
                            table.fields.insert(name, Field { ty, writes: Vec::new() });
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// A type as an author wrote it: classes that files declare are their tables.
    pub(super) fn written_type(&self, ty: &model::Type) -> Type {
        match ty {
            model::Type::Named(name) => {
                let own = self.classes.get(name).copied();
                match own.or_else(|| self.input.environment.class(name)) {
                    Some(table) => Value::Table(table).into(),
                    None => library::from_model(self.api, ty),
                }
            }
            model::Type::Union(members) => {
                members.iter().fold(Type::never(), |union, member| union.or(&self.written_type(member)))
            }
            _ => library::from_model(self.api, ty),
        }
    }

    /// Finds what is written above the functions of a statement.
    pub(super) fn annotate_functions(&mut self, statement: &Statement) {
        if self.input.annotations.is_empty() {
            return;
        }
        let Some(block) = self.input.annotations.above(self.input.source, statement.span.start) else {
            return;
        };
        let block = Arc::clone(block);
        let functions: Vec<FunctionId> = match &statement.kind {
            StatementKind::LocalFunction { function, .. } | StatementKind::Function { function, .. } => {
                vec![*function]
            }
            StatementKind::Local { values, .. } | StatementKind::Assign { values, .. } => values
                .iter()
                .filter_map(|&value| match self.tree.expression(value).kind {
                    ExpressionKind::Function(function) => Some(function),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        for function in functions {
            if !self.annotated.contains_key(&function) {
                self.annotate_results(function, &block);
                self.annotated.insert(function, Arc::clone(&block));
            }
        }
    }

    fn annotate_results(&mut self, function: FunctionId, block: &Block) {
        let results: Vec<Type> = block
            .tags
            .iter()
            .filter_map(|line| match &line.tag {
                Tag::Return(result) => Some(result),
                _ => None,
            })
            .flat_map(|result| &result.values)
            .map(|(ty, _)| self.written_type(ty))
            .collect();
        if !results.is_empty() {
            let facts = self.found.functions.entry(function).or_default();
            facts.returns = results;
            facts.comes_back = true;
        }
    }

    pub(super) fn has_annotated_results(&self, function: FunctionId) -> bool {
        self.annotated
            .get(&function)
            .is_some_and(|block| block.tags.iter().any(|line| matches!(line.tag, Tag::Return(_))))
    }

    pub(super) fn annotate_parameters(&self, id: FunctionId, block: &Block, parameters: &mut [Type]) {
        let names = &self.tree.function(id).parameters;
        for line in &block.tags {
            let Tag::Param(param) = &line.tag else { continue };
            let Some(ty) = &param.ty else { continue };
            let position = names.iter().position(|name| param.name.value == name.text.as_str());
            if let Some(parameter) = position.and_then(|position| parameters.get_mut(position)) {
                *parameter = self.written_type(ty);
                if param.optional {
                    parameter.add(Value::Nil);
                }
            }
        }
    }

    /// `---@type T` above a `local` or an assignment; `---@class C` above one that makes a table.
    pub(super) fn annotate_values(&mut self, span: Span, values: &mut Values, count: usize) {
        if self.input.annotations.is_empty() {
            return;
        }
        let Some(block) = self.input.annotations.above(self.input.source, span.start).cloned() else {
            return;
        };
        for line in &block.tags {
            match &line.tag {
                Tag::Type { types, .. } => {
                    for (index, ty) in types.iter().enumerate().take(count) {
                        let ty = self.written_type(ty);
                        while values.list.len() <= index {
                            let next = values.get(values.list.len());
                            values.list.push(next);
                        }
                        if let Some(value) = values.list.get_mut(index) {
                            *value = ty;
                        }
                    }
                }
                Tag::Class(class) => {
                    let Some(&declared) = self.classes.get(&class.name.value) else { continue };
                    let made: Vec<TableRef> = values.first().tables().collect();
                    for table in made {
                        if table == declared {
                            continue;
                        }
                        // The table that is made is the class: what it gets, all values of the class have.
                        let known = self.table(declared).cloned();
                        if let (Some(known), Some(own)) = (known, self.own_table(table)) {
                            own.open = true;
                            for (name, field) in known.fields {
                                own.fields.entry(name).or_insert(field);
                            }
                        }
                        self.classes.insert(class.name.value.clone(), table);
                        self.changed = true;
                    }
                }
                _ => {}
            }
        }
    }

    /// `---@cast name T` between two statements.
    pub(super) fn casts(&mut self, between: Span, flow: &mut Flow) {
        if self.input.annotations.is_empty() || between.is_empty() {
            return;
        }
        let casts: Vec<_> = self
            .input
            .annotations
            .casts_in(between)
            .map(|(name, ty)| (name.clone(), self.written_type(ty)))
            .collect();
        for (name, ty) in casts {
            let visible =
                self.scopes.visible_at(between.end).find(|(_, binding)| name == binding.name.as_str());
            if let Some((binding, _)) = visible {
                flow.assign(Place::local(binding), ty);
            }
        }
    }
}
