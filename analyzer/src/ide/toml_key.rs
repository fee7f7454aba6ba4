//! What a key of a session file or of `momentum-lua.toml` means: the description that the file's JSON schema gives.

use crate::syntax::{Span, offset_u32};
use serde_json::Value as Json;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// How deep references of a schema are followed.
const DEEPEST: usize = 16;

/// The description of the key at `offset`, with the key's range. `None` where no key stands, where the schema (draft 7)
/// does not know it, or where the text is none that the schema describes: its keys at the top are others.
#[must_use]
pub fn explain(schema: &Json, text: &str, offset: u32) -> Option<(String, Span)> {
    let (document, _) = DeTable::parse_recoverable(text);
    let table = document.get_ref();
    let known = schema.get("properties")?;
    if !table.keys().all(|key| known.get(&**key.get_ref()).is_some()) {
        return None;
    }
    let mut path = Vec::new();
    let range = key_at(table, offset as usize, &mut path)?;
    let mut at = vec![schema];
    for key in &path {
        at = tables(schema, &at).into_iter().filter_map(|table| member(table, key)).collect();
    }
    let all = tables(schema, &at);
    let description = at.iter().chain(&all).find_map(|one| one.get("description")?.as_str())?;
    let mut text = format!("**{}**\n\n{description}\n", path.join("."));
    if let Some(default) =
        at.iter().chain(&all).find_map(|one| one.get("default")).filter(|value| !value.is_null())
    {
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

fn member<'j>(table: &'j Json, key: &str) -> Option<&'j Json> {
    let named = table.get("properties").and_then(|properties| properties.get(key));
    named.or_else(|| table.get("additionalProperties").filter(|other| other.is_object()))
}

/// What schemas stand for: references and choices followed, and the elements of arrays beside them.
fn tables<'j>(root: &'j Json, schemas: &[&'j Json]) -> Vec<&'j Json> {
    let mut found = Vec::new();
    schemas.iter().for_each(|schema| follow(root, schema, &mut found, DEEPEST));
    found
}

fn follow<'j>(root: &'j Json, schema: &'j Json, found: &mut Vec<&'j Json>, depth: usize) {
    let Some(depth) = depth.checked_sub(1) else { return };
    found.push(schema);
    let reference = schema.get("$ref").and_then(Json::as_str).and_then(|name| name.strip_prefix('#'));
    if let Some(target) = reference.and_then(|pointer| root.pointer(pointer)) {
        follow(root, target, found, depth);
    }
    for word in ["allOf", "anyOf", "oneOf"] {
        let choices = schema.get(word).and_then(Json::as_array);
        choices.into_iter().flatten().for_each(|choice| follow(root, choice, found, depth));
    }
    if let Some(items) = schema.get("items") {
        follow(root, items, found, depth);
    }
}

#[cfg(test)]
mod tests {
    use super::explain;

    fn explained(text: &str) -> Option<String> {
        let schema = serde_json::from_str(include_str!("../../../docs/schema/session.schema.json")).unwrap();
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
