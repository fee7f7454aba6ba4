//! `check --watch` checks again after a change.

use std::fs;
use std::io::{BufRead, BufReader};
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

#[test]
fn a_change_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.lua");
    fs::write(&file, "local x = = 1\n").unwrap();
    let command = Command::new(env!("CARGO_BIN_EXE_momentum-lua"))
        .args(["check", "--watch", "--select", "syntax", "--format", "concise"])
        .current_dir(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut process = Process(command.unwrap());
    let lines = lines(process.0.stdout.take().unwrap());
    let next = || lines.recv_timeout(Duration::from_secs(30)).unwrap();
    assert!(next().starts_with("a.lua:1:11: error[syntax]"));
    assert_eq!(next(), "Checked 1 file: 1 error");
    fs::write(&file, "local x = 1\n").unwrap();
    assert_eq!(next(), "Checked 1 file: nothing found");
}
