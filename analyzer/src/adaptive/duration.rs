//! How long something lasts: `4 hours`.

use super::problem::TextProblem;
use super::text::{first_look_alike, listed, whole_number};
use crate::configuration::near::near_names;
use momentum_lua_stub_reader::model::AdaptiveDuration;

/// How long something lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    /// The number as written.
    pub count: u64,
    /// The seconds of the unit as written.
    pub unit: u64,
}

impl Duration {
    /// In seconds.
    #[must_use]
    pub const fn seconds(self) -> u64 {
        self.count.saturating_mul(self.unit)
    }

    /// Reads a number and a unit.
    ///
    /// # Errors
    /// If the text is anything else, or the time would be none at all.
    pub fn parse(text: &str, grammar: &AdaptiveDuration) -> Result<Self, TextProblem> {
        if let Some(problem) = first_look_alike(text) {
            return Err(problem);
        }
        let example = &grammar.example;
        let units = || listed(grammar.units.iter().map(|unit| unit.as_str()), "or");
        let all = 0..text.len();
        let trimmed = text.trim_ascii();
        let start = text.len() - text.trim_ascii_start().len();
        if trimmed.is_empty() {
            return Err(TextProblem::new(all, format!("no time is given, as `{example}`")));
        }
        let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = trimmed.split_at(digits);
        if number.is_empty() || rest.starts_with(['.', ',']) {
            let end = trimmed.find(|c: char| c.is_ascii_whitespace()).unwrap_or(trimmed.len());
            let word = trimmed.get(..end).unwrap_or(trimmed);
            let message =
                format!("`{word}` is no whole number: a time is a number and a unit, as `{example}`");
            return Err(TextProblem::new(start..start + end, message));
        }
        let unit_text = rest.trim_ascii_start();
        if unit_text.is_empty() {
            let message = format!("`{trimmed}` has no unit: a number, a space and {} make a time", units());
            return Err(TextProblem::new(start..start + trimmed.len(), message));
        }
        let unit_start = start + trimmed.len() - unit_text.len();
        let mut words = unit_text.split_ascii_whitespace();
        let unit_word = words.next().unwrap_or(unit_text);
        let unit_range = unit_start..unit_start + unit_word.len();
        let Some(unit) =
            grammar.units.iter().find(|unit| *unit == unit_word).and_then(|unit| seconds_of(unit))
        else {
            let message = format!("`{unit_word}` is no unit of time here: {} are", units());
            let problem = TextProblem::new(unit_range, message);
            // `hour`, `Hours`, `hrs`: what is meant is plain.
            let plain = unit_word.to_ascii_lowercase();
            let meant = abbreviated(&plain).or_else(|| {
                near_names(&plain, grammar.units.iter().map(|unit| unit.as_str())).first().copied()
            });
            return Err(match meant.filter(|_| words.next().is_none()) {
                Some(unit) if rest.len() > unit_text.len() => problem.corrected(unit),
                Some(unit) => problem.corrected(format!(" {unit}")),
                None => problem,
            });
        };
        if rest.len() == unit_text.len() {
            let message = format!("a space is missing between `{number}` and `{unit_word}`");
            let problem = TextProblem::new(start..unit_range.end, message);
            return Err(match words.next() {
                None => problem.corrected(format!("{number} {unit_word}")),
                Some(_) => problem,
            });
        }
        if words.next().is_some() {
            let message = format!("a time is one number and one unit, as `{example}`");
            return Err(TextProblem::new(unit_range.end..start + trimmed.len(), message));
        }
        match number.parse::<u64>() {
            Ok(0) => Err(TextProblem::new(all, "it lasts no time at all")),
            Ok(count) if count.checked_mul(unit).is_some() => Ok(Self { count, unit }),
            _ => Err(TextProblem::new(start..start + digits, "the number is too large for a time")),
        }
    }

    /// Reads the time of a suspension in a sweep rule: hours, as many as a power of two.
    ///
    /// # Errors
    /// If it is none, or one that a sweep rule does not take.
    pub fn parse_for_sweep(text: &str, grammar: &AdaptiveDuration) -> Result<Self, TextProblem> {
        let duration = Self::parse(text, grammar)?;
        let allowed = |unit: &str| grammar.sweep_units.iter().any(|known| known == unit);
        let unit = text.split_ascii_whitespace().nth(1).unwrap_or_default();
        if !grammar.sweep_units.is_empty() && !allowed(unit) {
            let units = listed(grammar.sweep_units.iter().map(|unit| unit.as_str()), "or");
            let message = format!("a sweep rule suspends for a number of {units}, not of `{unit}`");
            return Err(TextProblem::new(0..text.len(), message));
        }
        if grammar.sweep_power_of_two && !duration.count.is_power_of_two() {
            let count = duration.count;
            let below = 1_u64 << count.ilog2();
            let message = format!(
                "a sweep rule suspends for 1, 2, 4, 8 … {unit}: {count} is no power of two, as {below} and {} are",
                below.saturating_mul(2)
            );
            return Err(TextProblem::new(0..text.len(), message));
        }
        Ok(duration)
    }
}

fn seconds_of(unit: &str) -> Option<u64> {
    Some(match unit {
        "seconds" => 1,
        "minutes" => 60,
        "hours" => 60 * 60,
        "days" => 24 * 60 * 60,
        _ => return None,
    })
}

/// The unit that people mean by a shorter word.
fn abbreviated(word: &str) -> Option<&'static str> {
    Some(match word {
        "s" | "sec" | "secs" | "second" => "seconds",
        "m" | "min" | "mins" | "minute" => "minutes",
        "h" | "hr" | "hrs" | "hour" => "hours",
        "d" | "day" => "days",
        _ => return None,
    })
}

/// The seconds that a time or a plain number means, for who asks for seconds.
pub(super) fn in_seconds(text: &str, grammar: &AdaptiveDuration) -> Option<u64> {
    let trimmed = text.trim_ascii();
    whole_number(trimmed).or_else(|| Some(Duration::parse(trimmed, grammar).ok()?.seconds()))
}
