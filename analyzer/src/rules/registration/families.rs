//! Names that look like those of callouts and hooks.

use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::model::Hook;

/// From this length on, two edits make a name a misspelt one; a shorter one may differ by one letter behind the first.
const LONG: usize = 8;

/// Prefixes of hooks that a script's own functions may well have, too.
const COMMON: &[&str] = &["client", "cluster", "config", "http", "publish", "rsrc", "seedlist", "sieve"];

/// The callout or hook that a name is nearly the one of.
pub(super) fn near<'a>(api: &'a Api, name: &str) -> Option<&'a str> {
    if api.hook(name).is_some() {
        return None;
    }
    let lower = name.to_lowercase();
    let distance = |known: &&str| {
        let distance = strsim::damerau_levenshtein(&lower, &known.to_lowercase());
        let is_long = name.len() >= LONG && known.len() >= LONG;
        let same_start = lower.bytes().next() == known.bytes().next();
        if is_long { distance <= 2 } else { distance <= 1 && same_start }
    };
    api.near_hooks(name).into_iter().find(distance)
}

/// The family whose prefix a name has: `validate` of `validate_sender`, `mms` of `mms_log_everything`.
pub(super) fn of<'a>(api: &'a Api, name: &str) -> Option<&'a str> {
    let families = api.hooks().into_iter().filter_map(prefix);
    let matching = families.filter(|family| {
        let rest = name.strip_prefix(family).and_then(|rest| rest.strip_prefix('_'));
        !COMMON.contains(family) && rest.is_some_and(|rest| !rest.is_empty())
    });
    matching.max_by_key(|family| family.len())
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
        let api = momentum_lua_stubs::api();
        for (name, meant) in [
            ("validate_data_spool_each_rcp", "validate_data_spool_each_rcpt"),
            ("validate_helo", "validate_ehlo"),
            ("Validate_Data", "validate_data"),
            ("validate_rcpt_to", "validate_rcptto"),
            ("validatedata", "validate_data"),
            ("core_final_validaton2", "core_final_validation2"),
            ("inti", "init"),
            ("denit", "deinit"),
        ] {
            assert_eq!(near(api, name), Some(meant), "{name}");
        }
        for name in ["validate_data", "unit", "emit", "edit", "exit", "initialize", "check_sender", "validate", ""] {
            assert_eq!(near(api, name), None, "{name}");
        }
    }

    #[test]
    fn families_go_by_prefix() {
        let api = momentum_lua_stubs::api();
        assert_eq!(of(api, "validate_sender"), Some("validate"));
        assert_eq!(of(api, "mms_log_everything"), Some("mms"));
        assert_eq!(of(api, "outbound_smtp_auth_begin"), Some("outbound_smtp_auth"));
        assert_eq!(of(api, "core_post_msg_each_rcpt"), Some("core"));
        for name in ["validate", "validate_", "validates_x", "http_get", "config_load", "check", "initial"] {
            assert_eq!(of(api, name), None, "{name}");
        }
    }
}
