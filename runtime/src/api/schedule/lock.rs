//! Who holds which lock; `msys.lock` and `msys.unlock`.

use std::rc::Rc;

use mlua::{MultiValue, Value};

use super::job::{self, Waiting};
use super::{Schedule, Thread, run_next, tell};
use crate::api::{Call, Registry, text};
use crate::machine;
use crate::report::Place;

/// A lock, by what messages call it.
pub(super) type LockId = Rc<str>;

/// What locking does in a thread that has the lock already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It waits for ever.
    Normal,
    /// The lock has to be given back as often as it was taken.
    Recursive,
    /// It is an error.
    ErrorCheck,
}

struct Held {
    lock: LockId,
    owner: Thread,
    depth: u32,
    at: Option<Place>,
    /// The report says that it was forgotten.
    told: bool,
}

/// The locks that somebody has.
#[derive(Default)]
pub(super) struct Locks {
    held: Vec<Held>,
}

/// How an attempt to take a lock ended.
enum Attempt {
    Taken,
    /// The thread has it already.
    Mine,
    Busy(Thread, Option<Place>),
}

impl Locks {
    pub(super) fn is_free(&self, lock: &LockId) -> bool {
        !self.held.iter().any(|held| held.lock == *lock)
    }

    /// What a thread holds.
    pub(super) fn held_by(&self, thread: &str) -> Vec<LockId> {
        self.held.iter().filter(|held| *held.owner == *thread).map(|held| Rc::clone(&held.lock)).collect()
    }

    /// What a thread still holds and nobody was told of.
    pub(super) fn forgotten_by(&mut self, thread: &str) -> Vec<(LockId, Option<Place>)> {
        let of_thread = self.held.iter_mut().filter(|held| *held.owner == *thread && !held.told);
        let told = of_thread.map(|held| {
            held.told = true;
            (Rc::clone(&held.lock), held.at.clone())
        });
        told.collect()
    }

    fn owner(&self, lock: &LockId) -> Option<&Thread> {
        self.held.iter().find(|held| held.lock == *lock).map(|held| &held.owner)
    }

    fn attempt(&mut self, lock: &LockId, kind: Kind, thread: &Thread, at: Option<Place>) -> Attempt {
        match self.held.iter_mut().find(|held| held.lock == *lock) {
            None => {
                let (lock, owner) = (Rc::clone(lock), Rc::clone(thread));
                self.held.push(Held { lock, owner, depth: 1, at, told: false });
                Attempt::Taken
            }
            Some(held) if held.owner != *thread => Attempt::Busy(Rc::clone(&held.owner), held.at.clone()),
            Some(held) if kind == Kind::Recursive => {
                held.depth += 1;
                Attempt::Taken
            }
            Some(_) => Attempt::Mine,
        }
    }

    /// Gives a lock back once.
    fn release(&mut self, lock: &LockId) {
        if let Some(place) = self.held.iter().position(|held| held.lock == *lock)
            && let Some(held) = self.held.get_mut(place)
        {
            held.depth -= 1;
            if held.depth == 0 {
                self.held.remove(place);
            }
        }
    }
}

pub(super) fn register(api: &mut Registry) {
    api.suspending("msys.lock", |call: &Call<'_>, name: mlua::LuaString| {
        // The page says nothing of a second lock in one thread.
        let taken = take(call, &named(&name), Kind::Recursive)?;
        Ok(if taken.is_empty() { MultiValue::new() } else { taken })
    });
    api.function("msys.unlock", |call: &Call<'_>, name: mlua::LuaString| {
        let lock = named(&name);
        match release(call, &lock) {
            Released::Given => {}
            Released::Free => tell(call.frame(), call.place(), format!("nobody has the lock {lock}")),
            Released::Foreign(owner) => {
                let text = format!("the lock {lock} belongs to the thread {owner}, and stays locked");
                tell(call.frame(), call.place(), text);
            }
        }
        Ok(())
    });
}

fn named(name: &mlua::LuaString) -> LockId {
    text::quoted(&name.as_bytes()).into()
}

/// Takes a lock; waits where another thread has it. The result is empty, or [`job::marker`] for a job that waits.
pub(super) fn take(call: &Call<'_>, lock: &LockId, kind: Kind) -> mlua::Result<MultiValue> {
    let schedule = call.part::<Schedule>();
    loop {
        let thread = schedule.borrow().thread();
        let attempt = schedule.borrow_mut().locks.attempt(lock, kind, &thread, call.place());
        let (owner, at) = match attempt {
            Attempt::Taken => return Ok(MultiValue::new()),
            Attempt::Mine if kind == Kind::ErrorCheck => {
                return Err(call.raise("failed to lock mutex: 35 Resource deadlock avoided"));
            }
            Attempt::Mine => {
                let text = format!("waits for ever for the lock {lock}: its own thread has it already");
                return Err(call.deadlock(text));
            }
            Attempt::Busy(owner, at) => (owner, at),
        };
        // Whoever resumed the job may be the one that gives it back.
        if job::suspend(call, Waiting::Lock(Rc::clone(lock))) {
            return Ok(MultiValue::from_iter([job::marker(), Value::Boolean(true)]));
        }
        let can_be_released = schedule.borrow().can_release(&owner);
        if !can_be_released || run_next(call.lua(), call.frame(), f64::INFINITY)?.is_none() {
            let since = at.map(|place| format!(" since {place}")).unwrap_or_default();
            return Err(call.deadlock(format!(
                "waits for ever for the lock {lock}: the thread {owner} has it{since}, and will never give it back"
            )));
        }
    }
}

/// Takes a lock if that needs no waiting.
pub(super) fn try_take(call: &Call<'_>, lock: &LockId, kind: Kind) -> bool {
    let schedule = call.part::<Schedule>();
    let thread = schedule.borrow().thread();
    matches!(schedule.borrow_mut().locks.attempt(lock, kind, &thread, call.place()), Attempt::Taken)
}

/// How giving a lock back ended.
pub(super) enum Released {
    Given,
    /// Nobody has it.
    Free,
    /// Another thread has it, and still does.
    Foreign(Thread),
}

/// Gives a lock of the running thread back.
pub(super) fn release(call: &Call<'_>, lock: &LockId) -> Released {
    let schedule = call.part::<Schedule>();
    let mut schedule = schedule.borrow_mut();
    let thread = schedule.thread();
    match schedule.locks.owner(lock).cloned() {
        None => Released::Free,
        Some(owner) if owner == thread => {
            schedule.locks.release(lock);
            Released::Given
        }
        Some(owner) => Released::Foreign(owner),
    }
}

/// Gives a lock back, whoever has it.
pub(super) fn release_of_any(call: &Call<'_>, lock: &LockId) {
    call.part::<Schedule>().borrow_mut().locks.release(lock);
}

impl Schedule {
    /// Whether a thread may still give back what it has: a job on it is suspended, and will go on. One that is still
    /// in the middle of a call that led here cannot.
    fn can_release(&self, thread: &Thread) -> bool {
        let mut thread = Rc::clone(thread);
        for _ in 0..=self.jobs.len() {
            if self.running.iter().any(|running| running.thread == thread) {
                return false;
            }
            let Some(job) = self.jobs.iter().find(|job| job.thread.as_ref() == Some(&thread)) else {
                return false;
            };
            match job.waits_for.as_ref().map(|lock| self.locks.owner(lock)) {
                None | Some(None) => return true,
                Some(Some(owner)) => thread = Rc::clone(owner),
            }
        }
        // They wait for each other.
        false
    }
}

/// What a lock that is never given back means.
impl Call<'_> {
    fn deadlock(&self, message: String) -> mlua::Error {
        machine::deadlock(self.lua(), message)
    }

    /// The same for other things that are waited for.
    pub(super) fn never_ends(&self, message: String) -> mlua::Error {
        self.deadlock(message)
    }
}

#[cfg(test)]
mod tests {
    use crate::api::tested;

    #[test]
    fn a_lock_is_taken_and_given_back() {
        let state = tested::state();
        let _: () = state.eval("msys.lock('a') msys.lock('a') msys.unlock('a') msys.unlock('a')");
        assert!(!state.report().contains("nobody"), "{}", state.report());
        let _: () = state.eval("msys.unlock('a')");
        assert!(state.report().contains("nobody has the lock"), "{}", state.report());
        assert!(state.error("msys.lock()").contains("would crash the server"));
    }

    #[test]
    fn a_session_that_waits_for_what_it_holds_itself_never_ends() {
        let state = tested::state();
        let error = state.error(
            "msys.lock('a')\nlocal ok = pcall(msys.runInPool, 'IO', function()\nmsys.lock('a') end)\nprint('went on')",
        );
        assert!(
            error.contains("test.lua:3: waits for ever for the lock \"a\": the thread scheduler"),
            "{error}"
        );
        assert!(error.contains("since test.lua:1"), "{error}");
        assert!(!state.report().contains("went on"));
    }

    #[test]
    fn a_session_waits_for_a_job_that_holds_a_lock() {
        let state = tested::state();
        let said: String = state.eval(
            "local begin, seen = os.time(), {}
             msys.runInPool('IO', function() msys.lock('a') msys.sleep(7) msys.unlock('a') seen[1] = 'job' end, true)
             msys.sleep(1)
             msys.lock('a') seen[#seen + 1] = 'session' msys.unlock('a')
             return table.concat(seen, ' ') .. ' ' .. (os.time() - begin)",
        );
        assert_eq!(said, "job session 7");
    }

    #[test]
    fn a_job_waits_for_a_session_that_holds_a_lock() {
        let state = tested::state();
        let said: String = state.eval(
            "local begin, seen = os.time(), {}
             msys.lock('a')
             msys.runInPool('IO', function() seen[#seen + 1] = 'asks' msys.lock('a') seen[#seen + 1] = 'job' .. (os.time() - begin) msys.unlock('a') end, true)
             msys.sleep(2) seen[#seen + 1] = 'session' msys.unlock('a') msys.sleep(1)
             return table.concat(seen, ' ')",
        );
        assert_eq!(said, "asks session job2");
    }

    #[test]
    fn jobs_that_wait_for_each_other_are_told() {
        let state = tested::state();
        let error = state.error(
            "for _, pair in ipairs({ { 'a', 'b' }, { 'b', 'a' } }) do
               msys.runInPool('IO', function() msys.lock(pair[1]) msys.sleep(1) msys.lock(pair[2]) end, true)
             end
             msys.sleep(5) msys.lock('a')",
        );
        assert!(error.contains("waits for ever for the lock \"a\": the thread IO has it"), "{error}");
    }
}
