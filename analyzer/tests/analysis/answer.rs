//! What must hold of every answer of the analysis, whatever a script holds. The fuzz target `analysis` asks the same.

use std::sync::{Arc, LazyLock};

use momentum_lua_analyzer::diagnostic::{Diagnostic, Safety};
use momentum_lua_analyzer::fix;
use momentum_lua_analyzer::project::{FileId, FileKind, Project, Settings};
use momentum_lua_analyzer::syntax::{Span, parse};

static API: LazyLock<Arc<momentum_lua_stub_reader::Api>> =
    LazyLock::new(|| Arc::new(momentum_lua_stubs::api().clone()));

const CONFIGURATION: &str = r#"
hostname = "mx.example.com"
scriptlet "scriptlet" {
  script "boot" { source = "msys.core" }
  script "policy" { source = "policy" }
}
binding "marketing" { routing_domain = "example.com" }
"#;

const SHARED: &str = r#"
require("msys.core")
require("msys.extended.message")
local shared = {}
shared.limits = { hourly = 10, daily = "100" }
function shared.first(msg, name)
  local values = msg:header(name)
  return values[1]
end
function shared.each(list, call)
  for index, value in ipairs(list) do
    call(index, value)
  end
end
return shared
"#;

/// Analyses `script` in a small policy tree, and again after it was cut short and mended, as in an editor: then the
/// findings are those of a tree that never saw another text.
pub(crate) fn check(script: &str) {
    let (mut project, policy, shared) = tree(script);
    let findings = project.diagnostics(policy);
    check_findings(&project, policy, &findings);
    check_findings(&project, shared, &project.diagnostics(shared));
    if let Some(fixed) = fix::apply(script, FileKind::Lua, &findings, Safety::Unsafe) {
        let was_sound = parse(script).errors.is_empty();
        assert!(!was_sound || parse(&fixed.text).errors.is_empty(), "a fix breaks it:\n{}", fixed.text);
        project.set_file("policy.lua", FileKind::Lua, fixed.text);
        project.update();
        check_findings(&project, policy, &project.diagnostics(policy));
    }
    let half = script.get(..script.floor_char_boundary(script.len() / 2)).unwrap_or_default();
    for (text, expected) in [(half, None), (script, Some(findings))] {
        project.set_file("policy.lua", FileKind::Lua, text);
        project.update();
        let found = project.diagnostics(policy);
        check_findings(&project, policy, &found);
        let expected = expected.unwrap_or_else(|| {
            let (afresh, policy, _) = tree(text);
            afresh.diagnostics(policy)
        });
        assert_eq!(found, expected, "after an edit other findings than afresh:\n{text}");
    }
}

/// A policy tree with that script, which uses and is used by others.
fn tree(script: &str) -> (Project, FileId, FileId) {
    let settings = Settings {
        target: "5.4".parse().expect("a version"),
        severities: Default::default(),
        select: Vec::new(),
    };
    let mut project = Project::new(Arc::clone(&API), settings);
    project.set_file("ecelerity.conf", FileKind::ServerConfiguration, CONFIGURATION);
    let shared = project.set_file("shared.lua", FileKind::Lua, SHARED);
    let policy = project.set_file("policy.lua", FileKind::Lua, script);
    project.update();
    (project, policy, shared)
}

fn check_findings(project: &Project, file: FileId, findings: &[Diagnostic]) {
    let inside = |file: FileId, span: Span| {
        let text = project.text(file).expect("a file of the project");
        assert!(text.get(span.range()).is_some(), "{span:?} is not in the text of {} bytes", text.len());
    };
    let mut last = 0;
    for finding in findings {
        inside(file, finding.span);
        assert!(finding.span.start >= last, "findings stand in the order of their places");
        last = finding.span.start;
        assert!(!finding.message.is_empty() && !finding.message.ends_with('.'), "{}", finding.message);
        for related in &finding.related {
            inside(related.file.unwrap_or(file), related.span);
        }
        for fix in &finding.fixes {
            let mut edits: Vec<Span> = fix.edits.iter().map(|edit| edit.span).collect();
            edits.sort_by_key(|span| (span.start, span.end));
            edits.iter().for_each(|&span| inside(file, span));
            let overlap = edits.iter().zip(edits.iter().skip(1)).any(|(a, b)| a.end > b.start);
            assert!(!overlap, "the edits of `{}` overlap", fix.title);
        }
    }
}
