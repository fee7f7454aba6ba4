//! A datasource of the session.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use mlua::{LuaString, Table, Value};
use rusqlite::types;

use super::cache::{Cache, Options, Question};
use super::told;
use crate::api::ec_string::EcString;
use crate::api::{Call, config::Settings};
use crate::database::{Answer, Database};
use crate::machine;
use crate::report::What;
use crate::session::Driver;

/// The datasources that were asked, by name.
#[derive(Default)]
struct Sources(BTreeMap<String, Rc<Source>>);

/// A datasource with what it remembers.
pub(crate) struct Source {
    name: String,
    /// The database; `Err` where each question fails with a message; `None` where the session has nothing.
    database: Option<Result<Database, String>>,
    cache: RefCell<Cache>,
    /// The driver of the server hands out texts alone.
    gives_texts: bool,
}

impl Source {
    /// The datasource of a name.
    pub(crate) fn of(call: &Call<'_>, name: &LuaString) -> mlua::Result<Rc<Self>> {
        let name = name.to_string_lossy();
        let sources = call.part::<Sources>();
        if let Some(source) = sources.borrow().0.get(&name) {
            return Ok(Rc::clone(source));
        }
        let database = match call.session().datasources.get(&name) {
            Some(datasource) => Some(match &datasource.failure {
                Some(message) => Err(message.clone()),
                None => {
                    machine::charge(call.lua(), 10_000)?;
                    Database::open(&datasource.bytes, &datasource.statements)
                }
            }),
            None => {
                let frame = call.frame();
                let is_configured = Settings::has(frame, &["datasource", &name]);
                if Settings::is_known(frame) && !is_configured {
                    return Err(call.raise(format!("no datasource `{name}` is configured")));
                }
                None
            }
        };
        let gives_texts = driver(call, &name) == Driver::Mysql;
        let source = Rc::new(Self { name: name.clone(), database, cache: RefCell::default(), gives_texts });
        sources.borrow_mut().0.insert(name, Rc::clone(&source));
        Ok(source)
    }

    /// The rows of a query, or why there are none.
    pub(crate) fn query(
        &self,
        call: &Call<'_>,
        sql: &str,
        values: Option<&Table>,
        cached: bool,
    ) -> mlua::Result<Result<Answer, String>> {
        let options = Options::of(call.frame(), &self.name);
        let question = self.question(call, sql, values)?;
        if cached && let Some(answer) = self.cache.borrow().get(call, &self.name, &options, &question) {
            return Ok(Ok(answer));
        }
        let answer = self.run(call, sql, values, options.rows)?;
        if let Ok(answer) = &answer {
            if answer.is_cut {
                let rows = options.rows.unwrap_or_default();
                let text = format!(
                    "datasource `{}` gives the first {rows} rows alone, its option max_rows: {sql}",
                    self.name
                );
                call.note(What::Note { text });
            }
            self.cache.borrow_mut().put(call, &options, &question, answer)?;
        }
        Ok(answer)
    }

    fn question(&self, call: &Call<'_>, sql: &str, values: Option<&Table>) -> mlua::Result<Question> {
        let mut given = Vec::new();
        if let Some(values) = values {
            values.for_each(|key: Value, value: Value| {
                machine::charge(call.lua(), 1)?;
                given.push((crate::api::shown(&key), sql_value(call, &crate::api::shown(&key), value)?));
                Ok(())
            })?;
        }
        given.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok((sql.to_owned(), given))
    }

    /// Runs a statement.
    pub(crate) fn run(
        &self,
        call: &Call<'_>,
        sql: &str,
        values: Option<&Table>,
        rows: Option<usize>,
    ) -> mlua::Result<Result<Answer, String>> {
        let database = match &self.database {
            Some(Ok(database)) => database,
            Some(Err(message)) => return Ok(Err(format!("datasource `{}`: {message}", self.name))),
            None => {
                let name = &self.name;
                let answer = format!("[datasources.{name}]\nsql = '''\nCREATE TABLE …\nINSERT INTO …\n'''");
                call.unanswered(format!("{}(\"{name}\", {sql:?})", call.name()), answer);
                return Ok(Ok(Answer::default()));
            }
        };
        let value = |name: &str| {
            let key = match name.parse::<i64>() {
                Ok(number) => Value::Integer(number),
                Err(_) => Value::String(call.lua().create_string(name)?),
            };
            let value = values.map(|values| values.get::<Value>(key)).transpose()?.unwrap_or(Value::Nil);
            if value.is_nil() {
                note_missing(call, name, values);
            }
            sql_value(call, name, value)
        };
        let (answer, steps) = database.run(sql, rows, machine::left(call.lua()), value);
        machine::charge(call.lua(), 500 + steps)?;
        Ok(match answer? {
            Ok(mut answer) => {
                if self.gives_texts {
                    answer.rows.iter_mut().flatten().for_each(as_text);
                }
                if answer.changed > 0 {
                    let rows = if answer.changed == 1 { "row" } else { "rows" };
                    let text = format!("datasource `{}`: {} {rows} changed", self.name, answer.changed);
                    call.note(What::Note { text });
                }
                Ok(answer)
            }
            Err(failure) => Err(told(call, &self.name, failure)?),
        })
    }
}

/// The driver of a datasource: the one that the session names, else that of the first address of the configured `uri`.
fn driver(call: &Call<'_>, name: &str) -> Driver {
    let of_session = call.session().datasources.get(name).and_then(|datasource| datasource.driver);
    of_session.unwrap_or_else(|| {
        let addresses = Settings::words(call.frame(), &["datasource", name, "uri"]).unwrap_or_default();
        let is_mysql =
            addresses.first().is_some_and(|address| address.to_ascii_lowercase().starts_with("mysql:"));
        if is_mysql { Driver::Mysql } else { Driver::Sqlite }
    })
}

/// A value of a row as a text, as MySQL's own client library gives it to the driver.
fn as_text(value: &mut types::Value) {
    match value {
        types::Value::Integer(number) => *value = types::Value::Text(number.to_string()),
        types::Value::Real(number) => *value = types::Value::Text(number.to_string()),
        types::Value::Null | types::Value::Text(_) | types::Value::Blob(_) => {}
    }
}

/// Says that a placeholder is NULL for want of a value. A nil that stands in a list is meant.
fn note_missing(call: &Call<'_>, name: &str, values: Option<&Table>) {
    let given = values.map_or(0, Table::raw_len);
    let text = match name.parse::<usize>() {
        Ok(place) if place > given && (values.is_none() || given > 0) => {
            format!("{}: placeholder {place} has no value, so it is NULL", call.name())
        }
        Ok(_) => return,
        Err(_) => format!(
            "{}: the placeholder `{name}` has no value, so it is NULL; in the table, names stand without `:` and `$`",
            call.name()
        ),
    };
    call.note(What::Note { text });
}

/// A value of Lua's for a placeholder.
fn sql_value(call: &Call<'_>, name: &str, value: Value) -> mlua::Result<types::Value> {
    let bytes = match &value {
        Value::Nil => return Ok(types::Value::Null),
        Value::Boolean(value) => return Ok(types::Value::Integer(i64::from(*value))),
        Value::Integer(number) => return Ok(types::Value::Integer(*number)),
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            return Ok(types::Value::Integer(*number as i64));
        }
        Value::Number(number) => return Ok(types::Value::Real(*number)),
        Value::String(text) => text.as_bytes().to_vec(),
        Value::UserData(data) if data.is::<EcString>() => data.borrow::<EcString>()?.bytes(),
        other => {
            let got = other.type_name();
            return Err(call.raise(format!("{}: placeholder {name} cannot take a {got}", call.name())));
        }
    };
    Ok(match String::from_utf8(bytes) {
        Ok(text) => types::Value::Text(text),
        Err(error) => types::Value::Blob(error.into_bytes()),
    })
}
