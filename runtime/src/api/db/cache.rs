//! What a datasource remembers of its answers.

use indexmap::IndexMap;
use rusqlite::types::Value;

use crate::api::clock::Clock;
use crate::api::{Call, Frame, config::Settings};
use crate::database::Answer;
use crate::machine::Held;
use crate::report::What;

/// Options of a `Datasource`, with the defaults of the server.
#[derive(Debug)]
pub(super) struct Options {
    /// Seconds that an answer is kept.
    life: f64,
    /// Answers that are kept.
    size: usize,
    /// Rows that a query gives at most.
    pub(super) rows: Option<usize>,
    is_off: bool,
}

impl Options {
    pub(super) fn of(frame: &Frame, name: &str) -> Self {
        let word = |option: &str| Settings::words(frame, &["datasource", name, option])?.into_iter().next();
        let number = |option: &str| word(option).and_then(|word| word.parse::<i64>().ok());
        let rows = number("max_rows").unwrap_or(100);
        Self {
            life: number("cache_life").unwrap_or(3600) as f64,
            size: number("cache_size").and_then(|size| usize::try_from(size).ok()).unwrap_or(1000),
            rows: usize::try_from(rows).ok(),
            is_off: word("no_cache")
                .is_some_and(|word| ["true", "on", "1", "enabled"].contains(&word.as_str())),
        }
    }
}

/// A statement with the values of its placeholders.
pub(super) type Question = (String, Vec<(String, Value)>);

/// The answers by question, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Cache {
    answers: IndexMap<String, (f64, Answer)>,
    held: Held,
}

fn key(question: &Question) -> String {
    format!("{question:?}")
}

impl Cache {
    /// An answer that is not too old; the report says that it is one of the cache.
    pub(super) fn get(
        &self,
        call: &Call<'_>,
        name: &str,
        options: &Options,
        question: &Question,
    ) -> Option<Answer> {
        if options.is_off {
            return None;
        }
        let (stored, answer) = self.answers.get(&key(question))?;
        let age = Clock::now(call.frame()) - stored;
        if age >= options.life {
            return None;
        }
        let text = format!("answered from the cache of datasource `{name}`, {age} s old: {}", question.0);
        call.note(What::Note { text });
        Some(answer.clone())
    }

    pub(super) fn put(
        &mut self,
        call: &Call<'_>,
        options: &Options,
        question: &Question,
        answer: &Answer,
    ) -> mlua::Result<()> {
        if options.is_off || options.size == 0 {
            return Ok(());
        }
        while self.answers.len() >= options.size {
            self.answers.shift_remove_index(0);
        }
        let key = key(question);
        // What leaves the cache is not counted back: the limit is on what a run asks.
        self.held.grow(call.lua(), key.len() + bytes(answer))?;
        self.answers.shift_remove(&key);
        self.answers.insert(key, (Clock::now(call.frame()), answer.clone()));
        Ok(())
    }
}

/// What an answer takes, roughly.
pub(super) fn bytes(answer: &Answer) -> usize {
    let of = |value: &Value| match value {
        Value::Text(text) => 32 + text.len(),
        Value::Blob(blob) => 32 + blob.len(),
        _ => 32,
    };
    answer.rows.iter().map(|row| 32 + row.iter().map(of).sum::<usize>()).sum()
}
