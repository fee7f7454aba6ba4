//! The JSON schema of reports.

use super::Report;

/// The JSON schema of [`Report`], as text.
#[must_use]
pub fn json_schema() -> String {
    crate::schema::text_of::<Report>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Options, Policy, run};
    use crate::session::invented;

    #[test]
    fn the_schema_is_fresh() {
        crate::schema::assert_fresh("report.schema.json", &json_schema());
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
