//! `momentum-lua lsp`: the language server.

use std::path::Path;

use clap::Args;

use crate::outcome::Outcome;
use crate::problem::{Print as _, Problem};

/// Serve an editor: the Language Server Protocol on standard input and output
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Accepted, since many editors pass it; there is no other way to connect
    #[arg(long)]
    stdio: bool,
}

/// Runs the command. Comes back only when the server cannot start.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let Arguments { stdio: _ } = arguments;
    match momentum_lua_server::serve() {
        Ok(()) => Outcome::Clean,
        Err(error) => {
            Problem::io("serve on", Path::new("standard input"), &error).print();
            Outcome::Failed
        }
    }
}
