//! Which callouts and hooks a session comes to, as far as it can be said without running it.

use momentum_lua_analyzer::configuration::toml_text;
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::model::Hook;

use super::{Injection, Phase, Session};

/// Keys at the top of a session file that say what arrives or is expected; other files have them hardly ever.
const TELLING: [&str; 9] = [
    "policy",
    "connection",
    "message",
    "injection",
    "expect",
    "disconnect_after",
    "command",
    "http_request",
    "hook",
];

/// Further keys of session files.
const FURTHER: [&str; 14] = [
    "description",
    "include",
    "configuration",
    "bindings",
    "dns",
    "datasources",
    "http_answer",
    "verdicts",
    "api_answer",
    "files",
    "clock",
    "advance",
    "random_seed",
    "limits",
];

/// Whether a TOML text is meant to be a session file: it has one of the telling keys, and most of its keys are those of
/// sessions. What is wrong with it does not matter.
#[must_use]
pub fn looks_like_session(text: &str) -> bool {
    let ((telling, known, all), _) = toml_text::read(text, |table, _| {
        let is = |names: &[&str], key: &str| names.contains(&key);
        let keys = || table.keys().map(|key| key.get_ref().as_ref());
        let telling = keys().any(|key| is(&TELLING, key));
        let known = keys().filter(|key| is(&TELLING, key) || is(&FURTHER, key)).count();
        (telling, known, table.len())
    });
    telling && 2 * known > all
}

/// What a session comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    phases: Vec<String>,
    hooks: Vec<String>,
    /// Hooks that run in phases to which it does not come, and in no other.
    out_of_reach: Vec<String>,
}

impl Session {
    /// Whether a client connects over SMTP: not for transmissions, and not where there are only commands, requests, hooks
    /// or time to pass.
    #[must_use]
    pub fn has_client(&self) -> bool {
        let asks_for_more = !self.command.is_empty()
            || !self.http_request.is_empty()
            || !self.hook.is_empty()
            || self.advance > 0;
        self.injection == Injection::Smtp && !(self.messages.is_empty() && asks_for_more)
    }

    /// The phases that it passes through by itself, unless a reply ends it before, and the hooks that it calls by name.
    #[must_use]
    pub fn reached(&self, api: &Api) -> Reached {
        let hooks = self.hook.iter().map(|call| call.name.clone()).collect();
        let mut phases = vec!["init".to_owned()];
        if self.messages.is_empty() && !self.has_client() {
            return Reached::of(phases, hooks, api);
        }
        let way = match self.injection {
            Injection::Smtp => "smtp",
            Injection::Http => "http",
        };
        let order = api.server().map_or(&[][..], |server| server.order(way));
        for phase in order {
            let is_there = match &**phase {
                "starttls" => self.connection.tls.is_some(),
                "auth" => self.connection.auth.is_some(),
                "connect" | "ehlo" | "dealloc" => true,
                _ => !self.messages.is_empty(),
            };
            // The connection ends with its last phase, wherever the client goes away.
            let is_over = phases.last().is_some_and(|last| self.is_last(last)) && &**phase != "dealloc";
            if is_there && !is_over {
                phases.push(phase.to_string());
            }
            if is_over {
                break;
            }
        }
        if way == "smtp" && !phases.iter().any(|phase| phase == "dealloc") {
            phases.push("dealloc".to_owned());
        }
        Reached::of(phases, hooks, api)
    }

    fn is_last(&self, phase: &str) -> bool {
        self.disconnect_after.is_some_and(|last| last.name() == phase)
    }
}

impl Reached {
    fn of(phases: Vec<String>, hooks: Vec<String>, api: &Api) -> Self {
        let is_reached = |phase: &str| phases.iter().any(|one| one == phase);
        let inside = |reached: bool| {
            let phases = api.phases().into_iter().filter(move |phase| is_reached(&phase.name) == reached);
            phases.flat_map(|phase| [&phase.before, &phase.after, &phase.hooks, &phase.side]).flatten()
        };
        let reached: Vec<_> = inside(true).collect();
        let out_of_reach = inside(false).filter(|hook| !reached.contains(hook));
        let out_of_reach = out_of_reach.map(ToString::to_string).collect();
        Self { phases, hooks, out_of_reach }
    }

    /// Whether a callout or hook is among it. Hooks without a phase (the logging of deliveries) belong to messages.
    #[must_use]
    pub fn has(&self, hook: &Hook) -> bool {
        if self.hooks.iter().any(|name| *hook.name == **name) {
            return true;
        }
        if self.out_of_reach.iter().any(|name| *hook.name == **name) {
            return false;
        }
        if hook.phases.is_empty() {
            return self.phases.iter().any(|phase| phase == "final_validation");
        }
        hook.phases.iter().any(|phase| self.phases.iter().any(|one| **one == **phase))
    }
}

impl Phase {
    /// Its name, as the documentation and the stubs have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Phase::Connect => "connect",
            Phase::Ehlo => "ehlo",
            Phase::Starttls => "starttls",
            Phase::Auth => "auth",
            Phase::Mailfrom => "mailfrom",
            Phase::Rcptto => "rcptto",
            Phase::Data => "data",
            Phase::DataSpool => "data_spool",
            Phase::RcpttoList => "rcptto_list",
            Phase::RcpttoListFinal => "rcptto_list_final",
            Phase::DataSpoolEachRcpt => "data_spool_each_rcpt",
            Phase::MsgGenDataSpool => "msg_gen_data_spool",
            Phase::SetBinding => "set_binding",
            Phase::FinalValidation => "final_validation",
            Phase::Dealloc => "dealloc",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{NoFiles, read_toml};
    use super::*;

    fn reaches(text: &str, hook: &str) -> bool {
        let api = momentum_lua_stubs::api();
        let (session, errors) = read_toml(text, &NoFiles);
        assert!(errors.is_empty(), "{errors:?}");
        session.reached(api).has(api.hook(hook).unwrap())
    }

    #[test]
    fn the_way_in_decides() {
        assert!(reaches("", "validate_rcptto") && reaches("", "validate_set_binding"));
        assert!(!reaches("", "msg_gen_data_spool") && !reaches("", "core_validate_auth"));
        assert!(reaches("connection.auth = { user = 'a', password = 'b' }", "core_validate_auth"));
        let http = "injection = 'http'";
        assert!(reaches(http, "msg_gen_data_spool") && reaches(http, "validate_set_binding"));
        assert!(!reaches(http, "validate_connect"));
    }

    #[test]
    fn a_client_that_goes_away_reaches_nothing_further() {
        let text = "disconnect_after = 'mailfrom'";
        assert!(reaches(text, "validate_mailfrom") && reaches(text, "validate_dealloc"));
        assert!(!reaches(text, "validate_rcptto") && !reaches(text, "core_log_delivery_v1"));
    }

    #[test]
    fn a_session_of_commands_has_no_client() {
        let text = "[[command]]\nline = 'policy show'\n";
        assert!(!reaches(text, "validate_connect") && !reaches(text, "validate_dealloc"));
        assert!(reaches("[[command]]\nline = 'policy show'\n[[message]]\n", "validate_connect"));
        assert!(!reaches("advance = 60\n", "validate_ehlo"));
    }

    #[test]
    fn what_is_called_by_name_is_reached() {
        let text = "[[hook]]\nname = 'core_validate_auth'\n";
        assert!(reaches(text, "core_validate_auth"));
    }

    #[test]
    fn other_toml_files_are_no_sessions() {
        assert!(looks_like_session("policy = 'a.lua'\n[[message]]\nmail_form = ''\n"));
        assert!(looks_like_session("[connection]\nclient = \"1"));
        assert!(!looks_like_session("[package]\nname = 'a'\n[dependencies]\n"));
        assert!(!looks_like_session("[dns]\n'a.example' = 'nxdomain'\n"));
        assert!(!looks_like_session("message = 'x'\ntitle = 'y'\nbody = 'z'\n"));
    }
}
