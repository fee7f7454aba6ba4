//! ## What it does
//! Finds aliases in the rules of adaptive delivery that lead nowhere: to another alias, to themselves, or to a domain that
//! has no rules. Where only rules that come with Momentum could hold for the domain, it informs.
//!
//! ## Why it matters
//! An alias is followed once. A domain whose alias leads to another alias, or to no table, has no rules at all: its refusals
//! go unanswered while those of its sister domains are acted upon.
//!
//! ## Example
//! ```lua expect=adaptive-alias
//! require("msys.adaptive")
//! msys.adaptive.registerRules({
//!   ["mailbox.example"] = { configuration = { max_outbound_connections = { 2, 20 } } },
//!   ["post.example"] = "mailbox.example",
//!   ["mail.post.example"] = "post.example",
//! })
//! ```
//! Use instead:
//! ```lua
//! require("msys.adaptive")
//! msys.adaptive.registerRules({
//!   ["mailbox.example"] = { configuration = { max_outbound_connections = { 2, 20 } } },
//!   ["post.example"] = "mailbox.example",
//!   ["mail.post.example"] = "mailbox.example",
//! })
//! ```
//!
//! ## Fix
//! Names the domain at the end of the chain of aliases. A name that is nearly that of a domain with rules is offered, too.

use super::findings::{is_same_call, order};
use crate::adaptive::{Alias, Content, Domain, Mode, is_same_domain};
use crate::configuration::near::near_names;
use crate::diagnostic::{Edit, Severity};
use crate::project::{Place, RegisteredRules, Script};
use crate::rules::{Builder, Fixable, Report, Rule};
use std::cmp::Ordering;

pub(crate) const RULE: Rule =
    Rule { code: "adaptive-alias", severity: Severity::Error, since: "0.1", fixable: Fixable::Unsafe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let all = script.project().adaptive_rules();
    for registered in all {
        for domain in &registered.rules.domains {
            if let Content::Alias(alias) = &domain.content {
                check_alias(script, registered, domain, alias, report);
            }
        }
    }
}

fn check_alias(
    script: &Script<'_>,
    registered: &RegisteredRules,
    domain: &Domain<Place>,
    alias: &Alias<Place>,
    report: &mut Report<'_>,
) {
    let (file, span, is_verbatim) = alias.place.part(script.project(), &(0..alias.target.len()));
    if file != script.id() {
        return;
    }
    let known = Known::of(script, registered);
    let target = &alias.target;
    let page = script.api().adaptive().and_then(|grammar| grammar.page.as_ref());
    let finish = |finding: &mut Builder<'_>, meant: Option<&str>| {
        if let Some(page) = page {
            finding.page(page.as_str());
        }
        if let Some(meant) = meant.filter(|_| is_verbatim) {
            finding.unsafe_fix(format!("Name `{meant}`"), vec![Edit::replace(span, meant)]);
        }
    };
    if is_same_domain(target, &domain.name) {
        let message = format!("`{target}` is an alias of itself: it has no rules");
        finish(&mut report.at(span, message), None);
        return;
    }
    let entries: Vec<&Domain<Place>> = known.entries(target).collect();
    if let Some(entry) = entries.first() {
        // One that has rules of its own somewhere may be meant.
        let other = entries.iter().find_map(|entry| match &entry.content {
            Content::Alias(other) => Some(other),
            _ => None,
        });
        let (Some(other), true) =
            (other, entries.iter().all(|entry| matches!(entry.content, Content::Alias(_))))
        else {
            return;
        };
        let end = known.end_of(other);
        let message = format!(
            "`{target}` is an alias itself, and an alias of an alias is not followed: `{}` has no rules",
            domain.name
        );
        let mut finding = report.at(span, message);
        finding.related_in(
            entry.place.file,
            entry.place.span,
            format!("`{target}` is an alias of `{}`", other.target),
        );
        finish(&mut finding, end.as_deref());
        return;
    }
    let is_receiver = known.receivers.iter().any(|receiver| is_same_domain(receiver, target));
    if !known.complete || (is_receiver && !known.alone) {
        return;
    }
    let near = known.near(target);
    let severity =
        if known.alone || near.is_some() || is_reserved(target) { Severity::Error } else { Severity::Info };
    let message = match (severity, &near) {
        (Severity::Info, _) => format!(
            "no rules are registered for `{target}` here: `{}` has some only if those that come with Momentum name it",
            domain.name
        ),
        (_, Some(near)) => {
            format!("there are no rules for `{target}`, so `{}` has none: is `{near}` meant?", domain.name)
        }
        (_, None) => format!("there are no rules for `{target}`, so `{}` has none", domain.name),
    };
    let mut finding = report.at(span, message);
    finding.severity(severity);
    finish(&mut finding, near.as_deref());
}

/// What holds beside a registration.
struct Known<'p> {
    registrations: Vec<&'p RegisteredRules>,
    /// Domains for which Momentum has rules.
    receivers: Vec<&'p str>,
    /// Nothing else can be there: the rules that Momentum brings are thrown away, or are known.
    alone: bool,
    /// All registered domains are known.
    complete: bool,
}

impl<'p> Known<'p> {
    fn of(script: &Script<'p>, registered: &'p RegisteredRules) -> Self {
        let project = script.project();
        let all = project.adaptive_rules();
        let replaces = registered.mode == Some(Mode::Replace);
        let is_beside = |other: &&RegisteredRules| {
            let is_dropped = replaces && order(other, registered) == Some(Ordering::Less);
            !is_dropped && !is_same_call(other, registered)
        };
        let registrations: Vec<&RegisteredRules> =
            std::iter::once(registered).chain(all.iter().filter(is_beside)).collect();
        let is_built_in_known = all.iter().any(|other| other.built_in);
        let receivers = script.api().adaptive().map(|grammar| grammar.register.receivers.as_slice());
        Self {
            alone: replaces || is_built_in_known,
            complete: registrations.iter().all(|known| known.rules.complete) && registered.mode.is_some(),
            receivers: receivers.unwrap_or_default().iter().map(|name| name.as_str()).collect(),
            registrations,
        }
    }

    /// What is said of a domain: in the same table the last entry counts, and it stands before those of others.
    fn entries<'k>(&'k self, name: &'k str) -> impl Iterator<Item = &'p Domain<Place>> + use<'k, 'p> {
        self.registrations.iter().filter_map(move |known| {
            known.rules.domains.iter().rev().find(|domain| is_same_domain(&domain.name, name))
        })
    }

    /// The domain with rules to which an alias leads in the end.
    fn end_of(&self, alias: &Alias<Place>) -> Option<String> {
        const LONGEST: usize = 16;
        let mut target = alias.target.clone();
        for _ in 0..LONGEST {
            let entry = { self.entries(&target).next()? };
            match &entry.content {
                Content::Alias(next) => target = next.target.clone(),
                _ => return Some(target.to_string()),
            }
        }
        None
    }

    /// The domain with rules whose name is nearly this one, if there is just one.
    fn near(&self, name: &str) -> Option<String> {
        let own = self.registrations.iter().flat_map(|known| &known.rules.domains);
        let own = own.filter(|domain| !matches!(domain.content, Content::Alias(_)));
        let names = own.map(|domain| domain.name.as_str());
        let receivers = self.receivers.iter().copied().filter(|_| !self.alone);
        let mut near: Vec<&str> = near_names(name, names.chain(receivers));
        near.retain(|candidate| {
            let farthest = if candidate.len() >= 10 { 2 } else { 1 };
            strsim::damerau_levenshtein(&candidate.to_lowercase(), &name.to_lowercase()) <= farthest
        });
        near.dedup();
        match near.as_slice() {
            [only] => Some((*only).to_owned()),
            _ => None,
        }
    }
}

/// Whether a name is set aside for examples and tests, so that no mail ever goes there.
fn is_reserved(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
    matches!(last.as_str(), "example" | "test" | "invalid" | "localhost")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn an_alias_of_an_alias() {
        check(
            RULE.code,
            r#"
local adaptive = require("msys.adaptive")
local MAIN = "a.example"
local rules = {
  [MAIN] = { configuration = { max_outbound_connections = 5 } },
  ["b.example"] = MAIN,
-- ^^^^^^^^^^^ related: is an alias of `a.example`
  ["c.example"] = "B.example",
--                 ^^^^^^^^^ error: `B.example` is an alias itself, and an alias of an alias is not followed: `c.example` has no rules
  ["d.example"] = "d.example",
--                 ^^^^^^^^^ error: `d.example` is an alias of itself
}
for _, name in ipairs({ "e.example", "f.example" }) do
  rules[name] = "b.example"
--               ^^^^^^^^^ error: `e.example` has no rules
--               ^^^^^^^^^ error: `f.example` has no rules
end
adaptive.registerRules(rules)
"#,
        );
    }

    #[test]
    fn an_alias_of_what_is_not_there() {
        check(
            RULE.code,
            r#"
require("msys.adaptive")
msys.adaptive.registerRules({
  ["mailbox.example"] = { configuration = { max_outbound_connections = 5 } },
  ["a.example"] = "mailbxo.example",
--                 ^^^^^^^^^^^^^^^ error: there are no rules for `mailbxo.example`, so `a.example` has none: is `mailbox.example` meant?
  ["b.example"] = "elsewhere.example",
--                 ^^^^^^^^^^^^^^^^^ error: there are no rules for `elsewhere.example`, so `b.example` has none
  ["hotmail.example"] = "hotmial.com",
--                       ^^^^^^^^^^^ error: is `hotmail.com` meant?
  ["c.example"] = "someprovider.net",
--                 ^^^^^^^^^^^^^^^^ info: `c.example` has some only if those that come with Momentum name it
  ["d.example"] = "yahoo.com",
})
//- /policy/alone.lua
require("msys.adaptive")
local rules = {}
rules["x.example"] = "yahoo.com"
--                    ^^^^^^^^^ error: there are no rules for `yahoo.com`, so `x.example` has none
msys.adaptive.registerRules(rules, "replace")
"#,
        );
    }

    #[test]
    fn other_scripts_and_what_is_not_known_count() {
        check_none(
            RULE.code,
            r#"
require("msys.adaptive")
msys.adaptive.registerRules({ ["a.example"] = "shared.example" })
//- /policy/shared.lua
require("msys.adaptive")
msys.adaptive.registerRules({ ["shared.example"] = { configuration = { max_outbound_connections = 5 } } })
"#,
        );
        check_none(
            RULE.code,
            r#"
require("msys.adaptive")
local rules = { ["a.example"] = "shared.example", ["b.example"] = "a.example" .. os.getenv("X") }
for _, name in ipairs(domains()) do
  rules[name] = { configuration = { max_outbound_connections = 5 } }
end
msys.adaptive.registerRules(rules)
"#,
        );
        check_none(
            RULE.code,
            r#"
require("msys.adaptive")
local rules = load_rules()
rules["a.example"] = "b.example"
msys.adaptive.registerRules(rules)
"#,
        );
    }

    #[test]
    fn through_files_and_momentums_own_rules() {
        check(
            RULE.code,
            r#"
require("msys.adaptive")
local rules = require("site_rules")
msys.adaptive.registerRules(rules, "augment")
//- /policy/site_rules.lua
local rules = { ["a.example"] = { configuration = { max_outbound_connections = 5 } } }
rules["b.example"] = "post.example"
--                    ^^^^^^^^^^^^ error: `post.example` is an alias itself
rules["c.example"] = "gone.net"
--                    ^^^^^^^^ error: there are no rules for `gone.net`
return rules
//- /policy/msys/adaptive_rules.lua
module("msys.adaptive_rules", package.seeall)
Rules = {
  ["mailbox.example"] = { configuration = { max_outbound_connections = 5 } },
  ["post.example"] = "mailbox.example",
}
"#,
        );
    }

    #[test]
    fn the_end_of_the_chain_is_offered() {
        let head =
            "require(\"msys.adaptive\")\nlocal settings = { configuration = { retry_interval = 60 } }\n";
        let call = |aliases: &str| {
            format!("{head}msys.adaptive.registerRules({{ [\"main.example\"] = settings, {aliases} }})\n")
        };
        check_fix(
            RULE.code,
            &call("[\"b.example\"] = \"main.example\", [\"c.example\"] = 'b.example'"),
            &call("[\"b.example\"] = \"main.example\", [\"c.example\"] = 'main.example'"),
        );
        check_fix(
            RULE.code,
            &call("[\"c.example\"] = \"mian.example\""),
            &call("[\"c.example\"] = \"main.example\""),
        );
    }
}
