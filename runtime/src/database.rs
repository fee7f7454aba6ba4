//! SQLite databases for datasources: in memory, with no way out, and with an end for every statement.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rusqlite::hooks::{AuthAction, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, ErrorCode, Statement};

/// A database. Nothing that is done to it reaches a file.
#[derive(Debug)]
pub struct Database {
    connection: Connection,
    watch: Arc<Watch>,
}

/// What a statement may use.
#[derive(Debug)]
struct Watch {
    used: AtomicU64,
    most: AtomicU64,
    until: Mutex<Instant>,
}

/// Steps of SQLite's machine between two looks at the watch.
const GRANULARITY: i32 = 1000;

/// The longest value or row, in bytes: no single function of SQL takes long on it.
const LONGEST: i32 = 256 * 1024;

/// Pages of 4096 bytes that a database has at most: 64 MiB.
const PAGES: u32 = 16_384;

/// Bytes that all databases of the process have at most.
const HEAP: u32 = 512 * 1024 * 1024;

/// How long the statements that make a database may take.
const TIME_TO_FILL: Duration = Duration::from_secs(5);

/// What a statement gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The names of the columns; none for a statement that gives no rows.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Value>>,
    /// There are more rows than were asked for.
    pub is_cut: bool,
    /// How many rows it changed.
    pub changed: usize,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The database says so.
    Refused(String),
    /// The statement ran for longer than it might.
    TimeIsUp,
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) {
            return Self::TimeIsUp;
        }
        Self::Refused(match &error {
            rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
            rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
            other => other.to_string(),
        })
    }
}

impl Database {
    /// A database with the content of a database file (none for an empty one), on which SQL statements are run.
    ///
    /// # Errors
    /// SQLite's words for what is wrong with the file or a statement.
    pub fn open(file: &[u8], statements: &str) -> Result<Self, String> {
        let now = Instant::now();
        let watch = Arc::new(Watch {
            used: AtomicU64::new(0),
            most: AtomicU64::new(u64::MAX),
            until: Mutex::new(now.checked_add(TIME_TO_FILL).unwrap_or(now)),
        });
        let connection = Self::connect(file, &watch).map_err(Failure::from);
        let filled = connection.and_then(|connection| {
            connection.execute_batch(statements)?;
            Ok(connection)
        });
        match filled {
            Ok(connection) => Ok(Self { connection, watch }),
            Err(Failure::Refused(message)) => Err(message),
            Err(Failure::TimeIsUp) => Err(format!("the statements take longer than {TIME_TO_FILL:?}")),
        }
    }

    fn connect(file: &[u8], watch: &Arc<Watch>) -> rusqlite::Result<Connection> {
        let mut connection = Connection::open_in_memory()?;
        if !file.is_empty() {
            let mut image = file.to_vec();
            // A write-ahead log has no place in memory: the file as it stands is the database.
            for at in [18, 19] {
                if let Some(version) = image.get_mut(at).filter(|version| **version == 2) {
                    *version = 1;
                }
            }
            connection.deserialize_read_exact("main", image.as_slice(), image.len(), false)?;
        }
        connection.execute_batch(&format!(
            "PRAGMA temp_store = MEMORY; PRAGMA max_page_count = {PAGES}; PRAGMA hard_heap_limit = {HEAP};"
        ))?;
        for (limit, value) in [
            (Limit::SQLITE_LIMIT_LENGTH, LONGEST),
            (Limit::SQLITE_LIMIT_SQL_LENGTH, 4 * LONGEST),
            (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256),
            (Limit::SQLITE_LIMIT_EXPR_DEPTH, 200),
            (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 50),
            (Limit::SQLITE_LIMIT_ATTACHED, 0),
        ] {
            connection.set_limit(limit, value)?;
        }
        connection.authorizer(Some(|context: rusqlite::hooks::AuthContext<'_>| match context.action {
            AuthAction::Attach { .. } | AuthAction::Detach { .. } => Authorization::Deny,
            AuthAction::Pragma { pragma_name, .. } if !HARMLESS.contains(&pragma_name) => Authorization::Deny,
            _ => Authorization::Allow,
        }))?;
        let watch = Arc::clone(watch);
        connection.progress_handler(
            GRANULARITY,
            Some(move || {
                let used = watch.used.fetch_add(GRANULARITY.unsigned_abs().into(), Ordering::Relaxed);
                used >= watch.most.load(Ordering::Relaxed)
                    || watch.until.lock().map_or(true, |until| Instant::now() >= *until)
            }),
        )?;
        Ok(connection)
    }

    /// Runs a statement. `value` gives the value of a placeholder: by name without `:`, `$` or `@`, or by number
    /// from 1. It may take so many steps of SQLite's machine, and so much time; gives the steps that it took as well.
    pub fn run<E>(
        &self,
        sql: &str,
        rows: Option<usize>,
        may: (u64, Duration),
        value: impl FnMut(&str) -> Result<Value, E>,
    ) -> (Result<Result<Answer, Failure>, E>, u64) {
        let now = Instant::now();
        self.watch.used.store(0, Ordering::Relaxed);
        self.watch.most.store(may.0, Ordering::Relaxed);
        if let Ok(mut until) = self.watch.until.lock() {
            *until = now.checked_add(may.1).unwrap_or(now);
        }
        let answer = self.answer(sql, rows, value);
        (answer, self.watch.used.load(Ordering::Relaxed))
    }

    fn answer<E>(
        &self,
        sql: &str,
        rows: Option<usize>,
        mut value: impl FnMut(&str) -> Result<Value, E>,
    ) -> Result<Result<Answer, Failure>, E> {
        let mut statement = match self.connection.prepare(sql) {
            Ok(statement) => statement,
            Err(error) => return Ok(Err(error.into())),
        };
        for place in 1..=statement.parameter_count() {
            let name =
                statement.parameter_name(place).map(|name| name.get(1..).unwrap_or_default().to_owned());
            let given = value(&name.unwrap_or_else(|| place.to_string()))?;
            if let Err(error) = statement.raw_bind_parameter(place, given) {
                return Ok(Err(error.into()));
            }
        }
        let before = self.connection.total_changes();
        let answer = Self::fetch(&mut statement, rows).map(|mut answer| {
            let changed = self.connection.total_changes().saturating_sub(before);
            answer.changed = usize::try_from(changed).unwrap_or(usize::MAX);
            answer
        });
        Ok(answer.map_err(Failure::from))
    }

    fn fetch(statement: &mut Statement<'_>, most: Option<usize>) -> rusqlite::Result<Answer> {
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut answer = Answer { columns, ..Answer::default() };
        let mut found = statement.raw_query();
        while let Some(row) = found.next()? {
            if most.is_some_and(|most| answer.rows.len() >= most) {
                answer.is_cut = true;
                break;
            }
            let values = (0..answer.columns.len()).map(|column| {
                Ok(match row.get_ref(column)? {
                    // A text of SQLite need not be UTF-8.
                    ValueRef::Text(text) => match std::str::from_utf8(text) {
                        Ok(text) => Value::Text(text.to_owned()),
                        Err(_) => Value::Blob(text.to_vec()),
                    },
                    other => other.try_into().unwrap_or(Value::Null),
                })
            });
            answer.rows.push(values.collect::<rusqlite::Result<_>>()?);
        }
        Ok(answer)
    }
}

/// Pragmas that only tell something.
const HARMLESS: &[&str] = &[
    "database_list",
    "foreign_key_list",
    "foreign_keys",
    "index_info",
    "index_list",
    "index_xinfo",
    "table_info",
    "table_list",
    "table_xinfo",
    "user_version",
];

#[cfg(test)]
mod tests {
    use super::*;

    const MUCH: (u64, Duration) = (u64::MAX, Duration::from_secs(60));

    fn run(database: &Database, sql: &str) -> Result<Answer, Failure> {
        let none = |_: &str| Ok::<_, ()>(Value::Null);
        database.run(sql, None, MUCH, none).0.unwrap()
    }

    #[test]
    fn statements_fill_it_and_queries_read_it() {
        let database =
            Database::open(b"", "CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 'x'), (2, NULL);").unwrap();
        let answer = run(&database, "SELECT a, b FROM t ORDER BY a").unwrap();
        assert_eq!(answer.columns, ["a", "b"]);
        assert_eq!(answer.rows[0], [Value::Integer(1), Value::Text("x".to_owned())]);
        assert_eq!(run(&database, "UPDATE t SET b = 'y'").unwrap().changed, 2);
        let values = |name: &str| Ok::<_, ()>(if name == "n" { Value::Integer(2) } else { Value::Null });
        let (answer, _) = database.run("SELECT a FROM t WHERE a = :n", None, MUCH, values);
        assert_eq!(answer.unwrap().unwrap().rows, [[Value::Integer(2)]]);
        assert!(run(&database, "SELECT a FROM t UNION ALL SELECT a FROM t").unwrap().rows.len() == 4);
        let none = |_: &str| Ok::<_, ()>(Value::Null);
        let cut = database.run("SELECT a FROM t", Some(1), MUCH, none).0.unwrap().unwrap();
        assert!(cut.rows.len() == 1 && cut.is_cut);
    }

    #[test]
    fn mistakes_are_told_in_sqlite_s_words() {
        assert!(Database::open(b"", "CREATE TABEL t (a)").unwrap_err().contains("syntax error"));
        assert!(Database::open(b"no database at all, but long enough to be one", "SELECT 1").is_err());
        let database = Database::open(b"", "").unwrap();
        assert_eq!(
            run(&database, "SELECT * FROM nowhere"),
            Err(Failure::Refused("no such table: nowhere".to_owned()))
        );
    }

    #[test]
    fn a_file_is_a_copy() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("d.sqlite");
        let outside = Connection::open(&path).unwrap();
        outside.pragma_update(None, "journal_mode", "wal").unwrap();
        outside.execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1);").unwrap();
        outside.close().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        let database = Database::open(&bytes, "INSERT INTO t VALUES (2);").unwrap();
        assert_eq!(run(&database, "DELETE FROM t").unwrap().changed, 2);
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }

    #[test]
    fn there_is_no_way_to_files() {
        let database = Database::open(b"", "").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.sqlite");
        for sql in [
            format!("ATTACH DATABASE '{}' AS out", path.display()),
            format!("VACUUM INTO '{}'", path.display()),
            format!("PRAGMA temp_store_directory = '{}'", folder.path().display()),
            "PRAGMA writable_schema = 1".to_owned(),
            "SELECT load_extension('x')".to_owned(),
        ] {
            assert!(run(&database, &sql).is_err(), "{sql}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn every_statement_ends() {
        let database = Database::open(b"", "").unwrap();
        let none = |_: &str| Ok::<_, ()>(Value::Null);
        let endless =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        let (answer, used) = database.run(endless, None, (100_000, Duration::from_secs(60)), none);
        assert_eq!(answer.unwrap(), Err(Failure::TimeIsUp));
        assert!((100_000..200_000).contains(&used), "{used}");
        let (answer, _) = database.run(endless, None, (u64::MAX, Duration::from_millis(20)), none);
        assert_eq!(answer.unwrap(), Err(Failure::TimeIsUp));
        let much = "WITH RECURSIVE n(i, t) AS (SELECT 1, hex(randomblob(100000)) UNION ALL SELECT i + 1, t || '' FROM n) \
            SELECT t FROM n ORDER BY t || i";
        let (answer, _) = database.run(much, Some(1), (u64::MAX, Duration::from_secs(30)), none);
        assert!(answer.unwrap().is_err());
        assert!(run(&database, "SELECT hex(zeroblob(100000000))").is_err());
    }
}
