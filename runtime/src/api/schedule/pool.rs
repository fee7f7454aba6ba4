//! `msys.runInPool` and `msys.runInInst`.

use mlua::{Function, MultiValue, Value};

use super::job::Work;
use super::{Running, SCHEDULER, Schedule, on_thread, run_until, tell};
use crate::api::clock::Clock;
use crate::api::{Call, Frame, Registry, object};

/// The pools that every server has, with the number of their threads. A stanza in the configuration may change them.
///
/// Source: the page of the option `ThreadPool`.
const PREDEFINED: [(&str, u32); 8] = [
    ("SwapIn", 5),
    ("SwapOut", 5),
    ("Unlink", 6),
    ("Batch_Unlink", 4),
    ("Close", 0),
    ("CPU", 4),
    ("IO", 50),
    ("SpoolIn", 1),
];

/// The thread pools of the server.
#[derive(Debug, Clone, Default)]
pub struct Pools {
    /// Those of the configuration, with the number of their threads where it says one; none without a configuration,
    /// when every name is taken for a pool.
    pub configured: Option<Vec<(String, Option<u32>)>>,
}

impl Pools {
    /// All pools in the order of their job classes, which count from 1: the numbers are ours.
    pub(super) fn all(&self) -> Vec<(String, u32)> {
        let mut all: Vec<(String, u32)> =
            PREDEFINED.iter().map(|(name, threads)| ((*name).to_owned(), *threads)).collect();
        for (name, threads) in self.configured.iter().flatten() {
            match all.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
                Some((_, known)) => *known = threads.unwrap_or(*known),
                None => all.push((name.clone(), threads.unwrap_or(1))),
            }
        }
        all
    }

    /// The pool of a name or a job class, as scripts give it.
    pub(super) fn find(&self, wanted: &Value) -> Option<(usize, String, u32)> {
        let all = self.all();
        let place = match wanted {
            Value::String(name) => {
                let name = name.to_string_lossy();
                all.iter().position(|(known, _)| known.eq_ignore_ascii_case(&name))
            }
            number => {
                let class = super::number(number)?;
                (0..all.len()).find(|place| (*place as f64) + 1.0 == class)
            }
        }?;
        all.into_iter().nth(place).map(|(name, threads)| (place + 1, name, threads))
    }
}

pub(super) fn register(api: &mut Registry) {
    api.function("msys.runInPool", run_in_pool);
    api.function("msys.runInInst", run_in_inst);
}

/// Lua's own `pcall`, as a function that waits for its work returns.
pub(super) fn protected_call(frame: &Frame, function: &Function) -> mlua::Result<MultiValue> {
    frame.pcall().call(function)
}

fn run_in_pool(
    call: &Call<'_>,
    (wanted, function, third, mode): (Value, Function, Value, Value),
) -> mlua::Result<MultiValue> {
    let pools = call.part::<Pools>();
    let found = pools.borrow().find(&wanted);
    let pool = match (found, &wanted) {
        (Some((_, name, _)), _) => name,
        (None, Value::String(name)) if pools.borrow().configured.is_none() => name.to_string_lossy(),
        (None, wanted) => {
            let text = format!(
                "no thread pool {} is configured: a stanza `ThreadPool` makes one",
                crate::api::shown(wanted)
            );
            tell(call.frame(), call.place(), text);
            let error = call.lua().create_string("no such thread pool")?;
            return Ok(MultiValue::from_iter([Value::Boolean(false), Value::String(error)]));
        }
    };
    let completion = match third {
        Value::Nil | Value::Boolean(false) => return run_now(call, &pool, &function),
        Value::Boolean(true) => None,
        Value::Function(completion) => {
            let scheduled = call.constant("msys.core.ECTP_COMPLETE_CALLBACK_SCHED");
            let in_scheduler =
                super::number(&mode).is_some() && super::number(&mode) == super::number(&scheduled);
            Some((completion, in_scheduler))
        }
        other => {
            return Err(call.raise(format!(
                "bad argument #3 to 'runInPool' (boolean or function expected, got {})",
                other.type_name()
            )));
        }
    };
    let arguments = MultiValue::new();
    let work = Work { pool, function, arguments, completion, asked_at: call.place() };
    let now = Clock::now(call.frame());
    call.part::<Schedule>().borrow_mut().queue(now, work, None);
    Ok(MultiValue::new())
}

/// The caller waits; what was given to pools before begins first.
fn run_now(call: &Call<'_>, pool: &str, function: &Function) -> mlua::Result<MultiValue> {
    let schedule = call.part::<Schedule>();
    if schedule.borrow().running.is_empty() {
        run_until(call.lua(), call.frame(), Clock::now(call.frame()))?;
    }
    let thread = schedule.borrow().free_thread(pool);
    schedule.borrow_mut().count(pool);
    let (results, _) =
        on_thread(call.lua(), call.frame(), Running::on(thread), || protected_call(call.frame(), function))?;
    tell_failure(call, &format!("the function in the pool `{pool}`"), &results);
    Ok(results)
}

/// Scripts are given the error as a result, which many never look at.
fn tell_failure(call: &Call<'_>, what: &str, results: &MultiValue) {
    if results.front() == Some(&Value::Boolean(false)) {
        let error = results.get(1).map(crate::api::shown).unwrap_or_default();
        let text =
            format!("{what} ended with an error, which {} returns and does not raise: {error}", call.name());
        tell(call.frame(), call.place(), text);
    }
}

fn run_in_inst(call: &Call<'_>, (inst, function): (Value, Function)) -> mlua::Result<MultiValue> {
    let is_inst = inst
        .as_userdata()
        .is_some_and(|data| object::class_of(data).is_some_and(|class| class == "ec_scheduler_inst"));
    if !is_inst {
        return Err(call.raise(format!(
            "bad argument #1 to 'runInInst' (ec_scheduler_inst expected, got {})",
            inst.type_name()
        )));
    }
    let (results, _) = on_thread(call.lua(), call.frame(), Running::on(SCHEDULER.into()), || {
        protected_call(call.frame(), &function)
    })?;
    tell_failure(call, "the function in the event loop", &results);
    Ok(results)
}

#[cfg(test)]
mod tests {
    use crate::api::tested;

    #[test]
    fn a_function_in_a_pool_gives_what_pcall_gives() {
        let state = tested::state();
        let said: String = state.eval(
            "local function shown(...) local t = { ... } for i = 1, select('#', ...) do t[i] = tostring(t[i]) end return table.concat(t, ',') end
             return shown(msys.runInPool('IO', function() return 1, nil, 'x' end)) .. '|'
               .. shown(msys.runInPool('cpu', function() error('no') end)) .. '|'
               .. shown(msys.runInPool(6, function() return msys.asyncOk() end)) .. '|' .. tostring(msys.asyncOk())",
        );
        assert_eq!(said, "true,1,nil,x|false,test.lua:3: no|true,false|true");
        let report = state.report();
        assert!(report.contains("the function in the pool `CPU` ended with an error"), "{report}");
        assert_eq!(report.matches("test.lua:3: no").count(), 1, "{report}");
        assert!(state.error("msys.runInPool('IO')").contains("would crash the server"));
        let error = tested::state().error("msys.runInPool('IO', function() end, 5)");
        assert!(error.contains("bad argument #3"), "{error}");
    }

    #[test]
    fn an_asynchronous_job_runs_when_the_script_waits() {
        let state = tested::state();
        let said: String = state.eval(
            "local seen = {}
             local count = select('#', msys.runInPool('IO', function() seen[#seen + 1] = 'job' end, true))
             msys.runInPool('IO', function() seen[#seen + 1] = 'second' end, function() seen[#seen + 1] = 'done' end)
             seen[#seen + 1] = 'after'
             msys.sleep(0)
             return count .. ' ' .. table.concat(seen, ' ')",
        );
        assert_eq!(said, "0 after job second done");
    }

    #[test]
    fn each_thread_has_a_table_of_its_own() {
        let state = tested::state();
        state.lua.globals().set("_OSTLS", state.lua.create_table().unwrap()).unwrap();
        let said: String = state.eval(
            "_OSTLS.mark = 'scheduler'
             local _, first = msys.runInPool('IO', function() local before = _OSTLS.mark _OSTLS.mark = 'io' return tostring(before) end)
             local _, second = msys.runInPool('IO', function() return _OSTLS.mark end)
             local completed
             msys.runInPool('CPU', function() end, function() completed = _OSTLS.mark end, msys.core.ECTP_COMPLETE_CALLBACK_SCHED)
             msys.sleep(0)
             return first .. ' ' .. second .. ' ' .. completed .. ' ' .. _OSTLS.mark",
        );
        assert_eq!(said, "nil io scheduler scheduler");
    }

    #[test]
    fn jobs_sleep_beside_each_other() {
        let state = tested::state();
        let said: String = state.eval(
            "local seen, begin = {}, os.time()
             for i = 3, 1, -1 do
               msys.runInPool('IO', function()
                 local function deeper() msys.sleep(i) end
                 deeper()
                 pcall(function() msys.sleep(10) end)
                 seen[#seen + 1] = i .. '@' .. (os.time() - begin)
               end, true)
             end
             msys.sleep(20)
             return table.concat(seen, ' ')",
        );
        // Below `pcall` a job cannot be suspended: those that begin later end earlier then.
        assert_eq!(said, "3@13 2@13 1@13");
    }

    #[test]
    fn a_function_runs_in_an_event_loop() {
        let state = tested::state();
        let said: String = state.eval(
            "local ok, value = msys.runInInst(msys.core.scheduler_for_domain('a.example'), function() return 7 end)
             return tostring(ok) .. value",
        );
        assert_eq!(said, "true7");
        let error = state.error("msys.runInInst('a.example', function() end)");
        assert!(error.contains("ec_scheduler_inst expected, got string"), "{error}");
    }
}
