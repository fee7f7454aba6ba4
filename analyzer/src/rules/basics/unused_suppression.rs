//! ## What it does
//! Reports comments that suppress findings where there are none to suppress. It also reports misspelt actions and codes
//! in them.
//!
//! ## Why it matters
//! A comment that suppresses nothing tells the reader of a problem that is not there, and hides the next one that comes
//! up in its place. Codes of rules that are switched off, and those of other tools, are not reported.
//!
//! The forms are `---@diagnostic disable-next-line: code, other-code -- reason`, the same with `disable-line`, and
//! `disable`, which holds until `enable` or to the end of the file. Without codes, everything is suppressed.
//!
//! ## Example
//! ```lua expect=unused-suppression
//! local function size_class(size)
//!   ---@diagnostic disable-next-line: lua/empty_if -- to be filled in
//!   if size > 1000000 then
//!     return "large"
//!   end
//!   return "small"
//! end
//! ```
//! Use instead:
//! ```lua
//! local function size_class(size)
//!   if size > 1000000 then
//!     return "large"
//!   end
//!   return "small"
//! end
//! ```

use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};

pub(crate) const RULE: Rule = Rule {
    code: "unused-suppression",
    severity: Severity::Warning,
    since: "0.1",
    fixable: Fixable::Safe,
};

/// Finds nothing: what suppressions do shows when all rules have run, see `rules::suppression`.
pub(crate) fn check(_: &Script<'_>, _: &mut Report<'_>) {}
