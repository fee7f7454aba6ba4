//! ## What it does
//! Finds results that may be nil, because the call failed or found nothing, and that are indexed, joined, measured,
//! calculated with or called without a look at them. As an argument of a function that does not take nil, `nil-argument`
//! reports them.
//!
//! ## Why it matters
//! Calls that can fail give nil and an error. Working with that nil raises "attempt to index a nil value" or the like,
//! which ends the callout, and it does so on the day that the DNS or the database is down.
//!
//! ## Example
//! ```lua expect=unchecked-result
//! local mod = {}
//! function mod:validate_mailfrom(msg, str, accept, vctx)
//!   local records, err = msys.dnsLookup("example.com", "MX")
//!   print("first exchanger: " .. records[1])
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("exchanger", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//! function mod:validate_mailfrom(msg, str, accept, vctx)
//!   local records, err = msys.dnsLookup("example.com", "MX")
//!   if records then
//!     print("first exchanger: " .. tostring(records[1]))
//!   else
//!     print("no exchanger: " .. tostring(err))
//!   end
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("exchanger", mod)
//! ```

use super::nil::Source;
use crate::rules::origins::Origins;
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::tree::{BinaryOperator, ExpressionId, ExpressionKind, StatementKind, UnaryOperator};
use rustc_hash::FxHashSet;

pub(crate) const RULE: Rule =
    Rule { code: "unchecked-result", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let origins = Origins::new(script);
    let tree = script.tree();
    let mut told = FxHashSet::default();
    let mut tell = |expression: ExpressionId, how: &str, report: &mut Report<'_>| {
        unchecked(&origins, expression, how, &mut told, report);
    };
    for (_, expression) in tree.expressions() {
        match &expression.kind {
            ExpressionKind::Field { base, .. } | ExpressionKind::Index { base, .. } => {
                tell(*base, "index", report);
            }
            ExpressionKind::Call(call) => {
                let how = if call.method.is_some() { "index" } else { "call" };
                tell(call.callee, how, report);
            }
            ExpressionKind::Unary { operator: UnaryOperator::Length, operand, .. } => {
                tell(*operand, "get length of", report);
            }
            ExpressionKind::Unary { operator: UnaryOperator::Negate, operand, .. } => {
                tell(*operand, "perform arithmetic on", report);
            }
            ExpressionKind::Binary { operator, left, right, .. } => {
                let how = match operator {
                    BinaryOperator::Concatenate => "concatenate",
                    operator if operator.is_arithmetic() => "perform arithmetic on",
                    BinaryOperator::Equal | BinaryOperator::NotEqual => continue,
                    operator if operator.is_comparison() => "compare",
                    _ => continue,
                };
                tell(*left, how, report);
                tell(*right, how, report);
            }
            _ => {}
        }
    }
    for (_, statement) in tree.statements() {
        if let StatementKind::GenericFor { values, .. } = &statement.kind
            && let [only] = &**values
        {
            tell(*only, "call", report);
        }
    }
}

fn unchecked(
    origins: &Origins<'_>,
    expression: ExpressionId,
    how: &str,
    told: &mut FxHashSet<String>,
    report: &mut Report<'_>,
) {
    let Some(nil) = origins.nil(expression) else { return };
    let failed = match nil.source {
        Source::Result(_) | Source::HeaderValue(_) => true,
        Source::NotReturned { with_error } => with_error,
        Source::Written | Source::Unassigned | Source::NotPassed => false,
    };
    if !failed {
        return;
    }
    let script = &origins.script;
    let text = script.text_at(script.span(expression));
    // Once a variable was used so, what stands behind says nothing new.
    if let Some((place, _)) = &nil.place
        && !told.insert(format!("{text} {place:?}"))
    {
        return;
    }
    let why = nil.source.why();
    let message = format!("this may be nil: {why}. Then it raises `attempt to {how} a nil value`");
    let mut finding = report.at(script.span(expression), message);
    if let Source::Result(result) | Source::HeaderValue(result) = nil.source {
        finding.page_of(&result.function.about);
    }
    if let Some((place, text)) = nil.place {
        finding.related(place, text);
    }
    if let Some((file, place)) = nil.abroad {
        finding.related_in(file, place, "it is given back here");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn results_that_may_be_nil() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local function lookup(name)
  local found, why = msys.dnsLookup(name)
  return found, why
end
local function load(path)
  local handle = core.io_wrapper_open(path, core.O_RDONLY, 0)
  if not handle then return nil, "cannot open " .. path end
  return handle
end
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local records, err = msys.dnsLookup("example.com", "MX")
  print(records[1], #records)
--      ^^^^^^^ warning: this may be nil: `msys.dnsLookup` gives nil when the lookup failed. Then it raises `attempt to index a nil value`
  print("from " .. msg:mailfrom())
--                 ^^^^^^^^^^^^^^ warning: `msg:mailfrom` gives nil for the null sender `<>`. Then it raises `attempt to concatenate
  local subject = msg:header("Subject")[1]
  if subject:find("viagra") then return core.VALIDATE_DONE end
--   ^^^^^^^ warning: `msg:header` gives an empty table when there is no such header
  local hosts = lookup("example.org")
  print(#hosts)
--       ^^^^^ warning: get length of
  local rows = msys.db.query("db", "select 1", {}, { raise_error = false })
  for row in rows do print(row) end
--           ^^^^ warning: this may be nil: `msys.db.query` gives nil on failure
  local file = load("/tmp/x")
  file:write("x")
--^^^^ warning: the function gives nil on some path
end
"#,
        );
    }

    #[test]
    fn results_that_functions_of_other_files_give_back() {
        check(
            RULE.code,
            r#"
//- /policy/site.lua
local site = { address = {} }
function site.first(msg, name) return msg:header(name)[1] end
function site.exchangers(name) return msys.dnsLookup(name, "MX") end
function site.address.domain(text) return text:match("@(.+)$") end
function site.sender(msg) return msg:mailfrom() or "<>" end
return site
//- /policy/main.lua
local core = require("msys.core")
local site = require("site")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  print("subject: " .. site.first(msg, "Subject"))
--                     ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `msg:header` gives an empty table when there is no such header
  local hosts, why = site.exchangers("example.com")
  print(#hosts)
--       ^^^^^ warning: `msys.dnsLookup` gives nil when the lookup failed
  local from = site.sender(msg)
  print(site.address.domain(from):lower(), from:lower())
--      ^^^^^^^^^^^^^^^^^^^^^^^^^ warning: `string.match` gives nil when nothing matches
  local others, reason = site.exchangers("example.org")
  if reason then return core.VALIDATE_CONT end
  print(#others)
  if from:find("@") then print(site.address.domain(from):lower()) end
  return core.VALIDATE_CONT
end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn results_in_fields_of_tables() {
        check(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local seen = { subject = msg:header("Subject")[1], from = msg:mailfrom() }
  print("subject: " .. seen.subject)
--                     ^^^^^^^^^^^^ warning: `msg:header` gives an empty table when there is no such header
  if seen.from then print("from " .. seen.from) end
  return core.VALIDATE_CONT
end
msys.registerModule("mod", mod)
"#,
        );
        check_none(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local seen = { subject = msg:header("Subject")[1], from = msg:mailfrom() }
  if not seen.subject then seen.subject = "" end
  print("subject: " .. seen.subject)
  seen.from = seen.from or "<>"
  print("from " .. seen.from)
  return core.VALIDATE_CONT
end
msys.registerModule("mod", mod)
"#,
        );
    }

    #[test]
    fn checked_results() {
        check_none(
            RULE.code,
            r#"
local core = require("msys.core")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local records, err = msys.dnsLookup("example.com", "MX")
  if not records then return core.VALIDATE_CONT end
  print(records[1])
  local other, why = msys.dnsLookup("example.com", "A")
  if why ~= nil then
    print("failed: " .. why)
  else
    print(#other)
  end
  local sender = msg:mailfrom() or "<>"
  print("from " .. sender)
  local to = msg:header("To")[1]
  if to and to:find("@") then print(to) end
  if msg:mailfrom() == nil then print("bounce") end
  local m = msys.pcre.match("a", "(a)")
  if m ~= nil then print("group " .. m[1]) end
  local rows = msys.db.query("db", "select 1")
  for row in rows do print(row) end
end
"#,
        );
    }
}
