//! Functions that are being defined: callouts and hooks behind `function mod:`, behind `mod.` where a statement begins and
//! as a field of a registered table; and their parameters.

use super::cursor::Cursor;
use super::item::{Insertion, Item, ItemKind, Rank, Subject};
use super::place;
use crate::rules::spelling::spelled;
use crate::semantics::scope::Binding;
use crate::semantics::types::Type;
use crate::syntax::tree::{ExpressionId, FunctionId};
use crate::syntax::{Span, Token, TokenKind};
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::{Hook, HookKind};

/// How a function is put into a table.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// `function mod:name() … end`
    Method,
    /// `function mod.name(self) … end`
    Function,
    /// `mod.name = function(self) … end`
    Assignment,
    /// `{ name = function(self) … end, }`
    Field,
}

/// The callouts and hooks that a table may still get, behind `function mod:` or `function mod.`.
pub(super) fn items(cursor: &Cursor<'_, '_>, base: ExpressionId, separator: Token) -> Vec<Item> {
    let form = if separator.kind == TokenKind::Colon { Form::Method } else { Form::Function };
    of_form(cursor, &cursor.type_of(base), form)
}

/// The callouts and hooks that may be assigned, where `mod.` begins a statement and `mod` is registered.
pub(super) fn assignments(cursor: &Cursor<'_, '_>, base: ExpressionId, separator: Token) -> Vec<Item> {
    let span = cursor.script.span(base);
    let tokens = &cursor.script.parsed().tokens;
    let first = tokens.partition_point(|token| token.span.start < span.start);
    let before = tokens.get(..first).unwrap_or_default();
    let begins =
        separator.kind == TokenKind::Dot && place::begins_statement(cursor.script, before, span.start);
    let ty = cursor.type_of(base);
    if begins && is_registered(cursor, &ty, span) {
        of_form(cursor, &ty, Form::Assignment)
    } else {
        Vec::new()
    }
}

/// The callouts and hooks that may be fields of a constructor whose table is registered.
pub(super) fn fields(cursor: &Cursor<'_, '_>, constructor: ExpressionId) -> Vec<Item> {
    let ty = cursor.script.type_of(constructor);
    let tree = cursor.script.tree();
    let is_it = |binding: &Binding| {
        binding.initial.is_some_and(|initial| tree.unparenthesized(initial) == constructor)
    };
    let declared = cursor.script.scopes().bindings().find(|(_, binding)| is_it(binding));
    let name = declared.map_or(Span::empty(0), |(_, binding)| binding.span);
    if is_registered(cursor, &ty, name) { of_form(cursor, &ty, Form::Field) } else { Vec::new() }
}

/// Whether a table is registered. What is being written may have swallowed the registration: `mod.` takes the `msys` of
/// the line below for its own; so one that is passed the variable by its name counts, too.
fn is_registered(cursor: &Cursor<'_, '_>, ty: &Type, name: Span) -> bool {
    let script = cursor.script;
    let registrations = &script.analysis().registrations;
    if ty.tables().any(|table| registrations.iter().any(|one| one.tables.contains(&table))) {
        return true;
    }
    let name = script.text_at(name);
    let tokens = &script.parsed().tokens;
    let text = |token: &Token| script.text_at(token.span);
    let registers = tokens.iter().enumerate().filter(|(_, token)| {
        token.kind == TokenKind::Name
            && text(token).starts_with("register")
            && script.api().member("msys", text(token)).is_some()
    });
    let mut calls = registers.filter_map(|(index, _)| tokens.get(index + 1..));
    !name.is_empty()
        && calls.any(|call| {
            let mut arguments = call.iter().take_while(|token| token.kind != TokenKind::RightParen);
            arguments.any(|token| token.kind == TokenKind::Name && text(token) == name)
        })
}

fn of_form(cursor: &Cursor<'_, '_>, table: &Type, form: Form) -> Vec<Item> {
    let script = cursor.script;
    let api = script.api();
    let defined = defined_on(cursor, table);
    let phases = api.phases();
    let hooks = api.hooks();
    let items = hooks.into_iter().filter(|hook| !defined.iter().any(|name| hook.name == name.as_str()));
    let items = items.map(|hook| {
        let written = written_parameters(cursor, hook, form == Form::Method);
        let position = phases.iter().position(|phase| phase.has(&hook.name));
        let mut item =
            Item::new(hook.name.as_str(), ItemKind::Callout).subject(Subject::Hook(hook.name.to_string()));
        item.rank = match (hook.is_callout(), form) {
            (true, Form::Field) => Rank::Fitting,
            (true, _) => Rank::Usual,
            (false, _) => Rank::Rare,
        };
        item.order = u32::try_from(position.unwrap_or(phases.len())).unwrap_or(u32::MAX);
        item.detail = Some(match (hook.kind, hook.phases.first()) {
            (HookKind::Callout, Some(phase)) => format!("phase {phase}"),
            (HookKind::Callout, None) => "callout".to_owned(),
            _ => format!("hook of {}", hook.scope),
        });
        item.parameters = Some(format!("({written})"));
        if let Some(rest) = Rest::of(cursor) {
            item.insertion = skeleton(cursor, hook, &written, form, rest);
        }
        cursor.rated(item, &hook.about)
    });
    items.collect()
}

/// The names of the functions that a table has, but for the word that is being written.
fn defined_on(cursor: &Cursor<'_, '_>, ty: &Type) -> Vec<String> {
    let project = cursor.script.project();
    let mut names = Vec::new();
    for table in ty.tables() {
        let Some(known) = project.table(table) else { continue };
        for (name, field) in &known.fields {
            let elsewhere = field.writes.iter().any(|write| {
                write.function.is_some()
                    && !(table.file == cursor.script.id() && write.name_span.touches(cursor.offset))
            });
            if elsewhere {
                names.push(name.to_string());
            }
        }
    }
    names
}

/// `msg, accept, vctx`; behind `.` with the `self` that the server passes.
fn written_parameters(cursor: &Cursor<'_, '_>, hook: &Hook, is_method: bool) -> String {
    let names = hook.params_in(cursor.script.target()).iter().map(|param| param.name.as_str());
    let names = (!is_method).then_some("self").into_iter().chain(names);
    names.collect::<Vec<_>>().join(", ")
}

/// What of the definition is not there yet.
#[derive(Clone, Copy, PartialEq)]
enum Rest {
    /// Parameters, body and `end`.
    Everything,
    /// Parameters and body: an `end` stands below already.
    WithoutEnd,
}

impl Rest {
    /// `None` where parameters follow: then only the name is written.
    fn of(cursor: &Cursor<'_, '_>) -> Option<Self> {
        let script = cursor.script;
        let tokens = &script.parsed().tokens;
        let next = tokens.partition_point(|token| token.span.start < cursor.word.end.max(cursor.offset));
        let lines = script.lines();
        let line = lines.line(cursor.offset);
        let Some(token) = tokens.get(next) else { return Some(Rest::Everything) };
        let below = lines.line(token.span.start);
        match token.kind {
            TokenKind::EndOfFile => Some(Rest::Everything),
            // Something else in this line: whoever wrote it knows how it goes on.
            _ if below == line => None,
            TokenKind::End
                if below <= line + 2 && column(cursor, token.span.start) == column_of_line(cursor, line) =>
            {
                Some(Rest::WithoutEnd)
            }
            _ => Some(Rest::Everything),
        }
    }
}

fn column(cursor: &Cursor<'_, '_>, offset: u32) -> u32 {
    let lines = cursor.script.lines();
    offset - lines.line_span(lines.line(offset), cursor.script.text()).start.min(offset)
}

/// Where the first word of a line stands.
fn column_of_line(cursor: &Cursor<'_, '_>, line: u32) -> u32 {
    let span = cursor.script.lines().line_span(line, cursor.script.text());
    let text = span.text(cursor.script.text());
    u32::try_from(text.len() - text.trim_start().len()).unwrap_or(0)
}

/// The whole function: its parameters, and a body that returns what lets the mail go on.
fn skeleton(cursor: &Cursor<'_, '_>, hook: &Hook, parameters: &str, form: Form, rest: Rest) -> Insertion {
    let indent = cursor.indent();
    let head = match form {
        Form::Method | Form::Function => format!("{}({parameters})", hook.name),
        Form::Assignment | Form::Field => format!("{} = function({parameters})", hook.name),
    };
    let head = Insertion::text(format!("{head}\n{indent}")).end();
    let body = match neutral_result(cursor, hook) {
        Some(result) => head.then(format!("\n{indent}return {result}")),
        None => head,
    };
    match (form, rest) {
        (Form::Field, _) => body.then("\nend,"),
        (Form::Method | Form::Function, Rest::WithoutEnd) => body,
        _ => body.then("\nend"),
    }
}

/// The result that changes nothing, as the script spells it; `None` where the server looks at none, or the
/// documentation names none.
fn neutral_result(cursor: &Cursor<'_, '_>, hook: &Hook) -> Option<String> {
    if hook.ignored {
        return None;
    }
    let api = cursor.script.api();
    hook.results.iter().find_map(|result| {
        let value = result.value.as_str();
        if let Some(Member::Constant(constant)) = api.path(value) {
            return Some(spelled(cursor.script, cursor.offset, &constant.owner, &constant.member));
        }
        let is_literal = matches!(value, "true" | "false" | "nil")
            || value.parse::<f64>().is_ok()
            || value.starts_with('"');
        is_literal.then(|| value.to_owned())
    })
}

/// The parameters of the callout or hook that a function is, as far as they are not written yet.
pub(super) fn parameters(cursor: &Cursor<'_, '_>, function: FunctionId) -> Vec<Item> {
    let script = cursor.script;
    let written = script.tree().function(function);
    let Some(hook) = script.hook(function) else { return Vec::new() };
    let before = written
        .parameters
        .iter()
        .filter(|name| !name.is_missing() && name.span.end < cursor.word.start.min(cursor.offset));
    let with_self = usize::from(!written.is_method);
    let position = before.count();
    let names: Vec<&str> = hook.params_in(script.target()).iter().map(|param| param.name.as_str()).collect();
    let Some(left) =
        position.checked_sub(with_self).map_or(Some(names.as_slice()), |first| names.get(first..))
    else {
        return Vec::new();
    };
    let mut items = Vec::new();
    let next: Vec<&str> =
        (position < with_self).then_some("self").into_iter().chain(left.iter().copied()).collect();
    let inside = Span::new(cursor.word.end, written.parameters_span.end).text(script.text());
    let is_last = inside.trim_matches(|c: char| c.is_whitespace() || c == ')').is_empty();
    if next.len() > 1 && is_last {
        items.push(Item::new(next.join(", "), ItemKind::Parameter).rank(Rank::Fitting));
    }
    items.extend(next.first().map(|name| Item::new(*name, ItemKind::Parameter).rank(Rank::Near)));
    items
}
