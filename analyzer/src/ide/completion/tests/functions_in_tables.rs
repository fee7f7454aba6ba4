//! Callouts that are assigned or written as fields, keys in brackets, groups of a match.

use super::{MOD, in_callout, labels, lacks, offers, taken};
use crate::ide::completion::{complete, documentation};
use crate::ide::fixture::project_at;

const REGISTERED: &str = "msys.registerModule(\"m\", mod)\n";

#[test]
fn a_callout_is_assigned_to_a_registered_table() {
    let whole =
        "mod.validate_data = function(self, msg, accept, vctx)\n  $0\n  return core.VALIDATE_CONT\nend\n";
    for written in ["mod.", "mod.val", "mod.validate_data"] {
        let text = format!("{MOD}{written}$0\n{REGISTERED}");
        assert_eq!(taken(&text, "validate_data"), format!("{MOD}{whole}{REGISTERED}"), "{written}");
    }
    // Behind a name that is whole, only the name is written.
    let text = format!("{MOD}mod.val$0 = function(self) end\n{REGISTERED}");
    assert!(taken(&text, "validate_data").contains("\nmod.validate_data = function(self) end\n"));
    let text = format!("{MOD}mod.validate_data = function() end\nlocal x = 1; mod.$0\n{REGISTERED}");
    offers(&text, &["validate_mailfrom"]);
}

#[test]
fn callouts_are_offered_only_where_one_may_be_assigned() {
    lacks(&format!("{MOD}mod.$0\n"), &["validate_data"]);
    lacks(&format!("{MOD}print(mod.$0)\n{REGISTERED}"), &["validate_data"]);
    lacks(&format!("{MOD}local x = mod.$0\n{REGISTERED}"), &["validate_data"]);
    lacks(&format!("{MOD}local other = {{}}\nother.$0\n{REGISTERED}"), &["validate_data"]);
    let twice = format!("{MOD}function mod:validate_data() end\nmod.$0\n{REGISTERED}");
    assert_eq!(labels(&twice).iter().filter(|label| *label == "validate_data").count(), 1);
}

#[test]
fn a_callout_is_a_field_of_a_registered_constructor() {
    let text =
        "local core = require(\"msys.core\")\nlocal mod = {\n  val$0\n}\nmsys.registerModule(\"m\", mod)\n";
    assert!(
        taken(text, "validate_data").contains(
            "{\n  validate_data = function(self, msg, accept, vctx)\n  $0\n  return core.VALIDATE_CONT\nend,\n}"
        ),
        "{}",
        taken(text, "validate_data")
    );
    offers("msys.registerModule(\"m\", { $0 })", &["validate_connect"]);
    lacks("local mod = { $0 }\nprint(mod)\n", &["validate_connect"]);
    lacks("local mod = { a = $0 }\nmsys.registerModule(\"m\", mod)\n", &["validate_connect"]);
}

#[test]
fn parameters_that_are_not_finished() {
    for rest in ["", "\n", ")", "\nend\n"] {
        let at = |written: &str| labels(&format!("{MOD}{written}$0{rest}"));
        assert_eq!(at("function mod:validate_data("), ["msg, accept, vctx", "msg"], "{rest:?}");
        assert_eq!(at("function mod:validate_data(msg, "), ["accept, vctx", "accept"], "{rest:?}");
        assert_eq!(at("mod.validate_data = function(self,"), ["msg, accept, vctx", "msg"], "{rest:?}");
    }
}

#[test]
fn nothing_is_offered_in_a_comment_that_nobody_closed() {
    assert_eq!(labels("--[[ a$0"), Vec::<String>::new());
    assert_eq!(labels("--[==[ a ]] $0"), Vec::<String>::new());
    offers("--[[ a ]]$0", &["print"]);
}

#[test]
fn variables_of_the_policy_say_who_sets_them() {
    let text = in_callout(
        "validate_data(msg, accept, vctx)",
        "vctx:set(core.VCTX_MESS, \"tag\", 1) vctx:get(core.VCTX_MESS, \"$0\")",
    );
    let (project, file, offset) = project_at(&text);
    let items = complete(&project.script(file).unwrap(), offset, None).items;
    let subject = items.iter().find(|item| item.label == "tag").unwrap().subject.as_ref().unwrap();
    let page_url = |page: &str| page.to_owned();
    let document = documentation::document(&project, subject, "5.1".parse().unwrap(), &page_url).unwrap();
    assert!(document.text.contains("**Set here**\n- main.lua:5\n"), "{}", document.text);
}

#[test]
fn keys_in_brackets() {
    let table = "local t = { most = 1, [\"X-Mark\"] = 2 }\nfunction t.check() end\n";
    assert_eq!(labels(&format!("{table}print(t[\"$0\"])\n")), ["X-Mark", "check", "most"]);
    assert_eq!(
        taken(&format!("{table}print(t[\"mo$0\"])\n"), "most"),
        format!("{table}print(t[\"most\"])\n")
    );
    assert_eq!(taken(&format!("{table}t['$0"), "check"), format!("{table}t['check"));
    lacks(&in_callout("validate_data(msg)", "print(msg[\"$0\"])"), &["header"]);
}

#[test]
fn named_groups_of_a_match() {
    let by = |pattern: &str, rest: &str| {
        format!("require(\"msys.pcre\")\nlocal found = msys.pcre.match(\"a\", {pattern})\n{rest}\n")
    };
    let pattern = r#"[[(?<user>\w+)@(?P<domain>.+)]]"#;
    assert_eq!(labels(&by(pattern, "if found then print(found.$0) end")), ["user", "domain"]);
    assert_eq!(labels(&by(pattern, "print(found[\"$0\"])")), ["user", "domain"]);
    assert_eq!(labels(&by(pattern, "found:$0")), Vec::<String>::new());
    assert_eq!(labels(&by("\"(?<user>x\"", "found.$0")), ["user"]);
    assert_eq!(labels(&by("tostring(1)", "print(found.$0)")), Vec::<String>::new());
    let held = format!("local PATTERN = {pattern}\n{}", by("PATTERN", "print(found.$0)"));
    assert_eq!(labels(&held), ["user", "domain"]);
    let direct = format!("require(\"msys.pcre\")\nprint(msys.pcre.match(\"a\", {pattern}).$0)\n");
    assert_eq!(labels(&direct), ["user", "domain"]);
    let split = format!("require(\"msys.pcre\")\nlocal p = msys.pcre.split(\"a\", {pattern})\nprint(p.$0)\n");
    assert_eq!(labels(&split), Vec::<String>::new());
}
