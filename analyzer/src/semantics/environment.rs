//! How a file treats the table of globals other than by plain names.
//!
//! `_G.name = value` defines a global like any assignment does. Whoever computes the name, hands `_G` on or exchanges the
//! environment may define any; what is read then cannot be told from what is missing.

use super::scope::Scopes;
use crate::syntax::tree::{ExpressionId, ExpressionKind, StatementKind, Tree};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

/// What a file does with the table of globals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EnvironmentUse {
    /// It writes `_G` under computed names or hands it on: any global of the process may come from it.
    pub defines_any: bool,
    /// It calls `setfenv` or writes to what `getfenv` gives: in this file, names may mean anything.
    pub exchanges: bool,
    /// It runs code that is not in its text (`dofile`, `loadstring` and the like), which may define globals.
    pub runs_other_code: bool,
}

impl EnvironmentUse {
    /// Looks through a file.
    #[must_use]
    pub fn of(tree: &Tree, scopes: &Scopes) -> Self {
        let mut found = Self::default();
        let mentioned =
            |name: &'static str| scopes.globals().iter().filter(move |global| global.name == name);
        found.exchanges = mentioned("setfenv").next().is_some();
        let loaders = ["dofile", "loadfile", "load", "loadstring"];
        found.runs_other_code = loaders.iter().any(|name| mentioned(name).next().is_some());
        let tables: FxHashSet<ExpressionId> =
            mentioned("_G").map(|global| global.reference.expression).collect();
        let getters: FxHashSet<ExpressionId> =
            mentioned("getfenv").map(|global| global.reference.expression).collect();
        if tables.is_empty() && getters.is_empty() {
            return found;
        }
        let targets: FxHashSet<ExpressionId> = tree
            .statements()
            .flat_map(|(_, statement)| match &statement.kind {
                StatementKind::Assign { targets, .. } => targets.to_vec(),
                StatementKind::Function { target, .. } => vec![*target],
                _ => Vec::new(),
            })
            .collect();
        // Uses that neither write under a computed name nor let the table out of sight.
        let mut harmless: FxHashSet<ExpressionId> = FxHashSet::default();
        let mut environments: FxHashSet<ExpressionId> = FxHashSet::default();
        for (id, expression) in tree.expressions() {
            match &expression.kind {
                ExpressionKind::Field { base, .. } if !targets.contains(&id) || tables.contains(base) => {
                    harmless.insert(*base);
                }
                ExpressionKind::Index { base, key }
                    if !targets.contains(&id) || (tables.contains(base) && tree.string(*key).is_some()) =>
                {
                    harmless.insert(*base);
                }
                ExpressionKind::Call(call) => {
                    if getters.contains(&call.callee) {
                        harmless.insert(call.callee);
                        environments.insert(id);
                    }
                    if only_reads(tree, call.callee, &call.arguments) {
                        harmless.extend(call.arguments.first());
                    }
                }
                _ => {}
            }
        }
        found.defines_any = !tables.is_subset(&harmless);
        found.exchanges |= !getters.is_subset(&harmless) || !environments.is_subset(&harmless);
        found
    }
}

/// Whether a function of the language leaves the table that it gets alone, or writes it under a name that stands there.
fn only_reads(tree: &Tree, callee: ExpressionId, arguments: &[ExpressionId]) -> bool {
    let ExpressionKind::Name(name) = &tree.expression(callee).kind else { return false };
    match name.as_str() {
        "pairs" | "ipairs" | "next" | "rawget" | "type" | "tostring" | "print" | "getmetatable" => true,
        "rawset" => arguments.get(1).is_some_and(|&key| tree.string(key).is_some()),
        _ => false,
    }
}

/// The global that `_G.name` or `_G["name"]` is.
#[must_use]
pub fn global_of_field(tree: &Tree, scopes: &Scopes, expression: ExpressionId) -> Option<SmolStr> {
    let (base, name) = match &tree.expression(expression).kind {
        ExpressionKind::Field { base, name } => (*base, name.text.clone()),
        ExpressionKind::Index { base, key } => (*base, SmolStr::new(tree.string(*key)?)),
        _ => return None,
    };
    let is_table = matches!(&tree.expression(base).kind, ExpressionKind::Name(name) if name == "_G");
    (is_table && scopes.resolve(base).is_none()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    fn environment_use(source: &str) -> EnvironmentUse {
        let parsed = parse(source);
        EnvironmentUse::of(&parsed.tree, &Scopes::new(&parsed.tree))
    }

    #[test]
    fn names_that_stand_there_are_followed() {
        for source in [
            "_G.limit = 1",
            "_G['limit'] = 1",
            "function _G.f() end",
            "rawset(_G, 'limit', 1)",
            "local n = _G[name]",
            "for name in pairs(_G) do print(name) end",
            "local print = getfenv().print",
            "local _G = {} _G[name] = 1",
        ] {
            assert_eq!(environment_use(source), EnvironmentUse::default(), "{source}");
        }
    }

    #[test]
    fn computed_names_may_be_any() {
        for source in
            ["_G[name] = 1", "local g = _G", "setmetatable(_G, {})", "rawset(_G, name, 1)", "f(1, _G)"]
        {
            assert!(environment_use(source).defines_any, "{source}");
        }
        for source in ["setfenv(1, {})", "getfenv().x = 1", "local e = getfenv(2)", "local get = getfenv"] {
            assert!(environment_use(source).exchanges, "{source}");
        }
        assert!(environment_use("dofile('/policy/x.lua')").runs_other_code);
    }
}
