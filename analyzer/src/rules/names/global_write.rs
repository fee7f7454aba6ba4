//! # global-write
//!
//! ## What it does
//! Finds functions that assign a name without having declared it `local`, where no file of the project assigns the name at
//! its top level.
//!
//! What is a global on purpose is left alone: functions and variables that a file defines outside of its functions, the names
//! of a `module(…)` file, timers and mutexes, which must outlive the function that makes them.
//!
//! ## Why it matters
//! A name that is not declared is a global, and all scripts on all threads of the server share one table of globals. Two
//! sessions that run the callout at the same time overwrite each other's value: a message is judged by the sender,
//! recipient or score of another one, under load only, and never on a test machine.
//!
//! ## Example
//! ```lua expect=global-write
//! local mod = {}
//!
//! function mod:validate_rcptto(msg, str, accept, vctx)
//!   recipient = tostring(str)
//!   vctx:set(msys.core.VCTX_MESS, "last_recipient", recipient)
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("recipients", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//!
//! function mod:validate_rcptto(msg, str, accept, vctx)
//!   local recipient = tostring(str)
//!   vctx:set(msys.core.VCTX_MESS, "last_recipient", recipient)
//!   return msys.core.VALIDATE_CONT
//! end
//!
//! msys.registerModule("recipients", mod)
//! ```
//!
//! ## Fix
//! Declares the name `local`, where one function has all its uses in the file. Unsafe, because another file may read it.

use super::declaration::{Declaration, declaration};
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::Value;
use crate::semantics::scope::{Access, GlobalReference};
use crate::syntax::tree::StatementKind;
use rustc_hash::FxHashSet;

pub(crate) const RULE: Rule =
    Rule { code: "global-write", severity: Severity::Warning, since: "0.1", fixable: Fixable::Unsafe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let analysis = script.analysis();
    if analysis.module_environment.is_some() || analysis.environment.exchanges {
        return;
    }
    let mut told = FxHashSet::default();
    for global in script.scopes().globals().iter().filter(|global| is_accident(script, global)) {
        let (name, reference) = (&global.name, &global.reference);
        // One place in a function says it all.
        if !told.insert((name, reference.function)) {
            continue;
        }
        let at_start = reference.function.and_then(|id| script.hook(id)).is_some_and(|hook| hook.name == "init");
        let declaration = declaration(script, name);
        let mut finding = if at_start {
            let text = format!(
                "`{name}` becomes a global of the whole server: another script that uses the name changes it"
            );
            report.at(reference.span, text)
        } else {
            let text = format!(
                "`{name}` is a global that all threads share: another session may change it before it is used"
            );
            report.at(reference.span, text)
        };
        if at_start {
            finding.severity(Severity::Info);
        }
        finding.page("momentum/4/lua/ref-msys-runinpool");
        match declaration {
            Some(declaration) => {
                finding.unsafe_fix(format!("Make `{name}` local"), vec![edit(script, name, &declaration)]);
            }
            None if at_start => {
                finding.note("a `local` at the top of the file is shared as well, but by this file alone");
            }
            None => {
                finding.note(
                    "for one session, keep it in `self` or in a context variable; to share it, declare it at the top \
                     of the file and hold a mutex",
                );
            }
        }
    }
}

/// Whether an assignment makes a global that nothing shows to be meant as one.
fn is_accident(script: &Script<'_>, global: &GlobalReference) -> bool {
    let name = global.name.as_str();
    let outlives = |value: &Value| {
        matches!(value, Value::Instance(class) if matches!(class.as_str(), "timer" | "mutex"))
    };
    global.reference.access == Access::Write
        && global.reference.function.is_some()
        && !name.is_empty()
        && !script.project().assigns_global_at_top_level(name)
        && script.api().global(name).is_none()
        && !script.analysis().globals.get(name).is_some_and(|known| known.ty.any(outlives))
}

/// Declares the name where the declaration says.
fn edit(script: &Script<'_>, name: &str, declaration: &Declaration) -> Edit {
    let statement = script.tree().statement(declaration.statement);
    let start = statement.span.start;
    let is_plain = match &statement.kind {
        StatementKind::Function { .. } => declaration.is_first_write,
        StatementKind::Assign { targets, .. } => declaration.is_first_write && targets.len() == 1,
        _ => false,
    };
    if is_plain {
        return Edit::insert(start, "local ");
    }
    let before = script.text().get(..start as usize).unwrap_or("");
    let indent = before.rsplit(['\n', '\r']).next().unwrap_or("");
    let separator = if indent.trim().is_empty() { format!("\n{indent}") } else { " ".to_owned() };
    Edit::insert(start, format!("local {name}{separator}"))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn a_name_that_was_never_declared() {
        check(
            RULE.code,
            r#"
local mod = {}
function mod:validate_data(msg, accept, vctx)
  subject = msg:header("Subject")
--^^^^^^^ warning: `subject` is a global that all threads share
  if subject[1] then first, second = subject[1], subject[2] end
--                   ^^^^^ `first` is a global
--                          ^^^^^^ `second` is a global
  subject = nil
  local function inner() depth = 1 end
--                       ^^^^^ `depth`
  for i = 1, 3 do total = i end
--                ^^^^^ `total`
  function helper() end
--         ^^^^^^ `helper`
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn what_init_keeps_is_worth_knowing() {
        check(
            RULE.code,
            r#"
local mod = {}
function mod:init()
  limits = { 10, 20 }
--^^^^^^ info: becomes a global of the whole server
  return true
end
function mod:validate_connect(accept, vctx) return limits[1] end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn globals_on_purpose() {
        check_none(
            RULE.code,
            r#"
require("msys.timer")
require("thread")
count = 0
function helper() count = count + 1; elsewhere = 2 end
local mod = {}
function mod:init()
  cleanup_timer = msys.timer.every(60, function() end)
  lock = thread.mutex()
  local mine = 1
  mine = 2
  self.seen, mod.seen = 1, 2
  function mod.later() end
  return true
end
//- /policy/other.lua
elsewhere = 1
//- /policy/tools.lua
module("tools", package.seeall)
function set() state = 1 end
"#,
        );
        check_none(RULE.code, "local function f() setfenv(1, {}) x = 1 end\n");
    }

    #[test]
    fn the_first_assignment_becomes_a_declaration() {
        check_fix(
            RULE.code,
            "local function f(x)\n  y = x\n  y = y + 1\n  if x then z = 1 print(z) end\n  return y\nend\n",
            "local function f(x)\n  local y = x\n  y = y + 1\n  if x then local z = 1 print(z) end\n  return y\nend\n",
        );
    }

    #[test]
    #[should_panic(expected = "no fix is offered")]
    fn what_counts_from_call_to_call_is_not_made_local() {
        check_fix(RULE.code, "local function f() count = (count or 0) + 1 end\n", "");
    }

    #[test]
    #[should_panic(expected = "no fix is offered")]
    fn what_is_made_once_is_not_made_local() {
        check_fix(RULE.code, "local function f() if not cache then cache = {} end return cache end\n", "");
    }

    #[test]
    fn a_name_that_several_blocks_use_is_declared_around_them() {
        check_fix(
            RULE.code,
            "\
local function f(list)
  local n = #list
  if n > 3 then
    size = 1
  else
    size = 2
  end
  for i = 1, n do sum = (sum or 0) + i end
  a, b = n, n
  return size, a
end
",
            "\
local function f(list)
  local sum
  local n = #list
  local size
  if n > 3 then
    size = 1
  else
    size = 2
  end
  for i = 1, n do sum = (sum or 0) + i end
  local a
  local b
  a, b = n, n
  return size, a
end
",
        );
    }
}
