//! The report for people: the conversation, what became of each recipient, what was done.

mod events;
mod verdict;

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::{CalloutRun, Report, Step, Stop, StopReason};
use crate::api::shown_number;
use events::{consequence, line as event_line};

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Detail {
    /// The conversation, the verdict, what was done.
    #[default]
    Short,
    /// What each callout did as well, prints and changes of the context among it.
    Callouts,
    /// Every call of the API, every condition and every line that was executed as well.
    Everything,
}

/// The colours of a report.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Palette {
    pub(super) good: Style,
    pub(super) bad: Style,
    pub(super) wait: Style,
    pub(super) quiet: Style,
    pub(super) strong: Style,
}

impl Palette {
    fn of(colors: bool) -> Self {
        if !colors {
            return Self::default();
        }
        let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        Self {
            good: color(AnsiColor::Green),
            bad: color(AnsiColor::Red).bold(),
            wait: color(AnsiColor::Yellow),
            quiet: Style::new().dimmed(),
            strong: Style::new().bold(),
        }
    }

    pub(super) fn reply(&self, code: u16) -> Style {
        match code {
            0..400 => self.good,
            400..500 => self.wait,
            _ => self.bad,
        }
    }
}

impl Report {
    /// The report as text.
    #[must_use]
    pub fn text(&self, detail: Detail, colors: bool) -> String {
        let mut text =
            Text { out: String::new(), palette: Palette::of(colors), detail, searched: Vec::new() };
        // Writing to a String does not fail.
        let _ = text.report(self);
        let end = if colors { "\u{1b}[0m" } else { "" };
        if text.out.lines().all(|line| line.len() <= LONGEST_LINE) {
            return text.out;
        }
        text.out.lines().map(|line| format!("{}\n", cut(line, end))).collect()
    }

    /// What the client was told and what becomes of each recipient, a line each: what two runs are compared by.
    #[must_use]
    pub fn verdict(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for step in &self.steps {
            let Some(reply) = &step.reply else { continue };
            let phase = step.phase.map_or_else(|| "hook".to_owned(), |phase| name_of(&phase));
            // What the client is told once the content is there, whichever script behind it decides.
            let phase = if step.message.is_some() { "content" } else { phase.as_str() };
            let to = step.client.as_deref().unwrap_or(phase);
            lines.push(format!("{to}: {}", reply.lines().join(" / ")));
        }
        let mut fates = String::new();
        // Writing to a String does not fail.
        let _ = verdict::write(&mut fates, &Palette::default(), self, usize::MAX);
        lines.extend(fates.lines().filter(|line| !line.is_empty()).map(|line| line.trim_end().to_owned()));
        lines.extend(self.stopped.as_ref().map(|stop| format!("the run ended: {}", stop.message)));
        lines
    }
}

/// The longest line of a changed message, in characters: signatures and encoded words go on for ever.
const LONGEST: usize = 160;

/// The longest line of all, in bytes: a script may reply or set megabytes. JSON has them whole.
const LONGEST_LINE: usize = 4000;

/// A line that a terminal can show; `end` undoes what was begun.
fn cut<'l>(line: &'l str, end: &str) -> std::borrow::Cow<'l, str> {
    if line.len() <= LONGEST_LINE {
        return line.into();
    }
    let beginning = line.get(..line.floor_char_boundary(LONGEST_LINE)).unwrap_or_default();
    format!("{beginning}…{end} ({} bytes)", line.len()).into()
}

struct Text {
    out: String,
    palette: Palette,
    detail: Detail,
    /// Where `require` looked, as it was told already.
    searched: Vec<String>,
}

/// Whether a line of a message is one of those in which `require` says where it looked.
fn is_searched(line: &str) -> bool {
    line.strip_prefix('\t').is_some_and(|line| {
        ["no file '", "no field package.preload['", "no module '"].iter().any(|start| line.starts_with(start))
    })
}

impl Text {
    fn report(&mut self, report: &Report) -> std::fmt::Result {
        self.invented(report)?;
        for run in &report.load {
            self.callout(run)?;
        }
        for step in &report.steps {
            self.step(step)?;
        }
        if let Some(stop) = &report.stopped {
            self.stop(stop)?;
        }
        let longest = if self.detail == Detail::Short { LONGEST } else { usize::MAX };
        verdict::write(&mut self.out, &self.palette, report, longest)?;
        self.done(report)?;
        self.injected(report)?;
        self.list("paniclog", &report.paniclog)?;
        self.unanswered(report)?;
        if self.detail == Detail::Everything {
            self.calls(report)?;
            self.lines(report)?;
        }
        if let Some(command) = report.command.as_ref().filter(|_| self.detail > Detail::Short) {
            let quiet = self.palette.quiet;
            writeln!(self.out, "\n{quiet}the same again: {command}{quiet:#}")?;
        }
        Ok(())
    }

    /// A message, without the places where `require` looked if they were told before: the same error is an event, a line
    /// of the paniclog and the reason for which the configuration does not load.
    fn searched_once(&mut self, message: &str) -> String {
        let searched: Vec<&str> = message.lines().filter(|line| is_searched(line)).collect();
        let searched = searched.join("\n");
        if searched.is_empty() {
            return message.to_owned();
        }
        if !self.searched.contains(&searched) {
            self.searched.push(searched);
            return message.to_owned();
        }
        message.lines().filter(|line| !is_searched(line)).collect::<Vec<_>>().join("\n")
    }

    fn heading(&mut self, heading: &str) -> std::fmt::Result {
        let strong = self.palette.strong;
        writeln!(self.out, "\n{strong}{heading}{strong:#}")
    }

    fn invented(&mut self, report: &Report) -> std::fmt::Result {
        if report.invented.is_empty() {
            return Ok(());
        }
        let quiet = self.palette.quiet;
        let made_up: Vec<String> = report
            .invented
            .iter()
            .filter(|one| one.from.is_none() || self.detail > Detail::Short)
            .map(|one| {
                let value = one.value.lines().next().unwrap_or_default();
                match &one.from {
                    Some(from) => format!("{} = {value} (from {from})", one.key),
                    None => format!("{} = {value}", one.key),
                }
            })
            .collect();
        if made_up.is_empty() {
            return Ok(());
        }
        if self.detail == Detail::Short {
            let keys: Vec<&str> =
                report.invented.iter().filter(|one| one.from.is_none()).map(|one| one.key.as_str()).collect();
            return writeln!(self.out, "{quiet}made up: {}{quiet:#}\n", keys.join(", "));
        }
        for line in made_up {
            writeln!(self.out, "{quiet}made up: {line}{quiet:#}")?;
        }
        writeln!(self.out)
    }

    fn step(&mut self, step: &Step) -> std::fmt::Result {
        if let Some(client) = &step.client {
            // What is no part of the conversation with a client.
            let who = if step.phase.is_some() { "C: " } else { "" };
            writeln!(self.out, "{who}{client}")?;
        } else if self.detail > Detail::Short && !step.callouts.is_empty() {
            let quiet = self.palette.quiet;
            let about = step.recipient.as_deref().map(|one| format!(" for {one}")).unwrap_or_default();
            let phase = step.phase.map_or_else(|| "delivery".to_owned(), |phase| name_of(&phase));
            writeln!(self.out, "   {quiet}{phase}{about}{quiet:#}")?;
        }
        for run in &step.callouts {
            self.callout(run)?;
        }
        for line in step.output.iter().flat_map(|output| output.lines()) {
            writeln!(self.out, "   {line}")?;
        }
        if let Some(response) = &step.response {
            let style = self.palette.reply(response.status);
            writeln!(self.out, "   {style}{}{style:#} {}", response.status, response.body)?;
        }
        if step.held_up > 0.0 {
            let wait = self.palette.wait;
            writeln!(self.out, "   {wait}(the client waits {} s){wait:#}", shown_number(step.held_up))?;
        }
        if let Some(reply) = &step.reply {
            let style = self.palette.reply(reply.code);
            let quiet = self.palette.quiet;
            let lines = reply.lines();
            let last = lines.len().saturating_sub(1);
            for (place, line) in lines.iter().enumerate() {
                write!(self.out, "S: {style}{line}{style:#}")?;
                if let (Some(by), true) = (&reply.by, place == last) {
                    write!(self.out, "  {quiet}{by}{quiet:#}")?;
                }
                writeln!(self.out)?;
            }
        }
        if step.closed {
            let quiet = self.palette.quiet;
            writeln!(self.out, "   {quiet}(the connection is closed){quiet:#}")?;
        }
        Ok(())
    }

    fn callout(&mut self, run: &CalloutRun) -> std::fmt::Result {
        let quiet = self.palette.quiet;
        let worth_telling =
            |event: &&super::Event| self.detail > Detail::Short || events::is_trouble(&event.what);
        let told: Vec<String> = run
            .events
            .iter()
            .filter(worth_telling)
            .filter(|event| self.detail == Detail::Everything || !events::is_detail(&event.what))
            .map(|event| event_line(event, &self.palette))
            .collect();
        if self.detail > Detail::Short && !(run.callout == "load" && told.is_empty()) {
            let returned = match run.returned.as_slice() {
                [] => String::new(),
                values => format!(" returned {}", values.join(", ").replace("msys.core.", "")),
            };
            let at = run.at.as_ref().map(|at| format!(" ({at})")).unwrap_or_default();
            let calls = if run.calls > 1 { format!(", called {} times", run.calls) } else { String::new() };
            writeln!(self.out, "   {} {}{quiet}{at}{quiet:#}{returned}{calls}", run.script, run.callout)?;
        }
        for line in told {
            let line = self.searched_once(&line);
            writeln!(self.out, "     {line}")?;
        }
        Ok(())
    }

    fn stop(&mut self, stop: &Stop) -> std::fmt::Result {
        let bad = self.palette.bad;
        let what = match stop.reason {
            StopReason::NotLoaded => "the configuration does not load, and the server keeps its earlier one",
            StopReason::Crash => "this would crash the server",
            StopReason::Deadlock => "the script waits for what never comes",
            StopReason::Limit => "the run was stopped",
            StopReason::Exit => "a script ended the process",
        };
        let at = stop.at.as_ref().map(|at| format!("{at}: ")).unwrap_or_default();
        let message = self.searched_once(&stop.message);
        writeln!(self.out, "\n{bad}{what}{bad:#}: {at}{message}")?;
        for line in &stop.traceback {
            writeln!(self.out, "    {line}")?;
        }
        Ok(())
    }

    /// What scripts changed, each once, with the lines that did it.
    fn done(&mut self, report: &Report) -> std::fmt::Result {
        let all = report.load.iter().chain(report.steps.iter().flat_map(|step| &step.callouts));
        let mut done: indexmap::IndexMap<String, (u32, String)> = indexmap::IndexMap::new();
        for event in all.flat_map(|run| &run.events) {
            let Some(text) = consequence(&event.what) else { continue };
            let at = event.at.as_ref().map(ToString::to_string).unwrap_or_default();
            done.entry(text).or_insert((0, at)).0 += 1;
        }
        if done.is_empty() {
            return Ok(());
        }
        self.heading("what was done")?;
        // Chunks that scripts load may have any name.
        let widths = done.values().map(|(_, at)| at.chars().count());
        let width = widths.filter(|width| *width <= verdict::WIDEST).max().unwrap_or(0);
        let quiet = self.palette.quiet;
        for (text, (times, at)) in &done {
            let times = if *times > 1 { format!("  ({times} times)") } else { String::new() };
            writeln!(self.out, "  {quiet}{at:width$}{quiet:#}  {text}{times}")?;
        }
        Ok(())
    }

    fn injected(&mut self, report: &Report) -> std::fmt::Result {
        if report.injected.is_empty() {
            return Ok(());
        }
        self.heading("messages that scripts sent")?;
        for message in &report.injected {
            let subject = message.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("subject"));
            let subject = subject.map(|(_, value)| format!(", subject {value:?}")).unwrap_or_default();
            let at = message.at.as_ref().map(|at| format!("  {at}")).unwrap_or_default();
            let to = message.envelope.recipients.join(", ");
            writeln!(
                self.out,
                "  from <{}> to {to}{subject}, {} bytes{at}",
                message.envelope.mail_from, message.size
            )?;
        }
        Ok(())
    }

    fn list(&mut self, heading: &str, lines: &[String]) -> std::fmt::Result {
        if lines.is_empty() {
            return Ok(());
        }
        self.heading(heading)?;
        for entry in lines {
            for line in self.searched_once(entry).lines() {
                writeln!(self.out, "  {line}")?;
            }
        }
        Ok(())
    }

    fn unanswered(&mut self, report: &Report) -> std::fmt::Result {
        if report.unanswered.is_empty() {
            return Ok(());
        }
        self.heading("not answered by the session")?;
        let quiet = self.palette.quiet;
        for one in &report.unanswered {
            let at = one.at.as_ref().map(|at| format!("  {quiet}{at}{quiet:#}")).unwrap_or_default();
            writeln!(self.out, "  {}{at}", one.call)?;
            writeln!(self.out, "  to answer it, write into the session file:")?;
            for line in one.answer.lines() {
                writeln!(self.out, "      {line}")?;
            }
        }
        Ok(())
    }

    fn calls(&mut self, report: &Report) -> std::fmt::Result {
        if report.calls.is_empty() {
            return Ok(());
        }
        self.heading("calls")?;
        let width = report.calls.iter().map(|call| call.name.chars().count()).max().unwrap_or(0);
        for call in &report.calls {
            writeln!(self.out, "  {:width$}  {:>5}  {}", call.name, call.count, call.fidelity)?;
        }
        Ok(())
    }

    fn lines(&mut self, report: &Report) -> std::fmt::Result {
        if report.lines.is_empty() {
            return Ok(());
        }
        self.heading("lines executed")?;
        for (file, lines) in &report.lines {
            let shown: Vec<String> = lines
                .iter()
                .map(|(line, count)| if *count > 1 { format!("{line}×{count}") } else { line.to_string() })
                .collect();
            writeln!(self.out, "  {file}: {}", shown.join(" "))?;
        }
        Ok(())
    }
}

/// The documentation's name of a phase.
fn name_of(phase: &crate::session::Phase) -> String {
    serde_json::to_value(phase).ok().and_then(|name| Some(name.as_str()?.to_owned())).unwrap_or_default()
}

#[cfg(test)]
mod tests;
