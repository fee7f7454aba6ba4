//! Requires the module that a global name belongs to.

use super::{Action, ActionKind};
use crate::diagnostic::Edit;
use crate::ide::place::{self, Place};
use crate::project::Script;
use crate::rules::availability::loaded::Loaded;
use crate::syntax::Span;

/// For a global that nothing defines: the modules whose last name it is, each as a local of that name.
pub(super) fn missing(script: &Script<'_>, selection: Span) -> Vec<Action> {
    let Some(Place::Global { name, expression, .. }) = place::at(script, selection.start) else {
        return Vec::new();
    };
    if script.project().may_define_global(&name)
        || script.api().global(&name).is_some_and(|member| {
            // A module's own global is there once the module was required.
            script.api().module(member.name()).is_none_or(|module| module.preloaded)
        })
    {
        return Vec::new();
    }
    let ends_so = |module: &str| module.rsplit(['.', '/']).next() == Some(name.as_str());
    let api = script.api().modules().into_iter().filter(|module| module.replaced.is_none());
    let mut modules: Vec<String> =
        api.map(|module| module.name.to_string()).filter(|module| ends_so(module)).collect();
    for other in script.project().scripts().filter(|other| other.id() != script.id()) {
        let stem = other.path().trim_end_matches(".lua").trim_start_matches('/');
        if !ends_so(stem) {
            continue;
        }
        let parts: Vec<&str> = stem.split('/').collect();
        let names =
            (0..parts.len()).rev().filter_map(|first| parts.get(first..).map(|parts| parts.join(".")));
        modules.extend(
            names
                .into_iter()
                .find(|name| script.project().module_file(name, script.id()) == Some(other.id())),
        );
    }
    modules.sort_by_key(|module| (module.matches('.').count(), module.clone()));
    modules.dedup();
    let loaded = Loaded::of(script);
    let offset = loaded.insertion(script);
    if script.span(expression).start < offset {
        return Vec::new();
    }
    let actions = modules.into_iter().map(|module| Action {
        title: format!("Require `{module}` as `{name}`"),
        kind: ActionKind::QuickFix,
        edits: vec![Edit::insert(offset, format!("local {name} = require(\"{module}\")\n"))],
    });
    actions.collect()
}
