//! How many replies it takes: `1`, `10/60`.

use super::problem::TextProblem;
use super::text::{first_look_alike, whole_number};

/// How many matching replies it takes until the action is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trigger {
    /// The first one does it.
    First,
    /// So many within so much time do it, counted across the cluster.
    Rate {
        /// Replies.
        replies: u32,
        /// Length of the interval in seconds.
        seconds: u32,
    },
}

impl Trigger {
    /// Reads `1` or `<replies>/<seconds>`.
    ///
    /// # Errors
    /// If the text is anything else.
    pub fn parse(text: &str) -> Result<Self, TextProblem> {
        if let Some(problem) = first_look_alike(text) {
            return Err(problem);
        }
        let all = 0..text.len();
        if text == "1" {
            return Ok(Trigger::First);
        }
        let Some((replies, seconds)) = text.split_once('/') else {
            let problem = TextProblem::new(
                all,
                format!(
                    "`{text}` is no trigger: `1` is the first reply, `10/60` ten replies within 60 seconds"
                ),
            );
            // `10` alone lacks the interval, which nobody but the author knows.
            return Err(if text.trim_ascii() == "1" { problem.corrected("1") } else { problem });
        };
        let trimmed = (replies.trim_ascii(), seconds.trim_ascii());
        let spaced = trimmed != (replies, seconds);
        if let (Some(_), Some(_), true) = (whole_number(trimmed.0), whole_number(trimmed.1), spaced) {
            let message = "a trigger has no spaces in it: `<replies>/<seconds>`";
            return Err(TextProblem::new(all, message).corrected(format!("{}/{}", trimmed.0, trimmed.1)));
        }
        let first = positive(replies, 0, "replies")?;
        let second = positive(seconds, replies.len() + 1, "seconds")?;
        Ok(Trigger::Rate { replies: first, seconds: second })
    }
}

fn positive(text: &str, start: usize, what: &str) -> Result<u32, TextProblem> {
    let range = start..start + text.len();
    match whole_number(text) {
        Some(0) => {
            Err(TextProblem::new(range, format!("0 {what} are never reached: the trigger never fires")))
        }
        Some(number) => u32::try_from(number)
            .map_err(|_| TextProblem::new(range, format!("the number of {what} is too large"))),
        None => {
            let shown = if text.is_empty() { "nothing".to_owned() } else { format!("`{text}`") };
            let message = format!(
                "a whole number of {what} belongs here, and {shown} stands here: a trigger is `<replies>/<seconds>`"
            );
            Err(TextProblem::new(range, message))
        }
    }
}
