//! Addresses that findings and descriptions link to.

/// The root of the public Momentum documentation.
const DOCUMENTATION: &str = "https://support.sparkpost.com/";

/// The reference of the rules.
const RULES: &str = "https://github.com/momentum-lua/momentum-lua/blob/main/docs/rules.md";

/// The address of a page that is named below the documentation's root: `momentum/4/lua/ref-msg`.
#[must_use]
pub fn page(page: &str) -> String {
    format!("{DOCUMENTATION}{}", page.trim_start_matches('/'))
}

/// The address of a rule's documentation. Headings of the reference are the codes; `/` is no part of an anchor.
#[must_use]
pub fn rule(code: &str) -> String {
    format!("{RULES}#{}", code.replace('/', ""))
}
