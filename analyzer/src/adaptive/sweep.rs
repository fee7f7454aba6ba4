//! Sweep rules: what the configuration says about bounces and complaints.
//!
//! `adaptive_sweep_rule "complaints" { codes = ( "fbl:abuse" ) low_threshold = 0.2 … }`

use super::action::Action;
use super::node::{Field, Key, Node, Table, Value};
use super::problem::{Problem, TextProblem};
use super::reader::Reader;
use crate::configuration::near::near_names;
use crate::diagnostic::Severity;
use momentum_lua_stub_reader::model::AdaptiveGrammar;
use smol_str::SmolStr;

/// What a code of a sweep rule counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SweepCode {
    /// A bounce class: `bc:10`.
    Bounce(u32),
    /// A category of feedback loops: `fbl:abuse`.
    Feedback(SmolStr),
}

/// Reads a code.
///
/// # Errors
/// If it is neither a bounce class nor a category.
pub fn read_code(text: &str, grammar: &AdaptiveGrammar) -> Result<SweepCode, TextProblem> {
    let all = 0..text.len();
    let Some((prefix, rest)) = text.split_once(':') else {
        let message = format!(
            "`{text}` is neither a bounce class, as `bc:10`, nor a category of feedback, as `fbl:abuse`: it counts nothing"
        );
        let problem = TextProblem::new(all, message);
        let is_class = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        return Err(if is_class { problem.corrected(format!("bc:{text}")) } else { problem });
    };
    let written = format!("{prefix}:");
    if !grammar.sweep.prefixes.iter().any(|known| known.as_str() == written) {
        let known = || grammar.sweep.prefixes.iter().map(|known| known.as_str());
        let message = format!("a code begins with `bc:` or `fbl:`, not with `{written}`: it counts nothing");
        let problem = TextProblem::new(0..written.len(), message);
        return Err(match near_names(&written, known()).as_slice() {
            [only] => problem.corrected(*only),
            _ => problem,
        });
    }
    if rest.trim_ascii().is_empty() {
        return Err(TextProblem::new(all, format!("nothing stands behind `{written}`: it counts nothing")));
    }
    if prefix == "bc" {
        return rest.parse().map(SweepCode::Bounce).map_err(|_| {
            let message = format!("a bounce class is a number, as `bc:10`, and `{rest}` is none");
            TextProblem::new(written.len()..text.len(), message)
        });
    }
    Ok(SweepCode::Feedback(SmolStr::new(rest)))
}

/// Reads the action of a sweep rule from its words, as `suspend` and `4 hours`.
///
/// Gives the action, if it is one, and what is wrong.
pub fn read_action<P: Clone>(
    place: &P,
    words: &[(P, SmolStr)],
    grammar: &AdaptiveGrammar,
) -> (Option<Action>, Vec<Problem<P>>) {
    let mut reader = Reader { grammar, managed: &[], sweeping: true, problems: Vec::new() };
    let fields = (1_u32..).zip(words).map(|(index, (place, word))| Field {
        key: Key::Element(index),
        key_place: place.clone(),
        place: place.clone(),
        value: Node { place: place.clone(), value: Value::Text(Some(word.clone())) },
    });
    let table = Table { fields: fields.collect(), complete: true };
    let node = Node { place: place.clone(), value: Value::Table(table) };
    let action = reader.actions(&node).pop();
    (action, reader.problems)
}

/// What is wrong with a pair of thresholds, which are percentages; what is not set has its default.
#[must_use]
pub fn threshold_problem(low: f64, high: f64) -> Option<(Severity, String)> {
    if low > high {
        let message = format!(
            "the low threshold, {low} percent, lies above the high one, {high} percent: the low action is never done"
        );
        return Some((Severity::Warning, message));
    }
    None
}
