use std::path::Path;

use super::decode::{KEYS, OVERRIDE_KEYS, RUN_KEYS};
use super::*;

const RULES: [KnownRule<'static>; 6] = [
    KnownRule::new("unknown-callout"),
    KnownRule::new("phase"),
    KnownRule::new("octal-literal"),
    KnownRule {
        code: "global-write",
        options: &[
            KnownOption { name: "allow", kind: OptionKind::List },
            KnownOption { name: "strict", kind: OptionKind::Bool },
            KnownOption { name: "limit", kind: OptionKind::Integer },
            KnownOption { name: "prefix", kind: OptionKind::Text },
        ],
    },
    KnownRule::new("lua/unused_variable"),
    KnownRule::new("lua/shadowing"),
];

fn version(text: &str) -> TargetVersion {
    text.parse().unwrap()
}

/// The errors as a person gets them.
fn errors(text: &str) -> Vec<String> {
    let (_, errors) = parse(text, &RULES);
    errors.iter().map(|error| format!("{FILE_NAME}:{}: {error}", error.location)).collect()
}

const FULL: &str = r#"
target = "4.4"
configuration = ["etc/conf/default/ecelerity.conf"]
lua_path = ["scripts", "lib/?.lua"]
stubs = ["stubs"]
exclude = ["vendor", "/build/**", "*.generated.lua"]
docs_url = "https://docs.example.com/momentum/"

[rules]
unknown-callout = "off"
phase = "error"
global-write = { severity = "info", allow = ["timers"], strict = true, limit = 0x10, prefix = "g_" }

[rules.lua]
unused_variable = false
shadowing = "error"

[run]
instructions = 1_000
memory_mib = 64
wall_clock_ms = 500
output_kib = 16

[[override]]
files = ["legacy/**"]
target = "3.6"
rules.unknown-callout = "warning"
rules.lua.unused_variable = true

[[override]]
files = ["legacy/new"]
rules.phase = "off"
"#;

#[test]
fn nothing_is_needed() {
    let (project, errors) = parse("", &[]);
    assert_eq!(errors, []);
    assert_eq!(project, Project::default());
    assert_eq!(project.target, TargetVersion::NEWEST);
    assert_eq!(
        project.page_url("momentum/4/lua/ref-msg-binding"),
        "https://support.sparkpost.com/momentum/4/lua/ref-msg-binding"
    );
}

#[test]
fn everything_can_be_set() {
    let (project, errors) = parse(FULL, &RULES);
    assert_eq!(errors, []);
    assert_eq!(project.target, version("4.4"));
    assert_eq!(project.lua_path, ["scripts", "lib/?.lua"]);
    assert_eq!(project.run.memory_mib, 64);
    assert_eq!(project.page_url("/a"), "https://docs.example.com/momentum/a");
    let write = &project.rules.codes["global-write"];
    assert_eq!(write.severity(), Some(RuleSeverity::Info));
    assert_eq!(write.option("allow"), Some(&OptionValue::List(vec!["timers".to_owned()])));
    assert_eq!(write.option("limit"), Some(&OptionValue::Integer(16)));
}

#[test]
fn the_decoder_and_the_types_that_make_the_schema_agree() {
    let (project, _) = parse(FULL, &RULES);
    assert_eq!(toml::from_str::<Project>(FULL).unwrap(), project);

    let schema: serde_json::Value = serde_json::from_str(&json_schema()).unwrap();
    let keys = |schema: &serde_json::Value| {
        let mut keys: Vec<String> = schema["properties"].as_object().unwrap().keys().cloned().collect();
        keys.sort();
        keys
    };
    let sorted = |keys: &[&str]| {
        let mut keys: Vec<String> = keys.iter().map(|&key| key.to_owned()).collect();
        keys.sort();
        keys
    };
    assert_eq!(keys(&schema), sorted(&KEYS));
    assert_eq!(keys(&schema["definitions"]["RunLimits"]), sorted(&RUN_KEYS));
    assert_eq!(keys(&schema["definitions"]["Override"]), sorted(&OVERRIDE_KEYS));
    for (name, property) in schema["properties"].as_object().unwrap() {
        assert!(property["description"].is_string(), "`{name}` has no description");
        assert!(!property["default"].is_null(), "`{name}` has no default");
    }
}

#[test]
fn overrides_and_excludes_fit_paths() {
    let (project, _) = parse(FULL, &RULES);
    let paths = ProjectPaths::new(&project);
    for excluded in ["vendor", "a/vendor/b.lua", "build/x", "a/b.generated.lua", "./vendor/x.lua"] {
        assert!(paths.is_excluded(excluded), "{excluded}");
    }
    for included in ["scripts/a.lua", "a/build/x", "vendors/a.lua", "generated.lua", ""] {
        assert!(!paths.is_excluded(included), "{included}");
    }

    let shown = |path: &str| {
        let settings = paths.settings(path);
        let severity = |code: &str| settings.severity(code, RuleSeverity::Info).name();
        let all = ["unknown-callout", "phase", "octal-literal", "lua/unused_variable", "lua/shadowing"]
            .map(severity)
            .join(" ");
        format!("{} {all}", settings.target)
    };
    assert_eq!(shown("scripts/a.lua"), "4.4 off error info off error");
    assert_eq!(shown("legacy/a.lua"), "3.6 warning error info info error");
    assert_eq!(shown("legacy/new/a.lua"), "3.6 warning off info info error");
    let option = paths.settings("legacy/a.lua").option("global-write", "strict").cloned();
    assert_eq!(option, Some(OptionValue::Bool(true)));
}

#[test]
fn unknown_names_are_answered_with_near_ones() {
    assert_eq!(
        errors(
            "targte = \"5.1\"\nlua-path = []\nwhatever = 1\n[run]\nmemory = 3\nmemory_mb = 3\n\
             [rules]\nunknown-calout = \"off\"\nnonsense = \"off\"\nlua.unused_variables = false\n\
             \"lua/shadowing\" = true\nglobal-write = { alow = [] }\nphase = { x = 1 }\n\
             [[override]]\nfiles = [\"a\"]\nrule = {}\n"
        ),
        [
            "momentum-lua.toml:1:1: unknown key `targte`, did you mean `target`?",
            "momentum-lua.toml:2:1: unknown key `lua-path`, did you mean `lua_path`?",
            "momentum-lua.toml:3:1: unknown key `whatever`",
            "momentum-lua.toml:5:1: unknown key `memory` in `run`, did you mean `memory_mib`?",
            "momentum-lua.toml:6:1: unknown key `memory_mb` in `run`, did you mean `memory_mib`?",
            "momentum-lua.toml:8:1: unknown rule `unknown-calout`, did you mean `unknown-callout`?",
            "momentum-lua.toml:9:1: unknown rule `nonsense`",
            "momentum-lua.toml:10:5: unknown Lua lint `unused_variables`, did you mean `unused_variable`?",
            "momentum-lua.toml:11:1: general Lua lints stand in their own table: write `lua.shadowing`",
            "momentum-lua.toml:12:18: the rule `global-write` has no option `alow`, did you mean `allow`?",
            "momentum-lua.toml:13:11: the rule `phase` has no option `x`",
            "momentum-lua.toml:16:1: unknown key `rule` in `[[override]]`, did you mean `rules`?",
        ]
    );
}

#[test]
fn wrong_types_and_values_are_all_reported() {
    assert_eq!(
        errors(
            "target = 5.1\nconfiguration = \"etc/ecelerity.conf\"\nstubs = [1, \"a\", \"\"]\nexclude = [\"a[\"]\n\
             docs_url = \"docs.example.com\"\nlua_path = {}\nrun.instructions = 0\nrun.memory_mib = \"1 GB\"\n\
             run.output_kib = 99999999999999999999\n[rules]\nphase = \"warn\"\nunknown-callout = false\n\
             octal-literal = \"loud\"\nlua.shadowing = 1\nglobal-write = { strict = 1, limit = \"a\", severity = 3 }\n"
        ),
        [
            "momentum-lua.toml:1:10: `target` must be a string: write \"5.1\" with quotes",
            "momentum-lua.toml:2:17: `configuration` must be an array of strings: write [\"etc/ecelerity.conf\"]",
            "momentum-lua.toml:3:10: `stubs` must hold strings only, not an integer",
            "momentum-lua.toml:3:18: `stubs` has an empty string in it",
            "momentum-lua.toml:4:12: `a[` is not a pattern: unclosed character class; missing ']'",
            "momentum-lua.toml:5:12: `docs_url` must begin with `https://`, `http://` or `file://`",
            "momentum-lua.toml:6:12: `lua_path` must be an array of strings, not a table",
            "momentum-lua.toml:7:20: `run.instructions` must be between 1 and 9223372036854775807",
            "momentum-lua.toml:8:18: `run.memory_mib` must be an integer, not a string",
            "momentum-lua.toml:9:18: `run.output_kib` must be between 1 and 9223372036854775807",
            "momentum-lua.toml:11:9: `warn` is not a severity, did you mean `warning`?",
            "momentum-lua.toml:12:19: `unknown-callout` must be a severity (\"off\", \"info\", \"warning\", \
             \"error\") or a table, not a boolean",
            "momentum-lua.toml:13:17: `loud` is not a severity: \"off\", \"info\", \"warning\" and \"error\" are",
            "momentum-lua.toml:14:17: `lua.shadowing` must be `true`, `false` or a severity, not an integer",
            "momentum-lua.toml:15:27: `global-write.strict` must be `true` or `false`, not an integer",
            "momentum-lua.toml:15:38: `global-write.limit` must be an integer, not a string",
            "momentum-lua.toml:15:54: `global-write.severity` must be a severity: \"off\", \"info\", \"warning\" \
             or \"error\", not an integer",
        ]
    );
    assert_eq!(
        errors("target = \"6.0\"\nrules = 3\n[override]\nfiles = []"),
        [
            "momentum-lua.toml:1:10: Momentum 6.0 is not known; the series 3, 4 and 5 are, the newest release is 5.4",
            "momentum-lua.toml:2:9: `rules` must be a table, not an integer",
            "momentum-lua.toml:3:1: `override` must be an array of tables, written `[[override]]`, not a table",
        ]
    );
    assert_eq!(
        errors("[[override]]\ntarget = \"4.0\"\n[[override]]\nfiles = []"),
        [
            "momentum-lua.toml:1:1: `[[override]]` names no files: add `files = [\"PATTERN\"]`",
            "momentum-lua.toml:4:9: `[[override]]` names no files: add `files = [\"PATTERN\"]`",
        ]
    );
}

#[test]
fn what_is_wrong_keeps_its_default_and_the_rest_counts() {
    let (project, errors) =
        parse("target = 5.1\nstubs = [\"a\"]\n[run]\ninstructions = -1\nmemory_mib = 9", &[]);
    assert_eq!(errors.len(), 2);
    assert_eq!((project.target, project.run.instructions), (TargetVersion::NEWEST, 500_000_000));
    assert_eq!((project.stubs, project.run.memory_mib), (vec!["a".to_owned()], 9));
}

#[test]
fn syntax_errors_do_not_hide_other_mistakes() {
    assert_eq!(
        errors("target =\nexclude = 3\n= 4\n[run\nx = 1"),
        [
            "momentum-lua.toml:1:9: string values must be quoted, expected literal string",
            "momentum-lua.toml:2:11: `exclude` must be an array of strings, not an integer",
            "momentum-lua.toml:3:1: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`",
            "momentum-lua.toml:4:5: unclosed table, expected `]`",
        ]
    );
    assert_eq!(
        errors("run.x = 1\nstubs = [\"a\"\nlua_path = []\n[rules]\nphase = \"off\"\n"),
        [
            "momentum-lua.toml:1:5: unknown key `x` in `run`",
            "momentum-lua.toml:2:9: this array is not closed, expected `]`",
        ]
    );
    for text in
        ["\u{feff}target = \"4.0\"", "target = \"4.0\"\r\n", "# only a comment", "a.b.c = 1\na = 2\u{0}"]
    {
        parse(text, &RULES);
    }
    assert_eq!(errors("\u{feff}target = \"4.0\"\r\n"), Vec::<String>::new());
}

#[test]
fn the_committed_schema_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema/momentum-lua.schema.json");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, json_schema()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(committed, json_schema(), "run the tests once with UPDATE_SCHEMA=1 and commit {path:?}");
}

#[test]
fn the_documentation_names_every_key_and_its_examples_are_right() {
    let page = include_str!("../../../../docs/configuration.md");
    for key in KEYS.iter().chain(&RUN_KEYS).chain(&OVERRIDE_KEYS) {
        assert!(page.contains(&format!("`{key}`")), "docs/configuration.md does not describe `{key}`");
    }
    let examples: Vec<&str> =
        page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() >= KEYS.len());
    for example in examples {
        assert_eq!(errors(example), Vec::<String>::new(), "in the example\n{example}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        cases: 1000,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn any_text_gives_a_project(
        start in 0..FULL.len(),
        length in 0..20usize,
        insertion in "[\\[\\]{}=\"'.,#a0é \\n]{0,5}",
    ) {
        let mut text = FULL.to_owned();
        text.replace_range(start..(start + length).min(FULL.len()), &insertion);
        let (_, errors) = parse(&text, &RULES);
        for error in errors {
            assert!(text.get(error.range.clone()).is_some(), "{error:?}");
        }
    }
}
