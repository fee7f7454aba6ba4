//! What the words of the language mean.

use crate::syntax::TokenKind;

/// How a statement or value with that word is written, and what it does. `None` for what is no word.
pub(super) fn meaning(kind: TokenKind) -> Option<(&'static str, &'static str)> {
    use TokenKind as K;
    const IF: &str = "if CONDITION then … elseif CONDITION then … else … end";
    const NUMERIC: &str = "for I = FIRST, LAST, STEP do … end\nfor NAMES in VALUES do … end";
    const REPEAT: &str = "repeat … until CONDITION";
    const WHILE: &str = "while CONDITION do … end";
    Some(match kind {
        K::And => ("a and b", "`a` if it is `false` or `nil`, else `b`, which is worked out only then."),
        K::Or => ("a or b", "`a` unless it is `false` or `nil`, else `b`, which is worked out only then."),
        K::Not => ("not a", "Whether a value is `false` or `nil`. Momentum's Lua also reads `!a`."),
        K::Nil => (
            "nil",
            "No value: what variables, fields and missing arguments have that nobody set. It counts as false; C functions \
             of Momentum may crash on it.",
        ),
        K::True => {
            ("true", "The boolean. Every value but `false` and `nil` counts as true, also `0` and `\"\"`.")
        }
        K::False => ("false", "The boolean. Beside it only `nil` counts as false."),
        K::If | K::Then | K::Else | K::ElseIf => {
            (IF, "Runs the first block whose condition holds, else the one behind `else`.")
        }
        K::For | K::In => (
            NUMERIC,
            "Counts from `FIRST` to `LAST` inclusive, by 1 where no `STEP` is given; or calls an iterator until it gives \
             `nil`. In Momentum's Lua a value with the metamethod `__iter`, such as a set of rows or a JSON array, stands \
             behind `in` by itself.",
        ),
        K::While => (WHILE, "Runs the block again and again while the condition holds before it."),
        K::Repeat | K::Until => (
            REPEAT,
            "Runs the block until the condition holds behind it, so at least once. The condition sees the block's locals.",
        ),
        K::Do => (
            "do … end",
            "A block: what is `local` in it ends with it. Also begins the body of `for` and `while`.",
        ),
        K::Break => (
            "break",
            "Leaves the innermost `for`, `while` or `repeat`. It has to be the last statement of its block.",
        ),
        K::Return => (
            "return VALUES",
            "Ends the function with these values. It has to be the last statement of its block: `do return end` stands \
             anywhere.",
        ),
        K::Local => (
            "local NAMES = VALUES\nlocal function NAME(PARAMETERS) … end",
            "Declares variables for the rest of the block. A name that is assigned without it is a global, which all \
             scripts and sessions of the server share.",
        ),
        K::Function => (
            "function NAME(PARAMETERS) … end\nfunction TABLE:NAME(PARAMETERS) … end",
            "Defines a function. With `:` it has `self` as its first parameter.",
        ),
        K::End => ("end", "Closes the innermost `function`, `if`, `for`, `while` or `do`."),
        K::Ellipsis => (
            "...",
            "The further arguments of the function, or of the script. `select(\"#\", ...)` counts them.",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_a_meaning() {
        for word in [
            "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local",
            "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
        ] {
            let (usage, words) = meaning(TokenKind::keyword(word).unwrap()).unwrap();
            assert!(usage.contains(word) && words.ends_with('.'), "{word}");
        }
        assert!(meaning(TokenKind::Name).is_none());
    }
}
