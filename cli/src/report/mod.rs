//! Reports: one file per format, all from the same findings.

mod concise;
mod excerpt;
#[cfg(test)]
mod fixture;
mod full;
mod json;
mod statistics;
mod summary;

use clap::ValueEnum;

use crate::finding::Finding;
use crate::terminal::Style;

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
    }
}

/// Indented JSON with a line end.
pub(crate) fn json_text(value: &impl serde::Serialize) -> String {
    // Maps with other keys than strings, the only thing that can fail, are in no report.
    serde_json::to_string_pretty(value).map(|text| text + "\n").unwrap_or_default()
}
