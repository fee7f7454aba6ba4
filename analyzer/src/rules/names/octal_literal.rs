//! # octal-literal
//!
//! ## What it does
//! Points at number literals whose leading 0 changes their value, because it makes them octal. It warns where a decimal
//! number is plainly meant: an hour, a port, a limit, a reply code. Rights of files, which are octal by custom, are left
//! alone, and so are literals such as `07`, which have the same value either way.
//!
//! It also warns of `tonumber` on what `os.date` has padded with a 0.
//!
//! ## Why it matters
//! In Momentum's Lua, other than in stock Lua 5.1, a leading 0 makes a number octal: `0025` is 21, and a listener or a limit
//! is just another one than the script seems to say. The same rule holds at run time: `tonumber("010")` is 8, and
//! `tonumber("08")` is nil, so that `tonumber(os.date("%H"))` works all day but from 8 to 10.
//!
//! ## Example
//! ```lua expect=octal-literal
//! local night = { from = 22, to_hour = 010 }
//! ```
//! Use instead:
//! ```lua
//! local night = { from = 22, to_hour = 10 }
//! ```
//!
//! ## Fix
//! Takes the zeros away, or asks `os.date("*t")` for the number. Unsafe: the octal value may be meant.

use super::number_use::{NumberUse, number_use};
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::analysis::CallSite;
use crate::syntax::literal;
use crate::syntax::tree::{ExpressionId, ExpressionKind};

pub(crate) const RULE: Rule =
    Rule { code: "octal-literal", severity: Severity::Info, since: "0.1", fixable: Fixable::Unsafe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for (id, expression) in script.tree().expressions() {
        let ExpressionKind::Number(value) = expression.kind else { continue };
        let text = script.text_at(expression.span);
        let decimal = text.trim_start_matches('0');
        if !literal::is_octal(text) || decimal.parse() == Ok(value) || value == 0.0 {
            continue;
        }
        let (severity, meant) = match number_use(script, id) {
            NumberUse::Rights => continue,
            NumberUse::Decimal(what) => (Severity::Warning, format!(", and {what} is written in decimal")),
            NumberUse::Unknown => (Severity::Info, String::new()),
        };
        report
            .at(expression.span, format!("The leading 0 makes `{text}` octal: its value is {value}{meant}"))
            .severity(severity)
            .unsafe_fix(
                format!("Write `{decimal}`, the decimal number"),
                vec![Edit::replace(expression.span, decimal)],
            );
    }
    for call in &script.analysis().calls {
        if script.called(call).is_some_and(|function| function.path() == "tonumber") {
            padded(script, call, report);
        }
    }
}

/// `tonumber` on text that may begin with a 0.
fn padded(script: &Script<'_>, call: &CallSite, report: &mut Report<'_>) {
    let ExpressionKind::Call(node) = &script.tree().expression(call.expression).kind else { return };
    let Some(&argument) = node.arguments.first() else { return };
    // Another base than 10 takes the digits as they are.
    if node.arguments.len() > 1 {
        return;
    }
    let span = script.span(call.expression);
    if let Some(text) = script.tree().string(argument).filter(|text| literal::is_octal(text)) {
        let decimal = text.trim_start_matches('0');
        let value = literal::number(text);
        if value.is_none_or(|value| decimal.parse() != Ok(value) && value != 0.0) {
            let value = value.map_or_else(|| "nil".to_owned(), |value| value.to_string());
            report
                .at(span, format!("`tonumber` takes `{text}` for octal: it gives {value}"))
                .severity(Severity::Warning)
                .unsafe_fix(
                    format!("Write `{decimal}`, the decimal number"),
                    vec![Edit::replace(span, decimal)],
                );
        }
    } else if let Some((field, utc)) = padded_date(script, argument) {
        let mut finding =
            report.at(span, "`tonumber` takes a leading 0 for octal: for `08` and `09` it gives nil here");
        finding.severity(Severity::Warning);
        if let Some(field) = field {
            let now = format!("os.date(\"{utc}*t\").{field}");
            finding.unsafe_fix(format!("Write `{now}`"), vec![Edit::replace(span, now)]);
        }
    }
}

/// Whether an expression is `os.date` with a format of one number in two or three digits: the field of `*t` that has the
/// same number, and `!` if the time is in UTC.
fn padded_date(script: &Script<'_>, expression: ExpressionId) -> Option<(Option<&'static str>, &'static str)> {
    let tree = script.tree();
    let ExpressionKind::Call(call) = &tree.expression(tree.unparenthesized(expression)).kind else {
        return None;
    };
    if script.member(call.callee)?.function()?.path() != "os.date" {
        return None;
    }
    let format = tree.string(*call.arguments.first()?)?;
    let (utc, conversion) = match format.strip_prefix('!') {
        Some(rest) => ("!", rest),
        None => ("", format),
    };
    let field = match conversion {
        "%H" => Some("hour"),
        "%M" => Some("min"),
        "%S" => Some("sec"),
        "%d" => Some("day"),
        "%m" => Some("month"),
        "%j" => Some("yday"),
        "%I" | "%U" | "%V" | "%W" | "%y" => None,
        _ => return None,
    };
    // The fix would lose a second argument.
    Some((field.filter(|_| call.arguments.len() == 1), utc))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn a_leading_zero_is_worth_knowing() {
        check(
            RULE.code,
            r#"
local a = { 010, b = 0777 }
--          ^^^ info: The leading 0 makes `010` octal: its value is 8
--                   ^^^^ info: its value is 511
print(-0025)
--     ^^^^ info: its value is 21
"#,
        );
        check_none(RULE.code, "print(0, 00, 007, 0.5, 0x10, 10, '010', 7)\n");
    }

    #[test]
    fn what_is_plainly_decimal() {
        check(
            RULE.code,
            r#"
local smtp_port = 0025
--                ^^^^ warning: its value is 21, and `smtp_port` is written in decimal
local t = os.time({ year = 2024, month = 010, day = 011 })
--                                       ^^^ warning:
--                                                  ^^^ warning:
local mod = {}
mod.maxConnections = 0100
--                   ^^^^ warning: `maxConnections`
function mod:validate_data(msg, accept, vctx)
  msys.sleep(010)
--           ^^^ warning: and `duration_in_seconds` of `msys.sleep` is written in decimal
  local x = #msg:header("Received") * 010 + 012
--                                    ^^^ warning: and what is computed with is written in decimal
--                                          ^^^ warning:
  if t.hour > 020 or 017 == t.hour then return end
--            ^^^ warning: `hour`
--                   ^^^ warning: `hour`
  for i = 1, 010 do print(t[i]) end
--           ^^^ warning: the end of a loop
  local address = { 192, 168, 010, 001 }
--                            ^^^ warning: and the rest of the list is written in decimal
end
"#,
        );
        check_fix(RULE.code, "local port = 0025\n", "local port = 25\n");
    }

    #[test]
    fn rights_of_files() {
        check_none(
            RULE.code,
            r#"
local core = require("msys.core")
local flags = core.O_CREAT | core.O_WRONLY
local file = core.io_wrapper_open("/tmp/x", flags, 0660)
local mode, log_perms = 0644, 0600
local options = { umask = 0027, mode = 0755 }
local rights = 0640
local other = msys.core.io_wrapper_open("/tmp/y", flags, rights)
local plain = 0400
local third = core.io_wrapper_open("/tmp/z", flags, plain)
local is_private = options.mode & 0077 == 0
chmod("/tmp/x", 0755)
print(string.format("%o", 0755))
"#,
        );
    }

    #[test]
    fn octal_at_run_time() {
        check(
            RULE.code,
            r#"
local hour = tonumber(os.date("%H"))
--           ^^^^^^^^^^^^^^^^^^^^^^^ warning: for `08` and `09` it gives nil here
local number = tonumber
print(number("010"), tonumber("09"), tonumber(os.date("!%y", 0)))
--    ^^^^^^^^^^^^^ warning: takes `010` for octal: it gives 8
--                   ^^^^^^^^^^^^^^ warning: it gives nil
--                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning:
"#,
        );
        check_none(
            RULE.code,
            r#"print(tonumber("7"), tonumber("0x10"), tonumber("010", 8), tonumber(os.date("%Y")), tonumber(x))"#,
        );
        check_fix(
            RULE.code,
            "print(tonumber(os.date(\"!%H\")), tonumber('010'))\n",
            "print(os.date(\"!*t\").hour, 10)\n",
        );
    }
}
