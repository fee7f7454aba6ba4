//! ## What it does
//! Reports a backslash in a string before a letter or a special character of patterns that it means nothing with.
//!
//! ## Why it matters
//! The engine drops such a backslash without a word: `"\d"` is the string `d`, and `"example\.com"` is `example.com`,
//! in which the dot of a regular expression stands for any character. A backslash for a regular expression is
//! written twice, or the string is written in long brackets, `[[\d+]]`. Lua's own patterns use `%`.
//!
//! ## Example
//! ```lua expect=lua/bad_string_escape
//! require("msys.pcre")
//!
//! local function is_ours(domain)
//!   return msys.pcre.match(domain, "^mx\d+\.example\.com$")
//! end
//! ```
//! Use instead:
//! ```lua
//! require("msys.pcre")
//!
//! local function is_ours(domain)
//!   return msys.pcre.match(domain, [[^mx\d+\.example\.com$]])
//! end
//! ```

use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::Span;

pub(crate) const RULE: Rule = Rule {
    code: "lua/bad_string_escape",
    severity: Severity::Warning,
    since: "0.1",
    fixable: Fixable::Unsafe,
};

/// Characters that patterns give a meaning to, and give another one behind a backslash.
const OF_PATTERNS: &str = ".*+?()[]{}|^$";

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let text = script.text();
    for found in script.general("bad_string_escape") {
        let start = found.span.start;
        let mut rest = text.get(start as usize..).unwrap_or_default().chars();
        let (Some('\\'), Some(escaped)) = (rest.next(), rest.next()) else { continue };
        // The engine knows these two; selene does not.
        let known = matches!(escaped, 'x' | 'u');
        if known || !(escaped.is_ascii_alphabetic() || OF_PATTERNS.contains(escaped)) {
            continue;
        }
        report
            .at(
                Span::new(start, start + 2),
                format!("`\\{escaped}` is no escape of strings: the backslash vanishes, `{escaped}` remains"),
            )
            .note("for a regular expression, write the backslash twice or the string in long brackets")
            .unsafe_fix("Write the backslash twice", vec![Edit::insert(start, "\\")]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn letters_and_characters_of_patterns() {
        check(
            RULE.code,
            r#"
local digits = "é\d+\r\n\\d"
--               ^^ warning: the backslash vanishes, `d` remains
local host = 'mx\.example\.com'
--              ^^ `\.`
--                       ^^
local zap = "\z"
--           ^^
"#,
        );
        check_fix(RULE.code, r#"local digits = "\d+""#, r#"local digits = "\\d+""#);
    }

    #[test]
    fn the_engines_own_escapes_and_harmless_ones() {
        check_none(RULE.code, r#"local text = "\x41\u00a3\u01F600\065\t\\ \" \' \/ \-""#);
        check_none(RULE.code, "local text = \"a\\\nb\\\r\nc\"\n");
        check_none(RULE.code, r"local text = [[\d+]] -- \d");
    }
}
