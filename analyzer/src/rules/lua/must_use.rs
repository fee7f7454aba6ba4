//! ## What it does
//! Reports calls whose only purpose is their result, where the result is not used.
//!
//! ## Why it matters
//! Strings never change in Lua: `string.gsub` and its like give a new string and leave the old one as it was. A call
//! that drops the result does nothing at all.
//!
//! ## Example
//! ```lua expect=lua/must_use
//! local function clean(subject)
//!   string.gsub(subject, "[\r\n]", " ")
//!   subject:lower()
//!   return subject
//! end
//! ```
//! Use instead:
//! ```lua
//! local function clean(subject)
//!   subject = string.gsub(subject, "[\r\n]", " ")
//!   return subject:lower()
//! end
//! ```

use crate::diagnostic::Severity;
use crate::general::pure_functions::is_pure;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::Span;
use crate::syntax::tree::{Call, ExpressionId, ExpressionKind, StatementKind, Tree};
use rustc_hash::FxHashSet;

pub(crate) const RULE: Rule =
    Rule { code: "lua/must_use", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

/// Methods that only strings have, and that change nothing.
const OF_STRINGS: [&str; 3] = ["gsub", "lower", "upper"];

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let tree = script.tree();
    let statements: FxHashSet<ExpressionId> = tree
        .statements()
        .filter_map(|(_, statement)| match statement.kind {
            StatementKind::Call(call) => Some(call),
            _ => None,
        })
        .collect();
    let sites = script.analysis().calls.iter();
    for site in sites.filter(|site| !site.protected && statements.contains(&site.expression)) {
        let ExpressionKind::Call(call) = &tree.expression(site.expression).kind else { continue };
        let callee = script.span(call.callee);
        if let Some(method) = &call.method {
            if OF_STRINGS.contains(&method.text.as_str()) && !may_call_back(tree, call, &method.text, 1) {
                let name = &method.text;
                report.at(
                    Span::new(callee.start, method.span.end),
                    format!("`{name}` only gives a new string, which is not used here: the call does nothing"),
                );
            }
        } else if let Some(function) = script.called(site)
            && is_pure(&function.owner, &function.member)
            && !may_call_back(tree, call, &function.member, 2)
        {
            let name = function.path();
            report.at(
                callee,
                format!("`{name}` only gives a result, which is not used here: the call does nothing"),
            );
        }
    }
}

/// Whether a replacement, the argument at `index`, may be a function, which is called for what it does.
fn may_call_back(tree: &Tree, call: &Call, function: &str, index: usize) -> bool {
    matches!(function, "gsub" | "replace")
        && call.arguments.get(index).is_none_or(|&replacement| {
            !matches!(
                tree.expression(tree.unparenthesized(replacement)).kind,
                ExpressionKind::String(_) | ExpressionKind::Number(_) | ExpressionKind::Binary { .. }
            )
        })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn functions_and_methods() {
        check(
            RULE.code,
            r#"
string.gsub(s, "a", "b" .. c)
--<^^^^^^^^^^^ warning: `string.gsub` only gives a result
require("msys.pcre")
msys.pcre.replace(s, "a", "b")
--<^^^^^^^^^^^^^^^^^ `msys.pcre.replace`
local split = msys.pcre.split
split(s, ",")
--<^^^^^ `msys.pcre.split`
tonumber(x | 1)
--<^^^^^^^^
s:gsub("a", "b")
--<^^^^^^ `gsub` only gives a new string
msg:subject():lower()
--<^^^^^^^^^^^^^^^^^^^ `lower`
"#,
        );
    }

    #[test]
    fn results_that_are_used() {
        check_none(RULE.code, "s = string.gsub(s, 'a', 'b')\nprint(tostring(x))\nreturn s:lower()\n");
    }

    #[test]
    fn replacements_that_are_called() {
        check_none(RULE.code, "string.gsub(s, '%w+', function(w) words[#words + 1] = w end)\n");
        check_none(RULE.code, "s:gsub('%w+', collect)\nstring.gsub(s, '%w+', collect)\ns:gsub('x')\n");
    }

    #[test]
    fn other_things_of_the_same_name() {
        check_none(RULE.code, "pcall(string.rep, 'a', n)\npcall(string.gsub, s, 'a', 'b')\n");
        check_none(RULE.code, "local type = registry\ntype:add(1)\ntype.add(1)\n");
        check_none(RULE.code, "local function f(string) string.format(1) end\n");
        check_none(RULE.code, "function next(x) print(x) end\nnext(1)\n");
        check_none(RULE.code, "math.random()\nmath.randomseed(1)\ntable.insert(t, 1)\n");
    }
}
