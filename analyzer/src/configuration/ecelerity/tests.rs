use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::configuration::Location;

/// The tree in one line per statement, without positions.
fn outline(text: &str) -> String {
    let mut out = String::new();
    write_statements(&parse(text).statements, 0, &mut out);
    out
}

fn write_statements(statements: &[Statement], depth: usize, out: &mut String) {
    for statement in statements {
        out.push_str(&"  ".repeat(depth));
        match statement {
            Statement::Assignment(assignment) => {
                let value = assignment.value.as_ref().map_or("MISSING".to_owned(), shown);
                writeln!(out, "{} = {value}", assignment.key.text).unwrap();
            }
            Statement::Scope(scope) => {
                let name = scope.name.as_ref().map_or(String::new(), |name| format!(" {:?}", name.text));
                writeln!(out, "{}{name}", scope.kind.text).unwrap();
                write_statements(&scope.statements, depth + 1, out);
            }
            Statement::Include(include) => {
                let path = include.path.as_ref().map_or("MISSING", |path| &path.text);
                writeln!(out, "{} -> {path}", include.keyword.text).unwrap();
            }
        }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Word(word) if word.quote == Quote::None => word.text.clone(),
        Value::Word(word) => format!("{:?}", word.text),
        Value::Collection(collection) => {
            let items: Vec<String> = collection.items.iter().map(shown_item).collect();
            format!("{}{}{}", collection.kind.open(), items.join(" "), collection.kind.close())
        }
    }
}

fn shown_item(item: &Item) -> String {
    let value = item.value.as_ref().map_or("MISSING".to_owned(), shown);
    match &item.key {
        Some(key) => format!("{}={value}", key.text),
        None => value,
    }
}

/// The errors as a person gets them.
fn errors(text: &str) -> String {
    let document = parse(text);
    let lines = document.errors.iter().map(|error| {
        let start = Location::of(text, error.range.start);
        let wrong = text.get(error.range.clone()).unwrap();
        format!("x.conf:{start}: {error} |{}|\n", wrong.escape_debug())
    });
    lines.collect()
}

#[track_caller]
fn check(text: &str, tree: &str, expected_errors: &str) {
    assert_eq!(outline(text), dedent(tree), "the tree of\n{text}");
    assert_eq!(errors(text), dedent(expected_errors), "the errors of\n{text}");
}

/// Takes away the indentation of the first line from all lines.
fn dedent(text: &str) -> String {
    let text = text.trim_start_matches('\n').trim_end();
    let indent = text.len() - text.trim_start().len();
    let lines = text.lines().map(|line| line.get(indent..).unwrap_or_default());
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn scopes_options_lists_and_dictionaries() {
    check(
        r#"
        Message_Expiration = 86400
        Relay_Hosts = ( 10.0.0.1 "10.0.0.2" )  # two hosts
        fbl_stats_monitor = (14400, 6)
        alerting {}
        Domain earthlink.net { Message_Expiration = 900 }
        Control_Listener {
          AuthorizationParameters = [
            uri = "ecauth://"
          ]
          Listen "/tmp/2025" {
            File_Mode = 0666
          }
        }
        "#,
        r#"
        Message_Expiration = 86400
        Relay_Hosts = (10.0.0.1 "10.0.0.2")
        fbl_stats_monitor = (14400 6)
        alerting
        Domain "earthlink.net"
          Message_Expiration = 900
        Control_Listener
          AuthorizationParameters = [uri="ecauth://"]
          Listen "/tmp/2025"
            File_Mode = 0666
        "#,
        "",
    );
}

#[test]
fn line_ends_mean_nothing_and_may_be_of_any_kind() {
    let tree = "
        ec_logger \"main\"
          heartbeat = 0
        a = b
    ";
    check("ec_logger\n\"main\"\n{\nheartbeat\n=\n0\n}\na = b", tree, "");
    check("ec_logger \"main\"\r\n{ heartbeat = 0 }\r\na = b\r\n", tree, "");
    check("ec_logger \"main\"\r{ heartbeat = 0 # off\r}\ra = b", tree, "");
    check("\u{feff}ec_logger main{heartbeat=0}a=b", tree, "");
    check("ec_logger 'main' { heartbeat = 0; };\na = b;;\n;", tree, "");
}

#[test]
fn comments_are_passed_over_and_do_not_nest() {
    let text = "a = 1 # b = 2\n/* c = 3\n { /* */ d = \"# no comment /* either\"\ne/**/=/**/f\n#";
    check(
        text,
        r##"
        a = 1
        d = "# no comment /* either"
        e = f
        "##,
        "",
    );
    let comments: Vec<&str> =
        parse(text).comments.iter().map(|range| text.get(range.clone()).unwrap()).collect();
    assert_eq!(comments, ["# b = 2", "/* c = 3\n { /* */", "/**/", "/**/", "#"]);
}

#[test]
fn strings_go_over_lines_and_keep_the_backslashes_of_patterns() {
    check(
        r#"
        query = "SELECT 1 FROM users
                 WHERE name = :user"
        Domain "/(?:^|[.])example\.com$/" { a = "say \"yes\" \\ no" }
        b = 'it"s'
        "#,
        r#"
        query = "SELECT 1 FROM users\n                 WHERE name = :user"
        Domain "/(?:^|[.])example\\.com$/"
          a = "say \"yes\" \\ no"
        b = "it\"s"
        "#,
        "",
    );
    let text = r#"source = "a.b" name = 'c' bare = d"#;
    let document = parse(text);
    let raw: Vec<&str> = document
        .statements
        .iter()
        .filter_map(|statement| match statement {
            Statement::Assignment(assignment) => {
                text.get(assignment.value.as_ref()?.as_word()?.raw_range(text))
            }
            _ => None,
        })
        .collect();
    assert_eq!(raw, ["a.b", "c", "d"]);
}

#[test]
fn includes_stand_anywhere() {
    check(
        r#"
        include "/opt/msys/ecelerity/etc/config.d"
        Domain yahoo.com {
          Readonly_Include "bar.conf"
        }
        include_path = x
        include = y
        "#,
        "
        include -> /opt/msys/ecelerity/etc/config.d
        Domain \"yahoo.com\"
          Readonly_Include -> bar.conf
        include_path = x
        include = y
        ",
        "",
    );
}

#[test]
fn a_missing_operator_or_value_costs_one_statement() {
    check(
        "
        suspend_delivery true
        max_retries =
        b = 2
        lonely
        Domain example.com {
          Gateway
        }
        d (1 2)
        = 3
        e = f = g
        ",
        r#"
        suspend_delivery = true
        max_retries = MISSING
        b = 2
        Domain "example.com"
        d = (1 2)
        e = f
        "#,
        r#"
        x.conf:2:26: expected `=` or `{` after `suspend_delivery`, found `true` |true|
        x.conf:3:21: expected a value for `max_retries`, found `b` |=|
        x.conf:5:9: expected `=` or `{` after `lonely`, found `Domain` |lonely|
        x.conf:7:11: expected `=` or `{` after `Gateway`, found `}` |Gateway|
        x.conf:9:11: expected `=` after `d`, found `(` |(|
        x.conf:10:9: expected an option or a scope, found `=` |=|
        x.conf:11:15: expected an option or a scope, found `=` |=|
        "#,
    );
}

#[test]
fn operators_that_nobody_documents_are_read_and_reported() {
    check(
        "SMTP_Extensions += ( \"STARTTLS\" )\nRelay_Hosts-=10.0.0.1",
        "
        SMTP_Extensions = (\"STARTTLS\")
        Relay_Hosts = 10.0.0.1
        ",
        "
        x.conf:1:17: expected `=`, found `+=`, which Momentum does not document |+=|
        x.conf:2:12: expected `=`, found `-=`, which Momentum does not document |-=|
        ",
    );
}

#[test]
fn a_missing_brace_is_reported_where_the_indentation_shows_it() {
    check(
        r#"
        scriptlet "scriptlet" {
          script "a" {
            source = "x"
          script "b" {
            source = "y"
          }
        }
        next = 1
        "#,
        r#"
        scriptlet "scriptlet"
          script "a"
            source = "x"
            script "b"
              source = "y"
          next = 1
        "#,
        r#"
        x.conf:3:22: scope `script "a"` is not closed: expected `}`, found `}` of an outer scope |{|
        "#,
    );
    check(
        "alerting {}\nDomain x {\n",
        "
        alerting
        Domain \"x\"
        ",
        r#"
        x.conf:2:10: scope `Domain "x"` is not closed: expected `}`, found the end of the file |{|
        "#,
    );
    check("a = 1\n}\nb = 2", "a = 1\nb = 2", "x.conf:2:1: this `}` closes nothing |}|");
}

#[test]
fn a_list_that_is_not_closed_ends_before_the_next_statement() {
    check(
        r#"
        Datasource "d" {
          uri = ( "sqlite:/a"
                  "sqlite:/b"
          cache_size = 10
          map = [ user = "%{username}"
          Nested "x" { }
        }
        after = ( 1 ]
        c = 3
        "#,
        r#"
        Datasource "d"
          uri = ("sqlite:/a" "sqlite:/b")
          cache_size = 10
          map = [user="%{username}"]
          Nested "x"
        after = (1)
        c = 3
        "#,
        "
        x.conf:3:17: this list is not closed: expected `)`, found `cache_size` |(|
        x.conf:6:17: this dictionary is not closed: expected `]`, found `Nested` |[|
        x.conf:9:17: this list is not closed: expected `)`, found `]` |(|
        x.conf:9:21: this `]` closes nothing |]|
        ",
    );
}

#[test]
fn collections_nest_and_odd_elements_are_reported() {
    check(
        "a = ( (1 2) [ k = ( 3 ) ] )\nb = [ x y = 1 ]\nc = ( name = value )\nd = ( = 1 )",
        "
        a = ((1 2) [k=(3)])
        b = [x y=1]
        c = (name=value)
        d = (1)
        ",
        "
        x.conf:2:7: expected `key = value` in the dictionary, found `x` |x|
        x.conf:4:7: expected an element of the list, found `=` |=|
        ",
    );
}

#[test]
fn a_string_that_is_not_closed_ends_with_its_line() {
    check(
        "script \"a\" {\n  source = \"msys.boot\n}\nscript \"b\" {\n  source = \"x\"\n}\n",
        r#"
        script "a"
          source = "msys.boot"
        script "b"
          source = "x"
        "#,
        r#"
        x.conf:2:12: this string has no closing quote |\"msys.boot|
        "#,
    );
    check("a = \"x", "a = \"x\"", "x.conf:1:5: this string has no closing quote |\\\"x|");
    check("a = 1 /* b = 2", "a = 1", "x.conf:1:7: this comment is not closed: expected `*/` |/*|");
}

#[test]
fn typographic_quotes_are_read_as_what_was_meant() {
    check(
        "gc_threadpool = “gc”\nb = ”c\n",
        "gc_threadpool = \"gc\"\nb = ”c",
        "
        x.conf:1:17: typographic quotation marks do not quote: expected `\"` |“gc”|
        x.conf:2:5: typographic quotation marks do not quote: expected `\"` |”|
        ",
    );
}

#[test]
fn heads_of_scopes_that_are_wrong_keep_their_content() {
    check(
        "Domain \"a\" \"b\" { x = 1 }\n{ y = 2 }\ninclude\nz { }\n",
        "
        Domain \"a\"
          x = 1
        \u{20}
          y = 2
        include -> MISSING
        z
        "
        .replace("\u{20}\n", "\n")
        .as_str(),
        "
        x.conf:1:12: expected `{` after the name of the scope, found the string \"b\" |\\\"b\\\"|
        x.conf:2:1: expected the kind of a scope before its `{`, found `{` |{|
        x.conf:4:1: expected the path of a file or folder after `include`, found `z` |z|
        ",
    );
}

#[test]
fn words_are_read_as_momentum_reads_them() {
    let word = |text: &str| Word { text: text.to_owned(), quote: Quote::None, range: 0..text.len() };
    assert!(word("ESMTP_Listener").is("esmtp_listener"));
    assert_eq!(
        ["on", "False", "enabled", "0", "yes"].map(|text| word(text).as_bool()),
        [Some(true), Some(false), Some(true), Some(false), None]
    );
    assert_eq!(
        ["300", "-1", "0660", "0", "3x", "", "08"].map(|text| word(text).as_integer()),
        [Some(300), Some(-1), Some(432), Some(0), None, None, None]
    );
}

#[test]
fn depth_is_limited_and_size_is_not() {
    let deep = "a {".repeat(100_000) + "x = 1" + &"}".repeat(100_000) + "y = 2";
    let document = parse(&deep);
    assert_eq!(document.errors.len(), 1);
    assert_eq!(document.statements.len(), 2, "the statement behind is still read");

    for bracket in ["(", "[", "( [", "[ a = ", "( a = ( b", "{"] {
        let document = parse(&format!("x = {}", bracket.repeat(100_000)));
        assert!(!document.errors.is_empty());
    }
    let closed = format!("x = {}{}\ny = 2", "(".repeat(100_000), ")".repeat(100_000));
    assert_eq!(parse(&closed).statements.len(), 2);

    let time = std::time::Instant::now();
    for line in ["\\'\n", "x'\n\\'", "\"a\n", "“a", ";", "a = (\n", "a +", "/", "'\\\n"] {
        parse(&line.repeat(1_000_000 / line.len()));
    }
    assert!(time.elapsed().as_secs() < 60, "took {:?}", time.elapsed());
}

/// Every position is inside the text, on character boundaries, and inside what contains it.
fn assert_positions(text: &str) {
    let document = parse(text);
    let whole = 0..text.len();
    for error in &document.errors {
        assert_inside(text, &error.range, &whole);
        assert!(!error.to_string().is_empty());
    }
    for comment in &document.comments {
        assert_inside(text, comment, &whole);
    }
    assert_statements(text, &document.statements, &whole);
}

type Span = std::ops::Range<usize>;

#[track_caller]
fn assert_inside(text: &str, inner: &Span, outer: &Span) {
    assert!(text.get(inner.clone()).is_some(), "{inner:?} in {text:?}");
    assert!(outer.start <= inner.start && inner.end <= outer.end, "{inner:?} in {outer:?} of {text:?}");
}

fn assert_statements(text: &str, statements: &[Statement], outer: &Span) {
    let mut before = outer.start;
    for statement in statements {
        let range = statement.range();
        assert_inside(text, &range, &(before..outer.end));
        before = range.end;
        match statement {
            Statement::Assignment(assignment) => {
                assert_inside(text, &assignment.key.range, &range);
                if let Some(value) = &assignment.value {
                    assert_value(text, value, &range);
                }
            }
            Statement::Scope(scope) => {
                assert_inside(text, &scope.head_range(), &range);
                let end = scope.close.as_ref().map_or(range.end, |close| close.start);
                assert_statements(text, &scope.statements, &(scope.open.end..end));
            }
            Statement::Include(include) => {
                if let Some(path) = &include.path {
                    assert_inside(text, &path.raw_range(text), &range);
                }
            }
        }
    }
}

fn assert_value(text: &str, value: &Value, outer: &Span) {
    let range = value.range();
    assert_inside(text, &range, outer);
    match value {
        Value::Word(word) => assert_inside(text, &word.raw_range(text), &range),
        Value::Collection(collection) => {
            for item in &collection.items {
                assert_inside(text, &item.range, &range);
                if let Some(value) = &item.value {
                    assert_value(text, value, &item.range);
                }
            }
        }
    }
}

const REAL: &str = r#"# A node
include "bindings.conf"
Domain "/^ex.*[.]com$/" { TLS = ifAvailable Max = "1000/3600" }
ESMTP_Listener { Context = [ inbound = "yes" é = 'ü' ]
  Listen ":25" { Peer 10.0.0.0/8 { SMTP_Extensions = ( "STARTTLS", "AUTH LOGIN" ) } } }
/* scripts */ scriptlet "scriptlet" {
  script_ttl = 300 gc_threadpool = “gc”
  script "boot" { source = "msys.boot" }
  script 'a\'b' { source = "a.\"b" }
}
uri = ( "odbc:DSN=x
  y" [ k = ( 1 2 ) ] ) x += 1; y -= 2
"#;

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_configurations_never_break_the_parser(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..8usize, 0..4u8, "[{}()\\[\\]=\"'#/*+;, \\n\\r\\\\“”aé\u{0}]{0,4}"), 1..12)
    ) {
        let mut characters: Vec<char> = REAL.chars().collect();
        for (at, length, how, insertion) in edits {
            let start = at.index(characters.len() + 1);
            let end = (start + length).min(characters.len());
            match how {
                0 => { characters.drain(start..end); }
                1 => { let copy: Vec<char> = characters[start..end].to_vec(); characters.splice(start..start, copy); }
                2 => characters.truncate(start.max(1)),
                _ => { characters.splice(start..start, insertion.chars()); }
            }
        }
        assert_positions(&characters.into_iter().collect::<String>());
    }

    #[test]
    fn any_text_parses(text in "\\PC{0,60}|[{}()\\[\\]=\"'#/*+;,\\\\ab \\n\\r]{0,60}") {
        assert_positions(&text);
    }
}

#[test]
fn a_real_configuration_has_only_the_errors_that_are_in_it() {
    assert_positions(REAL);
    assert_eq!(
        errors(REAL).lines().map(|line| line.split_once(": ").unwrap().1).collect::<Vec<_>>(),
        [
            "typographic quotation marks do not quote: expected `\"` |“gc”|",
            "expected `=`, found `+=`, which Momentum does not document |+=|",
            "expected `=`, found `-=`, which Momentum does not document |-=|",
        ]
    );
}
