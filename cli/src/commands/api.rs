//! `momentum-lua api`: what Momentum offers to scripts, one entry or all of it in other tools' formats.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use momentum_lua_analyzer::configuration::target::TargetVersion;
use momentum_lua_stubs::reader::describe::{self, Description};
use momentum_lua_stubs::reader::{Api, export};

use crate::configuration::{self, Configuration};
use crate::outcome::Outcome;
use crate::paths::WorkingDirectory;
use crate::problem::{Print as _, Problem};
use crate::{settings, stubs, terminal};

/// Describe an entry of the Momentum API, or export the API
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The entry: msg:header, msys.pcre.match, validate_data, ec_message, …; with --export, where to write
    #[arg(value_name = "NAME|PATH")]
    subject: Option<String>,

    /// Export the whole API
    #[arg(long, value_enum, value_name = "FORMAT")]
    export: Option<Export>,

    /// Export as JSON only what this version of Momentum has
    #[arg(long, value_name = "VERSION", requires = "export")]
    target: Option<TargetVersion>,

    /// The configuration whose stubs count, instead of the nearest momentum-lua.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Export {
    /// A folder of LuaCATS files, for lua-language-server and EmmyLua
    Luacats,
    /// A standard library for selene
    Selene,
    /// A JSON document
    Json,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut problems = Vec::new();
    let outcome = answer(arguments, &mut problems).unwrap_or_else(|problem| {
        problems.push(problem);
        Outcome::Failed
    });
    problems.iter().for_each(Problem::print);
    if problems.is_empty() { outcome } else { Outcome::Failed }
}

fn answer(arguments: &Arguments, problems: &mut Vec<Problem>) -> Result<Outcome, Problem> {
    let here = WorkingDirectory::current()?;
    let file = arguments.config.clone().or_else(|| configuration::find(Path::new("."), &here));
    let mut configuration = Configuration::read(file, &here);
    problems.append(&mut configuration.problems);
    let (api, wrong) = stubs::api(&configuration, &here);
    problems.extend(wrong);
    match (arguments.export, &arguments.subject) {
        (Some(format), path) => export(&api, format, path.as_deref().map(Path::new), arguments.target),
        (None, Some(name)) => match describe::entry(&api, name.trim()) {
            Some(description) => Ok(super::print(&shown(description, &configuration))),
            None => Err(Problem::new(format!("the API has no `{name}`")).near(&api.near_entries(name))),
        },
        (None, None) => Ok(super::print(&overview(&api))),
    }
}

fn shown(mut description: Description, configuration: &Configuration) -> String {
    description.page = description.page.map(|page| configuration.project.page_url(&page).into());
    let style = terminal::style();
    let text = description.text(style.width);
    match text.split_once('\n') {
        Some((heading, rest)) if style.colors => {
            let bold = anstyle::Style::new().bold();
            format!("{bold}{heading}{bold:#}\n{rest}")
        }
        _ => text,
    }
}

fn overview(api: &Api) -> String {
    let mut text = String::new();
    for (count, what, example) in [
        (api.functions().len(), "functions and methods", "msg:header"),
        (api.fields().len(), "fields", "msg.id"),
        (api.hooks().len(), "callouts and hooks", "validate_data_spool"),
        (api.classes().len(), "classes and tables", "ec_message"),
        (api.c_functions().len(), "functions of the C API", "msys.core.ec_message_get_id"),
        (api.constants().len(), "constants", "msys.core.VALIDATE_CONT"),
        (api.modules().len(), "modules", "msys.pcre"),
        (api.context_variables().len(), "context variables", "can_relay"),
        (api.macros().len(), "macros", ""),
        (api.options().len(), "configuration options", "source"),
        (api.phases().len(), "phases", "data_spool"),
    ] {
        let example = if api.entry(example).is_some() { format!("  {example}") } else { String::new() };
        text.push_str(format!("{count:>5}  {what:<22}{example}").trim_end());
        text.push('\n');
    }
    text.push_str("\n`momentum-lua api NAME` describes one of them.\n");
    text
}

fn export(
    api: &Api,
    format: Export,
    path: Option<&Path>,
    target: Option<TargetVersion>,
) -> Result<Outcome, Problem> {
    let text = match (format, path) {
        (Export::Luacats, Some(folder)) => return write_folder(&export::luacats(api), folder),
        (Export::Luacats, None) => {
            return Err(Problem::new("LuaCATS is a folder of files")
                .help("say where to write it: `momentum-lua api --export luacats FOLDER`"));
        }
        (Export::Selene, _) => export::selene(api),
        (Export::Json, _) => export::json(api, target.map(settings::version)),
    };
    match path {
        Some(file) => {
            fs::write(file, text).map_err(|error| Problem::io("write", file, &error))?;
            Ok(super::print(&format!("Wrote `{}`\n", file.display())))
        }
        None => Ok(super::print(&text)),
    }
}

fn write_folder(files: &[export::ExportedFile], folder: &Path) -> Result<Outcome, Problem> {
    for file in files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| Problem::io("create", parent, &error))?;
        }
        fs::write(&path, &file.text).map_err(|error| Problem::io("write", &path, &error))?;
    }
    Ok(super::print(&format!("Wrote {} files below `{}`\n", files.len(), folder.display())))
}
