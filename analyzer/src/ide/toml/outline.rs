//! The outline of a TOML file: its tables with their keys, tables of tables in them.

use super::layout::{Layout, Pair, Table};
use crate::ide::configuration_outline::shown;
use crate::ide::outline::{Entry, EntryKind};

/// The tables and keys of a TOML text.
#[must_use]
pub fn outline(text: &str) -> Vec<Entry> {
    let layout = Layout::of(text);
    let mut entries = Vec::new();
    let mut rest = layout.tables.as_slice();
    while let Some((table, behind)) = rest.split_first() {
        rest = behind;
        match table.header {
            None => entries.extend(table.keys.iter().map(|pair| of_key(pair, text))),
            Some(_) => entries.push(of_table(table, &[], &mut rest, text)),
        }
    }
    entries
}

/// A table, and out of `rest` those that follow it and belong to it: `[message.expect]` behind `[[message]]`.
fn of_table(table: &Table, within: &[String], rest: &mut &[Table], text: &str) -> Entry {
    let mut children: Vec<Entry> = table.keys.iter().map(|pair| of_key(pair, text)).collect();
    let mut span = table.span;
    while let Some((next, behind)) = rest.split_first() {
        let belongs = next.path.len() > table.path.len() && next.path.starts_with(&table.path);
        if !belongs || table.path.is_empty() {
            break;
        }
        *rest = behind;
        let child = of_table(next, &table.path, rest, text);
        span = span.to(child.span);
        children.push(child);
    }
    let name = table.path.get(within.len()..).unwrap_or_default().join(".");
    let header = table.header.unwrap_or(table.span);
    Entry {
        name: if name.is_empty() { header.text(text).to_owned() } else { name },
        detail: String::new(),
        kind: EntryKind::Stanza,
        span,
        name_span: header,
        children,
    }
}

fn of_key(pair: &Pair, text: &str) -> Entry {
    Entry {
        name: pair.key.text(text).to_owned(),
        detail: shown(pair.value.text(text)),
        kind: EntryKind::Option,
        span: pair.span,
        name_span: pair.key,
        children: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(entries: &[Entry]) -> String {
        let entry = |entry: &Entry| {
            let inner = shown(&entry.children);
            let detail = if entry.detail.is_empty() { String::new() } else { format!("={}", entry.detail) };
            format!("{}{detail}{}", entry.name, if inner.is_empty() { inner } else { format!("({inner})") })
        };
        entries.iter().map(entry).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tables_hold_their_keys_and_tables() {
        let text = "policy = \"a.conf\"\n[connection]\nclient = \"192.0.2.1\"\n[[message]]\nfile = 'a.eml'\n\
            [message.expect]\nreplies.data = 250\n[[message.recipients]]\n[[message]]\n[expect]\nx = [\n  1,\n]\n";
        assert_eq!(
            shown(&outline(text)),
            "policy=\"a.conf\" connection(client=\"192.0.2.1\") \
             message(file='a.eml' expect(replies.data=250) recipients) message expect(x=[ 1, ])"
        );
    }

    #[test]
    fn every_entry_lies_in_the_one_around_it() {
        fn check(entries: &[Entry], text: &str) {
            for entry in entries {
                assert!(entry.span.covers(entry.name_span), "{entry:?}");
                assert!(entry.children.iter().all(|child| entry.span.covers(child.span)), "{entry:?}");
                assert!(text.get(entry.span.start as usize..entry.span.end as usize).is_some(), "{entry:?}");
                check(&entry.children, text);
            }
        }
        let text = "a = [\n[b.\"c\"]\nd.e = { f = [1, \"é\" }\n[[g\nh = \n= 3\n[]\ni = \"\"\"\nj\n\"\"\"\n";
        for end in (0..=text.len()).filter(|&end| text.is_char_boundary(end)) {
            check(&outline(&text[..end]), text);
        }
    }
}
