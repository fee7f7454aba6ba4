//! Why nothing defines a name, and what may have been meant.

use crate::project::Script;
use crate::semantics::scope::{Binding, GlobalReference};
use crate::syntax::tree::FunctionId;
use momentum_lua_stub_reader::database::{Member, nearest};
use momentum_lua_stub_reader::model::ClassKind;

/// Why a name is undefined.
pub(super) enum Cause<'a> {
    /// It stands in a table of the API.
    Member(Member<'a>),
    /// The `self` of a function that is defined with `.`.
    NoSelf(FunctionId),
    /// The callout has that parameter under another name.
    Renamed(&'a Binding),
    /// The callout would get it, but its parameters end before.
    NotTaken(FunctionId, String),
    /// A variable of that name exists where it cannot be seen from here.
    OutOfSight(&'a Binding),
    /// Variables with names close to it are visible.
    NearLocals(Vec<&'a Binding>),
    /// Globals with names close to it exist.
    NearGlobal(Vec<String>),
    /// Nothing is known of it.
    Unknown,
}

impl Cause<'_> {
    /// Whether it holds even where the script asks for the name's existence.
    pub(super) const fn is_certain(&self) -> bool {
        self.has_fix_for_each_place() || matches!(self, Cause::NoSelf(_) | Cause::NotTaken(..))
    }

    /// Whether every place where the name is used needs a change of its own.
    pub(super) const fn has_fix_for_each_place(&self) -> bool {
        matches!(self, Cause::Member(_) | Cause::Renamed(_) | Cause::NearLocals(_))
    }
}

/// Why nothing defines the name that `global` reads.
pub(super) fn cause<'a>(script: &Script<'a>, global: &GlobalReference) -> Cause<'a> {
    let name = global.name.as_str();
    if let Some(member) = member_named(script, name) {
        return Cause::Member(member);
    }
    let offset = global.reference.span.start;
    if let Some(function) = global.reference.function {
        if name == "self" {
            return Cause::NoSelf(function);
        }
        if let Some(cause) = parameter_of_callout(script, name, function) {
            return cause;
        }
    }
    if let Some(binding) = out_of_sight(script, name, offset) {
        return Cause::OutOfSight(binding);
    }
    if name.chars().count() < SHORTEST_NEAR {
        return Cause::Unknown;
    }
    let visible: Vec<&Binding> = script.scopes().visible_at(offset).map(|(_, binding)| binding).collect();
    let near: Vec<&Binding> = nearest(name, visible.iter().map(|binding| binding.name.as_str()))
        .into_iter()
        .filter_map(|near| visible.iter().find(|binding| binding.name == near).copied())
        .collect();
    if !near.is_empty() {
        return Cause::NearLocals(near);
    }
    let api = script.api().members("").into_iter().map(Member::member);
    let near = nearest(name, script.project().global_names().chain(api));
    if near.is_empty() {
        Cause::Unknown
    } else {
        Cause::NearGlobal(near.into_iter().map(str::to_owned).collect())
    }
}

/// Shorter names are close to everything.
pub(super) const SHORTEST_NEAR: usize = 3;

/// The one constant or function of that name in the tables of the API.
fn member_named<'a>(script: &Script<'a>, name: &str) -> Option<Member<'a>> {
    let api = script.api();
    if let Some(member) = api.member("msys.core", name).or_else(|| api.member("msys", name)) {
        return (!matches!(member, Member::Table(_))).then_some(member);
    }
    let mut constants = api.constants().into_iter().filter(|constant| constant.member == name);
    match (constants.next(), constants.next()) {
        (Some(constant), None)
            if api.class(&constant.owner).is_some_and(|class| class.kind == ClassKind::Table) =>
        {
            Some(Member::Constant(constant))
        }
        _ => None,
    }
}

/// A parameter of the callout around that the function names otherwise, or does not take.
fn parameter_of_callout<'a>(script: &Script<'a>, name: &str, function: FunctionId) -> Option<Cause<'a>> {
    let around = std::iter::successors(Some(function), |&inner| script.scopes().parent(inner));
    let (callout, hook) = around.into_iter().find_map(|id| Some((id, script.hook(id)?)))?;
    let params = hook.params_in(script.target());
    let position = params.iter().position(|param| param.name == name)?;
    let own = script.tree().function(callout);
    let shift = usize::from(!own.is_method);
    if let Some(taken) = own.parameters.get(position + shift) {
        let binding = script.scopes().declared_at(taken.span.start)?;
        return Some(Cause::Renamed(script.scopes().binding(binding)));
    }
    let taken = own.parameters.len().checked_sub(shift)?;
    let missing = params.get(taken..=position)?;
    let is_free = |param: &&str| !own.parameters.iter().any(|own| own.text == *param);
    let names: Vec<&str> = missing.iter().map(|param| param.name.as_str()).collect();
    (own.vararg.is_none() && names.iter().all(is_free))
        .then(|| Cause::NotTaken(callout, names.join(", ")))
}

/// A variable of that name that is not visible at the offset: the next one below, else the last one above.
fn out_of_sight<'a>(script: &Script<'a>, name: &str, offset: u32) -> Option<&'a Binding> {
    let same = || script.scopes().bindings().map(|(_, binding)| binding).filter(|b| b.name == name);
    let below = same().filter(|b| b.span.start > offset && b.function.is_none()).min_by_key(|b| b.span.start);
    below.or_else(|| same().filter(|b| b.span.start < offset).max_by_key(|b| b.span.start))
}
