use crate::rules::basics::unused_suppression::RULE;
use crate::rules::fixture::{check, check_fix, check_none};

const EMPTY_IF: &str = "lua/empty_if";

#[test]
fn lines() {
    check(
        EMPTY_IF,
        r#"
---@diagnostic disable-next-line: lua/empty_if -- to be filled in
if a then end
if b then end
--<^^^^^^^^^ does nothing
if c then end ---@diagnostic disable-line: lua/empty_if
if d then end ---@diagnostic disable-line
--- @diagnostic disable-next-line : lua/compare_nan, lua/empty_if
if e then end
---@diagnostic disable-next-line: lua/
if f then end
---@diagnostic disable-next-line: lua/compare_nan
if g then end
--<^^^^^^^^^
"#,
    );
}

#[test]
fn next_line_is_the_next_with_code() {
    check_none(
        EMPTY_IF,
        r#"
---@diagnostic disable-next-line: lua/empty_if
---@diagnostic disable-next-line: lua/unused_variable

-- a word about it
if a then end
"#,
    );
    check_none(EMPTY_IF, "---@diagnostic disable-next-line: lua/empty_if\r\nif a then end\r\n");
}

#[test]
fn regions() {
    check(
        EMPTY_IF,
        r#"
if a then end ---@diagnostic disable: lua/empty_if
--<^^^^^^^^^
if b then end
---@diagnostic enable: lua/compare_nan
if c then end
---@diagnostic enable: lua/empty_if
if d then end
--<^^^^^^^^^
---@diagnostic disable
if e then end
---@diagnostic enable: lua/empty_if
if f then end
--<^^^^^^^^^
"#,
    );
    check_none(EMPTY_IF, "---@diagnostic disable\nif a then end\n");
}

#[test]
fn comments_of_selene() {
    check(
        EMPTY_IF,
        r#"
-- selene: allow(empty_if, unused_variable)
if a then
  if b then end
end
if c then end
--<^^^^^^^^^
-- selene: deny(empty_if)
if d then end
--<^^^^^^^^^
"#,
    );
    check_none(EMPTY_IF, "--# selene: allow(empty_if)\nif a then end\nif b then end\n");
    check_none(RULE.code, "-- selene: allow(empty_if, nonsense)\nf()\n");
}

#[test]
fn what_is_no_suppression() {
    check(
        EMPTY_IF,
        r#"
-- see ---@diagnostic disable
if a then end
--<^^^^^^^^^
local s = "---@diagnostic disable"
if b then end
--<^^^^^^^^^
--[[ ---@diagnostic disable ]]
---@diagnosticdisable
if c then end
--<^^^^^^^^^
"#,
    );
}

#[test]
fn unused_ones() {
    check(
        RULE.code,
        r#"
---@diagnostic disable-next-line: lua/empty_if
--<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `lua/empty_if`: this suppresses nothing
if a then f() end
---@diagnostic disable-next-line: lua/empty_if, lua/compare_nan -- both
--                                              ^^^^^^^^^^^^^^^ `lua/compare_nan`: this suppresses nothing
if a then end
---@diagnostic disable-line
--<^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: there is no finding here
---@diagnostic enable: lua/empty_if
--<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this enables nothing
---@diagnostic disable: lua/empty_if
if c then end
---@diagnostic enable: lua/empty_if
---@diagnostic disable: lua/compare_nan
--<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
"#,
    );
}

#[test]
fn names_that_are_not_quite_right() {
    check(
        RULE.code,
        r#"
---@diagnostic disable-nextline: lua/empty_if
--             ^^^^^^^^^^^^^^^^ suppresses nothing: it is none of `disable-next-line`
---@diagnostic disable-next-line: lua/empty-if, empty_if
--                                ^^^^^^^^^^^^ no rule is called `lua/empty-if`
--                                              ^^^^^^^^ no rule is called `empty_if`
if a then end
"#,
    );
    check_fix(
        RULE.code,
        "---@diagnostic disable-nextline: lua/empty_if\nif a then end\n",
        "---@diagnostic disable-next-line: lua/empty_if\nif a then end\n",
    );
    check_fix(
        RULE.code,
        "---@diagnostic disable-next-line: empty_if\nif a then end\n",
        "---@diagnostic disable-next-line: lua/empty_if\nif a then end\n",
    );
}

#[test]
fn codes_of_other_tools_and_of_rules_that_do_not_run() {
    check_none(
        RULE.code,
        "---@diagnostic disable-next-line: deprecated, unused-local, spellcheck-of-ours\nf()\n",
    );
    check_none(RULE.code, "---@diagnostic disable: undefined-global\nf()\n");
    check_none(RULE.code, "// lua/empty_if=off\n---@diagnostic disable-next-line: lua/empty_if\nf()\n");
    check_none(RULE.code, "---@diagnostic disable-next-line: lua/shadowing\nf()\n");
    check_none(RULE.code, "---@diagnostic disable-next-line: lua/empty_if\nlocal = 1\n");
}

#[test]
fn it_can_be_suppressed_itself() {
    check_none(
        RULE.code,
        "---@diagnostic disable: unused-suppression\n---@diagnostic disable-next-line: lua/empty_if\nf()\n",
    );
}

#[test]
fn fixes_remove_what_is_unused() {
    check_fix(
        RULE.code,
        "f()\n  ---@diagnostic disable-next-line: lua/empty_if\nf() ---@diagnostic disable-line: lua/empty_if\n",
        "f()\nf()\n",
    );
    check_fix(
        RULE.code,
        "if a then end ---@diagnostic disable-line: lua/compare_nan, lua/empty_if, lua/must_use, syntax -- why\n",
        "if a then end ---@diagnostic disable-line: lua/empty_if -- why\n",
    );
}
