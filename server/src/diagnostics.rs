//! Findings on their way to the client: what is looked at next, what was said, pushed and pulled.
//!
//! After a change the changed document is looked at first, then the other open ones, and when no change came for a
//! while, all other files. Only what differs from what was said before is said. A client that pulls once gets nothing
//! pushed for open documents any more: it would show everything twice.

use std::collections::VecDeque;
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Arc;

use momentum_lua_analyzer::configuration::project::{FILE_NAME, parse};
use momentum_lua_analyzer::diagnostic::{Diagnostic, Severity, Tag};
use momentum_lua_analyzer::project::FileId;
use momentum_lua_analyzer::syntax::{LineIndex, Span};
use momentum_lua_analyzer::{links, rules};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use tower_lsp::lsp_types::{
    self as lsp, CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, Url,
};

use crate::settings::Scope;
use crate::world::{Tree, World};

/// The name under which findings are shown.
pub(crate) const SOURCE: &str = "momentum-lua";

/// What was reported, and what has to be looked at again.
#[derive(Debug, Default)]
pub(crate) struct Reports {
    /// Open documents, and whether they themselves changed: then even the same findings are said again, for the new
    /// version.
    soon: VecDeque<(Url, bool)>,
    rest: VecDeque<Url>,
    /// The open documents that did not change may have other findings, too.
    others: bool,
    /// What stands at the client, by its hash; nothing where there is nothing.
    said: FxHashMap<Url, u64>,
    /// The client asks for open documents itself.
    pulled: bool,
    /// The client asks for the whole tree itself.
    pulled_all: bool,
    /// All files of the trees are to be listed in `rest`.
    list_rest: bool,
}

impl Reports {
    /// A document changed.
    pub(crate) fn changed(&mut self, url: Url) {
        self.soon.retain(|(known, _)| *known != url);
        self.soon.push_back((url, true));
        self.others = true;
    }

    /// A document was closed.
    pub(crate) fn closed(&mut self, url: &Url) {
        self.soon.retain(|(known, _)| known != url);
        self.rest.push_front(url.clone());
    }

    /// Everything may have other findings.
    pub(crate) fn look_again(&mut self) {
        self.others = true;
        self.list_rest = true;
    }

    /// Files that are not open may have other findings.
    pub(crate) fn look_at_rest(&mut self) {
        self.list_rest = true;
    }
}

impl World {
    /// Looks at the next file that may have other findings than were said. `false` when there is none.
    pub(crate) fn report_next(&mut self) -> bool {
        if let Some((url, changed)) = self.reports.soon.pop_front() {
            self.report(&url, changed);
            return true;
        }
        if std::mem::take(&mut self.reports.others) {
            self.reports.soon = self.documents().map(|(url, _)| (url.clone(), false)).collect();
            return true;
        }
        if std::mem::take(&mut self.reports.list_rest) {
            self.list_rest();
            return true;
        }
        if let Some(url) = self.reports.rest.pop_front() {
            self.report(&url, false);
            return true;
        }
        false
    }

    /// Lists the files that are not open, and those that the client shows something of though they are gone.
    fn list_rest(&mut self) {
        let mut urls = FxHashSet::default();
        if self.settings.diagnostics_scope == Scope::Workspace {
            for tree in self.trees() {
                let paths = tree.workspace.checked().iter().filter_map(|&id| tree.workspace.path(id));
                urls.extend(paths.filter_map(|path| Url::from_file_path(path).ok()));
                let file = tree.workspace.configuration().file.as_ref();
                urls.extend(file.and_then(|_| {
                    Url::from_file_path(tree.workspace.configuration().root.join(FILE_NAME)).ok()
                }));
            }
        }
        urls.extend(self.reports.said.keys().cloned());
        let mut urls: Vec<Url> = urls.into_iter().filter(|url| self.document(url).is_none()).collect();
        urls.sort();
        self.reports.rest = urls.into();
    }

    /// Says what is found in a file, if its text is new or if that differs from what was said.
    fn report(&mut self, url: &Url, changed: bool) {
        let is_open = self.document(url).is_some();
        let in_scope = is_open || self.settings.diagnostics_scope == Scope::Workspace;
        let diagnostics = if self.settings.diagnostics && in_scope { self.found(url) } else { Vec::new() };
        let hash = (!diagnostics.is_empty()).then(|| hash(&diagnostics));
        let news = self.reports.said.get(url) != hash.as_ref();
        if !news && !changed {
            return;
        }
        match hash {
            Some(hash) => self.reports.said.insert(url.clone(), hash),
            None => self.reports.said.remove(url),
        };
        if self.reports.pulled_all || (self.reports.pulled && is_open) {
            if news && self.client.refreshes.diagnostics {
                self.outgoing.send(|client| async move {
                    let _ = client.workspace_diagnostic_refresh().await;
                });
            }
            return;
        }
        let version = self.document(url).map(|document| document.version);
        let version = version.filter(|_| self.client.versioned_diagnostics);
        self.outgoing.publish(url.clone(), diagnostics, version);
    }

    /// What is found in an open document, with a name for that state. From now on nothing is pushed for open documents.
    pub(crate) fn pull(&mut self, url: &Url) -> (Vec<lsp::Diagnostic>, String) {
        if !self.reports.pulled {
            self.reports.pulled = true;
            let said: Vec<Url> = self.reports.said.keys().cloned().collect();
            for url in said.into_iter().filter(|url| self.document(url).is_some()) {
                self.outgoing.publish(url, Vec::new(), None);
            }
        }
        let diagnostics = if self.settings.diagnostics { self.found(url) } else { Vec::new() };
        let name = hash(&diagnostics);
        match diagnostics.is_empty() {
            true => self.reports.said.remove(url),
            false => self.reports.said.insert(url.clone(), name),
        };
        (diagnostics, format!("{name:016x}"))
    }

    /// What is found in all files. From now on nothing is pushed.
    pub(crate) fn pull_all(&mut self) -> Vec<(Url, Vec<lsp::Diagnostic>, String)> {
        if !self.reports.pulled_all {
            self.reports.pulled_all = true;
            let said: Vec<Url> = self.reports.said.keys().cloned().collect();
            for url in said {
                self.outgoing.publish(url, Vec::new(), None);
            }
        }
        let mut all = Vec::new();
        if !self.settings.diagnostics {
            return all;
        }
        for tree in self.trees() {
            for (id, diagnostics) in tree.workspace.project().all_diagnostics() {
                if !tree.workspace.checked().contains(&id) {
                    continue;
                }
                let Some(url) = tree.workspace.path(id).and_then(|path| self.url_of(&path)) else { continue };
                let diagnostics = self.converted(tree, id, &diagnostics);
                let name = format!("{:016x}", hash(&diagnostics));
                all.push((url, diagnostics, name));
            }
        }
        all
    }

    /// What is found in a file now.
    fn found(&self, url: &Url) -> Vec<lsp::Diagnostic> {
        if url.path().ends_with(FILE_NAME) {
            return self.found_in_configuration(url);
        }
        match self.find(url) {
            Some((tree, id)) if tree.workspace.checked().contains(&id) => {
                self.converted(tree, id, &tree.workspace.project().diagnostics(id))
            }
            _ => Vec::new(),
        }
    }

    /// What is wrong with a `momentum-lua.toml`, as it stands in the editor or on the disk.
    fn found_in_configuration(&self, url: &Url) -> Vec<lsp::Diagnostic> {
        let text = match self.document(url) {
            Some(document) => Arc::clone(&document.text),
            None => match std::fs::read_to_string(self.path_of(url)) {
                Ok(text) => text.into(),
                Err(_) => return Vec::new(),
            },
        };
        let lines = LineIndex::new(&text);
        let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let (_, errors) = parse(&text, &rules::known());
        let errors = errors.iter().map(|error| {
            let span = Span::new(offset(error.range.start), offset(error.range.end));
            lsp::Diagnostic {
                range: self.client.positions.range(span, &lines, &text),
                severity: Some(DiagnosticSeverity::ERROR),
                source: Some(SOURCE.to_owned()),
                message: error.message.to_string(),
                ..lsp::Diagnostic::default()
            }
        });
        errors.collect()
    }

    /// Findings as the protocol has them.
    fn converted(&self, tree: &Tree, id: FileId, diagnostics: &[Diagnostic]) -> Vec<lsp::Diagnostic> {
        diagnostics.iter().filter_map(|diagnostic| self.convert(tree, id, diagnostic)).collect()
    }

    /// A finding as the protocol has it.
    pub(crate) fn convert(
        &self,
        tree: &Tree,
        id: FileId,
        diagnostic: &Diagnostic,
    ) -> Option<lsp::Diagnostic> {
        let project = tree.workspace.project();
        let (text, lines) = (project.text(id)?, project.lines(id)?);
        let positions = self.client.positions;
        let related = diagnostic.related.iter().filter_map(|related| {
            let file = related.file.unwrap_or(id);
            let uri = self.url_of(&tree.workspace.path(file)?)?;
            let range = positions.range(related.span, project.lines(file)?, project.text(file)?);
            Some(DiagnosticRelatedInformation {
                location: Location { uri, range },
                message: related.message.clone(),
            })
        });
        let related: Vec<_> = if self.client.related_information { related.collect() } else { Vec::new() };
        let mut message = diagnostic.message.clone();
        for note in &diagnostic.notes {
            message.push('\n');
            message.push_str(note);
        }
        Some(lsp::Diagnostic {
            range: positions.range(diagnostic.span, lines, text),
            severity: Some(match diagnostic.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
                Severity::Info => DiagnosticSeverity::INFORMATION,
            }),
            code: Some(NumberOrString::String(diagnostic.code.to_string())),
            code_description: Url::parse(&links::rule(&diagnostic.code))
                .ok()
                .map(|href| CodeDescription { href }),
            source: Some(SOURCE.to_owned()),
            message,
            related_information: (!related.is_empty()).then_some(related),
            tags: diagnostic.tag.map(|tag| match tag {
                Tag::Unnecessary => vec![DiagnosticTag::UNNECESSARY],
                Tag::Deprecated => vec![DiagnosticTag::DEPRECATED],
            }),
            data: None,
        })
    }
}

fn hash(diagnostics: &[lsp::Diagnostic]) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    for diagnostic in diagnostics {
        let range = diagnostic.range;
        (range.start.line, range.start.character, range.end.line, range.end.character).hash(&mut hasher);
        diagnostic.message.hash(&mut hasher);
        format!("{:?} {:?}", diagnostic.code, diagnostic.severity).hash(&mut hasher);
        for related in diagnostic.related_information.iter().flatten() {
            related.location.uri.hash(&mut hasher);
            related.location.range.start.line.hash(&mut hasher);
            related.message.hash(&mut hasher);
        }
    }
    hasher.finish()
}
