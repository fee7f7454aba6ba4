//! Policy scripts in the styles that sites write, all of which the engine loads.

use std::path::Path;

/// Name and text of each.
pub(crate) const SCRIPTS: [(&str, &str); 6] = [
    ("connection_limit", include_str!("../scripts/connection_limit.lua")),
    ("recipient_check", include_str!("../scripts/recipient_check.lua")),
    ("headers", include_str!("../scripts/headers.lua")),
    ("binding", include_str!("../scripts/binding.lua")),
    ("signing", include_str!("../scripts/signing.lua")),
    ("injection", include_str!("../scripts/injection.lua")),
];

/// The scripts, and the examples of the vendor's manual where they lie beside the project.
pub(crate) fn real_scripts() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = SCRIPTS.iter().map(|(_, text)| text.as_bytes().to_vec()).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/docs-examples/normalized");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: the examples of the manual are not beside the project");
        return all;
    };
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    all.extend(files.iter().filter_map(|file| std::fs::read(file).ok()));
    all
}
