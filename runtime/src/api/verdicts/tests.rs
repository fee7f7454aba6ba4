//! Verdicts of the session in the words of each module.

use crate::api::expand_macro::Subject;
use crate::api::message::{EcMessage, Ids};
use crate::api::tested::{self, State};
use crate::message::Message;
use crate::session::{Mail, Session};

const SIGNED: &str = "From: a@example.com\r\nDKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=example.com;\r\n s=s1; h=From:Subject; b=x\r\n\r\nbody\r\n";

/// A state with these verdicts, where `msg` is the message at hand.
fn state(verdicts: &str, content: &str) -> State {
    let session = tested::session_of(verdicts);
    let state = tested::state_with(Session { messages: vec![Mail::default()], ..session });
    let connection = Session::default().connection.client;
    let message = state.object(EcMessage {
        content: Message::from_bytes(content.as_bytes().to_vec()).into(),
        origin: Some(0),
        ..EcMessage::empty(Ids::of(&state.frame), connection, connection)
    });
    Subject::enter(&state.frame, &[mlua::Value::UserData(message.clone())]);
    state.lua.globals().set("msg", message).unwrap();
    let names = [
        "msys.core",
        "msys.av",
        "msys.brightmail",
        "msys.cloudmark",
        "msys.commtouch",
        "msys.expurgate",
        "msys.spamc",
        "msys.symantec_beik",
        "msys.validate.opendkim",
        "opendkim.dkim",
        "msys.validate.dkim",
        "msys.validate.openarc",
        "msys.validate.dkim2",
        "msys.extended.message",
    ];
    for name in names {
        state.call::<()>("require(...)", name);
    }
    state
}

const VARIABLE: &str =
    "local function var(name) return msg:context_get(msys.core.ECMESS_CTX_MESS, name) end\n";

#[test]
fn a_virus_is_found_in_its_part() {
    let state = state(
        "[verdicts]\nvirus = { name = \"Eicar\", part = 2 }\n",
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n",
    );
    let said: String = state.eval(
        "local av = msys.av
         local status, name, engine = av.scan(nil, msg)
         local top = msg:mime()
         return tostring(status == av.EC_AV_INFECTED) .. name .. engine .. ' '
           .. tostring(av.scan_part(top) == av.EC_AV_PART_IS_CONTAINER)
           .. tostring(av.scan_part(top.parts) == av.EC_AV_CLEAN)
           .. tostring(av.scan_part(top.parts.next) == av.EC_AV_INFECTED)
           .. tostring(av.scan(('x'):rep(41)) == av.EC_AV_NAME_TOO_LONG) .. av.engines()[1]",
    );
    assert_eq!(said, "trueEicarclamav truetruetruetrueclamav");
}

#[test]
fn every_scanner_says_it_in_its_words() {
    let state = state(
        "[verdicts.spam]\nscore = 7.5\nspam = true\ncategory = \"bulk\"\ntests = [\"URIBL\", \"HTML\"]\n",
        SIGNED,
    );
    let said: String = state.eval(&format!(
        "{VARIABLE}
         local verdict, default, rules = msys.brightmail.scan(msg, msg, msg)
         local mark = msys.cloudmark.score()
         local major, minor, number = msys.expurgate.scan()
         local code, destination = msys.symantec_beik.scan(msg, msg)
         msys.spamc.spamc_scan(msg)
         return table.concat({{ verdict, tostring(default), rules, mark.score, mark.category, var('cmae-score'),
           msys.commtouch.diagnose().class, major, minor, tostring(number == msys.expurgate.TYPE_BULK),
           code, destination, var('spamc_status'), var('spamc_spam'), var('spamc_score'), var('spamc_symbols') }}, ' ')"
    ));
    assert_eq!(
        said,
        "bulk false URIBL HTML 7.5 bulk 7.5 Bulk bulk normal true 1 bulk ok true 7.50 URIBL,HTML"
    );
}

#[test]
fn a_scanner_that_fails_says_so() {
    let state = state(
        "[verdicts.spam]\nfailure = \"no daemon\"\n[verdicts.virus]\nfailure = \"no engine\"\n",
        SIGNED,
    );
    let said: String = state.eval(&format!(
        "{VARIABLE}
         msys.spamc.spamc_scan(msg)
         local code, why = msys.symantec_beik.scan(msg, msg)
         local status, info = msys.av.scan()
         local ok, error = pcall(msys.cloudmark.score)
         return var('spamc_status') .. code .. why .. tostring(status == msys.av.EC_AV_ERROR) .. info .. tostring(ok) .. error"
    ));
    assert!(said.starts_with("failed0no daemontrueno enginefalse") && said.ends_with("no daemon"), "{said}");
}

#[test]
fn what_nobody_answers_is_clean_and_told() {
    let state = state("", "Subject: x\r\n\r\n");
    let said: String = state.eval(
        "return tostring(msys.av.scan() == msys.av.EC_AV_CLEAN) .. msys.brightmail.scan(msg, msg, msg)",
    );
    assert_eq!(said, "trueinbox");
    let report = state.report();
    assert!(report.contains("Eicar-Test-Signature") && report.contains("spam = { score"), "{report}");
}

#[test]
fn signatures_hold_or_not() {
    let walk = "local k = msys.validate.opendkim
         local dkim, status = k.verify(msg)
         local n = k.get_num_sigs(dkim)
         local sig = k.get_sig(dkim, 0)
         local flags = k.get_sig_flags(sig)
         return table.concat({ n, tostring(status == opendkim.dkim.DKIM_STAT_OK), (k.get_sig_domain(sig)), (k.get_sig_selector(sig)),
           (k.get_sig_canons(sig)), (k.get_sig_errorstr(sig)), (k.get_sig_keysize(sig)), (k.get_sig_signalg(sig)),
           tostring(k.get_sig_hdrsigned(sig, 'subject')), (k.get_sig_identity(dkim, sig)),
           tostring(flags & opendkim.dkim.DKIM_SIGFLAG_PASSED != 0), tostring(k.get_sig(dkim, 1)) }, ' ')";
    let good =
        state("[verdicts]\ndkim = [{ domain = \"example.com\", valid = true, key_bits = 1024 }]\n", SIGNED);
    assert_eq!(
        good.eval::<String>(walk),
        "1 true example.com s1 relaxed no signature error 1024 rsa-sha256 true @example.com true nil"
    );
    let unknown = state("", SIGNED);
    assert_eq!(
        unknown.eval::<String>(walk),
        "1 false example.com s1 relaxed key not found in DNS 0 rsa-sha256 true @example.com false nil"
    );
    assert!(unknown.report().contains("[[verdicts.dkim]]"), "{}", unknown.report());
    let none = state("", "Subject: x\r\n\r\n");
    let said: bool = none.eval(
        "local _, status = msys.validate.opendkim.verify(msg) return status == opendkim.dkim.DKIM_STAT_NOSIG",
    );
    assert!(said);
}

#[test]
fn the_older_module_counts_from_0_and_raises_beyond() {
    let state = state(
        "[verdicts]\ndkim = [{ domain = \"example.com\", valid = false, error = \"body hash\" }]\n",
        SIGNED,
    );
    let said: String = state.eval(
        "local k = msys.validate.dkim
         local n, results = k.get_verify_results()
         local item = k.verify_results_get_item(results, 0)
         return n .. k.verify_results_get_count(results) .. item.diagnostic .. k.verify_status_to_string(item.status)
           .. k.get_responsible_domain() .. #k.get_domains(msg)",
    );
    assert_eq!(said, "11body hashfailexample.com0");
    let error = state.error(
        "local k = msys.validate.dkim local n, r = k.get_verify_results() k.verify_results_get_item(r, 1)",
    );
    assert!(error.contains("greater than the number of verification results"), "{error}");
    let error = state.error("msys.validate.dkim.verify_results_get_count({})");
    assert!(error.contains("No verification results to count."), "{error}");
}

#[test]
fn chains_and_the_second_dkim() {
    let state = state(
        "[verdicts]\narc = \"fail\"\ndkim2 = \"pass\"\n",
        "DKIM2-Signature: i=1; d=example.com; s=a\r\n\r\n",
    );
    let said: String = state.eval(&format!(
        "{VARIABLE}
         msys.validate.openarc.verify(msg)
         msys.validate.openarc.seal(msg, {{}})
         local result = msys.validate.dkim2.verify(msg, nil, nil)
         return var('arc_cv') .. var('arc_seal') .. result.overall .. msys.validate.dkim2.ar_clauses(result)[1]
           .. tostring(msys.validate.dkim2.ar_clauses(nil)) .. tostring(msys.validate.dkim2.sign(msg, nil, {{}}))"
    ));
    assert_eq!(said, "failskippassdkim2=pass header.d=example.comniltrue");
}

#[test]
fn a_module_that_the_configuration_does_not_load_is_told_once() {
    use momentum_lua_analyzer::configuration::includes::{Configuration, Entry};
    use momentum_lua_analyzer::configuration::search_path::SearchPath;
    use std::cell::RefCell;
    use std::rc::Rc;

    let report = |file: Option<&str>| {
        let state = state("[verdicts]\nspam = { score = 5.0 }\n", SIGNED);
        if let Some(file) = file {
            let search = SearchPath::default();
            let files = Configuration::load("ecelerity.conf", file.to_owned(), &search, &|_| Entry::Missing);
            let settings = crate::api::config::Settings::of(Some(Rc::new(files.global)));
            state.frame.set_part(Rc::new(RefCell::new(settings)));
        }
        state.eval::<()>("msys.cloudmark.score(msg, {}) msys.cloudmark.score(msg, {})");
        state.report().matches("does not load `cloudmark`").count()
    };
    assert_eq!(report(None), 0, "what is tried is a script");
    assert_eq!(report(Some("Hostname = \"mta.example.net\"\n")), 1);
    assert_eq!(report(Some("cloudmark \"cloudmark\" {\n  Enabled = false\n}\n")), 0);
}
