//! From a table of a script to the tree that the grammar reads.

use std::collections::BTreeMap;

use mlua::{Function, Lua, Value};
use momentum_lua_analyzer::adaptive::{self, Field, FunctionResult, Key, Node, Table};

use crate::api::plain;
use crate::machine;
use crate::report::Place;

/// How deep rules nest, at most: domain, `responses`, response, actions, action, argument.
const DEEPEST: usize = 8;

type RuleNode = Node<Option<Place>>;

/// A table as it was read.
pub(super) struct ReadTable {
    pub(super) node: RuleNode,
    /// Functions that give the values of options, by domain and option in lower case.
    pub(super) functions: BTreeMap<(String, String), Function>,
}

/// Reads a value of a script. Everything in it stands at the line of the call.
pub(super) fn node(lua: &Lua, value: &Value, place: &Option<Place>) -> mlua::Result<ReadTable> {
    let mut functions = BTreeMap::new();
    if let Value::Table(domains) = value {
        domains.for_each(|domain: Value, rules: Value| {
            let (Value::String(domain), Value::Table(rules)) = (&domain, &rules) else { return Ok(()) };
            let Ok(Value::Table(options)) = rules.raw_get::<Value>("configuration") else { return Ok(()) };
            options.for_each(|option: Value, value: Value| {
                if let (Value::String(option), Value::Function(function)) = (&option, value) {
                    let lower = |text: &mlua::LuaString| plain(&text.as_bytes()).to_ascii_lowercase();
                    functions.insert((lower(domain), lower(option)), function);
                }
                Ok(())
            })
        })?;
    }
    Ok(ReadTable { node: value_node(lua, value, place, DEEPEST)?, functions })
}

fn value_node(lua: &Lua, value: &Value, place: &Option<Place>, depth: usize) -> mlua::Result<RuleNode> {
    machine::charge(lua, 1)?;
    let value = match value {
        Value::Nil => adaptive::Value::Nil,
        Value::Boolean(_) => adaptive::Value::Boolean,
        Value::Integer(number) => adaptive::Value::Number(Some(*number as f64)),
        Value::Number(number) => adaptive::Value::Number(Some(*number)),
        Value::String(text) => adaptive::Value::Text(Some(plain(&text.as_bytes()).into())),
        Value::Function(_) => adaptive::Value::Function(FunctionResult::Unknown),
        Value::Table(table) if depth > 0 => {
            let mut fields = Vec::new();
            table.for_each(|key: Value, value: Value| {
                let key = match &key {
                    Value::String(name) => Key::Name(plain(&name.as_bytes()).into()),
                    Value::Integer(index) => u32::try_from(*index).map_or(Key::Unknown, Key::Element),
                    _ => Key::Unknown,
                };
                let value = value_node(lua, &value, place, depth - 1)?;
                fields.push(Field { key, key_place: place.clone(), place: place.clone(), value });
                Ok(())
            })?;
            // Lua's own order means nothing.
            fields.sort_by_key(|field| match &field.key {
                Key::Element(index) => (0, *index, String::new()),
                Key::Name(name) => (1, 0, name.to_string()),
                Key::Unknown => (2, 0, String::new()),
            });
            adaptive::Value::Table(Table { fields, complete: true })
        }
        _ => adaptive::Value::Unknown,
    };
    Ok(Node { place: place.clone(), value })
}
