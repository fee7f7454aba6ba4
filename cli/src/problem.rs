//! What goes wrong outside the checked scripts: paths, usage, configuration.

use std::fmt::Display;
use std::io;
use std::path::Path;

use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE};

/// A message for the person who typed the command.
#[derive(Debug)]
pub(crate) struct Problem {
    message: String,
    help: Option<String>,
}

impl Problem {
    /// A problem; `message` has no full stop.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// Says what to do about it.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
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
        anstream::eprintln!("{error}error{error:#}: {}", self.message);
        if let Some(text) = &self.help {
            anstream::eprintln!("  {help}help{help:#}: {text}");
        }
    }
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
