//! ## What it does
//! Notes scripts with callouts that never require `msys.core`.
//!
//! ## Why it matters
//! `msys.core` is there without it, so nothing breaks. The documentation's own scripts begin with it, and it says to the
//! next reader where the constants come from.
//!
//! ## Example
//! ```lua expect=missing-core
//! local mod = {}
//! function mod:validate_connect(accept, vctx)
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("connect", mod)
//! ```
//! Use instead:
//! ```lua
//! local core = require("msys.core")
//! local mod = {}
//! function mod:validate_connect(accept, vctx)
//!   return core.VALIDATE_CONT
//! end
//! msys.registerModule("connect", mod)
//! ```
//!
//! ## Fix
//! Requires `msys.core`.

use super::loaded::Loaded;
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};

pub(crate) const RULE: Rule =
    Rule { code: "missing-core", severity: Severity::Info, since: "0.1", fixable: Fixable::Safe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let is_required = |module: &smol_str::SmolStr| module == "msys.core" || module == "msys/core";
    if script.required_modules().iter().any(is_required) {
        return;
    }
    // Callouts of a single scope, such as those of XMPP, have a module of their own.
    let mut registered = script.registered_callouts().filter(|(_, registration)| registration.scope.is_none());
    let Some((_, registration)) = registered.next() else { return };
    let loaded = Loaded::of(script);
    if loaded.anything {
        return;
    }
    report.at(registration.span, "a script with callouts that never requires `msys.core`").safe_fix(
        "Require `msys.core`",
        vec![Edit::insert(loaded.insertion(script), "require(\"msys.core\")\n")],
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn only_with_callouts() {
        check(
            RULE.code,
            r#"
local mod = {}
function mod:validate_connect(accept, vctx) return msys.core.VALIDATE_CONT end
msys.registerModule("connect", mod)
--<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: never requires `msys.core`
"#,
        );
        check_none(RULE.code, "\nlocal shared = {}\nreturn shared\n");
    }
}
