//! Addresses that findings link to. Those of Momentum's pages come from the project's configuration.

/// The reference of the rules.
const RULES: &str = "https://github.com/momentum-lua/momentum-lua/blob/main/docs/rules.md";

/// The address of a rule's documentation. Headings of the reference are the codes; `/` is no part of an anchor.
#[must_use]
pub fn rule(code: &str) -> String {
    format!("{RULES}#{}", code.replace('/', ""))
}
