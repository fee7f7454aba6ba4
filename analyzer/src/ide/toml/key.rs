//! What a key of a session file or of `momentum-lua.toml` means: the description that the file's JSON schema gives.

use super::schema::Schema;
use crate::syntax::{Span, offset_u32};
use serde_json::Value as Json;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// The description of the key at `offset`, with the key's range. `None` where no key stands, where the schema (draft 7)
/// does not know it, or where the text is none that the schema describes: its keys at the top are others.
#[must_use]
pub fn explain(schema: &Json, text: &str, offset: u32) -> Option<(String, Span)> {
    let (document, _) = DeTable::parse_recoverable(text);
    let table = document.get_ref();
    let root = Schema::root(schema);
    let known = root.properties();
    if !table.keys().all(|key| known.iter().any(|property| property.name == key.get_ref().as_ref())) {
        return None;
    }
    let mut path = Vec::new();
    let range = key_at(table, offset as usize, &mut path)?;
    let found = root.at(&path);
    let mut text = format!("**{}**\n\n{}\n", path.join("."), found.description()?);
    if let Some(default) = found.default().filter(|value| !value.is_null()) {
        text.push_str(&format!("\nDefault: `{default}`\n"));
    }
    Some((text, Span::new(offset_u32(range.start), offset_u32(range.end))))
}

/// The key that stands at an offset, and in `path` the keys that lead to it, itself the last.
fn key_at(table: &DeTable<'_>, offset: usize, path: &mut Vec<String>) -> Option<Range<usize>> {
    for (key, value) in table {
        path.push(key.get_ref().to_string());
        let span = key.span();
        if span.start <= offset && offset <= span.end {
            return Some(span);
        }
        if let Some(found) = key_in(value.get_ref(), offset, path) {
            return Some(found);
        }
        path.pop();
    }
    None
}

fn key_in(value: &DeValue<'_>, offset: usize, path: &mut Vec<String>) -> Option<Range<usize>> {
    match value {
        DeValue::Table(table) => key_at(table, offset, path),
        // Elements of arrays take no key.
        DeValue::Array(array) => array.iter().find_map(|one| key_in(one.get_ref(), offset, path)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::explain;

    fn explained(text: &str) -> Option<String> {
        let schema =
            serde_json::from_str(include_str!("../../../../docs/schema/session.schema.json")).unwrap();
        let offset = text.find("$0").unwrap();
        let text = text.replacen("$0", "", 1);
        let (words, span) = explain(&schema, &text, u32::try_from(offset).unwrap())?;
        Some(format!("{}: {}", span.text(&text), words.lines().next().unwrap_or_default()))
    }

    #[test]
    fn keys_at_every_depth() {
        assert_eq!(explained("pol$0icy = \"a\"\n").as_deref(), Some("policy: **policy**"));
        assert_eq!(
            explained("[connection]\ncli$0ent = \"a\"\n").as_deref(),
            Some("client: **connection.client**")
        );
        assert_eq!(
            explained("[[message]]\nmail_from = \"a\"\n[[message]]\nmail_$0from = \"b\"\n").as_deref(),
            Some("mail_from: **message.mail_from**")
        );
        assert_eq!(
            explained("expect = { disp$0osition = \"x\" }\n").as_deref(),
            Some("disposition: **expect.disposition**")
        );
    }

    #[test]
    fn other_files_and_other_places() {
        assert_eq!(explained("[package]\nna$0me = \"a\"\n"), None);
        assert_eq!(explained("policy = \"$0a\"\n"), None);
        assert_eq!(explained("$0"), None);
    }
}
