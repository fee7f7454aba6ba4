//! Problems on the terminal.

use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE, DEFAULT_WARNING_STYLE};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
pub(crate) use momentum_lua_workspace::Problem;
pub(crate) use momentum_lua_workspace::problem::reason;

use crate::report::Excerpt;

/// What can be shown on the standard error stream.
pub(crate) trait Print {
    /// Prints it on the standard error stream.
    fn print(&self) {
        anstream::eprint!("{}", self.rendered());
    }

    /// The text that is printed, with colours.
    fn rendered(&self) -> String;
}

impl Print for Problem {
    fn rendered(&self) -> String {
        let (error, help) = (DEFAULT_ERROR_STYLE, DEFAULT_HELP_STYLE);
        let mut text = match &self.place {
            Some((source, span)) => {
                let excerpt = Excerpt::around(source, &[*span]);
                let place = AnnotationKind::Primary.span(excerpt.range(*span));
                let snippet = Snippet::source(excerpt.text)
                    .line_start(excerpt.first_line)
                    .path(&source.path)
                    .annotation(place);
                let report = Level::ERROR.primary_title(self.message.as_str()).element(snippet);
                format!("{}\n", Renderer::styled().render(&[report]))
            }
            None => format!("{error}error{error:#}: {}\n", self.message),
        };
        if let Some(advice) = &self.help {
            text.push_str(&format!("  {help}help{help:#}: {advice}\n"));
        }
        text
    }
}

/// Prints a remark that does not keep the command from succeeding.
pub(crate) fn warn(message: &str) {
    let warning = DEFAULT_WARNING_STYLE;
    anstream::eprintln!("{warning}warning{warning:#}: {message}");
}
