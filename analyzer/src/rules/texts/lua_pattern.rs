//! ## What it does
//! Finds patterns of Lua that are malformed, replacements that name a group that the pattern has not, and texts that were
//! written for the other language: `\d` and `|` in a pattern of Lua, `%d+` in a regular expression.
//!
//! ## Why it matters
//! A malformed pattern raises an error, and the callout ends there. A regular expression in place of a pattern raises
//! nothing: `\d` looks for a backslash and a `d`, `a|b` for those three characters, so that the search finds nothing, ever.
//!
//! ## Example
//! ```lua expect=lua-pattern
//! local function extension(filename)
//!   return filename:match("\\.(jpg|png)$")
//! end
//! ```
//! Use instead:
//! ```lua
//! local IMAGES = { jpg = true, png = true }
//!
//! local function extension(filename)
//!   local found = filename:match("%.(%w+)$")
//!   return found and IMAGES[found] and found
//! end
//! ```

use super::foreign::{self, Foreign};
use super::lua_patterns;
use super::passed::{Passed, Text, passed};
use crate::diagnostic::Severity;
use crate::pcre::{self, Flags};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::types::Value;
use crate::syntax::Span;

pub(crate) const RULE: Rule =
    Rule { code: "lua-pattern", severity: Severity::Error, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let mut told: Vec<Span> = Vec::new();
    for call in passed(script, "lua_pattern") {
        // `string.find(text, search, 1, true)` reads no pattern.
        if call.argument("plain").is_some_and(|plain| plain.ty.any(Value::is_truthy) || plain.ty.is_open()) {
            continue;
        }
        for text in &call.texts {
            if let Some(span) = pattern(script, &call, text, &told, report) {
                told.push(span);
            }
        }
    }
    for call in passed(script, "lua_replacement") {
        replacement(script, &call, report);
    }
    for call in passed(script, "pcre_pattern") {
        for text in &call.texts {
            regular_expression(script, &call, text, &mut told, report);
        }
    }
}

/// Tells what is wrong with a pattern; gives where.
fn pattern(
    script: &Script<'_>,
    call: &Passed<'_>,
    text: &Text,
    told: &[Span],
    report: &mut Report<'_>,
) -> Option<Span> {
    let name = &call.function.name;
    if let Some(error) = lua_patterns::read(&text.value).error {
        let span = text.span(script, error.range);
        if told.contains(&span) {
            return None;
        }
        let message = format!("`{name}` raises `{}` when its search gets here", error.message);
        let mut finding = report.at(span, message);
        finding.page_of(&call.function.about);
        if call.is_guess {
            finding.severity(Severity::Warning);
        }
        if let Some(Foreign { found, instead, .. }) = text.as_str().and_then(foreign::pcre_in_lua) {
            finding.note(format!("`{found}` belongs to regular expressions; in a pattern of Lua write {}", quoted(&instead)));
        }
        return Some(span);
    }
    let Foreign { range, found, here, instead } = foreign::pcre_in_lua(text.as_str()?)?;
    let span = text.span(script, range);
    if told.contains(&span) {
        return None;
    }
    let message = format!(
        "`{found}` belongs to regular expressions: `{name}` takes a pattern of Lua, where it is {here}; write {}",
        quoted(&instead)
    );
    let mut finding = report.at(span, message);
    finding.severity(Severity::Warning).page_of(&call.function.about);
    finding.note("`msys.pcre.match` takes regular expressions");
    Some(span)
}

/// `%2` in a replacement, where the pattern has one group.
fn replacement(script: &Script<'_>, call: &Passed<'_>, report: &mut Report<'_>) {
    let Some(pattern) = call.argument("pattern") else { return };
    let Some(Value::StringLiteral(pattern)) = pattern.ty.single() else { return };
    let read = lua_patterns::read(pattern.as_bytes());
    if read.error.is_some() {
        return;
    }
    for text in &call.texts {
        for (group, range) in lua_patterns::references(&text.value) {
            // Without groups, `%1` is the whole match.
            if group <= read.captures.max(1) {
                continue;
            }
            let message = format!(
                "the pattern `{pattern}` has {}: `{}` raises `invalid capture index` at the first match",
                groups(read.captures),
                call.function.name
            );
            let mut finding = report.at(text.span(script, range), message);
            finding.page_of(&call.function.about);
            if call.is_guess {
                finding.severity(Severity::Warning);
            }
        }
    }
}

fn groups(count: usize) -> String {
    match count {
        0 => "no group".to_owned(),
        1 => "one group".to_owned(),
        _ => format!("{count} groups"),
    }
}

/// `%d+` in a regular expression that compiles; `regex` tells it of one that does not.
fn regular_expression(
    script: &Script<'_>,
    call: &Passed<'_>,
    text: &Text,
    told: &mut Vec<Span>,
    report: &mut Report<'_>,
) {
    let Some(Foreign { range, found, here, instead }) = text.as_str().and_then(foreign::lua_in_pcre) else { return };
    let span = text.span(script, range);
    if told.contains(&span) || pcre::compile(&text.value, Flags::MSYS_PCRE).is_err() {
        return;
    }
    let message = format!(
        "`{found}` belongs to patterns of Lua: `{}` takes a regular expression, where it is {here}; write {}",
        call.function.name,
        quoted(&instead)
    );
    report.at(span, message).severity(Severity::Warning).page_of(&call.function.about);
    told.push(span);
}

/// Code in backquotes, words as they are.
fn quoted(instead: &str) -> String {
    if instead.contains(' ') { instead.to_owned() } else { format!("`{instead}`") }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn malformed_patterns() {
        check(
            RULE.code,
            r#"
local PATTERN = "^(%d+"
--                ^ error: raises `unfinished capture` when its search gets here
local function check(text)
  text = tostring(text)
  if text:find("[a-z") or string.match(text, "100%") then
--              ^ error: malformed pattern (missing ']')
--                                               ^ error: malformed pattern (ends with '%')
    return text:match(PATTERN)
  end
  for word in string.gmatch(text, [[%w)]]) do print(word) end
--                                    ^ error: invalid pattern capture
  return (text:gsub("(%a)%2", "x"))
--                       ^^ error: invalid capture index
end
local find = string.find
local function other(text, unknown) return find(tostring(text), "\091x"), unknown:match("[") end
--                                                               ^^^^ error: malformed pattern (missing ']')
--                                                                                       ^ warning: malformed pattern
return { check, other }
"#,
        );
    }

    #[test]
    fn replacements() {
        check(
            RULE.code,
            r#"
local function check(text)
  local a = tostring(text):gsub("(%a+)@(%a+)", "%2 at %3")
--                                                    ^^ error: has 2 groups: `string.gsub` raises `invalid capture index`
  return text:gsub("%a", "%1%0%%9"), text:gsub("(%a)(%d)", { a = "%7" }), text:gsub("a", "%2")
--                                                                                        ^^ warning: no group
end
"#,
        );
    }

    #[test]
    fn the_other_language() {
        check(
            RULE.code,
            r#"
require("msys.pcre")
local function check(text)
  local a = text:match("^\\d+$")
--                       ^^^ warning: `\d` belongs to regular expressions: `string.match` takes a pattern of Lua, where it is a backslash that must stand in the text, and what follows it; write `%d`
  local b = text:find([[(viagra|casino)]])
--                             ^ warning: a `|` that must stand in the text; write one search for each alternative
  local c = msys.pcre.match(text, "^%d+$")
--                                  ^^ warning: `%d` belongs to patterns of Lua: `msys.pcre.match` takes a regular expression
  return a, b, c
end
"#,
        );
    }

    #[test]
    fn what_is_meant() {
        check_none(
            RULE.code,
            r#"
require("msys.pcre")
local function check(text, unknown)
  local a = text:find("[a-z", 1, true) or text:find("(", 1, unknown) or text:match(unknown) or text:match("(" .. unknown)
  local b = text:gsub("\\", "\\\\"):gsub("([^|]*)|", "%1"):gsub("%%", "%%%%"):gsub("[%c\"\\]", "")
  local c = msys.pcre.match(text, "100%") or msys.pcre.match(text, "%[A-Z]{2}") or msys.pcre.match(text, "\\d%\\w")
  return a, b, c, string.format("%d|%s", 1, "("), text:rep(2), text:match("\\n"), text:find(")", nil, true)
end
"#,
        );
    }
}
