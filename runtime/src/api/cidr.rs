//! `msys.cidr`: values by block of addresses.

mod blocks;
mod rbldnsd;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::rc::Rc;

use mlua::{LuaString, Table, Value};
use rusqlite::types;

use super::clock::Clock;
use super::db::Source;
use super::{Call, Registry, files, text};
use crate::machine::{self, Held};
use crate::network::Block;
use crate::report::What;
use blocks::{Blocks, Found};

/// The tables by name.
#[derive(Default)]
struct Tables(BTreeMap<Vec<u8>, Rc<Cidr>>);

/// A table.
struct Cidr {
    origin: Origin,
    interpolates: bool,
    default: Option<String>,
    /// Seconds between two loads; never for 0.
    refresh: f64,
    loaded: RefCell<Loaded>,
}

#[derive(Default)]
struct Loaded {
    at: f64,
    blocks: Blocks,
    _held: Held,
}

/// Where a table comes from.
enum Origin {
    Datasource { name: LuaString, query: String, cidr: Column, value: Option<Column> },
    File { path: String, texts: bool },
    Nothing,
}

/// A column by its name or its position from 1.
enum Column {
    Named(String),
    At(usize),
}

pub(super) fn register(api: &mut Registry) {
    api.function("msys.cidr.define", define);
    api.function("msys.cidr.query", query);
    api.function("msys.cidr.reload", |call, name: LuaString| {
        let cidr = find(call, &name)?;
        load(call, &name, &cidr)
    });
}

fn define(call: &Call<'_>, (name, options): (LuaString, Value)) -> mlua::Result<()> {
    let table = match &options {
        Value::Table(table) => table.clone(),
        other => {
            let table = call.lua().create_table()?;
            table.raw_set("type", other)?;
            table
        }
    };
    let kind = table.get::<Option<String>>("type")?.unwrap_or_default();
    let needed = |option: &str| -> mlua::Result<LuaString> {
        table.get::<Option<LuaString>>(option)?.ok_or_else(|| {
            call.raise(format!("{}: a table of the type {kind} needs the option `{option}`", call.name()))
        })
    };
    let origin = match kind.as_str() {
        "empty" => Origin::Nothing,
        "rbldnsd" => Origin::File {
            path: needed("source")?.to_string_lossy(),
            texts: table.get::<Option<String>>("value")?.is_some_and(|value| value == "txt"),
        },
        "datasource" => Origin::Datasource {
            name: needed("cachename")?,
            query: needed("query")?.to_string_lossy(),
            cidr: column(&table, "cidr_column")?.unwrap_or(Column::At(1)),
            value: column(&table, "value_column")?,
        },
        other => {
            let known = "datasource, rbldnsd or empty";
            return Err(call.raise(format!("{}: `{other}` is no type of a table: {known}", call.name())));
        }
    };
    let truth = |value: Value| !matches!(value, Value::Nil | Value::Boolean(false));
    let cidr = Rc::new(Cidr {
        origin,
        interpolates: truth(table.get("interpolate")?),
        default: table.get("default_value")?,
        refresh: table.get::<Option<f64>>("refresh")?.unwrap_or(1800.0),
        loaded: RefCell::default(),
    });
    load(call, &name, &cidr)?;
    call.part::<Tables>().borrow_mut().0.insert(name.as_bytes().to_vec(), cidr);
    Ok(())
}

fn column(options: &Table, name: &str) -> mlua::Result<Option<Column>> {
    Ok(match options.get::<Value>(name)? {
        Value::Nil => None,
        Value::Integer(at) => Some(Column::At(usize::try_from(at).unwrap_or(0))),
        Value::Number(at) => Some(Column::At(at as usize)),
        other => Some(Column::Named(other.to_string()?)),
    })
}

fn find(call: &Call<'_>, name: &LuaString) -> mlua::Result<Rc<Cidr>> {
    let found = call.part::<Tables>().borrow().0.get(&*name.as_bytes()).map(Rc::clone);
    found.ok_or_else(|| call.raise(format!("no CIDR table `{}` is defined", name.to_string_lossy())))
}

/// Reads what the table comes from. Where that fails, it keeps what it had, and the report says so.
fn load(call: &Call<'_>, name: &LuaString, cidr: &Cidr) -> mlua::Result<()> {
    let filled = match &cidr.origin {
        Origin::Nothing => return Ok(()),
        Origin::File { path, texts } => match files::read(call, path)? {
            Ok(bytes) => {
                machine::charge(call.lua(), 4 * bytes.len() as u64)?;
                Ok(rbldnsd::read(&text::plain(&bytes), *texts))
            }
            Err(message) => Err(message),
        },
        Origin::Datasource { name, query, cidr, value } => rows(call, name, query, cidr, value.as_ref())?,
    };
    let name = name.to_string_lossy();
    match filled {
        Ok((blocks, problems)) => {
            for problem in problems {
                call.note(What::Note { text: format!("CIDR table `{name}`: {problem}") });
            }
            let text = format!("CIDR table `{name}`: {} blocks loaded", blocks.len());
            call.note(What::Note { text });
            let held = Held::new(call.lua(), blocks.size())?;
            *cidr.loaded.borrow_mut() = Loaded { at: Clock::now(call.frame()), blocks, _held: held };
        }
        Err(message) => {
            call.note(What::Note { text: format!("CIDR table `{name}` cannot be loaded: {message}") });
            cidr.loaded.borrow_mut().at = Clock::now(call.frame());
        }
    }
    Ok(())
}

type Filled = Result<(Blocks, Vec<String>), String>;

fn rows(
    call: &Call<'_>,
    name: &LuaString,
    query: &str,
    cidr: &Column,
    value: Option<&Column>,
) -> mlua::Result<Filled> {
    let answer = match Source::of(call, name)?.query(call, query, None, true)? {
        Ok(answer) => answer,
        Err(message) => return Ok(Err(message)),
    };
    let place = |column: &Column| match column {
        Column::At(at) => at.checked_sub(1).filter(|at| *at < answer.columns.len()),
        Column::Named(name) => answer.columns.iter().position(|one| one.eq_ignore_ascii_case(name)),
    };
    if answer.columns.is_empty() {
        return Ok(Ok(Default::default()));
    }
    let Some(cidr) = place(cidr) else {
        return Ok(Err("the query gives no column with the blocks".to_owned()));
    };
    let value = match value.map(place) {
        Some(None) => return Ok(Err("the query gives no column with the values".to_owned())),
        found => found.flatten(),
    };
    let mut blocks = Blocks::default();
    let mut problems = Vec::new();
    for row in &answer.rows {
        let block = row.get(cidr).map(shown).unwrap_or_default();
        let value = value.and_then(|value| row.get(value)).map(shown);
        match block.parse::<Block>() {
            Ok(block) => blocks.add(block, Found::Value(value)),
            Err(()) => problems.push(format!("`{block}` is no block of addresses")),
        }
    }
    Ok(Ok((blocks, problems)))
}

fn shown(value: &types::Value) -> String {
    match value {
        types::Value::Null => String::new(),
        types::Value::Integer(number) => number.to_string(),
        types::Value::Real(number) => number.to_string(),
        types::Value::Text(text) => text.clone(),
        types::Value::Blob(bytes) => text::plain(bytes),
    }
}

fn query(call: &Call<'_>, (name, address): (LuaString, Option<String>)) -> mlua::Result<Value> {
    let cidr = find(call, &name)?;
    let now = Clock::now(call.frame());
    if cidr.refresh > 0.0 && cidr.loaded.borrow().at + cidr.refresh <= now {
        load(call, &name, &cidr)?;
    }
    let client = call.session().connection.client.ip;
    let address: IpAddr = match address {
        None => client,
        Some(text) => match text.parse::<Block>() {
            Ok(block) => block.base,
            Err(()) => return Err(call.raise(format!("{}: `{text}` is no address", call.name()))),
        },
    };
    machine::charge(call.lua(), 100)?;
    let found = match cidr.loaded.borrow().blocks.find(address) {
        Some(Found::Value(None)) => return Ok(Value::Boolean(true)),
        Some(Found::Value(Some(value))) => Some(value.clone()),
        Some(Found::Excluded) | None => cidr.default.clone(),
    };
    let found = found.map(|value| match cidr.interpolates {
        true => value.replace('$', &client.to_string()),
        false => value,
    });
    match found {
        Some(value) => call.lua().create_string(value).map(Value::String),
        None => Ok(Value::Nil),
    }
}

#[cfg(test)]
mod tests {
    use crate::api::clock::Clock;
    use crate::api::tested::{State, state_of};

    fn with(session: &str) -> State {
        state_of(session, &["msys.cidr"])
    }

    const LIST: &str = "[connection]\nclient = \"10.1.2.3\"\n[files]\n\"/lists/blocked\" = '''\n\
        # comment\n:127.0.0.2:Listed, see $\n10.1.0.0/16\n!10.1.9.0/24\n10.1.2.3 :127.0.0.4:The client\n192.0.2.1-192.0.2.9\n2001:db8::/32 :127.0.0.6:Six\n'''\n";

    #[test]
    fn an_rbldnsd_file_is_asked() {
        let said: String = with(LIST).eval(
            "local c = msys.cidr\n c.define('b', { type = 'rbldnsd', source = '/lists/blocked', default_value = 'none' })\n\
             return c.query('b') .. ' ' .. c.query('b', '10.1.7.7') .. ' ' .. c.query('b', '10.1.9.1') .. ' ' .. c.query('b', '192.0.2.9') .. ' ' .. c.query('b', '192.0.2.10') .. ' ' .. c.query('b', '2001:db8::1')",
        );
        assert_eq!(said, "127.0.0.4 127.0.0.2 none 127.0.0.2 none 127.0.0.6");
    }

    #[test]
    fn texts_take_the_client_in() {
        let said: String = with(LIST).eval(
            "local c = msys.cidr\n c.define('b', { type = 'rbldnsd', source = '/lists/blocked', value = 'txt', interpolate = true })\n\
             return c.query('b', '10.1.7.7') .. ' ' .. tostring(c.query('b', '192.168.1.1'))",
        );
        assert_eq!(said, "Listed, see 10.1.2.3 nil");
    }

    #[test]
    fn a_datasource_fills_a_table_and_fills_it_again() {
        let state = with(
            "[datasources.d]\nsql = \"CREATE TABLE b (v, block); INSERT INTO b VALUES ('x', '192.0.2.0/24'), ('y', 'nonsense');\"\n[configuration.datasource.d]\nno_cache = true\n",
        );
        let said: String = state.eval(
            "local c = msys.cidr\n\
             c.define('t', { type = 'datasource', cachename = 'd', query = 'SELECT block, v FROM b', value_column = 'v', refresh = 60 })\n\
             c.define('u', { type = 'datasource', cachename = 'd', query = 'SELECT v, block FROM b', cidr_column = 2, refresh = 0 })\n\
             local first = tostring(c.query('t', '192.0.2.5')) .. tostring(c.query('u', '192.0.2.5'))\n\
             require('msys.db')\n require('msys.datasource')\n msys.db.execute('d', \"UPDATE b SET v = 'z'\")\n\
             local stale = c.query('t', '192.0.2.5')\n c.reload('t')\n\
             return first .. stale .. c.query('t', '192.0.2.5')",
        );
        assert_eq!(said, "xtruexz");
        assert!(state.report().contains("`nonsense` is no block of addresses"), "{}", state.report());
        state.eval::<()>("msys.db.execute('d', 'DELETE FROM b')");
        Clock::advance(&state.frame, 61.0);
        assert!(state.eval::<bool>(
            "return msys.cidr.query('t', '192.0.2.5') == nil and msys.cidr.query('u', '192.0.2.5')"
        ));
    }

    #[test]
    fn empty_tables_and_wrong_uses() {
        let said: String =
            with("").eval("msys.cidr.define('e', 'empty')\n return tostring(msys.cidr.query('e'))");
        assert_eq!(said, "nil");
        for (text, part) in [
            ("define('x', 'rbldnsd')", "needs the option `source`"),
            ("define('x', { type = 'datasource', cachename = 'd' })", "needs the option `query`"),
            ("define('x', 'tree')", "`tree` is no type of a table"),
            ("query('none')", "no CIDR table `none` is defined"),
            ("query(nil)", "would crash the server"),
        ] {
            let error = with("").error(&format!("msys.cidr.{text}"));
            assert!(error.contains(part), "{text}: {error}");
        }
        let state = with("");
        state.eval::<()>("msys.cidr.define('x', { type = 'rbldnsd', source = '/nowhere' })");
        assert!(state.report().contains("\\\"/nowhere\\\" = \\\"\\\""), "{}", state.report());
    }
}
