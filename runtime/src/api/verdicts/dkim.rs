//! `msys.validate.dkim` and `msys.validate.dk`: DKIM and DomainKeys in Momentum 3.

use mlua::{AnyUserData, Table, Value};

use super::super::message::current;
use super::super::{Call, Registry};
use super::domain_of_header;
use super::opendkim::{Signature, signatures};
use crate::machine::Held;

/// The results of verifications. Scripts hold their number, which an example of the documentation prints.
#[derive(Default)]
struct Results {
    all: Vec<Vec<Signature>>,
    held: Held,
}

pub(super) fn register(api: &mut Registry) {
    api.function("msys.validate.dkim.get_domains", |call, (msg, _): (Option<AnyUserData>, Value)| {
        let msg = current::message(call, msg.as_ref())?;
        let valid = signatures(call, &msg).into_iter().filter(|one| one.verdict.valid);
        Ok(valid.map(|one| one.verdict.domain).collect::<Vec<_>>())
    });
    for path in ["msys.validate.dkim.get_responsible_domain", "msys.validate.dk.get_responsible_domain"] {
        api.function(path, |call, (msg, _): (Option<AnyUserData>, Value)| {
            let msg = current::message(call, msg.as_ref())?;
            Ok(domain_of_header(&msg, &["Sender", "From"]))
        });
    }
    api.function("msys.validate.dkim.get_verify_results", |call, _: Value| {
        let found = signatures(call, &*current::message(call, None)?);
        let count = found.len();
        let kept = call.part::<Results>();
        let mut kept = kept.borrow_mut();
        kept.held.grow(call.lua(), 200 + found.len() * 500)?;
        kept.all.push(found);
        let results = call.lua().create_table()?;
        results.raw_set("ref", kept.all.len())?;
        Ok((count, results))
    });
    api.raising_for_nil("msys.validate.dkim.verify_results_get_count", |call, results: Option<Table>| {
        with(call, results.as_ref(), "No verification results to count.", |found| Ok(found.len()))
    });
    api.raising_for_nil("msys.validate.dkim.verify_results_get_item", item);
    api.raising_for_nil("msys.validate.dkim.verify_status_to_string", |call, status: Value| {
        if status.is_nil() {
            return Err(call.raise("No status code is passed in"));
        }
        let is = |name: &str| call.constant(&format!("opendkim.dkim.{name}")) == status;
        let number = |value: &Value| value.as_number();
        let words = [
            ("DKIM_STAT_OK", "pass"),
            ("DKIM_STAT_BADSIG", "fail"),
            ("DKIM_STAT_NOSIG", "none"),
            ("DKIM_STAT_NOKEY", "permerror"),
        ];
        let found = words.iter().find(|(name, _)| {
            is(name) || number(&call.constant(&format!("opendkim.dkim.{name}"))) == number(&status)
        });
        Ok(found.map_or("unknown", |(_, word)| word))
    });
}

fn item(call: &Call<'_>, (results, number): (Option<Table>, Option<i64>)) -> mlua::Result<Table> {
    with(call, results.as_ref(), "No verification results to get item from", |found| {
        let Some(number) = number else { return Err(call.raise("Index value not specified")) };
        let Some(one) = usize::try_from(number).ok().and_then(|number| found.get(number)) else {
            return Err(call.raise("Index value is greater than the number of verification results"));
        };
        let item = call.lua().create_table()?;
        item.raw_set("status", call.constant(&format!("opendkim.dkim.{}", one.status())))?;
        item.raw_set("diagnostic", one.error())?;
        item.raw_set("query", "dns/txt")?;
        item.raw_set("algorithm", one.algorithm())?;
        Ok(item)
    })
}

/// Reads results that a script holds; raises `missing` where they are none.
fn with<R>(
    call: &Call<'_>,
    results: Option<&Table>,
    missing: &str,
    read: impl FnOnce(&[Signature]) -> mlua::Result<R>,
) -> mlua::Result<R> {
    let number: Option<usize> = results.map(|results| results.raw_get("ref")).transpose()?.flatten();
    let kept = call.part::<Results>();
    let kept = kept.borrow();
    match number.and_then(|number| kept.all.get(number.checked_sub(1)?)) {
        Some(found) => read(found),
        None => Err(call.raise(missing)),
    }
}
