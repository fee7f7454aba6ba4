//! Formats every script at hand and asks an independent judge, the Lua 5.1 compiler, whether it still is the same one.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "all of it is tests"
)]

mod bytecode;
mod generated;

use std::cell::Cell;
use std::path::{Path, PathBuf};

use momentum_lua_analyzer::syntax::{PlainText, TokenKind, decode, parse};
use momentum_lua_formatter::{Style, format};
use proptest::test_runner::{Config, TestRunner};

/// Styles that differ in as much as can be.
fn styles() -> Vec<Style> {
    [
        "",
        "column_width = 40\nindent_type = 'Spaces'\nindent_width = 2\nquote_style = 'ForceSingle'\ncall_parentheses = 'None'",
        "column_width = 400\nquote_style = 'ForceDouble'\ncollapse_simple_statement = 'Always'\nline_endings = 'Windows'\n\
         space_after_function_names = 'Always'\nblock_newline_gaps = 'Preserve'\ncall_parentheses = 'Input'",
    ]
    .map(|text| Style::from_toml(text).unwrap())
    .into()
}

fn scripts(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(scripts(&path));
        } else if path.extension().is_some_and(|extension| extension == "lua") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The dialect's operators in their order: the compiler does not see them.
fn operators(source: &str) -> Vec<TokenKind> {
    use TokenKind as T;
    let tokens = parse(source).tokens.into_iter().map(|token| token.kind);
    tokens
        .filter(|kind| {
            matches!(
                kind,
                T::BitAnd
                    | T::BitOr
                    | T::BitXor
                    | T::ShiftLeft
                    | T::ShiftRight
                    | T::FloorDivide
                    | T::Tilde
                    | T::Bang
            )
        })
        .collect()
}

/// Formats a script in all styles; false if the engine does not load it.
fn check(name: &str, source: &str) -> bool {
    if !parse(source).errors.is_empty() {
        assert!(format(source, &Style::default(), None).is_err(), "{name}");
        return false;
    }
    let compiled = |text: &str| {
        let plain = PlainText::new(text).unwrap_or_else(|errors| panic!("{name}: {errors:?}\n{text}"));
        bytecode::of(plain.text()).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let before = compiled(source);
    for style in styles() {
        let formatted = format(source, &style, None)
            .unwrap_or_else(|error| panic!("{name}: {error} at {:?}", error.span));
        assert!(compiled(&formatted) == before, "{name} compiles to something else:\n{formatted}");
        assert_eq!(operators(&formatted), operators(source), "{name}");
        let again = format(&formatted, &style, None).unwrap();
        assert_eq!(again, formatted, "{name}: formatting is not idempotent");
    }
    true
}

#[test]
fn examples_stay_what_they_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut count = 0;
    for folder in ["examples", "analyzer/tests/scripts", "tests"] {
        for path in scripts(&root.join(folder)) {
            let (source, _) = decode(std::fs::read(&path).unwrap());
            count += usize::from(check(&path.display().to_string(), &source));
        }
    }
    assert!(count > 20, "only {count} scripts");
}

#[test]
fn other_scripts_stay_what_they_are() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    for (folder, least) in [("corpus/docs-examples/normalized", 250), ("oracle/dialect", 60)] {
        let found = scripts(&shared.join(folder));
        if found.is_empty() {
            println!("skipped: {folder} is not here");
            continue;
        }
        let formatted = found
            .iter()
            .filter(|path| {
                let (source, _) = decode(std::fs::read(path).unwrap());
                check(&path.display().to_string(), &source)
            })
            .count();
        assert!(formatted >= least, "only {formatted} scripts of {folder}");
    }
}

#[test]
fn generated_scripts_stay_what_they_are() {
    const CASES: u32 = 1500;
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let (formatted, refused) = (Cell::new(0), Cell::new(0));
    let mut runner = TestRunner::new(config);
    let result = runner.run(&generated::script(), |source| {
        // stylua is not free of mistakes: what matters is that they are noticed.
        match format(&source, &Style::default(), None) {
            Err(error) if error.message.contains("a mistake of the formatter") => {
                assert!(!error.span.is_empty());
                refused.set(refused.get() + 1);
            }
            _ => formatted.set(formatted.get() + u32::from(check("generated", &source))),
        }
        Ok(())
    });
    result.unwrap();
    let (formatted, refused) = (formatted.get(), refused.get());
    // The others do not load: a call whose `(` starts a line.
    assert!(formatted > CASES / 2, "formatted only {formatted}");
    assert!(refused < CASES / 20, "refused {refused}");
    println!("formatted {formatted}, refused {refused} of {CASES}");
}
