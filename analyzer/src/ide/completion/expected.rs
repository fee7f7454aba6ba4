//! Values that a place wants by its type: constants of a parameter, of a comparison, of a field, of a callout's result.

use super::cursor::Cursor;
use super::item::{Item, ItemKind, Rank, Subject};
use crate::ide::place;
use crate::rules::spelling::spelled;
use crate::semantics::analysis::CallSite;
use crate::semantics::types::{Type, Value};
use crate::syntax::tree::{Call, ExpressionId, ExpressionKind, StatementKind};
use crate::syntax::{Span, Token, TokenKind};
use momentum_lua_stub_reader::database::{Member, NamedType};
use momentum_lua_stub_reader::model::{self, Constant, Function, FunctionKind, Literal};

/// How deep aliases of aliases are followed.
const DEEPEST_ALIAS: u32 = 8;

/// A value that fits.
pub(super) enum Fit<'a> {
    /// A constant of the API.
    Constant(&'a Constant),
    /// A string, without quotes, and what it means.
    Text(String, Option<String>),
    /// Any other literal, as it is written, and what it means.
    Literal(String, Option<String>),
}

/// The values that fit at the cursor, as items.
pub(super) fn values(cursor: &Cursor<'_, '_>) -> Vec<Item> {
    let script = cursor.script;
    let items = wanted(cursor).into_iter().enumerate().map(|(order, fit)| {
        let item = match fit {
            Fit::Constant(constant) => {
                let text = spelled(script, cursor.offset, &constant.owner, &constant.member);
                let mut item = Item::new(text, ItemKind::Constant);
                item.filter = Some(constant.member.to_string());
                item.detail = constant.group.as_ref().map(ToString::to_string);
                item.subject = Some(Subject::Member(constant.owner.to_string(), constant.member.to_string()));
                cursor.rated(item.rank(Rank::Fitting), &constant.about)
            }
            Fit::Text(text, meaning) => explained(Item::new(format!("\"{text}\""), ItemKind::Value), meaning),
            Fit::Literal(text, meaning) => explained(Item::new(text, ItemKind::Value), meaning),
        };
        item.order(order)
    });
    items.collect()
}

fn explained(item: Item, meaning: Option<String>) -> Item {
    let item = item.rank(Rank::Fitting);
    match meaning {
        Some(meaning) => item.subject(Subject::Words(meaning)),
        None => item,
    }
}

/// Puts the members that fit before the others.
pub(super) fn prefer(cursor: &Cursor<'_, '_>, items: &mut [Item]) {
    for (order, fit) in wanted(cursor).into_iter().enumerate() {
        let Fit::Constant(constant) = fit else { continue };
        let is_it = |subject: &Subject| matches!(subject, Subject::Member(owner, member) if constant.owner == owner.as_str() && constant.member == member.as_str());
        for item in items.iter_mut().filter(|item| item.subject.as_ref().is_some_and(is_it)) {
            if item.rank < Rank::Deprecated {
                item.rank = Rank::Fitting;
                item.order = u32::try_from(order).unwrap_or(u32::MAX);
            }
        }
    }
}

/// The values that fit at the cursor.
fn wanted<'a>(cursor: &Cursor<'_, 'a>) -> Vec<Fit<'a>> {
    let script = cursor.script;
    let mut fits = Vec::new();
    let Some(before) = token_before_value(cursor) else { return fits };
    match before.kind {
        TokenKind::Return => {
            for result in cursor.hook().into_iter().flat_map(|hook| &hook.results) {
                let meaning = Some(result.meaning.to_string()).filter(|meaning| !meaning.is_empty());
                let value = result.value.as_str();
                match script.api().path(value) {
                    Some(Member::Constant(constant)) => fits.push(Fit::Constant(constant)),
                    _ if is_literal(value) => fits.push(Fit::Literal(value.to_owned(), meaning)),
                    _ => {}
                }
            }
        }
        TokenKind::LeftParen | TokenKind::Comma => {
            for ty in parameter_types(cursor, before) {
                collect(cursor, ty, &mut fits, DEEPEST_ALIAS);
            }
        }
        TokenKind::Equal | TokenKind::NotEqual => {
            let left = script.tree().expressions().find_map(|(_, expression)| match expression.kind {
                ExpressionKind::Binary { operator_span, left, .. } if operator_span == before.span => {
                    Some(left)
                }
                _ => None,
            });
            if let Some(left) = left {
                of_type(cursor, &script.type_of(left), &mut fits);
            }
        }
        TokenKind::Assign => assigned(cursor, before, &mut fits),
        _ => {}
    }
    fits
}

/// The values of the field that the value behind a `=` is assigned to.
fn assigned<'a>(cursor: &Cursor<'_, 'a>, equals: Token, fits: &mut Vec<Fit<'a>>) {
    let script = cursor.script;
    let target = script.tree().statements().find_map(|(_, statement)| {
        let StatementKind::Assign { targets, .. } = &statement.kind else { return None };
        let &target = targets.last()?;
        let gap = Span::new(script.span(target).end, equals.span.start);
        (gap.start <= gap.end && script.text_at(gap).trim().is_empty()).then_some(target)
    });
    let Some(Member::Field(field)) = target.and_then(|target| script.member(target)) else { return };
    collect(cursor, &field.ty, fits, DEEPEST_ALIAS);
    for value in field.writable.iter().flatten() {
        if let Some(Member::Constant(constant)) = script.api().path(value) {
            fits.push(Fit::Constant(constant));
        }
    }
}

/// The token that the value at the cursor follows, back over `a.b.`.
fn token_before_value(cursor: &Cursor<'_, '_>) -> Option<Token> {
    let tokens = &cursor.script.parsed().tokens;
    let start = cursor.word.start.min(cursor.offset);
    let mut index = tokens.partition_point(|token| token.span.start < start);
    loop {
        let token = tokens.get(index.checked_sub(1)?)?;
        if token.kind != TokenKind::Dot {
            return Some(*token);
        }
        let base = tokens.get(index.checked_sub(2)?)?;
        if base.kind != TokenKind::Name {
            return None;
        }
        index -= 2;
    }
}

/// The types of the parameter that stands behind a `(` or comma, of all signatures.
fn parameter_types<'a>(cursor: &Cursor<'_, 'a>, before: Token) -> Vec<&'a model::Type> {
    let script = cursor.script;
    let Some((id, position)) = place::call_at(script, before.span.end) else { return Vec::new() };
    let ExpressionKind::Call(call) = &script.tree().expression(id).kind else { return Vec::new() };
    let is_direct =
        call.arguments_span.start == before.span.start || call.commas.contains(&before.span.start);
    if !is_direct {
        return Vec::new();
    }
    called(cursor, id).map_or_else(Vec::new, |(function, _)| {
        let Some(position) = declared_position(function, call, position as usize) else { return Vec::new() };
        function
            .signatures()
            .filter_map(|signature| signature.param(position))
            .map(|param| &param.ty)
            .collect()
    })
}

/// The function of the API that a call calls.
pub(super) fn called<'s, 'a>(
    cursor: &Cursor<'s, 'a>,
    call: ExpressionId,
) -> Option<(&'a Function, &'a CallSite)> {
    let site = cursor.script.analysis().calls.iter().find(|site| site.expression == call)?;
    Some((cursor.script.called(site)?, site))
}

/// Which parameter of the declaration an argument is for: the receiver is one of them where a method is called with `.`
/// or a function with `:`.
pub(crate) fn declared_position(function: &Function, call: &Call, position: usize) -> Option<usize> {
    match (function.kind, &call.method) {
        (FunctionKind::Method, None) => position.checked_sub(1),
        (FunctionKind::Function, Some(_)) => position.checked_add(1),
        _ => Some(position),
    }
}

/// The values of a type of the API.
pub(super) fn collect<'a>(cursor: &Cursor<'_, 'a>, ty: &model::Type, fits: &mut Vec<Fit<'a>>, depth: u32) {
    let api = cursor.script.api();
    let Some(depth) = depth.checked_sub(1) else { return };
    match ty {
        model::Type::Union(members) => members.iter().for_each(|one| collect(cursor, one, fits, depth + 1)),
        model::Type::Boolean => {
            fits.extend(["true", "false"].map(|word| Fit::Literal(word.to_owned(), None)));
        }
        model::Type::Literal(literal) => fits.push(fit(literal, None)),
        model::Type::Named(name) => match api.named_type(name) {
            Some(NamedType::Group(_)) => fits.extend(api.group(name).map(Fit::Constant)),
            Some(NamedType::Alias(alias)) if alias.meanings.is_empty() => {
                collect(cursor, &alias.ty, fits, depth)
            }
            Some(NamedType::Alias(alias)) => {
                for (ty, meaning) in &alias.meanings {
                    match ty {
                        model::Type::Literal(literal) => fits.push(fit(literal, Some(meaning.to_string()))),
                        other => collect(cursor, other, fits, depth),
                    }
                }
            }
            _ => {}
        },
        _ => {}
    }
}

fn fit(literal: &Literal, meaning: Option<String>) -> Fit<'static> {
    match literal {
        Literal::String(text) => Fit::Text(text.to_string(), meaning),
        other => Fit::Literal(other.to_string(), meaning),
    }
}

/// The values that something of an inferred type is compared with.
fn of_type<'a>(cursor: &Cursor<'_, 'a>, ty: &Type, fits: &mut Vec<Fit<'a>>) {
    let api = cursor.script.api();
    for value in ty.values() {
        match value {
            Value::Group(group) => fits.extend(api.group(group).map(Fit::Constant)),
            Value::Member(member) => {
                if let Some(Member::Constant(constant)) = crate::semantics::library::resolve(api, member)
                    && let Some(group) = &constant.group
                {
                    fits.extend(api.group(group).map(Fit::Constant));
                }
            }
            Value::StringLiteral(text) => fits.push(Fit::Text(text.to_string(), None)),
            Value::Nil => fits.push(Fit::Literal("nil".to_owned(), None)),
            _ => {}
        }
    }
}

fn is_literal(value: &str) -> bool {
    matches!(value, "true" | "false" | "nil") || value.parse::<f64>().is_ok() || value.starts_with('"')
}

/// What a type of the API says of strings.
pub(super) fn texts(cursor: &Cursor<'_, '_>, ty: &model::Type) -> Vec<(String, Option<String>)> {
    let mut fits = Vec::new();
    collect(cursor, ty, &mut fits, DEEPEST_ALIAS);
    let texts = fits.into_iter().filter_map(|fit| match fit {
        Fit::Text(text, meaning) => Some((text, meaning)),
        _ => None,
    });
    texts.collect()
}

/// The type of the value that a string is compared with.
pub(super) fn compared_with(cursor: &Cursor<'_, '_>, string: ExpressionId) -> Option<Type> {
    other_side(cursor, string).map(|other| cursor.type_of(other))
}

/// What a string is compared with.
pub(super) fn other_side(cursor: &Cursor<'_, '_>, string: ExpressionId) -> Option<ExpressionId> {
    let mut expressions = cursor.script.tree().expressions();
    expressions.find_map(|(_, expression)| match expression.kind {
        ExpressionKind::Binary { operator, left, right, .. } if operator.is_comparison() => match string {
            one if one == left => Some(right),
            one if one == right => Some(left),
            _ => None,
        },
        _ => None,
    })
}
