//! Names that look like those of callouts and hooks.

use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::model::Hook;

/// From this length on, two edits make a name a misspelt one; a shorter one may differ by one letter behind the first.
const LONG: usize = 8;

/// Prefixes of hooks that a script's own functions may well have, too.
const COMMON: &[&str] = &["client", "cluster", "config", "http", "publish", "rsrc", "seedlist", "sieve"];

/// The names of all callouts and hooks.
pub(super) struct Names<'a> {
    hooks: Vec<&'a Hook>,
}

impl<'a> Names<'a> {
    /// Those of the API.
    pub(super) fn of(api: &'a Api) -> Self {
        Self { hooks: api.hooks() }
    }

    /// The callout or hook that a name is nearly the one of; `None` for a name that one has.
    pub(super) fn near(&self, name: &str) -> Option<&'a str> {
        if let Some(other) = self.other_version(name) {
            return Some(other);
        }
        let mut nearest: Option<(usize, &'a str)> = None;
        for hook in &self.hooks {
            let known = hook.name.as_str();
            if known == name {
                return None;
            }
            if let Some(distance) = distance(name, known)
                && nearest.is_none_or(|(best, _)| distance < best)
            {
                nearest = Some((distance, known));
            }
        }
        nearest.map(|(_, name)| name)
    }

    /// The hook that a name is but for its version: `core_log_reception_v1` of `core_log_reception`.
    pub(super) fn other_version(&self, name: &str) -> Option<&'a str> {
        let plain = unversioned(name);
        let names = || self.hooks.iter().map(|hook| hook.name.as_str());
        if names().any(|known| known == name) {
            return None;
        }
        names().find(|known| unversioned(known) == plain)
    }

    /// The family whose prefix a name has: `validate` of `validate_sender`, `mms` of `mms_log_everything`.
    pub(super) fn family(&self, name: &str) -> Option<&'a str> {
        let families = self.hooks.iter().filter_map(|hook| prefix(hook));
        let matching = families.filter(|family| {
            let rest = name.strip_prefix(family).and_then(|rest| rest.strip_prefix('_'));
            rest.is_some_and(|rest| !rest.is_empty()) && !COMMON.contains(family)
        });
        matching.max_by_key(|family| family.len())
    }

    /// The names of a family.
    pub(super) fn members(&self, family: &str) -> Vec<&'a str> {
        let names = self.hooks.iter().map(|hook| hook.name.as_str());
        let mut names: Vec<&str> = names.filter(|name| self.family(name) == Some(family)).collect();
        names.sort_unstable();
        names
    }
}

/// How many edits are between a name and the one of a hook, upper and lower case being the same; `None` where there are
/// more than a typing error makes.
fn distance(name: &str, known: &str) -> Option<usize> {
    let is_long = name.len() >= LONG && known.len() >= LONG;
    let most = if is_long { 2 } else { 1 };
    let same_start = || name.bytes().next().map(|byte| byte.to_ascii_lowercase()) == known.bytes().next();
    if name.len().abs_diff(known.len()) > most || !(is_long || same_start()) {
        return None;
    }
    // Each edit changes the count of two letters at most, which is quickly seen.
    let mut counts = [0_i32; 128];
    for byte in name.bytes() {
        counts[usize::from(byte.to_ascii_lowercase() & 127)] += 1;
    }
    for byte in known.bytes() {
        counts[usize::from(byte.to_ascii_lowercase() & 127)] -= 1;
    }
    if counts.iter().map(|count| count.unsigned_abs() as usize).sum::<usize>() > 2 * most {
        return None;
    }
    let distance = strsim::damerau_levenshtein(&name.to_lowercase(), &known.to_lowercase());
    (distance <= most).then_some(distance)
}

/// A name without the version at its end.
fn unversioned(name: &str) -> &str {
    match name.rsplit_once("_v") {
        Some((plain, version)) if !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()) => plain,
        _ => name,
    }
}

/// What the names of a hook's family begin with.
fn prefix(hook: &Hook) -> Option<&str> {
    let has_scope = hook.name.strip_prefix(hook.scope.as_str()).is_some_and(|rest| rest.starts_with('_'));
    if has_scope { Some(hook.scope.as_str()) } else { hook.name.split_once('_').map(|(first, _)| first) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_misspelt_ones() {
        let names = Names::of(momentum_lua_stubs::api());
        for (name, meant) in [
            ("validate_data_spool_each_rcp", "validate_data_spool_each_rcpt"),
            ("validate_helo", "validate_ehlo"),
            ("Validate_Data", "validate_data"),
            ("validate_rcpt_to", "validate_rcptto"),
            ("validatedata", "validate_data"),
            ("core_final_validaton2", "core_final_validation2"),
            ("inti", "init"),
            ("denit", "deinit"),
            ("core_log_reception", "core_log_reception_v1"),
            ("core_log_reception_v2", "core_log_reception_v1"),
            ("core_log_rejection_v1", "core_log_rejection"),
        ] {
            assert_eq!(names.near(name), Some(meant), "{name}");
        }
        for name in ["validate_data", "unit", "emit", "edit", "exit", "initialize", "check_sender", "validate", ""] {
            assert_eq!(names.near(name), None, "{name}");
        }
    }

    #[test]
    fn families_go_by_prefix() {
        let names = Names::of(momentum_lua_stubs::api());
        assert_eq!(names.family("validate_sender"), Some("validate"));
        assert_eq!(names.family("mms_log_everything"), Some("mms"));
        assert_eq!(names.family("outbound_smtp_auth_begin"), Some("outbound_smtp_auth"));
        assert_eq!(names.family("core_post_msg_each_rcpt"), Some("core"));
        for name in ["validate", "validate_", "validates_x", "http_get", "config_load", "check", "initial"] {
            assert_eq!(names.family(name), None, "{name}");
        }
    }
}
