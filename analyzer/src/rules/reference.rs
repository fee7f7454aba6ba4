//! The reference of all rules, `docs/rules.md`: made from the documentation of each.

use super::{ALL, Fixable, RuleEntry, documentation};
use std::fmt::Write as _;

/// The reference as Markdown: a table of all rules, then the documentation of each, family by family.
#[must_use]
pub fn markdown() -> String {
    let mut text = String::from(
        "<!-- Generated from the rules; a test compares it. UPDATE_DOCS=1 cargo test -p momentum-lua-analyzer --test \
         generated_documents writes it anew. -->\n# Rules\n\nError: breaks, crashes or never runs. Warning: likely wrong, \
         or undefined behaviour. Info: worth knowing. A *safe* fix does what the author meant; an *unsafe* one wants a \
         look.\n\n| code | severity | fix | what it reports |\n|---|---|---|---|\n",
    );
    for entry in ALL {
        let code = entry.rule.code;
        let _ = writeln!(
            text,
            "| [`{code}`](#{}) | {} | {} | {} |",
            anchor(code),
            severity(entry),
            fix(entry),
            entry.summary().replace('|', "\\|"),
        );
    }
    let mut family = "";
    for entry in ALL {
        if entry.family != family {
            family = entry.family;
            let _ = write!(text, "\n## {}\n", title(family));
        }
        let _ = write!(
            text,
            "\n### {}\n\n*{}{}, since {}*\n\n{}",
            entry.rule.code,
            severity(entry),
            match fix(entry) {
                "" => String::new(),
                safety => format!(", {safety} fix"),
            },
            entry.rule.since,
            below(&documentation::without_attributes(&entry.documentation())),
        );
    }
    text
}

/// The anchor that code hosts give a heading with that code.
#[must_use]
pub fn anchor(code: &str) -> String {
    code.chars().filter(|character| *character != '/').collect()
}

fn severity(entry: &RuleEntry) -> String {
    let name = entry.rule.severity.name();
    if entry.on_by_default() { name.to_owned() } else { format!("off, else {name}") }
}

fn fix(entry: &RuleEntry) -> &'static str {
    match entry.rule.fixable {
        Fixable::No => "",
        Fixable::Safe => "safe",
        Fixable::Unsafe => "unsafe",
    }
}

fn title(family: &str) -> String {
    let mut characters = family.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + &characters.as_str().replace('_', " ")
}

/// Headings two levels further down, so that they stand below that of their rule.
fn below(markdown: &str) -> String {
    let mut fenced = false;
    let mut text = String::with_capacity(markdown.len() + 64);
    for line in markdown.lines() {
        fenced ^= line.starts_with("```");
        if !fenced && line.starts_with("## ") {
            text.push_str("##");
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}
