//! What is known of the terminal.

use std::io::{self, IsTerminal, Write};

use momentum_lua_analyzer::syntax::{self, Encoding};

/// Columns where the output is no terminal, or the terminal does not say.
const DEFAULT_WIDTH: usize = 120;

/// What output can show.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// Whether there are colours.
    pub(crate) colors: bool,
    /// Columns.
    pub(crate) width: usize,
}

impl Style {
    /// What a file can show.
    pub(crate) const PLAIN: Self = Self { colors: false, width: DEFAULT_WIDTH };
}

/// What the standard output can show.
pub(crate) fn style() -> Style {
    Style {
        colors: anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
        width: terminal_size::terminal_size()
            .map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0).max(40)),
    }
}

/// Writes to the standard output. That nobody reads it any more (`… | head`) is no error.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Writes a script to the standard output as it is: it may hold what looks like colours.
pub(crate) fn write_script(text: &str, encoding: Encoding) -> io::Result<()> {
    let bytes = syntax::encode(text, encoding);
    match io::stdout().write_all(bytes.as_deref().unwrap_or(text.as_bytes())) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Clears the terminal, if the standard output is one.
pub(crate) fn clear() {
    if io::stdout().is_terminal() {
        // The screen, what was scrolled away, and the cursor to the top.
        let _ = print("\u{1b}[2J\u{1b}[3J\u{1b}[H");
    }
}
