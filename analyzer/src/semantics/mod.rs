//! What a file means: names, types, what reaches what.
//!
//! Types need no annotation: they start at the signatures of callouts and hooks (`function mod:validate_data(msg, accept,
//! vctx)` on a table) and at the functions of the API, and flow through locals, fields, tables, calls and returns.
//! Conditions narrow them.

pub mod analysis;
pub mod annotation;
pub mod environment;
mod expression_map;
pub mod infer;
pub mod library;
pub(crate) mod parameter_names;
pub mod reach;
pub mod scope;
pub mod types;

pub use analysis::Analysis;
pub use expression_map::ExpressionMap;
pub use scope::{BindingId, Scopes};
pub use types::{Type, Value};
