//! ## What it does
//! Tells of rules that are registered with `"replace"`, and which rules of the project go by it. Where a later script of the
//! project augments a domain and sets an option that an earlier one has set, it informs.
//!
//! ## Why it matters
//! `"replace"` does not replace the rules of the domains in the table: it throws away every rule that there is, those that
//! Momentum brings for the large receivers included. From then on their blocks and limits go unanswered.
//!
//! ## Example
//! ```lua expect=adaptive-replace
//! require("msys.adaptive")
//! local rules = { ["mailbox.example"] = { configuration = { max_outbound_connections = 5 } } }
//! msys.adaptive.registerRules(rules, "replace")
//! ```
//! Use instead:
//! ```lua
//! require("msys.adaptive")
//! local rules = { ["mailbox.example"] = { configuration = { max_outbound_connections = 5 } } }
//! msys.adaptive.registerRules(rules, "augment")
//! ```
//!
//! ## Fix
//! Writes `"augment"`, which leaves the other rules.

use super::findings::{is_same_call, order};
use crate::adaptive::{Content, Mode, Setting, is_same_domain};
use crate::diagnostic::{Edit, Severity};
use crate::project::{Place, RegisteredRules, Script};
use crate::rules::{Fixable, Report, Rule};
use std::cmp::Ordering;

pub(crate) const RULE: Rule =
    Rule { code: "adaptive-replace", severity: Severity::Warning, since: "0.1", fixable: Fixable::Unsafe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let all = script.project().adaptive_rules();
    for registered in all.iter().filter(|registered| !registered.built_in) {
        match registered.mode {
            Some(Mode::Replace) => replaces(script, registered, all, report),
            Some(Mode::Augment) => overrides(script, registered, all, report),
            _ => {}
        }
    }
}

fn replaces(
    script: &Script<'_>,
    registered: &RegisteredRules,
    all: &[RegisteredRules],
    report: &mut Report<'_>,
) {
    let Some(span) =
        registered.mode_place.as_ref().filter(|place| place.file == script.id()).map(|place| place.span)
    else {
        return;
    };
    let domains = &registered.rules.domains;
    let left = match domains.as_slice() {
        _ if !registered.rules.complete => "the domains of this table".to_owned(),
        [] => "no domain".to_owned(),
        [only] => format!("`{}`", only.name),
        several => format!("the {} domains of this table", several.len()),
    };
    let message = format!(
        "every rule that there is goes, for all domains, those that Momentum brings included: {left} alone will have rules"
    );
    let mut finding = report.at(span, message);
    let mut seen: Vec<&RegisteredRules> = Vec::new();
    for other in all.iter().filter(|other| !is_same_call(other, registered)) {
        if seen.iter().any(|known| is_same_call(known, other)) {
            continue;
        }
        seen.push(other);
        let fate = match order(other, registered) {
            Some(Ordering::Less) => "these rules go",
            Some(_) => "these rules are registered later and stay",
            None => "these rules go, if they are registered before",
        };
        finding.related_in(other.file, other.span, fate);
    }
    if let Some(page) = script.api().adaptive().and_then(|grammar| grammar.page.as_ref()) {
        finding.page(page.as_str());
    }
    if matches!(script.text_at(span), "\"replace\"" | "'replace'") {
        finding.unsafe_fix(
            "Keep the other rules: write `\"augment\"`",
            vec![Edit::replace(span, "\"augment\"")],
        );
    }
}

/// The options that a table sets, each with its domain.
fn settings(registered: &RegisteredRules) -> impl Iterator<Item = (&str, &Setting<Place>)> {
    registered.rules.domains.iter().flat_map(|domain| {
        let settings = match &domain.content {
            Content::Own { settings, .. } => settings.as_slice(),
            _ => &[],
        };
        settings.iter().map(move |setting| (domain.name.as_str(), setting))
    })
}

/// Options that an earlier script of the project has set for the same domain.
fn overrides(
    script: &Script<'_>,
    registered: &RegisteredRules,
    all: &[RegisteredRules],
    report: &mut Report<'_>,
) {
    for (domain, setting) in settings(registered).filter(|(_, setting)| setting.place.file == script.id()) {
        let earlier = all.iter().filter(|other| {
            !other.built_in
                && !is_same_call(other, registered)
                && order(other, registered) == Some(Ordering::Less)
        });
        let overridden = earlier.flat_map(settings).filter(|(name, other)| {
            is_same_domain(name, domain) && other.option == setting.option && other.value != setting.value
        });
        let Some((_, other)) = overridden.last() else { continue };
        let message =
            format!("`{}` of `{domain}` was set before: from here on this value holds", setting.option);
        let mut finding = report.at(setting.place.span, message);
        finding.severity(Severity::Info).related_in(other.place.file, other.place.span, "it was set here");
        if let Some(page) = script.api().adaptive().and_then(|grammar| grammar.page.as_ref()) {
            finding.page(page.as_str());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::project::FileKind;
    use crate::rules::fixture::{check, check_fix, check_none, project};

    #[test]
    fn replace_is_told_however_it_is_written() {
        check(
            RULE.code,
            r#"
local adaptive = require("msys.adaptive")
local register = adaptive.registerRules
local MODE = "re" .. "place"
--           ^^^^^^^^^^^^^^^ warning: no domain alone will have rules
local rules = { ["a.example"] = { configuration = { max_outbound_connections = 5 } } }
msys.adaptive.registerRules(rules, "replace")
--                                 ^^^^^^^^^ warning: those that Momentum brings included: `a.example` alone will have rules
register({}, MODE)
local function apply(table, mode)
  adaptive.registerRules(table, mode)
end
apply(load_rules(), "replace")
--                  ^^^^^^^^^ warning: the domains of this table alone
"#,
        );
    }

    #[test]
    fn what_goes_is_shown() {
        let files = [
            (
                "/policy/main.lua",
                "require(\"msys.adaptive\")\nmsys.adaptive.registerRules({}, \"replace\")\n",
            ),
            ("/policy/first.lua", "require(\"msys.adaptive\")\nmsys.adaptive.registerRules({})\n"),
            ("/policy/later.lua", "require(\"msys.adaptive\")\nmsys.adaptive.registerRules({})\n"),
            ("/policy/unnamed.lua", "require(\"msys.adaptive\")\nmsys.adaptive.registerRules({})\n"),
        ];
        let conf = "scriptlet \"scriptlet\" {\n  script \"first\" { source = \"first\" }\n  \
                    script \"main\" { source = \"main\" }\n  script \"later\" { source = \"later\" }\n}\n";
        let mut all: Vec<(&str, FileKind, &str)> =
            files.iter().map(|(path, text)| (*path, FileKind::Lua, *text)).collect();
        all.push(("/policy/ecelerity.conf", FileKind::ServerConfiguration, conf));
        let (project, ids) = project(None, rustc_hash::FxHashMap::default(), &all);
        let findings = project.diagnostics(ids[0]);
        let [finding] = findings.iter().filter(|finding| finding.code == RULE.code).collect::<Vec<_>>()[..]
        else {
            panic!("{findings:?}");
        };
        let related: Vec<(&str, &str)> = finding
            .related
            .iter()
            .map(|related| (project.path(related.file.unwrap()).unwrap(), related.message.as_str()))
            .collect();
        assert_eq!(
            related,
            [
                ("/policy/first.lua", "these rules go"),
                ("/policy/later.lua", "these rules are registered later and stay"),
                ("/policy/unnamed.lua", "these rules go, if they are registered before"),
            ]
        );
    }

    #[test]
    fn an_option_that_is_set_again_is_told() {
        check(
            RULE.code,
            r#"
require("msys.adaptive")
local shared = { max_outbound_connections = 5, retry_interval = 60 }
msys.adaptive.registerRules({ ["a.example"] = { configuration = shared } })
msys.adaptive.registerRules({ ["A.example"] = { configuration = {
  max_outbound_connections = { 1, 5 },
--^^^^^^^^^^^^^^^^^^^^^^^^ info: `max_outbound_connections` of `A.example` was set before
  retry_interval = 60,
  max_deliveries_per_connection = 3,
} } }, "augment")
"#,
        );
    }

    #[test]
    fn augment_and_what_is_not_known_are_fine() {
        check_none(
            RULE.code,
            r#"
require("msys.adaptive")
local mode = os.getenv("MODE")
msys.adaptive.registerRules({}, mode)
msys.adaptive.registerRules({}, "augment")
msys.adaptive.registerRules({})
msys.adaptive.registerRules({}, nil)
local other = { registerRules = function(rules, mode) end }
other.registerRules({}, "replace")
"#,
        );
    }

    #[test]
    fn augment_is_offered() {
        check_fix(
            RULE.code,
            "require(\"msys.adaptive\")\nmsys.adaptive.registerRules({}, 'replace')\n",
            "require(\"msys.adaptive\")\nmsys.adaptive.registerRules({}, \"augment\")\n",
        );
    }
}
