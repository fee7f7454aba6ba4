//! What can be folded away: bodies, tables, long strings, comments, regions and runs of `require`s; in the server's
//! configuration stanzas, lists and comments.

use super::configuration_outline;
use super::server_configuration::span;
use super::toml::Layout;
use crate::configuration::ecelerity::{Statement as Configured, Value};
use crate::project::{FileId, Project, Script};
use crate::syntax::tree::{ExpressionKind, StatementKind};
use crate::syntax::{LineIndex, Span};

/// Something that can be folded: what is hidden, without the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// From behind the word that opens it to the last character before the one that closes it.
    pub span: Span,
    /// What it is.
    pub kind: FoldKind,
}

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    /// A body, a table, a stanza.
    Code,
    /// Comments.
    Comment,
    /// `require`s that follow each other.
    Requires,
    /// What stands between `--#region` and `--#endregion`.
    Region,
}

/// The folds of a file, in the order of their places; one at most begins in a line.
#[must_use]
pub fn folds(project: &Project, file: FileId) -> Vec<Fold> {
    let (Some(text), Some(lines)) = (project.text(file), project.lines(file)) else { return Vec::new() };
    let mut folds = Folds { text, lines, found: Vec::new() };
    match project.script(file) {
        Some(script) => folds.script(&script),
        None => {
            if let Some(document) = configuration_outline::document(project, file) {
                folds.configured(&document.statements);
                let comments: Vec<Span> = document.comments.iter().map(span).collect();
                folds.comments(&comments, |_| false);
            }
        }
    }
    folds.finish()
}

/// The folds of a TOML text: tables, values of several lines, comments.
#[must_use]
pub fn folds_of_toml(text: &str, lines: &LineIndex) -> Vec<Fold> {
    let layout = Layout::of(text);
    let mut folds = Folds { text, lines, found: Vec::new() };
    for table in &layout.tables {
        if let Some(header) = table.header {
            folds.add(Span::new(header.end, table.span.end.max(header.end)), FoldKind::Code);
        }
        for part in table.keys.iter().flat_map(|pair| &pair.parts) {
            folds.add(inside(*part), FoldKind::Code);
        }
    }
    folds.comments(&layout.comments, |_| false);
    folds.finish()
}

struct Folds<'a> {
    text: &'a str,
    lines: &'a LineIndex,
    found: Vec<Fold>,
}

impl Folds<'_> {
    fn add(&mut self, span: Span, kind: FoldKind) {
        let content = span.text(self.text).trim_end();
        let length = u32::try_from(content.len()).unwrap_or(0);
        let span = Span::new(span.start, span.start + length);
        if self.lines.line(span.end) > self.lines.line(span.start) {
            self.found.push(Fold { span, kind });
        }
    }

    /// Of what begins in the same line, the longest; code goes before comments.
    fn finish(mut self) -> Vec<Fold> {
        let line = |fold: &Fold| self.lines.line(fold.span.start);
        self.found
            .sort_by_key(|fold| (line(fold), fold.kind != FoldKind::Code, std::cmp::Reverse(fold.span.end)));
        let lines = self.lines;
        self.found.dedup_by_key(|fold| lines.line(fold.span.start));
        self.found
    }

    fn script(&mut self, script: &Script<'_>) {
        let tree = script.tree();
        for (id, block) in tree.blocks() {
            if id != tree.root_id() {
                self.add(block.span, FoldKind::Code);
            }
        }
        for (_, expression) in tree.expressions() {
            match &expression.kind {
                ExpressionKind::Table(_) => self.add(inside(expression.span), FoldKind::Code),
                ExpressionKind::Call(call) if call.arguments.len() > 1 => {
                    self.add(inside(call.arguments_span), FoldKind::Code);
                }
                ExpressionKind::String(_) => self.add(expression.span, FoldKind::Code),
                _ => {}
            }
        }
        let comments = &script.parsed().comments;
        let spans: Vec<Span> = comments.iter().map(|comment| comment.span).collect();
        self.comments(&spans, |position| comments.get(position).is_some_and(|comment| comment.long));
        self.regions(&spans);
        self.requires(script);
    }

    /// Comments of several lines, and comments that follow each other, each in a line of its own.
    fn comments(&mut self, comments: &[Span], is_long: impl Fn(usize) -> bool) {
        let mut run: Option<Span> = None;
        for (position, &comment) in comments.iter().enumerate() {
            if is_long(position) {
                self.add(comment, FoldKind::Comment);
            }
            let line = self.lines.line(comment.start);
            let before = self.lines.line_span(line, self.text).start;
            let own_line = Span::new(before, comment.start).text(self.text).trim().is_empty();
            let mark = region_mark(comment.text(self.text)).is_some();
            if !own_line || mark || is_long(position) {
                self.end_run(&mut run);
                continue;
            }
            let follows = run.is_some_and(|run| self.lines.line(run.end) + 1 == line);
            if !follows {
                self.end_run(&mut run);
            }
            run = Some(run.map_or(comment, |run| run.to(comment)));
        }
        self.end_run(&mut run);
    }

    fn end_run(&mut self, run: &mut Option<Span>) {
        if let Some(run) = run.take() {
            self.add(run, FoldKind::Comment);
        }
    }

    fn regions(&mut self, comments: &[Span]) {
        let mut open = Vec::new();
        for &comment in comments {
            match region_mark(comment.text(self.text)) {
                Some(true) => open.push(comment),
                Some(false) => {
                    if let Some(start) = open.pop() {
                        self.add(Span::new(start.end, comment.end), FoldKind::Region);
                    }
                }
                None => {}
            }
        }
    }

    fn requires(&mut self, script: &Script<'_>) {
        let tree = script.tree();
        let mut run: Option<(Span, u32)> = None;
        let requires = &script.analysis().requires;
        for &id in &tree.root().statements {
            let statement = tree.statement(id);
            let value = match &statement.kind {
                StatementKind::Call(call) => Some(*call),
                StatementKind::Local { values, .. } | StatementKind::Assign { values, .. } => {
                    values.first().copied()
                }
                _ => None,
            };
            let is_require = value.is_some_and(|value| {
                let span = script.span(value);
                requires.iter().any(|require| require.span == span)
            });
            run = match (run, is_require) {
                (Some((span, count)), true) => Some((span.to(statement.span), count + 1)),
                (None, true) => Some((statement.span, 1)),
                (run, false) => {
                    if let Some((span, _)) = run.filter(|(_, count)| *count > 1) {
                        self.add(span, FoldKind::Requires);
                    }
                    None
                }
            };
        }
        if let Some((span, _)) = run.filter(|(_, count)| *count > 1) {
            self.add(span, FoldKind::Requires);
        }
    }

    fn configured(&mut self, statements: &[Configured]) {
        for statement in statements {
            match statement {
                Configured::Scope(scope) => {
                    let end = scope.close.as_ref().map_or(scope.range.end, |close| close.start);
                    self.add(span(&(scope.open.end..end.max(scope.open.end))), FoldKind::Code);
                    self.configured(&scope.statements);
                }
                Configured::Assignment(assignment) => {
                    if let Some(Value::Collection(list)) = &assignment.value {
                        let end = list.close.as_ref().map_or(list.range.end, |close| close.start);
                        self.add(span(&(list.open.end..end.max(list.open.end))), FoldKind::Code);
                    }
                }
                Configured::Include(_) => {}
            }
        }
    }
}

/// What stands between two brackets.
fn inside(brackets: Span) -> Span {
    Span::new(brackets.start + 1, brackets.end.saturating_sub(1).max(brackets.start + 1))
}

/// Whether a comment opens (`--#region`, `-- region`) or closes a region.
fn region_mark(comment: &str) -> Option<bool> {
    let text = comment.trim_start_matches('-').trim_start();
    let is = |word: &str| {
        let rest = text.strip_prefix('#').unwrap_or(text).strip_prefix(word);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', ':']))
    };
    // Without the mark, `region` is a word like any other unless it stands directly behind the dashes.
    let marked =
        text.starts_with('#') || comment.starts_with("--region") || comment.starts_with("--endregion");
    match marked {
        true if is("region") => Some(true),
        true if is("endregion") => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::project_at;

    fn shown(text: &str) -> String {
        let (project, file, _) = project_at(text);
        let lines = project.lines(file).unwrap();
        let folds = folds(&project, file);
        let shown = folds.iter().map(|fold| {
            format!("{:?} {}-{}", fold.kind, lines.line(fold.span.start) + 1, lines.line(fold.span.end) + 1)
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn bodies_and_tables() {
        let text = "$0function f()\n  if a then\n    b()\n  else\n    c()\n  end\nend\nlocal t = {\n  1,\n}\nlocal one = function() end\n";
        assert_eq!(shown(text), "Code 1-6, Code 2-3, Code 4-5, Code 8-9");
        assert_eq!(shown("$0call(1,\n  function()\n    x()\n  end)\n"), "Code 1-4, Code 2-3");
        assert_eq!(shown("$0local s = [[\na\n]]\n"), "Code 1-3");
        assert_eq!(shown("$0if a then\n"), "");
    }

    #[test]
    fn comments_regions_and_requires() {
        let text = "$0-- one\n-- two\nlocal a = require(\"a\")\nlocal b = require(\"b\")\n--#region of things\nx = 1\n--#endregion\n--[[ a\nb ]]\n";
        assert_eq!(shown(text), "Comment 1-2, Requires 3-4, Region 5-7, Comment 8-9");
        assert_eq!(shown("$0x = 1 -- one\ny = 2 -- two\n"), "");
    }

    #[test]
    fn tables_and_values_of_toml() {
        let text = "# one\n# two\na = [\n  1,\n]\n[b]\nc = \"\"\"\nd\n\"\"\"\ne = { f = 1 }\n\n[[g]]\n";
        let lines = LineIndex::new(text);
        let shown = folds_of_toml(text, &lines).into_iter().map(|fold| {
            format!("{:?} {}-{}", fold.kind, lines.line(fold.span.start) + 1, lines.line(fold.span.end) + 1)
        });
        assert_eq!(shown.collect::<Vec<_>>(), ["Comment 1-2", "Code 3-4", "Code 6-10", "Code 7-9"]);
    }

    #[test]
    fn stanzas_and_lists() {
        let text = "//- /etc/ecelerity.conf\n$0# one\n# two\nscriptlet \"s\" {\n  script \"a\" {\n    source = \"x\"\n  }\n}\nx = (\n  \"a\"\n)\n";
        assert_eq!(shown(text), "Comment 1-2, Code 3-6, Code 4-5, Code 8-9");
    }
}
