//! Members of a value, by its inferred type, behind `.` and `:`.

use super::cursor::{Cursor, kind_of};
use super::expected;
use super::item::{Item, ItemKind, Rank};
use super::{MOST_ITEMS, is_near};
use crate::diagnostic::Edit;
use crate::ide::{match_groups, receiver};
use crate::semantics::analysis::WriteStyle;
use crate::semantics::types::{TableRef, Type, Value};
use crate::syntax::tree::{ExpressionId, ExpressionKind};
use crate::syntax::{Token, TokenKind};
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::{self, ClassKind, FunctionKind, RecordField};

/// A chain of metatables may lead back to its beginning.
const LONGEST_CHAIN: u32 = 8;

/// The keys that a string in the brackets of an index may be: what a table has, and the named groups of a match.
pub(super) fn keys(cursor: &Cursor<'_, '_>, string: ExpressionId) -> Vec<Item> {
    let is_key = |kind: &ExpressionKind| match kind {
        ExpressionKind::Index { base, key } if *key == string => Some(*base),
        _ => None,
    };
    let tree = cursor.script.tree();
    let Some(base) = tree.expressions().find_map(|(_, expression)| is_key(&expression.kind)) else {
        return Vec::new();
    };
    let mut found = Members { cursor, separator: None, items: Vec::new() };
    found.of_type(&cursor.type_of(base), LONGEST_CHAIN);
    found.of_session(base);
    found.of_match(base);
    let keys = found.items.into_iter().filter(|item| item.kind != ItemKind::Method).map(|mut item| {
        item.insertion = super::Insertion::text(item.label.clone());
        item.edits.clear();
        item
    });
    keys.collect()
}

/// The members of `base`.
pub(super) fn items(cursor: &Cursor<'_, '_>, base: ExpressionId, separator: Token) -> Vec<Item> {
    let mut found = Members { cursor, separator: Some(separator), items: Vec::new() };
    found.of_type(&cursor.type_of(base), LONGEST_CHAIN);
    found.of_session(base);
    found.of_match(base);
    let mut items = found.items;
    expected::prefer(cursor, &mut items);
    items
}

struct Members<'c, 's, 'a> {
    cursor: &'c Cursor<'s, 'a>,
    /// `.` or `:`; none in brackets.
    separator: Option<Token>,
    items: Vec<Item>,
}

impl<'a> Members<'_, '_, 'a> {
    fn is_method_call(&self) -> bool {
        self.separator.is_some_and(|separator| separator.kind == TokenKind::Colon)
    }

    fn of_type(&mut self, ty: &Type, depth: u32) {
        for value in ty.values() {
            match value {
                Value::Instance(class) => self.of_class(class),
                Value::Table(table) | Value::Callouts(table) => self.of_table(*table, depth),
                Value::String | Value::StringLiteral(_) if self.is_method_call() => self.of_class("string"),
                Value::Structure(model::Type::Record(fields)) => self.of_record(fields),
                _ => {}
            }
        }
    }

    fn of_class(&mut self, class: &str) {
        let api = self.cursor.script.api();
        let is_table = api.class(class).is_none_or(|class| class.kind == ClassKind::Table);
        let mut members = api.members(class);
        members.retain(|member| !self.is_method_call() || member.function().is_some());
        // An item takes longer than to see that it would not be shown.
        if members.len() > MOST_ITEMS {
            self.cursor.is_crowded.set(true);
            members.retain(|member| is_near(member.member(), self.cursor.typed()));
        }
        for member in members {
            let is_method = member.function().is_some_and(|function| function.kind == FunctionKind::Method);
            // Functions of the standard library are called as methods of a string.
            let fits = is_method || class == "string";
            let mut item = self.cursor.api_item(member);
            if self.is_method_call() && !fits {
                self.other_separator(&mut item, ".");
                item.rank = item.rank.max(Rank::Rare);
            } else if !self.is_method_call() && is_method {
                self.other_separator(&mut item, ":");
                if is_table {
                    item.rank = item.rank.max(Rank::Rare);
                }
            }
            if class == "string" && self.is_method_call() && !is_method {
                without_receiver(&mut item, member);
            }
            self.items.push(item);
        }
    }

    /// Writes the other one of `.` and `:`.
    fn other_separator(&self, item: &mut Item, separator: &str) {
        item.edits.extend(self.separator.map(|written| Edit::replace(written.span, separator)));
    }

    fn of_table(&mut self, table: TableRef, depth: u32) {
        let project = self.cursor.script.project();
        let Some(depth) = depth.checked_sub(1) else { return };
        let Some(known) = project.table(table) else { return };
        // A file knows of a table of another one only what it writes to it itself.
        if let Some(whole) = known.part_of
            && whole != table
        {
            self.of_table(whole, depth);
        }
        for (name, field) in &known.fields {
            let is_only_here = field.writes.iter().all(|write| {
                // The word that is being written is no field of its own.
                table.file == self.cursor.script.id() && write.name_span.touches(self.cursor.offset)
            });
            if is_only_here || (self.separator.is_some() && !is_name(name)) {
                continue;
            }
            let function = field.ty.functions().next();
            let is_method = field.writes.iter().any(|write| write.style == WriteStyle::Method);
            let kind = match kind_of(&field.ty) {
                ItemKind::Function if is_method => ItemKind::Method,
                ItemKind::Variable => ItemKind::Field,
                kind => kind,
            };
            if self.is_method_call()
                && !matches!(kind, ItemKind::Function | ItemKind::Method)
                && !field.ty.is_open()
            {
                continue;
            }
            let mut item = Item::new(name.as_str(), kind).rank(Rank::Near);
            match function {
                Some(function) => super::names::with_function(self.cursor, &mut item, function),
                None if !field.ty.is_unknown() => item.detail = Some(field.ty.generalized().to_string()),
                None => {}
            }
            if is_method && !self.is_method_call() {
                item.rank = Rank::Usual;
            }
            self.items.push(item);
        }
        let fallback = known.fallback.clone();
        self.of_type(&fallback, depth);
    }

    /// What callouts keep in the `self` of the session.
    fn of_session(&mut self, base: ExpressionId) {
        let script = self.cursor.script;
        let Some(table) = receiver::session_of(script, base).filter(|_| !self.is_method_call()) else {
            return;
        };
        let word = self.cursor.word.text(script.text());
        let fields = receiver::session_fields(script, table).into_iter().filter(|name| name != word);
        self.items.extend(fields.map(|name| Item::new(name.as_str(), ItemKind::Field).rank(Rank::Near)));
    }

    /// The named groups of a match.
    fn of_match(&mut self, base: ExpressionId) {
        // Where a value comes from takes longer to find out than what it is.
        let is_map = |value: &Value| matches!(value, Value::Structure(model::Type::Map(_)));
        if !self.is_method_call() && self.cursor.type_of(base).any(is_map) {
            let groups = match_groups::of(self.cursor.script, base).into_iter().enumerate();
            self.items.extend(groups.map(|(order, name)| {
                Item::new(name, ItemKind::Field).detail("named group").rank(Rank::Near).order(order)
            }));
        }
    }

    fn of_record(&mut self, fields: &[RecordField]) {
        for field in fields {
            if let RecordField::Named { name, ty, .. } = field
                && is_name(name)
            {
                self.items.push(Item::new(name.as_str(), ItemKind::Field).detail(ty.to_string()));
            }
        }
    }
}

/// Whether a key can stand behind `.`.
fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && letters.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && TokenKind::keyword(name).is_none()
}

/// `s:rep(n)`: the string itself is the first parameter.
fn without_receiver(item: &mut Item, member: Member<'_>) {
    let Some(function) = member.function() else { return };
    let mut signature = function.signature.clone();
    if !signature.params.is_empty() {
        signature.params.remove(0);
    }
    item.parameters = Some(super::cursor::parameters(&signature));
}
