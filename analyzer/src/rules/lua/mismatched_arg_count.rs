//! ## What it does
//! Reports calls of a local function with more arguments than it has parameters.
//!
//! ## Why it matters
//! The engine drops the extra values without a word. Mostly the parameter list was shortened and a call was
//! forgotten, or the arguments stand in the wrong place.
//!
//! ## Example
//! ```lua expect=lua/mismatched_arg_count
//! local function reply(code, text)
//!   return code .. " " .. text
//! end
//!
//! print(reply(550, "5.7.1", "no relaying"))
//! ```
//! Use instead:
//! ```lua
//! local function reply(code, status, text)
//!   return code .. " " .. status .. " " .. text
//! end
//!
//! print(reply(550, "5.7.1", "no relaying"))
//! ```

use crate::diagnostic::Severity;
use crate::general::places::count;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::scope::BindingKind;
use crate::syntax::tree::ExpressionKind;

pub(crate) const RULE: Rule = Rule {
    code: "lua/mismatched_arg_count",
    severity: Severity::Warning,
    since: "0.1",
    fixable: Fixable::No,
};

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let (tree, scopes) = (script.tree(), script.scopes());
    for (_, node) in tree.expressions() {
        let ExpressionKind::Call(call) = &node.kind else { continue };
        if call.method.is_some() || call.arguments.is_empty() {
            continue;
        }
        let Some(id) = scopes.resolve(call.callee) else { continue };
        let binding = scopes.binding(id);
        let function = match (binding.kind, binding.initial.map(|initial| &tree.expression(initial).kind)) {
            (BindingKind::Function(function), _) => function,
            (BindingKind::Local, Some(ExpressionKind::Function(function))) => *function,
            _ => continue,
        };
        let function = tree.function(function);
        let most = function.parameters.len();
        if function.vararg.is_some() || scopes.is_reassigned(id) {
            continue;
        }
        let (Some(&first), Some(&last)) = (call.arguments.get(most), call.arguments.last()) else { continue };
        let extra = script.span(first).to(script.span(last));
        let parameters = if most == 0 { "no parameters".to_owned() } else { count(most, "parameter") };
        let name = &binding.name;
        report
            .at(extra, format!("`{name}` has {parameters}: what stands here is dropped"))
            .related(binding.span, format!("`{name}` is defined here"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn local_functions() {
        check(
            RULE.code,
            r#"
local function one(a) return a end
--             ^^^ related: `one` is defined here
local none = function() end
one(1, 2, 3 & 4)
--     ^^^^^^^^ warning: `one` has 1 parameter: what stands here is dropped
none("x")
--   ^^^ `none` has no parameters
none "x"
--   ^^^
local x = one(1, f())
--               ^^^
"#,
        );
    }

    #[test]
    fn what_may_be_another_function() {
        check_none(RULE.code, "local function f(...) end\nf(1, 2)\nlocal function g(a) end\ng(h())\ng()\n");
        check_none(RULE.code, "local function f(a) end\nf = require(\"x\")\nf(1, 2)\n");
        check_none(RULE.code, "local function f(a) end\nlocal function g(f) f(1, 2) end\n");
        check_none(RULE.code, "function shared(a) end\nshared(1, 2)\n");
        check_none(RULE.code, "local f = function(a) end\nf = function(a, b) end\nf(1, 2)\nf.g(1, 2)\n");
    }
}
