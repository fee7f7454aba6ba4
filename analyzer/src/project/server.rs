//! A server configuration of a project, as rules see it.

use super::{FileId, Project, Script, Server};
use crate::configuration::includes::{self, Configuration, ConfigurationFile, Place};
use crate::configuration::scriptlets::{self, PolicyConfiguration};
use crate::syntax::{Span, offset_u32};

/// A server configuration with everything that it includes.
#[derive(Clone, Copy)]
pub struct ServerConfiguration<'a> {
    pub(super) project: &'a Project,
    pub(super) server: &'a Server,
}

impl<'a> ServerConfiguration<'a> {
    /// The project.
    #[must_use]
    pub fn project(&self) -> &'a Project {
        self.project
    }

    /// The whole configuration.
    #[must_use]
    pub fn configuration(&self) -> &'a Configuration {
        &self.server.configuration
    }

    /// What of it concerns policy.
    #[must_use]
    pub fn policy(&self) -> &'a PolicyConfiguration {
        &self.server.policy
    }

    /// The main file, if it has any.
    #[must_use]
    pub fn main_file(&self) -> Option<FileId> {
        self.server.files.first().copied()
    }

    /// A place of the configuration as a file of the project and a range.
    #[must_use]
    pub fn place(&self, place: &Place) -> Option<(FileId, Span)> {
        let position = self.server.configuration.files().position(|(id, _)| id == place.file)?;
        let span = Span::new(offset_u32(place.range.start), offset_u32(place.range.end));
        Some((self.server.files.get(position).copied()?, span))
    }

    /// A file of the project as a part of this configuration.
    #[must_use]
    pub fn file_of(&self, file: FileId) -> Option<(includes::FileId, &'a ConfigurationFile)> {
        let position = self.server.files.iter().position(|&known| known == file)?;
        self.server.configuration.files().nth(position)
    }

    /// The file that an `include` of `from` reads, if it is one that the project has. A folder is none.
    #[must_use]
    pub fn included_file(&self, path: &str, from: FileId) -> Option<FileId> {
        let from = self.project.path(from)?;
        let candidates = self.server.search.include_candidates(path, from);
        candidates.iter().find_map(|path| self.project.file(path))
    }

    /// Where the file of a script stanza may be, best first.
    #[must_use]
    pub fn candidates(&self, script: &scriptlets::Script) -> Vec<String> {
        script.candidates(&self.server.search)
    }

    /// The file that a `source` names, if the project has it.
    #[must_use]
    pub fn source_file(&self, source: &str) -> Option<FileId> {
        self.server.search.script_candidates(source, None).iter().find_map(|path| self.project.file(path))
    }

    /// The file that a script stanza loads, if the project has it.
    #[must_use]
    pub fn script_file(&self, script: &scriptlets::Script) -> Option<Script<'a>> {
        let known = script.source.as_ref().and_then(|source| self.server.scripts.get(&source.text));
        let file = match known.filter(|_| !self.project.moved) {
            Some(file) => *file,
            None => self.candidates(script).iter().find_map(|path| self.project.file(path)),
        };
        self.project.script(file?)
    }
}
