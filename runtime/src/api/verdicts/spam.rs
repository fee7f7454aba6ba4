//! Spam scanners: the same verdict in the words of each of them.

use mlua::{AnyUserData, Table, Value};

use super::super::message::{EcMessage, current};
use super::super::{Call, Registry};
use super::{of, set_variable};
use crate::report::What;
use crate::session::SpamVerdict;

pub(super) fn register(api: &mut Registry) {
    api.function("msys.brightmail.scan", brightmail);
    api.function("msys.cloudmark.score", |call, (msg, _, _): (Option<AnyUserData>, Value, Value)| {
        cloudmark(call, msg.as_ref())
    });
    api.function("msys.cloudmark.analyze", |call, (_, msg, _): (Value, Option<AnyUserData>, Value)| {
        cloudmark(call, msg.as_ref())
    });
    api.function("msys.cloudmark.score_af", |call, (msg, _, _, _): (AnyUserData, Value, Value, Value)| {
        Ok(working(call, &*current::message(call, Some(&msg))?)?.score)
    });
    api.function("msys.commtouch.diagnose", commtouch);
    api.function("msys.expurgate.scan", expurgate);
    api.function("msys.spamc.spamc_scan", |call, msg: AnyUserData| {
        spamassassin(call, &*current::message(call, Some(&msg))?);
        Ok(())
    });
    api.function("msys.symantec_beik.scan", |call, (msg, _): (AnyUserData, Value)| {
        let verdict = verdict(call, &*current::message(call, Some(&msg))?);
        Ok(match verdict.failure {
            Some(failure) => (0, failure, 0, String::new()),
            None => {
                let usual = if verdict.spam { "is-spam" } else { "inbox" };
                let destination = verdict.category.clone().unwrap_or_else(|| usual.to_owned());
                (1, destination, i32::from(!verdict.spam), tracker(&verdict))
            }
        })
    });
}

/// What the session says; no spam where it says nothing.
fn verdict(call: &Call<'_>, msg: &EcMessage) -> SpamVerdict {
    of(call, msg, |verdicts| verdicts.spam.clone()).unwrap_or_else(|| {
        let answer = "[verdicts]\nspam = { score = 7.5, spam = true }";
        call.unanswered(format!("{}: spam?", call.name()), answer);
        SpamVerdict::default()
    })
}

/// The verdict of a scanner that has no other way to tell of a failure than an error.
fn working(call: &Call<'_>, msg: &EcMessage) -> mlua::Result<SpamVerdict> {
    let verdict = verdict(call, msg);
    match &verdict.failure {
        Some(failure) => Err(call.raise(failure)),
        None => Ok(verdict),
    }
}

/// A header's value that carries the verdict.
fn tracker(verdict: &SpamVerdict) -> String {
    format!("sample; score={}", verdict.score)
}

type Brightmail = (String, bool, Option<String>, Option<String>);

fn brightmail(call: &Call<'_>, (msg, _, _): (AnyUserData, Value, Value)) -> mlua::Result<Brightmail> {
    let verdict = verdict(call, &*current::message(call, Some(&msg))?);
    if let Some(failure) = verdict.failure {
        call.note(What::Note { text: format!("{} did not scan: {failure}", call.name()) });
        return Ok(("inbox".to_owned(), true, None, None));
    }
    let usual = if verdict.spam { "spam" } else { "inbox" };
    let name = verdict.category.clone().unwrap_or_else(|| usual.to_owned());
    Ok((name, !verdict.spam, Some(verdict.tests.join(" ")), Some(tracker(&verdict))))
}

fn cloudmark(call: &Call<'_>, msg: Option<&AnyUserData>) -> mlua::Result<Table> {
    let msg = current::message(call, msg)?;
    let verdict = working(call, &msg)?;
    let category = verdict.category.clone().unwrap_or_default();
    let result = call.lua().create_table()?;
    let texts = [
        ("category", category.clone()),
        ("category-desc", category),
        ("sub-category", verdict.tests.first().cloned().unwrap_or_default()),
        ("sub-category-desc", verdict.tests.first().cloned().unwrap_or_default()),
        ("rescan", "no".to_owned()),
    ];
    result.raw_set("score", verdict.score)?;
    set_variable(call, &msg, "cmae-score", &verdict.score.to_string());
    result.raw_set("is_spam", verdict.spam)?;
    set_variable(call, &msg, "cmae-is_spam", &verdict.spam.to_string());
    for (name, text) in texts {
        set_variable(call, &msg, &format!("cmae-{name}"), &text);
        result.raw_set(name, text)?;
    }
    result.raw_set("analysis", tracker(&verdict))?;
    Ok(result)
}

fn commtouch(call: &Call<'_>, (msg, _, _): (Option<AnyUserData>, Value, Value)) -> mlua::Result<Table> {
    let msg = current::message(call, msg.as_ref())?;
    let verdict = working(call, &msg)?;
    let infected =
        of(call, &msg, |verdicts| verdicts.virus.clone()).is_some_and(|virus| virus.name.is_some());
    let usual = if verdict.spam { "Spam" } else { "Unknown" };
    let known = ["Unknown", "Suspected", "Bulk", "Spam"].into_iter();
    let named = verdict.category.as_deref().unwrap_or(usual);
    let class = known.clone().find(|class| class.eq_ignore_ascii_case(named)).unwrap_or(usual);
    let result = call.lua().create_table()?;
    let threat = if infected { "virus" } else { "non-virus" };
    for (name, value) in [("class", class), ("virus-threat", threat), ("ref-id", "sample")] {
        set_variable(call, &msg, &format!("commtouch-{name}"), value);
        result.raw_set(name, value)?;
    }
    Ok(result)
}

fn expurgate(
    call: &Call<'_>,
    (msg, _, _): (Option<AnyUserData>, Value, Value),
) -> mlua::Result<(String, String, Value, Value)> {
    const KINDS: [&str; 6] = ["unknown", "clean", "suspect", "spam", "bulk", "dangerous"];
    let msg = current::message(call, msg.as_ref())?;
    let verdict = working(call, &msg)?;
    let infected =
        of(call, &msg, |verdicts| verdicts.virus.clone()).is_some_and(|virus| virus.name.is_some());
    let named = verdict.category.as_deref().and_then(|name| KINDS.into_iter().find(|kind| *kind == name));
    let usual = if verdict.spam { "spam" } else { "clean" };
    let (kind, detail, constant) = match named {
        None if infected => ("dangerous", "virus", "SUBTYPE_DANGEROUS_VIRUS"),
        named => (named.unwrap_or(usual), "normal", "SUBTYPE_NORMAL"),
    };
    let major = call.constant(&format!("msys.expurgate.TYPE_{}", kind.to_ascii_uppercase()));
    let minor = call.constant(&format!("msys.expurgate.{constant}"));
    let number = |value: &Value| value.as_number().map(|number| format!("{number:.0}")).unwrap_or_default();
    for (name, value) in [
        ("eleven-result", kind.to_owned()),
        ("eleven-result-subtype", detail.to_owned()),
        ("eleven-majorscore", number(&major)),
        ("eleven-minorscore", number(&minor)),
    ] {
        set_variable(call, &msg, name, &value);
    }
    Ok((kind.to_owned(), detail.to_owned(), major, minor))
}

fn spamassassin(call: &Call<'_>, msg: &EcMessage) {
    let verdict = verdict(call, msg);
    if verdict.failure.is_some() {
        set_variable(call, msg, "spamc_status", "failed");
        return;
    }
    for (name, value) in [
        ("spamc_status", "ok".to_owned()),
        ("spamc_spam", verdict.spam.to_string()),
        ("spamc_score", format!("{:.2}", verdict.score)),
        ("spamc_thresh", format!("{:.2}", verdict.threshold.unwrap_or(5.0))),
        ("spamc_symbols", verdict.tests.join(",")),
    ] {
        set_variable(call, msg, name, &value);
    }
}
