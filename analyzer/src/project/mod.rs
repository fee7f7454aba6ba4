//! A policy tree: its files, what each of them means, and what they mean to each other.
//!
//! The project never reads a file: callers hand texts in under paths (`/`-separated) and take findings out. After a
//! change, [`Project::update`] analyses what the change touches and nothing else.

mod adaptive;
mod check;
pub(crate) mod context_variables;
mod environment;
mod globals;
mod lookup;
mod message_changes;
mod script;
mod server;

pub(crate) use adaptive::{Place, RegisteredRules};
pub use context_variables::Dictionary;
pub use script::Script;
pub use server::ServerConfiguration;

use crate::configuration::includes::{Configuration, Entry};
use crate::configuration::scriptlets::PolicyConfiguration;
use crate::configuration::search_path::{SearchPath, normalize};
use crate::diagnostic::{Diagnostic, Severity};
pub use crate::file_id::FileId;
use crate::general;
use crate::rules::origins::GivenBack;
use crate::semantics::annotation::Annotations;
use crate::semantics::reach::{Graph, Place as CodePlace, Reach, Reachability};
use crate::semantics::types::TableRef;
use crate::semantics::{Analysis, Type};
use crate::syntax::tree::{ExpressionId, ExpressionKind, FunctionId};
use crate::syntax::{self, LineIndex, Parsed};
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::model::{Text, Version};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use std::sync::{Arc, OnceLock};

/// What a file is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A Lua script.
    Lua,
    /// `ecelerity.conf` or a file that it includes.
    ServerConfiguration,
}

/// What the user chose.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The Momentum version that the policy is for.
    pub target: Version,
    /// Severities that differ from the rules' own; `None` turns a rule off. A key may be a code or `lua/NAME`.
    pub severities: FxHashMap<SmolStr, Option<Severity>>,
    /// When not empty, only rules with these codes (or families of codes that end in `/`) run.
    pub select: Vec<SmolStr>,
}

/// A file and what is known of it.
struct File {
    path: SmolStr,
    kind: FileKind,
    text: Arc<str>,
    lines: LineIndex,
    parsed: Arc<Parsed>,
    annotations: Annotations,
    general: general::Findings,
    /// Modules that it requires by constant names, before anything else is known.
    requires: Vec<SmolStr>,
    /// Names of globals that it assigns.
    analysis: Arc<Analysis>,
    derived: FileDerived,
    settings: Option<Arc<Settings>>,
    changed: bool,
}

/// What follows from one file's analysis; each worked out when it is first asked for, and forgotten with the analysis.
#[derive(Default)]
struct FileDerived {
    /// The context variables that it sets.
    written_context: OnceLock<context_variables::Written>,
    /// The functions that change messages themselves.
    changing: OnceLock<message_changes::Changing>,
    /// What its functions give back.
    given_back: OnceLock<GivenBack>,
}

/// What follows from all analyses; each worked out when it is first asked for after an update.
#[derive(Default)]
struct Derived {
    /// What calls what; outlives an update.
    calls: OnceLock<Graph>,
    /// What reaches each function, where that of all files is wanted.
    reachability: OnceLock<Reachability>,
    /// The same by the file, of those that lead to it alone.
    reachability_by_file: Vec<OnceLock<Reachability>>,
    /// The context variables that scripts set.
    written_context: OnceLock<context_variables::Written>,
    /// The names of all callouts and hooks that scripts have.
    callout_names: OnceLock<FxHashSet<SmolStr>>,
    /// What rules find in the server configurations.
    configuration_findings: OnceLock<Vec<(FileId, Diagnostic)>>,
}

/// A server configuration with everything that it includes.
struct Server {
    configuration: Configuration,
    policy: PolicyConfiguration,
    search: SearchPath,
    /// The files of the scripts that it loads, by their `source`.
    scripts: FxHashMap<String, Option<FileId>>,
    /// The project's files, by the position of the configuration's own.
    files: Vec<FileId>,
}

/// A policy tree.
pub struct Project {
    api: Arc<Api>,
    settings: Arc<Settings>,
    search: SearchPath,
    files: Vec<Option<File>>,
    by_path: FxHashMap<SmolStr, FileId>,
    servers: Vec<Server>,
    /// Of each file, the modules that it requires and the files that they are.
    required: FxHashMap<FileId, Vec<(SmolStr, FileId)>>,
    /// The files of modules that were looked for, by the folder of the script that requires them and their names.
    modules: FxHashMap<SmolStr, FxHashMap<SmolStr, Option<FileId>>>,
    /// Files came or went, or are looked for elsewhere: `required` and `modules` have to be made anew.
    moved: bool,
    /// Scripts or modules are wanted that were not, or some that were there are gone.
    wants_changed: bool,
    /// Some file passes other arguments abroad than before: `arguments` has to be made anew.
    calls_changed: bool,
    /// Some file assigns other globals or adds other fields than before.
    names_changed: bool,
    /// What callers in other files pass to functions of a file.
    arguments: FxHashMap<(FileId, FunctionId), Vec<Type>>,
    /// What each file assigns to a global.
    globals: FxHashMap<SmolStr, Vec<(FileId, Type)>>,
    defined: globals::DefinedGlobals,
    /// Files that add fields to classes of the API.
    extensions: FxHashSet<(SmolStr, SmolStr)>,
    /// Classes that annotations declare; of several with the same name, that of the first file.
    classes: FxHashMap<Text, TableRef>,
    /// Parts of tables that files other than the table's own have, by the table.
    parts: FxHashMap<TableRef, Vec<TableRef>>,
    /// Files whose tables got other parts than before.
    parts_changed: FxHashSet<FileId>,
    /// The rules of adaptive delivery; read when they are first asked for after an update.
    adaptive: OnceLock<Vec<RegisteredRules>>,
    derived: Derived,
}

impl Project {
    /// An empty project.
    #[must_use]
    pub fn new(api: Arc<Api>, settings: Settings) -> Self {
        Self {
            api,
            settings: Arc::new(settings),
            search: SearchPath::new("", None),
            files: Vec::new(),
            by_path: FxHashMap::default(),
            servers: Vec::new(),
            required: FxHashMap::default(),
            modules: FxHashMap::default(),
            moved: true,
            wants_changed: true,
            calls_changed: false,
            names_changed: false,
            arguments: FxHashMap::default(),
            globals: FxHashMap::default(),
            defined: globals::DefinedGlobals::default(),
            extensions: FxHashSet::default(),
            classes: FxHashMap::default(),
            parts: FxHashMap::default(),
            parts_changed: FxHashSet::default(),
            adaptive: OnceLock::new(),
            derived: Derived::default(),
        }
    }

    /// Where required modules are looked for, beside the folders of the server's configuration.
    pub fn set_search_path(&mut self, search: SearchPath) {
        self.search = search;
        self.invalidate();
    }

    /// Adds a file or gives a known one a new text. Call [`Project::update`] before asking anything.
    pub fn set_file(&mut self, path: &str, kind: FileKind, text: impl Into<Arc<str>>) -> FileId {
        let path = SmolStr::new(normalize(path));
        let before = self.take_parsed(&path, kind);
        self.set_parsed(parse_file(path, kind, text.into(), before))
    }

    /// What was read of a file that is about to get a new text.
    fn take_parsed(&mut self, path: &str, kind: FileKind) -> Option<Before> {
        let id = self.file(path)?;
        let file = self.files.get_mut(id.index())?.as_mut()?;
        if kind != FileKind::Lua || file.kind != kind {
            return None;
        }
        let parsed = Arc::try_unwrap(std::mem::take(&mut file.parsed)).ok()?;
        Some(Before { text: file.text.clone(), parsed, general: std::mem::take(&mut file.general) })
    }

    /// Adds files, parsing them side by side.
    pub fn set_files(&mut self, files: Vec<(String, FileKind, Arc<str>)>) -> Vec<FileId> {
        use rayon::prelude::*;
        let parsed: Vec<NewFile> = files
            .into_par_iter()
            .map(|(path, kind, text)| parse_file(SmolStr::new(normalize(&path)), kind, text, None))
            .collect();
        parsed.into_iter().map(|file| self.set_parsed(file)).collect()
    }

    fn set_parsed(&mut self, new: NewFile) -> FileId {
        let next = FileId::new(self.files.len());
        let id = *self.by_path.entry(new.path.clone()).or_insert(next);
        let (analysis, settings) = match self.files.get_mut(id.index()).and_then(Option::take) {
            Some(old) => {
                self.wants_changed |= old.requires != new.requires;
                (old.analysis, old.settings)
            }
            None => {
                self.wants_changed = true;
                (Arc::default(), None)
            }
        };
        let file = File {
            path: new.path,
            kind: new.kind,
            lines: new.lines,
            annotations: Annotations::new(&new.text, &new.parsed.comments),
            text: new.text,
            parsed: Arc::new(new.parsed),
            general: new.general,
            requires: new.requires,
            analysis,
            derived: FileDerived::default(),
            settings,
            changed: true,
        };
        if id == next {
            self.moved = true;
            self.files.push(Some(file));
        } else if let Some(slot) = self.files.get_mut(id.index()) {
            *slot = Some(file);
        }
        id
    }

    /// Whether a file has settings of its own.
    #[must_use]
    pub fn has_settings(&self, file: FileId) -> bool {
        self.get(file).is_some_and(|file| file.settings.is_some())
    }

    /// Gives a file settings of its own.
    pub fn set_file_settings(&mut self, file: FileId, settings: Arc<Settings>) {
        if let Some(Some(file)) = self.files.get_mut(file.index()) {
            file.settings = Some(settings);
            file.changed = true;
        }
    }

    /// Takes a file out.
    pub fn remove_file(&mut self, id: FileId) {
        let Some(file) = self.files.get_mut(id.index()).and_then(Option::take) else { return };
        self.calls_changed = true;
        self.names_changed = true;
        let wholes = file.analysis.tables.iter().filter_map(|table| table.part_of);
        self.parts_changed.extend(wholes.map(|whole| whole.file));
        self.by_path.remove(&file.path);
        self.invalidate();
    }

    fn invalidate(&mut self) {
        self.moved = true;
        self.wants_changed = true;
        self.derived.configuration_findings = OnceLock::new();
        for file in self.files.iter_mut().flatten() {
            file.changed = true;
        }
    }

    /// Reads a server configuration and what it includes. `open` says what stands at a path that the project does not
    /// have. Every file of it becomes a file of the project.
    pub fn load_configuration(&mut self, path: &str, search: SearchPath, open: &dyn Fn(&str) -> Entry) {
        let path = normalize(path);
        let text = match self.file(&path).and_then(|id| self.text(id)) {
            Some(text) => text.to_string(),
            None => match open(&path) {
                Entry::File(text) => text,
                _ => return,
            },
        };
        let configuration = Configuration::load(&path, text, &search, &|path| self.entry(path, open));
        let policy = PolicyConfiguration::of(&configuration);
        let contents: Vec<(String, String)> =
            configuration.files().map(|(_, file)| (file.path.clone(), file.text.clone())).collect();
        let files = contents
            .into_iter()
            .map(|(path, text)| match self.file(&path) {
                Some(id) if self.text(id).is_some_and(|known| known == text) => id,
                _ => self.set_file(&path, FileKind::ServerConfiguration, text),
            })
            .collect();
        let server = Server { configuration, policy, search, scripts: FxHashMap::default(), files };
        let main = server.files.first().copied();
        self.servers.retain(|known| known.files.first().copied() != main);
        self.servers.push(server);
        self.invalidate();
    }

    /// A path among the project's own files, else what the caller finds, else a folder of configuration files that the
    /// project has: when one of them changes, there is no caller to ask.
    fn entry(&self, path: &str, open: &dyn Fn(&str) -> Entry) -> Entry {
        if let Some(text) = self.file(path).and_then(|id| self.text(id)) {
            return Entry::File(text.to_string());
        }
        let found = open(path);
        if !matches!(found, Entry::Missing) {
            return found;
        }
        let files = self.files.iter().flatten().filter(|file| file.kind == FileKind::ServerConfiguration);
        let names = files.filter_map(|file| file.path.strip_prefix(path)?.strip_prefix('/'));
        let names: Vec<String> = names.filter(|name| !name.contains('/')).map(str::to_owned).collect();
        if names.is_empty() { Entry::Missing } else { Entry::Folder(names) }
    }

    /// The file at a path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// All files, in the order in which they were added.
    pub fn files(&self) -> impl Iterator<Item = FileId> + '_ {
        self.files.iter().enumerate().filter(|(_, file)| file.is_some()).map(|(index, _)| FileId::new(index))
    }

    /// A file's path, as it was handed in.
    #[must_use]
    pub fn path(&self, id: FileId) -> Option<&str> {
        self.get(id).map(|file| file.path.as_str())
    }

    /// A file's text.
    #[must_use]
    pub fn text(&self, id: FileId) -> Option<&str> {
        self.get(id).map(|file| &*file.text)
    }

    /// Lines and columns of a file's text.
    #[must_use]
    pub fn lines(&self, id: FileId) -> Option<&LineIndex> {
        self.get(id).map(|file| &file.lines)
    }

    /// What a file is read as.
    #[must_use]
    pub fn kind(&self, id: FileId) -> Option<FileKind> {
        self.get(id).map(|file| file.kind)
    }

    /// The API that the policy is checked against.
    #[must_use]
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// What calls what, through all files.
    pub(crate) fn calls(&self) -> &Graph {
        self.derived.calls.get_or_init(|| Graph::of(self))
    }

    /// Works out at once what reaches each function: less work than file by file where all are asked for.
    pub(crate) fn follow_all_calls(&self) -> &Reachability {
        self.derived.reachability.get_or_init(|| Reachability::of(self))
    }

    /// The callouts, hooks and other entries that reach a function, or with `None` a file's own code.
    #[must_use]
    pub fn reached_by(&self, place: CodePlace) -> &[Reach] {
        let by_file = || {
            let known = self.derived.reachability_by_file.get(place.0.index())?;
            Some(known.get_or_init(|| Reachability::of_file(self, place.0)))
        };
        let known = self.derived.reachability.get().or_else(by_file);
        known.unwrap_or_else(|| self.follow_all_calls()).of_place(place)
    }

    fn get(&self, id: FileId) -> Option<&File> {
        self.files.get(id.index())?.as_ref()
    }

    fn settings_of<'a>(&'a self, file: &'a File) -> &'a Settings {
        file.settings.as_deref().unwrap_or(&self.settings)
    }

    /// A Lua file with all that is known of it.
    #[must_use]
    pub fn script(&self, id: FileId) -> Option<Script<'_>> {
        let file = self.get(id)?;
        (file.kind == FileKind::Lua).then_some(Script { project: self, id, file })
    }

    /// All Lua files.
    pub fn scripts(&self) -> impl Iterator<Item = Script<'_>> {
        self.files().filter_map(|id| self.script(id))
    }

    /// The server configurations.
    pub fn server_configurations(&self) -> impl Iterator<Item = ServerConfiguration<'_>> {
        self.servers.iter().map(|server| ServerConfiguration { project: self, server })
    }
}

/// A file that was parsed, before it is part of the project.
struct NewFile {
    path: SmolStr,
    kind: FileKind,
    text: Arc<str>,
    lines: LineIndex,
    parsed: Parsed,
    general: general::Findings,
    requires: Vec<SmolStr>,
}

/// What was read of the text that a file had before.
struct Before {
    text: Arc<str>,
    parsed: Parsed,
    general: general::Findings,
}

/// Reads a file; what an edit left as it was is taken from `before`.
fn parse_file(path: SmolStr, kind: FileKind, text: Arc<str>, before: Option<Before>) -> NewFile {
    let mut general = general::Findings::default();
    let parsed = match kind {
        FileKind::ServerConfiguration => syntax::parse(""),
        FileKind::Lua => {
            let (old_text, old_parsed, old_general) = match before {
                Some(before) => (before.text, Some(before.parsed), before.general),
                None => (Arc::default(), None, general::Findings::default()),
            };
            let mut found = general::Findings::default();
            let old = old_parsed.map(|parsed| (&*old_text, parsed));
            let (parsed, kept) = syntax::parse_again(&text, old, |piece| found.add(piece));
            let lengths = [&old_text, &text].map(|text| syntax::offset_u32(text.len()));
            general = old_general.kept(kept, lengths[0], lengths[1]);
            general.append(found);
            parsed
        }
    };
    NewFile {
        path,
        kind,
        lines: LineIndex::new(&text),
        requires: required_modules(&parsed),
        parsed,
        general,
        text,
    }
}

/// Modules of `require("…")` and `pcall(require, "…")`, as written.
fn required_modules(parsed: &Parsed) -> Vec<SmolStr> {
    let tree = &parsed.tree;
    let is_named = |expression: ExpressionId, wanted: &str| matches!(&tree.expression(expression).kind, ExpressionKind::Name(name) if name == wanted);
    let modules = tree.expressions().filter_map(|(_, expression)| {
        let ExpressionKind::Call(call) = &expression.kind else { return None };
        let module = match &call.arguments[..] {
            [module, ..] if is_named(call.callee, "require") => *module,
            [function, module, ..] if is_named(call.callee, "pcall") && is_named(*function, "require") => {
                *module
            }
            _ => return None,
        };
        tree.string(module).map(SmolStr::new)
    });
    let mut modules: Vec<SmolStr> = modules.collect();
    modules.sort();
    modules.dedup();
    modules
}
