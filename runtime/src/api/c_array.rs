//! Arrays of C: they count from 0, know no length, and reading outside of them is the end of the server.

use std::any::TypeId;
use std::rc::Rc;

use mlua::{AnyUserData, Lua, Value};

use super::{Frame, shown};
use crate::machine;

/// An array of texts that a script reads.
struct CArray {
    /// What it is called: `cc.argv`.
    name: &'static str,
    items: Vec<Vec<u8>>,
}

/// Hands an array to a script.
///
/// # Errors
/// When Lua has no memory left.
pub(super) fn create(
    lua: &Lua,
    frame: &Rc<Frame>,
    name: &'static str,
    items: Vec<Vec<u8>>,
) -> mlua::Result<AnyUserData> {
    if frame.registered.borrow_mut().insert(TypeId::of::<CArray>()) {
        lua.register_userdata_type::<CArray>(|registry| {
            mlua::UserDataMethods::add_meta_method(registry, "__index", |lua, this: &CArray, key: Value| {
                let place = match key {
                    Value::Integer(place) => Some(place),
                    Value::Number(place) => Some(place as i64),
                    _ => None,
                };
                let Some(place) = place else {
                    let text = format!("attempt to index {} with {}", this.name, shown(&key));
                    return Err(machine::raise(lua, text));
                };
                match usize::try_from(place).ok().and_then(|place| this.items.get(place)) {
                    Some(item) => lua.create_string(item),
                    None => {
                        let last = match this.items.len() {
                            0 => "it is empty".to_owned(),
                            count => format!("its indices run from 0 to {}", count - 1),
                        };
                        Err(machine::crash(lua, format!("{}[{place}] was read: {last}", this.name)))
                    }
                }
            });
        })?;
    }
    lua.create_any_userdata(CArray { name, items })
}
