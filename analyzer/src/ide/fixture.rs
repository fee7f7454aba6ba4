//! Projects in a string for the tests of features: `$0` is the cursor, `//- /path` starts another file.

use crate::project::{FileId, FileKind, Project, Settings};
use crate::syntax::{ColumnUnit, Span};
use momentum_lua_stub_reader::model::Version;
use std::sync::Arc;

/// A project, and the file and offset of the cursor.
#[track_caller]
pub(crate) fn project_at(text: &str) -> (Project, FileId, u32) {
    let settings = Settings {
        target: Version { major: 5, minor: 1, patch: 0 },
        severities: rustc_hash::FxHashMap::default(),
        select: Vec::new(),
    };
    let mut project = Project::new(Arc::new(momentum_lua_stubs::api().clone()), settings);
    let text =
        if text.starts_with("//- ") { text.to_owned() } else { format!("//- /policy/main.lua\n{text}") };
    let mut cursor = None;
    for part in text.split("//- ").skip(1) {
        let (path, content) = part.split_once('\n').expect("a path stands in a line of its own");
        let offset = content.find("$0");
        let kind = if path.ends_with(".conf") { FileKind::ServerConfiguration } else { FileKind::Lua };
        let file = project.set_file(path.trim(), kind, content.replacen("$0", "", 1));
        if let Some(offset) = offset {
            cursor = Some((file, u32::try_from(offset).unwrap()));
        }
    }
    project.update();
    let (file, offset) = cursor.expect("`$0` stands somewhere");
    (project, file, offset)
}

/// Places as `file line:column`, a line for each file.
pub(crate) fn marked(project: &Project, places: impl Iterator<Item = (FileId, Span)>) -> String {
    let mut lines: Vec<(FileId, String)> = Vec::new();
    for (file, span) in places {
        let position =
            project.lines(file).unwrap().position(span.start, project.text(file).unwrap(), ColumnUnit::Utf32);
        let place = format!(" {}:{}", position.line + 1, position.column + 1);
        match lines.last_mut().filter(|(last, _)| *last == file) {
            Some((_, line)) => line.push_str(&place),
            None => {
                let name = project.path(file).unwrap().rsplit('/').next().unwrap_or_default();
                lines.push((file, format!("{name}{place}")));
            }
        }
    }
    lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}
