//! The pages of the project, and what stands in them.
use std::ops::Range;
use std::path::{Path, PathBuf};

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

/// The folder of the project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A Markdown file.
pub(crate) struct Page {
    /// Relative to the project, with `/`.
    pub(crate) path: String,
    /// Its text, with LF.
    pub(crate) text: String,
}

/// A piece of a page, and where it begins.
pub(crate) struct Piece {
    pub(crate) text: String,
    /// From 1.
    pub(crate) line: usize,
}

/// A fenced block.
pub(crate) struct Block {
    /// What stands behind the fence: the language and more.
    pub(crate) info: String,
    pub(crate) content: Piece,
}

/// All pages, in the order of their paths; material of tests is none.
pub(crate) fn all() -> Vec<Page> {
    let root = root();
    let mut pages: Vec<Page> = ignore::WalkBuilder::new(&root)
        .build()
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "md"))
        .map(|entry| entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/"))
        .filter(|path| !path.contains(".in/"))
        .map(|path| Page { text: read(&root.join(&path)), path })
        .collect();
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap().replace("\r\n", "\n")
}

impl Page {
    fn line(&self, offset: usize) -> usize {
        self.text[..offset].matches('\n').count() + 1
    }

    fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        Parser::new_ext(&self.text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).into_offset_iter()
    }

    /// The fenced blocks, in order.
    pub(crate) fn blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut inside = false;
        for (event, range) in self.events() {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    inside = true;
                    let content = Piece { text: String::new(), line: self.line(range.start) + 1 };
                    blocks.push(Block { info: info.into_string(), content });
                }
                Event::End(TagEnd::CodeBlock) => inside = false,
                Event::Text(text) if inside => blocks.last_mut().unwrap().content.text.push_str(&text),
                _ => {}
            }
        }
        blocks
    }

    /// The texts that are set as code within a line.
    pub(crate) fn code_spans(&self) -> Vec<Piece> {
        self.events()
            .filter_map(|(event, range)| match event {
                Event::Code(text) => {
                    Some(Piece { text: text.replace('\n', " "), line: self.line(range.start) })
                }
                _ => None,
            })
            .collect()
    }

    /// Where links and images lead, as it is written; links by a name that is not defined lead to `[NAME]`.
    pub(crate) fn links(&self) -> Vec<Piece> {
        let undefined = |link: BrokenLink<'_>| {
            let by_name = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
            by_name.then(|| (format!("[{}]", link.reference).into(), "".into()))
        };
        Parser::new_with_broken_link_callback(&self.text, Options::ENABLE_TABLES, Some(undefined))
            .into_offset_iter()
            .filter_map(|(event, range)| match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    Some(Piece { text: dest_url.into_string(), line: self.line(range.start) })
                }
                _ => None,
            })
            .collect()
    }

    /// The anchors that code hosts give to headings.
    pub(crate) fn anchors(&self) -> Vec<String> {
        let mut anchors: Vec<String> = Vec::new();
        let mut heading: Option<String> = None;
        for (event, _) in self.events() {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::Text(text) | Event::Code(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                Event::End(TagEnd::Heading(_)) => {
                    let plain = anchor(&heading.take().unwrap());
                    let of_that_name = |other: &&String| {
                        let rest = other.strip_prefix(&plain);
                        rest.is_some_and(|rest| {
                            rest.is_empty()
                                || rest.strip_prefix('-').is_some_and(|n| n.parse::<u32>().is_ok())
                        })
                    };
                    match anchors.iter().filter(of_that_name).count() {
                        0 => anchors.push(plain),
                        earlier => anchors.push(format!("{plain}-{earlier}")),
                    }
                }
                _ => {}
            }
        }
        anchors
    }
}

/// A heading's anchor as GitHub and GitLab make it: in small letters, blanks as `-`, without punctuation.
fn anchor(heading: &str) -> String {
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            ' ' => Some('-'),
            '-' | '_' => Some(letter),
            _ => letter.is_alphanumeric().then_some(letter),
        })
        .collect()
}

#[test]
fn anchors_are_those_of_code_hosts() {
    let page =
        Page { path: String::new(), text: "# `target`\n## C & C++, two\n## Same\n### Same\n".to_owned() };
    assert_eq!(page.anchors(), ["target", "c--c-two", "same", "same-1"]);
}
