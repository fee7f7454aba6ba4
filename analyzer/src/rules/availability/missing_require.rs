//! ## What it does
//! Finds the first use of a function or field whose module the script never requires, neither itself nor through a
//! module of the project that it requires.
//!
//! ## Why it matters
//! The methods of `msys.extended.message`, say, are added to messages when that module is loaded. Without a `require`
//! the script only works as long as some other script happens to be loaded first; else it raises `attempt to call a nil
//! value` in the middle of a session.
//!
//! ## Example
//! ```lua expect=missing-require
//! local mod = {}
//! function mod:validate_data_spool(msg, accept, vctx)
//!   msg:header("X-Policy", "seen", "replace")
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("stamp", mod)
//! ```
//! Use instead:
//! ```lua
//! require("msys.extended.message")
//! local mod = {}
//! function mod:validate_data_spool(msg, accept, vctx)
//!   msg:header("X-Policy", "seen", "replace")
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("stamp", mod)
//! ```
//!
//! ## Fix
//! Requires the module behind the last `require` at the top of the script, or at its beginning.

use super::needed;
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};

pub(crate) const RULE: Rule =
    Rule { code: "missing-require", severity: Severity::Error, since: "0.1", fixable: Fixable::Safe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    needed::tell_missing(
        script,
        report,
        |_, member| needed::bringing(script, member).into_iter().collect(),
        |name, module| {
            format!(
                "`{name}` is nil until some script requires `{module}`, and this one never does: using it may raise an \
                 error"
            )
        },
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn the_first_use_of_each_module_is_reported() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
local function stamp(message)
  message:header("X-Policy", "seen", "replace")
--        ^^^^^^ `msg:header` is nil until some script requires `msys.extended.message`
end
function mod:validate_data_spool(msg, accept, vctx)
  stamp(msg)
  local subject = msg:header("Subject")
  local found = msys.pcre.match("a", "b")
--                        ^^^^^ requires `msys.pcre`
  return core.VALIDATE_CONT
end
msys.registerModule("stamp", mod)
"#,
        );
    }

    #[test]
    fn a_module_of_the_project_may_require_it() {
        check_none(
            RULE.code,
            r#"
local shared = require("shared")
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  msg:header("X-Policy", "seen", "replace")
  return msys.core.VALIDATE_CONT
end
msys.registerModule("stamp", mod)
//- /policy/shared.lua
require "msys.extended.message"
return {}
"#,
        );
    }

    #[test]
    fn a_module_that_is_not_known_may_require_anything() {
        check_none(
            RULE.code,
            r#"
require("site.prelude")
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  msg:header("X-Policy", "seen", "replace")
  return msys.core.VALIDATE_CONT
end
msys.registerModule("stamp", mod)
"#,
        );
    }

    #[test]
    fn a_require_inside_pcall_counts() {
        check_none(
            RULE.code,
            r#"
local has_pcre = pcall(require, "msys.pcre")
local ok, message = pcall(require, "msys.extended.message")
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  if has_pcre and ok and msys.pcre.match(msg:header("Subject")[1] or "", "^a") then print(message) end
  return msys.core.VALIDATE_CONT
end
msys.registerModule("stamp", mod)
"#,
        );
        check(
            RULE.code,
            r#"
local has_json = pcall(require, "json")
local has_settings, settings = pcall(require, "site.settings")
print(msys.pcre.match("a", "b"))
--              ^^^^^ requires `msys.pcre`
"#,
        );
    }

    #[test]
    fn the_fix_goes_behind_the_whole_statement() {
        for first in [
            "local match = require(\"msys.core\")\n  .VALIDATE_CONT",
            "require(\"msys.core\") local t = {\n  1,\n}",
            "require(\"msys.core\") --[[ a word\n  or two ]]",
            "print(require(\"msys.core\"),\n  1) print(\n2)",
            "do\n  require(\"msys.core\")\nend",
        ] {
            let rest = "print(msys.pcre.match(\"a\", \"b\"))\n";
            let head = first.trim_end_matches("end");
            let tail = first.strip_prefix(head).unwrap_or_default();
            let behind = if tail.is_empty() { "\n" } else { "" };
            check_fix(
                RULE.code,
                &format!("{first}\n{rest}"),
                &format!("{head}{behind}require(\"msys.pcre\")\n{tail}{}{rest}", if tail.is_empty() { "" } else { "\n" }),
            );
        }
    }

    #[test]
    fn the_fix_goes_behind_the_last_require() {
        check_fix(
            RULE.code,
            r#"
require("msys.core")
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  msg:header("X-Policy", "seen", "replace")
  return msys.core.VALIDATE_CONT
end
msys.registerModule("stamp", mod)
"#,
            r#"
require("msys.core")
require("msys.extended.message")
local mod = {}
function mod:validate_data_spool(msg, accept, vctx)
  msg:header("X-Policy", "seen", "replace")
  return msys.core.VALIDATE_CONT
end
msys.registerModule("stamp", mod)
"#,
        );
    }
}
