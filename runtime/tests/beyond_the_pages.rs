//! What published policy uses beyond the pages, and what the report says where nothing is known.

#![allow(clippy::unwrap_used, reason = "all of it is tests")]

mod scripted;

use momentum_lua_runtime::report::{Detail, Report, StopReason};
use scripted::json;

const HEAD: &str =
    "require('msys.core') require('msys.extended.message') require('msys.extended.vctx') local mod = {}";

fn report(session: &str, script: &str) -> Report {
    scripted::report(HEAD, session, script)
}

/// What C functions say of an SMTP session, over which a message comes with these callouts.
#[test]
fn the_session_of_a_connection_is_had_from_c() {
    let report = report(
        "",
        "local core = msys.core
         local function session(ac) return core.accept_construct_get_message_construct(ac) end
         function mod:validate_connect(ac, vctx)
           local mc = session(ac)
           print(tostring(mc.message), mc.ctx == vctx, mc.ac == ac, ac.protocol == core.P_ESMTP,
             core.ec_sockaddr_family(ac.remote_addr) == core.AF_INET)
           mc.ctx:set(core.VCTX_CONN, 'seen', 'yes')
           return core.VALIDATE_CONT end
         function mod:validate_mailfrom(str, ac, vctx)
           print(session(ac).message:mailfrom()) return core.VALIDATE_CONT end
         function mod:validate_data(msg, ac, vctx)
           print(session(ac).message:rcptto() == msg:rcptto(), msg.recv_method == core.P_ESMTP,
             vctx:get(core.VCTX_CONN, 'seen'), core.ec_sockaddr_family(msg.recv_from) == core.AF_INET)
           return core.VALIDATE_CONT end",
    );
    let printed: Vec<&str> =
        report.paniclog.iter().filter_map(|line| Some(line.split_once("scriptlet: ")?.1)).collect();
    let wanted = ["nil\ttrue\ttrue\ttrue\ttrue", "sender@sender.example", "true\ttrue\tyes\ttrue"];
    assert_eq!(printed, wanted, "{}", json(&report));
}

#[test]
fn hooks_that_no_page_describes_are_said_not_to_run() {
    let script = "function mod:core_post_msg_each_rcpt(msg, ac, vctx) print('ran') end";
    let note = "m.lua:3: core_post_msg_each_rcpt is not run: no page says when the server calls it; drive it with [[hook]]";
    let silent = report("", script);
    let text = silent.text(Detail::Short, false);
    assert_eq!(text.matches(note).count(), 1, "{text}");
    let driven = report("[[message]]\n[[hook]]\nname = 'core_post_msg_each_rcpt'\n", script);
    assert!(!json(&driven).contains("is not run"), "{}", json(&driven));
    assert!(driven.paniclog.iter().any(|line| line.ends_with("ran")), "{}", json(&driven));
}

#[test]
fn without_any_configuration_bindings_are_made_up() {
    let script = "function mod:validate_set_binding(msg)
         print(msg:binding('outgoing'), msg:binding_group('bulk'), msg:binding()) return msys.core.VALIDATE_CONT end";
    let made_up = report("", script);
    let said = made_up.paniclog.join("\n");
    assert!(said.ends_with("outgoing\tbulk\tbulk-1"), "{}", json(&made_up));
    let keys: Vec<String> = made_up.invented.iter().map(|one| format!("{}={}", one.key, one.value)).collect();
    for key in ["bindings[1].name=outgoing", "bindings[2].name=bulk-1", "bindings[2].group=bulk"] {
        assert!(keys.iter().any(|one| one == key), "{keys:?}");
    }
    let known = report("[[bindings]]\nname = 'other'\n", script);
    assert!(json(&known).contains("there is no binding `outgoing`"), "{}", json(&known));
}

#[test]
fn where_require_looked_is_told_once() {
    let report = report("", "require('no.such.module')");
    let text = report.text(Detail::Short, false);
    assert_eq!(text.matches("no field package.preload['no.such.module']").count(), 1, "{text}");
    assert_eq!(text.matches("module 'no.such.module' not found").count(), 3, "{text}");
}

#[test]
fn a_constant_that_no_page_lists_is_nil_or_what_the_session_says() {
    let script = "function mod:validate_data(msg, accept, vctx)
           print(msys.core.SITE_SLOT, tostring(msys.core.config_get_binding_group_size(msys.core.SITE_GROUP)))
           return msys.core.VALIDATE_CONT end";
    let unknown = report("", script);
    assert!(unknown.stopped.is_none(), "{}", json(&unknown));
    let text = unknown.text(Detail::Short, false);
    assert!(
        text.contains("no page has the constants msys.core.SITE_SLOT and msys.core.SITE_GROUP"),
        "{text}"
    );
    assert!(text.contains("\"msys.core.SITE_GROUP\" = 0"), "{text}");
    let constants = "[constants]\n'msys.core.SITE_SLOT' = 7\n'msys.core.SITE_GROUP' = 'g'\n'msys.core.VALIDATE_CONT' = 1\n";
    let known = report(constants, script);
    assert!(known.paniclog.iter().any(|line| line.ends_with("7\t0")), "{}", json(&known));
    let text = known.text(Detail::Short, false);
    assert!(text.contains("`msys.core.VALIDATE_CONT` of the session is never used"), "{text}");
    let crash =
        report("", "function mod:validate_data(msg) msys.core.config_get_binding_group_size(nil) end");
    assert_eq!(crash.stopped.map(|stop| stop.reason), Some(StopReason::Crash));
}

#[test]
fn calls_into_a_module_of_which_nothing_is_known_are_recorded() {
    let report = report("", "local http = require('msys.http_lua') http.registerModule('x', { a = 1 })");
    assert!(report.stopped.is_none(), "{}", json(&report));
    let text = report.text(Detail::Short, false);
    assert!(text.contains("msys.http_lua.registerModule(") && text.contains("[recorded]"), "{text}");
}
