//! Any script in a small policy tree: inference and every rule answer, and their answers hold together.
#![no_main]

#[path = "../../analyzer/tests/analysis/answer.rs"]
mod answer;

use libfuzzer_sys::fuzz_target;
use momentum_lua_analyzer::syntax::decode;

fuzz_target!(|bytes: &[u8]| {
    let (source, _) = decode(bytes.to_vec());
    answer::check(&source);
});
