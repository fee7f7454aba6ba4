//! SARIF 2.1.0, the format of code scanning services (OASIS standard, `sarif-v2.1.0-os`).

use momentum_lua_analyzer::diagnostic::{Fix, Severity};
use momentum_lua_analyzer::links;
use momentum_lua_analyzer::rules::documentation::without_attributes;
use momentum_lua_analyzer::rules::{self, RuleEntry};
use momentum_lua_analyzer::syntax::Span;
use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use crate::finding::{Finding, Place};
use crate::source::Source;

/// Renders all findings as one run.
pub(super) fn render(findings: &[Finding]) -> String {
    let mut codes: Vec<&str> = findings.iter().map(|finding| &*finding.diagnostic.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes.iter().map(|code| rule(code)).collect();
    let results = findings.iter().zip(fingerprints(findings)).map(|(finding, fingerprint)| {
        let index = codes.binary_search(&&*finding.diagnostic.code).ok();
        result(finding, index, &fingerprint)
    });
    let results: Vec<Value> = results.collect();
    super::json_text(&json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "momentum-lua",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(code: &str) -> Value {
    let mut rule = json!({ "id": code, "helpUri": links::rule(code) });
    if let Some(entry) = rules::find(code) {
        describe(&mut rule, entry);
    }
    rule
}

fn describe(rule: &mut Value, entry: &RuleEntry) {
    let documentation = without_attributes(&entry.documentation());
    rule["shortDescription"] = json!({ "text": entry.summary() });
    rule["help"] = json!({ "text": documentation, "markdown": documentation });
    rule["defaultConfiguration"] = json!({ "level": level(entry.rule.severity) });
    rule["properties"] = json!({ "tags": [entry.family] });
}

fn result(finding: &Finding, index: Option<usize>, fingerprint: &str) -> Value {
    let diagnostic = &finding.diagnostic;
    let notes: String = diagnostic.notes.iter().map(|note| format!("\n{note}")).collect();
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": level(diagnostic.severity),
        "message": { "text": format!("{}{notes}", diagnostic.message) },
        "locations": [{ "physicalLocation": place(&finding.source, diagnostic.span) }],
        "partialFingerprints": { "findingHash/v1": fingerprint },
    });
    if let Some(index) = index {
        result["ruleIndex"] = index.into();
    }
    if !finding.related.is_empty() {
        result["relatedLocations"] = finding.related.iter().map(related).collect();
    }
    if !diagnostic.fixes.is_empty() {
        result["fixes"] = diagnostic.fixes.iter().map(|one| fix(&finding.source, one)).collect();
    }
    if let Some(page) = &finding.page {
        result["properties"] = json!({ "page": page });
    }
    result
}

fn related(other: &Place) -> Value {
    json!({ "physicalLocation": place(&other.source, other.span), "message": { "text": other.message } })
}

fn fix(source: &Source, fix: &Fix) -> Value {
    let replacements = fix.edits.iter().map(|edit| {
        json!({ "deletedRegion": region(source, edit.span), "insertedContent": { "text": edit.text } })
    });
    let replacements: Vec<Value> = replacements.collect();
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{ "artifactLocation": artifact(source), "replacements": replacements }],
    })
}

fn place(source: &Source, span: Span) -> Value {
    json!({ "artifactLocation": artifact(source), "region": region(source, span) })
}

fn artifact(source: &Source) -> Value {
    json!({ "uri": uri(&source.path) })
}

fn region(source: &Source, span: Span) -> Value {
    let (start, end) = (source.location(span.start), source.location(span.end));
    json!({
        "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a URI: relative as it is, else with its scheme.
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{finding, findings, source};
    use super::*;

    const SCHEMA: &str = include_str!("../../../tests/formats/sarif-2.1.0.schema.json");

    /// What the schema does not accept in a report.
    fn complaints(report: &str) -> Vec<String> {
        // The published patterns of languages have a bracket too many, which not every engine takes.
        let schema: Value = serde_json::from_str(&SCHEMA.replace("{2}]?$", "{2}$")).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let report: Value = serde_json::from_str(report).unwrap();
        validator.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    #[test]
    fn the_schema_accepts_reports() {
        assert_eq!(complaints(&render(&findings())), Vec::<String>::new());
        assert_eq!(complaints(&render(&[])), Vec::<String>::new());
        let mut syntax = finding(&source("a b.lua", "x"), "x", "m");
        syntax.diagnostic.code = "syntax".into();
        assert_eq!(complaints(&render(&[syntax])), Vec::<String>::new());
        assert_ne!(complaints("{\"version\": \"2.1.0\", \"runs\": [{}]}"), Vec::<String>::new());
    }

    #[test]
    fn everything_a_finding_has_is_in_it() {
        insta::assert_snapshot!(render(&findings()));
    }

    #[test]
    fn rules_bring_their_help() {
        let mut syntax = finding(&source("a.lua", "x"), "x", "m");
        syntax.diagnostic.code = "syntax".into();
        let report: Value = serde_json::from_str(&render(&[syntax])).unwrap();
        let rule = &report["runs"][0]["tool"]["driver"]["rules"][0];
        assert_eq!(rule["id"], "syntax");
        assert!(rule["help"]["markdown"].as_str().unwrap().contains("## Why it matters"));
        assert_eq!(report["runs"][0]["results"][0]["ruleIndex"], 0);
    }

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("etc/a b%ü.lua"), "etc/a%20b%25%C3%BC.lua");
        assert_eq!(uri("/etc/a.lua"), "file:///etc/a.lua");
    }
}
