//! `thread.create`, `thread.sleep`: threads of the operating system of a script's own.

use mlua::{Function, MultiValue, Value};

use super::job::{self, Waiting, Work};
use super::{Running, Schedule, run_next};
use crate::api::clock::Clock;
use crate::api::{Call, Class, Registry};
use crate::report::What;

/// What the names of such threads begin with, where a job has its pool.
pub(super) const PREFIX: &str = "the thread ";

/// What a script holds.
pub(super) struct OsThread {
    job: u64,
}

impl Class for OsThread {
    const NAME: &'static str = "os_thread";
}

pub(super) fn register(api: &mut Registry) {
    api.function("thread.create", |call: &Call<'_>, function: Function| {
        let schedule = call.part::<Schedule>();
        let now = Clock::now(call.frame());
        let pool = format!("{PREFIX}{}", schedule.borrow().next + 1);
        let work =
            Work { pool, function, arguments: MultiValue::new(), completion: None, asked_at: call.place() };
        let number = schedule.borrow_mut().queue(now, work, None);
        let made = call.object(OsThread { job: number })?;
        let mut schedule = schedule.borrow_mut();
        if let Some(job) = schedule.jobs.iter_mut().find(|job| job.number == number) {
            job.work.arguments.push_back(Value::UserData(made.clone()));
        }
        Ok(made)
    });
    api.method("join", |call, this: &OsThread, (): ()| {
        let schedule = call.part::<Schedule>();
        let waits = || schedule.borrow().jobs.iter().any(|job| job.number == this.job);
        let runs = schedule.borrow().running.iter().any(|running: &Running| running.job == Some(this.job));
        if runs {
            return Err(
                call.never_ends("waits for ever for the end of a thread that waits for this one".to_owned())
            );
        }
        while waits() {
            if run_next(call.lua(), call.frame(), f64::INFINITY)?.is_none() {
                return Err(call.never_ends("waits for ever for the end of a thread".to_owned()));
            }
        }
        Ok(true)
    });
    api.suspending("thread.sleep", |call: &Call<'_>, seconds: f64| {
        let seconds = if seconds.is_finite() { seconds.max(0.0).floor() } else { 0.0 };
        call.note(What::Slept { seconds });
        let until = Clock::now(call.frame()) + seconds;
        if job::suspend(call, Waiting::Until(until)) {
            return Ok(MultiValue::from_iter([job::marker(), Value::Integer(0)]));
        }
        // On the scheduler thread, the whole server waits: nothing runs meanwhile.
        Clock::set(call.lua(), call.frame(), until);
        Ok(MultiValue::from_iter([Value::Integer(0)]))
    });
}

#[cfg(test)]
mod tests {
    use crate::api::tested;

    #[test]
    fn a_thread_runs_and_is_waited_for() {
        let state = tested::state();
        let said: String = state.eval(
            "require('thread') local begin, seen = os.time(), {}
             local one = thread.create(function(self) seen[1] = type(self) msys.sleep(3) seen[2] = 'end' end)
             seen[3] = 'session'
             one:join()
             return table.concat(seen, ' ') .. ' ' .. (os.time() - begin)",
        );
        assert_eq!(said, "userdata end session 3");
    }

    #[test]
    fn nothing_runs_while_the_scheduler_thread_sleeps() {
        let state = tested::state();
        let said: String = state.eval(
            "require('thread') require('msys.timer') local seen, begin = {}, os.time()
             t = msys.timer.after(1, function() seen[#seen + 1] = 'timer' .. (os.time() - begin) end)
             local left = thread.sleep(5) seen[#seen + 1] = 'slept' .. left
             msys.sleep(0)
             return table.concat(seen, ' ')",
        );
        assert_eq!(said, "slept0 timer5");
    }
}
