//! The rules of adaptive delivery that the scripts of a project register.

mod changes;
mod evaluation;
mod place;

pub(crate) use place::Place;

use super::{FileId, Project, Script};
use crate::adaptive::{self, Mode, Node, Problem, RuleTable, Value};
use crate::syntax::Span;
use crate::syntax::tree::ExpressionKind;
use evaluation::Evaluator;
use smol_str::SmolStr;

/// A call that registers rules, or the table of rules that Momentum brings.
#[derive(Clone, Debug)]
pub(crate) struct RegisteredRules {
    /// The file with the call.
    pub(crate) file: FileId,
    /// What is called, or the table's name.
    pub(crate) span: Span,
    /// How they are registered; `None` where that is not known.
    pub(crate) mode: Option<Mode>,
    /// Where the mode is written.
    pub(crate) mode_place: Option<Place>,
    /// They are those that Momentum brings.
    pub(crate) built_in: bool,
    /// When the script is loaded, counted in the configuration; `None` where no stanza names it.
    pub(crate) order: Option<usize>,
    /// The rules.
    pub(crate) rules: RuleTable<Place>,
    /// What is wrong with them.
    pub(crate) problems: Vec<Problem<Place>>,
}

/// The module that holds the rules that Momentum brings, and the name of their table there.
const BUILT_IN: (&str, &str) = ("msys.adaptive_rules", "Rules");

impl Project {
    /// All rules that are registered, in the order of the files.
    pub(crate) fn adaptive_rules(&self) -> &[RegisteredRules] {
        self.adaptive.get_or_init(|| registered(self))
    }
}

fn registered(project: &Project) -> Vec<RegisteredRules> {
    let Some(grammar) = project.api().adaptive() else { return Vec::new() };
    let evaluator = Evaluator::new(project);
    let managed = managed_options(project);
    let mut found = Vec::new();
    for script in project.scripts() {
        let analysis = script.analysis();
        let read = |node: &Node<Place>| {
            let (rules, mut problems) = adaptive::read(node, grammar, &managed);
            problems.append(&mut evaluator.take_problems());
            (rules, problems)
        };
        if let Some((name, index)) = &analysis.module_environment
            && name == BUILT_IN.0
            && let Some(field) =
                analysis.tables.get(*index as usize).and_then(|table| table.field(BUILT_IN.1))
            && let [write] = field.writes.as_slice()
            && let Some(value) = write.value
        {
            let (rules, problems) = read(&evaluator.evaluate(&script, value));
            found.push(RegisteredRules {
                file: script.id(),
                span: write.name_span,
                mode: Some(Mode::Augment),
                mode_place: None,
                built_in: true,
                order: None,
                rules,
                problems,
            });
        }
        for &call_id in &analysis.rule_registrations {
            let ExpressionKind::Call(call) = &script.tree().expression(call_id).kind else { continue };
            let Some(&rules) = call.arguments.first() else { continue };
            let order = load_order(project, &script);
            for (rules, mode) in evaluator.arguments(&script, call_id, rules, call.arguments.get(1).copied())
            {
                let mode_place = mode.as_ref().map(|mode| mode.place.clone());
                let mode = match &mode {
                    None => Some(Mode::Augment),
                    Some(Node { value: Value::Nil, .. }) => Some(Mode::Augment),
                    Some(node) => node.value.text().and_then(|word| Mode::parse(word)),
                };
                let (rules, problems) = read(&rules);
                found.push(RegisteredRules {
                    file: script.id(),
                    span: script.called_span(call_id),
                    mode,
                    mode_place,
                    built_in: false,
                    order,
                    rules,
                    problems,
                });
            }
        }
    }
    found
}

/// When a script is loaded, counted over the stanzas of the configuration.
fn load_order(project: &Project, script: &Script<'_>) -> Option<usize> {
    project.server_configurations().find_map(|server| {
        server
            .policy()
            .scripts()
            .position(|stanza| server.script_file(stanza).is_some_and(|file| file.id() == script.id()))
    })
}

/// What `adaptive_manage_options` names anywhere.
fn managed_options(project: &Project) -> Vec<SmolStr> {
    project
        .server_configurations()
        .flat_map(|server| &server.policy().adaptive_options)
        .filter(|option| option.key.is("adaptive_manage_options"))
        .flat_map(|option| option.value.iter().flat_map(|value| value.words()))
        .map(|word| SmolStr::new(&word.text))
        .collect()
}
