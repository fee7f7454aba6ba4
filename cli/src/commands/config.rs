//! `momentum-lua config`: the configuration that counts, and where each part of it comes from.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use momentum_lua_analyzer::configuration::project::{FILE_NAME, Project, json_schema};
use toml::Value;
use toml::de::{DeTable, DeValue};

use crate::configuration::{self, Configuration};
use crate::outcome::Outcome;
use crate::paths::WorkingDirectory;
use crate::problem::{Print as _, Problem};
use crate::source::Source;

/// Show the configuration that counts for a path, and where each part of it comes from
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The file or folder
    #[arg(default_value = ".", value_name = "PATH")]
    path: PathBuf,

    /// The configuration, instead of the nearest momentum-lua.toml at or above the path
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// How it is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,

    /// Print the JSON schema of momentum-lua.toml instead
    #[arg(long)]
    schema: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// TOML, with the origin of each value as a comment
    #[default]
    Toml,
    /// A JSON object
    Json,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    if arguments.schema {
        return super::print(&json_schema());
    }
    match show(arguments) {
        Ok((text, problems)) => {
            let outcome = super::print(&text);
            problems.iter().for_each(Problem::print);
            if problems.is_empty() { outcome } else { Outcome::Failed }
        }
        Err(problem) => {
            problem.print();
            Outcome::Failed
        }
    }
}

fn show(arguments: &Arguments) -> Result<(String, Vec<Problem>), Problem> {
    let here = WorkingDirectory::current()?;
    if let Err(error) = std::fs::metadata(&arguments.path) {
        return Err(Problem::io("read", &arguments.path, &error));
    }
    let file = arguments.config.clone().or_else(|| configuration::find(&arguments.path, &here));
    let configuration = Configuration::read(file, &here);
    let text = match arguments.format {
        Format::Json => crate::report::json_text(&configuration.project),
        Format::Toml => {
            let text = configuration.file.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
            let name = configuration.file.as_ref().map(|file| here.shown(file));
            let origins = Origins::new(name.as_deref(), text.as_deref().unwrap_or_default());
            listing(&configuration.project, &origins)
        }
    };
    Ok((text, configuration.problems))
}

/// Where the values of a configuration stand.
struct Origins<'t> {
    source: Source,
    named: bool,
    table: DeTable<'t>,
    /// The values as they are written; some may be wrong.
    values: toml::Table,
}

impl<'t> Origins<'t> {
    fn new(file: Option<&str>, text: &'t str) -> Self {
        let (table, _) = DeTable::parse_recoverable(text);
        let source = Source::new(file.unwrap_or(FILE_NAME).to_owned(), text.into());
        let values = text.parse().unwrap_or_default();
        Self { source, named: file.is_some(), table: table.into_inner(), values }
    }

    fn heading(&self) -> String {
        let path = &self.source.path;
        if self.named {
            format!("# From {path}.\n")
        } else {
            format!("# There is no {FILE_NAME}: all of it is default.\n")
        }
    }

    /// The file and line of a key, or that its value is the default: it is not set, or not as it should be.
    fn of(&self, keys: &[&str], value: &Value) -> String {
        let mut table = Some(&self.table);
        let mut written = Some(&self.values);
        let mut line = None;
        for (depth, key) in keys.iter().enumerate() {
            match written.and_then(|table| table.get(*key)) {
                Some(Value::Table(inner)) if depth + 1 < keys.len() => written = Some(inner),
                Some(found) if depth + 1 == keys.len() && found == value => {}
                _ => return "default".to_owned(),
            }
            let Some((name, value)) = table.and_then(|table| table.get_key_value(*key)) else {
                return "default".to_owned();
            };
            line = u32::try_from(name.span().start).ok().map(|offset| self.source.location(offset).line);
            table = match value.get_ref() {
                DeValue::Table(table) => Some(table),
                _ => None,
            };
        }
        line.map_or_else(String::new, |line| format!("{}:{line}", self.source.path))
    }
}

/// The tables whose keys have origins of their own.
const TABLES: [&str; 2] = ["rules", "run"];

fn listing(project: &Project, origins: &Origins<'_>) -> String {
    // Everything in a configuration came out of TOML, so it goes back in.
    let all = toml::Table::try_from(project).unwrap_or_default();
    let mut out = origins.heading();
    let mut rows = Vec::new();
    for (key, value) in all.iter().filter(|(key, _)| !TABLES.contains(&key.as_str()) && *key != "override") {
        rows.push((format!("{key} = {value}"), origins.of(&[key], value)));
    }
    append(&mut out, &rows);
    for table in TABLES {
        let Some(Value::Table(values)) = all.get(table) else { continue };
        let mut rows = Vec::new();
        for (key, value) in values {
            match value {
                Value::Table(inner) if table == "rules" && key == "lua" => {
                    rows.extend(inner.iter().map(|(lint, value)| {
                        (format!("lua.{lint} = {value}"), origins.of(&[table, key, lint], value))
                    }))
                }
                _ => rows.push((format!("{key} = {value}"), origins.of(&[table, key], value))),
            }
        }
        out.push_str(&format!("\n[{table}]\n"));
        append(&mut out, &rows);
    }
    if let Some(Value::Array(overrides)) = all.get("override") {
        for entry in overrides.iter().filter_map(Value::as_table) {
            out.push_str("\n[[override]]\n");
            let rows: Vec<_> = entry
                .iter()
                .filter(|(_, value)| value.as_table().is_none_or(|table| !table.is_empty()))
                .map(|(key, value)| (format!("{key} = {value}"), String::new()))
                .collect();
            append(&mut out, &rows);
        }
    }
    out
}

/// Lines with their origins in one column.
fn append(out: &mut String, rows: &[(String, String)]) {
    const WIDEST: usize = 60;
    let width = rows.iter().map(|(text, _)| text.chars().count()).filter(|&width| width <= WIDEST).max();
    let width = width.unwrap_or(0);
    for (text, origin) in rows {
        match origin.as_str() {
            "" => out.push_str(text),
            origin => out.push_str(&format!("{text:<width$}  # {origin}")),
        }
        out.push('\n');
    }
}
