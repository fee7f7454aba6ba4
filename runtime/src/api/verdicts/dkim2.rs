//! `msys.validate.dkim2`: the outcome of a verification is the session's; signing is noted.

use mlua::{AnyUserData, Table, Value};

use super::super::message::current;
use super::super::{Call, Registry};
use super::of;

pub(super) fn register(api: &mut Registry) {
    api.function("msys.validate.dkim2.verify", |call, (msg, _, _): (AnyUserData, Value, Value)| {
        let msg = current::message(call, Some(&msg))?;
        let said = of(call, &msg, |verdicts| verdicts.dkim2);
        let signed = msg.content.borrow().headers().first(b"DKIM2-Signature").is_some();
        if said.is_none() && signed {
            let answer = "[verdicts]\ndkim2 = \"pass\"";
            call.unanswered(format!("{}: do the signatures hold?", call.name()), answer);
        }
        let word = said.map_or(if signed { "permerror" } else { "none" }, crate::session::Dkim2Result::word);
        let result = call.lua().create_table()?;
        result.raw_set("overall", word)?;
        let list = call.lua().create_table()?;
        for field in msg.content.borrow().headers().named(b"DKIM2-Signature") {
            list.raw_push(signature(call, &field.value(), word)?)?;
        }
        result.raw_set("signatures", list)?;
        Ok(result)
    });
    // Nothing is signed: true without a header is what a signature that was left out on purpose gives.
    api.function("msys.validate.dkim2.sign", |_, _: (AnyUserData, Value, Value)| Ok((true, Value::Nil)));
    api.function("msys.validate.dkim2.ar_clauses", |call, result: Option<Table>| clauses(call, result));
}

fn signature(call: &Call<'_>, value: &[u8], word: &str) -> mlua::Result<Table> {
    let text = String::from_utf8_lossy(value).into_owned();
    let tag = |name: &str| {
        let mut tags = text.split(';').filter_map(|tag| tag.split_once('='));
        tags.find(|(tag, _)| tag.trim() == name).map(|(_, value)| value.trim().to_owned())
    };
    let number = |name: &str| tag(name).and_then(|value| value.parse::<i64>().ok());
    let one = call.lua().create_table()?;
    one.raw_set("seq", number("i").unwrap_or(1))?;
    one.raw_set("m", number("m").unwrap_or(0))?;
    one.raw_set("status", if word == "pass" { "pass" } else { "fail" })?;
    one.raw_set("reason", if word == "pass" { "ok" } else { word })?;
    for name in ["d", "s", "mf", "rt"] {
        one.raw_set(name, tag(name).unwrap_or_default())?;
    }
    one.raw_set("n", tag("n"))?;
    one.raw_set("f", tag("f"))?;
    Ok(one)
}

/// One clause for each signature (RFC 8601); nil where there is nothing to say.
fn clauses(call: &Call<'_>, result: Option<Table>) -> mlua::Result<Option<Table>> {
    let Some(result) = result else { return Ok(None) };
    let overall: Option<String> = result.get("overall")?;
    let signatures: Option<Table> = result.get("signatures")?;
    let clauses = call.lua().create_table()?;
    for one in signatures.into_iter().flat_map(|list| list.sequence_values::<Table>().collect::<Vec<_>>()) {
        let one = one?;
        let status: Option<String> = one.get("status")?;
        let domain: Option<String> = one.get("d")?;
        let (status, domain) = (status.unwrap_or_else(|| "none".to_owned()), domain.unwrap_or_default());
        let status = if status == "chain_verified" { "pass".to_owned() } else { status };
        clauses.raw_push(format!("dkim2={status} header.d={domain}"))?;
    }
    if clauses.raw_len() == 0 {
        match overall.as_deref() {
            None | Some("none") => return Ok(None),
            Some(word) => clauses.raw_push(format!("dkim2={word}"))?,
        }
    }
    Ok(Some(clauses))
}
