//! What the engine's parser says of a text that a script loads.
//!
//! Scripts may show or compare such messages, so they are the engine's where its own are not garbled. What people read
//! elsewhere is the analyzer's message, which says more.

/// The engine's words for a message of the analyzer.
pub(super) fn of(message: &str) -> String {
    let quoted = || message.split('`').nth(1).unwrap_or_default();
    if message.starts_with("malformed number") {
        // The engine reads a hexadecimal number up to the dot.
        let number = quoted();
        let read = if number.starts_with("0x") { number.split('.').next().unwrap_or(number) } else { number };
        return format!("malformed number near '{read}'");
    }
    let fixed = [
        ("`\\x` needs", "expected hex digit near '\"'"),
        ("`\\u` needs", "expected either 4, 6 or 8 hex digits for unicode escape near '\"'"),
        ("a decimal escape is at most", "escape sequence too large near '\"'"),
        ("ambiguous: this `(`", "ambiguous syntax (function call x new statement) near '('"),
        ("`[[` inside", "nesting of [[...]] is deprecated near '['"),
    ];
    if let Some((_, words)) = fixed.iter().find(|(start, _)| message.starts_with(start)) {
        return (*words).to_owned();
    }
    if message.starts_with("expected a statement, found `")
        || message.starts_with("expected an expression, found `")
    {
        return format!("unexpected symbol near '{}'", quoted());
    }
    message.to_owned()
}

#[cfg(test)]
mod tests {
    use crate::lowering::{Origin, lower};

    /// The table above hangs on the analyzer's wording.
    #[test]
    fn messages_of_the_analyzer_are_known() {
        for (text, words) in [
            ("return 089", "malformed number near '089'"),
            ("return 0x.8", "malformed number near '0x'"),
            (r#"return "\x4""#, "expected hex digit near '\"'"),
            (r#"return "\u012""#, "expected either 4, 6 or 8 hex digits for unicode escape near '\"'"),
            (r#"return "\256""#, "escape sequence too large near '\"'"),
            ("local f = print\n(f)(1)", "ambiguous syntax (function call x new statement) near '('"),
            ("return [[a [[ b]]", "nesting of [[...]] is deprecated near '['"),
            ("// c", "unexpected symbol near '/'"),
            ("x = )", "unexpected symbol near ')'"),
        ] {
            let errors = lower(text, Origin::String).unwrap_err();
            assert_eq!(super::of(&errors[0].message), words, "{text}");
        }
    }
}
