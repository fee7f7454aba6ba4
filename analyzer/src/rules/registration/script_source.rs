//! ## What it does
//! Reports the `source` of a `script` stanza that ends in `.lua`, or for which there is no file.
//!
//! ## Why it matters
//! In a source `.` divides folders as `/` does. For `inbound/limits.lua` the server looks for the file `lua.lua` in the
//! folder `inbound/limits`: "Unable to open '…/inbound/limits/lua.lua', errno=2 No such file or directory", and the
//! configuration is not applied.
//!
//! Scripts that come with Momentum (`msys.…`) are taken for granted. That a file is missing is reported only where the
//! policy tree has the folder that scripts are loaded from.
//!
//! ## Example
//! ```ecelerity with-next file=/etc/ecelerity.conf expect=script-source
//! alerting {}
//! scriptlet "scriptlet" {
//!   script "limits" {
//!     source = "inbound/limits.lua"
//!   }
//! }
//! ```
//! ```lua file=/etc/conf/global/inbound/limits.lua
//! msys.registerModule("limits", { init = function() return true end })
//! ```
//! Use instead:
//! ```ecelerity with-next file=/etc/ecelerity.conf
//! alerting {}
//! scriptlet "scriptlet" {
//!   script "limits" {
//!     source = "inbound/limits"
//!   }
//! }
//! ```
//! ```lua file=/etc/conf/global/inbound/limits.lua
//! msys.registerModule("limits", { init = function() return true end })
//! ```
//!
//! ## Fix
//! Takes `.lua` away. Safe: the server never finds the file with it.

use super::loading;
use crate::configuration::near::near_names;
use crate::configuration::scriptlets::{Named, Script};
use crate::configuration::search_path::comes_with_momentum;
use crate::diagnostic::{Edit, Severity};
use crate::project::ServerConfiguration;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::Span;

pub(crate) const RULE: Rule =
    Rule { code: "script-source", severity: Severity::Error, since: "0.1", fixable: Fixable::Safe };

/// The page that says how a source is written.
const PAGE: &str = "momentum/4/4-implementing-policy-scriptlets";

pub(crate) fn check(server: &ServerConfiguration<'_>, report: &mut Report<'_>) {
    for stanza in server.policy().scripts() {
        let Some(source) = &stanza.source else {
            if let Some((file, span)) = server.place(&stanza.head).filter(|_| stanza.options.is_empty()) {
                let message = "this stanza loads nothing: it has no `source`";
                report.in_file(file, span, message).page(loading::SCRIPTLET_PAGE);
            }
            continue;
        };
        if server.script_file(stanza).is_some() || comes_with_momentum(&source.text) {
            continue;
        }
        if stanza.has_extension() {
            with_extension(server, source, report);
        } else if is_tree_known(server, stanza) {
            not_found(server, stanza, source, report);
        }
    }
}

fn with_extension(server: &ServerConfiguration<'_>, source: &Named, report: &mut Report<'_>) {
    let Some((file, span)) = server.place(&source.place) else { return };
    let path = source.text.replace('.', "/");
    let message = format!("`.` divides folders here: the server looks for `{path}.lua` and cannot load the script");
    let mut finding = report.in_file(file, span, message);
    finding.page(PAGE);
    let written = server.project().text(file).map_or("", |text| span.text(text));
    if let Some(at) = written.rfind(".lua") {
        let start = span.start + crate::syntax::offset_u32(at);
        finding.safe_fix("Leave out `.lua`", vec![Edit::replace(Span::new(start, start + 4), "")]);
    }
}

fn not_found(server: &ServerConfiguration<'_>, stanza: &Script, source: &Named, report: &mut Report<'_>) {
    let Some((file, span)) = server.place(&source.place) else { return };
    let sources = known_sources(server, stanza);
    let near: Vec<String> =
        near_names(&source.text.replace('.', "/"), sources.iter().map(String::as_str)).into_iter().map(|name| format!("`{name}`")).collect();
    let meant = if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) };
    let message = format!("the server finds no file for `{}`, and cannot load the script{meant}", source.text);
    let mut finding = report.in_file(file, span, message);
    finding.page(PAGE);
    let candidates = server.candidates(stanza);
    if !candidates.is_empty() {
        finding.note(format!("none of these is there: {}", candidates.join(", ")));
    }
}

/// The folders that sources start from.
fn folders(server: &ServerConfiguration<'_>, stanza: &Script) -> Vec<String> {
    let Some(source) = &stanza.source else { return Vec::new() };
    let file = format!("{}.lua", source.text.replace('.', "/"));
    let candidates = server.candidates(stanza);
    candidates.iter().filter_map(|path| path.strip_suffix(&file)).map(str::to_owned).collect()
}

/// Whether the policy tree holds the scripts of this configuration, so that one that is not there is missing.
fn is_tree_known(server: &ServerConfiguration<'_>, stanza: &Script) -> bool {
    let is_found = |other: &Script| server.script_file(other).is_some();
    if server.policy().scripts().any(is_found) {
        return true;
    }
    let is_working_copy = |folder: &&String| folder.ends_with("/global/") || folder.ends_with("/default/");
    let folders = folders(server, stanza);
    let mut copies = folders.iter().filter(is_working_copy);
    copies.any(|folder| server.project().scripts().any(|script| script.path().starts_with(folder.as_str())))
}

/// What could be written as a source, for the scripts of the tree.
fn known_sources(server: &ServerConfiguration<'_>, stanza: &Script) -> Vec<String> {
    let folders = folders(server, stanza);
    let scripts = server.project().scripts();
    let mut sources: Vec<String> = scripts
        .filter_map(|script| {
            let below = folders.iter().find_map(|folder| script.path().strip_prefix(folder.as_str()))?;
            below.strip_suffix(".lua").map(str::to_owned)
        })
        .collect();
    sources.sort();
    sources.dedup();
    sources
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn extensions_and_missing_files() {
        check(
            RULE.code,
            r#"
//- /etc/ecelerity.conf
alerting {}
scriptlet "scriptlet" {
  script "boot" { source = "msys.boot" }
  script "limits" { source = "inbound/limits.lua" }
#                            ^^^^^^^^^^^^^^^^^^^^ error: the server looks for `inbound/limits/lua.lua` and cannot load the script
  script "recipients" { source = inbound.recipient }
#                                ^^^^^^^^^^^^^^^^^ error: finds no file for `inbound.recipient`, and cannot load the script; did you mean `inbound/recipients`?
  script "nothing" {}
# ^^^^^^^^^^^^^^^^ error: this stanza loads nothing: it has no `source`
  script "absolute" { source = '/opt/site/x.lua' }
#                              ^^^^^^^^^^^^^^^^^ looks for `/opt/site/x/lua.lua`
}
//- /etc/conf/global/inbound/recipients.lua
local mod = {}
"#,
        );
    }

    #[test]
    fn sources_that_are_found_or_may_be() {
        check_none(
            RULE.code,
            r#"
//- /etc/ecelerity.conf
scriptlet "scriptlet" {
  script "a" { source = "inbound/a" }
  script "b" { source = "inbound.b" }
  script "c" { source = "c" }
  script "odd" { source = "odd.lua" }
  script "editor" { source = "policy.policyeditor" }
  script "adaptive" { source = "msys/adaptive" }
}
//- /etc/conf/global/inbound/a.lua
local a = {}
//- /etc/conf/default/inbound/b.lua
local b = {}
//- /etc/c.lua
local c = {}
//- /etc/conf/default/odd/lua.lua
local odd = {}
"#,
        );
        check_none(
            RULE.code,
            r#"
//- /etc/ecelerity.conf
scriptlet "scriptlet" {
  script "elsewhere" { source = "site/elsewhere" }
}
//- /policy/other.lua
local other = {}
"#,
        );
    }

    #[test]
    fn the_fix_leaves_the_extension_out() {
        check_fix(
            RULE.code,
            r#"
//- /etc/ecelerity.conf
scriptlet "scriptlet" {
  script "a" { source = "inbound/a.lua" }
  script "b" { source = b.lua }
}
"#,
            r#"
//- /etc/ecelerity.conf
scriptlet "scriptlet" {
  script "a" { source = "inbound/a" }
  script "b" { source = b }
}
"#,
        );
    }
}
