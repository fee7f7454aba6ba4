//! Named groups of a regular expression: keys of the table that a match gives.

use crate::pcre::{self, ItemKind};
use crate::project::Script;
use crate::rules::origins::Origins;
use crate::semantics::types::{Type, Value};
use crate::syntax::tree::{Call, ExpressionId, ExpressionKind};
use momentum_lua_stub_reader::model::{self, Function};
use smol_str::SmolStr;

/// The alias of the stubs for the parameter that is a pattern.
const PATTERN: &str = "pcre_pattern";

/// The named groups of the pattern whose match `base` is, in the order of the pattern. Of a pattern that is built while
/// the script runs, and of a table that anything else gives, none are known.
pub(super) fn of(script: &Script<'_>, base: ExpressionId) -> Vec<SmolStr> {
    let origins = Origins::new(script);
    let Some(result) = origins.result(base).filter(|result| result.position == 0) else { return Vec::new() };
    let Some(position) = pattern_position(result.function) else { return Vec::new() };
    let ExpressionKind::Call(call) = &script.tree().expression(result.call).kind else { return Vec::new() };
    pattern(script, call, position).map(|pattern| names(&pattern)).unwrap_or_default()
}

/// Where a function that gives the groups of a match takes the pattern.
fn pattern_position(function: &Function) -> Option<usize> {
    let is_groups = |ty: &model::Type| matches!(ty, model::Type::Map(..));
    let gives = function.signature.returns.first()?;
    if !gives.ty.members().iter().any(is_groups) {
        return None;
    }
    let takes = |ty: &model::Type| matches!(ty, model::Type::Named(name) if name == PATTERN);
    function.signature.params.iter().position(|param| takes(&param.ty))
}

/// The one text that is passed as the pattern.
fn pattern(script: &Script<'_>, call: &Call, position: usize) -> Option<String> {
    let argument = script.tree().unparenthesized(*call.arguments.get(position)?);
    if let ExpressionKind::String(bytes) = &script.tree().expression(argument).kind {
        return String::from_utf8(bytes.to_vec()).ok();
    }
    let ty: Type = script.type_of(argument);
    match ty.single()? {
        Value::StringLiteral(text) => Some(text.to_string()),
        _ => None,
    }
}

/// The names of the groups of a pattern, also of one that is not finished yet.
fn names(pattern: &str) -> Vec<SmolStr> {
    let opened = pcre::items(pattern).into_iter().filter(|item| item.kind == ItemKind::Open);
    let mut names = Vec::new();
    for name in opened.filter_map(|item| name(pattern.get(item.range)?)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The name in `(?<name>`, `(?P<name>` or `(?'name'`.
fn name(open: &str) -> Option<SmolStr> {
    let rest = open.strip_prefix("(?")?;
    let rest = rest.strip_prefix('P').unwrap_or(rest);
    let inside = rest.strip_prefix(['<', '\''])?;
    let name = inside.strip_suffix(['>', '\''])?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_name.then(|| SmolStr::new(name))
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_of_groups() {
        assert_eq!(
            names(r"(?<year>\d+)-(?P<month>\d+)-(?'day'\d+)(x)(?:y)(?=z)(?<!a)"),
            ["year", "month", "day"]
        );
        assert_eq!(names(r"\(?<no>[(?<no>] (?<yes>"), ["yes"]);
        assert_eq!(names("(?J)(?<a>x)|(?<a>y)"), ["a"]);
    }
}
