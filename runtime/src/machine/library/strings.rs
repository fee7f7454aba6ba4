//! `string`: what searches or builds something as long as a script likes.

use std::cell::Cell;

use memchr::memmem;
use mlua::{Function, IntoLua, Lua, LuaString, MultiValue, Table, Value};

use super::arguments::Arguments;
use super::pattern::{Capture, Failure, MAX_CAPTURES, Matcher, is_plain};
use super::{format, number};
use crate::machine::error::raise;
use crate::machine::meter::Meter;

/// Puts the functions in place.
pub(super) fn install(lua: &Lua) -> mlua::Result<()> {
    let string: Table = lua.globals().raw_get("string")?;
    string.set("find", lua.create_function(|lua, values| search(lua, values, true))?)?;
    string.set("match", lua.create_function(|lua, values| search(lua, values, false))?)?;
    let gmatch = lua.create_function(gmatch)?;
    string.set("gmatch", &gmatch)?;
    string.set("gfind", gmatch)?;
    string.set("rep", lua.create_function(rep)?)?;
    string.set("format", lua.create_function(format::format)?)?;
    string.set(
        "lower",
        lua.create_function(|lua, values| cased(lua, "lower", values, <[u8]>::to_ascii_lowercase))?,
    )?;
    string.set(
        "upper",
        lua.create_function(|lua, values| cased(lua, "upper", values, <[u8]>::to_ascii_uppercase))?,
    )?;
    string.set("reverse", lua.create_function(|lua, values| cased(lua, "reverse", values, reversed))?)?;
    // What it dumps could not be loaded again.
    string.set("dump", Value::Nil)
}

/// What `gsub` ends in.
pub(super) fn native(lua: &Lua, name: &str) -> mlua::Result<Option<Function>> {
    let made = match name {
        "gsub_text" => lua.create_function(gsub_text),
        "gsub_step" => lua.create_function(gsub_step),
        _ => return Ok(None),
    };
    made.map(Some)
}

fn reversed(text: &[u8]) -> Vec<u8> {
    text.iter().rev().copied().collect()
}

/// A pattern ends at a NUL, as in C.
fn until_nul(pattern: &[u8]) -> &[u8] {
    let end = memchr::memchr(0, pattern).unwrap_or(pattern.len());
    pattern.get(..end).unwrap_or_default()
}

/// A pattern without its `^`, and whether it had one.
fn anchored(pattern: &[u8]) -> (&[u8], bool) {
    let pattern = until_nul(pattern);
    pattern.strip_prefix(b"^").map_or((pattern, false), |rest| (rest, true))
}

/// Counts work that goes over so many bytes.
fn charge(lua: &Lua, bytes: usize) -> mlua::Result<()> {
    Meter::of(lua).map_or(Ok(()), |meter| meter.charge(lua, bytes as u64 / 16 + 1))
}

fn cased(
    lua: &Lua,
    function: &'static str,
    values: MultiValue,
    change: fn(&[u8]) -> Vec<u8>,
) -> mlua::Result<LuaString> {
    let text = Arguments::new(lua, function, values).string(1)?;
    let bytes = text.as_bytes();
    charge(lua, bytes.len())?;
    lua.create_string(change(&bytes))
}

fn rep(lua: &Lua, values: MultiValue) -> mlua::Result<LuaString> {
    let arguments = Arguments::new(lua, "rep", values);
    let text = arguments.string(1)?;
    let count = usize::try_from(arguments.integer(2)?).unwrap_or(0);
    let bytes = text.as_bytes();
    let length = bytes.len().saturating_mul(count);
    if let Some(meter) = Meter::of(lua) {
        meter.charge_memory(lua, length)?;
    }
    charge(lua, length)?;
    lua.create_string(bytes.repeat(count))
}

/// A position from 1, or from behind if negative, as an offset; what lies before the text is its start.
fn offset(position: i64, length: usize) -> usize {
    let from_end = || usize::try_from(position.unsigned_abs()).unwrap_or(usize::MAX);
    if position < 0 {
        length.saturating_sub(from_end())
    } else {
        usize::try_from(position).unwrap_or(usize::MAX).saturating_sub(1)
    }
}

/// `find` and `match`.
fn search(lua: &Lua, values: MultiValue, find: bool) -> mlua::Result<MultiValue> {
    let arguments = Arguments::new(lua, if find { "find" } else { "match" }, values);
    let (subject, pattern) = (arguments.string(1)?, arguments.string(2)?);
    let (subject, pattern) = (subject.as_bytes(), pattern.as_bytes());
    let init = offset(arguments.integer_or(3, 1)?, subject.len()).min(subject.len());
    let plain =
        find && arguments.get(4).is_some_and(|value| !matches!(value, Value::Nil | Value::Boolean(false)));
    let nothing = || MultiValue::from_iter([Value::Nil]);
    if find && (plain || is_plain(&pattern)) {
        charge(lua, subject.len() - init)?;
        let found = subject.get(init..).and_then(|rest| memmem::find(rest, &pattern));
        return Ok(found.map_or_else(nothing, |at| {
            let from = init + at;
            MultiValue::from_iter([position(from + 1), position(from + pattern.len())])
        }));
    }
    let (pattern, anchored) = anchored(&pattern);
    let mut matcher = Matcher::new(lua, &subject, pattern);
    let found =
        if anchored { matcher.at(init).map(|end| end.map(|end| (init, end))) } else { matcher.find(init) };
    let Some((from, to)) = found.map_err(|failure| failure.into_error(lua))? else { return Ok(nothing()) };
    let mut results = MultiValue::new();
    if find {
        results.push_back(position(from + 1));
        results.push_back(position(to));
    }
    push_captures(lua, &matcher, &subject, (!find).then_some((from, to)), &mut results)?;
    Ok(results)
}

fn position(position: usize) -> Value {
    Value::Integer(i64::try_from(position).unwrap_or(i64::MAX))
}

/// The captures as values; `whole` stands for them where there is none.
fn push_captures(
    lua: &Lua,
    matcher: &Matcher<'_>,
    subject: &[u8],
    whole: Option<(usize, usize)>,
    results: &mut MultiValue,
) -> mlua::Result<()> {
    if matcher.captures().is_empty()
        && let Some((from, to)) = whole
    {
        results.push_back(text_of(lua, subject, from, to)?);
    }
    for capture in matcher.captures().iter().take(MAX_CAPTURES) {
        results.push_back(match *capture {
            Capture::Text(start, length) => text_of(lua, subject, start, start + length)?,
            Capture::Position(at) => position(at + 1),
            Capture::Open(_) => return Err(raise(lua, "unfinished capture")),
        });
    }
    Ok(())
}

fn text_of(lua: &Lua, subject: &[u8], from: usize, to: usize) -> mlua::Result<Value> {
    lua.create_string(subject.get(from..to).unwrap_or_default()).map(Value::String)
}

/// An iterator; `^` has no meaning in it.
fn gmatch(lua: &Lua, values: MultiValue) -> mlua::Result<Function> {
    let arguments = Arguments::new(lua, "gmatch", values);
    let (subject, pattern) = (arguments.string(1)?, arguments.string(2)?);
    let next = Cell::new(0);
    lua.create_function(move |lua, _: MultiValue| {
        let (subject, pattern) = (subject.as_bytes(), pattern.as_bytes());
        let mut results = MultiValue::new();
        if next.get() > subject.len() {
            return Ok(MultiValue::from_iter([Value::Nil]));
        }
        let mut matcher = Matcher::new(lua, &subject, until_nul(&pattern));
        match matcher.find(next.get()).map_err(|failure| failure.into_error(lua))? {
            Some((from, to)) => {
                next.set(if to == from { to + 1 } else { to });
                push_captures(lua, &matcher, &subject, Some((from, to)), &mut results)?;
            }
            None => {
                next.set(subject.len() + 1);
                results.push_back(Value::Nil);
            }
        }
        Ok(results)
    })
}

/// The next match of a `gsub` at or behind the offset `from`, anchored or not: where it starts and ends, and its
/// captures (the whole match where there is none); nothing if there is none.
fn gsub_step(lua: &Lua, (subject, pattern, from): (LuaString, LuaString, usize)) -> mlua::Result<MultiValue> {
    let (subject, pattern) = (subject.as_bytes(), pattern.as_bytes());
    let (pattern, anchored) = anchored(&pattern);
    let mut matcher = Matcher::new(lua, &subject, pattern);
    let found =
        if anchored { matcher.at(from).map(|end| end.map(|end| (from, end))) } else { matcher.find(from) };
    let Some((from, to)) = found.map_err(|failure| failure.into_error(lua))? else {
        return Ok(MultiValue::new());
    };
    let mut results = MultiValue::from_iter([from.into_lua(lua)?, to.into_lua(lua)?]);
    push_captures(lua, &matcher, &subject, Some((from, to)), &mut results)?;
    Ok(results)
}

/// `gsub` with a text as replacement.
fn gsub_text(lua: &Lua, values: MultiValue) -> mlua::Result<(LuaString, usize)> {
    let arguments = Arguments::new(lua, "gsub", values);
    let (subject, pattern, replacement) = (arguments.string(1)?, arguments.string(2)?, arguments.string(3)?);
    let (subject, pattern, replacement) = (subject.as_bytes(), pattern.as_bytes(), replacement.as_bytes());
    let most = arguments.integer_or(4, i64::MAX)?;
    let meter = Meter::of(lua);
    let (pattern, anchored) = anchored(&pattern);
    let mut matcher = Matcher::new(lua, &subject, pattern);
    let mut result = Vec::with_capacity(subject.len());
    let mut at = 0;
    let mut count: usize = 0;
    while i64::try_from(count).is_ok_and(|count| count < most) {
        let matched = matcher.at(at).map_err(|failure| failure.into_error(lua))?;
        if let Some(end) = matched {
            count += 1;
            substitute(&matcher, &subject, (at, end), &replacement, &mut result)
                .map_err(|failure| failure.into_error(lua))?;
            if let Some(meter) = &meter {
                meter.charge_memory(lua, result.len())?;
            }
        }
        match matched {
            Some(end) if end > at => at = end,
            _ => match subject.get(at) {
                Some(byte) => {
                    result.push(*byte);
                    at += 1;
                }
                None => break,
            },
        }
        if anchored {
            break;
        }
    }
    result.extend_from_slice(subject.get(at..).unwrap_or_default());
    Ok((lua.create_string(result)?, count))
}

/// Adds a replacement in which `%0` to `%9` stand for captures.
fn substitute(
    matcher: &Matcher<'_>,
    subject: &[u8],
    (from, to): (usize, usize),
    replacement: &[u8],
    result: &mut Vec<u8>,
) -> Result<(), Failure> {
    let mut bytes = replacement.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            result.push(byte);
            continue;
        }
        let level = match bytes.next() {
            Some(digit @ b'1'..=b'9') => usize::from(digit - b'1'),
            Some(b'0') => {
                result.extend_from_slice(subject.get(from..to).unwrap_or_default());
                continue;
            }
            Some(other) => {
                result.push(other);
                continue;
            }
            None => break,
        };
        match matcher.captures().get(level) {
            Some(&Capture::Text(start, length)) => {
                result.extend_from_slice(subject.get(start..start + length).unwrap_or_default());
            }
            Some(&Capture::Position(at)) => {
                #[expect(clippy::cast_precision_loss, reason = "Lua's numbers are doubles")]
                result.extend_from_slice(number::to_text((at + 1) as f64).as_bytes());
            }
            Some(Capture::Open(_)) => return Err(Failure::Malformed("unfinished capture".to_owned())),
            None if level == 0 => result.extend_from_slice(subject.get(from..to).unwrap_or_default()),
            None => return Err(Failure::Malformed("invalid capture index".to_owned())),
        }
    }
    Ok(())
}
