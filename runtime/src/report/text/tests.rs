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
