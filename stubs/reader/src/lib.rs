//! Reads API stubs.
