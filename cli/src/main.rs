//! The `momentum-lua` command: arguments in, rendered reports out.

mod arguments;
mod baseline;
mod commands;
mod configuration;
mod discovery;
mod finding;
mod markdown;
mod paths;
mod problem;
mod report;
mod save;
mod selection;
mod settings;
mod source;
mod stubs;
mod terminal;
mod watch;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    arguments.color.apply();
    commands::run(arguments.command).into()
}
