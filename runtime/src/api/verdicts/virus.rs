//! `msys.av`: virus scanners.

use mlua::{AnyUserData, MultiValue, Value};

use super::super::message::{EcMessage, current};
use super::super::part::EcMessagePart;
use super::super::{Call, Registry};
use crate::session::VirusVerdict;

/// The longest name of an engine.
const LONGEST_NAME: usize = 40;

/// The engine of a session that names none.
const ENGINE: &str = "clamav";

pub(super) fn register(api: &mut Registry) {
    api.function("msys.av.engines", |call, (): ()| {
        let verdict = match current::current(call) {
            Some(msg) => super::of(call, &msg, |verdicts| verdicts.virus.clone()),
            None => call.session().verdicts.virus.clone(),
        };
        Ok(vec![verdict.and_then(|verdict| verdict.engine).unwrap_or_else(|| ENGINE.to_owned())])
    });
    api.function("msys.av.scan", |call, (engine, msg, _): (Option<String>, Option<AnyUserData>, Value)| {
        let msg = current::message(call, msg.as_ref())?;
        scan(call, &msg, engine.as_deref(), |_| true)
    });
    api.function("msys.av.scan_part", scan_part);
}

fn scan_part(
    call: &Call<'_>,
    (part, engine, _): (AnyUserData, Option<String>, Value),
) -> mlua::Result<MultiValue> {
    if let Ok(msg) = part.borrow::<EcMessage>() {
        return scan(call, &msg, engine.as_deref(), |_| true);
    }
    let Ok(part) = part.borrow::<EcMessagePart>() else {
        return Err(call.crash(format!("{} was given something that is no message part", call.name())));
    };
    let (number, is_container) = {
        let content = part.content.borrow();
        (content.parts().position(|one| one == part.part), !content.children(part.part).is_empty())
    };
    if is_container {
        return answer(call, "EC_AV_PART_IS_CONTAINER", "", None);
    }
    let msg = current::message(call, None)?;
    // A message without parts is its own top part.
    scan(call, &msg, engine.as_deref(), |verdict| {
        verdict.part == 0 || number.and_then(|number| u32::try_from(number).ok()) == Some(verdict.part)
    })
}

fn scan(
    call: &Call<'_>,
    msg: &EcMessage,
    engine: Option<&str>,
    concerns: impl Fn(&VirusVerdict) -> bool,
) -> mlua::Result<MultiValue> {
    if engine.is_some_and(|engine| engine.len() > LONGEST_NAME) {
        return answer(call, "EC_AV_NAME_TOO_LONG", "", None);
    }
    let Some(verdict) = super::of(call, msg, |verdicts| verdicts.virus.clone()) else {
        let answer_lines = "[verdicts]\nvirus = { name = \"Eicar-Test-Signature\" }";
        call.unanswered(format!("{}: a virus?", call.name()), answer_lines);
        return answer(call, "EC_AV_CLEAN", "", None);
    };
    let own = verdict.engine.as_deref().unwrap_or_else(|| engine.unwrap_or(ENGINE)).to_owned();
    match (&verdict.failure, &verdict.name) {
        (Some(failure), _) => answer(call, "EC_AV_ERROR", failure, Some(&own)),
        (None, Some(name)) if concerns(&verdict) && engine.is_none_or(|engine| engine == own) => {
            answer(call, "EC_AV_INFECTED", name, Some(&own))
        }
        _ => answer(call, "EC_AV_CLEAN", "", None),
    }
}

fn answer(call: &Call<'_>, status: &str, info: &str, engine: Option<&str>) -> mlua::Result<MultiValue> {
    let lua = call.lua();
    let engine = engine.map(|engine| lua.create_string(engine)).transpose()?;
    Ok(MultiValue::from_iter([
        call.constant(&format!("msys.av.{status}")),
        Value::String(lua.create_string(info)?),
        engine.map_or(Value::Nil, Value::String),
        Value::Nil,
    ]))
}
