//! TOML files that we know the content of: session files and `momentum-lua.toml`.

pub mod key;
mod layout;
pub mod outline;
pub(super) mod schema;

pub(super) use layout::Layout;
