use super::*;
use serde_json::json;

fn schema() -> Json {
    json!({
        "type": "object",
        "properties": {
            "target": { "type": "string", "examples": ["4.4"], "description": "The version." },
            "connection": { "$ref": "#/definitions/Connection" },
            "recipients": { "type": "array", "items": { "$ref": "#/definitions/Recipient" } },
            "rules": { "type": "object", "additionalProperties": { "enum": ["error", "off"] } },
            "mode": { "allOf": [{ "$ref": "#/definitions/Mode" }], "default": "smtp" },
        },
        "required": ["target"],
        "definitions": {
            "Connection": { "type": "object", "properties": {
                "tls": { "type": "boolean", "default": false },
                "remote": { "type": "string" },
                "auth": { "type": "object", "properties": { "user": { "type": "string" } } },
            } },
            "Recipient": { "type": "object", "properties": { "address": { "type": "string" }, "dsn": { "enum": ["never", "delay"] } } },
            "Mode": { "oneOf": [{ "const": "smtp", "description": "By SMTP." }, { "const": "http" }] },
        },
    })
}

fn completed(marked: &str) -> Completion {
    let offset = marked.find("$0").unwrap();
    let names = |keys: &[String], typed: &str| match keys {
        [connection, remote] if connection == "connection" && remote == "remote" => {
            vec![(format!("{typed}.example"), ItemKind::Value)]
        }
        _ => Vec::new(),
    };
    complete(&schema(), &marked.replacen("$0", "", 1), u32::try_from(offset).unwrap(), &names)
}

fn labels(marked: &str) -> Vec<String> {
    completed(marked).items.into_iter().map(|item| item.label).collect()
}

#[test]
fn keys_and_tables() {
    assert_eq!(
        labels("$0"),
        ["target", "[[recipients]]", "[connection]", "[rules]", "connection", "mode", "recipients", "rules"]
    );
    assert_eq!(
        labels("target = \"4\"\nm$0\n[connection]\n"),
        ["[[recipients]]", "[rules]", "connection", "mode", "recipients", "rules"]
    );
    assert_eq!(labels("[connection]\ntls = true\n$0"), ["auth", "remote", "[[recipients]]", "[rules]"]);
    assert_eq!(labels("[[recipients]]\n$0"), ["address", "dsn", "[[recipients]]", "[connection]", "[rules]"]);
    assert_eq!(labels("[connection.auth]\n$0")[0], "user");
    assert_eq!(labels("connection = { t$0 }"), ["auth", "remote", "tls"]);
    assert_eq!(labels("connection.a$0 = 1"), ["auth", "remote", "tls"]);
    assert_eq!(labels("recipients = [{ address = \"a\", $0"), ["dsn"]);
    assert_eq!(labels("[con$0]"), ["connection", "rules", "recipients"]);
    assert_eq!(labels("[[$0"), ["recipients", "connection", "rules"]);
    assert!(labels("# $0").is_empty());
    assert!(labels("target = \"x\" $0").is_empty());
}

#[test]
fn what_is_inserted() {
    let insertion = |marked: &str, label: &str| {
        completed(marked).items.into_iter().find(|item| item.label == label).unwrap().insertion.snippet()
    };
    assert_eq!(insertion("$0", "target"), "target = \"$1\"$0");
    assert_eq!(insertion("ta$0 = 1", "target"), "target");
    assert_eq!(insertion("[connection]\n$0", "tls"), "tls = ${1:true}$0");
    assert_eq!(insertion("$0", "[connection]"), "[connection]\n$0");
}

#[test]
fn values() {
    assert_eq!(labels("mode = $0"), ["\"smtp\"", "\"http\""]);
    assert_eq!(labels("mode = \"s$0\""), ["smtp", "http"]);
    assert_eq!(labels("[connection]\ntls = $0\nremote = 1"), ["true", "false"]);
    assert_eq!(labels("[rules]\nphase = \"$0\""), ["error", "off"]);
    assert_eq!(labels("recipients = [\n  { dsn = $0 },\n]"), ["\"never\"", "\"delay\""]);
    assert_eq!(labels("target = $0"), ["\"4.4\""]);
    let smtp = completed("mode = $0").items.remove(0);
    assert_eq!(
        (smtp.detail.as_deref(), smtp.subject),
        (Some("default"), Some(Subject::Words("By SMTP.".into())))
    );
}

#[test]
fn no_offset_panics() {
    let text =
        "target = \"é\n[[recipients]]\ndsn = [ { a.b = '''x\n''' , }\n[connection\ntls = \"\"\" \n[ .x]\n=\n";
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        for at in (0..=end).filter(|at| text.is_char_boundary(*at)) {
            let completion =
                complete(&schema(), &text[..end], u32::try_from(at).unwrap(), &|_, _| Vec::new());
            assert!(completion.items.is_empty() || completion.replace.touches(u32::try_from(at).unwrap()));
        }
    }
}

#[test]
fn names_that_the_caller_knows() {
    assert_eq!(labels("[connection]\nremote = \"a$0\"\n"), ["a.example"]);
    assert_eq!(labels("[connection]\nremote = $0\n"), ["\".example\""]);
    assert!(labels("[connection.auth]\nuser = \"$0\"\n").is_empty());
}
