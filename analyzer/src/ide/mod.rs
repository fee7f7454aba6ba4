//! What an editor asks about a script: from offsets to plain results, one file for each feature.
//!
//! Nothing here knows the Language Server Protocol. `place` says what stands at an offset; features begin there.

#[cfg(test)]
pub(crate) mod fixture;
pub mod hover;
pub mod outline;
pub mod place;
pub mod rename;
pub mod symbol;

pub use place::Place;
