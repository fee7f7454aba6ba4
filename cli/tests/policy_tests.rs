//! `momentum-lua test`: what becomes of tests whose process dies, and tests against another revision.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "all of it is tests")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A policy that answers the client with this code.
fn script(code: u16) -> String {
    format!(
        "require('msys.core')\nlocal mod = {{}}\nfunction mod:validate_connect(accept, vctx)\n  \
         if {code} >= 400 then vctx:set_code({code}, 'not now') return msys.core.VALIDATE_DONE end\n  \
         return msys.core.VALIDATE_CONT\nend\nmsys.registerModule('a', mod)\n"
    )
}

fn momentum_lua(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_momentum-lua"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn all(output: &Output) -> String {
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

/// The child process runs an endless script, so that it is busy until it is killed.
#[cfg(target_os = "linux")]
#[test]
fn a_process_that_dies_fails_its_test_and_no_other() {
    /// How much time on the processor says that the script runs: starting takes far less. In ticks of 10 ms.
    const BUSY: u64 = 300;
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, content: &str| fs::write(folder.path().join(name), content).unwrap();
    put("momentum-lua.toml", "");
    put("fine.lua", &script(220));
    put("endless.lua", "while true do end\n");
    put("a.toml", "policy = 'fine.lua'\n[expect]\nreplies = { connect = 220 }\n");
    put(
        "b.toml",
        "description = 'It never ends'\npolicy = 'endless.lua'\n[limits]\nwall_clock_ms = 600_000\n\
         instructions = 1_000_000_000_000\n[expect]\nreplies = { connect = 220 }\n",
    );
    put("c.toml", "policy = 'fine.lua'\n[expect]\nreplies = { connect = 220 }\n");
    let mut command = momentum_lua(folder.path(), &["test", "--jobs", "1", "--coverage", "off"]);
    let process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let parent = process.id();
    let killer = std::thread::spawn(move || {
        loop {
            if let Some(child) = children(parent).into_iter().find(|child| ticks(*child) > BUSY) {
                return Command::new("kill").args(["-9", &child.to_string()]).status().unwrap();
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    });
    let output = process.wait_with_output().unwrap();
    assert!(killer.join().unwrap().success());
    let said = all(&output);
    assert!(said.contains("FAIL b.toml:1  It never ends\n    the process that ran it ended"), "{said}");
    assert!(said.contains("1 failed, 2 passed"), "{said}");
    assert_eq!(output.status.code(), Some(1), "{said}");
}

/// The fields of `/proc/PID/stat` behind the name of the program.
#[cfg(target_os = "linux")]
fn stat(process: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    Some(fields.split(' ').map(str::to_owned).collect())
}

#[cfg(target_os = "linux")]
fn children(parent: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").unwrap();
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|process| stat(*process).is_some_and(|fields| fields.get(1) == Some(&parent.to_string())))
        .collect()
}

/// The time that a process has had on the processor.
#[cfg(target_os = "linux")]
fn ticks(process: u32) -> u64 {
    stat(process).and_then(|fields| fields.get(11)?.parse().ok()).unwrap_or(0)
}

/// Runs git in a folder, with nobody's own settings.
fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", all(&output));
}

#[test]
fn the_scripts_of_another_revision_are_compared() {
    if Command::new("git").arg("--version").output().is_err() {
        eprintln!("passed over: git is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, content: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    let session = |expect: &str| format!("policy = '../a.lua'\n[[message]]\n[expect]\n{expect}\n");
    put("momentum-lua.toml", "");
    put("a.lua", &script(220));
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "Take everything"]);
    // The tests are those of now; the revision has none.
    put("sessions/accepts.toml", &session("disposition = 'accepted'"));
    put("sessions/refuses.toml", &session("replies = { connect = 554 }"));
    put("sessions/silent.toml", &session("errors = []"));
    put("a.lua", &script(554));
    let output =
        momentum_lua(folder.path(), &["test", "--against", "HEAD", "--coverage", "off"]).output().unwrap();
    let said = all(&output);
    assert!(said.contains("against HEAD ("), "{said}");
    assert!(said.contains("): 3 of 3 tests end otherwise"), "{said}");
    assert!(said.contains("sessions/accepts.toml: passed there, fails now"), "{said}");
    assert!(said.contains("sessions/refuses.toml: failed there, passes now"), "{said}");
    assert!(said.contains("sessions/silent.toml: another verdict"), "{said}");
    assert!(said.contains("-connect: 220 ") && said.contains("+connect: 554 not now"), "{said}");
    assert_eq!(output.status.code(), Some(1), "{said}");
    // Below the top of the repository, and where nothing is different.
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "Refuse everything"]);
    let below = folder.path().join("sessions");
    let output = momentum_lua(&below, &["test", "refuses.toml", "--against", "HEAD", "--coverage", "off"])
        .output()
        .unwrap();
    let said = all(&output);
    assert!(said.contains("0 of 1 tests end otherwise"), "{said}");
    assert_eq!(output.status.code(), Some(0), "{said}");
    let output = momentum_lua(folder.path(), &["test", "--against", "nowhere"]).output().unwrap();
    assert!(all(&output).contains("git knows no revision `nowhere`"), "{}", all(&output));
    assert_eq!(output.status.code(), Some(2));
}
