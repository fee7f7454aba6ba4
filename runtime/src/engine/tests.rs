//! Small policies against small sessions.

use super::{Options, Policy, run};
use crate::report::{CalloutRun, Report, StopReason, What};
use crate::session::{Disposition, Injection, Mail, Phase, Recipient, Session, SmtpReply};

/// One message from `a@sender.example` to these recipients.
fn session(recipients: &[&str]) -> Session {
    let mail = Mail {
        mail_from: Some("a@sender.example".to_owned()),
        recipients: recipients.iter().map(|address| Recipient::new(*address)).collect(),
        bytes: "From: a@sender.example\r\nSubject: hello\r\n\r\nbody\r\n".into(),
        ..Mail::default()
    };
    Session { messages: vec![mail], ..Session::default() }
}

fn report(script: &str, session: &Session) -> Report {
    let head = "require('msys.core')\nrequire('msys.extended.message')\nrequire('msys.extended.vctx')\nrequire('msys.extended.ac')\nlocal mod = {}\n";
    let text = format!("{head}{script}\nmsys.registerModule('test', mod)\n");
    run(&Policy::of_script("test.lua", text.as_bytes()), session, &Options::default())
}

/// All callouts that ran, in order, with what they returned.
fn ran(report: &Report) -> Vec<String> {
    runs(report).map(|run| format!("{} {}", run.callout, run.returned.join(","))).collect()
}

fn runs(report: &Report) -> impl Iterator<Item = &CalloutRun> {
    report
        .load
        .iter()
        .filter(|run| run.callout != "load")
        .chain(report.steps.iter().flat_map(|step| &step.callouts))
}

fn replies(report: &Report) -> Vec<String> {
    report.steps.iter().filter_map(|step| Some(step.reply.as_ref()?.lines().join("|"))).collect()
}

fn dispositions(report: &Report) -> Vec<Disposition> {
    report.messages.iter().flat_map(|message| &message.recipients).map(|one| one.disposition).collect()
}

const ALL: &str = "
for _, name in ipairs({ 'connect', 'ehlo', 'mailfrom', 'rcptto', 'data', 'data_spool', 'rcptto_list',
    'rcptto_list_final', 'data_spool_each_rcpt', 'set_binding' }) do
  mod['validate_' .. name] = function() return msys.core.VALIDATE_CONT end
end
for _, name in ipairs({ 'core_final_validation2', 'core_final_validation', 'core_post_final_validation',
    'core_log_reception_v1', 'core_log_delivery_v1', 'validate_dealloc' }) do
  mod[name] = function() end
end
function mod:init() return true end
function mod:deinit() return true end
";

#[test]
fn the_phases_run_in_momentum_s_order() {
    let report = report(ALL, &session(&["one@example.com", "two@example.com"]));
    let names: Vec<String> = ran(&report)
        .iter()
        .map(|run| run.replace(" msys.core.VALIDATE_CONT", "").replace("validate_", ""))
        .collect();
    let names: Vec<&str> = names.iter().map(|name| name.trim_end()).collect();
    let copy = [
        "set_binding",
        "core_final_validation2",
        "core_final_validation",
        "core_post_final_validation",
        "core_log_reception_v1",
        "core_log_delivery_v1",
    ];
    let mut wanted: Vec<String> = [
        "init true",
        "connect",
        "ehlo",
        "mailfrom",
        "rcptto",
        "rcptto",
        "data",
        "data_spool",
        "rcptto_list",
        "rcptto_list_final",
        "data_spool_each_rcpt",
        "data_spool_each_rcpt",
    ]
    .map(str::to_owned)
    .to_vec();
    wanted.extend(copy.map(str::to_owned));
    wanted.extend(copy.map(str::to_owned));
    wanted.extend(["dealloc".to_owned(), "deinit true".to_owned()]);
    assert_eq!(names, wanted);
    assert_eq!(dispositions(&report), [Disposition::Delivered; 2]);
    assert_eq!(report.paniclog, Vec::<String>::new());
}

#[test]
fn an_http_injection_has_no_session() {
    let mut session = session(&["one@example.com"]);
    session.injection = Injection::Http;
    let report = report(
        &format!(
            "{ALL}\nfunction mod:msg_gen_data_spool(msg) msg:context_set(msys.core.ECMESS_CTX_MESS, 'k', 'v') end"
        ),
        &session,
    );
    let names: Vec<&str> = runs(&report).map(|run| run.callout.as_str()).collect();
    assert_eq!(
        names,
        [
            "init",
            "msg_gen_data_spool",
            "validate_set_binding",
            "core_final_validation2",
            "core_final_validation",
            "core_post_final_validation",
            "core_log_reception_v1",
            "core_log_delivery_v1",
            "deinit"
        ]
    );
    assert_eq!(report.messages[0].recipients[0].context.get("k").map(String::as_str), Some("v"));
}

#[test]
fn final_validation_of_a_transmission_has_its_contexts() {
    let mut session = session(&["one@example.com", "two@example.com"]);
    session.injection = Injection::Http;
    let script = "
require('msys.validate.opendkim')
function mod:msg_gen_data_spool(msg) msg:context_set(msys.core.ECMESS_CTX_MESS, 'to', msg:rcptto()) end
function mod:core_final_validation(msg, ac, vctx)
  msys.validate.opendkim.sign(msg, vctx, {})
  print(vctx:get(msys.core.VCTX_MESS, 'to'), tostring(ac.remote_addr))
end";
    let report = report(script, &session);
    assert_eq!(report.stopped, None);
    let text = serde_json::to_string(&report).unwrap();
    for recipient in ["one@example.com", "two@example.com"] {
        assert!(text.contains(&format!("{recipient}\\t192.0.2.10:")), "{text}");
    }
}

#[test]
fn no_later_phase_sees_a_message_that_was_dropped() {
    let script = format!(
        "{ALL}\nfunction mod:validate_data(msg, ac, vctx) msg:discard('550 no') return msys.core.VALIDATE_DONE end"
    );
    let report = report(&script, &session(&["one@example.com", "two@example.com"]));
    let names: Vec<&str> = runs(&report).map(|run| run.callout.as_str()).collect();
    assert!(names.contains(&"validate_data"), "{names:?}");
    for later in ["validate_data_spool", "validate_data_spool_each_rcpt", "validate_set_binding"] {
        assert!(!names.contains(&later), "{names:?}");
    }
    assert_eq!(dispositions(&report), [Disposition::Discarded, Disposition::Discarded]);
    assert_eq!(report.messages[0].reply.as_ref().map(|reply| reply.code), Some(250));
}

#[test]
fn texts_of_scripts_need_not_be_utf_8() {
    let report = report(
        "function mod:validate_rcptto(msg, str, accept, vctx)
           msg:mailfrom('caf\\233@sender.example') vctx:set_code(550, 'caf\\233 closed') return msys.core.VALIDATE_DONE end",
        &session(&["a@example.com"]),
    );
    assert!(replies(&report).iter().any(|reply| reply == "550 caf\\xE9 closed"), "{:?}", replies(&report));
}

#[test]
fn a_refused_recipient_drops_out() {
    let script = "
function mod:validate_rcptto(msg, str, ac, vctx)
  if tostring(str):find('gone@') then
    vctx:set_code(550, '5.1.1 no such user')
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end
function mod:validate_data_spool_each_rcpt(msg) print(msg:rcptto()) return msys.core.VALIDATE_CONT end";
    let report = report(script, &session(&["gone@example.com", "here@example.com"]));
    assert_eq!(dispositions(&report), [Disposition::Rejected, Disposition::Delivered]);
    assert_eq!(report.messages[0].recipients[0].reason.as_deref(), Some("550 5.1.1 no such user"));
    assert_eq!(report.paniclog, ["1768435200:scriptlet: here@example.com"]);
    let by = report.steps.iter().find_map(|step| step.reply.as_ref()?.by.clone()).unwrap();
    assert_eq!(by.to_string(), "test.lua:9");
}

#[test]
fn disconnect_ends_the_session_and_what_follows_is_not_offered() {
    let script = "
function mod:validate_mailfrom(str, ac, vctx)
  vctx:disconnect(421, '4.7.0 go away')
  return msys.core.VALIDATE_CONT
end
function mod:validate_data() error('not reached') end";
    let mut session = session(&["one@example.com"]);
    session.messages.push(session.messages[0].clone());
    let report = report(script, &session);
    assert_eq!(replies(&report).last().map(String::as_str), Some("421 4.7.0 go away"));
    assert_eq!(dispositions(&report), [Disposition::TemporarilyRejected, Disposition::NotOffered]);
    assert!(report.steps.last().unwrap().closed);
}

#[test]
fn results_that_a_callout_must_not_have_go_to_the_paniclog_in_its_format() {
    let script = "
function mod:validate_ehlo() end
function mod:validate_set_binding() return msys.core.VALIDATE_AGAIN end";
    let report = report(script, &session(&["one@example.com"]));
    assert_eq!(
        report.paniclog,
        [
            "1768435200:scriptlet-00147: validate_ehlo error: (null)",
            "1768435200:scriptlet-00239: test error: (null)",
            "1768435200:scriptlet-00147: validate_set_binding error: (null)",
            "1768435200:scriptlet-00239: test error: (null)",
        ]
    );
    assert_eq!(dispositions(&report), [Disposition::Delivered]);
}

#[test]
fn an_error_that_nothing_catches_answers_421() {
    let report =
        report("function mod:validate_data(msg) return msg.nothing.more end", &session(&["one@example.com"]));
    assert!(replies(&report).last().unwrap().starts_with("421 "), "{:?}", replies(&report));
    let error = runs(&report).flat_map(|run| &run.events).find_map(|event| match &event.what {
        What::Error { message, .. } => Some((event.at.clone().unwrap().to_string(), message.clone())),
        _ => None,
    });
    let (at, message) = error.unwrap();
    assert_eq!(at, "test.lua:6");
    assert!(message.contains("attempt to index field 'nothing'"), "{message}");
    assert!(report.paniclog[0].starts_with("1768435200:scriptlet-00147: validate_data error: test.lua:6: "));
}

#[test]
fn nil_to_c_ends_the_run_whatever_the_script_catches() {
    let report = report(
        "function mod:validate_data(msg)\n  pcall(msg.context_set, msg, nil, 'k', 'v')\n  return msys.core.VALIDATE_CONT\nend",
        &session(&["one@example.com"]),
    );
    let stop = report.stopped.unwrap();
    assert_eq!(stop.reason, StopReason::Crash);
    assert_eq!(stop.at.unwrap().to_string(), "test.lua:7");
}

#[test]
fn done_keeps_later_scripts_from_running_and_again_calls_again() {
    let script = "
local calls = 0
function mod:validate_connect()
  calls = calls + 1
  return calls < 3 and msys.core.VALIDATE_AGAIN or msys.core.VALIDATE_DONE
end
msys.registerModule('second', { validate_connect = function() return msys.core.VALIDATE_CONT end })";
    let report = report(script, &session(&["one@example.com"]));
    // `second` was registered first: it runs first.
    let runs: Vec<_> = runs(&report).map(|run| (run.script.as_str(), run.calls)).collect();
    assert_eq!(runs, [("second", 1), ("test", 3)]);
}

#[test]
fn self_lasts_as_long_as_the_session_and_contexts_survive() {
    let script = "
function mod:validate_connect(ac, vctx) self.seen = 'yes' vctx:set(msys.core.VCTX_CONN, 'c', 1) return msys.core.VALIDATE_CONT end
function mod:validate_mailfrom(str, ac, vctx) vctx:set(msys.core.VCTX_MESS, 'm', true) return msys.core.VALIDATE_CONT end
function mod:validate_data_spool_each_rcpt(msg, ac, vctx)
  print(self.seen, vctx:get(msys.core.VCTX_MESS, 'm'), msg:context_get(msys.core.ECMESS_CTX_CONN, 'c'),
    vctx:get(msys.core.VCTX_MESS, 'rcptto_localpart'), vctx:get(msys.core.VCTX_CONN, 'ehlo_domain'))
  return msys.core.VALIDATE_CONT
end";
    let report = report(script, &session(&["one@example.com", "two@example.com"]));
    assert_eq!(report.paniclog.len(), 2, "{:?}", report.paniclog);
    assert!(
        report.paniclog[0].contains("yes") && report.paniclog[0].contains("true"),
        "{:?}",
        report.paniclog
    );
    assert!(report.paniclog[1].contains("two"), "{:?}", report.paniclog);
    assert_eq!(report.connection_context.get("c").map(String::as_str), Some("1"));
}

#[test]
fn recipients_are_added_until_they_are_settled() {
    let script = "
function mod:validate_data(msg, ac, vctx) vctx:add_recipient('three@example.com') vctx:remove_recipient('one@example.com') return msys.core.VALIDATE_CONT end
function mod:validate_data_spool_each_rcpt(msg, ac, vctx)
  local ok, why = pcall(vctx.add_recipient, vctx, 'late@example.com')
  print(ok, why)
  return msys.core.VALIDATE_CONT
end";
    let report = report(script, &session(&["one@example.com", "two@example.com"]));
    let shown: Vec<_> = report.messages[0]
        .recipients
        .iter()
        .map(|one| (one.address.as_str(), one.added, one.disposition))
        .collect();
    assert_eq!(
        shown,
        [
            ("one@example.com", false, Disposition::Discarded),
            ("two@example.com", false, Disposition::Delivered),
            ("three@example.com", true, Disposition::Delivered)
        ]
    );
    assert!(report.paniclog[0].contains("settled"), "{:?}", report.paniclog);
}

#[test]
fn bindings_discards_and_deliveries_are_reported_for_each_recipient() {
    let script = "
function mod:validate_data_spool_each_rcpt(msg)
  if msg:rcptto():find('^drop') then msg:discard('550 5.7.0 unwanted') end
  return msys.core.VALIDATE_CONT
end
function mod:validate_set_binding(msg) msg:binding('bulk') return msys.core.VALIDATE_CONT end
function mod:core_log_permanent_failure_v1(msg, dr, now, note) print(tostring(note)) end
function mod:core_log_transient_failure_v1(msg) print('later') end";
    let mut session = session(&["drop@example.com", "bad@example.org", "slow@example.net"]);
    session.bindings.push(crate::session::Binding { name: "bulk".to_owned(), ..Default::default() });
    let answer = |code, text: &str| SmtpReply { code, text: text.to_owned() };
    session.messages[0].recipients[1].delivery = vec![answer(550, "5.1.1 unknown")];
    session.messages[0].recipients[2].delivery = vec![answer(451, "4.7.1 later"), answer(250, "2.0.0 OK")];
    let report = report(script, &session);
    assert_eq!(
        dispositions(&report),
        [Disposition::Discarded, Disposition::Bounced, Disposition::Delivered],
        "{report:?}"
    );
    let recipients = &report.messages[0].recipients;
    assert_eq!(recipients[1].binding.as_deref(), Some("bulk"));
    assert_eq!(recipients[1].routing_domain.as_deref(), Some("example.org"));
    assert_eq!(recipients[2].attempts.len(), 2);
    assert_eq!(report.paniclog, ["1768435200:scriptlet: 550 5.1.1 unknown", "1768435200:scriptlet: later"]);
}

#[test]
fn the_client_may_leave_and_tarpits_are_shown() {
    let mut session = session(&["one@example.com"]);
    session.disconnect_after = Some(Phase::Rcptto);
    let report = report(
        "function mod:validate_connect(ac, vctx) vctx:tarpit(30) return msys.core.VALIDATE_CONT end",
        &session,
    );
    assert_eq!(dispositions(&report), [Disposition::NotOffered]);
    assert!((report.steps[0].held_up - 30.0).abs() < f64::EPSILON);
}

#[test]
fn a_script_that_does_not_load_keeps_the_session_from_running() {
    let report = report("function mod:init() return 1 end", &session(&["one@example.com"]));
    assert_eq!(report.stopped.unwrap().reason, StopReason::NotLoaded);
    assert!(report.steps.is_empty());
    let broken =
        run(&Policy::of_script("broken.lua", b"local x = = 1"), &session(&["a@b"]), &Options::default());
    let stop = broken.stopped.unwrap();
    assert_eq!((stop.reason, stop.at.unwrap().line), (StopReason::NotLoaded, 1));
}

#[test]
fn hooks_are_driven_by_name() {
    let mut session = session(&["one@example.com"]);
    session.hook.push(crate::session::HookCall {
        name: "core_log_reopen".to_owned(),
        arguments: Vec::new(),
        returns: None,
    });
    let report = report("function mod:core_log_reopen() print('reopened') end", &session);
    assert_eq!(report.paniclog, ["1768435200:scriptlet: reopened"]);
}

#[test]
fn lines_are_counted_where_they_are_asked_for() {
    let script = b"local m = {}\nfunction m:validate_rcptto()\n  local x = 1\n  return msys.core.VALIDATE_CONT\nend\nmsys.registerModule('m', m)";
    let options = Options { lines: true, ..Options::default() };
    let report =
        run(&Policy::of_script("m.lua", script), &session(&["one@a.example", "two@a.example"]), &options);
    let lines: Vec<(u32, u64)> = report.lines["m.lua"].iter().map(|(line, count)| (*line, *count)).collect();
    assert_eq!(lines, [(1, 1), (2, 1), (3, 2), (4, 2), (5, 1), (6, 1)]);
}

#[test]
fn a_report_has_room_for_names_of_any_length() {
    let report = report(
        "function mod:validate_data(msg, accept, vctx)
           vctx:add_recipient(('x'):rep(70000) .. '@example.com')
           loadstring('return ...', '@' .. ('y'):rep(70000))()
           loadstring('local msg = ... msg:header(\"X-A\", \"1\")', '@' .. ('z'):rep(70000))(msg)
           return msys.core.VALIDATE_CONT
         end",
        &session(&["a@example.com"]),
    );
    for detail in [crate::report::Detail::Short, crate::report::Detail::Everything] {
        assert!(report.text(detail, false).contains("a@example.com"));
    }
}
