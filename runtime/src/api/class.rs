//! Userdata that have a Rust type.

/// A value that scripts hold: its methods and fields are those of a class of the stubs.
///
/// Scripts hold it behind a shared reference; what changes in it is in a `Cell` or `RefCell`, which must not stay
/// borrowed while a script runs.
pub trait Class: 'static {
    /// The class in the stubs: `ec_message`.
    const NAME: &'static str;
}
