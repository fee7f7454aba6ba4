//! Folders, settings, files on the disk.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, uri};

const WRONG: &str = "print(nothing_has_this_name)\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("momentum-lua.toml"), "").unwrap();
    fs::write(folder.path().join("a.lua"), WRONG).unwrap();
    folder
}

fn script(folder: &Path) -> String {
    uri(&folder.join("a.lua"))
}

#[test]
fn folders_come_and_go() {
    let (first, second) = (folder(), folder());
    let mut client = Client::open_folder(first.path(), json!({}));
    assert_eq!(client.diagnostics(&script(first.path()))[0]["code"], "undefined-global");
    let other = json!({ "uri": uri(second.path()), "name": "other" });
    let event = json!({ "event": { "added": [other], "removed": [] } });
    client.notify("workspace/didChangeWorkspaceFolders", event);
    assert_eq!(client.diagnostics(&script(second.path()))[0]["code"], "undefined-global");
    let event = json!({ "event": { "added": [], "removed": [other] } });
    client.notify("workspace/didChangeWorkspaceFolders", event);
    assert!(client.diagnostics(&script(second.path())).is_empty());
}

#[test]
fn a_folder_that_is_added_twice_is_open_once() {
    let folder = folder();
    let mut client = Client::open_folder(folder.path(), json!({}));
    let symbols = |client: &mut Client| {
        client.request("workspace/symbol", json!({ "query": "" })).as_array().map_or(0, Vec::len)
    };
    fs::write(folder.path().join("b.lua"), "local function only() end\n").unwrap();
    let again = json!({ "uri": uri(folder.path()), "name": "again" });
    let event = json!({ "event": { "added": [again, again], "removed": [] } });
    client.notify("workspace/didChangeWorkspaceFolders", event);
    assert_eq!(symbols(&mut client), 1);
}

#[test]
fn a_folder_inside_another_one_is_not_shown_twice() {
    let folder = folder();
    fs::create_dir(folder.path().join("inner")).unwrap();
    fs::write(folder.path().join("inner/b.lua"), "local function only() end\n").unwrap();
    let mut client = Client::open_folder(folder.path(), json!({}));
    let inner = json!({ "uri": uri(&folder.path().join("inner")), "name": "inner" });
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "added": [inner], "removed": [] } }),
    );
    let found = client.request("workspace/symbol", json!({ "query": "only" }));
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    let all = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let mut uris: Vec<_> =
        all["items"].as_array().unwrap().iter().map(|item| item["uri"].to_string()).collect();
    let count = uris.len();
    uris.sort();
    uris.dedup();
    assert_eq!(uris.len(), count, "{all}");
}

#[test]
fn what_is_on_no_disk_is_reported_once_and_under_its_own_name() {
    let folder = folder();
    let mut client = Client::open_folder(folder.path(), json!({}));
    client.diagnostics(&script(folder.path()));
    let item = |uri: &str, language: &str| json!({ "textDocument": { "uri": uri, "languageId": language, "version": 1, "text": WRONG } });
    client.notify("textDocument/didOpen", item("untitled:Untitled-1", "lua"));
    client.notify("textDocument/didOpen", item("untitled:Untitled-2", "plaintext"));
    assert_eq!(client.diagnostics("untitled:Untitled-1")[0]["code"], "undefined-global");
    // Behind the last file of the tree nothing is left to look at.
    fs::write(folder.path().join("z.lua"), WRONG).unwrap();
    let event = json!({ "changes": [{ "uri": uri(&folder.path().join("z.lua")), "type": 1 }] });
    client.notify("workspace/didChangeWatchedFiles", event);
    client.diagnostics(&uri(&folder.path().join("z.lua")));
    let others: Vec<_> = client
        .waiting
        .iter()
        .filter(|message| message["params"]["uri"].as_str().is_some_and(|uri| uri.contains("ntitled")))
        .filter(|message| message["params"]["diagnostics"] != json!([]))
        .collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn settings_are_asked_for_and_count() {
    let folder = folder();
    let mut client = Client::start(folder.path());
    client.replies.insert("workspace/configuration".to_owned(), json!([{ "diagnosticsScope": "open" }]));
    client.initialize(folder.path(), json!({ "workspace": { "configuration": true } }));
    let asked = client.server_request("workspace/configuration");
    assert_eq!(asked["params"]["items"], json!([{ "section": "momentumLua" }]));
    let other = uri(&folder.path().join("b.lua"));
    client.open(&other, WRONG);
    assert_eq!(client.diagnostics(&other).len(), 1);
    client.replies.insert("workspace/configuration".to_owned(), json!([{ "diagnostics": false }]));
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    assert!(client.diagnostics(&other).is_empty());
}

#[test]
fn wrong_settings_are_said_and_the_others_stay() {
    let folder = folder();
    let mut client = Client::open_folder(folder.path(), json!({}));
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "momentumLua": { "codeLens": 3 } } }),
    );
    let shown = client.notification("window/showMessage", |_| true);
    assert!(shown["message"].as_str().unwrap().contains("momentumLua"), "{shown}");
    assert_eq!(client.diagnostics(&script(folder.path())).len(), 1);
}

#[test]
fn files_of_other_kinds_are_no_policy() {
    let folder = folder();
    let mut client = Client::open_folder(folder.path(), json!({}));
    assert_eq!(client.diagnostics(&script(folder.path())).len(), 1);
    for (name, language) in [("notes.txt", "plaintext"), ("Cargo.toml", "toml"), ("mail.eml", "eml")] {
        let other = uri(&folder.path().join(name));
        let document =
            json!({ "uri": other, "languageId": language, "version": 1, "text": "[package]\nx = = 1\n" });
        client.notify("textDocument/didOpen", json!({ "textDocument": document }));
        assert!(client.diagnostics(&other).is_empty(), "{name}");
    }
}

#[test]
fn excluded_files_that_change_on_the_disk_stay_out() {
    let folder = folder();
    fs::write(folder.path().join("momentum-lua.toml"), "exclude = [\"vendor\"]\n").unwrap();
    fs::create_dir(folder.path().join("vendor")).unwrap();
    let mut client = Client::open_folder(folder.path(), json!({ "textDocument": { "diagnostic": {} } }));
    let inside = folder.path().join("vendor/b.lua");
    fs::write(&inside, WRONG).unwrap();
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": uri(&inside), "type": 1 }] }),
    );
    // What is open is the user's own business, but the command line would say nothing of it either.
    client.open(&uri(&inside), WRONG);
    let all = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let named: Vec<&Value> = all["items"].as_array().unwrap().iter().map(|report| &report["uri"]).collect();
    assert!(!named.contains(&&json!(uri(&inside))), "{named:?}");
}
