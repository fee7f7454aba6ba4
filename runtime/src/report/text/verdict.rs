//! What became of each recipient.

use std::fmt::Write;

use super::Palette;
use crate::report::{Difference, RecipientReport, Report};
use crate::session::Disposition;

/// How many changes of a message are shown.
const MOST: usize = 12;

/// Longer addresses stand out of the column.
pub(super) const WIDEST: usize = 60;

/// Writes it; lines of a changed message are cut behind `longest` characters.
pub(super) fn write(
    out: &mut String,
    palette: &Palette,
    report: &Report,
    longest: usize,
) -> std::fmt::Result {
    let many = report.messages.len() > 1;
    for (number, message) in report.messages.iter().enumerate() {
        writeln!(out)?;
        if many {
            let strong = palette.strong;
            writeln!(out, "{strong}message {}{strong:#} from <{}>", number + 1, message.mail_from)?;
        }
        let widths = message.recipients.iter().map(|one| one.address.chars().count());
        let width = widths.filter(|width| *width <= WIDEST).max().unwrap_or(0);
        let mut before: Option<&Difference> = None;
        for recipient in &message.recipients {
            self::recipient(out, palette, recipient, width)?;
            if recipient.envelope.is_some() && before != Some(&recipient.changes) {
                changes(out, palette, &recipient.changes, longest)?;
                before = Some(&recipient.changes);
            }
        }
    }
    Ok(())
}

fn recipient(out: &mut String, palette: &Palette, one: &RecipientReport, width: usize) -> std::fmt::Result {
    let (word, style) = match one.disposition {
        Disposition::Rejected => ("rejected", palette.bad),
        Disposition::TemporarilyRejected => ("rejected for now", palette.wait),
        Disposition::Discarded => ("discarded", palette.bad),
        Disposition::Accepted => ("accepted", palette.good),
        Disposition::Delivered => ("delivered", palette.good),
        Disposition::Deferred => ("deferred", palette.wait),
        Disposition::Bounced => ("bounced", palette.bad),
        Disposition::NotOffered => ("not offered: the session was over", palette.quiet),
    };
    write!(out, "{:width$}  {style}{word}{style:#}", one.address)?;
    let mut facts: Vec<String> = Vec::new();
    if one.added {
        facts.push("added by a script".to_owned());
    }
    if let Some(envelope) = &one.envelope
        && !envelope.recipients.contains(&one.address)
    {
        facts.push(format!("to {}", envelope.recipients.join(", ")));
    }
    if let Some(group) = &one.binding_group {
        facts.push(format!("binding group {group}"));
    }
    if let Some(binding) = &one.binding {
        facts.push(format!("binding {binding}"));
    }
    if one.priority {
        facts.push("with priority".to_owned());
    }
    let leaves = !matches!(
        one.disposition,
        Disposition::Rejected
            | Disposition::TemporarilyRejected
            | Disposition::Discarded
            | Disposition::NotOffered
    );
    if let Some(domain) = one.routing_domain.as_ref().filter(|_| leaves) {
        facts.push(format!("routed to {domain}"));
    }
    if let Some(reason) = &one.reason {
        facts.push(reason.lines().collect::<Vec<_>>().join(" / "));
    }
    if one.attempts.len() > 1 {
        facts.push(format!("{} attempts", one.attempts.len()));
    }
    if facts.is_empty() { writeln!(out) } else { writeln!(out, ": {}", facts.join(", ")) }
}

fn changes(out: &mut String, palette: &Palette, changes: &Difference, longest: usize) -> std::fmt::Result {
    if changes.is_empty() {
        return Ok(());
    }
    let mut lines: Vec<(char, String)> = Vec::new();
    for header in &changes.headers {
        let line = |value: &String| format!("{}: {value}", header.name);
        lines.extend(header.before.as_ref().map(|value| ('-', line(value))));
        lines.extend(header.after.as_ref().map(|value| ('+', line(value))));
    }
    for line in &changes.body {
        let mut characters = line.chars();
        let sign = characters.next().unwrap_or(' ');
        lines.push((sign, characters.as_str().to_owned()));
    }
    let more = lines.len().saturating_sub(MOST);
    for (sign, line) in lines.iter().take(MOST) {
        let style = match sign {
            '+' => palette.good,
            '-' => palette.bad,
            _ => palette.quiet,
        };
        let cut = line.char_indices().nth(longest).and_then(|(end, _)| line.get(..end));
        let (line, dots) = cut.map_or((line.as_str(), ""), |beginning| (beginning, "…"));
        writeln!(out, "    {style}{sign} {line}{dots}{style:#}")?;
    }
    let (before, after) = changes.bytes;
    let quiet = palette.quiet;
    let rest = if more > 0 { format!("{more} more lines; ") } else { String::new() };
    writeln!(out, "    {quiet}{rest}{before} bytes came, {after} leave{quiet:#}")
}
