//! A job that a thread pool runs beside the session.

use std::ffi::c_void;
use std::rc::Rc;

use mlua::{Function, LightUserData, Lua, MultiValue, Value};

use super::lock::{LockId, Locks};
use super::{Ran, Running, SCHEDULER, Schedule, Thread, begins, lost, on_thread, place_of, tell};
use crate::api::clock::Clock;
use crate::api::{Call, Frame};
use crate::machine;
use crate::report::Place;

/// A job that waits for its turn: to begin, or to go on.
pub(super) struct Job {
    pub(super) number: u64,
    /// When it goes on, at the earliest.
    pub(super) due: f64,
    /// The lock that it waits for.
    pub(super) waits_for: Option<LockId>,
    pub(super) work: Work,
    /// The thread, from its beginning on.
    pub(super) thread: Option<Thread>,
    coroutine: Option<mlua::Thread>,
}

/// What a job does.
pub(super) struct Work {
    /// The pool, or [`SCHEDULER`] for a completion function there.
    pub(super) pool: String,
    pub(super) function: Function,
    /// What the function gets.
    pub(super) arguments: MultiValue,
    /// What runs once it has returned, and whether in the scheduler thread.
    pub(super) completion: Option<(Function, bool)>,
    /// The line that asked for it.
    pub(super) asked_at: Option<Place>,
}

/// What a suspended job waits for.
#[derive(Clone)]
pub(super) enum Waiting {
    /// A time, as [`Clock::now`] gives it.
    Until(f64),
    Lock(LockId),
}

impl Job {
    pub(super) fn is_ready(&self, locks: &Locks) -> bool {
        self.waits_for.as_ref().is_none_or(|lock| locks.is_free(lock))
    }

    /// What reports call it.
    pub(super) fn label(&self) -> String {
        self.work.label()
    }
}

impl Work {
    fn label(&self) -> String {
        let pool = match self.pool.as_str() {
            SCHEDULER => "a completion function in the scheduler thread".to_owned(),
            pool if pool.starts_with(super::thread::PREFIX) => pool.to_owned(),
            pool => format!("a job in the pool {pool}"),
        };
        match &self.asked_at {
            Some(place) => format!("{pool} (of {place})"),
            None => pool,
        }
    }
}

impl Schedule {
    /// Puts a job into the queue; its number.
    pub(super) fn queue(&mut self, due: f64, work: Work, thread: Option<Thread>) -> u64 {
        let number = self.number();
        self.jobs.push(Job { number, due, waits_for: None, work, thread, coroutine: None });
        number
    }

    /// A thread of a pool that does nothing else.
    pub(super) fn free_thread(&self, pool: &str) -> Thread {
        let is_free = |name: &String| {
            let busy = self.running.iter().any(|running| *running.thread == **name)
                || self.jobs.iter().any(|job| job.thread.as_deref() == Some(name));
            !busy
        };
        let names =
            std::iter::once(pool.to_owned()).chain((2_u32..).map(|number| format!("{pool} {number}")));
        names.into_iter().find(is_free).map_or_else(|| pool.into(), Into::into)
    }
}

static MARKER: u8 = 0;

/// What a function returns to the wrapper that suspends a job ([`WRAPPER`]).
pub(super) fn marker() -> Value {
    Value::LightUserData(LightUserData(std::ptr::from_ref(&MARKER).cast_mut().cast::<c_void>()))
}

/// Around a function that may suspend a job: Rust cannot, Lua can.
const WRAPPER: &str = "local call, yield, marker = ...
return function(...)
  local first, second = call(...)
  while first == marker do
    yield(marker)
    if second == nil then return end
    if second ~= true then return second end
    first, second = call(...)
  end
  if first == nil then return end
  return first, second
end";

/// Wraps such a function: what returns [`marker`] is suspended. Behind the marker stands what it returns afterwards, or
/// true if it is to be called again.
///
/// # Errors
/// When Lua has no memory left.
pub(crate) fn suspending(lua: &Lua, call: Function) -> mlua::Result<Function> {
    let yields: Function = lua.named_registry_value(YIELD)?;
    lua.load(WRAPPER).set_name(machine::LIBRARY_CHUNK).call((call, yields, marker()))
}

const YIELD: &str = "momentum-lua: coroutine.yield";

/// Keeps Lua's own `coroutine.yield`, before a script can change it.
///
/// # Errors
/// When Lua has no memory left.
pub(crate) fn install(lua: &Lua) -> mlua::Result<()> {
    let yields: Value = lua.globals().get::<mlua::Table>("coroutine")?.get("yield")?;
    lua.set_named_registry_value(YIELD, yields)
}

/// Makes the running job wait, if it can be suspended where it is; the caller must return [`marker`] then.
pub(super) fn suspend(call: &Call<'_>, waiting: Waiting) -> bool {
    let schedule = call.part::<Schedule>();
    let mut schedule = schedule.borrow_mut();
    let Some(running) = schedule.running.last_mut() else { return false };
    let current = call.lua().current_thread();
    if running.coroutine.as_ref() != Some(&current) || !only_lua_below(call.lua()) {
        return false;
    }
    running.waiting = Some(waiting);
    true
}

/// Whether every function that waits for this call is Lua's, called by an ordinary call: Lua 5.1 cannot suspend others.
fn only_lua_below(lua: &Lua) -> bool {
    #[derive(PartialEq)]
    enum By {
        Call,
        TailCall,
        C,
        Unknown,
    }
    let by = |level: usize| {
        lua.inspect_stack(level, |frame| match frame.source().what {
            "C" => By::C,
            "tail" => By::TailCall,
            _ if frame.names().name.is_some_and(|name| !name.starts_with('(')) => By::Call,
            _ => By::Unknown,
        })
    };
    // The function itself is at level 0, its wrapper at level 1; the last one is the job's own function.
    let frames: Vec<By> = (1..).map_while(by).collect();
    let callers = frames.windows(2).all(|pair| match pair {
        // Behind a tail call, Lua knows no name.
        [one, next] => *one != By::Unknown || *next == By::TailCall,
        _ => true,
    });
    callers && !frames.contains(&By::C)
}

/// Lets a job begin or go on.
pub(super) fn run(lua: &Lua, frame: &Rc<Frame>, mut job: Job) -> mlua::Result<Ran> {
    let schedule = frame.part::<Schedule>();
    let label = job.label();
    let at = place_of(&job.work.function);
    let thread = match job.thread.clone() {
        Some(thread) => thread,
        None => schedule.borrow().free_thread(&job.work.pool),
    };
    let (coroutine, arguments) = match job.coroutine.take() {
        Some(coroutine) => {
            begins(frame, at.clone(), label.clone(), true);
            (coroutine, MultiValue::new())
        }
        None => {
            begins(frame, at.clone(), label.clone(), false);
            schedule.borrow_mut().count(&job.work.pool);
            (lua.create_thread(job.work.function.clone())?, std::mem::take(&mut job.work.arguments))
        }
    };
    job.thread = Some(Rc::clone(&thread));
    let running = Running {
        thread,
        is_timer: false,
        job: Some(job.number),
        coroutine: Some(coroutine.clone()),
        waiting: None,
    };
    let (result, ended) = on_thread(lua, frame, running, || {
        machine::charge(lua, 100)?;
        machine::caught(lua, coroutine.resume::<MultiValue>(arguments))
    })?;
    let ran = Ran { what: label.clone(), at };
    if let Err(error) = result {
        lost(frame, &label, &error);
        return Ok(ran);
    }
    if coroutine.status() == mlua::thread::ThreadStatus::Resumable {
        go_on_later(frame, job, coroutine, ended.and_then(|ended| ended.waiting));
    } else if let Some((function, in_scheduler)) = job.work.completion.take() {
        let (pool, thread) = if in_scheduler {
            (SCHEDULER.to_owned(), Some(SCHEDULER.into()))
        } else {
            (job.work.pool, job.thread)
        };
        let asked_at = job.work.asked_at;
        let work = Work { pool, function, arguments: MultiValue::new(), completion: None, asked_at };
        schedule.borrow_mut().queue(Clock::now(frame), work, thread);
    }
    Ok(ran)
}

fn go_on_later(frame: &Rc<Frame>, mut job: Job, coroutine: mlua::Thread, waiting: Option<Waiting>) {
    let now = Clock::now(frame);
    match waiting {
        None => {
            let text = format!("{} yields, and nobody resumes it: it never goes on", job.label());
            tell(frame, place_of(&job.work.function), text);
            return;
        }
        Some(Waiting::Until(time)) => (job.due, job.waits_for) = (time.max(now), None),
        Some(Waiting::Lock(lock)) => (job.due, job.waits_for) = (now, Some(lock)),
    }
    job.coroutine = Some(coroutine);
    frame.part::<Schedule>().borrow_mut().jobs.push(job);
}
