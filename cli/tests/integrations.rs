//! What other programs read of this repository: the hooks of pre-commit and the action of GitHub name commands that
//! exist.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "all of it is tests"
)]

use std::path::Path;
use std::process::Command;

use serde_yaml::Value;

fn yaml(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The command line is one that the program takes.
fn assert_taken(arguments: &[&str]) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_momentum-lua")).args(arguments).arg("--help").output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    let usage = String::from_utf8(output.stdout).unwrap();
    assert!(usage.contains(&format!("Usage: momentum-lua {}", arguments[0])), "{arguments:?}: {usage}");
}

#[test]
fn hooks_name_real_commands() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_sequence().unwrap();
    assert_eq!(hooks.len(), 2);
    for hook in hooks {
        for key in ["id", "name", "description", "language"] {
            assert!(hook[key].is_string(), "{key}");
        }
        let entry: Vec<&str> = hook["entry"].as_str().unwrap().split(' ').collect();
        assert_eq!(entry[0], "momentum-lua");
        assert_taken(&entry[1..]);
    }
}

#[test]
fn the_action_runs_real_commands() {
    let action = yaml("action.yml");
    assert_eq!(action["runs"]["using"], "composite");
    let program = "momentum-lua/bin/momentum-lua\" ";
    let mut commands = Vec::new();
    for step in action["runs"]["steps"].as_sequence().unwrap() {
        let run = step["run"].as_str().unwrap();
        assert!(step["shell"].is_string(), "a composite action says which shell runs {run}");
        // Inputs come through the environment: in the text of a command they would be a program.
        assert!(!run.contains("${{"), "{run}");
        commands.extend(run.split_once(program).map(|(_, arguments)| arguments));
    }
    assert_eq!(commands.len(), 2);
    for command in commands {
        let arguments: Vec<&str> = command.split(' ').filter(|word| !word.starts_with('$')).collect();
        assert_taken(&arguments);
    }
    let inputs = action["inputs"].as_mapping().unwrap();
    let text = serde_yaml::to_string(&action["runs"]).unwrap();
    for name in inputs.keys() {
        assert!(text.contains(&format!("inputs.{}", name.as_str().unwrap())), "{name:?} is not used");
    }
}

/// The action's `working-directory`: GitHub knows files by their paths from the top of the repository.
#[test]
fn annotations_name_files_from_the_top_of_the_repository() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_momentum-lua"))
        .args(["check", "--format", "github", "sender_check.lua"])
        .current_dir(top.join("examples/mistakes"))
        .env("GITHUB_WORKSPACE", top)
        .output()
        .unwrap();
    let annotations = String::from_utf8(output.stdout).unwrap();
    assert!(annotations.contains(",file=examples/mistakes/sender_check.lua,line=32,"), "{annotations}");
}
