//! The result of a call that nobody models: what the stub's types say, as harmless as they allow.
//!
//! nil where it may be nil, true where a boolean says that something worked, false for any other boolean, 0, an empty
//! string or table, a value of the class, the first constant of a group.

use std::rc::Rc;

use mlua::{Lua, MultiValue, Value};
use momentum_lua_stub_reader::database::NamedType;
use momentum_lua_stub_reader::model::{ConstantValue, Literal, Return, Type};

use super::{Frame, constants, object};

/// How many aliases are followed: stubs of a site may go in a circle.
const DEEPEST: usize = 8;

pub(super) fn results(lua: &Lua, frame: &Rc<Frame>, returns: &[Return]) -> mlua::Result<MultiValue> {
    let mut values = MultiValue::with_capacity(returns.len());
    for result in returns {
        if matches!(result.ty, Type::Variadic(_)) {
            break;
        }
        let works = result.name.as_deref().is_some_and(says_that_it_worked);
        values.push_back(of_type(lua, frame, &result.ty, works, DEEPEST)?);
    }
    // A single unknown result is as good as none.
    if values.len() == 1
        && values.front() == Some(&Value::Nil)
        && matches!(returns, [Return { ty: Type::Unknown, .. }])
    {
        values.pop_front();
    }
    Ok(values)
}

/// A field that nobody models.
pub(super) fn field(lua: &Lua, frame: &Rc<Frame>, ty: &Type) -> mlua::Result<Value> {
    of_type(lua, frame, ty, false, DEEPEST)
}

fn says_that_it_worked(name: &str) -> bool {
    ["ok", "success", "changed", "done", "set", "deleted", "written", "added", "sent"].contains(&name)
}

fn of_type(lua: &Lua, frame: &Rc<Frame>, ty: &Type, works: bool, depth: usize) -> mlua::Result<Value> {
    if ty.may_be_nil() {
        return Ok(Value::Nil);
    }
    let Some(depth) = depth.checked_sub(1) else { return Ok(Value::Nil) };
    Ok(match ty {
        Type::Boolean => Value::Boolean(works),
        Type::Number | Type::Integer => Value::Integer(0),
        Type::String => Value::String(lua.create_string("")?),
        Type::Table | Type::Array(_) | Type::Map(_) | Type::Record(_) | Type::Tuple(_) => {
            Value::Table(lua.create_table()?)
        }
        Type::Function | Type::Fun(_) => Value::Function(lua.create_function(|_, _: MultiValue| Ok(()))?),
        Type::Literal(Literal::Boolean(value)) => Value::Boolean(*value),
        Type::Literal(Literal::Integer(value)) => Value::Integer(*value),
        Type::Literal(Literal::String(value)) => Value::String(lua.create_string(value.as_bytes())?),
        Type::Userdata => Value::UserData(object::opaque(lua, frame, "userdata")?),
        Type::Union(members) => {
            match members.iter().find(|one| **one == Type::Literal(Literal::Boolean(false))) {
                Some(_) => Value::Boolean(false),
                None => match members.first() {
                    Some(first) => of_type(lua, frame, first, works, depth)?,
                    None => Value::Nil,
                },
            }
        }
        Type::Named(name) => match frame.api().named_type(name) {
            Some(NamedType::Alias(alias)) => of_type(lua, frame, &alias.ty, works, depth)?,
            Some(NamedType::Group(group)) => match frame.api().group(group).next() {
                Some(constant) => constant_value(lua, &constants::value(constant))?,
                None => Value::Nil,
            },
            Some(NamedType::Class(class)) => {
                use momentum_lua_stub_reader::model::ClassKind;
                match class.kind {
                    ClassKind::Shape | ClassKind::Table => Value::Table(lua.create_table()?),
                    ClassKind::Userdata | ClassKind::Struct => {
                        Value::UserData(object::of_class(lua, frame, &class.name)?)
                    }
                }
            }
            None => Value::Nil,
        },
        Type::Any | Type::Unknown | Type::Nil | Type::Thread | Type::Generic(_) | Type::Variadic(_) => {
            Value::Nil
        }
    })
}

pub(super) fn constant_value(lua: &Lua, value: &ConstantValue) -> mlua::Result<Value> {
    Ok(match value {
        ConstantValue::Integer(value) => Value::Number(*value as f64),
        ConstantValue::Number(value) => Value::Number(*value),
        ConstantValue::Boolean(value) => Value::Boolean(*value),
        ConstantValue::String(value) => Value::String(lua.create_string(value.as_bytes())?),
    })
}
