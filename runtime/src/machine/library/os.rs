//! `os` and `math.random`: what the run grants instead of the world.

use std::cell::RefCell;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use mlua::{Lua, LuaString, MultiValue, Table, Value};

use super::arguments::Arguments;
use super::number;
use crate::machine::World;
use crate::machine::error::{ScriptErrorKind, raise, stop};
use crate::machine::meter::Meter;

/// Puts `os` and the functions of chance in place.
pub(super) fn install(lua: &Lua) -> mlua::Result<()> {
    let os = lua.create_table()?;
    os.set("time", lua.create_function(time)?)?;
    os.set("date", lua.create_function(date)?)?;
    os.set("clock", lua.create_function(clock)?)?;
    os.set("difftime", lua.create_function(difftime)?)?;
    os.set("getenv", lua.create_function(getenv)?)?;
    os.set("setenv", lua.create_function(setenv)?)?;
    os.set("setlocale", lua.create_function(setlocale)?)?;
    os.set("exit", lua.create_function(exit)?)?;
    lua.globals().set("os", os)?;
    chance(lua)
}

/// `math.random`: the same seed gives the same numbers.
fn chance(lua: &Lua) -> mlua::Result<()> {
    let seed = lua.app_data_ref::<World>().map_or(0, |world| world.grants.borrow().seed);
    lua.set_app_data(RefCell::new(fastrand::Rng::with_seed(seed)));
    let math: Table = lua.globals().get("math")?;
    math.set("random", lua.create_function(random)?)?;
    math.set(
        "randomseed",
        lua.create_function(|lua, values: MultiValue| {
            let seed = Arguments::new(lua, "randomseed", values).integer(1)?;
            if let Some(random) = lua.app_data_ref::<RefCell<fastrand::Rng>>() {
                random.borrow_mut().seed(seed.cast_unsigned());
            }
            Ok(())
        })?,
    )
}

fn random(lua: &Lua, values: MultiValue) -> mlua::Result<f64> {
    let arguments = Arguments::new(lua, "random", values);
    let part = lua.app_data_ref::<RefCell<fastrand::Rng>>().map_or(0.0, |random| random.borrow_mut().f64());
    let (least, most) = match arguments.len() {
        0 => return Ok(part),
        1 => (1, arguments.integer(1)?),
        2 => (arguments.integer(1)?, arguments.integer(2)?),
        _ => return Err(raise(lua, "wrong number of arguments")),
    };
    if least > most {
        return Err(arguments.error(arguments.len(), "interval is empty"));
    }
    #[expect(clippy::cast_precision_loss, reason = "Lua's numbers are doubles")]
    let (least, most) = (least as f64, most as f64);
    Ok((part * (most - least + 1.0)).floor() + least)
}

/// The time of the run, in seconds since 1970.
fn now(lua: &Lua) -> f64 {
    let granted = lua.app_data_ref::<World>().and_then(|world| world.grants.borrow().time);
    granted.unwrap_or_else(|| Timestamp::now().as_duration().as_secs_f64())
}

fn clock(lua: &Lua, _: MultiValue) -> mlua::Result<f64> {
    Ok(Meter::of(lua).map_or(0.0, |meter| meter.elapsed().as_secs_f64()))
}

fn difftime(lua: &Lua, values: MultiValue) -> mlua::Result<f64> {
    let arguments = Arguments::new(lua, "difftime", values);
    let earlier = if arguments.is_nil(2) { 0.0 } else { arguments.number(2)? };
    Ok(arguments.number(1)? - earlier)
}

fn time(lua: &Lua, values: MultiValue) -> mlua::Result<Value> {
    let arguments = Arguments::new(lua, "time", values);
    if arguments.is_nil(1) {
        return Ok(Value::Number(now(lua).floor()));
    }
    let Some(Value::Table(table)) = arguments.get(1) else { return Err(arguments.expected(1, "table")) };
    let field = |name: &str, default: Option<i64>| -> mlua::Result<i64> {
        match number::coerced(&table.get::<Value>(name)?) {
            Some(number) => Ok(number::truncated(number)),
            None => default.ok_or_else(|| raise(lua, format!("field '{name}' missing in date table"))),
        }
    };
    let (year, month, day) = (field("year", None)?, field("month", None)?, field("day", None)?);
    let (hour, minute, second) = (field("hour", Some(12))?, field("min", Some(0))?, field("sec", Some(0))?);
    // C's `mktime` takes a month 13 or a day 0 for what follows.
    let months = year.saturating_mul(12).saturating_add(month - 1);
    let first = jiff::civil::Date::new(
        i16::try_from(months.div_euclid(12)).unwrap_or(i16::MAX),
        i8::try_from(months.rem_euclid(12) + 1).unwrap_or(1),
        1,
    );
    let Some(first) = first.ok().and_then(|date| date.to_zoned(TimeZone::UTC).ok()) else {
        return Ok(Value::Nil);
    };
    let seconds = (day - 1)
        .saturating_mul(86_400)
        .saturating_add(hour.saturating_mul(3600))
        .saturating_add(minute.saturating_mul(60))
        .saturating_add(second);
    #[expect(clippy::cast_precision_loss, reason = "Lua's numbers are doubles")]
    Ok(Value::Number(first.timestamp().as_second().saturating_add(seconds) as f64))
}

fn date(lua: &Lua, values: MultiValue) -> mlua::Result<Value> {
    let arguments = Arguments::new(lua, "date", values);
    let format = if arguments.is_nil(1) { "%c".to_owned() } else { arguments.string(1)?.to_string_lossy() };
    let seconds = if arguments.is_nil(2) { now(lua) } else { arguments.number(2)? };
    let Ok(timestamp) = Timestamp::from_second(number::truncated(seconds)) else { return Ok(Value::Nil) };
    // A run knows no time zone but UTC.
    let time = Zoned::new(timestamp, TimeZone::UTC);
    let format = format.strip_prefix('!').unwrap_or(&format);
    if format.starts_with("*t") {
        let table = lua.create_table()?;
        table.set("year", time.year())?;
        table.set("month", time.month())?;
        table.set("day", time.day())?;
        table.set("hour", time.hour())?;
        table.set("min", time.minute())?;
        table.set("sec", time.second())?;
        table.set("wday", time.weekday().to_sunday_one_offset())?;
        table.set("yday", time.day_of_year())?;
        table.set("isdst", false)?;
        return Ok(Value::Table(table));
    }
    let format =
        format.replace("%c", "%a %b %e %H:%M:%S %Y").replace("%x", "%m/%d/%y").replace("%X", "%H:%M:%S");
    let text = jiff::fmt::strtime::format(&format, &time)
        .map_err(|error| raise(lua, format!("'date' cannot use the format '{format}': {error}")))?;
    lua.create_string(text).map(Value::String)
}

fn getenv(lua: &Lua, values: MultiValue) -> mlua::Result<Option<String>> {
    let name = Arguments::new(lua, "getenv", values).string(1)?.to_string_lossy();
    Ok(lua.app_data_ref::<World>().and_then(|world| world.grants.borrow().environment.get(&name).cloned()))
}

/// Changes what this run sees; nil takes a variable away.
fn setenv(lua: &Lua, values: MultiValue) -> mlua::Result<bool> {
    let arguments = Arguments::new(lua, "setenv", values);
    let name = arguments.string(1)?.to_string_lossy();
    let value = if arguments.is_nil(2) { None } else { Some(arguments.string(2)?.to_string_lossy()) };
    if let Some(world) = lua.app_data_ref::<World>() {
        let mut grants = world.grants.borrow_mut();
        match value {
            Some(value) => grants.environment.insert(name, value),
            None => grants.environment.remove(&name),
        };
    }
    Ok(true)
}

fn setlocale(lua: &Lua, values: MultiValue) -> mlua::Result<Option<LuaString>> {
    let arguments = Arguments::new(lua, "setlocale", values);
    let wanted = if arguments.is_nil(1) { String::new() } else { arguments.string(1)?.to_string_lossy() };
    if matches!(wanted.as_str(), "" | "C" | "POSIX") { lua.create_string("C").map(Some) } else { Ok(None) }
}

fn exit(lua: &Lua, values: MultiValue) -> mlua::Result<()> {
    let status = Arguments::new(lua, "exit", values).integer_or(1, 0)?;
    let status = i32::try_from(status).unwrap_or(1);
    Err(stop(lua, ScriptErrorKind::Exit(status), format!("os.exit({status}) ended the process")))
}
