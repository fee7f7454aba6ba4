//! The rules of adaptive delivery: what to do about the replies of remote servers.
//!
//! Knows nothing of Lua source. Rules come in as a tree of [`Node`]s, each with a place of the caller's own kind; out come
//! typed rules ([`RuleTable`]) and what is wrong with the tree ([`Problem`]), down to the bytes of a text. A linter makes
//! nodes from source and asks for problems; who runs policy makes nodes from values, keeps what was registered in
//! [`Rules`] and asks what holds for a domain. The grammar itself is the one of the stubs
//! ([`momentum_lua_stub_reader::model::AdaptiveGrammar`]).
//!
//! Where the documentation leaves room: units of time are the words that it lists (`hours`, also for one); white space
//! around them does not count; a number may stand where a number is written as text, and the other way round; `"10/1"`
//! is "the tenth reply within a second" to Momentum's own rules and "more than ten" to the guide.

mod action;
mod duration;
mod node;
mod pattern;
mod problem;
mod reader;
mod rules;
mod settings;
pub mod sweep;
mod text;
mod trigger;

pub use action::Action;
pub use duration::Duration;
pub use node::{Field, FunctionResult, Key, Node, Table, Value};
pub use problem::{Problem, TextProblem};
pub use reader::{Alias, Content, Domain, Phase, Response, RuleTable, read};
pub use rules::{Mode, Rules, Standing, is_same_domain};
pub use settings::{Setting, SettingValue};
pub use trigger::Trigger;

#[cfg(test)]
mod tests;
