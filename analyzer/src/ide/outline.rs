//! The outline of a script: functions, tables and variables at its top, nested as they stand in each other.

use crate::project::Script;
use crate::syntax::Span;
use crate::syntax::tree::{BlockId, ExpressionId, ExpressionKind, FunctionId, StatementKind, TableKey};

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name: `mod:validate_data`.
    pub name: String,
    /// What else there is to say in a word: the parameters of a function.
    pub detail: String,
    /// What it is.
    pub kind: EntryKind,
    /// The whole of it.
    pub span: Span,
    /// Its name.
    pub name_span: Span,
    /// What stands in it.
    pub children: Vec<Entry>,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A callout or hook of a table.
    Callout,
    /// A function that is called with `:`.
    Method,
    /// Any other function.
    Function,
    /// A table.
    Table,
    /// A field of a table.
    Field,
    /// A variable.
    Variable,
    /// A stanza of the server's configuration.
    Stanza,
    /// An option of the configuration.
    Option,
    /// An `include` of the configuration.
    Include,
}

/// The outline of a script.
#[must_use]
pub fn outline(script: &Script<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    block(script, script.tree().root_id(), true, &mut entries);
    entries
}

/// Variables inside functions are left out: an outline is for finding one's way.
fn block(script: &Script<'_>, id: BlockId, top: bool, entries: &mut Vec<Entry>) {
    let tree = script.tree();
    for &statement in &tree.block(id).statements {
        let statement = tree.statement(statement);
        match &statement.kind {
            StatementKind::Function { target, function } => {
                let name_span = script.span(*target);
                entries.push(function_entry(
                    script,
                    script.text_at(name_span),
                    name_span,
                    statement.span,
                    *function,
                ));
            }
            StatementKind::LocalFunction { name, function } => {
                entries.push(function_entry(script, &name.text, name.span, statement.span, *function));
            }
            StatementKind::Local { names, values } => {
                for (index, name) in names.iter().enumerate().filter(|(_, name)| !name.is_missing()) {
                    let value = values.get(index).copied();
                    entries.extend(valued(script, &name.text, name.span, statement.span, value, top));
                }
            }
            StatementKind::Assign { targets, values } => {
                for (index, &target) in targets.iter().enumerate() {
                    let span = script.span(target);
                    let value = values.get(index).copied();
                    entries.extend(valued(script, script.text_at(span), span, statement.span, value, false));
                }
            }
            StatementKind::Do(body)
            | StatementKind::While { body, .. }
            | StatementKind::Repeat { body, .. }
            | StatementKind::NumericFor { body, .. }
            | StatementKind::GenericFor { body, .. } => block(script, *body, false, entries),
            StatementKind::If { branches, otherwise } => {
                let bodies = branches.iter().map(|(_, body)| *body).chain(*otherwise);
                bodies.for_each(|body| block(script, body, false, entries));
            }
            StatementKind::Call(call) => arguments(script, *call, entries),
            StatementKind::Return(values) => {
                let keyword = Span::new(statement.span.start, statement.span.start + RETURN);
                for &value in values {
                    handed_over(script, "return", keyword, value, entries);
                }
            }
            StatementKind::Incomplete(_) | StatementKind::Break => {}
        }
    }
}

/// How long the word `return` is.
const RETURN: u32 = 6;

/// What a call is given: `msys.registerModule("policy", { validate_data = function(…) … end })`.
fn arguments(script: &Script<'_>, id: ExpressionId, entries: &mut Vec<Entry>) {
    let ExpressionKind::Call(call) = &script.tree().expression(id).kind else { return };
    let name_span = script.called_span(id);
    for &argument in &call.arguments {
        handed_over(script, script.text_at(name_span), name_span, argument, entries);
    }
}

/// A table that is named nowhere, if functions stand in it, and what stands in a function that is named nowhere.
fn handed_over(
    script: &Script<'_>,
    name: &str,
    name_span: Span,
    value: ExpressionId,
    entries: &mut Vec<Entry>,
) {
    match &script.tree().expression(value).kind {
        ExpressionKind::Function(function) => {
            block(script, script.tree().function(*function).body, false, entries);
        }
        ExpressionKind::Call(_) => arguments(script, value, entries),
        ExpressionKind::Table(_) => {
            let span = name_span.to(script.span(value));
            let entry = valued(script, name, name_span, span, Some(value), false);
            let has_functions = |entry: &Entry| {
                let is_function =
                    |kind| matches!(kind, EntryKind::Callout | EntryKind::Method | EntryKind::Function);
                entry.children.iter().any(|child| is_function(child.kind))
            };
            entries.extend(entry.filter(has_functions));
        }
        _ => {}
    }
}

/// A name with its value: a function, a table, or at the top a variable.
fn valued(
    script: &Script<'_>,
    name: &str,
    name_span: Span,
    span: Span,
    value: Option<ExpressionId>,
    variables: bool,
) -> Option<Entry> {
    let tree = script.tree();
    match value.map(|value| &tree.expression(value).kind) {
        Some(ExpressionKind::Function(function)) => {
            Some(function_entry(script, name, name_span, span, *function))
        }
        Some(ExpressionKind::Table(fields)) => {
            let children = fields.iter().filter_map(|field| match &field.key {
                TableKey::Name(key) => {
                    let entry = valued(script, &key.text, key.span, field.span, Some(field.value), true)?;
                    let kind = if entry.kind == EntryKind::Variable { EntryKind::Field } else { entry.kind };
                    Some(Entry { kind, ..entry })
                }
                _ => None,
            });
            let children: Vec<Entry> = children.collect();
            (variables || !children.is_empty()).then(|| Entry {
                name: name.to_owned(),
                detail: String::new(),
                kind: EntryKind::Table,
                span,
                name_span,
                children,
            })
        }
        _ => {
            let callout = value.and_then(|_| callout(script, name_span));
            (variables || callout.is_some()).then(|| Entry {
                name: name.to_owned(),
                kind: if callout.is_some() { EntryKind::Callout } else { EntryKind::Variable },
                detail: callout.unwrap_or_default(),
                span,
                name_span,
                children: Vec::new(),
            })
        }
    }
}

/// The parameters of a callout that is put on its table by a name or a call: `mod.validate_data = check`.
fn callout(script: &Script<'_>, name: Span) -> Option<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let written = script.text_at(name).trim_end_matches(|c| !is_part(c));
    script.api().hook(written.rsplit(|c| !is_part(c)).next()?)?;
    let mut callouts = script.analysis().callouts(script.id(), script.api());
    let callout = callouts.find(|callout| name.covers(callout.write.name_span))?;
    Some(script.text_at(script.tree().function(callout.function).parameters_span).to_owned())
}

fn function_entry(script: &Script<'_>, name: &str, name_span: Span, span: Span, id: FunctionId) -> Entry {
    let function = script.tree().function(id);
    let kind = if script.hook(id).is_some() {
        EntryKind::Callout
    } else if function.is_method {
        EntryKind::Method
    } else {
        EntryKind::Function
    };
    let mut children = Vec::new();
    block(script, function.body, false, &mut children);
    let detail = script.text_at(function.parameters_span).to_owned();
    Entry { name: name.to_owned(), detail, kind, span, name_span, children }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::project_at;

    fn lines(entries: &[Entry], depth: usize, text: &mut String) {
        for entry in entries {
            let indent = "  ".repeat(depth);
            text.push_str(&format!("{indent}{:?} {}{}\n", entry.kind, entry.name, entry.detail));
            lines(&entry.children, depth + 1, text);
        }
    }

    #[test]
    fn functions_nest_and_tables_have_fields() {
        let (project, file, _) = project_at(
            "$0local mod = { limit = 3, check = function(a) end }\nlocal function f(x)\n  local y\n  local g = function() end\nend\n\
             function mod:validate_connect(accept, vctx)\nend\nmsys.registerModule(\"m\", mod)\n",
        );
        let mut text = String::new();
        lines(&outline(&project.script(file).unwrap()), 0, &mut text);
        assert_eq!(
            text,
            "Table mod\n  Field limit\n  Function check(a)\nFunction f(x)\n  Function g()\nCallout mod:validate_connect(accept, vctx)\n"
        );
    }

    #[test]
    fn callouts_that_are_named_elsewhere() {
        let (project, file, _) = project_at(
            "$0local mod = {}\nlocal function check(self, msg) end\nlocal other = { validate_ehlo = check, limit = check }\n\
             mod.validate_data = check\nmod.seen = 1\nmsys.registerModule(\"m\", mod)\n",
        );
        let mut text = String::new();
        lines(&outline(&project.script(file).unwrap()), 0, &mut text);
        assert_eq!(
            text,
            "Table mod\nCallout check(self, msg)\nTable other\n  Callout validate_ehlo(self, msg)\n  Field limit\n\
             Callout mod.validate_data(self, msg)\n"
        );
    }

    #[test]
    fn what_is_handed_over_without_a_name() {
        let (project, file, _) = project_at(
            "$0msys.registerModule(\"m\", {\n  validate_connect = function(self, accept, vctx) local function g() end end,\n\
             })\nmsys.timer.every(10, function() local function tick() end end)\nset({ a = 1 })\n\
             return { close = function() end }\n",
        );
        let mut text = String::new();
        lines(&outline(&project.script(file).unwrap()), 0, &mut text);
        assert_eq!(
            text,
            "Table msys.registerModule\n  Callout validate_connect(self, accept, vctx)\n    Function g()\n\
             Function tick()\nTable return\n  Function close()\n"
        );
    }
}
