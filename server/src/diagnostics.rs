//! Findings on their way to the client: what is looked at next, what was said, pushed and pulled.
//!
//! After a change the changed document is looked at first, then the other open ones, and when no change came for a
//! while, all other files. Only what differs from what was said before is said. A client that pulls once gets nothing
//! pushed for open documents any more: it would show everything twice. What it changed it asks for by itself; what it did
//! not ask for, and the other documents, for which it is told to ask again, wait until it has asked for nothing for a
//! moment.

use std::collections::{BTreeSet, VecDeque};
use std::hash::{BuildHasher, Hash, Hasher};
use std::path::PathBuf;

use momentum_lua_analyzer::configuration::project::{FILE_NAME, parse};
use momentum_lua_analyzer::configuration::toml_text::TomlError;
use momentum_lua_analyzer::diagnostic::{Diagnostic, Severity, Tag};
use momentum_lua_analyzer::project::FileId;
use momentum_lua_analyzer::syntax::LineIndex;
use momentum_lua_analyzer::{links, rules};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use tower_lsp::lsp_types::{
    self as lsp, CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, Url,
};

use crate::features::{run_diagnostics, test_diagnostics};
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
    /// Open documents whose findings were worked out since the last change.
    fresh: FxHashSet<Url>,
    /// What was found in files when all of them were asked for, and its name, since the last change.
    all: FxHashMap<Url, (Vec<lsp::Diagnostic>, String)>,
    /// What stands at the client, by its hash; nothing where there is nothing.
    said: FxHashMap<Url, u64>,
    /// Of which files the client has findings that it did not ask for.
    pushed: FxHashSet<Url>,
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
        self.something_changed();
    }

    fn something_changed(&mut self) {
        self.fresh.clear();
        self.all.clear();
    }

    /// A document was closed.
    pub(crate) fn closed(&mut self, url: &Url) {
        self.soon.retain(|(known, _)| known != url);
        self.rest.push_front(url.clone());
    }

    /// Everything may have other findings.
    pub(crate) fn look_again(&mut self) {
        self.others = true;
        self.something_changed();
        self.list_rest = true;
    }

    /// Whether only such files are left to look at that nobody waits for: one who asks for findings waits for answers.
    pub(crate) fn may_wait(&self) -> bool {
        let is_left = !self.soon.is_empty() || self.others || self.list_rest || !self.rest.is_empty();
        self.pulled && is_left && self.soon.iter().all(|(_, changed)| !changed)
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
                urls.extend(paths.filter_map(|path| self.url_of(&path)));
            }
            urls.extend(self.toml_files());
            urls.extend(self.results.files().into_iter().filter_map(|path| self.url_of(&path)));
        }
        urls.extend(self.reports.said.keys().cloned());
        let mut urls: Vec<Url> = urls.into_iter().filter(|url| self.document(url).is_none()).collect();
        urls.sort();
        self.reports.rest = urls.into();
    }

    /// Says what is found in a file, if its text is new or if that differs from what was said.
    fn report(&mut self, url: &Url, changed: bool) {
        let is_open = self.document(url).is_some();
        if !changed && self.reports.fresh.contains(url) {
            return;
        }
        // The client asks for what it changed.
        if changed && is_open && (self.reports.pulled || self.reports.pulled_all) {
            return;
        }
        let in_scope = is_open || self.settings.diagnostics_scope == Scope::Workspace;
        let diagnostics = if self.settings.diagnostics && in_scope { self.found(url) } else { Vec::new() };
        if is_open {
            self.reports.fresh.insert(url.clone());
        }
        let hash = (!diagnostics.is_empty()).then(|| hash(&diagnostics));
        let pushes = !(self.reports.pulled_all || (self.reports.pulled && is_open));
        // What the client asked for while the document was open goes when it is closed.
        let gone = pushes && hash.is_some() && !self.reports.pushed.contains(url);
        let news = self.reports.said.get(url) != hash.as_ref() || gone;
        if !news && !changed {
            return;
        }
        match hash {
            Some(hash) => self.reports.said.insert(url.clone(), hash),
            None => self.reports.said.remove(url),
        };
        if !pushes {
            if news && self.client.refreshes.diagnostics {
                self.outgoing.send(|client| async move {
                    let _ = client.workspace_diagnostic_refresh().await;
                });
            }
            return;
        }
        let version = self.document(url).map(|document| document.version);
        let version = version.filter(|_| self.client.versioned_diagnostics);
        match diagnostics.is_empty() {
            true => self.reports.pushed.remove(url),
            false => self.reports.pushed.insert(url.clone()),
        };
        self.outgoing.publish(url.clone(), diagnostics, version);
    }

    /// What is found in an open document, with a name for that state. From now on nothing is pushed for open documents.
    pub(crate) fn pull(&mut self, url: &Url) -> (Vec<lsp::Diagnostic>, String) {
        self.reports.pulled = true;
        // What was pushed, also while the document was not open yet, would stand beside what is asked for. Of other
        // documents the client may not ask for long.
        if self.reports.pushed.remove(url) {
            self.outgoing.publish(url.clone(), Vec::new(), None);
        }
        let diagnostics = if self.settings.diagnostics { self.found(url) } else { Vec::new() };
        self.reports.fresh.insert(url.clone());
        let name = hash(&diagnostics);
        match diagnostics.is_empty() {
            true => self.reports.said.remove(url),
            false => self.reports.said.insert(url.clone(), name),
        };
        // A client that closed a document and opened it again may know the last name and not what it stood for: Neovim
        // 0.12 does so when it reads a buffer anew.
        let opening = self.document(url).map_or(0, |document| document.opening);
        (diagnostics, format!("{name:016x}-{opening}"))
    }

    /// The files that something may be found in. From now on nothing is pushed.
    pub(crate) fn pull_all(&mut self) -> Vec<Url> {
        if !self.reports.pulled_all {
            self.reports.pulled_all = true;
            for url in std::mem::take(&mut self.reports.pushed) {
                self.outgoing.publish(url, Vec::new(), None);
            }
        }
        if !self.settings.diagnostics {
            return Vec::new();
        }
        let mut all = Vec::new();
        for tree in self.trees() {
            let checked = tree.workspace.checked().iter().filter(|&&id| self.is_checked(tree, id));
            let paths = checked.filter_map(|&id| tree.workspace.path(id));
            all.extend(paths.filter(|path| self.is_of(path, tree)).filter_map(|path| self.url_of(&path)));
        }
        all.extend(self.toml_files());
        all
    }

    /// What is found in one of all files, with a name for that state. Clients ask for all again and again: what did not
    /// change is not worked out again.
    pub(crate) fn pull_of_all(&mut self, url: &Url) -> (Vec<lsp::Diagnostic>, String) {
        if let Some(known) = self.reports.all.get(url) {
            return known.clone();
        }
        let diagnostics = if self.settings.diagnostics { self.found(url) } else { Vec::new() };
        let name = format!("{:016x}", hash(&diagnostics));
        self.reports.all.insert(url.clone(), (diagnostics.clone(), name.clone()));
        (diagnostics, name)
    }

    /// The files of the trees that are no policy: sessions, and configuration of the project.
    fn toml_files(&self) -> Vec<Url> {
        let sessions = self.sessions.all().into_iter().map(|(path, _)| path.to_owned());
        let configurations = self.trees().iter().filter_map(|tree| {
            let configuration = tree.workspace.configuration();
            configuration.file.as_ref().map(|_| configuration.root.join(FILE_NAME))
        });
        // Folders inside one another share their configuration.
        let paths: BTreeSet<PathBuf> = sessions.chain(configurations).collect();
        paths.iter().filter_map(|path| self.url_of(path)).collect()
    }

    /// Whether findings of a file are said. An excluded file that is open is analysed, since the user wants to move in
    /// it; but `check` says nothing of it either.
    fn is_checked(&self, tree: &Tree, id: FileId) -> bool {
        tree.workspace.checked().contains(&id)
            && tree
                .workspace
                .path(id)
                .is_some_and(|path| self.document_at(&path).is_none_or(|document| !document.is_excluded))
    }

    /// What is found in a file now.
    fn found(&self, url: &Url) -> Vec<lsp::Diagnostic> {
        let path = self.path_of(url);
        let mut found = if url.path().ends_with(FILE_NAME) {
            self.found_in_configuration(url)
        } else if self.sessions.knows(&path) {
            let errors = self.session_errors(&path);
            errors.map(|(text, errors)| self.of_toml(&text, &errors, "session")).unwrap_or_default()
        } else {
            match self.find(url) {
                Some((tree, id)) if self.is_checked(tree, id) => {
                    self.converted(tree, id, &tree.workspace.project().diagnostics(id))
                }
                _ => Vec::new(),
            }
        };
        found.extend(run_diagnostics::found(self, url));
        found.extend(test_diagnostics::found(self, url));
        found
    }

    /// What is wrong with a `momentum-lua.toml`, as it stands in the editor or on the disk.
    fn found_in_configuration(&self, url: &Url) -> Vec<lsp::Diagnostic> {
        let Some(text) = self.text_or_disk(&self.path_of(url)) else { return Vec::new() };
        let (_, errors) = parse(&text, &rules::known());
        self.of_toml(&text, &errors, "configuration")
    }

    /// Mistakes in a TOML file.
    fn of_toml(&self, text: &str, errors: &[TomlError], code: &str) -> Vec<lsp::Diagnostic> {
        let lines = LineIndex::new(text);
        let errors = errors.iter().map(|error| lsp::Diagnostic {
            range: self.client.positions.range(error.span(), &lines, text),
            severity: Some(DiagnosticSeverity::ERROR),
            code: Some(NumberOrString::String(code.to_owned())),
            source: Some(SOURCE.to_owned()),
            message: error.message.clone(),
            ..lsp::Diagnostic::default()
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

fn place(range: lsp::Range) -> [u32; 4] {
    [range.start.line, range.start.character, range.end.line, range.end.character]
}

fn hash(diagnostics: &[lsp::Diagnostic]) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    for diagnostic in diagnostics {
        place(diagnostic.range).hash(&mut hasher);
        diagnostic.message.hash(&mut hasher);
        format!("{:?} {:?}", diagnostic.code, diagnostic.severity).hash(&mut hasher);
        for related in diagnostic.related_information.iter().flatten() {
            related.location.uri.hash(&mut hasher);
            place(related.location.range).hash(&mut hasher);
            related.message.hash(&mut hasher);
        }
    }
    hasher.finish()
}
