//! From the dialect to Lua 5.1: the same text, line for line, with what Lua 5.1 lacks written as calls.
//!
//! | dialect | becomes | why |
//! |---|---|---|
//! | `a & b`, `a \ b`, `~a`, … | `("").__band(a,b)` | operators that Lua 5.1 has not |
//! | `a & b` over several lines | `("")[{"__band",a,b}]` | the line of a message is that of the last operand |
//! | `a + b`, `-a`, … where an operand may be a string | `("").__add(a,b)` | strings convert by other rules: `"010"` is 8 |
//! | `for i = a, b` where a bound may be a string | `for i = ("").__number(a), …` | the same |
//! | `!a`, `a != b` | `not a`, `a ~= b` | other spelling |
//! | `for … in e do` | `for … in ("").__iter(e) do` | `__iter` |
//! | `0660`, `0xFF…` | decimal | octal, saturation |
//! | `"\x41"`, `"\u00a3"` | `"\065"`, … | escapes that Lua 5.1 has not |
//!
//! The library is reached through the metatable of strings, which neither `setfenv` nor `module` can hide. Operators
//! get the words for their operands (`local 'x'`) along, for the message when one has no number. A call that is the
//! whole value of a `return` stands in parentheses: a tail call would lose the line.

mod emit;
mod numeric;
mod probes;

pub use probes::{Branch, BranchKind, Purpose, Sites, Told};

use momentum_lua_analyzer::semantics::Scopes;
use momentum_lua_analyzer::syntax::{self, SyntaxError};

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file, whose first line is skipped if it starts with `#`.
    File,
    /// A string that a script loads: `#` is an error there.
    String,
}

/// A text in Lua 5.1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lowered {
    /// The text; a line in it is the line of that number in the source.
    pub text: String,
    /// The line, from 1, of something that crashes the engine when it compiles the text: `~nil` and its like.
    pub crash_line: Option<u32>,
}

/// Lowers a text of the dialect.
///
/// # Errors
/// All syntax errors of the text, in the order of their places.
pub fn lower(source: &str, origin: Origin) -> Result<Lowered, Vec<SyntaxError>> {
    let lowered = lower_with(source, origin, None)?;
    Ok(lowered.0)
}

/// Lowers the text of a file, with probes for a purpose: under this number, which no other text has.
///
/// # Errors
/// As [`lower`].
pub fn lower_with_probes(
    source: &str,
    number: u32,
    purpose: Purpose,
) -> Result<(Lowered, Sites), Vec<SyntaxError>> {
    lower_with(source, Origin::File, Some((number, purpose)))
}

fn lower_with(
    source: &str,
    origin: Origin,
    probes: Option<(u32, Purpose)>,
) -> Result<(Lowered, Sites), Vec<SyntaxError>> {
    if origin == Origin::String && source.starts_with('#') {
        let message = "unexpected symbol near '#'".to_owned();
        return Err(vec![SyntaxError { span: syntax::Span::new(0, 1), message, related: None }]);
    }
    let parsed = syntax::parse(source);
    if !parsed.errors.is_empty() {
        return Err(parsed.errors);
    }
    Ok(syntax::with_stack_for(parsed.depth, || {
        let scopes = Scopes::new(&parsed.tree);
        let probes = probes.map(|(number, purpose)| probes::Probes::new(number, purpose, source));
        emit::emit(source, &parsed.tree, &scopes, probes)
    }))
}

#[cfg(test)]
mod tests;
