//! What is known of the thing at an offset, as Markdown.

mod configuration;
mod context_variable;
mod function;
mod keywords;
mod words;

use super::definition;
use super::place::{self, Place};
use super::symbol::{self, Symbol};
use crate::project::{Project, Script};
use crate::semantics::Type;
use crate::semantics::scope::{BindingId, BindingKind};
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionId, ExpressionKind};
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::database::{Entry, Member, NamedType};
use momentum_lua_stub_reader::describe::{self, Description};
use momentum_lua_stub_reader::model::ClassKind;
use std::fmt::Write as _;

pub use configuration::of_configuration;
pub use context_variable::of_context_variable;

/// What a hover shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The text, in Markdown.
    pub markdown: String,
    /// The range that it speaks of.
    pub span: Span,
}

/// Makes an address of the path of a documentation page.
pub type PageUrl<'a> = &'a dyn Fn(&str) -> String;

/// What is known of the thing at `offset`.
#[must_use]
pub fn hover(script: &Script<'_>, offset: u32, page_url: PageUrl<'_>) -> Option<Hover> {
    if let Some(comment) = script.parsed().comment_at(offset)
        && comment.span.end > offset
    {
        return annotated(script, offset, page_url);
    }
    let Some(place) = place::at(script, offset) else { return words::of_token(script, offset) };
    if let Place::ContextVariable { dictionary, name, .. } = &place {
        let markdown = context_variable::described(script.project(), *dictionary, name, page_url);
        return Some(Hover { markdown, span: place.span() });
    }
    if let Place::Literal { expression, .. } = place {
        return words::of_literal(script, expression, offset, page_url);
    }
    let markdown = of_callout(script, &place, page_url)
        .or_else(|| of_member(script, &place, page_url))
        .or_else(|| of_alias(script, &place, page_url))
        .or_else(|| of_function(script, &place))
        .or_else(|| typed(script, &place))?;
    Some(Hover { markdown, span: place.span() })
}

/// A callout or hook, where it is defined and where it is named.
fn of_callout(script: &Script<'_>, place: &Place, page_url: PageUrl<'_>) -> Option<String> {
    let name = definition::callout_at(script, place)?;
    let hook = script.api().hook(&name)?;
    let mut text = described(script.api(), Entry::Hook(hook), page_url);
    let others = definition::implementations(script.project(), &name).len();
    if others > 1 {
        let _ = writeln!(text, "\n{others} functions of this policy are registered for it.");
    }
    Some(text)
}

/// A member of the API, with what it may be here where that says more.
fn of_member(script: &Script<'_>, place: &Place, page_url: PageUrl<'_>) -> Option<String> {
    if matches!(place, Place::TableField { .. } | Place::Binding { .. }) {
        return None;
    }
    let member = match symbol::of_place(script, place)? {
        Symbol::Api(owner, name) if owner.is_empty() => script.api().global(&name)?,
        Symbol::Api(owner, name) => script.api().member(&owner, &name)?,
        _ => return None,
    };
    let mut text = String::new();
    if let Member::Field(_) = member
        && let Some(expression) = place.expression()
        && let Some(ty) = told(script.project(), &script.type_of(expression))
        && ty != member.ty().to_string()
    {
        let _ = writeln!(text, "Here: `{ty}`\n");
    }
    if let Some(missing) = not_available(script, member) {
        let _ = writeln!(text, "⚠ {missing}\n");
    }
    text.push_str(&described(script.api(), Entry::Member(member), page_url));
    Some(text)
}

/// A variable that holds a function or constant of the API.
fn of_alias(script: &Script<'_>, place: &Place, page_url: PageUrl<'_>) -> Option<String> {
    let Place::Binding { .. } = place else { return None };
    let ty = definition::type_at(script, place);
    let member = crate::semantics::library::resolve(script.api(), ty.member()?)?;
    let name = script.text_at(place.span());
    let held = described(script.api(), Entry::Member(member), page_url);
    Some(format!("```lua\n{}{name} = {}\n```\n{held}", word(script, place), member.name()))
}

fn not_available(script: &Script<'_>, member: Member<'_>) -> Option<String> {
    let target = script.target();
    (!member.about().available_in(target)).then(|| format!("Momentum {target} does not have it."))
}

/// A function of the project.
fn of_function(script: &Script<'_>, place: &Place) -> Option<String> {
    let ty = definition::type_at(script, place);
    let mut functions = ty.functions();
    let (one, None) = (functions.next()?, functions.next()) else { return None };
    if ty.values().len() > 1 {
        return None;
    }
    let holder = format!("{}{}", word(script, place), script.text_at(place.span()));
    function::described(script.project(), one, &holder)
}

/// The type of anything else.
fn typed(script: &Script<'_>, place: &Place) -> Option<String> {
    let ty = definition::type_at(script, place);
    let name = script.text_at(place.span());
    let told = told(script.project(), &ty);
    let mut text = format!(
        "```lua\n{}{name}{}\n```",
        word(script, place),
        told.map(|ty| format!(": {ty}")).unwrap_or_default()
    );
    let class = ty.class().and_then(|class| script.api().class(class));
    if let Place::Binding { binding, .. } = place {
        if let Some(parameter) = function::parameter(script, *binding) {
            let _ = write!(text, "\n{parameter}\n");
        }
        if let Some(value) = constant(script, *binding) {
            let _ = write!(text, "\nAlways `{value}`.\n");
        }
    }
    match class {
        Some(class) => {
            let _ = write!(text, "\n{}", first_paragraph(&class.about.doc));
        }
        None if ty.is_unknown() && matches!(place, Place::Member { .. } | Place::Global { .. }) => {
            symbol::of_place(script, place)?;
        }
        None => {}
    }
    if let Some(fields) = fields(script, &ty) {
        let _ = write!(text, "\n{fields}");
    }
    Some(text)
}

/// A type in words; `None` where nothing is known.
fn told(project: &Project, ty: &Type) -> Option<String> {
    (!ty.is_unknown() && !ty.is_never()).then(|| {
        let mut text = ty.shown(&|table| project.class_of(table).map(str::to_owned));
        if ty.is_open() {
            text.push_str("|…");
        }
        text
    })
}

/// What a variable is.
fn word(script: &Script<'_>, place: &Place) -> &'static str {
    match place {
        Place::Binding { binding, .. } => match script.scopes().binding(*binding).kind {
            BindingKind::Parameter(..) | BindingKind::SelfParameter(_) => "(parameter) ",
            _ => "local ",
        },
        Place::Global { .. } => "(global) ",
        Place::Member { .. } | Place::TableField { .. } => "(field) ",
        Place::Literal { .. } | Place::ContextVariable { .. } => "",
    }
}

/// The number or text that a variable always has, where its declaration computes it.
fn constant(script: &Script<'_>, binding: BindingId) -> Option<String> {
    let declared = script.scopes().binding(binding);
    let initial = declared.initial?;
    let is_written = matches!(
        script.tree().expression(script.tree().unparenthesized(initial)).kind,
        ExpressionKind::String(_) | ExpressionKind::Name(_)
    );
    let ty = script.type_of(initial);
    if script.scopes().is_reassigned(binding) || is_written {
        return None;
    }
    let crate::semantics::Value::NumberLiteral(number) = ty.single()? else { return None };
    let value = number.to_string();
    (script.text_at(script.span(initial)) != value).then_some(value)
}

/// The fields of a table of the project.
fn fields(script: &Script<'_>, ty: &Type) -> Option<String> {
    const MOST: usize = 12;
    let mut tables = ty.tables();
    let (table, None) = (tables.next()?, tables.next()) else { return None };
    let known = script.project().table(table)?;
    if known.fields.is_empty() {
        return None;
    }
    let shown = known.fields.iter().take(MOST).map(|(name, field)| {
        let ty = told(script.project(), &field.ty.generalized()).unwrap_or_else(|| "…".to_owned());
        format!("  {name}: {ty}")
    });
    let mut lines: Vec<String> = shown.collect();
    if known.fields.len() > MOST {
        lines.push(format!("  … and {} more", known.fields.len() - MOST));
    }
    Some(format!("```lua\n{{\n{}\n}}\n```", lines.join("\n")))
}

/// The classes of annotations.
fn annotated(script: &Script<'_>, offset: u32, page_url: PageUrl<'_>) -> Option<Hover> {
    let at = offset as usize;
    let mut names = script.annotations().blocks().flat_map(|block| &block.names);
    let name = names.find(|name| name.range.start <= at && at <= name.range.end)?;
    let span = Span::new(u32::try_from(name.range.start).ok()?, u32::try_from(name.range.end).ok()?);
    let entry = match script.api().named_type(&name.value)? {
        NamedType::Class(class) => Entry::Member(Member::Table(class)),
        NamedType::Alias(alias) => Entry::Alias(alias),
        NamedType::Group(group) => Entry::Group(group),
    };
    Some(Hover { markdown: described(script.api(), entry, page_url), span })
}

/// The string or number at an expression, as it is written.
fn written<'a>(script: &Script<'a>, expression: ExpressionId) -> &'a str {
    script.text_at(script.span(expression))
}

/// An entry of the API. Of a class with many members the first ones are listed: a hover is no page.
pub(super) fn described(api: &Api, entry: Entry<'_>, page_url: PageUrl<'_>) -> String {
    const MOST: usize = 20;
    let mut description: Description = describe::describe(api, entry);
    let is_table = matches!(entry, Entry::Member(Member::Table(class)) if class.kind != ClassKind::Shape);
    if is_table || matches!(entry, Entry::Module(_)) {
        for section in &mut description.sections {
            let count = section.rows.len();
            section.rows.truncate(MOST);
            if count > MOST {
                let name = format!("… and {} more", count - MOST);
                section.rows.push(describe::Row { name, ..describe::Row::default() });
            }
        }
    }
    description.markdown(page_url)
}

fn first_paragraph(doc: &str) -> &str {
    doc.split("\n\n").next().unwrap_or(doc)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::project_at;

    fn shown(text: &str) -> String {
        let (project, file, offset) = project_at(text);
        let page_url = |page: &str| format!("https://docs/{page}");
        let hover = match project.script(file) {
            Some(script) => hover(&script, offset, &page_url),
            None => of_configuration(&project, file, offset, &page_url),
        };
        hover.map(|hover| hover.markdown).unwrap_or_default()
    }

    #[track_caller]
    fn says(text: &str, parts: &[&str]) {
        let shown = shown(text);
        for part in parts {
            assert!(shown.contains(part), "`{part}` is not in:\n{shown}");
        }
    }

    fn in_callout(body: &str) -> String {
        format!(
            "local mod = {{}}\nfunction mod:validate_data(msg, accept, vctx)\n  {body}\nend\nmsys.registerModule(\"m\", mod)\n"
        )
    }

    #[test]
    fn functions_of_the_api_have_everything() {
        says(
            &in_callout("vctx:set_co$0de(550, \"no\")"),
            &[
                "```lua\nvctx:set_code(",
                "**Parameters**",
                "**Phases**",
                "**Since**",
                "](https://docs/momentum/",
            ],
        );
        says("msys.pcre.mat$0ch(\"a\", \"b\")", &["**Requires** `msys.pcre`"]);
        says("print(msys.core.VALIDATE$0_CONT)", &["msys.core.VALIDATE_CONT", "constant"]);
    }

    #[test]
    fn callouts_and_hooks_have_their_results_and_their_c() {
        says(
            &in_callout("").replace("validate_data", "validate_da$0ta"),
            &["function mod:validate_data(", "**Results**"],
        );
        let hook =
            "local mod = { core_log_spool$0_import = function() end }\nmsys.registerModule(\"m\", mod)";
        says(hook, &["```c\n", "log_spool_import(void *closure", "Lua does not get it"]);
        let buffer =
            "local mod = {}\nfunction mod:msgc_get_private$0_name(buf) end\nmsys.registerModule(\"m\", mod)";
        says(buffer, &["buf: ec_string", "`char *buf, int buf_len` come as one `ec_string`"]);
    }

    #[test]
    fn variables_have_their_types() {
        says(&in_callout("print(ms$0g)"), &["(parameter) msg: ec_message"]);
        says(
            "local CON$0T = msys.core.VALIDATE_CONT",
            &["local CONT = msys.core.VALIDATE_CONT", "constant of"],
        );
        says("local n$0 = 0660", &["local n: 432"]);
        says("local day$0 = 24 * 60 * 60", &["local day", "Always `86400`."]);
        says("local t$0 = { a = 1, b = \"x\" }", &["local t: table", "a: number", "b: string"]);
        says("---@type ec_mes$0sage\nlocal m", &["ec_message", "class of userdata"]);
    }

    #[test]
    fn tables_have_the_names_of_their_classes() {
        let class = "---@class Counter\n---@field seen number\nlocal Counter = {}\nCounter.__index = Counter\n\
            ---@return Counter\nfunction Counter.new() return setmetatable({}, Counter) end\n\
            function Counter:hit() return self.seen end\nlocal counter = Counter.new()\n";
        says(&format!("{class}print(coun$0ter)"), &["local counter: Counter"]);
        says(&format!("{class}print(Counter.ne$0w)"), &["function Counter.new(): Counter"]);
        says("local t$0 = { a = 1 }", &["local t: table"]);
    }

    #[test]
    fn functions_of_the_project_have_signature_comment_and_phases() {
        let text = "-- Marks a message.\n-- For good.\nlocal function stamp(m, text)\n  return 1\nend\n"
            .to_owned()
            + &in_callout("sta$0mp(msg, \"x\")");
        says(
            &text,
            &[
                "local function stamp(m: ec_message, text: \"x\"): 1",
                "Marks a message.\nFor good.",
                "Runs in `validate_data`",
            ],
        );
    }

    #[test]
    fn functions_without_a_name_and_the_load_of_a_script() {
        let text = "local function guard(fn) return fn(1) end\nguard(function(n) return n end)\n";
        says(
            &text.replacen("fn)", "f$0n)", 1),
            &["(parameter) fn: function(n: 1): 1", "Runs while the script is loaded."],
        );
        let both = format!("local function f() end\nf()\n{}", in_callout("f$0()"));
        says(&both, &["Runs in `validate_data`, and while the script is loaded."]);
    }

    #[test]
    fn parameters_have_what_the_callout_says_of_them() {
        let of = |head: &str| {
            let text = format!("local mod = {{}}\n{head} end\nmsys.registerModule(\"m\", mod)\n");
            ["accept", "self"].map(|word| {
                let (first, rest) = word.split_at(2);
                shown(&text.replacen(word, &format!("{first}$0{rest}"), 1))
            })
        };
        let [method, _] = of("function mod:validate_data(msg, accept, vctx) print(self)");
        assert!(method.contains("(parameter) accept: accept_construct\n```\n"), "{method}");
        for head in [
            "function mod.validate_data(self, msg, accept, vctx)",
            "mod.validate_data = function(self, msg, accept, vctx)",
        ] {
            let [accept, receiver] = of(head);
            assert_eq!(accept, method, "{head}");
            assert!(!receiver.contains("message"), "{receiver}");
        }
    }

    #[test]
    fn strings_name_things() {
        says("require(\"msys.pc$0re\")", &["msys.pcre", "**Functions**"]);
        says(
            &in_callout("vctx:get(msys.core.VCTX_CONN, \"ehlo_s$0tring\")"),
            &["context variable of the connection"],
        );
        says(&in_callout("print(msys.expandMacro(\"%{vctx_conn:ehlo_str$0ing}\"))"), &["ehlo_string"]);
        says(
            &in_callout(
                "vctx:set(msys.core.VCTX_MESS, \"tag\", 1)\n  vctx:get(msys.core.VCTX_MESS, \"ta$0g\")",
            ),
            &[
                "%{vctx_mess:tag}",
                "context variable of the message",
                "policy defines what it means",
                "**Set here**\n- main.lua:3\n",
                "**Used here**\n- main.lua:4\n",
            ],
        );
        says(&in_callout("vctx:get(msys.core.VCTX_MESS, \"ta$0g\")"), &["Nothing of this policy sets it."]);
        assert!(!shown(&in_callout("vctx:get(msys.core.VCTX_MESS, \"\", \"ta$0g\")")).contains("context"));
        assert_eq!(shown("print(\"any$0thing\")"), "");
    }

    #[test]
    fn what_only_this_lua_has() {
        says("print(1 !$0= 2)", &["not equal"]);
        says("print(1 &$0 2)", &["bitwise"]);
        says("os.chmod(\"x\", 06$060)", &["octal", "432"]);
        assert_eq!(shown("print(1 +$0 2)"), "");
        says("print(0x1$0F)", &["31 in decimal"]);
        assert_eq!(shown("print(1$07)"), "");
    }

    #[test]
    fn words_of_the_language() {
        says("whi$0le x do end", &["while CONDITION do"]);
        says("for row in$0 rows do end", &["__iter"]);
        says("local x = ni$0l", &["counts as false"]);
        says("local function f(...) return .$0.. end", &["further arguments"]);
        says("if x the$0n", &["first block whose condition holds"]);
        assert_eq!(shown("local x = 1 $0 "), "");
        assert_eq!(shown("local x = \"whi$0le\""), "");
    }

    #[test]
    fn options_of_the_configuration() {
        says(
            "//- /etc/ecelerity.conf\nscriptlet \"scriptlet\" {\n  gc_pa$0use = 200\n}\n",
            &["gc_pause", "option of scriptlet", "**Default**"],
        );
        says(
            "//- /etc/ecelerity.conf\nscript$0let \"scriptlet\" {\n}\n",
            &["The module that runs Lua policy"],
        );
        says(
            "//- /etc/ecelerity.conf\nRelay_Ho$0sts = ( \"10.0.0.0/8\" )\nESMTP_Listener { Relay_Hosts = () }\n",
            &[
                "*option of the server as a whole*",
                "Nothing is known of it here: only options that have to do with Lua policy are described.",
                "**Set in**\n- the server as a whole, ecelerity.conf:1\n- `ESMTP_Listener`, ecelerity.conf:2",
            ],
        );
        says(
            "//- /etc/ecelerity.conf\nscriptlet \"scriptlet\" { gc_pau$0s = 200 }\n",
            &["option of `scriptlet`", "did you mean `gc_pause`?"],
        );
        says("//- /etc/ecelerity.conf\nCluster$0 {}\n", &["Nothing is known of it here: only stanzas"]);
        let text = "//- /etc/ecelerity.conf\nscriptlet \"scriptlet\" {\n  script \"a\" { source = \"a$0\" }\n}\n//- /etc/conf/global/a.lua\n".to_owned() + &in_callout("");
        says(&text, &["a.lua", "validate_data"]);
    }
}
