//! Comment blocks.

use std::ops::Range;

use super::cursor::Cursor;
use super::expression::Parser;
use super::tag::{Spanned, Tag, TagLine};
use super::tag_reader::{Dialect, TagReader};
use crate::model::{Generic, Text};
use crate::problem::Problem;

/// One line of a comment, without what makes it a comment (`---`, ` * `).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommentLine<'a> {
    /// The text behind the mark, white space included.
    pub text: &'a str,
    /// The byte of the file at which the text begins.
    pub offset: usize,
}

/// A comment block: what it describes, its tags in order, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Block {
    /// The description, Markdown: the lines before the first tag, and paragraphs after an empty line.
    pub doc: Text,
    /// The tags.
    pub tags: Vec<TagLine>,
    /// Names of classes, aliases and groups in its types.
    pub names: Vec<Spanned<Text>>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// The bytes from the first line's text to the last one's.
    pub range: Range<usize>,
}

impl Block {
    /// Reads a block of Lua comments: lines that begin with `---`, given without it.
    #[must_use]
    pub fn parse(lines: &[CommentLine<'_>]) -> Self {
        Self::read(lines, Dialect::Lua)
    }

    /// Reads a comment of a C header, where `@param` has no type.
    #[must_use]
    pub(crate) fn parse_c(lines: &[CommentLine<'_>]) -> Self {
        Self::read(lines, Dialect::C)
    }

    fn read(lines: &[CommentLine<'_>], dialect: Dialect) -> Self {
        let generics = type_parameters(lines);
        let mut reader = TagReader { dialect, parser: Parser::new(&generics) };
        let mut block = Block { range: span(lines), ..Block::default() };
        let mut doc: Vec<&str> = Vec::new();
        let mut continues = false;
        for line in lines {
            let trimmed = line.text.trim_start();
            let mut cursor = Cursor::new(trimmed, line.offset + line.text.len() - trimmed.len());
            if cursor.take("@") {
                let tag = reader.read(&mut cursor);
                continues = tag.is_some();
                block.tags.extend(tag);
            } else if dialect == Dialect::Lua && cursor.take("|") {
                let start = cursor.offset().saturating_sub(1);
                if let Some(member) = reader.alias_member(&mut cursor) {
                    block.tags.push(TagLine { tag: Tag::AliasMember(member), range: start..start + 1 });
                }
                continues = false;
            } else if trimmed.trim_end().is_empty() {
                continues = false;
                doc.push("");
            } else if continues && let Some(text) = block.tags.last_mut().and_then(|line| line.tag.text_mut())
            {
                *text = Text::from(format!(
                    "{text}{}{}",
                    if text.is_empty() { "" } else { " " },
                    trimmed.trim_end()
                ));
            } else {
                doc.push(line.text.strip_prefix(' ').unwrap_or(line.text).trim_end());
            }
        }
        block.doc = paragraphs(&doc);
        block.problems = reader.parser.problems;
        block.names =
            reader.parser.names.into_iter().map(|(value, range)| Spanned { value, range }).collect();
        block
    }

    /// The type parameters that its tags declare.
    #[must_use]
    pub fn generics(&self) -> Vec<Generic> {
        let declared = self.tags.iter().filter_map(|line| match &line.tag {
            Tag::Generic(generics) => Some(generics),
            _ => None,
        });
        declared.flatten().cloned().collect()
    }
}

/// Names of type parameters, which have to be known before types are read.
fn type_parameters(lines: &[CommentLine<'_>]) -> Vec<Text> {
    let mut names = Vec::new();
    for line in lines {
        let text = line.text.trim_start();
        let mut cursor = Cursor::new(text, 0);
        if cursor.take("@generic ") {
        } else if cursor.take("@class ") || cursor.take("@alias ") {
            cursor.skip_space();
            cursor.take_while(|c| !c.is_whitespace() && c != '<');
            if !cursor.take("<") {
                continue;
            }
        } else {
            continue;
        }
        let mut reader = TagReader { dialect: Dialect::Lua, parser: Parser::new(&[]) };
        names.extend(reader.generics(&mut cursor).into_iter().flatten().map(|generic| generic.name));
    }
    names
}

fn span(lines: &[CommentLine<'_>]) -> Range<usize> {
    let start = lines.first().map_or(0, |line| line.offset);
    start..lines.last().map_or(start, |line| line.offset + line.text.len())
}

/// Lines put together, without empty ones at either end and without two empty ones in a row.
fn paragraphs(lines: &[&str]) -> Text {
    let mut text = String::new();
    let mut gap = false;
    for line in lines {
        if line.is_empty() {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('\n');
        }
        if !text.is_empty() {
            text.push('\n');
        }
        gap = false;
        text.push_str(line);
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::luacats::{FieldKey, ParamTag};
    use crate::model::Type;

    fn block(text: &str) -> Block {
        let mut offset = 0;
        let mut lines = Vec::new();
        for line in text.split_inclusive('\n') {
            let behind = line.trim_end_matches('\n').strip_prefix("---").expect("a comment");
            lines.push(CommentLine { text: behind, offset: offset + 3 });
            offset += line.len();
        }
        Block::parse(&lines)
    }

    fn tags(text: &str) -> Vec<Tag> {
        let block = block(text);
        assert_eq!(block.problems, [], "{text}");
        block.tags.into_iter().map(|line| line.tag).collect()
    }

    fn problem(text: &str) -> String {
        let block = block(text);
        let problem = block.problems.first().unwrap_or_else(|| panic!("{text} is accepted"));
        format!("`{}` {}", text.get(problem.range.clone()).unwrap_or("?"), problem.message)
    }

    #[test]
    fn description_and_tags_are_apart() {
        let block = block(
            "--- First.\n---\n--- Second\n--- goes on.\n---@param a string The a\n---  which goes on.\n---\n--- Third.\n",
        );
        assert_eq!(block.doc, "First.\n\nSecond\ngoes on.\n\nThird.");
        let [TagLine { tag: Tag::Param(ParamTag { name, doc, ty, .. }), range }] = block.tags.as_slice()
        else {
            panic!("{:?}", block.tags)
        };
        assert_eq!(
            (name.value.as_str(), doc.as_str(), ty),
            ("a", "The a which goes on.", &Some(Type::String))
        );
        assert_eq!(range.clone(), 42..48);
    }

    #[test]
    fn a_result_has_a_type_a_name_and_a_text() {
        let Some(Tag::Return(result)) = tags("---@return table<string, string>? matches The groups.\n").pop()
        else {
            panic!()
        };
        assert_eq!(result.values[0].0.to_string(), "table<string, string>?");
        assert_eq!(result.values[0].1.as_deref(), Some("matches"));
        assert_eq!(result.doc, "The groups.");
        let Some(Tag::Return(result)) = tags("---@return string a, integer b # both\n").pop() else {
            panic!()
        };
        assert_eq!(result.values.len(), 2);
        assert_eq!(result.doc, "both");
        let Some(Tag::Return(result)) = tags("---@return string\n").pop() else { panic!() };
        assert_eq!(result.values, [(Type::String, None)]);
    }

    #[test]
    fn fields_have_names_or_indexes() {
        let all = tags(
            "---@class a: b, c.d\n---@field [string] any All.\n---@field [\"two-words\"]? string x\n---@field private n integer\n",
        );
        let keys: Vec<_> = all
            .iter()
            .filter_map(
                |tag| if let Tag::Field(field) = tag { Some((&field.key, field.optional)) } else { None },
            )
            .collect();
        assert_eq!(
            keys,
            [
                (&FieldKey::Index(Type::String), false),
                (&FieldKey::Name("two-words".into()), true),
                (&FieldKey::Name("n".into()), false),
            ]
        );
        assert!(matches!(&all[0], Tag::Class(class) if class.parents.len() == 2 && class.name.value == "a"));
    }

    #[test]
    fn type_parameters_are_known_in_the_whole_block() {
        let block = block("---@generic K, V: string\n---@param t table<K, V>\n---@return fun(a: K): V\n");
        assert_eq!(block.names, []);
        assert_eq!(block.generics().len(), 2);
        let Tag::Param(param) = &block.tags[1].tag else { panic!() };
        assert_eq!(param.ty, Some(Type::Map((Type::Generic("K".into()), Type::Generic("V".into())).into())));
    }

    #[test]
    fn own_tags() {
        let all = tags(
            "---@since 3=3.1 4=4.0\n---@callout core_final_validation2 (recommended), init\n---@result msys.core.VALIDATE_CONT go on\n---@result \"a b\" text\n---@until 4=5.1 fun(msg: ec_message)\n---@writable 0, 1\n",
        );
        assert!(matches!(&all[0], Tag::Since(since) if since.to_string() == "3.1, 4.0"));
        assert!(
            matches!(&all[1], Tag::Callout(list) if list.len() == 2 && list[0].value.remark.as_deref() == Some("recommended"))
        );
        assert!(
            matches!(&all[2], Tag::Result { value, meaning } if value.value == "msys.core.VALIDATE_CONT" && meaning == "go on")
        );
        assert!(matches!(&all[3], Tag::Result { value, .. } if value.value == "\"a b\""));
        assert!(
            matches!(&all[4], Tag::Until(until, Some(signature)) if until.to_string() == "5.1" && signature.params.len() == 1)
        );
        assert!(matches!(&all[5], Tag::Writable(values) if values.len() == 2));
    }

    #[test]
    fn aliases_over_several_lines() {
        let all = tags("---@alias mode\n---| \"r\" # reads\n---| \"w\"\n");
        assert!(matches!(&all[0], Tag::Alias { ty: None, .. }));
        assert!(matches!(&all[1], Tag::AliasMember(member) if member.doc == "reads"));
        assert_eq!(all.len(), 3);
    }

    #[test]
    fn problems_say_which_bytes() {
        assert_eq!(problem("---@parm a string\n"), "`@parm` `@parm` is no tag; `@param` is one");
        assert_eq!(problem("---@param a table<string>\n"), "`<string>` `table<K, V>` takes two types, not 1");
        assert_eq!(problem("---@param a\n"), "`` expected a type, found the end of the line");
        assert_eq!(
            problem("---@since 4\n"),
            "`4` expected a series and its first version, such as `4=4.0`, found `4`"
        );
        assert_eq!(
            problem("---@fidelity good\n"),
            "`good` expected `modelled`, `fixture` or `recorded`, found `good`"
        );
        assert_eq!(problem("---@overload string\n"), "`string` expected `fun(…)`, found `string`");
        assert_eq!(problem("---@yields now\n"), "`n` expected the end of the line, found `now`");
        assert_eq!(problem("---@trap\n"), "`` expected a text, found the end of the line");
    }
}
