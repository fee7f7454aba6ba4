//! Reports: one file per format, all from the same findings.

mod concise;
mod diff;
mod excerpt;
mod fingerprint;
#[cfg(test)]
pub(crate) mod fixture;
mod full;
mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;
mod statistics;
mod summary;

use clap::ValueEnum;

use crate::finding::Finding;
use crate::terminal::Style;

pub(crate) use diff::diff;
pub(crate) use excerpt::Excerpt;
pub(crate) use junit::escaped;
pub(crate) use statistics::statistics;
pub(crate) use summary::Summary;

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the source, for reading
    #[default]
    Full,
    /// One line each
    Concise,
    /// A JSON array
    Json,
    /// SARIF 2.1.0, for code scanning services
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// A code quality report of GitLab
    Gitlab,
    /// JUnit's XML
    Junit,
}

impl Format {
    /// Whether a closing line belongs to it.
    pub(crate) fn is_for_people(self) -> bool {
        matches!(self, Format::Full | Format::Concise)
    }
}

/// Writes findings in a format.
pub(crate) fn render(findings: &[Finding], format: Format, style: Style) -> String {
    match format {
        Format::Full => full::render(findings, style),
        Format::Concise => concise::render(findings, style),
        Format::Json => json::render(findings),
        Format::Sarif => sarif::render(findings),
        Format::Github => github::render(findings, github::folder().as_deref()),
        Format::Gitlab => gitlab::render(findings),
        Format::Junit => junit::render(findings),
    }
}

/// Indented JSON with a line end.
pub(crate) fn json_text(value: &impl serde::Serialize) -> String {
    // Maps with other keys than strings, the only thing that can fail, are in no report.
    serde_json::to_string_pretty(value).map(|text| text + "\n").unwrap_or_default()
}
