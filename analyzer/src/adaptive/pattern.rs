//! Patterns of replies.

use super::problem::TextProblem;
use super::text::first_look_alike;
use crate::pcre;

/// What is wrong with a pattern so that it does not compile.
pub(super) fn compile_problem(pattern: &str) -> Option<TextProblem> {
    let error = pcre::compile(pattern.as_bytes(), pcre::Flags::MSYS_PCRE).err()?;
    // Which release of PCRE the server has decides.
    if error.code == pcre::INVALID_RANGE {
        return None;
    }
    let message =
        format!("this regular expression does not compile, so no reply matches it: {}", error.message);
    Some(TextProblem::new(error.range, message))
}

/// What is doubtful about a pattern that compiles.
pub(super) fn doubt(pattern: &str) -> Option<TextProblem> {
    if pattern.is_empty() {
        return Some(TextProblem::new(0..0, "an empty pattern matches every reply, whatever it says"));
    }
    let mut found = first_look_alike(pattern)?;
    found.message.push_str(": replies are written in ASCII, so this pattern matches none");
    Some(found)
}
