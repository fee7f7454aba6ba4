mod configured_values;
mod functions_in_tables;

use super::*;
use crate::ide::fixture::project_at;

/// What may stand at the cursor: the labels in their order.
fn labels(text: &str) -> Vec<String> {
    complete_at(text).items.into_iter().map(|item| item.label).collect()
}

#[track_caller]
fn complete_at(text: &str) -> Completion {
    let (project, file, offset) = project_at(text);
    match project.script(file) {
        Some(script) => complete(&script, offset, None),
        None => server_configuration::complete(&project, file, offset, "5.1".parse().unwrap()),
    }
}

/// The text after an item was taken, with `$0` where the cursor then is.
#[track_caller]
fn taken(text: &str, label: &str) -> String {
    let completion = complete_at(text);
    let item = completion.items.iter().find(|item| item.label == label);
    let item = item.unwrap_or_else(|| {
        panic!(
            "{label} is not offered: {:?}",
            completion.items.iter().map(|item| &item.label).take(20).collect::<Vec<_>>()
        )
    });
    let replace = item.replace.unwrap_or(completion.replace);
    let mut edits: Vec<(Span, String)> =
        item.edits.iter().map(|edit| (edit.span, edit.text.clone())).collect();
    edits.push((replace, item.insertion.snippet()));
    edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut text = text.replacen("$0", "", 1);
    for (span, new) in edits {
        text.replace_range(span.range(), &new);
    }
    text
}

#[track_caller]
fn offers(text: &str, wanted: &[&str]) {
    let labels = labels(text);
    for label in wanted {
        assert!(labels.iter().any(|known| known == label), "{label} is not among {labels:?}");
    }
}

#[track_caller]
fn lacks(text: &str, unwanted: &[&str]) {
    let labels = labels(text);
    for label in unwanted {
        assert!(!labels.iter().any(|known| known == label), "{label} is among {labels:?}");
    }
}

const MOD: &str = "local core = require(\"msys.core\")\nlocal mod = {}\n";

fn in_callout(callout: &str, body: &str) -> String {
    format!(
        "{MOD}require(\"msys.extended.message\")\nfunction mod:{callout}\n  {body}\n  return core.VALIDATE_CONT\nend\n\
         msys.registerModule(\"m\", mod)\n"
    )
}

#[test]
fn methods_of_userdata_in_broken_code() {
    let text = in_callout("validate_data(msg, accept, vctx)", "msg:$0");
    offers(&text, &["header", "context_get", "binding"]);
    lacks(&text, &["id", "disconnect", "VALIDATE_CONT"]);
    let text = in_callout("validate_data(msg, accept, vctx)", "if msg:hea$0 then end");
    offers(&text, &["header"]);
    let text = in_callout("validate_data(msg, accept, vctx)", "local x = vctx:get(core.VCTX_CONN, accept.$0");
    offers(&text, &["remote_addr"]);
    let text = in_callout("validate_data(msg, accept, vctx)", "msg:header(\"Subject\")[1]:$0");
    offers(&text, &["lower", "gsub"]);
    let text = format!("{MOD}function mod:validate_data(msg, accept, vctx)\n  vctx:$0");
    offers(&text, &["set_code", "disconnect"]);
}

#[test]
fn a_method_behind_a_dot_turns_it() {
    let text = in_callout("validate_data(msg, accept, vctx)", "msg.hea$0");
    assert!(taken(&text, "header").contains("  msg:header($1)$0\n"), "{}", taken(&text, "header"));
    let text = "local pcre = require(\"msys.pcre\")\nlocal found = pcre:ma$0(\"a\", \"b\")\n";
    assert!(taken(text, "match").contains("pcre.match(\"a\""), "{}", taken(text, "match"));
}

#[test]
fn members_of_the_projects_tables() {
    let text = "//- /policy/main.lua\nlocal limits = require(\"limits\")\nlimits.$0\n\
                //- /policy/limits.lua\nlocal limits = { most = 3 }\nfunction limits.check(address, count) end\nfunction limits:reset() end\nreturn limits\n";
    let items = complete_at(text).items;
    let shown: Vec<String> = items
        .iter()
        .map(|item| format!("{}{}", item.label, item.parameters.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(shown, ["check(address, count)", "most", "reset()"]);
    assert_eq!(items[0].insertion.snippet(), "check($1)$0");
    let text = "local List = {}\nList.__index = List\nfunction List.new() return setmetatable({}, List) end\nfunction List:add(x) end\nlocal l = List.new()\nl:$0\n";
    offers(text, &["add", "new"]);
}

#[test]
fn modules_and_what_requires_them() {
    offers("msys.$0", &["core", "pcre", "registerModule"]);
    assert_eq!(
        taken("require(\"msys.core\")\nlocal found = msys.pcre.ma$0\n", "match"),
        "require(\"msys.core\")\nrequire(\"msys.pcre\")\nlocal found = msys.pcre.match($1)$0\n"
    );
    let text = "local core = require(\"msys.core\")\nlocal mod = {}\nfunction mod:validate_data_spool(msg, accept, vctx)\n  msg:hea$0\n  return core.VALIDATE_CONT\nend\nmsys.registerModule(\"m\", mod)\n";
    assert!(
        taken(text, "header").starts_with(
            "local core = require(\"msys.core\")\nrequire(\"msys.extended.message\")\nlocal mod"
        )
    );
    assert_eq!(taken("ms$0\n", "msys"), "msys\n");
}

#[test]
fn what_is_on_its_way_out_comes_last() {
    for text in [
        in_callout("validate_data(msg, accept, vctx)", "msg:$0"),
        "msys.$0".to_owned(),
        "require(\"$0\")".to_owned(),
    ] {
        let items = complete_at(&text).items;
        assert!(items.is_sorted_by_key(|item| item.rank));
        assert!(items.iter().all(|item| !item.deprecated || item.rank >= Rank::Deprecated));
    }
    let ranks: Vec<Rank> = complete_at("require(\"$0\")").items.iter().map(|item| item.rank).collect();
    assert!(ranks.contains(&Rank::Deprecated) || ranks.contains(&Rank::Unavailable));
}

#[test]
fn what_belongs_to_other_phases_comes_late() {
    let text = in_callout("validate_data_spool_each_rcpt(msg, accept, vctx)", "msg:$0");
    let items = complete_at(&text).items;
    let binding = items.iter().find(|item| item.label == "binding").unwrap();
    assert_eq!(
        (binding.rank, binding.detail.as_deref()),
        (Rank::Misplaced, Some("for validate_set_binding"))
    );
    let header = items.iter().position(|item| item.label == "header").unwrap();
    assert!(items.iter().position(|item| item.label == "binding").unwrap() > header);
    let text = in_callout("validate_set_binding(msg)", "msg:$0");
    let binding = complete_at(&text).items.into_iter().find(|item| item.label == "binding").unwrap();
    assert!(binding.rank < Rank::Misplaced);
    // The callout that calls a helper counts for it.
    let text = "local mod = {}\nrequire(\"msys.extended.message\")\nlocal function stamp(m)\n  m:$0\nend\n\
                function mod:validate_data_spool_each_rcpt(msg) stamp(msg) return msys.core.VALIDATE_CONT end\nmsys.registerModule(\"m\", mod)\n";
    let binding = complete_at(text).items.into_iter().find(|item| item.label == "binding");
    assert_eq!(binding.map(|item| item.rank), Some(Rank::Misplaced));
}

#[test]
fn callouts_come_with_their_body() {
    let text = format!("{MOD}\nfunction mod:$0\n\nmsys.registerModule(\"m\", mod)\n");
    assert_eq!(
        taken(&text, "validate_data_spool"),
        format!(
            "{MOD}\nfunction mod:validate_data_spool(msg, accept, vctx)\n  $0\n  return core.VALIDATE_CONT\nend\n\nmsys.registerModule(\"m\", mod)\n"
        )
    );
    assert!(taken(&text, "init").contains("function mod:init()\n  $0\n  return true\nend\n"));
    let items = complete_at(&text).items;
    let place = |label: &str| items.iter().position(|item| item.label == label).unwrap();
    assert!(place("validate_connect") < place("validate_rcptto"), "in the order of a session");
    assert!(place("validate_set_binding") < place("core_final_validation"));
    // Without a local for the module, in full; behind `.` with the `self` that the server passes.
    let text = "local mod = {}\nfunction mod.validate_con$0";
    assert_eq!(
        taken(text, "validate_connect"),
        "local mod = {}\nfunction mod.validate_connect(self, accept, vctx)\n  $0\n  return msys.core.VALIDATE_CONT\nend"
    );
}

#[test]
fn what_stands_there_is_not_written_again() {
    let text =
        format!("{MOD}function mod:validate_d$0(msg, accept, vctx)\n  return core.VALIDATE_CONT\nend\n");
    assert!(
        taken(&text, "validate_data").contains("function mod:validate_data(msg, accept, vctx)\n  return")
    );
    let text = format!("{MOD}function mod:val$0\nend\n");
    assert_eq!(taken(&text, "validate_data_spool").matches("end").count(), 1);
    let text = format!("{MOD}function mod:validate_data(msg, accept, vctx) end\nfunction mod:$0\n");
    lacks(&text, &["validate_data"]);
    offers(&text, &["validate_data_spool"]);
    let text = in_callout("validate_data(msg, accept, vctx)", "msg:hea$0(\"Subject\")");
    assert!(taken(&text, "header").contains("msg:header(\"Subject\")"));
}

#[test]
fn parameters_of_a_callout() {
    let text = format!("{MOD}function mod:validate_data($0)\nend\nmsys.registerModule(\"m\", mod)\n");
    assert_eq!(labels(&text), ["msg, accept, vctx", "msg"]);
    let text = format!("{MOD}function mod:validate_data(msg, $0)\nend\nmsys.registerModule(\"m\", mod)\n");
    assert_eq!(labels(&text), ["accept, vctx", "accept"]);
    assert!(labels("local function f($0) end\n").is_empty());
}

#[test]
fn constants_that_fit() {
    let text = in_callout("validate_data(msg, accept, vctx)", "return $0");
    let first: Vec<String> = labels(&text).into_iter().take(3).collect();
    assert_eq!(first, ["core.VALIDATE_CONT", "core.VALIDATE_DONE", "core.VALIDATE_AGAIN"]);
    let text = in_callout("validate_data(msg, accept, vctx)", "return core.$0");
    assert_eq!(labels(&text)[0], "VALIDATE_CONT");
    let text = in_callout("validate_data(msg, accept, vctx)", "local v = vctx:get($0");
    let first: Vec<String> = labels(&text).into_iter().take(2).collect();
    assert!(
        first.contains(&"core.VCTX_MESS".to_owned()) && first.contains(&"core.VCTX_CONN".to_owned()),
        "{first:?}"
    );
    let text = in_callout("validate_data(msg, accept, vctx)", "local v = vctx:get(core.$0, \"x\")");
    assert!(labels(&text)[0].starts_with("VCTX_"), "{:?}", &labels(&text)[..4]);
    let text = format!("{MOD}function mod:init()\n  return $0\nend\nmsys.registerModule(\"m\", mod)\n");
    assert_eq!(labels(&text)[0], "true");
}

#[test]
fn names_in_scope_and_words() {
    let text = "local limit, late = 3, 4\nlocal function check(a, b)\n  local near = 1\n  l$0\nend\nlocal after = 1\n";
    offers(text, &["limit", "late", "near", "check", "a", "local", "while", "print", "msys"]);
    lacks(text, &["after", "and"]);
    offers("if x then y() end\nfor k, v in pairs(t) $0", &["do", "and"]);
    lacks("for k, v in pairs(t) $0", &["print"]);
    lacks("local t\nfor k, v in pa$0\n", &["k", "v"]);
    offers("local t\nfor k, v in pairs(t) do $0 print(k) end\n", &["k", "v", "t"]);
    offers("local x = $0", &["print", "nil", "function"]);
    lacks("local x = $0", &["while", "x"]);
    assert!(labels("local fo$0").iter().all(|label| label == "function"));
    assert!(labels("for i, j$0").is_empty());
    assert!(labels("local x = 12$0").is_empty());
    assert_eq!(
        taken("local function check(a, b) end\nch$0\n", "check"),
        "local function check(a, b) end\ncheck($1)$0\n"
    );
    let text = "local a = 1\nlocal function f() local a = \"\" return a$0 end\n";
    let items = complete_at(text).items;
    let shown: Vec<_> =
        items.iter().filter(|item| item.label == "a").map(|item| item.detail.clone()).collect();
    assert_eq!(shown, [Some("string".to_owned())], "the inner one hides the outer one");
}

#[test]
fn words_where_they_can_stand() {
    lacks("$0", &["end", "else", "elseif", "until", "break"]);
    offers("while x do\n  if y then $0", &["end", "else", "elseif", "break"]);
    lacks("while x do\n  if y then $0", &["until"]);
    lacks("while x do\n  f(function() $0", &["break", "else"]);
    offers("repeat $0", &["until", "break"]);
    lacks("repeat $0", &["end"]);
    offers("if x $0", &["then", "and"]);
    lacks("if x $0", &["do", "in", "else"]);
    lacks("print(x $0", &["then", "do", "return", "end"]);
}

#[test]
fn names_in_blocks_that_nothing_closes() {
    let callout = "local mod = {}\nfunction mod:validate_data(msg, accept, vctx)\n  ";
    for body in [
        "for key, value in pairs(t) do $0",
        "for key, value in pairs(t) do\n    print(key)\n    $0\n\n",
        "while x do\n    local key, value = 1, 2\n    if key then\n      $0 -- later\n",
        "for key = 1, 2 do local value\n  $0\nend\n\nfunction mod:validate_connect(accept, vctx)\nend\n",
    ] {
        offers(&format!("{callout}{body}"), &["key", "value", "msg", "vctx"]);
    }
    lacks(&format!("{callout}for key, value in pairs(t) do end\n  $0"), &["key", "value"]);
    lacks("local function f(a) return a end $0", &["a"]);
}

#[test]
fn the_self_of_callouts() {
    let text = "local mod = { limit = 3 }\nfunction mod:note(x) end\n\
                function mod:validate_connect(accept, vctx) self.seen = 1 end\n\
                function mod:validate_data(msg, accept, vctx)\n  SELF\nend\nmsys.registerModule(\"m\", mod)\n";
    offers(&text.replace("SELF", "self.$0"), &["limit", "seen"]);
    offers(&text.replace("SELF", "self:$0"), &["note"]);
    lacks(&text.replace("SELF", "self:$0"), &["seen", "limit"]);
}

#[test]
fn modules_of_the_site_come_with_their_require() {
    let files = "//- /policy/site/limits.lua\nlocal limits = { most = 3 }\nreturn limits\n//- /policy/scriptlet.lua\nprint(1)\n";
    let text = format!("//- /policy/a.lua\nrequire(\"msys.core\")\n\nlocal x = lim$0\n{files}");
    let items = complete_at(&text).items;
    let edits = &items.iter().find(|item| item.label == "limits").unwrap().edits;
    assert_eq!(edits.len(), 1);
    assert_eq!(edits[0].text, "local limits = require(\"site.limits\")\n");
    assert_eq!(edits[0].span.start as usize, "require(\"msys.core\")\n".len());
    lacks(&text, &["scriptlet"]);
    let text = format!("//- /policy/a.lua\nlocal l = require(\"site.limits\")\nlocal x = lim$0\n{files}");
    lacks(&text, &["limits"]);
    let text = format!("//- /policy/a.lua\nlocal function f(limits)\n  return lim$0\nend\n{files}");
    assert_eq!(labels(&text).iter().filter(|label| *label == "limits").count(), 1);
}

#[test]
fn annotations() {
    let text = "---@class Limit\nlocal Limit = {}\n---@param $0\nlocal function f(first, second) end\n";
    assert_eq!(labels(text), ["first", "second"]);
    let typed = text.replace("$0", "first $0");
    offers(&typed, &["Limit", "string", "ec_message"]);
    lacks(&typed, &["first"]);
    assert_eq!(
        taken(&text.replace("$0", "first ec_me$0"), "ec_message").lines().nth(2),
        Some("---@param first ec_message")
    );
    assert_eq!(
        taken("---@type msys.db.row$0\nlocal rows", "msys.db.rowset"),
        "---@type msys.db.rowset\nlocal rows"
    );
    offers("---@return string|$0\n", &["nil"]);
    assert!(labels("---@return string $0\n").is_empty());
    assert!(labels("---@type string # $0\n").is_empty());
    offers("---@class Mine: $0\n", &["ec_message"]);
    assert!(labels("---@class $0\n").is_empty());
}

#[test]
fn strings() {
    offers("require(\"$0\")\n", &["msys.core", "msys.pcre"]);
    offers("local p = require \"msys.pc$0", &["msys.pcre"]);
    assert_eq!(taken("local p = require \"msys.pc$0\"\n", "msys.pcre"), "local p = require \"msys.pcre\"\n");
    offers("//- /policy/a.lua\nrequire(\"$0\")\n//- /policy/site/limits.lua\nreturn {}\n", &["site.limits"]);
    offers("msys.dnsLookup(\"example.com\", \"$0\")\n", &["A", "MX", "TXT"]);
    let text = in_callout("validate_data(msg, accept, vctx)", "msg:header(\"$0\")");
    offers(&text, &["Subject", "List-Unsubscribe"]);
    let text = in_callout("validate_data(msg, accept, vctx)", "msg:header(\"X-Site\", \"1\", \"$0\")");
    offers(&text, &["replace", "prepend", "append"]);
    let text = in_callout(
        "validate_data(msg, accept, vctx)",
        "msg:header(\"X-Site\", \"1\", \"replace\")\n  msg:header(\"$0\")",
    );
    assert_eq!(labels(&text)[0], "X-Site");
}

#[test]
fn context_variables_by_their_dictionary() {
    let text = in_callout("validate_data(msg, accept, vctx)", "vctx:get(core.VCTX_CONN, \"$0\")");
    offers(&text, &["ehlo_string", "auth_user"]);
    let mess = in_callout("validate_data(msg, accept, vctx)", "msg:context_get(core.ECMESS_CTX_MESS, '$0')");
    lacks(&mess, &["auth_user"]);
    let text = in_callout(
        "validate_data(msg, accept, vctx)",
        "vctx:set(core.VCTX_MESS, \"site_mark\", \"1\")\n  local x = vctx:get(core.VCTX_MESS, \"$0\")",
    );
    offers(&text, &["site_mark"]);
    lacks("print(\"$0\")\n", &["auth_user"]);
    for body in [
        "if vctx:get(core.VCTX_CONN, \"auth_status\") == \"$0\" then end",
        "vctx:set(core.VCTX_CONN, \"auth_status\", \"$0\")",
    ] {
        assert_eq!(labels(&in_callout("validate_data(msg, accept, vctx)", body)), ["error", "fail", "pass"]);
    }
}

#[test]
fn macros_in_strings() {
    let text = "local s = msys.expandMacro(\"from %{$0\")\n";
    offers(text, &["%{vctx_conn:KEY}"]);
    assert_eq!(
        taken(text, "%{vctx_conn:KEY}"),
        "local s = msys.expandMacro(\"from %{vctx_conn:${1:KEY}}\")\n".replace("${1:KEY}}", "${1:KEY}\\}")
    );
    let text = "local s = \"%{vctx_conn:au$0\"\n";
    assert_eq!(taken(text, "auth_user"), "local s = \"%{vctx_conn:auth_user\\}\"\n");
    assert_eq!(
        taken("local s = \"%{vctx_conn:au$0}\"\n", "auth_user"),
        "local s = \"%{vctx_conn:auth_user}\"\n"
    );
    assert!(labels("local s = (\"%s\"):format(\"%$0\")\n").is_empty());
}

#[test]
fn comments() {
    offers("---@diagnostic $0\n", &["disable-next-line", "disable"]);
    offers("x = 1 ---@diagnostic disable-line: ph$0\n", &["phase", "lua/must_use"]);
    assert_eq!(
        taken("---@diagnostic disable: lua/mu$0\n", "lua/must_use"),
        "---@diagnostic disable: lua/must_use\n"
    );
    offers("---@$0\n", &["param", "diagnostic"]);
    assert!(labels("-- msg:$0\n").is_empty());
    assert!(labels("--[[ msys.$0 ]]\n").is_empty());
}

#[test]
fn the_servers_configuration() {
    let conf = |text: &str| {
        format!(
            "//- /policy/ecelerity.conf\n{text}//- /policy/inbound/limits.lua\nlocal m = {{}}\nfunction m:init() return true end\nmsys.registerModule(\"limits\", m)\n"
        )
    };
    offers(&conf("$0\n"), &["scriptlet", "Datasource", "include"]);
    offers(&conf("scriptlet \"scriptlet\" {\n  $0\n}\n"), &["script"]);
    offers(&conf("scriptlet \"scriptlet\" {\n  script \"limits\" {\n    $0\n  }\n}\n"), &["source"]);
    offers(&conf("scriptlet \"scriptlet\" {\n  script \"$0\" {\n  }\n}\n"), &["limits"]);
    offers(
        &conf("scriptlet \"scriptlet\" {\n  script \"limits\" {\n    source = \"$0\"\n  }\n}\n"),
        &["inbound/limits"],
    );
    assert!(labels(&conf("# scri$0\n")).is_empty());
}

#[test]
fn keys_of_options() {
    let text = "require(\"msys.httpclnt\")\nlocal found = msys.dnsLookup(\"a.example\", \"A\", { $0 })\n";
    let first = &complete_at(text).items[0];
    assert_eq!((first.rank, first.kind), (Rank::Fitting, ItemKind::Field), "{first:?}");
    assert!(taken(text, &first.label).contains(&format!("{{ {} =  }}", first.label)));
    let again = format!("msys.dnsLookup(\"a.example\", \"A\", {{ {} = 1, $0 }})\n", first.label);
    lacks(&again, &[first.label.as_str()]);
    lacks("local t = { $0 }\n", &[first.label.as_str()]);
}

#[test]
fn triggers_ask_only_where_they_mean_something() {
    let (project, file, offset) = project_at("local t = {$0}\n");
    let script = project.script(file).unwrap();
    assert!(complete(&script, offset, Some('{')).items.is_empty());
    assert!(!complete(&script, offset, None).items.is_empty());
}

#[test]
fn no_offset_of_any_broken_text_panics() {
    let texts = [
        "local mod = {}\nfunction mod:validate_data(msg, accept, vctx)\n  if msg:header(\"Subject\")[1] != 'é' then\n    msg:\n  end\n  x = vctx:get(msys.core.VCTX_CONN, \"a%{vctx_conn:b}\") & 0660\n  return msys.core.\nend\nmsys.registerModule(\"m\", mod)\n",
        "function a.b.c:d(e, f",
        "local x <const> = [==[ %{ ]==] --[[ @diagnostic",
        "---@diagnostic disable: \nfor for function ( . : \"",
    ];
    for text in texts {
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            let broken = &text[..end];
            for cursor in [end, end / 2, end.saturating_sub(3)] {
                if broken.is_char_boundary(cursor) {
                    let mut marked = broken.to_owned();
                    marked.insert_str(cursor, "$0");
                    let completion = complete_at(&marked);
                    for item in &completion.items {
                        let replace = item.replace.unwrap_or(completion.replace);
                        assert!(replace.touches(u32::try_from(cursor).unwrap()), "{marked}");
                        assert!(
                            item.edits.iter().all(|edit| edit.span.end <= replace.start
                                && (edit.span.end < replace.start || !edit.span.is_empty())),
                            "{marked} {}",
                            item.label
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_broken_around_the_cursor() {
    let members = ["header", "context_get"];
    for body in [
        "msg:$0\n  x = 1",
        "msg:$0\n  vctx:set_code(550, \"x\")",
        "msg:$0\n  local x = 1",
        "local x = msg:$0\n  local y = 2",
        "for _, part in ipairs(msg:$0\n    print(part)\n  end",
        "if accept != nil & 0660 and msg:$0 then\n  end",
        "print(\"a\", msg:$0",
        "msys.runInPool(\"IO\", function()\n    msg:$0\n  end)",
        "local t = { a = msg:$0, b = 1 }",
        "local m = msg\n  m:$0",
        "while true do\n    if x then\n      msg:$0",
    ] {
        offers(&in_callout("validate_data(msg, accept, vctx)", body), &members);
    }
    for text in [
        "local c = msys.core\nfunction f()\n  return c.$0\nend\n",
        "if msys.core.$0 then",
        "x = { msys.core.$0 }",
    ] {
        offers(text, &["VALIDATE_CONT"]);
    }
    let text = "local CONT = msys.core.VALIDATE_CONT\nlocal mod = {}\nfunction mod:validate_connect(accept, vctx)\n  return $0\nend\nmsys.registerModule(\"m\", mod)\n";
    assert_eq!(labels(text)[0], "CONT");
}

#[test]
fn comparisons_know_both_sides() {
    let text = in_callout(
        "validate_data(msg, accept, vctx)",
        "local core_result = core.VALIDATE_CONT\n  if core_result == $0 then end",
    );
    assert!(labels(&text)[..3].contains(&"core.VALIDATE_DONE".to_owned()));
    let text =
        "local kind = \"spam\"\nif os.time() > 1 then kind = \"ham\" end\nif kind == \"$0\" then end\n";
    offers(text, &["spam", "ham"]);
}

#[test]
fn keys_of_the_scripts_come_for_their_dictionary() {
    let set = "vctx:set(core.VCTX_CONN, \"per_connection\", 1)\n  msg:context_set(core.ECMESS_CTX_MESS, \"per_message\", 1)\n  ";
    let keys = |get: &str| in_callout("validate_data(msg, accept, vctx)", &format!("{set}{get}"));
    let text = keys("vctx:get(core.VCTX_MESS, \"$0\")");
    offers(&text, &["per_message"]);
    lacks(&text, &["per_connection"]);
    let text = keys("vctx:get(core.VCTX_CONN, \"$0\")");
    offers(&text, &["per_connection"]);
    lacks(&text, &["per_message"]);
    offers(&keys("vctx:get(which, \"$0\")"), &["per_connection", "per_message"]);
}

#[test]
fn of_too_many_members_those_come_that_fit_what_is_typed() {
    let script = |body: &str| in_callout("validate_data", body);
    // The API has more functions in C than a list may be long.
    let all = complete_at(&script("msys.core.$0"));
    assert!(all.incomplete && all.items.len() == MOST_ITEMS, "{}", all.items.len());
    let near = complete_at(&script("msys.core.valcont$0"));
    assert!(near.incomplete);
    assert_eq!(near.items.first().map(|item| item.label.as_str()), Some("VALIDATE_CONT"));
    assert!(near.items.iter().all(|item| is_near(&item.label, "valcont")));
}
