//! Which runs are under way: one for each document at most.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tokio::sync::Notify;
use tower_lsp::lsp_types::{NumberOrString, Url};

/// Why a run ended before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Another run of the document took its place.
    Replaced,
    /// The user wanted it.
    Cancelled,
}

#[derive(Debug, Default)]
struct Table {
    runs: FxHashMap<Url, (u64, Arc<Stop>)>,
    tokens: FxHashMap<NumberOrString, Arc<Stop>>,
    next: u64,
}

/// The way to stop a run.
#[derive(Debug, Default)]
struct Stop {
    why: Mutex<Option<Ended>>,
    wake: Notify,
}

impl Stop {
    fn stop(&self, why: Ended) {
        self.why.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(why);
        self.wake.notify_one();
    }
}

/// The runs that are under way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Runs {
    table: Arc<Mutex<Table>>,
}

/// A run that is under way, until it is dropped.
#[derive(Debug)]
pub(crate) struct Running {
    runs: Runs,
    document: Url,
    token: NumberOrString,
    number: u64,
    stop: Arc<Stop>,
}

impl Runs {
    /// Begins the run of a document, and stops the one before it. `token` is that of the client's own progress.
    pub(crate) fn begin(&self, document: Url, token: Option<NumberOrString>) -> Running {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        table.next += 1;
        let number = table.next;
        let stop = Arc::new(Stop::default());
        let token = token.unwrap_or_else(|| NumberOrString::String(format!("momentum-lua/run/{number}")));
        if let Some((_, before)) = table.runs.insert(document.clone(), (number, Arc::clone(&stop))) {
            before.stop(Ended::Replaced);
        }
        table.tokens.insert(token.clone(), Arc::clone(&stop));
        drop(table);
        Running { runs: self.clone(), document, token, number, stop }
    }

    /// Stops the run whose progress has this token.
    pub(crate) fn cancel(&self, token: &NumberOrString) {
        let table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stop) = table.tokens.get(token) {
            stop.stop(Ended::Cancelled);
        }
    }
}

impl Running {
    /// The token of its progress.
    pub(crate) fn token(&self) -> &NumberOrString {
        &self.token
    }

    /// Comes back when the run is to end.
    pub(crate) async fn stopped(&self) -> Ended {
        loop {
            if let Some(why) = *self.stop.why.lock().unwrap_or_else(PoisonError::into_inner) {
                return why;
            }
            self.stop.wake.notified().await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut table = self.runs.table.lock().unwrap_or_else(PoisonError::into_inner);
        if table.runs.get(&self.document).is_some_and(|(number, _)| *number == self.number) {
            table.runs.remove(&self.document);
        }
        table.tokens.remove(&self.token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_new_run_stops_the_one_before() {
        let runs = Runs::default();
        let document = Url::parse("file:///a.lua").unwrap();
        let first = runs.begin(document.clone(), None);
        let second = runs.begin(document.clone(), Some(NumberOrString::Number(7)));
        assert_eq!(first.stopped().await, Ended::Replaced);
        drop(first);
        runs.cancel(&NumberOrString::Number(7));
        assert_eq!(second.stopped().await, Ended::Cancelled);
        drop(second);
        let table = runs.table.lock().unwrap();
        assert!(table.runs.is_empty() && table.tokens.is_empty());
    }
}
