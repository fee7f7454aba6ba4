//! Any bytes: the front end answers, and its answer holds together.
#![no_main]

#[path = "../../analyzer/tests/syntax/invariants.rs"]
mod invariants;

use libfuzzer_sys::fuzz_target;
use momentum_lua_analyzer::syntax::decode;

fuzz_target!(|bytes: &[u8]| {
    let (source, _) = decode(bytes.to_vec());
    invariants::check(&source);
});
