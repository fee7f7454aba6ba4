//! Every function of the API, and how a run answers it: what the stubs promise holds.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "all of it is tests")]

use std::collections::{BTreeMap, BTreeSet};

use momentum_lua_runtime::api::Registry;
use momentum_lua_stub_reader::model::Fidelity;

/// Recorded functions with a body: it looks at what signing needs, and signs with DKIM where the session holds the key.
const LOOKED_AT: &[&str] = &[
    "msys.validate.opendkim.sign",
    "msys.validate.dkim.sign",
    "msys.validate.dkim2.sign",
    "msys.validate.openarc.sign",
    "msys.validate.openarc.seal",
];

/// The functions whose body is elsewhere: in the library of the machine.
fn is_of_the_machine(owner: &str) -> bool {
    ["", "string", "table", "math", "io", "file", "os", "debug", "coroutine", "package"].contains(&owner)
}

#[test]
fn what_the_stubs_promise_has_a_body_and_the_reverse() {
    let api = momentum_lua_stubs::api();
    let bodies: BTreeSet<(&str, &str)> = Registry::all().functions().collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut broken, mut unsaid) = (Vec::new(), Vec::new());
    for function in api.functions() {
        // Callouts are functions of scripts.
        let is_callout = api.class(&function.owner).is_some_and(|class| class.callouts.is_some());
        if is_callout || is_of_the_machine(&function.owner) {
            continue;
        }
        let has_body = bodies.contains(&(function.owner.as_str(), function.member.as_str()));
        let path = function.path();
        let (list, word) = match (function.fidelity, has_body) {
            (Some(Fidelity::Modelled), true) => (None, "modelled"),
            (Some(Fidelity::Fixture), _) => (None, "fixture"),
            (Some(Fidelity::Recorded) | None, false) => (None, "recorded"),
            (Some(Fidelity::Recorded), true) if LOOKED_AT.contains(&path.as_str()) => (None, "recorded"),
            (Some(Fidelity::Modelled), false) => (Some(&mut broken), "promised"),
            (Some(Fidelity::Recorded) | None, true) => (Some(&mut unsaid), "more than the stub says"),
        };
        *counts.entry(word).or_default() += 1;
        eprintln!("{path}: {word}");
        if let Some(list) = list {
            list.push(path);
        }
    }
    eprintln!("{counts:?}");
    assert!(counts.get("modelled").is_some_and(|count| *count > 100), "{counts:?}");
    assert!(broken.is_empty(), "the stubs call these modelled, and they have no body: {broken:#?}");
    assert!(unsaid.is_empty(), "these have a body, and the stubs call them recorded: {unsaid:#?}");
}

/// What the engine has to do itself: everything of these classes and modules is modelled.
#[test]
fn all_of_the_core_is_modelled() {
    /// Undocumented: what kind of resource it gives is not known.
    const UNKNOWN: &[&str] = &["ec_message:rsrc_get"];
    const OWNERS: &[&str] = &[
        "ec_message",
        "ec_message_part",
        "validate_context",
        "accept_construct",
        "ec_string",
        "msys.pcre",
        "pcre",
        "json",
        "xml",
        "xml_node",
        "xml_document",
        "msys.base64",
        "msys.qp",
        "msys.idn",
        "msys.dumper",
        "msys.counter",
        "msys.gauge_cache",
        "msys.audit",
        "msys.audit_series",
        "msys.cidr",
        "msys.db",
        "msys.timer",
        "timer",
        "thread",
        "msys.threadpool",
        "msys.httpsrv",
        "msys.rfc3464",
        "msys.bounce",
        "msys.adaptive",
    ];
    const FUNCTIONS: &[&str] = &[
        "msys.expandMacro",
        "msys.config",
        "msys.lock",
        "msys.unlock",
        "msys.runInPool",
        "msys.runInInst",
        "msys.sleep",
        "msys.readfile",
        "msys.core.io_wrapper_open",
        "msys.registerControl",
        "msys.registerModule",
        "msys.parseRFC2822Addresses",
        "xmpp.registerModule",
    ];
    let api = momentum_lua_stubs::api();
    let known: BTreeSet<&str> = api.functions().into_iter().map(|function| &*function.owner).collect();
    let missing: Vec<_> = OWNERS.iter().filter(|owner| !known.contains(**owner)).collect();
    assert!(missing.is_empty(), "nothing is called so: {missing:?}, among {known:?}");
    for name in FUNCTIONS {
        assert!(
            api.functions().into_iter().any(|function| function.path() == *name),
            "nothing is called {name}"
        );
    }
    let other: Vec<String> = api
        .functions()
        .into_iter()
        .filter(|one| OWNERS.contains(&&*one.owner) || FUNCTIONS.contains(&one.path().as_str()))
        .filter(|one| one.fidelity != Some(Fidelity::Modelled) && !UNKNOWN.contains(&one.path().as_str()))
        .map(|one| one.path())
        .collect();
    assert!(other.is_empty(), "{other:#?}");
}
