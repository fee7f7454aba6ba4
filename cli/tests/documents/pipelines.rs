//! The pipelines of `docs/continuous-integration.md` are YAML, and what they run exists.
use serde_yaml::Value;

use crate::commands::refused;
use crate::pages::{self, Page};

fn page() -> Page {
    pages::all().into_iter().find(|page| page.path == "docs/continuous-integration.md").unwrap()
}

fn examples() -> Vec<Value> {
    let blocks = page().blocks().into_iter().filter(|block| block.info == "yaml");
    blocks.map(|block| serde_yaml::from_str(&block.content.text).unwrap()).collect()
}

/// Every text under a key, at any depth: of a list each.
fn under(value: &Value, key: &str, found: &mut Vec<String>) {
    match value {
        Value::Mapping(entries) => {
            for (name, value) in entries {
                match value {
                    Value::String(text) if name == key => found.push(text.clone()),
                    Value::Sequence(items) if name == key && items.iter().all(Value::is_string) => {
                        found.extend(items.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    value => under(value, key, found),
                }
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| under(item, key, found)),
        _ => {}
    }
}

#[test]
fn pipelines_run_commands_that_exist() {
    let mut scripts = Vec::new();
    for example in examples() {
        under(&example, "run", &mut scripts);
        under(&example, "script", &mut scripts);
    }
    let commands: Vec<&str> = scripts
        .iter()
        .flat_map(|script| script.lines())
        .filter(|line| line.starts_with("momentum-lua "))
        .collect();
    assert!(commands.len() >= 6, "{commands:#?}");
    for command in commands {
        assert_eq!(refused(command), None, "{command}");
    }
}

/// The action, the hooks and the program of a pipeline are of this version, and get inputs that they have.
#[test]
fn pipelines_use_what_this_version_has() {
    let version = env!("CARGO_PKG_VERSION");
    let read = |name: &str| -> Value {
        serde_yaml::from_str(&std::fs::read_to_string(pages::root().join(name)).unwrap()).unwrap()
    };
    let (action, hooks) = (read("action.yml"), read(".pre-commit-hooks.yaml"));
    let mut used = 0;
    for example in examples() {
        for job in example["jobs"].as_mapping().into_iter().flat_map(|jobs| jobs.values()) {
            for step in job["steps"].as_sequence().unwrap() {
                let Some(tag) =
                    step["uses"].as_str().and_then(|uses| uses.strip_prefix("momentum-lua/momentum-lua@"))
                else {
                    continue;
                };
                used += 1;
                assert_eq!(tag, format!("v{version}"));
                for input in step["with"].as_mapping().into_iter().flat_map(|inputs| inputs.keys()) {
                    assert!(!action["inputs"][input].is_null(), "the action has no input {input:?}");
                }
            }
        }
        for repository in example["repos"].as_sequence().into_iter().flatten() {
            used += 1;
            assert_eq!(repository["rev"], format!("v{version}").as_str());
            for hook in repository["hooks"].as_sequence().unwrap() {
                let known = hooks.as_sequence().unwrap().iter().any(|known| known["id"] == hook["id"]);
                assert!(known, "there is no hook {:?}", hook["id"]);
            }
        }
    }
    assert!(used >= 2, "{used}");
}
