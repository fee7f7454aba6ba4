//! `momentum-lua test`: finds tests, runs them in child processes, and shows what came of it.
//!
//! | module | what it does |
//! |---|---|
//! | `find` | the tests below some paths |
//! | `policy` | which scripts a test runs against |
//! | `protocol` | what the command and its child processes say to each other |
//! | `pool` | child processes, each of which is killed when a run does not end |
//! | `worker` | such a child process |
//! | `session_test`, `lua_test` | one session; one file with tests in Lua |
//! | `text`, `junit` | the result for people and for CI services |
//! | `coverage` | the table of what was executed |
//! | `against` | the same tests with the scripts of another revision |

pub(crate) mod against;
pub(crate) mod coverage;
pub(crate) mod find;
pub(crate) mod junit;
mod lua_test;
mod policy;
pub(crate) mod pool;
pub(crate) mod protocol;
mod session_test;
pub(crate) mod text;
pub(crate) mod worker;
