//! From the text to a [`Project`], collecting every mistake with its place instead of stopping at the first.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::overrides::glob;
use super::rules::{KnownRule, LuaLint, OptionKind, OptionValue, RuleSetting, RuleSeverity, RuleTable};
use super::{Override, Project, RunLimits};
use crate::configuration::near::did_you_mean;
use crate::configuration::target::TargetVersion;
use crate::configuration::toml_text::{self, TomlError, integer, type_name};

/// A mistake in the file. `Display` gives the message.
pub type ProjectError = TomlError;

pub(super) const KEYS: [&str; 9] =
    ["target", "configuration", "lua_path", "stubs", "exclude", "docs_url", "rules", "run", "override"];
pub(super) const RUN_KEYS: [&str; 4] = ["instructions", "memory_mib", "wall_clock_ms", "output_kib"];
pub(super) const OVERRIDE_KEYS: [&str; 3] = ["files", "target", "rules"];

/// Reads the text of `momentum-lua.toml`. `rules` are the rules that exist. What is wrong keeps its default, and all
/// that is wrong is in the list, in order of position.
pub fn parse(text: &str, rules: &[KnownRule<'_>]) -> (Project, Vec<ProjectError>) {
    toml_text::read(text, |table, errors| Decoder { text, rules, errors }.project(table))
}

type Key<'v> = Spanned<std::borrow::Cow<'v, str>>;
type Value<'v> = Spanned<DeValue<'v>>;

struct Decoder<'t> {
    text: &'t str,
    rules: &'t [KnownRule<'t>],
    errors: &'t mut Vec<ProjectError>,
}

impl Decoder<'_> {
    fn error(&mut self, range: Range<usize>, message: impl Into<String>) {
        self.errors.push(TomlError::at(self.text, message, range));
    }

    fn project(&mut self, table: &DeTable<'_>) -> Project {
        let mut project = Project::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "target" => set(&mut project.target, self.target(value)),
                "configuration" => set(&mut project.configuration, self.strings("configuration", value)),
                "lua_path" => set(&mut project.lua_path, self.strings("lua_path", value)),
                "stubs" => set(&mut project.stubs, self.strings("stubs", value)),
                "exclude" => set(&mut project.exclude, self.globs("exclude", value)),
                "docs_url" => set(&mut project.docs_url, self.url(value)),
                "rules" => set(&mut project.rules, self.rule_table(value)),
                "run" => set(&mut project.run, self.run(value)),
                "override" => set(&mut project.overrides, self.overrides(value)),
                _ => self.unknown_key(key, &KEYS, ""),
            }
        }
        project
    }

    fn unknown_key(&mut self, key: &Key<'_>, known: &[&str], place: &str) {
        let name = key.get_ref();
        let near = did_you_mean(name, known.iter().copied());
        self.error(key.span(), format!("unknown key `{name}`{place}{near}"));
    }

    fn wrong_type(&mut self, name: &str, expected: &str, value: &Value<'_>) {
        let found = type_name(value.get_ref());
        self.error(value.span(), format!("`{name}` must be {expected}, not {found}"));
    }

    fn table<'v, 'i>(&mut self, name: &str, value: &'v Value<'i>) -> Option<&'v DeTable<'i>> {
        match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => {
                self.wrong_type(name, "a table", value);
                None
            }
        }
    }

    fn target(&mut self, value: &Value<'_>) -> Option<TargetVersion> {
        match value.get_ref() {
            DeValue::String(version) => match version.parse() {
                Ok(version) => Some(version),
                Err(error) => {
                    self.error(value.span(), error.to_string());
                    None
                }
            },
            DeValue::Float(_) | DeValue::Integer(_) => {
                let written = self.text.get(value.span()).unwrap_or_default();
                self.error(
                    value.span(),
                    format!("`target` must be a string: write \"{written}\" with quotes"),
                );
                None
            }
            _ => {
                self.wrong_type("target", "a string such as \"4.4\"", value);
                None
            }
        }
    }

    fn strings(&mut self, name: &str, value: &Value<'_>) -> Option<Vec<String>> {
        let array = match value.get_ref() {
            DeValue::Array(array) => array,
            DeValue::String(_) => {
                let written = self.text.get(value.span()).unwrap_or_default();
                self.error(value.span(), format!("`{name}` must be an array of strings: write [{written}]"));
                return None;
            }
            _ => {
                self.wrong_type(name, "an array of strings", value);
                return None;
            }
        };
        let mut strings = Vec::with_capacity(array.len());
        for element in array.iter() {
            match element.get_ref() {
                DeValue::String(text) if text.is_empty() => {
                    self.error(element.span(), format!("`{name}` has an empty string in it"));
                }
                DeValue::String(text) => strings.push(text.clone().into_owned()),
                other => {
                    let found = type_name(other);
                    self.error(element.span(), format!("`{name}` must hold strings only, not {found}"));
                }
            }
        }
        Some(strings)
    }

    fn globs(&mut self, name: &str, value: &Value<'_>) -> Option<Vec<String>> {
        let mut strings = self.strings(name, value)?;
        if let DeValue::Array(array) = value.get_ref() {
            for element in array.iter() {
                let DeValue::String(pattern) = element.get_ref() else { continue };
                if let Err(error) = glob(pattern) {
                    let message = format!("`{pattern}` is not a pattern: {}", error.kind());
                    self.error(element.span(), message);
                    strings.retain(|kept| kept.as_str() != pattern.as_ref());
                }
            }
        }
        Some(strings)
    }

    fn url(&mut self, value: &Value<'_>) -> Option<String> {
        const SCHEMES: [&str; 3] = ["https://", "http://", "file://"];
        match value.get_ref() {
            DeValue::String(url) if SCHEMES.iter().any(|scheme| url.starts_with(scheme)) => {
                Some(url.clone().into_owned())
            }
            DeValue::String(_) => {
                let message = "`docs_url` must begin with `https://`, `http://` or `file://`";
                self.error(value.span(), message);
                None
            }
            _ => {
                self.wrong_type("docs_url", "a string", value);
                None
            }
        }
    }

    fn run(&mut self, value: &Value<'_>) -> Option<RunLimits> {
        let mut limits = RunLimits::default();
        for (key, value) in self.table("run", value)? {
            let limit = match key.get_ref().as_ref() {
                "instructions" => &mut limits.instructions,
                "memory_mib" => &mut limits.memory_mib,
                "wall_clock_ms" => &mut limits.wall_clock_ms,
                "output_kib" => &mut limits.output_kib,
                _ => {
                    self.unknown_key(key, &RUN_KEYS, " in `run`");
                    continue;
                }
            };
            set(limit, self.limit(&format!("run.{}", key.get_ref()), value));
        }
        Some(limits)
    }

    fn limit(&mut self, name: &str, value: &Value<'_>) -> Option<u64> {
        match value.get_ref() {
            DeValue::Integer(number) => match integer(number) {
                Some(number @ 1..) => Some(number.unsigned_abs()),
                _ => {
                    self.error(value.span(), format!("`{name}` must be between 1 and {}", i64::MAX));
                    None
                }
            },
            _ => {
                self.wrong_type(name, "an integer", value);
                None
            }
        }
    }

    fn overrides(&mut self, value: &Value<'_>) -> Option<Vec<Override>> {
        let DeValue::Array(array) = value.get_ref() else {
            self.wrong_type("override", "an array of tables, written `[[override]]`", value);
            return None;
        };
        let mut overrides = Vec::with_capacity(array.len());
        for element in array.iter() {
            let Some(table) = self.table("override", element) else { continue };
            let mut entry = Override::default();
            for (key, value) in table {
                match key.get_ref().as_ref() {
                    "files" => set(&mut entry.files, self.globs("files", value)),
                    "target" => entry.target = self.target(value),
                    "rules" => set(&mut entry.rules, self.rule_table(value)),
                    _ => self.unknown_key(key, &OVERRIDE_KEYS, " in `[[override]]`"),
                }
            }
            let files = table.iter().find(|(key, _)| key.get_ref() == "files");
            let names_no_file = files.is_none_or(
                |(_, value)| matches!(value.get_ref(), DeValue::Array(files) if files.is_empty()),
            );
            if names_no_file {
                let range = files.map_or_else(|| element.span(), |(_, value)| value.span());
                self.error(range, "`[[override]]` names no files: add `files = [\"PATTERN\"]`");
            }
            overrides.push(entry);
        }
        Some(overrides)
    }

    fn rule_table(&mut self, value: &Value<'_>) -> Option<RuleTable> {
        let mut rules = RuleTable::default();
        for (key, value) in self.table("rules", value)? {
            let code = key.get_ref().as_ref();
            if code == "lua" {
                self.lua_lints(value, &mut rules);
                continue;
            }
            if let Some(lint) = code.strip_prefix("lua/") {
                let message = format!("general Lua lints stand in their own table: write `lua.{lint}`");
                self.error(key.span(), message);
                continue;
            }
            let Some(rule) = self.rules.iter().find(|rule| rule.code == code) else {
                let codes = self.rules.iter().map(|rule| rule.code);
                let near = did_you_mean(code, codes.filter(|code| !code.starts_with("lua/")).chain(["lua"]));
                self.error(key.span(), format!("unknown rule `{code}`{near}"));
                continue;
            };
            if let Some(setting) = self.rule(rule, value) {
                rules.codes.insert(code.to_owned(), setting);
            }
        }
        Some(rules)
    }

    fn rule(&mut self, rule: &KnownRule<'_>, value: &Value<'_>) -> Option<RuleSetting> {
        match value.get_ref() {
            DeValue::String(_) => self.severity(rule.code, value).map(RuleSetting::Severity),
            DeValue::Table(table) => {
                let mut severity = None;
                let mut options = std::collections::BTreeMap::new();
                for (key, value) in table {
                    let name = key.get_ref().as_ref();
                    if name == "severity" {
                        severity = self.severity(&format!("{}.severity", rule.code), value);
                        continue;
                    }
                    let Some(known) = rule.options.iter().find(|option| option.name == name) else {
                        let names = rule.options.iter().map(|option| option.name).chain(["severity"]);
                        let near = did_you_mean(name, names);
                        let message = format!("the rule `{}` has no option `{name}`{near}", rule.code);
                        self.error(key.span(), message);
                        continue;
                    };
                    if let Some(option) = self.option(&format!("{}.{name}", rule.code), known.kind, value) {
                        options.insert(name.to_owned(), option);
                    }
                }
                Some(RuleSetting::Table { severity, options })
            }
            _ => {
                self.wrong_type(
                    rule.code,
                    "a severity (\"off\", \"info\", \"warning\", \"error\") or a table",
                    value,
                );
                None
            }
        }
    }

    fn severity(&mut self, name: &str, value: &Value<'_>) -> Option<RuleSeverity> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(name, "a severity: \"off\", \"info\", \"warning\" or \"error\"", value);
            return None;
        };
        let severity = RuleSeverity::named(text);
        if severity.is_none() {
            let near = did_you_mean(text, RuleSeverity::ALL.map(RuleSeverity::name));
            let choice =
                if near.is_empty() { ": \"off\", \"info\", \"warning\" and \"error\" are" } else { &near };
            self.error(value.span(), format!("`{text}` is not a severity{choice}"));
        }
        severity
    }

    fn option(&mut self, name: &str, kind: OptionKind, value: &Value<'_>) -> Option<OptionValue> {
        match (kind, value.get_ref()) {
            (OptionKind::Bool, DeValue::Boolean(flag)) => Some(OptionValue::Bool(*flag)),
            (OptionKind::Integer, DeValue::Integer(number)) => {
                let number = integer(number).map(OptionValue::Integer);
                if number.is_none() {
                    self.error(value.span(), format!("`{name}` is too large"));
                }
                number
            }
            (OptionKind::Text, DeValue::String(text)) => Some(OptionValue::Text(text.clone().into_owned())),
            (OptionKind::List, _) => self.strings(name, value).map(OptionValue::List),
            (OptionKind::Bool | OptionKind::Integer | OptionKind::Text, _) => {
                self.wrong_type(name, kind.noun(), value);
                None
            }
        }
    }

    fn lua_lints(&mut self, value: &Value<'_>, rules: &mut RuleTable) {
        let Some(table) = self.table("rules.lua", value) else { return };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let mut lints = self.rules.iter().filter_map(|rule| rule.code.strip_prefix("lua/"));
            if !lints.clone().any(|lint| lint == name) {
                let near = did_you_mean(name, &mut lints);
                self.error(key.span(), format!("unknown Lua lint `{name}`{near}"));
                continue;
            }
            let setting = match value.get_ref() {
                DeValue::Boolean(on) => Some(LuaLint::Enabled(*on)),
                DeValue::String(_) => self.severity(name, value).map(LuaLint::Severity),
                _ => {
                    self.wrong_type(&format!("lua.{name}"), "`true`, `false` or a severity", value);
                    None
                }
            };
            if let Some(setting) = setting {
                rules.lua.insert(name.to_owned(), setting);
            }
        }
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}
