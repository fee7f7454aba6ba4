//! Momentum's configuration syntax: a parser that always gives a tree, with a position for everything in it.
//!
//! # The syntax
//! ```text
//! Message_Expiration = 86400                      # an option
//! Relay_Hosts = ( "10.0.0.1" "10.0.0.2" )         # a list: blanks or commas separate
//! AuthLoginParameters = [ uri = "ecauth://" ]     # a dictionary
//! alerting {}                                     # a scope without a name
//! Domain "example.com" { Gateway = "10.1.1.1" }   # a scope with a name; scopes nest
//! include "other.conf"                            # anywhere, also inside a scope
//! readonly_include "installer.conf"
//! /* comments in the manner of C do not nest */
//! ```
//! Line ends mean nothing, names of options and scopes are case-insensitive, and a value that holds blanks or one of
//! `# / " ' = { } [ ] ( )` has to be quoted. A string may go over several lines. That much is documented
//! (`momentum/4/conf-overview`, `momentum/4/conf-options`, `momentum/4/console-commands/config`).
//!
//! # What the documentation leaves open
//! - Escapes: `\"`, `\'` and `\\` stand for the second character; any other backslash stays, as in the patterns of
//!   regular-expression domains. [`Word::raw_range`] always gives the text as it was written.
//! - `/` in a bare word is taken as it stands, and `;` after a statement is passed over.
//! - `+=` and `-=` are on no page: they are read, and reported as undocumented.
//!
//! Names that are not known are never an error here: modules bring their own scopes and options.

mod error;
mod lexer;
mod parser;
mod tree;

pub use error::{SyntaxError, SyntaxErrorKind};
pub use parser::parse;
pub use tree::{
    Assignment, Collection, CollectionKind, Document, Include, Item, Operator, OperatorKind, Quote, Scope,
    Statement, Value, Word,
};

#[cfg(test)]
mod tests;
