//! ## What it does
//! Finds calls of the API with more or fewer arguments than any of the function's signatures takes.
//!
//! ## Why it matters
//! A missing argument is nil: the standard library raises an error, and a function of the server in C may take the whole
//! server down. An argument too many is lost.
//!
//! ## Example
//! ```lua expect=argument-count
//! local mod = {}
//! function mod:validate_rcptto(msg, str, accept, vctx)
//!   vctx:set_code(550)
//!   return msys.core.VALIDATE_DONE
//! end
//! msys.registerModule("recipients", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//! function mod:validate_rcptto(msg, str, accept, vctx)
//!   vctx:set_code(550, "5.1.1 no such user")
//!   return msys.core.VALIDATE_DONE
//! end
//! msys.registerModule("recipients", mod)
//! ```

use super::arguments::{UNDOCUMENTED, ApiCall, Failure, any_takes, api_calls, failure, is_standard, shown, span_of};
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::Span;
use momentum_lua_stub_reader::model::Signature;

pub(crate) const RULE: Rule =
    Rule { code: "argument-count", severity: Severity::Error, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for call in api_calls(script) {
        let Some(arguments) = call.arguments() else { continue };
        let count = arguments.len();
        if any_takes(call.function, count, call.site.open_ended) {
            continue;
        }
        let signatures = || call.function.signatures();
        let least = signatures().map(Signature::least).min().unwrap_or_default();
        let most = signatures().map(|signature| signature.most().unwrap_or(usize::MAX)).max().unwrap_or_default();
        if count < least {
            too_few(script, &call, least, count, report);
        } else if count > most {
            too_many(script, &call, most, count, report);
        } else {
            let span = Span::new(script.span(call.call.callee).start, call.call.arguments_span.end);
            let message = format!("`{}` takes no {count} arguments", call.function.name);
            finish(&call, report.at(span, message));
        }
    }
}

fn too_few(script: &Script<'_>, call: &ApiCall<'_>, least: usize, count: usize, report: &mut Report<'_>) {
    let name = &call.function.name;
    let missing = call.function.signature.params.get(count);
    let consequence = match (failure(call.function), missing.is_some_and(|param| param.nilcrash)) {
        (Failure::Raises, _) => "raises an error",
        (Failure::MayCrash, true) => "gets nil for the rest, which may crash the server",
        (Failure::MayCrash, false) => "gets nil for the rest",
    };
    let takes = plural(least, "argument");
    let at_least = if any_takes(call.function, least + 1, false) { "at least " } else { "" };
    let gets = if count == 0 { "none".to_owned() } else { count.to_string() };
    let message = format!("`{name}` takes {at_least}{takes}; here it gets {gets} and {consequence}", );
    let open = call.call.arguments_span;
    let span = if script.text_at(open).starts_with('(') { open } else { script.span(call.site.expression) };
    finish(call, report.at(span, message));
}

fn too_many(script: &Script<'_>, call: &ApiCall<'_>, most: usize, count: usize, report: &mut Report<'_>) {
    let name = &call.function.name;
    let takes = if most == 0 { "no arguments".to_owned() } else { format!("at most {}", plural(most, "argument")) };
    let surplus = count - most;
    let written = &call.call.arguments;
    // A call in the last place may give several of them.
    let first = written.len().saturating_sub(surplus).min(written.len().saturating_sub(1));
    let Some(span) = written.get(first..).and_then(|surplus| span_of(script, surplus)) else { return };
    let raises = call.function.owner == "table" && call.function.member == "insert";
    if call.site.arguments.len() > written.len() && !raises {
        // Further results of a call in the last place, which most functions never see.
        return;
    }
    let message = if raises {
        format!("`{name}` takes {takes} and raises an error when it gets {count}")
    } else {
        format!("`{name}` takes {takes}: this is lost")
    };
    let mut finding = report.at(span, message);
    if is_standard(call.function) && !raises {
        finding.severity(Severity::Warning);
    }
    finish(call, finding);
}

fn finish(call: &ApiCall<'_>, mut finding: crate::rules::Builder<'_>) {
    finding.page_of(&call.function.about);
    if call.function.about.undocumented {
        finding.severity(Severity::Warning).note(UNDOCUMENTED);
    }
    for signature in call.function.signatures() {
        finding.note(format!("`{}`", shown(call.function, signature)));
    }
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn too_few_and_too_many() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local set_code = nil
local mod = {}
local function refuse(v)
  v:set_code(550)
--          ^^^^^ error: `vctx:set_code` takes 2 arguments; here it gets 1 and gets nil for the rest, which may crash
end
function mod:validate_data(msg, accept, vctx)
  refuse(vctx)
  local a = msg:context_get(core.ECMESS_CTX_MESS)
--                         ^^^^^^^^^^^^^^^^^^^^^^ error: takes 2 arguments; here it gets 1
  local b = msg:get_message_size(1, 2)
--                               ^^^^ error: `msg:get_message_size` takes no arguments: this is lost
  local get = msg.context_get
  get(msg, core.ECMESS_CTX_MESS)
--   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: takes 2 arguments; here it gets 1
  local now = core.get_now_ts(1)
--                            ^ error: takes no arguments
  table.insert({}, 1, ("x"):gsub("x", "y"))
--                    ^^^^^^^^^^^^^^^^^^^^ error: raises an error when it gets 4
  string.rep("x")
--          ^^^^^ error: `string.rep` takes 2 arguments; here it gets 1 and raises an error
  local s = ("x"):rep(2, ",")
--                       ^^^ warning: `string.rep` takes at most 2 arguments: this is lost
  table.insert({}, 1, 2, 3)
--                       ^ error: raises an error when it gets 4
  string.format()
--             ^^ error: takes at least 1 argument; here it gets none
end
"#,
        );
    }

    #[test]
    fn overloads_optional_and_open_ends() {
        check_none(
            RULE.code,
            r#"
local function pair() return 1, 2 end
local mod = {}
function mod:validate_data(msg, accept, vctx, ...)
  msg:header("To")
  msg:header("To", "x")
  msg:header("To", "x", "append")
  vctx:set_code(...)
  vctx:set_code(unpack({ 550, "x" }))
  vctx.set_code(vctx, 550, "x")
  msg:context_get(pair())
  msg:discard()
  print()
  print(1, 2, 3)
  string.format("%d", 1, 2, 3)
  os.time()
  table.insert({}, 1)
  tostring(("x"):gsub("x", "y"))
  unknown.f(1)
end
"#,
        );
    }
}
