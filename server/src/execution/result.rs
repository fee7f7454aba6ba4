//! What stays of a run: what happened at which line, and whether the texts are still those that ran.

use std::hash::{BuildHasher as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use momentum_lua_runtime::report::Report;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use tower_lsp::lsp_types::Url;

use super::notes::{LineNote, LineProblem, Notes};
use crate::watch;
use crate::world::World;

/// One session that was run.
#[derive(Clone, Debug)]
pub(crate) struct Ran {
    /// The session's file; nothing where the session was made up.
    pub(crate) session: Option<PathBuf>,
    /// The session's name for people.
    pub(crate) name: String,
    /// What was run.
    pub(crate) policy: PathBuf,
    /// What happened, or why there is no report.
    pub(crate) outcome: Result<Report, String>,
}

/// What stays of a run.
#[derive(Debug)]
pub(crate) struct RunResult {
    /// The document that it was asked for.
    pub(crate) document: Url,
    /// The sessions, in their order.
    pub(crate) ran: Vec<Ran>,
    /// What happened, by file.
    notes: FxHashMap<PathBuf, Notes>,
    /// The texts of open documents as they ran.
    texts: FxHashMap<PathBuf, Arc<str>>,
    /// Everything that could have a part in it, by the hash of its text.
    inputs: FxHashMap<PathBuf, u64>,
    /// What of it has another text now.
    differing: FxHashSet<PathBuf>,
}

/// Stands for the hash of a file that is not there.
pub(crate) const ABSENT: u64 = 0;

/// The hash of a text.
pub(crate) fn hash(text: &str) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    hasher.write(text.as_bytes());
    hasher.finish()
}

impl RunResult {
    /// What stays of a run. `absolute` makes paths of the names in reports.
    pub(crate) fn new(
        document: Url,
        ran: Vec<Ran>,
        texts: FxHashMap<PathBuf, Arc<str>>,
        inputs: FxHashMap<PathBuf, u64>,
        absolute: &dyn Fn(&str) -> PathBuf,
    ) -> Self {
        let notes = Notes::of(&ran, absolute);
        Self { document, ran, notes, texts, inputs, differing: FxHashSet::default() }
    }

    /// Whether some text is not the one that ran.
    pub(crate) fn is_stale(&self) -> bool {
        !self.differing.is_empty()
    }

    /// Compares a text with the one that ran. Says whether that changes the answer of [`RunResult::is_stale`].
    fn compare(&mut self, path: &Path, text: Option<&str>) -> bool {
        let Some(known) = self.inputs.get(path) else { return false };
        let before = self.is_stale();
        if text.map_or(ABSENT, hash) == *known {
            self.differing.remove(path);
        } else {
            self.differing.insert(path.to_owned());
        }
        before != self.is_stale()
    }

    /// The files in which something happened.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Path> {
        self.notes.keys().map(PathBuf::as_path)
    }

    /// What happened in a file at its lines (from 0) as they are in `text` now; what stood in lines that changed is left
    /// out.
    pub(crate) fn notes(&self, path: &Path, text: &str) -> Vec<(u32, &LineNote)> {
        let notes = self.notes.get(path).map_or(&[][..], |notes| &notes.notes);
        let lines = self.lines(path, text);
        notes.iter().filter_map(|note| Some((lines.now(note.line.checked_sub(1)?)?, note))).collect()
    }

    /// What went wrong in a file, likewise.
    pub(crate) fn problems(&self, path: &Path, text: &str) -> Vec<(u32, &LineProblem)> {
        let problems = self.notes.get(path).map_or(&[][..], |notes| &notes.problems);
        let lines = self.lines(path, text);
        problems
            .iter()
            .filter_map(|problem| Some((lines.now(problem.line.checked_sub(1)?)?, problem)))
            .collect()
    }

    fn lines(&self, path: &Path, text: &str) -> Lines {
        if !self.differing.contains(path) {
            return Lines::Same;
        }
        match self.texts.get(path) {
            Some(ran) => Lines::between(ran, text),
            None => Lines::Unknown,
        }
    }
}

/// Where the lines of one text stand in another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lines {
    Same,
    /// So many at the start are the same, so many at the end; and how many lines both texts have.
    Edited {
        start: usize,
        end: usize,
        before: usize,
        after: usize,
    },
    Unknown,
}

impl Lines {
    fn between(before: &str, after: &str) -> Self {
        let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
        let start = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
        let rest = before.len().min(after.len()) - start;
        let backwards = before.iter().rev().zip(after.iter().rev()).take(rest);
        let end = backwards.take_while(|(a, b)| a == b).count();
        Self::Edited { start, end, before: before.len(), after: after.len() }
    }

    fn now(self, line: u32) -> Option<u32> {
        match self {
            Lines::Same => Some(line),
            Lines::Unknown => None,
            Lines::Edited { start, end, before, after } => {
                let index = line as usize;
                if index < start {
                    return Some(line);
                }
                let from_end = before.checked_sub(index)?;
                (from_end <= end).then(|| after.checked_sub(from_end)).flatten()?.try_into().ok()
            }
        }
    }
}

/// What stays of the last run of each document.
#[derive(Debug, Default)]
pub(crate) struct Results {
    /// The latest last.
    runs: Vec<RunResult>,
}

impl Results {
    /// Keeps a result, in the place of the document's one before.
    pub(crate) fn keep(&mut self, result: RunResult) {
        self.forget(Some(&result.document.clone()));
        self.runs.push(result);
    }

    /// Forgets the result of a document, or all of them.
    pub(crate) fn forget(&mut self, document: Option<&Url>) {
        self.runs.retain(|run| document.is_some_and(|document| run.document != *document));
    }

    /// The result of a document's own run.
    pub(crate) fn of_document(&self, document: &Url) -> Option<&RunResult> {
        self.runs.iter().find(|run| run.document == *document)
    }

    /// The latest run in which something happened in a file.
    pub(crate) fn in_file(&self, path: &Path) -> Option<&RunResult> {
        self.runs.iter().rev().find(|run| run.notes.contains_key(path))
    }

    /// Whether a file may have had a part in a run that is kept.
    pub(crate) fn depend_on(&self, path: &Path) -> bool {
        self.runs.iter().any(|run| run.inputs.contains_key(path))
    }

    /// The files in which something happened.
    pub(crate) fn files(&self) -> FxHashSet<PathBuf> {
        self.runs.iter().flat_map(RunResult::files).map(Path::to_owned).collect()
    }

    /// Says that a file has this text now, or none. `true` where that makes a result stale, or fresh again.
    pub(crate) fn compare(&mut self, path: &Path, text: Option<&str>) -> bool {
        self.runs.iter_mut().fold(false, |changed, run| run.compare(path, text) | changed)
    }
}

impl World {
    /// Keeps the result of a run, and says it where it shows.
    pub(crate) fn keep_result(&mut self, mut result: RunResult) {
        // Texts may have changed while it ran.
        self.synchronize();
        let differing = result.inputs.iter().filter(|(path, known)| self.input_now(path) != **known);
        result.differing = differing.map(|(path, _)| path.clone()).collect();
        self.watch_inputs(result.inputs.keys());
        self.results.keep(result);
        self.results_changed();
    }

    /// The hash of what a file holds now: as the client has it, the trees, or the disk.
    pub(crate) fn input_now(&self, path: &Path) -> u64 {
        if let Some(text) = self.text_at(path) {
            return hash(text);
        }
        let known = self.trees().iter().find_map(|tree| {
            let file = tree.workspace.file(path)?;
            tree.workspace.project().text(file)
        });
        known.map(hash).or_else(|| self.text_or_disk(path).map(|text| hash(&text))).unwrap_or(ABSENT)
    }

    /// Has the client watch the files that had a part in something and that nothing else watches.
    pub(crate) fn watch_inputs<'a>(&mut self, inputs: impl Iterator<Item = &'a PathBuf>) {
        let names = inputs.filter_map(|path| path.file_name()?.to_str());
        let mut new: Vec<String> = Vec::new();
        for name in names.filter(|name| !watch::is_usual(name)) {
            if self.watched_names.insert(name.to_owned()) {
                new.push(name.to_owned());
            }
        }
        if new.is_empty() || !self.client.watches_files {
            return;
        }
        new.sort();
        let number = self.watched_names.len();
        watch::named(&self.outgoing, format!("momentum-lua/data/{number}"), &new);
    }

    /// Says that the results of runs show otherwise from now on.
    pub(crate) fn results_changed(&mut self) {
        self.reports.look_again();
        let refreshes = self.client.refreshes;
        self.outgoing.send(move |client| async move {
            if refreshes.inlay_hints {
                let _ = client.inlay_hint_refresh().await;
            }
            if refreshes.code_lens {
                let _ = client.code_lens_refresh().await;
            }
        });
    }

    /// Says that a file has this text now, or none.
    pub(crate) fn text_changed(&mut self, path: &Path, text: Option<&str>) {
        if self.results.compare(path, text) | self.tests.compare(path, text) {
            self.results_changed();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_move_with_edits_around_them() {
        let lines = Lines::between("a\nb\nc\nd\n", "a\nnew\nb\nC\nd\n");
        assert_eq!([0, 1, 2, 3].map(|line| lines.now(line)), [Some(0), None, None, Some(4)]);
        let same = Lines::between("a\nb\n", "a\nb\n");
        assert_eq!([0, 1].map(|line| same.now(line)), [Some(0), Some(1)]);
        // Of equal lines the last one went.
        let fewer = Lines::between("a\na\na\n", "a\na\n");
        assert_eq!([1, 2].map(|line| fewer.now(line)), [Some(1), None]);
        // What stands behind the last line stays behind it.
        assert_eq!(Lines::between("", "a").now(0), Some(1));
    }

    #[test]
    fn a_result_is_stale_until_the_text_is_back() {
        let path = PathBuf::from("/p/a.lua");
        let inputs = [(path.clone(), hash("a"))].into_iter().collect();
        let document = Url::parse("file:///p/a.lua").unwrap();
        let result =
            RunResult::new(document.clone(), Vec::new(), FxHashMap::default(), inputs, &|name: &str| {
                PathBuf::from(name)
            });
        let mut results = Results::default();
        results.keep(result);
        assert!(results.compare(&path, Some("b")) && !results.compare(&path, Some("c")));
        assert!(results.of_document(&document).unwrap().is_stale());
        assert!(results.compare(&path, Some("a")));
        assert!(!results.compare(Path::new("/p/other.lua"), Some("b")));
        results.forget(None);
        assert!(results.of_document(&document).is_none());
    }
}
