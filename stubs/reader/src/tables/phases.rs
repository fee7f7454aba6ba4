//! `phases.toml`

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::facts::entries;
use super::{Reader, optional, text};
use crate::draft::ReferenceKind;
use crate::model::{Injection, Per, Phase};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    injection: BTreeMap<String, Way>,
    #[serde(default)]
    phase: Vec<Spanned<Entry>>,
}

entries! {
    struct Way {
        order: Vec<Spanned<String>>,
        #[serde(default)]
        inferred: Vec<Spanned<String>>,
    }

    struct Entry {
        name: String,
        per: Runs,
        #[serde(default)]
        optional: bool,
        #[serde(default)]
        summary: bool,
        #[serde(default)]
        before: Vec<Spanned<String>>,
        callout: Option<Spanned<String>>,
        #[serde(default)]
        after: Vec<Spanned<String>>,
        #[serde(default)]
        hooks: Vec<Spanned<String>>,
        #[serde(default)]
        side: Vec<Spanned<String>>,
        #[serde(default)]
        change: String,
        #[serde(default)]
        reply: String,
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Runs {
    Configuration,
    Connection,
    Command,
    Message,
    Recipient,
}

impl From<Runs> for Per {
    fn from(runs: Runs) -> Self {
        match runs {
            Runs::Configuration => Per::Configuration,
            Runs::Connection => Per::Connection,
            Runs::Command => Per::Command,
            Runs::Message => Per::Message,
            Runs::Recipient => Per::Recipient,
        }
    }
}

impl Reader<'_> {
    pub(super) fn phases(&mut self, file: File) {
        for (name, way) in file.injection {
            let injection = Injection {
                name: text(&name),
                order: self.references(ReferenceKind::Phase, &way.order),
                inferred: self.references(ReferenceKind::Phase, &way.inferred),
                page: optional(way.page.as_ref()),
            };
            self.facts().injections.push(injection);
        }
        for entry in file.phase {
            let at = entry.span();
            let entry = entry.into_inner();
            let phase = Phase {
                name: text(&entry.name),
                per: entry.per.into(),
                optional: entry.optional,
                in_summary: entry.summary,
                before: self.references(ReferenceKind::Hook, &entry.before),
                callout: entry.callout.as_ref().map(|name| self.reference(ReferenceKind::Hook, name)),
                after: self.references(ReferenceKind::Hook, &entry.after),
                hooks: self.references(ReferenceKind::Hook, &entry.hooks),
                side: self.references(ReferenceKind::Hook, &entry.side),
                change: text(&entry.change),
                reply: text(&entry.reply),
                about: self.about(&entry.facts(), &at),
            };
            self.draft.model.phases.push(phase);
        }
    }
}
