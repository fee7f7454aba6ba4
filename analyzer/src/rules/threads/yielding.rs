//! Which calls let other sessions run before they come back.

use crate::project::Script;
use crate::semantics::Value;
use crate::semantics::analysis::CallSite;
use crate::semantics::types::FunctionRef;
use momentum_lua_stub_reader::model::Function;
use rustc_hash::FxHashSet;

/// The function of the API through which a call gives way to other sessions: the called one, or one that the called
/// function of the project calls on the same thread.
pub(super) fn gives_way<'a>(script: &Script<'a>, site: &CallSite) -> Option<&'a Function> {
    follow(script, site, &mut FxHashSet::default())
}

fn follow<'a>(
    script: &Script<'a>,
    site: &CallSite,
    seen: &mut FxHashSet<FunctionRef>,
) -> Option<&'a Function> {
    let called: Vec<FunctionRef> = match script.called(site) {
        Some(function) => return (function.yields && !is_asynchronous(script, site)).then_some(function),
        // With several possible functions, only one that all of them call would be certain.
        None => site.callee.single().map(|_| site.callee.functions().collect()).unwrap_or_default(),
    };
    called.into_iter().find_map(|function| {
        let target = script.project().script(function.file).filter(|_| seen.insert(function))?;
        let calls = target.analysis().calls.iter();
        calls
            .filter(|inner| inner.function == Some(function.function))
            .find_map(|inner| follow(&target, inner, seen))
    })
}

/// Whether a call is one of `msys.runInPool` that returns before the function has run: its third argument is true or a
/// function.
pub(super) fn is_asynchronous(script: &Script<'_>, site: &CallSite) -> bool {
    script.called(site).is_some_and(|function| function.name == "msys.runInPool")
        && site.arguments.get(2).is_some_and(|ty| ty.all(Value::is_truthy))
}
