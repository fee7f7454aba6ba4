//! Entries as people read them: for `momentum-lua api NAME` and for hovers.

mod members;
mod render;
mod values;

use crate::api::Api;
use crate::database::{Entry, Member};
use crate::model::{
    About, AllowedIn, CFunction, Fidelity, Function, FunctionKind, Hook, HookKind, Param, Signature, Text,
    Type,
};

/// What there is to say of an entry, in pieces.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Description {
    /// Its name as the documentation spells it.
    pub name: String,
    /// What it is: `method of ec_message`.
    pub kind: String,
    /// How it is written: signatures, the type of a field, the value of a constant. Lua with LuaCATS types.
    pub code: Vec<String>,
    /// The C declaration, where there is one.
    pub c: Option<String>,
    /// The description, Markdown.
    pub doc: Text,
    /// Lists: parameters, results, members, values.
    pub sections: Vec<Section>,
    /// Short facts: `Requires` → `msys.pcre`.
    pub facts: Vec<(&'static str, String)>,
    /// Pitfalls.
    pub traps: Vec<Text>,
    /// Where the documentation is wrong.
    pub corrections: Vec<Text>,
    /// Page of the public documentation, below its root.
    pub page: Option<Text>,
}

/// A list with a title.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its title: `Parameters`.
    pub title: &'static str,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Name or value; empty for a result without a name.
    pub name: String,
    /// Its type; empty where there is none.
    pub ty: String,
    /// What it means, Markdown.
    pub doc: String,
}

/// What there is to say of the entry of that name (see [`crate::Database::entry`] for the spellings); `None` where there
/// is none. [`Api::near_entries`] then has what may have been meant.
#[must_use]
pub fn entry(api: &Api, name: &str) -> Option<Description> {
    api.entry(name).map(|entry| describe(api, entry))
}

/// What there is to say of an entry.
#[must_use]
pub fn describe(api: &Api, entry: Entry<'_>) -> Description {
    match entry {
        Entry::Member(Member::Function(one)) => function(api, one),
        Entry::Member(Member::CFunction(one)) => c_function(one),
        Entry::Member(Member::Field(field)) => members::field(field),
        Entry::Member(Member::Constant(constant)) => members::constant(constant),
        Entry::Member(Member::Table(class)) => members::class(api, class),
        Entry::Hook(one) => hook(one),
        Entry::Alias(alias) => members::alias(alias),
        Entry::Group(name) => members::group(api, name),
        Entry::Module(module) => values::module(api, module),
        Entry::Macro(one) => values::macro_named(one),
        Entry::ContextVariable(variable) => values::context_variable(api, variable),
        Entry::Option(option) => values::option(option),
        Entry::Phase(phase) => values::phase(api, phase),
    }
}

/// A signature with its name in front: `msg:header(name: string, value?: string): string[]`.
#[must_use]
pub fn signature_line(name: &str, signature: &Signature) -> String {
    format!("{name}{signature}")
}

impl Description {
    /// A description with what every kind of entry takes from its remarks.
    fn new(name: &str, kind: impl Into<String>, about: &About) -> Self {
        let mut description = Self {
            name: name.to_owned(),
            kind: kind.into(),
            doc: about.doc.clone(),
            traps: about.traps.clone(),
            corrections: about.corrections.clone(),
            page: about.page.clone(),
            ..Self::default()
        };
        if let Some(replacement) = &about.deprecated {
            let text = if replacement.is_empty() { "yes".to_owned() } else { replacement.to_string() };
            description.fact("Deprecated", text);
        }
        if !about.since.series.is_empty() {
            description.fact("Since", about.since.to_string());
        }
        if !about.until.series.is_empty() {
            description.fact("Until", about.until.to_string());
        }
        if about.undocumented {
            description.fact("Undocumented", "seen in use, on no page of the documentation");
        }
        description
    }

    fn fact(&mut self, label: &'static str, text: impl Into<String>) {
        self.facts.push((label, text.into()));
    }

    fn fact_list(&mut self, label: &'static str, texts: &[Text]) {
        if !texts.is_empty() {
            self.fact(label, code_list(texts));
        }
    }

    fn section(&mut self, title: &'static str, rows: Vec<Row>) {
        if !rows.is_empty() {
            self.sections.push(Section { title, rows });
        }
    }

    fn availability(&mut self, requires: &[Text], phases: &[Text], callouts: &[AllowedIn], advised: bool) {
        self.fact_list("Requires", requires);
        if !phases.is_empty() {
            self.fact("Phases", plain_list(phases));
        }
        if !callouts.is_empty() {
            let callouts: Vec<String> = callouts.iter().map(ToString::to_string).collect();
            self.fact(if advised { "Best in" } else { "Only in" }, callouts.join(", "));
        }
    }
}

/// `a`, `b`
fn code_list(texts: &[Text]) -> String {
    texts.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", ")
}

fn plain_list(texts: &[Text]) -> String {
    texts.iter().map(Text::as_str).collect::<Vec<_>>().join(", ")
}

fn function(api: &Api, function: &Function) -> Description {
    let kind = match (function.kind, function.owner.is_empty()) {
        (FunctionKind::Method, _) => format!("method of {}", function.owner),
        (FunctionKind::Function, true) => "global function".to_owned(),
        (FunctionKind::Function, false) if api.module(&function.owner).is_some() => {
            format!("function of the module {}", function.owner)
        }
        (FunctionKind::Function, false) => format!("function of {}", function.owner),
    };
    let mut description = Description::new(&function.name, kind, &function.about);
    callable(&mut description, function);
    description
}

fn c_function(c: &CFunction) -> Description {
    let kind = if c.is_macro { "C macro" } else { "function of the C API" };
    let kind = format!("{kind}, {}", c.header);
    let mut description = Description::new(&c.function.name, kind, &c.function.about);
    if !c.is_macro {
        callable(&mut description, &c.function);
    }
    description.c = Some(c.prototype.to_string());
    if let Some(thread) = &c.thread {
        description.fact("Thread", thread.as_str());
    }
    if c.seen {
        description.fact("Lua", "published scripts call it");
    }
    description
}

fn callable(description: &mut Description, function: &Function) {
    let lines = function.signatures().map(|signature| signature_line(&function.name, signature));
    description.code.extend(lines);
    description.section("Parameters", params(&function.signature.params));
    description.section("Returns", returns(&function.signature));
    description.availability(&function.requires, &function.phases, &function.callouts, function.advised);
    if !function.never.is_empty() {
        description.fact("Never in", plain_list(&function.never));
    }
    let nilcrash: Vec<Text> = function
        .signature
        .params
        .iter()
        .filter(|param| param.nilcrash)
        .map(|param| param.name.clone())
        .collect();
    description.fact_list("Not nil", &nilcrash);
    for raises in &function.raises {
        description.fact("Raises", raises.as_str());
    }
    if function.yields {
        description.fact("Yields", "may give way to other threads");
    }
    if function.blocking {
        description.fact("Blocks", "waits for I/O: call it in a thread pool");
    }
    if function.no_pcall {
        description.fact("Not below", "`pcall`, `xpcall`");
    }
    if let Some(method) = function.mutates.as_ref().and_then(|mutation| mutation.completed_by.as_ref()) {
        description.fact("Completed by", method.as_str());
    }
    if let Some(fidelity) = function.fidelity {
        let text = match fidelity {
            Fidelity::Modelled => "modelled: `momentum-lua run` does the real work",
            Fidelity::Fixture => "fixture: `momentum-lua run` answers from the session",
            Fidelity::Recorded => "recorded: `momentum-lua run` notes the call and gives the neutral result",
        };
        description.fact("Local run", text);
    }
}

fn hook(hook: &Hook) -> Description {
    let kind = match hook.kind {
        HookKind::Callout => "callout".to_owned(),
        HookKind::ModuleHook | HookKind::CHook => format!("hook of {}", hook.scope),
    };
    let mut description = Description::new(&hook.name, kind, &hook.about);
    let signature = Signature { params: hook.params.clone(), ..Signature::default() };
    description.code.push(format!("function mod:{}", signature_line(&hook.name, &signature)));
    for earlier in &hook.earlier {
        let line =
            signature_line(&hook.name, &Signature { returns: Vec::new(), ..earlier.signature.clone() });
        description.code.push(format!("function mod:{line} -- before {}", earlier.before));
    }
    description.c = hook.prototype.as_ref().map(Text::to_string);
    description.section("Parameters", params(&hook.params));
    for param in
        hook.params.iter().filter(|param| matches!(&param.ty, Type::Named(name) if name == "ec_string"))
    {
        description.fact("In Lua", buffer(&param.name, hook.prototype.as_deref()));
    }
    if hook.prototype.as_ref().is_some_and(|prototype| prototype.contains("void *closure")) {
        description.fact("In C", "`closure` is the module's own: Lua does not get it");
    }
    let results = hook.results.iter().map(|result| Row {
        name: result.value.to_string(),
        doc: result.meaning.to_string(),
        ..Row::default()
    });
    description.section("Results", results.collect());
    if hook.ignored {
        description.fact("Results", "ignored");
    } else if hook.results.is_empty() {
        description.fact("Results", "not documented");
    }
    description.availability(&hook.requires, &hook.phases, &[], false);
    if let Some(thread) = &hook.thread {
        description.fact("Thread", thread.as_str());
    }
    description
}

/// Why a parameter is an `ec_string` and no string.
fn buffer(name: &str, prototype: Option<&str>) -> String {
    let use_it = "`tostring` reads it, `:set` writes it, and no Lua string ever equals it";
    let declared = prototype.and_then(|prototype| {
        let (before, behind) = prototype.split_once(&format!("char *{name}, "))?;
        let length = behind.split([',', ')']).next()?;
        let sign = if before.ends_with("unsigned ") { "unsigned " } else { "" };
        Some(format!("{sign}char *{name}, {length}"))
    });
    match declared {
        Some(declared) => {
            format!(
                "`{declared}` come as one `ec_string` `{name}`, a buffer of the length that C gives: {use_it}"
            )
        }
        None => format!("`{name}` is C's own buffer, an `ec_string`: {use_it}"),
    }
}

fn params(params: &[Param]) -> Vec<Row> {
    let row = |param: &Param| {
        let mark = if param.optional { "?" } else { "" };
        Row { name: format!("{}{mark}", param.name), ty: param.ty.to_string(), doc: param.doc.to_string() }
    };
    params.iter().map(row).collect()
}

fn returns(signature: &Signature) -> Vec<Row> {
    let row = |one: &crate::model::Return| Row {
        name: one.name.as_ref().map(Text::to_string).unwrap_or_default(),
        ty: one.ty.to_string(),
        doc: one.doc.to_string(),
    };
    signature.returns.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::StubFile;

    fn api() -> Api {
        let lua = "---@meta a.b\n\n--- Table.\n---@class a.b\na.b = {}\n\n--- Message.\n---@class message\n---@receiver msg\n\
                   local message = {}\n\n--- Binds it.\n---\n--- For good.\n---@param name? string Its name.\n---@return boolean? bound Whether.\n\
                   ---@requires a.b\n---@phase data\n---@since 3=3.1 4=5.1\n---@trap Careful.\n---@nilcrash name\n---@page p/q\n\
                   function message:bind(name) end\n\n--- One.\n---@constant g\na.b.ONE = 1\n\n---@class cb\n---@callouts validate\nlocal cb = {}\n\n\
                   --- Runs.\n---@param msg message The message.\n---@result a.b.ONE fine\nfunction cb:validate_x(msg) end\n";
        let (api, errors) = Api::default().with_stubs(&[StubFile { path: "a.lua", text: lua }]);
        assert_eq!(errors, []);
        api
    }

    #[test]
    fn a_method_as_people_read_it() {
        let text = entry(&api(), "msg:bind").unwrap().text(60);
        assert_eq!(
            text,
            "msg:bind  method of message\n\n    msg:bind(name?: string): boolean?\n\nBinds it.\n\nFor good.\n\n\
             Parameters\n  name?  string  Its name.\n\nReturns\n  bound  boolean?  Whether.\n\n\
             Since:     3.1, 5.1\nRequires:  a.b\nPhases:    data\nNot nil:   name\n\n! Careful.\n\nPage: p/q\n"
        );
    }

    #[test]
    fn the_same_as_markdown() {
        let markdown =
            entry(&api(), "msg:bind").unwrap().markdown(&|page| format!("https://example.com/{page}"));
        assert_eq!(
            markdown,
            "```lua\nmsg:bind(name?: string): boolean?\n```\n*method of message*\n\nBinds it.\n\nFor good.\n\n\
             **Parameters**\n- `name?` `string` — Its name.\n\n**Returns**\n- `bound` `boolean?` — Whether.\n\n\
             **Since** 3.1, 5.1  \n**Requires** `a.b`  \n**Phases** data  \n**Not nil** `name`\n\n\
             > ⚠ Careful.\n\n[p/q](https://example.com/p/q)\n"
        );
    }

    #[test]
    fn every_kind_of_entry_has_a_description() {
        let api = api();
        assert_eq!(entry(&api, "a.b.ONE").unwrap().kind, "constant of the group g");
        assert_eq!(entry(&api, "validate_x").unwrap().code, ["function mod:validate_x(msg: message)"]);
        assert_eq!(entry(&api, "g").unwrap().sections[0].rows[0].name, "a.b.ONE");
        assert_eq!(entry(&api, "message").unwrap().sections[0].title, "Methods");
        assert!(entry(&api, "nothing").is_none());
    }
}
