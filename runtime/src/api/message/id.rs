//! Identifiers of messages, connections and batches.

use std::fmt;

use crate::api::{Call, Class, Frame, Registry};

use super::EcMessage;

/// An identifier, shown as the logs show one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MessageId {
    /// The time in seconds, its lower 32 bits.
    pub slot: u32,
    /// The process that made it.
    pub pid: u16,
    /// Counts within that process.
    pub counter: u16,
}

impl Class for MessageId {
    const NAME: &'static str = "message_id";
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [high, low] = self.counter.to_be_bytes();
        write!(f, "{high:02X}/{low:02X}-{:05}-{:08X}", self.pid, self.slot)
    }
}

/// Gives identifiers, the same ones in every run.
#[derive(Debug, Default)]
pub struct Ids {
    counter: u16,
}

impl Ids {
    pub(super) fn next(&mut self, call: &Call<'_>) -> MessageId {
        self.at(call.session().clock.seconds())
    }

    /// The next identifier, for a time in seconds since 1970.
    fn at(&mut self, seconds: f64) -> MessageId {
        self.counter = self.counter.wrapping_add(1);
        // Identifiers of the server hold the lower 32 bits.
        MessageId { slot: seconds as u64 as u32, pid: 1, counter: self.counter }
    }

    /// The next identifier of a machine.
    #[must_use]
    pub fn of(frame: &Frame) -> MessageId {
        frame.part::<Self>().borrow_mut().at(frame.session().clock.seconds())
    }
}

pub(super) fn register(api: &mut Registry) {
    api.field("id", |call, this: &EcMessage| call.object(this.id));
    api.field("conn_id", |call, this: &EcMessage| call.object(this.conn_id));
    api.field("batch_id", |call, this: &EcMessage| call.object(this.batch_id));
    api.field("slot", |_, this: &MessageId| Ok(this.slot));
    api.field("pid", |_, this: &MessageId| Ok(this.pid));
    api.field("counter", |_, this: &MessageId| Ok(this.counter));
    api.meta("__tostring", |_, this: &MessageId, (): ()| Ok(this.to_string()));
}
