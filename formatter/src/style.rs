//! How scripts are laid out: stylua's settings, from the files that stylua and editors read.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use stylua_lib::{Config, IndentType, LineEndings, LuaVersion, editorconfig};

/// The names of stylua's configuration file, the first one first.
const FILE_NAMES: [&str; 2] = ["stylua.toml", ".stylua.toml"];

/// More columns of indentation a level are a slip, and would only cost memory.
const WIDEST_INDENT: usize = 64;

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnds {
    /// `\n`
    Unix,
    /// `\r\n`
    Windows,
}

/// How scripts are laid out. The default is stylua's: tabs, 120 columns, double quotes; line ends stay what they are.
#[derive(Clone, Debug)]
pub struct Style {
    config: Config,
    line_ends: Option<LineEnds>,
    file: Option<PathBuf>,
}

/// A mistake in a file with settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyleError {
    /// The file; none where a text was read.
    pub file: Option<PathBuf>,
    /// The byte range of the mistake in the file, if it is known.
    pub range: Option<Range<usize>>,
    /// What is wrong, without a full stop.
    pub message: String,
}

impl fmt::Display for StyleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for StyleError {}

impl Default for Style {
    fn default() -> Self {
        Self::new(Config::default(), None)
    }
}

impl Style {
    fn new(mut config: Config, line_ends: Option<LineEnds>) -> Self {
        // What stylua reads is plain Lua 5.1 with `\n`; both are put right behind it.
        config.syntax = LuaVersion::Lua51;
        config.line_endings = LineEndings::Unix;
        Self { config, line_ends, file: None }
    }

    /// The style with another indentation, as an editor asks for it: `width` columns, made of tabs or of blanks.
    #[must_use]
    pub fn indented(mut self, width: usize, tabs: bool) -> Self {
        self.config.indent_width = width.clamp(1, WIDEST_INDENT);
        self.config.indent_type = if tabs { IndentType::Tabs } else { IndentType::Spaces };
        self
    }

    /// Reads the text of a `stylua.toml`. All of stylua's keys count but `syntax`: it is always Momentum's.
    ///
    /// # Errors
    /// It is no TOML, has a key that stylua does not know, or a value that it does not take.
    pub fn from_toml(text: &str) -> Result<Self, StyleError> {
        let error = |error: toml::de::Error| StyleError {
            file: None,
            range: error.span(),
            message: error.message().to_owned(),
        };
        let mut table: toml::Table = toml::from_str(text).map_err(error)?;
        table.remove("syntax");
        // With the places of mistakes, which a table has lost.
        let config: Config = match table.clone().try_into() {
            Ok(config) => config,
            Err(table_error) => match toml::from_str::<Config>(text) {
                Err(placed) if placed.message() == table_error.message() => return Err(error(placed)),
                _ => return Err(error(table_error)),
            },
        };
        let line_ends = table.contains_key("line_endings").then_some(match config.line_endings {
            LineEndings::Unix => LineEnds::Unix,
            LineEndings::Windows => LineEnds::Windows,
        });
        check_width(&config)?;
        Ok(Self::new(config, line_ends))
    }

    /// The style that counts for a script: that of the `stylua.toml` or `.stylua.toml` in its folder or the nearest
    /// above; where there is none, `fallback` with what `.editorconfig` files say. Reads these files.
    ///
    /// # Errors
    /// A file that counts cannot be read or has a mistake.
    pub fn for_script(path: &Path, fallback: &Style) -> Result<Self, StyleError> {
        let candidates = path.ancestors().skip(1).flat_map(|folder| FILE_NAMES.map(|name| folder.join(name)));
        match candidates.into_iter().find(|file| file.is_file()) {
            Some(file) => Self::from_file(&file),
            None => fallback.with_editorconfig(path),
        }
    }

    /// Reads a `stylua.toml`.
    ///
    /// # Errors
    /// It cannot be read or has a mistake.
    pub fn from_file(file: &Path) -> Result<Self, StyleError> {
        let text = std::fs::read_to_string(file).map_err(|error| StyleError {
            file: Some(file.to_owned()),
            range: None,
            message: format!("cannot read it: {error}"),
        })?;
        let style =
            Self::from_toml(&text).map_err(|error| StyleError { file: Some(file.to_owned()), ..error })?;
        Ok(Self { file: Some(file.to_owned()), ..style })
    }

    fn with_editorconfig(&self, path: &Path) -> Result<Self, StyleError> {
        let failed = |message: String| StyleError { file: None, range: None, message };
        let read = |line_endings| {
            editorconfig::parse(Config { line_endings, ..self.config }, path)
                .map_err(|error| failed(format!("the `.editorconfig` of `{}`: {error}", path.display())))
        };
        // What is the same whatever it was before is what the file says.
        let config = read(LineEndings::Unix)?;
        let line_ends = match (config.line_endings, read(LineEndings::Windows)?.line_endings) {
            (LineEndings::Unix, LineEndings::Unix) => Some(LineEnds::Unix),
            (LineEndings::Windows, LineEndings::Windows) => Some(LineEnds::Windows),
            _ => self.line_ends,
        };
        check_width(&config)
            .map_err(|error| failed(format!("the `.editorconfig` of `{}`: {error}", path.display())))?;
        Ok(Self::new(config, line_ends))
    }

    /// The `stylua.toml` that it comes from.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// What lines end with; `None` if each script keeps what it has.
    #[must_use]
    pub fn line_ends(&self) -> Option<LineEnds> {
        self.line_ends
    }

    /// Whether `require`s are put in order.
    pub(crate) fn sorts_requires(&self) -> bool {
        self.config.sort_requires.enabled
    }

    /// stylua's own form of it.
    pub(crate) fn stylua(&self) -> Config {
        self.config
    }
}

fn check_width(config: &Config) -> Result<(), StyleError> {
    if config.indent_width <= WIDEST_INDENT {
        return Ok(());
    }
    let message =
        format!("an indentation of {} columns; at most {WIDEST_INDENT} are possible", config.indent_width);
    Err(StyleError { file: None, range: None, message })
}
