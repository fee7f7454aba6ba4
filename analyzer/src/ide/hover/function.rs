//! Functions of the project: signature, comment, and when they run.

use super::told;
use crate::ide::function_name;
use crate::project::{Project, Script};
use crate::semantics::reach::Entry;
use crate::semantics::scope::{BindingId, BindingKind};
use crate::semantics::types::FunctionRef;
use crate::syntax::Span;
use crate::syntax::tree::FunctionId;
use momentum_lua_stub_reader::luacats::Tag;
use std::fmt::Write as _;

/// What is known of a function; one without a name of its own is shown by what holds it, `(parameter) check`.
pub(super) fn described(project: &Project, function: FunctionRef, holder: &str) -> Option<String> {
    let script = project.script(function.file)?;
    let id = function.function;
    let known = script.tree().functions().nth(id.index()).map(|(_, known)| known)?;
    let facts = script.analysis().function(id);
    let (name, name_span) = function_name::of(&script, id);
    let mut parameters: Vec<String> = Vec::new();
    for (position, parameter) in known.parameters.iter().enumerate() {
        let ty = facts.and_then(|facts| told(project, facts.parameters.get(position)?));
        parameters.push(match ty {
            Some(ty) => format!("{}: {ty}", parameter.text),
            None => parameter.text.to_string(),
        });
    }
    parameters.extend(known.vararg.map(|_| "...".to_owned()));
    let returns: Vec<String> = facts
        .map(|facts| {
            facts.returns.iter().map(|ty| told(project, ty).unwrap_or_else(|| "unknown".to_owned())).collect()
        })
        .unwrap_or_default();
    let returns = if returns.is_empty() { String::new() } else { format!(": {}", returns.join(", ")) };
    let is_local = script.scopes().declared_at(name_span.start).is_some();
    let word = if is_local { "local function" } else { "function" };
    let head =
        if name_span == known.keyword { format!("{holder}: function") } else { format!("{word} {name}") };
    let mut text = format!("```lua\n{head}({}){returns}\n```\n", parameters.join(", "));
    if let Some(comment) = comment(&script, id) {
        let _ = writeln!(text, "\n{comment}");
    }
    if let Some(runs) = runs_in(&script, id) {
        let _ = writeln!(text, "\n{runs}");
    }
    Some(text)
}

/// In which callouts and hooks a function runs.
fn runs_in(script: &Script<'_>, function: FunctionId) -> Option<String> {
    const MOST: usize = 8;
    let mut names: Vec<String> = Vec::new();
    let mut loads = false;
    for reach in script.reached_by(Some(function)) {
        let name = match &reach.entry {
            Entry::Load => {
                loads = true;
                continue;
            }
            Entry::Callout(hook) => format!("`{hook}`"),
            Entry::Callback(member) if member.owner.is_empty() => format!("what `{}` starts", member.member),
            Entry::Callback(member) => format!("what `{}.{}` starts", member.owner, member.member),
        };
        let name = if reach.in_pool { format!("{name} (in a thread pool)") } else { name };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    const LOADING: &str = "while the script is loaded";
    if names.is_empty() {
        return loads.then(|| format!("Runs {LOADING}."));
    }
    let more = names.len().saturating_sub(MOST);
    names.truncate(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let loads = if loads { format!(", and {LOADING}") } else { String::new() };
    Some(format!("Runs in {}{more}{loads}.", names.join(", ")))
}

/// The comment that stands directly above a function, without annotations.
fn comment(script: &Script<'_>, function: FunctionId) -> Option<String> {
    let span = script.tree().function(function).span;
    let statements = script.tree().statements().map(|(_, statement)| statement.span);
    let statement = statements.filter(|statement| statement.covers(span)).min_by_key(|span| span.len())?;
    let lines = script.lines();
    let mut line = lines.line(statement.start);
    let mut found: Vec<&str> = Vec::new();
    while let Some(above) = line.checked_sub(1) {
        let written: Span = lines.line_span(above, script.text());
        let text = script.text_at(written).trim();
        if !text.starts_with("--") || text.starts_with("--[[") || text.starts_with("--#") {
            break;
        }
        let text = text.trim_start_matches('-');
        if !text.starts_with('@') && !text.starts_with('|') {
            found.push(text.strip_prefix(' ').unwrap_or(text));
        }
        line = above;
    }
    found.reverse();
    let text = found.join("\n");
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

/// What is said of a parameter: by the callout's description, or by its author.
pub(super) fn parameter(script: &Script<'_>, binding: BindingId) -> Option<String> {
    let declared = script.scopes().binding(binding);
    let BindingKind::Parameter(function, position) = declared.kind else { return None };
    if let Some(hook) = script.hook(function) {
        // Where the table is a parameter of its own, it comes first.
        let with_self = u32::from(!script.tree().function(function).is_method);
        let position = position.checked_sub(with_self)?;
        let param = hook.params_in(script.target()).get(position as usize)?;
        return (!param.doc.is_empty()).then(|| param.doc.to_string());
    }
    let span = script.tree().function(function).span;
    let statements = script.tree().statements().map(|(_, statement)| statement.span);
    let statement = statements.filter(|statement| statement.covers(span)).min_by_key(|span| span.len())?;
    let block = script.annotations().above(script.text(), statement.start)?;
    block.tags.iter().find_map(|line| match &line.tag {
        Tag::Param(param) if param.name.value == declared.name.as_str() && !param.doc.is_empty() => {
            Some(param.doc.to_string())
        }
        _ => None,
    })
}
