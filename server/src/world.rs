//! Everything that the server knows: open documents, policy trees, and what was reported of them. Owned by one thread.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use momentum_lua_analyzer::project::FileId;
use momentum_lua_stubs::reader::Api;
use momentum_lua_workspace::paths::WorkingDirectory;
use momentum_lua_workspace::settings::Choices;
use momentum_lua_workspace::{Problem, Workspace, configuration, discovery, tree};
use rustc_hash::{FxHashMap, FxHashSet};
use tower_lsp::lsp_types::{FileEvent, MessageType, TextDocumentContentChangeEvent, Url};

use crate::client::Profile;
use crate::diagnostics::Reports;
use crate::documents::Document;
use crate::execution::{Results, Tests};
use crate::features::semantic_tokens::Sent;
use crate::outgoing::Outgoing;
use crate::progress::Shown;
use crate::sessions::Sessions;
use crate::settings::EditorSettings;
use crate::stub_files;

/// After this long without a change, files that are not open are looked at again.
const SWEEP_AFTER: Duration = Duration::from_millis(300);

/// After this long without a message, documents are looked at again whose client asks for findings: a request that comes in
/// meanwhile would wait for one of them.
const OTHERS_AFTER: Duration = Duration::from_millis(30);

/// A policy tree that is open.
#[derive(Debug)]
pub(crate) struct Tree {
    /// The folder that the client opened, or that of a document outside all of them.
    pub(crate) folder: PathBuf,
    /// Its files and what they mean.
    pub(crate) workspace: Workspace,
}

/// Everything that the server knows.
#[derive(Debug)]
pub(crate) struct World {
    /// The way to the client.
    pub(crate) outgoing: Outgoing,
    /// What the client can do.
    pub(crate) client: Profile,
    /// What the user set in the editor.
    pub(crate) settings: EditorSettings,
    here: WorkingDirectory,
    folders: Vec<PathBuf>,
    trees: Vec<Tree>,
    documents: FxHashMap<Url, Document>,
    /// What was reported, and what has to be looked at again.
    pub(crate) reports: Reports,
    /// The session files.
    pub(crate) sessions: Sessions,
    /// What stays of runs.
    pub(crate) results: Results,
    /// The expectations of sessions that did not hold.
    pub(crate) tests: Tests,
    /// The program that runs policy: this one, as it was called.
    pub(crate) program: Option<PathBuf>,
    /// The semantic tokens that the client has.
    pub(crate) sent_tokens: Sent,
    /// Names of files that the client watches because something was made of them.
    pub(crate) watched_names: FxHashSet<String>,
    sweep_at: Option<Instant>,
    /// The last message was worked off then.
    asked_at: Instant,
    loads: u32,
    openings: u32,
}

impl World {
    /// An empty world.
    pub(crate) fn new(outgoing: Outgoing, here: WorkingDirectory) -> Self {
        Self {
            outgoing,
            client: Profile::default(),
            settings: EditorSettings::default(),
            here,
            folders: Vec::new(),
            trees: Vec::new(),
            documents: FxHashMap::default(),
            reports: Reports::default(),
            sessions: Sessions::default(),
            results: Results::default(),
            tests: Tests::default(),
            program: std::env::current_exe().ok(),
            sent_tokens: Sent::default(),
            watched_names: FxHashSet::default(),
            sweep_at: None,
            asked_at: Instant::now(),
            loads: 0,
            openings: 0,
        }
    }

    /// The policy trees.
    pub(crate) fn trees(&self) -> &[Tree] {
        &self.trees
    }

    /// The open documents.
    pub(crate) fn documents(&self) -> impl Iterator<Item = (&Url, &Document)> {
        self.documents.iter()
    }

    /// An open document.
    pub(crate) fn document(&self, url: &Url) -> Option<&Document> {
        self.documents.get(url)
    }

    /// Names the folders that the client has open. Trees are read by [`World::load`].
    pub(crate) fn set_folders(&mut self, folders: Vec<PathBuf>) {
        self.folders.clear();
        self.add_folders(folders);
    }

    /// A folder that is named twice is open once.
    fn add_folders(&mut self, folders: Vec<PathBuf>) {
        for folder in folders {
            if !self.folders.contains(&folder) {
                self.folders.push(folder);
            }
        }
    }

    /// Adds and removes folders, and reads the trees anew.
    pub(crate) fn change_folders(&mut self, added: Vec<PathBuf>, removed: &[PathBuf]) {
        self.folders.retain(|folder| !removed.contains(folder));
        self.add_folders(added);
        self.load();
    }

    /// Reads every tree anew from the disk and puts the open documents in.
    pub(crate) fn load(&mut self) {
        self.loads += 1;
        let progress = self.client.progress.then(|| {
            Shown::begin(&self.outgoing, &format!("momentum-lua/load/{}", self.loads), "Reading policy")
        });
        self.trees.clear();
        self.sessions.clear();
        for folder in self.folders.clone() {
            self.read_tree(&folder, folder.clone());
        }
        for document in self.documents.values_mut() {
            document.changed = true;
        }
        for url in self.documents.keys().cloned().collect::<Vec<_>>() {
            self.note_exclusion(&url);
        }
        self.synchronize();
        self.reports.look_again();
        drop(progress);
    }

    fn read_tree(&mut self, path: &Path, folder: PathBuf) {
        let (workspaces, problems) = tree::open(&[path.to_owned()], &Choices::default(), &self.here);
        self.log(&problems);
        let mut sessions = Vec::new();
        for workspace in &workspaces {
            let excluded = workspace.configuration().exclusion();
            sessions.extend(discovery::toml_files(path, &self.here, &excluded));
        }
        self.trees.extend(workspaces.into_iter().map(|workspace| Tree { folder: folder.clone(), workspace }));
        for session in sessions {
            self.read_session(session);
        }
    }

    /// The API that counts where no tree is named.
    pub(crate) fn api(&self) -> &Api {
        match self.trees.first() {
            Some(tree) => tree.workspace.project().api(),
            None => momentum_lua_stubs::api(),
        }
    }

    /// The folder that the server was started in.
    pub(crate) fn here(&self) -> &WorkingDirectory {
        &self.here
    }

    /// The open document at a path.
    pub(crate) fn document_at(&self, path: &Path) -> Option<&Document> {
        self.documents.values().find(|document| document.path == path)
    }

    /// The text of the open document at a path.
    pub(crate) fn text_at(&self, path: &Path) -> Option<&Arc<str>> {
        self.document_at(path).map(|document| &document.text)
    }

    /// The text at a path, as the client has it or as the disk does.
    pub(crate) fn text_or_disk(&self, path: &Path) -> Option<Arc<str>> {
        if let Some(text) = self.text_at(path) {
            return Some(Arc::clone(text));
        }
        let bytes = std::fs::read(path).ok()?;
        Some(momentum_lua_analyzer::syntax::decode(bytes).0.into())
    }

    /// Makes a tree for a document that lies in no folder that is open.
    fn adopt(&mut self, path: &Path, text: &str) {
        let configured =
            configuration::find(path, &self.here).and_then(|file| file.parent().map(Path::to_owned));
        let folder = configured.or_else(|| path.parent().map(Path::to_owned)).unwrap_or_default();
        let (workspace, problems) =
            tree::open_text(path, text.as_bytes().to_vec(), &Choices::default(), &self.here);
        self.log(&problems);
        self.trees.push(Tree { folder, workspace });
    }

    /// What has a place is reported there.
    fn log(&self, problems: &[Problem]) {
        for problem in problems.iter().filter(|problem| problem.place.is_none()) {
            self.outgoing.log(MessageType::WARNING, problem.message.clone());
        }
    }

    /// Patterns are looked at where a document or the configuration is new, not with every change.
    fn note_exclusion(&mut self, url: &Url) {
        let Some(path) = self.document(url).map(|document| document.path.clone()) else { return };
        let is_excluded = self.is_excluded(&path);
        if let Some(document) = self.documents.get_mut(url) {
            document.is_excluded = is_excluded;
        }
    }

    /// Whether the configuration of its tree excludes a file.
    fn is_excluded(&self, path: &Path) -> bool {
        let tree = self.tree_index(path).and_then(|index| self.trees.get(index));
        tree.is_some_and(|tree| tree.workspace.configuration().exclusion()(path))
    }

    /// Opens a document.
    pub(crate) fn open(&mut self, url: Url, language: &str, version: i32, text: String) {
        let path = self.path_of(&url);
        self.openings += 1;
        let opening = self.openings;
        let is_policy = language == "lua" || is_policy(Path::new(url.path()));
        let document = Document {
            path,
            version,
            text: text.into(),
            opening,
            is_policy,
            is_excluded: false,
            changed: true,
        };
        self.documents.insert(url.clone(), document);
        self.note_exclusion(&url);
    }

    /// Changes a document. One that is not open is left alone: such a client has lost its way.
    pub(crate) fn change(&mut self, url: &Url, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        let positions = self.client.positions;
        match self.documents.get_mut(url) {
            Some(document) => document.apply(changes, version, positions),
            None => self.outgoing.log(MessageType::WARNING, format!("a change of {url}, which is not open")),
        }
    }

    /// Closes a document: from now on what is on the disk counts.
    pub(crate) fn close(&mut self, url: &Url) {
        let Some(document) = self.documents.remove(url) else { return };
        if discovery::may_be_session(&document.path) {
            self.read_session(document.path);
        } else if document.is_policy {
            self.put_from_disk(&document.path);
        } else {
            self.data_changed(&document.path);
        }
        self.reports.closed(url);
        self.sent_tokens.forget(url);
        self.reports.look_again();
        self.touched();
    }

    /// Files came, went or changed on the disk. What is open counts as it is in the editor.
    pub(crate) fn files_changed(&mut self, events: Vec<FileEvent>) {
        if events.iter().any(|event| is_configuration(event.uri.path())) {
            self.load();
            return;
        }
        for tree in &mut self.trees {
            tree.workspace.forget_absent();
        }
        for event in events {
            if self.documents.contains_key(&event.uri) {
                continue;
            }
            let path = self.path_of(&event.uri);
            if discovery::may_be_session(&path) {
                self.read_session(path);
            } else if self.belongs(&path) {
                self.put_from_disk(&path);
            } else {
                self.data_changed(&path);
            }
        }
        self.reports.look_again();
        self.touched();
    }

    /// A document was saved: what the disk holds is what the client shows, unless it is configuration.
    pub(crate) fn saved(&mut self, url: &Url) {
        if is_configuration(url.path()) {
            self.load();
        }
    }

    /// Gives the trees the texts of the documents that changed.
    pub(crate) fn synchronize(&mut self) {
        let mut changed: Vec<(u32, Url, PathBuf, Arc<str>, bool)> = self
            .documents
            .iter_mut()
            .filter(|(_, document)| document.changed)
            .map(|(url, document)| {
                document.changed = false;
                let Document { opening, path, text, is_policy, .. } = document;
                (*opening, url.clone(), path.clone(), text.clone(), *is_policy)
            })
            .collect();
        // New files come into the trees in the order in which they were opened.
        changed.sort_unstable_by_key(|(opening, ..)| *opening);
        for (_, url, path, text, is_policy) in changed {
            if discovery::may_be_session(&path) {
                self.read_session(path);
            } else if is_policy {
                self.put(&path, text);
            } else {
                self.text_changed(&path, Some(&text));
            }
            self.reports.changed(url);
            self.touched();
        }
    }

    /// Whether a file that is not open belongs to a tree: it does already, or would have been found.
    fn belongs(&self, path: &Path) -> bool {
        let Some(tree) = self.tree_index(path).and_then(|index| self.trees.get(index)) else { return false };
        tree.workspace.file(path).is_some() || (discovery::is_policy(path) && !self.is_excluded(path))
    }

    /// A file changed that is no policy: a message, a database. Only those are read that something was made of.
    fn data_changed(&mut self, path: &Path) {
        if self.results.depend_on(path) || self.tests.depend_on(path) {
            let text = self.text_or_disk(path);
            self.text_changed(path, text.as_deref());
        }
    }

    fn put_from_disk(&mut self, path: &Path) {
        match std::fs::read(path) {
            Ok(bytes) => self.put(path, momentum_lua_analyzer::syntax::decode(bytes).0.into()),
            Err(_) => self.take_out(path),
        }
    }

    fn put(&mut self, path: &Path, text: Arc<str>) {
        if stub_files::contains(path) {
            return;
        }
        self.text_changed(path, Some(&text));
        match self.tree_index(path) {
            Some(index) => {
                if let Some(tree) = self.trees.get_mut(index) {
                    tree.workspace.set_text(path, text);
                }
            }
            None => self.adopt(path, &text),
        }
    }

    fn take_out(&mut self, path: &Path) {
        self.text_changed(path, None);
        if let Some(index) = self.tree_index(path)
            && let Some(tree) = self.trees.get_mut(index)
        {
            tree.workspace.remove(path);
        }
    }

    /// The tree whose folder is the nearest above a path, preferring one that has the file already.
    fn tree_index(&self, path: &Path) -> Option<usize> {
        let near = |tree: &Tree| {
            let inside = path.starts_with(&tree.folder);
            let known = tree.workspace.file(path).is_some();
            (inside || known).then(|| (known, tree.folder.components().count()))
        };
        let trees = self.trees.iter().enumerate();
        trees.filter_map(|(index, tree)| Some((near(tree)?, index))).max().map(|(_, index)| index)
    }

    /// Whether a file is looked at in that tree, and not in that of a folder nearer to it.
    pub(crate) fn is_of(&self, path: &Path, tree: &Tree) -> bool {
        let nearest = self.tree_index(path).and_then(|index| self.trees.get(index));
        nearest.is_some_and(|nearest| std::ptr::eq(nearest, tree))
    }

    /// The tree and the file of a URL. Synchronize first.
    pub(crate) fn find(&self, url: &Url) -> Option<(&Tree, FileId)> {
        let path = match self.documents.get(url) {
            Some(document) => document.path.clone(),
            None => self.path_of(url),
        };
        let tree = self.trees.get(self.tree_index(&path)?)?;
        Some((tree, tree.workspace.file(&path)?))
    }

    /// The URL of a file: that of the open document where there is one.
    pub(crate) fn url_of(&self, path: &Path) -> Option<Url> {
        let open = self.documents.iter().find(|(_, document)| document.path == path);
        open.map(|(url, _)| url.clone()).or_else(|| Url::from_file_path(path).ok())
    }

    /// The path of a URL. What is on no disk gets a path in the first folder, where nothing else stands.
    pub(crate) fn path_of(&self, url: &Url) -> PathBuf {
        if let Ok(path) = url.to_file_path() {
            return self.here.absolute(&path);
        }
        let folder = self.folders.first().map_or(self.here.path(), PathBuf::as_path);
        let name: String =
            url.as_str().chars().map(|c| if c.is_alphanumeric() || c == '.' { c } else { '-' }).collect();
        let lua = if Path::new(&name).extension().is_some_and(|end| end == "conf") { "" } else { ".lua" };
        folder.join(format!("{name}{lua}"))
    }

    /// A path from the root of the file system.
    pub(crate) fn absolute(&self, path: &Path) -> PathBuf {
        self.here.absolute(path)
    }

    /// Has the client ask again for what it shows in texts: other settings or other files change it.
    pub(crate) fn refresh_views(&self) {
        let refreshes = self.client.refreshes;
        if !refreshes.inlay_hints && !refreshes.semantic_tokens {
            return;
        }
        self.outgoing.send(move |client| async move {
            // Nothing else waits for the answers.
            tokio::spawn(async move {
                if refreshes.inlay_hints {
                    let _ = client.inlay_hint_refresh().await;
                }
                if refreshes.semantic_tokens {
                    let _ = client.semantic_tokens_refresh().await;
                }
            });
        });
    }

    fn touched(&mut self) {
        self.sweep_at = Some(Instant::now() + SWEEP_AFTER);
    }

    /// Says that a message was worked off.
    pub(crate) fn asked(&mut self) {
        self.asked_at = Instant::now();
    }

    /// Does a piece of the work that may wait. `false` when there is none now.
    pub(crate) fn idle(&mut self) -> bool {
        self.synchronize();
        if self.others_wait().is_none() && self.report_next() {
            return true;
        }
        if self.sweep_at.is_some_and(|at| at <= Instant::now()) {
            self.sweep_at = None;
            self.reports.look_at_rest();
            // The one that was typed in asks by itself.
            if self.documents.len() > 1 {
                self.refresh_views();
            }
            return true;
        }
        false
    }

    /// How long it is too early for files that may wait, if there are only those.
    fn others_wait(&self) -> Option<Duration> {
        let wait = (self.asked_at + OTHERS_AFTER).saturating_duration_since(Instant::now());
        (self.reports.may_wait() && !wait.is_zero()).then_some(wait)
    }

    /// How long until there is work again, if nothing comes in.
    pub(crate) fn next_wake(&self) -> Option<Duration> {
        let sweep = self.sweep_at.map(|at| at.saturating_duration_since(Instant::now()));
        sweep.into_iter().chain(self.others_wait()).min()
    }

    /// After a panic: the trees may be in the middle of a change, so they are read anew.
    pub(crate) fn recover(&mut self, words: &str) {
        self.outgoing.log(MessageType::ERROR, format!("the analysis failed and starts again: {words}"));
        self.load();
    }

    /// Drops the trees; documents stay, and are taken in again when they change.
    pub(crate) fn abandon(&mut self) {
        self.trees.clear();
        self.sweep_at = None;
        self.reports = Reports::default();
    }
}

/// Whether a document belongs into a tree, by its name.
fn is_policy(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("lua") || extension.eq_ignore_ascii_case("conf")
    })
}

/// Whether a file says how the trees are read.
fn is_configuration(path: &str) -> bool {
    Path::new(path)
        .file_name()
        .is_some_and(|name| name == momentum_lua_analyzer::configuration::project::FILE_NAME)
}
