//! `msys.pcre.split` and `pcre.split`.

use mlua::{LuaString, MultiValue, Table, Value};

use super::{Dialect, Pattern};
use crate::api::{Call, Registry};

pub(super) fn register(api: &mut Registry) {
    api.function("msys.pcre.split", |call, (subject, pattern): (LuaString, LuaString)| {
        split(call, &subject, &pattern)
    });
    api.function("pcre.split", engine);
}

/// Empty pieces are left out.
fn split(call: &Call<'_>, subject: &LuaString, pattern: &LuaString) -> mlua::Result<MultiValue> {
    let pattern = match Pattern::new(call, pattern, Dialect::Msys)? {
        Ok(pattern) => pattern,
        Err(refusal) => return Ok(refusal),
    };
    let subject = subject.as_bytes();
    let pieces = call.lua().create_table()?;
    let mut from = 0;
    pattern.each(&subject, |groups| {
        let Some(&Some((start, end))) = groups.first() else { return Ok(()) };
        push(call, &pieces, subject.get(from..start))?;
        from = end;
        Ok(())
    })?;
    push(call, &pieces, subject.get(from..))?;
    Ok(MultiValue::from_iter([Value::Table(pieces)]))
}

fn push(call: &Call<'_>, pieces: &Table, piece: Option<&[u8]>) -> mlua::Result<()> {
    match piece {
        Some(piece) if !piece.is_empty() => pieces.raw_push(call.lua().create_string(piece)?),
        _ => Ok(()),
    }
}

/// `pcre.split`: at most as many pieces as the limit, negative for all. Nothing comes of a subject that PCRE does not
/// search.
fn engine(
    call: &Call<'_>,
    (subject, pattern, limit): (LuaString, LuaString, Option<i64>),
) -> mlua::Result<MultiValue> {
    let pattern = match Pattern::new(call, &pattern, Dialect::Engine)? {
        Ok(pattern) => pattern,
        Err(refusal) => return Ok(refusal),
    };
    let subject = subject.as_bytes();
    let pieces = call.lua().create_table()?;
    let cuts = super::limit(limit).map(|limit| limit.saturating_sub(1));
    // The limit counts pieces: a separator that follows another one makes none.
    let mut made = 0;
    let rest = pattern.each_while(&subject, |from, groups| {
        if (limit != Some(0)) && cuts.is_some_and(|cuts| made >= cuts) {
            return Ok(false);
        }
        let Some(&Some((start, _))) = groups.first() else { return Ok(true) };
        made += usize::from(start > from);
        push(call, &pieces, subject.get(from..start))?;
        Ok(true)
    })?;
    if rest.to == subject.len() {
        push(call, &pieces, subject.get(rest.from..))?;
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
            .eval("local pcre = require('pcre')\n return table.concat(pcre.split('a,b,,c,d', ',', 3), '|') .. ' ' .. #pcre.split('a\\255', 'a') .. table.concat(pcre.split('a,b', ',', 1), '|') .. ' ' .. table.concat(pcre.split('a,b,', ',', 0), '|')");
        assert_eq!(said, "a|b|,c,d 0a,b a|b");
    }

    #[test]
    fn a_wrong_pattern_is_told() {
        let said: String =
            pcre().eval("local a, b, c = msys.pcre.split('x', '[')\n return tostring(a) .. b .. c");
        assert_eq!(said, "nilmissing terminating ] for character class6");
    }
}
