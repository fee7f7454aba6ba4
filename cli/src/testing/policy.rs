//! Which scripts a test runs against.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use momentum_lua_analyzer::configuration::project::{CONFIGURATION_FILE_NAME, FILE_NAME};
use momentum_lua_runtime::engine::{Options, Policy};

use super::protocol::Job;
use crate::configuration::{self, Configuration};
use crate::limits;
use crate::paths::WorkingDirectory;
use crate::problem::Problem;

/// Where a main configuration stands in a tree.
const PLACES: [&str; 4] = ["", "etc", "etc/conf/default", "conf/default"];

/// A policy, and how it is run.
pub(super) struct Loaded {
    /// Its path for people.
    pub(super) shown: String,
    pub(super) policy: Policy,
    pub(super) options: Options,
}

/// Policies that were read before: many tests run against the same.
#[derive(Default)]
pub(super) struct Policies {
    read: HashMap<PathBuf, Rc<Loaded>>,
}

impl Policies {
    /// The policy of a test: that of the command line, else the one that the test names (relative to its folder), else
    /// the nearest configuration: in the folder of the test or above, or in `etc` there, or as `configuration` in
    /// momentum-lua.toml says.
    pub(super) fn of(
        &mut self,
        job: &Job,
        named: Option<&str>,
        here: &WorkingDirectory,
    ) -> Result<Rc<Loaded>, Vec<Problem>> {
        let folder = job.file.parent().unwrap_or(Path::new(""));
        let path = match (&job.policy, named) {
            (Some(path), _) => here.absolute(path),
            (None, Some(named)) => here.absolute(&folder.join(named)),
            (None, None) => nearest(folder, here).ok_or_else(|| {
                let help = "write `policy = \"PATH\"` into it, or give `--policy PATH`: a script or an ecelerity.conf";
                let message = format!("`{}` names no policy, and no ecelerity.conf is near", job.shown);
                vec![Problem::new(message).help(help)]
            })?,
        };
        let path = match &job.moved {
            Some((from, to)) => match path.strip_prefix(from) {
                Ok(inside) => to.join(inside),
                Err(_) => path,
            },
            None => path,
        };
        if let Some(known) = self.read.get(&path) {
            return Ok(Rc::clone(known));
        }
        let file = job.config.clone().or_else(|| configuration::find(&path, here));
        let configuration = Configuration::read(file, here);
        let (api, wrong) = crate::stubs::api(&configuration, here);
        let policy = crate::policy::read(&path, &configuration, here, &job.unsaved)
            .map_err(|problem| vec![problem])?;
        let problems: Vec<Problem> = configuration.problems.iter().cloned().chain(wrong).collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let options = Options {
            api: Arc::new(api),
            limits: limits::of_configuration(&configuration),
            coverage: job.coverage,
            ..Options::default()
        };
        let loaded = Rc::new(Loaded { shown: here.shown(&path), policy, options });
        self.read.insert(path, Rc::clone(&loaded));
        Ok(loaded)
    }
}

/// The nearest main configuration. The search ends at the top of a project or repository.
fn nearest(folder: &Path, here: &WorkingDirectory) -> Option<PathBuf> {
    for folder in folder.ancestors() {
        let file = folder.join(FILE_NAME);
        if file.is_file() {
            let configuration = Configuration::read(Some(file), here);
            if let Some(first) = configuration.project.configuration.first() {
                return Some(folder.join(first));
            }
        }
        let near = PLACES.map(|place| folder.join(place).join(CONFIGURATION_FILE_NAME));
        if let Some(found) = near.into_iter().find(|file| file.is_file()) {
            return Some(found);
        }
        if folder.join(FILE_NAME).is_file() || folder.join(".git").exists() {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_configuration_counts() {
        let tree = tempfile::tempdir().unwrap();
        let root = tree.path();
        let here = WorkingDirectory::current().unwrap();
        for folder in ["sessions/deep", "etc", "node/etc/conf/default", "other/tests"] {
            std::fs::create_dir_all(root.join(folder)).unwrap();
        }
        for file in ["etc/ecelerity.conf", "node/etc/conf/default/ecelerity.conf", "main.conf"] {
            std::fs::write(root.join(file), "").unwrap();
        }
        std::fs::write(root.join("other/momentum-lua.toml"), "").unwrap();
        let near = |folder: &str| nearest(&root.join(folder), &here);
        assert_eq!(near("sessions/deep"), Some(root.join("etc/ecelerity.conf")));
        assert_eq!(near("node"), Some(root.join("node/etc/conf/default/ecelerity.conf")));
        assert_eq!(near("other/tests"), None, "a project of its own ends the search");
        std::fs::write(root.join("other/momentum-lua.toml"), "configuration = ['../main.conf']").unwrap();
        assert_eq!(near("other/tests"), Some(root.join("other/../main.conf")));
    }
}
