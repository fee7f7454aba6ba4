//! Context variables: Momentum's own, those that scripts of a project set, and those that listeners bring along.

use super::{Project, Script, ServerConfiguration};
use crate::configuration::includes::ScopeContent;
use crate::configuration::scriptlets::ContextKey;
use crate::semantics::analysis::CallSite;
use crate::semantics::types::{Type, Value};
use crate::syntax::tree::ExpressionKind;
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::model::ContextVariable;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

/// The dictionaries of context variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dictionary {
    /// That of the connection.
    Connection,
    /// That of the message.
    Message,
}

impl Dictionary {
    /// Its name in the tables of the API.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Dictionary::Connection => "conn",
            Dictionary::Message => "mess",
        }
    }

    /// Whose variables stand in it.
    pub(crate) fn owner(self) -> &'static str {
        match self {
            Dictionary::Connection => "connection",
            Dictionary::Message => "message",
        }
    }

    /// The dictionary that a namespace of macros reads: `vctx_conn`, `vctx_mess`.
    pub(crate) fn of_namespace(namespace: &str) -> Option<Self> {
        Self::named(namespace.strip_prefix("vctx_")?)
    }

    /// The dictionary of a name in the tables of the API.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Dictionary::Connection, Dictionary::Message].into_iter().find(|dictionary| dictionary.name() == name)
    }

    /// The other one.
    pub(crate) fn other(self) -> Self {
        match self {
            Dictionary::Connection => Dictionary::Message,
            Dictionary::Message => Dictionary::Connection,
        }
    }

    /// The dictionary that a value chooses: `msys.core.VCTX_CONN`, `msys.core.ECMESS_CTX_MESS`.
    fn chosen_by(ty: &Type) -> Option<Self> {
        let Value::Member(constant) = ty.single()? else { return None };
        match constant.member.as_str() {
            "VCTX_CONN" | "ECMESS_CTX_CONN" => Some(Dictionary::Connection),
            "VCTX_MESS" | "ECMESS_CTX_MESS" => Some(Dictionary::Message),
            _ => None,
        }
    }
}

/// The dictionary that a call chooses, and the place of the key among what is passed: behind the dictionary, whatever
/// the way in which the call is written.
pub(crate) fn key_of(site: &CallSite) -> Option<(Dictionary, usize)> {
    let mut arguments = site.arguments.iter().enumerate();
    arguments.find_map(|(position, ty)| Some((Dictionary::chosen_by(ty)?, position + 1)))
}

/// Whether a call writes the variable: by its name, so that values of which nothing is known count, too.
pub(crate) fn is_write(script: &Script<'_>, site: &CallSite) -> bool {
    let ExpressionKind::Call(call) = &script.tree().expression(site.expression).kind else { return false };
    let written = match (&call.method, &script.tree().expression(call.callee).kind) {
        (Some(method), _) => method.text.as_str(),
        (None, ExpressionKind::Field { name, .. }) => name.text.as_str(),
        (None, ExpressionKind::Name(name)) => name.as_str(),
        _ => "",
    };
    written.ends_with("set") || script.called(site).is_some_and(|function| function.member.ends_with("set"))
}

/// The variables that a file sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    names: FxHashSet<(Dictionary, SmolStr)>,
    /// Dictionaries in which a variable is set whose name only the run knows.
    computed: FxHashSet<Dictionary>,
}

impl Written {
    /// What a script sets.
    pub(crate) fn of(script: &Script<'_>) -> Self {
        let mut written = Self::default();
        for site in &script.analysis().calls {
            let Some((dictionary, position)) = key_of(site) else { continue };
            if !is_write(script, site) {
                continue;
            }
            let values = site.arguments.get(position).map(Type::values).unwrap_or_default();
            if values.is_empty() || values.iter().any(|value| !matches!(value, Value::StringLiteral(_))) {
                written.computed.insert(dictionary);
            }
            for value in values {
                if let Value::StringLiteral(name) = value {
                    written.names.insert((dictionary, SmolStr::new(name)));
                }
            }
        }
        written
    }

    fn add(&mut self, other: &Self) {
        self.names.extend(other.names.iter().cloned());
        self.computed.extend(&other.computed);
    }

    /// Whether a variable is set.
    pub(crate) fn has(&self, dictionary: Dictionary, name: &str) -> bool {
        self.names.contains(&(dictionary, SmolStr::new(name)))
    }

    /// The names that are set in a dictionary.
    pub(crate) fn names(&self, dictionary: Dictionary) -> impl Iterator<Item = &str> {
        self.names.iter().filter(move |(of, _)| *of == dictionary).map(|(_, name)| name.as_str())
    }

    /// Any variable of the dictionary may be set.
    pub(crate) fn is_open(&self, dictionary: Dictionary) -> bool {
        self.computed.contains(&dictionary)
    }
}

impl<'a> Script<'a> {
    /// What the script sets.
    pub(crate) fn written_context(&self) -> &'a Written {
        self.file.derived.written_context.get_or_init(|| Written::of(self))
    }
}

impl Project {
    /// What all scripts set.
    pub(crate) fn written_context(&self) -> &Written {
        self.derived.written_context.get_or_init(|| {
            let mut all = Written::default();
            for script in self.scripts() {
                all.add(script.written_context());
            }
            all
        })
    }

    /// The variable of Momentum's own that has a name: it is documented, fits a documented pattern, or an option of the
    /// configuration gives a documented one that name.
    pub(crate) fn predefined_context_variable(
        &self,
        dictionary: Dictionary,
        name: &str,
    ) -> Option<&ContextVariable> {
        let is_renamed_to = |variable: &&ContextVariable| {
            variable.option.as_deref().is_some_and(|option| {
                let mut servers = self.server_configurations();
                servers.any(|server| is_renamed(&server.configuration().global, option, name))
            })
        };
        self.api
            .context_variable(dictionary.name(), name)
            .or_else(|| {
                predefined(&self.api, dictionary)
                    .find(|variable| variable.template && fits(&variable.name, name))
            })
            .or_else(|| predefined(&self.api, dictionary).find(is_renamed_to))
    }

    /// The variables of the connection that listeners bring along.
    pub(crate) fn listed_context_keys(&self) -> impl Iterator<Item = (ServerConfiguration<'_>, &ContextKey)> {
        self.server_configurations()
            .flat_map(|server| server.policy().context.iter().map(move |key| (server, key)))
    }
}

/// Momentum's own variables of a dictionary.
pub(crate) fn predefined(api: &Api, dictionary: Dictionary) -> impl Iterator<Item = &ContextVariable> {
    api.context_variables().into_iter().filter(move |variable| variable.dictionary == dictionary.name())
}

/// `__bypass_<module>`
fn fits(template: &str, name: &str) -> bool {
    let (Some(open), Some(close)) = (template.find('<'), template.rfind('>')) else { return false };
    let (before, after) = (template.get(..open).unwrap_or(""), template.get(close + 1..).unwrap_or(""));
    name.len() > before.len() + after.len() && name.starts_with(before) && name.ends_with(after)
}

/// Whether an option of a module gives a variable this name.
fn is_renamed(scope: &ScopeContent, option: &str, name: &str) -> bool {
    let here = scope.options.iter().filter(|one| one.key.is(option));
    let mut words = here.filter_map(|one| one.word());
    words.any(|word| word.text == name)
        || scope.scopes.iter().any(|inner| is_renamed(&inner.content, option, name))
}
