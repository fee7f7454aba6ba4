//! Completion in TOML files that have a JSON schema: session files and `momentum-lua.toml`.

mod scan;

use super::item::{Insertion, Item, ItemKind, Rank, Subject};
use super::{Completion, finished};
use crate::ide::toml::schema::Schema;
use crate::syntax::Span;
use scan::{Document, Spot};
use serde_json::Value as Json;

/// What the string of a key may name beside what the schema lists: from the keys that lead to it, and what is typed.
pub type Names<'n> = &'n dyn Fn(&[String], &str) -> Vec<(String, ItemKind)>;

/// What may stand at `offset` of a TOML text whose content `schema` (draft 7) describes.
#[must_use]
pub fn complete(schema: &Json, text: &str, offset: u32, names: Names<'_>) -> Completion {
    let document = Document::scan(text, offset as usize);
    let root = Schema::root(schema);
    let (items, word) = match document.spot {
        None => return Completion::default(),
        Some(Spot::Header { ref path, array, word }) => (headers(&root.at(path), array), word),
        Some(Spot::Key { ref table, word, inline, followed }) => {
            let mut items = keys(&root.at(&table.path), &document.keys_of(table, word), followed);
            if !inline && !followed && table.path.len() == table.header {
                items.extend(tables(&root, &document, table.path.is_empty()));
            }
            (items, word)
        }
        Some(Spot::Value { ref path, word, quoted }) => {
            let typed = if quoted { Span::new(word.start, offset.max(word.start)).text(text) } else { "" };
            let mut items = values(&root.at(path), quoted);
            items.extend(
                names(path, typed)
                    .into_iter()
                    .map(|(name, kind)| Item::new(if quoted { name } else { format!("{name:?}") }, kind)),
            );
            (items, word)
        }
    };
    let typed = Span::new(word.start, offset.max(word.start)).text(text);
    finished(items, word, typed, false)
}

/// What the documentation of a key says.
fn explained(item: Item, schema: &Schema<'_>) -> Item {
    match schema.description() {
        Some(text) => item.subject(Subject::Words(text)),
        None => item,
    }
}

/// Keys of a table.
fn keys(table: &Schema<'_>, taken: &[String], followed: bool) -> Vec<Item> {
    let properties = table.properties();
    let items = properties.iter().filter(|property| !taken.iter().any(|name| name == property.name)).map(
        |property| {
            let name = written_key(property.name);
            let item = Item::new(property.name, ItemKind::Option).detail(property.schema.kind());
            let rank = if property.required { Rank::Near } else { Rank::Usual };
            let insertion = if followed { Insertion::text(name) } else { assigned(&name, &property.schema) };
            explained(Item { insertion, rank, ..item }, &property.schema)
        },
    );
    items.collect()
}

/// `key = value` with a value of the kind that is wanted.
fn assigned(name: &str, schema: &Schema<'_>) -> Insertion {
    let text = Insertion::text(format!("{name} = "));
    match schema.kind().as_str() {
        "string" => text.then("\"").stop("").then("\"").end(),
        "array" => text.then("[").stop("").then("]").end(),
        "table" => text.then("{ ").stop("").then(" }").end(),
        "boolean" => text.stop("true").end(),
        _ => text.stop("").end(),
    }
}

/// A key as TOML wants it written.
fn written_key(name: &str) -> String {
    let is_bare =
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if is_bare { name.to_owned() } else { format!("\"{name}\"") }
}

/// Tables at the top of the file, each in a line of its own.
fn tables(root: &Schema<'_>, document: &Document, at_top: bool) -> Vec<Item> {
    let mut items = Vec::new();
    for property in root.properties() {
        let (is_list, is_table) = (property.schema.is_table_list(), property.schema.is_table());
        // One may be there again and again, the other once.
        if !(is_list || (is_table && !document.has_table(property.name))) {
            continue;
        }
        let name = written_key(property.name);
        let label = if is_list { format!("[[{name}]]") } else { format!("[{name}]") };
        let mut item = Item::new(label.clone(), ItemKind::Stanza);
        item.insertion = Insertion::text(format!("{label}\n")).end();
        item.filter = Some(property.name.to_owned());
        item.rank = if at_top { Rank::Usual } else { Rank::Rare };
        items.push(explained(item, &property.schema));
    }
    items
}

/// Names between the brackets of a header.
fn headers(table: &Schema<'_>, array: bool) -> Vec<Item> {
    let items = table.properties().into_iter().filter_map(|property| {
        let (is_list, is_table) = (property.schema.is_table_list(), property.schema.is_table());
        let rank = match (is_list, is_table) {
            (false, false) => return None,
            (list, _) if list == array => Rank::Near,
            _ => Rank::Rare,
        };
        let item =
            Item::new(property.name, ItemKind::Stanza).inserting(written_key(property.name)).rank(rank);
        Some(explained(item, &property.schema))
    });
    items.collect()
}

/// Values of a key.
fn values(schema: &Schema<'_>, quoted: bool) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for value in schema.values() {
        let text = match &value.value {
            Json::String(text) if quoted => text.clone(),
            _ if quoted => continue,
            Json::String(text) => format!("{text:?}"),
            Json::Null => continue,
            other => other.to_string(),
        };
        let mut item = Item::new(text, ItemKind::Value).order(items.len());
        if let Some(words) = value.words {
            item = item.subject(Subject::Words(words));
        }
        if value.is_default {
            item = item.detail("default");
        } else if value.is_example {
            item = item.detail("example").rank(Rank::Rare);
        }
        items.push(item);
    }
    items
}

#[cfg(test)]
mod tests;
