//! Context variables that are read although nothing sets them.

use super::passed::{Passed, Text, Texts};
use crate::configuration::near::{did_you_mean, near_names};
use crate::diagnostic::Severity;
use crate::macro_text::MacroUse;
use crate::project::Script;
use crate::project::context_variables::{Dictionary, is_write, key_of, predefined};
use crate::rules::Report;
use crate::syntax::Span;

/// Reads by functions: `vctx:get(…)`, `msg:context_exists(…)`.
pub(super) fn by_functions(script: &Script<'_>, report: &mut Report<'_>) {
    let mut texts = Texts::of(script);
    for site in &script.analysis().calls {
        let Some((dictionary, position)) = key_of(site) else { continue };
        let Some(function) = script.called(site) else { continue };
        if is_write(script, site) {
            continue;
        }
        let names = texts.at(site, position);
        // Of several names, one that nothing sets may be meant to be the other way.
        let [name] = names.as_slice() else { continue };
        if let Some(text) = name.as_str() {
            let span = name.span(script, 0..name.value.len());
            if let Some(mut finding) = tell(script, dictionary, text, span, report) {
                finding.page_of(&function.about);
            }
        }
    }
}

/// A read by a macro: `%{vctx_conn:ehlo_string}`. `key` are its bytes in the text.
pub(super) fn by_macro(
    script: &Script<'_>,
    call: &Passed<'_>,
    text: &Text,
    found: &MacroUse,
    dictionary: Dictionary,
    report: &mut Report<'_>,
) {
    let Some(name) = text.as_str().and_then(|text| text.get(found.body.clone())) else { return };
    let span = text.span(script, found.body.clone());
    if let Some(mut finding) = tell(script, dictionary, name, span, report) {
        finding.page_of(&call.function.about);
    }
}

fn tell<'r>(
    script: &Script<'_>,
    dictionary: Dictionary,
    name: &str,
    span: Span,
    report: &'r mut Report<'_>,
) -> Option<crate::rules::Builder<'r>> {
    if name.is_empty() || is_known(script, dictionary, name) {
        return None;
    }
    let written = script.project().written_context();
    let candidates = names(script, dictionary);
    let near = near_names(name, candidates.iter().map(String::as_str));
    let elsewhere = is_known(script, dictionary.other(), name);
    if written.is_open(dictionary) && near.is_empty() && !elsewhere {
        return None;
    }
    let [here, there] = [dictionary, dictionary.other()].map(Dictionary::owner);
    let message = if elsewhere {
        format!("nothing sets `{name}` in the context of the {here}, only in that of the {there}")
    } else {
        let near = did_you_mean(name, near);
        format!("nothing that is known here sets the context variable `{name}` of the {here}{near}")
    };
    let mut finding = report.at(span, message);
    finding.severity(Severity::Info);
    if !elsewhere {
        finding.note("scripts of this tree, `Context` of listeners and Momentum itself are known; what Sieve or C modules set is not");
    }
    Some(finding)
}

/// Whether something sets a variable: Momentum, a script of the project, a listener.
fn is_known(script: &Script<'_>, dictionary: Dictionary, name: &str) -> bool {
    let project = script.project();
    let listed = || project.listed_context_keys().any(|(_, key)| key.key.text == name);
    project.written_context().has(dictionary, name)
        || project.predefined_context_variable(dictionary, name).is_some()
        || (dictionary == Dictionary::Connection && listed())
}

/// Names that may have been meant.
fn names(script: &Script<'_>, dictionary: Dictionary) -> Vec<String> {
    let own = predefined(script.api(), dictionary).filter(|variable| !variable.template);
    let mut names: Vec<String> = own.map(|variable| variable.name.to_string()).collect();
    // Those of the whole project would be compared with every name that is read: too many in a large tree.
    names.extend(script.written_context().names(dictionary).map(str::to_owned));
    if dictionary == Dictionary::Connection {
        names.extend(script.project().listed_context_keys().map(|(_, key)| key.key.text.clone()));
    }
    names.sort();
    names.dedup();
    names
}
