//! Comments that suppress findings.
//!
//! ```text
//! ---@diagnostic disable-next-line: phase, lua/must_use -- because …
//! ---@diagnostic disable-line: phase
//! ---@diagnostic disable: phase          up to the end of the file, or to
//! ---@diagnostic enable: phase
//! -- selene: allow(must_use)             the statement that follows
//! --# selene: allow(must_use)            the whole file
//! ```
//!
//! Without codes, everything is meant; `lua/` is every code that begins so. A finding stands in the line where it
//! begins. `disable-next-line` reaches the next line with code, so that several can stand above each other.

use crate::configuration::near::near_names;
use crate::diagnostic::{Diagnostic, Edit, Severity, Tag};
use crate::project::Script;
use crate::rules::basics::unused_suppression::RULE;
use crate::rules::{ALL, Report, find};
use crate::syntax::{Comment, Span, offset_u32};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::cell::OnceCell;

/// What a comment does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    NextLine,
    Line,
    Disable,
    Enable,
    /// selene's, for the statement that follows or the whole file.
    Range,
}

/// The actions as they are written.
const ACTIONS: [(&str, Action); 4] = [
    ("disable-next-line", Action::NextLine),
    ("disable-line", Action::Line),
    ("disable", Action::Disable),
    ("enable", Action::Enable),
];

/// A comment that suppresses.
#[derive(Debug)]
struct Suppression {
    action: Action,
    comment: Comment,
    codes: Vec<Code>,
    /// Whether no code is named, so that all are meant.
    all: bool,
    /// Where findings begin that it applies to.
    range: Span,
    /// Whether it suppressed something as a whole.
    used: bool,
}

/// A code in it.
#[derive(Debug)]
struct Code {
    text: SmolStr,
    span: Span,
    used: bool,
}

impl Code {
    fn means(&self, code: &str) -> bool {
        self.text == code || (self.text.ends_with('/') && code.starts_with(self.text.as_str()))
    }
}

impl Suppression {
    fn means(&self, code: &str) -> bool {
        // Otherwise a comment for everything would suppress what is said of itself.
        (self.all && code != RULE.code) || self.codes.iter().any(|one| one.means(code))
    }

    fn mark(&mut self, code: &str) {
        self.used = true;
        self.codes.iter_mut().filter(|one| one.means(code)).for_each(|one| one.used = true);
    }
}

/// A word that stands where an action belongs.
struct UnknownAction {
    text: SmolStr,
    span: Span,
}

/// Takes out what the script's comments suppress, and puts in what the rule `unused-suppression` says of them, with
/// `unused` as its severity (`None` if it does not run). `runs` tells whether a rule runs in this file.
pub(crate) fn apply(
    script: &Script<'_>,
    findings: &mut Vec<Diagnostic>,
    runs: impl Fn(&str) -> bool,
    unused: Option<Option<Severity>>,
) {
    let (mut suppressions, unknown) = read(script);
    if suppressions.is_empty() && unknown.is_empty() {
        return;
    }
    findings.retain(|finding| !suppresses(&mut suppressions, finding));
    let Some(severity) = unused else { return };
    let mut reported = Vec::new();
    let mut report = Report::new(&RULE, severity, script.id(), &mut reported);
    for action in &unknown {
        report_action(action, &mut report);
    }
    for suppression in &suppressions {
        report_unknown_codes(suppression, &mut report);
        // Where the file does not load, most rules cannot look.
        if script.parsed().errors.is_empty() {
            report_unused(script, suppression, &runs, &mut report);
        }
    }
    let mut reported: Vec<Diagnostic> = reported.into_iter().map(|(_, finding)| finding).collect();
    reported.retain(|finding| !suppresses(&mut suppressions, finding));
    findings.append(&mut reported);
}

/// Whether a finding is suppressed. Of `disable` and `enable` the last one before it decides.
fn suppresses(suppressions: &mut [Suppression], finding: &Diagnostic) -> bool {
    let code = finding.code.as_str();
    let at = finding.span.start;
    let mut toggle = None;
    let mut suppressed = false;
    for (index, suppression) in suppressions.iter_mut().enumerate() {
        if suppression.range.start > at || at > suppression.range.end || !suppression.means(code) {
            continue;
        }
        match suppression.action {
            Action::Disable | Action::Enable => toggle = Some((index, suppression.action)),
            Action::NextLine | Action::Line | Action::Range => {
                suppression.mark(code);
                suppressed = true;
            }
        }
    }
    if let Some((index, Action::Disable)) = toggle
        && let Some(suppression) = suppressions.get_mut(index)
    {
        suppression.mark(code);
        suppressed = true;
    }
    suppressed
}

/// The suppressions of a script, in their order.
fn read(script: &Script<'_>) -> (Vec<Suppression>, Vec<UnknownAction>) {
    let (mut suppressions, mut unknown) = (Vec::new(), Vec::new());
    let statements = OnceCell::new();
    for &comment in &script.parsed().comments {
        let text = script.text_at(comment.span);
        if comment.long {
            continue;
        }
        if text.contains("@diagnostic") {
            match read_diagnostic(script, comment, text) {
                Some(Ok(suppression)) => suppressions.push(suppression),
                Some(Err(action)) => unknown.push(action),
                None => {}
            }
        } else if text.contains("selene:") {
            let statements = statements.get_or_init(|| {
                script
                    .tree()
                    .statements()
                    .map(|(_, statement)| (statement.span.start, statement.span))
                    .collect()
            });
            suppressions.extend(read_selene(script, comment, text, statements));
        }
    }
    // An `enable` with nothing to enable does nothing, and one with something is in use.
    for index in 0..suppressions.len() {
        let (before, rest) = suppressions.split_at_mut(index);
        if let Some(enable) = rest.first_mut().filter(|one| one.action == Action::Enable) {
            let disables = |code: Option<&str>| {
                before
                    .iter()
                    .any(|one| one.action == Action::Disable && code.is_none_or(|code| one.means(code)))
            };
            enable.used = enable.all && disables(None);
            for code in &mut enable.codes {
                code.used = disables(Some(&code.text)) || (code.text.ends_with('/') && disables(None));
                enable.used |= code.used;
            }
        }
    }
    (suppressions, unknown)
}

fn read_diagnostic(
    script: &Script<'_>,
    comment: Comment,
    text: &str,
) -> Option<Result<Suppression, UnknownAction>> {
    let rest = text.trim_start_matches('-').trim_start().strip_prefix("@diagnostic")?;
    let rest = rest.strip_prefix([' ', '\t'])?.trim_start();
    let position = |part: &str| comment.span.start + offset_u32(text.len() - part.len());
    let length = rest.find(|c: char| !(c.is_ascii_alphabetic() || c == '-')).unwrap_or(rest.len());
    // `disable--reason` has a reason, not a long name.
    let length = rest.get(..length).and_then(|word| word.find("--")).unwrap_or(length);
    let (word, after) = rest.split_at_checked(length)?;
    let Some(&(_, action)) = ACTIONS.iter().find(|(name, _)| *name == word) else {
        let span = Span::new(position(rest), position(after));
        return (!word.is_empty()).then(|| Err(UnknownAction { text: word.into(), span }));
    };
    let list = after.trim_start().strip_prefix(':');
    let mut codes = Vec::new();
    if let Some(list) = list {
        let end = list.find("--").unwrap_or(list.len());
        let mut at = position(list);
        for part in list.get(..end).unwrap_or_default().split(',') {
            let code = part.trim();
            let start = at + offset_u32(part.len() - part.trim_start().len());
            at += offset_u32(part.len() + 1);
            if !code.is_empty() {
                let span = Span::new(start, start + offset_u32(code.len()));
                codes.push(Code { text: code.into(), span, used: false });
            }
        }
    }
    let lines = script.lines();
    let line = lines.line_span(lines.line(comment.span.start), script.text());
    let end = offset_u32(script.text().len());
    let range = match action {
        Action::Line | Action::Range => line,
        Action::Disable | Action::Enable => Span::new(comment.span.start, end),
        Action::NextLine => {
            let tokens = &script.parsed().tokens;
            let next = tokens.get(tokens.partition_point(|token| token.span.start < line.end));
            let target = next.map_or(end, |token| token.span.start);
            Span::new(comment.span.end, lines.line_span(lines.line(target), script.text()).end)
        }
    };
    Some(Ok(Suppression { action, comment, all: codes.is_empty(), codes, range, used: false }))
}

/// selene's comments, whose lints are ours below `lua/`.
fn read_selene(
    script: &Script<'_>,
    comment: Comment,
    text: &str,
    statements: &FxHashMap<u32, Span>,
) -> Option<Suppression> {
    let content = text.trim_start_matches('-').trim();
    let (file, content) = match content.strip_prefix('#') {
        Some(content) => (true, content.trim_start()),
        None => (false, content),
    };
    let rest = content.strip_prefix("selene:")?.trim_start().strip_prefix("allow")?.trim_start();
    let (list, _) = rest.strip_prefix('(')?.split_once(')')?;
    let range = if file {
        Span::new(0, offset_u32(script.text().len()))
    } else {
        let tokens = &script.parsed().tokens;
        let next =
            tokens.get(tokens.partition_point(|token| token.span.start < comment.span.end))?.span.start;
        *statements.get(&next)?
    };
    let code =
        |lint: &str| Code { text: format!("lua/{}", lint.trim()).into(), span: comment.span, used: false };
    let codes = list.split(',').map(code).collect();
    Some(Suppression { action: Action::Range, comment, codes, all: false, range, used: false })
}

fn report_action(action: &UnknownAction, report: &mut Report<'_>) {
    let names: Vec<&str> = ACTIONS.iter().map(|(name, _)| *name).collect();
    let near = near_names(&action.text, names.iter().copied());
    let message = format!("`{}` suppresses nothing: it is none of `{}`", action.text, names.join("`, `"));
    let mut finding = report.at(action.span, message);
    if let Some(near) = near.first() {
        finding.safe_fix(format!("Change to `{near}`"), vec![Edit::replace(action.span, *near)]);
    }
}

/// Codes that are nearly one of ours. Others may be those of another tool.
fn report_unknown_codes(suppression: &Suppression, report: &mut Report<'_>) {
    if suppression.action == Action::Range {
        return;
    }
    for code in suppression.codes.iter().filter(|code| !is_known(&code.text) && !is_foreign(&code.text)) {
        let codes = ALL.iter().map(|entry| entry.rule.code);
        // Names of general lints are known from elsewhere without their family.
        let in_family = format!("lua/{}", code.text.replace('-', "_"));
        let near = match find(&in_family) {
            Some(entry) => entry.rule.code,
            None => match near_names(&code.text, codes).first() {
                Some(near) => near,
                None => continue,
            },
        };
        report
            .at(code.span, format!("no rule is called `{}`, so this suppresses nothing", code.text))
            .safe_fix(format!("Change to `{near}`"), vec![Edit::replace(code.span, near)]);
    }
}

fn report_unused(
    script: &Script<'_>,
    suppression: &Suppression,
    runs: &impl Fn(&str) -> bool,
    report: &mut Report<'_>,
) {
    let settings = script.settings();
    match suppression.action {
        Action::Range => {}
        _ if suppression.all => {
            if !suppression.used && settings.select.is_empty() {
                report
                    .at(suppression.comment.span, "this suppresses nothing: there is no finding here")
                    .severity(Severity::Info)
                    .note("another tool that reads such comments may still need it")
                    .tag(Tag::Unnecessary)
                    .safe_fix("Remove the comment", vec![removed(script, suppression.comment.span)]);
            }
        }
        action => {
            let matters = |code: &Code| match code.text.strip_suffix('/') {
                Some(_) => settings.select.is_empty(),
                None => is_known(&code.text) && runs(&code.text) && !SHARED.contains(&code.text.as_str()),
            };
            let unused: Vec<bool> =
                suppression.codes.iter().map(|code| !code.used && matters(code)).collect();
            report_codes(script, suppression, &unused, action, report);
        }
    }
}

fn report_codes(
    script: &Script<'_>,
    suppression: &Suppression,
    unused: &[bool],
    action: Action,
    report: &mut Report<'_>,
) {
    let codes: Vec<(&Code, bool)> = suppression.codes.iter().zip(unused.iter().copied()).collect();
    let names: Vec<String> =
        codes.iter().filter(|(_, unused)| *unused).map(|(code, _)| format!("`{}`", code.text)).collect();
    let Some((first, _)) = codes.iter().find(|(_, unused)| *unused) else { return };
    let names = names.join(", ");
    let message = match action {
        Action::Enable => format!("{names}: this enables nothing, nothing is disabled above"),
        _ => format!("{names}: this suppresses nothing, there is no such finding here"),
    };
    if names.is_empty() || codes.iter().all(|(_, unused)| *unused) {
        report
            .at(suppression.comment.span, message)
            .tag(Tag::Unnecessary)
            .safe_fix("Remove the comment", vec![removed(script, suppression.comment.span)]);
        return;
    }
    // Each run of codes goes with the comma before it, or, at the start of the list, behind it.
    let mut edits = Vec::new();
    let mut index = 0;
    while let Some((code, unused)) = codes.get(index) {
        let run = codes.iter().skip(index).take_while(|(_, other)| other == unused).count();
        if *unused {
            let before =
                index.checked_sub(1).and_then(|index| codes.get(index)).map(|(code, _)| code.span.end);
            let last = codes.get(index + run - 1).map_or(code.span, |(code, _)| code.span);
            let after = codes.get(index + run).map(|(code, _)| code.span.start);
            let span = match (before, after) {
                (Some(start), _) => Span::new(start, last.end),
                (None, Some(end)) => Span::new(code.span.start, end),
                (None, None) => last,
            };
            edits.push(Edit::replace(span, ""));
        }
        index += run;
    }
    report.at(first.span, message).tag(Tag::Unnecessary).safe_fix(format!("Remove {names}"), edits);
}

/// Removes a comment: with its line if nothing else stands there, else with the blanks before it.
fn removed(script: &Script<'_>, comment: Span) -> Edit {
    let (lines, text) = (script.lines(), script.text());
    let number = lines.line(comment.start);
    let line = lines.line_span(number, text);
    let before = Span::new(line.start, comment.start).text(text);
    if before.trim().is_empty() {
        let next = lines.line_span(number + 1, text).start.max(line.end);
        return Edit::replace(Span::new(line.start, next), "");
    }
    let start = line.start + offset_u32(before.trim_end().len());
    Edit::replace(Span::new(start, comment.end), "")
}

fn is_known(code: &str) -> bool {
    find(code).is_some() || (code.ends_with('/') && ALL.iter().any(|entry| entry.rule.code.starts_with(code)))
}

/// Codes of ours that other language servers have, too: a comment for them may be unused here.
const SHARED: [&str; 1] = ["undefined-global"];

/// Whether it is a code of another language server that reads these comments.
fn is_foreign(code: &str) -> bool {
    FOREIGN.contains(&code)
}

/// Codes of lua-language-server and of the EmmyLua analyzer.
const FOREIGN: &[&str] = &[
    "access-invisible",
    "ambiguity-1",
    "annotation-usage-error",
    "assign-type-mismatch",
    "attribute-missing-parameter",
    "attribute-param-type-mismatch",
    "attribute-redundant-parameter",
    "await-in-sync",
    "cast-local-type",
    "cast-type-mismatch",
    "circle-doc-class",
    "close-non-object",
    "code-after-break",
    "code-style-check",
    "codestyle-check",
    "count-down-loop",
    "deprecated",
    "different-requires",
    "discard-returns",
    "doc-field-no-class",
    "duplicate-doc-alias",
    "duplicate-doc-field",
    "duplicate-doc-param",
    "duplicate-index",
    "duplicate-require",
    "duplicate-set-field",
    "duplicate-type",
    "empty-block",
    "enum-value-mismatch",
    "generic-constraint-mismatch",
    "global-element",
    "global-in-nil-env",
    "global-in-non-module",
    "incomplete-signature-doc",
    "inject-field",
    "invisible",
    "invert-if",
    "iter-variable-reassign",
    "local-const-reassign",
    "lowercase-global",
    "missing-fields",
    "missing-global-doc",
    "missing-local-export-doc",
    "missing-parameter",
    "missing-return",
    "missing-return-value",
    "name-style-check",
    "need-check-nil",
    "newfield-call",
    "newline-call",
    "no-unknown",
    "non-literal-expressions-in-assert",
    "not-yieldable",
    "param-type-mismatch",
    "param-type-not-match",
    "preferred-local-alias",
    "read-only",
    "redefined-label",
    "redefined-local",
    "redundant-parameter",
    "redundant-return",
    "redundant-return-value",
    "redundant-value",
    "require-module-not-visible",
    "return-type-mismatch",
    "spell-check",
    "syntax-error",
    "trailing-space",
    "type-not-found",
    "unbalanced-assignments",
    "undefined-doc-class",
    "undefined-doc-name",
    "undefined-doc-param",
    "undefined-env-child",
    "undefined-field",
    "unknown-cast-variable",
    "unknown-diag-code",
    "unknown-doc-tag",
    "unknown-operator",
    "unnecessary-assert",
    "unnecessary-if",
    "unreachable-code",
    "unused",
    "unused-function",
    "unused-label",
    "unused-local",
    "unused-self",
    "unused-vararg",
];

#[cfg(test)]
mod tests;
