//! ## What it does
//! Finds uses of functions, fields and constants of the API that are deprecated.
//!
//! ## Why it matters
//! They may go with the next version of Momentum; the message says what to use instead. What the version that the policy
//! is for does not have any more is told by `unavailable-api` alone.
//!
//! ## Example
//! ```lua expect=deprecated-api
//! local names = { "a", "b" }
//! print(table.getn(names))
//! ```
//! Use instead:
//! ```lua
//! local names = { "a", "b" }
//! print(#names)
//! ```
//!
//! ## Fix
//! Where only the name is another, writes the new one. Unsafe: the old function may have differed in details.

use super::place::name_span;
use crate::diagnostic::{Edit, Severity, Tag};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::library;
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::{Function, Text};

pub(crate) const RULE: Rule =
    Rule { code: "deprecated-api", severity: Severity::Warning, since: "0.1", fixable: Fixable::Unsafe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for (expression, member) in script.analysis().members.iter() {
        let Some(member) = library::resolve(script.api(), member) else { continue };
        let about = member.about();
        let Some(instead) = about.deprecated.as_ref().filter(|_| about.available_in(script.target())) else { continue };
        let text = instead.trim_end_matches('.');
        let message = if text.is_empty() {
            format!("`{}` is deprecated", member.name())
        } else {
            format!("`{}` is deprecated: {text}", member.name())
        };
        let span = name_span(script, expression);
        let mut finding = report.at(span, message);
        finding.page_of(about).tag(Tag::Deprecated);
        // Through a local the name is not written here.
        if script.text_at(span) == member.member()
            && let Some(name) = new_name(script, member, text)
        {
            finding.unsafe_fix(format!("Use `{name}`"), vec![Edit::replace(span, name)]);
        }
    }
}

/// What a member is called now, if the text names a function beside it with the same parameters and nothing else.
fn new_name<'a>(script: &Script<'_>, member: Member<'_>, text: &'a str) -> Option<&'a str> {
    let text = text.strip_prefix("use ").or(text.strip_prefix("Use ")).unwrap_or(text);
    let path = text.strip_prefix('`')?.strip_suffix('`')?;
    let (owner, name) = path.rsplit_once('.').unwrap_or((member.owner(), path));
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if owner != member.owner() || !is_name {
        return None;
    }
    let function = if owner.is_empty() { script.api().global(name) } else { script.api().member(owner, name) };
    let (new, old) = (function?.function()?, member.function()?);
    let params = |function: &'_ Function| -> Vec<Text> {
        function.signature.params.iter().map(|param| param.name.clone()).collect()
    };
    (new.kind == old.kind && params(new) == params(old)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn a_new_name_is_put_in() {
        check_fix(
            RULE.code,
            r#"
for word in string.gfind("a b", "%a") do print(word, ("x"):gfind("y"), math.mod(3, 2)) end
"#,
            r#"
for word in string.gmatch("a b", "%a") do print(word, ("x"):gmatch("y"), math.fmod(3, 2)) end
"#,
        );
    }

    #[test]
    fn what_the_version_does_not_have_is_told_once() {
        check(
            RULE.code,
            r#"
// target=3.6
require("msys.policyeditor")
print(msys.policyeditor.get_rcptto({}, {}, {}))
--                      ^^^^^^^^^^ is deprecated: use `msg:rcptto()`
"#,
        );
        check_none(
            RULE.code,
            r#"
// target=5.4
require("msys.policyeditor")
print(msys.policyeditor.get_rcptto({}, {}, {}))
"#,
        );
    }

    #[test]
    fn through_an_alias() {
        check(
            RULE.code,
            r#"
local each = table.foreach
--                 ^^^^^^^ `table.foreach` is deprecated
"#,
        );
    }
}
