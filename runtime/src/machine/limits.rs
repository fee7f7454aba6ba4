//! What a run may use.

use std::fmt;
use std::time::Duration;

use momentum_lua_analyzer::configuration::project::RunLimits;

use crate::session;

/// What a run may use. Every limit ends the run for good: no `pcall`, coroutine or finalizer keeps it going.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Instructions of the Lua machine, and steps of the library that take as long. Counted in steps of
    /// [`Limits::GRANULARITY`].
    pub instructions: u64,
    /// Bytes that the Lua state holds at one time.
    pub memory: usize,
    /// Time on the clock, from [`Machine::begin`](super::Machine::begin).
    pub wall_clock: Duration,
    /// Bytes that `print`, `io.write` and their like may write.
    pub output: usize,
}

impl Limits {
    /// After so many instructions the limits are looked at.
    pub const GRANULARITY: u32 = 500;
}

impl Default for Limits {
    /// Those of a project that says nothing of limits.
    fn default() -> Self {
        Self::from(&RunLimits::default())
    }
}

impl From<&RunLimits> for Limits {
    fn from(limits: &RunLimits) -> Self {
        Self {
            instructions: limits.instructions,
            memory: bytes(limits.memory_mib, 1024 * 1024),
            wall_clock: Duration::from_millis(limits.wall_clock_ms),
            output: bytes(limits.output_kib, 1024),
        }
    }
}

impl Limits {
    /// These limits, but for those that a session has of its own.
    #[must_use]
    pub fn with(self, own: &session::Limits) -> Self {
        Self {
            instructions: own.instructions.unwrap_or(self.instructions),
            memory: own.memory_mib.map_or(self.memory, |mib| bytes(mib, 1024 * 1024)),
            wall_clock: own.wall_clock_ms.map_or(self.wall_clock, Duration::from_millis),
            output: own.output_kib.map_or(self.output, |kib| bytes(kib, 1024)),
        }
    }
}

fn bytes(count: u64, unit: u64) -> usize {
    usize::try_from(count.saturating_mul(unit)).unwrap_or(usize::MAX)
}

/// One of the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// [`Limits::instructions`]
    Instructions,
    /// [`Limits::memory`]
    Memory,
    /// [`Limits::wall_clock`]
    WallClock,
    /// [`Limits::output`]
    Output,
    /// The depth of calls, which Lua itself bounds: 20,000 calls, 200 of them through the library. A script can catch
    /// the error, as in the engine; only where it does not, it ends the run.
    Recursion,
}

impl Limit {
    /// The sentence for the report, with the limit's value.
    pub(super) fn message(self, limits: &Limits) -> String {
        match self {
            Limit::Instructions => {
                format!("stopped: more than {} instructions were executed", limits.instructions)
            }
            Limit::Memory => format!("stopped: more than {} of memory were wanted", Bytes(limits.memory)),
            Limit::WallClock => format!("stopped: it ran for longer than {:?}", limits.wall_clock),
            Limit::Output => format!("stopped: more than {} of output were written", Bytes(limits.output)),
            Limit::Recursion => "stopped: calls nest too deeply (stack overflow)".to_owned(),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Limit::Instructions => "instructions",
            Limit::Memory => "memory",
            Limit::WallClock => "wall clock",
            Limit::Output => "output",
            Limit::Recursion => "recursion",
        })
    }
}

struct Bytes(usize);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(usize, &str); 2] = [(1024 * 1024, "MiB"), (1024, "KiB")];
        for (size, unit) in UNITS {
            if self.0 >= size && self.0.is_multiple_of(size) {
                return write!(f, "{} {unit}", self.0 / size);
            }
        }
        write!(f, "{} bytes", self.0)
    }
}
