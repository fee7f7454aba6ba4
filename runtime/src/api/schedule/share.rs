//! `msys.shareGet` and its like: values that all interpreters of a server share, in releases before 3.2.

use std::collections::BTreeMap;

use mlua::{LuaString, Value};

use crate::api::{Call, Registry};

/// The values by name.
#[derive(Default)]
struct Shared {
    values: BTreeMap<Vec<u8>, Value>,
}

pub(super) fn register(api: &mut Registry) {
    api.function("msys.shareSet", |call: &Call<'_>, (name, value): (LuaString, Value)| {
        let fits = matches!(
            value,
            Value::Nil | Value::Boolean(_) | Value::Integer(_) | Value::Number(_) | Value::String(_)
        );
        if fits {
            call.part::<Shared>().borrow_mut().values.insert(name.as_bytes().to_vec(), value);
        }
        Ok(fits)
    });
    api.function("msys.shareGet", |call: &Call<'_>, name: LuaString| {
        let value = call.part::<Shared>().borrow().values.get(&*name.as_bytes()).cloned();
        Ok(value.unwrap_or(Value::Nil))
    });
    api.function("msys.shareUnset", |call: &Call<'_>, name: LuaString| {
        call.part::<Shared>().borrow_mut().values.remove(&*name.as_bytes());
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use crate::api::tested;

    #[test]
    fn plain_values_are_shared() {
        let said: String = tested::state().eval(
            "local set = tostring(msys.shareSet('a', 5)) .. tostring(msys.shareSet('t', {}))
             local got = tostring(msys.shareGet('a')) .. tostring(msys.shareGet('t'))
             msys.shareUnset('a')
             return set .. ' ' .. got .. ' ' .. tostring(msys.shareGet('a'))",
        );
        assert_eq!(said, "truefalse 5nil nil");
    }
}
