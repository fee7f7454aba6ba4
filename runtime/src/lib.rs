//! Executes Momentum's Lua policy against sample sessions: "what would Momentum do with this message?".
//!
//! | module | from | to |
//! |---|---|---|
//! | `lowering` | a parsed script of the dialect | Lua 5.1 text with the same lines |
//! | `machine` | lowered chunks, limits, grants | one Lua state: the dialect's own library, errors as values with file and line, an end for every run |
//! | `message` | the bytes of a mail | headers, parts and bodies that scripts read and change; the bytes that go out |
//! | `database` | a database file, SQL statements | a database in memory that scripts may change |
//! | `network` | a text such as `192.0.2.0/24` | a block of addresses |
//! | `session` | a session file, an `.eml`, an SMTP transcript, or nothing | what arrives, with every omitted step filled in |
//! | `engine` | configuration, scripts, a session | the phases in Momentum's order, hooks, what becomes of each recipient |
//! | `api` | a call of an msys function | its result; one file for each Lua module |
//! | `xpath` | an XPath expression, a document laid out flat | the nodes that it finds |
//! | `report` | what happened | one data structure with a versioned JSON form, and text for people |
//! | `schema` | a type | its JSON schema, as text |
//! | `testing` | sessions with expectations | what held and what did not, coverage |
//!
//! Nothing here reads a file, opens a socket or starts a process on its own: what a run may touch is granted by the
//! caller (`machine::Grants`), and every run ends within its limits.

/// The Lua state's own types, of the version that is built in.
pub use mlua;

pub mod api;
pub mod database;
pub mod engine;
pub mod lowering;
pub mod machine;
pub mod message;
pub mod network;
pub mod report;
mod schema;
pub mod session;
pub mod testing;
pub mod xpath;
