//! `msys.dumper`: values as text for the paniclog.

use mlua::{Table, Value};

use super::{Call, Registry, shown};
use crate::machine;

/// How deep tables are shown.
const DEEPEST: usize = 100;

pub(super) fn register(api: &mut Registry) {
    api.function("msys.dumper.Dumper", |call, value: Value| {
        let mut out = Vec::new();
        dump(call, &value, &mut Vec::new(), &mut out)?;
        call.lua().create_string(out)
    });
}

/// Appends a value; `above` are the tables that it is in.
fn dump(call: &Call<'_>, value: &Value, above: &mut Vec<Table>, out: &mut Vec<u8>) -> mlua::Result<()> {
    machine::charge(call.lua(), 5)?;
    machine::charge_memory(call.lua(), out.len())?;
    let Value::Table(table) = value else {
        quote(value, out);
        return Ok(());
    };
    if above.contains(table) {
        out.extend_from_slice(b"<a table that this one is in>");
        return Ok(());
    }
    if above.len() >= DEEPEST {
        out.extend_from_slice(b"{ ... }");
        return Ok(());
    }
    // The keys stay in Lua: Rust can hold on to some thousand values of a state at a time.
    let keys = call.lua().create_table()?;
    let mut order: Vec<(f64, Vec<u8>, usize)> = Vec::new();
    table.for_each(|key: Value, _: Value| {
        order.push((rank(&key), name(&key), order.len() + 1));
        keys.raw_push(key)?;
        machine::charge(call.lua(), 1)
    })?;
    if order.is_empty() {
        out.extend_from_slice(b"{}");
        return Ok(());
    }
    // Numbers first, then names; Lua itself knows no order.
    order.sort_by(|one, other| one.0.total_cmp(&other.0).then_with(|| one.1.cmp(&other.1)));
    out.extend_from_slice(b"{\n");
    above.push(table.clone());
    for (_, _, place) in order {
        let key: Value = keys.raw_get(place)?;
        out.resize(out.len() + 2 * above.len(), b' ');
        out.push(b'[');
        quote(&key, out);
        out.extend_from_slice(b"] = ");
        dump(call, &table.raw_get(key)?, above, out)?;
        out.extend_from_slice(b",\n");
    }
    above.pop();
    out.resize(out.len() + 2 * above.len(), b' ');
    out.push(b'}');
    Ok(())
}

fn rank(key: &Value) -> f64 {
    match key {
        Value::Integer(number) => *number as f64,
        Value::Number(number) => *number,
        _ => f64::INFINITY,
    }
}

fn name(key: &Value) -> Vec<u8> {
    match key {
        Value::String(name) => name.as_bytes().to_vec(),
        other => shown(other).into_bytes(),
    }
}

/// A value that is no table; strings whole, as a script would write them.
fn quote(value: &Value, out: &mut Vec<u8>) {
    let Value::String(text) = value else {
        out.extend_from_slice(shown(value).as_bytes());
        return;
    };
    out.push(b'"');
    for byte in text.as_bytes().iter() {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0..=31 | 127 => out.extend_from_slice(format!("\\{byte:03}").as_bytes()),
            _ => out.push(*byte),
        }
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use crate::api::tested::state;

    #[test]
    fn values_are_shown_with_everything_in_them() {
        let said: String = state().eval(
            "require('msys.dumper')\n local t = { 'a\\n', { x = true }, k = 1.5 }\n t.t = t\n\
             return msys.dumper.Dumper(t) .. msys.dumper.Dumper(nil) .. msys.dumper.Dumper({}) .. msys.dumper.Dumper(msys.core.string_new())",
        );
        assert_eq!(
            said,
            "{\n  [1] = \"a\\n\",\n  [2] = {\n    [\"x\"] = true,\n  },\n  [\"k\"] = 1.5,\n  [\"t\"] = \
             <a table that this one is in>,\n}nil{}<ec_string>"
        );
    }

    #[test]
    fn a_long_table_and_odd_numbers_are_shown() {
        let said: String = state().eval(
            "require('msys.dumper')\n local t = {}\n for i = 1, 20000 do t[i] = {} end\n\
             return #msys.dumper.Dumper(t) .. msys.dumper.Dumper(0 / 0) .. msys.dumper.Dumper(-1 / 0) .. msys.dumper.Dumper(1e300)",
        );
        assert_eq!(said, "308897nan-inf1e300");
    }

    #[test]
    fn a_table_that_unfolds_without_end_ends_the_run() {
        let error = state().error(
            "require('msys.dumper')\n local t = {}\n for i = 1, 60 do t = { t, t } end\n msys.dumper.Dumper(t)",
        );
        assert!(error.contains("stopped"), "{error}");
    }
}
