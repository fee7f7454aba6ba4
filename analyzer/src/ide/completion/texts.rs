//! Inside strings: what the function that gets the string takes.

use super::cursor::Cursor;
use super::expected::{self, declared_position};
use super::item::{Item, ItemKind, Rank, Subject};
use super::place::is_closed;
use super::{headers, macros, modules};
use crate::ide::named::Named;
use crate::ide::place;
use crate::semantics::types::{Type, Value};
use crate::syntax::tree::{Call, ExpressionId, ExpressionKind};
use crate::syntax::{Span, Token};
use momentum_lua_stub_reader::model::{self, Function};
use rustc_hash::FxHashSet;

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
            None if is_context_key(function, position) => items.extend(self.context_keys(cursor)),
            None if position > 0 && is_context_key(function, position - 1) => {
                let key = self.written.checked_sub(1).and_then(|key| self.call.arguments.get(key));
                let key = key.and_then(|&key| cursor.script.tree().string(key));
                items.extend(key.map(|key| values_of(cursor, key)).unwrap_or_default());
            }
            None => {}
        }
        items
    }

    /// The variables of the dictionary that the argument before chooses; of both where that is not known.
    fn context_keys(&self, cursor: &Cursor<'_, '_>) -> Vec<Item> {
        let before = self.written.checked_sub(1).and_then(|before| self.call.arguments.get(before));
        let ty = before.map(|&before| cursor.script.type_of(before)).unwrap_or_default();
        context_variables(cursor, dictionary_of(&ty))
    }
}

/// The values of a context variable, where the set is closed.
fn values_of(cursor: &Cursor<'_, '_>, key: &str) -> Vec<Item> {
    let variables = cursor.script.api().context_variables();
    let values = variables.into_iter().filter(|variable| variable.name == key).flat_map(|variable| {
        let subject = Subject::ContextVariable(variable.dictionary.to_string(), variable.name.to_string());
        let item = move |value: &model::Text| {
            Item::new(value.as_str(), ItemKind::Value).rank(Rank::Fitting).subject(subject.clone())
        };
        variable.values.iter().map(item)
    });
    values.collect()
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
        declared_position(function, call, *written).is_some_and(|position| is_context_key(function, position))
    });
    keys.filter_map(|(_, &key)| tree.string(key)).flat_map(|key| values_of(cursor, key)).collect()
}

/// Whether a parameter is the key of a context variable: the one behind the dictionary.
fn is_context_key(function: &Function, position: usize) -> bool {
    let chooses = |ty: &model::Type| matches!(ty, model::Type::Named(name) if name.ends_with("_dictionary"));
    let before = position.checked_sub(1).and_then(|before| function.signature.params.get(before));
    before.is_some_and(|param| {
        chooses(&param.ty) || (param.name == "type" && function.member.contains("context_"))
    })
}

/// Context variables of the server, of the listeners' configuration and of the project's scripts.
pub(super) fn context_variables(cursor: &Cursor<'_, '_>, dictionary: Option<&str>) -> Vec<Item> {
    let script = cursor.script;
    let mut items = Vec::new();
    let mut taken = FxHashSet::default();
    for variable in script.api().context_variables() {
        if dictionary.is_some_and(|dictionary| variable.dictionary != dictionary) {
            continue;
        }
        let template = variable.template;
        let name = match (template, variable.name.split_once('<')) {
            (true, Some((fixed, _))) => fixed.to_owned(),
            _ => variable.name.to_string(),
        };
        if name.is_empty() || !taken.insert(name.clone()) {
            continue;
        }
        let subject = Subject::ContextVariable(variable.dictionary.to_string(), variable.name.to_string());
        let mut item = Item::new(variable.name.as_str(), ItemKind::Variable).inserting(name).subject(subject);
        item.detail = Some(match dictionary {
            Some(_) => variable.module.to_string(),
            None => format!("{}, {}", variable.dictionary, variable.module),
        });
        items.push(cursor.rated(item, &variable.about));
    }
    for server in script.project().server_configurations().filter(|_| dictionary != Some("mess")) {
        for key in &server.policy().context {
            if taken.insert(key.key.text.clone()) {
                items.push(
                    Item::new(key.key.text.as_str(), ItemKind::Variable).detail("listener").rank(Rank::Near),
                );
            }
        }
    }
    for name in used_keys(cursor, dictionary) {
        if taken.insert(name.clone()) {
            items.push(Item::new(name, ItemKind::Variable).detail("of the scripts").rank(Rank::Near));
        }
    }
    items
}

/// Keys that scripts of the project use; where a dictionary is given, in no other.
fn used_keys(cursor: &Cursor<'_, '_>, dictionary: Option<&str>) -> Vec<String> {
    used_texts(cursor, |function, position, before| {
        let chosen = before.and_then(dictionary_of);
        let same = dictionary.is_none() || chosen.is_none() || chosen == dictionary;
        same && position > 0 && is_context_key(function, position)
    })
}

/// The dictionary that a constant stands for, if it is one of those that scripts choose by a constant.
fn dictionary_of(ty: &Type) -> Option<&'static str> {
    let is_of = |ending: &str| {
        ty.any(|value| matches!(value, Value::Member(member) if member.member.ends_with(ending)))
    };
    match (is_of("_CONN"), is_of("_MESS")) {
        (true, false) => Some("conn"),
        (false, true) => Some("mess"),
        _ => None,
    }
}

/// Strings that the project's scripts pass where `fits` says so of the function, the parameter's position and the type of
/// the argument before it.
pub(super) fn used_texts(
    cursor: &Cursor<'_, '_>,
    fits: impl Fn(&Function, usize, Option<&Type>) -> bool,
) -> Vec<String> {
    let mut texts = FxHashSet::default();
    for script in cursor.script.project().scripts() {
        let tree = script.tree();
        for site in &script.analysis().calls {
            let ExpressionKind::Call(call) = &tree.expression(site.expression).kind else { continue };
            // Few calls have strings, and to look a function up takes longer than to see that.
            if !call.arguments.iter().any(|&argument| tree.string(argument).is_some()) {
                continue;
            }
            let Some(function) = script.called(site) else { continue };
            for (written, &argument) in call.arguments.iter().enumerate() {
                let is_here =
                    script.id() == cursor.script.id() && script.span(argument).touches(cursor.offset);
                let position = declared_position(function, call, written);
                let before = written.checked_sub(1).and_then(|before| site.arguments.get(before));
                if !is_here && position.is_some_and(|position| fits(function, position, before)) {
                    let text = tree.string(argument).filter(|text| !text.is_empty());
                    texts.extend(text.map(str::to_owned));
                }
            }
        }
    }
    texts.into_iter().collect()
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
