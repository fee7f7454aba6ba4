//! `msys.pcre.split` and `pcre.split`.

use mlua::{LuaString, MultiValue, Value};

use super::{Dialect, Pattern};
use crate::api::{Call, Registry};

pub(super) fn register(api: &mut Registry) {
    api.function("msys.pcre.split", |call, (subject, pattern): (LuaString, LuaString)| {
        split(call, &subject, &pattern, None, Dialect::Msys)
    });
    api.function("pcre.split", |call, (subject, pattern, limit): (LuaString, LuaString, Option<i64>)| {
        split(call, &subject, &pattern, super::limit(limit), Dialect::Engine)
    });
}

/// Empty pieces are left out, so at most `limit` pieces are those that have something in them.
fn split(
    call: &Call<'_>,
    subject: &LuaString,
    pattern: &LuaString,
    limit: Option<usize>,
    dialect: Dialect,
) -> mlua::Result<MultiValue> {
    let pattern = match Pattern::new(call, pattern, dialect)? {
        Ok(pattern) => pattern,
        Err(refusal) => return Ok(refusal),
    };
    let subject = subject.as_bytes();
    let pieces = call.lua().create_table()?;
    let (mut from, mut count) = (0, 1);
    pattern.each(&subject, None, |groups| {
        let Some(&Some((start, end))) = groups.first() else { return Ok(()) };
        let piece = subject.get(from..start).unwrap_or_default();
        if !piece.is_empty() && limit.is_none_or(|limit| count < limit) {
            pieces.raw_push(call.lua().create_string(piece)?)?;
            count += 1;
            from = end;
        } else if piece.is_empty() {
            from = end;
        }
        Ok(())
    })?;
    let piece = subject.get(from..).unwrap_or_default();
    if !piece.is_empty() {
        pieces.raw_push(call.lua().create_string(piece)?)?;
    }
    Ok(MultiValue::from_iter([Value::Table(pieces)]))
}

#[cfg(test)]
mod tests {
    use crate::api::pcre::tests::pcre;
    use crate::api::tested::state;

    #[test]
    fn separators_cut() {
        let said: String = pcre().eval(
            "local function s(...) return table.concat(msys.pcre.split(...), '|') end\n\
             return s('a, b,,c', ',\\\\s*') .. ' ' .. s(',a,', ',') .. ' ' .. #msys.pcre.split('', ',') .. ' ' .. s('äbc', '')",
        );
        assert_eq!(said, "a|b|c a 0 ä|b|c");
    }

    #[test]
    fn the_engine_s_has_a_limit() {
        let said: String = state()
            .eval("local pcre = require('pcre')\n return table.concat(pcre.split('a,b,,c,d', ',', 3), '|')");
        assert_eq!(said, "a|b|c,d");
    }

    #[test]
    fn a_wrong_pattern_is_told() {
        let said: String =
            pcre().eval("local a, b, c = msys.pcre.split('x', '[')\n return tostring(a) .. b .. c");
        assert_eq!(said, "nilmissing terminating ] for character class6");
    }
}
