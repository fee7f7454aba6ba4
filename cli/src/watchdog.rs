//! Ends the process when a run does not end by itself.
//!
//! The machine looks at its limits every few hundred instructions and in every long step of its library. Should a
//! single step take too long all the same, this thread ends the process with a clear report.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// How much longer than its limit a run may take to notice it.
const GRACE: Duration = Duration::from_secs(2);

/// Watches until it is dropped.
pub(crate) struct Watchdog {
    _alive: Sender<()>,
}

/// Ends the process with exit status 1 when `limit` and some grace are over.
pub(crate) fn start(limit: Duration) -> Watchdog {
    let (sender, receiver) = channel::<()>();
    std::thread::spawn(move || {
        if receiver.recv_timeout(limit.saturating_add(GRACE)) == Err(RecvTimeoutError::Timeout) {
            anstream::eprintln!(
                "momentum-lua: stopped: it ran for longer than {limit:?}, and did not end when its time was up"
            );
            std::process::exit(1);
        }
    });
    Watchdog { _alive: sender }
}
