//! General Lua lints, by selene-lib.
//!
//! selene reads full_moon's tree of the *rewritten* text (see `syntax::scan`): offsets are those of the source,
//! operators are not. So what it says is a hint only. For each lint that is taken over there is a rule in `rules::lua`,
//! which looks at the place in the true tree, drops what does not hold there, and says it in our words.
//!
//! These are not asked of selene:
//!
//! | lint | because |
//! |---|---|
//! | `unused_variable`, `shadowing`, `mismatched_arg_count`, `must_use` | the rules of these names use `semantics`: selene's model of scopes takes time that grows with the square of the names, and does not know methods, aliases and what a name is reassigned to |
//! | `almost_swapped`, `if_same_then_else`, `ifs_same_cond` | the rules of these names compare true operators, in less time |
//! | `undefined_variable`, `unscoped_variables`, `global_usage` | `undefined-global` and `global-write` know the API and what other files define |
//! | `incorrect_standard_library_use`, `deprecated` | `argument-count`, `argument-type`, `unknown-api` and `deprecated-api` know types, the target version and the engine's own library |
//! | `invalid_lint_filter` | `unused-suppression` |
//! | `manual_table_clone`, `roblox_*` | nothing of the kind exists here |
//! | `restricted_module_paths` | it only does what a configuration of its own says |

mod isolation;
mod passes;
pub(crate) mod places;
pub(crate) mod pure_functions;

use crate::diagnostic::Diagnostic;
use crate::syntax::{self, Kept, SoundPiece, Span};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Lints that run only where the configuration turns them on: matters of style, or of taste.
pub const ON_REQUEST: [&str; 5] = [
    "lua/high_cyclomatic_complexity",
    "lua/mixed_table",
    "lua/multiple_statements",
    "lua/parenthese_conditions",
    "lua/shadowing",
];

/// Of each code, the codes of the rules that say the same and more: where both find something, they stay.
const SAID_BETTER: &[(&str, &[&str])] = &[
    ("lua/bad_string_escape", &["regex", "lua-pattern"]),
    ("lua/mismatched_arg_count", &["argument-count", "callout-parameters"]),
    ("lua/must_use", &["unchecked-result"]),
];

/// A place that selene found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The place; its end may lie a bracket short.
    pub span: Span,
    /// Places that belong to it.
    pub others: Vec<Span>,
    /// selene's message. It quotes the rewritten text: good for figures only.
    pub message: String,
}

type ByLint = FxHashMap<&'static str, Vec<Found>>;

/// What selene found in a file.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    usual: ByLint,
    /// Of the lints that few want, found when one of them is asked for.
    on_request: OnceLock<ByLint>,
}

impl Findings {
    /// Adds what it finds in a piece of the text. Pieces come in the order of their places.
    pub(crate) fn add(&mut self, piece: &SoundPiece<'_>) {
        let place = |span: Span| Span::new(piece.start + span.start, piece.start + span.end);
        for (lint, found) in passes::run(piece.text, piece.ast, false) {
            self.usual.entry(lint).or_default().extend(found.into_iter().map(|found| Found {
                span: place(found.span),
                others: found.others.into_iter().map(place).collect(),
                message: found.message,
            }));
        }
    }

    /// Adds what was found elsewhere in the text.
    pub(crate) fn append(&mut self, others: Findings) {
        for (lint, found) in others.usual {
            let all = self.usual.entry(lint).or_default();
            all.extend(found);
            all.sort_by_key(|one| one.span);
        }
    }

    /// What holds in a new text, too, of which only a part was read anew. Both lengths are those of the texts.
    #[must_use]
    pub(crate) fn kept(mut self, kept: Kept, length: u32, new_length: u32) -> Self {
        let tail = length - kept.tail;
        let place = |span: Span| match span.start < tail {
            true => span,
            false => {
                let from_end = |offset: u32| new_length.saturating_sub(length.saturating_sub(offset));
                Span::new(from_end(span.start), from_end(span.end))
            }
        };
        for found in self.usual.values_mut() {
            found.retain(|one| one.span.start < kept.head || one.span.start >= tail);
            for one in found {
                one.span = place(one.span);
                for other in &mut one.others {
                    *other = place(*other);
                }
            }
        }
        self.on_request = OnceLock::new();
        self
    }

    /// What a lint found, by its name, in the order of the places. `text` is the file's.
    pub(crate) fn by(&self, lint: &str, text: &str) -> &[Found] {
        let by_lint = if passes::is_on_request(lint) {
            self.on_request.get_or_init(|| {
                syntax::parse_with(text, |ast| passes::run(text, ast, true)).1.unwrap_or_default()
            })
        } else {
            &self.usual
        };
        by_lint.get(lint).map_or(&[], Vec::as_slice)
    }
}

/// Drops the findings of general lints that a rule of ours says better at the same place.
pub(crate) fn drop_repeated(findings: &mut Vec<Diagnostic>) {
    let said_better = |code: &str| SAID_BETTER.iter().find(|(general, _)| *general == code);
    let better = |code: &str| SAID_BETTER.iter().any(|(_, better)| better.contains(&code));
    let places: Vec<_> = findings
        .iter()
        .filter(|finding| better(&finding.code))
        .map(|finding| (finding.code.clone(), finding.span))
        .collect();
    if places.is_empty() {
        return;
    }
    findings.retain(|finding| {
        said_better(&finding.code).is_none_or(|(_, better)| {
            let overlaps = |span: Span| span.start < finding.span.end && finding.span.start < span.end;
            !places.iter().any(|(code, span)| better.contains(&code.as_str()) && overlaps(*span))
        })
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn every_lint_has_its_rule() {
        for name in passes::names() {
            let code = format!("lua/{name}");
            assert!(rules::find(&code).is_some(), "{code} has no rule");
            assert_eq!(passes::is_on_request(name), ON_REQUEST.contains(&code.as_str()), "{code}");
            assert!(selene_lib::lint_exists(name), "{name}");
        }
        for code in ON_REQUEST.iter().chain(SAID_BETTER.iter().map(|(code, _)| code)) {
            assert!(rules::find(code).is_some(), "{code} is no rule");
        }
    }

    #[test]
    fn what_a_rule_of_ours_says_is_not_repeated() {
        let finding = |code: &str, start, end| Diagnostic {
            code: code.into(),
            severity: crate::diagnostic::Severity::Warning,
            span: Span::new(start, end),
            message: "x".to_owned(),
            related: Vec::new(),
            page: None,
            fixes: Vec::new(),
            notes: Vec::new(),
            tag: None,
        };
        let mut findings = vec![
            finding("lua/bad_string_escape", 3, 5),
            finding("regex", 0, 9),
            finding("lua/bad_string_escape", 9, 11),
            finding("lua/must_use", 3, 5),
        ];
        drop_repeated(&mut findings);
        let left: Vec<_> =
            findings.iter().map(|finding| (finding.code.as_str(), finding.span.start)).collect();
        assert_eq!(left, [("regex", 0), ("lua/bad_string_escape", 9), ("lua/must_use", 3)]);
    }
}
