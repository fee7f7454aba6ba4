//! ## What it does
//! Finds reply codes outside 200 to 599, and enhanced status codes of another class than the reply: `550 4.7.1`.
//!
//! ## Why it matters
//! The sending server decides by the first digit whether it tries again (4) or gives up (5). Where code and enhanced status
//! disagree, some servers believe the one and some the other: mail bounces that should wait, or is sent again for days. A
//! code outside the range is no SMTP reply at all.
//!
//! ## Example
//! ```lua expect=smtp-reply
//! local mod = {}
//! function mod:validate_rcptto(msg, str, accept, vctx)
//!   vctx:set_code(550, "4.7.1 try again later")
//!   return msys.core.VALIDATE_DONE
//! end
//! msys.registerModule("greylist", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//! function mod:validate_rcptto(msg, str, accept, vctx)
//!   vctx:set_code(450, "4.7.1 try again later")
//!   return msys.core.VALIDATE_DONE
//! end
//! msys.registerModule("greylist", mod)
//! ```

use super::arguments::api_calls;
use super::reply::{
    Code, discard_reason, enhanced_status, is_out_of_range, leading_code, number, part_of_literal, reply,
};
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::tree::{ExpressionId, ExpressionKind, StatementKind};
use momentum_lua_stub_reader::model::About;

pub(crate) const RULE: Rule =
    Rule { code: "smtp-reply", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for call in api_calls(script) {
        let about = &call.function.about;
        if let Some((expression, reason)) = discard_reason(script, &call) {
            if let Some(code) = leading_code(&reason) {
                whole(script, expression, code, &reason, about, report);
            }
            continue;
        }
        let Some(reply) = reply(script, &call) else { continue };
        match (reply.code, reply.text) {
            (Some((expression, Code::Number(code))), _) if is_out_of_range(code) => {
                out_of_range(script, expression, code, about, report);
            }
            (Some((_, Code::InText)), Some((expression, text))) => {
                if let Some(code) = leading_code(&text) {
                    whole(script, expression, code, &text, about, report);
                }
            }
            (Some((_, Code::Number(code))), Some((expression, text))) => {
                status(script, expression, code, &text, 0, about, report);
            }
            _ => {}
        }
    }
    fields(script, report);
}

/// A text that begins with its code.
fn whole(
    script: &Script<'_>,
    expression: ExpressionId,
    code: u16,
    text: &str,
    about: &About,
    report: &mut Report<'_>,
) {
    let code = f64::from(code);
    if is_out_of_range(code) {
        let span = part_of_literal(script, expression, 0..3);
        let message = format!("{code} is no SMTP reply code: they go from 200 to 599");
        report.at(span, message).page_of(about);
    } else if let Some(rest) = text.get(4..) {
        status(script, expression, code, rest, 4, about, report);
    }
}

fn status(
    script: &Script<'_>,
    expression: ExpressionId,
    code: f64,
    text: &str,
    offset: usize,
    about: &About,
    report: &mut Report<'_>,
) {
    let Some((class, range)) = enhanced_status(text) else { return };
    let of_code = (code / 100.0).floor();
    // A 3xx reply has no enhanced status; what stands there means something else.
    if f64::from(class) == of_code || of_code == 3.0 {
        return;
    }
    let written = text.get(range.clone()).unwrap_or_default();
    let span = part_of_literal(script, expression, range.start + offset..range.end + offset);
    let means = |class: f64| match class {
        2.0 => "success",
        4.0 => "try again later",
        5.0 => "give up",
        _ => "nothing that SMTP knows",
    };
    let message = format!(
        "the code {code} says {}, and the enhanced status {written} says {}: the sending server may believe either",
        means(of_code),
        means(f64::from(class)),
    );
    report.at(span, message).page_of(about);
}

fn out_of_range(
    script: &Script<'_>,
    expression: ExpressionId,
    code: f64,
    about: &About,
    report: &mut Report<'_>,
) {
    let message = format!("{code} is no SMTP reply code: they go from 200 to 599");
    report.at(script.span(expression), message).page_of(about);
}

/// `vctx.code = 700`
fn fields(script: &Script<'_>, report: &mut Report<'_>) {
    for (_, statement) in script.tree().statements() {
        let StatementKind::Assign { targets, values } = &statement.kind else { continue };
        for (&target, &value) in targets.iter().zip(values) {
            let ExpressionKind::Field { base, name } = &script.tree().expression(target).kind else { continue };
            let is_context = script.type_of(*base).class().is_some_and(|class| class == "validate_context");
            if name.text == "code"
                && is_context
                && let Some(code) = number(&script.type_of(value))
                && is_out_of_range(code)
                && let Some(member) = script.api().member("validate_context", "code")
            {
                out_of_range(script, value, code, member.about(), report);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn codes_and_statuses_that_disagree() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
local function refuse(v, code, text)
  v:set_code(code, text)
--           ^^^^ warning: 700 is no SMTP reply code
end
function mod:validate_data(msg, accept, vctx)
  vctx:set_code(550, "4.7.1 later")
--                    ^^^^^ warning: the code 550 says give up, and the enhanced status 4.7.1 says try again later
  vctx:set_code("450", "5.7.1 \"never\"")
--                     ^^^^^^^^^^^^^^^^^ warning: the code 450 says try again later
  vctx:disconnect(42, "bye")
--                ^^ warning: 42 is no SMTP reply code
  local code = 650
  vctx:set_code(code, "x")
--              ^^^^ warning: 650 is no
  msg:discard("550 4.1.1 gone")
--                 ^^^^^ warning: the code 550 says give up
  msg:code(0, "999 x")
--             ^^^ warning: 999 is no
  vctx.code = 5500
--            ^^^^ warning: 5500 is no
  refuse(vctx, 700, "x")
  vctx:set_code(550, "4.7.1 " .. msg:header("X-Reason")[1])
--                    ^^^^^ warning: the enhanced status 4.7.1 says try again later
  vctx:set_code(450, string.format("5.7.1 %s is listed", tostring(msg.id)))
--                                  ^^^^^ warning: 5.7.1 says give up
  vctx:set_code(450, ("5.7.%d %s"):format(1, "a") .. "b")
  vctx:set_code(450, ("5.7.1 %s"):format("a") .. "b")
--                     ^^^^^ warning: 5.7.1 says give up
end
"#,
        );
    }

    #[test]
    fn replies_in_order() {
        check_none(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  vctx:set_code(550, "5.7.1 no")
  vctx:set_code("450", "4.7.1 later")
  vctx:set_code(250, "2.0.0 fine")
  vctx:set_code(550, "192.0.2.1 is listed")
  vctx:set_code(550, "no such user")
  vctx:set_code(tonumber(msg:header("X-Code")[1]), "4.7.1 later")
  msg:discard("550 5.7.0 unwanted")
  msg:discard()
  msg:code(0, "550 5.7.1 no")
  msg:code(550, "5.7.1 no")
  vctx.code = 451
end
"#,
        );
    }
}
