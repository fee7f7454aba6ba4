//! What runs beside the session: timers, jobs of thread pools, and the clock that they share.
//!
//! Everything is deterministic: one thing runs at a time, in the order of its time on the run's [`Clock`], and nobody
//! waits in reality.
//!
//! - The **session** is the bottom of the stack. Where it waits (`msys.sleep`, a lock that somebody has), what is due
//!   meanwhile runs inside of that call.
//! - A **timer** runs on the scheduler thread, from its beginning to its end: while it waits, the server does nothing else.
//! - An asynchronous **job** is a coroutine. Where it waits, it is suspended, and whoever resumed it goes on. Only where
//!   it cannot be suspended (below `pcall`, in a coroutine of the script's own), it waits as the session does.
//!
//! Each of them runs on a thread of the operating system, which locks and `_OSTLS` know: the scheduler's, or one of its
//! pool.

mod job;
mod lock;
mod mutex;
mod pool;
mod share;
mod sleep;
mod thread;
mod threadpool;
mod timer;

use std::cell::RefCell;
use std::rc::Rc;

use mlua::{Lua, Table};

use super::clock::Clock;
use super::{Call, Frame, Registry, adaptive};
use crate::machine;
use crate::report::{Event, Place, What};

pub use pool::Pools;

pub(super) use job::{install, suspending};

use job::Job;
use lock::Locks;
use timer::{Armed, Timers};

pub(super) fn register(api: &mut Registry) {
    timer::register(api);
    pool::register(api);
    threadpool::register(api);
    lock::register(api);
    mutex::register(api);
    thread::register(api);
    sleep::register(api);
    share::register(api);
}

/// A thread of the operating system, by name.
pub(super) type Thread = Rc<str>;

/// The name of the thread that sessions and timers run on.
pub(super) const SCHEDULER: &str = "scheduler";

/// Jobs that wait inside of each other, at most. More of them wait until one of these has ended.
const MOST_NESTED: usize = 8;

/// What runs, and what will.
#[derive(Default)]
pub(super) struct Schedule {
    timers: Timers,
    jobs: Vec<Job>,
    next: u64,
    /// The threads that run, each inside of the one before; the session's is not here.
    running: Vec<Running>,
    thread_tables: Vec<(Thread, Table)>,
    locks: Locks,
    started: Vec<(String, u64)>,
}

struct Running {
    thread: Thread,
    is_timer: bool,
    /// The job that runs, and its coroutine, which may be suspended.
    job: Option<u64>,
    coroutine: Option<mlua::Thread>,
    /// What the job waits for, once it was suspended.
    waiting: Option<job::Waiting>,
}

impl Running {
    /// Work that is no timer and cannot be suspended.
    fn on(thread: Thread) -> Self {
        Self { thread, is_timer: false, job: None, coroutine: None, waiting: None }
    }
}

/// What is to run next.
enum Next {
    Timer(Armed),
    Job(Job),
}

impl Schedule {
    fn thread(&self) -> Thread {
        self.running.last().map_or_else(|| SCHEDULER.into(), |running| Rc::clone(&running.thread))
    }

    /// A number that no other task has.
    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// Takes what is due first, at `deadline` at the latest. What was asked for earlier goes first.
    fn take(&mut self, now: f64, deadline: f64) -> Option<(f64, Next)> {
        let blocked = self.running.iter().any(|running| running.is_timer);
        let timer = if blocked { None } else { self.timers.first() };
        let nested = self.running.iter().filter(|running| running.job.is_some()).count();
        let job = (nested < MOST_NESTED)
            .then(|| {
                let ready = |job: &&Job| job.is_ready(&self.locks);
                let order = |one: &&Job, other: &&Job| {
                    one.due.total_cmp(&other.due).then(one.number.cmp(&other.number))
                };
                self.jobs.iter().filter(ready).min_by(order)
            })
            .flatten()
            .map(|job| (job.due, job.number));
        let job_first = match (timer, job) {
            (None, None) => return None,
            (Some(_), None) => false,
            (None, Some(_)) => true,
            (Some((due, number)), Some(job)) => (job.0.max(now), job.1) < (due.max(now), number),
        };
        let (due, number) = if job_first { job? } else { timer? };
        if due > deadline {
            return None;
        }
        let next = if job_first {
            let place = self.jobs.iter().position(|job| job.number == number)?;
            Next::Job(self.jobs.remove(place))
        } else {
            Next::Timer(self.timers.take(number)?)
        };
        Some((due, next))
    }

    /// Counts a job for the statistics of its pool.
    fn count(&mut self, pool: &str) {
        match self.started.iter_mut().find(|(name, _)| name == pool) {
            Some((_, count)) => *count += 1,
            None => self.started.push((pool.to_owned(), 1)),
        }
    }
}

/// Runs what is due until `deadline`, a time as [`Clock::now`] gives it, and sets the clock to it.
///
/// # Errors
/// What ends the run.
fn run_until(lua: &Lua, frame: &Rc<Frame>, deadline: f64) -> mlua::Result<()> {
    while run_next(lua, frame, deadline)?.is_some() {}
    Clock::set(lua, frame, deadline);
    Ok(())
}

/// Runs the first thing that is due until `deadline`; tells whether there was one.
///
/// # Errors
/// What ends the run.
fn run_next(lua: &Lua, frame: &Rc<Frame>, deadline: f64) -> mlua::Result<Option<Ran>> {
    let schedule = frame.part::<Schedule>();
    loop {
        // Below every turn of it, so that no timer without an interval runs for ever.
        machine::charge(lua, 50)?;
        timer::stop_collected(lua, frame)?;
        // The server sweeps on the scheduler thread; what is due at the same time goes first.
        let blocked = schedule.borrow().running.iter().any(|running| running.is_timer);
        let sweep = adaptive::next_sweep(frame).filter(|due| *due <= deadline && !blocked);
        let taken = schedule.borrow_mut().take(Clock::now(frame), sweep.unwrap_or(deadline));
        if let Some((due, next)) = taken {
            Clock::set(lua, frame, due);
            return match next {
                Next::Timer(timer) => timer::run(lua, frame, timer).map(Some),
                Next::Job(job) => job::run(lua, frame, job).map(Some),
            };
        }
        let Some(due) = sweep else { return Ok(None) };
        Clock::set(lua, frame, due);
        if adaptive::sweep(frame) {
            return Ok(Some(Ran { what: "sweep rules".to_owned(), at: None }));
        }
    }
}

/// Something that ran.
pub struct Ran {
    /// What it is: a timer with its name, a job with its pool.
    pub what: String,
    /// The line where its function begins.
    pub at: Option<Place>,
}

/// Runs the next thing that is due until then, a time as [`Clock::now`] gives it, outside of any callout. The clock goes
/// on to the time when it was due.
///
/// # Errors
/// What ends the run.
pub fn run_due(lua: &Lua, frame: &Rc<Frame>, until: f64) -> mlua::Result<Option<Ran>> {
    run_next(lua, frame, until)
}

/// What is still to come when the run ends.
#[must_use]
pub fn pending(frame: &Rc<Frame>) -> Vec<Event> {
    let schedule = frame.part::<Schedule>();
    let schedule = schedule.borrow();
    let begin = frame.session().clock.seconds();
    let timers = schedule.timers.waiting().map(|(name, at, due)| Event {
        at: at.cloned(),
        what: What::Pending { task: name.to_owned(), seconds: due - begin },
    });
    let jobs = schedule.jobs.iter().map(|job| Event {
        at: job.work.asked_at.clone(),
        what: match &job.waits_for {
            Some(lock) => {
                let text = format!("{} waits for ever for the lock {lock}", job.label());
                What::Note { text }
            }
            None => What::Pending { task: job.label(), seconds: job.due - begin },
        },
    });
    timers.chain(jobs).collect()
}

/// Tells of locks that the scheduler thread still holds when a callout has ended, each once.
#[must_use]
pub fn forgotten_locks(frame: &Rc<Frame>) -> Vec<Event> {
    let schedule = frame.part::<Schedule>();
    let forgotten = schedule.borrow_mut().locks.forgotten_by(SCHEDULER);
    let event = |(lock, at)| {
        let text =
            format!("the lock {lock} is still locked when the callout ends: every session waits for it now");
        Event { at, what: What::Note { text } }
    };
    forgotten.into_iter().map(event).collect()
}

/// Whether nothing waits beside the session.
#[must_use]
pub fn is_idle(frame: &Rc<Frame>) -> bool {
    let schedule = frame.part::<Schedule>();
    let schedule = schedule.borrow();
    schedule.jobs.is_empty() && schedule.timers.first().is_none() && adaptive::next_sweep(frame).is_none()
}

/// Runs `work` as another thread: `_OSTLS` is that thread's own meanwhile.
fn on_thread<R>(
    lua: &Lua,
    frame: &Rc<Frame>,
    running: Running,
    work: impl FnOnce() -> mlua::Result<R>,
) -> mlua::Result<(R, Option<Running>)> {
    let globals = lua.globals();
    let before: mlua::Value = globals.raw_get("_OSTLS")?;
    let schedule = frame.part::<Schedule>();
    if &*running.thread != SCHEDULER {
        globals.raw_set("_OSTLS", thread_table(lua, &schedule, &running.thread)?)?;
    }
    schedule.borrow_mut().running.push(running);
    let result = work();
    let ended = schedule.borrow_mut().running.pop();
    globals.raw_set("_OSTLS", before)?;
    result.map(|result| (result, ended))
}

fn thread_table(lua: &Lua, schedule: &RefCell<Schedule>, thread: &Thread) -> mlua::Result<Table> {
    if let Some((_, table)) = schedule.borrow().thread_tables.iter().find(|(name, _)| name == thread) {
        return Ok(table.clone());
    }
    let table = lua.create_table()?;
    schedule.borrow_mut().thread_tables.push((Rc::clone(thread), table.clone()));
    Ok(table)
}

/// A number of a script.
fn number(value: &mlua::Value) -> Option<f64> {
    match value {
        mlua::Value::Integer(number) => Some(*number as f64),
        mlua::Value::Number(number) => Some(*number),
        _ => None,
    }
}

/// How long something takes, for people: `0.5 s`.
fn seconds(seconds: f64) -> String {
    format!("{} s", (seconds * 1000.0).round() / 1000.0)
}

/// Puts the beginning of a task into the report.
fn begins(frame: &Frame, at: Option<Place>, task: String, resumed: bool) {
    let seconds = Clock::now(frame) - frame.session().clock.seconds();
    frame.trace().push(at, What::Task { task, seconds, resumed });
}

/// Tells the reader of the report what is worth knowing.
fn tell(frame: &Frame, at: Option<Place>, text: String) {
    frame.trace().push(at, What::Note { text });
}

/// The line where a function begins.
#[must_use]
pub fn place_of(function: &mlua::Function) -> Option<Place> {
    let info = function.info();
    let file = info.source.as_deref()?.trim_start_matches(['@', '=']).to_owned();
    Some(Place { file, line: u32::try_from(info.line_defined?).ok()? })
}

/// An error that no script caught, of something that runs beside the session.
fn lost(frame: &Frame, what: &str, error: &machine::ScriptError) {
    let at = error.file.clone().zip(error.line).map(|(file, line)| Place { file, line });
    frame.trace().push(at, What::Paniclog { text: format!("scriptlet: {what}: {error}") });
}

/// Whether the code that calls may be suspended: a session may, a timer and a job of a pool may not.
fn may_yield(call: &Call<'_>) -> bool {
    call.part::<Schedule>().borrow().running.is_empty()
}
