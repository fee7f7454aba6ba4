//! What goes wrong outside the checked scripts: paths, usage, configuration.

use std::fmt::Display;
use std::io;
use std::path::Path;
use std::sync::Arc;

use momentum_lua_analyzer::syntax::Span;

use crate::source::Source;

/// A message for the person who gave the command, or who has the tree open.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The place that it is about.
    pub place: Option<(Arc<Source>, Span)>,
}

impl Problem {
    /// A problem; `message` has no full stop.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, place: None }
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names the place that it is about.
    #[must_use]
    pub fn at(mut self, source: &Arc<Source>, span: Span) -> Self {
        self.place = Some((Arc::clone(source), span));
        self
    }

    /// Offers names that are close to one that does not exist.
    #[must_use]
    pub fn near(self, names: &[impl Display]) -> Self {
        match names {
            [] => self,
            [first, rest @ ..] => {
                let more: String = rest.iter().map(|name| format!(" or `{name}`")).collect();
                self.help(format!("did you mean `{first}`{more}?"))
            }
        }
    }

    /// `path` could not be read or written.
    pub fn io(what: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!("cannot {what} `{}`: {}", path.display(), reason(error)))
    }
}

/// The system's words for an error, without its number.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}
