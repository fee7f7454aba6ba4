//! The `momentum-lua` command: arguments in, rendered reports out.

mod arguments;
mod baseline;
mod commands;
mod granted_files;
mod limits;
mod markdown;
mod outcome;
mod policy;
mod problem;
mod report;
mod save;
mod selection;
mod session;
mod terminal;
mod testing;
mod watch;
mod watchdog;

use std::process::ExitCode;

use clap::Parser;
use momentum_lua_workspace::{configuration, discovery, finding, paths, settings, source, stubs, tree};

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    arguments.color.apply();
    commands::run(arguments.command)
}
