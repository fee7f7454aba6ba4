use super::*;
use crate::ide::fixture::project_at;

fn applied(text: &str, mut edits: Vec<Edit>) -> String {
    let mut text = text.replacen("$0", "", 1);
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.span.start, edit.span.end)));
    for edit in edits {
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}

fn titles(text: &str) -> Vec<String> {
    let (project, file, offset) = project_at(text);
    actions(&project.script(file).unwrap(), Span::empty(offset))
        .into_iter()
        .map(|action| action.title)
        .collect()
}

#[track_caller]
fn act(text: &str, title: &str) -> String {
    let (project, file, offset) = project_at(text);
    let all = actions(&project.script(file).unwrap(), Span::empty(offset));
    let titles: Vec<_> = all.iter().map(|action| action.title.clone()).collect();
    let found = all.into_iter().find(|action| action.title.starts_with(title));
    applied(text, found.unwrap_or_else(|| panic!("{title} is not among {titles:?}")).edits)
}

#[test]
fn calls_in_the_other_notation() {
    assert_eq!(act("local t = {}\nt:a$0dd(1)\n", "Call `add` with `.`"), "local t = {}\nt.add(t, 1)\n");
    assert_eq!(act("local t = {}\nt.b:a$0dd()\n", "Call"), "local t = {}\nt.b.add(t.b)\n");
    assert_eq!(act("local t = {}\nt.a$0dd(t, 1)\n", "Call `add` with `:`"), "local t = {}\nt:add(1)\n");
    assert_eq!(act("local t = {}\nt.a$0dd(t)\n", "Call"), "local t = {}\nt:add()\n");
    assert!(titles("f():a$0dd(1)\n").is_empty(), "`f` would be called twice");
    assert!(titles("local t = {}\nt.a$0dd(1)\n").is_empty());
    assert!(titles("local t = {}\nt:a$0dd \"x\"\n").is_empty());
}

#[test]
fn definitions_in_the_other_notation() {
    assert_eq!(
        act("local t = {}\nfunction t:f$0(a) return self, a end\n", "Define"),
        "local t = {}\nfunction t.f(self, a) return self, a end\n"
    );
    assert_eq!(
        act("local t = {}\nfunction t.f$0(self) end\n", "Define"),
        "local t = {}\nfunction t:f() end\n"
    );
    assert_eq!(
        act("local t = {}\nfunction t.f$0(self, ...) end\n", "Define"),
        "local t = {}\nfunction t:f(...) end\n"
    );
    assert!(titles("local t = {}\nfunction t.f$0(a) end\n").is_empty());
}

#[test]
fn the_body_of_a_callout() {
    let text = "local mod = {}\n\n-- Looks at it.\nfunction mod:validate$0_data(msg, accept, vctx)\n  self.seen = msg.id\n  return msys.core.VALIDATE_CONT\nend\n\nmsys.registerModule(\"m\", mod)\n";
    assert_eq!(
        act(text, "Extract"),
        "local mod = {}\n\nlocal function on_data(self, msg, accept, vctx)\n  self.seen = msg.id\n  return msys.core.VALIDATE_CONT\nend\n\n\
         -- Looks at it.\nfunction mod:validate_data(msg, accept, vctx)\n  return on_data(self, msg, accept, vctx)\nend\n\nmsys.registerModule(\"m\", mod)\n"
    );
    assert!(titles("local t = {}\nlocal function f$0(a)\n  return a\nend\n").is_empty());
}

#[test]
fn names_whose_module_is_missing() {
    let text = "require(\"msys.core\")\nlocal found = pc$0re.match(\"a\", \"b\")\n";
    assert_eq!(
        act(text, "Require `msys.pcre` as `pcre`"),
        "require(\"msys.core\")\nlocal pcre = require(\"msys.pcre\")\nlocal found = pcre.match(\"a\", \"b\")\n"
    );
    let text = "//- /policy/a.lua\nlim$0its.check()\n//- /policy/site/limits.lua\nreturn {}\n";
    assert_eq!(titles(text), ["Require `site.limits` as `limits`"]);
    assert!(titles("pri$0nt(1)\n").is_empty());
}

fn suppressed(text: &str, code: &str) -> Vec<String> {
    let (project, file, offset) = project_at(text);
    let finding = crate::diagnostic::Diagnostic {
        code: code.into(),
        severity: crate::diagnostic::Severity::Warning,
        span: Span::empty(offset),
        message: String::new(),
        related: Vec::new(),
        page: None,
        fixes: Vec::new(),
        notes: Vec::new(),
        tag: None,
    };
    let all = suppressions(&project.script(file).unwrap(), &finding);
    all.into_iter().map(|action| applied(text, action.edits)).collect()
}

#[test]
fn suppressions_with_a_reason() {
    assert_eq!(
        suppressed("local a\n  x$0 = 1\n", "phase"),
        [
            "local a\n  ---@diagnostic disable-next-line: phase -- because …\n  x = 1\n",
            "---@diagnostic disable: phase -- because …\nlocal a\n  x = 1\n"
        ]
    );
    let again = "---@diagnostic disable-next-line: lua/must_use -- because …\nx$0 = 1\n";
    assert_eq!(
        suppressed(again, "phase")[0],
        "---@diagnostic disable-next-line: lua/must_use, phase -- because …\nx = 1\n"
    );
    let long = "local a = [[\n]] x$0 = 1\n";
    assert_eq!(
        suppressed(long, "phase")[0],
        "local a = [[\n]] x = 1 ---@diagnostic disable-line: phase -- because …\n"
    );
    assert_eq!(
        suppressed("#!/usr/bin/lua\nx$0 = 1\n", "phase")[1],
        "#!/usr/bin/lua\n---@diagnostic disable: phase -- because …\nx = 1\n"
    );
    assert!(suppressed("x$0 = = 1\n", "syntax").is_empty());
}

#[test]
fn suppressions_suppress() {
    let text = "local unu$0sed_name = 1\n";
    let (project, file, _) = project_at(text);
    let findings = project.diagnostics(file);
    let finding = findings.iter().find(|finding| finding.code == "lua/unused_variable").unwrap();
    for action in suppressions(&project.script(file).unwrap(), finding) {
        let after = applied(text, action.edits);
        let (project, file, _) = project_at(&format!("{after}$0"));
        assert_eq!(project.diagnostics(file), [], "{after}");
    }
}

fn organized(text: &str) -> String {
    let (project, file, _) = project_at(&format!("{text}$0"));
    applied(text, organize_requires(&project.script(file).unwrap()))
}

#[test]
fn requires_in_order() {
    assert_eq!(
        organized(
            "-- What it does.\nlocal b = require(\"site.b\")\nlocal pcre = require(\"msys.pcre\")\n-- For the headers.\nrequire(\"msys.extended.message\")\nlocal a = require(\"site.a\") -- beside\nlocal core = require(\"msys.core\")\nrequire(\"msys.extended.message\")\nlocal x = 1\n"
        ),
        "-- What it does.\nlocal core = require(\"msys.core\")\n-- For the headers.\nrequire(\"msys.extended.message\")\nlocal pcre = require(\"msys.pcre\")\nlocal b = require(\"site.b\")\nlocal a = require(\"site.a\") -- beside\nlocal x = 1\n"
    );
    for same in [
        "require(\"msys.core\")\nrequire(\"msys.pcre\")",
        "local a = require(\"msys.pcre\")\nlocal a = require(\"msys.core\")\n",
        "require(\"msys.pcre\")\n\nrequire(\"msys.core\")\n",
        "require(\"msys.pcre\") require(\"msys.core\")\n",
        "require(\"msys.pcre\"\nrequire(\"msys.core\")\n",
    ] {
        assert_eq!(organized(same), same);
    }
    assert_eq!(
        organized("require(\"msys.pcre\")\nrequire(\"msys.core\")"),
        "require(\"msys.core\")\nrequire(\"msys.pcre\")"
    );
    assert_eq!(
        organized("require(\"msys.pcre\")\r\nrequire(\"msys.core\")\r\n"),
        "require(\"msys.core\")\r\nrequire(\"msys.pcre\")\r\n"
    );
}

#[test]
fn no_offset_panics() {
    let text = "local mod = {}\nfunction mod:validate_data(msg, 'é', vctx)\n  mod.f(mod, 1) mod:g()\n  ecc.x(1)\nend\n";
    for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
        for at in [end, end / 2] {
            if text.is_char_boundary(at) {
                let mut marked = text[..end].to_owned();
                marked.insert_str(at, "$0");
                let _ = titles(&marked);
            }
        }
    }
}
