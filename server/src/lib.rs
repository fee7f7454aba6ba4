//! The language server: LSP types in and out, nothing else.
//!
//! ```text
//! client ─▶ pipes ─▶ input ─▶ service ─▶ backend (one method a request) ─▶ queue ─▶ analysis thread: World ─▶ features::… ─▶ answer
//! ```
//!
//! - One thread reads messages and writes answers (`pipes`), another one works them out (`analysis`). Nothing that takes
//!   long runs on the first.
//! - `input` lets nothing through but messages that can be read (`frames`); others are answered with an error.
//! - `backend` receives messages in the order in which they arrive and puts a job for each into a queue *before* it
//!   waits for anything. One thread owns the `World` (open documents, policy trees) and works the queue off, so every
//!   request sees exactly the texts that the client had when it sent it.
//! - A job that panics answers its request with an error; the trees are read anew, documents stay.
//! - `features` holds one file for each feature: from a `View` and the request's parameters to the protocol's result.
//!   What a feature knows about Lua stands in `momentum_lua_analyzer::ide`.
//! - `execution` runs policy in a child process and keeps what came of it; `sessions` knows the session files.
//! - `stub_files` shows the embedded stubs as files, which is where names of the API lead.

mod analysis;
mod backend;
mod capabilities;
#[allow(dead_code, reason = "says all that features may ask")]
mod client;
mod diagnostics;
mod documents;
mod edits;
mod execution;
mod features;
mod frames;
mod input;
mod markup;
mod outgoing;
#[cfg(unix)]
mod pipes;
mod position;
mod progress;
mod service;
mod sessions;
mod settings;
mod stub_files;
#[allow(dead_code, reason = "offers all that features may ask")]
mod view;
mod watch;
mod world;

pub use settings::json_schema as settings_schema;
use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::{LspService, Server};

/// How many requests may wait for the analysis at once. Messages behind the last one are not read until one is
/// answered, not even a cancellation.
const CONCURRENCY: usize = 512;

/// Serves one client on standard input and output until it says `exit` or goes away. Ends the process: a read of the
/// standard input cannot be called back.
///
/// # Errors
/// The runtime cannot start.
pub fn serve() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut builder = LspService::build(backend::Backend::new)
            .custom_method("window/workDoneProgress/cancel", backend::Backend::progress_cancelled);
        // So that a test can see that the server outlives a panic.
        if std::env::var_os("MOMENTUM_LUA_TEST_REQUESTS").is_some() {
            builder = builder.custom_method("momentum-lua/panic", backend::Backend::panic);
        }
        let (service, socket) = builder.finish();
        let service = service::Ending::new(service);
        Server::new(input::Checked::new(input()), output(), socket)
            .concurrency_level(CONCURRENCY)
            .serve(service)
            .await;
    });
    // The client is gone without `exit`.
    execution::report_file::remove_all();
    std::process::exit(1)
}

type Input = Box<dyn AsyncRead + Unpin>;
type Output = Box<dyn AsyncWrite + Unpin>;

#[cfg(unix)]
fn input() -> Input {
    match pipes::Pipe::new(std::io::stdin(), tokio::io::Interest::READABLE) {
        Ok(pipe) => Box::new(pipe),
        Err(_) => Box::new(tokio::io::stdin()),
    }
}

#[cfg(unix)]
fn output() -> Output {
    match pipes::Pipe::new(std::io::stdout(), tokio::io::Interest::WRITABLE) {
        Ok(pipe) => Box::new(pipe),
        Err(_) => Box::new(tokio::io::stdout()),
    }
}

#[cfg(not(unix))]
fn input() -> Input {
    Box::new(tokio::io::stdin())
}

#[cfg(not(unix))]
fn output() -> Output {
    Box::new(tokio::io::stdout())
}
