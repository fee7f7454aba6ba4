//! `macros.toml`

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::facts::entries;
use super::{Reader, optional, text, texts};
use crate::model::{Macro, MacroGrammar, MacroNamespace, Text};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    grammar: Option<Spanned<Grammar>>,
    #[serde(default)]
    namespace: BTreeMap<String, Spanned<Namespace>>,
    #[serde(default, rename = "macro")]
    macros: Vec<Spanned<Entry>>,
}

entries! {
    struct Grammar {
        namespaced: String,
        short: String,
        sieve_variable: String,
        default_namespaces: Vec<String>,
    }

    struct Namespace {
        #[serde(default)]
        short: bool,
        transformers: Option<String>,
        module: Option<String>,
    }

    struct Entry {
        syntax: String,
        namespace: Spanned<String>,
        short: Option<String>,
        #[serde(default)]
        arguments: Vec<(String, String)>,
        #[serde(default)]
        values: Vec<String>,
        #[serde(default)]
        expand_macro: bool,
    }
}

impl Reader<'_> {
    pub(super) fn macros(&mut self, file: File) {
        if let Some(grammar) = file.grammar {
            let at = grammar.span();
            let grammar = grammar.into_inner();
            self.facts().macro_grammar = MacroGrammar {
                namespaced: text(&grammar.namespaced),
                short: text(&grammar.short),
                sieve_variable: text(&grammar.sieve_variable),
                default_namespaces: texts(&grammar.default_namespaces),
                about: self.about(&grammar.facts(), &at),
            };
        }
        let mut known: Vec<Text> = Vec::new();
        for (name, namespace) in file.namespace {
            let at = namespace.span();
            let namespace = namespace.into_inner();
            known.push(text(&name));
            let namespace = MacroNamespace {
                name: text(&name),
                short: namespace.short,
                transformers: optional(namespace.transformers.as_ref()),
                module: optional(namespace.module.as_ref()),
                about: self.about(&namespace.facts(), &at),
            };
            self.facts().macro_namespaces.push(namespace);
        }
        for entry in file.macros {
            let at = entry.span();
            let entry = entry.into_inner();
            let namespace = text(entry.namespace.get_ref());
            if !known.is_empty() && !known.contains(&namespace) {
                self.problem(entry.namespace.span(), format!("no namespace is called `{namespace}`"));
            }
            let entry = Macro {
                syntax: text(&entry.syntax),
                namespace,
                short: optional(entry.short.as_ref()),
                arguments: entry
                    .arguments
                    .iter()
                    .map(|(name, meaning)| (text(name), text(meaning)))
                    .collect(),
                values: texts(&entry.values),
                expand_macro: entry.expand_macro,
                about: self.about(&entry.facts(), &at),
            };
            self.draft.model.macros.push(entry);
        }
    }
}
