//! Policy that is run from the editor, as it stands there.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, uri};

const SCRIPT: &str = "local words = require(\"words\")\nlocal mod = {}\n\
function mod:validate_connect(accept, vctx)\n  print(words.greeting)\n  vctx:set_code(550, \"no\")\n\
  return msys.core.VALIDATE_CONT\nend\nmsys.registerModule(\"policy\", mod)\n";

const SESSION: &str = "policy = \"../etc/ecelerity.conf\"\n[connection]\nclient = \"192.0.2.77\"\n";

pub fn capabilities() -> Value {
    json!({
        "workspace": { "executeCommand": {}, "inlayHint": { "refreshSupport": true }, "codeLens": { "refreshSupport": true } },
        "textDocument": { "publishDiagnostics": { "relatedInformation": true } },
        "window": { "workDoneProgress": true, "showDocument": { "support": true } },
    })
}

/// A tree whose configuration loads `policy.lua`, with two sessions; one of them ends before anything happens.
fn tree() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("momentum-lua.toml", "");
    write(
        "etc/ecelerity.conf",
        "scriptlet \"scriptlet\" {\n  script \"policy\" {\n    source = \"policy\"\n  }\n}\n",
    );
    write("etc/conf/global/policy.lua", SCRIPT);
    write("etc/conf/global/words.lua", "return { greeting = \"saved\" }\n");
    write("sessions/partner.toml", SESSION);
    write(
        "sessions/transmission.toml",
        &format!("injection = \"http\"\n{}", SESSION.lines().next().unwrap()),
    );
    folder
}

fn script_of(folder: &Path) -> String {
    uri(&folder.join("etc/conf/global/policy.lua"))
}

pub fn lenses(client: &mut Client, script: &str) -> Vec<Value> {
    let found = client.request("textDocument/codeLens", json!({ "textDocument": { "uri": script } }));
    let lenses: Vec<Value> = serde_json::from_value(found).unwrap();
    lenses.into_iter().map(|lens| client.request("codeLens/resolve", lens)).collect()
}

pub fn titles(lenses: &[Value]) -> Vec<&str> {
    lenses.iter().map(|lens| lens["command"]["title"].as_str().unwrap()).collect()
}

pub fn execute(client: &mut Client, command: &Value) -> Value {
    client.request(
        "workspace/executeCommand",
        json!({ "command": command["command"], "arguments": command["arguments"] }),
    )
}

fn hints(client: &mut Client, script: &str) -> Vec<(u64, String)> {
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let found = client
        .request("textDocument/inlayHint", json!({ "textDocument": { "uri": script }, "range": range }));
    let found: Vec<Value> = serde_json::from_value(found).unwrap();
    let hints = found.iter().filter_map(|hint| {
        let label = hint["label"].as_str()?;
        label.starts_with('▸').then(|| (hint["position"]["line"].as_u64().unwrap(), label.to_owned()))
    });
    hints.collect()
}

#[test]
fn what_stands_in_the_editor_is_run() {
    let folder = tree();
    let mut client = Client::open_folder(folder.path(), capabilities());
    let script = script_of(folder.path());
    let words = uri(&folder.path().join("etc/conf/global/words.lua"));
    client.open(&script, SCRIPT);
    client.open(&words, "return { greeting = \"typed\" }\n");
    let found = lenses(&mut client, &script);
    assert_eq!(
        titles(&found),
        ["▶ Run partner", "▶ Run with …", "0 references", "1 callout, loaded by ecelerity.conf"]
    );
    let result = execute(&mut client, &found[0]["command"]);
    assert_eq!((&result["version"], &result["stale"]), (&json!(1), &json!(false)));
    let [run] = result["runs"].as_array().unwrap().as_slice() else { panic!("{result}") };
    assert_eq!((&run["name"], &run["problem"]), (&json!("partner"), &Value::Null));
    assert_eq!(run["report"]["steps"][0]["reply"]["code"], 550);
    assert_eq!(
        hints(&mut client, &script),
        [(2, "▸ → VALIDATE_CONT".to_owned()), (3, "▸ \"typed\"".to_owned()), (4, "▸ 550 no".to_owned())]
    );
    let shown = client.server_request("window/showDocument");
    let report = shown["params"]["uri"].as_str().unwrap().strip_prefix("file://").unwrap().to_owned();
    assert!(fs::read_to_string(&report).unwrap().contains("550 no"));
    // A line more at the top moves what is said, and marks it.
    client.replace(&script, 2, &format!("-- new\n{SCRIPT}"));
    let moved = hints(&mut client, &script);
    assert_eq!(moved[1], (4, "▸ before the last change: \"typed\"".to_owned()));
    client.replace(&script, 3, SCRIPT);
    assert_eq!(hints(&mut client, &script)[1].1, "▸ \"typed\"");
    client.request("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_status(), Some(0));
    assert!(!Path::new(&report).exists());
}

#[test]
fn an_error_is_found_where_it_was_raised() {
    let folder = tree();
    let mut client = Client::open_folder(folder.path(), capabilities());
    let script = script_of(folder.path());
    let text = SCRIPT.replace("print(words.greeting)", "print(words.greeting.a.b)");
    client.open(&script, &text);
    let argument = json!({ "uri": script, "sessions": [] });
    execute(&mut client, &json!({ "command": "momentum-lua.run", "arguments": [argument] }));
    let found = client.notification("textDocument/publishDiagnostics", |published| {
        let all = published["diagnostics"].as_array().unwrap();
        published["uri"] == script.as_str() && all.iter().any(|one| one["code"] == "run/error")
    });
    let all = found["diagnostics"].as_array().unwrap();
    let error = all.iter().find(|one| one["code"] == "run/error").unwrap();
    assert_eq!(error["range"]["start"], json!({ "line": 3, "character": 2 }));
    assert!(error["message"].as_str().unwrap().contains("attempt to index"), "{error}");
}

#[test]
fn a_run_ends_when_it_is_told_to() {
    let folder = tree();
    let mut client = Client::open_folder(folder.path(), capabilities());
    let script = script_of(folder.path());
    client.open(&script, "while true do end\n");
    let ask = |client: &mut Client, argument: Value| {
        client.ask(
            "workspace/executeCommand",
            json!({ "command": "momentum-lua.run", "arguments": [argument] }),
        )
    };
    let first = ask(&mut client, json!({ "uri": script, "sessions": [] }));
    let second = ask(&mut client, json!({ "uri": script, "sessions": [] }));
    assert_eq!(client.answer(first)["error"]["code"], -32800);
    client.notify("$/cancelRequest", json!({ "id": second }));
    assert_eq!(client.answer(second)["error"]["code"], -32800);
    wait_for_no_children(client.pid());
    let third = ask(&mut client, json!({ "uri": script, "sessions": [], "timeoutMs": 200 }));
    let answer = client.answer(third);
    let problem = answer["result"]["runs"][0]["problem"].as_str().unwrap();
    assert!(problem.contains("longer than 0.2 s"), "{problem}");
    wait_for_no_children(client.pid());
}

#[test]
fn progress_can_be_cancelled() {
    let folder = tree();
    let mut client = Client::open_folder(folder.path(), capabilities());
    let script = script_of(folder.path());
    client.open(&script, "while true do end\n");
    let argument = json!({ "uri": script, "sessions": [] });
    let parameters =
        json!({ "command": "momentum-lua.run", "arguments": [argument], "workDoneToken": "mine" });
    let run = client.ask("workspace/executeCommand", parameters);
    client.notification("$/progress", |progress| {
        progress["token"] == "mine" && progress["value"]["kind"] == "begin"
    });
    client.notify("window/workDoneProgress/cancel", json!({ "token": "mine" }));
    assert_eq!(client.answer(run)["error"]["code"], -32800);
    client.notification("$/progress", |progress| {
        progress["value"]["kind"] == "end" && progress["token"] == "mine"
    });
}

#[test]
fn sessions_are_checked_and_can_be_run() {
    let folder = tree();
    let mut client = Client::open_folder(folder.path(), capabilities());
    let session = uri(&folder.path().join("sessions/partner.toml"));
    client.open(&session, &SESSION.replace("client =", "clyent ="));
    let found = client.notification("textDocument/publishDiagnostics", |published| {
        published["uri"] == session.as_str() && published["diagnostics"] != json!([])
    });
    let message = found["diagnostics"][0]["message"].as_str().unwrap();
    assert!(message.contains("client"), "{message}");
    client.replace(&session, 2, SESSION);
    let lenses = lenses(&mut client, &session);
    assert_eq!(titles(&lenses)[0], "▶ Run");
    let result = execute(&mut client, &lenses[0]["command"]);
    assert_eq!(result["runs"][0]["report"]["scripts"][0]["name"], "policy");
}

#[test]
fn wrong_arguments_are_refused() {
    let folder = tree();
    let mut client = Client::open_folder(folder.path(), capabilities());
    let mut refused = |command: &str, argument: Value| {
        let id =
            client.ask("workspace/executeCommand", json!({ "command": command, "arguments": [argument] }));
        client.answer(id)["error"]["code"].clone()
    };
    assert_eq!(refused("momentum-lua.run", json!({})), -32602);
    assert_eq!(refused("momentum-lua.run", json!({ "uri": "file:///nowhere/at/all.lua" })), -32602);
    assert_eq!(refused("momentum-lua.run", json!({ "uri": "file:///a.lua", "version": 9 })), -32602);
    assert_eq!(refused("momentum-lua.nothing", json!({})), -32602);
}

#[test]
fn clients_that_execute_nothing_get_no_lenses_to_run() {
    let folder = tree();
    let mut client = Client::open_folder(folder.path(), json!({}));
    let script = script_of(folder.path());
    client.open(&script, SCRIPT);
    let found = lenses(&mut client, &script);
    assert_eq!(titles(&found), ["0 references", "1 callout, loaded by ecelerity.conf"]);
}

/// Children are killed at once, and waited for a little later.
fn wait_for_no_children(pid: u32) {
    let until = Instant::now() + Duration::from_secs(20);
    while !children(pid).is_empty() {
        assert!(Instant::now() < until, "a run lives on");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The children of a process that have not ended.
#[cfg(target_os = "linux")]
pub fn children(pid: u32) -> Vec<u32> {
    let stats = fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| {
        let text = fs::read_to_string(entry.path().join("stat")).ok()?;
        let (_, rest) = text.rsplit_once(") ")?;
        let mut fields = rest.split(' ');
        let state = fields.next()?.to_owned();
        let own = entry.file_name().to_str()?.parse::<u32>().ok()?;
        Some((own, state, fields.next()?.parse::<u32>().ok()?))
    });
    stats.filter(|(_, state, parent)| *parent == pid && state != "Z").map(|(own, ..)| own).collect()
}

/// They are looked for on Linux alone.
#[cfg(not(target_os = "linux"))]
pub fn children(_: u32) -> Vec<u32> {
    Vec::new()
}
