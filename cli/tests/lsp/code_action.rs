//! Code actions and formatting.

use serde_json::{Value, json};

use crate::completion::at_cursor;

fn actions(client: &mut crate::client::Client, file: &str, position: &Value, context: Value) -> Vec<Value> {
    let range = json!({ "start": position, "end": position });
    let asked = json!({ "textDocument": { "uri": file }, "range": range, "context": context });
    serde_json::from_value(client.request("textDocument/codeAction", asked)).unwrap()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().unwrap()).collect()
}

fn capabilities(resolve: bool) -> Value {
    let properties = if resolve { json!(["edit"]) } else { json!([]) };
    json!({ "textDocument": { "codeAction": {
        "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } },
        "dataSupport": true, "resolveSupport": { "properties": properties },
    } } })
}

const TEXT: &str = "local core = require(\"msys.core\")\nlocal mod = {}\nfunction mod:validate_data_spool(msg, accept, vctx)\n  \
                    msg:hea$0der(\"X-A\", \"1\", \"replace\")\n  msys.pcre.match(\"a\", \"b\")\n  return core.VALIDATE_CONT\nend\nmsys.registerModule(\"m\", mod)\n";

#[test]
fn fixes_of_findings() {
    let (_folder, mut client, file, position) = at_cursor(capabilities(false), "a.lua", TEXT);
    let found = actions(&mut client, &file, &position, json!({ "diagnostics": [] }));
    let fix = found.iter().find(|action| action["title"] == "Require `msys.extended.message`").unwrap();
    assert_eq!((&fix["kind"], &fix["isPreferred"]), (&json!("quickfix"), &json!(true)));
    assert_eq!(fix["diagnostics"][0]["code"], "missing-require");
    let edit = &fix["edit"]["changes"][&file][0];
    assert_eq!(edit["newText"], "require(\"msys.extended.message\")\n");
    let all = titles(&found);
    assert!(all.contains(&"Disable `missing-require` for this line, with a reason"), "{all:?}");
    assert!(all.contains(&"Mend all `missing-require` in this file"), "{all:?}");
    assert!(all.contains(&"Call `header` with `.`"), "{all:?}");
}

#[test]
fn only_what_is_asked_for() {
    let (_folder, mut client, file, position) = at_cursor(capabilities(true), "a.lua", TEXT);
    let mut ask = |only: &str| {
        let found = actions(&mut client, &file, &position, json!({ "diagnostics": [], "only": [only] }));
        found.iter().map(|action| action["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(ask("quickfix").iter().all(|kind| kind == "quickfix"));
    assert_eq!(ask("refactor"), ["refactor.rewrite"]);
    assert_eq!(ask("source"), ["source.fixAll.momentum-lua"]);
    assert_eq!(ask("source.fixAll"), ["source.fixAll.momentum-lua"]);
    assert_eq!(ask("source.fixAll.momentum-lua"), ["source.fixAll.momentum-lua"]);
    assert!(ask("source.fixAll.other").is_empty());
    assert!(ask("quick").is_empty());
    // An editor that asks by itself shows no actions on the file, and has no finding here.
    let found = actions(&mut client, &file, &position, json!({ "diagnostics": [], "triggerKind": 2 }));
    assert!(found.iter().all(|action| action["kind"] == "refactor.rewrite"), "{found:?}");
}

#[test]
fn edits_of_a_whole_file_come_when_they_are_asked_for() {
    let (_folder, mut client, file, position) = at_cursor(capabilities(true), "a.lua", TEXT);
    let context = json!({ "diagnostics": [], "only": ["source.fixAll"] });
    let action = actions(&mut client, &file, &position, context).remove(0);
    assert!(action.get("edit").is_none());
    let resolved = client.request("codeAction/resolve", action.clone());
    let edits = resolved["edit"]["changes"][&file].as_array().unwrap();
    let text: String = edits.iter().map(|edit| edit["newText"].as_str().unwrap()).collect();
    assert!(text.contains("msys.extended.message") || text.contains("msys.pcre"), "{text}");
    // For another text the edit would be another one.
    client.replace(&file, 2, "print(1)\n");
    let id = client.ask("codeAction/resolve", action);
    assert_eq!(client.answer(id)["error"]["code"], -32801);
}

#[test]
fn requires_are_organized() {
    let text = "require(\"msys.pcre\")$0\nlocal core = require(\"msys.core\")\n";
    let (_folder, mut client, file, position) = at_cursor(capabilities(true), "a.lua", text);
    let context = json!({ "diagnostics": [], "only": ["source.organizeImports"] });
    let action = actions(&mut client, &file, &position, context).remove(0);
    assert_eq!(
        action["edit"]["changes"][&file][0]["newText"],
        "local core = require(\"msys.core\")\nrequire(\"msys.pcre\")\n"
    );
}

#[test]
fn a_client_without_literals_gets_none() {
    let (_folder, mut client, file, position) = at_cursor(json!({}), "a.lua", TEXT);
    drop(position);
    let symbols = client.ask("textDocument/codeAction", json!({ "textDocument": { "uri": file }, "range": {
        "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "context": { "diagnostics": [] } }));
    assert!(client.answer(symbols).get("result").is_some());
}

#[test]
fn formatting_changes_what_differs() {
    let text = "local a  =  1$0\nif a  != 2 then\nprint( a )\nend\n";
    let (folder, mut client, file, _) = at_cursor(json!({}), "a.lua", text);
    let options = json!({ "tabSize": 4, "insertSpaces": true });
    let format = |client: &mut crate::client::Client| {
        client.request(
            "textDocument/formatting",
            json!({ "textDocument": { "uri": file }, "options": options }),
        )
    };
    let edits = format(&mut client);
    let lines: Vec<u64> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| edit["range"]["start"]["line"].as_u64().unwrap())
        .collect();
    assert!(lines.iter().all(|line| *line < 3), "{edits}");
    assert!(edits.to_string().contains("    "), "the editor's indentation: {edits}");
    std::fs::write(folder.path().join("stylua.toml"), "indent_type = \"Tabs\"\n").unwrap();
    assert!(format(&mut client).to_string().contains("\\t"), "that of stylua.toml");
    // What does not load is left alone.
    client.replace(&file, 2, "local = = 1\n");
    assert_eq!(format(&mut client), Value::Null);
}

#[test]
fn ranges_are_formatted_alone() {
    let (_folder, mut client, file, _) = at_cursor(json!({}), "a.lua", "local a  =  1$0\nlocal b  =  2\n");
    let range = json!({ "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 3 } });
    let asked = json!({ "textDocument": { "uri": file }, "range": range, "options": { "tabSize": 2, "insertSpaces": true } });
    let edits = client.request("textDocument/rangeFormatting", asked);
    assert!(edits.as_array().unwrap().iter().all(|edit| edit["range"]["start"]["line"] == 1), "{edits}");
    assert!(!edits.as_array().unwrap().is_empty());
}
