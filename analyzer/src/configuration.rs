//! Configuration: Momentum's own (`ecelerity.conf` and what it includes) and the project's (`momentum-lua.toml`).
//!
//! Everything here is pure: texts come in, values with positions go out.

pub mod ecelerity;
pub mod includes;
mod location;
pub mod near;
pub mod project;
pub mod scriptlets;
pub mod search_path;
pub mod target;
pub mod toml_text;

pub use location::Location;
