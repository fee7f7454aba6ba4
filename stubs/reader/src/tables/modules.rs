//! `modules.toml`

use serde::Deserialize;
use toml::Spanned;

use super::facts::entries;
use super::{Reader, optional, text};
use crate::draft::ReferenceKind;
use crate::model::Module;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    module: Vec<Spanned<Entry>>,
}

entries! {
    struct Entry {
        name: String,
        #[serde(default)]
        preloaded: bool,
        #[serde(default)]
        companions: Vec<Spanned<String>>,
        #[serde(default)]
        configuration: Vec<String>,
        #[serde(default)]
        origin: String,
        effect: Option<String>,
        replaced: Option<Spanned<String>>,
    }
}

impl Reader<'_> {
    pub(super) fn modules(&mut self, file: File) {
        for entry in file.module {
            let at = entry.span();
            let entry = entry.into_inner();
            let module = Module {
                name: text(&entry.name),
                class: None,
                preloaded: entry.preloaded,
                global: false,
                companions: self.references(ReferenceKind::Module, &entry.companions),
                configuration: entry.configuration.iter().map(|name| text(name)).collect(),
                source: text(&entry.origin),
                effect: optional(entry.effect.as_ref()),
                replaced: entry.replaced.as_ref().map(|name| self.reference(ReferenceKind::Module, name)),
                about: self.about(&entry.facts(), &at),
            };
            self.draft.model.modules.push(module);
        }
    }
}
