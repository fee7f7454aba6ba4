use super::*;
use crate::session::{NoFiles, read_toml};

const SCRIPT: &str = r#"
require("msys.core")
require("msys.extended.message")
local mod = {}
function mod:validate_connect(ac, vctx)
  vctx:set(msys.core.VCTX_CONN, "seen", "yes")
  return msys.core.VALIDATE_CONT
end
function mod:validate_rcptto(msg, str, ac, vctx)
  local address = tostring(str)
  if address:find("gone") then
    vctx:set(msys.core.VCTX_MESS, "route", "none")
    vctx:set_code(550, "5.1.1 no such user")
    return msys.core.VALIDATE_DONE
  end
  return msys.core.VALIDATE_CONT
end
function mod:validate_data_spool_each_rcpt(msg, ac, vctx)
  msg:header("X-Route", { "a" })
  msg:header("Subject", { "[new] " .. (msg:header("Subject")[1] or "") }, "replace")
  print("for " .. msg:rcptto())
  vctx:set(msys.core.VCTX_MESS, "route", "blue")
  return msys.core.VALIDATE_CONT
end
function mod:validate_set_binding(msg)
  if msg:rcptto():find("crash") then
    error("no binding")
  end
  msg:binding("blue")
  return msys.core.VALIDATE_CONT
end
msys.registerModule("directory", mod)
"#;

const MAIL: &str = r#"
bindings = [{ name = "blue" }]
[[message]]
mail_from = "a@sender.example"
text = """
From: a@sender.example
Subject: hello

one
two
"""
"#;

/// The checks of a session that is written below `MAIL`.
fn checks(rest: &str) -> Vec<Check> {
    let text = format!("{MAIL}{rest}");
    let (session, errors) = read_toml(&text, &NoFiles);
    assert_eq!(errors, [], "{text}");
    let policy = Policy::of_script("directory.lua", SCRIPT.as_bytes());
    let plain = run(&policy, &session, &Options::default());
    let covered = run(&policy, &session, &Options { coverage: true, ..Options::default() });
    assert_eq!(plain.checks, covered.checks, "counting what is executed changes no verdict");
    plain.checks
}

/// All hold.
fn held(rest: &str) {
    let checks = checks(rest);
    assert!(!checks.is_empty());
    let missed: Vec<&Check> = checks.iter().filter(|check| !check.passed()).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

/// `KEY:LINE EXPECTED / ACTUAL` of those that do not hold; lines count from the first line of `rest`.
fn missed(rest: &str) -> Vec<String> {
    let before = u32::try_from(MAIL.lines().count()).unwrap();
    let shown = |check: &Check| {
        let line = check.line.map(|line| line - before);
        let misses: Vec<String> = check
            .misses
            .iter()
            .map(|miss| {
                let of = miss.of.as_ref().map(|of| format!("{of}: ")).unwrap_or_default();
                format!("{of}{}{}", miss.actual, miss.difference.join("|"))
            })
            .collect();
        format!("{}:{} {} / {}", check.key, line.unwrap_or(0), check.expected, misses.join(" + "))
    };
    checks(rest).iter().filter(|check| !check.passed()).map(shown).collect()
}

const TWO: &str = "recipients = [\"gone@example.com\", \"here@example.com\"]\n";

#[test]
fn what_holds_is_told_as_well() {
    held(&format!(
        "{TWO}\
         [message.expect]\n\
         replies = {{ connect = 220, mailfrom = 250, data = {{ code = 250, text = {{ pcre = '^2\\.0\\.0' }} }} }}\n\
         binding = 'blue'\n\
         routing_domain = 'example.com'\n\
         mail_from = {{ contains = 'sender' }}\n\
         recipients = ['here@example.com']\n\
         headers = {{ X-Route = ['a'], Subject = '[new] hello', X-Other = false, From = true }}\n\
         body = \"one\\ntwo\"\n\
         text = [{{ contains = 'one' }}, {{ pcre = 'two$' }}]\n\
         injected = []\n\
         [expect]\n\
         printed = ['for here@example.com']\n\
         not_printed = [{{ contains = 'gone' }}]\n\
         errors = []\n\
         calls = ['msg:rcptto', {{ function = 'msg:binding', arguments = ['blue'], times = 1 }}]\n\
         not_called = ['msys.db.execute']\n\
         callouts = {{ run = ['directory.validate_connect'], not_run = ['validate_ehlo'] }}\n\
         context = {{ connection = {{ seen = 'yes', other = false }} }}\n"
    ));
}

#[test]
fn each_recipient_has_its_own() {
    held(
        "[[message.recipients]]\n\
         address = 'gone@example.com'\n\
         expect = { disposition = 'rejected', context = { message = { route = 'none' } }, replies = { rcptto = '550 5.1.1 no such user' }, \
                    callouts = { not_run = ['validate_set_binding'] } }\n\
         [[message.recipients]]\n\
         address = 'full@example.com'\n\
         delivery = ['452 full', '550 gone']\n\
         expect = { disposition = 'bounced', context = { message = { route = 'blue' } }, printed = ['for full@example.com'] }\n",
    );
}

#[test]
fn what_does_not_hold_has_its_line_and_what_was_there() {
    assert_eq!(
        missed(&format!(
            "{TWO}[message.expect]\nbinding = 'red'\n[message.expect.replies]\nrcptto = 250\n\
             [expect]\ndisposition = 'delivered'\nheaders = {{ Subject = 'hello' }}\nprinted = ['one', 'two']\n\
             body = \"\"\"\none\nthree\n\"\"\"\n"
        )),
        [
            "message[1].expect.binding:3 \"red\" / here@example.com: \"blue\"",
            "message[1].expect.replies.rcptto:5 250 / gone@example.com: 550 5.1.1 no such user",
            "expect.disposition:7 delivered / gone@example.com: rejected (550 5.1.1 no such user)",
            "expect.headers.Subject:8 \"hello\" / here@example.com: \"[new] hello\"",
            "expect.printed[1]:9 a line that is \"one\" / these lines were printed+for here@example.com",
            "expect.printed[2]:9 a line that is \"two\" / these lines were printed+for here@example.com",
            "expect.body:10 \"one\\nthree\\n\" / here@example.com: \"one\\ntwo\\n\" one|-three|+two",
        ]
    );
}

#[test]
fn nothing_can_be_said_of_a_message_that_does_not_leave() {
    assert_eq!(
        missed(
            "recipients = ['gone@example.com']\n[expect]\nbinding = false\nheaders = { X-Route = false }\n"
        ),
        [
            "expect.binding:3 nothing / the message does not leave: rejected (550 5.1.1 no such user)",
            "expect.headers.X-Route:4 nothing / the message does not leave: rejected (550 5.1.1 no such user)",
        ]
    );
}

#[test]
fn names_that_nothing_has_are_not_simply_never_called() {
    assert_eq!(
        missed(
            "recipients = ['here@example.com']\n[expect]\nnot_called = ['msys.db.exceute', 'msg:bindng']\n\
             callouts = { not_run = ['validate_rcpto', 'directry.validate_ehlo'] }\n"
        ),
        [
            "expect.not_called[1]:3 no call of msys.db.exceute / the API has no function `msys.db.exceute`, did you mean \
             `msys.db.execute`?",
            "expect.not_called[2]:3 no call of msg:bindng / the API has no function `msg:bindng`, did you mean `msg:binding`?",
            "expect.callouts.not_run[1]:4 validate_rcpto does not run / there is no callout `validate_rcpto`, did you mean \
             `validate_rcptto`?",
            "expect.callouts.not_run[2]:4 directry.validate_ehlo does not run / no script is registered as `directry`, did \
             you mean `directory`?",
        ]
    );
}

#[test]
fn an_error_fails_a_session_that_does_not_expect_it() {
    let recipients = "recipients = ['crash@example.com']\n[expect]\n";
    assert_eq!(
        missed(&format!("{recipients}binding = false\n")),
        [":0 no error: the session names none in `errors` / directory.lua:27: no binding"]
    );
    assert_eq!(
        missed(&format!("{recipients}errors = []\n")),
        ["expect.errors:3 no error / \"directory.lua:27: no binding\""]
    );
    held(&format!("{recipients}errors = [{{ contains = 'no binding' }}]\n"));
}

#[test]
fn variables_of_a_recipient_that_was_refused_do_not_count_for_the_message() {
    let recipients = "recipients = ['gone@example.com', 'here@example.com']\n";
    held(&format!("{recipients}[expect]\ncontext.message.route = 'blue'\n"));
    let one = "[[message.recipients]]\naddress = 'gone@example.com'\nexpect.context.message.route = 'blue'\n\
               [[message.recipients]]\naddress = 'here@example.com'\n";
    assert_eq!(missed(one), ["message[1].recipients[1].expect.context.message.route:3 \"blue\" / \"none\""]);
}

#[test]
fn calls_are_told_with_their_arguments() {
    assert_eq!(
        missed(
            "recipients = ['here@example.com']\n[expect]\ncalls = [{ function = 'msg:binding', arguments = ['red'] }, \
             { function = 'msg:binding', times = 2 }, 'msys.db.execute']\n"
        ),
        [
            "expect.calls[1]:3 a call of msg:binding with \"red\" / it was called otherwise+msg:binding(\"blue\")",
            "expect.calls[2]:3 2 calls of msg:binding / 1 call+msg:binding(\"blue\")",
            "expect.calls[3]:3 a call of msys.db.execute / it was not called",
        ]
    );
}
