//! Placeholders of a query: `?`, `:name`, `$name`, outside of quotes and comments.

use std::ops::Range;

/// What stands for values in a query.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Placeholders {
    /// Each `?`.
    pub(super) positional: Vec<Range<usize>>,
    /// `:name` and `$name`: the name alone, and where all of it stands.
    pub(super) named: Vec<(String, Range<usize>)>,
    /// What would be one, were it not inside quotes or a comment.
    pub(super) inside_quotes: Vec<Range<usize>>,
}

/// Reads a query. `None` where databases differ on what it means, or quotes and comments do not end.
pub(super) fn read(query: &str) -> Option<Placeholders> {
    let mut found = Placeholders::default();
    let bytes = query.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let rest = query.get(at..).unwrap_or_default();
        match byte {
            b'\'' | b'"' | b'`' => {
                let length = quoted(rest)?;
                found.inside_quotes.extend(signs(query, at..at + length));
                at += length;
                continue;
            }
            b'-' if rest.starts_with("--") => {
                let length = rest.find('\n').unwrap_or(rest.len());
                found.inside_quotes.extend(signs(query, at..at + length));
                at += length;
                continue;
            }
            b'/' if rest.starts_with("/*") => {
                let length = rest.find("*/")? + 2;
                found.inside_quotes.extend(signs(query, at..at + length));
                at += length;
                continue;
            }
            // A comment to one database, an operator or a name to others.
            b'#' => return None,
            b'?' => {
                // `??`, `?|` and `?&` are operators of PostgreSQL.
                if matches!(bytes.get(at + 1), Some(b'?' | b'|' | b'&')) {
                    return None;
                }
                found.positional.push(at..at + 1);
            }
            b':' if matches!(bytes.get(at + 1), Some(b':' | b'=')) => {
                at += 2;
                continue;
            }
            b':' | b'$' => {
                let word_before = at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(|b| is_word(*b));
                let length = bytes.iter().skip(at + 1).take_while(|byte| is_word(**byte)).count();
                let name = query.get(at + 1..at + 1 + length).unwrap_or_default();
                let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
                // `$1` and `$$…$$` are PostgreSQL's; `a:b` is no placeholder to some.
                if word_before || (byte == b'$' && !is_name) {
                    return None;
                }
                if is_name {
                    found.named.push((name.to_owned(), at..at + 1 + length));
                    at += 1 + length;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    Some(found)
}

/// The length of what stands in quotes here; `None` where it does not end, or a backslash before a quote leaves open
/// whether it does.
fn quoted(text: &str) -> Option<usize> {
    let quote = text.bytes().next()?;
    let mut bytes = text.bytes().enumerate().skip(1).peekable();
    while let Some((at, byte)) = bytes.next() {
        if byte == b'\\' && bytes.peek().is_some_and(|(_, next)| *next == quote) {
            return None;
        }
        if byte == quote && bytes.next_if(|(_, next)| *next == quote).is_none() {
            return Some(at + 1);
        }
    }
    None
}

/// `?` and `:name` in a part of the query that is no code. Times (`10:30`) are none.
fn signs(query: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let text = query.get(part.clone()).unwrap_or_default();
    let bytes = text.as_bytes();
    let found = bytes.iter().enumerate().filter_map(|(at, byte)| match byte {
        b'?' => Some(at..at + 1),
        b':' | b'$' => {
            let length = bytes.iter().skip(at + 1).take_while(|byte| is_word(**byte)).count();
            let starts = bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
            starts.then_some(at..at + 1 + length)
        }
        _ => None,
    });
    found.map(|sign| part.start + sign.start..part.start + sign.end).collect()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(query: &str) -> Option<Vec<&str>> {
        let found = read(query)?;
        let mut ranges = found.positional;
        ranges.extend(found.named.into_iter().map(|(_, range)| range));
        ranges.sort_by_key(|range| range.start);
        Some(ranges.into_iter().map(|range| &query[range]).collect())
    }

    #[test]
    fn placeholders_stand_outside_of_quotes_and_comments() {
        for (query, wanted) in [
            ("SELECT a FROM t WHERE b = ? AND c=?", vec!["?", "?"]),
            ("UPDATE t SET a=:a, b = $b_2 WHERE c IN (:c)", vec![":a", "$b_2", ":c"]),
            ("SELECT '?', 'it''s :x', \"a?\", `b?` FROM t -- ?\nWHERE a = ? /* :b\n? */", vec!["?"]),
            ("SELECT a::text, '10:30' FROM t WHERE b = :b", vec![":b"]),
            ("SELECT 'é' FROM t WHERE é = ?", vec!["?"]),
        ] {
            assert_eq!(names(query), Some(wanted), "{query}");
        }
    }

    #[test]
    fn what_databases_read_differently_is_unclear() {
        for query in [
            "SELECT 'it\\'s' = ?",
            "SELECT a # ?",
            "SELECT $1",
            "SELECT $$?$$",
            "SELECT 'open ?",
            "SELECT /* ?",
            "SELECT a ?| b",
            "(cn:caseExactMatch:=?)",
        ] {
            assert_eq!(names(query), None, "{query}");
        }
    }
}
