//! The outline of a configuration file: its stanzas with what stands in them.

use super::outline::{Entry, EntryKind};
use super::server_configuration::{self, span};
use crate::configuration::ecelerity::{self, Document, Statement};
use crate::project::{FileId, Project};
use std::borrow::Cow;

/// The syntax of a configuration file, as it was read or, where no main file includes it, on its own.
pub(super) fn document(project: &Project, file: FileId) -> Option<Cow<'_, Document>> {
    let server = server_configuration::of_file(project, file);
    if let Some((_, known)) = server.and_then(|server| server.file_of(file)) {
        return Some(Cow::Borrowed(&known.document));
    }
    Some(Cow::Owned(ecelerity::parse(project.text(file)?)))
}

/// The stanzas and options of a configuration file.
#[must_use]
pub fn outline(project: &Project, file: FileId) -> Vec<Entry> {
    let (Some(document), Some(text)) = (document(project, file), project.text(file)) else {
        return Vec::new();
    };
    entries(&document.statements, text)
}

fn entries(statements: &[Statement], text: &str) -> Vec<Entry> {
    let entry = |statement: &Statement| match statement {
        Statement::Scope(scope) => Entry {
            name: match &scope.name {
                Some(name) => format!("{} {}", scope.kind.text, name.text),
                None => scope.kind.text.clone(),
            },
            detail: String::new(),
            kind: EntryKind::Stanza,
            span: span(&scope.range),
            name_span: span(&scope.head_range()),
            children: entries(&scope.statements, text),
        },
        Statement::Assignment(assignment) => Entry {
            name: assignment.key.text.clone(),
            detail: assignment
                .value
                .as_ref()
                .map(|value| shown(span(&value.range()).text(text)))
                .unwrap_or_default(),
            kind: EntryKind::Option,
            span: span(&assignment.range),
            name_span: span(&assignment.key.range),
            children: Vec::new(),
        },
        Statement::Include(include) => Entry {
            name: include.keyword.text.clone(),
            detail: include.path.as_ref().map(|path| path.text.clone()).unwrap_or_default(),
            kind: EntryKind::Include,
            span: span(&include.range),
            name_span: span(&include.keyword.range),
            children: Vec::new(),
        },
    };
    statements.iter().map(entry).collect()
}

/// The beginning of a value, in one line.
pub(super) fn shown(value: &str) -> String {
    const LONGEST: usize = 60;
    let mut line: String = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > LONGEST {
        line = line.chars().take(LONGEST - 1).chain(['…']).collect();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::project_at;

    #[test]
    fn stanzas_hold_what_stands_in_them() {
        let text = "//- /etc/ecelerity.conf\n$0include \"a.conf\"\nscriptlet \"scriptlet\" {\n  gc = (1 2)\n  script a { source = \"x\" }\n}\n";
        let (project, file, _) = project_at(text);
        let entries = outline(&project, file);
        let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["include", "scriptlet scriptlet"]);
        let inner: Vec<String> =
            entries[1].children.iter().map(|entry| format!("{} {}", entry.name, entry.detail)).collect();
        assert_eq!(inner, ["gc (1 2)", "script a "]);
        assert_eq!(entries[1].children[1].children[0].detail, "\"x\"");
    }
}
