//! What a rule is, and how it reports.

use super::{call_path, documentation};
use crate::diagnostic::{Diagnostic, Edit, Fix, Related, Safety, Severity, Tag};
use crate::project::{FileId, Script, ServerConfiguration};
use crate::semantics::infer::flow::Step;
use crate::semantics::reach::Reach;
use crate::syntax::Span;
use smol_str::SmolStr;

/// A rule's metadata.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The name that people use: `unknown-callout`.
    pub code: &'static str,
    /// How bad a finding is, unless the finding or the configuration says otherwise.
    pub severity: Severity,
    /// The version of momentum-lua that brought it.
    pub since: &'static str,
    /// Whether it offers fixes.
    pub fixable: Fixable,
}

/// Whether a rule offers fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixable {
    /// It does not.
    No,
    /// Fixes that may be applied without a look; some findings may have none.
    Safe,
    /// Fixes that want a look; some findings may have none.
    Unsafe,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// Each Lua file.
    Script(fn(&Script<'_>, &mut Report<'_>)),
    /// The server's configuration and the scripts that it loads, once per configuration file.
    Configuration(fn(&ServerConfiguration<'_>, &mut Report<'_>)),
    /// Both.
    Both(fn(&Script<'_>, &mut Report<'_>), fn(&ServerConfiguration<'_>, &mut Report<'_>)),
}

impl Check {
    /// What it looks at in each Lua file.
    pub(crate) fn of_script(self) -> Option<fn(&Script<'_>, &mut Report<'_>)> {
        match self {
            Check::Script(check) | Check::Both(check, _) => Some(check),
            Check::Configuration(_) => None,
        }
    }

    /// What it looks at in each configuration.
    pub(crate) fn of_configuration(self) -> Option<fn(&ServerConfiguration<'_>, &mut Report<'_>)> {
        match self {
            Check::Configuration(check) | Check::Both(_, check) => Some(check),
            Check::Script(_) => None,
        }
    }
}

/// A rule with its check and documentation.
pub struct RuleEntry {
    /// The metadata.
    pub rule: &'static Rule,
    /// The family that it stands in: `registration`, `returns`, …
    pub family: &'static str,
    /// The check.
    pub check: Check,
    pub(super) documentation: &'static [u8],
}

impl RuleEntry {
    /// Whether it runs where the configuration does not say so.
    #[must_use]
    pub fn on_by_default(&self) -> bool {
        !crate::general::ON_REQUEST.contains(&self.rule.code)
    }

    /// The documentation as Markdown, with the attributes of its examples.
    #[must_use]
    pub fn documentation(&self) -> String {
        documentation::markdown(&String::from_utf8_lossy(self.documentation))
    }

    /// The first sentence of what it does.
    #[must_use]
    pub fn summary(&self) -> String {
        let text = self.documentation();
        let body = text.lines().skip_while(|line| line.starts_with('#') || line.is_empty());
        let paragraph: Vec<&str> = body.take_while(|line| !line.is_empty()).collect();
        let paragraph = paragraph.join(" ");
        match paragraph.find(". ") {
            Some(end) => paragraph.get(..=end).unwrap_or(&paragraph).to_owned(),
            None => paragraph,
        }
    }
}

/// Collects the findings of one rule.
pub struct Report<'a> {
    rule: &'static Rule,
    severity: Option<Severity>,
    findings: &'a mut Vec<(FileId, Diagnostic)>,
    file: FileId,
}

impl<'a> Report<'a> {
    /// A report for findings of `rule` in `file`. With `severity`, the configuration overrides the rule's own.
    pub(crate) fn new(
        rule: &'static Rule,
        severity: Option<Severity>,
        file: FileId,
        findings: &'a mut Vec<(FileId, Diagnostic)>,
    ) -> Self {
        Self { rule, severity, findings, file }
    }

    /// Reports `message` at `span` of the file that is checked; more can be said on what it gives back.
    pub fn at(&mut self, span: Span, message: impl Into<String>) -> Builder<'_> {
        self.in_file(self.file, span, message)
    }

    /// Reports `message` at `span` of `file`.
    pub fn in_file(&mut self, file: FileId, span: Span, message: impl Into<String>) -> Builder<'_> {
        self.findings.push((
            file,
            Diagnostic {
                code: SmolStr::new_static(self.rule.code),
                severity: self.severity.unwrap_or(self.rule.severity),
                span,
                message: message.into(),
                related: Vec::new(),
                page: None,
                fixes: Vec::new(),
                notes: Vec::new(),
                tag: None,
            },
        ));
        let index = self.findings.len() - 1;
        Builder { diagnostic: &mut self.findings[index].1, file, overridden: self.severity.is_some() }
    }
}

/// Adds to a finding.
pub struct Builder<'a> {
    diagnostic: &'a mut Diagnostic,
    file: FileId,
    overridden: bool,
}

impl Builder<'_> {
    /// Another severity than the rule's; the configuration still wins.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        if !self.overridden {
            self.diagnostic.severity = severity;
        }
        self
    }

    /// A place in the same file that belongs to it.
    pub fn related(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        self.diagnostic.related.push(Related { file: None, span, message: message.into() });
        self
    }

    /// A place in another file, or in the same, that belongs to it.
    pub fn related_in(&mut self, file: FileId, span: Span, message: impl Into<String>) -> &mut Self {
        let file = (file != self.file).then_some(file);
        self.diagnostic.related.push(Related { file, span, message: message.into() });
        self
    }

    /// The calls by which a callout, hook or other entry reaches the place.
    pub fn call_path(&mut self, reach: &Reach) -> &mut Self {
        for (step, sentence) in call_path::sentences(reach) {
            self.related_in(step.file, step.span, sentence);
        }
        self
    }

    /// The decisions on the way to the place that is wrong, the first one first, as related places. Of a long way the
    /// end is shown.
    pub fn path(&mut self, last: Option<&Step>) -> &mut Self {
        const MOST: usize = 6;
        let steps = std::iter::successors(last, |step| step.before.as_deref()).take(MOST);
        let mut places: Vec<Related> = steps
            .map(|step| Related {
                file: None,
                span: step.condition,
                message: if step.taken { "where this holds" } else { "where this does not hold" }.to_owned(),
            })
            .collect();
        places.reverse();
        self.diagnostic.related.append(&mut places);
        self
    }

    /// The page of the public documentation that it rests on.
    pub fn page(&mut self, page: impl AsRef<str>) -> &mut Self {
        self.diagnostic.page = Some(SmolStr::new(page.as_ref()));
        self
    }

    /// The page, if there is one.
    pub fn page_of(&mut self, about: &momentum_lua_stub_reader::model::About) -> &mut Self {
        if let Some(page) = &about.page {
            self.page(page.as_str());
        }
        self
    }

    /// A line below the excerpt: advice, an explanation.
    pub fn note(&mut self, note: impl Into<String>) -> &mut Self {
        self.diagnostic.notes.push(note.into());
        self
    }

    /// A fix that may be applied without a look.
    pub fn safe_fix(&mut self, title: impl Into<String>, edits: Vec<Edit>) -> &mut Self {
        self.diagnostic.fixes.push(Fix { title: title.into(), safety: Safety::Safe, edits });
        self
    }

    /// A fix that wants a look.
    pub fn unsafe_fix(&mut self, title: impl Into<String>, edits: Vec<Edit>) -> &mut Self {
        self.diagnostic.fixes.push(Fix { title: title.into(), safety: Safety::Unsafe, edits });
        self
    }

    /// What editors may render specially.
    pub fn tag(&mut self, tag: Tag) -> &mut Self {
        self.diagnostic.tag = Some(tag);
        self
    }
}
