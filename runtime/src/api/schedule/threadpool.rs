//! `msys.threadpool`: which pools there are, and what they have done in this run.

use mlua::{Table, Value};

use super::Schedule;
use super::pool::Pools;
use crate::api::{Call, Registry};

pub(super) fn register(api: &mut Registry) {
    api.function("msys.threadpool.count", |call, (): ()| Ok(call.part::<Pools>().borrow().all().len()));
    api.function("msys.threadpool.find", |call: &Call<'_>, wanted: Value| {
        let Some((class, name, _)) = call.part::<Pools>().borrow().find(&wanted) else {
            return Ok(Value::Nil);
        };
        match wanted {
            Value::String(_) => Ok(Value::Integer(i64::try_from(class).unwrap_or(i64::MAX))),
            _ => call.lua().create_string(name).map(Value::String),
        }
    });
    api.function("msys.threadpool.stat", stat);
}

fn stat(call: &Call<'_>, wanted: Value) -> mlua::Result<Option<Table>> {
    let Some((_, name, threads)) = call.part::<Pools>().borrow().find(&wanted) else { return Ok(None) };
    let (running, queued, invocations) = {
        let schedule = call.part::<Schedule>();
        let schedule = schedule.borrow();
        let in_pool = |thread: &str| {
            thread.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let running = schedule.running.iter().filter(|running| in_pool(&running.thread)).count();
        let of_pool = || schedule.jobs.iter().filter(|job| job.work.pool == name);
        let suspended = of_pool().filter(|job| job.thread.is_some()).count();
        let queued = of_pool().filter(|job| job.thread.is_none()).count();
        let count = schedule.started.iter().find(|(pool, _)| *pool == name).map_or(0, |(_, count)| *count);
        (running + suspended, queued, count)
    };
    let active = running.min(threads as usize);
    let statistics = call.lua().create_table()?;
    for (field, value) in [
        ("invocations", invocations as f64),
        // Nothing takes any time here, and one thing runs at a time.
        ("avg_concurrency", if invocations > 0 { 1.0 } else { 0.0 }),
        ("saturation", if threads == 0 { 0.0 } else { active as f64 / f64::from(threads) }),
        ("avg_wallclock_time_per_op", 0.0),
        ("queue_sz", queued as f64),
        ("num_threads", f64::from(threads)),
        ("num_active_threads", active as f64),
        ("num_inactive_threads", (threads as usize - active) as f64),
        ("job_num_queued", queued as f64),
        ("job_num_running", running as f64),
    ] {
        statistics.raw_set(field, value)?;
    }
    let text =
        format!("{name}: {threads} threads, {running} jobs running, {queued} waiting, {invocations} in all");
    statistics.raw_set("name", name)?;
    let metatable = call.lua().create_table()?;
    metatable.raw_set("__tostring", call.lua().create_function(move |_, _: Value| Ok(text.clone()))?)?;
    statistics.set_metatable(Some(metatable))?;
    Ok(Some(statistics))
}

#[cfg(test)]
mod tests {
    use crate::api::tested;

    #[test]
    fn pools_count_their_jobs() {
        let state = tested::state();
        let said: String = state.eval(
            "require('msys.threadpool')
             msys.runInPool('IO', function() end) msys.runInPool('IO', function() end, true)
             local io = msys.threadpool.stat('IO')
             return msys.threadpool.count() .. ' ' .. msys.threadpool.find(msys.threadpool.find('SWAPIN')) .. ' '
               .. io.invocations .. ' ' .. io.job_num_queued .. ' ' .. tostring(io) .. ' ' .. tostring(msys.threadpool.stat('none'))
               .. ' ' .. tostring(msys.threadpool.find(77))",
        );
        assert_eq!(said, "8 SwapIn 1 1 IO: 50 threads, 0 jobs running, 1 waiting, 1 in all nil nil");
    }
}
