//! From place to place: definitions, references, renames, symbols.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, uri};

const CONFIGURATION: &str =
    "alerting {}\nscriptlet \"scriptlet\" {\n  script \"limits\" { source = \"limits\" }\n}\n";

const LIMITS: &str = "local site = require(\"site\")\nlocal mod = {}\n\
    function mod:validate_connect(accept, vctx)\n  if site.most != 3 then vctx:set_code(421, \"no\") end\n  \
    return msys.core.VALIDATE_CONT\nend\nmsys.registerModule(\"limits\", mod)\n";

const SITE: &str = "-- é\nlocal site = { most = 3 }\nreturn site\n";

pub struct Policy {
    folder: tempfile::TempDir,
    pub client: Client,
}

impl Policy {
    pub fn open(capabilities: Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("ecelerity.conf", CONFIGURATION), ("limits.lua", LIMITS), ("site.lua", SITE)] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let client = Client::open_folder(folder.path(), capabilities);
        Self { folder, client }
    }

    pub fn uri(&self, name: &str) -> String {
        uri(&self.folder.path().join(name))
    }

    /// Asks about the place behind the first `before` in a file.
    pub fn at(&mut self, method: &str, name: &str, before: &str, more: Value) -> Value {
        let text = fs::read_to_string(self.folder.path().join(name)).unwrap();
        let offset = text.find(before).unwrap() + before.len();
        let line = text[..offset].matches('\n').count();
        let column = offset - text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let mut parameters = json!({
            "textDocument": { "uri": self.uri(name) },
            "position": { "line": line, "character": column },
        });
        parameters.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.client.request(method, parameters)
    }
}

fn place(location: &Value) -> String {
    let path = location["uri"].as_str().unwrap();
    let start = &location["range"]["start"];
    format!("{} {}:{}", path.rsplit('/').next().unwrap(), start["line"], start["character"])
}

fn places(locations: &Value) -> Vec<String> {
    locations.as_array().unwrap().iter().map(place).collect()
}

#[test]
fn definitions_lead_through_files_and_to_the_stubs() {
    let mut policy = Policy::open(json!({}));
    let there = policy.at("textDocument/definition", "limits.lua", "site.mo", json!({}));
    assert_eq!(places(&there), ["site.lua 1:15"]);
    let there = policy.at("textDocument/definition", "ecelerity.conf", "source = \"lim", json!({}));
    assert_eq!(places(&there), ["limits.lua 0:0"]);
    let stub = policy.at("textDocument/definition", "limits.lua", "vctx:set", json!({}));
    let path = stub[0]["uri"].as_str().unwrap().strip_prefix("file://").unwrap();
    let text = fs::read_to_string(path).unwrap();
    let line = stub[0]["range"]["start"]["line"].as_u64().unwrap();
    assert!(text.lines().nth(usize::try_from(line).unwrap()).unwrap().contains("set_code"), "{stub}");
    assert!(fs::metadata(path).unwrap().permissions().readonly());
    // The file is the editor's to show: nothing is found in it, and nothing asked about it fails.
    let shown = uri(Path::new(path));
    policy.client.open(&shown, &text);
    let inside = json!({ "textDocument": { "uri": shown }, "position": { "line": line, "character": 0 } });
    assert!(policy.client.request("textDocument/definition", inside).is_null());
}

#[test]
fn links_tell_what_leads_there() {
    let capabilities = json!({ "textDocument": {
        "implementation": { "linkSupport": true }, "declaration": { "linkSupport": true },
    } });
    let mut policy = Policy::open(capabilities);
    let there = policy.at("textDocument/implementation", "limits.lua", "mod:validate", json!({}));
    assert_eq!(there[0]["originSelectionRange"]["start"], json!({ "line": 2, "character": 13 }));
    assert_eq!(there[0]["targetSelectionRange"]["start"], json!({ "line": 2, "character": 13 }));
    assert_eq!(there[0]["targetRange"]["end"], json!({ "line": 5, "character": 3 }));
    let there = policy.at("textDocument/declaration", "limits.lua", "mod:validate", json!({}));
    assert!(there[0]["targetUri"].as_str().unwrap().ends_with("/stubs/lua/callouts/validate.lua"));
    let there = policy.at("textDocument/typeDefinition", "limits.lua", "accept, vc", json!({}));
    assert!(there[0]["uri"].as_str().unwrap().ends_with("/validate_context.lua"), "{there}");
}

#[test]
fn references_and_highlights() {
    let mut policy = Policy::open(json!({}));
    let all = json!({ "context": { "includeDeclaration": true } });
    let uses = policy.at("textDocument/references", "limits.lua", "site.mo", all);
    assert_eq!(places(&uses), ["limits.lua 3:10", "site.lua 1:15"]);
    let others = json!({ "context": { "includeDeclaration": false } });
    let uses = policy.at("textDocument/references", "limits.lua", "require(\"si", others);
    assert_eq!(places(&uses), ["limits.lua 0:21"]);
    let found = policy.at("textDocument/documentHighlight", "limits.lua", "local si", json!({}));
    let kinds: Vec<&Value> = found.as_array().unwrap().iter().map(|found| &found["kind"]).collect();
    assert_eq!(kinds, [3, 2]);
}

#[test]
fn renames_reach_other_files_and_refuse_with_words() {
    let mut policy = Policy::open(json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } }));
    let prepared = policy.at("textDocument/prepareRename", "limits.lua", "site.mo", json!({}));
    assert_eq!(prepared["placeholder"], "most");
    let edit = policy.at("textDocument/rename", "limits.lua", "site.mo", json!({ "newName": "limit" }));
    let changes = edit["documentChanges"].as_array().unwrap();
    let changed: Vec<(&Value, &Value)> = changes
        .iter()
        .map(|change| (&change["textDocument"]["version"], &change["edits"][0]["range"]["start"]))
        .collect();
    let at = |line: u32, character: u32| json!({ "line": line, "character": character });
    assert_eq!(changed, [(&Value::Null, &at(3, 10)), (&Value::Null, &at(1, 15))]);
    let position = json!({
        "textDocument": { "uri": policy.uri("limits.lua") },
        "position": { "line": 2, "character": 15 }, "newName": "connect",
    });
    let id = policy.client.ask("textDocument/rename", position);
    let error = &policy.client.answer(id)["error"];
    assert_eq!(error["code"], -32803);
    assert!(error["message"].as_str().unwrap().contains("never runs"), "{error}");
}

#[test]
fn symbols_of_a_document_and_of_all() {
    let mut policy = Policy::open(json!({}));
    let document = json!({ "textDocument": { "uri": policy.uri("limits.lua") } });
    let flat = policy.client.request("textDocument/documentSymbol", document);
    let names: Vec<&str> = flat.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["site", "mod", "mod:validate_connect"]);
    let found = policy.client.request("workspace/symbol", json!({ "query": "valcon" }));
    assert_eq!(found[0]["name"], "mod:validate_connect");
    let found = policy.client.request("workspace/symbol", json!({ "query": "script limits" }));
    assert_eq!(place(&found[0]["location"]), "ecelerity.conf 2:2");
    let mut policy = Policy::open(json!({ "textDocument": { "documentSymbol": {
        "hierarchicalDocumentSymbolSupport": true,
    } } }));
    let document = json!({ "textDocument": { "uri": policy.uri("ecelerity.conf") } });
    let tree = policy.client.request("textDocument/documentSymbol", document);
    assert_eq!(tree[1]["children"][0]["children"][0]["name"], "source");
}

#[test]
fn session_files_lead_to_the_policy() {
    let mut policy = Policy::open(json!({}));
    let session =
        "policy = \"limits.lua\"\ndescription = \"limits\"\ninclude = ['none.toml', \"ecelerity.conf\"]\n";
    let uri = policy.uri("quiet.session.toml");
    policy.client.open(&uri, session);
    let document = json!({ "textDocument": { "uri": uri } });
    let links = policy.client.request("textDocument/documentLink", document.clone());
    let targets: Vec<&Value> = links.as_array().unwrap().iter().map(|link| &link["target"]).collect();
    assert_eq!(targets, [&json!(policy.uri("limits.lua")), &json!(policy.uri("ecelerity.conf"))]);
    assert_eq!(links[0]["range"]["start"], json!({ "line": 0, "character": 10 }));
    let mut parameters = document;
    parameters["position"] = json!({ "line": 0, "character": 12 });
    let there = policy.client.request("textDocument/definition", parameters.clone());
    assert_eq!(place(&there), "limits.lua 0:0");
    parameters["position"] = json!({ "line": 0, "character": 2 });
    let hover = policy.client.request("textDocument/hover", parameters);
    assert!(hover["contents"]["value"].as_str().unwrap().contains("**policy**"), "{hover}");
}

#[test]
fn what_names_a_file_follows_it() {
    let asks = json!({ "workspace": { "fileOperations": { "willRename": true } } });
    let mut policy = Policy::open(asks);
    let renamed = |policy: &mut Policy, old: &str, new: &str| {
        let files = json!([{ "oldUri": policy.uri(old), "newUri": policy.uri(new) }]);
        policy.client.request("workspace/willRenameFiles", json!({ "files": files }))
    };
    let edit = renamed(&mut policy, "site.lua", "common/site.lua");
    let changes = &edit["changes"][policy.uri("limits.lua")];
    assert_eq!(changes[0]["newText"], "common.site");
    assert_eq!(changes[0]["range"]["start"], json!({ "line": 0, "character": 22 }));
    let edit = renamed(&mut policy, "limits.lua", "rates.lua");
    assert_eq!(edit["changes"][policy.uri("ecelerity.conf")][0]["newText"], "rates");
    assert!(renamed(&mut policy, "README.md", "rates.md").is_null());
}
