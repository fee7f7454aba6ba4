//! What fixes would change, as a unified diff.

use similar::{ChangeTag, TextDiff};

use crate::terminal::Style;
use crate::tree::Change;

/// Renders all changes.
pub(crate) fn diff(changes: &[Change], style: Style) -> String {
    let mut text = String::new();
    for change in changes {
        let name = &change.shown;
        let lines = TextDiff::from_lines(&change.before, &change.after);
        let paint = |tag| match tag {
            _ if !style.colors => anstyle::Style::new(),
            ChangeTag::Delete => annotate_snippets::renderer::DEFAULT_REMOVAL_STYLE,
            ChangeTag::Insert => annotate_snippets::renderer::DEFAULT_ADDITION_STYLE,
            ChangeTag::Equal => anstyle::Style::new(),
        };
        text.push_str(&format!("--- {name}\n+++ {name}\n"));
        for hunk in lines.unified_diff().iter_hunks() {
            text.push_str(&format!("{}\n", hunk.header()));
            for line in hunk.iter_changes() {
                let paint = paint(line.tag());
                let content = line.value();
                let ending = if content.ends_with('\n') { "" } else { "\n\\ No newline at end of file" };
                let content = content.trim_end_matches('\n');
                text.push_str(&format!("{paint}{}{content}{paint:#}{ending}\n", line.tag()));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changes_and_its_surroundings_are_shown() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9";
        let change = Change {
            shown: "a.lua".to_owned(),
            before: before.to_owned(),
            after: before.replace('5', "five").replace('9', "nine"),
            ..Change::default()
        };
        assert_eq!(
            diff(&[change], Style::PLAIN),
            "--- a.lua\n+++ a.lua\n@@ -2,8 +2,8 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n-9\n\\ No newline at end of file\n\
             +nine\n\\ No newline at end of file\n"
        );
    }
}
