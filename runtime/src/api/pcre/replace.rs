//! `msys.pcre.replace` and `pcre.replace`.

use mlua::{LuaString, MultiValue, Value};
use momentum_lua_analyzer::pcre::Compiled;

use super::{Dialect, Groups, Pattern, slice, table, template};
use crate::api::{Call, Registry};
use crate::machine;

pub(super) fn register(api: &mut Registry) {
    api.function(
        "msys.pcre.replace",
        |call, (subject, pattern, replacement): (LuaString, LuaString, LuaString)| {
            replace(call, &subject, &pattern, &replacement)
        },
    );
    api.function(
        "pcre.replace",
        |call, (subject, pattern, replacement, limit): (LuaString, LuaString, Value, Option<i64>)| {
            if !matches!(
                replacement,
                Value::String(_) | Value::Integer(_) | Value::Number(_) | Value::Function(_)
            ) {
                let got = replacement.type_name();
                return Err(call.raise(format!(
                    "bad argument #3 to 'replace' (string or function expected, got {got})"
                )));
            }
            engine(call, &subject, &pattern, &replacement, limit)
        },
    );
}

/// `pcre.replace`: every match up to the limit, negative for all, the empty ones behind others included.
fn engine(
    call: &Call<'_>,
    subject: &LuaString,
    pattern: &LuaString,
    replacement: &Value,
    limit: Option<i64>,
) -> mlua::Result<MultiValue> {
    let pattern = match Pattern::new(call, pattern, Dialect::Engine)? {
        Ok(pattern) => pattern,
        Err(refusal) => return Ok(refusal),
    };
    let template = match replacement {
        Value::Function(_) => None,
        other => call.lua().coerce_string(other.clone())?,
    };
    let template = template.map(|template| template.as_bytes().to_vec()).unwrap_or_default();
    let names = pattern.regex().map(Compiled::capture_names).unwrap_or_default();
    let subject = subject.as_bytes();
    let mut result = Vec::new();
    let rest = pattern.each_of_engine(&subject, super::limit(limit), |from, groups| {
        let whole = groups.first().copied().flatten();
        let (start, _) = whole.unwrap_or((from, from));
        result.extend_from_slice(subject.get(from..start).unwrap_or_default());
        match replacement {
            Value::Function(function) => {
                replaced(call, function, &pattern, &subject, groups, &mut result)?;
            }
            _ => template::fill_in(&template, &subject, groups, names, &mut result),
        }
        // The result may be many times as long as the subject.
        machine::charge_memory(call.lua(), result.len())
    })?;
    result.extend_from_slice(subject.get(rest.from..rest.to).unwrap_or_default());
    Ok(MultiValue::from_iter([Value::String(call.lua().create_string(result)?)]))
}

/// Appends what a function gives for a match: nil and false keep it.
fn replaced(
    call: &Call<'_>,
    function: &mlua::Function,
    pattern: &Pattern<'_>,
    subject: &[u8],
    groups: &Groups,
    result: &mut Vec<u8>,
) -> mlua::Result<()> {
    match function.call::<Value>(table(pattern, subject, groups)?)? {
        Value::Nil | Value::Boolean(false) => {
            result.extend_from_slice(slice(subject, groups.first().copied().flatten()));
        }
        value => match call.lua().coerce_string(value.clone())? {
            Some(text) => result.extend_from_slice(&text.as_bytes()),
            None => {
                let got = value.type_name();
                return Err(call.raise(format!("invalid replacement value (a {got})")));
            }
        },
    }
    Ok(())
}

fn replace(
    call: &Call<'_>,
    subject: &LuaString,
    pattern: &LuaString,
    template: &LuaString,
) -> mlua::Result<MultiValue> {
    let pattern = match Pattern::new(call, pattern, Dialect::Msys)? {
        Ok(pattern) => pattern,
        Err(refusal) => return Ok(refusal),
    };
    let names = pattern.regex().map(Compiled::capture_names).unwrap_or_default();
    let (subject, template) = (subject.as_bytes(), template.as_bytes());
    let mut result = Vec::new();
    let mut copied = 0;
    pattern.each(&subject, |groups| {
        let (start, end) = groups.first().copied().flatten().unwrap_or((copied, copied));
        result.extend_from_slice(subject.get(copied..start).unwrap_or_default());
        expand(&template, &subject, groups, names, &mut result);
        copied = end.max(copied);
        // The result may be many times as long as the subject.
        machine::charge_memory(call.lua(), result.len())
    })?;
    result.extend_from_slice(subject.get(copied..).unwrap_or_default());
    Ok(MultiValue::from_iter([Value::String(call.lua().create_string(result)?)]))
}

/// Appends the template with `$1`, `\1` and `${name}` filled in. A group that there is not is empty; what names no group
/// stands for itself.
pub(in crate::api) fn expand(
    template: &[u8],
    subject: &[u8],
    groups: &Groups,
    names: &[Option<String>],
    out: &mut Vec<u8>,
) {
    let mut rest = template;
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'$' | b'\\')) {
        let (before, from) = rest.split_at(at);
        out.extend_from_slice(before);
        let is_dollar = from.first() == Some(&b'$');
        let behind = from.get(1..).unwrap_or_default();
        let digits = behind.iter().take(2).take_while(|byte| byte.is_ascii_digit()).count();
        let braced = behind.strip_prefix(b"{").filter(|_| is_dollar).and_then(|inside| {
            inside.iter().position(|byte| *byte == b'}').and_then(|end| inside.get(..end))
        });
        if digits > 0 {
            let number = behind.get(..digits).and_then(decimal);
            out.extend_from_slice(number.map_or(&[], |number| group(subject, groups, number)));
            rest = behind.get(digits..).unwrap_or_default();
        } else if let Some(name) = braced {
            // Of several groups with the name, the one that took part.
            let number = decimal(name).or_else(|| {
                let took_part = |number: &usize| groups.get(*number).is_some_and(Option::is_some);
                template::named(names, name).find(took_part)
            });
            out.extend_from_slice(number.map_or(&[], |number| group(subject, groups, number)));
            rest = behind.get(name.len() + 2..).unwrap_or_default();
        } else {
            out.extend_from_slice(from.get(..1).unwrap_or_default());
            rest = behind;
        }
    }
    out.extend_from_slice(rest);
}

fn decimal(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

pub(super) fn group<'s>(subject: &'s [u8], groups: &Groups, number: usize) -> &'s [u8] {
    slice(subject, groups.get(number).copied().flatten())
}

#[cfg(test)]
mod tests {
    use crate::api::pcre::tests::pcre;
    use crate::api::tested::state;

    #[test]
    fn groups_are_put_in() {
        let said: String = pcre().eval(
            "local r = msys.pcre.replace\n\
             return r('anna@x, ben@y', '(?P<user>\\\\w+)@(\\\\w)', '${user} at $2\\\\2 $0 $ $7.')",
        );
        assert_eq!(said, "anna at xx anna@x $ ., ben at yy ben@y $ .");
    }

    #[test]
    fn nothing_found_changes_nothing_and_empty_matches_count_once() {
        let said: String = pcre().eval(
            "local r = msys.pcre.replace\n\
             return r('abc', 'x', '-') .. '|' .. r('abä', 'x*', '-') .. '|' .. r('baac', 'a*', '-')",
        );
        assert_eq!(said, "abc|-a-b-ä-|-b-c-");
    }

    #[test]
    fn a_wrong_pattern_is_told() {
        let said: String =
            pcre().eval("local a, b, c = msys.pcre.replace('x', '*', '')\n return tostring(a) .. b .. c");
        assert_eq!(said, "nilnothing to repeat9");
    }

    #[test]
    fn the_engine_s_takes_functions_and_a_limit() {
        let said: String = state().eval(
            "local pcre = require('pcre')\n\
             local function f(m) if m[1] == 'b' then return nil end return '<' .. m[1] .. '>' end\n\
             return pcre.replace('a1b2c3', '([a-z])\\\\d', f) .. '|' .. pcre.replace('aaaa', 'a', 7, 2)\n\
               .. '|' .. pcre.replace('aaaa', 'a', 7, 0) .. '|' .. pcre.replace('aa', 'a', 7, -1) .. '|' .. pcre.replace('baac', 'a*', '-', 2)",
        );
        assert_eq!(said, "<a>b2<c>|77aa|aaaa|77|-b-c");
        let error = state().error("require('pcre')\n pcre.replace('a', 'a', function() return {} end)");
        assert!(error.contains("invalid replacement value"), "{error}");
        let error = state().error("require('pcre')\n pcre.replace('a', 'a', {})");
        assert!(error.contains("string or function expected, got table"), "{error}");
    }

    #[test]
    fn the_engine_s_finds_empty_matches_behind_others() {
        let said: String = state().eval(
            "local r = require('pcre').replace\n\
             return r('baac', 'a*', '-') .. '|' .. (r('abä', 'x*', '-'):gsub('\\195', '?')) .. '|' .. r('a\\255', 'a', 'b') .. '|' .. r('abc', 'b', '<$0>')",
        );
        assert_eq!(said, "-b--c-|-a-b-?||a<b>c");
    }

    #[test]
    fn a_result_that_grows_beyond_the_memory_ends_the_run() {
        let error = pcre().error("local s = ('a'):rep(1000000)\n msys.pcre.replace(s, 'a', s)");
        assert!(error.contains("of memory were wanted"), "{error}");
    }
}
