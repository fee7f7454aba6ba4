//! The decisions that lead to a place, in words.

use crate::project::Script;
use crate::rules::Builder;
use crate::semantics::infer::flow::Step;

/// More decisions than this are not named in a message; the others are still related places.
const MOST_NAMED: usize = 3;

/// Longer conditions are cut.
const LONGEST_CONDITION: usize = 60;

fn in_order(path: Option<&Step>) -> Vec<&Step> {
    let mut steps: Vec<&Step> = std::iter::successors(path, |step| step.before.as_deref()).collect();
    steps.reverse();
    steps
}

/// ` when `a` is true and `b` is false`; empty for a place that every path leads to.
pub(super) fn when(script: &Script<'_>, path: Option<&Step>) -> String {
    let steps = in_order(path);
    let last = steps.get(steps.len().saturating_sub(MOST_NAMED)..).unwrap_or_default();
    let named: Vec<String> = last
        .iter()
        .map(|step| {
            let truth = if step.taken { "true" } else { "false" };
            format!("`{}` is {truth}", shortened(script.text_at(step.condition)))
        })
        .collect();
    match named.as_slice() {
        [] => String::new(),
        [one] => format!(" when {one}"),
        [all @ .., last] => format!(" when {} and {last}", all.join(", ")),
    }
}

/// Names the decisions as places that belong to a finding.
pub(super) fn show(script: &Script<'_>, path: Option<&Step>, finding: &mut Builder<'_>) {
    for step in in_order(path) {
        let truth = if step.taken { "true" } else { "false" };
        finding.related_in(script.id(), step.condition, format!("on this path it is {truth}"));
    }
}

fn shortened(condition: &str) -> String {
    let words: Vec<&str> = condition.split_whitespace().collect();
    let text = words.join(" ");
    if text.chars().count() <= LONGEST_CONDITION {
        return text;
    }
    text.chars().take(LONGEST_CONDITION).collect::<String>() + "…"
}
