//! Load, wrong messages, and clients that do not behave.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, uri};
use crate::typing::{PIECES, Random, Text};

const FIRST: &str = "local limits = require(\"limits\")\nlocal mod = {}\nfunction mod:validate_connect(accept, vctx)\n\
  if limits.most > 3 then vctx:set_code(550, \"no\") end\n  return msys.core.VALIDATE_CONT\nend\n\
msys.registerModule(\"first\", mod)\n";
const LIMITS: &str =
    "local limits = { most = 5 }\nfunction limits.check(n)\n  return n > limits.most\nend\nreturn limits\n";

/// A request of one of the kinds that an editor sends while somebody types.
fn request(random: &mut Random, document: &str, position: &Value) -> (&'static str, Value) {
    let whole = json!({ "textDocument": { "uri": document } });
    let with = |key: &str, value: Value| {
        let mut parameters = whole.clone();
        parameters[key] = value;
        parameters
    };
    let at = with("position", position.clone());
    let to_the_end = json!({ "start": position, "end": { "line": 99, "character": 0 } });
    match random.below(18) {
        0 => ("textDocument/hover", at),
        1 => ("textDocument/completion", at),
        2 => ("textDocument/signatureHelp", at),
        3 => ("textDocument/definition", at),
        4 => ("textDocument/documentHighlight", at),
        5 => ("textDocument/prepareRename", at),
        6 => {
            let mut references = at;
            references["context"] = json!({ "includeDeclaration": true });
            ("textDocument/references", references)
        }
        7 => ("textDocument/diagnostic", whole),
        8 => ("textDocument/codeLens", whole),
        9 => ("textDocument/documentSymbol", whole),
        10 => ("textDocument/foldingRange", whole),
        11 => ("textDocument/documentLink", whole),
        12 => ("textDocument/semanticTokens/full", whole),
        13 => ("textDocument/semanticTokens/range", with("range", to_the_end)),
        14 => ("textDocument/inlayHint", with("range", to_the_end)),
        15 => ("textDocument/selectionRange", with("positions", json!([position]))),
        16 => {
            let mut actions = with("range", json!({ "start": position, "end": position }));
            actions["context"] = json!({ "diagnostics": [] });
            ("textDocument/codeAction", actions)
        }
        _ => ("workspace/symbol", json!({ "query": "l" })),
    }
}

/// What an answer says, without the name that the server gives to a state.
fn content(mut answer: Value) -> Value {
    let mut result = answer["result"].take();
    if let Some(result) = result.as_object_mut() {
        result.remove("resultId");
    }
    json!([result, answer["error"]["message"]])
}

/// Every request is answered for the texts that the client had when it sent it, however many changes stand behind it.
#[test]
fn two_thousand_edits_and_requests_answer_as_a_replay_does() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("momentum-lua.toml"), "").unwrap();
    let capabilities = json!({ "textDocument": { "diagnostic": {} }, "workspace": { "executeCommand": {} } });
    let names = [uri(&folder.path().join("first.lua")), uri(&folder.path().join("limits.lua"))];
    let start = [FIRST, LIMITS];
    let open = || {
        let mut client = Client::open_folder(folder.path(), capabilities.clone());
        names.iter().zip(start).for_each(|(name, text)| client.open(name, text));
        client
    };
    let mut client = open();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut texts = start.map(|text| Text(text.chars().collect()));
    let mut versions = [1, 1];
    let mut asked = Vec::new();
    for number in 0..2_000 {
        let which = random.below(2);
        versions[which] += 1;
        let text = &mut texts[which];
        if text.0.len() > 600 || number % 40 == 39 {
            // Broken text hides most of what there is to know, so now and then it is mended.
            *text = Text(start[which].chars().collect());
            client.replace(&names[which], versions[which], start[which]);
        } else {
            let changes = text.change(&mut random);
            client.change(&names[which], versions[which], changes);
        }
        let about = random.below(2);
        let position = texts[about].position(random.below(texts[about].0.len() + 1));
        let (method, parameters) = request(&mut random, &names[about], &position);
        let id = client.ask(method, parameters.clone());
        asked.push((id, method, parameters, [texts[0].text(), texts[1].text()], versions));
    }
    let answers: Vec<Value> = asked.iter().map(|(id, ..)| client.answer(*id)).collect();
    let mut replay = open();
    let mut told = 0;
    for (number, (answer, (_, method, parameters, texts, versions))) in
        answers.into_iter().zip(&asked).enumerate()
    {
        // Now and then from scratch, so that nothing of long ago counts.
        if number % 100 == 0 {
            replay = open();
        }
        for ((name, text), version) in names.iter().zip(texts).zip(versions) {
            replay.replace(name, *version, text);
        }
        let id = replay.ask(method, parameters.clone());
        let (answer, again) = (content(answer), content(replay.answer(id)));
        told +=
            usize::from(answer[0].as_array().is_some_and(|list| !list.is_empty()) || answer[0].is_object());
        assert_eq!(answer, again, "{method} {parameters} at {number}: {texts:?}");
    }
    assert!(told > 700, "few answers have content: {told}");
}

#[test]
fn what_is_resolved_for_another_text_is_answered_with_content_modified() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("momentum-lua.toml"), "").unwrap();
    let capabilities = json!({ "workspace": { "executeCommand": {} } });
    let mut client = Client::open_folder(folder.path(), capabilities);
    let script = uri(&folder.path().join("first.lua"));
    let helper = "local function over(count)\n  return count > 3\nend\n";
    let text = FIRST.replace("  if limits.most > 3", "  if over(9)");
    client.open(&script, &format!("{helper}{text}"));
    let whole = json!({ "textDocument": { "uri": script } });
    let lenses = client.request("textDocument/codeLens", whole.clone());
    let mut range = whole.clone();
    range["range"] = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let hints = client.request("textDocument/inlayHint", range);
    let place = json!({ "textDocument": { "uri": script }, "position": { "line": 0, "character": 16 } });
    let items = client.request("textDocument/prepareCallHierarchy", place);
    let cases = [
        ("codeLens/resolve", lenses[0].clone()),
        ("inlayHint/resolve", hints[0].clone()),
        ("callHierarchy/incomingCalls", json!({ "item": items[0] })),
        ("callHierarchy/outgoingCalls", json!({ "item": items[0] })),
    ];
    for (method, parameters) in &cases {
        assert!(!client.request(method, parameters.clone()).is_null(), "{method}");
    }
    client.replace(&script, 2, &format!("-- another line\n{helper}{text}"));
    for (method, parameters) in cases {
        let id = client.ask(method, parameters);
        assert_eq!(client.answer(id)["error"]["code"], -32801, "{method}");
    }
}

#[test]
fn a_panic_is_an_error_and_nothing_more() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start_with(folder.path(), &[("MOMENTUM_LUA_TEST_REQUESTS", "1")]);
    client.initialize(folder.path(), json!({}));
    let script = uri(&folder.path().join("a.lua"));
    client.open(&script, "print(nothing_has_this_name)\n");
    assert_eq!(client.diagnostics(&script).len(), 1);
    for place in ["analysis", "handler"] {
        let panic = client.ask("momentum-lua/panic", json!({ "in": place }));
        let error = &client.answer(panic)["error"];
        assert_eq!(error["code"], -32603, "{place}: {error}");
        let at = json!({ "textDocument": { "uri": script }, "position": { "line": 0, "character": 2 } });
        assert!(client.request("textDocument/hover", at).is_object(), "{place}");
    }
    client.request("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    let told = client.errors();
    assert_eq!(told.matches("a test asked for it").count(), 2, "{told}");
}

#[test]
fn the_request_that_panics_is_there_for_tests_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::open_folder(folder.path(), json!({}));
    let panic = client.ask("momentum-lua/panic", json!({ "in": "analysis" }));
    assert_eq!(client.answer(panic)["error"]["code"], -32601);
}

#[test]
fn requests_that_only_some_servers_know_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::open_folder(folder.path(), json!({}));
    for method in ["$/nothing", "momentum/nothing", "textDocument/moniker"] {
        let at =
            json!({ "textDocument": { "uri": "file:///a.lua" }, "position": { "line": 0, "character": 0 } });
        let id = client.ask(method, at);
        assert_eq!(client.answer(id)["error"]["code"], -32601, "{method}");
    }
}

#[test]
fn notifications_that_mean_nothing_are_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::open_folder(folder.path(), json!({}));
    client.notify("momentum/nothing", json!({}));
    client.notify("textDocument/didChange", json!({ "textDocument": 7 }));
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": "file:///never/opened.lua" } }));
    client.change("file:///never/opened.lua", 3, json!([{ "text": "x" }]));
    let script = uri(&folder.path().join("a.lua"));
    client.open(&script, "x = = 1\n");
    assert_eq!(client.diagnostics(&script)[0]["code"], "syntax");
}

#[test]
fn messages_that_cannot_be_read_are_answered_and_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::start(folder.path());
    // Before the handshake as well.
    client.send_raw(b"{");
    assert_eq!(client.complaint()["code"], -32700);
    client.initialize(folder.path(), json!({}));
    let script = uri(&folder.path().join("a.lua"));
    client.open(&script, "print(nothing_has_this_name)\n");
    let broken: [(&[u8], i64); 6] = [
        (b"", -32700),
        (b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":", -32700),
        (b"\xff\xfe", -32700),
        (b"{}", -32600),
        (b"[1, 2]", -32600),
        (b"{\"jsonrpc\":\"2.0\",\"id\":[],\"method\":\"shutdown\"}", -32600),
    ];
    for (body, code) in broken {
        client.send_raw(body);
        let complaint = client.complaint();
        assert_eq!(complaint["code"], code, "{}: {complaint}", String::from_utf8_lossy(body));
        assert!(complaint["message"].as_str().unwrap().starts_with("the message is no"), "{complaint}");
        let at = json!({ "textDocument": { "uri": script }, "position": { "line": 0, "character": 2 } });
        assert!(client.request("textDocument/hover", at).is_object());
    }
    client.request("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit_status(), Some(0));
}

#[test]
fn after_a_wrong_header_the_next_message_counts() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::open_folder(folder.path(), json!({}));
    let script = uri(&folder.path().join("a.lua"));
    client.open(&script, "print(nothing_has_this_name)\n");
    let at = json!({ "textDocument": { "uri": script }, "position": { "line": 0, "character": 2 } });
    for header in [
        "",
        "Content-Type: application/json\r\n\r\n",
        "Content-Length: many\r\n\r\n",
        "Content-Length: 99999999999999\r\n\r\n",
        "Content-Length: 3\r\n\r\n",
    ] {
        client.send_bytes(format!("{header}{{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}}").as_bytes());
        assert!(client.request("textDocument/hover", at.clone()).is_object(), "{header:?}");
        if !header.is_empty() {
            assert_eq!(client.complaint()["code"], -32700, "{header:?}");
        }
    }
    // The end within a message is an end like any other.
    client.send_bytes(b"Content-Length: 300\r\n\r\n{");
    client.hang_up();
    assert_eq!(client.exit_status(), Some(1));
}

#[test]
fn requests_that_wait_can_be_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::open_folder(folder.path(), json!({}));
    let script = uri(&folder.path().join("a.lua"));
    client.open(&script, &"local x = { a = 1, b = { c = 2 } }\nprint(x.b.c)\n".repeat(2_000));
    let at = json!({ "textDocument": { "uri": script }, "position": { "line": 1, "character": 7 } });
    let waiting: Vec<i64> = (0..20).map(|_| client.ask("textDocument/hover", at.clone())).collect();
    let last = *waiting.last().unwrap();
    client.notify("$/cancelRequest", json!({ "id": last }));
    assert_eq!(client.answer(last)["error"]["code"], -32800);
    assert!(client.answer(waiting[0])["result"].is_object());
}

#[test]
fn a_client_that_never_reads_makes_nothing_grow_and_can_go() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_momentum-lua"))
        .arg("lsp")
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = server.stdin.take().unwrap();
    let script = uri(&folder.path().join("a.lua"));
    let writer = std::thread::spawn(move || {
        let mut send = |message: Value| {
            let body = message.to_string();
            write!(input, "Content-Length: {}\r\n\r\n{body}", body.len())
        };
        let initialize = json!({ "processId": null, "rootUri": null, "capabilities": {} });
        send(json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": initialize })).unwrap();
        send(json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} })).unwrap();
        let open = json!({ "uri": script, "languageId": "lua", "version": 0, "text": "" });
        send(
            json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": open } }),
        )
        .unwrap();
        for number in 1..200_000 {
            let document = json!({ "uri": script, "version": number });
            let changes = json!([{ "text": format!("print(nothing_{number})\n").repeat(20) }]);
            let change = json!({ "textDocument": document, "contentChanges": changes });
            let at = json!({ "textDocument": { "uri": script }, "position": { "line": 0, "character": 1 } });
            let sent = send(
                json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": change }),
            )
            .and_then(|()| {
                send(json!({ "jsonrpc": "2.0", "id": number, "method": "textDocument/hover", "params": at }))
            });
            // The server reads no further, and at last it is gone.
            if sent.is_err() {
                return;
            }
        }
    });
    std::thread::sleep(Duration::from_secs(4));
    assert!(server.try_wait().unwrap().is_none(), "the server lives");
    if let Some(mib) = resident_mib(server.id()) {
        assert!(mib < 400, "{mib} MiB");
    }
    drop(server.stdout.take());
    let until = Instant::now() + Duration::from_secs(30);
    while server.try_wait().unwrap().is_none() {
        assert!(Instant::now() < until, "the server does not end when its client is gone");
        std::thread::sleep(Duration::from_millis(50));
    }
    writer.join().unwrap();
}

/// A figure for docs/benchmarks.md: `cargo test --release -p momentum-lua --test lsp soak -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes; run by hand"]
fn soak_of_100_000_edits_keeps_memory_flat() {
    let folder = tempfile::tempdir().unwrap();
    let mut client = Client::open_folder(folder.path(), json!({}));
    let script = uri(&folder.path().join("a.lua"));
    let body = "function check(n)\n  local x = { a = n, b = { c = 2 } }\n  return x.b.c > n\nend\n";
    client.open(&script, &body.repeat(50));
    let mut random = Random(42);
    let mut figures = Vec::new();
    for number in 1..=100_000 {
        let line = random.below(200);
        let range =
            json!({ "start": { "line": line, "character": 0 }, "end": { "line": line, "character": 1 } });
        client.change(
            &script,
            number,
            json!([{ "range": range, "text": PIECES[random.below(PIECES.len())] }]),
        );
        if number % 100 == 0 {
            client.replace(&script, number, &body.repeat(50));
        }
        // Every answer waits until the text before it is analysed.
        if number % 10 == 0 {
            let position = json!({ "line": random.below(200), "character": random.below(20) });
            let (method, parameters) = request(&mut random, &script, &position);
            let id = client.ask(method, parameters);
            client.answer(id);
            client.waiting.clear();
        }
        if number % 10_000 == 0 {
            figures.push(resident_mib(client.pid()).unwrap_or_default());
        }
    }
    println!("resident memory in MiB after each 10,000 edits: {figures:?}");
    let (first, last) = (figures[1], figures[figures.len() - 1]);
    assert!(last <= first + first / 10 + 8, "{figures:?}");
}

fn resident_mib(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? / 1024)
}
