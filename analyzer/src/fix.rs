//! Applies the fixes of findings to a text.
//!
//! Pure: it gives back another text. Fixes that overlap wait for the next round, after the text was analysed again; a
//! fix that would break a file that the engine loads is left out.

use crate::configuration::ecelerity;
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::project::FileKind;
use crate::syntax;
use std::ops::Range;

/// A text after fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: String,
    /// How many findings were mended.
    pub count: usize,
}

/// Applies to `text` the fixes of its findings that do not overlap: of each finding the best one that is allowed, unsafe
/// ones only if `allowed` says so. `None` if nothing is left to apply.
///
/// New lines get the ends that the text's own lines have.
#[must_use]
pub fn apply(text: &str, kind: FileKind, findings: &[Diagnostic], allowed: Safety) -> Option<Fixed> {
    let is_allowed = |fix: &&Fix| fix.safety == Safety::Safe || allowed == Safety::Unsafe;
    let fixes: Vec<&Fix> =
        findings.iter().filter_map(|finding| finding.fixes.iter().find(is_allowed)).collect();
    let line_end = LineEnd::of(text);
    let was_sound = is_sound(text, kind);
    let all = Selection::of(text, fixes.iter().copied());
    if all.count == 0 {
        return None;
    }
    let fixed = all.apply(text, line_end);
    if !was_sound || is_sound(&fixed, kind) {
        return Some(Fixed { text: fixed, count: all.count });
    }
    // One of them breaks the file: leave out what does.
    let mut kept: Vec<&Fix> = Vec::new();
    for &fix in &fixes {
        let with: Vec<&Fix> = kept.iter().copied().chain([fix]).collect();
        let selection = Selection::of(text, with.iter().copied());
        if selection.count == with.len() && is_sound(&selection.apply(text, line_end), kind) {
            kept = with;
        }
    }
    let kept = Selection::of(text, kept);
    (kept.count > 0).then(|| Fixed { text: kept.apply(text, line_end), count: kept.count })
}

/// A text that is put into `source`, with the line ends that most lines of it have.
#[must_use]
pub fn with_line_ends_of(source: &str, text: &str) -> String {
    if text.contains('\n') { LineEnd::of(source).in_text(text) } else { text.to_owned() }
}

/// Whether nothing is wrong with the syntax.
fn is_sound(text: &str, kind: FileKind) -> bool {
    match kind {
        FileKind::Lua => syntax::parse(text).errors.is_empty(),
        FileKind::ServerConfiguration => ecelerity::parse(text).errors.is_empty(),
    }
}

/// Edits that do not overlap, in their order.
#[derive(Default)]
struct Selection<'f> {
    edits: Vec<(Range<usize>, &'f str)>,
    count: usize,
}

impl<'f> Selection<'f> {
    fn of(text: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> Self {
        let mut selection = Self::default();
        for fix in fixes {
            selection.add(text, &fix.edits);
        }
        selection
    }

    /// Takes the edits of one fix, all or none.
    fn add(&mut self, text: &str, edits: &'f [Edit]) {
        let mut taken: Vec<(Range<usize>, &str)> = Vec::with_capacity(edits.len());
        for edit in edits {
            let range = edit.span.range();
            // What does not lie in the text, or changes nothing, is no fix.
            let Some(replaced) = text.get(range.clone()) else { return };
            if replaced == edit.text {
                continue;
            }
            if self.edits.iter().chain(&taken).any(|(other, _)| overlap(other, &range)) {
                return;
            }
            taken.push((range, &edit.text));
        }
        if !taken.is_empty() {
            self.edits.extend(taken);
            self.count += 1;
        }
    }

    fn apply(&self, text: &str, line_end: LineEnd) -> String {
        let mut edits: Vec<&(Range<usize>, &str)> = self.edits.iter().collect();
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut fixed = String::with_capacity(text.len());
        let mut copied = 0;
        for (range, replacement) in edits {
            fixed.push_str(text.get(copied..range.start).unwrap_or_default());
            fixed.push_str(&line_end.in_text(replacement));
            copied = range.end;
        }
        fixed.push_str(text.get(copied..).unwrap_or_default());
        fixed
    }
}

/// Whether two edits touch the same characters. Two insertions at one place do, too: their order would be a guess.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => a.start == b.start,
        (true, false) => b.start < a.start && a.start < b.end,
        (false, true) => a.start < b.start && b.start < a.end,
        (false, false) => a.start < b.end && b.start < a.end,
    }
}

/// How lines end.
#[derive(Clone, Copy)]
enum LineEnd {
    Lf,
    CrLf,
}

impl LineEnd {
    /// What most lines of a text end with.
    fn of(text: &str) -> Self {
        let all = text.matches('\n').count();
        let windows = text.matches("\r\n").count();
        if windows * 2 > all { Self::CrLf } else { Self::Lf }
    }

    fn in_text(self, text: &str) -> String {
        match self {
            Self::Lf => text.to_owned(),
            Self::CrLf => text.replace("\r\n", "\n").replace('\n', "\r\n"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::syntax::Span;
    use proptest::prelude::*;

    fn finding(span: Span, fixes: Vec<Fix>) -> Diagnostic {
        Diagnostic {
            code: "example-rule".into(),
            severity: Severity::Warning,
            span,
            message: String::new(),
            related: Vec::new(),
            page: None,
            fixes,
            notes: Vec::new(),
            tag: None,
        }
    }

    fn fix(safety: Safety, edits: &[(u32, u32, &str)]) -> Diagnostic {
        let edits: Vec<Edit> =
            edits.iter().map(|&(start, end, text)| Edit::replace(Span::new(start, end), text)).collect();
        finding(Span::new(0, 0), vec![Fix { title: String::new(), safety, edits }])
    }

    fn safe(edits: &[(u32, u32, &str)]) -> Diagnostic {
        fix(Safety::Safe, edits)
    }

    fn applied(text: &str, findings: &[Diagnostic]) -> (String, usize) {
        match apply(text, FileKind::Lua, findings, Safety::Safe) {
            Some(fixed) => (fixed.text, fixed.count),
            None => (text.to_owned(), 0),
        }
    }

    #[test]
    fn fixes_apply_in_any_order_and_all_edits_of_one_or_none() {
        let text = "a = 1 b = 2";
        let first = safe(&[(0, 1, "x"), (10, 11, "3")]);
        let second = safe(&[(4, 5, "7")]);
        let overlapping = safe(&[(6, 7, "y"), (10, 11, "4")]);
        assert_eq!(applied(text, &[first, second, overlapping]), ("x = 7 b = 3".to_owned(), 2));
    }

    #[test]
    fn unsafe_fixes_need_to_be_allowed() {
        let text = "a = 1";
        let findings = [fix(Safety::Unsafe, &[(4, 5, "2")])];
        assert_eq!(apply(text, FileKind::Lua, &findings, Safety::Safe), None);
        let fixed = apply(text, FileKind::Lua, &findings, Safety::Unsafe).unwrap();
        assert_eq!((fixed.text.as_str(), fixed.count), ("a = 2", 1));
    }

    #[test]
    fn insertions_touch_replacements_but_not_each_other() {
        let text = "a = b";
        let around = [safe(&[(0, 0, "local ")]), safe(&[(0, 1, "x")]), safe(&[(0, 0, "do end ")])];
        assert_eq!(applied(text, &around), ("local x = b".to_owned(), 2));
    }

    #[test]
    fn a_fix_that_breaks_the_file_is_left_out() {
        let text = "a = 1\nb = 2\n";
        let findings = [safe(&[(2, 3, "")]), safe(&[(10, 11, "3")])];
        assert_eq!(applied(text, &findings), ("a = 1\nb = 3\n".to_owned(), 1));
        assert_eq!(applied("a = = 1\n", &[safe(&[(2, 3, "")])]), ("a  = 1\n".to_owned(), 1));
    }

    #[test]
    fn new_lines_end_like_the_others() {
        let insertion = [safe(&[(0, 0, "local m = 1\n")])];
        assert_eq!(applied("a = 1\r\nb = 2\r\n", &insertion).0, "local m = 1\r\na = 1\r\nb = 2\r\n");
        assert_eq!(applied("a = 1\nb = 2\r\nc = 3\n", &insertion).0, "local m = 1\na = 1\nb = 2\r\nc = 3\n");
    }

    #[test]
    fn edits_outside_the_text_are_no_fixes() {
        assert_eq!(applied("é = 1", &[safe(&[(1, 2, "")])]).1, 0);
        assert_eq!(applied("a = 1", &[safe(&[(4, 9, "")]), safe(&[(0, 1, "a")])]).1, 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_file_that_loads_keeps_loading(
            edits in prop::collection::vec((0u32..60, 0u32..6, "[a-z ={}()\n]{0,5}"), 0..6),
        ) {
            let text = "local m = {}\r\nfunction m:init() return true end\r\nm.x = 'é'\r\nreturn m\r\n";
            let findings: Vec<Diagnostic> = edits
                .iter()
                .map(|(start, length, replacement)| safe(&[(*start, start + length, replacement)]))
                .collect();
            if let Some(fixed) = apply(text, FileKind::Lua, &findings, Safety::Safe) {
                prop_assert!(is_sound(&fixed.text, FileKind::Lua), "{}", fixed.text);
                prop_assert!(fixed.count > 0);
            }
        }
    }
}
