//! `momentum-lua init session SCRIPT`: writes a session with everything that the script reads.

use std::path::{Component, Path, PathBuf};

use clap::Args;
use momentum_lua_runtime::session::skeleton;

use super::write_new;
use crate::paths::{WorkingDirectory, slashed};
use crate::problem::{Print as _, Problem};
use crate::settings::Choices;
use crate::tree;

/// Write a session with everything that a script reads
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The script
    #[arg(value_name = "SCRIPT")]
    script: PathBuf,

    /// The file to write, instead of one beside the script
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Writes the session, and gives the file.
pub(super) fn write(arguments: &Arguments) -> Result<PathBuf, Problem> {
    let here = WorkingDirectory::current()?;
    let script = &arguments.script;
    let (workspaces, problems) = tree::open(std::slice::from_ref(script), &Choices::default(), &here);
    problems.iter().for_each(Problem::print);
    let found = workspaces.iter().find_map(|workspace| Some((workspace.project(), workspace.file(script)?)));
    let Some((project, id)) = found.filter(|(project, id)| project.script(*id).is_some()) else {
        return Err(Problem::new(format!("`{}` is no script", script.display()))
            .help("name a `.lua` file, as in `momentum-lua init session etc/inbound/limits.lua`"));
    };
    let file = arguments.output.clone().unwrap_or_else(|| script.with_extension("session.toml"));
    let text = skeleton(project, id, &relative(&file, script, &here));
    write_new(&file, &text, "name another one with `--output`")?;
    Ok(file)
}

/// The path of the script from the folder of the session file.
fn relative(file: &Path, script: &Path, here: &WorkingDirectory) -> String {
    let (file, script) = (here.absolute(file), here.absolute(script));
    let folder: Vec<Component<'_>> =
        file.parent().map(|folder| folder.components().collect()).unwrap_or_default();
    let target: Vec<Component<'_>> = script.components().collect();
    let shared = folder.iter().zip(&target).take_while(|(one, other)| one == other).count();
    let up = folder.iter().skip(shared).map(|_| Component::ParentDir);
    slashed(&up.chain(target.iter().skip(shared).copied()).collect::<PathBuf>())
}
