//! `msys.audit_series`: counts over time that policy keeps, on the run's clock.

use std::collections::BTreeMap;
use std::net::IpAddr;

use mlua::{LuaString, Table, Value};

use super::accept::AcceptConstruct;
use super::clock::Clock;
use super::{Call, Registry, text};
use crate::machine::{self, Held};
use crate::network::{self, Block};
use crate::report::What;

/// All series by their names.
#[derive(Default)]
struct AllSeries {
    by_name: BTreeMap<Vec<u8>, Series>,
    held: Held,
}

struct Series {
    kind: Kind,
    /// Seconds that a window lasts.
    interval: f64,
    windows: u64,
    counts: BTreeMap<Key, Counts>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ipv4,
    Ipv6,
    Text,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Address(IpAddr),
    Text(Vec<u8>),
}

/// What a key was counted, by the number of the window since 1970.
type Counts = BTreeMap<u64, f64>;

/// What a key takes, roughly.
const SIZE: usize = 256;

pub(super) fn register(api: &mut Registry) {
    api.function("msys.audit_series.define", define);
    api.function("msys.audit_series.add", add);
    api.function("msys.audit_series.count", count);
    api.function("msys.audit_series.remove_item", |call, (name, key): (LuaString, Value)| {
        within(call, &name, |series, held| {
            let (key, _) = series.key(call, &key)?;
            if series.counts.remove(&key).is_some() {
                held.shrink(SIZE);
            }
            Ok(())
        })
    });
}

fn define(
    call: &Call<'_>,
    (name, kind, interval, windows, options): (LuaString, String, f64, i64, Option<Table>),
) -> mlua::Result<()> {
    let kind = match kind.as_str() {
        "cidr" => Kind::Ipv4,
        "cidr_ipv6" => Kind::Ipv6,
        "string" => Kind::Text,
        other => {
            let known = "cidr, cidr_ipv6 or string";
            return Err(call.raise(format!("`{other}` is no type of an audit series: {known}")));
        }
    };
    let windows = u64::try_from(windows).unwrap_or(0);
    if !(interval >= 1.0 && windows >= 1) {
        return Err(call.raise("an audit series has one window or more, of one second or more"));
    }
    let replicate = options.map(|options| options.get::<Option<String>>("replicate")).transpose()?.flatten();
    if replicate.as_deref() == Some("cluster") {
        let name = name.to_string_lossy();
        let text = format!(
            "audit series `{name}`: with replicate = \"cluster\" a single node counts nothing; here it counts as on a cluster"
        );
        call.note(What::Note { text });
    }
    let all = call.part::<AllSeries>();
    let mut all = all.borrow_mut();
    let name = name.as_bytes().to_vec();
    if let Some(series) = all.by_name.get(&name)
        && series.kind == kind
        && series.interval == interval
        && series.windows == windows
    {
        // A reload of the configuration keeps what was counted.
        return Ok(());
    }
    all.held.grow(call.lua(), SIZE + name.len())?;
    all.by_name.insert(name, Series { kind, interval, windows, counts: BTreeMap::new() });
    Ok(())
}

fn within<R>(
    call: &Call<'_>,
    name: &LuaString,
    work: impl FnOnce(&mut Series, &mut Held) -> mlua::Result<R>,
) -> mlua::Result<R> {
    let all = call.part::<AllSeries>();
    let mut all = all.borrow_mut();
    let AllSeries { by_name, held } = &mut *all;
    match by_name.get_mut(&*name.as_bytes()) {
        Some(series) => work(series, held),
        None => Err(call.raise(format!("no audit series `{}` is defined", name.to_string_lossy()))),
    }
}

impl Series {
    fn window(&self, call: &Call<'_>) -> u64 {
        (Clock::now(call.frame()) / self.interval) as u64
    }

    /// The key that a value stands for, and the block of addresses of one with a mask.
    fn key(&self, call: &Call<'_>, value: &Value) -> mlua::Result<(Key, Option<Block>)> {
        let given = match value {
            Value::Nil => None,
            Value::UserData(data) => match data.borrow::<AcceptConstruct>() {
                Ok(accept) => Some(accept.remote.ip.to_string()),
                Err(_) => None,
            },
            Value::String(key) if self.kind == Kind::Text => {
                return Ok((Key::Text(key.as_bytes().to_vec()), None));
            }
            other => call.lua().coerce_string(other.clone())?.map(|key| key.to_string_lossy()),
        };
        if self.kind == Kind::Text {
            return match given {
                Some(key) => Ok((Key::Text(key.into_bytes()), None)),
                None => Err(call.raise(format!("{}: a series of strings needs a key", call.name()))),
            };
        }
        let client = call.session().connection.client.ip;
        let block = match given.as_deref() {
            None => Block::of(client),
            Some(key) => match block_of(key, client) {
                Some(block) => block,
                None => return Err(call.raise(format!("{}: `{key}` is no address", call.name()))),
            },
        };
        if matches!(block.base, IpAddr::V4(_)) != (self.kind == Kind::Ipv4) {
            let (has, takes) = if self.kind == Kind::Ipv4 { ("IPv6", "IPv4") } else { ("IPv4", "IPv6") };
            let text = format!(
                "{}: {} is an {has} address, and the series takes {takes} alone",
                call.name(),
                block.base
            );
            call.note(What::Note { text });
        }
        Ok((Key::Address(block.base), Some(block)))
    }

    fn takes(&self, key: &Key) -> bool {
        match key {
            Key::Text(_) => self.kind == Kind::Text,
            Key::Address(IpAddr::V4(_)) => self.kind == Kind::Ipv4,
            Key::Address(IpAddr::V6(_)) => self.kind == Kind::Ipv6,
        }
    }
}

/// An address, an address with a mask, or a mask alone: that of the client.
pub(super) fn block_of(text: &str, client: IpAddr) -> Option<Block> {
    match text.trim().strip_prefix('/') {
        Some(bits) => {
            let bits = bits.parse().ok().filter(|bits| *bits <= network::width(client))?;
            Some(Block { base: client, bits })
        }
        None => text.parse().ok(),
    }
}

/// The options table, or what stands in its place as the key.
fn options(value: Value) -> mlua::Result<(Value, Option<Table>)> {
    Ok(match value {
        Value::Table(table) => (table.get("key")?, Some(table)),
        key => (key, None),
    })
}

fn add(call: &Call<'_>, (name, value): (LuaString, Value)) -> mlua::Result<()> {
    let (key, table) = options(value)?;
    let by = table.map(|table| table.get::<Option<f64>>("count")).transpose()?.flatten().unwrap_or(1.0);
    let (key, total) = within(call, &name, |series, held| {
        let (key, _) = series.key(call, &key)?;
        if !series.takes(&key) {
            return Ok((key, None));
        }
        let window = series.window(call);
        let oldest = window.saturating_sub(series.windows - 1);
        if !series.counts.contains_key(&key) {
            held.grow(call.lua(), SIZE)?;
        }
        let counts = series.counts.entry(key.clone()).or_default();
        *counts = counts.split_off(&oldest);
        let count = counts.entry(window).or_default();
        *count += by;
        Ok((key, Some(*count)))
    })?;
    if let Some(total) = total {
        let key = match &key {
            Key::Address(address) => address.to_string(),
            Key::Text(text) => text::plain(text),
        };
        call.note(What::Set {
            property: format!("audit series {} {key}", name.to_string_lossy()),
            before: Some((total - by).to_string()),
            after: Some(total.to_string()),
        });
    }
    Ok(())
}

/// The first and the last window that options ask for; 0 is the current one.
pub(super) fn range_of(table: Option<&Table>) -> mlua::Result<(u64, u64)> {
    let Some(table) = table else { return Ok((0, 0)) };
    let of = |name: &str| -> mlua::Result<u64> {
        let value = table.get::<Option<i64>>(name)?.unwrap_or(0);
        Ok(u64::try_from(value).unwrap_or(0))
    };
    let (start, end) = (of("startv")?, of("endv")?);
    Ok((start.min(end), start.max(end)))
}

fn count(call: &Call<'_>, (name, value): (LuaString, Value)) -> mlua::Result<f64> {
    let (key, table) = options(value)?;
    let (start, end) = range_of(table.as_ref())?;
    within(call, &name, |series, _| {
        let (key, block) = series.key(call, &key)?;
        let window = series.window(call);
        let oldest = window.saturating_sub(end.min(series.windows - 1));
        let Some(newest) = window.checked_sub(start).filter(|newest| *newest >= oldest) else {
            return Ok(0.0);
        };
        let sum = |counts: &Counts| counts.range(oldest..=newest).fold(0.0, |sum, (_, count)| sum + count);
        match block.filter(|block| block.bits < network::width(block.base)) {
            Some(block) => {
                machine::charge(call.lua(), series.counts.len() as u64)?;
                let in_block = |key: &Key| matches!(key, Key::Address(address) if block.contains(*address));
                Ok(series
                    .counts
                    .iter()
                    .filter(|(key, _)| in_block(key))
                    .fold(0.0, |total, (_, counts)| total + sum(counts)))
            }
            None => Ok(series.counts.get(&key).map_or(0.0, sum)),
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::api::clock::Clock;
    use crate::api::tested::state;

    #[test]
    fn windows_move_with_the_clock() {
        let state = state();
        state.eval::<()>(
            "local a = require('msys.audit_series')\n a.define('s', 'string', 60, 3)\n\
             a.add('s', 'k')\n a.add('s', { key = 'k', count = 4 })",
        );
        let counts = |expected: &str| {
            let said: String = state.eval(
                "local c = msys.audit_series.count\n\
                 return c('s', 'k') .. ' ' .. c('s', { key = 'k', startv = 1, endv = 1 }) .. ' ' .. c('s', { key = 'k', startv = 0, endv = 9 })",
            );
            assert_eq!(said, expected);
        };
        counts("5 0 5");
        Clock::advance(&state.frame, 60.0);
        counts("0 5 5");
        state.eval::<()>("msys.audit_series.add('s', 'k')");
        counts("1 5 6");
        Clock::advance(&state.frame, 120.0);
        counts("0 0 1");
        state.eval::<()>("msys.audit_series.remove_item('s', 'k')");
        counts("0 0 0");
    }

    #[test]
    fn addresses_are_counted_by_block() {
        let said: String = state().eval(
            "local a = require('msys.audit_series')\n a.define('s', 'cidr', 60, 1)\n\
             a.add('s')\n a.add('s', { key = '192.0.2.1', count = 2 })\n a.add('s', '192.0.2.77')\n a.add('s', '2001:db8::1')\n\
             return a.count('s') .. ' ' .. a.count('s', '192.0.2.0/24') .. ' ' .. a.count('s', { key = '192.0.2.1' }) .. ' ' .. a.count('s', '/0') .. ' ' .. a.count('s', '2001:db8::/32')",
        );
        assert_eq!(said, "1 4 2 4 0");
    }

    #[test]
    fn wrong_uses_raise() {
        for (text, part) in [
            ("a.add('none')", "no audit series `none` is defined"),
            ("a.define('x', 'ip', 1, 1)", "`ip` is no type of an audit series"),
            ("a.define('x', 'string', 60, 1) a.add('x')", "needs a key"),
            ("a.define('x', 'string', 60, 1) a.count('x', { startv = 0 })", "needs a key"),
            ("a.define('x', 'cidr', 60, 1) a.add('x', 'nobody')", "`nobody` is no address"),
            ("a.define('x', 'cidr', nil, 1)", "would crash the server"),
        ] {
            let error = state().error(&format!("local a = require('msys.audit_series')\n {text}"));
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
