//! `momentum-lua init`: writes a `momentum-lua.toml` to start from, or a session for a script.

mod session;

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use momentum_lua_analyzer::configuration::project::FILE_NAME;
use momentum_lua_analyzer::configuration::target::TargetVersion;

use crate::discovery;
use crate::outcome::Outcome;
use crate::paths::WorkingDirectory;
use crate::paths::below;
use crate::problem::{Print as _, Problem};

/// Write a momentum-lua.toml with comments, or a session for a script
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,

    /// The folder to write it into
    #[arg(default_value = ".", value_name = "FOLDER")]
    folder: PathBuf,
}

/// What is written instead of the configuration.
#[derive(Debug, Subcommand)]
enum What {
    Session(session::Arguments),
}

/// Where editors find the schema.
const SCHEMA: &str =
    "https://raw.githubusercontent.com/momentum-lua/momentum-lua/main/docs/schema/momentum-lua.schema.json";

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let written = match &arguments.what {
        None => write(&arguments.folder),
        Some(What::Session(arguments)) => session::write(arguments),
    };
    match written {
        Ok(file) => super::print(&format!("Wrote `{}`\n", file.display())),
        Err(problem) => {
            problem.print();
            Outcome::Failed
        }
    }
}

fn write(folder: &Path) -> Result<PathBuf, Problem> {
    let file = discovery_name(folder);
    let text = content(&main_configurations(folder)?);
    write_new(&file, &text, "`momentum-lua config` shows what it means")?;
    Ok(file)
}

/// Writes a file that is not there yet: never over an existing one, not even one that appears just now.
fn write_new(file: &Path, text: &str, help: &str) -> Result<(), Problem> {
    let mut new = OpenOptions::new().write(true).create_new(true).open(file).map_err(|error| {
        if error.kind() == ErrorKind::AlreadyExists {
            Problem::new(format!("`{}` is there already", file.display())).help(help)
        } else {
            Problem::io("write", file, &error)
        }
    })?;
    new.write_all(text.as_bytes()).map_err(|error| Problem::io("write", file, &error))
}

fn discovery_name(folder: &Path) -> PathBuf {
    if folder == Path::new(".") { PathBuf::from(FILE_NAME) } else { folder.join(FILE_NAME) }
}

/// The main configuration files below the folder.
fn main_configurations(folder: &Path) -> Result<Vec<String>, Problem> {
    let here = WorkingDirectory::current()?;
    let root = here.absolute(folder);
    let found = discovery::discover(&[folder.to_owned()], &here, &|_| false);
    let mains = found.files.iter().filter(|file| discovery::is_main_configuration(&file.path));
    Ok(mains.map(|file| below(&root, &file.path)).collect())
}

fn content(mains: &[String]) -> String {
    let target = TargetVersion::NEWEST;
    let configuration = if mains.is_empty() {
        "# configuration = [\"etc/conf/default/ecelerity.conf\"]".to_owned()
    } else {
        let mains: Vec<toml::Value> = mains.iter().map(|main| toml::Value::String(main.clone())).collect();
        format!("configuration = {}", toml::Value::Array(mains))
    };
    format!(
        r#"#:schema {SCHEMA}

# The version of Momentum that the policy runs on. Without it: the newest, {target}.
# target = "{target}"

# Momentum's main configuration files. Without them: every ecelerity.conf in this folder and below.
{configuration}

# Where modules and scripts are looked for before the folders that Momentum itself searches.
# lua_path = ["lib"]

# Stubs for C modules of your own.
# stubs = ["stubs"]

# What is not checked.
# exclude = ["vendor", "*.generated.lua"]

# Severities ("off", "info", "warning", "error"). `momentum-lua rules` lists the rules.
[rules]
# octal-literal = "off"

# General Lua lints: true, false, or a severity.
[rules.lua]
# shadowing = false

# Other settings for some of the files.
# [[override]]
# files = ["legacy"]
# target = "3.6"
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use momentum_lua_analyzer::configuration::project::{KnownRule, Project, parse};

    const RULES: [KnownRule<'static>; 2] = [KnownRule::new("octal-literal"), KnownRule::new("lua/shadowing")];

    #[test]
    fn as_written_it_changes_nothing() {
        let (project, errors) = parse(&content(&[]), &RULES);
        assert_eq!(errors, []);
        assert_eq!(project, Project::default());
        let (project, errors) = parse(&content(&["etc/\"odd\".conf".to_owned()]), &RULES);
        assert_eq!(errors, []);
        assert_eq!(project.configuration, ["etc/\"odd\".conf"]);
    }

    #[test]
    fn what_is_commented_out_is_right() {
        let text = content(&[]);
        let is_setting = |line: &str| line.contains(" = ") || line.starts_with("# [[");
        let lines = text.lines().map(|line| match line.strip_prefix("# ") {
            Some(setting) if is_setting(line) => setting,
            _ => line,
        });
        let text: String = lines.map(|line| format!("{line}\n")).collect();
        let (project, errors) = parse(&text, &RULES);
        assert_eq!(errors, [], "{text}");
        assert_eq!((project.overrides.len(), project.exclude.len(), project.rules.lua.len()), (1, 2, 1));
    }
}
