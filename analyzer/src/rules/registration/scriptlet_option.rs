//! ## What it does
//! Reports options of the `scriptlet` stanza and of its `script` stanzas that do not exist, and values of the wrong kind.
//!
//! ## Why it matters
//! A misspelt option leaves the default in place; a value that the option does not take makes the server reject the
//! configuration, or read something else than was meant.
//!
//! ## Example
//! ```ecelerity expect=scriptlet-option
//! alerting {}
//! scriptlet "scriptlet" {
//!   gc_pauze = 200
//!   script_ttl = "5 minutes"
//!   script "boot" {
//!     source = "msys.boot"
//!   }
//! }
//! ```
//! Use instead:
//! ```ecelerity
//! alerting {}
//! scriptlet "scriptlet" {
//!   gc_pause = 200
//!   script_ttl = 300
//!   script "boot" {
//!     source = "msys.boot"
//!   }
//! }
//! ```

use super::loading;
use crate::configuration::ecelerity::{Value, Word};
use crate::configuration::includes::{ConfiguredOption, Place};
use crate::configuration::near::did_you_mean;
use crate::diagnostic::Severity;
use crate::project::ServerConfiguration;
use crate::rules::{Fixable, Report, Rule};
use momentum_lua_stub_reader::model::ConfigurationOption;

pub(crate) const RULE: Rule =
    Rule { code: "scriptlet-option", severity: Severity::Warning, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(server: &ServerConfiguration<'_>, report: &mut Report<'_>) {
    for scriptlet in &server.policy().scriptlets {
        for option in &scriptlet.options {
            check_option(server, "scriptlet", option, report);
        }
        for option in scriptlet.scripts.iter().flat_map(|script| &script.options) {
            check_option(server, "script", option, report);
        }
        for scope in &scriptlet.other_scopes {
            let known = server.project().api().server().map_or(&[][..], |facts| &facts.scopes);
            let inside = known.iter().filter(|scope| scope.inside.iter().any(|outer| outer == "scriptlet"));
            let meant = did_you_mean(&scope.text, inside.map(|scope| scope.name.as_str()));
            at(server, &scope.place, format!("a `scriptlet` stanza has no `{}` in it{meant}", scope.text), report);
        }
    }
}

fn at(server: &ServerConfiguration<'_>, place: &Place, message: String, report: &mut Report<'_>) {
    if let Some((file, span)) = server.place(place) {
        report.in_file(file, span, message).page(loading::SCRIPTLET_PAGE);
    }
}

fn check_option(
    server: &ServerConfiguration<'_>,
    scope: &str,
    option: &ConfiguredOption,
    report: &mut Report<'_>,
) {
    let api = server.project().api();
    let name = option.key.text.to_ascii_lowercase();
    let Some(known) = api.option(scope, &name) else {
        let options = api.options();
        let names = options.iter().filter(|known| known.scopes.iter().any(|inside| inside == scope));
        let meant = did_you_mean(&name, names.map(|known| known.name.as_str()));
        let message = format!("a `{scope}` stanza has no option `{}`{meant}", option.key.text);
        at(server, &option.key_place(), message, report);
        return;
    };
    let Some(wanted) = option.value.as_ref().and_then(|value| mismatch(known, value)) else { return };
    if let Some((file, span)) = server.place(&option.value_place()) {
        let message = format!("`{}` takes {wanted}", known.name);
        report.in_file(file, span, message).page_of(&known.about);
    }
}

/// What an option takes, where that is not what it is set to.
fn mismatch(option: &ConfigurationOption, value: &Value) -> Option<String> {
    let word = value.as_word();
    let is_number = |word: &Word| word.as_integer().is_some() || word.text.parse::<f64>().is_ok();
    let unit = option.unit.as_deref().map_or(String::new(), |unit| format!(" of {unit}"));
    let (fits, wanted) = match option.kind.as_str() {
        "boolean" => (word.is_some_and(|word| word.as_bool().is_some()), "`true` or `false`".to_owned()),
        "number" if option.unit.as_deref() == Some("percent") => {
            (word.is_some_and(is_number), "a number, the percentage".to_owned())
        }
        "number" => (word.is_some_and(is_number), format!("a number{unit}")),
        "string" => (word.is_some(), "one word or string, not a list".to_owned()),
        _ => (true, String::new()),
    };
    if !fits {
        return Some(wanted);
    }
    let is_listed = option.values.is_empty()
        || word.is_none_or(|word| option.values.iter().any(|known| known.eq_ignore_ascii_case(&word.text)));
    (!is_listed).then(|| {
        let values: Vec<String> = option.values.iter().map(|value| format!("`{value}`")).collect();
        format!("one of {}", values.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn unknown_options_and_wrong_kinds() {
        check(
            RULE.code,
            r#"
//- /etc/ecelerity.conf
scriptlet "scriptlet" {
  GC_Evry = 20
# ^^^^^^^ warning: a `scriptlet` stanza has no option `GC_Evry`, did you mean `gc_every`?
  gc_pause = often
#            ^^^^^ warning: `gc_pause` takes a number, the percentage
  script_ttl = "5 minutes"
#              ^^^^^^^^^^^ `script_ttl` takes a number of seconds
  use_reusable_thread = "yes please"
#                       ^^^^^^^^^^^^ `use_reusable_thread` takes `true` or `false`
  gc_threadpool = ( "a" "b" )
#                 ^^^^^^^^^^^ `gc_threadpool` takes one word or string
  scripts "limits" { source = "limits" }
# ^^^^^^^ a `scriptlet` stanza has no `scripts` in it, did you mean `script`?
  script "boot" {
    sorce = "msys.boot"
#   ^^^^^ a `script` stanza has no option `sorce`, did you mean `source`?
    gc_pause = 200
#   ^^^^^^^^ a `script` stanza has no option `gc_pause`
    source = ( "a" "b" )
#            ^^^^^^^^^^^ `source` takes one word
  }
}
"#,
        );
    }

    #[test]
    fn what_is_documented_is_fine() {
        check_none(
            RULE.code,
            r#"
//- /etc/ecelerity.conf
scriptlet "scriptlet" {
  enabled = true
  debug_level = DEBUG
  Always_GC = off
  gc_every = 20
  gc_pause = "200"
  gc_stepmul = 300
  gc_step_on_recycle = true
  gc_step_on_trash_state = false
  gc_threadpool = "gc"
  gc_trace_thresh = 2147483647
  max_uses_per_thread = 5000
  reap_interval = 13
  script "boot" { Source = "msys.boot" }
}
"#,
        );
    }
}
