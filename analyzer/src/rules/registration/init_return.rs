//! ## What it does
//! Reports paths through `init` that may give back something else than `true`.
//!
//! ## Why it matters
//! The server takes any other result, no result included, for a failure: the configuration is not applied, and `config
//! reload` answers "initialization failed while preparing to commit. Consult your vendor". It names neither script nor
//! reason.
//!
//! `return false` under a condition is only a warning: a script may refuse a configuration that it cannot work with. 0,
//! which some examples of the documentation return in spite of its words, is only mentioned.
//!
//! ## Example
//! ```lua expect=init-return
//! local mod = {}
//!
//! function mod:init()
//!   msys.cidr.define("local_nets", { "10.0.0.0/8" })
//! end
//!
//! msys.registerModule("networks", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//!
//! function mod:init()
//!   msys.cidr.define("local_nets", { "10.0.0.0/8" })
//!   return true
//! end
//!
//! msys.registerModule("networks", mod)
//! ```
//!
//! ## Fix
//! Returns `true` there. Unsafe: what went before may have failed.

use super::start_and_stop;
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};

pub(crate) const RULE: Rule =
    Rule { code: "init-return", severity: Severity::Error, since: "0.1", fixable: Fixable::Unsafe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    start_and_stop::check(script, report, "init", "the server does not apply the configuration");
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
local core = require("msys.core")
local register = msys.registerModule
local a = {}
function a:init()
--         ^^^^ related: `init` is defined here
  if msys.getenv then
--   ^^^^^^^^^^^ related: where this does not hold
    return true
  end
end
--<^^^ error: `init` ends here without `return true`: the server does not apply the configuration
register("a", a)
local b = {
  init = function()
    if tonumber("1") then return end
--                        ^^^^^^ error: `init` returns nothing here
    return core.VALIDATE_CONT
--  ^^^^^^^^^^^^^^^^^^^^^^^^^ error: `init` returns `msys.core.VALIDATE_CONT` instead of `true` here
  end,
}
register("b", b)
local c = {}
c.init = function(self)
  if tonumber("1") then
    return false
--  ^^^^^^^^^^^^ warning: `init` returns false here
  end
  local ok
  if tonumber("2") then ok = true end
  return ok
--^^^^^^^^^ warning: `init` may return `nil` instead of `true` here
end
register("c", c)
local function start() return 1 end
--                     ^^^^^^^^ error: `init` returns `1` instead of `true` here
register("d", { init = start })
register("f", { init = function() return 0 end })
--                                ^^^^^^^^ info: `init` returns `0` instead
register("e", { init = function() return false end })
--                                ^^^^^^^^^^^^ error: `init` returns `false` instead
"#,
        );
    }

    #[test]
    fn what_returns_true_or_is_not_known() {
        check_none(
            RULE.code,
            r#"
local function define() return true end
local a = {}
function a:init() return define() end
msys.registerModule("a", a)
local b = {}
function b:init() return site_start() end
msys.registerModule("b", b)
local c = {}
function c:init()
  if tonumber("1") then return true else error("no") end
end
msys.registerModule("c", c)
local d = {}
function d:init() return true, "done" end
msys.registerModule("d", d)
local queue = {}
function queue:init() self.list = {} end
local e = { validate_data = function(self, msg) end, start = function() end }
msys.registerModule("e", e)
"#,
        );
    }

    #[test]
    fn the_fix_returns_true() {
        check_fix(
            RULE.code,
            r#"
local mod = {}
function mod:init()
    if msys.x then return end
    if msys.y then return msys.core.VALIDATE_CONT end
end
msys.registerModule("mod", mod)
msys.registerModule("other", { init = function() print("on") end })
msys.registerModule("third", { init = function()
end })
local function start() print("up") end
msys.registerModule("fourth", { init = function() return start() end })
"#,
            r#"
local mod = {}
function mod:init()
    if msys.x then return true end
    if msys.y then return true end
    return true
end
msys.registerModule("mod", mod)
msys.registerModule("other", { init = function() print("on") return true end })
msys.registerModule("third", { init = function()
  return true
end })
local function start() print("up") end
msys.registerModule("fourth", { init = function() start() return true end })
"#,
        );
    }
}
