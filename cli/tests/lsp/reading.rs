//! What helps to read a text: hovers, folds, selections, links, colours, hints, who calls whom.

use serde_json::{Value, json};

use crate::navigation::Policy;

fn document(policy: &Policy, name: &str) -> Value {
    json!({ "textDocument": { "uri": policy.uri(name) } })
}

fn with(mut parameters: Value, key: &str, value: Value) -> Value {
    parameters.as_object_mut().unwrap().insert(key.to_owned(), value);
    parameters
}

#[test]
fn hovers_have_pages_and_are_plain_for_plain_clients() {
    let plain = json!({ "textDocument": { "hover": { "contentFormat": ["plaintext"] } } });
    for (capabilities, kind) in [(json!({}), "markdown"), (plain, "plaintext")] {
        let mut policy = Policy::open(capabilities);
        let hover = policy.at("textDocument/hover", "limits.lua", "vctx:set", json!({}));
        assert_eq!(hover["contents"]["kind"], kind);
        let text = hover["contents"]["value"].as_str().unwrap();
        assert!(text.contains("set_code") && text.contains("https://"), "{text}");
        assert_eq!(hover["range"]["start"], json!({ "line": 3, "character": 30 }));
    }
    let mut policy = Policy::open(json!({}));
    let hover = policy.at("textDocument/hover", "ecelerity.conf", "source = \"lim", json!({}));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("validate_connect"), "{hover}");
}

#[test]
fn folds_and_selections() {
    let mut policy = Policy::open(json!({ "textDocument": { "foldingRange": { "lineFoldingOnly": true } } }));
    let parameters = document(&policy, "limits.lua");
    let folds = policy.client.request("textDocument/foldingRange", parameters);
    assert_eq!(folds, json!([{ "startLine": 2, "endLine": 4 }]));
    let parameters = with(
        document(&policy, "limits.lua"),
        "positions",
        json!([{ "line": 3, "character": 10 }, { "line": 0, "character": 0 }]),
    );
    let ranges = policy.client.request("textDocument/selectionRange", parameters);
    assert_eq!(ranges.as_array().unwrap().len(), 2);
    assert_eq!(ranges[0]["range"]["start"], json!({ "line": 3, "character": 10 }));
    assert_eq!(ranges[0]["parent"]["range"]["start"], json!({ "line": 3, "character": 5 }));
}

#[test]
fn links_lead_to_files_and_are_resolved_to_stubs() {
    let mut policy = Policy::open(json!({}));
    let parameters = document(&policy, "ecelerity.conf");
    let links = policy.client.request("textDocument/documentLink", parameters);
    assert_eq!(links[0]["target"], policy.uri("limits.lua"));
    let text = "require(\"msys.pcre\") -- https://example.com/\n";
    let uri = policy.uri("new.lua");
    policy.client.open(&uri, text);
    let links = policy.client.request("textDocument/documentLink", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(links[1]["target"], "https://example.com/");
    assert!(links[0].get("target").is_none());
    let link = policy.client.request("documentLink/resolve", links[0].clone());
    let path = link["target"].as_str().unwrap().strip_prefix("file://").unwrap();
    assert!(std::fs::exists(path.split('#').next().unwrap()).unwrap(), "{link}");
}

#[test]
fn tokens_change_by_what_was_typed() {
    let mut policy = Policy::open(json!({}));
    let uri = policy.uri("new.lua");
    policy.client.open(&uri, "local é = 1\nprint(\"😀\", é != 2)\n");
    let parameters = json!({ "textDocument": { "uri": uri } });
    let full = policy.client.request("textDocument/semanticTokens/full", parameters.clone());
    let numbers = |tokens: &Value| -> Vec<u64> {
        tokens["data"].as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
    };
    let all = numbers(&full);
    // `é`, `print`, `é`, `!=`: the columns are those of UTF-16.
    let places: Vec<&[u64]> = all.chunks(5).map(|token| &token[..3]).collect();
    assert_eq!(places, [[0, 6, 1], [1, 0, 5], [0, 12, 1], [0, 2, 2]]);
    policy.client.replace(&uri, 2, "local é = 1\nprint(é, é != 2)\n");
    let changed = with(parameters.clone(), "previousResultId", full["resultId"].clone());
    let delta = policy.client.request("textDocument/semanticTokens/full/delta", changed);
    let mut edited = all;
    for edit in delta["edits"].as_array().unwrap() {
        let start = usize::try_from(edit["start"].as_u64().unwrap()).unwrap();
        let count = usize::try_from(edit["deleteCount"].as_u64().unwrap()).unwrap();
        edited.splice(start..start + count, edit.get("data").map(|_| numbers(edit)).unwrap_or_default());
    }
    let now = policy.client.request("textDocument/semanticTokens/full", parameters.clone());
    assert_eq!(edited, numbers(&now));
    let unknown = with(parameters.clone(), "previousResultId", json!("none"));
    let all = policy.client.request("textDocument/semanticTokens/full/delta", unknown);
    assert_eq!(numbers(&all), numbers(&now));
    let first = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } });
    let part = policy.client.request("textDocument/semanticTokens/range", with(parameters, "range", first));
    assert_eq!(numbers(&part).len(), 5);
}

#[test]
fn hints_are_resolved_later_and_can_be_set_off() {
    let everything = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let mut policy = Policy::open(json!({}));
    let parameters = with(document(&policy, "limits.lua"), "range", everything.clone());
    let hints = policy.client.request("textDocument/inlayHint", parameters.clone());
    let labels: Vec<&Value> = hints.as_array().unwrap().iter().map(|hint| &hint["label"]).collect();
    assert_eq!(labels, ["message:"]);
    assert!(hints[0].get("tooltip").is_none());
    let hint = policy.client.request("inlayHint/resolve", hints[0].clone());
    assert!(hint["tooltip"]["value"].as_str().unwrap().contains("message"), "{hint}");
    let settings = json!({ "settings": { "momentumLua": { "inlayHints": { "parameters": false } } } });
    policy.client.notify("workspace/didChangeConfiguration", settings);
    let hints = policy.client.request("textDocument/inlayHint", parameters);
    assert_eq!(hints, json!([]));
}

#[test]
fn a_callout_is_called_by_its_phase() {
    let mut policy = Policy::open(json!({}));
    let items = policy.at("textDocument/prepareCallHierarchy", "limits.lua", "mod:validate", json!({}));
    assert_eq!(items[0]["name"], "mod:validate_connect");
    let item = json!({ "item": items[0] });
    let incoming = policy.client.request("callHierarchy/incomingCalls", item.clone());
    assert_eq!(incoming[0]["from"]["name"], "phase connect");
    let outgoing = policy.client.request("callHierarchy/outgoingCalls", item);
    assert_eq!(outgoing[0]["to"]["name"], "vctx:set_code");
    assert_eq!(outgoing[0]["fromRanges"][0]["start"], json!({ "line": 3, "character": 25 }));
    let phase = json!({ "item": incoming[0]["from"] });
    let runs = policy.client.request("callHierarchy/outgoingCalls", phase);
    assert_eq!(runs[0]["to"]["uri"], policy.uri("limits.lua"));
    let function = json!({ "item": outgoing[0]["to"] });
    let callers = policy.client.request("callHierarchy/incomingCalls", function);
    assert_eq!(callers[0]["from"]["name"], "mod:validate_connect");
}

/// However a function gets its name: the name may stand before the function, and apart from the callout's.
#[test]
fn functions_are_called_however_they_are_written() {
    let mut policy = Policy::open(json!({}));
    let uri = policy.uri("other.lua");
    let text = "local mod = {}\nlocal function helper() end\nlocal check = function() helper() end\n\
        mod.validate_connect = function() check() end\nmod[\"validate_ehlo\"] = function() check() end\n\
        function mod.validate_mailfrom() check() end\nmod.validate_rcptto = check\nmsys.registerModule(\"other\", mod)\n";
    policy.client.open(&uri, text);
    let mut callers = |line: u32, character: u32| {
        let at =
            json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } });
        let items = policy.client.request("textDocument/prepareCallHierarchy", at);
        let item = json!({ "item": items[0] });
        policy.client.request("callHierarchy/outgoingCalls", item.clone());
        let incoming = policy.client.request("callHierarchy/incomingCalls", item);
        let names =
            incoming.as_array().unwrap().iter().map(|call| call["from"]["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(callers(1, 16), ["check"]);
    let all = ["phase rcptto", "mod.validate_connect", "mod[\"validate_ehlo\"]", "mod.validate_mailfrom"];
    assert_eq!(callers(2, 7), all);
    assert_eq!(callers(3, 8), ["phase connect"]);
    assert_eq!(callers(4, 8), ["phase ehlo"]);
    assert_eq!(callers(5, 14), ["phase mailfrom"]);
}

/// VS Code refuses all symbols of a file where one has an empty name.
#[test]
fn every_symbol_has_a_name_while_it_is_written() {
    fn names(symbols: &Value, found: &mut Vec<String>) {
        for symbol in symbols.as_array().into_iter().flatten() {
            found.push(symbol["name"].as_str().unwrap().to_owned());
            names(&symbol["children"], found);
        }
    }
    let trees =
        json!({ "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } } });
    for capabilities in [trees, json!({})] {
        let mut policy = Policy::open(capabilities);
        for (name, text) in [
            ("session.toml", "policy = \"ecelerity.conf\"\n = 1\n[[]]\n[]\n\"\" = 2\n"),
            (
                "ecelerity.conf",
                "scriptlet \"scriptlet\" {\n  { source = \"a\" }\n = 3\n  \"\" {}\n}\ninclude\n",
            ),
            (
                "broken.lua",
                "function () end\nlocal = 1\nlocal t = { [] = 1, = 2, function() end }\nt. = function() end\n",
            ),
        ] {
            let uri = policy.uri(name);
            policy.client.open(&uri, text);
            let symbols = policy.client.request("textDocument/documentSymbol", document(&policy, name));
            let mut found = Vec::new();
            names(&symbols, &mut found);
            assert!(
                !found.is_empty() && found.iter().all(|name| !name.trim().is_empty()),
                "{name}: {found:?}"
            );
        }
    }
}

#[test]
fn sessions_have_symbols_folds_and_selections() {
    let tree = json!({ "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } } });
    let mut policy = Policy::open(tree);
    let uri = policy.uri("partner.toml");
    policy.client.open(
        &uri,
        "policy = \"ecelerity.conf\"\n[connection]\nclient = \"192.0.2.77\"\nhello = \"é.example\"\n",
    );
    let document = json!({ "textDocument": { "uri": uri } });
    let symbols = policy.client.request("textDocument/documentSymbol", document.clone());
    assert_eq!((&symbols[0]["name"], &symbols[1]["name"]), (&json!("policy"), &json!("connection")));
    assert_eq!(symbols[1]["children"][1]["name"], "hello");
    assert_eq!(symbols[1]["range"]["end"], json!({ "line": 3, "character": 19 }));
    let folds = policy.client.request("textDocument/foldingRange", document.clone());
    assert_eq!((&folds[0]["startLine"], &folds[0]["endLine"]), (&json!(1), &json!(3)));
    let selected = with(document, "positions", json!([{ "line": 2, "character": 12 }]));
    let ranges = policy.client.request("textDocument/selectionRange", selected);
    assert_eq!(ranges[0]["range"]["start"], json!({ "line": 2, "character": 10 }));
    assert_eq!(ranges[0]["parent"]["range"]["start"], json!({ "line": 2, "character": 9 }));
}
