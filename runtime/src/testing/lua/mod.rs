//! Tests that are written in Lua: `describe`, `it`, assertions, and sessions that they build and run.
//!
//! A file runs in a machine of its own, within the limits of a run for each test. The sessions that a test runs have
//! machines of their own, as those of session files have.

mod convert;
mod run;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use mlua::chunk::ChunkMode;
use mlua::{Function, Lua, Table, Value};

pub use run::{Told, run};

use super::Coverage;
use crate::engine::{Options, Policy};
use crate::machine::Files;
use crate::session::Session;

const SOURCE: &str = include_str!("library.lua");

/// What tests need from outside.
pub trait Host {
    /// Reads the text of a session, whose files are those beside the test.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    fn session(&self, text: &str) -> Result<Session, String>;

    /// The text of a session file, by its path relative to the test.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn text(&self, path: &str) -> Result<String, String>;

    /// The policy that a session runs against: the one that it names, else that of the test.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    fn policy(&self, named: Option<&str>) -> Result<(Policy, Options), String>;
}

/// A file with tests.
pub struct LuaFile {
    /// The name that messages have for it.
    pub name: String,
    /// Its text.
    pub source: Vec<u8>,
    /// Where `require` looks: templates with `?`.
    pub lua_path: Vec<String>,
    /// What `require` finds.
    pub files: Rc<dyn Files>,
    /// The stubs, the limits of each test and each session, and whether what is executed is counted.
    pub options: Options,
}

/// Puts the library into a machine: the tests that are collected, the function that runs one, and the one that ends
/// the collecting.
fn install(lua: &Lua, native: Table) -> mlua::Result<(Table, Function, Function)> {
    let name = format!("={}", crate::machine::LIBRARY);
    lua.load(SOURCE).set_name(name).set_mode(ChunkMode::Text).call(native)
}

/// What sessions of a file executed so far.
type Covered = Rc<std::cell::RefCell<Coverage>>;

/// The functions that the library calls.
fn native(lua: &Lua, host: Rc<dyn Host>, options: Options, covered: Covered) -> mlua::Result<Table> {
    let native = lua.create_table()?;
    native.set(
        "line",
        lua.create_function(|lua, ()| Ok(crate::machine::place(lua).map_or(1, |place| place.line)))?,
    )?;
    let reader = Rc::clone(&host);
    let read = move |lua: &Lua, path: String| -> mlua::Result<(Value, Value)> {
        let failed = |message: String| Ok((Value::Nil, Value::String(lua.create_string(message)?)));
        let text = match reader.text(&path) {
            Ok(text) => text,
            Err(reason) => return failed(format!("cannot read `{path}`: {reason}")),
        };
        match text.parse::<toml::Table>() {
            Ok(table) => Ok((convert::to_lua(lua, &toml::Value::Table(table))?, Value::Nil)),
            Err(error) => failed(format!("`{path}` is no session: {}", error.message())),
        }
    };
    native.set("read", lua.create_function(read)?)?;
    let run = move |lua: &Lua, data: Table| -> mlua::Result<(Value, Value)> {
        let began = std::time::Instant::now();
        let tried = convert::to_toml(&data, 0)
            .and_then(|value| toml::to_string(&value).map_err(|error| error.to_string()))
            .and_then(|text| host.session(&text))
            .and_then(|session| {
                let (policy, mut of_policy) = host.policy(session.policy.as_deref())?;
                of_policy.coverage = options.coverage;
                // What a test asks of a report is not known before.
                of_policy.every_call = true;
                of_policy.limits = options.limits.clone();
                Ok(super::run(&policy, &session, &of_policy))
            });
        // The session had limits of its own.
        crate::machine::pass_over(lua, began.elapsed());
        match tried {
            Err(message) => Ok((Value::String(lua.create_string(message)?), Value::Nil)),
            Ok(tried) => {
                let failures = failures(&tried);
                let report = convert::report(lua, &tried.report)?;
                covered.borrow_mut().add(tried.coverage);
                let failures = match failures {
                    Some(text) => Value::String(lua.create_string(text)?),
                    None => Value::Nil,
                };
                Ok((report, failures))
            }
        }
    };
    native.set("run", lua.create_function(run)?)?;
    Ok(native)
}

/// What did not hold, in words.
fn failures(tried: &super::Tried) -> Option<String> {
    let lines: Vec<String> = tried
        .checks
        .iter()
        .filter(|check| !check.passed())
        .map(|check| {
            let key = if check.key.is_empty() { "errors" } else { &check.key };
            let misses: Vec<String> = check
                .misses
                .iter()
                .map(|miss| {
                    let of = miss.of.as_ref().map(|of| format!("{of}: ")).unwrap_or_default();
                    let difference: String =
                        miss.difference.iter().map(|line| format!("\n  {line}")).collect();
                    format!("actual    {of}{}{difference}", miss.actual)
                })
                .collect();
            format!("{key}\nexpected  {}\n{}", check.expected, misses.join("\n"))
        })
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
