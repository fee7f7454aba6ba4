//! The server and `check` say the same.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::client::{Client, uri};

/// Findings as `file:line:column code severity message`, in order.
fn of_check(folder: &Path) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_momentum-lua"))
        .args(["check", "--format", "json", "."])
        .current_dir(folder)
        .output()
        .unwrap();
    let findings: Vec<Value> = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let lines = findings.iter().map(|found| {
        let notes = found["notes"].as_array().unwrap().iter().map(|note| note.as_str().unwrap());
        let message: Vec<&str> = std::iter::once(found["message"].as_str().unwrap()).chain(notes).collect();
        format!(
            "{}:{}:{} {} {} {}",
            found["file"].as_str().unwrap(),
            found["line"],
            found["column"],
            found["code"].as_str().unwrap(),
            found["severity"].as_str().unwrap(),
            message.join("\n")
        )
    });
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    lines
}

/// The same of the server; TOML files, of which `check` says nothing here, are left out.
fn of_server(folder: &Path) -> Vec<String> {
    let capabilities =
        json!({ "textDocument": { "diagnostic": {} }, "general": { "positionEncodings": ["utf-32"] } });
    let mut client = Client::open_folder(folder, capabilities);
    let all = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let root = format!("{}/", uri(folder));
    let mut lines = Vec::new();
    for report in all["items"].as_array().unwrap() {
        let file = report["uri"].as_str().unwrap();
        if file.ends_with(".toml") {
            assert_eq!(report["items"], json!([]), "{file}");
            continue;
        }
        let file = file.strip_prefix(&root).unwrap();
        for found in report["items"].as_array().unwrap() {
            let severity = ["error", "warning", "info"][found["severity"].as_u64().unwrap() as usize - 1];
            lines.push(format!(
                "{file}:{}:{} {} {severity} {}",
                found["range"]["start"]["line"].as_u64().unwrap() + 1,
                found["range"]["start"]["character"].as_u64().unwrap() + 1,
                found["code"].as_str().unwrap(),
                found["message"].as_str().unwrap()
            ));
        }
    }
    lines.sort();
    lines
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

fn agree(folder: &Path) -> usize {
    let (check, server) = (of_check(folder), of_server(folder));
    assert_eq!(check, server, "{}", folder.display());
    check.len()
}

#[test]
fn on_the_examples() {
    agree(&root().join("examples"));
    assert!(agree(&root().join("examples/mistakes")) > 0);
}

#[test]
fn on_the_documentation_s_own_examples() {
    let corpus = root().join("../shared/corpus/docs-examples");
    let Ok(corpus) = corpus.canonicalize() else {
        println!("skipped: there is no {}", corpus.display());
        return;
    };
    let found: usize = ["original", "normalized"].map(|name| agree(&corpus.join(name))).iter().sum();
    assert!(found > 0);
}
