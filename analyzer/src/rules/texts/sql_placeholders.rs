//! ## What it does
//! Finds queries whose placeholders and values do not fit: more `?` than values, a `:name` that the table has not.
//!
//! ## Why it matters
//! A placeholder without a value is NULL to the database: a comparison with it fails or never holds, an INSERT stores
//! nothing. A placeholder inside quotes is text, so that the value goes nowhere.
//!
//! ## Example
//! ```lua expect=sql-placeholders
//! require("msys.db")
//! require("msys.datasource")
//!
//! local function is_blocked(sender, node)
//!   return msys.db.fetch_row("policy", "SELECT 1 FROM blocked WHERE sender = ? AND node = ?", { sender })
//! end
//! ```
//! Use instead:
//! ```lua
//! require("msys.db")
//! require("msys.datasource")
//!
//! local function is_blocked(sender, node)
//!   return msys.db.fetch_row("policy", "SELECT 1 FROM blocked WHERE sender = ? AND node = ?", { sender, node })
//! end
//! ```

use super::passed::{Passed, Text, passed};
use super::placeholders::{self, Placeholders};
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::types::{Type, Value};
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionId, ExpressionKind, TableField, TableKey};

pub(crate) const RULE: Rule =
    Rule { code: "sql-placeholders", severity: Severity::Error, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for call in passed(script, "sql_query") {
        // Of several texts, each may have its own values.
        let [text] = call.texts.as_slice() else { continue };
        let Some(found) = text.as_str().and_then(placeholders::read) else { continue };
        let finding = Query { script, call: &call, text, found };
        if let Some(values) = finding.values() {
            finding.compare(&values, report);
        }
    }
}

struct Query<'a> {
    script: &'a Script<'a>,
    call: &'a Passed<'a>,
    text: &'a Text,
    found: Placeholders,
}

/// The values that a query gets.
struct Values {
    /// The table.
    span: Option<Span>,
    /// Values without a name, as far as their number is known.
    positional: Option<Vec<Span>>,
    /// Names, each where it is written for this call alone.
    named: Vec<(String, Option<Span>)>,
}

impl Query<'_> {
    /// What is known of the values; `None` where there may be others.
    fn values(&self) -> Option<Values> {
        let none = || Values { span: None, positional: Some(Vec::new()), named: Vec::new() };
        let Some(argument) = self.call.argument("queryparams") else {
            return (!self.call.open_ended).then(none);
        };
        let written = self.script.tree().unparenthesized(argument.expression);
        match &self.script.tree().expression(written).kind {
            ExpressionKind::Nil => Some(none()),
            ExpressionKind::Table(fields) => self.constructed(written, fields),
            _ => self.built(written, &argument.ty),
        }
    }

    /// A table that is written in the call.
    fn constructed(&self, table: ExpressionId, fields: &[TableField]) -> Option<Values> {
        let tree = self.script.tree();
        let (mut positional, mut named) = (Vec::new(), Vec::new());
        for (index, field) in fields.iter().enumerate() {
            match &field.key {
                TableKey::Positional => {
                    let value = &tree.expression(field.value).kind;
                    let gives_several = matches!(value, ExpressionKind::Call(_) | ExpressionKind::Vararg);
                    if gives_several && index + 1 == fields.len() {
                        return None;
                    }
                    positional.push(field.span);
                }
                TableKey::Name(name) => named.push((name.text.to_string(), Some(name.span))),
                TableKey::Expression(key) => {
                    named.push((tree.string(*key)?.to_owned(), Some(self.script.span(*key))));
                }
            }
        }
        Some(Values { span: Some(self.script.span(table)), positional: Some(positional), named })
    }

    /// A table that was made before the call.
    fn built(&self, written: ExpressionId, ty: &Type) -> Option<Values> {
        let Value::Table(table) = ty.single()? else { return None };
        if table.file != self.script.id() {
            return None;
        }
        let known = self.script.analysis().tables.get(table.index as usize)?;
        let computed = known.keys.is_open() || known.keys.any(|key| matches!(key, Value::String));
        if known.open || computed || !known.fallback.is_never() && !known.fallback.is_nil() {
            return None;
        }
        let named = known.fields.keys().map(|name| (name.to_string(), None)).collect();
        Some(Values { span: Some(self.script.span(written)), positional: None, named })
    }

    fn compare(&self, values: &Values, report: &mut Report<'_>) {
        let Placeholders { positional, named, .. } = &self.found;
        let wanted = positional.len();
        if let Some(given) = &values.positional {
            if let Some(first) = positional.get(given.len()) {
                let message = format!(
                    "this `?` gets no value and is NULL: the query has {}, and {}",
                    counted(wanted, "`?`", "`?`"),
                    if values.span.is_none() { "no values are passed".to_owned() } else { format!("the table {}", counted(given.len(), "value by position", "values by position")) }
                );
                self.tell(report, self.text.span(self.script, first.clone()), message, values.span);
            } else if let Some(surplus) = given.get(wanted) {
                let message = format!(
                    "no `?` takes this value: the query has {}, and the table {}",
                    counted(wanted, "`?`", "`?`"),
                    counted(given.len(), "value", "values")
                );
                self.surplus(report, *surplus, message);
            }
        }
        for (name, range) in named {
            if values.named.iter().any(|(given, _)| given == name) {
                continue;
            }
            let sign = self.text.as_str().and_then(|text| text.get(range.clone())).unwrap_or(name);
            let message = if values.span.is_none() {
                format!("`{sign}` gets no value and is NULL: no values are passed")
            } else {
                format!("`{sign}` gets no value and is NULL: the table has no `{name}`")
            };
            let span = self.text.span(self.script, range.clone());
            self.tell(report, span, message, values.span);
        }
        for (name, span) in values.named.iter().filter_map(|(name, span)| Some((name, (*span)?))) {
            if named.iter().any(|(wanted, _)| wanted == name) {
                continue;
            }
            let message = match name.strip_prefix([':', '$']) {
                Some(bare) if named.iter().any(|(wanted, _)| wanted == bare) => {
                    format!("the key of a value has no `:` or `$`: write `{bare}`")
                }
                _ => format!("no placeholder is named `{name}`: the value is not used"),
            };
            self.surplus(report, span, message);
        }
    }

    fn tell(&self, report: &mut Report<'_>, span: Span, message: String, values: Option<Span>) {
        let mut finding = report.at(span, message);
        finding.page_of(&self.call.function.about);
        if let Some(values) = values {
            finding.related(values, "the values");
        }
    }

    /// A value that nothing takes.
    fn surplus(&self, report: &mut Report<'_>, span: Span, message: String) {
        let mut finding = report.at(span, message);
        finding.severity(Severity::Warning).page_of(&self.call.function.about);
        if let Some(inside) = self.found.inside_quotes.first() {
            finding.related(self.text.span(self.script, inside.clone()), "inside quotes or a comment, this is text");
        }
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {one}"),
        1 => format!("one {one}"),
        _ => format!("{count} {many}"),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn by_position() {
        check(
            RULE.code,
            r#"
require("msys.db")
require("msys.datasource")
local db = msys.db
local QUERY = [[
  SELECT reason FROM blocked -- is it ?
  WHERE sender = ? AND node = ?
--                            ^ error: this `?` gets no value and is NULL: the query has 2 `?`, and the table one value by position
]]
local function ask(sender, node)
  local row = db.fetch_row("policy", QUERY, { sender })
--                                          ^^^^^^^^^^ related: the values
  db.execute("policy", "DELETE FROM seen WHERE sender = '?'", { sender })
--                                                       ^ related: this is text
--                                                              ^^^^^^ warning: no `?` takes this value: the query has no `?`, and the table one value
  for found in msys.db.query("policy", "SELECT a FROM b WHERE c = ?") do print(found) end
--                                                                ^ error: no values are passed
  return row, db.query("policy", 'SELECT 1 WHERE a = ?', { a = sender }, {})
--                                                   ^ error: the table no value by position
--                                                         ^ warning: no placeholder is named `a`
end
"#,
        );
    }

    #[test]
    fn by_name() {
        check(
            RULE.code,
            r#"
require("msys.db")
require("msys.datasource")
local function note(address, reason)
  local values = { address = address }
  values.since = os.time()
  msys.db.execute("policy", "INSERT INTO s VALUES (:address, :reason, :since)", values)
--                                                           ^^^^^^^ error: `:reason` gets no value and is NULL: the table has no `reason`
  return msys.db.fetch_row("policy", "SELECT 1 FROM s WHERE a = $adress AND b = :b", { address = address, [":b"] = 1 })
--                                                              ^^^^^^^ error: `$adress` gets no value
--                                                                              ^^ error: `:b` gets no value
--                                                                                     ^^^^^^^ warning: no placeholder is named `address`
--                                                                                                         ^^^^ warning: the key of a value has no `:` or `$`: write `b`
end
"#,
        );
    }

    #[test]
    fn what_fits_and_what_is_not_known() {
        check_none(
            RULE.code,
            r#"
require("msys.db")
require("msys.datasource")
local function rows(query, ...) return msys.db.query("policy", query, { ... }) end
local function both(sender, unknown)
  local values = { sender }
  values[#values + 1] = unknown
  msys.db.query("policy", "SELECT a FROM b WHERE c = ? AND d = ?", values)
  msys.db.query("policy", "SELECT a FROM b WHERE c = ? AND d = ?", { sender, nil })
  msys.db.query("policy", "SELECT a FROM b WHERE c = ? AND d = ?", { unpack(unknown) })
  msys.db.query("policy", "SELECT a FROM b WHERE c = ?", unknown)
  msys.db.query("policy", "SELECT a FROM b WHERE c = :c", { c = sender })
  msys.db.query("policy", "SELECT 'what?', a::text FROM b")
  msys.db.query("policy", "SELECT a FROM b WHERE " .. unknown, { sender })
  msys.db.query("ldap", "(cn:dn:=?)", {})
  local named = {}
  for name, value in pairs(unknown) do named[name] = value end
  msys.db.query("policy", "SELECT a FROM b WHERE c = :c", named)
  return rows("SELECT a FROM b WHERE c = ?", sender), rows("SELECT 1")
end
"#,
        );
    }
}
