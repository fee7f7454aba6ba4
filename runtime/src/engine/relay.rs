//! Who may send to domains that are not ours.

use super::arguments::Given;
use super::callouts::Outcome;
use super::smtp::Connection;
use super::start::Run;
use crate::report::{Event, What};

/// Whether the client may send to a domain: what a script said in the context, else the session, else the
/// configuration. The hooks that are asked before are called, and said to have no say where Lua gives them none.
pub(super) fn is_allowed(
    run: &Run<'_>,
    connection: &Connection,
    domain: &str,
    outcomes: &mut Vec<Outcome>,
) -> bool {
    for hook in ["core_pre_ec_can_relay_to", "core_config_get_domain_relay"] {
        if run.has(hook) {
            let given = Given { domain: Some(domain), text: Some(domain), ..connection.given(None) };
            let mut outcome = run.hook(hook, given);
            let handled = outcome.runs.iter_mut().filter(|one| {
                one.callout == hook
                    && one.returned.first().is_some_and(|value| !["0", "nil"].contains(&value.as_str()))
            });
            for one in handled {
                let text = format!(
                    "{hook} says that it has answered, but the answer is behind a pointer of C that Lua has no \
                     documented way to set: whoever could relay still can, and nobody else"
                );
                one.events.push(Event { at: None, what: What::Note { text } });
            }
            outcomes.push(outcome);
        }
    }
    if connection.conn.text("can_relay").as_deref() == Some("true")
        || connection.conn.text("auth_status").as_deref() == Some("pass")
    {
        return true;
    }
    match (run.session.connection.can_relay, &run.policy.relaying) {
        (Some(true), _) | (None, None) => true,
        (Some(false), Some(relaying)) => relaying.domains.iter().any(|one| one.eq_ignore_ascii_case(domain)),
        (Some(false), None) => false,
        (None, Some(relaying)) => relaying.allows(connection.client.ip, domain),
    }
}
