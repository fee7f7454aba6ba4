//! What the analysis is told: the project's configuration, and what the command line says instead.

use std::path::PathBuf;

use momentum_lua_analyzer::configuration::project::{FileSettings, LuaLint, Project, RuleSeverity};
use momentum_lua_analyzer::configuration::target::TargetVersion;
use momentum_lua_analyzer::diagnostic::Severity;
use momentum_lua_analyzer::project::Settings;
use momentum_lua_analyzer::rules;
use momentum_lua_stubs::reader::model::Version;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// What the command line says about the analysis.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// The configuration file, instead of the one that is found.
    pub configuration: Option<PathBuf>,
    /// The version of Momentum, instead of the configured one.
    pub target: Option<TargetVersion>,
    /// The codes of the only rules that run; all where it is empty.
    pub select: Vec<SmolStr>,
    /// The codes of rules that do not run.
    pub ignore: Vec<SmolStr>,
}

impl Choices {
    fn settings(
        &self,
        target: TargetVersion,
        mut severities: FxHashMap<SmolStr, Option<Severity>>,
    ) -> Settings {
        severities.extend(self.ignore.iter().map(|code| (code.clone(), None)));
        Settings { target: version(self.target.unwrap_or(target)), severities, select: self.select.clone() }
    }
}

/// The settings of a project.
pub fn of_project(project: &Project, choices: &Choices) -> Settings {
    let mut severities = FxHashMap::default();
    for (code, setting) in &project.rules.codes {
        if let Some(severity) = setting.severity() {
            severities.insert(SmolStr::new(code), reported(severity));
        }
    }
    for (lint, setting) in &project.rules.lua {
        let code = SmolStr::from(format!("lua/{lint}"));
        let severity = match *setting {
            // A lint that is off by default is turned on by a severity.
            LuaLint::Enabled(true) => match rules::find(&code).filter(|entry| !entry.on_by_default()) {
                Some(entry) => Some(entry.rule.severity),
                None => continue,
            },
            LuaLint::Enabled(false) => None,
            LuaLint::Severity(severity) => reported(severity),
        };
        severities.insert(code, severity);
    }
    choices.settings(project.target, severities)
}

/// The settings of a file for which some things are set otherwise.
pub fn of_file(file: &FileSettings<'_>, choices: &Choices) -> Settings {
    let severities = rules::ALL.iter().filter_map(|entry| {
        let own = match entry.rule.severity {
            Severity::Info => RuleSeverity::Info,
            Severity::Warning => RuleSeverity::Warning,
            Severity::Error => RuleSeverity::Error,
        };
        let set = file.configured_severity(entry.rule.code, own)?;
        // A severity that is set overrides what a rule says of single findings, so the rule's own is not passed on,
        // unless it turns the rule on.
        (set != own || !entry.on_by_default()).then(|| (SmolStr::new_static(entry.rule.code), reported(set)))
    });
    let severities = severities.collect();
    choices.settings(file.target, severities)
}

fn reported(severity: RuleSeverity) -> Option<Severity> {
    match severity {
        RuleSeverity::Off => None,
        RuleSeverity::Info => Some(Severity::Info),
        RuleSeverity::Warning => Some(Severity::Warning),
        RuleSeverity::Error => Some(Severity::Error),
    }
}

/// The version as the API knows it; its entries do not tell builds of one release apart.
pub fn version(target: TargetVersion) -> Version {
    target.to_string().parse().unwrap_or(Version { major: target.major(), minor: target.minor(), patch: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use momentum_lua_analyzer::configuration::project::{ProjectPaths, parse};

    #[test]
    fn the_command_line_wins() {
        let text = "target = \"4.2.1.11\"\n[rules]\nsyntax = \"info\"\n";
        let (project, errors) = parse(text, &rules::known());
        assert!(errors.is_empty(), "{errors:?}");
        let configured = of_project(&project, &Choices::default());
        assert_eq!(configured.target.to_string(), "4.2.1");
        assert_eq!(configured.severities.get("syntax"), Some(&Some(Severity::Info)));
        let choices = Choices {
            target: Some(TargetVersion::new(5, 1)),
            ignore: vec!["syntax".into()],
            ..Choices::default()
        };
        let chosen = of_project(&project, &choices);
        assert_eq!(chosen.target.to_string(), "5.1");
        assert_eq!(chosen.severities.get("syntax"), Some(&None));
    }

    #[test]
    fn lints_that_are_off_by_default_are_turned_on() {
        let text = "[rules.lua]\nshadowing = true\nempty_if = true\n[[override]]\nfiles = [\"a.lua\"]\n\
                    rules.lua.mixed_table = true\nrules.lua.shadowing = false\n";
        let (project, errors) = parse(text, &rules::known());
        assert!(errors.is_empty(), "{errors:?}");
        let on = Some(&Some(Severity::Info));
        let everywhere = of_project(&project, &Choices::default()).severities;
        assert_eq!((everywhere.get("lua/shadowing"), everywhere.get("lua/empty_if")), (on, None));
        let there = of_file(&ProjectPaths::new(&project).settings("a.lua"), &Choices::default()).severities;
        assert_eq!((there.get("lua/mixed_table"), there.get("lua/shadowing")), (on, Some(&None)));
        assert_eq!(there.get("lua/empty_if"), None);
    }

    #[test]
    fn overrides_count_for_their_files() {
        let text = "[[override]]\nfiles = [\"legacy\"]\ntarget = \"3.6\"\nrules.syntax = \"off\"\n";
        let (project, errors) = parse(text, &rules::known());
        assert!(errors.is_empty(), "{errors:?}");
        let paths = ProjectPaths::new(&project);
        let old = of_file(&paths.settings("legacy/a.lua"), &Choices::default());
        assert_eq!((old.target.to_string().as_str(), old.severities.get("syntax")), ("3.6", Some(&None)));
        let new = of_file(&paths.settings("a.lua"), &Choices::default());
        assert_eq!((new.target, new.severities.len()), (version(TargetVersion::NEWEST), 0));
    }
}
