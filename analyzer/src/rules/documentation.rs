//! The documentation of a rule: the comment at the top of its file.

/// Length of the `//!` comment that `source` opens with.
pub(super) const fn length(source: &str) -> usize {
    let bytes = source.as_bytes();
    let mut at = 0;
    while at + 2 < bytes.len() && bytes[at] == b'/' && bytes[at + 1] == b'/' && bytes[at + 2] == b'!' {
        while at < bytes.len() && bytes[at] != b'\n' {
            at += 1;
        }
        at += 1;
    }
    if at > bytes.len() { bytes.len() } else { at }
}

/// The first `LENGTH` bytes, so that only they end up in the program.
pub(super) const fn head<const LENGTH: usize>(source: &str) -> [u8; LENGTH] {
    let mut text = [0; LENGTH];
    let mut at = 0;
    while at < LENGTH {
        text[at] = source.as_bytes()[at];
        at += 1;
    }
    text
}

/// Markdown from a `//!` comment.
#[must_use]
pub fn markdown(comment: &str) -> String {
    let mut text = String::with_capacity(comment.len());
    for line in comment.lines() {
        let line = line.strip_prefix("//!").unwrap_or(line);
        text.push_str(line.strip_prefix(' ').unwrap_or(line));
        text.push('\n');
    }
    text
}

/// An example in a rule's documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The codes that must be found in it, each at least once; empty for an example of the right way.
    pub expect: Vec<String>,
    /// The language of the block: `lua` or `ecelerity`.
    pub language: String,
    /// The path that the text has for the project, if that matters.
    pub file: Option<String>,
    /// Whether it is one of several files of an example: the blocks up to the next without this word belong together.
    pub with_next: bool,
    /// The text.
    pub text: String,
}

/// The fenced examples of a Markdown text. What follows the language in a fence is for tests:
/// ```` ```lua expect=code,other-code ```` names what must be found, `file=/policy/a.lua` the file, and `with-next`
/// says that the block and the next one are files of the same example.
#[must_use]
pub fn examples(markdown: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut open: Option<Example> = None;
    for line in markdown.lines() {
        if let Some(info) = line.trim_start().strip_prefix("```") {
            match open.take() {
                Some(example) => examples.push(example),
                None => open = Some(example(info)),
            }
        } else if let Some(example) = &mut open {
            example.text.push_str(line);
            example.text.push('\n');
        }
    }
    examples.retain(|example| matches!(example.language.as_str(), "lua" | "ecelerity"));
    examples
}

/// An example that opens with that fence.
fn example(info: &str) -> Example {
    let mut words = info.split_whitespace();
    let mut example = Example {
        expect: Vec::new(),
        language: words.next().unwrap_or("").to_owned(),
        file: None,
        with_next: false,
        text: String::new(),
    };
    for word in words {
        match word.split_once('=') {
            Some(("expect", codes)) => example.expect.extend(codes.split(',').map(str::to_owned)),
            Some(("file", path)) => example.file = Some(path.to_owned()),
            None if word == "with-next" => example.with_next = true,
            _ => {}
        }
    }
    example
}

/// Markdown without the attributes that only tests read.
#[must_use]
pub fn without_attributes(markdown: &str) -> String {
    let lines = markdown.lines().map(|line| match line.split_once(' ') {
        Some((fence, _)) if line.starts_with("```") && fence.len() > 3 => fence,
        _ => line,
    });
    lines.fold(String::new(), |text, line| text + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::FileKind;
    use crate::rules::{ALL, RuleEntry, fixture};
    use rustc_hash::FxHashMap;

    /// Checks the files of one example; what is wrong with it, if anything is.
    fn failure(entry: &RuleEntry, files: &[Example]) -> Option<String> {
        let mut severities = FxHashMap::default();
        if !entry.on_by_default() {
            severities.insert(entry.rule.code.into(), Some(entry.rule.severity));
        }
        let files: Vec<_> = files
            .iter()
            .enumerate()
            .map(|(index, file)| {
                let (kind, path) = match file.language.as_str() {
                    "lua" => (FileKind::Lua, format!("/policy/example{index}.lua")),
                    _ => (FileKind::ServerConfiguration, "/etc/ecelerity.conf".to_owned()),
                };
                (file.file.clone().unwrap_or(path), kind, file)
            })
            .collect();
        let texts: Vec<_> =
            files.iter().map(|(path, kind, file)| (path.as_str(), *kind, file.text.as_str())).collect();
        let (project, ids) = fixture::project(None, severities, &texts);
        let findings: Vec<_> = ids.into_iter().flat_map(|id| project.diagnostics(id)).collect();
        let expected: Vec<&String> = files.iter().flat_map(|(.., file)| &file.expect).collect();
        let missing = expected.iter().find(|code| !findings.iter().any(|finding| finding.code == **code));
        if let Some(code) = missing {
            let found: Vec<_> =
                findings.iter().map(|finding| format!("{}: {}", finding.code, finding.message)).collect();
            return Some(format!("`{code}` is not found, only {found:#?}"));
        }
        let own = |code: &str| code == entry.rule.code;
        let unexpected = findings.iter().find(|finding| own(&finding.code));
        let unexpected = unexpected.filter(|_| !expected.iter().any(|code| own(code)));
        unexpected.map(|finding| format!("expects nothing, but there is: {}", finding.message))
    }

    #[test]
    fn the_examples_of_every_rule_are_true() {
        let mut failures = Vec::new();
        for entry in ALL {
            let code = entry.rule.code;
            let examples = examples(&entry.documentation());
            let (mut wrong, mut right) = (false, false);
            for files in examples.split_inclusive(|example| !example.with_next) {
                let expects = |code: &str| files.iter().any(|file| file.expect.iter().any(|one| one == code));
                let expects_any = files.iter().any(|file| !file.expect.is_empty());
                wrong |= expects(code);
                right |= !expects_any;
                if let Some(failure) = failure(entry, files) {
                    let texts: String = files.iter().map(|file| format!("---\n{}", file.text)).collect();
                    failures.push(format!("`{code}`: {failure}\n{texts}"));
                }
            }
            if !wrong {
                failures.push(format!("`{code}` has no example of what it finds (```lua expect={code})"));
            }
            if !right {
                failures.push(format!("`{code}` has no example of the right way"));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn every_rule_tells_what_why_and_how() {
        for entry in ALL {
            let text = entry.documentation();
            for heading in ["## What it does", "## Why it matters", "## Example"] {
                assert!(text.lines().any(|line| line == heading), "`{}` has no `{heading}`", entry.rule.code);
            }
            assert!(entry.summary().ends_with('.'), "`{}`: {:?}", entry.rule.code, entry.summary());
            assert!(!without_attributes(&text).contains("expect="));
        }
    }

    #[test]
    fn fences_carry_attributes_for_tests_only() {
        let text = "```ecelerity with-next file=/etc/a.conf\nx = 1\n```\n\n```lua expect=a,b\nlocal x\n```\n";
        let [first, second] = &examples(text)[..] else { panic!("{:?}", examples(text)) };
        assert_eq!((first.file.as_deref(), first.with_next), (Some("/etc/a.conf"), true));
        assert_eq!(
            (&second.expect[..], second.text.as_str()),
            (&["a".to_owned(), "b".to_owned()][..], "local x\n")
        );
        assert_eq!(without_attributes(text), "```ecelerity\nx = 1\n```\n\n```lua\nlocal x\n```\n");
    }
}
