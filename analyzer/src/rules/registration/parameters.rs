//! What the server passes to a callout or hook, and what its parameters are taken for.

use super::callouts::Definition;
use crate::project::Script;
pub(super) use crate::semantics::parameter_names::Meaning;
use crate::semantics::parameter_names::{class, meaning, right};
use crate::syntax::tree::{ExpressionId, ExpressionKind, Function, Name};
use momentum_lua_stub_reader::model::{HookKind, Param};

/// The parameters of a callout or hook beside those that the server passes.
pub(super) struct Parameters<'a> {
    /// What the server passes to the target version, without `self`.
    pub passed: &'a [Param],
    /// The function.
    pub function: &'a Function,
}

impl<'a> Parameters<'a> {
    /// Those of a definition; `None` where the documentation does not say what is passed.
    pub(super) fn of(script: &Script<'a>, definition: &Definition<'a>) -> Option<Self> {
        let hook = definition.hook;
        let passed = hook.params_in(script.target());
        // A hook of a module without parameters is one that only its name is known of.
        let is_documented = !(passed.is_empty() && hook.kind == HookKind::ModuleHook);
        let function = script.tree().function(definition.function);
        let certain = is_documented && !hook.about.undocumented && !passed.iter().any(|param| param.variadic);
        certain.then_some(Self { passed, function })
    }

    /// What the server passes, as the head of a function has it.
    pub(super) fn signature(&self) -> String {
        let names: Vec<&str> = self.passed.iter().map(|param| param.name.as_str()).collect();
        names.join(", ")
    }

    /// Whether a function that is not defined with `:` lacks its `self`, so that every argument comes one too late.
    pub(super) fn lacks_self(&self, script: &Script<'_>) -> bool {
        let names = &*self.function.parameters;
        let Some(first) = names.first() else { return false };
        if self.function.is_method || first.text == "self" || self.passed.is_empty() {
            return false;
        }
        match (right(self.passed, names), right(self.passed, names.get(1..).unwrap_or_default())) {
            (0, 0) => self.passed.first().is_some_and(|param| uses_fit(script, first, param) == Some(true)),
            (as_written, behind_self) => as_written > behind_self,
        }
    }

    /// The parameters without the one that takes `self`.
    pub(super) fn names(&self) -> &'a [Name] {
        let names = &*self.function.parameters;
        if self.function.is_method { names } else { names.get(1..).unwrap_or_default() }
    }

    /// What a name says at a position.
    pub(super) fn meaning(&self, name: &str, position: usize) -> Meaning {
        meaning(self.passed, name, position)
    }
}

/// Whether all fields and methods that the function uses of a parameter are those of what is passed; `None` where it
/// uses none, or nothing is known of the class.
pub(super) fn uses_fit(script: &Script<'_>, parameter: &Name, passed: &Param) -> Option<bool> {
    let class = class(passed).filter(|class| script.api().class(class).is_some())?;
    let binding = script.scopes().declared_at(parameter.span.start)?;
    let uses: Vec<ExpressionId> =
        script.scopes().references(binding).iter().map(|reference| reference.expression).collect();
    let mut members = script.tree().expressions().filter_map(|(_, expression)| match &expression.kind {
        ExpressionKind::Field { base, name } if uses.contains(base) => Some(name),
        ExpressionKind::Call(call) if uses.contains(&call.callee) => call.method.as_ref(),
        _ => None,
    });
    let first = members.next()?;
    let is_member = |name: &Name| script.api().member(class, &name.text).is_some();
    Some(is_member(first) && members.all(is_member))
}
