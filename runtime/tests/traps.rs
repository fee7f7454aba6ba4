//! The documented traps behave as they are documented: each is sprung in a session.
//!
//! A script says what holds with `assert`, `raises(f, "part of the message")` and `is(value, wanted)`; what ends the run
//! or stands in the report is asked of the report.

#![allow(clippy::unwrap_used, clippy::panic, reason = "all of it is tests")]

mod scripted;

use momentum_lua_analyzer::configuration::includes::{Configuration, Entry};
use momentum_lua_analyzer::configuration::search_path::SearchPath;
use momentum_lua_runtime::engine::{Options, Policy, Script, run};
use momentum_lua_runtime::report::{Detail, Report, StopReason};
use momentum_lua_runtime::session::{NoFiles, read_toml};
use scripted::json;

/// What stands before each script.
const HEAD: &str = "require('msys.core') require('msys.extended.message') require('msys.extended.message_routing') \
    require('msys.extended.vctx') require('msys.extended.ac') local mod = {} \
    local function is(value, wanted) if value ~= wanted then error(tostring(value) .. ' is not ' .. tostring(wanted), 2) end end \
    local function raises(f, part) local ok, message = pcall(f) \
      if ok then error('no error', 2) end \
      if not tostring(message):find(part, 1, true) then error('another error: ' .. tostring(message), 2) end end ";

fn report(session: &str, script: &str) -> Report {
    scripted::report(HEAD, session, script)
}

/// What goes wrong in the report: nothing, where the script's own checks hold.
fn troubles(report: &Report) -> Vec<String> {
    let stopped = report.stopped.iter().map(|stop| format!("{:?}: {}", stop.reason, stop.message));
    let errors = report.paniclog.iter().filter(|line| line.contains("error")).cloned();
    stopped.chain(errors).collect()
}

/// Traps whose scripts check what happens: name, session, the callout that does.
#[track_caller]
fn all_hold(traps: &[(&str, &str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (trap, session, head, body) in traps {
        let script = format!(
            "function mod:{head}\n{body}\nmod.sprung = true print('sprung') return msys.core.VALIDATE_CONT end"
        );
        let report = report(session, &script);
        let troubles = troubles(&report);
        let sprung = report.paniclog.iter().any(|line| line.ends_with("scriptlet: sprung"));
        if !troubles.is_empty() || !sprung {
            wrong.push(format!("{trap}: {troubles:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

const CONNECT: &str = "validate_connect(accept, vctx)";
const RCPTTO: &str = "validate_rcptto(msg, str, accept, vctx)";
const DATA: &str = "validate_data(msg, accept, vctx)";
const BINDING: &str = "validate_set_binding(msg)";

const PARTS: &str = "[[message]]\ntext = '''\nFrom: a@sender.example\nTo: b@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\none\n--x\nContent-Type: text/plain\n\ntwo\n--x--\n'''\n";

#[test]
fn values_are_not_what_they_look_like() {
    all_hold(&[
        ("0 is true", "", DATA, "local n = 0 if n then else error('0 is false') end"),
        (
            "0 of a C function is true",
            "",
            DATA,
            "local there = msg:context_exists(msys.core.ECMESS_CTX_MESS, 'none') is(there, 0) assert(there) \
             is(msg:context_delete(msys.core.ECMESS_CTX_MESS, 'none'), 0)",
        ),
        (
            "a missing context variable is empty",
            "",
            DATA,
            "is(msg:context_get(msys.core.ECMESS_CTX_MESS, 'none'), '') is(vctx:get(msys.core.VCTX_CONN, 'none'), '')",
        ),
        (
            "a context variable is a string",
            "",
            DATA,
            "msg:context_set(msys.core.ECMESS_CTX_MESS, 'n', 3) is(msg:context_get(msys.core.ECMESS_CTX_MESS, 'n'), '3') \
             raises(function() return msg:context_get(msys.core.ECMESS_CTX_MESS, 'n') < 4 end, 'attempt to compare')",
        ),
        (
            "context_exists_and_get gives two values, the number first",
            "",
            DATA,
            "msg:context_set(msys.core.ECMESS_CTX_MESS, 'x', 'y') \
             local there, value = msg:context_exists_and_get(msys.core.ECMESS_CTX_MESS, 'x') is(there, 1) is(value, 'y')",
        ),
        (
            "an ec_string is no string",
            "",
            RCPTTO,
            "local line = tostring(str) assert(str ~= line) assert(line:find('recipient@example.com', 1, true))",
        ),
        (
            "ids are fields and no strings",
            "",
            DATA,
            "raises(function() return msg:id() end, 'attempt to call') assert(type(msg.id) ~= 'string' or true) assert(#tostring(msg.id) > 0)",
        ),
        (
            "a header is a table",
            "",
            DATA,
            "is(type(msg:header('From')), 'table') is(#msg:header('X-None'), 0) assert(msg:header('X-None'))",
        ),
        (
            "msg:header deletes with an empty text, msgpart:header with nil",
            "",
            DATA,
            "msg:header('X-A', '1') msg:header('X-A', '') is(#msg:header('X-A'), 0) \
             local part = msg:mime(false) part:header('X-B', '2') part:header('X-B', nil) is(#msg:header('X-B'), 0)",
        ),
        (
            "a mode of msg:header that there is not raises",
            "",
            DATA,
            "raises(function() msg:header('X-A', '1', 'before') end, 'before')",
        ),
        (
            "no match of a message is false, of msys.pcre nil",
            "",
            DATA,
            "require('msys.pcre') is(msg:raw_match('zzz+'), false) is(msg:body_match('zzz+'), false) is(msg:text_match('zzz+'), false) \
             is(msg:mime():body_match('zzz+'), false) is(msys.pcre.match('a', 'b'), nil)",
        ),
        (
            "msg:raw gives two values, the body lacks the end-of-data marker",
            "",
            DATA,
            "is(select('#', msg:raw()), 2) assert(not msg:body():find('\\r\\n.\\r\\n', 1, true))",
        ),
        ("several text parts are a table", PARTS, DATA, "is(type(msg:text()), 'table') is(#msg:text(), 2)"),
        ("a priority is 0 or 1", "", DATA, "is(msg.priority, 0) msg.priority = 1 is(msg.priority, 1)"),
        (
            "a match is counted from 0",
            "",
            CONNECT,
            "require('msys.pcre') local m = msys.pcre.match('ab', '(a)(?P<n>b)') is(m[0], 'ab') is(m[1], 'a') is(m.n, 'b') \
             local none, why = msys.pcre.match('x', '(') is(none, nil) is(type(why), 'string')",
        ),
    ]);
}

#[test]
fn what_must_not_be_done_raises() {
    all_hold(&[
        (
            "a part of a tree for reading cannot be changed",
            "",
            DATA,
            "raises(function() msg:mime():header('X-A', '1') end, 'read') raises(function() msg:mime(true):text('x') end, 'read')",
        ),
        (
            "a part that is no container takes no parts",
            PARTS,
            DATA,
            "local first = msg:mime(false).parts local second = first.next \
             is(first:addLastChild(second), false) is(first:addFirstChild(second), false)",
        ),
        (
            "recipients are settled in rcptto_list_final",
            "",
            "validate_data_spool_each_rcpt(msg, accept, vctx)",
            "raises(function() vctx:add_recipient('more@example.com') end, 'settled') \
             raises(function() vctx:remove_recipient('recipient@example.com') end, 'settled')",
        ),
        (
            "a wrong record type raises",
            "",
            CONNECT,
            "raises(function() msys.dnsLookup('a.example', 'SPF') end, 'SPF')",
        ),
        (
            "base64 and quoted-printable that cannot be decoded raise",
            "",
            CONNECT,
            "require('msys.base64') require('msys.qp') raises(function() msys.base64.decode('*') end, 'not base64') \
             raises(function() msys.qp.decode('=ZZ') end, 'not quoted-printable')",
        ),
        (
            "what is no JSON raises, what cannot be read is nil and why",
            "",
            CONNECT,
            "local json = require('json') raises(function() json.encode({ f = print }) end, 'function') \
             local none, code, why = json.decode('{') is(none, nil) is(type(why), 'string') \
             is((tostring(json.encode({ 1, 2, nil, 4 })):gsub('%s', '')), '[1,2]') \
             is((tostring(json.encode({ [3] = 'x' })):gsub('%s', '')), '{\"3\":\"x\"}') \
             local list = json.encode({ 1 }) raises(function() list.name = 1 end, 'index must be numeric')",
        ),
        (
            "booleans of curl are true and false",
            "",
            CONNECT,
            "local curl = require('curl') local c = curl.new() raises(function() c:setopt(curl.OPT_NOPROGRESS, 1) end, 'boolean value expected') \
             c:setopt(curl.OPT_NOPROGRESS, false) c:close() raises(function() c:setopt(curl.OPT_NOPROGRESS, true) end, 'closed')",
        ),
        (
            "a method of the HTTP client is one of four",
            "",
            CONNECT,
            "require('msys.http.client') local client = msys.http.client.new() raises(function() client:do_request('PATCH', 'https://a.example/') end, 'PATCH')",
        ),
        (
            "queries raise, unless raise_error is false",
            "[datasources.d]\nsql = 'CREATE TABLE t (a);'\n",
            CONNECT,
            "require('msys.db') require('msys.datasource') raises(function() msys.db.query('d', 'SELECT b FROM t') end, 'no such column') \
             local rows, why = msys.db.query('d', 'SELECT b FROM t', {}, { raise_error = false }) assert(not rows) is(type(why), 'string') \
             is(msys.db.fetch_row('d', 'SELECT a FROM t'), nil)",
        ),
        (
            "a series of strings needs a key",
            "",
            CONNECT,
            "require('msys.audit_series') msys.audit_series.define('s', 'string', 60, 5) \
             raises(function() msys.audit_series.add('s') end, 'key') raises(function() msys.audit_series.count('s') end, 'key') \
             raises(function() msys.audit_series.remove_item('s') end, 'key') raises(function() msys.audit_series.define('t', 'words', 60, 5) end, 'words')",
        ),
        (
            "a monitor that is not configured raises",
            "[configuration.inbound_audit]\nmonitors = [\"300,6\"]\n",
            CONNECT,
            "require('msys.audit') for _, name in ipairs({ 'connections', 'receptions', 'rejections' }) do \
             raises(function() msys.audit[name]('60,1') end, 'monitor') end is(msys.audit.connections('300,6', '/24'), msys.audit.connections('300,6', { cidr = '/24' }))",
        ),
        (
            "what is shared is no table",
            "",
            CONNECT,
            "is(msys.shareSet('x', {}), false) is(msys.shareGet('x'), nil) msys.shareSet('x', 1) is(msys.shareGet('x'), 1) msys.shareUnset('x')",
        ),
        (
            "results of DKIM have to be there",
            "",
            DATA,
            "require('msys.validate.dkim') local d = msys.validate.dkim \
             raises(function() d.verify_results_get_count(nil) end, 'No verification results to count.') \
             raises(function() d.verify_results_get_item(nil, 0) end, 'No verification results to get item from') \
             raises(function() d.verify_status_to_string(nil) end, 'No status code is passed in') \
             local _, results = d.get_verify_results(vctx) raises(function() d.verify_results_get_item(results) end, 'Index value not specified') \
             raises(function() d.verify_results_get_item(results, 9) end, 'Index value is greater than the number of verification results')",
        ),
        (
            "a component of an address is one of five",
            "",
            DATA,
            "raises(function() return msys.parseRFC2822Addresses('a@b.example', 'host') end, 'host')",
        ),
        (
            "flags of an envelope are not both",
            "",
            DATA,
            "local a, b = msys.core.string_new(), msys.core.string_new() \
             raises(function() msg:get_envelope2(msys.core.EC_MSG_ENV_FROM | msys.core.EC_MSG_ENV_TO, a, b) end, 'only one')",
        ),
    ]);
}

#[test]
fn results_say_less_than_they_seem_to() {
    all_hold(&[
        (
            "rows and JSON objects are gone over by themselves",
            "[datasources.d]\nsql = 'CREATE TABLE t (a); INSERT INTO t VALUES (7);'\n",
            CONNECT,
            "require('msys.db') require('msys.datasource') local json = require('json') \
             raises(function() for _ in pairs(msys.db.query('d', 'SELECT a FROM t')) do end end, 'table expected') \
             raises(function() for _ in ipairs(json.decode('[1]')) do end end, 'table expected') \
             local rows, seen = msys.db.query('d', 'SELECT a FROM t'), 0 \
             for row in rows do seen = seen + row.a end for row in rows do seen = seen + row.a end is(seen, 7)",
        ),
        (
            "a pool tells first whether the function ran, and nothing of one that runs later",
            "",
            CONNECT,
            "local ok, value = msys.runInPool('p', function() return 5 end) is(ok, true) is(value, 5) \
             local failed, why = msys.runInPool('p', function() error('broken') end) is(failed, false) assert(tostring(why):find('broken')) \
             local later = false is(select('#', msys.runInPool('p', function() later = true end, true)), 0) is(later, false)",
        ),
        (
            "blanks of XML are kept by a number",
            "",
            CONNECT,
            "local xml = require('xml') raises(function() xml.parsexml('<a/>', true) end, 'number') \
             is(xml.parsexml('<a>'), nil) local doc = xml.parsexml('<a x=\"1\"/>') doc:root():attribute('x', nil) is(doc:root():attribute('x'), nil)",
        ),
        (
            "a kind of mutex is one of three",
            "",
            CONNECT,
            "local thread = require('thread') raises(function() thread.mutex(99) end, 'mutex') \
             local lock = thread.mutex(thread.MUTEX_ERRORCHECK) lock:lock() raises(function() lock:lock() end, 'deadlock')",
        ),
        ("an id joins no text", "", DATA, "raises(function() return 'id ' .. msg.id end, 'concatenate')"),
        (
            "a record with a preference is a pair",
            "[dns]\n\"a.example\" = { mx = [\"10 mx.a.example\"] }\n",
            CONNECT,
            "local found = msys.dnsLookup('a.example', 'mx', { priority = true }) is(tonumber(found[1][1]), 10) assert(found[1][2]:find('mx.a.example', 1, true))",
        ),
        (
            "a null sender is empty, a code may be digits",
            "[[message]]\nmail_from = \"\"\n",
            DATA,
            "assert(msg:mailfrom() == nil or msg:mailfrom() == '') vctx:set_code('250', '2.0.0 fine') \
             raises(function() vctx:set_code(99, 'x') end, 'reply code')",
        ),
        (
            "the editor's functions take a table with the message",
            "",
            DATA,
            "require('msys.policyeditor') is(msys.policyeditor.get_rcptto({ ec_message = msg }) ~= nil, true) \
             raises(function() msys.policyeditor.get_rcptto(msg) end, 'table expected')",
        ),
        (
            "a counter begins where it is first counted",
            "",
            CONNECT,
            "require('msys.counter') msys.counter.inc('/site/new') is(msys.counter.read(msys.counter.open('/site/new', msys.counter.STRICT)), 1)",
        ),
        (
            "a series of IPv4 addresses does not count others",
            "",
            CONNECT,
            "require('msys.audit_series') msys.audit_series.define('four', 'cidr', 60, 5) msys.audit_series.add('four', '2001:db8::1') \
             is(msys.audit_series.count('four', '2001:db8::1'), 0)",
        ),
        (
            "headers of the HTTP client stand until they are dropped",
            "[[http_answer]]\nurl = 'https://a.example/'\nstatus = 200\n",
            CONNECT,
            "require('msys.http.client') local client = msys.http.client.new() client:set_header('X-A: 1') client:set_header() client:set_timeout() \
             raises(function() client:do_request('POST', 'https://a.example/') end, 'data') client:do_request('GET', 'https://a.example/') is((client:get_status()), 200)",
        ),
    ]);
}

/// What crashes the server ends the run, whatever catches errors.
#[test]
fn what_would_crash_the_server_is_told() {
    let command = "[[command]]\nline = 'go'\n";
    let control = |body: &str| {
        format!("function mod:init() msys.registerControl('go', function(cc) {body} end) return true end")
    };
    let callout =
        |head: &str, body: &str| format!("function mod:{head} {body} return msys.core.VALIDATE_CONT end");
    for (trap, session, script) in [
        ("an argument behind the last", command, control("pcall(function() return cc.argv[cc.argc] end)")),
        ("an argument before the first", command, control("return cc.argv[-1]")),
        (
            "nil to a C function",
            "",
            callout(DATA, "pcall(msg.context_get, msg, msys.core.ECMESS_CTX_MESS, nil)"),
        ),
        ("nil to DNS", "", callout(CONNECT, "msys.dnsLookup(nil, 'A')")),
        ("a wrong cast", "", callout(DATA, "msys.cast(msg, 'accept_construct')")),
        (
            "a node of another document",
            "",
            callout(
                CONNECT,
                "local xml = require('xml') local a, b = xml.parsexml('<a/>'), xml.parsexml('<b/>') a:xpath('b', b:root())",
            ),
        ),
    ] {
        let report = report(session, &script);
        let stop = report.stopped.as_ref().unwrap_or_else(|| panic!("{trap}: it goes on: {}", json(&report)));
        assert_eq!(stop.reason, StopReason::Crash, "{trap}: {}", stop.message);
        assert!(stop.at.as_ref().is_some_and(|at| at.file == "m.lua"), "{trap}: {stop:?}");
    }
}

/// What is wrong and goes on is told in the report.
#[test]
fn what_goes_unnoticed_is_told() {
    let callout =
        |head: &str, body: &str| format!("function mod:{head} {body} return msys.core.VALIDATE_CONT end");
    for (trap, session, script, told) in [
        (
            "a result that is none",
            "",
            "function mod:validate_data() end".to_owned(),
            "scriptlet-00147: validate_data error: (null)",
        ),
        (
            "VALIDATE_AGAIN from set_binding",
            "",
            "function mod:validate_set_binding() return msys.core.VALIDATE_AGAIN end".to_owned(),
            "scriptlet-00147: validate_set_binding error: (null)",
        ),
        (
            "no callouts",
            "",
            "function mod:valdate_data() end".to_owned(),
            "no usable methods found for module m in registerModule call",
        ),
        (
            "init without true",
            "",
            "function mod:init() end".to_owned(),
            "initialization failed while preparing to commit",
        ),
        (
            "a discard without a code",
            "",
            callout(DATA, "msg:discard('spam')"),
            "550 5.7.1 [internal] discarded by policy",
        ),
        ("an error that nothing catches", "", callout(CONNECT, "msys.dnsLookup('a.example', 'SPF')"), "421"),
        (
            "a timer that nobody keeps",
            "advance = 60\n[[message]]\n",
            callout(
                CONNECT,
                "require('msys.timer') msys.timer.after(30000, function() print('late') end) collectgarbage()",
            ),
            "collected",
        ),
        (
            "a lock that is kept",
            "",
            callout(CONNECT, "msys.lock('x')"),
            "is still locked when the callout ends",
        ),
        ("an unlock of what nobody has", "", callout(CONNECT, "msys.unlock('x')"), "nobody"),
        (
            "an authentication scheme outside of init",
            "",
            callout(CONNECT, "msys.registerAuth('x', { authenticate = function() end })"),
            "must be called from `init`",
        ),
        (
            "a binding that is not there",
            "[[bindings]]\nname = 'one'\n[[message]]\n",
            callout(BINDING, "print('binding', msg:binding('other'))"),
            "binding\\tnil",
        ),
        (
            "an ec_string that is assigned",
            "",
            callout(RCPTTO, "str = 'other@example.com'"),
            "\"address\":\"recipient@example.com\"",
        ),
    ] {
        let report = report(session, &script);
        let text = json(&report);
        assert!(text.contains(told), "{trap}: {text}");
    }
}

/// A string that the server lends a hook has the room that it has; what does not fit is cut off.
#[test]
fn an_ec_string_holds_no_more_than_its_length() {
    let report = report(
        "",
        "function mod:core_config_get_message_routing_domain(cs, msg, domain)
           domain:set(('a'):rep(300)) print('kept', #tostring(domain) == domain.allocd, #tostring(domain) < 300) return 0 end",
    );
    assert!(report.paniclog.iter().any(|line| line.ends_with("kept\ttrue\ttrue")), "{}", json(&report));
}

/// What scripts leave for later: contexts, tables of the session, globals.
#[test]
fn what_survives_and_what_does_not() {
    let two = "[[message]]\n[[message]]\n";
    let report = report(
        two,
        "function mod:validate_data(msg, accept, vctx)
           counted = (counted or 0) + 1
           self.messages = (self.messages or 0) + 1
           print('before', vctx:get(msys.core.VCTX_MESS, 'm'), vctx:get(msys.core.VCTX_CONN, 'c'), counted, self.messages, rawget(mod, 'messages'))
           vctx:set(msys.core.VCTX_MESS, 'm', 'm' .. counted) vctx:set(msys.core.VCTX_CONN, 'c', 'c' .. counted)
           return msys.core.VALIDATE_CONT end
         function mod:validate_set_binding(msg)
           print('later', msg:context_get(msys.core.ECMESS_CTX_MESS, 'm'), msg:context_get(msys.core.ECMESS_CTX_CONN, 'c'))
           return msys.core.VALIDATE_CONT end",
    );
    let printed: Vec<&str> = report
        .paniclog
        .iter()
        .filter_map(|line| line.split_once("scriptlet: "))
        .map(|(_, text)| text)
        .collect();
    assert_eq!(
        printed,
        ["before\t\t\t1\t1\tnil", "later\tm1\tc1", "before\t\tc1\t2\t2\tnil", "later\tm2\tc2"],
        "{}",
        json(&report)
    );
}

/// A session with a server that is configured so; the script's stanza is called `m`.
fn configured(configuration: &str, session: &str, script: &str) -> Report {
    let (session, errors) = read_toml(session, &NoFiles);
    assert!(errors.is_empty(), "{errors:?}");
    let text = format!(
        "{configuration}\nRelay_Domains = ( \"example.com\" )\nscriptlet \"scriptlet\" {{ script \"m\" {{ source = \"m\" }} }}\n"
    );
    let configuration =
        Configuration::load("ecelerity.conf", text, &SearchPath::default(), &|_| Entry::Missing);
    let script = format!("{HEAD}\n{script}");
    let policy = Policy::of_configuration(&configuration, |stanza| {
        let name = stanza.name.as_ref().map(|name| name.text.clone());
        Script::new(name, "m.lua", script.as_bytes())
    });
    run(&policy, &session, &Options::default())
}

/// What a callout says that runs on a server which is configured so.
#[track_caller]
fn printed(configuration: &str, session: &str, head: &str, body: &str) -> (String, Report) {
    let script = format!(
        "function mod:{head}\n{body}\nreturn msys.core.VALIDATE_CONT end msys.registerModule('m', mod)"
    );
    let report = configured(configuration, session, &script);
    assert!(troubles(&report).is_empty(), "{:?}", troubles(&report));
    let lines: Vec<&str> = report
        .paniclog
        .iter()
        .filter_map(|line| line.split_once("scriptlet: "))
        .map(|(_, said)| said)
        .collect();
    (lines.join("\n"), report)
}

#[test]
fn a_module_with_another_name_than_its_stanza_runs_and_the_report_says_so() {
    let of = |more: &str| {
        let script = format!(
            "function mod:validate_connect() print('called') error('x') end msys.registerModule('M2', mod) {more}"
        );
        configured("", "", &script)
    };
    let other = of("");
    let said = other.paniclog.join("\n");
    assert!(said.contains("scriptlet: called") && said.contains("scriptlet-00239: M2 error: "), "{said}");
    let note = "the script stanza is called `m`, and the script registers as `M2`: the names should match.";
    assert!(other.text(Detail::Short, false).contains(note), "{}", json(&other));
    let both =
        of("msys.registerModule('m', { validate_ehlo = function() return msys.core.VALIDATE_CONT end })");
    assert!(!json(&both).contains("the names should match"), "{}", json(&both));
}

#[test]
fn a_datasource_must_stand_in_the_configuration() {
    let rows =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150) SELECT i FROM n";
    let ask = format!(
        "require('msys.datasource') require('msys.db')
         local ok, message = pcall(msys.db.query, 'directory', '{rows}')
         if not ok then print(message) return msys.core.VALIDATE_CONT end
         local count = 0 for row in message do count = count + 1 end print(count)"
    );
    let session = "[datasources.directory]\nsql = ''\n";
    let (said, _) = printed("Datasource \"other\" { uri = ( \"sqlite:/x\" ) }", "", DATA, &ask);
    assert!(said.contains("directory"), "{said}");
    let one = |options: &str| {
        printed(
            &format!("Datasource \"directory\" {{ uri = ( \"sqlite:/x\" ) {options} }}"),
            session,
            DATA,
            &ask,
        )
        .0
    };
    assert_eq!(one(""), "100", "the server gives no more rows than that");
    assert_eq!(one("max_rows = 7"), "7");
    assert_eq!(one("max_rows = -1"), "150");
}

#[test]
fn a_cached_answer_outlives_a_change_for_as_long_as_the_datasource_says() {
    let ask = "require('msys.datasource') require('msys.db')
        local function count() return msys.db.fetch_row('d', 'SELECT count(*) AS n FROM t').n end
        local before = count() msys.db.execute('d', 'INSERT INTO t VALUES (1)')
        local at_once = count() msys.sleep(61) print(before, at_once, count())";
    let session = "[datasources.d]\nsql = 'CREATE TABLE t (a)'\n";
    let of = |options: &str| {
        printed(&format!("Datasource \"d\" {{ uri = ( \"sqlite:/x\" ) {options} }}"), session, DATA, ask).0
    };
    assert_eq!(of(""), "0\t0\t0");
    assert_eq!(of("cache_life = 60"), "0\t0\t1");
    assert_eq!(of("no_cache = true"), "0\t1\t1");
}

#[test]
fn a_thread_pool_must_be_configured() {
    let ask = "require('msys.threadpool') print(msys.runInPool('slow', function() return 7 end))";
    let (said, _) = printed("Threadpool \"slow\" { concurrency = 4 }", "", DATA, ask);
    assert_eq!(said, "true\t7");
    let (said, report) = printed("Threadpool \"other\" { concurrency = 4 }", "", DATA, ask);
    assert_eq!(said, "false\tno such thread pool");
    assert!(json(&report).contains("slow"), "{}", json(&report));
}

#[test]
fn a_binding_must_be_configured() {
    let ask = "print(msg:binding('bulk'), msg:binding_group('all'), msg:binding())";
    let (said, _) = printed("Binding_Group \"all\" { Binding \"bulk\" { } }", "", BINDING, ask);
    assert_eq!(said, "bulk\tall\tbulk");
    let (said, report) = printed("Binding \"other\" { }", "", BINDING, ask);
    assert_eq!(said, "nil\tnil\tnil");
    assert!(json(&report).contains("there is no binding `bulk`"), "{}", json(&report));
}

#[test]
fn monitors_of_inbound_audit_must_be_configured() {
    let ask = "require('msys.audit') print(msys.audit.connections('60,1')) print((select(2, pcall(msys.audit.connections, '60,5'))))";
    let (said, _) = printed("inbound_audit { monitors = ( \"60,1\" ) }", "", DATA, ask);
    assert!(said.starts_with("1\n") && said.contains("`60,5` is no monitor of inbound_audit"), "{said}");
    let ask = "require('msys.audit') print((select(2, pcall(msys.audit.connections, '60,1'))))";
    let (said, _) = printed("", "", DATA, ask);
    assert!(said.contains("inbound_audit is not configured"), "{said}");
}

#[test]
fn adaptive_rules_need_the_module_and_its_option() {
    let script = "require('msys.adaptive')
        msys.adaptive.registerRules({ ['example.com'] = { responses = { { code = '^4', trigger = '1', action = { 'suspend', '1 hours' } } } } })
        msys.registerModule('m', mod) function mod:validate_connect() return msys.core.VALIDATE_CONT end";
    let session =
        "[[message]]\n[[message.recipients]]\naddress = 'a@example.com'\ndelivery = ['421 later']\n";
    let of = |configuration: &str| json(&configured(configuration, session, script));
    let acts = "suspend for 3600 s";
    assert!(of("adaptive { }\nadaptive_enabled = true").contains(acts));
    let off = of("adaptive { }");
    assert!(!off.contains(acts) && off.contains("`adaptive_enabled` is not true"), "{off}");
    let missing = of("adaptive_enabled = true");
    assert!(!missing.contains(acts) && missing.contains("has no `adaptive` stanza"), "{missing}");
}

#[test]
fn sweep_rules_need_their_modules() {
    let script =
        "msys.registerModule('m', mod) function mod:validate_connect() return msys.core.VALIDATE_CONT end";
    let session = "advance = 3600\n[[message]]\n[[message.recipients]]\naddress = 'a@example.com'\ndelivery = ['550 5.1.1 no such user']\n";
    let rule = "adaptive { }\nadaptive_enabled = true\nadaptive_attempt_threshold = 1\n\
        adaptive_sweep_rule \"x\" { codes = ( \"bc:10\" ) high_action = ( \"suspend\" \"2 hours\" ) }\n";
    let of = |modules: &str| json(&configured(&format!("{rule}{modules}"), session, script));
    let acts = "suspend for 7200 s";
    assert!(of("bounce_classifier_override { }\nfbl { }").contains(acts));
    let missing = of("");
    assert!(
        !missing.contains(acts) && missing.contains("does not load `bounce_classifier_override`"),
        "{missing}"
    );
}

#[test]
fn bindings_have_numbers_and_groups_a_size() {
    let (said, _) = printed(
        "Binding_Group g { Binding a { Bind_Address = 192.0.2.1 } Binding b { Bind_Address = 192.0.2.2 } }",
        "[[bindings]]\nname = 'c'\ngroup = 'g'\n",
        DATA,
        "local core = msys.core
         local id = core.config_get_binding_id_from_name
         print(id('a') ~= id('b') and id('c') >= 0 and id('default') >= 0, id('nosuch') < 0,
           core.config_get_binding_name_from_id(id('b')), core.config_get_binding_group_size('g'),
           core.config_get_binding_group_size('nosuch'))",
    );
    assert_eq!(said, "true\ttrue\tb\t3\t0");
}
