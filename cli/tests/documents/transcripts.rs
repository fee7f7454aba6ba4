//! Blocks of `console` show what a command prints, and are held against what it does. All commands of a page run in one
//! folder, in order.
//!
//! - A block with `file=PATH` behind its language is a file in that folder, one with `written=PATH` is a file that the
//!   commands leave there.
//! - A page with commands on `examples` finds the examples there.
//! - `$ echo $?` shows the exit status of the command before; otherwise that is 0.
//! - `...` on a line of its own, and `[..]` within one, stand for anything.
//! - Times that something took may be others.
//!
//! `TRYCMD=overwrite cargo test -p momentum-lua --test documents` writes the pages anew.
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use crate::pages::{self, Page};

/// What pages say instead of a time, and what trycmd says.
const TIME: (&str, &str) = (" in 0.1 s", " in [..] s");

/// A line with the times taken out, or put in.
fn timeless(line: &str) -> String {
    let Some(at) = line.rfind(" in ") else { return line.to_owned() };
    let Some(time) = line[at + 4..].strip_suffix(" s") else { return line.to_owned() };
    if time.parse::<f64>().is_ok() { format!("{}{}", &line[..at], TIME.1) } else { line.to_owned() }
}

/// One command of a block: its line, its lines of output, and its status.
struct Step<'a> {
    command: &'a str,
    output: Vec<&'a str>,
    status: Option<&'a str>,
}

/// Applies `change` to the content of each block of `console`, and leaves the rest of a page as it is.
fn map_blocks(page: &str, change: impl Fn(&[&str]) -> String) -> String {
    let mut result = String::new();
    let mut block: Option<Vec<&str>> = None;
    for line in page.lines() {
        match &mut block {
            None => {
                if line == "```console" {
                    block = Some(Vec::new());
                }
                writeln!(result, "{line}").unwrap();
            }
            Some(lines) if line.starts_with("```") => {
                result += &change(lines);
                writeln!(result, "{line}").unwrap();
                block = None;
            }
            Some(lines) => lines.push(line),
        }
    }
    result
}

fn steps<'a>(lines: &[&'a str]) -> Vec<Step<'a>> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    for line in lines {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push(Step { command, output: Vec::new(), status: None }),
            (None, Some(step)) => step.output.push(line),
            (None, None) => panic!("a block begins with output: {line}"),
        }
    }
    steps
}

/// A page in the form of trycmd.
fn to_trycmd(page: &str) -> String {
    map_blocks(page, |lines| {
        let mut written: Vec<Step<'_>> = Vec::new();
        for step in steps(lines) {
            if step.command == "echo $?" {
                written.last_mut().unwrap().status = step.output.first().copied();
            } else {
                written.push(step);
            }
        }
        let mut text = String::new();
        for step in written {
            writeln!(text, "$ {}", step.command).unwrap();
            if let Some(status) = step.status {
                writeln!(text, "? {status}").unwrap();
            }
            // The end of what is printed is a line of its own there.
            let end = (!step.output.is_empty()).then_some("");
            for line in step.output.into_iter().chain(end) {
                writeln!(text, "{}", timeless(line)).unwrap();
            }
        }
        text
    })
}

/// The way back.
fn from_trycmd(page: &str) -> String {
    map_blocks(page, |lines| {
        let mut text = String::new();
        for mut step in steps(lines) {
            let status = step.output.first().and_then(|line| line.strip_prefix("? ")).map(str::to_owned);
            if status.is_some() {
                step.output.remove(0);
            }
            if step.output.last() == Some(&"") {
                step.output.pop();
            }
            writeln!(text, "$ {}", step.command).unwrap();
            for line in step.output {
                writeln!(text, "{}", line.replace(TIME.1, TIME.0)).unwrap();
            }
            if let Some(status) = status {
                write!(text, "$ echo $?\n{status}\n").unwrap();
            }
        }
        text
    })
}

/// Puts a page, the files that it shows and the examples where trycmd looks for them.
fn set_up(page: &Page, folder: &Path) {
    let name = page.path.strip_prefix("docs/").unwrap().replace('/', "-");
    let file = folder.join(name);
    let (before, after) = (file.with_extension("in"), file.with_extension("out"));
    std::fs::create_dir_all(&before).unwrap();
    // Without a folder of what is expected, each command would run for itself.
    std::fs::create_dir_all(&after).unwrap();
    for block in page.blocks() {
        for (folder, word) in [(&before, " file="), (&after, " written=")] {
            let Some((_, path)) = block.info.split_once(word) else { continue };
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            assert!(!path.exists(), "{} is shown twice", path.display());
            std::fs::write(path, &block.content.text).unwrap();
        }
    }
    let blocks = page.blocks();
    let mut shown =
        blocks.iter().filter(|block| block.info == "console").flat_map(|block| block.content.text.lines());
    if shown.any(|line| line.starts_with("$ ") && line.contains(" examples")) {
        copy(&pages::root().join("examples"), &before.join("examples"));
    }
    std::fs::write(file, to_trycmd(&page.text)).unwrap();
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn commands_print_what_pages_show() {
    let pages: Vec<Page> = pages::all()
        .into_iter()
        .filter(|page| page.path.starts_with("docs/") && page.text.contains("\n```console\n"))
        .collect();
    assert!(!pages.is_empty());
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for page in &pages {
        set_up(page, folder.path());
    }
    let all = folder.path().join("*.md");
    let outcome = catch_unwind(AssertUnwindSafe(|| trycmd::TestCases::new().case(all).run()));
    if std::env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite") {
        for page in &pages {
            let written = folder.path().join(page.path.strip_prefix("docs/").unwrap().replace('/', "-"));
            std::fs::write(
                pages::root().join(&page.path),
                from_trycmd(&std::fs::read_to_string(written).unwrap()),
            )
            .unwrap();
        }
    }
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

#[test]
fn a_page_survives_the_way_there_and_back() {
    let page = "Text in 3 s\n\n```console\n$ momentum-lua check\nline in 2.5 s\n$ echo $?\n1\n$ momentum-lua rules\n```\n";
    let there = to_trycmd(page);
    assert!(there.contains("$ momentum-lua check\n? 1\nline in [..] s\n\n$ momentum-lua rules\n"), "{there}");
    assert_eq!(from_trycmd(&there), page.replace("2.5", "0.1"));
}
