//! What holds of every answer, wherever the cursor stands and however broken the text is: ranges lie in the document,
//! edits can be applied, what is nested nests, a rename can be taken back, a change of meaning makes no new error.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;

use serde_json::{Value, json};

use crate::client::{Client, uri};
use crate::typing::{Random, Text};

const POLICY: &str = "local core = require(\"msys.core\")\nlocal limits = require(\"limits\")\nlocal policy = {}\n\
-- Marks é and 😀.\nlocal function mark(vctx, name)\n  vctx:set(core.VCTX_MESS, \"tag\", name)\n  return vctx:get(core.VCTX_MESS, \"tag\")\nend\n\
policy.validate_connect = function(self, accept, vctx)\n  self.count = (self.count or 0) + 1\n\
  if self.count > limits.most and mark(vctx, \"😀\") != nil then\n    vctx:set_code(550, \"no\")\n    return core.VALIDATE_DONE\n  end\n  return core.VALIDATE_CONT\nend\n\
function policy:validate_data(msg, accept, vctx)\n  local found = msys.pcre.match(msg:header(\"To\")[1], [[(?<user>\\w+)@]])\n\
  for index, row in ipairs({ \"a\", 'b' }) do print(index, row, found.user, \"%{vctx_mess:tag}\") end\n  local unused = 0644\n  limits.check(3)\n  return core.VALIDATE_CONT\nend\n\
msys.registerModule(\"policy\", policy)\n";
const LIMITS: &str =
    "local limits = { most = 5 }\nfunction limits.check(n)\n  return n > limits.most\nend\nreturn limits\n";
const CONFIGURATION: &str = "scriptlet \"scriptlet\" {\n  gc_pause = 200\n  script \"policy\" { source = \"policy\" }\n}\n\
Relay_Hosts = ( \"10.0.0.0/8\" )\nESMTP_Listener { Listen \":25\" { context = [ tier = 1 ] } }\n";
const SESSION: &str = "policy = \"policy.lua\"\n[connection]\nremote = \"10.0.0.1:1024\"\n[[message]]\nfrom = \"a@example.com\"\n";

const START: [(&str, &str); 4] = [
    ("policy.lua", POLICY),
    ("limits.lua", LIMITS),
    ("ecelerity.conf", CONFIGURATION),
    ("session.toml", SESSION),
];

/// Somebody at work with four documents.
struct Desk {
    client: Client,
    random: Random,
    names: Vec<String>,
    texts: Vec<Text>,
    versions: Vec<i32>,
    /// The tokens that came last for a document, and their name.
    tokens: BTreeMap<usize, (Value, Vec<Value>)>,
    _folder: tempfile::TempDir,
}

/// Where the cursor stands.
struct Cursor {
    document: usize,
    offset: usize,
}

impl Desk {
    fn open(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("momentum-lua.toml"), "").unwrap();
        let item = json!({ "snippetSupport": true, "insertReplaceSupport": true });
        let requests = json!({ "range": true, "full": { "delta": true } });
        let formats = json!(["relative"]);
        let colours =
            json!({ "requests": requests, "tokenTypes": [], "tokenModifiers": [], "formats": formats });
        let text = json!({
            "completion": { "completionItem": item },
            "diagnostic": {},
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "semanticTokens": colours,
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } },
        });
        let mut client = Client::open_folder(folder.path(), json!({ "textDocument": text }));
        let names: Vec<String> = START.iter().map(|(name, _)| uri(&folder.path().join(name))).collect();
        let texts = START.map(|(_, text)| Text(text.chars().collect())).into();
        names.iter().zip(START).for_each(|(name, (_, text))| client.open(name, text));
        let tokens = BTreeMap::new();
        Self { client, random: Random(seed), names, texts, versions: vec![1; 4], tokens, _folder: folder }
    }

    fn set(&mut self, document: usize, text: &str) {
        self.versions[document] += 1;
        self.texts[document] = Text(text.chars().collect());
        self.client.replace(&self.names[document], self.versions[document], text);
    }

    /// A key stroke somewhere; now and then the text is whole again.
    fn type_something(&mut self, document: usize) {
        if self.random.below(8) == 0 {
            return self.set(document, START[document].1);
        }
        let change = self.texts[document].change(&mut self.random);
        self.versions[document] += 1;
        self.client.change(&self.names[document], self.versions[document], change);
    }

    fn whole(&self, document: usize) -> Value {
        json!({ "textDocument": { "uri": self.names[document] } })
    }

    fn with(&self, at: &Cursor, more: &Value) -> Value {
        let mut parameters = self.whole(at.document);
        parameters["position"] = self.texts[at.document].position(at.offset);
        parameters.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        parameters
    }

    fn ask(&mut self, method: &str, at: &Cursor, more: Value) -> Value {
        let parameters = self.with(at, &more);
        self.client.request(&format!("textDocument/{method}"), parameters)
    }

    /// The answer, or nothing where the request was refused in words.
    fn may_ask(&mut self, method: &str, at: &Cursor, more: Value) -> Value {
        let parameters = self.with(at, &more);
        let id = self.client.ask(&format!("textDocument/{method}"), parameters);
        self.client.answer(id)["result"].take()
    }

    fn document(&self, name: &Value) -> Option<usize> {
        self.names.iter().position(|known| name == known.as_str())
    }

    /// The characters of a range, which has to lie in the document.
    fn span(&self, document: usize, range: &Value) -> Range<usize> {
        let text = &self.texts[document];
        let [start, end] = [&range["start"], &range["end"]].map(|position| {
            let found = text.place(position);
            found.unwrap_or_else(|| {
                panic!("no place {position} in {}:\n{}", self.names[document], text.text())
            })
        });
        assert!(start <= end, "{range}");
        start..end
    }

    /// The text with edits, which must not overlap.
    fn applied(&self, document: usize, edits: &Value) -> String {
        let edits = edits.as_array().unwrap().iter();
        let mut edits: Vec<(Range<usize>, &str)> = edits
            .map(|edit| (self.span(document, &edit["range"]), edit["newText"].as_str().unwrap()))
            .collect();
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut text = String::new();
        let mut copied = 0;
        for (range, new) in edits {
            assert!(copied <= range.start, "edits overlap at {range:?}");
            text.extend(&self.texts[document].0[copied..range.start]);
            text.push_str(new);
            copied = range.end;
        }
        text.extend(&self.texts[document].0[copied..]);
        text
    }

    /// How many errors of syntax a document has.
    fn errors(&mut self, document: usize) -> usize {
        let parameters = self.whole(document);
        let report = self.client.request("textDocument/diagnostic", parameters);
        let items = report["items"].as_array().unwrap();
        for item in items {
            self.span(document, &item["range"]);
        }
        items.iter().filter(|item| item["code"] == "syntax").count()
    }

    fn around(&self, at: &Cursor) -> String {
        let text = &self.texts[at.document].0;
        let (before, behind) = text.split_at(at.offset);
        let before: String = before[before.len().saturating_sub(60)..].iter().collect();
        format!("{before}|{}", behind.iter().take(60).collect::<String>())
    }

    fn holds_cursor(&self, at: &Cursor, range: &Value, what: &str) {
        let span = self.span(at.document, range);
        assert!(span.contains(&at.offset) || span.end == at.offset, "{what} {range}: {}", self.around(at));
    }
}

/// One of the questions, with what has to hold of the answer.
type Question = fn(&mut Desk, &Cursor);

const QUESTIONS: [Question; 12] = [
    hover, completion, places, rename, symbols, folds, selections, tokens, hints, actions, formatting,
    actions,
];

fn hover(desk: &mut Desk, at: &Cursor) {
    let answer = desk.ask("hover", at, json!({}));
    if !answer.is_null() {
        desk.holds_cursor(at, &answer["range"], "hover");
        assert!(!answer["contents"]["value"].as_str().unwrap().trim().is_empty());
    }
}

fn completion(desk: &mut Desk, at: &Cursor) {
    let answer = desk.ask("completion", at, json!({}));
    let items = answer.get("items").unwrap_or(&answer).as_array().cloned().unwrap_or_default();
    let default = &answer["itemDefaults"]["editRange"];
    let mut seen = std::collections::BTreeSet::new();
    for item in &items {
        let range = item.get("textEdit").unwrap_or(default);
        let range = range.get("range").unwrap_or(range);
        let (insert, replace) = (range.get("insert").unwrap_or(range), range.get("replace").unwrap_or(range));
        if !replace.is_null() {
            desk.holds_cursor(at, insert, "completion");
            desk.holds_cursor(at, replace, "completion");
            assert_eq!(insert["start"], replace["start"], "{item}");
            let mut edits = item["additionalTextEdits"].as_array().cloned().unwrap_or_default();
            edits.push(json!({ "range": replace, "newText": "" }));
            desk.applied(at.document, &json!(edits));
        }
        assert!(seen.insert(format!("{} {}", item["label"], item["kind"])), "twice: {item}");
    }
}

/// What leads from a name to all of its places leads to the name, too.
fn places(desk: &mut Desk, at: &Cursor) {
    for method in ["references", "documentHighlight"] {
        let answer = desk.ask(method, at, json!({ "context": { "includeDeclaration": true } }));
        let mut here = Vec::new();
        for place in answer.as_array().into_iter().flatten() {
            let document =
                if method == "references" { desk.document(&place["uri"]) } else { Some(at.document) };
            let Some(document) = document else { continue };
            let span = desk.span(document, &place["range"]);
            assert!(!here.contains(&(document, span.clone())), "{method} twice: {place}");
            here.push((document, span));
        }
        let holds = |(document, span): &(usize, Range<usize>)| {
            *document == at.document && span.start <= at.offset && at.offset <= span.end
        };
        assert!(here.is_empty() || here.iter().any(holds), "{method} without {}", desk.around(at));
    }
    for method in ["definition", "declaration", "typeDefinition", "implementation"] {
        let answer = desk.ask(method, at, json!({}));
        for place in answer.as_array().into_iter().flatten() {
            desk.document(&place["uri"]).map(|document| desk.span(document, &place["range"]));
        }
    }
}

/// What can be renamed is renamed in every place, and back.
fn rename(desk: &mut Desk, at: &Cursor) {
    const NEW: &str = "quite_another_name";
    let prepared = desk.may_ask("prepareRename", at, json!({}));
    if prepared.is_null() {
        assert!(desk.may_ask("rename", at, json!({ "newName": NEW })).is_null(), "{}", desk.around(at));
        return;
    }
    desk.holds_cursor(at, &prepared["range"], "rename");
    let old = prepared["placeholder"].as_str().unwrap();
    let before: Vec<String> = desk.texts.iter().map(Text::text).collect();
    let start = desk.span(at.document, &prepared["range"]).start;
    let answer = desk.ask("rename", at, json!({ "newName": NEW }));
    let mut offset = start;
    let mut changed = Vec::new();
    for (name, edits) in answer["changes"].as_object().unwrap() {
        let document = desk.document(&json!(name)).unwrap();
        for edit in edits.as_array().unwrap() {
            let span = desk.span(document, &edit["range"]);
            let written: String = desk.texts[document].0[span.clone()].iter().collect();
            assert_eq!(written, old, "{}", desk.around(at));
            if document == at.document && span.start < start {
                offset = offset + NEW.len() - span.len();
            }
        }
        changed.push((document, desk.applied(document, edits), edits.as_array().unwrap().len()));
    }
    let errors: Vec<usize> = changed.iter().map(|(document, ..)| desk.errors(*document)).collect();
    changed.iter().for_each(|(document, text, _)| desk.set(*document, text));
    let after: Vec<usize> = changed.iter().map(|(document, ..)| desk.errors(*document)).collect();
    // A name that is none, as `lé`, becomes one.
    assert!(errors.iter().zip(&after).all(|(before, after)| after <= before), "{old}");
    let back = desk.may_ask("rename", &Cursor { document: at.document, offset }, json!({ "newName": old }));
    if back.is_null() {
        // Another thing has the old name, too.
        let left = |(document, ..): &(usize, String, usize)| desk.texts[*document].text().contains(old);
        assert!(changed.iter().any(left) || !old.is_ascii(), "{old} cannot be taken back");
    } else {
        for (document, _, count) in &changed {
            let edits = &back["changes"][&desk.names[*document]];
            assert_eq!(edits.as_array().map_or(0, Vec::len), *count, "{old}: {}", before[*document]);
            assert_eq!(desk.applied(*document, edits), before[*document]);
        }
    }
    changed.iter().for_each(|(document, ..)| desk.set(*document, &before[*document]));
}

fn symbols(desk: &mut Desk, at: &Cursor) {
    fn walk(desk: &Desk, document: usize, symbols: &Value, around: &Range<usize>) {
        for symbol in symbols.as_array().into_iter().flatten() {
            let span = desk.span(document, &symbol["range"]);
            let name = desk.span(document, &symbol["selectionRange"]);
            assert!(span.start <= name.start && name.end <= span.end, "{symbol}");
            assert!(around.start <= span.start && span.end <= around.end, "{symbol}");
            assert!(!symbol["name"].as_str().unwrap().is_empty(), "{symbol}");
            walk(desk, document, &symbol["children"], &span);
        }
    }
    let answer = desk.ask("documentSymbol", at, json!({}));
    walk(desk, at.document, &answer, &(0..desk.texts[at.document].0.len()));
}

fn folds(desk: &mut Desk, at: &Cursor) {
    let answer = desk.ask("foldingRange", at, json!({}));
    let lines = desk.texts[at.document].text().matches('\n').count() as u64;
    let number = |fold: &Value, key: &str| fold[key].as_u64();
    let folds = answer.as_array().into_iter().flatten().map(|fold| {
        let start = (number(fold, "startLine").unwrap(), number(fold, "startCharacter").unwrap_or(u64::MAX));
        let end = (number(fold, "endLine").unwrap(), number(fold, "endCharacter").unwrap_or(u64::MAX));
        (start, std::cmp::Reverse(end))
    });
    let mut folds: Vec<_> = folds.collect();
    folds.sort_unstable();
    let mut open: Vec<(u64, u64)> = Vec::new();
    for (start, std::cmp::Reverse(end)) in folds {
        assert!(start.0 <= end.0 && end.0 <= lines, "{start:?} to {end:?} of {lines}");
        open.retain(|outer| *outer > start);
        assert!(open.last().is_none_or(|outer| end <= *outer), "folds cross at {start:?}");
        open.push(end);
    }
}

fn selections(desk: &mut Desk, at: &Cursor) {
    let position = desk.texts[at.document].position(at.offset);
    let answer = desk.ask("selectionRange", at, json!({ "positions": [position] }));
    let mut selection = &answer[0];
    let mut inner: Option<Range<usize>> = None;
    while !selection.is_null() {
        desk.holds_cursor(at, &selection["range"], "selection");
        let span = desk.span(at.document, &selection["range"]);
        if let Some(inner) = inner {
            assert!(
                span.start <= inner.start && inner.end <= span.end && span != inner,
                "{}",
                desk.around(at)
            );
        }
        inner = Some(span);
        selection = &selection["parent"];
    }
}

/// The tokens of a document as lines and columns.
fn tokens_at(data: &[Value]) -> Vec<[u64; 5]> {
    let numbers: Vec<u64> = data.iter().map(|number| number.as_u64().unwrap()).collect();
    let (mut line, mut column) = (0, 0);
    let places = numbers.chunks(5).map(|token| {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        [line, column, token[2], token[3], token[4]]
    });
    places.collect()
}

fn tokens(desk: &mut Desk, at: &Cursor) {
    let known = desk.tokens.remove(&at.document);
    let by_edits = known.map(|(name, mut data)| {
        let more = json!({ "previousResultId": name });
        let answer = desk.ask("semanticTokens/full/delta", at, more);
        let Some(edits) = answer.get("edits") else { return answer["data"].as_array().unwrap().clone() };
        for edit in edits.as_array().unwrap().iter().rev() {
            let [start, count] = ["start", "deleteCount"].map(|key| edit[key].as_u64().unwrap() as usize);
            data.splice(start..start + count, edit["data"].as_array().into_iter().flatten().cloned());
        }
        data
    });
    let full = desk.ask("semanticTokens/full", at, json!({}));
    let Some(data) = full["data"].as_array().cloned() else { return };
    assert!(by_edits.is_none_or(|by_edits| by_edits == data), "edits and the whole differ");
    desk.tokens.insert(at.document, (full["resultId"].clone(), data.clone()));
    let all = tokens_at(&data);
    for [line, column, length, ..] in &all {
        let place = |column: u64| json!({ "line": line, "character": column });
        desk.span(at.document, &json!({ "start": place(*column), "end": place(column + length) }));
    }
    for pair in all.windows(2) {
        assert!((pair[0][0], pair[0][1] + pair[0][2]) <= (pair[1][0], pair[1][1]), "{pair:?}");
    }
    let text = &desk.texts[at.document];
    let range = json!({ "start": text.position(at.offset), "end": text.position(text.0.len()) });
    let part = desk.ask("semanticTokens/range", at, json!({ "range": range }));
    let part = tokens_at(part["data"].as_array().unwrap());
    assert!(all.ends_with(&part), "{}", desk.around(at));
}

fn hints(desk: &mut Desk, at: &Cursor) {
    let text = &desk.texts[at.document];
    let end = (at.offset + 200).min(text.0.len());
    let range = json!({ "start": text.position(at.offset), "end": text.position(end) });
    let answer = desk.ask("inlayHint", at, json!({ "range": range }));
    for hint in answer.as_array().into_iter().flatten() {
        let place =
            desk.span(at.document, &json!({ "start": hint["position"], "end": hint["position"] })).start;
        assert!(at.offset <= place && place <= end, "{hint}");
    }
}

/// Whatever an action changes, it makes no error of syntax.
fn actions(desk: &mut Desk, at: &Cursor) {
    let position = desk.texts[at.document].position(at.offset);
    let range = json!({ "start": position, "end": position });
    let more = json!({ "range": range, "context": { "diagnostics": [] } });
    let answer = desk.ask("codeAction", at, more);
    let before = desk.texts[at.document].text();
    let errors = desk.errors(at.document);
    let name = desk.names[at.document].clone();
    for action in answer.as_array().into_iter().flatten() {
        let Some(edits) = action["edit"]["changes"].get(&name) else { continue };
        let text = desk.applied(at.document, edits);
        desk.set(at.document, &text);
        let after = desk.errors(at.document);
        assert!(after <= errors, "{} makes errors of\n{before}\nin\n{text}", action["title"]);
        desk.set(at.document, &before);
    }
}

/// What was laid out stays as it is when it is laid out again.
fn formatting(desk: &mut Desk, at: &Cursor) {
    let options = json!({ "options": { "tabSize": 4, "insertSpaces": true } });
    let answer = desk.may_ask("formatting", at, options.clone());
    if answer.as_array().is_none_or(Vec::is_empty) {
        return;
    }
    let before = desk.texts[at.document].text();
    let errors = desk.errors(at.document);
    let text = desk.applied(at.document, &answer);
    desk.set(at.document, &text);
    assert_eq!(desk.errors(at.document), errors, "{before}");
    let again = desk.may_ask("formatting", at, options);
    if again.is_array() {
        assert_eq!(desk.applied(at.document, &again), text);
    }
    desk.set(at.document, &before);
}

#[test]
fn every_answer_fits_its_document() {
    let mut desk = Desk::open(0x2545_f491_4f6c_dd1d);
    for _ in 0..700 {
        let document = desk.random.below(6) % 4;
        if desk.random.below(2) == 0 {
            desk.type_something(document);
        }
        let offset = desk.random.below(desk.texts[document].0.len() + 1);
        let question = QUESTIONS[desk.random.below(QUESTIONS.len())];
        question(&mut desk, &Cursor { document, offset });
    }
}
