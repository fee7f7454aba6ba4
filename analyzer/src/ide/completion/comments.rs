//! Inside comments: what suppresses findings, and annotations.

use super::cursor::Cursor;
use super::item::{Item, ItemKind, Subject};
use crate::rules;
use crate::syntax::{Comment, Span, offset_u32};

/// What may follow `---@diagnostic`.
const ACTIONS: [&str; 4] = ["disable-next-line", "disable-line", "disable", "enable"];

/// Annotations that the analysis reads.
const ANNOTATIONS: [(&str, &str); 8] = [
    ("alias", "Names a type."),
    ("class", "Declares a class."),
    ("diagnostic", "Suppresses findings of rules."),
    ("field", "Declares a field of the class above."),
    ("generic", "Declares a type parameter."),
    ("param", "Gives the type of a parameter."),
    ("return", "Gives the type of a result."),
    ("type", "Gives the type of the variable that follows."),
];

/// What may stand in a comment, and the range that it replaces.
pub(super) fn items(cursor: &Cursor<'_, '_>, comment: Comment) -> (Vec<Item>, Span) {
    let word = cursor.word;
    let before = Span::new(comment.span.start, word.start).text(cursor.script.text());
    let text = before.trim_start_matches('-').trim_start();
    if comment.long || !before.starts_with("--") {
        return (Vec::new(), word);
    }
    let Some(annotation) = text.strip_prefix('@') else { return (Vec::new(), word) };
    if annotation.is_empty() {
        let items = ANNOTATIONS.iter().map(|(name, doc)| {
            Item::new(*name, ItemKind::Keyword).subject(Subject::Words((*doc).to_owned()))
        });
        return (items.collect(), word);
    }
    let Some(rest) = annotation.strip_prefix("diagnostic") else { return (Vec::new(), word) };
    let rest = rest.trim_start();
    if rest.contains("--") {
        return (Vec::new(), word);
    }
    if !rest.contains(':') {
        let items = if rest.is_empty() {
            ACTIONS
                .iter()
                .enumerate()
                .map(|(order, action)| Item::new(*action, ItemKind::Keyword).order(order))
                .collect()
        } else {
            Vec::new()
        };
        return (items, word);
    }
    let named: Vec<&str> = rest.split([':', ',']).skip(1).map(str::trim).collect();
    let left = rules::ALL.iter().filter(|entry| !named.contains(&entry.rule.code));
    let items = left.map(|entry| {
        Item::new(entry.rule.code, ItemKind::Value).subject(Subject::Rule(entry.rule.code.to_owned()))
    });
    (items.collect(), Span::new(word.start, word.start + offset_u32(word.text(cursor.script.text()).len())))
}
