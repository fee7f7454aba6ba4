//! The policy that is run: a script, or all scripts of an `ecelerity.conf`.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use momentum_lua_analyzer::configuration::includes;
use momentum_lua_analyzer::configuration::scriptlets::Script as Stanza;
use momentum_lua_analyzer::configuration::search_path::{SearchPath, comes_with_momentum};
use momentum_lua_analyzer::syntax;
use momentum_lua_runtime::engine::{Policy, Script};
use momentum_lua_runtime::machine::Files;
use momentum_lua_workspace::tree;
use momentum_lua_workspace::unsaved::Unsaved;

use crate::configuration::Configuration;
use crate::granted_files::GrantedFiles;
use crate::paths::{WorkingDirectory, below};
use crate::problem::Problem;

/// The Lua files of the tree: what `require` may load. Scripts see no other file of the disk.
struct Tree {
    granted: GrantedFiles,
    root: PathBuf,
    here: WorkingDirectory,
    unsaved: Unsaved,
}

impl Tree {
    fn of(root: PathBuf, here: &WorkingDirectory, unsaved: &Unsaved) -> Self {
        let granted = GrantedFiles::new(std::iter::once(root.clone()));
        Self { granted, root, here: here.clone(), unsaved: unsaved.clone() }
    }

    fn unsaved(&self, path: &Path) -> Option<Vec<u8>> {
        let path = self.here.absolute(path);
        let text = self.unsaved.text(&path).filter(|_| path.starts_with(&self.root))?;
        Some(text.as_bytes().to_vec())
    }
}

impl Files for Tree {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let is_script = Path::new(path).extension().is_some_and(|extension| extension == "lua");
        let read = || self.unsaved(Path::new(path)).or_else(|| self.granted.read(path).ok());
        let read = if is_script { read() } else { None };
        read.ok_or_else(|| "No such file or directory".to_owned())
    }
}

/// The scripts below a folder, for `require`.
pub(crate) fn scripts_below(folder: PathBuf, here: &WorkingDirectory) -> Rc<dyn Files> {
    Rc::new(Tree::of(folder, here, &Unsaved::default()))
}

/// Reads a policy: a file whose name ends in `.lua` is a script, any other a configuration. Texts that are not saved go
/// before what is on the disk.
pub(crate) fn read(
    path: &Path,
    configuration: &Configuration,
    here: &WorkingDirectory,
    unsaved: &Unsaved,
) -> Result<Policy, Problem> {
    let absolute = here.absolute(path);
    let bytes = unsaved.read(&absolute).map_err(|error| Problem::io("read", path, &error))?;
    let is_script = path.extension().is_some_and(|extension| extension == "lua");
    let root = match (&configuration.file, absolute.parent()) {
        (None, Some(folder)) if !absolute.starts_with(&configuration.root) => folder.to_owned(),
        _ => configuration.root.clone(),
    };
    let main = (!is_script).then(|| below(&root, &absolute));
    let search = SearchPath::new("", main.as_deref()).with_lua_path(&configuration.project.lua_path);
    let shown = |name: &str| here.shown(&root.join(name));
    let mut policy = if is_script {
        Policy::of_script(here.shown(path), &bytes)
    } else {
        let (text, _) = syntax::decode(bytes);
        let open = |name: &str| tree::entry_with(&root.join(name), unsaved);
        let main = main.unwrap_or_default();
        let server = includes::Configuration::load(&main, text, &search, &open);
        let mut policy =
            Policy::of_configuration(&server, |stanza| script(stanza, &search, &root, here, unsaved));
        // What comes with Momentum is not in the tree, and no part of the policy.
        policy.scripts.retain(|script| !script.file.is_empty());
        policy
    };
    let beside = path.parent().map(|folder| below(&root, &here.absolute(folder)));
    let mut templates: Vec<String> = search.script_candidates("?", None);
    if let Some(beside) = beside.filter(|_| is_script) {
        templates.push(if beside.is_empty() { "?.lua".to_owned() } else { format!("{beside}/?.lua") });
    }
    policy.lua_path = templates.iter().map(|template| shown(template)).collect();
    policy.files = Rc::new(Tree::of(root, here, unsaved));
    Ok(policy)
}

/// The script of a stanza; one without a file where Momentum brings it.
fn script(
    stanza: &Stanza,
    search: &SearchPath,
    root: &Path,
    here: &WorkingDirectory,
    unsaved: &Unsaved,
) -> Script {
    let name = stanza.name.as_ref().map(|name| name.text.clone());
    let source = stanza.source.as_ref().map(|source| source.text.clone()).unwrap_or_default();
    if comes_with_momentum(&source) {
        return Script::missing(name, "", "it comes with Momentum");
    }
    let candidates = stanza.candidates(search);
    for candidate in &candidates {
        let file = root.join(candidate);
        if let Ok(bytes) = unsaved.read(&file) {
            return Script::new(name, here.shown(&file), &bytes);
        }
    }
    let first = candidates.first().cloned().unwrap_or_else(|| source.clone());
    let reason = format!("Unable to open '{first}', errno=2 No such file or directory");
    Script::missing(name, source, reason)
}
