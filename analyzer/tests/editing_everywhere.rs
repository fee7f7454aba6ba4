//! What editors ask for, at many places of the examples and of what is left of them while they are written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "all of it is tests")]

use std::path::Path;
use std::sync::Arc;

use momentum_lua_analyzer::ide::{actions, completion, signature};
use momentum_lua_analyzer::project::{FileId, FileKind, Project, Settings};
use momentum_lua_analyzer::syntax::Span;

fn project() -> Project {
    let settings = Settings {
        target: "5.1".parse().unwrap(),
        severities: rustc_hash::FxHashMap::default(),
        select: Vec::new(),
    };
    Project::new(Arc::new(momentum_lua_stubs::api().clone()), settings)
}

fn scripts(folder: &Path, found: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            scripts(&path, found);
        } else if path.extension().is_some_and(|end| end == "lua") {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

fn examples() -> Vec<(String, String)> {
    let mut found = Vec::new();
    scripts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples"), &mut found);
    assert!(found.len() > 10);
    found
}

/// Asks for everything at an offset. What is offered has to fit the text.
fn ask(project: &Project, file: FileId, offset: u32) {
    let script = project.script(file).unwrap();
    let text = script.text();
    let fits = |span: Span| text.get(span.range()).is_some();
    let completion = completion::complete(&script, offset, None);
    assert!(completion.replace.touches(offset) && fits(completion.replace));
    for item in &completion.items {
        let replace = item.replace.unwrap_or(completion.replace);
        assert!(replace.touches(offset) && fits(replace), "{}", item.label);
        for edit in &item.edits {
            let apart =
                edit.span.end < replace.start || (edit.span.end == replace.start && !edit.span.is_empty());
            assert!(fits(edit.span) && apart, "{}", item.label);
        }
    }
    if let Some(help) = signature::signature_help(&script, offset, Some(3)) {
        let shown = &help.signatures[help.active];
        assert!(shown.parameters.iter().all(|parameter| shown.label.get(parameter.span.range()).is_some()));
    }
    for action in actions::actions(&script, Span::empty(offset)) {
        assert!(action.edits.iter().all(|edit| fits(edit.span)), "{}", action.title);
    }
}

#[test]
fn all_places_of_the_examples_have_answers() {
    let mut project = project();
    let files: Vec<FileId> =
        examples().into_iter().map(|(path, text)| project.set_file(&path, FileKind::Lua, text)).collect();
    project.update();
    for (index, file) in files.into_iter().enumerate() {
        let text = project.text(file).unwrap().to_owned();
        // Every place where a name, string or call is, and a share of the others.
        let asked = text.char_indices().filter(|(at, c)| {
            (at + index) % 23 == 0 || (matches!(c, '.' | ':' | '(' | '"' | ',') && (at + index) % 3 == 0)
        });
        for (at, c) in asked {
            ask(&project, file, u32::try_from(at + c.len_utf8()).unwrap());
        }
    }
}

#[test]
fn what_is_half_written_has_answers_too() {
    for (index, (path, text)) in examples().into_iter().enumerate() {
        let ends = text.char_indices().filter(|(at, _)| (at + index) % 197 == 0);
        for end in ends.map(|(at, _)| at).collect::<Vec<_>>() {
            for broken in [text[..end].to_owned(), format!("{}:\n{}", &text[..end], &text[end..])] {
                let mut project = project();
                let file = project.set_file(&path, FileKind::Lua, broken);
                project.update();
                ask(&project, file, u32::try_from(end).unwrap());
                let colon = u32::try_from(end + 1).unwrap();
                if project.text(file).unwrap().len() > end {
                    ask(&project, file, colon);
                }
            }
        }
    }
}

#[test]
fn actions_leave_scripts_that_load() {
    let mut project = project();
    let files: Vec<FileId> =
        examples().into_iter().map(|(path, text)| project.set_file(&path, FileKind::Lua, text)).collect();
    project.update();
    for file in files {
        let script = project.script(file).unwrap();
        if !script.parsed().errors.is_empty() {
            continue;
        }
        let mut edits: Vec<Vec<_>> = vec![actions::organize_requires(&script)];
        for (at, _) in script.text().char_indices().filter(|(_, c)| matches!(c, ':' | '.')) {
            let place = Span::empty(u32::try_from(at).unwrap());
            edits.extend(actions::actions(&script, place).into_iter().map(|action| action.edits));
        }
        for mut edits in edits {
            let mut text = script.text().to_owned();
            edits.sort_by_key(|edit| std::cmp::Reverse((edit.span.start, edit.span.end)));
            for edit in edits {
                text.replace_range(edit.span.range(), &edit.text);
            }
            let errors = momentum_lua_analyzer::syntax::parse(&text).errors;
            assert!(errors.is_empty(), "{errors:?}\n{text}");
        }
    }
}
