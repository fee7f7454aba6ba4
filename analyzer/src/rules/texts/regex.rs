//! ## What it does
//! Finds regular expressions that do not compile, and, as a hint, `.` without a backslash in what is plainly a domain name
//! or an address.
//!
//! ## Why it matters
//! Momentum reads a regular expression when it is used, and says nothing of one that is wrong: `msys.pcre.match` gives
//! nil, as if nothing matched. `.` stands for any character, so that `example.com` lets `exampleXcom` through.
//!
//! ## Example
//! ```lua expect=regex
//! require("msys.pcre")
//!
//! local function from_partner(domain)
//!   return msys.pcre.match(domain, "*.partner.example")
//! end
//! ```
//! Use instead:
//! ```lua
//! require("msys.pcre")
//!
//! local function from_partner(domain)
//!   return msys.pcre.match(domain, "\\.partner\\.example$")
//! end
//! ```
//!
//! ## Fix
//! Puts the backslash before the `.` of a domain name. Look whether any character is meant.

use super::foreign::{self, Foreign};
use super::passed::{Passed, Text, passed};
use crate::diagnostic::{Edit, Severity};
use crate::pcre::{self, Flags, Item, ItemKind, PatternError};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::Span;
use std::ops::Range;

pub(crate) const RULE: Rule =
    Rule { code: "regex", severity: Severity::Error, since: "0.1", fixable: Fixable::Unsafe };

/// The alias of the stubs for regular expressions.
const LANGUAGE: &str = "pcre_pattern";
/// PCRE's number for a quantifier behind nothing.
const NOTHING_TO_REPEAT: u32 = 9;

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let mut told: Vec<Span> = Vec::new();
    for call in passed(script, LANGUAGE) {
        for text in &call.texts {
            match pcre::compile(&text.value, Flags::MSYS_PCRE) {
                // Whether a pattern of bytes is taken depends on how Momentum was built.
                Err(error) if error.code == pcre::INVALID_UTF8 => {}
                Err(error) => {
                    let span = text.span(script, error.range.clone());
                    if !told.contains(&span) {
                        told.push(span);
                        broken(script, &call, text, &error, report);
                    }
                }
                Ok(_) => {
                    let whole = text.span(script, 0..text.value.len());
                    if !told.contains(&whole) {
                        told.push(whole);
                        names(script, text, report);
                    }
                }
            }
        }
    }
}

fn broken(
    script: &Script<'_>,
    call: &Passed<'_>,
    text: &Text,
    error: &PatternError,
    report: &mut Report<'_>,
) {
    let name = &call.function.name;
    let whole = if text.is_literal {
        String::new()
    } else {
        format!(" `{}`", String::from_utf8_lossy(&text.value))
    };
    let message = format!(
        "the regular expression{whole} does not compile: {}; `{name}` fails on every text",
        error.message
    );
    let mut finding = report.at(text.span(script, error.range.clone()), message);
    finding.page_of(&call.function.about);
    if error.code == pcre::INVALID_RANGE {
        finding.severity(Severity::Warning);
        finding.note("PCRE takes the hyphen as it stands up to 8.33 and rejects the class from 8.34 on: put the hyphen last");
    }
    if error.code == NOTHING_TO_REPEAT && text.value.starts_with(b"*") {
        finding.note("`*` repeats what stands before it; any text is `.*`");
    }
    if let Some(Foreign { found, instead, .. }) = text.as_str().and_then(foreign::lua_in_pcre) {
        finding.note(format!("`{found}` belongs to patterns of Lua; in a regular expression write `{instead}`"));
    }
}

/// `.` in names and addresses.
fn names(script: &Script<'_>, text: &Text, report: &mut Report<'_>) {
    let Some(pattern) = text.as_str() else { return };
    let items = pcre::items(pattern);
    for name in runs(&items) {
        let dots = name.iter().filter(|item| item.kind == ItemKind::Any);
        let dots: Vec<Range<usize>> = dots.map(|item| item.range.clone()).collect();
        let (Some(first), Some(last)) = (name.first(), name.last()) else { continue };
        let bytes = first.range.start..last.range.end;
        let before = items.iter().take_while(|item| item.range.start < bytes.start).last();
        let after_at = before.is_some_and(|item| item.kind == ItemKind::Literal('@'));
        if dots.is_empty() || !is_name_or_address(name, after_at) {
            continue;
        }
        let written = pattern.get(bytes.clone()).unwrap_or_default();
        let escaped = escape(written, &dots, bytes.start);
        let matched: String = name.iter().map(|item| if item.kind == ItemKind::Any { 'X' } else { letter(item) }).collect();
        let message = format!("`.` matches any character: `{written}` matches `{matched}`, too; `{escaped}` is the name alone");
        let message = if name.iter().all(|item| !letter(item).is_ascii_alphabetic()) {
            message.replace("is the name alone", "is the address alone")
        } else {
            message
        };
        let mut finding = report.at(text.span(script, bytes), message);
        finding.severity(Severity::Info);
        if text.is_literal {
            let backslash = if script.text_at(script.span(text.written)).starts_with('[') { "\\" } else { "\\\\" };
            let edits = dots.iter().map(|dot| {
                let at = text.span(script, dot.clone()).start;
                Edit::replace(Span::empty(at), backslash)
            });
            finding.unsafe_fix("Put a backslash before the `.`", edits.collect());
        }
    }
}

/// Characters and `.` that follow each other, each standing for exactly one character.
fn runs(items: &[Item]) -> Vec<&[Item]> {
    let in_name = |item: &Item| match item.kind {
        ItemKind::Any => true,
        ItemKind::Literal(letter) => letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.'),
        _ => false,
    };
    let repeated = |index: usize| items.get(index + 1).is_some_and(|next| next.kind == ItemKind::Quantifier);
    let mut runs = Vec::new();
    let mut start = 0;
    for (index, item) in items.iter().enumerate() {
        if !in_name(item) || repeated(index) {
            runs.extend(items.get(start..index).filter(|run| !run.is_empty()));
            start = index + 1;
        }
    }
    runs.extend(items.get(start..).filter(|run| !run.is_empty()));
    runs
}

/// The character that an item stands for; a name's `.` for `.`.
fn letter(item: &Item) -> char {
    match item.kind {
        ItemKind::Literal(letter) => letter,
        _ => '.',
    }
}

/// Ends of names that are no words as well.
const ENDS: &[&str] = &["com", "net", "org", "edu", "gov", "arpa", "localdomain"];
/// Ends of names that are words, too: they tell a name only behind `@`.
const WORDS: &[&str] = &["mil", "info", "biz", "example", "invalid", "test", "name"];

/// `example.com`, `example.co.uk`, behind `@` also `example.de`; `192.0.2.1`. Each part between dots counts, whether the
/// dot has a backslash or not.
fn is_name_or_address(run: &[Item], after_at: bool) -> bool {
    let text: String = run.iter().map(letter).collect();
    let text = text.strip_prefix('.').unwrap_or(&text);
    let labels: Vec<&str> = text.split('.').collect();
    let number = |label: &&str| !label.is_empty() && label.len() <= 3 && label.bytes().all(|byte| byte.is_ascii_digit());
    if labels.len() == 4 && labels.iter().all(number) {
        return true;
    }
    let [before @ .., last] = labels.as_slice() else { return false };
    let label = |label: &&str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    let country = last.len() == 2 && last.bytes().all(|byte| byte.is_ascii_lowercase());
    let known = ENDS.contains(last)
        || (after_at && WORDS.contains(last))
        || (country && (after_at || before.last().is_some_and(|label| matches!(*label, "co" | "com" | "org" | "ac"))));
    known && before.last().is_some_and(|label| label.len() >= 2) && before.iter().all(label)
}

/// The pattern's text with a backslash before each of those dots, which are counted from `start`.
fn escape(written: &str, dots: &[Range<usize>], start: usize) -> String {
    let mut escaped = String::new();
    for (index, character) in written.char_indices() {
        if dots.iter().any(|dot| dot.start == start + index) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn the_place_inside_the_literal() {
        check(
            RULE.code,
            r#"
require("msys.pcre")
require("msys.extended.message")
local core = require("msys.core")
local pcre = msys.pcre
local BAD = [[^(?:re|fwd:\s*]]
--             ^ error: missing )
local mod = {}
function mod:validate_data(msg, accept, vctx)
  local subject = tostring(msg:header("Subject")[1])
  if pcre.match(subject, "\\d{3}\065(?P<x>[a-z)") then
--                                        ^ error: does not compile: missing terminating ] for character class; `msys.pcre.match` fails on every text
    return core.VALIDATE_DONE
  end
  if msys.pcre.match(subject, BAD) or msg:text_match('*free*') then
--                                                    ^ error: nothing to repeat; `msg:text_match` fails
    return core.VALIDATE_DONE
  end
  local parts = msys.pcre.split(subject, [==[
[z-a]]==])
-- ^ error: range out of order
  msg:body_replace("a)", "b")
--                   ^ unmatched parentheses
  return core.VALIDATE_CONT
end
"#,
        );
    }

    #[test]
    fn through_helper_functions_and_concatenation() {
        check(
            RULE.code,
            r#"
require("msys.pcre")
local function matches(text, pattern)
  return msys.pcre.match(text, pattern)
end
local PREFIX = "^(?:"
local function check(text)
  return matches(text, "a|b)c") or matches(text, "a|b") or msys.pcre.match(text, PREFIX .. "a|b")
--                         ^ error: unmatched parentheses
--                                                                               ^^^^^^^^^^^^^^^ error: `^(?:a|b` does not compile: missing )
end
return { check = check }
"#,
        );
    }

    #[test]
    fn in_a_field_of_the_table_that_is_passed() {
        check(
            RULE.code,
            r#"
// target=3.6
require("msys.policyeditor")
local ctx, vars = {}, {}
local params = { subject = "a", pattern = "b)" }
--                                          ^ error: `msys.policyeditor.pcre_match` fails
local a = msys.policyeditor.pcre_match(ctx, vars, { subject = "a@b", pattern = "(\\w+" })
--                                                                              ^ error: missing )
local b = msys.policyeditor.pcre_match(ctx, vars, params)
local c = msys.policyeditor.pcre_match(ctx, vars, { ["pattern"] = "[a", subject = vars.sender })
--                                                                 ^ error: missing terminating ]
"#,
        );
        check_none(
            RULE.code,
            r#"
// target=3.6
require("msys.policyeditor")
local a = msys.policyeditor.pcre_match({}, {}, { subject = "(", pattern = "^a$" })
local b = msys.policyeditor.pcre_match({}, {}, site_params)
"#,
        );
    }

    #[test]
    fn a_class_that_versions_of_pcre_take_differently_is_a_warning() {
        check(
            RULE.code,
            r#"
require("msys.pcre")
local function check(text) return msys.pcre.match(text, "^[a-z_-\\d]+$") end
--                                                             ^^^^ warning: invalid range in character class
"#,
        );
    }

    #[test]
    fn what_pcre_1_takes() {
        check_none(
            RULE.code,
            r#"
require("msys.pcre")
local function check(text, unknown)
  local any = msys.pcre.match(text, "^[\\w-\\.]+@[\\w-.]+$") or msys.pcre.match(text, "\\i{,3}")
  any = any or msys.pcre.match(text, [[(?i)(?<year>\d{4})-\k<year>]]) or msys.pcre.match(text, unknown)
  any = any or msys.pcre.match(text, "(" .. unknown) or text:match("[a-z") or msys.pcre.match(text, "\233(")
  return any
end
"#,
        );
    }

    #[test]
    fn names_whose_dots_match_anything() {
        check(
            RULE.code,
            r#"
require("msys.pcre")
local function check(text)
  local a = msys.pcre.match(text, "@example.com$")
--                                  ^^^^^^^^^^^ info: `.` matches any character: `example.com` matches `exampleXcom`, too; `example\.com` is the name alone
  local b = msys.pcre.match(text, [[^192.0.2.1$]])
--                                   ^^^^^^^^^ info: is the address alone
  local c = msys.pcre.match(text, "mail\\.example.org")
--                                 ^^^^^^^^^^^^^^^^^^
  local d = msys.pcre.match(text, "@firma.de$")
--                                  ^^^^^^^^
end
"#,
        );
        check_none(
            RULE.code,
            r#"
require("msys.pcre")
local function check(text)
  local a = msys.pcre.match(text, "@example\\.com$")
  local b = msys.pcre.match(text, "^.*.com$") or msys.pcre.match(text, ".com$") or msys.pcre.match(text, "a.b.c")
  local c = msys.pcre.match(text, "to.be.or.not") or msys.pcre.match(text, "example.+com") or msys.pcre.match(text, "free.info.?")
  local d = msys.pcre.match(text, "[example.com]") or msys.pcre.match(text, "192.0.2") or text:match("example.com")
  return a or b or c or d
end
"#,
        );
    }

    #[test]
    fn the_backslash_is_written_as_the_literal_wants_it() {
        check_fix(
            RULE.code,
            r#"
require("msys.pcre")
local a = msys.pcre.match(text, "@mail.example.com$")
local b = msys.pcre.match(text, [[@example.com$]])
"#,
            r#"
require("msys.pcre")
local a = msys.pcre.match(text, "@mail\\.example\\.com$")
local b = msys.pcre.match(text, [[@example\.com$]])
"#,
        );
    }
}
