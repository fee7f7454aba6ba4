//! Runs selene's lints one by one.

use super::isolation::isolated;
use super::{ByLint, Found};
use crate::syntax::{Span, offset_u32};
use full_moon::ast::Ast;
use selene_lib::lints::{self, AstContext, Context, Diagnostic, Lint};
use selene_lib::standard_library::StandardLibrary;
use std::sync::OnceLock;

type Run = Box<dyn Fn(&Ast, &Context, &AstContext) -> Vec<Diagnostic> + Send + Sync>;

/// A lint of selene's that needs neither its model of scopes nor its standard library.
struct Pass {
    name: &'static str,
    on_request: bool,
    /// What the text must hold for it to find anything.
    trigger: &'static str,
    run: OnceLock<Option<Run>>,
    make: fn() -> Option<Run>,
}

impl Pass {
    const fn usual<L: Lint<Config: Default> + Send + Sync + 'static>(
        name: &'static str,
        trigger: &'static str,
    ) -> Self {
        Self { name, on_request: false, trigger, run: OnceLock::new(), make: make::<L> }
    }

    const fn on_request<L: Lint<Config: Default> + Send + Sync + 'static>(name: &'static str) -> Self {
        Self { name, on_request: true, trigger: "", run: OnceLock::new(), make: make::<L> }
    }
}

fn make<L: Lint<Config: Default> + Send + Sync + 'static>() -> Option<Run> {
    let lint = L::new(L::Config::default()).ok()?;
    Some(Box::new(move |ast, context, scopes| lint.pass(ast, context, scopes)))
}

/// Every lint that is taken over. They are made when a text has the trigger: some compile expressions.
static PASSES: [Pass; 14] = [
    Pass::usual::<lints::bad_string_escape::BadStringEscapeLint>("bad_string_escape", "\\"),
    Pass::usual::<lints::compare_nan::CompareNanLint>("compare_nan", "/"),
    Pass::usual::<lints::constant_table_comparison::ConstantTableComparisonLint>(
        "constant_table_comparison",
        "{",
    ),
    Pass::usual::<lints::divide_by_zero::DivideByZeroLint>("divide_by_zero", "/"),
    Pass::usual::<lints::duplicate_keys::DuplicateKeysLint>("duplicate_keys", "{"),
    Pass::usual::<lints::empty_if::EmptyIfLint>("empty_if", "then"),
    Pass::usual::<lints::empty_loop::EmptyLoopLint>("empty_loop", ""),
    Pass::usual::<lints::suspicious_reverse_loop::SuspiciousReverseLoopLint>(
        "suspicious_reverse_loop",
        "for",
    ),
    Pass::usual::<lints::type_check_inside_call::TypeCheckInsideCallLint>("type_check_inside_call", "type"),
    Pass::usual::<lints::unbalanced_assignments::UnbalancedAssignmentsLint>("unbalanced_assignments", ","),
    Pass::on_request::<lints::high_cyclomatic_complexity::HighCyclomaticComplexityLint>(
        "high_cyclomatic_complexity",
    ),
    Pass::on_request::<lints::mixed_table::MixedTableLint>("mixed_table"),
    Pass::on_request::<lints::multiple_statements::MultipleStatementsLint>("multiple_statements"),
    Pass::on_request::<lints::parenthese_conditions::ParentheseConditionsLint>("parenthese_conditions"),
];

/// Whether a lint runs only when it is asked for.
pub(super) fn is_on_request(lint: &str) -> bool {
    PASSES.iter().any(|pass| pass.on_request && pass.name == lint)
}

/// The names of all.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    PASSES.iter().map(|pass| pass.name)
}

/// Runs the usual ones or those on request on the tree of a text, or of a part of it, that has no syntax error.
pub(super) fn run(text: &str, ast: &Ast, on_request: bool) -> ByLint {
    let context = Context { standard_library: StandardLibrary::default(), user_set_standard_library: None };
    let scopes = AstContext { scope_manager: Default::default() };
    let mut findings = ByLint::default();
    for pass in PASSES.iter().filter(|pass| pass.on_request == on_request && text.contains(pass.trigger)) {
        let Some(run) = pass.run.get_or_init(pass.make) else { continue };
        let found = isolated(|| run(ast, &context, &scopes)).unwrap_or_default();
        let mut found: Vec<Found> = found.into_iter().filter_map(|found| place(text, found)).collect();
        if !found.is_empty() {
            found.sort_by_key(|one| one.span);
            findings.insert(pass.name, found);
        }
    }
    findings
}

/// The finding, if its range is one of the text.
fn place(text: &str, found: Diagnostic) -> Option<Found> {
    let span = |(start, end): (u32, u32)| {
        let mut end = end.min(offset_u32(text.len()));
        while !text.is_char_boundary(end as usize) {
            end += 1;
        }
        (start <= end && text.is_char_boundary(start as usize)).then_some(Span::new(start, end))
    };
    Some(Found {
        span: span(found.primary_label.range)?,
        others: found.secondary_labels.iter().filter_map(|label| span(label.range)).collect(),
        message: found.message,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax;

    #[test]
    fn ranges_lie_on_characters() {
        let text = "local s = \"\\é\" .. \"\\d\"\n";
        let found = syntax::parse_with(text, |ast| run(text, ast, false)).1.unwrap();
        let spans: Vec<_> = found["bad_string_escape"].iter().map(|found| found.span.text(text)).collect();
        assert_eq!(spans, ["\\é", "\\d"]);
    }
}
