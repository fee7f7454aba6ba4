//! `msys.sleep` and `msys.asyncOk`.

use mlua::MultiValue;

use super::job::{self, Waiting};
use super::{Schedule, may_yield, run_until, tell};
use crate::api::clock::Clock;
use crate::api::{Call, Registry};
use crate::report::What;

pub(super) fn register(api: &mut Registry) {
    api.suspending("msys.sleep", sleep);
    api.function("msys.asyncOk", |call, (): ()| Ok(may_yield(call)));
}

fn sleep(call: &Call<'_>, duration: Option<f64>) -> mlua::Result<MultiValue> {
    let duration = duration.filter(|duration| duration.is_finite()).unwrap_or(0.0).max(0.0);
    call.note(What::Slept { seconds: duration });
    let schedule = call.part::<Schedule>();
    let locks = schedule.borrow().locks.held_by(&schedule.borrow().thread());
    if !locks.is_empty() {
        let text =
            format!("msys.sleep with the lock {} taken: whoever wants it waits as long", locks.join(", "));
        tell(call.frame(), call.place(), text);
    }
    let until = Clock::now(call.frame()) + duration;
    if job::suspend(call, Waiting::Until(until)) {
        return Ok(MultiValue::from_iter([job::marker()]));
    }
    pass(call, until)?;
    Ok(MultiValue::new())
}

/// Time passes for whoever runs. While a timer waits, the scheduler does nothing else.
pub(super) fn pass(call: &Call<'_>, until: f64) -> mlua::Result<()> {
    let in_timer = call.part::<Schedule>().borrow().running.iter().any(|running| running.is_timer);
    if in_timer {
        Clock::set(call.lua(), call.frame(), until);
        return Ok(());
    }
    run_until(call.lua(), call.frame(), until)
}
