//! What holds for every function of the API.

use momentum_lua_stub_reader::database::Member;

use super::{Registry, tested};

#[test]
fn what_is_registered_is_in_the_stubs() {
    let api = momentum_lua_stubs::api();
    let registry = Registry::all();
    for (owner, member) in registry.functions() {
        let found = api.member(owner, member).and_then(Member::function);
        assert!(found.is_some(), "the stubs have no function `{member}` in `{owner}`");
    }
    for (class, member) in registry.fields() {
        // `settable` gives a method's name a meaning in assignments.
        let found = api.member(class, member);
        assert!(
            matches!(found, Some(Member::Field(_) | Member::Function(_))),
            "the stubs have no field `{member}` in `{class}`"
        );
    }
}

#[test]
fn every_function_of_a_table_is_callable() {
    let state = tested::state();
    let api = momentum_lua_stubs::api();
    for module in api.modules() {
        state.call::<()>("pcall(require, ...)", module.name.as_str());
    }
    let standard = |owner: &str| {
        owner.is_empty()
            || ["string", "table", "math", "io", "os", "debug", "coroutine", "package"].contains(&owner)
    };
    let mut missing = Vec::new();
    for function in api.functions() {
        let is_method = function.kind == momentum_lua_stub_reader::model::FunctionKind::Method;
        let is_site = api.module(&function.owner).is_some_and(|module| module.source == "site");
        if is_method || is_site || standard(&function.owner) {
            continue;
        }
        // A table is reached by its name, or as what a `require` of a module that inherits from it gives.
        let inheriting = api.modules().into_iter().filter(|module| {
            module.class.as_deref().is_some_and(|class| api.inherits(class, &function.owner))
        });
        let there = inheriting
            .map(|module| format!("require('{}')", module.name))
            .chain([function.owner.to_string()])
            .any(|owner| {
                state.eval::<bool>(&format!(
                    "local owner = {owner}\n return owner and type(owner.{}) == 'function'",
                    function.member
                ))
            });
        if !there && api.class(&function.owner).is_none_or(|class| class.callouts.is_none()) {
            missing.push(function.path());
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_member_appears_with_the_require() {
    let state = tested::state();
    assert!(state.eval::<bool>("return msys.pcre == nil"));
    assert!(
        state
            .eval::<bool>("return type(require('msys.pcre').match) == 'function' and msys.pcre.match ~= nil")
    );
    let message = super::object::opaque(&state.lua, &state.frame, "ec_message").unwrap();
    assert!(state.call::<bool>("local msg = ...\n return msg.header == nil", &message));
    assert!(state.call::<bool>(
        "local msg = ...\n require('msys.extended.message')\n return msg.header ~= nil",
        &message
    ));
    assert!(state.call::<bool>("local msg = ...\n return msg.no_such_member == nil", &message));
}

#[test]
fn what_nobody_models_is_noted_with_its_neutral_result() {
    let state = tested::state();
    state.eval::<()>(
        "msys.core.mail_queue_delay_domain(msys.core.mail_queue_delay_domain, '451 4.4.1 delayed')",
    );
    let report = state.report();
    assert!(report.contains("msys.core.mail_queue_delay_domain") && report.contains("recorded"), "{report}");
    assert!(report.contains("\"file\":\"test.lua\",\"line\":1"), "{report}");
    let calls = state.frame.calls();
    assert_eq!(calls.iter().map(|call| call.count).collect::<Vec<_>>(), [1]);
}

#[test]
fn nil_where_c_wants_a_value_would_crash() {
    let state = tested::state();
    let error = state.error("local domain\nmsys.core.mail_queue_delay_domain(domain, 'x')");
    assert!(error.contains("would crash the server"), "{error}");
    assert!(error.contains("`dr`"), "{error}");
}

#[test]
fn an_argument_of_the_wrong_type_is_lua_s_own_error() {
    let state = tested::state();
    let error = state.error("msys.core.string_new():set({})");
    assert!(error.contains("bad argument #1 to 'set' (string expected, got table)"), "{error}");
    let error = state.error("local s = msys.core.string_new()\ns.set('x')");
    assert!(error.contains("bad self (ec_string expected, got string)"), "{error}");
}

#[test]
fn constants_have_values_that_are_no_accident() {
    let state = tested::state();
    assert!(state.eval::<bool>("return msys.core.VALIDATE_CONT ~= msys.core.VALIDATE_DONE"));
    assert!(state.eval::<bool>("return msys.core.VALIDATE_CONT > 1000"));
    assert!(state.eval::<bool>("return msys.core.MC_STATE_EHLO == 2"));
    assert!(state.eval::<bool>("return msys.core.VALIDATE_NOTHING == nil"));
}

#[test]
fn fields_of_structs_are_there_and_keep_what_is_set() {
    let state = tested::state();
    let session = super::object::opaque(&state.lua, &state.frame, "message_construct").unwrap();
    let code: i64 = state.call("local mc = ...\n mc.ctx.code = 550\n return mc.ctx.code", &session);
    assert_eq!(code, 550);
    assert!(state.report().contains("\"code\":550"), "{}", state.report());
    let state_now: i64 = state.call("local mc = ...\n mc.state = 3\n return mc.state", &session);
    assert_eq!(state_now, 3);
    assert!(state.report().contains("message_construct.state"), "{}", state.report());
    let error = state.call::<String>(
        "local mc = ...\n local ok, e = pcall(function() mc.nonsense = 1 end)\n return tostring(e)",
        &session,
    );
    assert!(error.contains("nonsense"), "{error}");
}
