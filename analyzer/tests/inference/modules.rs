//! What modules bring into other files.

use crate::{check, check_files};

#[test]
fn modules_reach_across_files() {
    check_files(&[
        (
            "limits.lua",
            r#"
local M = { most = 10 }
function M.allow(msg, n)
  local m = msg                           --> ec_message
  return n < M.most
end
return M
"#,
        ),
        (
            "main.lua",
            r#"
local limits = require("limits")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local most = limits.most                --> 10
  local ok = limits.allow(msg, 3)         --> boolean
end
"#,
        ),
    ]);
}

#[test]
fn environments_of_modules_hold_globals() {
    check(
        r#"
module("policy.tariff", package.seeall)
most = 5
function rate(msg) return most end
local a = most                            --> 5
local b = _M.rate                         --> function
function validate_data(self, msg, accept, vctx)
  local m = msg                           --> ec_message
end
"#,
    );
}

#[test]
fn modules_with_dots_in_their_names_are_reached_through_globals() {
    check_files(&[
        (
            "site/limits.lua",
            r#"
module("site.limits", package.seeall)
most = 5
function subject(mail)
  local m = mail                          --> ec_message
  return mail:header("Subject")[1]
end
"#,
        ),
        (
            "site/names/short.lua",
            r#"
module("site.names.short", package.seeall)
function first(mail)
  local m = mail                          --> ec_message
  return "a"
end
"#,
        ),
        (
            "msys/own.lua",
            r#"
module("msys.own", package.seeall)
function f() end
"#,
        ),
        (
            "main.lua",
            r#"
require("msys.core")
require("site.limits")
require("site.names.short")
require("msys.own")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local s = site.limits.subject(msg)
  local f = site.names.short.first(msg)
  return msys.core.VALIDATE_CONT          --> msys.core.VALIDATE_CONT
end
msys.registerModule("main", mod)
"#,
        ),
    ]);
}
