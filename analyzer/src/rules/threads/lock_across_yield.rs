//! # lock-across-yield
//!
//! ## What it does
//! Finds calls that suspend the session (`msys.sleep`, `msys.readfile`, `msys.db.query`, `msys.runInPool` and others, directly
//! or in a function of the project) while the script holds a lock: a mutex, or one that `msys.lock` names.
//!
//! ## Why it matters
//! A suspended session keeps its locks, and the thread goes on with other sessions. When one of them wants the same lock,
//! it does not wait as a session but stops the whole thread, and with it the session that would give the lock back. The
//! server hangs, under load only.
//!
//! ## Example
//! ```lua expect=lock-across-yield
//! require("msys.db")
//! require("msys.datasource")
//!
//! local function count(sender)
//!   msys.lock("counts")
//!   msys.db.execute("policy", "UPDATE counts SET n = n + 1 WHERE sender = ?", { sender })
//!   msys.unlock("counts")
//! end
//! ```
//! Use instead:
//! ```lua
//! require("msys.db")
//! require("msys.datasource")
//!
//! local pending = {}
//!
//! local function count(sender)
//!   msys.lock("counts")
//!   pending[sender] = (pending[sender] or 0) + 1
//!   local n = pending[sender]
//!   msys.unlock("counts")
//!   msys.db.execute("policy", "UPDATE counts SET n = ? WHERE sender = ?", { n, sender })
//! end
//! ```

use super::locks::Locks;
use super::yielding::gives_way;
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};

pub(crate) const RULE: Rule =
    Rule { code: "lock-across-yield", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let locks = Locks::of(script);
    for site in &script.analysis().calls {
        let held = locks.at_call(script.span(site.expression));
        let Some(lock) = held.iter().find(|lock| lock.certain) else { continue };
        let Some(function) = gives_way(script, site) else { continue };
        let place = script.called_span(site.expression);
        let called = script.text_at(place);
        let way = if script.called(site).is_some() {
            format!("`{}` suspends the session", function.name)
        } else {
            format!("`{called}` suspends the session in `{}`", function.name)
        };
        report
            .at(
                place,
                format!(
                    "{way} while it holds `{}`: another session that wants the lock stops the thread for good",
                    lock.name
                ),
            )
            .related(lock.taken, "the lock is taken here")
            .page("momentum/4/lua/ref-msys-lock");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn a_lock_is_held_while_the_session_sleeps() {
        check(
            RULE.code,
            r#"
require("thread")
local lock = thread.mutex()
local mod = {}
local function slow() return msys.readfile("/etc/hosts") end
local function slower() return slow() end
function mod:validate_data(msg, accept, vctx)
  lock:lock()
--^^^^^^^^^^^ related: the lock is taken here
--^^^^^^^^^^^ related: the lock
--^^^^^^^^^^^ related: the lock
  msys.sleep(1)
--^^^^^^^^^^ warning: `msys.sleep` suspends the session while it holds `lock`
  if msg then
    slower()
--  ^^^^^^ `slower` suspends the session in `msys.readfile`
  end
  pcall(function() msys.runInPool("IO", print) end)
--                 ^^^^^^^^^^^^^^ `msys.runInPool` suspends
  lock:unlock()
  msys.sleep(1)
  msys.lock("name")
--^^^^^^^^^^^^^^^^^ related: the lock
  local text = msys.readfile("/etc/hosts")
--             ^^^^^^^^^^^^^ while it holds `"name"`
  msys.unlock("name")
end
"#,
        );
    }

    #[test]
    fn locks_that_are_given_back() {
        check_none(
            RULE.code,
            r#"
require("thread")
local lock = thread.mutex()
local function f(x)
  lock:lock()
  if x then
    lock:unlock()
    msys.sleep(1)
    return
  end
  x = 1
  lock:unlock()
  msys.sleep(1)
  if lock:trylock() == true then x = 2 lock:unlock() else msys.sleep(1) end
  lock:lock()
  msys.runInPool("IO", print, true)
  local later = function() msys.sleep(1) end
  lock:unlock()
  for i = 1, 3 do lock:lock() lock:unlock() msys.sleep(i) end
  return later
end
"#,
        );
    }
}
