//! Every entry says what a person who looks it up needs.

use momentum_lua_stubs::api;
use momentum_lua_stubs::reader::database::{Database, Entry, Member};
use momentum_lua_stubs::reader::describe;
use momentum_lua_stubs::reader::model::{About, Function, Type};

fn missing<'a>(entries: impl IntoIterator<Item = (&'a str, &'a About)>) -> Vec<String> {
    let undescribed = entries.into_iter().filter(|(_, about)| about.doc.trim().is_empty());
    undescribed.map(|(name, about)| format!("{}: {name} has no description", about.origin)).collect()
}

#[test]
fn everything_that_lua_sees_is_described() {
    let api = api();
    let mut wrong = missing(api.functions().into_iter().map(|one| (one.name.as_str(), &one.about)));
    wrong.extend(missing(api.hooks().into_iter().map(|one| (one.name.as_str(), &one.about))));
    wrong.extend(missing(api.constants().into_iter().map(|one| (one.name.as_str(), &one.about))));
    wrong.extend(missing(
        api.c_functions().into_iter().map(|one| (one.function.name.as_str(), &one.function.about)),
    ));
    wrong.extend(missing(api.context_variables().into_iter().map(|one| (one.name.as_str(), &one.about))));
    wrong.extend(missing(api.macros().into_iter().map(|one| (one.syntax.as_str(), &one.about))));
    wrong.extend(missing(api.options().into_iter().map(|one| (one.name.as_str(), &one.about))));
    assert!(wrong.is_empty(), "{} entries:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_parameter_has_a_type_and_every_function_a_fidelity() {
    let untyped = |function: &Function| {
        let mut params = function.signature.params.iter();
        params.any(|param| param.ty == Type::Unknown && param.doc.is_empty())
    };
    let mut wrong = Vec::new();
    for function in api().functions() {
        if untyped(function) {
            wrong
                .push(format!("{}: a parameter of {} has no `@param`", function.about.origin, function.name));
        }
        if function.fidelity.is_none() {
            wrong.push(format!("{}: {} has no `@fidelity`", function.about.origin, function.name));
        }
    }
    assert!(wrong.is_empty(), "{} functions:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_embedded_bytes_are_a_database() {
    let database = Database::from_blob(momentum_lua_stubs::blob()).unwrap();
    assert!(database.functions().count() > 300);
    assert_eq!(database.hooks().count(), database.hook_names().count());
    assert_eq!(database.modules().count(), database.module_names().count());
    assert!(database.server().is_some() && database.adaptive().is_some());
}

#[test]
fn every_name_leads_back_to_its_entry() {
    let api = api();
    for function in api.functions() {
        let found = api.member(&function.owner, &function.member).and_then(Member::function);
        assert_eq!(found, Some(function), "{}", function.path());
        assert!(
            matches!(api.entry(&function.name), Some(Entry::Member(Member::Function(one))) if one == function)
        );
    }
    for constant in api.constants() {
        assert_eq!(api.path(&constant.name), Some(Member::Constant(constant)));
    }
    for hook in api.hooks() {
        assert!(matches!(api.entry(&hook.name), Some(Entry::Hook(one)) if one == hook), "{}", hook.name);
    }
}

#[test]
fn every_entry_can_be_shown() {
    let api = api();
    let functions = api.functions().into_iter().map(|one| one.name.as_str());
    let hooks = api.hooks().into_iter().map(|one| one.name.as_str());
    let classes = api.classes().into_iter().map(|one| one.name.as_str());
    let others = ["auth_user", "%{rfc822:date}", "gc_every", "data_spool", "validate_result"];
    let mut shown = 0;
    for name in functions.chain(hooks).chain(classes).chain(others) {
        let Some(description) = describe::entry(api, name) else { panic!("{name} is not found") };
        let text = description.text(100);
        assert!(text.starts_with(&description.name), "{text}");
        assert!(!description.markdown(&str::to_owned).is_empty());
        shown += 1;
    }
    assert!(shown > 500);
}
