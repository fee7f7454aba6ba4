//! What formatting does and what it leaves alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "all of it is tests"
)]

use std::fs;

use momentum_lua_formatter::{LineEnds, Style, format};

fn formatted(source: &str) -> String {
    format(source, &Style::default().indented(2, false), None).unwrap()
}

fn styled(source: &str, style: &str) -> String {
    format(source, &Style::from_toml(style).unwrap(), None).unwrap()
}

#[test]
fn the_dialect_is_laid_out_as_lua_is() {
    assert_eq!(
        formatted("if a!=b and!c then x=a^^b|~c<<2\\3 &0660 end for row in rows do print'\\u00a3' end"),
        "if a != b and !c then\n  x = a ^^ b | ~c << 2 \\ 3 & 0660\nend\nfor row in rows do\n  print(\"\\u00a3\")\nend\n"
    );
}

#[test]
fn the_first_line_comments_and_encodings_stay() {
    assert_eq!(formatted("#!/usr/bin/lua\n\n\nx=1"), "#!/usr/bin/lua\n\nx = 1\n");
    assert_eq!(formatted("#\nx=1 -- caf\u{e9} \n--[[ a\n b ]]"), "#\nx = 1 -- caf\u{e9}\n--[[ a\n b ]]\n");
    assert_eq!(formatted(""), "");
}

#[test]
fn scripts_keep_their_line_ends_unless_told_otherwise() {
    assert_eq!(formatted("x=1\r\ny=[[a\r\nb]]\r\n"), "x = 1\r\ny = [[a\r\nb]]\r\n");
    assert_eq!(formatted("x=1\ry='a\\\rb'\r"), "x = 1\ny = \"a\\\nb\"\n");
    assert_eq!(styled("x=1\r\n", "line_endings = 'Unix'"), "x = 1\n");
    assert_eq!(styled("x=1\n", "line_endings = 'Windows'"), "x = 1\r\n");
}

#[test]
fn what_is_marked_stays() {
    let source =
        "-- stylua: ignore\nx=a^^b\n-- stylua: ignore start\ny =  1<<2\nz=!  a\n-- stylua: ignore end\n";
    assert_eq!(formatted(source), source);
    assert_eq!(formatted(&format!("{source}w=1")), format!("{source}w = 1\n"));
}

#[test]
fn a_range_takes_its_lines_and_no_others() {
    let source = "x  =  1\r\nif x!=2 then\n  y  =  x^^3\r\n  z  =  4\r\nend\nw  =  5";
    let style = Style::default().indented(2, false);
    let line = |needle: &str| {
        let start = u32::try_from(source.find(needle).unwrap()).unwrap();
        start..start + 1
    };
    assert_eq!(
        format(source, &style, Some(line("=  x^^3"))).unwrap(),
        source.replace("y  =  x^^3", "y = x ^^ 3")
    );
    assert_eq!(format(source, &style, Some(line("w"))).unwrap(), source.replace("w  =  5", "w = 5\r\n"));
    let all = 0..u32::try_from(source.len()).unwrap();
    let whole = format(source, &style, Some(all)).unwrap();
    assert_eq!(whole.replace("\r\n", "\n"), "x = 1\nif x != 2 then\n  y = x ^^ 3\n  z = 4\nend\nw = 5\n");
}

#[test]
fn stylua_decides_by_its_settings() {
    let source = "call 'a' call { b } local function f () return 1 end";
    assert_eq!(
        styled(
            source,
            "quote_style = 'ForceSingle'\ncall_parentheses = 'None'\ncollapse_simple_statement = 'Always'"
        ),
        "call 'a'\ncall { b }\nlocal function f() return 1 end\n"
    );
    assert_eq!(styled("x = 1", "syntax = 'Lua54'\nindent_type = 'Tabs'"), "x = 1\n");
}

#[test]
fn requires_are_sorted_on_request() {
    let source = "local b = require(\"b\") -- second\nlocal a = require(\"a\")\nx = a & b\n";
    assert_eq!(
        styled(source, "sort_requires = { enabled = true }"),
        "local a = require(\"a\")\nlocal b = require(\"b\") -- second\nx = a & b\n"
    );
    // The second one needs the first one.
    let depends = "local b = require(\"b\")\nlocal a = require(b.name)\n";
    let style = Style::from_toml("sort_requires = { enabled = true }").unwrap();
    assert!(format(depends, &style, None).is_err());
}

#[test]
fn scripts_that_do_not_load_are_refused_where_they_fail() {
    let error = format("x = 1\ny = = 2", &Style::default(), None).unwrap_err();
    assert_eq!(error.span.range(), 10..11);
    assert_eq!(error.message, "expected an expression, found `=`");
}

#[test]
fn a_mistake_of_the_formatter_is_noticed_and_placed() {
    // stylua writes `[[[`, which opens a long string.
    let wrong = "t = { [ [[a]] .. b ] = 1 }";
    let source = format!("x  = 1\n{wrong}\ny  = 1\n");
    let error = format(&source, &Style::default(), None).unwrap_err();
    assert_eq!(error.span.text(&source), wrong);
    assert!(error.message.contains("-- stylua: ignore"));
    let ignored = source.replace(wrong, &format!("-- stylua: ignore\n{wrong}"));
    assert_eq!(formatted(&ignored), ignored.replace("  =", " ="));
}

#[test]
fn what_would_take_years_is_refused() {
    let nested = format!("x = {}1{}", "f(function() return a .. ".repeat(30), " end)".repeat(30));
    let source = format!("y  = 2\n{nested}\n");
    let error = format(&source, &Style::default(), None).unwrap_err();
    assert!(error.message.contains("nested too deeply"), "{error}");
    assert!(nested.contains(error.span.text(&source)));
    assert!(format(&source, &Style::default(), Some(0..1)).unwrap().starts_with("y = 2\n"));
    assert!(formatted(&source.replace(&nested, &format!("-- stylua: ignore\n{nested}"))).contains(&nested));
    // Long is not deep.
    let table = format!("t = {{ {} }}", "{ f(g(1, 2)), h { a = 'b' } }, ".repeat(300));
    assert!(formatted(&table).len() > table.len());
}

#[test]
fn settings_are_found_above_the_script() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("policy/a.lua");
    fs::create_dir(folder.path().join("policy")).unwrap();
    let laid_out = |style: &Style| format("do x='a' end", style, None).unwrap();
    fs::write(
        folder.path().join(".editorconfig"),
        "root = true\n[*.lua]\nindent_style = space\nindent_size = 3\nend_of_line = crlf\nquote_type = single\n",
    )
    .unwrap();
    let style = Style::for_script(&script, &Style::default()).unwrap();
    assert_eq!(laid_out(&style), "do\r\n   x = 'a'\r\nend\r\n");
    assert_eq!(style.line_ends(), Some(LineEnds::Windows));
    fs::write(folder.path().join(".stylua.toml"), "indent_type = 'Spaces'\nindent_width = 1\n").unwrap();
    let style = Style::for_script(&script, &Style::default()).unwrap();
    assert_eq!(laid_out(&style), "do\n x = \"a\"\nend\n");
    assert_eq!(style.line_ends(), None);
    fs::write(folder.path().join("policy/stylua.toml"), "indent_with = 1\n").unwrap();
    let error = Style::for_script(&script, &Style::default()).unwrap_err();
    assert_eq!(error.file.unwrap(), folder.path().join("policy/stylua.toml"));
    assert_eq!(error.range, Some(0..11));
    assert!(Style::from_toml("indent_width = 1000000000").is_err());
}
