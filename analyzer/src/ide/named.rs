//! What a string that is passed to the API names. The stubs tell, by the alias that is the parameter's type.

use crate::configuration::includes::Place;
use crate::project::ServerConfiguration;
use momentum_lua_stub_reader::model::{Function, Type};

/// What a string names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A header.
    Header,
    /// A binding of the configuration.
    Binding,
    /// A group of bindings.
    BindingGroup,
    /// A datasource.
    Datasource,
    /// A thread pool.
    ThreadPool,
    /// The stanza of a script.
    Script,
}

/// The aliases of the stubs.
const ALIASES: [(&str, Named); 6] = [
    ("header_name", Named::Header),
    ("binding_name", Named::Binding),
    ("binding_group_name", Named::BindingGroup),
    ("datasource_name", Named::Datasource),
    ("thread_pool_name", Named::ThreadPool),
    ("script_name", Named::Script),
];

impl Named {
    /// What the argument in the place of a parameter names.
    pub(super) fn of(function: &Function, position: usize) -> Option<Self> {
        let params = function.signatures().filter_map(|signature| signature.param(position));
        params.filter_map(|param| Self::of_type(&param.ty)).next()
    }

    fn of_type(ty: &Type) -> Option<Self> {
        match ty {
            Type::Named(name) => ALIASES.iter().find(|(alias, _)| name == alias).map(|(_, named)| *named),
            Type::Union(types) => types.iter().find_map(Self::of_type),
            _ => None,
        }
    }

    /// The names of that kind in a configuration, with their places.
    pub(super) fn in_configuration<'a>(self, server: &ServerConfiguration<'a>) -> Vec<(&'a str, &'a Place)> {
        let policy = server.policy();
        match self {
            Self::Header => Vec::new(),
            Self::Binding => {
                policy.bindings.iter().map(|one| (one.name.text.as_str(), &one.name.place)).collect()
            }
            Self::BindingGroup => {
                policy.binding_groups.iter().map(|one| (one.text.as_str(), &one.place)).collect()
            }
            Self::Datasource => {
                let names = policy.datasources.iter().filter_map(|one| one.name.as_ref());
                names.map(|name| (name.text.as_str(), &name.place)).collect()
            }
            Self::ThreadPool => {
                policy.thread_pools.iter().map(|one| (one.text.as_str(), &one.place)).collect()
            }
            Self::Script => {
                let names = policy.scripts().filter_map(|script| script.name.as_ref());
                names.map(|name| (name.text.as_str(), &name.place)).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stubs_have_every_alias_and_use_it() {
        let api = momentum_lua_stubs::api();
        for (alias, named) in ALIASES {
            assert!(api.alias(alias).is_some(), "{alias}");
            let uses =
                |function: &&Function| (0..6).any(|position| Named::of(function, position) == Some(named));
            assert!(api.functions().iter().any(uses), "{alias}");
        }
        let function = |owner, member| api.member(owner, member).unwrap().function().unwrap();
        assert_eq!(Named::of(function("msys", "runInPool"), 0), Some(Named::ThreadPool));
        assert_eq!(Named::of(function("msys.gauge_cache", "inc"), 0), None);
    }
}
