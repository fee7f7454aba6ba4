//! Tells what the conditions of texts with probes are, each time that one is asked.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use mlua::{Lua, MultiValue, Value};
use rustc_hash::FxHashMap;

use super::{Place, Probed};
use crate::lowering::BranchKind;

/// A condition that was just asked.
#[derive(Debug)]
pub struct Condition<'a> {
    /// The number of its text and its place among the conditions of it: no other condition of the run has both.
    pub site: (u32, usize),
    /// Its line.
    pub place: Place,
    /// What it decides.
    pub kind: BranchKind,
    /// Its text in a line.
    pub text: &'a str,
    /// The value that it has.
    pub value: &'a Value,
    /// The locals that it reads, with their values.
    pub locals: Vec<(&'a str, &'a Value)>,
}

impl Condition<'_> {
    /// Whether it holds: anything but nil and false does.
    #[must_use]
    pub fn holds(&self) -> bool {
        is_true(self.value)
    }
}

/// Whether a condition of this value holds.
pub(super) fn is_true(value: &Value) -> bool {
    !matches!(value, Value::Nil | Value::Boolean(false))
}

/// The texts of a machine that tell, by their numbers, with the names that they were loaded under.
#[derive(Default)]
struct Texts(RefCell<FxHashMap<u32, (String, Arc<Probed>)>>);

/// Puts what probes call into the library.
pub(super) fn install(lua: &Lua, seen: impl Fn(&Lua, &Condition<'_>) + 'static) -> mlua::Result<()> {
    let texts = Rc::new(Texts::default());
    let known = Rc::clone(&texts);
    let tell = move |lua: &Lua, (number, place, values): (u32, usize, MultiValue)| {
        let value = values.front().cloned().unwrap_or(Value::Nil);
        if let Some((file, probed)) = known.0.borrow().get(&number)
            && let (Some(branch), Some(told)) =
                (probed.sites.branches.get(place), probed.sites.told.get(place))
        {
            seen(
                lua,
                &Condition {
                    site: (number, place),
                    place: Place { file: file.clone(), line: branch.line },
                    kind: branch.kind,
                    text: &told.text,
                    value: &value,
                    locals: told.locals.iter().map(String::as_str).zip(values.iter().skip(1)).collect(),
                },
            );
        }
        Ok(value)
    };
    super::library::put_behind_strings(lua, "__tell", lua.create_function(tell)?)?;
    lua.set_app_data(texts);
    Ok(())
}

/// Whether the machine has conditions told.
pub(super) fn is_on(lua: &Lua) -> bool {
    lua.app_data_ref::<Rc<Texts>>().is_some()
}

/// Keeps a text that was loaded with probes.
pub(super) fn loaded(lua: &Lua, file: &str, probed: &Arc<Probed>) {
    if let Some(texts) = lua.app_data_ref::<Rc<Texts>>() {
        texts.0.borrow_mut().insert(probed.number, (file.to_owned(), Arc::clone(probed)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lowering::Purpose;
    use crate::machine::{Chunk, Grants, Limits, Machine, Output};

    /// What a script prints, and what its conditions were.
    fn told(source: &str) -> (Vec<String>, Vec<String>) {
        let told = Rc::new(RefCell::new(Vec::new()));
        let output = Rc::new(RefCell::new(Vec::<Output>::new()));
        let machine = Machine::new(Limits::default(), Grants::default(), Rc::clone(&output)).unwrap();
        let lines = Rc::clone(&told);
        let seen = move |_: &Lua, condition: &Condition<'_>| {
            let locals: Vec<String> = condition
                .locals
                .iter()
                .filter(|(_, value)| !value.is_function())
                .map(|(name, value)| format!("{name}={}", value.to_string().unwrap()))
                .collect();
            lines.borrow_mut().push(format!(
                "{} {:?} {}: {} {}",
                condition.place.line,
                condition.kind,
                condition.text,
                condition.value.to_string().unwrap(),
                locals.join(" ")
            ));
        };
        machine.tell_conditions(seen).unwrap();
        let chunk = Chunk::with_probes("a.lua", source.as_bytes(), Purpose::Tell).unwrap();
        let main = machine.load_chunk(&chunk).unwrap();
        machine.call(&main, ()).unwrap();
        let printed = output.borrow();
        let printed = printed.iter().map(|line| String::from_utf8_lossy(&line.bytes).into_owned()).collect();
        (printed, told.take())
    }

    #[test]
    fn each_condition_tells_its_value_and_its_locals() {
        let (printed, told) = told(
            "local score, limit = 3, 5\nlocal function f() return nil, 1 end\nif score >\n   limit then print('a')\n\
             elseif f() or limit then print('b') end\nwhile score < 5 do score = score + 1 end\n\
             repeat local done = score == 5 until done\nif not global_name then print('c') end",
        );
        assert_eq!(printed, ["b", "c"]);
        assert_eq!(
            told,
            [
                "3 If score > limit: false score=3 limit=5",
                "5 Or f(): nil ",
                "5 If f() or limit: 5 limit=5",
                "6 While score < 5: true score=3",
                "6 While score < 5: true score=4",
                "6 While score < 5: false score=5",
                "7 Until done: true ",
                "8 If not global_name: true ",
            ]
        );
    }

    #[test]
    fn values_survive() {
        let (printed, told) = told(
            "local function two() return 1, 2 end\nprint((two() and 'x') or 'y', select('#', two() or nil))\n\
             if (function() local inner = 1 return inner end)() then print('in') end",
        );
        assert_eq!(printed, ["x\t1", "in"]);
        assert_eq!(told.len(), 4, "{told:#?}");
        assert!(!told.iter().any(|line| line.contains("inner=")), "{told:#?}");
    }
}
