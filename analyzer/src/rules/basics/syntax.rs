//! ## What it does
//! Reports what the engine would not load.
//!
//! ## Why it matters
//! A script that does not load stops the whole configuration from being applied: `config reload` answers
//! "initialization failed while preparing to commit. Consult your vendor", and names no line. The message here says
//! what was expected and what stands there instead.
//!
//! Momentum's Lua is a dialect: `!=`, `&`, `|`, `^^`, `<<`, `>>`, `\` and octal literals are valid here.
//!
//! ## Example
//! ```lua expect=syntax
//! local function limit(msg)
//!   if msg:header("X-Bulk")[1] == "yes"
//!     return 10
//!   end
//! end
//! ```
//! Use instead:
//! ```lua
//! local function limit(msg)
//!   if msg:header("X-Bulk")[1] == "yes" then
//!     return 10
//!   end
//! end
//! ```

use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};

pub(crate) const RULE: Rule =
    Rule { code: "syntax", severity: Severity::Error, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    for error in &script.parsed().errors {
        let mut finding = report.at(error.span, error.message.clone());
        if let Some((span, message)) = &error.related {
            finding.related(*span, message.clone());
        }
    }
}
