//! A file with tests in Lua.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use momentum_lua_runtime::engine::{Options, Policy};
use momentum_lua_runtime::machine::Files;
use momentum_lua_runtime::session::Session;
use momentum_lua_runtime::testing::Coverage;
use momentum_lua_runtime::testing::lua::{self, Host, LuaFile, Told};
use momentum_lua_workspace::unsaved::Unsaved;

use super::policy::Policies;
use super::protocol::{Job, Said};
use crate::paths::WorkingDirectory;
use crate::problem::{Print as _, Problem, reason};

/// Runs the tests of a file.
pub(super) fn run(
    job: &Job,
    policies: &Rc<RefCell<Policies>>,
    here: &WorkingDirectory,
    say: &mut dyn FnMut(Said),
) -> Coverage {
    let unusable = |say: &mut dyn FnMut(Said), problems: &[Problem]| {
        problems.iter().for_each(|problem| say(Said::Problem(problem.rendered())));
        Coverage::default()
    };
    let source = match job.unsaved.read(&job.file) {
        Ok(source) => source,
        Err(error) => return unusable(say, &[Problem::io("read", Path::new(&job.shown), &error)]),
    };
    let folder = job.file.parent().unwrap_or(here.path()).to_owned();
    // Tests of modules alone need no policy: what sessions run against is asked for when one does.
    let default = policies.borrow_mut().of(job, None, here).ok();
    let mut lua_path = vec![format!("{}/?.lua", crate::paths::slashed(&folder))];
    let mut options = Options::default();
    let mut readers: Vec<Rc<dyn Files>> = vec![crate::policy::scripts_below(folder.clone(), here)];
    if let Some(default) = &default {
        lua_path.extend(default.policy.lua_path.iter().cloned());
        readers.push(Rc::clone(&default.policy.files));
        options = default.options.clone();
    }
    options.coverage = job.coverage;
    options.limits = options.limits.with(&job.limits);
    let limit = options.limits.wall_clock;
    let file =
        LuaFile { name: job.shown.clone(), source, lua_path, files: Rc::new(Several(readers)), options };
    let host: Rc<dyn Host> =
        Rc::new(Beside { job: job.clone(), folder, policies: Rc::clone(policies), here: here.clone() });
    // A test may run sessions, each within the same limit; so many of them at their limit are patience enough.
    const SESSIONS: u64 = 10;
    let limit_ms = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX).saturating_mul(SESSIONS);
    lua::run(&file, &host, &|name| job.wants(name), &mut |told| match told {
        Told::Begin(unended) => say(Said::Begin { unended: Box::new(unended), limit_ms }),
        Told::Done(result) => say(Said::Done(Box::new(result))),
    })
}

/// Files of several places; the first that has one gives it.
struct Several(Vec<Rc<dyn Files>>);

impl Files for Several {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let mut missing = Err("No such file or directory".to_owned());
        for files in &self.0 {
            missing = files.read(path);
            if missing.is_ok() {
                break;
            }
        }
        missing
    }
}

/// Sessions whose files stand beside the test.
struct Beside {
    job: Job,
    folder: PathBuf,
    policies: Rc<RefCell<Policies>>,
    here: WorkingDirectory,
}

impl Host for Beside {
    fn session(&self, text: &str) -> Result<Session, String> {
        let (session, errors) =
            crate::session::read_text(text, &self.folder, &self.here, &Unsaved::default());
        errors.first().map_or(Ok(session), |error| Err(error.to_string()))
    }

    fn text(&self, path: &str) -> Result<String, String> {
        std::fs::read_to_string(self.folder.join(path)).map_err(|error| reason(&error))
    }

    fn policy(&self, named: Option<&str>) -> Result<(Policy, Options), String> {
        let loaded = self.policies.borrow_mut().of(&self.job, named, &self.here);
        match loaded {
            Ok(loaded) => Ok((loaded.policy.clone(), loaded.options.clone())),
            Err(problems) => Err(problems.first().map(|problem| problem.message.clone()).unwrap_or_default()),
        }
    }
}
