//! Reads Momentum Lua policy and configuration, and knows what they mean.

pub mod configuration;

pub mod syntax;
