//! ## What it does
//! Finds changes of MIME parts that come from `msg:mime()` without `false`: headers and texts that are set, parts that are
//! added or taken out, through `part.thread` and functions of the script, too.
//!
//! ## Why it matters
//! Without `false` the tree is for reading alone. The first change raises an error, and the rest of the callout does not
//! run.
//!
//! ## Example
//! ```lua expect=mime-readonly
//! require("msys.core")
//! require("msys.extended.message")
//! local mod = {}
//!
//! function mod:validate_data_spool(msg, accept, vctx)
//!   local part = msg:mime()
//!   part:header("X-Scanned", "yes")
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("stamp", mod)
//! ```
//! Use instead:
//! ```lua
//! require("msys.core")
//! require("msys.extended.message")
//! local mod = {}
//!
//! function mod:validate_data_spool(msg, accept, vctx)
//!   local part = msg:mime(false)
//!   part:header("X-Scanned", "yes")
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("stamp", mod)
//! ```
//!
//! ## Fix
//! Passes `false`.

use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::origins::{FARTHEST, Origins};
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::Value;
use crate::semantics::analysis::CallSite;
use crate::semantics::scope::{BindingId, BindingKind};
use crate::syntax::tree::{ExpressionId, ExpressionKind};

pub(crate) const RULE: Rule =
    Rule { code: "mime-readonly", severity: Severity::Warning, since: "0.1", fixable: Fixable::Safe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let origins = Origins::new(script);
    let mut trees: Vec<(ExpressionId, Vec<&CallSite>)> = Vec::new();
    for site in &script.analysis().calls {
        let ExpressionKind::Call(call) = &script.tree().expression(site.expression).kind else { continue };
        let changes = script.called(site).is_some_and(|function| function.mutates_with(call.arguments.len()));
        if !changes || call.method.is_none() || site.open_ended {
            continue;
        }
        let Some(tree) = tree_of(&origins, call.callee, FARTHEST) else { continue };
        if !is_read_only(&origins, tree) || is_opened_before(script, site) {
            continue;
        }
        match trees.iter_mut().find(|(known, _)| *known == tree) {
            Some((_, sites)) => sites.push(site),
            None => trees.push((tree, vec![site])),
        }
    }
    for (tree, mut sites) in trees {
        sites.sort_by_key(|site| script.span(site.expression));
        let Some((first, others)) = sites.split_first() else { continue };
        let place = script.called_span(first.expression);
        let text = format!(
            "`{}` changes a part of a tree that is for reading alone: it raises an error, and the rest of the callout does \
             not run",
            script.text_at(place),
        );
        let mut finding = report.at(place, text);
        finding.related(script.span(tree), "the tree comes from here, without `false`");
        finding.page("momentum/4/lua/ref-msg-mime");
        for other in others {
            finding.related(script.called_span(other.expression), "it is changed here as well");
        }
        if let Some(edit) = pass_false(script, tree) {
            finding.safe_fix("Pass `false`", vec![edit]);
        }
    }
}

/// Whether a call is `msg:mime(…)`.
fn is_mime(script: &Script<'_>, site: &CallSite) -> bool {
    script.called(site).is_some_and(|function| function.owner == "ec_message" && function.member == "mime")
}

/// The call of `msg:mime` that gave the tree which a part belongs to.
fn tree_of(origins: &Origins<'_>, part: ExpressionId, depth: u32) -> Option<ExpressionId> {
    let depth = depth.checked_sub(1)?;
    let script = &origins.script;
    let part = script.tree().unparenthesized(part);
    match &script.tree().expression(part).kind {
        // `part.thread` and the like stay in the tree.
        ExpressionKind::Field { base, .. } | ExpressionKind::Index { base, .. } => tree_of(origins, *base, depth),
        ExpressionKind::Call(_) => {
            let call = origins.result(part)?.call;
            origins.site(call).filter(|site| is_mime(script, site)).map(|_| call)
        }
        ExpressionKind::Name(_) => tree_in(origins, script.scopes().resolve(part)?, script.span(part).start, depth),
        _ => None,
    }
}

/// The same for what a variable holds at an offset.
fn tree_in(origins: &Origins<'_>, binding: BindingId, use_at: u32, depth: u32) -> Option<ExpressionId> {
    let definitions = origins.definitions(binding);
    let mut trees = Vec::new();
    if let BindingKind::Parameter(function, index) = origins.script.scopes().binding(binding).kind {
        for site in origins.calls_of(function) {
            trees.push(tree_of(origins, origins.argument(site, function, index)?, depth)?);
        }
    }
    for definition in definitions {
        let Some(value) = definition.value else { continue };
        if root(origins, value) == Some(binding) {
            continue;
        }
        let tree = tree_of(origins, value, depth).filter(|_| definition.position == 0)?;
        if definition.statement.start <= use_at || trees.is_empty() {
            trees.push(tree);
        }
    }
    trees.pop()
}

/// The variable that a chain of fields starts at.
fn root(origins: &Origins<'_>, expression: ExpressionId) -> Option<BindingId> {
    match &origins.script.tree().expression(expression).kind {
        ExpressionKind::Field { base, .. } | ExpressionKind::Index { base, .. } => root(origins, *base),
        ExpressionKind::Name(_) => origins.script.scopes().resolve(expression),
        _ => None,
    }
}

/// Whether a call of `msg:mime` gives a tree for reading alone.
fn is_read_only(origins: &Origins<'_>, call: ExpressionId) -> bool {
    let Some(site) = origins.site(call) else { return false };
    match site.arguments.first() {
        Some(argument) => argument.all(|value| matches!(value, Value::True | Value::Nil)),
        None => !site.open_ended,
    }
}

/// Whether the function has asked for a tree that may be changed before: what a later `msg:mime()` then gives is not
/// documented.
fn is_opened_before(script: &Script<'_>, change: &CallSite) -> bool {
    let before = script.span(change.expression).start;
    script.analysis().calls.iter().any(|site| {
        site.function == change.function
            && is_mime(script, site)
            && script.span(site.expression).start < before
            && site.arguments.first().is_some_and(|argument| argument.any(|value| *value == Value::False))
    })
}

fn pass_false(script: &Script<'_>, call: ExpressionId) -> Option<Edit> {
    let ExpressionKind::Call(call) = &script.tree().expression(call).kind else { return None };
    match *call.arguments {
        [] => {
            let end = call.arguments_span.end.checked_sub(1)?;
            (script.text_at(call.arguments_span).ends_with(')')).then(|| Edit::insert(end, "false"))
        }
        [readonly] => Some(Edit::replace(script.span(readonly), "false")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn through_locals_fields_loops_and_helpers() {
        check(
            RULE.code,
            r#"
require("msys.core")
require("msys.extended.message")
local mod = {}
local function strip(part)
  part:header("Received", nil)
--^^^^^^^^^^^ warning: `part:header` changes a part of a tree that is for reading alone: it raises an error
end
local function top(msg) return msg:mime(true) end
--                             ^^^^^^^^^^^^^^ related: the tree comes from here, without `false`
function mod:validate_data_spool(msg, accept, vctx)
  strip(msg:mime())
--      ^^^^^^^^^^ related:
  local part = msg:mime()
--             ^^^^^^^^^^ related:
  while part do
    if part:content_type().mimetype == "text/plain" then
      part:text_replace("a", "b")
--    ^^^^^^^^^^^^^^^^^ warning: `part:text_replace` changes
      part:text("gone")
--    ^^^^^^^^^ related: it is changed here as well
    end
    part = part.thread
  end
  top(msg).thread:unlink()
--^^^^^^^^^^^^^^^^^^^^^^ warning: changes a part
  msg:mime(nil):addLastChild(msg:makePart("text/plain"))
--^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: changes a part
--^^^^^^^^^^^^^ related:
  return msys.core.VALIDATE_CONT
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn what_only_reads_and_what_may_be_changed() {
        check_none(
            RULE.code,
            r#"
require("msys.core")
require("msys.extended.message")
local mod = {}
local function stamp(part) part:header("X-A", "b") end
function mod:validate_data_spool(msg, accept, vctx)
  local part = msg:mime()
  local names, text = part:header("Subject"), part:text()
  local new = msg:makePart("text/plain", "x")
  new:header("X-New", "yes")
  if part:text_match("a") then
    part = msg:mime(false)
    part:header("X-Matched", "yes")
  end
  return msys.core.VALIDATE_CONT
end
function mod:validate_data(msg, accept, vctx)
  stamp(msg:mime(false))
  local how = accept and false
  local part = msg:mime(how)
  part:header("X-Unknown", "yes")
  return msys.core.VALIDATE_CONT
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn false_is_passed() {
        check_fix(
            RULE.code,
            r#"
require("msys.extended.message")
local mod = {}
function mod:validate_data(msg) msg:mime():header("X-A", "b") end
function mod:validate_data_spool(msg) local part = msg:mime( true ) part:unlink() part:text("x") end
"#,
            r#"
require("msys.extended.message")
local mod = {}
function mod:validate_data(msg) msg:mime(false):header("X-A", "b") end
function mod:validate_data_spool(msg) local part = msg:mime( false ) part:unlink() part:text("x") end
"#,
        );
    }
}
