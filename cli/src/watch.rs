//! Waits for changes of the files that a check or a test reads.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::configuration;
use crate::outcome::Outcome;
use crate::paths::WorkingDirectory;
use crate::problem::{Print as _, Problem};
use crate::terminal;

/// Editors write in several steps; after this long without another, a change is complete.
const QUIET: Duration = Duration::from_millis(80);

/// Extensions of files whose changes count: of what a check reads, and of what tests read as well.
const EXTENSIONS: [&str; 7] = ["lua", "conf", "toml", "h", "eml", "sql", "txt"];

/// Does something once, and again whenever what `paths` name changes, or the trees that their configurations stand in.
/// Ends when no change can come any more, with the outcome of the last time.
pub(crate) fn on_every_change(
    paths: &[PathBuf],
    config: Option<&Path>,
    once: impl Fn() -> Outcome,
) -> Outcome {
    let watch = WorkingDirectory::current().and_then(|here| Watch::new(paths, config, &here));
    let watch = match watch {
        Ok(watch) => watch,
        Err(problem) => {
            problem.print();
            return Outcome::Failed;
        }
    };
    let mut outcome = once();
    loop {
        anstream::eprintln!("Waiting for changes, Ctrl+C ends");
        if !watch.wait() {
            return outcome;
        }
        terminal::clear();
        outcome = once();
    }
}

/// Tells of changes as long as it lives.
struct Watch {
    events: Receiver<notify::Result<Event>>,
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Watches what `paths` name, and the trees that their configurations stand in.
    ///
    /// # Errors
    /// The system cannot watch one of them.
    fn new(paths: &[PathBuf], config: Option<&Path>, here: &WorkingDirectory) -> Result<Self, Problem> {
        let (sender, events) = channel();
        let problem = |error: notify::Error| Problem::new(format!("cannot watch for changes: {error}"));
        let mut watcher = notify::recommended_watcher(sender).map_err(problem)?;
        let mut folders: BTreeMap<PathBuf, RecursiveMode> = BTreeMap::new();
        for path in paths {
            let absolute = here.absolute(path);
            if absolute.is_dir() {
                folders.insert(absolute, RecursiveMode::Recursive);
            } else if let Some(folder) = absolute.parent() {
                // The folder, since editors replace files.
                folders.entry(folder.to_owned()).or_insert(RecursiveMode::NonRecursive);
            }
            if let Some(file) = config.map(Path::to_owned).or_else(|| configuration::find(path, here))
                && let Some(root) = here.absolute(&file).parent()
            {
                folders.insert(root.to_owned(), RecursiveMode::Recursive);
            }
        }
        for (folder, mode) in &folders {
            watcher.watch(folder, *mode).map_err(problem)?;
        }
        Ok(Self { events, _watcher: watcher })
    }

    /// Waits until something changed. `false` when no change can come any more.
    fn wait(&self) -> bool {
        loop {
            match self.events.recv() {
                Ok(event) if counts(&event) => break,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        while self.events.recv_timeout(QUIET).is_ok() {}
        true
    }
}

/// Whether an event may change what is found. When the system lost track, it may.
fn counts(event: &notify::Result<Event>) -> bool {
    match event {
        Ok(event) if matches!(event.kind, EventKind::Access(_)) => false,
        Ok(event) => event.need_rescan() || event.paths.iter().any(|path| is_read(path)),
        Err(_) => true,
    }
}

fn is_read(path: &Path) -> bool {
    path.extension().is_some_and(|extension| EXTENSIONS.iter().any(|known| extension == *known))
}
