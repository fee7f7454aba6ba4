//! Asks every language feature everywhere: at the beginning and the middle of every token of the example tree, and at the
//! ends of texts that stop in the middle. Nothing may panic, and every range lies in its text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "all of it is tests"
)]

use std::path::Path;
use std::sync::Arc;

use momentum_lua_analyzer::ide::definition;
use momentum_lua_analyzer::ide::hints::Wanted;
use momentum_lua_analyzer::ide::target::{Leads, Target};
use momentum_lua_analyzer::ide::{
    calls, configuration_outline, folding, highlight, hints, hover, links, outline, references, rename,
    selection, semantic_tokens, server_configuration,
};
use momentum_lua_analyzer::project::{FileId, FileKind, Project, Settings};
use momentum_lua_analyzer::syntax::Span;

fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut waiting = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_policy = path.extension().is_some_and(|ending| ending == "lua" || ending == "conf");
            if path.is_dir() {
                waiting.push(path);
            } else if is_policy {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                files.push((name, std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    files.sort();
    assert!(files.len() > 10);
    files
}

fn project(files: &[(String, String)]) -> (Project, Vec<FileId>) {
    let settings = Settings {
        target: "5.1".parse().unwrap(),
        severities: rustc_hash::FxHashMap::default(),
        select: Vec::new(),
    };
    let mut project = Project::new(Arc::new(momentum_lua_stubs::api().clone()), settings);
    let ids = files.iter().map(|(path, text)| {
        let kind = if path.ends_with(".conf") { FileKind::ServerConfiguration } else { FileKind::Lua };
        project.set_file(path, kind, text.as_str())
    });
    let ids = ids.collect();
    project.update();
    (project, ids)
}

fn lies_in(project: &Project, file: FileId, span: Span) {
    let text = project.text(file).unwrap();
    let (start, end) = (span.start as usize, span.end as usize);
    assert!(start <= end && text.is_char_boundary(start) && text.is_char_boundary(end), "{span:?}");
}

fn leads_somewhere(project: &Project, file: FileId, leads: Option<Leads>) {
    let Some(leads) = leads else { return };
    lies_in(project, file, leads.from);
    assert!(!leads.to.is_empty());
    for target in leads.to {
        match target {
            Target::File { file, whole, name } => {
                lies_in(project, file, whole);
                lies_in(project, file, name);
            }
            Target::Stub { origin, .. } => {
                let text = momentum_lua_stubs::source(&origin.file).unwrap();
                assert!(text.lines().count() >= origin.line as usize);
            }
        }
    }
}

fn ask_at(project: &Project, file: FileId, offset: u32) {
    let page_url = |page: &str| page.to_owned();
    for found in references::references(project, file, offset, true) {
        lies_in(project, found.file, found.span);
    }
    let ranges = selection::ranges(project, file, offset);
    assert!(ranges.windows(2).all(|pair| pair[1].covers(pair[0]) && pair[1] != pair[0]));
    let Some(script) = project.script(file) else {
        leads_somewhere(project, file, server_configuration::definition(project, file, offset));
        leads_somewhere(project, file, server_configuration::implementation(project, file, offset));
        let _ = hover::of_configuration(project, file, offset, &page_url);
        return;
    };
    leads_somewhere(project, file, definition::definition(&script, offset));
    leads_somewhere(project, file, definition::declaration(&script, offset));
    leads_somewhere(project, file, definition::type_definition(&script, offset));
    leads_somewhere(project, file, definition::implementation(&script, offset));
    if let Some(hover) = hover::hover(&script, offset, &page_url) {
        lies_in(project, file, hover.span);
        assert!(!hover.markdown.trim().is_empty());
    }
    highlight::highlights(&script, offset).into_iter().for_each(|(span, _)| lies_in(project, file, span));
    if rename::prepare(&script, offset).is_ok() {
        let places = rename::rename(&script, offset, "a_name_that_nothing_has").unwrap();
        assert!(!places.is_empty());
        for place in places {
            let text = place.span.text(project.text(place.file).unwrap());
            assert!(
                !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'),
                "{text}"
            );
        }
    }
    for item in calls::at(&script, offset) {
        calls::shown(project, &item).unwrap();
        for call in calls::incoming(project, &item).into_iter().chain(calls::outgoing(project, &item)) {
            calls::shown(project, &call.item).unwrap();
        }
    }
}

fn ask_all(project: &Project, file: FileId) {
    folding::folds(project, file).into_iter().for_each(|fold| lies_in(project, file, fold.span));
    links::links(project, file).into_iter().for_each(|link| lies_in(project, file, link.span));
    let Some(script) = project.script(file) else {
        let _ = configuration_outline::outline(project, file);
        return;
    };
    let _ = outline::outline(&script);
    let tokens = semantic_tokens::tokens(&script);
    assert!(tokens.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    for token in tokens {
        lies_in(project, file, token.span);
        assert!(!token.span.text(script.text()).contains('\n'));
    }
    let whole = Span::new(0, u32::try_from(script.text().len()).unwrap());
    for hint in hints::hints(&script, whole, Wanted { types: true, parameters: true, phases: true }) {
        lies_in(project, file, Span::empty(hint.offset));
        let _ = hints::details(&script, hint.offset, hint.kind);
    }
}

#[test]
fn everywhere_in_the_examples() {
    let files = files();
    let (project, ids) = project(&files);
    for &file in &ids {
        ask_all(&project, file);
        let text = project.text(file).unwrap();
        let starts_word = |at: usize| {
            let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
            let here = text[at..].chars().next();
            part(here) && !part(text[..at].chars().next_back())
        };
        for (at, _) in text.char_indices().filter(|(at, _)| starts_word(*at)) {
            ask_at(&project, file, u32::try_from(at).unwrap());
        }
        ask_at(&project, file, u32::try_from(text.len()).unwrap());
        ask_at(&project, file, u32::MAX);
    }
}

#[test]
fn in_texts_that_stop_in_the_middle() {
    let mut files = files();
    let count = files.len();
    for index in 0..count {
        let whole = files[index].1.clone();
        for part in 1..6 {
            let mut end = whole.len() * part / 6;
            while !whole.is_char_boundary(end) {
                end -= 1;
            }
            files[index].1 = whole[..end].to_owned();
            let (project, ids) = project(&files);
            ask_all(&project, ids[index]);
            for back in [0, 1, 2, 5, 9, 14] {
                ask_at(&project, ids[index], u32::try_from(end.saturating_sub(back)).unwrap());
            }
        }
        files[index].1 = whole;
    }
}
