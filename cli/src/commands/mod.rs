//! The commands, one file each.

mod api;
mod check;
mod completions;
mod config;
mod exec;
mod explain;
mod fmt;
mod init;
mod lsp;
mod rules;
mod run;
mod test;

use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;

use crate::outcome::Outcome;
use crate::problem::{Print as _, Problem};
use crate::terminal;

/// What the program is asked to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(check::Arguments),
    Fmt(fmt::Arguments),
    Explain(explain::Arguments),
    Rules(rules::Arguments),
    Run(run::Arguments),
    Test(test::Arguments),
    Api(api::Arguments),
    Config(config::Arguments),
    Init(init::Arguments),
    Lsp(lsp::Arguments),
    Exec(exec::Arguments),
    #[command(hide = true)]
    TestWorker,
    Completions(completions::Arguments),
    /// Write the manual pages
    #[command(hide = true)]
    Man(completions::ManArguments),
}

/// Runs a command.
pub(crate) fn run(command: Command) -> ExitCode {
    match command {
        Command::Check(arguments) => check::run(&arguments).into(),
        Command::Fmt(arguments) => fmt::run(&arguments).into(),
        Command::Explain(arguments) => explain::run(&arguments).into(),
        Command::Rules(arguments) => rules::run(&arguments).into(),
        Command::Run(arguments) => run::run(&arguments).into(),
        Command::Test(arguments) => test::run(&arguments).into(),
        Command::TestWorker => crate::testing::worker::run(),
        Command::Api(arguments) => api::run(&arguments).into(),
        Command::Config(arguments) => config::run(&arguments).into(),
        Command::Init(arguments) => init::run(&arguments).into(),
        Command::Lsp(arguments) => lsp::run(&arguments).into(),
        Command::Exec(arguments) => exec::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments).into(),
        Command::Man(arguments) => completions::write_manual(&arguments).into(),
    }
}

/// The standard output cannot be written to.
fn unwritten(error: &std::io::Error) -> Problem {
    Problem::io("write to", Path::new("standard output"), error)
}

/// Prints the answer of a command.
fn print(text: &str) -> Outcome {
    match terminal::print(text) {
        Ok(()) => Outcome::Clean,
        Err(error) => {
            unwritten(&error).print();
            Outcome::Failed
        }
    }
}
