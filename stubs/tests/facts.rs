//! The stubs against the facts that were taken from the public documentation. Skipped, with a word, where these are not
//! at hand.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use momentum_lua_stubs::api;
use momentum_lua_stubs::reader::export;
use momentum_lua_stubs::reader::model::{Hook, Type};
use serde_json::Value;

/// A file beside the workspace.
fn shared(path: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(path);
    if !file.exists() {
        println!("skipped: ../shared/{path} is not there");
        return None;
    }
    Some(file)
}

#[test]
fn the_export_covers_the_documentation() {
    let Some(tool) = shared("tools/api_coverage.py") else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("export.json");
    fs::write(&file, export::json(api(), None)).unwrap();
    let Ok(output) = Command::new("python3").arg(tool).arg(&file).arg("--list").output() else {
        println!("skipped: python3 is not there");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// The type that the facts give, as a Lua type of ours, where that is comparable: the facts name C types.
fn expected(name: &str) -> Option<Type> {
    Some(match name {
        "number" => Type::Number,
        "string" => Type::String,
        "ec_string" => Type::Named("ec_string".into()),
        _ => return None,
    })
}

fn agrees(found: &Type, wanted: &Type) -> bool {
    match wanted {
        Type::Number => matches!(found, Type::Number | Type::Integer),
        // Momentum's own string type is called `string` in C: it is a string to the facts and an `ec_string` to Lua.
        Type::String => *found == Type::String || *found == Type::Named("ec_string".into()),
        other => found == other,
    }
}

/// What differs between the parameters of a hook and those of the facts.
fn difference(hook: &Hook, facts: &[Value]) -> Option<String> {
    let suspicious = |param: &Value| param["collapse_suspicious"] == true;
    // An int that is no length stays a parameter of its own.
    let wanted: Vec<(String, Option<Type>)> = facts
        .iter()
        .flat_map(|param| {
            let name = param["name"].as_str().unwrap_or("").trim_end_matches("[]").to_owned();
            if suspicious(param) {
                let parts = param["collapsed_from"].as_array().cloned().unwrap_or_default();
                let types = [Type::String, Type::Number];
                return parts
                    .iter()
                    .zip(types)
                    .map(|(part, ty)| (part.as_str().unwrap_or("").to_owned(), Some(ty)))
                    .collect::<Vec<_>>();
            }
            // The facts give an array its element's type; in Lua it is opaque.
            let array = param["name"].as_str().is_some_and(|name| name.ends_with("[]"));
            vec![(name, if array { None } else { expected(param["type"].as_str().unwrap_or("")) })]
        })
        .collect();
    if wanted.len() != hook.params.len() {
        return Some(format!("{} parameters instead of {}", hook.params.len(), wanted.len()));
    }
    hook.params.iter().zip(&wanted).find_map(|(param, (name, ty))| {
        if param.name != **name {
            return Some(format!("parameter `{}` instead of `{name}`", param.name));
        }
        let ty = ty.as_ref()?;
        (!agrees(&param.ty, ty)).then(|| format!("`{name}` is `{}` instead of `{ty}`", param.ty))
    })
}

#[test]
fn the_lua_side_of_every_hook_is_as_documented() {
    let Some(file) = shared("facts/hooks.json") else { return };
    let facts: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let hooks = facts["hooks"].as_array().unwrap();
    let mut wrong = Vec::new();
    for fact in hooks {
        let name = fact["name"].as_str().unwrap();
        match api().hook(name) {
            None => wrong.push(format!("{name}: missing")),
            Some(hook) => wrong.extend(
                difference(hook, fact["lua_params"].as_array().unwrap())
                    .map(|what| format!("{name}: {what}")),
            ),
        }
    }
    assert!(wrong.is_empty(), "{} of {} hooks:\n{}", wrong.len(), hooks.len(), wrong.join("\n"));
    assert!(hooks.len() > 200, "only {} hooks in the facts", hooks.len());
}
