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
