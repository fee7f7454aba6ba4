//! What `init` and `deinit` give back.

use super::callouts;
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::Report;
use crate::semantics::analysis::ReturnSite;
use crate::semantics::types::{Type, Value};
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionKind, Function};

/// Reports every place where the callout `name` may give back something else than `true`. `consequence` tells what
/// happens then.
pub(super) fn check(script: &Script<'_>, report: &mut Report<'_>, name: &str, consequence: &str) {
    let mut seen = Vec::new();
    for definition in callouts::called_by_server(script) {
        if definition.hook.name != name || seen.contains(&definition.function) {
            continue;
        }
        seen.push(definition.function);
        // Where a function with a syntax error ends is a guess.
        let node = script.tree().function(definition.function);
        if node.end.is_empty() || script.parsed().errors.iter().any(|error| node.span.covers(error.span)) {
            continue;
        }
        let sites = script.analysis().returns.iter();
        for site in sites.filter(|site| site.function == Some(definition.function)) {
            let Some(problem) = problem(site) else { continue };
            let what = match problem {
                Problem::Nothing if site.falls_through => format!("`{name}` ends here without `return true`"),
                Problem::Nothing => format!("`{name}` returns nothing here"),
                Problem::Never(ref found) => format!("`{name}` returns {found} instead of `true` here"),
                Problem::Refuses => format!("`{name}` returns false here"),
                Problem::Perhaps(ref found) => format!("`{name}` may return {found} instead of `true` here"),
            };
            let mut finding = report.at(site.span, format!("{what}: {consequence}"));
            finding.page_of(&definition.hook.about);
            finding.related(definition.write.name_span, format!("`{name}` is defined here"));
            // Which way leads to the other value is not known.
            if !matches!(problem, Problem::Perhaps(_)) {
                finding.path(site.path.as_deref());
            }
            if matches!(problem, Problem::Refuses | Problem::Perhaps(_)) {
                finding.severity(Severity::Warning);
            } else if name == "init" && is_zero(site) {
                // The documentation's examples of the cloudmark module do so.
                finding.severity(Severity::Info).note("some examples of the documentation return 0, others `true`");
            }
            if matches!(problem, Problem::Nothing | Problem::Never(_)) {
                let function = script.tree().function(definition.function);
                if let Some(edit) = with_true(script, function, site) {
                    finding.unsafe_fix("Return `true`", vec![edit]);
                }
            }
        }
    }
}

/// What is wrong with a place where a function gives control back.
enum Problem {
    /// No value at all.
    Nothing,
    /// A value that is never `true`.
    Never(String),
    /// `false` under a condition, which may be meant.
    Refuses,
    /// A value that may be something else than `true`.
    Perhaps(String),
}

fn problem(site: &ReturnSite) -> Option<Problem> {
    let Some(value) = site.values.first() else {
        return (!site.open_ended).then_some(Problem::Nothing);
    };
    if value.is_open() || value.is_never() || value.single() == Some(&Value::True) {
        return None;
    }
    if value.single() == Some(&Value::False) && site.path.is_some() {
        return Some(Problem::Refuses);
    }
    if value.any(|value| *value == Value::True) {
        return Some(Problem::Perhaps(format!("`{}`", other_than_true(value))));
    }
    Some(Problem::Never(format!("`{value}`")))
}

fn is_zero(site: &ReturnSite) -> bool {
    site.values.first().and_then(Type::single) == Some(&Value::NumberLiteral(0.0))
}

/// The type without `true`.
fn other_than_true(ty: &Type) -> Type {
    let others = ty.values().iter().filter(|value| **value != Value::True);
    others.fold(Type::never(), |union, value| union.or(&value.clone().into()))
}

/// The change that makes a place give back `true`, and still does what was done there.
fn with_true(script: &Script<'_>, function: &Function, site: &ReturnSite) -> Option<Edit> {
    if !site.falls_through {
        let tree = script.tree();
        if let [only] = site.expressions.as_slice()
            && let ExpressionKind::Call(_) = tree.expression(*only).kind
        {
            return Some(Edit::replace(site.span, format!("{} return true", script.text_at(script.span(*only)))));
        }
        let is_call = |span: Span| {
            let mut expressions = tree.expressions();
            expressions.any(|(_, inner)| matches!(inner.kind, ExpressionKind::Call(_)) && span.covers(inner.span))
        };
        return (!is_call(site.span)).then(|| Edit::replace(site.span, "return true"));
    }
    let text = script.text();
    let end = function.end.start;
    let line_start = |offset: u32| script.lines().line_span(script.lines().line(offset), text).start;
    let line = line_start(end);
    let indent = Span::new(line, end).text(text);
    if !indent.trim().is_empty() || script.lines().line(function.span.start) == script.lines().line(end) {
        return Some(Edit::insert(end, "return true "));
    }
    let first = script.tree().block(function.body).statements.first();
    let inner = first.map(|&first| {
        let start = script.tree().statement(first).span.start;
        Span::new(line_start(start), start).text(text)
    });
    let inner = inner.filter(|inner| inner.trim().is_empty() && inner.len() > indent.len());
    let inner = inner.map_or_else(|| format!("{indent}  "), str::to_owned);
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    Some(Edit::insert(line, format!("{inner}return true{line_end}")))
}
