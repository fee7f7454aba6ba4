//! `context_variables.toml`

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::facts::entries;
use super::{Reader, optional, text, texts};
use crate::draft::ReferenceKind;
use crate::model::{ContextDictionary, ContextVariable};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    dictionary: BTreeMap<String, Spanned<Dictionary>>,
    #[serde(default)]
    variable: Vec<Spanned<Entry>>,
}

entries! {
    struct Dictionary {
        vctx: Spanned<String>,
        message: Spanned<String>,
        #[serde(rename = "macro")]
        macro_syntax: String,
        lifetime: String,
    }

    struct Entry {
        name: String,
        #[serde(default)]
        template: bool,
        dictionary: Spanned<String>,
        #[serde(default)]
        module: String,
        from: Option<Spanned<String>>,
        #[serde(default)]
        from_inferred: bool,
        #[serde(default)]
        set_by: Vec<Spanned<String>>,
        #[serde(default)]
        values: Vec<String>,
        effect: Option<String>,
        set_in: Option<Spanned<String>>,
        option: Option<String>,
    }
}

impl Reader<'_> {
    pub(super) fn context_variables(&mut self, file: File) {
        for (name, dictionary) in file.dictionary {
            let at = dictionary.span();
            let dictionary = dictionary.into_inner();
            let dictionary = ContextDictionary {
                name: text(&name),
                vctx: self.reference(ReferenceKind::Constant, &dictionary.vctx),
                message: self.reference(ReferenceKind::Constant, &dictionary.message),
                macro_syntax: text(&dictionary.macro_syntax),
                lifetime: text(&dictionary.lifetime),
                about: self.about(&dictionary.facts(), &at),
            };
            self.facts().dictionaries.push(dictionary);
        }
        for entry in file.variable {
            let at = entry.span();
            let entry = entry.into_inner();
            let dictionary = text(entry.dictionary.get_ref());
            if dictionary != "conn" && dictionary != "mess" {
                let message = format!("expected \"conn\" or \"mess\", found \"{dictionary}\"");
                self.problem(entry.dictionary.span(), message);
            }
            let variable = ContextVariable {
                name: text(&entry.name),
                template: entry.template,
                dictionary,
                module: text(&entry.module),
                from: entry.from.as_ref().map(|name| self.reference(ReferenceKind::Hook, name)),
                from_inferred: entry.from_inferred,
                set_by: self.references(ReferenceKind::Function, &entry.set_by),
                values: texts(&entry.values),
                effect: optional(entry.effect.as_ref()),
                set_in: entry.set_in.as_ref().map(|name| self.reference(ReferenceKind::Hook, name)),
                option: optional(entry.option.as_ref()),
                about: self.about(&entry.facts(), &at),
            };
            self.draft.model.context_variables.push(variable);
        }
    }
}
