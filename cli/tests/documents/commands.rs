//! The program takes the command lines that pages show.
use std::process::Command;

use crate::pages;

/// What the program says of a command line that it does not take. Nothing is executed: `--help` stands behind it, and
/// all that goes before must be right for that to be answered.
pub(crate) fn refused(line: &str) -> Option<String> {
    let mut words = shell_words(line);
    words.remove(0);
    let output =
        Command::new(env!("CARGO_BIN_EXE_momentum-lua")).args(&words).arg("--help").output().unwrap();
    (!output.status.success())
        .then(|| String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("").to_owned())
}

/// The words of a simple command, up to what a shell would do with its output.
fn shell_words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in line.split_whitespace() {
        if matches!(word, ">" | ">>" | "|" | "||" | "&&" | "#" | "2>" | "&") {
            break;
        }
        words.push(word.trim_matches(['"', '\'']).to_owned());
    }
    words
}

#[test]
fn the_program_takes_what_pages_show() {
    let mut refusals = Vec::new();
    let mut count = 0;
    for page in pages::all() {
        let spans = page.code_spans().into_iter().map(|span| (span.line, span.text));
        let lines = page.blocks().into_iter().flat_map(|block| {
            let line = block.content.line;
            let text = block.content.text;
            text.lines()
                .map(str::to_owned)
                .enumerate()
                .map(move |(n, text)| (line + n, text))
                .collect::<Vec<_>>()
        });
        for (line, text) in spans.chain(lines) {
            let command = text.trim_start().trim_start_matches("$ ").trim_start_matches("- run: ");
            if command.starts_with("momentum-lua ") && !command.starts_with("momentum-lua check: ") {
                count += 1;
                if let Some(refusal) = refused(command) {
                    refusals.push(format!("{}:{line}: {command}: {refusal}", page.path));
                }
            }
        }
    }
    assert!(count > 50, "{count}");
    assert!(refusals.is_empty(), "{}", refusals.join("\n"));
}

#[test]
fn what_the_program_does_not_take_is_found() {
    assert_eq!(refused("momentum-lua check --format junit . > report.xml"), None);
    assert!(refused("momentum-lua chek").is_some());
    assert!(refused("momentum-lua check --formt json").is_some());
}
