//! ## What it does
//! Tells of `phase` in a response.
//!
//! ## Why it matters
//! It was meant to limit a rule to a phase of the delivery. The server does not look at it: the rule acts on a matching
//! reply in any phase, and the documentation says to leave it out.
//!
//! ## Example
//! ```lua expect=adaptive-phase
//! require("msys.adaptive")
//! msys.adaptive.registerRules({
//!   ["mailbox.example"] = {
//!     responses = {
//!       { code = "^421 .*too many", trigger = "1", action = { "throttle", "down" }, phase = "connect" },
//!     },
//!   },
//! })
//! ```
//! Use instead:
//! ```lua
//! require("msys.adaptive")
//! msys.adaptive.registerRules({
//!   ["mailbox.example"] = {
//!     responses = {
//!       { code = "^421 .*too many", trigger = "1", action = { "throttle", "down" } },
//!     },
//!   },
//! })
//! ```
//!
//! ## Fix
//! Takes the field out.

use crate::adaptive::Content;
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::Span;

pub(crate) const RULE: Rule =
    Rule { code: "adaptive-phase", severity: Severity::Info, since: "0.1", fixable: Fixable::Safe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let Some(grammar) = script.api().adaptive() else { return };
    let field = grammar.fields.iter().find(|field| field.table == "response" && field.name == "phase");
    let Some(field) = field.filter(|field| field.ignored) else { return };
    // In Momentum's own rules it is nobody's business.
    for registered in script.project().adaptive_rules().iter().filter(|registered| !registered.built_in) {
        for domain in &registered.rules.domains {
            let Content::Own { responses, .. } = &domain.content else { continue };
            for phase in responses.iter().filter_map(|response| response.phase.as_ref()) {
                if phase.place.file != script.id() {
                    continue;
                }
                let span = phase.place.span;
                let message = match &phase.value {
                    Some(value) => format!(
                        "the server does not look at `phase`: the rule acts on replies outside of `{value}`, too"
                    ),
                    None => "the server does not look at `phase`: the rule acts on replies in every phase"
                        .to_owned(),
                };
                let mut finding = report.at(span, message);
                if let Some(page) = &field.page {
                    finding.page(page.as_str());
                }
                if let Some(removed) = removal(script, span) {
                    finding.safe_fix("Take the field out", vec![Edit::replace(removed, "")]);
                }
            }
        }
    }
}

/// What to take out for a field of a constructor: with its comma, and the line if nothing else stands on it.
fn removal(script: &Script<'_>, span: Span) -> Option<Span> {
    let text = script.text();
    let behind = text.get(span.end as usize..)?;
    let before = text.get(..span.start as usize)?;
    // An assignment is a statement, which may be all that a branch has.
    let is_field = script.tree().expressions().any(|(_, expression)| match &expression.kind {
        crate::syntax::tree::ExpressionKind::Table(fields) => fields.iter().any(|field| field.span == span),
        _ => false,
    });
    if !is_field {
        return None;
    }
    let blank = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
    let gap = blank(behind);
    let separator = behind.get(gap..).is_some_and(|rest| rest.starts_with([',', ';']));
    let mut end = if separator { gap + 1 } else { 0 };
    let mut start = before.len();
    let line_start = before.trim_end_matches([' ', '\t']).len();
    let stands_first = before.get(..line_start).is_none_or(|text| text.is_empty() || text.ends_with('\n'));
    let rest = behind.get(end..).unwrap_or("");
    let after_blank = end + blank(rest);
    let line_end = behind.get(after_blank..).unwrap_or("");
    if stands_first && (line_end.starts_with('\n') || line_end.starts_with("\r\n")) {
        start = line_start;
        end = after_blank + if line_end.starts_with('\n') { 1 } else { 2 };
    } else if separator {
        end = after_blank;
    } else if let Some(comma) = before.trim_end().strip_suffix([',', ';']) {
        // The last field: the comma in front goes, too.
        start = comma.len();
    }
    Some(Span::new(crate::syntax::offset_u32(start), span.end + crate::syntax::offset_u32(end)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    const HEAD: &str = "local adaptive = require(\"msys.adaptive\")\n";

    #[test]
    fn any_value_is_told() {
        check(
            RULE.code,
            r#"
local adaptive = require("msys.adaptive")
local PHASE = "mailfrom"
local rules = {
  ["a.example"] = {
    responses = {
      { code = "^4", trigger = "1", action = { "throttle", "down" }, phase = "connect" },
--                                                                   ^^^^^^^^^^^^^^^^^ info: acts on replies outside of `connect`, too
      { code = "^5", trigger = "1", action = { "throttle", "down" }, ["phase"] = PHASE },
--                                                                   ^^^^^^^^^^^^^^^^^ info: outside of `mailfrom`, too
      { code = "^6", trigger = "1", action = { "throttle", "down" }, phase = os.getenv("PHASE") },
--                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^ in every phase
    },
  },
}
rules["a.example"].responses[1].message = "slow"
adaptive.registerRules(rules)
"#,
        );
    }

    #[test]
    fn through_helpers_and_assignments() {
        check(
            RULE.code,
            r#"
require("msys.adaptive")
local function on(code)
  return { code = code, trigger = "1", action = { "throttle", "down" }, phase = "data" }
--                                                                      ^^^^^^^^^^^^^^ info: outside of `data`
end
local late = { code = "^451", trigger = "1", action = { "throttle", "down" } }
late.phase = "rcptto"
--<^^^^^^^^^^^^^^^^^^^^^ outside of `rcptto`
msys.adaptive.registerRules({ ["a.example"] = { responses = { on("^421"), on("^450"), late } } })
"#,
        );
    }

    #[test]
    fn other_tables_may_have_a_phase() {
        check_none(
            RULE.code,
            r#"
require("msys.adaptive")
local other = { code = "^421", phase = "connect" }
print(other.phase)
msys.adaptive.registerRules({ ["a.example"] = { responses = {
  { code = "^421", trigger = "1", action = { "throttle", "down" } },
} } })
"#,
        );
        // Momentum's own.
        check_none(
            RULE.code,
            r#"
module("msys.adaptive_rules", package.seeall)
Rules = { ["a.example"] = { responses = {
  { code = "^421", trigger = "1", action = { "throttle", "down" }, phase = "data" },
} } }
"#,
        );
    }

    #[test]
    fn the_field_goes_with_its_comma() {
        let call = |response: &str| {
            format!(
                "{HEAD}adaptive.registerRules({{ [\"a.example\"] = {{ responses = {{ {response} }} }} }})\n"
            )
        };
        let rest = "code = \"^4\", trigger = \"1\", action = { \"throttle\", \"down\" }";
        for (before, after) in [
            (format!("{{ {rest}, phase = \"data\" }}"), format!("{{ {rest} }}")),
            (format!("{{ phase = \"data\", {rest} }}"), format!("{{ {rest} }}")),
            (
                format!("{{\n  {rest},\n  phase = \"data\", \n  message = \"x\",\n}}"),
                format!("{{\n  {rest},\n  message = \"x\",\n}}"),
            ),
            (format!("{{\n  {rest},\n  phase = \"data\" -- why\n}}"), format!("{{\n  {rest} -- why\n}}")),
        ] {
            check_fix(RULE.code, &call(&before), &call(&after));
        }
    }
}
