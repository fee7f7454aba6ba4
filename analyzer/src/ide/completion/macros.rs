//! Macros inside strings: `%{…}`.

use super::context_variables;
use super::cursor::Cursor;
use super::item::{Insertion, Item, ItemKind, Rank, Subject};
use crate::syntax::{Span, offset_u32};

/// What may stand in the macro at the cursor, and the range that it replaces; `None` where no macro begins. In a text
/// that is `expanded` for certain, a `%` alone begins one.
pub(super) fn items(cursor: &Cursor<'_, '_>, content: Span, expanded: bool) -> Option<(Vec<Item>, Span)> {
    let source = cursor.script.text();
    let before = Span::new(content.start, cursor.offset).text(source);
    let behind = Span::new(cursor.offset, content.end).text(source);
    let open = before.rfind("%{").filter(|&open| before.get(open..).is_some_and(|text| !text.contains('}')));
    let Some(open) = open else {
        return (expanded && before.ends_with('%'))
            .then(|| (whole(cursor), Span::new(cursor.offset - 1, cursor.offset)));
    };
    let written = before.get(open + 2..)?;
    // The rest of the word and its brace are written over.
    let rest =
        behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len();
    let end = cursor.offset + offset_u32(rest);
    let closed = behind.get(rest..).is_some_and(|text| text.starts_with('}'));
    for (namespace, dictionary) in [("vctx_conn:", "conn"), ("vctx_mess:", "mess")] {
        if let Some(key) = written.strip_prefix(namespace) {
            let mut items = context_variables::items(cursor, Some(dictionary));
            if !closed {
                for item in &mut items {
                    item.insertion = Insertion::text(format!("{}}}", item.insertion.plain()));
                }
            }
            return Some((items, Span::new(cursor.offset - offset_u32(key.len()), end)));
        }
    }
    let start = content.start + offset_u32(open);
    let end = if closed { end + 1 } else { end };
    let mut items = whole(cursor);
    items.retain(|item| item.label.starts_with("%{"));
    Some((items, Span::new(start, end)))
}

/// All macros as they are written, from `%` on.
fn whole(cursor: &Cursor<'_, '_>) -> Vec<Item> {
    let macros = cursor.script.api().macros().into_iter().map(|one| {
        let mut item = Item::new(one.syntax.as_str(), ItemKind::Value).detail(one.namespace.as_str());
        item.subject = Some(Subject::Macro(one.syntax.to_string()));
        item.insertion =
            insertion(&one.syntax, &one.arguments.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>());
        item.rank = if one.expand_macro { Rank::Usual } else { Rank::Rare };
        cursor.rated(item, &one.about)
    });
    macros.collect()
}

/// The syntax with places for its arguments.
fn insertion(syntax: &str, arguments: &[&str]) -> Insertion {
    let mut insertion = Insertion::default();
    let mut rest = syntax;
    for argument in arguments {
        let Some((before, after)) = rest.split_once(argument) else { continue };
        insertion = insertion.then(before).stop(*argument);
        rest = after;
    }
    insertion.then(rest)
}
