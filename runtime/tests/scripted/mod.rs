//! Runs of a script that is put together around the callouts under test.

#![allow(clippy::unwrap_used, reason = "all of it is tests")]

use momentum_lua_runtime::engine::{Options, Policy, run};
use momentum_lua_runtime::report::Report;
use momentum_lua_runtime::session::{NoFiles, read_toml};

/// What a session shows of `script`, which stands between `head` and the registration of `mod`.
pub(crate) fn report(head: &str, session: &str, script: &str) -> Report {
    let (session, errors) = read_toml(session, &NoFiles);
    assert!(errors.is_empty(), "{errors:?}");
    let script = format!("{head}\n{script}\nmsys.registerModule('m', mod)");
    run(&Policy::of_script("m.lua", script.as_bytes()), &session, &Options::default())
}

/// The report as JSON.
pub(crate) fn json(report: &Report) -> String {
    serde_json::to_string(report).unwrap()
}
