//! `msys.counter`: counters under paths.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use mlua::{LuaString, Value};

use super::{Call, Class, Registry, text};
use crate::machine::Held;
use crate::report::What;

/// All counters by their paths.
#[derive(Default)]
struct Counters {
    by_path: BTreeMap<Vec<u8>, Rc<Cell<f64>>>,
    held: Held,
}

/// A counter that a script has opened. It goes on when its path is taken out of the tree.
struct Handle {
    path: Vec<u8>,
    value: Rc<Cell<f64>>,
}

impl Class for Handle {
    const NAME: &'static str = "msys.counter.handle";
}

/// What a counter takes, roughly.
const SIZE: usize = 128;

pub(super) fn register(api: &mut Registry) {
    // `semantics` says how threads share the counter: there is one here.
    api.function("msys.counter.open", |call, (path, _semantics): (LuaString, Value)| {
        let path = path.as_bytes().to_vec();
        let value = counter(call, &path)?;
        call.object(Handle { path, value })
    });
    api.function("msys.counter.add", |call, (which, delta): (Value, f64)| {
        change(call, &which, |value| value + delta)
    });
    api.function("msys.counter.inc", |call, which: Value| change(call, &which, |value| value + 1.0));
    api.function("msys.counter.reset", |call, which: Value| change(call, &which, |_| 0.0));
    api.function("msys.counter.read", |call, which: Value| Ok(find(call, &which)?.1.get()));
    api.function("msys.counter.unlink", |call, path: LuaString| {
        call.part::<Counters>().borrow_mut().by_path.remove(&*path.as_bytes());
        Ok(())
    });
}

/// The counter of a path; a new one begins at 0.
fn counter(call: &Call<'_>, path: &[u8]) -> mlua::Result<Rc<Cell<f64>>> {
    let counters = call.part::<Counters>();
    let mut counters = counters.borrow_mut();
    if let Some(value) = counters.by_path.get(path) {
        return Ok(Rc::clone(value));
    }
    counters.held.grow(call.lua(), SIZE + path.len())?;
    Ok(Rc::clone(counters.by_path.entry(path.to_vec()).or_default()))
}

fn find(call: &Call<'_>, which: &Value) -> mlua::Result<(Vec<u8>, Rc<Cell<f64>>)> {
    if let Value::UserData(data) = which
        && let Ok(handle) = data.borrow::<Handle>()
    {
        return Ok((handle.path.clone(), Rc::clone(&handle.value)));
    }
    let Value::String(path) = which else {
        let (member, got) = (call.member(), which.type_name());
        return Err(
            call.raise(format!("bad argument #1 to '{member}' (counter or path expected, got {got})"))
        );
    };
    let path = path.as_bytes().to_vec();
    let value = counter(call, &path)?;
    Ok((path, value))
}

fn change(call: &Call<'_>, which: &Value, new: impl Fn(f64) -> f64) -> mlua::Result<()> {
    let (path, value) = find(call, which)?;
    let before = value.get();
    value.set(new(before));
    call.note(What::Set {
        property: format!("counter {}", text::plain(&path)),
        before: Some(before.to_string()),
        after: Some(value.get().to_string()),
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::api::tested::state;

    #[test]
    fn counters_count_by_path_and_by_handle() {
        let state = state();
        let said: String = state.eval(
            "local c = require('msys.counter')\n\
             local h = c.open('/site/example/seen', c.RELAXED)\n\
             c.inc(h)\n c.add('/site/example/seen', 4)\n c.add(h, -2)\n\
             local before = c.read(h)\n c.reset('/site/example/seen')\n\
             return before .. ' ' .. c.read('/site/example/seen') .. ' ' .. c.read('/site/new')",
        );
        assert_eq!(said, "3 0 0");
        assert!(state.report().contains("counter /site/example/seen"), "{}", state.report());
    }

    #[test]
    fn an_open_handle_outlives_its_path() {
        let said: String = state().eval(
            "local c = require('msys.counter')\n local h = c.open('/site/a')\n c.inc(h)\n c.unlink('/site/a')\n\
             c.inc(h)\n return c.read(h) .. ' ' .. c.read('/site/a')",
        );
        assert_eq!(said, "2 0");
    }

    #[test]
    fn nil_and_other_values() {
        let error = state().error("require('msys.counter')\n msys.counter.inc(nil)");
        assert!(error.contains("would crash the server"), "{error}");
        let error = state().error("require('msys.counter')\n msys.counter.inc({})");
        assert!(error.contains("counter or path expected, got table"), "{error}");
        let error = state().error("require('msys.counter')\n msys.counter.add('/site/x', 'much')");
        assert!(error.contains("bad argument #2 to 'add' (number expected"), "{error}");
    }

    #[test]
    fn counters_without_end_end_the_run() {
        let error = state().error(
            "require('msys.counter')\n local i = 0\n while true do i = i + 1 msys.counter.open(('x'):rep(1000) .. i) end",
        );
        assert!(error.contains("stopped"), "{error}");
    }
}
