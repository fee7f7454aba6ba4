//! The thread that owns the world, and the queue in front of it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread;

use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use crate::world::World;

/// Inference and rules recurse over trees; the analysis itself asks for more where a tree nests deeply.
const STACK: usize = 8 << 20;

type Job = Box<dyn FnOnce(&mut World) + Send>;

/// What is asked and told is done in the order in which it is put in.
#[derive(Debug)]
pub(crate) struct Analysis {
    queue: Sender<Job>,
}

impl Analysis {
    /// Starts the thread.
    pub(crate) fn start(world: World) -> Self {
        let (queue, jobs) = channel();
        let started =
            thread::Builder::new().name("analysis".into()).stack_size(STACK).spawn(|| work(world, jobs));
        // Without the thread the queue has no other end, and every request is answered with an error.
        drop(started);
        Self { queue }
    }

    /// Changes the world. Returns at once.
    pub(crate) fn tell(&self, change: impl FnOnce(&mut World) + Send + 'static) {
        // Fails when the thread is gone: then requests say so.
        let _ = self.queue.send(Box::new(change));
    }

    /// Asks the world. The question stands in the queue when this returns; the answer is awaited. When the returned
    /// future is dropped (the request was cancelled) before its turn comes, the question is not worked out.
    pub(crate) fn ask<T, Q>(&self, question: Q) -> impl Future<Output = Result<T>> + use<T, Q>
    where
        T: Send + 'static,
        Q: FnOnce(&mut World) -> Result<T> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        self.tell(move |world| {
            if !answer.is_closed() {
                let _ = answer.send(question(world));
            }
        });
        async move {
            answered.await.unwrap_or_else(|_| {
                let mut error = Error::new(ErrorCode::InternalError);
                error.message = "the analysis failed on this request; see the server's log".into();
                Err(error)
            })
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the thread owns both")]
fn work(mut world: World, jobs: Receiver<Job>) {
    loop {
        let job = match jobs.try_recv() {
            Ok(job) => Some(job),
            Err(TryRecvError::Disconnected) => return,
            Err(TryRecvError::Empty) => None,
        };
        let job = match job {
            Some(job) => Some(job),
            // Nobody waits: work that may wait.
            None => match catch_unwind(AssertUnwindSafe(|| world.idle())) {
                Ok(true) => continue,
                Ok(false) => match world.next_wake() {
                    None => match jobs.recv() {
                        Ok(job) => Some(job),
                        Err(_) => return,
                    },
                    Some(wait) => match jobs.recv_timeout(wait) {
                        Ok(job) => Some(job),
                        Err(RecvTimeoutError::Timeout) => None,
                        Err(RecvTimeoutError::Disconnected) => return,
                    },
                },
                Err(panic) => {
                    recover(&mut world, &words(&*panic));
                    None
                }
            },
        };
        if let Some(job) = job {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| job(&mut world))) {
                recover(&mut world, &words(&*panic));
            }
            world.asked();
        }
    }
}

/// What made the job fail may make the recovery fail, too: then there is nothing to ask about until a text changes.
fn recover(world: &mut World, words: &str) {
    if catch_unwind(AssertUnwindSafe(|| world.recover(words))).is_err() {
        world.abandon();
    }
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no words".to_owned())
}
