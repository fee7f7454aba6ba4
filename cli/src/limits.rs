//! Limits of runs as options: the same for every command that runs scripts.

use clap::{Args, value_parser};
use momentum_lua_runtime::machine::Limits;
use momentum_lua_runtime::session;

use crate::configuration::Configuration;

/// Limits that go before those of the session and of the configuration.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Limits of a run")]
pub(crate) struct LimitOptions {
    /// End it after this many milliseconds [default: 2000]
    #[arg(long, value_name = "MS", value_parser = value_parser!(u64).range(1..))]
    pub(crate) time_limit: Option<u64>,

    /// End it when Lua wants more memory than this many MiB [default: 64]
    #[arg(long, value_name = "MIB", value_parser = value_parser!(u64).range(1..))]
    pub(crate) memory_limit: Option<u64>,

    /// End it after this many instructions [default: 500000000]
    #[arg(long, value_name = "COUNT", value_parser = value_parser!(u64).range(1..))]
    pub(crate) instruction_limit: Option<u64>,

    /// End it when it has printed this many KiB [default: 1024]
    #[arg(long, value_name = "KIB", value_parser = value_parser!(u64).range(1..))]
    pub(crate) output_limit: Option<u64>,
}

impl LimitOptions {
    /// The limits that are given.
    pub(crate) fn given(&self) -> session::Limits {
        session::Limits {
            instructions: self.instruction_limit,
            memory_mib: self.memory_limit,
            wall_clock_ms: self.time_limit,
            output_kib: self.output_limit,
        }
    }

    /// The limits of a session: those that are given go before its own.
    pub(crate) fn of_session(&self, session: &session::Limits) -> session::Limits {
        self.given().or(session.clone())
    }
}

/// The limits that the configuration sets, for whatever says nothing of its own.
pub(crate) fn of_configuration(configuration: &Configuration) -> Limits {
    Limits::from(&configuration.project.run)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        limits: LimitOptions,
    }

    #[test]
    fn the_help_names_the_true_defaults() {
        let mut command = <Command as clap::CommandFactory>::command().term_width(200);
        let help = command.render_help().to_string();
        let run = momentum_lua_analyzer::configuration::project::RunLimits::default();
        for default in [run.wall_clock_ms, run.memory_mib, run.instructions, run.output_kib] {
            assert!(help.contains(&format!("[default: {default}]")), "{default}: {help}");
        }
    }

    #[test]
    fn options_go_before_the_session() {
        let command = Command::parse_from(["x", "--time-limit", "5", "--output-limit", "7"]);
        let session = session::Limits { wall_clock_ms: Some(9), memory_mib: Some(3), ..Default::default() };
        let limits = Limits::default().with(&command.limits.of_session(&session));
        assert_eq!(limits.wall_clock.as_millis(), 5);
        assert_eq!((limits.memory, limits.output), (3 << 20, 7 << 10));
        assert_eq!(limits.instructions, Limits::default().instructions);
    }
}
