use super::*;

/// `<l xml:lang="en-GB"><i id="a">1</i><i id="b">2</i><p:g xmlns:p="urn:p"><i>3</i><!--c--></p:g></l>`
fn document() -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut add = |parent: Option<usize>, kind: Kind, name: &str, text: &str| {
        let (prefix, local) = match name.split_once(':') {
            Some((prefix, local)) => (Some(prefix.to_owned()), local),
            None => (None, name),
        };
        let namespace = prefix.as_ref().map(|prefix| format!("urn:{prefix}"));
        let place = nodes.len();
        nodes.push(Node {
            kind,
            local: local.to_owned(),
            prefix,
            namespace,
            text: text.to_owned(),
            parent,
            ..Node::default()
        });
        if let Some(parent) = parent {
            let list = if kind == Kind::Attribute {
                &mut nodes[parent].attributes
            } else {
                &mut nodes[parent].children
            };
            list.push(place);
        }
        place
    };
    let root = add(None, Kind::Root, "", "");
    let list = add(Some(root), Kind::Element, "l", "");
    add(Some(list), Kind::Attribute, "xml:lang", "en-GB");
    for (id, text) in [("a", "1"), ("b", "2")] {
        let item = add(Some(list), Kind::Element, "i", "");
        add(Some(item), Kind::Attribute, "id", id);
        add(Some(item), Kind::Text, "", text);
    }
    let group = add(Some(list), Kind::Element, "p:g", "");
    let item = add(Some(group), Kind::Element, "i", "");
    add(Some(item), Kind::Text, "", "3");
    add(Some(group), Kind::Comment, "", "c");
    nodes
}

/// The texts of the nodes that an expression finds, or why there are none.
fn found(expression: &str) -> String {
    let document = document();
    let found = parse(expression)
        .map_err(Failure::Wrong)
        .and_then(|expression| expression.select::<()>(&document, 0, &mut |_| Ok(())));
    match found {
        Ok(nodes) => nodes.iter().map(|node| value::text_of(&document, *node)).collect::<Vec<_>>().join(","),
        Err(Failure::Wrong(why)) => format!("wrong: {why}"),
        Err(Failure::Stopped(())) => "stopped".to_owned(),
    }
}

/// Whether an expression holds.
fn holds(expression: &str) -> bool {
    found(&format!("/l[{expression}]")) == "123"
}

#[test]
fn paths_lead_along_axes() {
    for (expression, texts) in [
        ("/", "123"),
        ("/l/i", "1,2"),
        ("//i", "1,2,3"),
        ("/*/*", "1,2,3"),
        ("//i/@id", "a,b"),
        ("//i[2]", "2"),
        ("(//i)[3]", "3"),
        ("//i[last()]", "2,3"),
        ("//i[@id = 'b']/preceding-sibling::i", "1"),
        ("//i[1]/following-sibling::*[1]", "2"),
        ("//text()", "1,2,3"),
        ("//comment()", "c"),
        ("//p:g/i", "3"),
        ("//p:*/node()", "3,c"),
        ("//g", ""),
        ("//i[3]/ancestor::*", ""),
        ("//p:g/i/ancestor::l", "123"),
        ("//i[text() = 3]/ancestor-or-self::*", "123,3,3"),
        ("//i[@id='b']/following::node()", "3,3,3,c"),
        ("//p:g/preceding::i", "1,2"),
        ("//i[@id]/parent::l/i[not(@id)]", ""),
        ("/descendant::i[2]", "2"),
        ("//i[. > 1] | //i[. < 2]", "1,2,3"),
        ("id('b a')", "1,2"),
        (".//i[self::i][position() mod 2 = 1]", "1,3"),
        ("//i/..", "123,3"),
    ] {
        assert_eq!(found(expression), texts, "{expression}");
    }
}

#[test]
fn values_are_computed_and_compared() {
    for expression in [
        "1 + 2 * 3 = 7 and 7 mod 4 = 3 and 8 div 2 = 4",
        "-(-2) = 2 and - - 2 = 2",
        "count(//i) = 3 and sum(//i) = 6",
        "//i = 2 and //i != 2 and not(//i = 9) and 2 < //i",
        "//i = //i and not(//nothing = //nothing)",
        "//i = true() and //nothing = false()",
        "string(//i) = '1' and number('x') != number('x')",
        "concat('a', 1, true()) = 'a1true'",
        "starts-with('abc', 'ab') and contains('abc', 'bc') and not(contains('abc', 'x'))",
        "substring-before('a/b/c', '/') = 'a' and substring-after('a/b/c', '/') = 'b/c'",
        "substring('12345', 2, 3) = '234' and substring('12345', 1.5, 2.6) = '234' and substring('123', 0) = '123'",
        "string-length('äö') = 2 and normalize-space(' a  b ') = 'a b'",
        "translate('bar', 'abc', 'AB') = 'BAr' and translate('--aaa--', 'abc-', 'ABC') = 'AAA'",
        "round(2.5) = 3 and floor(-1.5) = -2 and ceiling(1.2) = 2",
        "local-name(//*[3]) = 'g' and name(//p:g) = 'p:g' and namespace-uri(//p:g) = 'urn:p'",
        "lang('en') and not(lang('de'))",
        "string(1 div 0) = 'Infinity' and string(0.5) = '0.5' and string(-0) = '0'",
        "boolean('false') and not(boolean(''))",
    ] {
        assert!(holds(expression), "{expression}");
    }
}

#[test]
fn names_that_look_like_operators_are_names_where_no_operator_can_be() {
    assert_eq!(found("//div"), "");
    assert_eq!(found("//and[mod]"), "");
    assert!(holds("* or div"));
}

#[test]
fn what_is_wrong_is_told() {
    for expression in [
        "",
        "//",
        "i[",
        "i]",
        "nothing(",
        "count()",
        "1 +",
        "'open",
        "a b",
        "up::i",
        "i[up(1)]",
        "$v",
        "1",
        "count(1)",
        "'a' | 'b'",
    ] {
        assert!(found(expression).starts_with("wrong: "), "{expression}: {}", found(expression));
    }
    assert!(found(&"(".repeat(5000)).starts_with("wrong: "));
    assert!(found(&format!("1{}", "+1".repeat(5000))).starts_with("wrong: "));
    assert!(found(&format!("//i{}", "[1]".repeat(50))).starts_with('1'));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "[il@*/.:()\\[\\]|=<+ '0-9-]{0,40}") {
        found(&text);
    }
}
