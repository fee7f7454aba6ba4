//! Counts what is executed of texts with probes.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use mlua::{Lua, Value};
use rustc_hash::FxHashMap;

use super::Probed;
use super::conditions::is_true;
use super::library::put_behind_strings;
use crate::lowering::{Branch, Sites};

/// What was executed of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// The name that it was loaded under.
    pub file: String,
    /// Lines on which statements begin, from 1, and how often the first one of each was executed.
    pub lines: Vec<(u32, u64)>,
    /// Conditions in the order of the text, how often each was true, and how often it was not.
    pub branches: Vec<(Branch, [u64; 2])>,
}

/// The counters of a machine, by the numbers of the texts.
#[derive(Default)]
struct Counters(RefCell<FxHashMap<u32, Counter>>);

struct Counter {
    file: String,
    probed: Arc<Probed>,
    lines: Vec<u64>,
    branches: Vec<[u64; 2]>,
}

/// Puts what probes call into the library.
pub(super) fn install(lua: &Lua) -> mlua::Result<()> {
    let counters = Rc::new(Counters::default());
    let lines = Rc::clone(&counters);
    let at = move |_: &Lua, (number, place): (u32, usize)| {
        if let Some(counter) = lines.0.borrow_mut().get_mut(&number)
            && let Some(count) = counter.lines.get_mut(place)
        {
            *count += 1;
        }
        Ok(())
    };
    put_behind_strings(lua, "__at", lua.create_function(at)?)?;
    let branches = Rc::clone(&counters);
    let when = move |_: &Lua, (number, place, value): (u32, usize, Value)| {
        let is_true = is_true(&value);
        if let Some(counter) = branches.0.borrow_mut().get_mut(&number)
            && let Some([yes, no]) = counter.branches.get_mut(place)
        {
            *(if is_true { yes } else { no }) += 1;
        }
        Ok(value)
    };
    put_behind_strings(lua, "__when", lua.create_function(when)?)?;
    lua.set_app_data(counters);
    Ok(())
}

/// Whether the machine counts.
pub(super) fn is_on(lua: &Lua) -> bool {
    lua.app_data_ref::<Rc<Counters>>().is_some()
}

/// Makes room for the counts of a text.
pub(super) fn loaded(lua: &Lua, file: &str, probed: &Arc<Probed>) {
    let Some(counters) = lua.app_data_ref::<Rc<Counters>>() else { return };
    let Sites { lines, branches, .. } = &probed.sites;
    counters.0.borrow_mut().entry(probed.number).or_insert_with(|| Counter {
        file: file.to_owned(),
        probed: Arc::clone(probed),
        lines: vec![0; lines.len()],
        branches: vec![[0; 2]; branches.len()],
    });
}

/// The counts so far.
pub(super) fn covered(lua: &Lua) -> Vec<Covered> {
    let Some(counters) = lua.app_data_ref::<Rc<Counters>>() else { return Vec::new() };
    let counters = counters.0.borrow();
    let mut numbers: Vec<&u32> = counters.keys().collect();
    numbers.sort_unstable();
    let of = |counter: &Counter| Covered {
        file: counter.file.clone(),
        lines: counter.probed.sites.lines.iter().copied().zip(counter.lines.iter().copied()).collect(),
        branches: counter
            .probed
            .sites
            .branches
            .iter()
            .copied()
            .zip(counter.branches.iter().copied())
            .collect(),
    };
    numbers.into_iter().filter_map(|number| counters.get(number)).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lowering::Purpose;
    use crate::machine::{Chunk, Grants, Limits, Machine, Output};

    /// What a script prints, without probes and with them, and what was executed.
    fn run(source: &str) -> (Vec<String>, Covered) {
        let printed = [false, true].map(|covers| {
            let output = Rc::new(RefCell::new(Vec::<Output>::new()));
            let machine = Machine::new(Limits::default(), Grants::default(), Rc::clone(&output)).unwrap();
            if covers {
                machine.cover().unwrap();
            }
            let chunk = Chunk::with_probes("a.lua", source.as_bytes(), Purpose::Count).unwrap();
            let main = machine.load_chunk(&chunk).unwrap();
            let result = machine.call(&main, ());
            let mut lines: Vec<String> = output
                .borrow()
                .iter()
                .map(|line| format!("{:?}: {}", line.place, String::from_utf8_lossy(&line.bytes)))
                .collect();
            lines.extend(result.err().map(|error| format!("{error:?}")));
            (lines, machine.covered())
        });
        let [(without, none), (with, covered)] = printed;
        assert_eq!(without, with, "probes change nothing");
        assert_eq!(none, []);
        (with, covered.into_iter().next().unwrap_or_default())
    }

    #[test]
    fn lines_and_conditions_are_counted() {
        let (_, covered) = run(
            "local n = 0 local m = 1\nfor i = 1, 3 do\n  if i == 2 or i == 9 then\n    n = n +\n      1\n  \
             elseif n > 7 then print(n) end\nend\nwhile n < 0 do n = n + 1 end\nrepeat n = n + 1 until n > 3\n\
             local x = n and -- why\n  m or 2\nlocal function f()\n  return 1\nend\n",
        );
        let counts = [(1, 1), (2, 1), (3, 3), (4, 1), (6, 0), (8, 1), (9, 1), (10, 1), (12, 1), (13, 0)];
        assert_eq!(covered.lines, counts);
        let branches: Vec<String> = covered
            .branches
            .iter()
            .map(|(branch, [yes, no])| format!("{} {:?} {yes} {no}", branch.line, branch.kind))
            .collect();
        assert_eq!(
            branches,
            ["3 If 1 2", "3 Or 1 2", "6 If 0 2", "8 While 0 1", "9 Until 1 2", "10 Or 1 0", "10 And 1 0"]
        );
    }

    #[test]
    fn nothing_that_a_script_does_changes() {
        for source in [
            "local t = {}\nlocal f = print\n(f or error)('a', select('#', (function() return 1, 2 end)()))",
            "local function two() return nil, 1 end\nif two() then print(1) else print(2) end print((two()) or 'x')",
            "local ok, message = pcall(function()\n  if nil + 1 then end\nend) print(ok, message)",
            "if\n  1 <\n  {} then print(1) end",
            "local co = coroutine.wrap(function() if coroutine.yield(1) and true then print('y') end end) co() co(true)",
            "goto_ = 1; ; print(debug.traceback('x'))",
            "do return print(1) end",
            "for w in ('a b'):gmatch('%a') do if w == 'a' then break end print(w) end",
            "local s = 'x' ; print(s)\n;(print)(s)",
            "return (nil or error('e')) and 1",
            "local a = false while not a do a = true; if a then break end end",
        ] {
            if Chunk::new("a.lua", source.as_bytes()).is_ok() {
                run(source);
            }
        }
    }

    #[test]
    fn a_text_that_is_too_large_with_probes_runs_without() {
        let locals: Vec<String> = (0..199).map(|number| format!("local a{number} = {number}")).collect();
        let sums: Vec<String> = (0..45).map(|number| format!("(a{number} ")).collect();
        let source = format!("{}\nprint({}{})", locals.join("\n"), sums.join("or "), ")".repeat(45));
        let (printed, _) = run(&source);
        assert_eq!(printed.len(), 1);
        let long = vec!["x"; 2_000].join(" or ");
        run(&format!("print({long} or 'end')"));
    }
}
