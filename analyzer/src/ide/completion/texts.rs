//! Inside strings: what the function that gets the string takes.

use super::cursor::Cursor;
use super::expected::{self, declared_position};
use super::item::{Item, ItemKind, Rank, Subject};
use super::place::is_closed;
use super::{context_variables, headers, macros, members, modules};
use crate::ide::named::Named;
use crate::ide::place;
use crate::semantics::types::{Type, Value};
use crate::syntax::tree::{Call, ExpressionId, ExpressionKind};
use crate::syntax::{Span, Token};
use momentum_lua_stub_reader::model::Function;

/// What may stand in a string, and the range that it replaces.
pub(super) fn items(
    cursor: &Cursor<'_, '_>,
    token: Token,
    expression: Option<ExpressionId>,
) -> (Vec<Item>, Span) {
    let script = cursor.script;
    let content = content(token.span, script.text());
    if cursor.offset < content.start || cursor.offset > content.end {
        return (Vec::new(), Span::empty(cursor.offset));
    }
    let argument = expression.and_then(|expression| Argument::of(cursor, expression));
    let expands = argument.as_ref().is_some_and(Argument::is_expanded);
    if let Some(found) = macros::items(cursor, content, expands) {
        return found;
    }
    let mut items = argument.as_ref().map(|argument| argument.items(cursor)).unwrap_or_default();
    if let Some(expression) = expression {
        items.extend(expected::compared_with(cursor, expression).map(|ty| literals(&ty)).unwrap_or_default());
        items.extend(compared_values(cursor, expression));
        items.extend(members::keys(cursor, expression));
    }
    (items, content)
}

/// What stands between the quotes or brackets.
fn content(span: Span, source: &str) -> Span {
    let text = span.text(source);
    let open = match text.strip_prefix('[') {
        Some(rest) => 2 + (rest.len() - rest.trim_start_matches('=').len()),
        None => 1,
    };
    let close = if is_closed(text) { open } else { 0 };
    let (open, close) = (u32::try_from(open).unwrap_or(1), u32::try_from(close).unwrap_or(1));
    let start = (span.start + open).min(span.end);
    Span::new(start, span.end.saturating_sub(close).max(start))
}

/// A string that is an argument of a call.
struct Argument<'s, 'a> {
    call: &'s Call,
    /// Where it stands among the written arguments.
    written: usize,
    function: Option<&'a Function>,
    /// Where it stands among the parameters of the function.
    position: Option<usize>,
}

impl<'s, 'a> Argument<'s, 'a> {
    fn of(cursor: &Cursor<'s, 'a>, string: ExpressionId) -> Option<Self> {
        let script = cursor.script;
        let span = script.span(string);
        let (id, _) = place::call_at(script, span.start + 1)?;
        let ExpressionKind::Call(call) = &script.tree().expression(id).kind else { return None };
        let written = call.arguments.iter().position(|&argument| argument == string)?;
        let function = expected::called(cursor, id).map(|(function, _)| function);
        let position = function.and_then(|function| declared_position(function, call, written));
        Some(Self { call, written, function, position })
    }

    /// Whether the function replaces macros in it.
    fn is_expanded(&self) -> bool {
        self.function.is_some_and(|function| function.owner == "msys" && function.member == "expandMacro")
    }

    fn items(&self, cursor: &Cursor<'_, '_>) -> Vec<Item> {
        let callee = &cursor.script.tree().expression(self.call.callee).kind;
        if self.call.method.is_none() && matches!(callee, ExpressionKind::Name(name) if name == "require") {
            return if self.written == 0 { modules::items(cursor) } else { Vec::new() };
        }
        let (Some(function), Some(position)) = (self.function, self.position) else { return Vec::new() };
        let mut items = Vec::new();
        for param in function.signatures().filter_map(|signature| signature.param(position)) {
            for (order, (text, meaning)) in expected::texts(cursor, &param.ty).into_iter().enumerate() {
                let item = Item::new(text, ItemKind::Value).rank(Rank::Fitting).order(order);
                items.push(match meaning {
                    Some(meaning) => item.subject(Subject::Words(meaning)),
                    None => item,
                });
            }
        }
        match Named::of(function, position) {
            Some(Named::Header) => items.extend(headers::items(cursor)),
            Some(named) => items.extend(configured(cursor, named)),
            None if context_variables::is_key(function, position) => items.extend(self.context_keys(cursor)),
            None if position > 0 && context_variables::is_key(function, position - 1) => {
                let key = self.written.checked_sub(1).and_then(|key| self.call.arguments.get(key));
                let key = key.and_then(|&key| cursor.script.tree().string(key));
                items.extend(key.map(|key| context_variables::values_of(cursor, key)).unwrap_or_default());
            }
            None => {}
        }
        items
    }

    /// The variables of the dictionary that the argument before chooses; of both where that is not known.
    fn context_keys(&self, cursor: &Cursor<'_, '_>) -> Vec<Item> {
        let before = self.written.checked_sub(1).and_then(|before| self.call.arguments.get(before));
        let ty = before.map(|&before| cursor.script.type_of(before)).unwrap_or_default();
        context_variables::items(cursor, context_variables::dictionary_of(&ty))
    }
}

/// The values that the other side of a comparison has, where it reads a context variable.
fn compared_values(cursor: &Cursor<'_, '_>, string: ExpressionId) -> Vec<Item> {
    let tree = cursor.script.tree();
    let Some(other) = expected::other_side(cursor, string) else { return Vec::new() };
    let ExpressionKind::Call(call) = &tree.expression(tree.unparenthesized(other)).kind else {
        return Vec::new();
    };
    let Some((function, _)) = expected::called(cursor, tree.unparenthesized(other)) else {
        return Vec::new();
    };
    let keys = call.arguments.iter().enumerate().filter(|(written, _)| {
        declared_position(function, call, *written)
            .is_some_and(|position| context_variables::is_key(function, position))
    });
    keys.filter_map(|(_, &key)| tree.string(key))
        .flat_map(|key| context_variables::values_of(cursor, key))
        .collect()
}

/// Names from the server's configuration.
fn configured(cursor: &Cursor<'_, '_>, named: Named) -> Vec<Item> {
    let project = cursor.script.project();
    let mut items = Vec::new();
    for server in project.server_configurations() {
        let names = named.in_configuration(&server).into_iter();
        items.extend(names.map(|(name, _)| Item::new(name, ItemKind::Value).detail("ecelerity.conf")));
    }
    if named == Named::ThreadPool {
        let pools = project.api().server().map_or(&[][..], |server| &server.thread_pools);
        items.extend(pools.iter().map(|pool| {
            Item::new(pool.name.as_str(), ItemKind::Value).subject(Subject::Words(pool.about.doc.to_string()))
        }));
    }
    if named == Named::Script {
        let stem = cursor.script.path().rsplit('/').next().unwrap_or_default().trim_end_matches(".lua");
        items.push(Item::new(stem, ItemKind::Value).detail("the file's name").rank(Rank::Rare));
    }
    items
}

fn literals(ty: &Type) -> Vec<Item> {
    let texts = ty.values().iter().filter_map(|value| match value {
        Value::StringLiteral(text) => Some(Item::new(text.as_str(), ItemKind::Value).rank(Rank::Fitting)),
        _ => None,
    });
    texts.collect()
}
