//! ## What it does
//! Reports a local variable or parameter that hides another one of the same name.
//!
//! Runs only where the configuration turns it on.
//!
//! ## Why it matters
//! Within the inner scope the outer variable cannot be reached, and an assignment does not change it.
//!
//! ## Example
//! ```lua expect=lua/shadowing
//! local function domain_of(address, domain)
//!   if domain == nil then
//!     local domain = address:match("@(.+)$")
//!   end
//!   return domain
//! end
//! ```
//! Use instead:
//! ```lua
//! local function domain_of(address, domain)
//!   if domain == nil then
//!     domain = address:match("@(.+)$")
//!   end
//!   return domain
//! end
//! ```

use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::scope::{Binding, BindingKind};
use crate::syntax::tree::ExpressionKind;
use rustc_hash::FxHashMap;

pub(crate) const RULE: Rule =
    Rule { code: "lua/shadowing", severity: Severity::Info, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let (tree, scopes) = (script.tree(), script.scopes());
    // Bindings come in the order of their declarations, so of one name the ones still visible form a stack.
    let mut visible: FxHashMap<&str, Vec<&Binding>> = FxHashMap::default();
    for (_, binding) in scopes.bindings() {
        let declared = !matches!(binding.kind, BindingKind::SelfParameter(_) | BindingKind::ImplicitArg);
        if !declared || binding.name.is_empty() || binding.name.starts_with('_') {
            continue;
        }
        let outer = visible.entry(&binding.name).or_default();
        while outer.last().is_some_and(|last| last.scope.end <= binding.span.start) {
            outer.pop();
        }
        // `local msg = msg` narrows a name on purpose.
        let narrows = binding.initial.is_some_and(
            |initial| matches!(&tree.expression(initial).kind, ExpressionKind::Name(name) if *name == binding.name),
        );
        if let Some(hidden) = outer.last().filter(|_| !narrows) {
            let line = script.lines().line(hidden.span.start) + 1;
            report
                .at(binding.span, format!("this `{}` hides the one of line {line}", binding.name))
                .related(hidden.span, "the variable that is hidden");
        }
        outer.push(binding);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn locals_and_parameters_on_request() {
        check(
            RULE.code,
            r#"
// lua/shadowing=info
local msg = 1
--    ^^^ related: hidden
local function f(msg)
--               ^^^ info: this `msg` hides the one of line 1
  for msg = 1, 2 << 1 do g(msg) end
--    ^^^ line 2
end
"#,
        );
    }

    #[test]
    fn globals_and_names_that_are_narrowed() {
        check_none(RULE.code, "// lua/shadowing=info\nx = 1\nlocal x = 2\nlocal y\ndo local y = y end\nlocal _ = 1\nlocal _ = 2\n");
        check_none(RULE.code, "local x\nlocal x\n");
    }
}
