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

/// A Lua example in a rule's documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The codes that must be found in it, each at least once; empty for an example of the right way.
    pub expect: Vec<String>,
    /// The language of the block: `lua` or `ecelerity`.
    pub language: String,
    /// The text.
    pub text: String,
}

/// The fenced examples (```` ```lua expect=code ````) of a Markdown text.
#[must_use]
pub fn examples(markdown: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut open: Option<Example> = None;
    for line in markdown.lines() {
        if let Some(info) = line.trim_start().strip_prefix("```") {
            match open.take() {
                Some(example) => examples.push(example),
                None => {
                    let mut words = info.split_whitespace();
                    let language = words.next().unwrap_or("").to_owned();
                    let expect = words
                        .filter_map(|word| word.strip_prefix("expect="))
                        .flat_map(|codes| codes.split(','))
                        .map(str::to_owned)
                        .collect();
                    open = Some(Example { expect, language, text: String::new() });
                }
            }
        } else if let Some(example) = &mut open {
            example.text.push_str(line);
            example.text.push('\n');
        }
    }
    examples.retain(|example| matches!(example.language.as_str(), "lua" | "ecelerity"));
    examples
}

/// Markdown without the attributes that only tests read.
#[must_use]
pub fn without_attributes(markdown: &str) -> String {
    let lines = markdown.lines().map(|line| match line.split_once(" expect=") {
        Some((fence, _)) if line.starts_with("```") => fence,
        _ => line,
    });
    lines.fold(String::new(), |text, line| text + line + "\n")
}
