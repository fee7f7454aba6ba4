//! `momentum-lua explain`: the documentation of a rule.

use clap::Args;
use momentum_lua_analyzer::links;
use momentum_lua_analyzer::rules::documentation::without_attributes;
use momentum_lua_analyzer::rules::{self, Fixable, RuleEntry};

use crate::outcome::Outcome;
use crate::problem::Print as _;
use crate::{markdown, selection, terminal};

/// Explain a rule: what it does, why it matters, an example
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The rule, such as unknown-callout
    #[arg(value_name = "RULE")]
    code: String,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let Some(entry) = rules::find(arguments.code.trim()) else {
        selection::unknown(&arguments.code).print();
        return Outcome::Failed;
    };
    super::print(&markdown::render(&page(entry), terminal::style()))
}

/// The documentation under a heading, with the rule's metadata.
fn page(entry: &RuleEntry) -> String {
    let rule = entry.rule;
    let fix = match rule.fixable {
        Fixable::No => "",
        Fixable::Safe => ", offers a safe fix",
        Fixable::Unsafe => ", offers an unsafe fix",
    };
    format!(
        "# {}\n\n{}, family `{}`, since {}{fix}\n\n{}\n{}\n",
        rule.code,
        rule.severity.name(),
        entry.family,
        rule.since,
        without_attributes(&entry.documentation()).trim_end(),
        links::rule(rule.code)
    )
}
