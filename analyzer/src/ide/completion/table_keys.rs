//! Keys of a table constructor that a function of the API gets: its options.

use super::cursor::Cursor;
use super::definition;
use super::expected::{called, declared_position};
use super::item::{Insertion, Item, ItemKind, Rank, Subject};
use crate::syntax::tree::{ExpressionId, ExpressionKind, TableField, TableKey};
use crate::syntax::{Span, TokenKind};
use momentum_lua_stub_reader::database::{Member, NamedType};
use momentum_lua_stub_reader::model::{self, RecordField};

/// How deep aliases of aliases are followed.
const DEEPEST_ALIAS: u32 = 8;

/// The keys that may stand at the cursor and are not there yet.
pub(super) fn items(cursor: &Cursor<'_, '_>) -> Vec<Item> {
    let Some((table, fields)) = table_around(cursor) else { return Vec::new() };
    let mut items = Vec::new();
    for ty in wanted(cursor, table) {
        keys(cursor, ty, &mut items, DEEPEST_ALIAS);
    }
    items.extend(definition::fields(cursor, table));
    let has = |name: &str| {
        fields.iter().any(|field| {
            let is_it = matches!(&field.key, TableKey::Name(key) if key.text == name);
            is_it && !field.span.touches(cursor.offset)
        })
    };
    items.retain(|item| !has(&item.label));
    items
}

/// The constructor that the cursor stands in where a field begins.
fn table_around<'a>(cursor: &Cursor<'_, 'a>) -> Option<(ExpressionId, &'a [TableField])> {
    let tokens = &cursor.script.parsed().tokens;
    let start = cursor.word.start.min(cursor.offset);
    let before = tokens.get(tokens.partition_point(|token| token.span.start < start).checked_sub(1)?)?;
    let tables = cursor.script.tree().expressions().filter_map(|(id, expression)| match &expression.kind {
        ExpressionKind::Table(fields)
            if expression.span.touches(cursor.offset) && expression.span.start < start =>
        {
            Some((id, expression.span, &**fields))
        }
        _ => None,
    });
    let (id, span, fields) = tables.min_by_key(|(_, span, _)| span.len())?;
    let begins = match before.kind {
        TokenKind::LeftBrace => before.span.start == span.start,
        TokenKind::Comma | TokenKind::Semicolon => fields.iter().any(|field| {
            field.span.end <= before.span.start
                && Span::new(field.span.end, before.span.start).text(cursor.script.text()).trim().is_empty()
        }),
        _ => false,
    };
    begins.then_some((id, fields))
}

/// The types of the parameter that the constructor is for.
fn wanted<'a>(cursor: &Cursor<'_, 'a>, table: ExpressionId) -> Vec<&'a model::Type> {
    let calls = cursor.script.tree().expressions().filter_map(|(id, expression)| match &expression.kind {
        ExpressionKind::Call(call) => {
            let position = call.arguments.iter().position(|&argument| argument == table)?;
            Some((id, call, position))
        }
        _ => None,
    });
    let mut types = Vec::new();
    for (id, call, written) in calls {
        let Some((function, _)) = called(cursor, id) else { continue };
        let Some(position) = declared_position(function, call, written) else { continue };
        let params = function.signatures().filter_map(|signature| signature.param(position));
        types.extend(params.map(|param| &param.ty));
    }
    types
}

fn keys(cursor: &Cursor<'_, '_>, ty: &model::Type, items: &mut Vec<Item>, depth: u32) {
    let api = cursor.script.api();
    let Some(depth) = depth.checked_sub(1) else { return };
    match ty {
        model::Type::Union(members) => members.iter().for_each(|one| keys(cursor, one, items, depth)),
        model::Type::Record(fields) => {
            for field in fields.iter() {
                if let RecordField::Named { name, ty, .. } = field {
                    items.push(key(name).detail(ty.to_string()));
                }
            }
        }
        model::Type::Named(name) => match api.named_type(name) {
            Some(NamedType::Alias(alias)) => keys(cursor, &alias.ty, items, depth),
            Some(NamedType::Class(class)) => {
                for member in api.members(&class.name) {
                    if let Member::Field(field) = member {
                        let subject = Subject::Member(field.owner.to_string(), field.member.to_string());
                        let item = key(&field.member).detail(field.ty.to_string()).subject(subject);
                        items.push(cursor.rated(item, &field.about));
                    }
                }
            }
            _ => {}
        },
        _ => {}
    }
}

fn key(name: &str) -> Item {
    let insertion = Insertion::text(format!("{name} = "));
    Item { insertion, rank: Rank::Fitting, ..Item::new(name, ItemKind::Field) }
}
