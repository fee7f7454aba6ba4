//! Turns the stubs into the table that the crate embeds. A broken stub is a build error.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use momentum_lua_stub_reader::{Api, Database, StubFile, read_stubs};

/// Folders of stubs, below the crate's root.
const FOLDERS: [&str; 3] = ["lua", "c", "tables"];

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut files = Vec::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        if root.join(folder).is_dir() {
            collect(&root, &root.join(folder), &mut files)?;
        }
    }
    files.sort();
    let mut sources = String::from("&[\n");
    for (path, _) in &files {
        let below = path.strip_prefix("stubs").unwrap_or(path);
        writeln!(sources, "({path:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {below:?}))),")?;
    }
    sources.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("sources.rs"), sources)?;
    let files: Vec<StubFile<'_>> = files.iter().map(|(path, text)| StubFile { path, text }).collect();
    let (model, errors) = read_stubs(&files, &Api::default());
    for error in &errors {
        println!("cargo::error={error}");
    }
    let blob = Database::new(model).to_blob()?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("api.bin"), blob)?;
    Ok(())
}

/// All files below a folder with their paths as seen from the workspace.
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else {
            let below = path.strip_prefix(root).unwrap_or(&path);
            files.push((format!("stubs/{}", below.display()), fs::read_to_string(&path)?));
        }
    }
    Ok(())
}
