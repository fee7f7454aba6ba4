//! Fixtures for the tests of rules: code with the expected findings written below it.
//!
//! ```text
//! check(
//!     RULE.code,
//!     r#"
//! // target=4.2 missing-core=off
//! local function describe(msg)
//!   return msg:heder("Subject")
//! --           ^^^^^ unknown-api has a word about this
//! end
//! //- /etc/ecelerity.conf
//! scriptlet "scriptlet" { source = "a.lua" }
//! #                       ^^^^^^^^^^^^^^^^ error: part of the message
//! "#,
//! );
//! ```
//!
//! - **Markers.** A comment that holds only carets and a text, below a line, says: here a finding of the rule covers
//!   exactly these columns of that line, and its message has this text as a part. Several markers below each other
//!   speak of the same line. Columns are characters (a tab is one); the comment is `--` in Lua and `#` in a
//!   configuration. Markers are taken out before the text is analysed, so they can stand anywhere.
//! - `--<^^^ text` for the first columns: what follows the `<` counts from the line's first column.
//! - `^^^... text`: the finding goes on behind this line. `| text`: it is empty and stands before that column.
//! - `error: text`, `warning: text`, `info: text` check the severity, too. A text may be missing.
//! - `related: text` marks a place that some finding names as related; such places may also go unmarked.
//! - **Files.** `//- /path` opens the next file: a Lua script if it ends in `.lua`, else a server configuration. What
//!   stands before the first such line is `/policy/main.lua`. Every `ecelerity.conf` is loaded; it can include the
//!   other files.
//! - **Options.** The first line may be `// target=4.2 code=severity other-code=off …`: the Momentum version, and
//!   severities as a site configures them. All rules run; only the findings of the one under test are compared.
//!
//! [`check`] wants the findings to be those marked, no more, no fewer. [`check_none`] wants none. [`check_fix`] applies
//! the first fix of every finding. All of them also look whether findings are well formed (ranges, messages, edits).

mod clean;
mod comparison;
mod insertion;
mod markers;
mod recall;
mod source;

use crate::diagnostic::{Diagnostic, Edit, Severity};
use crate::project::{FileId, FileKind, Project, Settings};
use crate::rules::{self, Fixable};
use crate::syntax;
use momentum_lua_stub_reader::model::Version;
use rustc_hash::FxHashMap;
use source::{Fixture, SourceFile};
use std::sync::Arc;

/// Asserts that the findings of the rule `code` in `fixture` are those that its markers tell.
#[track_caller]
pub(crate) fn check(code: &str, fixture: &str) {
    let fixture = Fixture::read(fixture);
    assert!(
        fixture.has_markers(),
        "the fixture has no marker; use `check_none` to say that nothing is found"
    );
    compare(code, &fixture);
}

/// Asserts that the rule `code` finds nothing in `fixture`, which has no markers.
#[track_caller]
pub(crate) fn check_none(code: &str, fixture: &str) {
    let fixture = Fixture::read(fixture);
    assert!(!fixture.has_markers(), "the fixture has markers; use `check`");
    compare(code, &fixture);
}

/// Asserts that the first fix of every finding of the rule `code` makes `after` from `before`. Both may have several
/// files; those that `after` does not name must stay as they are. Every finding must have a fix, and the result must
/// not bring syntax errors.
#[track_caller]
pub(crate) fn check_fix(code: &str, before: &str, after: &str) {
    let (before, after) = (Fixture::read(before), Fixture::read(after));
    let project = Checked::new(&before);
    for (index, file) in before.files.iter().enumerate() {
        let mut edits: Vec<Edit> = Vec::new();
        for finding in project.findings(code, index) {
            let Some(fix) = finding.fixes.first() else {
                panic!("{}: no fix is offered for: {}", file.path, finding.message);
            };
            edits.extend(fix.edits.iter().filter(|edit| !edits.contains(edit)).cloned().collect::<Vec<_>>());
        }
        let found = apply(file, edits);
        let wanted = after.files.iter().find(|other| other.path == file.path).unwrap_or(file);
        assert!(
            found == wanted.text,
            "{} after the fix of `{code}`:\n{}",
            file.path,
            comparison::lines(&wanted.text, &found)
        );
        if file.kind == FileKind::Lua && syntax::parse(&file.text).errors.is_empty() {
            let errors = syntax::parse(&found).errors;
            assert!(errors.is_empty(), "{} has syntax errors after the fix: {errors:?}\n{found}", file.path);
        }
    }
}

#[track_caller]
fn compare(code: &str, fixture: &Fixture) {
    let project = Checked::new(fixture);
    let mut report = String::new();
    for (index, file) in fixture.files.iter().enumerate() {
        report.push_str(&comparison::differences(file, &project.findings(code, index)));
    }
    assert!(
        report.is_empty(),
        "findings of `{code}` differ from the markers (`-` is expected and missing, `+` is found and not \
         expected):\n{report}"
    );
}

/// A fixture as a project.
struct Checked<'a> {
    fixture: &'a Fixture,
    files: Vec<FileId>,
    project: Project,
}

impl<'a> Checked<'a> {
    #[track_caller]
    fn new(fixture: &'a Fixture) -> Self {
        let files = fixture.files.iter().map(|file| (file.path.as_str(), file.kind, file.text.as_str()));
        let (project, files) =
            project(fixture.target, fixture.severities.clone(), &files.collect::<Vec<_>>());
        Self { fixture, files, project }
    }

    /// The findings of `code` in a file, each looked over.
    #[track_caller]
    fn findings(&self, code: &str, index: usize) -> Vec<Diagnostic> {
        let mut findings = self.all_findings(index);
        findings.retain(|finding| finding.code == code);
        findings
    }

    /// The findings of all rules in a file, each looked over.
    #[track_caller]
    fn all_findings(&self, index: usize) -> Vec<Diagnostic> {
        let findings = self.project.diagnostics(self.files[index]);
        for finding in &findings {
            well_formed(&self.fixture.files[index], finding);
        }
        findings
    }
}

/// A project as a site has it that configured nothing but the target and these severities, with the given files (path,
/// kind, text) and their names in it. Each `ecelerity.conf` among them is loaded and can include the others.
pub(crate) fn project(
    target: Option<Version>,
    severities: FxHashMap<smol_str::SmolStr, Option<Severity>>,
    files: &[(&str, FileKind, &str)],
) -> (Project, Vec<FileId>) {
    let target = target.unwrap_or(Version { major: 5, minor: 4, patch: 0 });
    let api = Arc::new(momentum_lua_stubs::api().clone());
    let mut project = Project::new(api, Settings { target, severities, select: Vec::new() });
    let ids = files.iter().map(|(path, kind, text)| project.set_file(path, *kind, *text)).collect();
    project.update();
    (project, ids)
}

/// What holds for the findings of every rule.
#[track_caller]
fn well_formed(file: &SourceFile, finding: &Diagnostic) {
    let text = file.text.as_str();
    let inside = |span: syntax::Span| span.start <= span.end && text.get(span.range()).is_some();
    let message = &finding.message;
    assert!(inside(finding.span), "{}: {:?} is no range of the text: {message}", file.path, finding.span);
    assert!(!message.trim().is_empty(), "{}: a finding has no message", file.path);
    assert!(!message.ends_with('.') || message.ends_with(".."), "a message has no full stop: {message}");
    for related in finding.related.iter().filter(|related| related.file.is_none()) {
        assert!(inside(related.span), "{}: a related place is no range of the text: {related:?}", file.path);
    }
    if let Some(entry) = rules::find(&finding.code) {
        let offers = !finding.fixes.is_empty();
        assert!(!offers || entry.rule.fixable != Fixable::No, "`{}` says that it has no fix", finding.code);
    }
    for fix in &finding.fixes {
        assert!(!fix.edits.is_empty(), "a fix without edits: {fix:?}");
        apply(file, fix.edits.clone());
    }
}

/// The text after the edits.
#[track_caller]
fn apply(file: &SourceFile, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.span);
    let mut text = String::new();
    let mut copied = 0;
    for edit in &edits {
        let Some(between) = file.text.get(copied..edit.span.start as usize) else {
            panic!("{}: edits overlap or lie outside the text: {edits:?}", file.path);
        };
        assert!(
            file.text.get(edit.span.range()).is_some(),
            "{}: an edit lies outside the text: {edit:?}",
            file.path
        );
        text.push_str(between);
        text.push_str(&edit.text);
        copied = edit.span.end as usize;
    }
    text.push_str(&file.text[copied..]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_tell_range_severity_message_and_related_place() {
        check(
            "syntax",
            r#"
while msg do
--<^^^^^ related: the `while`
  deliver()
--        ^ error: expected `end` to close the `while`
//- /policy/other.lua
local x = 089
--        ^^^ malformed number `089`
"#,
        );
    }

    #[test]
    #[should_panic(expected = "\n-  |  --        ^ error: nothing of the kind\n+  |  --        ^")]
    fn a_wrong_message_is_told() {
        check("syntax", "local x = ?\n--        ^ error: nothing of the kind\n");
    }

    #[test]
    #[should_panic(expected = "-  |  --        ^^ ")]
    fn a_wrong_range_is_told() {
        check("syntax", "local x = ?\n--        ^^\n");
    }

    #[test]
    #[should_panic(expected = "+  |  --        ^ error: ")]
    fn a_finding_that_is_not_marked_is_told() {
        check_none("syntax", "local x = ?\n");
    }

    #[test]
    #[should_panic(expected = "-  |  --    ^ warning: ")]
    fn a_finding_that_is_missing_is_told() {
        check("syntax", "local x = 1\n--    ^ warning: unused\n");
    }

    #[test]
    #[should_panic(expected = "no fix is offered")]
    fn a_finding_without_a_fix_is_told() {
        check_fix("syntax", "local x = ?\n", "local x = 1\n");
    }

    #[test]
    fn configurations_are_loaded_with_what_they_include() {
        let fixture = "//- /etc/ecelerity.conf\ninclude \"parts\"\n//- /etc/parts/scripts.conf\n\
                       scriptlet \"scriptlet\" { script \"a\" { source = \"a\" } }\n";
        let fixture = Fixture::read(fixture);
        let project = Checked::new(&fixture).project;
        let servers: Vec<_> = project.server_configurations().collect();
        let [server] = &servers[..] else { panic!("{} servers", servers.len()) };
        assert_eq!(server.configuration().problems, []);
        assert_eq!(server.policy().scripts().count(), 1);
    }

    #[test]
    fn a_rule_can_be_switched_off() {
        check_none("syntax", "// syntax=off\nlocal x = ?\n");
        check("syntax", "// syntax=info target=4.2\nlocal x = ?\n--        ^ info: begins nothing\n");
    }
}
