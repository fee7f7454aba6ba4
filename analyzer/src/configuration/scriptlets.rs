//! What policy needs to know of a configuration: which scripts are loaded, under which names, and what they can refer
//! to by name (datasources, bindings, connection context, thread pools).

use super::ecelerity::Word;
use super::includes::{Configuration, ConfiguredOption, ConfiguredScope, Place, ScopeContent};
use super::search_path::SearchPath;

/// A text of the configuration and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The text, without quotes.
    pub text: String,
    /// Where it stands, with its quotes.
    pub place: Place,
}

/// The configuration as policy sees it. Everything is in the order in which Momentum reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyConfiguration {
    /// The `scriptlet` stanzas.
    pub scriptlets: Vec<Scriptlet>,
    /// The `alerting` stanzas, which the scriptlet module needs.
    pub alerting: Vec<Place>,
    /// The `Datasource` stanzas.
    pub datasources: Vec<Datasource>,
    /// The `Binding` stanzas, in a group or not.
    pub bindings: Vec<Binding>,
    /// The `Binding_Group` stanzas.
    pub binding_groups: Vec<Named>,
    /// The keys that listeners put into the connection context.
    pub context: Vec<ContextKey>,
    /// The `ThreadPool` stanzas; the predefined pools need none.
    pub thread_pools: Vec<Named>,
    /// The `adaptive` stanzas.
    pub adaptive: Vec<Place>,
    /// Options that begin with `adaptive_`, in whatever scope.
    pub adaptive_options: Vec<ConfiguredOption>,
    /// Kind and head of every scope at the top level: modules are loaded by such a stanza.
    pub top_level: Vec<Named>,
}

/// `scriptlet "name" { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scriptlet {
    /// The instance's name: only one is allowed in a configuration.
    pub name: Option<Named>,
    /// The head of the stanza.
    pub head: Place,
    /// The options of the module.
    pub options: Vec<ConfiguredOption>,
    /// The scripts that it loads.
    pub scripts: Vec<Script>,
    /// Scopes in it that are no scripts.
    pub other_scopes: Vec<Named>,
}

/// `script "name" { source = "…" }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The name, which has to be the one that the script registers.
    pub name: Option<Named>,
    /// The head of the stanza.
    pub head: Place,
    /// What to load: the last `source`.
    pub source: Option<Named>,
    /// All options, `source` among them.
    pub options: Vec<ConfiguredOption>,
}

impl Script {
    /// Whether the source ends in `.lua`: Momentum, to which `.` separates folders, looks for `NAME/lua.lua` then.
    pub fn has_extension(&self) -> bool {
        self.source.as_ref().is_some_and(|source| {
            source.text.strip_suffix("lua").is_some_and(|stem| stem.len() > 1 && stem.ends_with('.'))
        })
    }

    /// Where the script may be, best first.
    pub fn candidates(&self, search: &SearchPath) -> Vec<String> {
        self.source.as_ref().map_or_else(Vec::new, |source| search.script_candidates(&source.text, None))
    }
}

/// `Datasource "name" { uri = ( … ) }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Datasource {
    /// The name, which scripts give to `msys.db`.
    pub name: Option<Named>,
    /// The head of the stanza.
    pub head: Place,
    /// The URIs, used in turn; what precedes the first `:` is the driver.
    pub uris: Vec<Named>,
    /// All options.
    pub options: Vec<ConfiguredOption>,
}

/// `Binding "name" { … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The name; other than most names it is case-sensitive.
    pub name: Named,
    /// The name of the group that it stands in.
    pub group: Option<String>,
}

/// A key that a listener, or a part of one, puts into the connection context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextKey {
    /// The key.
    pub key: Named,
    /// The value, if it is a single word.
    pub value: Option<String>,
    /// The scopes around it, outermost first: `ESMTP_Listener`, `Listen ":25"`.
    pub scopes: Vec<String>,
}

impl PolicyConfiguration {
    /// Picks out of a configuration what matters to policy.
    pub fn of(configuration: &Configuration) -> Self {
        let mut view = Self::default();
        for scope in &configuration.global.scopes {
            view.top_level.push(named(&scope.kind, scope));
        }
        let mut around = Vec::new();
        view.content(&configuration.global, &mut around);
        view
    }

    /// The names of scriptlet instances that differ from the first one.
    pub fn conflicting_instances(&self) -> impl Iterator<Item = &Scriptlet> {
        let name = |scriptlet: &Scriptlet| scriptlet.name.as_ref().map(|name| name.text.clone());
        let first = self.scriptlets.first().and_then(name);
        self.scriptlets.iter().skip(1).filter(move |scriptlet| name(scriptlet) != first)
    }

    /// All scripts of all scriptlet stanzas: the order in which callouts run.
    pub fn scripts(&self) -> impl Iterator<Item = &Script> {
        self.scriptlets.iter().flat_map(|scriptlet| &scriptlet.scripts)
    }

    /// Whether a stanza of this kind stands at the top level.
    pub fn has_stanza(&self, kind: &str) -> bool {
        self.top_level.iter().any(|stanza| stanza.text.eq_ignore_ascii_case(kind))
    }

    fn content<'c>(&mut self, content: &'c ScopeContent, around: &mut Vec<&'c ConfiguredScope>) {
        for option in &content.options {
            let is_adaptive =
                option.key.text.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("adaptive_"));
            if is_adaptive {
                self.adaptive_options.push(option.clone());
            }
            if option.key.is("context") && !around.is_empty() {
                self.context(option, around);
            }
        }
        for scope in &content.scopes {
            self.scope(scope, around);
            around.push(scope);
            self.content(&scope.content, around);
            around.pop();
        }
    }

    fn scope(&mut self, scope: &ConfiguredScope, around: &[&ConfiguredScope]) {
        let name = scope.name.as_ref().map(|name| named(name, scope));
        let top_level = around.is_empty();
        let is = |kind: &str| scope.kind.is(kind);
        if top_level && is("scriptlet") {
            self.scriptlets.push(scriptlet(scope, name));
        } else if top_level && is("alerting") {
            self.alerting.push(scope.head_place());
        } else if top_level && is("adaptive") {
            self.adaptive.push(scope.head_place());
        } else if top_level && is("datasource") {
            self.datasources.push(datasource(scope, name));
        } else if top_level && is("threadpool") {
            self.thread_pools.extend(name);
        } else if top_level && is("binding_group") {
            self.binding_groups.extend(name);
        } else if is("binding") {
            let group = around.last().filter(|outer| outer.kind.is("binding_group"));
            if let Some(name) = name.filter(|_| top_level || group.is_some()) {
                let group = group.and_then(|group| group.name.as_ref()).map(|group| group.text.clone());
                self.bindings.push(Binding { name, group });
            }
        }
    }

    fn context(&mut self, option: &ConfiguredOption, around: &[&ConfiguredScope]) {
        let Some(collection) = option.value.as_ref().and_then(|value| value.as_collection()) else { return };
        let scopes: Vec<String> = around.iter().map(|scope| title(scope)).collect();
        for item in &collection.items {
            let Some(key) = &item.key else { continue };
            let place = Place { file: option.file, range: key.range.clone() };
            let word = item.value.as_ref().and_then(|value| value.as_word());
            self.context.push(ContextKey {
                key: Named { text: key.text.clone(), place },
                value: word.map(|word| word.text.clone()),
                scopes: scopes.clone(),
            });
        }
    }
}

fn named(word: &Word, scope: &ConfiguredScope) -> Named {
    Named { text: word.text.clone(), place: Place { file: scope.file, range: word.range.clone() } }
}

fn title(scope: &ConfiguredScope) -> String {
    match &scope.name {
        Some(name) => format!("{} \"{}\"", scope.kind.text, name.text),
        None => scope.kind.text.clone(),
    }
}

/// The words of an option's value, each with its place.
fn words(option: &ConfiguredOption) -> impl Iterator<Item = Named> + '_ {
    let words = option.value.iter().flat_map(|value| value.words());
    words.map(|word| Named {
        text: word.text.clone(),
        place: Place { file: option.file, range: word.range.clone() },
    })
}

fn scriptlet(scope: &ConfiguredScope, name: Option<Named>) -> Scriptlet {
    let is_script = |inner: &&ConfiguredScope| inner.kind.is("script");
    let scripts = scope.content.scopes.iter().filter(is_script).map(|script| Script {
        name: script.name.as_ref().map(|name| named(name, script)),
        head: script.head_place(),
        source: script.content.option("source").and_then(|source| words(source).next()),
        options: script.content.options.clone(),
    });
    let other_scopes = scope.content.scopes.iter().filter(|inner| !is_script(inner));
    Scriptlet {
        name,
        head: scope.head_place(),
        options: scope.content.options.clone(),
        scripts: scripts.collect(),
        other_scopes: other_scopes.map(|inner| named(&inner.kind, inner)).collect(),
    }
}

fn datasource(scope: &ConfiguredScope, name: Option<Named>) -> Datasource {
    let uris = scope.content.options.iter().filter(|option| option.key.is("uri"));
    Datasource {
        name,
        head: scope.head_place(),
        uris: uris.flat_map(words).collect(),
        options: scope.content.options.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configuration::includes::Entry;

    const MAIN: &str = r#"
adaptive_enabled = true
alerting {}
adaptive { adaptive_cache_size = 10 }
include "scripts.conf"
scriptlet "scriptlet" {
  gc_every = 20
  Script "second" { source = "old" source = "policy/second" }
  script third { source = "third.lua" }
  hook x {}
}
SCRIPTLET "other" { }
Datasource "users" {
  uri = ( "sqlite:/a" "sqlite:/b" )
  uri = "odbc:DSN=x"
}
Binding_Group "marketing" { Binding "m1" { Domain "x" { Adaptive_Max_Retries = 1 } } }
binding Plain { binding nested {} }
ESMTP_Listener {
  Context = [ inbound = "yes" ]
  Listen ":25" { Peer "10.0.0.0/8" { context = [ trusted = true, tier = (1 2) ] } }
}
context = [ not_here = 1 ]
ThreadPool "gc" { concurrency = 10 }
"#;

    fn configuration() -> Configuration {
        let open = |path: &str| match path {
            "tree/scripts.conf" => {
                let text = "scriptlet \"scriptlet\" {\n  script \"boot\" { source = \"msys.boot\" }\n}\n";
                Entry::File(text.to_owned())
            }
            _ => Entry::Missing,
        };
        let main = "tree/ecelerity.conf";
        Configuration::load(main, MAIN.to_owned(), &SearchPath::new("tree", Some(main)), &open)
    }

    #[test]
    fn scripts_are_found_in_the_order_in_which_they_run() {
        let configuration = configuration();
        assert_eq!(configuration.problems, []);
        let policy = PolicyConfiguration::of(&configuration);
        let show = |named: &Named| format!("{} ({})", named.text, configuration.show(&named.place));
        let scripts: Vec<String> = policy
            .scripts()
            .map(|script| {
                let [name, source] = [&script.name, &script.source].map(|part| show(part.as_ref().unwrap()));
                format!("{name} loads {source}{}", if script.has_extension() { ", extension" } else { "" })
            })
            .collect();
        assert_eq!(
            scripts,
            [
                "boot (tree/scripts.conf:2:10) loads msys.boot (tree/scripts.conf:2:28)",
                "second (tree/ecelerity.conf:8:10) loads policy/second (tree/ecelerity.conf:8:45)",
                "third (tree/ecelerity.conf:9:10) loads third.lua (tree/ecelerity.conf:9:27), extension",
            ]
        );
        assert_eq!(policy.scriptlets[1].options[0].key.text, "gc_every");
        assert_eq!(policy.scriptlets[1].other_scopes[0].text, "hook");
        let others: Vec<String> =
            policy.conflicting_instances().map(|scriptlet| configuration.show(&scriptlet.head)).collect();
        assert_eq!(others, ["tree/ecelerity.conf:12:1"]);
        let search = SearchPath::new("tree", None);
        let candidates = policy.scripts().nth(1).unwrap().candidates(&search);
        assert!(candidates.contains(&"tree/policy/second.lua".to_owned()), "{candidates:?}");
    }

    #[test]
    fn what_scripts_refer_to_by_name_is_listed() {
        let configuration = configuration();
        let policy = PolicyConfiguration::of(&configuration);
        assert_eq!(
            policy.alerting.iter().map(|place| configuration.show(place)).collect::<Vec<_>>(),
            ["tree/ecelerity.conf:3:1"]
        );
        assert_eq!(policy.adaptive.len(), 1);
        let adaptive: Vec<&str> =
            policy.adaptive_options.iter().map(|option| option.key.text.as_str()).collect();
        assert_eq!(adaptive, ["adaptive_enabled", "adaptive_cache_size", "Adaptive_Max_Retries"]);

        let uris: Vec<&str> = policy.datasources[0].uris.iter().map(|uri| uri.text.as_str()).collect();
        assert_eq!(uris, ["sqlite:/a", "sqlite:/b", "odbc:DSN=x"]);
        let bindings: Vec<(&str, Option<&str>)> = policy
            .bindings
            .iter()
            .map(|binding| (binding.name.text.as_str(), binding.group.as_deref()))
            .collect();
        assert_eq!(bindings, [("m1", Some("marketing")), ("Plain", None)]);
        assert_eq!(policy.binding_groups[0].text, "marketing");
        assert_eq!(policy.thread_pools[0].text, "gc");

        let context: Vec<String> = policy
            .context
            .iter()
            .map(|entry| format!("{} > {} = {:?}", entry.scopes.join(" > "), entry.key.text, entry.value))
            .collect();
        assert_eq!(
            context,
            [
                "ESMTP_Listener > inbound = Some(\"yes\")",
                "ESMTP_Listener > Listen \":25\" > Peer \"10.0.0.0/8\" > trusted = Some(\"true\")",
                "ESMTP_Listener > Listen \":25\" > Peer \"10.0.0.0/8\" > tier = None",
            ]
        );
        assert!(policy.has_stanza("esmtp_listener") && !policy.has_stanza("binding_group2"));
    }
}
