//! `momentum-lua completions` and `momentum-lua man`: what shells and packages want to know of the command line.

use std::fs;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::arguments::Arguments as CommandLine;
use crate::outcome::Outcome;
use crate::problem::{Print as _, Problem};

/// Print the completions of a shell
#[derive(Debug, Args)]
#[command(after_help = "For bash, for instance: momentum-lua completions bash > \
                        /etc/bash_completion.d/momentum-lua")]
pub(crate) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut command = CommandLine::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    super::print(&String::from_utf8_lossy(&script))
}

/// Write the manual pages
#[derive(Debug, Args)]
pub(crate) struct ManArguments {
    /// The folder to write them into
    folder: PathBuf,
}

/// Writes a page for the program and one for each command.
pub(crate) fn write_manual(arguments: &ManArguments) -> Outcome {
    let folder = &arguments.folder;
    let written = fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(CommandLine::command().disable_help_flag(true), folder));
    match written {
        Ok(()) => Outcome::Clean,
        Err(error) => {
            Problem::io("write", folder, &error).print();
            Outcome::Failed
        }
    }
}
