//! Fixtures for the tests of rules.
