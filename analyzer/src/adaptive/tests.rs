//! The grammar on its own, as who runs policy uses it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "all of it is tests")]

use super::{
    Action, Content, Duration, Field, Key, Mode, Node, RuleTable, Rules, SettingValue, Standing, Table,
    Trigger, Value, read, sweep,
};
use crate::diagnostic::Severity;
use momentum_lua_stub_reader::model::AdaptiveGrammar;
use proptest::prelude::*;

fn grammar() -> &'static AdaptiveGrammar {
    momentum_lua_stubs::api().adaptive().unwrap()
}

fn node(value: Value) -> Node {
    Node { place: (), value }
}

fn text(text: &str) -> Node {
    node(Value::Text(Some(text.into())))
}

fn number(number: f64) -> Node {
    node(Value::Number(Some(number)))
}

fn list(values: Vec<Node>) -> Node {
    let fields = (1_u32..).zip(values).map(|(index, value)| Field {
        key: Key::Element(index),
        key_place: (),
        place: (),
        value,
    });
    node(Value::Table(Table { fields: fields.collect(), complete: true }))
}

fn table(values: Vec<(&str, Node)>) -> Node {
    let fields = values.into_iter().map(|(key, value)| Field {
        key: Key::Name(key.into()),
        key_place: (),
        place: (),
        value,
    });
    node(Value::Table(Table { fields: fields.collect(), complete: true }))
}

fn response(code: &str, trigger: &str, action: Node) -> Node {
    table(vec![("code", text(code)), ("trigger", text(trigger)), ("action", action)])
}

fn rules(node: &Node) -> RuleTable {
    let (rules, problems) = read(node, grammar(), &[]);
    assert_eq!(problems, []);
    rules
}

fn hours(count: u64) -> Duration {
    Duration { count, unit: 3600 }
}

#[test]
fn rules_are_read_with_their_meaning() {
    let action = list(vec![
        list(vec![text("suspend"), text("4 hours")]),
        list(vec![text("reduce_connections"), number(2.0)]),
    ]);
    let configuration = table(vec![
        ("max_outbound_connections", list(vec![number(2.0), number(20.0)])),
        ("retry_interval", number(300.0)),
        ("outbound_throttle_messages", node(Value::Function(super::FunctionResult::Unknown))),
    ]);
    let transcode =
        response("^550", "5/60", list(["transcode", "454", "suspend", "2 hours"].map(text).to_vec()));
    let responses = list(vec![response("^421", "1", action), transcode]);
    let registered = rules(&table(vec![
        ("a.example", table(vec![("responses", responses), ("configuration", configuration)])),
        ("b.example", text("a.example")),
    ]));
    assert!(registered.complete);
    let Content::Own { responses, settings } = &registered.domains[0].content else { panic!() };
    assert_eq!(responses[0].trigger, Some(Trigger::First));
    assert_eq!(responses[0].actions, [Action::Suspend(hours(4)), Action::ReduceConnections { by: 2.0 }]);
    assert_eq!(responses[1].trigger, Some(Trigger::Rate { replies: 5, seconds: 60 }));
    let then = Some(Box::new(Action::Suspend(hours(2))));
    assert_eq!(responses[1].actions, [Action::Transcode { code: 454, then }]);
    let values: Vec<&SettingValue> = settings.iter().map(|setting| &setting.value).collect();
    assert_eq!(
        values,
        [
            &SettingValue::Between { low: 2.0, high: 20.0 },
            &SettingValue::Fixed(300.0),
            &SettingValue::Computed
        ]
    );
}

/// Every action of the stubs is one that who runs policy can do.
#[test]
fn every_action_has_a_meaning() {
    for action in &grammar().actions {
        let mut words = vec![text(&action.name)];
        for argument in &action.arguments {
            words.extend(match argument.as_str() {
                "duration" => vec![text("4 hours")],
                "number" | "seconds" => vec![number(2.0)],
                "code" => vec![text("454")],
                "word" => vec![text(&action.words[0])],
                "action" => vec![text("throttle"), text("down")],
                other => panic!("an argument that is not known: {other}"),
            });
        }
        let responses = list(vec![response("^4", "1", list(words))]);
        let registered = rules(&table(vec![("a.example", table(vec![("responses", responses)]))]));
        let Content::Own { responses, .. } = &registered.domains[0].content else { panic!() };
        assert_eq!(responses[0].actions.len(), 1, "{}", action.name);
    }
    for unit in &grammar().duration.units {
        assert!(Duration::parse(&format!("2 {unit}"), &grammar().duration).is_ok(), "{unit}");
    }
    for mode in &grammar().register.modes {
        assert!(Mode::parse(mode).is_some(), "{mode}");
    }
}

#[test]
fn augment_puts_in_front_and_replace_drops_all() {
    let domain = |code: &str, most: f64| {
        let responses = list(vec![response(code, "1", list(["throttle", "down"].map(text).to_vec()))]);
        let settings = table(vec![("max_outbound_connections", number(most))]);
        table(vec![("responses", responses), ("configuration", settings)])
    };
    let first = rules(&table(vec![("a.example", domain("^421", 5.0)), ("b.example", text("a.example"))]));
    let second = rules(&table(vec![("A.example", domain("^450", 9.0)), ("c.example", text("b.example"))]));
    let mut all = Rules::default();
    all.register(&first, Mode::Augment);
    all.register(&second, Mode::Augment);
    let Standing::Alias(domain) = all.of("b.example") else { panic!() };
    let Content::Own { responses, settings } = &domain.content else { panic!() };
    let codes: Vec<&str> = responses.iter().filter_map(|response| response.code.as_deref()).collect();
    assert_eq!(codes, ["^450", "^421"]);
    assert_eq!(settings.len(), 1);
    assert_eq!(settings[0].value, SettingValue::Fixed(9.0));
    assert_eq!(all.of("c.example"), Standing::Dangling);
    assert_eq!(all.of("d.example"), Standing::None);
    all.register(&first, Mode::Replace);
    assert_eq!(all.domains().count(), 2);
    assert_eq!(all.of("c.example"), Standing::None);
    assert!(matches!(all.of("a.example"), Standing::Own(_)));
}

#[test]
fn errors_have_the_bytes_that_are_wrong() {
    let responses = list(vec![response("^421 (x", "5/6o", list(vec![text("suspend"), text("4 hour")]))]);
    let (_, problems) =
        read(&table(vec![("a.example", table(vec![("responses", responses)]))]), grammar(), &[]);
    let ranges: Vec<_> = problems.iter().map(|problem| problem.range.clone().unwrap()).collect();
    assert_eq!(ranges, [5..6, 2..4, 2..6]);
    assert!(problems.iter().all(|problem| problem.severity == Severity::Error));
    assert_eq!(problems[2].correction.as_deref(), Some("hours"));
}

#[test]
fn sweep_rules_are_stricter() {
    let duration = &grammar().duration;
    assert_eq!(Duration::parse_for_sweep("8 hours", duration), Ok(hours(8)));
    assert!(Duration::parse_for_sweep("6 hours", duration).is_err());
    assert!(Duration::parse_for_sweep("30 minutes", duration).is_err());
    assert_eq!(sweep::read_code("bc:10", grammar()), Ok(sweep::SweepCode::Bounce(10)));
    assert_eq!(sweep::read_code("fbl:abuse", grammar()), Ok(sweep::SweepCode::Feedback("abuse".into())));
    let problem = sweep::read_code("10", grammar()).unwrap_err();
    assert_eq!((problem.range, problem.correction.as_deref()), (0..2, Some("bc:10")));
    for rule in &grammar().sweep.defaults {
        for (_, words) in [&rule.low, &rule.high] {
            let words: Vec<((), smol_str::SmolStr)> =
                words.iter().map(|word| ((), smol_str::SmolStr::new(word.as_str()))).collect();
            let (action, problems) = sweep::read_action(&(), &words, grammar());
            assert!(action.is_some() && problems.is_empty(), "{problems:?}");
        }
    }
}

fn any_node() -> impl Strategy<Value = Node> {
    let words = prop::sample::select(vec![
        "responses",
        "configuration",
        "code",
        "trigger",
        "action",
        "message",
        "phase",
        "suspend",
        "transcode",
        "throttle",
        "454",
        "down",
        "1",
        "10/60",
        "4 hours",
        "4hours",
        "0 hours",
        "é 4 hours",
        "4\u{a0}hours",
        "99999999999999999999 days",
        "18446744073709551615 days",
        "/",
        "1/",
        "/1",
        "(",
        "",
    ]);
    let leaf = prop_oneof![
        words.clone().prop_map(text),
        ".*".prop_map(|word: String| text(&word)),
        any::<f64>().prop_map(number),
        Just(node(Value::Unknown)),
        Just(node(Value::Nil)),
        Just(node(Value::Boolean)),
        Just(node(Value::Text(None))),
        Just(node(Value::Number(None))),
        Just(node(Value::Function(super::FunctionResult::Other))),
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(list),
            prop::collection::vec((words.clone(), inner), 0..6).prop_map(table),
        ]
    })
}

proptest! {
    /// Any tree is read, and problems lie within their texts.
    #[test]
    fn any_tree_is_read(tree in any_node()) {
        let domains = table(vec![("a.example", tree.clone()), ("b.example", table(vec![("responses", list(vec![tree.clone()]))]))]);
        for tree in [&tree, &domains] {
            let (_, problems) = read(tree, grammar(), &[]);
            for problem in problems {
                prop_assert!(!problem.message.is_empty() && !problem.message.ends_with('.'));
            }
        }
    }

    /// Ranges of errors lie in the text, on its characters.
    #[test]
    fn ranges_lie_in_the_text(word in "[0-9a-z /.:éä\u{a0}’-]{0,12}") {
        let results = [
            Duration::parse(&word, &grammar().duration).err(),
            Trigger::parse(&word).err(),
            sweep::read_code(&word, grammar()).err(),
        ];
        for problem in results.into_iter().flatten() {
            prop_assert!(word.get(problem.range.clone()).is_some(), "{problem:?} in {word:?}");
        }
    }
}
