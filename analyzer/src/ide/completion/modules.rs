//! Names of modules in `require`.

use super::cursor::Cursor;
use super::item::{Item, ItemKind, Rank, Subject};
use crate::project::{FileId, Script};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

/// The modules of the API and of the project.
pub(super) fn items(cursor: &Cursor<'_, '_>) -> Vec<Item> {
    let script = cursor.script;
    let api = script.api();
    let required = script.required_modules();
    let mut items: Vec<Item> = api
        .modules()
        .into_iter()
        .map(|module| {
            let mut item = Item::new(module.name.as_str(), ItemKind::Module)
                .subject(Subject::Module(module.name.to_string()));
            item.detail = match () {
                () if module.replaced.is_some() => {
                    module.replaced.as_ref().map(|new| format!("replaced by {new}"))
                }
                () if module.preloaded => Some("there without it".to_owned()),
                () => None,
            };
            if module.replaced.is_some() {
                item.deprecated = true;
                item.rank = Rank::Deprecated;
            }
            // Once is enough, and the name that stands here may be that one.
            if required.iter().any(|known| *known == *module.name) {
                item.rank = item.rank.max(Rank::Rare);
            }
            cursor.rated(item, &module.about)
        })
        .collect();
    items.extend(
        of_project(cursor, |_| true)
            .into_iter()
            .map(|(name, path)| Item::new(name, ItemKind::File).detail(path).rank(Rank::Near)),
    );
    items
}

/// The project's modules as names that can be written where a variable can: their `require` comes along.
pub(super) fn not_required(cursor: &Cursor<'_, '_>, taken: &FxHashSet<SmolStr>) -> Vec<Item> {
    let required = cursor.script.required_modules();
    let modules = of_project(cursor, |other| other.analysis().exports.tables().next().is_some());
    let items = modules.into_iter().filter_map(|(module, path)| {
        let name = module.rsplit(['.', '/']).next()?;
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let is_taken = taken.contains(name) || cursor.script.api().global(name).is_some();
        if !is_name || is_taken || required.iter().any(|known| *known == module) {
            return None;
        }
        let edit = cursor.insert_require(format!("local {name} = require(\"{module}\")\n"))?;
        let mut item = Item::new(name, ItemKind::Module).detail(path).rank(Rank::Rare);
        item.edits.push(edit);
        Some(item)
    });
    items.collect()
}

/// Those of the project's files by the names under which this script can require them, with their paths.
fn of_project(cursor: &Cursor<'_, '_>, fits: impl Fn(&Script<'_>) -> bool) -> Vec<(String, String)> {
    let script = cursor.script;
    let project = script.project();
    let mut used: FxHashMap<FileId, String> = FxHashMap::default();
    for other in project.scripts() {
        for module in other.required_modules() {
            if let Some(file) = project.required_file(other.id(), module) {
                used.entry(file).or_insert_with(|| module.to_string());
            }
        }
    }
    let mut found = Vec::new();
    for other in project.scripts().filter(|other| other.id() != script.id() && fits(other)) {
        let name = match used.get(&other.id()) {
            Some(name) if project.module_file(name, script.id()) == Some(other.id()) => Some(name.clone()),
            _ => shortest_name(cursor, other.path(), other.id()),
        };
        found.extend(name.map(|name| (name, other.path().to_owned())));
    }
    found
}

/// The shortest end of a path that leads to the file.
fn shortest_name(cursor: &Cursor<'_, '_>, path: &str, file: FileId) -> Option<String> {
    let stem = path.strip_suffix(".lua")?;
    if stem.contains('.') {
        return None;
    }
    let parts: Vec<&str> = stem.trim_start_matches('/').split('/').collect();
    let names = (0..parts.len()).rev().filter_map(|first| parts.get(first..).map(|parts| parts.join(".")));
    let project = cursor.script.project();
    names.into_iter().find(|name| project.module_file(name, cursor.script.id()) == Some(file))
}
