//! The exports are what other tools can read.

#![allow(clippy::unwrap_used, reason = "a test may stop at an export that cannot be read")]

use std::collections::BTreeSet;

use momentum_lua_stubs::api;
use momentum_lua_stubs::reader::{Api, StubFile, export};
use selene_lib::standard_library::{FieldKind, StandardLibrary};

fn selene() -> StandardLibrary {
    serde_yaml::from_str(&export::selene(api())).unwrap()
}

#[test]
fn selene_loads_its_standard_library() {
    let mut library = selene();
    assert_eq!(library.base.as_deref(), Some("lua51"));
    library.extend(StandardLibrary::from_name("lua51").unwrap());
    let field = |path: &str| library.find_global(&path.split('.').collect::<Vec<_>>());
    for path in [
        "msys.pcre.match",
        "msys.core.VALIDATE_CONT",
        "msys.registerModule",
        "string.format",
        "os.setenv",
        "json",
    ] {
        assert!(field(path).is_some(), "{path} is missing");
    }
    assert!(field("msys.pcre.nothing").is_none());
    let Some(FieldKind::Function(matching)) = field("msys.pcre.match").map(|field| &field.field_kind) else {
        panic!("msys.pcre.match is no function")
    };
    assert_eq!(matching.arguments.len(), 2);
    assert!(!matching.method);
}

#[test]
fn selene_knows_every_function_that_is_reached_by_name() {
    let library = selene();
    let reached = api().functions().into_iter().filter(|function| function.owner.starts_with("msys"));
    let missing: Vec<String> = reached
        .filter(|function| {
            api()
                .class(&function.owner)
                .is_some_and(|class| class.kind == momentum_lua_stubs::reader::model::ClassKind::Table)
        })
        .map(|function| format!("{}.{}", function.owner, function.member))
        .filter(|path| !library.globals.contains_key(path))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_meta_files_are_lua() {
    for file in export::luacats(api()) {
        let parsed = full_moon::parse_fallible(&file.text, full_moon::LuaVersion::lua51());
        assert!(parsed.errors().is_empty(), "{}: {:?}", file.path, parsed.errors());
    }
}

#[test]
fn the_meta_files_say_what_the_stubs_say() {
    let exported = export::luacats(api());
    let files: Vec<StubFile<'_>> =
        exported.iter().map(|file| StubFile { path: &file.path, text: &file.text }).collect();
    let (read, errors) = Api::default().with_stubs(&files);
    // What Lua 5.1 has by itself is not in the files.
    let standard = |message: &str| {
        ["`file*`", "`math`", "no class or table is called"].iter().any(|word| message.contains(word))
    };
    let errors: Vec<String> =
        errors.iter().map(ToString::to_string).filter(|error| !standard(error)).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    let mut known: BTreeSet<String> = read.functions().iter().map(|one| one.path()).collect();
    // A table may have another name than its class.
    known.extend(read.functions().iter().map(|one| one.name.to_string()));
    let missing: Vec<String> = api()
        .functions()
        .into_iter()
        .filter(|one| one.owner.starts_with("msys") || (one.about.page.is_some() && !one.owner.is_empty()))
        .map(|one| one.path())
        .filter(|path| !known.contains(path))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let hooks = read.class("momentum.callouts").map(|class| read.own_members(&class.name).len());
    assert_eq!(hooks, Some(api().hooks().len()));
    let paths: BTreeSet<&str> = exported.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths.len(), exported.len(), "two files have the same path");
}
