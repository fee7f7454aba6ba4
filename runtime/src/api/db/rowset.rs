//! The rows of a query: `for row in rows do`.

use std::cell::RefCell;
use std::rc::Rc;

use mlua::{MultiValue, Table, Value};
use rusqlite::types;

use super::cache;
use crate::api::{Call, Class, Registry};
use crate::database::Answer;
use crate::machine::Held;

type Rows = std::vec::IntoIter<Vec<types::Value>>;

/// Rows that are handed out once.
pub(super) struct Rowset {
    rows: Rc<RefCell<Rows>>,
    columns: Rc<[String]>,
    _held: Held,
}

impl Class for Rowset {
    const NAME: &'static str = "msys.db.rowset";
}

impl Rowset {
    pub(super) fn new(call: &Call<'_>, answer: Answer) -> mlua::Result<Self> {
        let held = Held::new(call.lua(), cache::bytes(&answer))?;
        let rows = Rc::new(RefCell::new(answer.rows.into_iter()));
        Ok(Self { rows, columns: answer.columns.into(), _held: held })
    }
}

fn next(call: &Call<'_>, rows: &RefCell<Rows>, columns: &[String]) -> mlua::Result<Option<Table>> {
    let next = rows.borrow_mut().next();
    next.map(|values| row(call, columns, &values)).transpose()
}

pub(super) fn register(api: &mut Registry) {
    // The rows are gone over by calling the rowset; `__iter` gives what `for` calls.
    api.meta("__call", |call, this: &Rowset, _: MultiValue| next(call, &this.rows, &this.columns));
    api.meta("__iter", |call, this: &Rowset, (): ()| {
        let (rows, columns) = (Rc::clone(&this.rows), Rc::clone(&this.columns));
        call.function(move |call, _: MultiValue| next(call, &rows, &columns))
    });
}

/// A row as a table by column name; NULL is nil.
pub(super) fn row(call: &Call<'_>, columns: &[String], values: &[types::Value]) -> mlua::Result<Table> {
    let lua = call.lua();
    let row = lua.create_table()?;
    for (name, value) in columns.iter().zip(values) {
        let value = match value {
            types::Value::Null => Value::Nil,
            // Lua has numbers of one kind.
            types::Value::Integer(number) => Value::Number(*number as f64),
            types::Value::Real(number) => Value::Number(*number),
            types::Value::Text(text) => Value::String(lua.create_string(text)?),
            types::Value::Blob(bytes) => Value::String(lua.create_string(bytes)?),
        };
        row.raw_set(name.as_str(), value)?;
    }
    Ok(row)
}
