//! `msys.validate.openarc`: the state of the ARC chain. Sealing is noted, and the message stays as it is.

use mlua::{AnyUserData, Value};

use super::super::message::{EcMessage, current};
use super::super::{Call, Registry};
use super::{of, set_variable};
use crate::session::ArcResult;

pub(super) fn register(api: &mut Registry) {
    api.function("msys.validate.openarc.verify", |call, msg: AnyUserData| {
        verify(call, &*current::message(call, Some(&msg))?);
        Ok(())
    });
    for path in ["msys.validate.openarc.sign", "msys.validate.openarc.seal"] {
        api.function(path, |call, (msg, _, _): (AnyUserData, Value, Value)| {
            let msg = current::message(call, Some(&msg))?;
            if msg.mess.get(b"arc_cv").is_none() {
                verify(call, &msg);
            }
            let broken = msg.mess.text("arc_cv").as_deref() == Some("fail");
            set_variable(call, &msg, "arc_seal", if broken { "skip" } else { "ok" });
            Ok(())
        });
    }
}

/// What the session says; without that, a message without a chain has none, and a chain does not hold.
fn verify(call: &Call<'_>, msg: &EcMessage) {
    let state = of(call, msg, |verdicts| verdicts.arc);
    let has_chain = msg.content.borrow().headers().first(b"ARC-Seal").is_some();
    if state.is_none() && has_chain {
        call.unanswered(format!("{}: does the chain hold?", call.name()), "[verdicts]\narc = \"pass\"");
    }
    let word = match state {
        Some(ArcResult::Pass) => "pass",
        Some(ArcResult::Fail) => "fail",
        Some(ArcResult::None) => "none",
        None if has_chain => "fail",
        None => "none",
    };
    set_variable(call, msg, "arc_cv", word);
}
