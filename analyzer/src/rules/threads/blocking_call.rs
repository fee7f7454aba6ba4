//! # blocking-call
//!
//! ## What it does
//! Finds calls that wait for a disk, the network or another program (`io.open`, `os.execute`, an HTTP request, …) and are
//! reached from a callout, a hook or a timer on the server's own thread: nothing on the way is run by `msys.runInPool`. One
//! call of each function is named, the others beside it.
//!
//! Datasource queries, `msys.readfile`, `msys.sleep` and the like suspend the session instead and are not meant; neither
//! are scanners in the callouts that their pages name. In `validate_data_spool` and `validate_data_spool_each_rcpt`, where
//! the documentation calls blocking safe, a finding is for information only.
//!
//! ## Why it matters
//! A thread of the scheduler serves thousands of sessions in turn. While a script waits, none of them goes on: mail stands
//! still in both directions, clients time out, and the watchdog may stop the server.
//!
//! ## Example
//! ```lua expect=blocking-call
//! local mod = {}
//!
//! function mod:validate_connect(accept, vctx)
//!   os.execute("/usr/local/bin/count-connection")
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("connections", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//!
//! function mod:validate_connect(accept, vctx)
//!   msys.runInPool("IO", function() os.execute("/usr/local/bin/count-connection") end)
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("connections", mod)
//! ```
//!
//! ## Fix
//! Runs the call in the thread pool `IO`, where it stands alone or gives its values to new locals. Unsafe: what it raises
//! then comes back as a result.

use super::callers::{is_spooling, is_timer, serves_sessions};
use super::locks::{Locks, takes_lock};
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule, call_path};
use crate::semantics::analysis::CallSite;
use crate::semantics::reach::Reach;
use crate::syntax::tree::{ExpressionId, ExpressionKind, FunctionId, StatementKind};
use momentum_lua_stub_reader::model::Function;

pub(crate) const RULE: Rule =
    Rule { code: "blocking-call", severity: Severity::Warning, since: "0.1", fixable: Fixable::Unsafe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let mut blocking: Vec<(Option<FunctionId>, Blocking<'_>)> = Vec::new();
    for site in &script.analysis().calls {
        let Some(function) = script.called(site).filter(|function| blocks(function)) else { continue };
        match blocking.iter_mut().find(|(place, _)| *place == site.function) {
            Some((_, sites)) => sites.push((site, function)),
            None => blocking.push((site.function, vec![(site, function)])),
        }
    }
    let locks = if blocking.is_empty() { Locks::default() } else { Locks::of(script) };
    for (place, mut sites) in blocking {
        let Some(reach) = worst(script.reached_by(place)) else { continue };
        if is_spooling(reach) {
            // Momentum's own functions are documented for it.
            sites.retain(|(_, function)| !function.owner.starts_with("msys."));
        }
        let Some(((site, function), others)) = sites.split_first() else { continue };
        let text = format!(
            "`{}` blocks: while it waits, the thread serves no other session. {} reaches it{}",
            function.name,
            capitalized(&call_path::entry(reach)),
            call_path::through(reach),
        );
        let mut finding = report.at(script.called_span(site.expression), text);
        finding.page("momentum/4/lua/ref-msys-runinpool").call_path(reach);
        if is_spooling(reach) {
            finding.severity(Severity::Info);
        }
        for (other, function) in others {
            finding.related(script.called_span(other.expression), format!("`{}` blocks as well", function.name));
        }
        // A session that waits for the pool must not hold a lock meanwhile.
        if others.is_empty()
            && locks.at_call(script.span(site.expression)).is_empty()
            && let Some(edits) = in_pool(script, site.expression)
        {
            finding.unsafe_fix("Run it in the thread pool `IO`", edits);
        }
    }
}

/// The calls of one function of the project that block, with what they call.
type Blocking<'a> = Vec<(&'a CallSite, &'a Function)>;

/// Whether a function is one to run in a thread pool.
fn blocks(function: &Function) -> bool {
    // What its page places in callouts is meant to be called there.
    let is_placed = function.restricts_phases() || !function.callouts.is_empty();
    function.blocking && !function.yields && !is_placed && !takes_lock(&function.path())
}

/// The way to a function on which blocking does most harm, if it does any.
fn worst(ways: &[Reach]) -> Option<&Reach> {
    let harmful = |reach: &&Reach| !reach.in_pool && (serves_sessions(reach) || is_timer(reach));
    ways.iter().filter(harmful).min_by_key(|reach| (is_spooling(reach), !reach.certain, is_timer(reach)))
}

/// The call within `msys.runInPool`, where nothing else depends on how its values come back.
fn in_pool(script: &Script<'_>, call: ExpressionId) -> Option<Vec<Edit>> {
    let tree = script.tree();
    let span = script.span(call);
    let uses_vararg = tree.expressions().any(|(_, expression)| {
        matches!(expression.kind, ExpressionKind::Vararg) && span.covers(expression.span)
    });
    if uses_vararg {
        return None;
    }
    let statement = tree.statements().find_map(|(_, statement)| match &statement.kind {
        StatementKind::Call(one) if *one == call => Some((None, "")),
        StatementKind::Local { names, values } if **values == [call] => {
            Some((names.first().map(|name| name.span.start), "return "))
        }
        _ => None,
    });
    let (names, give) = statement?;
    let mut edits = vec![
        Edit::insert(span.start, format!("msys.runInPool(\"IO\", function() {give}")),
        Edit::insert(span.end, " end)"),
    ];
    edits.extend(names.map(|first| Edit::insert(first, "ok, ")));
    Some(edits)
}

fn capitalized(text: &str) -> String {
    match text.strip_prefix("the ") {
        Some(rest) => format!("The {rest}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn calls_that_block_a_session() {
        check(
            RULE.code,
            r#"
local mod = {}
local open = io.open
local function lines(path)
  local file = open(path)
--             ^^^^ warning: `io.open` blocks: while it waits, the thread serves no other session. `validate_rcptto` reaches it through `lines`
  local text = file:read("*a")
--             ^^^^^^^^^ related: `file:read` blocks as well
  file:close()
--^^^^^^^^^^ related: `file:close` blocks as well
  return text
end
function mod:validate_rcptto(msg, str, accept, vctx)
  return lines("/etc/blocked")
--       ^^^^^^^^^^^^^^^^^^^^^ related: `validate_rcptto` calls `lines` here
end
function mod:core_final_validation(msg, accept, vctx)
  pcall(function() os.remove("/tmp/x") end)
--                 ^^^^^^^^^ warning: `core_final_validation` reaches it
--      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ related:
end
function mod:validate_data_spool(msg, accept, vctx)
  os.rename("/tmp/x", "/tmp/y")
--^^^^^^^^^ info: `os.rename` blocks
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn timers_run_on_the_scheduler_thread() {
        check(
            RULE.code,
            r#"
require("msys.timer")
local mod = {}
function mod:init()
  cleaner = msys.timer.every(60, function() os.remove("/tmp/x") end)
--                                          ^^^^^^^^^ warning: The function given to `msys.timer.every` reaches it
  local file = io.open("/etc/limits")
  return true
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn calls_that_harm_no_session() {
        check_none(
            RULE.code,
            r#"
require("msys.db")
require("msys.datasource")
require("msys.av")
require("msys.spamc")
require("thread")
local limits = io.open("/etc/limits")
local lock = thread.mutex()
local function write(path, text) local file = io.open(path, "w") file:write(text) file:close() end
local function in_pool(f) return msys.runInPool("IO", f) end
local mod = {}
function mod:init() io.open("/etc/x"):read("*a") return true end
function mod:validate_data(msg, accept, vctx)
  msys.runInPool("IO", function() write("/tmp/x", "y") end)
  in_pool(function() os.remove("/tmp/x") end)
  msys.db.query("policy", "SELECT 1")
  msys.sleep(1)
  msys.readfile("/etc/hosts")
  msys.av.scan("clamav", msg, vctx)
  lock:lock() lock:unlock()
  msys.lock("x") msys.unlock("x")
end
function mod:validate_data_spool(msg, accept, vctx) msys.spamc.spamc_scan(msg) end
local function never_called() os.execute("true") end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn the_call_moves_into_the_pool() {
        check_fix(
            RULE.code,
            r#"
local mod = {}
function mod:validate_connect(accept, vctx)
  os.execute("true")
end
function mod:validate_data(msg, accept, vctx)
  local found, why = os.remove("/tmp/x")
end
"#,
            r#"
local mod = {}
function mod:validate_connect(accept, vctx)
  msys.runInPool("IO", function() os.execute("true") end)
end
function mod:validate_data(msg, accept, vctx)
  local ok, found, why = msys.runInPool("IO", function() return os.remove("/tmp/x") end)
end
"#,
        );
    }

    #[test]
    #[should_panic(expected = "no fix is offered")]
    fn no_fix_that_waits_with_a_lock() {
        check_fix(
            RULE.code,
            r#"
require("thread")
local mod = {}
local lock = thread.mutex()
function mod:validate_data(msg, accept, vctx)
  lock:lock()
  os.execute("true")
  lock:unlock()
  return msys.core.VALIDATE_CONT
end
"#,
            "",
        );
    }
}
