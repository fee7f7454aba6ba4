//! What was executed, for people.

use std::fmt::Write as _;

use momentum_lua_runtime::testing::{Coverage, ScriptCoverage, Share};

use super::text::Palette;

/// One line for everything.
pub(crate) fn summary(coverage: &Coverage) -> String {
    let (lines, branches) = coverage.shares();
    let idle: usize = coverage.scripts.values().map(|script| script.uncovered_callouts().count()).sum();
    let idle = match idle {
        0 => String::new(),
        1 => "; 1 callout never ran".to_owned(),
        more => format!("; {more} callouts never ran"),
    };
    format!(
        "coverage: {} of lines, {} of branches in {}{idle}\n",
        shown(lines),
        shown(branches),
        match coverage.scripts.len() {
            1 => "1 script".to_owned(),
            more => format!("{more} scripts"),
        }
    )
}

/// A line for each script, with the callouts that never ran below it.
pub(crate) fn table(coverage: &Coverage, palette: Palette) -> String {
    let width =
        coverage.scripts.keys().map(|file| file.chars().count()).max().unwrap_or(0).max("script".len());
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "\n{:width$}  {:>15}  {:>15}", "script", "lines", "branches");
    let row = |out: &mut String, name: &str, lines: Share, branches: Share| {
        let style = match lines.percent().min(branches.percent()) {
            100 => palette.good,
            0..50 => palette.bad,
            _ => anstyle::Style::new(),
        };
        let _ = writeln!(out, "{name:width$}  {style}{:>15}  {:>15}{style:#}", cell(lines), cell(branches));
    };
    for (file, script) in &coverage.scripts {
        row(&mut out, file, script.line_share(), script.branch_share());
        let quiet = palette.quiet;
        for callout in script.uncovered_callouts() {
            let _ = writeln!(out, "    {quiet}{}.{} never ran{quiet:#}", callout.module, callout.name);
        }
        if let Some(lines) = missed_lines(script) {
            let _ = writeln!(out, "    {quiet}lines {lines}{quiet:#}");
        }
    }
    let (lines, branches) = coverage.shares();
    row(&mut out, "all", lines, branches);
    out
}

/// The lines that were not executed; neighbours among the lines with statements as a range.
fn missed_lines(script: &ScriptCoverage) -> Option<String> {
    const MOST: usize = 12;
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    let mut joins = false;
    for line in &script.lines {
        if line.count > 0 {
            joins = false;
            continue;
        }
        match ranges.last_mut() {
            Some(range) if joins => range.1 = line.line,
            _ => ranges.push((line.line, line.line)),
        }
        joins = true;
    }
    if ranges.is_empty() {
        return None;
    }
    let mut shown: Vec<String> = ranges
        .iter()
        .take(MOST)
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") })
        .collect();
    if ranges.len() > MOST {
        shown.push("…".to_owned());
    }
    Some(format!("{} not executed", shown.join(", ")))
}

fn cell(share: Share) -> String {
    if share.all == 0 {
        return "none".to_owned();
    }
    format!("{} %  {}/{}", share.percent(), share.hit, share.all)
}

fn shown(share: Share) -> String {
    format!("{} % ({} of {})", share.percent(), share.hit, share.all)
}
