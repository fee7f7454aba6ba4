//! The README shows what the program prints.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "all of it is tests")]

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_momentum-lua"))
        .args(arguments)
        .current_dir(root())
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The blocks of text, in order.
fn blocks() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("README.md")).unwrap().replace("\r\n", "\n");
    text.split("```text\n").skip(1).map(|block| block.split("```").next().unwrap().to_owned()).collect()
}

/// Every line of a block stands in the output, in that order.
fn holds(block: &str, output: &str) {
    let mut rest = output.lines();
    for line in block.lines().filter(|line| !line.trim().is_empty()) {
        assert!(rest.any(|printed| printed.trim_end() == line.trim_end()), "not printed: {line}\n{output}");
    }
}

#[test]
fn the_readme_shows_what_is_printed() {
    let blocks = blocks();
    let [check, run, test] = blocks.as_slice() else { panic!("{blocks:#?}") };
    holds(check, &printed(&["check", "examples"]));
    holds(run, &printed(&["run", "examples/etc/ecelerity.conf", "examples/sessions/newsletter.toml"]));
    let tested = printed(&["test", "examples"]);
    let passed = |text: &str| text.lines().find(|line| line.contains("passed")).map(str::to_owned).unwrap();
    let (shown, found) = (passed(test), passed(&tested));
    assert_eq!(shown.split(" in ").next(), found.split(" in ").next());
    holds(test.lines().last().unwrap(), &tested);
}
