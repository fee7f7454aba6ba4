//! The stubs of the API as files that an editor can open: the embedded ones are written, read-only, to the user's cache
//! folder when something first leads there. Every client can open a file; few can open a document of the server's.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use momentum_lua_analyzer::syntax::{LineIndex, Span};
use momentum_lua_stubs::reader::model::Origin;

use crate::world::Tree;

/// A stub that lies on the disk.
#[derive(Debug)]
pub(crate) struct StubFile {
    /// Where it lies.
    pub(crate) path: PathBuf,
    /// Its text.
    pub(crate) text: String,
}

/// The folder for the stubs of this release.
fn folder() -> PathBuf {
    let cache = dirs::cache_dir().unwrap_or_else(std::env::temp_dir);
    cache.join("momentum-lua").join(concat!("stubs-", env!("CARGO_PKG_VERSION")))
}

/// Whether a path is that of an embedded stub: nothing that is to be analysed.
pub(crate) fn contains(path: &Path) -> bool {
    path.starts_with(folder())
}

/// The file of an entry of the API: of the site's stubs in place, of the embedded ones from the cache folder, where it is
/// written if it is not there.
///
/// # Errors
/// The file cannot be read, or written.
pub(crate) fn of(
    origin: &Origin,
    tree: &Tree,
    absolute: &dyn Fn(&Path) -> PathBuf,
) -> std::io::Result<StubFile> {
    let configuration = tree.workspace.configuration();
    let path = absolute(Path::new(origin.file.as_str()));
    let is_of_site =
        configuration.project.stubs.iter().any(|stubs| path.starts_with(configuration.root.join(stubs)));
    match momentum_lua_stubs::source(&origin.file) {
        Some(text) if !is_of_site => embedded(&origin.file, text),
        _ => Ok(StubFile { text: std::fs::read_to_string(&path)?, path }),
    }
}

fn embedded(name: &str, text: &str) -> std::io::Result<StubFile> {
    let path = folder().join(name);
    let is_there = std::fs::read(&path).is_ok_and(|known| known == text.as_bytes());
    if !is_there {
        let parent = path.parent().unwrap_or(&path);
        std::fs::create_dir_all(parent)?;
        // Several servers may write at once, and an editor may read meanwhile.
        let new = parent.join(format!(".{}", std::process::id()));
        let mut file = std::fs::File::create(&new)?;
        file.write_all(text.as_bytes())?;
        let mut permissions = file.metadata()?.permissions();
        permissions.set_readonly(true);
        file.set_permissions(permissions)?;
        drop(file);
        std::fs::rename(&new, &path)?;
    }
    Ok(StubFile { path, text: text.to_owned() })
}

/// Where an entry stands: its name behind the description at its origin, or the first line of that.
pub(crate) fn span(text: &str, lines: &LineIndex, origin: &Origin, name: &str) -> Span {
    let first = origin.line.saturating_sub(1);
    let described = (first..lines.line_count())
        .map(|line| lines.line_span(line, text))
        .take_while(|line| !line.text(text).trim().is_empty())
        .find_map(|line| {
            let written = line.text(text);
            let is_description = ["--- ", "---|", "*", "/*", "# "]
                .iter()
                .any(|mark| written.trim_start().starts_with(mark))
                || (written.starts_with("---@")
                    && !["---@field", "---@class", "---@alias"].iter().any(|tag| written.starts_with(tag)));
            // C leaves out the family that the name of a hook begins with.
            let parts = name.match_indices('_').filter_map(|(at, _)| name.get(at + 1..));
            let mut names = std::iter::once(name).chain(parts).filter(|_| !is_description);
            let (at, name) = names.find_map(|part| Some((word(written, part, part == name)?, part)))?;
            let start = line.start + u32::try_from(at).ok()?;
            Some(Span::new(start, start + u32::try_from(name.len()).ok()?))
        });
    described.unwrap_or_else(|| lines.line_span(first, text))
}

/// Where a name stands in a line, not as a part of another. Part of a name may follow underlines.
fn word(line: &str, name: &str, whole: bool) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || (c == '_' && whole);
    let mut places = line.match_indices(name).map(|(at, _)| at);
    places.find(|&at| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let behind = line.get(at + name.len()..).and_then(|behind| behind.chars().next());
        !before.is_some_and(is_part) && !behind.is_some_and(|c| is_part(c) || c == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use momentum_lua_stubs::reader::database::Member;
    use momentum_lua_stubs::reader::model::About;

    fn shown(about: &About, name: &str) -> (String, String) {
        let text = momentum_lua_stubs::source(&about.origin.file).unwrap();
        let lines = LineIndex::new(text);
        let span = span(text, &lines, &about.origin, name);
        let line = lines.line_span(lines.line(span.start), text);
        (span.text(text).to_owned(), line.text(text).to_owned())
    }

    #[test]
    fn every_entry_is_found_in_its_stub() {
        let api = momentum_lua_stubs::api();
        let functions = api.functions().into_iter().map(Member::Function);
        let constants = api.constants().into_iter().map(Member::Constant);
        let c = api.c_functions().into_iter().map(Member::CFunction);
        let mut missed = Vec::new();
        for member in functions.chain(constants).chain(c) {
            let (word, line) = shown(member.about(), member.member());
            if word != member.member() {
                missed.push(format!("{}: {line}", member.name()));
            }
        }
        for hook in api.hooks() {
            let (word, line) = shown(&hook.about, &hook.name);
            if !hook.name.ends_with(&word) {
                missed.push(format!("{}: {line}", hook.name));
            }
        }
        for option in api.options() {
            let (word, line) = shown(&option.about, &option.name);
            if word != option.name.as_str() {
                missed.push(format!("{}: {line}", option.name));
            }
        }
        assert!(missed.is_empty(), "{missed:#?}");
    }
}
