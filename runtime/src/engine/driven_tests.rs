//! What a session asks for beside its messages.

use super::{Options, Policy, run};
use crate::report::{Report, StopReason, What};
use crate::session::{
    AuthAttempt, AuthResult, ControlCommand, Disposition, HttpRequest, Phase, Recipient, Session,
};

fn report(script: &str, session: &Session) -> Report {
    let head = "require('msys.core')\nrequire('msys.timer')\nrequire('msys.httpsrv')\nrequire('msys.extended.httpsrv')\nlocal mod = {}\n";
    let text = format!("{head}{script}\nmsys.registerModule('test', mod)\n");
    run(&Policy::of_script("test.lua", text.as_bytes()), session, &Options::default())
}

fn command(line: &str) -> ControlCommand {
    ControlCommand { line: line.to_owned(), expect: None }
}

fn request(method: &str, path: &str) -> HttpRequest {
    HttpRequest {
        method: method.to_owned(),
        path: path.to_owned(),
        headers: Default::default(),
        body: Default::default(),
        client: None,
        user: None,
        expect: None,
    }
}

#[test]
fn commands_print_on_the_console() {
    let session = Session {
        command: vec![command("policy show \"a b\""), command("policy"), command("other")],
        ..Session::default()
    };
    let report = report(
        "function mod:rsrc_setup() msys.registerControl('policy', function(cc)
           print(cc.argc, cc.argv[0])
           print(cc.argv[2])
         end) return true end",
        &session,
    );
    let outputs: Vec<Option<&str>> = report.steps.iter().map(|step| step.output.as_deref()).collect();
    assert_eq!(outputs, [Some("3\tpolicy\na b"), Some("1\tpolicy")]);
    let stop = report.stopped.unwrap();
    assert_eq!((stop.reason, stop.at.unwrap().line), (StopReason::Crash, 8));
    assert_eq!(stop.message, "cc.argv[2] was read: its indices run from 0 to 0");
    assert!(!report.paniclog.iter().any(|line| line.contains("a b")), "{:?}", report.paniclog);
}

#[test]
fn a_command_that_nobody_registered_is_told() {
    let session = Session { command: vec![command("other")], ..Session::default() };
    let report = report("msys.registerControl('policy', print)", &session);
    let text = report.text(crate::report::Detail::Short, false);
    assert!(text.contains("no script registers this command, only `policy`"), "{text}");
}

#[test]
fn requests_are_answered() {
    let session = Session {
        http_request: vec![
            request("GET", "/site/status?x=1"),
            request("POST", "/site"),
            request("GET", "/fails"),
            request("GET", "/site/silent"),
        ],
        ..Session::default()
    };
    let report = report(
        "msys.httpsrv.register('GET', '/site/', function(session)
           session:response_status_set_std(200, session:request_url_get().url, 'text/plain') end)
         msys.httpsrv.register(nil, '/fails', function() error('no') end)
         msys.httpsrv.register(nil, '/site/silent', function() return msys.httpsrv.DONE end)",
        &session,
    );
    let responses: Vec<(u16, &str)> = report
        .steps
        .iter()
        .filter_map(|step| step.response.as_ref())
        .map(|response| (response.status, response.body.as_str()))
        .collect();
    let wanted = [(200, "/site/status?x=1"), (404, "Not Found"), (500, "Internal Server Error"), (200, "")];
    assert_eq!(responses, wanted);
}

#[test]
fn time_goes_on_at_the_end() {
    let session = Session { advance: 7200, ..Session::default() };
    let report = report(
        "t = msys.timer.every(3000, function() print(os.time()) end, 'tick')
         msys.runInPool('IO', function() msys.sleep(10000) end, true)
         function mod:init() print('init') return true end
         function mod:deinit() print('deinit', os.time()) end",
        &session,
    );
    let begin = session.clock.seconds();
    let printed: Vec<String> = report
        .load
        .iter()
        .chain(report.steps.iter().flat_map(|step| &step.callouts))
        .flat_map(|run| &run.events)
        .filter_map(|event| match &event.what {
            What::Print { text } => Some(text.clone()),
            _ => None,
        })
        .collect();
    let wanted = [
        "init".to_owned(),
        format!("{}", begin + 3000.0),
        format!("{}", begin + 6000.0),
        format!("deinit\t{}", begin + 7200.0),
    ];
    assert_eq!(printed, wanted);
    let text = report.text(crate::report::Detail::Callouts, false);
    assert!(text.contains("the timer `tick` every 3000 s runs, 3000 s after the session began"), "{text}");
    assert!(text.contains("would run 10000 s after the session began"), "{text}");
}

#[test]
fn jobs_run_when_the_callout_has_ended() {
    let session = crate::session::invented();
    let report = report(
        "function mod:validate_connect()
           msys.runInPool('IO', function() print('job') end, true)
           msys.lock('forgotten')
           print('callout')
           return msys.core.VALIDATE_CONT
         end",
        &session,
    );
    let step = report.steps.first().unwrap();
    let runs: Vec<&str> = step.callouts.iter().map(|run| run.callout.as_str()).collect();
    assert_eq!(runs, ["validate_connect", "a job in the pool IO (of test.lua:7)"]);
    let text = report.text(crate::report::Detail::Short, false);
    assert!(text.contains("the lock \"forgotten\" is still locked"), "{text}");
}

/// A session in which a client logs in and sends a message with these answers of the receiver.
fn login(result: AuthResult) -> Session {
    let mut session = crate::session::invented();
    session.connection.auth = Some(AuthAttempt {
        user: "anna".to_owned(),
        password: "secret".to_owned(),
        mechanism: "PLAIN".to_owned(),
        result,
    });
    session
}

fn auth_reply(report: &Report) -> String {
    let step = report.steps.iter().find(|step| step.phase == Some(Phase::Auth)).unwrap();
    step.reply.as_ref().unwrap().lines().join("|")
}

#[test]
fn hooks_and_schemes_decide_on_credentials() {
    let pre = |result: &str| format!("function mod:core_pre_esmtp_auth() return {result} end");
    let said = |script: &str, result| auth_reply(&report(script, &login(result)));
    assert!(said(&pre("msys.core.EC_AUTH_FAIL"), AuthResult::Success).starts_with("535"));
    assert!(said(&pre("msys.core.EC_AUTH_OK"), AuthResult::Failure).starts_with("235"));
    assert!(said(&pre("-1"), AuthResult::Failure).starts_with("535"));
    let ac_auth = "function mod:ac_auth_perform_auth(user, password, ac, response)
           if user == 'anna' and password == 'secret' then return msys.core.EC_AUTH_OK end
           response:write('530 5.7.0 not you', 17) return msys.core.EC_AUTH_FAIL end
         function mod:ac_auth_log_auth_failure(user) print('failed', user) end";
    assert!(said(ac_auth, AuthResult::Failure).starts_with("235"));
    let wrong = ac_auth.replace("'secret'", "'other'");
    let refused = report(&wrong, &login(AuthResult::Success));
    assert_eq!(auth_reply(&refused), "530 5.7.0 not you");
    assert!(refused.paniclog.iter().any(|line| line.ends_with("failed\tanna")), "{:?}", refused.paniclog);
    let scheme = "local auth = {} function auth:authenticate(file, params, user, password)
           return password == 'secret' and msys.core.EC_AUTH_OK or msys.core.EC_AUTH_FAIL end
         function mod:init() msys.registerAuth('mine', auth) return true end";
    assert!(said(scheme, AuthResult::Failure).starts_with("235"));
    assert!(said(&scheme.replace("'secret'", "'x'"), AuthResult::Success).starts_with("535"));
    assert!(said("", AuthResult::TemporaryFailure).starts_with("454"));
}

#[test]
fn adaptive_rules_act_on_deliveries() {
    let mut session = crate::session::invented();
    let mail = session.messages.first_mut().unwrap();
    let recipient = |address: &str, delivery: &[&str]| {
        let mut recipient = Recipient::new(address);
        recipient.delivery = delivery.iter().map(|reply| reply.parse().unwrap()).collect();
        recipient
    };
    mail.recipients = vec![
        recipient("a@big.example", &["550 5.7.1 blocked", "250 OK"]),
        recipient("b@big.example", &[]),
        recipient("c@small.example", &["550 5.7.1 blocked"]),
    ];
    let report = report(
        "require('msys.adaptive') msys.adaptive.registerRules({ ['big.example'] = { responses = {
           { code = 'blocked', trigger = '1', action = { 'transcode', '454', 'suspend', '2 hours' } } } } })
         function mod:core_log_transient_failure_v1() print('deferred') end
         function mod:core_log_permanent_failure_v1() print('bounced') end",
        &session,
    );
    let dispositions: Vec<Disposition> =
        report.messages.iter().flat_map(|message| &message.recipients).map(|one| one.disposition).collect();
    assert_eq!(dispositions, [Disposition::Delivered, Disposition::Deferred, Disposition::Bounced]);
    let text = report.text(crate::report::Detail::Short, false);
    assert!(text.contains("suspend for 7200 s"), "{text}");
    let first = report.messages.first().and_then(|message| message.recipients.first()).unwrap();
    assert_eq!(first.attempts, ["454 5.7.1 blocked", "250 OK"]);
}

#[test]
fn validate_again_from_set_binding_is_an_error() {
    let report = report(
        "function mod:validate_set_binding() return msys.core.VALIDATE_AGAIN end",
        &crate::session::invented(),
    );
    assert!(
        report.paniclog.iter().any(|line| line.contains("validate_set_binding error: (null)")),
        "{:?}",
        report.paniclog
    );
    let calls = report.steps.iter().flat_map(|step| &step.callouts).map(|run| run.calls).collect::<Vec<_>>();
    assert_eq!(calls, [1]);
}

#[test]
fn the_xmpp_module_calls_what_was_registered_with_it() {
    let text = "[[hook]]\nname = 'client_message_recv'\n\
        arguments = [false, { xml = '<message to=\"a@b.example\"><body>hi</body></message>' }]\n";
    let (session, errors) = crate::session::read_toml(text, &crate::session::NoFiles);
    assert!(errors.is_empty(), "{errors:?}");
    let report = report(
        "local xmpp = require('msys.xmpp') local im = {}
         function im:client_message_recv(sess, stanza)
           print(sess, stanza:attribute('to'), stanza:contents()) return msys.xmpp.DONE end
         function im:validate_connect() return msys.core.VALIDATE_CONT end
         xmpp.registerModule('im', im)
         function mod:client_message_recv() print('never') end",
        &session,
    );
    let log = report.paniclog.join("\n");
    assert!(log.contains("nil\ta@b.example\thi") && !log.contains("never"), "{log}");
    let text = report.text(crate::report::Detail::Short, false);
    assert!(
        text.contains("`validate_connect` never runs: it belongs in a table for msys.registerModule"),
        "{text}"
    );
    assert!(text.contains("`client_message_recv` never runs"), "{text}");
}

#[test]
fn names_that_nothing_has_are_told() {
    let text = "[[hook]]\nname = 'core_log_delivry_v1'\n[[hook]]\nname = 'core_log_attempt_v1'\n\
        [[hook]]\nname = 'core_log_delivery_v1'\narguments = [{ constant = 'msys.core.VALIDATE_CONTT' }, { class = 'ec_mesage' }, { xml = '<a' }, {}, 1]\n\
        [[api_answer]]\nfunction = 'msys.cloudmark.scor'\n[[api_answer]]\nfunction = 'ec_message:header'\n[[api_answer]]\nfunction = 'msys.core'\n\
        [[api_answer]]\nfunction = 'msg:rsrc_get'\n";
    let (session, errors) = crate::session::read_toml(text, &crate::session::NoFiles);
    assert!(errors.is_empty(), "{errors:?}");
    let report = report("function mod:core_log_delivery_v1(...) print(select('#', ...), ...) end", &session);
    let text = report.text(crate::report::Detail::Short, false);
    for told in [
        "neither the server nor a script has a hook of this name, did you mean `core_log_delivery_v1`",
        "no script has this hook",
        "argument 1 is nil: no constant is called `msys.core.VALIDATE_CONTT`, did you mean `msys.core.VALIDATE_CONT`",
        "argument 2 is nil: no class is called `ec_mesage`, did you mean `ec_message`",
        "argument 3 is nil: ",
        "argument 4 is nil: it is an empty table",
        "`msys.cloudmark.scor` is never given: no function is called so, did you mean `msys.cloudmark.score`",
        "`ec_message:header` is never given: write `msg:header`",
        "`msys.core` is never given: this is no function",
        "scriptlet: 5\tnil\tnil\tnil\tnil\t1",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(!text.contains("rsrc_get"), "{text}");
}

#[test]
fn logging_hooks_get_the_answer_of_the_receiver_and_its_length() {
    let session = crate::api::tested::session_of(
        "[[message]]\n[[message.recipients]]\naddress = 'a@b.example'\ndelivery = ['451 4.7.1 later', '250 ok']\n",
    );
    let script = "function mod:core_log_transient_failure_v1(msg, record, now, note, length) print(note, length) end
        function mod:core_log_delivery_v1(msg, record, now, note, length) print(note, length, record.domain) end";
    let text = report(script, &session).text(crate::report::Detail::Short, false);
    for part in ["451 4.7.1 later\t15\n", "250 ok\t6\tb.example\n"] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn objects_that_a_hook_would_hardly_get_are_told() {
    let session = crate::api::tested::session_of(
        "[[message]]\n[[hook]]\nname = 'core_log_delivery_v1'\n\
         arguments = [{ message = 1 }, { class = 'delivery_construct', fields = { domain = 'a.example', bytes = 5 } }]\n\
         [[hook]]\nname = 'core_log_delivery_v1'\n\
         arguments = [{ message = 1 }, { class = 'domain_record', fields = { domain = 'b.example' } }]\n",
    );
    let script =
        "function mod:core_log_delivery_v1(msg, record) print('domain ' .. tostring(record.domain)) end";
    let text = report(script, &session).text(crate::report::Detail::Short, false);
    for part in [
        "argument 2: the hook gets a `domain_record` here, and not a `delivery_construct`",
        "argument 2: no field `domain` of `delivery_construct` is known",
        "domain b.example",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert_eq!(text.matches("argument 2").count(), 2, "{text}");
}

#[test]
fn a_relay_hook_cannot_answer_in_lua() {
    let report = report(
        "function mod:core_config_get_domain_relay(cs, domain) print('asked', domain) return 1 end",
        &crate::session::invented(),
    );
    assert!(report.paniclog.iter().any(|line| line.contains("asked\texample.com")), "{:?}", report.paniclog);
    let text = report.text(crate::report::Detail::Short, false);
    assert!(text.contains("no documented way to set"), "{text}");
}
