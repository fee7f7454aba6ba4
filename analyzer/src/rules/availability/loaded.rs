//! Which modules are loaded when a script runs: those that it requires, and those that they require.

use crate::project::{FileId, Script};
use crate::syntax::Span;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

/// Whether a script relies on a module: what it loads only where there is such a module brings nothing for certain.
fn counts(script: &Script<'_>, module: &str) -> bool {
    let mut requires = script.analysis().requires.iter().filter(|require| require.module == module).peekable();
    requires.peek().is_none() || requires.any(|require| !require.optional)
}

/// The modules that a script has.
pub(crate) struct Loaded {
    modules: FxHashSet<SmolStr>,
    /// A module whose text is not known is required: it may require anything.
    pub(crate) anything: bool,
}

impl Loaded {
    pub(crate) fn of(script: &Script<'_>) -> Self {
        let mut loaded = Self { modules: FxHashSet::default(), anything: false };
        // Other scripts that require this one were there first.
        let mut waiting: Vec<FileId> = script.project().requirers(script.id()).collect();
        waiting.push(script.id());
        let mut seen = FxHashSet::default();
        while let Some(file) = waiting.pop() {
            if !seen.insert(file) {
                continue;
            }
            let Some(known) = script.project().script(file) else { continue };
            for module in known.required_modules() {
                match script.project().required_file(file, module) {
                    Some(required) => waiting.push(required),
                    None => loaded.anything |= script.api().module(module).is_none() && counts(&known, module),
                }
                loaded.modules.insert(module.clone());
            }
        }
        loaded
    }

    /// Whether a module is there: required, or without any `require`.
    pub(crate) fn has(&self, script: &Script<'_>, module: &str) -> bool {
        self.modules.iter().any(|known| known == module || known.replace('/', ".") == module)
            || script.api().module(module).is_some_and(|module| module.preloaded)
    }

    /// Where another `require` belongs: in the line behind the last one at the top of the script.
    pub(crate) fn insertion(&self, script: &Script<'_>) -> u32 {
        let requires = script.analysis().requires.iter().filter(|require| require.function.is_none());
        let lines = script.lines();
        let Some(last) = requires.map(|require| require.span).max_by_key(|span| span.end) else {
            let skipped = script.text().starts_with('#');
            return if skipped { lines.line_span(1, script.text()).start } else { 0 };
        };
        let next = lines.line_span(lines.line(end_of_lines(script, last)) + 1, script.text());
        next.start
    }
}

/// Where the statement around a place ends, with those and the comments that begin in its last line: each may go on in the
/// next one.
fn end_of_lines(script: &Script<'_>, place: Span) -> u32 {
    let statements = || script.tree().statements().map(|(_, statement)| statement.span);
    let around = statements().filter(|span| span.covers(place)).min_by_key(|span| span.len());
    let mut end = around.unwrap_or(place);
    loop {
        let line = script.lines().line_span(script.lines().line(end.end), script.text());
        let comments = script.parsed().comments.iter().map(|comment| comment.span);
        let longer = statements().chain(comments).find(|span| {
            end.start <= span.start && span.start <= line.end && end.end < span.end
        });
        match longer {
            Some(longer) => end = end.to(longer),
            None => return end.end,
        }
    }
}
