//! Modules that uses of the API need, and what is said where none of the loaded ones is it.

use super::loaded::Loaded;
use crate::diagnostic::Edit;
use crate::project::Script;
use crate::rules::Report;
use crate::semantics::library;
use crate::syntax::tree::{ExpressionId, ExpressionKind};
use momentum_lua_stub_reader::database::Member;
use rustc_hash::FxHashSet;

/// The module that brings a member. One that does something when it is loaded brings nothing: what is in its pages is
/// there without it, and only has no effect.
pub(crate) fn bringing<'a>(script: &Script<'a>, member: Member<'a>) -> Option<&'a str> {
    member.requires().first().map(|module| module.as_str()).filter(|module| !has_effect(script, module))
}

/// The modules without which a member is there and does not work: those that it or its module needs as well, and where
/// something is set, the module that puts it into effect.
pub(super) fn accompanying<'a>(script: &Script<'a>, expression: ExpressionId, member: Member<'a>) -> Vec<&'a str> {
    let Some((first, more)) = member.requires().split_first() else { return Vec::new() };
    let mut modules: Vec<&str> = more.iter().map(|module| module.as_str()).collect();
    let companions = script.api().module(first).map_or(&[][..], |module| &module.companions);
    modules.extend(companions.iter().map(|module| module.as_str()));
    if has_effect(script, first) && sets(script, expression) {
        modules.push(first);
    }
    modules
}

/// Whether loading a module does more than to make functions available.
pub(super) fn has_effect(script: &Script<'_>, module: &str) -> bool {
    script.api().module(module).is_some_and(|module| module.effect.is_some())
}

/// Whether a method call passes a value.
fn sets(script: &Script<'_>, expression: ExpressionId) -> bool {
    let ExpressionKind::Call(call) = &script.tree().expression(expression).kind else { return false };
    call.arguments.first().is_some_and(|&first| !script.type_of(first).may_be_nil())
}

/// Reports, at the first use of each, the modules that no script loads which runs with this one, and offers to require
/// them. `message` gets the name of what is used and the module.
pub(super) fn tell_missing<'a>(
    script: &Script<'a>,
    report: &mut Report<'_>,
    needs: impl Fn(ExpressionId, Member<'a>) -> Vec<&'a str>,
    message: impl Fn(&str, &str) -> String,
) {
    if !script.parsed().errors.is_empty() {
        return;
    }
    let loaded = Loaded::of(script);
    if loaded.anything {
        return;
    }
    let mut reported = FxHashSet::default();
    let mut uses: Vec<_> = script.analysis().members.iter().collect();
    uses.sort_by_key(|(expression, _)| script.span(*expression).end);
    for (expression, member) in uses {
        let Some(member) = library::resolve(script.api(), member) else { continue };
        for module in needs(expression, member) {
            if loaded.has(script, module) || !reported.insert(module) {
                continue;
            }
            let offset = loaded.insertion(script);
            let edit = Edit::insert(offset, format!("require(\"{module}\")\n"));
            report
                .at(super::place::name_span(script, expression), message(member.name(), module))
                .page_of(member.about())
                .safe_fix(format!("Require `{module}`"), vec![edit]);
        }
    }
}
