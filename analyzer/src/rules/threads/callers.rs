//! Which entries make a function run while sessions are served.

use crate::semantics::reach::{Entry, Reach};

/// Callouts and hooks that run when the server starts, stops or reads its configuration: nobody waits for them.
const ASIDE: &[&str] = &[
    "init",
    "deinit",
    "rsrc_setup",
    "config_rsrc_setup",
    "core_sys_init",
    "core_post_config_commit",
    "core_config_option_pre_set",
    "core_config_option_post_set",
    "core_control_shutdown",
    "core_control_shutdown_ex",
];

/// Whether the way starts at a callout or hook of sessions and messages.
pub(super) fn serves_sessions(reach: &Reach) -> bool {
    reach.callout().is_some_and(|name| !ASIDE.contains(&name.as_str()))
}

/// Whether the way starts at the function of a timer, which runs on the scheduler thread.
pub(super) fn is_timer(reach: &Reach) -> bool {
    matches!(&reach.entry, Entry::Callback(member) if member.owner == "msys.timer")
}

/// Whether the way starts at a callout for which the documentation says that blocking calls do no harm: the message is
/// spooled there on a thread for that.
pub(super) fn is_spooling(reach: &Reach) -> bool {
    reach.callout().is_some_and(|name| {
        matches!(name.as_str(), "validate_data_spool" | "validate_data_spool_each_rcpt")
    })
}
