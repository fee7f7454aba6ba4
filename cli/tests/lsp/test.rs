//! Sessions that are held against what they expect, from the editor.

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, uri};
use crate::run::{capabilities, children, execute, lenses, titles};

const SCRIPT: &str = "local mod = {}\nfunction mod:validate_connect(accept, vctx)\n\
  vctx:set_code(550, \"no\")\n  return msys.core.VALIDATE_CONT\nend\nmsys.registerModule(\"policy\", mod)\n";

/// What stands at lines 5 and 6 (from 0) does not hold.
const SESSION: &str = "policy = \"policy.lua\"\n[connection]\nclient = \"192.0.2.77\"\n[expect]\n\
  replies.connect = \"550 no\"\nreplies.ehlo = \"250 yes\"\ndisposition = \"accepted\"\n";

fn tree() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("momentum-lua.toml"), "").unwrap();
    fs::write(folder.path().join("policy.lua"), SCRIPT).unwrap();
    fs::write(folder.path().join("partner.toml"), SESSION).unwrap();
    folder
}

/// The published failures of a session that fit, by line.
fn failures(client: &mut Client, session: &str, fits: impl Fn(usize) -> bool) -> Vec<(u64, String)> {
    let of_tests = |published: &Value| -> Vec<Value> {
        let all = published["diagnostics"].as_array().unwrap();
        all.iter().filter(|one| one["code"] == "test/expectation").cloned().collect()
    };
    let published = client.notification("textDocument/publishDiagnostics", |published| {
        published["uri"] == session && fits(of_tests(published).len())
    });
    let place = |one: &Value| one["range"]["start"]["line"].as_u64().unwrap();
    let words = |one: &Value| one["message"].as_str().unwrap().to_owned();
    of_tests(&published).iter().map(|one| (place(one), words(one))).collect()
}

fn test(client: &mut Client, session: &str) -> Value {
    execute(client, &json!({ "command": "momentum-lua.test", "arguments": [{ "uri": session }] }))
}

#[test]
fn what_does_not_hold_stands_at_its_line_until_the_text_changes() {
    let folder = tree();
    let mut client = Client::open_folder(folder.path(), capabilities());
    let session = uri(&folder.path().join("partner.toml"));
    client.open(&session, SESSION);
    let found = lenses(&mut client, &session);
    assert_eq!(titles(&found), ["▶ Run", "▶ Test"]);
    let result = execute(&mut client, &found[1]["command"]);
    assert_eq!((&result["passed"], &result["problem"]), (&json!(false), &Value::Null), "{result}");
    assert_eq!((&result["stale"], &result["report"]["failed"]), (&json!(false), &json!(1)));
    let failed = failures(&mut client, &session, |number| number > 0);
    assert_eq!(failed.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [5, 6]);
    assert_eq!(failed[1].1, "expect.disposition: expected accepted\nbut: not_offered");
    let said = client.notification("window/showMessage", |_| true);
    assert_eq!(said["message"], "partner: 2 expectations do not hold");
    // What is not saved counts, and takes the findings away.
    let held = "policy = \"policy.lua\"\n[expect]\nreplies.connect = \"550 typed\"\n";
    client.replace(&session, 2, held);
    assert_eq!(failures(&mut client, &session, |number| number == 0), []);
    let script = uri(&folder.path().join("policy.lua"));
    client.open(&script, &SCRIPT.replace("no", "typed"));
    let result = test(&mut client, &session);
    assert_eq!(result["passed"], true, "{result}");
    let said = client.notification("window/showMessage", |_| true);
    assert_eq!(said["message"], "partner: all that it expects holds");
}

#[test]
fn findings_go_with_the_policy_and_with_a_run_that_passes() {
    let folder = tree();
    let mut client = Client::open_folder(folder.path(), capabilities());
    let session = uri(&folder.path().join("partner.toml"));
    let script = uri(&folder.path().join("policy.lua"));
    let text = "policy = \"policy.lua\"\n[expect]\nreplies.connect = \"551 no\"\n";
    client.open(&session, text);
    client.open(&script, SCRIPT);
    assert_eq!(test(&mut client, &session)["passed"], false);
    assert_eq!(failures(&mut client, &session, |number| number > 0)[0].0, 2);
    client.replace(&script, 2, &SCRIPT.replace("550", "551"));
    assert_eq!(failures(&mut client, &session, |number| number == 0), []);
    assert_eq!(test(&mut client, &session)["passed"], true);
    client.replace(&script, 3, SCRIPT);
    assert_eq!(test(&mut client, &session)["passed"], false);
    assert_eq!(failures(&mut client, &session, |number| number > 0)[0].0, 2);
}

#[test]
fn a_test_ends_when_it_is_told_to() {
    let folder = tree();
    let mut client = Client::open_folder(folder.path(), capabilities());
    let session = uri(&folder.path().join("partner.toml"));
    let limits = "limits = { wall_clock_ms = 60000, instructions = 1000000000000 }\n";
    client.open(&session, &format!("{limits}{SESSION}"));
    client.open(&uri(&folder.path().join("policy.lua")), "while true do end\n");
    let ask = |client: &mut Client, argument: Value| {
        client.ask(
            "workspace/executeCommand",
            json!({ "command": "momentum-lua.test", "arguments": [argument] }),
        )
    };
    let first = ask(&mut client, json!({ "uri": session }));
    // The process of the test has one of its own for the script, which ends with it.
    let until = Instant::now() + Duration::from_secs(20);
    let mut inner = Vec::new();
    while cfg!(target_os = "linux") && inner.is_empty() {
        assert!(Instant::now() < until, "no test begins");
        inner = children(client.pid()).into_iter().flat_map(children).collect();
        std::thread::sleep(Duration::from_millis(20));
    }
    client.notify("$/cancelRequest", json!({ "id": first }));
    assert_eq!(client.answer(first)["error"]["code"], -32800);
    let lives = |pid: &u32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
    };
    while inner.iter().any(lives) || !children(client.pid()).is_empty() {
        assert!(Instant::now() < until, "a test lives on");
        std::thread::sleep(Duration::from_millis(20));
    }
    let second = ask(&mut client, json!({ "uri": session, "timeoutMs": 300 }));
    let result = client.answer(second)["result"].take();
    assert_eq!((&result["passed"], &result["report"]), (&Value::Null, &Value::Null), "{result}");
    assert!(result["problem"].as_str().unwrap().contains("longer than 0.3 s"), "{result}");
}

#[test]
fn what_cannot_be_tested_is_said() {
    let folder = tree();
    let mut client = Client::open_folder(folder.path(), capabilities());
    let session = uri(&folder.path().join("partner.toml"));
    client.open(&session, "policy = \"policy.lua\"\n[connection]\nclient = \"192.0.2.77\"\n");
    assert_eq!(titles(&lenses(&mut client, &session)), ["▶ Run"]);
    let result = test(&mut client, &session);
    assert!(result["problem"].as_str().unwrap().contains("there is no test here"), "{result}");
    let mut refused = |argument: Value| {
        let command = json!({ "command": "momentum-lua.test", "arguments": [argument] });
        let id = client.ask("workspace/executeCommand", command);
        client.answer(id)["error"]["code"].clone()
    };
    assert_eq!(refused(json!({})), -32602);
    assert_eq!(refused(json!({ "uri": session, "sessions": [] })), -32602);
    assert_eq!(refused(json!({ "uri": uri(&folder.path().join("policy.lua")) })), -32602);
}

#[test]
fn findings_go_with_every_file_that_the_session_names() {
    let folder = tree();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("mail.eml"), "Subject: one\n\nbody\n").unwrap();
    fs::write(at("world.toml"), "[files]\n\"/etc/list\" = { file = \"list.[old]\" }\n").unwrap();
    fs::write(at("list.[old]"), "a\n").unwrap();
    let text = format!(
        "include = [\"world.toml\"]\n{}\n[[message]]\nfile = \"mail.eml\"\n",
        SESSION.replace("client = \"192.0.2.77\"\n", "client = \"192.0.2.77\"\n\n")
    );
    fs::write(at("partner.toml"), &text).unwrap();
    let mut with_files = capabilities();
    with_files["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": true });
    let mut client = Client::open_folder(folder.path(), with_files);
    let session = uri(&at("partner.toml"));
    client.open(&session, &text);
    for (name, changed) in [
        ("mail.eml", "Subject: two\n\nbody\n"),
        ("list.[old]", "b\n"),
        ("world.toml", ""),
        ("partner.toml", &*text),
    ] {
        assert_eq!(test(&mut client, &session)["passed"], false, "{name}");
        failures(&mut client, &session, |number| number > 0);
        if name == "partner.toml" {
            client.replace(&session, 2, &format!("{text}\n"));
        } else {
            fs::write(at(name), changed).unwrap();
            let event = json!({ "changes": [{ "uri": uri(&at(name)), "type": 2 }] });
            client.notify("workspace/didChangeWatchedFiles", event);
        }
        assert_eq!(failures(&mut client, &session, |number| number == 0), [], "{name}");
    }
    // A message that is open counts as it stands in the editor.
    let mail = uri(&at("mail.eml"));
    client.open(&mail, "Subject: two\n\nbody\n");
    assert_eq!(test(&mut client, &session)["passed"], false);
    failures(&mut client, &session, |number| number > 0);
    client.replace(&mail, 2, "Subject: three\n\nbody\n");
    assert_eq!(failures(&mut client, &session, |number| number == 0), []);
    // The client watches what has another ending than policy has.
    let asked: Vec<Value> =
        std::iter::repeat_with(|| client.server_request("client/registerCapability")).take(2).collect();
    let globs = asked.iter().flat_map(|asked| {
        asked["params"]["registrations"][0]["registerOptions"]["watchers"].as_array().unwrap()
    });
    let globs: Vec<&str> = globs.map(|watcher| watcher["globPattern"].as_str().unwrap()).collect();
    assert!(globs.contains(&"**/*.eml") && globs.contains(&"**/list.?old?"), "{globs:?}");
}
