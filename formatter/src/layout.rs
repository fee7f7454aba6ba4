//! The call of stylua, and what keeps it from doing harm.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use momentum_lua_analyzer::syntax::with_stack_for;
use stylua_lib::{OutputVerification, format_code};

use crate::style::Style;

/// stylua is not always content with its own result: it is asked again so often at most.
const MOST_ROUNDS: usize = 8;

/// Its frames are larger than the parser's.
const STACK_FACTOR: u32 = 4;

/// Lays out plain Lua 5.1, and its result again until nothing changes; with a `range` only once, since the result's
/// offsets are others. `None` if stylua fails.
pub(crate) fn lay_out(text: &str, depth: u32, style: &Style, range: Option<Range<u32>>) -> Option<String> {
    with_stack_for(depth * STACK_FACTOR, || {
        let mut laid_out = once(text, style, range.clone())?;
        if range.is_none() {
            for _ in 1..MOST_ROUNDS {
                let again = once(&laid_out, style, None)?;
                if again == laid_out {
                    break;
                }
                laid_out = again;
            }
        }
        Some(laid_out)
    })
}

/// stylua's result; `None` where it fails or panics.
fn once(text: &str, style: &Style, range: Option<Range<u32>>) -> Option<String> {
    let range = range
        .map(|range| stylua_lib::Range::from_values(Some(range.start as usize), Some(range.end as usize)));
    catch_unwind(AssertUnwindSafe(|| format_code(text, style.stylua(), range, OutputVerification::None)))
        .ok()?
        .ok()
}
