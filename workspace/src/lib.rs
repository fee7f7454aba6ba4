//! The seam between a disk and the analysis: which configuration counts for a path, which files belong to a policy tree,
//! what they and the stubs of the site say. The command line and the language server read a tree through here, so both
//! see the same one.

pub mod configuration;
pub mod discovery;
pub mod finding;
pub mod paths;
pub mod problem;
pub mod settings;
pub mod source;
pub mod stubs;
pub mod tree;
pub mod unsaved;

pub use problem::Problem;
pub use tree::Workspace;
