//! A script that comes in through the standard input goes out with the bytes that it had.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "all of it is tests")]

use std::io::Write as _;
use std::process::{Command, Stdio};

fn run(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_momentum-lua"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(input).unwrap();
    program.wait_with_output().unwrap().stdout
}

/// ISO 8859-1, and what a terminal would take for a colour.
const SCRIPT: &[u8] = b"local x = \"\x1b[31mcaf\xe9\"\nreturn  VALIDATE_CONT, x\n";

#[test]
fn formatting_keeps_other_bytes() {
    let formatted = run(&["fmt", "-"], SCRIPT);
    assert_eq!(formatted, b"local x = \"\x1b[31mcaf\xe9\"\nreturn VALIDATE_CONT, x\n");
}

#[test]
fn fixing_keeps_other_bytes() {
    let fixed = run(&["check", "--select", "undefined-global", "--fix", "-"], SCRIPT);
    assert_eq!(fixed, b"local x = \"\x1b[31mcaf\xe9\"\nreturn  msys.core.VALIDATE_CONT, x\n");
}
