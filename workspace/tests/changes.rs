//! A tree that is open in an editor: texts change, files come and go.
#![allow(clippy::unwrap_used, missing_docs, reason = "all of it is tests")]

use std::fs;
use std::path::Path;

use momentum_lua_workspace::paths::WorkingDirectory;
use momentum_lua_workspace::settings::Choices;
use momentum_lua_workspace::tree::{self, Workspace};

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn open(folder: &Path) -> Workspace {
    let here = WorkingDirectory::current().unwrap();
    let (mut workspaces, problems) = tree::open(&[folder.to_owned()], &Choices::default(), &here);
    assert!(problems.is_empty(), "{problems:?}");
    workspaces.pop().unwrap()
}

fn codes(workspace: &Workspace, path: &Path) -> Vec<String> {
    let file = workspace.file(path).unwrap();
    workspace.project().diagnostics(file).into_iter().map(|found| found.code.to_string()).collect()
}

const SCRIPT: &str = "local limits = require(\"limits\")\nprint(limits.most + 1)\n";

#[test]
fn a_text_counts_as_it_stands_in_the_editor() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "momentum-lua.toml", "");
    write(folder.path(), "policy.lua", "print(1)\n");
    let mut workspace = open(folder.path());
    let script = folder.path().join("policy.lua");
    assert!(codes(&workspace, &script).is_empty());
    workspace.set_text(&script, "print(1\n");
    assert_eq!(codes(&workspace, &script), ["syntax"]);
    workspace.set_text(&script, "print(nothing_has_this_name)\n");
    assert_eq!(codes(&workspace, &script), ["undefined-global"]);
}

#[test]
fn a_module_that_comes_is_found() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "momentum-lua.toml", "");
    write(folder.path(), "policy.lua", SCRIPT);
    let mut workspace = open(folder.path());
    let script = folder.path().join("policy.lua");
    let id = workspace.file(&script).unwrap();
    assert!(workspace.project().module_file("limits", id).is_none());
    let module = folder.path().join("limits.lua");
    workspace.set_text(&module, "return { most = 3 }\n");
    assert!(workspace.project().module_file("limits", id).is_some());
    workspace.remove(&module);
    assert!(workspace.project().module_file("limits", id).is_none());
}

#[test]
fn a_configuration_that_changes_loads_other_scripts() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "momentum-lua.toml", "");
    let conf = "scriptlet \"scriptlet\" {\n  script \"a\" {\n    source = \"a\"\n  }\n}\nalerting {}\n";
    write(folder.path(), "etc/ecelerity.conf", conf);
    write(folder.path(), "etc/a.lua", "print(1)\n");
    let mut workspace = open(folder.path());
    let file = folder.path().join("etc/ecelerity.conf");
    let before = codes(&workspace, &file);
    workspace.set_text(&file, conf.replace("source = \"a\"", "source = \"a.lua\""));
    let after = codes(&workspace, &file);
    assert!(
        !before.contains(&"script-source".to_owned()) && after.contains(&"script-source".to_owned()),
        "{before:?} {after:?}"
    );
}
