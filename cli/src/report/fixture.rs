//! Findings for the tests of formats.

use std::sync::Arc;

use momentum_lua_analyzer::diagnostic::{Diagnostic, Edit, Fix, Safety, Severity};
use momentum_lua_analyzer::syntax::Span;

use crate::finding::{Finding, Place};
use crate::source::Source;

/// A source from `text`.
pub(crate) fn source(path: &str, text: &str) -> Arc<Source> {
    Arc::new(Source::new(path.to_owned(), text.into()))
}

/// The range of the first `needle` in a source.
pub(crate) fn span(source: &Source, needle: &str) -> Span {
    let start = source.text.find(needle).unwrap();
    Span::new(u32::try_from(start).unwrap(), u32::try_from(start + needle.len()).unwrap())
}

/// A warning about the first `needle` in a source.
pub(crate) fn finding(source: &Arc<Source>, needle: &str, message: &str) -> Finding {
    Finding {
        source: Arc::clone(source),
        diagnostic: Diagnostic {
            code: "example-rule".into(),
            severity: Severity::Warning,
            span: span(source, needle),
            message: message.to_owned(),
            related: Vec::new(),
            page: None,
            fixes: Vec::new(),
            notes: Vec::new(),
            tag: None,
        },
        related: Vec::new(),
        page: None,
    }
}

/// One finding that has everything, and one that has nothing, in two files.
pub(crate) fn findings() -> Vec<Finding> {
    let stanza =
        source("etc/ecelerity.conf", "scriptlet \"s\" {\n  script \"limit\" { source = \"limit\" }\n}\n");
    let script = source(
        "conf/limit.lua",
        "local mod = {}\n\nfunction mod:validate_dta(msg)\n  return 1\nend\n\nmsys.registerModule(\"limit\", mod)\n",
    );
    let mut rich = finding(&script, "validate_dta", "`validate_dta` is no callout: Momentum never calls it");
    rich.diagnostic.severity = Severity::Error;
    rich.page = Some("https://support.sparkpost.com/momentum/4/lua/ref-hooks".to_owned());
    rich.diagnostic.notes = vec!["callouts are found by their names alone".to_owned()];
    rich.diagnostic.fixes = vec![
        Fix {
            title: "Rename to `validate_data`".to_owned(),
            safety: Safety::Safe,
            edits: vec![Edit::replace(rich.diagnostic.span, "validate_data")],
        },
        Fix {
            title: "Take the other parameters as well".to_owned(),
            safety: Safety::Unsafe,
            edits: vec![
                Edit::replace(rich.diagnostic.span, "validate_data"),
                Edit::insert(span(&script, ")\n  return").start, ", accept, vctx"),
            ],
        },
    ];
    let place = |source: &Arc<Source>, needle: &str, message: &str| Place {
        source: Arc::clone(source),
        span: span(source, needle),
        message: message.to_owned(),
    };
    rich.related = vec![
        place(&script, "msys.registerModule(\"limit\", mod)", "registered here"),
        place(&stanza, "source = \"limit\"", "loaded here"),
    ];
    vec![rich, finding(&stanza, "script \"limit\"", "a plain finding")]
}
