//! `options.toml`

use serde::Deserialize;
use toml::Spanned;

use super::facts::entries;
use super::{Reader, optional, text, texts};
use crate::model::{
    ConfigurationOption, ConfigurationScope, DatasourceDriver, Named, RuntimeError, ScriptRules, Text,
    ThreadPool,
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    scope: Vec<Spanned<Scope>>,
    #[serde(default)]
    option: Vec<Spanned<Entry>>,
    #[serde(default)]
    driver: Vec<Spanned<Driver>>,
    #[serde(default)]
    threadpool: Vec<Spanned<Pool>>,
    #[serde(default)]
    runtime_error: Vec<Spanned<Message>>,
    scriptlet: Option<Scriptlet>,
    script: Option<Script>,
    search_path: Option<SearchPath>,
    print: Option<Print>,
    checker: Option<Checker>,
}

entries! {
    struct Scope {
        name: String,
        #[serde(rename = "in")]
        inside: Vec<String>,
        named: Option<Spanned<HasName>>,
    }

    struct Entry {
        name: String,
        scopes: Vec<Spanned<String>>,
        #[serde(rename = "type")]
        kind: Spanned<String>,
        unit: Option<String>,
        default: Option<String>,
        default_3: Option<String>,
        #[serde(default)]
        values: Vec<String>,
        example: Option<String>,
        #[serde(default)]
        required: bool,
        replaced: Option<String>,
    }

    struct Driver {
        name: String,
        uri: String,
    }

    struct Pool {
        name: String,
    }

    struct Message {
        text: String,
        when: String,
        cause: String,
        #[serde(default)]
        kind: String,
    }

    struct Scriptlet {
        #[serde(default)]
        requires: Vec<String>,
        #[serde(default)]
        instances: String,
    }

    struct Script {
        options: Vec<String>,
        separators: Vec<String>,
        extension: String,
        #[serde(default)]
        recommended: Vec<String>,
    }

    struct SearchPath {
        folders: Vec<String>,
        base: String,
        #[serde(default)]
        helpers: Vec<String>,
        #[serde(default)]
        library: Vec<String>,
    }

    struct Print {
        goes_to: String,
        line: String,
    }

    struct Checker {
        command: String,
    }
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum HasName {
    Maybe(bool),
    Word(String),
}

/// Kinds of values.
const KINDS: &[&str] = &["boolean", "number", "string", "list", "range", "duration", "action", "scope"];

impl Reader<'_> {
    pub(super) fn options(&mut self, file: File) {
        let mut known: Vec<Text> = Vec::new();
        for scope in file.scope {
            known.push(text(&scope.get_ref().name));
            known.extend(texts(&scope.get_ref().inside));
            self.scope(scope);
        }
        for entry in file.option {
            self.option(entry, &known);
        }
        for driver in file.driver {
            let at = driver.span();
            let driver = driver.into_inner();
            let driver = DatasourceDriver {
                name: text(&driver.name),
                uri: text(&driver.uri),
                about: self.about(&driver.facts(), &at),
            };
            self.facts().drivers.push(driver);
        }
        for pool in file.threadpool {
            let at = pool.span();
            let pool = pool.into_inner();
            let pool = ThreadPool { name: text(&pool.name), about: self.about(&pool.facts(), &at) };
            self.facts().thread_pools.push(pool);
        }
        for message in file.runtime_error {
            let at = message.span();
            let message = message.into_inner();
            let error = RuntimeError {
                text: text(&message.text),
                when: text(&message.when),
                cause: text(&message.cause),
                kind: text(&message.kind),
                about: self.about(&message.facts(), &at),
            };
            self.facts().runtime_errors.push(error);
        }
        let scripts = &mut self.facts().scripts;
        rules(scripts, file.scriptlet, file.script, file.search_path);
        if let Some(print) = file.print {
            scripts.print_to = text(&print.goes_to);
            scripts.print_line = text(&print.line);
            scripts.print_doc = text(&print.doc);
        }
        if let Some(checker) = file.checker {
            scripts.checker = text(&checker.command);
        }
    }

    fn scope(&mut self, scope: Spanned<Scope>) {
        let at = scope.span();
        let scope = scope.into_inner();
        let named = match scope.named.as_ref().map(|named| (named.get_ref(), named.span())) {
            None | Some((HasName::Maybe(false), _)) => Named::Never,
            Some((HasName::Maybe(true), _)) => Named::Maybe,
            Some((HasName::Word(word), range)) => {
                if word != "required" {
                    self.problem(range, format!("expected true, false or \"required\", found \"{word}\""));
                }
                Named::Always
            }
        };
        let scope = ConfigurationScope {
            name: text(&scope.name),
            inside: texts(&scope.inside),
            named,
            about: self.about(&scope.facts(), &at),
        };
        self.facts().scopes.push(scope);
    }

    fn option(&mut self, entry: Spanned<Entry>, known: &[Text]) {
        let at = entry.span();
        let entry = entry.into_inner();
        if !KINDS.contains(&entry.kind.get_ref().as_str()) {
            let message =
                format!("no kind of value is called `{}`: {} are", entry.kind.get_ref(), KINDS.join(", "));
            self.problem(entry.kind.span(), message);
        }
        for scope in &entry.scopes {
            if !known.is_empty() && !known.iter().any(|name| *name == **scope.get_ref()) {
                self.problem(scope.span(), format!("no scope is called `{}`", scope.get_ref()));
            }
        }
        let option = ConfigurationOption {
            name: text(&entry.name),
            scopes: entry.scopes.iter().map(|scope| text(scope.get_ref())).collect(),
            kind: text(entry.kind.get_ref()),
            unit: optional(entry.unit.as_ref()),
            default: optional(entry.default.as_ref()),
            default_3: optional(entry.default_3.as_ref()),
            values: texts(&entry.values),
            example: optional(entry.example.as_ref()),
            required: entry.required,
            replaced: optional(entry.replaced.as_ref()),
            about: self.about(&entry.facts(), &at),
        };
        self.draft.model.options.push(option);
    }
}

fn rules(
    rules: &mut ScriptRules,
    scriptlet: Option<Scriptlet>,
    script: Option<Script>,
    path: Option<SearchPath>,
) {
    if let Some(scriptlet) = scriptlet {
        rules.requires = texts(&scriptlet.requires);
        rules.instances = text(&scriptlet.instances);
        rules.doc = text(&scriptlet.doc);
    }
    if let Some(script) = script {
        rules.options = texts(&script.options);
        rules.separators = texts(&script.separators);
        rules.extension = text(&script.extension);
        rules.recommended = texts(&script.recommended);
        rules.script_doc = text(&script.doc);
    }
    if let Some(path) = path {
        rules.folders = texts(&path.folders);
        rules.base = text(&path.base);
        rules.helpers = texts(&path.helpers);
        rules.library = texts(&path.library);
        rules.search_doc = text(&path.doc);
    }
}
