//! The JSON schema of reports.

use super::Report;

/// The JSON schema of [`Report`], as text.
#[must_use]
pub fn json_schema() -> String {
    let schema = schemars::schema_for!(Report);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Options, Policy, run};
    use crate::session::invented;

    #[test]
    fn the_schema_is_fresh() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema/report.schema.json");
        let wanted = json_schema();
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&path, wanted).unwrap();
            return;
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found.replace("\r\n", "\n") == wanted,
            "docs/schema/report.schema.json is stale: UPDATE_DOCS=1 cargo test -p momentum-lua-runtime --lib report"
        );
    }

    #[test]
    fn a_report_survives_its_json() {
        let script = b"local m = {} function m:validate_connect() return 1 end msys.registerModule('m', m)";
        let report = run(&Policy::of_script("m.lua", script), &invented(), &Options::default());
        let json = serde_json::to_string(&report).unwrap();
        let mut read: Report = serde_json::from_str(&json).unwrap();
        // The bytes of messages are not part of the JSON form.
        for (read, of) in read.messages.iter_mut().zip(&report.messages) {
            for (read, of) in read.recipients.iter_mut().zip(&of.recipients) {
                read.bytes = of.bytes.clone();
            }
        }
        assert_eq!(read, report);
    }
}
