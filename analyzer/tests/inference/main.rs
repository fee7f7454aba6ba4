//! What the analysis knows of values: `--> type` behind a line is the type of the expression that the line ends with
//! (the value of a `local`, an assignment or a `return`, or the last argument of a call).

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input has to fail")]
mod functions;
mod modules;
mod narrowing;
mod tables;

use momentum_lua_analyzer::project::{FileKind, Project, Settings};
use momentum_lua_analyzer::syntax::tree::{ExpressionKind, StatementKind};
use rustc_hash::FxHashMap;
use std::sync::Arc;

fn check(source: &str) {
    check_files(&[("main.lua", source)]);
}

fn check_files(files: &[(&str, &str)]) {
    let settings =
        Settings { target: "5.4".parse().unwrap(), severities: FxHashMap::default(), select: Vec::new() };
    let mut project = Project::new(Arc::new(momentum_lua_stubs::api().clone()), settings);
    let ids: Vec<_> = files.iter().map(|(path, text)| project.set_file(path, FileKind::Lua, *text)).collect();
    project.update();
    let mut wrong = Vec::new();
    let mut count = 0;
    for id in ids {
        let script = project.script(id).unwrap();
        let tree = script.tree();
        for (number, line) in script.text().lines().enumerate() {
            let Some((_, wanted)) = line.split_once("--> ") else { continue };
            count += 1;
            let on_line = |span: momentum_lua_analyzer::syntax::Span| {
                script.lines().line(span.end.saturating_sub(1)) as usize == number
            };
            let values = tree.statements().filter(|(_, statement)| on_line(statement.span)).filter_map(
                |(_, statement)| match &statement.kind {
                    StatementKind::Local { values, .. }
                    | StatementKind::Assign { values, .. }
                    | StatementKind::Return(values) => values.last().copied(),
                    StatementKind::Call(call) => match &tree.expression(*call).kind {
                        ExpressionKind::Call(call) => call.arguments.last().copied(),
                        _ => None,
                    },
                    _ => None,
                },
            );
            let found: Vec<String> = values.map(|value| script.type_of(value).to_string()).collect();
            if found.last().map(String::as_str) != Some(wanted.trim()) {
                wrong.push(format!("{}:{}: {}\n  found {found:?}", script.path(), number + 1, line.trim()));
            }
        }
    }
    assert!(count > 0, "nothing is asked");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
