//! `check --watch` and `test --watch` do it again after a change.
#![allow(clippy::unwrap_used, reason = "all of it is tests")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Ends the process however the test ends.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn lines(output: ChildStdout) -> Receiver<String> {
    let output = BufReader::new(output);
    let (sender, lines) = channel();
    std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    lines
}

fn watching(folder: &Path, arguments: &[&str]) -> (Process, Receiver<String>) {
    let command = Command::new(env!("CARGO_BIN_EXE_momentum-lua"))
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut process = Process(command.unwrap());
    let lines = lines(process.0.stdout.take().unwrap());
    (process, lines)
}

#[test]
fn a_change_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.lua");
    fs::write(&file, "local x = = 1\n").unwrap();
    let arguments = ["check", "--watch", "--select", "syntax", "--format", "concise"];
    let (_process, lines) = watching(folder.path(), &arguments);
    let next = || lines.recv_timeout(Duration::from_secs(60)).unwrap();
    assert!(next().starts_with("a.lua:1:11: error[syntax]"));
    assert_eq!(next(), "Checked 1 file: 1 error");
    fs::write(&file, "local x = 1\n").unwrap();
    assert_eq!(next(), "Checked 1 file: nothing found");
}

#[test]
fn a_change_of_a_script_or_a_session_is_tested() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let script = |code: u16| {
        format!(
            "local mod = {{}}\nfunction mod:validate_connect(accept, vctx)\n  vctx:set_code({code}, 'x')\n  \
             return msys.core.VALIDATE_CONT\nend\nmsys.registerModule('a', mod)\n"
        )
    };
    let session =
        |code: u16| format!("policy = 'a.lua'\n[expect]\nreplies = {{ connect = {code} }}\nerrors = []\n");
    fs::write(at("momentum-lua.toml"), "").unwrap();
    fs::write(at("a.lua"), script(554)).unwrap();
    fs::write(at("a.toml"), session(421)).unwrap();
    let (_process, lines) = watching(folder.path(), &["test", "--watch", "--coverage", "off"]);
    let until = |wanted: &str| loop {
        let line = lines.recv_timeout(Duration::from_secs(60)).unwrap();
        if line.contains(wanted) {
            break;
        }
    };
    until("1 failed, 0 passed");
    fs::write(at("a.toml"), session(554)).unwrap();
    until("1 passed");
    fs::write(at("a.lua"), script(421)).unwrap();
    until("1 failed, 0 passed");
}
