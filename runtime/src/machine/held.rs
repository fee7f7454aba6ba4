//! Memory that values of the API take outside of Lua: it counts towards the run's limit.

use std::fmt;
use std::rc::Rc;

use mlua::Lua;

use super::meter::Meter;

/// Bytes outside of Lua; they are free again when it is dropped.
#[derive(Default)]
pub struct Held {
    meter: Option<Rc<Meter>>,
    bytes: usize,
}

impl Held {
    /// Counts `bytes`.
    ///
    /// # Errors
    /// When the run may not have that much: it ends.
    pub fn new(lua: &Lua, bytes: usize) -> mlua::Result<Self> {
        let mut held = Self::default();
        held.grow(lua, bytes)?;
        Ok(held)
    }

    /// Counts so many bytes more.
    ///
    /// # Errors
    /// When the run may not have that much: it ends.
    pub fn grow(&mut self, lua: &Lua, bytes: usize) -> mlua::Result<()> {
        if self.meter.is_none() {
            self.meter = Meter::of(lua);
        }
        if let Some(meter) = &self.meter {
            meter.hold(lua, bytes)?;
            self.bytes = self.bytes.saturating_add(bytes);
        }
        Ok(())
    }

    /// So many bytes less.
    pub fn shrink(&mut self, bytes: usize) {
        let bytes = bytes.min(self.bytes);
        self.bytes -= bytes;
        if let Some(meter) = &self.meter {
            meter.let_go(bytes);
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.shrink(self.bytes);
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.bytes)
    }
}
