//! Markdown on a terminal.

use anstyle::{AnsiColor, Effects, Style as Paint};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::terminal::Style;

/// Renders Markdown. Without colours it is left as it is: it reads well, and can be fed to other programs.
pub(crate) fn render(markdown: &str, style: Style) -> String {
    if !style.colors {
        return markdown.to_owned();
    }
    let mut renderer = Renderer { width: style.width, ..Renderer::default() };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        renderer.event(event);
    }
    renderer.paragraph();
    renderer.out
}

/// Words that belong together, up to the next blank.
#[derive(Default)]
struct Word {
    /// The text with its escape sequences.
    painted: String,
    /// Its columns.
    width: usize,
}

#[derive(Default)]
struct Renderer {
    out: String,
    width: usize,
    /// The paragraph so far.
    words: Vec<Word>,
    /// Whether the next text goes on with the last word.
    joined: bool,
    /// Effects of the text around.
    paints: Vec<Paint>,
    /// The next number of each list around, or nothing for bullets.
    lists: Vec<Option<u64>>,
    /// What the next line opens with: a bullet.
    marker: Option<String>,
    /// Inside a code block, which is printed as it is.
    code: bool,
    /// The address of the link around.
    link: Option<String>,
}

const CODE: Paint = AnsiColor::Cyan.on_default();
const HEADING: Paint = AnsiColor::BrightWhite.on_default().effects(Effects::BOLD);

impl Renderer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => self.code_lines(&text),
            Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => self.text(&text, Paint::new()),
            Event::Code(code) => self.text(&code, CODE),
            Event::SoftBreak => self.joined = false,
            Event::HardBreak => self.lines(),
            Event::Rule => self.out.push_str("---\n\n"),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.paragraph();
                let underlined = if level == HeadingLevel::H1 { Effects::UNDERLINE } else { Effects::new() };
                self.paints.push(HEADING | underlined);
            }
            Tag::CodeBlock(kind) => {
                self.paragraph();
                // Indented code is no example, so it needs no telling apart.
                self.code = matches!(kind, CodeBlockKind::Fenced(_) | CodeBlockKind::Indented);
            }
            Tag::Emphasis => self.paints.push(Paint::new().italic()),
            Tag::Strong => self.paints.push(Paint::new().bold()),
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.into_string()),
            Tag::List(first) => {
                self.lines();
                self.lists.push(first);
            }
            Tag::Item => {
                self.lines();
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let marker = format!("{number}. ");
                        *number += 1;
                        marker
                    }
                    _ => "• ".to_owned(),
                };
                self.marker = Some(marker);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.paragraph();
                self.paints.pop();
            }
            TagEnd::Paragraph if self.lists.is_empty() => self.paragraph(),
            TagEnd::Paragraph | TagEnd::Item => self.lines(),
            TagEnd::CodeBlock => {
                self.code = false;
                self.out.push('\n');
            }
            TagEnd::Emphasis | TagEnd::Strong => {
                self.paints.pop();
            }
            TagEnd::Link => {
                if let Some(address) = self.link.take()
                    && !self.words.last().is_some_and(|word| word.painted.contains(&address))
                {
                    self.text(&format!(" <{address}>"), Paint::new());
                }
            }
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.out.push('\n');
                }
            }
            TagEnd::TableCell => self.text("  ", Paint::new()),
            TagEnd::TableRow | TagEnd::TableHead => self.lines(),
            TagEnd::Table => self.out.push('\n'),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, paint: Paint) {
        let paint = self.paints.iter().fold(paint, |all, one| {
            let color = all.get_fg_color().or(one.get_fg_color());
            all.fg_color(color).effects(all.get_effects() | one.get_effects())
        });
        for (index, word) in text.split(char::is_whitespace).enumerate() {
            if index > 0 {
                self.joined = false;
            }
            if word.is_empty() {
                continue;
            }
            if !self.joined || self.words.is_empty() {
                self.words.push(Word::default());
            }
            if let Some(last) = self.words.last_mut() {
                last.painted.push_str(&format!("{paint}{word}{paint:#}"));
                last.width += word.chars().count();
            }
            self.joined = true;
        }
    }

    fn code_lines(&mut self, text: &str) {
        let indent = " ".repeat(self.indent() + 4);
        for line in text.lines() {
            self.out.push_str(format!("{indent}{CODE}{line}{CODE:#}").trim_end());
            self.out.push('\n');
        }
    }

    fn indent(&self) -> usize {
        self.lists.len().saturating_sub(1) * 2
    }

    /// Prints the words so far, broken into lines.
    fn lines(&mut self) {
        let marker = self.marker.take();
        if self.words.is_empty() {
            self.marker = marker;
            return;
        }
        let indent = self.indent();
        let hanging = if self.lists.is_empty() { 0 } else { 2 };
        self.out.push_str(&" ".repeat(indent));
        match &marker {
            Some(marker) => self.out.push_str(marker),
            None => self.out.push_str(&" ".repeat(hanging)),
        }
        let mut column = indent + hanging;
        for (index, word) in self.words.drain(..).enumerate() {
            if index > 0 && column + 1 + word.width > self.width {
                self.out.push('\n');
                self.out.push_str(&" ".repeat(indent + hanging));
                column = indent + hanging;
            } else if index > 0 {
                self.out.push(' ');
                column += 1;
            }
            self.out.push_str(&word.painted);
            column += word.width;
        }
        self.out.push('\n');
        self.joined = false;
    }

    /// Prints the words so far and an empty line.
    fn paragraph(&mut self) {
        if !self.words.is_empty() {
            self.lines();
            self.out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { colors: true, width: 24 };

    fn plain(markdown: &str) -> String {
        anstream::adapter::strip_str(&render(markdown, STYLE)).to_string()
    }

    #[test]
    fn words_are_wrapped_and_code_is_not() {
        let text = "## Title\nSome `code`, which **must** be wrapped.\n\n- one\n- two items that are long\n\n\
                    ```lua\nlocal a_long_line_of_code = 1\n```\nend\n";
        assert_eq!(
            plain(text),
            "Title\n\nSome code, which must be\nwrapped.\n\n• one\n• two items that are\n  long\n\n    \
             local a_long_line_of_code = 1\n\nend\n\n"
        );
    }

    #[test]
    fn without_colours_it_is_left_alone() {
        assert_eq!(render("# a *b*", Style::PLAIN), "# a *b*");
    }

    #[test]
    fn links_show_their_address() {
        assert_eq!(plain("[page](https://x.y)"), "page <https://x.y>\n\n");
        assert_eq!(plain("<https://x.y>"), "https://x.y\n\n");
    }
}
