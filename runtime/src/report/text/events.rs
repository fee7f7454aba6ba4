//! An event in a line.

use super::super::{Event, What};
use super::Palette;
use crate::api::shown_number;
use crate::lowering::BranchKind;

/// Whether a reader has to see it even in the short form.
pub(super) fn is_trouble(what: &What) -> bool {
    matches!(what, What::Error { .. } | What::Crash { .. } | What::Note { .. })
}

/// Whether it is only told when everything is.
pub(super) fn is_detail(what: &What) -> bool {
    matches!(what, What::Call { fidelity: super::super::Fidelity::Modelled, .. } | What::Condition { .. })
}

/// What an event does to the message, the session or the world; nothing where it only tells.
pub(super) fn consequence(what: &What) -> Option<String> {
    Some(match what {
        What::Header { .. }
        | What::Set { .. }
        | What::Discarded { .. }
        | What::Recipients { .. }
        | What::Injected { .. }
        | What::Adaptive { .. }
        | What::Sweep { .. } => words(what),
        What::Call { fidelity, .. } if *fidelity != super::super::Fidelity::Modelled => words(what),
        _ => return None,
    })
}

/// An event with its place.
pub(super) fn line(event: &Event, palette: &Palette) -> String {
    let at = event.at.as_ref().map(|at| format!("{at}: ")).unwrap_or_default();
    let quiet = palette.quiet;
    let style = match &event.what {
        What::Error { .. } | What::Crash { .. } => palette.bad,
        What::Note { .. } => palette.wait,
        _ => anstyle::Style::new(),
    };
    let mut text = format!("{quiet}{at}{quiet:#}{style}{}{style:#}", words(&event.what));
    if let What::Error { traceback, .. } | What::Crash { traceback, .. } = &event.what {
        for call in traceback {
            text.push_str(&format!("\n         {call}"));
        }
    }
    text
}

/// How much of a value is shown.
const LONGEST: usize = 60;

fn cut(text: &str) -> String {
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("{shown:?}")
}

/// Two texts, each cut; where they begin alike for long, from shortly before the place at which they part.
fn cut_both(before: &str, after: &str) -> (String, String) {
    let alike = before.chars().zip(after.chars()).take_while(|(one, other)| one == other).count();
    let from = if alike < LONGEST / 2 { 0 } else { alike - LONGEST / 3 };
    let end = |text: &str| match (from, text.chars().skip(from).collect::<String>()) {
        (0, text) => cut(&text),
        (_, rest) => cut(&format!("…{rest}")),
    };
    (end(before), end(after))
}

/// Seconds to the millisecond.
fn rounded(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

fn words(what: &What) -> String {
    let values = |values: &[String]| values.iter().map(|one| cut(one)).collect::<Vec<_>>().join(", ");
    match what {
        What::Print { text } => format!("print: {}", text.replace('\n', "\n         ")),
        What::Call { name, arguments, results, fidelity } => {
            let results =
                if results.is_empty() { String::new() } else { format!(" → {}", results.join(", ")) };
            format!("{name}({}){results} [{fidelity}]", arguments.join(", "))
        }
        What::Unanswered { call, .. } => format!("{call} has no answer in the session"),
        What::Context { dictionary, name, after: None, .. } => {
            format!("context {dictionary}: {name} deleted")
        }
        What::Context { dictionary, name, after: Some(after), .. } => {
            format!("context {dictionary}: {name} = {}", cut(after))
        }
        What::Header { name, before, after } => match (before.as_slice(), after.as_slice()) {
            (_, []) => format!("header {name} deleted"),
            ([], after) => format!("header {name} added: {}", values(after)),
            (before, after) => format!("header {name}: {} → {}", values(before), values(after)),
        },
        What::Set { property, before, after } => match (before, after) {
            (Some(before), Some(after)) if !before.is_empty() => {
                let (before, after) = cut_both(before, after);
                format!("{property}: {before} → {after}")
            }
            (_, Some(after)) => format!("{property} = {}", cut(after)),
            (Some(before), None) => format!("{property} {} taken away", cut(before)),
            (None, None) => format!("{property} taken away"),
        },
        What::Reply { code, text, disconnect } => {
            format!("{} {code} {text}", if *disconnect { "disconnect" } else { "reply" })
        }
        What::Tarpit { seconds } => format!("the client is held up for {} s", shown_number(*seconds)),
        What::Slept { seconds } => format!("{} s go by", rounded(*seconds)),
        What::Task { task, seconds, resumed } => {
            let what = if *resumed { "goes on" } else { "runs" };
            format!("{task} {what}, {} s after the session began", rounded(*seconds))
        }
        What::Pending { task, seconds } => {
            format!(
                "{task} would run {} s after the session began: `advance` lets time go on",
                rounded(*seconds)
            )
        }
        What::Discarded { reason } => format!("discarded: {reason}"),
        What::Recipients { added, removed } => {
            let sign = |sign: &'static str, list: &[String]| {
                list.iter().map(move |one| format!("{sign}{one}")).collect::<Vec<_>>()
            };
            let all = [sign("+", added), sign("-", removed)].concat();
            format!("recipients {}", all.join(" "))
        }
        What::Injected { message } => format!("message {} sent", message + 1),
        What::Adaptive { domain, binding, reply, action, message } => {
            let on = binding.as_deref().map(|binding| format!(" on {binding}")).unwrap_or_default();
            let said = message.as_deref().map(|message| format!(" ({message})")).unwrap_or_default();
            format!("adaptive, {domain}{on}, after {}: {action}{said}", cut(reply))
        }
        What::Sweep { domain, binding, rule, count, total, threshold, action } => {
            let on = binding.as_deref().map(|binding| format!(" on {binding}")).unwrap_or_default();
            format!(
                "sweep rule `{rule}`, {domain}{on}: {count} of {total}, where it acts from {threshold} % on: {action}"
            )
        }
        What::Error { message, .. } => format!("error: {message}"),
        What::Crash { message, .. } => format!("would crash the server: {message}"),
        What::Condition { kind, text, value, locals, times, untold, last, .. } => {
            let mut told = match kind {
                BranchKind::If => format!("if {text} → {value}"),
                BranchKind::While => format!("while {text} → {value}"),
                BranchKind::Until => format!("until {text} → {value}"),
                BranchKind::And => format!("{text} and … → {value}"),
                BranchKind::Or => format!("{text} or … → {value}"),
            };
            if !locals.is_empty() {
                let locals: Vec<String> =
                    locals.iter().map(|local| format!("{} = {}", local.name, local.value)).collect();
                told.push_str(&format!(" ({})", locals.join(", ")));
            }
            if *times > 1 {
                told.push_str(&format!(" ×{times}"));
            }
            if *untold > 0 {
                let last = last.as_deref().unwrap_or_default();
                told.push_str(&format!(", then asked {untold} times more, at last → {last}"));
            }
            told
        }
        What::Paniclog { text } => format!("paniclog: {text}"),
        What::Note { text } => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::cut_both;

    #[test]
    fn two_long_texts_are_shown_where_they_part() {
        let types = ["text/plain", "text/html", "image/png", "image/gif", "image/jpeg", "application/pdf"];
        let (before, after) = (types.join(", "), types[..5].join(", "));
        let shown = cut_both(&before, &after);
        assert_eq!(
            shown,
            ("\"…mage/gif, image/jpeg, application/pdf\"".to_owned(), "\"…mage/gif, image/jpeg\"".to_owned())
        );
        assert_eq!(cut_both("a", "b"), ("\"a\"".to_owned(), "\"b\"".to_owned()));
        assert_eq!(cut_both(&"é".repeat(70), &"é".repeat(60)).1, format!("\"…{}\"", "é".repeat(20)));
    }
}
