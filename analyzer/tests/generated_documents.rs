//! Documents that are made from the rules are up to date. `UPDATE_DOCS=1` writes them.

use momentum_lua_analyzer::rules::reference;
use std::path::Path;

#[test]
fn the_reference_of_rules_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rules.md");
    let wanted = reference::markdown();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, wanted).unwrap();
        return;
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found.replace("\r\n", "\n") == wanted,
        "docs/rules.md is stale: UPDATE_DOCS=1 cargo test -p momentum-lua-analyzer --test generated_documents"
    );
}
