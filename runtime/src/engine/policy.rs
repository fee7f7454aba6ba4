//! The scripts, and what the engine needs of the configuration.

use std::cell::OnceCell;
use std::net::IpAddr;
use std::rc::Rc;

use momentum_lua_analyzer::configuration::includes::{Configuration, ScopeContent};
use momentum_lua_analyzer::configuration::scriptlets::{self, PolicyConfiguration};

use crate::lowering::Purpose;
use crate::machine::{Chunk, Files, ScriptError};
use crate::network::Block;
use crate::session::{Binding, Endpoint};

/// What runs: scripts in the order of the configuration, and whatever they require.
#[derive(Clone)]
pub struct Policy {
    /// The scripts in order.
    pub scripts: Vec<Script>,
    /// Files that `require` and the like find.
    pub files: Rc<dyn Files>,
    /// Where `require` looks: templates with `?`.
    pub lua_path: Vec<String>,
    /// The name that the server greets with.
    pub hostname: String,
    /// The bindings of the configuration.
    pub bindings: Vec<Binding>,
    /// Who may relay; where no configuration says anything of it, everybody may.
    pub relaying: Option<Relaying>,
    /// The thread pools of the configuration, with the number of their threads where it says one; none without a
    /// configuration.
    pub pools: Option<Vec<(String, Option<u32>)>>,
    /// Whether the configuration has an `adaptive` stanza, and what it has managed beyond the usual options; none without
    /// a configuration.
    pub adaptive: Option<(bool, Vec<String>)>,
    /// Addresses that are listened on, with the variables that a listener puts into the connection context.
    pub listeners: Vec<Listener>,
    /// What the configuration says; none for a script alone.
    pub configuration: Option<Rc<ScopeContent>>,
}

/// An address that is listened on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listener {
    /// The address, where it is one.
    pub address: Option<Endpoint>,
    /// The variables.
    pub context: Vec<(String, String)>,
}

/// A script of the policy.
#[derive(Clone)]
pub struct Script {
    /// The name of its `script` stanza; none where it is run alone.
    pub stanza: Option<String>,
    /// What messages call it: the path as the user knows it.
    pub file: String,
    /// The text, read once for all runs.
    chunk: Result<Chunk, ScriptError>,
    /// The same with probes, for runs that count what is executed.
    counting: OnceCell<Result<Chunk, ScriptError>>,
    /// The same for runs that tell conditions.
    telling: OnceCell<Result<Chunk, ScriptError>>,
    source: std::rc::Rc<[u8]>,
}

impl Script {
    /// Reads a script.
    #[must_use]
    pub fn new(stanza: Option<String>, file: impl Into<String>, text: &[u8]) -> Self {
        let file = file.into();
        let chunk = Chunk::new(&file, text);
        Self { stanza, file, chunk, counting: OnceCell::new(), telling: OnceCell::new(), source: text.into() }
    }

    /// A script that the configuration names and that cannot be read, for this reason.
    #[must_use]
    pub fn missing(stanza: Option<String>, file: impl Into<String>, reason: impl Into<String>) -> Self {
        let file = file.into();
        let chunk = Err(ScriptError {
            kind: crate::machine::ScriptErrorKind::Raised,
            message: reason.into(),
            file: None,
            line: None,
            traceback: Vec::new(),
        });
        Self { stanza, file, chunk, counting: OnceCell::new(), telling: OnceCell::new(), source: [].into() }
    }

    /// The text, with probes where a purpose is given.
    pub(super) fn chunk(&self, probes: Option<Purpose>) -> Result<&Chunk, &ScriptError> {
        let Some(purpose) = probes.filter(|_| self.chunk.is_ok()) else { return self.chunk.as_ref() };
        let probed = match purpose {
            Purpose::Count => &self.counting,
            Purpose::Tell => &self.telling,
        };
        probed.get_or_init(|| Chunk::with_probes(&self.file, &self.source, purpose)).as_ref()
    }
}

impl Policy {
    /// One script, without a configuration.
    #[must_use]
    pub fn of_script(file: impl Into<String>, text: &[u8]) -> Self {
        Self {
            scripts: vec![Script::new(None, file, text)],
            files: Rc::new(()),
            lua_path: Vec::new(),
            hostname: "mta.example.net".to_owned(),
            bindings: Vec::new(),
            relaying: None,
            pools: None,
            adaptive: None,
            listeners: Vec::new(),
            configuration: None,
        }
    }

    /// What a configuration says; `script` reads the script of a stanza, by its place in the configuration.
    #[must_use]
    pub fn of_configuration(
        configuration: &Configuration,
        mut script: impl FnMut(&scriptlets::Script) -> Script,
    ) -> Self {
        let view = PolicyConfiguration::of(configuration);
        let words = |name: &str| -> Vec<String> {
            // The last one holds.
            let option = configuration.global.options.iter().rev().find(|option| option.key.is(name));
            let value = option.and_then(|option| option.value.as_ref());
            value
                .map(|value| value.words().into_iter().map(|word| word.text.clone()).collect())
                .unwrap_or_default()
        };
        let hostname = words("Hostname").into_iter().next();
        let relaying = Relaying { hosts: words("Relay_Hosts"), domains: words("Relay_Domains") };
        Self {
            scripts: view
                .scriptlets
                .iter()
                .flat_map(|scriptlet| &scriptlet.scripts)
                .map(&mut script)
                .collect(),
            bindings: view
                .bindings
                .iter()
                .map(|binding| Binding {
                    name: binding.name.text.clone(),
                    group: binding.group.clone(),
                    suspended: false,
                })
                .collect(),
            relaying: Some(relaying).filter(|relaying| *relaying != Relaying::default()),
            pools: Some(view.thread_pools.iter().map(|pool| (pool.text.clone(), None)).collect()),
            adaptive: Some((!view.adaptive.is_empty(), managed(&view))),
            listeners: listeners(&view),
            configuration: Some(Rc::new(configuration.global.clone())),
            hostname: hostname.unwrap_or_else(|| "mta.example.net".to_owned()),
            ..Self::of_script("", b"")
        }
    }
}

/// The options that adaptive delivery manages since the configuration says so.
fn managed(view: &PolicyConfiguration) -> Vec<String> {
    let options = view.adaptive_options.iter().filter(|option| option.key.is("adaptive_manage_options"));
    let words = options.filter_map(|option| option.value.as_ref()).flat_map(|value| value.words());
    words.map(|word| word.text.clone()).collect()
}

/// The addresses that SMTP is listened on, in order.
fn listeners(view: &PolicyConfiguration) -> Vec<Listener> {
    let mut listeners: Vec<(String, Listener)> = Vec::new();
    for key in &view.context {
        let Some(scope) = key.scopes.iter().rev().find(|scope| scope.starts_with("Listen ")) else {
            continue;
        };
        let address = scope.trim_start_matches("Listen ").trim_matches('"');
        let place = match listeners.iter().position(|(known, _)| known == address) {
            Some(place) => place,
            None => {
                let endpoint = address.parse().ok().or_else(|| format!("0.0.0.0{address}").parse().ok());
                listeners.push((address.to_owned(), Listener { address: endpoint, context: Vec::new() }));
                listeners.len() - 1
            }
        };
        if let (Some((_, listener)), Some(value)) = (listeners.get_mut(place), &key.value) {
            listener.context.push((key.key.text.clone(), value.clone()));
        }
    }
    listeners.into_iter().map(|(_, listener)| listener).collect()
}

/// Who may send to domains that are not ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relaying {
    /// Addresses and networks of clients that may relay to any domain.
    pub hosts: Vec<String>,
    /// Domains that anybody may send to.
    pub domains: Vec<String>,
}

impl Relaying {
    /// Whether a client may send to a domain.
    #[must_use]
    pub fn allows(&self, client: IpAddr, domain: &str) -> bool {
        self.domains.iter().any(|one| one.eq_ignore_ascii_case(domain))
            || self
                .hosts
                .iter()
                .any(|network| network.parse().is_ok_and(|block: Block| block.contains(client)))
    }
}
