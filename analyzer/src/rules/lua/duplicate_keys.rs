//! ## What it does
//! Reports a key that stands twice in the same table.
//!
//! ## Why it matters
//! Only one of the values is kept, and the other one never counts. Of named keys it is the last. Of a numbered key and
//! a value that gets the same number by its position it is the one by position.
//!
//! ## Example
//! ```lua expect=lua/duplicate_keys
//! local limits = {
//!   ["example.com"] = 10,
//!   ["example.net"] = 20,
//!   ["example.com"] = 40,
//! }
//! ```
//! Use instead:
//! ```lua
//! local limits = {
//!   ["example.com"] = 40,
//!   ["example.net"] = 20,
//! }
//! ```

use crate::diagnostic::Severity;
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionKind, TableField, TableKey};
use rustc_hash::FxHashMap;

pub(crate) const RULE: Rule =
    Rule { code: "lua/duplicate_keys", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let Some(places) = Places::of(script, "duplicate_keys") else { return };
    let tree = places.tree();
    let tables = tree.expressions().filter_map(|(_, node)| match &node.kind {
        ExpressionKind::Table(fields) => Some(fields),
        _ => None,
    });
    let fields: FxHashMap<u32, &TableField> =
        tables.flatten().map(|field| (field.span.start, field)).collect();
    for found in places.found() {
        let field = fields.get(&found.span.start);
        let original = found.others.first().and_then(|other| fields.get(&other.start));
        let (Some(field), Some(original)) = (field, original) else { continue };
        let key = |field: &TableField| match &field.key {
            TableKey::Positional => None,
            TableKey::Name(name) => Some(name.span),
            TableKey::Expression(key) => Some(tree.expression(*key).span),
        };
        let (message, span) = match (key(field), key(original)) {
            (Some(span), Some(_)) => {
                (format!("the key `{}` stands twice: only this value is kept", places.text(span)), span)
            }
            (Some(span), None) => {
                let key = places.text(span);
                (format!("key {key} is also the place of an earlier value: only that one is kept"), span)
            }
            (None, Some(span)) => {
                let key = places.text(span);
                let place = Span::new(field.span.start, tree.expression(field.value).span.end);
                (format!("this value is number {key}, a key that stands above: only this one is kept"), place)
            }
            (None, None) => continue,
        };
        let first = key(original).unwrap_or(places.first_line(original.span));
        report.at(places.first_line(span), message).related(first, "the first one");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn names_strings_and_numbers() {
        check(
            RULE.code,
            r#"
local t = {
  a = 1,
--^ related: the first one
  ["a"] = 2,
-- ^^^ warning: the key `"a"` stands twice: only this value is kept
  [2] = "x",
  "one",
  "two",
--^^^^^ this value is number 2
  [1] = "y",
-- ^ key 1 is also the place of an earlier value
}
"#,
        );
    }

    #[test]
    fn different_keys() {
        check_none(RULE.code, r#"local t = { a = 1, A = 2, ["b"] = 3, [b] = 4, "x", ["1"] = 5, [2] = 6 }"#);
        check_none(RULE.code, "local t = { [1 & 2] = 1, [1 | 2] = 2, { a = 1 }, { a = 1 } }\n");
        check_none(RULE.code, r#"local t = { "x", [010] = 1, "\x41", [8] = 2 }"#);
    }
}
