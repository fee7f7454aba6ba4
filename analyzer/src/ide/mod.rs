//! What an editor asks about a script: from offsets to plain results, one file for each feature.
//!
//! Nothing here knows the Language Server Protocol. `place` says what stands at an offset; features begin there.

pub mod hover;
pub mod place;

pub use place::Place;
