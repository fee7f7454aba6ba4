//! `msys.db`: queries against datasources, through their caches.

mod cache;
mod rowset;
mod source;

use mlua::{IntoLua, LuaString, MultiValue, Table, Value};

use super::{Call, Registry};
use crate::database::{Answer, Failure};
use rowset::Rowset;
pub(super) use source::Source;

/// Name of the datasource, the query, the values of its placeholders, options.
type Arguments = (LuaString, LuaString, Option<Table>, Option<Table>);

pub(super) fn register(api: &mut Registry) {
    api.function("msys.db.query", |call, args: Arguments| {
        let raises = raises(args.3.as_ref())?;
        match ask(call, &args)? {
            Ok(answer) => {
                Ok(MultiValue::from_iter([Value::UserData(call.object(Rowset::new(call, answer)?)?)]))
            }
            Err(message) => failed(call, message, raises, Value::Nil),
        }
    });
    api.function("msys.db.fetch_row", |call, args: Arguments| {
        let raises = raises(args.3.as_ref())?;
        match ask(call, &args)? {
            Ok(answer) => {
                let row =
                    answer.rows.first().map(|row| rowset::row(call, &answer.columns, row)).transpose()?;
                Ok(MultiValue::from_iter([row.into_lua(call.lua())?]))
            }
            Err(message) => failed(call, message, raises, Value::Nil),
        }
    });
    api.function("msys.db.execute", |call, args: Arguments| {
        let raises = raises(args.3.as_ref())?;
        let (name, sql, values, _) = &args;
        let source = Source::of(call, name)?;
        match source.run(call, &sql.to_string_lossy(), values.as_ref(), None)? {
            Ok(_) => Ok(MultiValue::from_iter([Value::Boolean(true)])),
            Err(message) => failed(call, message, raises, Value::Boolean(false)),
        }
    });
    rowset::register(api);
}

fn flag(options: Option<&Table>, name: &str) -> mlua::Result<Option<bool>> {
    let value = options.map(|options| options.get::<Value>(name)).transpose()?;
    Ok(value.filter(|value| !value.is_nil()).map(|value| value != Value::Boolean(false)))
}

fn raises(options: Option<&Table>) -> mlua::Result<bool> {
    Ok(flag(options, "raise_error")?.unwrap_or(true))
}

/// The rows of a query; from the cache, where they are there.
fn ask(call: &Call<'_>, (name, sql, values, options): &Arguments) -> mlua::Result<Result<Answer, String>> {
    let source = Source::of(call, name)?;
    let cached = !flag(options.as_ref(), "nocache")?.unwrap_or(false);
    source.query(call, &sql.to_string_lossy(), values.as_ref(), cached)
}

fn failed(call: &Call<'_>, message: String, raises: bool, result: Value) -> mlua::Result<MultiValue> {
    if raises {
        return Err(call.raise(message));
    }
    Ok(MultiValue::from_iter([result, Value::String(call.lua().create_string(message)?)]))
}

/// What a script is told of a failure; time that is up ends the run.
fn told(call: &Call<'_>, name: &str, failure: Failure) -> mlua::Result<String> {
    match failure {
        Failure::Refused(message) => Ok(format!("datasource `{name}`: {message}")),
        Failure::TimeIsUp => {
            crate::machine::charge(call.lua(), u64::MAX)?;
            Ok(format!("datasource `{name}`: the statement took too long"))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::api::clock::Clock;
    use crate::api::tested::{State, state, state_of};

    const PEOPLE: &str = "[datasources.d]\nsql = '''CREATE TABLE people (name TEXT, age INTEGER, note TEXT);\n\
        INSERT INTO people VALUES ('anna', 31, NULL), ('ben', 25, 'x'), ('eva', 40, NULL);'''\n";

    fn with(text: &str) -> State {
        state_of(text, &["msys.db", "msys.datasource"])
    }

    #[test]
    fn rows_are_gone_over() {
        let said: String = with(PEOPLE).eval(
            "local out = {}\n\
             for row in msys.db.query('d', 'SELECT name, age, note FROM people WHERE age > ? ORDER BY name', { 30 }) do\n\
               out[#out + 1] = row.name .. row.age + 1 .. tostring(row.note)\n\
             end\n return table.concat(out, ' ')",
        );
        assert_eq!(said, "anna32nil eva41nil");
    }

    #[test]
    fn mysql_gives_texts() {
        let kinds = "local row = msys.db.fetch_row('d', 'SELECT age, age / 2.0 AS half, name, note FROM people WHERE age = ?', { 31 })\n\
             return type(row.age) .. row.age .. type(row.half) .. row.half .. row.name .. tostring(row.note)";
        let of = |more: &str| with(&format!("{PEOPLE}{more}")).eval::<String>(kinds);
        assert_eq!(of(""), "number31number15.5annanil");
        assert_eq!(of("driver = \"mysql\"\n"), "string31string15.5annanil");
        let configured = "[configuration.datasource.d]\nuri = [\"mysql:host=a;dbname=b\"]\n";
        assert_eq!(of(configured), "string31string15.5annanil");
        assert_eq!(of(&format!("driver = \"sqlite\"\n{configured}")), "number31number15.5annanil");
        assert_eq!(
            of(&configured.replace("mysql:host=a;dbname=b", "sqlite:/x")),
            "number31number15.5annanil"
        );
    }

    #[test]
    fn placeholders_take_arrays_and_names() {
        let said: String = with(PEOPLE).eval(
            "local f = msys.db.fetch_row\n\
             return f('d', 'SELECT name FROM people WHERE age = :age', { age = 25 }).name\n\
               .. f('d', 'SELECT name FROM people WHERE age = $age AND name <> $x', { age = 31, x = 'ben' }).name\n\
               .. f('d', 'SELECT count(*) AS n FROM people WHERE age IN (?, ?)', { 25, 40 }).n\n\
               .. tostring(f('d', 'SELECT name FROM people WHERE note = ?', { nil }))\n\
               .. f('d', \"SELECT '?' || ? AS t\", { 'a' }).t",
        );
        assert_eq!(said, "benanna2nil?a");
        let state = with(PEOPLE);
        let _: () = state.eval(
            "local f = msys.db.fetch_row
             f('d', 'SELECT ? AS a, ? AS b', { 1 }) f('d', 'SELECT :age AS a', { [':age'] = 1 }) f('d', 'SELECT ? AS c', { nil })",
        );
        let report = state.report();
        assert!(
            report.contains("placeholder 2 has no value") && !report.contains("placeholder 1 "),
            "{report}"
        );
        assert!(report.contains("`age` has no value, so it is NULL; in the table"), "{report}");
        let error = with(PEOPLE).error("msys.db.query('d', 'SELECT ?', { {} })");
        assert!(error.contains("placeholder 1 cannot take a table"), "{error}");
    }

    #[test]
    fn failures_raise_unless_they_are_wanted_as_results() {
        let state = with(PEOPLE);
        let error = state.error("msys.db.query('d', 'SELECT * FROM nobody')");
        assert!(error.contains("test.lua:1: datasource `d`: no such table: nobody"), "{error}");
        let said: String = state.eval(
            "local o = { raise_error = false }\n local a, b = msys.db.query('d', 'SELEKT', nil, o)\n\
             local c, d = msys.db.fetch_row('d', 'SELECT x', nil, o)\n local e, f = msys.db.execute('d', 'DROP TABLE x', nil, o)\n\
             return tostring(a) .. tostring(c) .. d .. tostring(e) .. f",
        );
        assert_eq!(said, "nilnildatasource `d`: no such column: xfalsedatasource `d`: no such table: x");
        let error = with("[datasources.d]\nfailure = \"database is locked\"\n")
            .error("msys.db.execute('d', 'SELECT 1')");
        assert!(error.contains("database is locked"), "{error}");
    }

    #[test]
    fn a_rowset_is_gone_over_once_and_by_for_alone() {
        let state = with(PEOPLE);
        let said: String = state.eval(
            "local rows = msys.db.query('d', 'SELECT name FROM people')\n local n = 0\n\
             for row in rows do n = n + 1 end\n for row in rows do n = n + 1 end\n\
             return n .. tostring(pcall(pairs, rows))",
        );
        assert!(said.starts_with("3false"), "{said}");
    }

    #[test]
    fn answers_are_cached_on_the_run_s_clock() {
        let state = with(PEOPLE);
        let said: String = state.eval(
            "local function n(o) return msys.db.fetch_row('d', 'SELECT count(*) AS n FROM people', nil, o).n end\n\
             local before = n()\n assert(msys.db.execute('d', 'DELETE FROM people WHERE age < ?', { 30 }))\n\
             return before .. n() .. n({ nocache = true })",
        );
        assert_eq!(said, "332");
        assert!(state.report().contains("from the cache of datasource `d`"), "{}", state.report());
        assert!(state.report().contains("1 row changed"), "{}", state.report());
        Clock::advance(&state.frame, 3601.0);
        let later: i64 = state.eval("return msys.db.fetch_row('d', 'SELECT count(*) AS n FROM people').n");
        assert_eq!(later, 2);
    }

    #[test]
    fn options_of_the_datasource_hold() {
        let many = "CREATE TABLE t (a); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250) INSERT INTO t SELECT i FROM n;";
        let count =
            "local n = 0\n for row in msys.db.query('d', 'SELECT a FROM t') do n = n + 1 end\n return n";
        let state = with(&format!("[datasources.d]\nsql = \"{many}\"\n"));
        assert_eq!(state.eval::<i64>(count), 100);
        assert!(state.report().contains("max_rows"), "{}", state.report());
        let all = format!(
            "[datasources.d]\nsql = \"{many}\"\n[configuration.datasource.d]\nmax_rows = -1\nno_cache = true\n"
        );
        let state = with(&all);
        assert_eq!(state.eval::<i64>(count), 250);
        assert_eq!(state.eval::<i64>(count), 250);
        assert!(!state.report().contains("cache"), "{}", state.report());
    }

    #[test]
    fn a_datasource_that_the_session_lacks_is_asked_for() {
        let state = state();
        let said: String = state.eval(
            "require('msys.db')\n require('msys.datasource')\n local n = 0\n for row in msys.db.query('d', 'SELECT a FROM t WHERE b = ?', { 1 }) do n = n + 1 end\n\
             return n .. tostring(msys.db.fetch_row('d', 'SELECT 1')) .. tostring(msys.db.execute('d', 'DELETE FROM t'))",
        );
        assert_eq!(said, "0niltrue");
        assert!(state.report().contains("[datasources.d]"), "{}", state.report());
        let error = with("[configuration]\nhostname = \"x\"\n").error("msys.db.query('d', 'SELECT 1')");
        assert!(error.contains("no datasource `d` is configured"), "{error}");
    }

    #[test]
    fn hostile_statements_end_the_run() {
        let state = with("[datasources.d]\nsql = ''\n[limits]\nwall_clock_ms = 200\n");
        let error = state.error(
            "pcall(msys.db.query, 'd', 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n')\n print('escaped')",
        );
        assert!(error.contains("stopped"), "{error}");
    }
}
