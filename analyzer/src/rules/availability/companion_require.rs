//! ## What it does
//! Finds uses of functions that need a second module beside their own, where the script never requires that one:
//! `msys.datasource` beside `msys.db`, `msys.delivery` beside `msys.httpclnt`, and `msys.extended.message_routing` where
//! `msg:routing_domain` sets the routing domain.
//!
//! ## Why it matters
//! The function is there, so nothing looks wrong until it is called. Then a query fails, or the routing domain that was set
//! is not used and mail leaves by the usual way.
//!
//! ## Example
//! ```lua expect=companion-require
//! require("msys.core")
//! require("msys.db")
//!
//! local function limit_of(domain)
//!   return msys.db.fetch_row("policy", "SELECT size FROM limits WHERE domain = ?", { domain })
//! end
//! print(limit_of("a.example"))
//! ```
//! Use instead:
//! ```lua
//! require("msys.core")
//! require("msys.db")
//! require("msys.datasource")
//!
//! local function limit_of(domain)
//!   return msys.db.fetch_row("policy", "SELECT size FROM limits WHERE domain = ?", { domain })
//! end
//! print(limit_of("a.example"))
//! ```
//!
//! ## Fix
//! Requires the module behind the last `require` at the top of the script, or at its beginning.

use super::needed;
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};

pub(crate) const RULE: Rule =
    Rule { code: "companion-require", severity: Severity::Error, since: "0.1", fixable: Fixable::Safe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    needed::tell_missing(
        script,
        report,
        |expression, member| needed::accompanying(script, expression, member),
        |name, module| {
            let then = if needed::has_effect(script, module) {
                "what is set here has no effect"
            } else {
                "without it the call fails"
            };
            format!("`{name}` needs `{module}` as well, which this script never requires: {then}")
        },
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn the_second_module_is_missing() {
        check(
            RULE.code,
            r#"
require("msys.core")
require("msys.db")
require("msys.httpclnt")
local query = msys.db.query
--                    ^^^^^ error: `msys.db.query` needs `msys.datasource` as well, which this script never requires: without it the call fails
local function rows() return query("policy", "SELECT 1") end
local function outcome(status)
  return msys.httpclnt.http_status_classifier(tonumber(status))
--                     ^^^^^^^^^^^^^^^^^^^^^^ needs `msys.delivery` as well
end
print(rows(), outcome("200"), msys.db.execute("policy", "DELETE FROM a"))
"#,
        );
    }

    #[test]
    fn setting_the_routing_domain_needs_its_hook() {
        check(
            RULE.code,
            r#"
require("msys.core")
require("msys.extended.message")
local mod = {}
function mod:validate_rcptto(msg, str, accept, vctx)
  if msg:routing_domain() == "a.example" then
    msg:routing_domain("relay.example")
--      ^^^^^^^^^^^^^^ needs `msys.extended.message_routing` as well, which this script never requires: what is set here has no effect
  end
  return msys.core.VALIDATE_CONT
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn what_is_there_is_there() {
        check_none(
            RULE.code,
            r#"
require("msys.timer")
require("msys.db")
require("sources")
local mod = {}
function mod:validate_rcptto(msg, str, accept, vctx)
  local domain = msg:routing_domain()
  local row = msys.db.fetch_row("policy", "SELECT 1")
  return msys.core.VALIDATE_CONT
end
function mod:init() timer = msys.timer.every(60, function() end) return true end
msys.registerModule("a", mod)
//- /policy/sources.lua
require("msys.datasource")
return true
"#,
        );
    }

    #[test]
    fn the_fix_requires_it() {
        check_fix(
            RULE.code,
            r#"
require("msys.db")
print(msys.db.fetch_row("policy", "SELECT 1"))
"#,
            r#"
require("msys.db")
require("msys.datasource")
print(msys.db.fetch_row("policy", "SELECT 1"))
"#,
        );
    }
}
