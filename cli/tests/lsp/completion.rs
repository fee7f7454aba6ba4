//! Completion, documentation of its items, and signatures.

use std::fs;

use serde_json::{Value, json};

use crate::client::{Client, uri};

/// A client with a script open and the cursor at `$0`.
pub fn at_cursor(
    capabilities: Value,
    name: &str,
    marked: &str,
) -> (tempfile::TempDir, Client, String, Value) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("momentum-lua.toml"), "").unwrap();
    let mut client = Client::open_folder(folder.path(), capabilities);
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let file = uri(&path);
    let before = &marked[..marked.find("$0").unwrap()];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    client.open(&file, &marked.replacen("$0", "", 1));
    (folder, client, file, json!({ "line": line, "character": column }))
}

fn complete(client: &mut Client, file: &str, position: &Value) -> Vec<Value> {
    let asked = json!({ "textDocument": { "uri": file }, "position": position });
    let mut list = client.request("textDocument/completion", asked);
    assert_eq!(list["isIncomplete"], false);
    serde_json::from_value(list["items"].take()).unwrap()
}

fn item<'i>(items: &'i [Value], label: &str) -> &'i Value {
    items.iter().find(|item| item["label"] == label).unwrap_or_else(|| panic!("no {label} in {items:?}"))
}

fn modern() -> Value {
    json!({ "textDocument": { "completion": { "completionItem": {
        "snippetSupport": true, "labelDetailsSupport": true, "insertReplaceSupport": true,
        "tagSupport": { "valueSet": [1] }, "documentationFormat": ["markdown"],
    } } } })
}

const HEAD: &str = "local core = require(\"msys.core\")\nlocal mod = {}\n";

#[test]
fn items_are_snippets_for_those_who_can_and_text_for_the_others() {
    let text = format!("{HEAD}function mod:validate_data_sp$0\n");
    let (_folder, mut client, file, position) = at_cursor(modern(), "a.lua", &text);
    let items = complete(&mut client, &file, &position);
    let spool = item(&items, "validate_data_spool");
    assert_eq!(spool["insertTextFormat"], 2);
    assert_eq!(
        spool["textEdit"]["newText"],
        "validate_data_spool(msg, accept, vctx)\n  $0\n  return core.VALIDATE_CONT\nend"
    );
    assert_eq!(spool["labelDetails"]["detail"], "(msg, accept, vctx)");
    let (_folder, mut client, file, position) = at_cursor(json!({}), "a.lua", &text);
    let items = complete(&mut client, &file, &position);
    let spool = item(&items, "validate_data_spool");
    assert!(spool.get("insertTextFormat").is_none() && spool.get("labelDetails").is_none());
    assert!(!spool["textEdit"]["newText"].as_str().unwrap().contains('$'));
}

#[test]
fn documentation_comes_when_it_is_asked_for() {
    let text = format!(
        "{HEAD}function mod:validate_data(msg, accept, vctx)\n  msg:$0\nend\nmsys.registerModule(\"m\", mod)\n"
    );
    let (_folder, mut client, file, position) = at_cursor(modern(), "a.lua", &text);
    let items = complete(&mut client, &file, &position);
    let header = item(&items, "header").clone();
    assert!(header.get("documentation").is_none());
    assert_eq!(header["additionalTextEdits"][0]["newText"], "require(\"msys.extended.message\")\n");
    assert_eq!(header["additionalTextEdits"][0]["range"]["start"], json!({ "line": 1, "character": 0 }));
    let resolved = client.request("completionItem/resolve", header);
    let documentation = resolved["documentation"]["value"].as_str().unwrap();
    assert!(documentation.contains("header") && documentation.contains("]("), "{documentation}");
    // Deprecated and unavailable come last.
    let texts: Vec<&str> = items.iter().map(|item| item["sortText"].as_str().unwrap()).collect();
    assert!(texts.iter().any(|text| text.starts_with('2')));
}

#[test]
fn edits_count_as_the_client_counts() {
    let text = "local s = \"é😀\" .. msys.expandMacro(\"😀 %{vctx_conn:auth$0x\")\n";
    let (_folder, mut client, file, position) = at_cursor(json!({}), "a.lua", text);
    let items = complete(&mut client, &file, &position);
    let edit = &item(&items, "auth_user")["textEdit"];
    let start = "local s = \"é😀\" .. msys.expandMacro(\"😀 %{vctx_conn:".encode_utf16().count();
    assert_eq!(edit["range"]["start"]["character"], start);
    assert_eq!(edit["range"]["end"]["character"], start + "authx".len());
}

#[test]
fn configuration_and_sessions() {
    let (_folder, mut client, file, position) = at_cursor(
        json!({}),
        "ecelerity.conf",
        "scriptlet \"scriptlet\" {\n  script \"a\" {\n    sou$0\n  }\n}\n",
    );
    item(&complete(&mut client, &file, &position), "source");
    let (_folder, mut client, file, position) =
        at_cursor(json!({}), "momentum-lua.toml", "[rules]\nphase = \"$0\"\n");
    item(&complete(&mut client, &file, &position), "off");
    let (_folder, mut client, file, position) = at_cursor(json!({}), "momentum-lua.toml", "[rules]\n$0\n");
    let rule = item(&complete(&mut client, &file, &position), "missing-require").clone();
    let resolved = client.request("completionItem/resolve", rule);
    assert!(!resolved["documentation"]["value"].as_str().unwrap().is_empty());
    let (folder, mut client, file, position) =
        at_cursor(json!({}), "flows/a.toml", "policy = \"../$0\"\n[connection]\n");
    fs::write(folder.path().join("ecelerity.conf"), "").unwrap();
    item(&complete(&mut client, &file, &position), "../ecelerity.conf");
    let expected = "policy = \"a.lua\"\n[expect]\ncallouts = { run = [\"$0\"] }\n";
    let (_folder, mut client, file, position) = at_cursor(json!({}), "flows/a.toml", expected);
    item(&complete(&mut client, &file, &position), "validate_data");
    let (_folder, mut client, file, position) = at_cursor(json!({}), "Cargo.toml", "[package]\n$0\n");
    let asked = json!({ "textDocument": { "uri": file }, "position": position });
    assert!(client.request("textDocument/completion", asked).is_null());
    // A new file of which only the beginning of its first header stands there.
    let (_folder, mut client, file, position) = at_cursor(json!({}), "sessions/a.toml", "[[mess$0");
    item(&complete(&mut client, &file, &position), "message");
    let (folder, mut client, file, position) = at_cursor(json!({}), "sessions/a.toml", "policy = \"$0\"\n");
    fs::write(folder.path().join("sessions/a.lua"), "").unwrap();
    fs::write(folder.path().join("sessions/world.toml"), "").unwrap();
    let items = complete(&mut client, &file, &position);
    item(&items, "a.lua");
    assert!(items.iter().all(|item| item["label"] != "world.toml"), "{items:?}");
    let (_folder, mut client, file, position) = at_cursor(json!({}), "sessions/a.toml", "$0\n");
    let items = complete(&mut client, &file, &position);
    let connection = item(&items, "connection").clone();
    let resolved = client.request("completionItem/resolve", connection);
    assert!(!resolved["documentation"]["value"].as_str().unwrap().is_empty());
}

#[test]
fn signatures_mark_the_parameter() {
    let text = format!(
        "{HEAD}function mod:validate_data(msg, accept, vctx)\n  vctx:set_code(550, $0\nend\nmsys.registerModule(\"m\", mod)\n"
    );
    let capabilities = json!({ "textDocument": { "signatureHelp": { "signatureInformation": {
        "parameterInformation": { "labelOffsetSupport": true }, "activeParameterSupport": true,
    } } } });
    let (_folder, mut client, file, position) = at_cursor(capabilities, "a.lua", &text);
    let asked = json!({ "textDocument": { "uri": file }, "position": position });
    let help = client.request("textDocument/signatureHelp", asked);
    let signature = &help["signatures"][0];
    assert_eq!((&help["activeSignature"], &help["activeParameter"]), (&json!(0), &json!(1)));
    let label = signature["label"].as_str().unwrap();
    let offsets = &signature["parameters"][1]["label"];
    let (start, end) = (offsets[0].as_u64().unwrap() as usize, offsets[1].as_u64().unwrap() as usize);
    assert_eq!(&label[start..end], "message: string");
}
