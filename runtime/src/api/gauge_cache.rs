//! `msys.gauge_cache`: numbers by key that are forgotten after a while, on the run's clock.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use mlua::LuaString;

use super::clock::Clock;
use super::{Call, Registry, text};
use crate::machine::Held;
use crate::report::What;

/// All caches by their names.
#[derive(Default)]
struct Caches {
    by_name: BTreeMap<Vec<u8>, Cache>,
    held: Held,
}

struct Cache {
    most: usize,
    seconds: f64,
    /// In the order in which they were last changed.
    gauges: IndexMap<Vec<u8>, Gauge>,
}

struct Gauge {
    value: f64,
    changed: f64,
}

/// What a gauge takes, roughly.
const SIZE: usize = 128;

pub(super) fn register(api: &mut Registry) {
    api.function("msys.gauge_cache.define", define);
    api.function("msys.gauge_cache.inc", |call, key| change(call, &key, 1.0));
    api.function("msys.gauge_cache.dec", |call, key| change(call, &key, -1.0));
    api.function("msys.gauge_cache.get", |call, (name, key): Key| {
        within(call, &name, |cache, _| cache.gauges.get(&*key.as_bytes()).map(|gauge| gauge.value))
    });
    api.function("msys.gauge_cache.remove_item", |call, (name, key): Key| {
        within(call, &name, |cache, held| {
            if let Some((key, _)) = cache.gauges.shift_remove_entry(&*key.as_bytes()) {
                held.shrink(SIZE + key.len());
            }
        })
    });
}

type Key = (LuaString, LuaString);

/// Defining a cache again keeps its gauges. There are no other nodes that `replicated` could send to.
fn define(
    call: &Call<'_>,
    (name, most, seconds, _replicated): (LuaString, i64, f64, Option<bool>),
) -> mlua::Result<()> {
    let caches = call.part::<Caches>();
    let mut caches = caches.borrow_mut();
    let most = usize::try_from(most).unwrap_or(0);
    let name = name.as_bytes().to_vec();
    if let Some(cache) = caches.by_name.get_mut(&name) {
        (cache.most, cache.seconds) = (most, seconds);
        return Ok(());
    }
    caches.held.grow(call.lua(), SIZE + name.len())?;
    caches.by_name.insert(name, Cache { most, seconds, gauges: IndexMap::new() });
    Ok(())
}

/// Does something to a cache, once what is too old has left it.
fn within<R>(
    call: &Call<'_>,
    name: &LuaString,
    work: impl FnOnce(&mut Cache, &mut Held) -> R,
) -> mlua::Result<R> {
    let now = Clock::now(call.frame());
    let caches = call.part::<Caches>();
    let mut caches = caches.borrow_mut();
    let Caches { by_name, held } = &mut *caches;
    let Some(cache) = by_name.get_mut(&*name.as_bytes()) else {
        return Err(call.raise(format!("no gauge cache `{}` is defined", name.to_string_lossy())));
    };
    while let Some((_, oldest)) = cache.gauges.first()
        && oldest.changed + cache.seconds <= now
    {
        cache.drop_oldest(held);
    }
    Ok(work(cache, held))
}

impl Cache {
    fn drop_oldest(&mut self, held: &mut Held) {
        if let Some((key, _)) = self.gauges.shift_remove_index(0) {
            held.shrink(SIZE + key.len());
        }
    }
}

fn change(call: &Call<'_>, (name, key): &Key, by: f64) -> mlua::Result<()> {
    let now = Clock::now(call.frame());
    let bytes = key.as_bytes().to_vec();
    let changed = within(call, name, |cache, held| {
        // Moving an entry to the end takes as long as there are entries.
        crate::machine::charge(call.lua(), cache.gauges.len() as u64 / 16)?;
        let before = match cache.gauges.shift_remove(&bytes) {
            Some(gauge) => gauge.value,
            None => {
                held.grow(call.lua(), SIZE + bytes.len())?;
                while cache.gauges.len() >= cache.most.max(1) {
                    cache.drop_oldest(held);
                }
                0.0
            }
        };
        cache.gauges.insert(bytes.clone(), Gauge { value: before + by, changed: now });
        Ok::<_, mlua::Error>((before, before + by))
    })?;
    let (before, after) = changed?;
    call.note(What::Set {
        property: format!("gauge {} {}", name.to_string_lossy(), text::plain(&bytes)),
        before: Some(before.to_string()),
        after: Some(after.to_string()),
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::api::clock::Clock;
    use crate::api::tested::state;

    #[test]
    fn gauges_go_up_and_down_and_away() {
        let state = state();
        let said: String = state.eval(
            "local g = require('msys.gauge_cache')\n g.define('open', 2, 60)\n\
             g.inc('open', 'a') g.inc('open', 'a') g.dec('open', 'b') g.inc('open', 'c')\n\
             local seen = tostring(g.get('open', 'a')) .. tostring(g.get('open', 'b')) .. tostring(g.get('open', 'c'))\n\
             g.remove_item('open', 'c')\n return seen .. tostring(g.get('open', 'c'))",
        );
        assert_eq!(said, "nil-11nil");
        Clock::advance(&state.frame, 61.0);
        assert_eq!(state.eval::<Option<f64>>("return msys.gauge_cache.get('open', 'b')"), None);
    }

    #[test]
    fn a_cache_has_to_be_defined() {
        let error = state().error("require('msys.gauge_cache')\n msys.gauge_cache.inc('none', 'x')");
        assert!(error.contains("no gauge cache `none` is defined"), "{error}");
        let error = state().error("require('msys.gauge_cache')\n msys.gauge_cache.define('x', 1, nil)");
        assert!(error.contains("would crash the server"), "{error}");
    }
}
