//! The rules as `momentum-lua.toml` knows them.

use super::ALL;
use crate::configuration::project::KnownRule;

/// What codes in a project's configuration are checked against.
#[must_use]
pub fn known() -> Vec<KnownRule<'static>> {
    ALL.iter().map(|entry| KnownRule::new(entry.rule.code)).collect()
}
