//! The general lints over real scripts and hostile ones: nothing panics, and every range is one of the text.

use momentum_lua_analyzer::diagnostic::Severity;
use momentum_lua_analyzer::general::ON_REQUEST;
use momentum_lua_analyzer::project::{FileKind, Project, Settings};
use momentum_lua_stub_reader::model::Version;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A project with every lint on.
fn project() -> Project {
    let severities = ON_REQUEST.iter().map(|code| ((*code).into(), Some(Severity::Info))).collect();
    let settings = Settings {
        target: Version { major: 5, minor: 4, patch: 0 },
        severities,
        select: vec!["lua/".into()],
    };
    Project::new(Arc::new(momentum_lua_stubs::api().clone()), settings)
}

/// All findings of a script, each looked over: code and text.
fn findings(text: &str) -> Vec<(String, String)> {
    findings_after(&mut project(), text)
}

/// The same in a project that may have had another text.
fn findings_after(project: &mut Project, text: &str) -> Vec<(String, String)> {
    let id = project.set_file("/policy/script.lua", FileKind::Lua, text);
    project.update();
    project
        .diagnostics(id)
        .into_iter()
        .map(|finding| {
            let places = finding.related.iter().map(|related| related.span).chain([finding.span]);
            for span in
                places.chain(finding.fixes.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span)))
            {
                assert!(text.get(span.range()).is_some(), "{span:?} of {finding:?}");
            }
            assert!(finding.code.starts_with("lua/"), "{finding:?}");
            (finding.code.to_string(), finding.span.text(text).to_owned())
        })
        .collect()
}

#[test]
fn edits_keep_what_is_found_around_them() {
    let statement = |number: u32| {
        format!(
            "local t{number} = {{ a = 1, a = {number} }} -- é\nif t{number} == {{}} then end\nprint(\"\\d\", t{number} / 0)\n"
        )
    };
    let parts: Vec<String> = (0..12).map(statement).collect();
    let mut project = project();
    for change in ["", "if x then end\n", "x = = 1\n", "local long = { b = 1, b = 2, b = 3 }\n", "-- é\n"] {
        for at in [0, 1, 6, 12] {
            let mut parts = parts.clone();
            parts.insert(at, change.to_owned());
            let text = parts.concat();
            assert_eq!(findings_after(&mut project, &text), findings(&text), "{change:?} at {at}");
        }
    }
    assert!(findings_after(&mut project, &parts.concat()).len() >= 12 * 4);
}

#[test]
fn real_scripts() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for folder in ["../shared/corpus/docs-examples/normalized", "../shared/oracle/dialect"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
        let Ok(entries) = std::fs::read_dir(&folder) else {
            eprintln!("skipped: {} is not there", folder.display());
            return;
        };
        for entry in entries.flatten().filter(|entry| entry.path().extension().is_some_and(|e| e == "lua")) {
            let Ok(text) = std::fs::read(entry.path()) else { continue };
            for (code, text) in findings(&momentum_lua_analyzer::syntax::decode(text).0) {
                *counts.entry(code.clone()).or_default() += 1;
                if std::env::var_os("SHOW").is_some() {
                    println!("{}: {code}: {}", entry.path().display(), text.replace('\n', "⏎"));
                }
            }
        }
    }
    println!("{counts:#?}");
}

#[test]
fn deep_nesting() {
    let nested = |open: &str, inner: &str, close: &str, depth: usize| {
        format!("{}{inner}{}\n", open.repeat(depth), close.repeat(depth))
    };
    for text in [
        nested("if a then ", "x = 1", " end", 180),
        nested("do ", "x = 1 x = 2", " end", 180),
        nested("x = function() ", "return 0/0", " end", 180),
        format!("x = {}", nested("(", "1 / 0", ")", 180)),
        format!("x = {}", nested("{", "a = 1, a = 2", "}", 180)),
        format!("x = {}", nested("f(", "type(x == 'a')", ")", 180)),
        format!("x = {}", nested("~", "1", "", 180)),
        format!("x = {}1\n", "1 & ".repeat(5_000)),
        format!("x = {}1\n", "'a' .. ".repeat(150)),
        format!("if x then {} end\n", "elseif x then f() ".repeat(2_000)),
        format!("x = a{}\n", ".b[1]()".repeat(2_000)),
    ] {
        findings(&text);
    }
}

/// How long they take is a matter of `benches/general.rs`; what grew with the cube would not end here.
#[test]
fn large_scripts_are_looked_over() {
    for text in [
        "local a = 1 f(a, b.c) ".repeat(3_000),
        "if x then elseif y then else end ".repeat(2_000),
        format!("x = {{ {} }}", "a = 1, ".repeat(8_000)),
        format!(
            "if x == 1 then {} end",
            (0..1_500).map(|i| format!("elseif x == {i} then f() ")).collect::<String>()
        ),
        "a = b b = a ".repeat(3_000),
        "-- a comment\nif x then end\n".repeat(2_000),
    ] {
        assert!(!findings(&text).is_empty());
    }
}
