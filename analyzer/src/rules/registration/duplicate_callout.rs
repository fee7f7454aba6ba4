//! ## What it does
//! Reports a callout or hook that is defined twice on one table.
//!
//! ## Why it matters
//! The second definition takes the place of the first, which never runs. Nothing is logged. Two checks that belong to
//! the same phase go into one function, or into two modules, which run one after the other.
//!
//! A definition that keeps the earlier one and calls it, and one that is made only under a condition, are not reported.
//!
//! ## Example
//! ```lua expect=duplicate-callout
//! local mod = {}
//!
//! function mod:validate_data(msg, accept, vctx)
//!   msg:header("X-Checked", "yes")
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! function mod:validate_data(msg, accept, vctx)
//!   msg:header("X-Site", "mta1")
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("headers", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//!
//! function mod:validate_data(msg, accept, vctx)
//!   msg:header("X-Checked", "yes")
//!   msg:header("X-Site", "mta1")
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("headers", mod)
//! ```

use super::callouts::{self, Definition};
use super::destinations;
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::analysis::FieldWrite;
use crate::syntax::Span;
use crate::syntax::tree::ExpressionKind;

pub(crate) const RULE: Rule =
    Rule { code: "duplicate-callout", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let mut definitions = callouts::definitions(script);
    definitions.sort_by_key(|definition| (definition.table, &definition.hook.name, definition.write.name_span));
    let same = |one: &Definition<'_>, other: &Definition<'_>| {
        one.table == other.table && one.hook.name == other.hook.name
    };
    for group in definitions.chunk_by(same).filter(|group| group.len() > 1) {
        let Some(name) = group.first().map(|first| &first.hook.name) else { continue };
        if callouts::is_read(script, name) {
            continue;
        }
        for (earlier, later) in group.iter().zip(group.iter().skip(1)) {
            if !replaces(script, earlier, later) {
                continue;
            }
            let line = script.lines().line(later.write.name_span.start) + 1;
            let message = format!("this `{name}` never runs: the one of line {line} takes its place");
            let mut finding = report.at(earlier.write.name_span, message);
            finding.related(later.write.name_span, format!("`{name}` is defined again here"));
            finding.page_of(&earlier.hook.about);
        }
    }
}

/// Whether wherever the earlier definition is made, the later one is made, too.
fn replaces(script: &Script<'_>, earlier: &Definition<'_>, later: &Definition<'_>) -> bool {
    let around = |span: Span| {
        let blocks = script.tree().blocks().map(|(_, block)| block.span);
        blocks.filter(|block| block.covers(span)).min_by_key(|block| block.len())
    };
    let (first, second) = (earlier.write, later.write);
    first.inside == second.inside
        && (!destinations::is_made_repeatedly(script, earlier.table) || has_same_base(script, first, second))
        && around(second.name_span).is_some_and(|block| block.covers(first.name_span))
}

/// Whether two fields are written through the same variable, or in the same constructor.
fn has_same_base(script: &Script<'_>, first: &FieldWrite, second: &FieldWrite) -> bool {
    let base = |write: &FieldWrite| {
        let fields = script.tree().expressions().find_map(|(_, expression)| match &expression.kind {
            ExpressionKind::Field { base, name } if name.span == write.name_span => Some(*base),
            ExpressionKind::Index { base, key } if script.span(*key) == write.name_span => Some(*base),
            _ => None,
        });
        fields.and_then(|base| script.scopes().resolve(base))
    };
    base(first) == base(second)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn every_style_of_definition_counts() {
        check(
            RULE.code,
            r#"
local mod = {
  validate_ehlo = function(self, str) return msys.core.VALIDATE_CONT end,
--^^^^^^^^^^^^^ warning: this `validate_ehlo` never runs: the one of line 7 takes its place
  validate_data = function(self, msg) return msys.core.VALIDATE_CONT end,
--^^^^^^^^^^^^^ the one of line 4
  validate_data = function(self, msg) return msys.core.VALIDATE_DONE end,
--^^^^^^^^^^^^^ related: `validate_data` is defined again here
--^^^^^^^^^^^^^ the one of line 6
}
function mod:validate_data(msg) return msys.core.VALIDATE_CONT end
mod["validate_ehlo"] = function(self, str) return msys.core.VALIDATE_CONT end
local alias = mod
local function log(self, msg) end
function mod.core_final_validation(self, msg) end
--           ^^^^^^^^^^^^^^^^^^^^^
alias.core_final_validation = log
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn a_definition_under_a_condition_before_one_without() {
        check(
            RULE.code,
            r#"
module("site.policy", package.seeall)
if debugging then
  function validate_data(self, msg) print(msg) end
--         ^^^^^^^^^^^^^ the one of line 5
end
function validate_data(self, msg) return msys.core.VALIDATE_CONT end
"#,
        );
    }

    #[test]
    fn choices_wrappers_and_other_tables_are_fine() {
        check_none(
            RULE.code,
            r#"
local function new() return { init = function() return true end } end
local first, second = new(), new()
function first:validate_rcptto(msg, str, accept, vctx) return 1 end
function second:validate_rcptto(msg, str, accept, vctx) return 1 end
local mod, other = {}, {}
if msys.core then
  function mod:validate_data(msg) return msys.core.VALIDATE_CONT end
else
  function mod:validate_data(msg) return msys.core.VALIDATE_DONE end
end
function mod:validate_ehlo(str) return msys.core.VALIDATE_CONT end
function other:validate_ehlo(str) return msys.core.VALIDATE_CONT end
if tracing then
  function mod:validate_ehlo(str) print(str) return msys.core.VALIDATE_CONT end
end
function mod:validate_connect(accept) return msys.core.VALIDATE_CONT end
local before = mod.validate_connect
function mod:validate_connect(accept) print("connect") return before(self, accept) end
mod.validate_mailfrom = nil
function mod:validate_mailfrom(str) return msys.core.VALIDATE_CONT end
function mod:check(msg) end
function mod:check(msg) end
msys.registerModule("mod", mod)
msys.registerModule("other", other)
"#,
        );
    }
}
