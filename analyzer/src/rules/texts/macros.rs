//! ## What it does
//! Finds macros that `msys.expandMacro` does not know, and context variables that are read although nothing sets them.
//!
//! ## Why it matters
//! A macro with a misspelt namespace or name does not become what it should: the text goes on without the value. A
//! context variable that nothing sets is the empty text: comparisons with it fail without a word.
//!
//! ## Example
//! ```lua expect=macro
//! local mod = {}
//! function mod:validate_mailfrom(str, accept, vctx)
//!   print("ehlo", msys.expandMacro("%{vctx_con:ehlo_string}"))
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("greeting", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//! function mod:validate_mailfrom(str, accept, vctx)
//!   print("ehlo", msys.expandMacro("%{vctx_conn:ehlo_string}"))
//!   return msys.core.VALIDATE_CONT
//! end
//! msys.registerModule("greeting", mod)
//! ```

use super::context_reads;
use super::passed::{Passed, Text, passed};
use crate::configuration::near::{did_you_mean, near_names};
use crate::diagnostic::{Edit, Severity};
use crate::macro_text::{self, MacroUse};
use crate::project::Script;
use crate::project::context_variables::Dictionary;
use crate::rules::{Fixable, Report, Rule};
use momentum_lua_stub_reader::Api;
use std::ops::Range;

pub(crate) const RULE: Rule =
    Rule { code: "macro", severity: Severity::Warning, since: "0.1", fixable: Fixable::Unsafe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for call in passed(script, "macro_text") {
        for text in &call.texts {
            let Some(written) = text.as_str() else { continue };
            for found in macro_text::read(written) {
                Use { script, call: &call, text, written, found: &found }.check(report);
            }
        }
    }
    context_reads::by_functions(script, report);
}

struct Use<'a> {
    script: &'a Script<'a>,
    call: &'a Passed<'a>,
    text: &'a Text,
    written: &'a str,
    found: &'a MacroUse,
}

impl Use<'_> {
    fn check(&self, report: &mut Report<'_>) {
        if self.found.is_nested {
            return;
        }
        if !self.found.is_closed {
            let message = "`%{` has no `}`: the macro is not expanded";
            self.tell(report, self.found.range.clone(), message.to_owned(), &[]);
            return;
        }
        let Some(namespace) = &self.found.namespace else { return self.without_namespace(report) };
        let name = self.part(namespace.clone());
        let known = namespaces(self.script.api());
        if !known.contains(&name) {
            let message = format!("`{name}` is no namespace of macros{}", did_you_mean(name, known.iter().copied()));
            self.tell(report, namespace.clone(), message, &near_names(name, known));
            return;
        }
        match Dictionary::of_namespace(name) {
            Some(dictionary) => {
                context_reads::by_macro(self.script, self.call, self.text, self.found, dictionary, report);
            }
            None => self.name_in(name, report),
        }
    }

    /// `%{vctx_conn.ehlo_string}`: the namespace is there, the colon is not.
    fn without_namespace(&self, report: &mut Report<'_>) {
        let body = self.part(self.found.body.clone());
        let known = namespaces(self.script.api());
        let meant = known.iter().find(|name| {
            let rest = body.strip_prefix(**name);
            rest.is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric() && c != '_' && c != ','))
        });
        if let Some(name) = meant {
            let message = format!("a macro is written `%{{{name}:…}}`, with a colon behind the namespace");
            self.tell(report, self.found.body.clone(), message, &[]);
        }
    }

    /// A macro of a namespace whose macros are all known.
    fn name_in(&self, namespace: &str, report: &mut Report<'_>) {
        let name = self.part(self.found.body.clone()).split(',').next().unwrap_or_default();
        let range = self.found.body.start..self.found.body.start + name.len();
        let Some(known) = macros_of(self.script.api(), namespace) else { return };
        let transformed = self.script.api().server().is_some_and(|server| {
            server.macro_namespaces.iter().any(|one| one.name == namespace && one.transformers.is_some())
        });
        let is_known = |known: &&str| match transformed {
            true => name.to_lowercase().strip_prefix(*known).is_some_and(transforms),
            false => *known == name,
        };
        if !known.iter().any(is_known) {
            let message = format!("`{namespace}` has no macro `{name}`{}", did_you_mean(name, known.iter().copied()));
            self.tell(report, range, message, &near_names(name, known));
        }
    }

    fn part(&self, range: Range<usize>) -> &str {
        self.written.get(range).unwrap_or_default()
    }

    fn tell(&self, report: &mut Report<'_>, bytes: Range<usize>, message: String, meant: &[&str]) {
        let span = self.text.span(self.script, bytes.clone());
        let mut finding = report.at(span, message);
        finding.page_of(&self.call.function.about);
        if let [meant] = meant
            && self.text.is_literal
            && self.script.text_at(span) == self.part(bytes)
        {
            finding.unsafe_fix(format!("Write `{meant}`"), vec![Edit::replace(span, *meant)]);
        }
    }
}

/// The namespaces that are written with a colon.
fn namespaces(api: &Api) -> Vec<&str> {
    let all = api.server().map(|server| server.macro_namespaces.as_slice()).unwrap_or_default();
    all.iter().map(|namespace| namespace.name.as_str()).collect()
}

/// The macros of a namespace by their names; `None` where one stands for anything.
fn macros_of<'a>(api: &'a Api, namespace: &str) -> Option<Vec<&'a str>> {
    let mut names = Vec::new();
    for known in api.macros().into_iter().filter(|known| known.namespace == namespace) {
        let inside = known.syntax.split_once(':')?.1.split_once('}')?.0;
        let name = inside.split(',').next().unwrap_or_default();
        if name == "macro" {
            continue;
        }
        names.push(name);
    }
    names.sort_unstable();
    names.dedup();
    (!names.is_empty()).then_some(names)
}

/// RFC 7208, section 7.1: digits, `r`, delimiters.
fn transforms(rest: &str) -> bool {
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix('r').unwrap_or(rest);
    rest.chars().all(|c| ".-+,/_=".contains(c))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn namespaces_and_names() {
        check(
            RULE.code,
            r#"
local expand = msys.expandMacro
local FORMAT = "who %{vctx_con:ehlo_string}"
--                    ^^^^^^^^ warning: `vctx_con` is no namespace of macros, did you mean `vctx_conn`?
print(expand(FORMAT))
print(expand("%{rfc2822:mesage,3}"), expand("%{spfv1:q} %{spfv1:d2r} %{spfv1:L}"))
--                      ^^^^^^ warning: `rfc2822` has no macro `mesage`, did you mean `message`?
--                                                   ^ warning: `spfv1` has no macro `q`
print(expand("%{outbound_tls:outbound_tls_verfied}"))
--                           ^^^^^^^^^^^^^^^^^^^^ warning: did you mean `outbound_tls_verified`?
print(expand("\65 %{rfc2822:headers"))
--                ^^^^^^^^^^^^^^^^^ warning: `%{` has no `}`
print(expand("%{vctx_conn.tls}"))
--              ^^^^^^^^^^^^^ warning: with a colon behind the namespace
"#,
        );
    }

    #[test]
    fn variables_that_nothing_sets() {
        check(
            RULE.code,
            r#"
local core = msys.core
require("msys.extended.message")
require("msys.extended.vctx")
local mod = {}
function mod:validate_data(msg, accept, vctx)
  vctx:set(core.VCTX_CONN, "scored", "yes")
  msg:context_set(core.ECMESS_CTX_MESS, "tier", "gold")
  core.ec_message_context_set(msg, core.ECMESS_CTX_MESS, "campaign", "a")
  local a = vctx:get(core.VCTX_CONN, "ehlo_strin")
--                                    ^^^^^^^^^^ info: nothing that is known here sets the context variable `ehlo_strin` of the connection, did you mean `ehlo_string`?
  local b = msg:context_get(core.ECMESS_CTX_CONN, "tier")
--                                                 ^^^^ info: nothing sets `tier` in the context of the connection, only in that of the message
  local c = core.ec_message_context_get(msg, core.ECMESS_CTX_MESS, "customer")
--                                                                  ^^^^^^^^ info: nothing that is known here sets the context variable `customer` of the message
  local d = msys.expandMacro("%{vctx_mess:tie}")
--                                        ^^^ info: did you mean `tier`?
  print(a, b, c, d, vctx:get(core.VCTX_CONN, "scored"), msg:context_get(core.ECMESS_CTX_MESS, "campaign"))
  print(vctx:get(core.VCTX_CONN, "__bypass_spf"), vctx:get(core.VCTX_CONN, "tls"))
  return core.VALIDATE_CONT
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn what_may_be_set() {
        check_none(
            RULE.code,
            r#"
local core = msys.core
require("msys.extended.message")
local mod = {}
local function note(any, name, value)
  any:context_set(core.ECMESS_CTX_MESS, name, value)
end
function mod:validate_data(msg, accept, vctx)
  note(msg, msg:header("X-Name")[1], "x")
  local name = "vctx_conn:ehlo_string"
  print(msys.expandMacro("%{" .. name .. "}"), msys.expandMacro("100 %", 1), msys.expandMacro("%{name}"))
  print(msg:context_get(core.ECMESS_CTX_MESS, "customer"))
  return core.VALIDATE_CONT
end
msys.registerModule("a", mod)
"#,
        );
    }

    #[test]
    fn the_right_name() {
        check_fix(
            RULE.code,
            "print(msys.expandMacro('%{vctx_con:tls}'))\n",
            "print(msys.expandMacro('%{vctx_conn:tls}'))\n",
        );
    }
}
