//! The Momentum API surface, embedded.
