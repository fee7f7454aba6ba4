//! ## What it does
//! Reports paths through `deinit` that may give back something else than `true`.
//!
//! ## Why it matters
//! `deinit` releases what `init` has set up, and says so by `true`. After any other result the server keeps what the
//! script held, and with each reload of the configuration a little more stays behind.
//!
//! ## Example
//! ```lua expect=deinit-return
//! local mod = {}
//!
//! function mod:deinit()
//!   self.timer = nil
//! end
//!
//! msys.registerModule("refresh", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//!
//! function mod:deinit()
//!   self.timer = nil
//!   return true
//! end
//!
//! msys.registerModule("refresh", mod)
//! ```
//!
//! ## Fix
//! Returns `true` there. Unsafe: what went before may have failed.

use super::start_and_stop;
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};

pub(crate) const RULE: Rule =
    Rule { code: "deinit-return", severity: Severity::Warning, since: "0.1", fixable: Fixable::Unsafe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    start_and_stop::check(script, report, "deinit", "what `init` has set up may stay behind");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn paths_that_do_not_return_true() {
        check(
            RULE.code,
            r#"
local mod = {}
local timer
mod["deinit"] = function(self)
  if timer then
    timer = nil
    return true
  end
end
--<^^^ warning: `deinit` ends here without `return true`: what `init` has set up may stay behind
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn other_functions_of_that_name() {
        check_none(
            RULE.code,
            r#"
local mod = {}
function mod:deinit() return true end
msys.registerModule("mod", mod)
local driver = {}
function driver:deinit() self.handle = nil end
return driver
"#,
        );
    }

    #[test]
    fn the_fix_returns_true() {
        check_fix(
            RULE.code,
            "local mod = {}\r\nfunction mod.deinit()\r\n\tprint(1)\r\nend\r\nmsys.registerModule(\"mod\", mod)\r\n",
            "local mod = {}\r\nfunction mod.deinit()\r\n\tprint(1)\r\n\treturn true\r\nend\r\n\
             msys.registerModule(\"mod\", mod)\r\n",
        );
    }
}
