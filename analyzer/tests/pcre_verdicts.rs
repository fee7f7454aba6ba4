//! Regular expressions mean what PCRE 1 says of them: they compile or do not, and match the same.
//!
//! `pcre/verdicts.jsonl` holds what PCRE 8.39 answered, asked through its C interface with UTF-8 on: patterns as people
//! write them, and some that a program put together from all that the syntax has. Its first line is the list of subjects;
//! each further line is a pattern, then null or `[number, offset, message]`, then per subject the groups as
//! `[start, end]` (-1 where a group took no part) or a negative number without a match.

#![allow(
    clippy::cast_possible_wrap,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "all of it is tests"
)]

use momentum_lua_analyzer::pcre::{self, Compiled, Flags};
use proptest::prelude::*;
use serde_json::{Value, json};

type Verdict = (String, Option<(u32, usize, String)>, Vec<Value>);

/// Groups as the file has them: without those at the end that took no part.
fn groups(regex: &Compiled, subject: &str) -> Value {
    let mut places = regex.capture_locations();
    match regex.captures_read(&mut places, subject.as_bytes()) {
        Ok(None) => json!(-1),
        Err(_) => json!(-2),
        Ok(Some(_)) => {
            let group = |index| places.get(index).map_or([-1, -1], |(start, end)| [start as i64, end as i64]);
            let mut groups: Vec<[i64; 2]> = (0..places.len()).map(group).collect();
            while groups.last() == Some(&[-1, -1]) {
                groups.pop();
            }
            json!(groups)
        }
    }
}

#[test]
fn verdicts_of_pcre_1() {
    // A file with answers to other patterns.
    let text = match std::env::var("PCRE_VERDICTS") {
        Ok(file) => std::fs::read_to_string(file).unwrap(),
        Err(_) => include_str!("pcre/verdicts.jsonl").to_owned(),
    };
    let mut lines = text.lines();
    let subjects: Vec<String> = serde_json::from_str(lines.next().unwrap()).unwrap();
    let (mut wrong, mut count, mut other_numbers) = (Vec::new(), 0, 0);
    for line in lines {
        let (pattern, error, matches): Verdict = serde_json::from_str(line).unwrap();
        count += 1;
        match (pcre::compile(pattern.as_bytes(), Flags::MSYS_PCRE), error) {
            (Ok(_), Some(error)) => wrong.push(format!("{pattern}: accepted, PCRE 1: {error:?}")),
            (Err(found), None) => wrong.push(format!("{pattern}: PCRE 1 accepts, here: {found:?}")),
            // Of several mistakes, each library meets another one first.
            (Err(found), Some((code, ..))) => other_numbers += u32::from(found.code != code),
            (Ok(regex), None) => {
                for (subject, expected) in subjects.iter().zip(&matches) {
                    let found = groups(&regex, subject);
                    // A limit of the comparison was reached.
                    let unknown = expected.as_i64().is_some_and(|code| code < -1);
                    if !unknown && found != *expected {
                        wrong.push(format!("{pattern}: in {subject:?} {expected}, here {found}"));
                    }
                }
            }
        }
    }
    println!("{count} patterns, {other_numbers} with another number");
    assert!(count > 1000);
    assert!(other_numbers * 10 < count, "{other_numbers} numbers of {count} differ");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

proptest! {
    #[test]
    fn errors_lie_in_the_pattern(
        pieces in prop::collection::vec(
            prop_oneof![
                Just("("), Just(")"), Just("["), Just("]"), Just("(?"), Just("<"), Just("\\"), Just("é"), Just("{"),
                Just("}"), Just("P"), Just("x"), Just("1"), Just("-"), Just("\\Q"), Just("\\E"), Just("[:"), Just(":]"),
                Just("g"), Just("'"), Just("N"), Just("*"), Just("(*"), Just("C"), Just("R"), Just("|"), Just("="), Just("#"),
            ],
            0..12,
        )
    ) {
        let pattern = pieces.concat();
        if let Err(error) = pcre::compile(pattern.as_bytes(), Flags::MSYS_PCRE) {
            prop_assert!(pattern.get(error.range.clone()).is_some(), "{pattern}: {error:?}");
        }
        if let Err(error) = pcre::compile(pattern.as_bytes(), Flags::BYTES) {
            prop_assert!(error.range.start <= error.range.end && error.range.end <= pattern.len(), "{pattern}: {error:?}");
        }
        for item in pcre::items(&pattern) {
            prop_assert!(pattern.get(item.range.clone()).is_some(), "{pattern}: {item:?}");
        }
    }
}
