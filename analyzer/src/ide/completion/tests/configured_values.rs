//! Values of options in `ecelerity.conf`.

use super::{complete_at, labels, lacks};

fn conf(text: &str) -> String {
    format!("//- /etc/ecelerity.conf\n{text}\n")
}

/// The text after an item was taken.
#[track_caller]
fn written(text: &str, label: &str) -> String {
    let completion = complete_at(&conf(text));
    let item = completion.items.iter().find(|item| item.label == label);
    let item = item.unwrap_or_else(|| panic!("{label} is not offered: {:?}", labels(&conf(text))));
    let mut text = text.replacen("$0", "", 1);
    text.replace_range(completion.replace.range(), &item.insertion.plain());
    text
}

#[test]
fn words_of_a_list_stand_in_it_one_by_one() {
    let words = "Datasource \"a\" { uri = ( \"sqlite:/var/db/policy.db\" ) }";
    assert_eq!(written("Datasource \"a\" { uri = ( \"$0\" ) }", "sqlite:/var/db/policy.db"), words);
    assert_eq!(written("Datasource \"a\" { uri = ( $0 ) }", "sqlite:/var/db/policy.db"), words);
    assert_eq!(
        written("Datasource \"a\" { uri = $0 }", "(\"sqlite:/var/db/policy.db\")"),
        "Datasource \"a\" { uri = (\"sqlite:/var/db/policy.db\") }"
    );
    let events = conf("Binding \"b\" { adaptive_notification_events = ( $0 ) }");
    assert_eq!(labels(&events), ["blackhole", "suspension", "throttle"].map(str::to_owned));
}

#[test]
fn words_and_numbers_are_written_as_the_file_has_them() {
    let enabled = "scriptlet \"scriptlet\" { enabled = $0 }";
    assert_eq!(written(enabled, "true"), "scriptlet \"scriptlet\" { enabled = true }");
    assert_eq!(written(enabled, "false"), "scriptlet \"scriptlet\" { enabled = false }");
    assert_eq!(
        written("scriptlet \"scriptlet\" { debug_level = $0 }", "ERROR"),
        "scriptlet \"scriptlet\" { debug_level = \"ERROR\" }"
    );
    lacks(&conf("scriptlet \"scriptlet\" { gc_pause = $0 }"), &["\"200\""]);
}
