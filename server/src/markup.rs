//! Markdown for clients that render it, and what it reads as for the others.

use std::fmt::Write as _;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use tower_lsp::lsp_types::{MarkupContent, MarkupKind};

/// A text as a client gets it that renders Markdown, or does not.
pub(crate) fn content(markdown: String, renders: bool) -> MarkupContent {
    match renders {
        true => MarkupContent { kind: MarkupKind::Markdown, value: markdown },
        false => MarkupContent { kind: MarkupKind::PlainText, value: plain(&markdown) },
    }
}

/// Markdown without its marks: paragraphs, lists and lines of code stay, links show their addresses.
fn plain(markdown: &str) -> String {
    let mut text = String::new();
    let mut link = (0, String::new());
    for event in Parser::new(markdown) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
                text.push_str(&words);
            }
            Event::SoftBreak | Event::HardBreak => text.push('\n'),
            Event::Start(Tag::Item) => {
                begin_line(&mut text);
                text.push_str("- ");
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::List(_))
                if !text.ends_with("- ") =>
            {
                begin_paragraph(&mut text);
            }
            Event::Start(Tag::Link { dest_url, .. }) => link = (text.len(), dest_url.to_string()),
            Event::End(TagEnd::Link) => {
                let (start, address) = std::mem::take(&mut link);
                if text.get(start..) != Some(address.as_str()) {
                    let _ = write!(text, " ({address})");
                }
            }
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn begin_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn begin_paragraph(text: &mut String) {
    begin_line(text);
    if !text.is_empty() && !text.ends_with("\n\n") {
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_left_out_for_clients_that_show_them() {
        let markdown = "```lua\nprint(...: any)\n```\n*global function*\n\nWrites `x_y` and **more**:\nhere.\n\n\
                        **Values**\n- `\"a\"` — first\n- second\n\n**Since** 3.0  \n**Phases** any\n\n[page](https://a.example/b)\n";
        let expected = "print(...: any)\n\nglobal function\n\nWrites x_y and more:\nhere.\n\nValues\n\n\
                        - \"a\" — first\n- second\n\nSince 3.0\nPhases any\n\npage (https://a.example/b)";
        assert_eq!(content(markdown.to_owned(), false).value, expected);
        assert_eq!(content(markdown.to_owned(), true).value, markdown);
    }
}
