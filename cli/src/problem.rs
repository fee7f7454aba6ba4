//! What goes wrong outside the checked scripts: paths, usage, configuration.

use std::fmt::Display;
use std::io;
use std::path::Path;

use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE, DEFAULT_WARNING_STYLE};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use momentum_lua_analyzer::syntax::Span;

use crate::report::Excerpt;
use crate::source::Source;

/// A message for the person who typed the command.
#[derive(Debug)]
pub(crate) struct Problem {
    message: String,
    help: Option<String>,
    /// The message with the place that it is about, rendered.
    excerpt: Option<String>,
}

impl Problem {
    /// A problem; `message` has no full stop.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, excerpt: None }
    }

    /// Says what to do about it.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Shows the place that it is about.
    #[must_use]
    pub(crate) fn at(mut self, source: &Source, span: Span) -> Self {
        let excerpt = Excerpt::around(source, &[span]);
        let place = AnnotationKind::Primary.span(excerpt.range(span));
        let snippet =
            Snippet::source(excerpt.text).line_start(excerpt.first_line).path(&source.path).annotation(place);
        let report = Level::ERROR.primary_title(self.message.as_str()).element(snippet);
        self.excerpt = Some(Renderer::styled().render(&[report]));
        self
    }

    /// Offers names that are close to one that does not exist.
    #[must_use]
    pub(crate) fn near(self, names: &[impl Display]) -> Self {
        match names {
            [] => self,
            [first, rest @ ..] => {
                let more: String = rest.iter().map(|name| format!(" or `{name}`")).collect();
                self.help(format!("did you mean `{first}`{more}?"))
            }
        }
    }

    /// `path` could not be read or written.
    pub(crate) fn io(what: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!("cannot {what} `{}`: {}", path.display(), reason(error)))
    }

    /// Prints it on the standard error stream.
    pub(crate) fn print(&self) {
        let (error, help) = (DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE);
        match &self.excerpt {
            Some(excerpt) => anstream::eprintln!("{excerpt}"),
            None => anstream::eprintln!("{error}error{error:#}: {}", self.message),
        }
        if let Some(text) = &self.help {
            anstream::eprintln!("  {help}help{help:#}: {text}");
        }
    }
}

/// Prints a remark that does not keep the command from succeeding.
pub(crate) fn warn(message: &str) {
    let warning = DEFAULT_WARNING_STYLE;
    anstream::eprintln!("{warning}warning{warning:#}: {message}");
}

/// The system's words for an error, without its number.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}
