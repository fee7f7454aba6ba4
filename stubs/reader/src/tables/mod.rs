//! Reads the tables in TOML: which table a file is says its name.

mod adaptive;
mod context_variables;
mod facts;
mod macros;
mod modules;
mod options;
mod phases;

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;

use crate::draft::{Draft, ReferenceKind};
use crate::luacats;
use crate::model::{About, Origin, ServerFacts, Since, Text};
use crate::problem::{Lines, Problem};
use facts::Facts;

/// Reads one table into a draft.
pub(crate) fn read(path: &str, text: &str, draft: &mut Draft) {
    let mut reader = Reader { path, lines: Lines::new(path, text), draft };
    let name = path.rsplit('/').next().unwrap_or(path);
    match name {
        "adaptive.toml" => reader.parse(text, Reader::adaptive),
        "context_variables.toml" => reader.parse(text, Reader::context_variables),
        "macros.toml" => reader.parse(text, Reader::macros),
        "modules.toml" => reader.parse(text, Reader::modules),
        "options.toml" => reader.parse(text, Reader::options),
        "phases.toml" => reader.parse(text, Reader::phases),
        _ => {
            let message =
                "no table is called so: adaptive, context_variables, macros, modules, options and phases are";
            reader.problem(0..0, message.to_owned());
        }
    }
}

struct Reader<'a> {
    path: &'a str,
    lines: Lines<'a>,
    draft: &'a mut Draft,
}

impl Reader<'_> {
    fn parse<T: DeserializeOwned>(&mut self, text: &str, take: fn(&mut Self, T)) {
        match toml::from_str(text) {
            Ok(table) => take(self, table),
            Err(error) => self.problem(error.span().unwrap_or(0..0), error.message().to_owned()),
        }
    }

    fn problem(&mut self, range: Range<usize>, message: String) {
        self.draft.error(&self.lines, Problem::new(range, message));
    }

    /// What every entry says; `at` is where it stands.
    fn about(&mut self, facts: &Facts, at: &Range<usize>) -> About {
        About {
            doc: facts.doc.as_str().into(),
            since: self.versions(facts.since.as_ref()),
            until: self.versions(facts.until.as_ref()),
            corrections: facts.correction.iter().map(Text::from).collect(),
            page: facts.page.as_deref().map(Text::from),
            origin: Origin { file: self.path.into(), line: self.lines.line(at.start) },
            ..About::default()
        }
    }

    fn versions(&mut self, text: Option<&Spanned<String>>) -> Since {
        let Some(text) = text else { return Since::default() };
        let mut series = Vec::new();
        for pair in text.get_ref().split_whitespace() {
            let parsed = pair
                .split_once('=')
                .and_then(|(number, first)| Some((number.parse().ok()?, first.parse().ok()?)));
            match parsed {
                Some(pair) => series.push(pair),
                None => {
                    let message = format!("expected a series and a version, such as `4=4.0`, found `{pair}`");
                    self.problem(text.span(), message);
                }
            }
        }
        Since { series }
    }

    /// Notes that a name must exist, and gives it as it is.
    fn reference(&mut self, kind: ReferenceKind, name: &Spanned<String>) -> Text {
        let value = Text::from(name.get_ref());
        self.draft.refer(&self.lines, kind, &luacats::Spanned { value: value.clone(), range: name.span() });
        value
    }

    fn references(&mut self, kind: ReferenceKind, names: &[Spanned<String>]) -> Vec<Text> {
        names.iter().map(|name| self.reference(kind, name)).collect()
    }

    fn facts(&mut self) -> &mut ServerFacts {
        self.draft.model.server.get_or_insert_default()
    }
}

fn text(text: &str) -> Text {
    text.into()
}

fn texts(texts: &[String]) -> Vec<Text> {
    texts.iter().map(Text::from).collect()
}

fn optional(text: Option<&String>) -> Option<Text> {
    text.map(Text::from)
}

#[cfg(test)]
mod tests {
    use crate::Api;
    use crate::read::{StubFile, read_stubs};

    fn errors(path: &str, text: &str) -> Vec<String> {
        let (_, errors) = read_stubs(&[StubFile { path, text }], &Api::default());
        errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        let found = errors(
            "tables/macros.toml",
            "[[macro]]\nsyntax = \"%x\"\nnamespace = \"a\"\ndoc = \"x\"\nwrong = 1\n",
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("tables/macros.toml:5:1: unknown field `wrong`"), "{found:?}");
        let found = errors("tables/modules.toml", "[[module]]\nname = \"a\"\ncompanions = [\"b\"]\n");
        assert_eq!(found, ["tables/modules.toml:3:15: no module is called `b`"]);
        let found = errors("tables/other.toml", "");
        assert!(found[0].contains("no table is called so"), "{found:?}");
    }

    #[test]
    fn versions_are_checked() {
        let text = "[[variable]]\nname = \"a\"\ndictionary = \"conn\"\ndoc = \"x\"\nmodule = \"global\"\nsince = \"4\"\n";
        let found = errors("context_variables.toml", text);
        assert_eq!(
            found,
            ["context_variables.toml:6:9: expected a series and a version, such as `4=4.0`, found `4`"]
        );
    }
}
