//! Hints inside the text: types that nothing near shows, names of parameters at literal arguments, and the phases in
//! which a helper runs.
//!
//! A hint that says what the text says already only takes room. So there is none for a variable whose value shows its type
//! or whose name does, none for an argument that the function's name explains, and none for a function whose callers are
//! not known.

use super::place;
use crate::project::Script;
use crate::semantics::analysis::CallSite;
use crate::semantics::reach::Entry;
use crate::semantics::scope::{Binding, BindingId, BindingKind};
use crate::semantics::types::{Type, Value};
use crate::syntax::Span;
use crate::syntax::tree::{
    BinaryOperator, Call, ExpressionId, ExpressionKind, FunctionId, StatementKind, UnaryOperator,
};
use momentum_lua_stub_reader::database::Entry as Described;
use momentum_lua_stub_reader::describe;
use momentum_lua_stub_reader::luacats::Tag;
use momentum_lua_stub_reader::model::ClassKind;
use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt::Write as _;

/// Which hints are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Types of variables.
    pub types: bool,
    /// Names of parameters.
    pub parameters: bool,
    /// Phases of helpers.
    pub phases: bool,
}

/// A hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Where it stands.
    pub offset: u32,
    /// What it says.
    pub label: String,
    /// What it is.
    pub kind: HintKind,
}

/// What a hint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HintKind {
    /// A type, behind a name.
    Type,
    /// The name of a parameter, before an argument.
    Parameter,
    /// Phases, behind the parameters of a function.
    Phase,
}

/// A type that is longer is cut.
const LONGEST_TYPE: usize = 40;

/// More phases than this are counted.
const MOST_PHASES: usize = 3;

/// So are those whose names take more room.
const LONGEST_LIST: usize = 48;

/// The hints of a part of a script, in the order of places.
#[must_use]
pub fn hints(script: &Script<'_>, within: Span, wanted: Wanted) -> Vec<Hint> {
    let mut found = Vec::new();
    if wanted.types {
        let declared = Declared::of(script);
        let bindings = script.scopes().bindings().filter(|(_, binding)| within.covers(binding.span));
        found.extend(bindings.filter_map(|(id, binding)| type_hint(script, &declared, id, binding)));
    }
    if wanted.parameters {
        let sites = script.analysis().calls.iter().filter(|site| !site.protected);
        let sites: FxHashMap<ExpressionId, &CallSite> = sites.map(|site| (site.expression, site)).collect();
        for (id, expression) in script.tree().expressions() {
            if let ExpressionKind::Call(call) = &expression.kind
                && within.start <= call.arguments_span.end
                && call.arguments_span.start <= within.end
                && let Some(site) = sites.get(&id)
            {
                parameter_hints(script, site, call, &mut found);
            }
        }
        found.retain(|hint| within.touches(hint.offset));
    }
    if wanted.phases {
        found.extend(helpers(script).into_iter().filter_map(|function| {
            let offset = script.tree().function(function).parameters_span.end;
            let label = within.touches(offset).then(|| phase_label(script, function))??;
            Some(Hint { offset, label, kind: HintKind::Phase })
        }));
    }
    found.sort_by_key(|hint| hint.offset);
    found
}

// Types

fn type_hint(script: &Script<'_>, declared: &Declared, id: BindingId, binding: &Binding) -> Option<Hint> {
    let is_missing = binding.name.is_empty() || script.text_at(binding.span) != binding.name;
    if is_missing || binding.name.starts_with('_') {
        return None;
    }
    let ty = match binding.kind {
        BindingKind::Local => match binding.initial {
            Some(initial) if is_shown(script, initial) => return None,
            // What it is declared with; later values may be others.
            Some(initial) => script.type_of(initial),
            None if declared.results.contains(&binding.span) => {
                script.analysis().binding_types.get(id.index())?.clone()
            }
            None => return None,
        },
        BindingKind::Parameter(function, position) if is_told(script, function, position, &binding.name) => {
            return None;
        }
        BindingKind::Parameter(..) => script.analysis().binding_types.get(id.index())?.clone(),
        BindingKind::Loop if declared.counters.contains(&binding.span) => return None,
        BindingKind::Loop => script.analysis().binding_types.get(id.index())?.clone(),
        BindingKind::Function(_) | BindingKind::SelfParameter(_) | BindingKind::ImplicitArg => return None,
    };
    let label = shown(script, &ty)?;
    if says(script, &binding.name, &ty, &label) {
        return None;
    }
    Some(Hint { offset: binding.span.end, label: format!(": {label}"), kind: HintKind::Type })
}

/// Whether an expression shows what it is to whoever reads it.
fn is_shown(script: &Script<'_>, initial: ExpressionId) -> bool {
    let tree = script.tree();
    match &tree.expression(tree.unparenthesized(initial)).kind {
        ExpressionKind::Call(_) => {
            let span = script.span(tree.unparenthesized(initial));
            script.analysis().requires.iter().any(|require| require.span == span)
        }
        ExpressionKind::Field { .. } | ExpressionKind::Index { .. } => false,
        ExpressionKind::Binary { operator: BinaryOperator::And | BinaryOperator::Or, right, .. } => {
            is_shown(script, *right)
        }
        _ => true,
    }
}

/// How variables are declared, by the places of their names.
#[derive(Default)]
struct Declared {
    /// Those that count in `for i = 1, n`.
    counters: FxHashSet<Span>,
    /// Those that get a value, perhaps one of several: `local first, second = f()`.
    results: FxHashSet<Span>,
}

impl Declared {
    fn of(script: &Script<'_>) -> Self {
        let mut declared = Self::default();
        for (_, statement) in script.tree().statements() {
            match &statement.kind {
                StatementKind::NumericFor { variable, .. } => {
                    declared.counters.insert(variable.span);
                }
                StatementKind::Local { names, values } if !values.is_empty() => {
                    declared.results.extend(names.iter().map(|name| name.span));
                }
                _ => {}
            }
        }
        declared
    }
}

/// Whether a parameter is what its author's annotation says, or the documentation of the callout under that name.
fn is_told(script: &Script<'_>, function: FunctionId, position: u32, name: &str) -> bool {
    let params = script.hook(function).map(|hook| hook.params_in(script.target()));
    let documented = params.and_then(|params| params.get(position as usize));
    documented.is_some_and(|param| param.name == name) || is_annotated(script, function, name)
}

fn is_annotated(script: &Script<'_>, function: FunctionId, name: &str) -> bool {
    let span = script.tree().function(function).span;
    let statements = script.tree().statements().map(|(_, statement)| statement.span);
    let around = statements.filter(|statement| statement.covers(span)).min_by_key(|span| span.len());
    let block = around.and_then(|around| script.annotations().above(script.text(), around.start));
    block.is_some_and(|block| {
        block.tags.iter().any(|line| matches!(&line.tag, Tag::Param(param) if param.name.value == name))
    })
}

/// A type as a hint shows it. `None` where it is not known for certain or says too little.
fn shown(script: &Script<'_>, ty: &Type) -> Option<String> {
    if ty.is_open() || ty.is_never() || ty.is_nil() {
        return None;
    }
    let says_little = |value: &Value| {
        matches!(
            value,
            Value::Table(_)
                | Value::Callouts(_)
                | Value::AnyTable
                | Value::Function(_)
                | Value::AnyFunction
                | Value::Member(_)
        )
    };
    let is_module = ty
        .class()
        .and_then(|class| script.api().class(class))
        .is_some_and(|class| class.kind == ClassKind::Table);
    if is_module || ty.any(says_little) {
        return None;
    }
    let label = ty.generalized().to_string();
    // A text is what most names of policy stand for.
    if label == "string" || label == "userdata" {
        return None;
    }
    let label = match label.strip_prefix("nil|") {
        Some(one) if !one.contains(['|', '(']) => format!("{one}?"),
        _ => label,
    };
    if label.chars().count() <= LONGEST_TYPE {
        return Some(label);
    }
    Some(label.chars().take(LONGEST_TYPE - 1).chain(['…']).collect())
}

/// Whether a name says what type it has: `msg`, `str`, `is_bulk`.
fn says(script: &Script<'_>, name: &str, ty: &Type, label: &str) -> bool {
    let class = ty.class().and_then(|class| script.api().class(class));
    if class.is_some_and(|class| class.receivers.iter().any(|receiver| receiver == name)) {
        return true;
    }
    let letters = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    };
    let (name, label) = (letters(name), letters(label));
    let is_flag = label == "boolean" && ["is", "has", "can", "may"].iter().any(|word| name.starts_with(word));
    is_flag || (name.len() > 1 && label.contains(&name)) || (label.len() > 2 && name.contains(&label))
}

// Parameters

fn parameter_hints(script: &Script<'_>, site: &CallSite, call: &Call, found: &mut Vec<Hint>) {
    let tree = script.tree();
    let is_literal = |argument: ExpressionId| {
        is_literal(&tree.expression(argument).kind, |id| tree.expression(id).kind.clone())
    };
    if !call.arguments.iter().any(|&argument| is_literal(argument)) {
        return;
    }
    let Some(Called { name, parameters }) = called(script, site, call) else { return };
    let literals = call.arguments.iter().filter(|&&argument| is_literal(argument)).count();
    for (position, &argument) in
        call.arguments.iter().enumerate().filter(|(_, argument)| is_literal(**argument))
    {
        let Some(Some(parameter)) = parameters.get(position) else { continue };
        let is_text = matches!(tree.expression(argument).kind, ExpressionKind::String(_));
        // A text speaks for itself where it stands first, or no other literal beside it.
        let alone = parameters.len() < 2 || (is_text && (literals < 2 || position == 0));
        if alone || explains(&name, parameter) || is_spelled(tree.string(argument), parameter) {
            continue;
        }
        let offset = script.span(argument).start;
        found.push(Hint { offset, label: format!("{parameter}:"), kind: HintKind::Parameter });
    }
}

fn is_literal(kind: &ExpressionKind, look: impl Fn(ExpressionId) -> ExpressionKind) -> bool {
    match kind {
        ExpressionKind::Nil
        | ExpressionKind::True
        | ExpressionKind::False
        | ExpressionKind::Number(_)
        | ExpressionKind::String(_) => true,
        ExpressionKind::Unary { operator: UnaryOperator::Negate, operand, .. } => {
            matches!(look(*operand), ExpressionKind::Number(_))
        }
        _ => false,
    }
}

/// What a call calls: its name and the names of its parameters by the position of the argument; `None` for those without
/// a name.
struct Called {
    name: String,
    parameters: Vec<Option<String>>,
}

fn called(script: &Script<'_>, site: &CallSite, call: &Call) -> Option<Called> {
    if let Some(function) = script.called(site) {
        let is_method = function.kind == momentum_lua_stub_reader::model::FunctionKind::Method;
        if is_method != call.method.is_some() {
            return None;
        }
        let count = call.arguments.len();
        let signature = function
            .signatures()
            .find(|signature| signature.most().is_none_or(|most| count <= most) && count >= signature.least())
            .unwrap_or(&function.signature);
        let parameters =
            signature.params.iter().map(|param| (!param.variadic).then(|| param.name.to_string()));
        return Some(Called { name: function.member.to_string(), parameters: parameters.collect() });
    }
    let mut functions = site.callee.functions();
    let (function, None) = (functions.next()?, functions.next()) else { return None };
    let other = script.project().script(function.file)?;
    let known = other.tree().functions().nth(function.function.index()).map(|(_, known)| known)?;
    let names = known.parameters.iter().map(|name| Some(name.text.to_string()));
    // `t:f(x)` passes `t` first, where `f` is defined with a dot; `t.f(t, x)` passes what a method takes as `self`.
    let parameters: Vec<Option<String>> = match (call.method.is_some(), known.is_method) {
        (true, false) => names.skip(1).collect(),
        (false, true) => std::iter::once(None).chain(names).collect(),
        _ => names.collect(),
    };
    let name = call.method.as_ref().map_or_else(
        || match &script.tree().expression(call.callee).kind {
            ExpressionKind::Name(name) => name.to_string(),
            ExpressionKind::Field { name, .. } => name.text.to_string(),
            _ => String::new(),
        },
        |method| method.text.to_string(),
    );
    Some(Called { name, parameters })
}

/// Whether the name of a function says what its parameter is (`set_code(550, …)`), or the parameter's name says nothing.
fn explains(function: &str, parameter: &str) -> bool {
    let words: Vec<&str> = function.split('_').collect();
    parameter.len() < 2
        || parameter.starts_with('_')
        || words.iter().any(|word| {
            word.eq_ignore_ascii_case(parameter) || (word.len() > 2 && parameter.starts_with(word))
        })
}

/// Whether a text spells the parameter's name.
fn is_spelled(text: Option<&str>, parameter: &str) -> bool {
    text.is_some_and(|text| text.eq_ignore_ascii_case(parameter))
}

// Phases

/// Functions with names, which somebody may call.
fn helpers(script: &Script<'_>) -> Vec<FunctionId> {
    let tree = script.tree();
    let of_values = |values: &[ExpressionId]| -> Vec<FunctionId> {
        let functions = values.iter().filter_map(|&value| match tree.expression(value).kind {
            ExpressionKind::Function(function) => Some(function),
            _ => None,
        });
        functions.collect()
    };
    let mut helpers: Vec<FunctionId> = tree
        .statements()
        .flat_map(|(_, statement)| match &statement.kind {
            StatementKind::Function { function, .. } | StatementKind::LocalFunction { function, .. } => {
                vec![*function]
            }
            StatementKind::Local { values, .. } | StatementKind::Assign { values, .. } => of_values(values),
            _ => Vec::new(),
        })
        .collect();
    helpers.retain(|&function| script.hook(function).is_none());
    helpers
}

/// The callouts and hooks that reach a helper through calls, each once, and whether all of that happens in a thread pool.
fn reaching(script: &Script<'_>, function: FunctionId) -> Option<(Vec<String>, bool)> {
    let mut phases: Vec<String> = Vec::new();
    let mut in_pool = true;
    for reach in script.reached_by(Some(function)) {
        match &reach.entry {
            Entry::Callout(hook) if reach.call.is_some() && reach.certain => {
                let phase = phase_of(script, hook);
                if !phases.contains(&phase) {
                    phases.push(phase);
                }
                in_pool &= reach.in_pool;
            }
            // It is entered by the server itself, or when the file is loaded: phases alone would be half of the truth.
            Entry::Callback(_) => return None,
            _ => {}
        }
    }
    (!phases.is_empty()).then_some((phases, in_pool))
}

fn phase_of(script: &Script<'_>, hook: &str) -> String {
    let phases = script.api().phases();
    let phase =
        phases.into_iter().find(|phase| phase.callout.as_ref().is_some_and(|callout| callout == hook));
    phase.map_or_else(|| hook.to_owned(), |phase| phase.name.to_string())
}

fn phase_label(script: &Script<'_>, function: FunctionId) -> Option<String> {
    let (phases, in_pool) = reaching(script, function)?;
    let mut list = phases.join(", ");
    if phases.len() > MOST_PHASES || list.len() > LONGEST_LIST {
        let all = script.api().phases();
        let is_phase = |name: &String| all.iter().any(|phase| phase.name == name.as_str());
        let what = if phases.iter().all(is_phase) { "phases" } else { "hooks" };
        list = format!("{} {what}", phases.len());
    }
    Some(format!("runs in {list}{}", if in_pool { ", in a thread pool" } else { "" }))
}

// Details

/// What a hint has to tell in full, as Markdown. `offset` is where the hint stands.
#[must_use]
pub fn details(script: &Script<'_>, offset: u32, kind: HintKind) -> Option<String> {
    match kind {
        HintKind::Type => {
            let (id, binding) = script.scopes().bindings().find(|(_, binding)| binding.span.end == offset)?;
            let ty = script.analysis().binding_types.get(id.index())?;
            let mut text = format!("```lua\n{}: {ty}\n```", binding.name);
            if let Some(class) = ty.class().and_then(|class| script.api().class(class)) {
                let _ = write!(text, "\n{}", class.about.doc);
            }
            Some(text)
        }
        HintKind::Parameter => parameter_details(script, offset),
        HintKind::Phase => {
            let mut functions = script.tree().functions();
            let (function, _) = functions.find(|(_, function)| function.parameters_span.end == offset)?;
            phase_details(script, function)
        }
    }
}

fn parameter_details(script: &Script<'_>, offset: u32) -> Option<String> {
    let (id, position) = place::call_at(script, offset)?;
    let site = script.analysis().calls.iter().find(|site| site.expression == id)?;
    let function = script.called(site)?;
    let param = function.signatures().find_map(|signature| signature.param(position as usize))?;
    Some(format!("```lua\n{param}\n```\n{}", param.doc))
}

/// The ways on which a helper is reached.
fn phase_details(script: &Script<'_>, function: FunctionId) -> Option<String> {
    const MOST: usize = 12;
    let mut text = String::from("Reached from\n");
    let reached: Vec<_> = script
        .reached_by(Some(function))
        .iter()
        .filter_map(|reach| Some((reach, reach.callout()?)))
        .filter(|(reach, _)| reach.call.is_some())
        .collect();
    for (reach, hook) in reached.iter().take(MOST) {
        let steps: Vec<String> = reach
            .path()
            .into_iter()
            .map(|step| {
                step.name.as_ref().map_or_else(|| "a function".to_owned(), |name| format!("`{name}`"))
            })
            .collect();
        let pool = if reach.in_pool { ", in a thread pool" } else { "" };
        let doubt = if reach.certain { "" } else { " (perhaps)" };
        let _ = writeln!(text, "- `{hook}` → {}{pool}{doubt}", steps.join(" → "));
    }
    if reached.len() > MOST {
        let _ = writeln!(text, "- and {} more", reached.len() - MOST);
    }
    if let Some((_, hook)) = reached.first()
        && reached.len() == 1
        && let Some(known) = script.api().hook(hook)
    {
        let description = describe::describe(script.api(), Described::Hook(known));
        let _ = write!(text, "\n{}", description.doc);
    }
    (!reached.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::project_at;
    use crate::syntax::offset_u32;

    /// The text with its hints in it.
    fn hinted(text: &str) -> String {
        let (project, file, _) = project_at(text);
        let script = project.script(file).unwrap();
        let within = Span::new(0, offset_u32(script.text().len()));
        let all = Wanted { types: true, parameters: true, phases: true };
        let mut shown = script.text().to_owned();
        for hint in hints(&script, within, all).into_iter().rev() {
            shown.insert_str(hint.offset as usize, &format!("«{}»", hint.label));
            assert!(!details(&script, hint.offset, hint.kind).unwrap_or_default().contains("unknown"));
        }
        shown
    }

    fn callout(body: &str) -> String {
        format!(
            "$0local mod = {{}}\nfunction mod:validate_data(msg, accept, vctx)\n{body}end\nmsys.registerModule(\"m\", mod)\n"
        )
    }

    fn hinted_body(body: &str) -> String {
        let text = hinted(&callout(body));
        text.strip_prefix("local mod = {}\nfunction mod:validate_data(msg, accept, vctx)\n")
            .and_then(|text| text.strip_suffix("end\nmsys.registerModule(\"m\", mod)\n"))
            .expect("nothing around the body has a hint")
            .to_owned()
    }

    #[test]
    fn types_that_nothing_shows() {
        assert_eq!(
            hinted_body("  local x = msg:header(\"To\")[1]\n"),
            "  local x«: string?» = msg:header(\"To\")[1]\n"
        );
        assert_eq!(hinted_body("  local x = string.lower(\"A\")\n"), "  local x = string.lower(\"A\")\n");
        assert_eq!(
            hinted_body("  local n = 1\n  local s = \"a\" .. n\n  local t = {}\n"),
            "  local n = 1\n  local s = \"a\" .. n\n  local t = {}\n"
        );
        assert_eq!(
            hinted("$0local core = require(\"msys.core\")\nlocal m = msys.core\n"),
            "local core = require(\"msys.core\")\nlocal m = msys.core\n"
        );
    }

    #[test]
    fn parameters_of_literals() {
        assert_eq!(hinted_body("  vctx:set_code(550, \"no\")\n"), "  vctx:set_code(550, «message:»\"no\")\n");
        assert_eq!(
            hinted_body("  vctx:set(msys.core.VCTX_MESS, \"a\", \"b\")\n"),
            "  vctx:set(msys.core.VCTX_MESS, «key:»\"a\", «value:»\"b\")\n"
        );
        assert_eq!(
            hinted("$0local function f(limit, is_strict)\nend\nf(3, true)\nf(limit, strict)\n"),
            "local function f(limit, is_strict)\nend\nf(«limit:»3, «is_strict:»true)\nf(limit, strict)\n"
        );
    }

    #[test]
    fn phases_of_helpers() {
        let text = "$0local function stamp(m)\n  m:header(\"X\", \"prepend\", \"y\")\nend\nlocal mod = {}\nfunction mod:validate_data(msg, accept, vctx)\n  stamp(msg)\nend\nmsys.registerModule(\"m\", mod)\n";
        let shown = hinted(text);
        assert!(shown.contains("stamp(m«: ec_message»)«runs in data»\n"), "{shown}");
        assert!(hinted("$0local function f() end\nf()\n").contains("f() end"));
    }
}
