//! `ECDict`: dictionaries of C that belong to other objects, and the functions of C that walk over them.

use std::cell::{Cell, RefCell};

use mlua::{AnyUserData, LuaString, UserDataRef, Value};

use super::dictionary::Dictionary;
use super::{Call, Registry, plain};
use crate::machine::Held;

/// A dictionary that a script holds.
pub(super) struct Dict {
    variables: Dictionary,
    held: RefCell<Held>,
}

/// What an entry takes beside its key and its value.
const ENTRY: usize = 100;

/// A walk over one.
struct Walk {
    entries: Vec<(Vec<u8>, Vec<u8>)>,
    next: Cell<usize>,
    freed: Cell<bool>,
    _held: Held,
}

type Given = UserDataRef<Dict>;

/// Hands a dictionary to a script.
///
/// # Errors
/// When Lua has no memory left.
pub(super) fn create(call: &Call<'_>, dictionary: Dictionary) -> mlua::Result<AnyUserData> {
    call.lua().create_any_userdata(Dict { variables: dictionary, held: RefCell::default() })
}

pub(super) fn register(api: &mut Registry) {
    api.function("msys.core.dict_blank", |call, (): ()| create(call, Dictionary::default()));
    api.function("msys.core.dict_drop", |_, dict: Given| {
        dict.variables.clear();
        Ok(())
    });
    api.function(
        "msys.core.dict_add_key_value",
        |call, (dict, key, value): (Given, LuaString, LuaString)| {
            let (key, value) = (key.as_bytes(), value.as_bytes());
            dict.held.borrow_mut().grow(call.lua(), key.len() + value.len() + ENTRY)?;
            if let Some(before) = dict.variables.set(&key, &value) {
                dict.held.borrow_mut().shrink(key.len() + before.len() + ENTRY);
            }
            Ok(())
        },
    );
    api.function("msys.core.dict_key_delete", |_, (dict, key): (Given, LuaString)| {
        Ok(i64::from(dict.variables.delete(&key.as_bytes()).is_some()))
    });
    api.function("msys.core.dict_key_exists", |_, (dict, key): (Given, LuaString)| {
        Ok(i64::from(dict.variables.get(&key.as_bytes()).is_some()))
    });
    api.function("msys.core.dict_iter2", |call: &Call<'_>, dict: Given| {
        let entries = dict.variables.bytes();
        let size = entries.iter().map(|(key, value)| key.len() + value.len() + ENTRY).sum();
        let _held = Held::new(call.lua(), size)?;
        call.lua().create_any_userdata(Walk { entries, next: Cell::default(), freed: Cell::default(), _held })
    });
    api.function("msys.core.dict_next", |call: &Call<'_>, (_, walk): (Given, UserDataRef<Walk>)| {
        in_use(call, &walk)?;
        let Some((key, value)) = walk.entries.get(walk.next.get()) else {
            return Ok((0, Value::Nil, Value::Nil));
        };
        walk.next.set(walk.next.get() + 1);
        let text = |bytes: &[u8]| call.lua().create_string(bytes).map(Value::String);
        Ok((1, text(key)?, text(value)?))
    });
    api.function("msys.core.dict_iter2_free", |call: &Call<'_>, (_, walk): (Given, UserDataRef<Walk>)| {
        in_use(call, &walk)?;
        walk.freed.set(true);
        Ok(())
    });
}

/// An iterator that was freed is memory of somebody else.
fn in_use(call: &Call<'_>, walk: &Walk) -> mlua::Result<()> {
    if walk.freed.get() {
        return Err(call.crash(format!("{} was given an iterator that is freed already", call.name())));
    }
    Ok(())
}

/// What stands in a dictionary, for the report.
impl std::fmt::Debug for Dict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map()
            .entries(self.variables.bytes().iter().map(|(key, value)| (plain(key), plain(value))))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use crate::api::tested;

    #[test]
    fn a_dictionary_is_walked_over_as_the_documentation_does() {
        let said: String = tested::state().eval(
            "local d = msys.core.dict_blank()
             msys.core.dict_add_key_value(d, 'b', '2') msys.core.dict_add_key_value(d, 'a', '1') msys.core.dict_add_key_value(d, 'c', '3')
             local deleted = msys.core.dict_key_delete(d, 'c') .. msys.core.dict_key_delete(d, 'c')
             local i, seen = msys.core.dict_iter2(d), {}
             repeat local rc, k, v = msys.core.dict_next(d, i) if rc ~= 0 then seen[#seen + 1] = k .. v end until rc == 0
             msys.core.dict_iter2_free(d, i)
             return deleted .. ' ' .. table.concat(seen, ' ')",
        );
        assert_eq!(said, "10 b2 a1");
        let error = tested::state().error(
            "local d = msys.core.dict_blank() local i = msys.core.dict_iter2(d)
             msys.core.dict_iter2_free(d, i) msys.core.dict_next(d, i)",
        );
        assert!(error.contains("would crash the server"), "{error}");
    }

    #[test]
    fn its_entries_count_as_memory() {
        let add = "local d, value = msys.core.dict_blank(), ('x'):rep(1000000)
             for i = 1, 200 do msys.core.dict_add_key_value(d, ";
        let error = tested::state().error(&format!("{add} 'k' .. i, value) end"));
        assert!(error.contains("memory"), "{error}");
        let well: bool = tested::state().eval(&format!("{add} 'k', value) end return true"));
        assert!(well);
    }
}
