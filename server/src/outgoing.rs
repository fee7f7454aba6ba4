//! What the server says on its own, in order. Only the last diagnostics of a file wait: a client that does not read
//! makes nothing grow.

use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tower_lsp::Client;
use tower_lsp::lsp_types::{Diagnostic, MessageType, Url};

type Message = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Messages that wait at most, beside diagnostics; the oldest go first.
const MOST: usize = 256;

/// How long the answer to a request of the server is waited for before other messages go out.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Default)]
struct Waiting {
    messages: VecDeque<Message>,
    diagnostics: BTreeMap<Url, (Vec<Diagnostic>, Option<i32>)>,
}

/// The way to the client.
#[derive(Clone)]
pub(crate) struct Outgoing {
    client: Client,
    waiting: Arc<Mutex<Waiting>>,
    wake: Arc<Notify>,
}

impl std::fmt::Debug for Outgoing {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Outgoing")
    }
}

impl Outgoing {
    /// Starts the task that speaks to the client. Needs a runtime around.
    pub(crate) fn start(client: Client) -> Self {
        let outgoing = Self { client, waiting: Arc::default(), wake: Arc::default() };
        let task = outgoing.clone();
        tokio::spawn(async move {
            loop {
                match task.next() {
                    Some(mut message) => {
                        // A client that does not answer a request gets everything else all the same.
                        if tokio::time::timeout(PATIENCE, &mut message).await.is_err() {
                            tokio::spawn(message);
                        }
                    }
                    None => task.wake.notified().await,
                }
            }
        });
        outgoing
    }

    fn next(&self) -> Option<Message> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(message) = waiting.messages.pop_front() {
            return Some(message);
        }
        let (url, (diagnostics, version)) = waiting.diagnostics.pop_first()?;
        let client = self.client.clone();
        Some(Box::pin(async move { client.publish_diagnostics(url, diagnostics, version).await }))
    }

    /// Publishes what is found in a file now.
    pub(crate) fn publish(&self, url: Url, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.diagnostics.insert(url, (diagnostics, version));
        drop(waiting);
        self.wake.notify_one();
    }

    /// Says something else. `message` gets the client.
    pub(crate) fn send<F: Future<Output = ()> + Send + 'static>(&self, message: impl FnOnce(Client) -> F) {
        let message = Box::pin(message(self.client.clone()));
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.messages.len() >= MOST {
            waiting.messages.pop_front();
        }
        waiting.messages.push_back(message);
        drop(waiting);
        self.wake.notify_one();
    }

    /// Writes to the client's log.
    pub(crate) fn log(&self, kind: MessageType, text: impl Into<String>) {
        let text = text.into();
        self.send(move |client| async move { client.log_message(kind, text).await });
    }

    /// Shows the user a message.
    pub(crate) fn show(&self, kind: MessageType, text: impl Into<String>) {
        let text = text.into();
        self.send(move |client| async move { client.show_message(kind, text).await });
    }

    /// The client itself, for requests whose answer is awaited outside the order.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }
}
