//! The run's clock. It stands still but for what scripts sleep and the session advances.

use mlua::Lua;

use super::{Call, Frame, Registry};
use crate::machine;

/// How far the clock went on since the session began.
#[derive(Debug, Default)]
pub struct Clock {
    elapsed: f64,
}

impl Clock {
    /// Seconds since 1970, with their fraction.
    #[must_use]
    pub fn now(frame: &Frame) -> f64 {
        frame.session().clock.seconds() + frame.part::<Self>().borrow().elapsed
    }

    /// Sets it to a time, as [`Clock::now`] gives it; it never goes back. `os.time` follows.
    pub fn set(lua: &Lua, frame: &Frame, time: f64) {
        let clock = frame.part::<Self>();
        let mut clock = clock.borrow_mut();
        let elapsed = time - frame.session().clock.seconds();
        if elapsed > clock.elapsed {
            clock.elapsed = elapsed;
            machine::set_time(lua, time);
        }
    }

    /// Lets time pass for tests.
    #[cfg(test)]
    pub(crate) fn advance(frame: &Frame, seconds: f64) {
        frame.part::<Self>().borrow_mut().elapsed += seconds.max(0.0);
    }
}

pub(super) fn register(api: &mut Registry) {
    api.function("msys.core.get_now_ts", |call: &Call<'_>, (): ()| Ok(Clock::now(call.frame()).floor()));
}
