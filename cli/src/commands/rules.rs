//! `momentum-lua rules`: lists the rules.

use clap::{Args, ValueEnum};
use momentum_lua_analyzer::diagnostic::Severity;
use momentum_lua_analyzer::links;
use momentum_lua_analyzer::rules::{ALL, Fixable, RuleEntry};
use serde::Serialize;

use crate::outcome::Outcome;

/// List the rules
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// How they are written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// A table
    #[default]
    Text,
    /// A JSON array
    Json,
}

#[derive(Serialize)]
struct RuleObject {
    code: &'static str,
    family: &'static str,
    severity: Severity,
    /// Whether it runs where the configuration does not turn it on.
    on_by_default: bool,
    since: &'static str,
    /// `safe`, `unsafe` or null.
    fix: Option<&'static str>,
    summary: String,
    url: String,
}

impl RuleObject {
    fn of(entry: &'static RuleEntry) -> Self {
        Self {
            code: entry.rule.code,
            family: entry.family,
            severity: entry.rule.severity,
            on_by_default: entry.on_by_default(),
            since: entry.rule.since,
            fix: match entry.rule.fixable {
                Fixable::No => None,
                Fixable::Safe => Some("safe"),
                Fixable::Unsafe => Some("unsafe"),
            },
            summary: entry.summary(),
            url: links::rule(entry.rule.code),
        }
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let rules: Vec<RuleObject> = ALL.iter().map(RuleObject::of).collect();
    let text = match arguments.format {
        Format::Text => table(&rules),
        Format::Json => crate::report::json_text(&rules),
    };
    super::print(&text)
}

fn table(rules: &[RuleObject]) -> String {
    let width = rules.iter().map(|rule| rule.code.len()).max().unwrap_or(0);
    let mut text = String::new();
    let mut family = "";
    for rule in rules {
        if rule.family != family {
            if !family.is_empty() {
                text.push('\n');
            }
            family = rule.family;
            text.push_str(family);
            text.push('\n');
        }
        let off = if rule.on_by_default { "" } else { " (off by default)" };
        let fix = rule.fix.map_or(String::new(), |safety| format!(" ({safety} fix)"));
        text.push_str(&format!(
            "  {:<width$}  {:<7}  {}{fix}{off}\n",
            rule.code,
            rule.severity.name(),
            rule.summary.trim_end_matches('.'),
        ));
    }
    text
}
