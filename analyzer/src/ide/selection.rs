//! What a selection grows to: the word, the expression, the arguments, the statement, the block, the function, the file.

use super::configuration_outline;
use super::server_configuration::span;
use super::toml::Layout;
use crate::configuration::ecelerity::{Statement as Configured, Value, Word};
use crate::project::{FileId, Project, Script};
use crate::syntax::tree::ExpressionKind;
use crate::syntax::{Span, offset_u32};

/// The ranges around an offset, the smallest first; each holds the one before it and is larger.
#[must_use]
pub fn ranges(project: &Project, file: FileId, offset: u32) -> Vec<Span> {
    let Some(text) = project.text(file) else { return Vec::new() };
    let mut found = Around { text, offset, found: vec![Span::new(0, offset_u32(text.len()))] };
    match project.script(file) {
        Some(script) => found.script(&script),
        None => {
            if let Some(document) = configuration_outline::document(project, file) {
                found.configured(&document.statements);
                document.comments.iter().for_each(|comment| found.add(span(comment)));
            }
        }
    }
    found.finish()
}

/// The ranges around an offset of a TOML text, likewise.
#[must_use]
pub fn ranges_in_toml(text: &str, offset: u32) -> Vec<Span> {
    let mut found = Around { text, offset, found: vec![Span::new(0, offset_u32(text.len()))] };
    let layout = Layout::of(text);
    for table in &layout.tables {
        found.add(table.span);
        table.header.into_iter().for_each(|header| found.add_bracketed(header));
        for pair in &table.keys {
            [pair.span, pair.key].into_iter().for_each(|span| found.add(span));
            pair.parts.iter().for_each(|&part| match part.text(text).starts_with(['[', '{', '"', '\'']) {
                true => found.add_bracketed(part),
                false => found.add(part),
            });
        }
    }
    layout.comments.iter().for_each(|&comment| found.add(comment));
    found.finish()
}

struct Around<'a> {
    text: &'a str,
    offset: u32,
    found: Vec<Span>,
}

impl Around<'_> {
    fn add(&mut self, span: Span) {
        if span.touches(self.offset) && !span.is_empty() {
            self.found.push(span);
        }
    }

    /// What stands between brackets or words, without the blanks around it.
    fn add_content(&mut self, span: Span) {
        let text = span.text(self.text);
        let start = span.start + offset_u32(text.len() - text.trim_start().len());
        let end = start + offset_u32(text.trim().len());
        self.add(Span::new(start, end));
    }

    fn add_bracketed(&mut self, span: Span) {
        self.add(span);
        self.add_content(Span::new(span.start + 1, span.end.saturating_sub(1).max(span.start + 1)));
    }

    fn finish(mut self) -> Vec<Span> {
        self.found.sort_by_key(|span| (span.len(), span.start));
        let mut nested: Vec<Span> = Vec::new();
        for span in self.found {
            match nested.last() {
                Some(inner) if !span.covers(*inner) || span == *inner => {}
                _ => nested.push(span),
            }
        }
        nested
    }

    fn script(&mut self, script: &Script<'_>) {
        let (tree, offset) = (script.tree(), self.offset);
        if let Some(token) = script.parsed().token_at(self.offset) {
            self.add(token.span);
        }
        if let Some(comment) = script.parsed().comment_at(self.offset) {
            self.add(comment.span);
            let text = comment.span.text(self.text);
            let inside = text.trim_start_matches('-').trim_start_matches("[[").trim_end_matches("]]");
            let start = comment.span.start + offset_u32(text.find(inside).unwrap_or(0));
            self.add_content(Span::new(start, start + offset_u32(inside.len())));
        }
        for (_, expression) in tree.expressions().filter(|(_, expression)| expression.span.touches(offset)) {
            self.add(expression.span);
            match &expression.kind {
                ExpressionKind::Call(call) => {
                    if let Some(method) = &call.method {
                        self.add(script.span(call.callee).to(method.span));
                    }
                    self.add_bracketed(call.arguments_span);
                }
                ExpressionKind::Table(fields) => {
                    fields.iter().for_each(|field| self.add(field.span));
                    self.add_bracketed(expression.span);
                }
                ExpressionKind::Parenthesized(_) => self.add_bracketed(expression.span),
                ExpressionKind::String(_) => {
                    let text = expression.span.text(self.text);
                    let width = match text.starts_with('[') {
                        true => {
                            text.char_indices().skip(1).find(|(_, c)| *c == '[').map_or(1, |(at, _)| at + 1)
                        }
                        false => 1,
                    };
                    let (start, end) = (expression.span.start + offset_u32(width), expression.span.end);
                    self.add(Span::new(start, end.saturating_sub(offset_u32(width)).max(start)));
                }
                _ => {}
            }
        }
        for (_, function) in tree.functions() {
            self.add(function.span);
            self.add_bracketed(function.parameters_span);
        }
        tree.statements().for_each(|(_, statement)| self.add(statement.span));
        tree.blocks().for_each(|(_, block)| self.add_content(block.span));
    }

    fn configured(&mut self, statements: &[Configured]) {
        for statement in statements {
            self.add(span(&statement.range()));
            match statement {
                Configured::Scope(scope) => {
                    self.word(&scope.kind);
                    scope.name.iter().for_each(|name| self.word(name));
                    self.add(span(&scope.head_range()));
                    let end = scope.close.as_ref().map_or(scope.range.end, |close| close.start);
                    self.add_content(span(&(scope.open.end..end.max(scope.open.end))));
                    self.configured(&scope.statements);
                }
                Configured::Assignment(assignment) => {
                    self.word(&assignment.key);
                    assignment.value.iter().for_each(|value| self.value(value));
                }
                Configured::Include(include) => {
                    self.word(&include.keyword);
                    include.path.iter().for_each(|path| self.word(path));
                }
            }
        }
    }

    fn word(&mut self, word: &Word) {
        self.add(span(&word.range));
        self.add(span(&word.raw_range(self.text)));
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Word(word) => self.word(word),
            Value::Collection(list) => {
                self.add_bracketed(span(&list.range));
                for item in &list.items {
                    self.add(span(&item.range));
                    item.key.iter().for_each(|key| self.word(key));
                    item.value.iter().for_each(|value| self.value(value));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::project_at;

    fn shown(text: &str) -> Vec<String> {
        let (project, file, offset) = project_at(text);
        let text = project.text(file).unwrap();
        ranges(&project, file, offset).into_iter().map(|span| span.text(text).trim_end().to_owned()).collect()
    }

    #[test]
    fn from_the_word_to_the_file() {
        assert_eq!(
            shown("local a = f(\"o$0ne two\", b)\nlocal c\n"),
            [
                "one two",
                "\"one two\"",
                "\"one two\", b",
                "(\"one two\", b)",
                "f(\"one two\", b)",
                "local a = f(\"one two\", b)",
                "local a = f(\"one two\", b)\nlocal c",
                "local a = f(\"one two\", b)\nlocal c",
            ]
        );
        assert_eq!(
            shown("function f()\n  x = a$0.b\nend"),
            ["a", "a.b", "x = a.b", "function f()\n  x = a.b\nend"]
        );
    }

    #[test]
    fn in_the_configuration() {
        assert_eq!(
            shown("//- /etc/ecelerity.conf\nscriptlet \"s\" { gc = (\"a\" \"b$0\") }\n"),
            [
                "b",
                "\"b\"",
                "\"a\" \"b\"",
                "(\"a\" \"b\")",
                "gc = (\"a\" \"b\")",
                "scriptlet \"s\" { gc = (\"a\" \"b\") }",
                "scriptlet \"s\" { gc = (\"a\" \"b\") }",
            ]
        );
    }
}
