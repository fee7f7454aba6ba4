//! `msys.timer`: functions that run later, on the scheduler thread.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use mlua::{Function, Lua};

use super::{Ran, Running, SCHEDULER, Schedule, begins, lost, on_thread, place_of, seconds, tell};
use crate::api::clock::Clock;
use crate::api::{Call, Class, Frame, Registry};
use crate::machine;
use crate::report::Place;

/// The least time between two runs of a timer: an event loop does not turn faster.
const LEAST: f64 = 0.001;

/// What a script holds.
pub(super) struct Timer {
    state: Rc<State>,
}

impl Class for Timer {
    const NAME: &'static str = "timer";
}

/// A timer. It lives as long as the script holds it: what runs it holds it weakly.
pub(super) struct State {
    name: String,
    function: Function,
    kind: Kind,
    /// The line that made it.
    made_at: Option<Place>,
    /// The number under which it is scheduled; none when it is stopped.
    scheduled: Cell<Option<u64>>,
}

#[derive(Clone, Copy)]
enum Kind {
    After(f64),
    At(f64),
    Every(f64),
}

/// A timer that waits for its time.
pub(super) struct Armed {
    number: u64,
    due: f64,
    timer: Weak<State>,
    /// For the report, once the timer itself is gone.
    label: String,
    made_at: Option<Place>,
}

/// The timers that wait.
#[derive(Default)]
pub(super) struct Timers {
    armed: Vec<Armed>,
}

impl Timers {
    /// Time and number of the one that is due first.
    pub(super) fn first(&self) -> Option<(f64, u64)> {
        let order =
            |one: &&Armed, other: &&Armed| one.due.total_cmp(&other.due).then(one.number.cmp(&other.number));
        self.armed.iter().min_by(order).map(|armed| (armed.due, armed.number))
    }

    pub(super) fn take(&mut self, number: u64) -> Option<Armed> {
        let place = self.armed.iter().position(|armed| armed.number == number)?;
        Some(self.armed.remove(place))
    }

    /// Name, the line that made it, and time of each.
    pub(super) fn waiting(&self) -> impl Iterator<Item = (&str, Option<&Place>, f64)> {
        self.armed.iter().map(|armed| (armed.label.as_str(), armed.made_at.as_ref(), armed.due))
    }
}

pub(super) fn register(api: &mut Registry) {
    type Given = (f64, Function, Option<String>);
    api.function("msys.timer.after", |call, (delta, function, name): Given| {
        make(call, Kind::After(delta), function, name)
    });
    api.function("msys.timer.at", |call, (time, function, name): Given| {
        make(call, Kind::At(time), function, name)
    });
    api.function("msys.timer.every", |call, (interval, function, name): Given| {
        make(call, Kind::Every(interval), function, name)
    });
    api.method("name", |_, this: &Timer, (): ()| Ok(this.state.name.clone()));
    api.method("start", |call, this: &Timer, (): ()| {
        stop(call, &this.state);
        arm(call.frame(), &this.state, None);
        Ok(())
    });
    api.method("stop", |call, this: &Timer, (): ()| {
        let thread = call.part::<Schedule>().borrow().thread();
        if &*thread != SCHEDULER {
            let text = format!(
                "{} is stopped on a thread of {thread}: that is not safe between threads, only the scheduler thread may",
                label(&this.state.name, this.state.kind)
            );
            tell(call.frame(), call.place(), text);
        }
        stop(call, &this.state);
        Ok(())
    });
}

fn make(
    call: &Call<'_>,
    kind: Kind,
    function: Function,
    name: Option<String>,
) -> mlua::Result<mlua::AnyUserData> {
    let (Kind::After(time) | Kind::At(time) | Kind::Every(time)) = kind;
    if !time.is_finite() {
        return Err(call.raise(format!("bad argument #1 to '{}' (a time was expected)", call.member())));
    }
    let name = name.unwrap_or_default();
    let state = Rc::new(State { name, function, kind, made_at: call.place(), scheduled: Cell::default() });
    arm(call.frame(), &state, None);
    call.object(Timer { state })
}

/// Puts a timer on the schedule; `last` is when it was due, for one that runs again and again.
fn arm(frame: &Frame, state: &Rc<State>, last: Option<f64>) {
    let now = Clock::now(frame);
    let due = match state.kind {
        Kind::After(delta) => now + delta.max(0.0),
        Kind::At(time) => time.max(now),
        Kind::Every(interval) => (last.unwrap_or(now) + interval.max(LEAST)).max(now),
    };
    let schedule = frame.part::<Schedule>();
    let mut schedule = schedule.borrow_mut();
    let number = schedule.number();
    state.scheduled.set(Some(number));
    schedule.timers.armed.push(Armed {
        number,
        due,
        timer: Rc::downgrade(state),
        label: label(&state.name, state.kind),
        made_at: state.made_at.clone(),
    });
}

fn stop(call: &Call<'_>, state: &State) {
    if let Some(number) = state.scheduled.take() {
        call.part::<Schedule>().borrow_mut().timers.take(number);
    }
}

fn label(name: &str, kind: Kind) -> String {
    let kind = match kind {
        Kind::After(delta) => format!("after {}", seconds(delta)),
        Kind::At(_) => "at a time".to_owned(),
        Kind::Every(interval) => format!("every {}", seconds(interval)),
    };
    if name.is_empty() { format!("the timer {kind}") } else { format!("the timer `{name}` {kind}") }
}

/// Takes timers off the schedule that no script holds any more. Every timer counts as looked at by the collector before
/// it runs: in the server, nobody knows when it comes.
pub(super) fn stop_collected(lua: &Lua, frame: &Rc<Frame>) -> mlua::Result<()> {
    let schedule = frame.part::<Schedule>();
    if schedule.borrow().timers.armed.is_empty() {
        return Ok(());
    }
    // A value that became garbage in a finished cycle goes in the second.
    lua.gc_collect()?;
    lua.gc_collect()?;
    let gone = |armed: &mut Armed| armed.timer.strong_count() == 0;
    let gone: Vec<Armed> = schedule.borrow_mut().timers.armed.extract_if(.., gone).collect();
    for armed in gone {
        let text = format!(
            "{} is never heard of again: nothing holds it, so it is collected, and stops. Keep it in a global or in a \
             table that lives on",
            armed.label
        );
        tell(frame, armed.made_at, text);
    }
    Ok(())
}

/// Runs a timer that is due.
pub(super) fn run(lua: &Lua, frame: &Rc<Frame>, armed: Armed) -> mlua::Result<Ran> {
    let ran =
        |function: Option<&Function>| Ran { what: armed.label.clone(), at: function.and_then(place_of) };
    let Some(state) = armed.timer.upgrade() else { return Ok(ran(None)) };
    state.scheduled.set(None);
    if matches!(state.kind, Kind::Every(_)) {
        arm(frame, &state, Some(armed.due));
    }
    begins(frame, place_of(&state.function), armed.label.clone(), false);
    let running = Running { is_timer: true, ..Running::on(SCHEDULER.into()) };
    let (result, _) =
        on_thread(lua, frame, running, || machine::protected(lua, &state.function, mlua::MultiValue::new()))?;
    if let Err(error) = result {
        lost(frame, &armed.label, &error);
    }
    Ok(ran(Some(&state.function)))
}

#[cfg(test)]
mod tests {
    use crate::api::tested;

    #[test]
    fn timers_run_in_the_order_of_their_times_while_a_session_sleeps() {
        let state = tested::state();
        let said: String = state.eval(
            "require('msys.timer') local seen = {}
             local begin = os.time()
             local function note(name) return function() seen[#seen + 1] = name .. (os.time() - begin) end end
             a = msys.timer.after(3, note('a'), 'a') b = msys.timer.every(2, note('b')) c = msys.timer.at(begin + 1, note('c'))
             d = msys.timer.after(100, note('d'))
             msys.sleep(5)
             return a:name() .. ' ' .. table.concat(seen, ' ') .. ' ' .. (os.time() - begin)",
        );
        assert_eq!(said, "a c1 b2 a3 b4 5");
    }

    #[test]
    fn a_timer_stops_and_starts() {
        let state = tested::state();
        let said: String = state.eval(
            "require('msys.timer') local count = 0
             t = msys.timer.every(1, function() count = count + 1 if count == 2 then t:stop() end end)
             msys.sleep(10) local first = count
             t:start() msys.sleep(3.5)
             once = msys.timer.after(1, function() count = count + 100 end) msys.sleep(1) once:start() msys.sleep(2) t:stop()
             return first .. ' ' .. count",
        );
        assert_eq!(said, "2 208");
    }

    #[test]
    fn a_timer_that_nothing_holds_is_collected() {
        let state = tested::state();
        let ran: bool = state.eval(
            "require('msys.timer') local ran = false
             msys.timer.after(1, function() ran = true end, 'forgotten')
             msys.sleep(5) return ran",
        );
        assert!(!ran);
        assert!(state.report().contains("nothing holds it"), "{}", state.report());
    }

    #[test]
    fn while_a_timer_waits_nothing_else_runs() {
        let state = tested::state();
        let said: String = state.eval(
            "require('msys.timer') local seen = {}
             a = msys.timer.after(1, function() seen[#seen + 1] = 'a' msys.sleep(5) seen[#seen + 1] = 'A' end)
             b = msys.timer.after(2, function() seen[#seen + 1] = 'b' end)
             msys.sleep(3) return table.concat(seen, ' ')",
        );
        assert_eq!(said, "a A b");
    }

    #[test]
    fn an_error_of_a_timer_is_a_line_of_the_paniclog() {
        let state = tested::state();
        let _: () = state
            .eval("require('msys.timer') t = msys.timer.after(1, function() error('no') end) msys.sleep(2)");
        assert!(state.report().contains("test.lua:1: no"), "{}", state.report());
        let error = state.error("require('msys.timer') msys.timer.after(1)");
        assert!(error.contains("would crash the server"), "{error}");
        let error = tested::state().error("require('msys.timer') msys.timer.after(1, 'name')");
        assert!(error.contains("function expected, got string"), "{error}");
    }

    #[test]
    fn a_timer_without_an_interval_ends_at_a_limit() {
        let state = tested::state();
        let error =
            state.error("require('msys.timer') t = msys.timer.every(0, function() end) msys.sleep(1e12)");
        assert!(error.contains("stopped:"), "{error}");
    }
}
