use super::Detail;
use crate::engine::{Options, Policy, run};
use crate::session::{Mail, Recipient, Session};

const SCRIPT: &str = "require('msys.core')
require('msys.extended.message')
local mod = {}
function mod:validate_rcptto(msg, str, ac, vctx)
  if tostring(str):find('gone') then vctx:set_code(550, '5.1.1 no such user') return msys.core.VALIDATE_DONE end
  vctx:set(msys.core.VCTX_MESS, 'known', 'yes')
  return msys.core.VALIDATE_CONT
end
function mod:validate_set_binding(msg)
  print('binding for', msg:rcptto())
  msg.priority = 1
  return msys.core.VALIDATE_CONT
end
msys.registerModule('directory', mod)
";

fn text(detail: Detail, colors: bool) -> String {
    let mail = Mail {
        mail_from: Some("a@sender.example".to_owned()),
        recipients: ["gone@example.com", "here@example.com"].map(Recipient::new).to_vec(),
        bytes: "From: a@sender.example\r\n\r\nbody\r\n".into(),
        ..Mail::default()
    };
    let session = Session { messages: vec![mail], ..Session::default() };
    run(&Policy::of_script("directory.lua", SCRIPT.as_bytes()), &session, &Options::default())
        .text(detail, colors)
}

#[test]
fn the_short_form_is_conversation_verdict_and_deeds() {
    let text = text(Detail::Short, false);
    let wanted = "\
S: 220 mta.example.net ESMTP
C: EHLO client.example.net
S: 250-mta.example.net says EHLO to 192.0.2.10:40321
S: 250-8BITMIME
S: 250-PIPELINING
S: 250 ENHANCEDSTATUSCODES
C: MAIL FROM:<a@sender.example>
S: 250 2.0.0 MAIL FROM accepted
C: RCPT TO:<gone@example.com>
S: 550 5.1.1 no such user  directory.lua:5
C: RCPT TO:<here@example.com>
S: 250 2.0.0 RCPT TO accepted
C: DATA (32 bytes)
S: 250 2.0.0 OK 00/02-00001-69682E00

gone@example.com  rejected: 550 5.1.1 no such user
here@example.com  delivered: with priority, routed to example.com, 250 2.0.0 OK

what was done
  directory.lua:11  priority: \"0\" → \"1\"

paniclog
  1768435200:scriptlet: binding for	here@example.com
";
    assert_eq!(text, wanted, "{text}");
}

#[test]
fn callouts_and_calls_are_told_when_asked_for() {
    let text = text(Detail::Callouts, false);
    assert!(text.contains("directory validate_rcptto (directory.lua:4) returned VALIDATE_DONE"), "{text}");
    assert!(text.contains("directory.lua:6: context mess: known = \"yes\""), "{text}");
    assert!(text.contains("directory.lua:10: print: binding for"), "{text}");
    assert!(!text.contains("calls\n"), "{text}");
    let text = super::tests::text(Detail::Everything, false);
    assert!(text.contains("msg:rcptto"), "{text}");
}

/// A callout of a script, run with the values of its conditions.
fn told(body: &str, detail: Detail) -> String {
    let script = format!(
        "require('msys.core')\nlocal mod = {{}}\nfunction mod:validate_connect(accept, vctx)\n{body}\n\
         return msys.core.VALIDATE_CONT end\nmsys.registerModule('m', mod)\n"
    );
    let options = Options { conditions: true, ..Options::default() };
    run(&Policy::of_script("m.lua", script.as_bytes()), &crate::session::invented(), &options)
        .text(detail, false)
}

#[test]
fn conditions_are_told_with_what_they_read() {
    let body = "local score, limit, text = 7, 5, 'spam'\nif score > limit and text then score = 0 end\n\
                while score < 20 do score = score + 1 end\nlocal same = 1\nrepeat score = score - 1 until same and score < 18\n\
                if accept or vctx then same = nil end";
    let text = told(body, Detail::Everything);
    for line in [
        "m.lua:5: score > limit and … → true (score = 7, limit = 5)\n",
        "m.lua:5: if score > limit and text → \"spam\" (score = 7, limit = 5, text = \"spam\")\n",
        "m.lua:6: while score < 20 → true (score = 0)\n",
        "m.lua:6: while score < 20 → true (score = 11), then asked 9 times more, at last → false\n",
        "m.lua:8: same and … → 1 ×3\n",
        "m.lua:8: until same and score < 18 → true (same = 1, score = 17)\n",
        "m.lua:9: accept or … → <accept_construct>\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
    assert!(!told(body, Detail::Callouts).contains("m.lua:5: if"), "only when everything is told");
}

#[test]
fn prints_stand_at_their_line_and_in_the_paniclog() {
    let text = told("print('one', 2)\nprint('a\\nb')", Detail::Callouts);
    assert!(text.contains("     m.lua:4: print: one\t2\n     m.lua:5: print: a\n         b\n"), "{text}");
    assert!(
        text.contains("paniclog\n  1768435200:scriptlet: one\t2\n  1768435200:scriptlet: a\n  b\n"),
        "{text}"
    );
}

#[test]
fn colours_change_nothing_but_colours() {
    let colored = text(Detail::Short, true);
    assert_ne!(colored, text(Detail::Short, false));
    let mut plain = String::new();
    let mut rest = colored.as_str();
    while let Some((before, escaped)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = escaped.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    assert_eq!(plain, text(Detail::Short, false));
}

#[test]
fn long_lines_of_a_changed_message_are_cut_unless_more_is_asked_for() {
    let script = "require('msys.core') require('msys.extended.message') local mod = {}
        function mod:validate_data_spool(msg)
          msg:header('X-Long', ('y'):rep(400), 'append')
          return msys.core.VALIDATE_CONT
        end
        msys.registerModule('m', mod)";
    let policy = Policy::of_script("m.lua", script.as_bytes());
    let report = run(&policy, &crate::session::invented(), &Options::default());
    let cut = format!("    + X-Long: {}…\n", "y".repeat(152));
    assert!(report.text(Detail::Short, false).contains(&cut));
    let whole = format!("    + X-Long: {}\n", "y".repeat(400));
    assert!(report.text(Detail::Callouts, false).contains(&whole));
    assert!(
        report.verdict().iter().any(|line| line.ends_with(&"y".repeat(400))),
        "two runs are compared by it"
    );
}

#[test]
fn no_line_is_endless() {
    let body = "vctx:set_code(550, ('é'):rep(1000000))";
    for detail in [Detail::Short, Detail::Everything] {
        let text = told(body, detail);
        assert!(text.lines().all(|line| line.len() < 4100), "{}", text.len());
        assert!(text.contains("…") && text.contains(" bytes)"), "{text}");
    }
}
