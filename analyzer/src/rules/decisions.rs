//! What a script decides by: conditions of statements, and the left sides of `and` and `or`.

use crate::project::Script;
use crate::syntax::Span;
use crate::syntax::tree::{BinaryOperator, ExpressionId, ExpressionKind, StatementKind, Tree};
use rustc_hash::{FxHashMap, FxHashSet};

/// The conditions of `if`, `elseif`, `while` and `until`, as they stand there.
pub(crate) fn conditions(tree: &Tree) -> impl Iterator<Item = ExpressionId> + '_ {
    tree.statements().flat_map(|(_, statement)| {
        let conditions: Vec<ExpressionId> = match &statement.kind {
            StatementKind::If { branches, .. } => branches.iter().map(|(condition, _)| *condition).collect(),
            StatementKind::While { condition, .. } | StatementKind::Repeat { condition, .. } => {
                vec![*condition]
            }
            _ => Vec::new(),
        };
        conditions
    })
}

/// The decisions of a file.
pub(crate) struct Decisions<'a> {
    /// In the order of their beginnings.
    spans: Vec<Span>,
    /// Where the first decision ends that names, calls or looks up what is written like this.
    asked: FxHashMap<&'a str, u32>,
}

impl<'a> Decisions<'a> {
    pub(crate) fn of(script: &Script<'a>) -> Self {
        let tree = script.tree();
        let mut decisions: FxHashSet<ExpressionId> = conditions(tree).collect();
        decisions.extend(tree.expressions().filter_map(|(_, expression)| match expression.kind {
            ExpressionKind::Binary { operator: BinaryOperator::And | BinaryOperator::Or, left, .. } => {
                Some(left)
            }
            _ => None,
        }));
        let mut spans: Vec<Span> = decisions.iter().map(|&decision| tree.expression(decision).span).collect();
        spans.sort_unstable();
        Self { spans, asked: asked(script, &decisions) }
    }

    /// Those that stand between two places, in the order of their beginnings.
    pub(crate) fn between(&self, from: u32, to: u32) -> impl Iterator<Item = Span> {
        let first = self.spans.partition_point(|span| span.start < from);
        let behind = self.spans.get(first..).unwrap_or_default().iter().copied();
        behind.take_while(move |span| span.start < to).filter(move |span| span.end <= to)
    }

    /// Whether a decision before a place names, calls or looks up what is written like `text`.
    pub(crate) fn asked_before(&self, text: &str, place: u32) -> bool {
        self.asked.get(text).is_some_and(|&end| end <= place)
    }
}

fn asked<'a>(script: &Script<'a>, decisions: &FxHashSet<ExpressionId>) -> FxHashMap<&'a str, u32> {
    let tree = script.tree();
    let mut asked: FxHashMap<&str, u32> = FxHashMap::default();
    let mut around: Vec<Span> = Vec::new();
    // From behind, an expression comes before those that it is made of; the innermost decision around one ends first.
    for (id, expression) in tree.expressions().rev() {
        while around.last().is_some_and(|decision| !decision.covers(expression.span)) {
            around.pop();
        }
        if decisions.contains(&id) {
            around.push(expression.span);
        }
        let is_named = matches!(
            expression.kind,
            ExpressionKind::Name(_)
                | ExpressionKind::Field { .. }
                | ExpressionKind::Index { .. }
                | ExpressionKind::Call(_)
        );
        if let Some(decision) = around.last().filter(|_| is_named) {
            let end = asked.entry(script.text_at(expression.span)).or_insert(decision.end);
            *end = decision.end.min(*end);
        }
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::Decisions;
    use crate::project::{FileKind, Script};
    use crate::rules::fixture::project;
    use rustc_hash::FxHashMap;

    fn with_script(source: &str, look: impl FnOnce(Script<'_>)) {
        let (project, files) = project(None, FxHashMap::default(), &[("a.lua", FileKind::Lua, source)]);
        look(project.script(files[0]).expect("a script"));
    }

    #[test]
    fn by_their_place() {
        with_script("if a then end x = b and c if d then end", |script| {
            let decisions = Decisions::of(&script);
            let texts: Vec<&str> = decisions.between(5, 28).map(|span| script.text_at(span)).collect();
            assert_eq!(texts, ["b"]);
            assert_eq!(decisions.between(0, 100).count(), 3);
        });
    }

    #[test]
    fn by_what_they_ask() {
        let source = "if (f(a) and b.c) or #d[1] > 0 then return e end print(f(a))";
        with_script(source, |script| {
            let decisions = Decisions::of(&script);
            let end =
                |text: &str| source.find(text).map(|start| (start + text.len()) as u32).unwrap_or_default();
            for (text, decision) in
                [("f(a)", "f(a)"), ("a", "f(a)"), ("b.c", "(f(a) and b.c)"), ("d[1]", "> 0")]
            {
                assert!(decisions.asked_before(text, end(decision)), "{text}");
                assert!(!decisions.asked_before(text, end(decision) - 1), "{text}");
            }
            assert!(!decisions.asked_before("e", 1_000));
            assert!(!decisions.asked_before("print", 1_000));
        });
    }
}
