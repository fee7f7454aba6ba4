//! Findings: pushed and pulled.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, uri};

fn policy(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("momentum-lua.toml"), "").unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|found| found["code"].as_str().unwrap()).collect()
}

fn file(folder: &Path, name: &str) -> String {
    uri(&folder.join(name))
}

#[test]
fn what_changes_is_reported_anew() {
    let folder = policy(&[]);
    let mut client = Client::open_folder(folder.path(), json!({}));
    let script = file(folder.path(), "policy.lua");
    client.open(&script, "print(1\n");
    assert_eq!(codes(&client.diagnostics(&script)), ["syntax"]);
    client.replace(&script, 2, "print(nothing_has_this_name)\n");
    assert_eq!(codes(&client.diagnostics(&script)), ["undefined-global"]);
    let range = json!({ "start": { "line": 0, "character": 6 }, "end": { "line": 0, "character": 27 } });
    client.change(&script, 3, json!([{ "range": range, "text": "1" }]));
    assert!(client.diagnostics(&script).is_empty());
}

#[test]
fn what_others_change_is_reported_too() {
    let user = "local limits = require(\"limits\")\nprint(limits.most.few)\n";
    let folder = policy(&[("limits.lua", "return { most = { few = 1 } }\n"), ("user.lua", user)]);
    let mut client = Client::open_folder(folder.path(), json!({}));
    let (limits, script) = (file(folder.path(), "limits.lua"), file(folder.path(), "user.lua"));
    client.open(&script, user);
    assert!(client.diagnostics(&script).is_empty());
    client.open(&limits, "return { most = { few = 1 } }\n");
    assert!(client.diagnostics(&limits).is_empty());
    client.replace(&limits, 2, "x = = 1\n");
    assert_eq!(codes(&client.diagnostics(&limits)), ["syntax"]);
}

/// The types of a function stay the same while other things come back from it: findings of its callers rest on that.
#[test]
fn what_functions_of_others_give_back_counts_as_it_is_now() {
    let opening =
        |body: &str| format!("local files = {{}}\nfunction files.open(name)\n{body}end\nreturn files\n");
    let [may_fail, asserts] =
        ["  local f = io.open(name)\n  return f\n", "  local f = assert(io.open(name))\n  return f\n"];
    let user = "local files = require(\"files\")\nlocal file = files.open(\"a\")\nfile:read()\n";
    let folder = policy(&[]);
    let capabilities = json!({ "textDocument": { "publishDiagnostics": { "relatedInformation": true } } });
    let mut client = Client::open_folder(folder.path(), capabilities);
    let (files, script) = (file(folder.path(), "files.lua"), file(folder.path(), "user.lua"));
    client.open(&files, &opening(may_fail));
    client.open(&script, user);
    let found = client.diagnostics(&script);
    assert_eq!(codes(&found), ["unchecked-result"]);
    let given_at = |found: &[Value]| found[0]["relatedInformation"][1]["location"]["range"]["start"].clone();
    assert_eq!(given_at(&found), json!({ "line": 3, "character": 2 }));
    // A place that a finding names is where it is now, even in the same line.
    client.replace(&files, 2, &opening(&may_fail.replace("  return", "    return")));
    assert_eq!(given_at(&client.diagnostics(&script)), json!({ "line": 3, "character": 4 }));
    client.replace(&files, 3, &opening(asserts));
    assert!(client.diagnostics(&script).is_empty());
    client.replace(&files, 4, &opening(may_fail));
    assert_eq!(codes(&client.diagnostics(&script)), ["unchecked-result"]);
}

#[test]
fn files_that_are_not_open_are_reported() {
    let folder = policy(&[("closed.lua", "print(nothing_has_this_name)\n")]);
    let mut client = Client::open_folder(folder.path(), json!({}));
    let closed = file(folder.path(), "closed.lua");
    assert_eq!(codes(&client.diagnostics(&closed)), ["undefined-global"]);
    fs::write(folder.path().join("closed.lua"), "print(1)\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": closed, "type": 2 }] }));
    assert!(client.diagnostics(&closed).is_empty());
}

#[test]
fn configuration_is_checked_as_it_is_typed() {
    let folder = policy(&[]);
    let mut client = Client::open_folder(folder.path(), json!({}));
    let configuration = file(folder.path(), "momentum-lua.toml");
    client.open(&configuration, "tarjet = \"4.4\"\n");
    let found = client.diagnostics(&configuration);
    assert!(found[0]["message"].as_str().unwrap().contains("target"), "{found:?}");
}

#[test]
fn a_client_that_pulls_is_not_told_twice() {
    let folder = policy(&[]);
    let capabilities = json!({ "textDocument": { "diagnostic": {} } });
    let mut client = Client::open_folder(folder.path(), capabilities);
    let script = file(folder.path(), "policy.lua");
    client.open(&script, "print(nothing_has_this_name)\n");
    let document = json!({ "textDocument": { "uri": script } });
    let report = client.request("textDocument/diagnostic", document);
    assert_eq!(report["kind"], "full");
    assert_eq!(report["items"][0]["code"], "undefined-global");
    let again = json!({ "textDocument": { "uri": script }, "previousResultId": report["resultId"] });
    assert_eq!(client.request("textDocument/diagnostic", again)["kind"], "unchanged");
    let all = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    assert_eq!(all["items"][0]["items"][0]["code"], "undefined-global");
    // What was pushed before the first pull was taken back; nothing else came.
    let mut pushed =
        client.waiting.iter().filter(|message| message["method"] == "textDocument/publishDiagnostics");
    let last = pushed.rfind(|message| message["params"]["uri"] == script.as_str());
    assert!(last.is_none_or(|message| message["params"]["diagnostics"].as_array().unwrap().is_empty()));
}

/// Neovim 0.12 does not ask for a document that it opens beside others.
#[test]
fn a_client_that_pulls_is_told_of_a_document_that_it_did_not_ask_for() {
    let folder = policy(&[]);
    let capabilities = json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    });
    let mut client = Client::open_folder(folder.path(), capabilities);
    let first = file(folder.path(), "first.lua");
    client.open(&first, "print(1)\n");
    let report = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": first } }));
    assert_eq!(report["items"], json!([]));
    client.open(&file(folder.path(), "second.lua"), "print(nothing_has_this_name)\n");
    client.server_request("workspace/diagnostic/refresh");
}

#[test]
fn all_files_are_pulled_as_they_are_now() {
    let folder = policy(&[("other.lua", "print(nothing_has_this_name)\n")]);
    let capabilities = json!({ "textDocument": { "diagnostic": {} } });
    let mut client = Client::open_folder(folder.path(), capabilities);
    let script = file(folder.path(), "policy.lua");
    client.open(&script, "print(1)\n");
    let pull = |client: &mut Client, known: &Value| {
        let known: Vec<Value> = known["items"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|item| json!({ "uri": item["uri"], "value": item["resultId"] }))
            .collect();
        client.request("workspace/diagnostic", json!({ "previousResultIds": known }))
    };
    let kind = |report: &Value, uri: &str| {
        let items = report["items"].as_array().unwrap();
        let item = items.iter().find(|item| item["uri"] == uri).unwrap();
        (item["kind"].clone(), item["version"].clone(), item["items"].as_array().map_or(0, Vec::len))
    };
    let other = file(folder.path(), "other.lua");
    let first = pull(&mut client, &Value::Null);
    assert_eq!(kind(&first, &script), (json!("full"), json!(1), 0));
    assert_eq!(kind(&first, &other), (json!("full"), Value::Null, 1));
    let second = pull(&mut client, &first);
    assert_eq!(kind(&second, &script).0, "unchanged");
    client.replace(&script, 2, "nothing_has_this_name = 1\nprint(nor_has_this)\n");
    let third = pull(&mut client, &first);
    assert_eq!(kind(&third, &script), (json!("full"), json!(2), 1));
    assert_eq!(kind(&third, &other), (json!("full"), Value::Null, 0), "what another file defines counts");
}
