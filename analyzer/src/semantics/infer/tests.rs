//! Whether the rounds end where nothing more can be found.

#![allow(clippy::unwrap_used, reason = "a script that cannot be read has to fail")]

use super::*;
use crate::syntax;

/// There are no other files.
struct Alone;

impl Environment for Alone {
    fn require(&self, _: &str) -> Option<Type> {
        None
    }
    fn global(&self, _: &str) -> Option<Type> {
        None
    }
    fn table(&self, _: TableRef) -> Option<&Table> {
        None
    }
    fn class(&self, _: &str) -> Option<TableRef> {
        None
    }
    fn parts(&self, _: TableRef) -> &[TableRef] {
        &[]
    }
    fn function(&self, _: FunctionRef) -> Option<&FunctionFacts> {
        None
    }
    fn arguments(&self, _: FunctionId) -> Option<&[Type]> {
        None
    }
    fn is_extended(&self, _: &str, _: &str) -> bool {
        false
    }
}

/// What is found out of a script, and whether another round would find out more.
fn is_settled(source: &str) -> bool {
    let parsed = syntax::parse(source);
    let annotations = Annotations::default();
    let input = Input {
        file: FileId::new(0),
        source,
        tree: &parsed.tree,
        annotations: &annotations,
        api: momentum_lua_stubs::api(),
        target: "5.4".parse().unwrap(),
        environment: &Alone,
    };
    let scopes = Scopes::new(input.tree);
    let mut inference = Inference::new(&input, &scopes);
    inference.rounds();
    let found = |inference: &Inference<'_>| {
        let found = &inference.found;
        let types: Vec<_> = parsed.tree.expressions().map(|(id, _)| found.types.get(&id).cloned()).collect();
        format!("{types:?} {:?} {:?} {:?}", found.calls, found.returns, found.binding_types)
    };
    let before = found(&inference);
    inference.round();
    before == found(&inference)
}

#[test]
fn another_round_finds_nothing_new() {
    let scripts = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clean");
    let mut count = 0;
    for entry in std::fs::read_dir(scripts).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "lua") {
            let source = std::fs::read_to_string(&path).unwrap();
            assert!(is_settled(&source), "{} is not settled", path.display());
            count += 1;
        }
    }
    assert!(count > 20, "only {count} scripts");
}

#[test]
fn what_comes_late_is_told_to_those_who_asked_before() {
    // The caller stands behind what it calls, the value of `last` behind the function that reads it, and each function
    // asks another one that is walked after it.
    assert!(is_settled(
        r#"
        local last
        local function first(value) return value, last end
        local function even(n, tag) if n == 0 then return tag end return odd(n - 1, tag) end
        function odd(n, tag) if n == 0 then return nil end return even(n - 1, tag) end
        local object = {}
        function object:name() return self.title end
        local function use() return first(object), object:name(), even(4, "x") end
        object.title = "title"
        last = use()
        for i = 1, 3 do last = { last, i } end
        return use
        "#
    ));
}
