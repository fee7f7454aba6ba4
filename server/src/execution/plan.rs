//! What a command runs: which policy with which sessions, and the texts as they stand.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use momentum_lua_analyzer::project::{FileKind, Script};
use momentum_lua_workspace::unsaved::Unsaved;
use rustc_hash::FxHashMap;
use tower_lsp::lsp_types::Url;

use super::child::Child;
use super::command::RunArguments;
use super::result::{ABSENT, hash};
use crate::sessions::SessionFile;
use crate::world::{Tree, World};

/// How much longer than its own limit a child may take: it starts, reads and writes.
pub(super) const GRACE: Duration = Duration::from_secs(5);

/// A run that is ready to begin.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The sessions with their children, in their order.
    pub(crate) runs: Vec<PlannedRun>,
    /// The texts that go before the disk's, as JSON.
    pub(crate) unsaved: Vec<u8>,
    /// The texts of open documents.
    pub(crate) texts: FxHashMap<PathBuf, Arc<str>>,
    /// Everything that may have a part in it, by the hash of its text.
    pub(crate) inputs: FxHashMap<PathBuf, u64>,
}

/// One session that is to be run.
#[derive(Debug)]
pub(crate) struct PlannedRun {
    /// Its name for people.
    pub(crate) name: String,
    /// The process.
    pub(crate) child: Child,
}

/// The name of the session that nobody has written.
pub(crate) const MADE_UP: &str = "a made-up session";

impl World {
    /// Makes the plan of a run.
    ///
    /// # Errors
    /// There is nothing to run; in words.
    pub(crate) fn plan(&self, arguments: &RunArguments) -> Result<Plan, String> {
        let path = self.path_of(&arguments.uri);
        let is_open = self.document(&arguments.uri).is_some();
        if !is_open && !path.is_file() {
            return Err(format!("`{}` is neither open nor a file", path.display()));
        }
        let chosen = self.chosen(arguments, &path)?;
        let folder = self.folder_of(&path);
        let limit = |session: Option<&SessionFile>| {
            let own = session.and_then(|session| session.wall_clock_ms).map(Duration::from_millis);
            let own = own.map_or(Duration::ZERO, |own| own.saturating_add(GRACE));
            let set = arguments.timeout_ms.map(Duration::from_millis);
            set.unwrap_or_else(|| own.max(Duration::from_secs(self.settings.run.timeout_seconds)))
        };
        let program = self.program.clone().ok_or("the program of the server is not known")?;
        let runs = chosen.into_iter().map(|(policy, session)| {
            let file = session.as_ref().and_then(|session| self.sessions.get(session));
            PlannedRun {
                name: session.as_deref().map_or_else(|| MADE_UP.to_owned(), |path| self.session_name(path)),
                child: Child {
                    program: program.clone(),
                    folder: folder.clone(),
                    policy,
                    limit: limit(file),
                    session,
                },
            }
        });
        let runs: Vec<PlannedRun> = runs.collect();
        let documents =
            self.documents().map(|(_, document)| (document.path.clone(), Arc::clone(&document.text)));
        let texts = documents.collect();
        let unsaved = self.unsaved()?;
        let belongs = |tree: &Tree| runs.iter().any(|run| tree.workspace.file(&run.child.policy).is_some());
        let inputs = self.inputs(belongs, runs.iter().filter_map(|run| run.child.session.as_deref()));
        Ok(Plan { runs, unsaved, texts, inputs })
    }

    /// Policies with their sessions.
    fn chosen(
        &self,
        arguments: &RunArguments,
        path: &Path,
    ) -> Result<Vec<(PathBuf, Option<PathBuf>)>, String> {
        let given = arguments.policy.as_ref().map(|url| self.path_of(url));
        if let Some(session) = self.sessions.get(path) {
            let policy = given.or_else(|| session.policy.clone());
            let policy = policy.ok_or_else(|| {
                format!("`{}` names no `policy`: say in its first line what is to be run", session.name)
            })?;
            return Ok(vec![(policy, Some(path.to_owned()))]);
        }
        let sessions: Vec<PathBuf> = match &arguments.sessions {
            Some(urls) => urls.iter().map(|url| self.path_of(url)).collect(),
            None => self
                .sessions_for(&arguments.uri, arguments.callout.as_deref())
                .into_iter()
                .map(|(path, _)| path.to_owned())
                .collect(),
        };
        if sessions.is_empty() {
            return Ok(vec![(given.unwrap_or_else(|| path.to_owned()), None)]);
        }
        let with = |session: PathBuf| {
            let own = self.sessions.get(&session).and_then(|file| file.policy.clone());
            let policy = given.clone().or(own).unwrap_or_else(|| path.to_owned());
            (policy, Some(session))
        };
        Ok(sessions.into_iter().map(with).collect())
    }

    /// The sessions for a script or a server configuration, and for one of its callouts alone if one is given.
    pub(crate) fn sessions_for(&self, url: &Url, callout: Option<&str>) -> Vec<(&Path, &SessionFile)> {
        let Some((tree, file)) = self.find(url) else { return Vec::new() };
        let path = self.path_of(url);
        let script = tree.workspace.project().script(file);
        let mut policies = vec![path];
        let hooks: Vec<_> = match (&script, callout) {
            (Some(script), None) => script
                .registered_callouts()
                .filter_map(|(callout, _)| script.hook(callout.function))
                .collect(),
            (Some(script), Some(name)) => script.api().hook(name).into_iter().collect(),
            (None, _) => Vec::new(),
        };
        if let Some(script) = &script {
            policies.extend(self.loaded_by(tree, script));
        }
        let fits = |session: &SessionFile| {
            let policy = session.policy.as_ref().is_some_and(|policy| policies.contains(policy));
            policy && (script.is_none() || hooks.iter().any(|hook| session.reached.has(hook)))
        };
        self.sessions.all().into_iter().filter(|(_, session)| fits(session)).collect()
    }

    /// The main configuration files that load a script.
    pub(crate) fn loaded_by(&self, tree: &Tree, script: &Script<'_>) -> Vec<PathBuf> {
        let servers = tree.workspace.project().server_configurations();
        let loading = servers.filter(|server| {
            let mut scripts = server.policy().scripts();
            scripts.any(|stanza| server.script_file(stanza).is_some_and(|one| one.id() == script.id()))
        });
        loading.filter_map(|server| tree.workspace.path(server.main_file()?)).collect()
    }

    fn session_name(&self, path: &Path) -> String {
        match self.sessions.get(path) {
            Some(session) => session.name.clone(),
            None => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        }
    }

    /// The folder that a command line would be given in.
    pub(super) fn folder_of(&self, path: &Path) -> PathBuf {
        let above = self.trees().iter().map(|tree| &tree.folder).filter(|folder| path.starts_with(folder));
        let nearest = above.max_by_key(|folder| folder.components().count());
        nearest.cloned().or_else(|| path.parent().map(Path::to_owned)).unwrap_or_default()
    }

    /// The texts of the open documents, as a child reads them.
    ///
    /// # Errors
    /// One of their paths is none that JSON can hold.
    pub(super) fn unsaved(&self) -> Result<Vec<u8>, String> {
        let mut unsaved = Unsaved::default();
        for (_, document) in self.documents() {
            unsaved.insert(document.path.clone(), Arc::clone(&document.text));
        }
        serde_json::to_vec(&unsaved).map_err(|error| error.to_string())
    }

    /// All scripts and configuration files of the trees that run, and the sessions with every file that they name.
    pub(super) fn inputs<'a>(
        &self,
        belongs: impl Fn(&Tree) -> bool,
        sessions: impl Iterator<Item = &'a Path>,
    ) -> FxHashMap<PathBuf, u64> {
        let mut inputs = FxHashMap::default();
        for tree in self.trees().iter().filter(|tree| belongs(tree)) {
            let project = tree.workspace.project();
            for file in project.files().filter(|file| project.kind(*file).is_some_and(is_text)) {
                if let (Some(path), Some(text)) = (tree.workspace.path(file), project.text(file)) {
                    inputs.insert(path, hash(text));
                }
            }
        }
        for session in sessions {
            for path in std::iter::once(session.to_owned()).chain(self.files_of_session(session)) {
                let text = self.text_or_disk(&path);
                inputs.insert(path, text.map_or(ABSENT, |text| hash(&text)));
            }
        }
        inputs
    }
}

fn is_text(kind: FileKind) -> bool {
    matches!(kind, FileKind::Lua | FileKind::ServerConfiguration)
}
