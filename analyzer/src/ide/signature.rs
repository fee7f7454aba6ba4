//! The parameters of the call that is being written, and which of them the cursor stands at.

use super::place;
use super::receiver;
use super::symbol;
use crate::project::Script;
use crate::semantics::analysis::CallSite;
use crate::semantics::library;
use crate::semantics::types::{FunctionRef, Type, Value};
use crate::syntax::Span;
use crate::syntax::tree::{Call, ExpressionId, ExpressionKind};
use momentum_lua_stub_reader::model::{self, Function, FunctionKind, Hook, Param, Signature};

/// The signatures of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureHelp {
    /// The signatures, in the order of the documentation.
    pub signatures: Vec<Shown>,
    /// The one that fits best what is written so far.
    pub active: usize,
}

/// A signature as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The whole line.
    pub label: String,
    /// Its parameters.
    pub parameters: Vec<ShownParameter>,
    /// The parameter that the cursor stands at; `None` where the signature has none there.
    pub active: Option<usize>,
    /// What the function does, Markdown.
    pub documentation: String,
}

/// A parameter of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownParameter {
    /// Where it stands in the label, in bytes.
    pub span: Span,
    /// What it means, Markdown; empty where nothing is said.
    pub documentation: String,
}

/// The signatures of the call whose arguments `offset` stands in, or of the callout whose parameters are being written.
/// `before` is the signature that was active until now, which stays so while it fits.
#[must_use]
pub fn signature_help(script: &Script<'_>, offset: u32, before: Option<usize>) -> Option<SignatureHelp> {
    if let Some(help) = definition(script, offset) {
        return Some(help);
    }
    let (id, position) = place::call_at(script, offset)?;
    let ExpressionKind::Call(call) = &script.tree().expression(id).kind else { return None };
    // In a function that is an argument, other things are written.
    let in_closure = script.tree().functions().any(|(_, function)| {
        let body =
            Span::new(function.parameters_span.end, function.end.start.max(function.parameters_span.end));
        call.arguments_span.covers(function.span) && body.start <= offset && offset <= body.end
    });
    if in_closure {
        return None;
    }
    let position = position as usize;
    let site = script.analysis().calls.iter().find(|site| site.expression == id);
    if let Some(function) = called(script, id, call, site) {
        return Some(of_api(script, function, call, site, position, before));
    }
    let mut callee = site.map_or_else(|| script.type_of(call.callee), |site| site.callee.clone());
    if callee.values().is_empty()
        && let Some(method) = &call.method
    {
        callee = symbol::field_type(script.project(), &receiver::type_of(script, call.callee), &method.text);
    }
    let shown: Vec<Shown> = callee
        .values()
        .iter()
        .filter_map(|value| match value {
            Value::Function(function) => of_project(script, *function, call, position),
            Value::Structure(model::Type::Fun(signature)) => {
                Some(shown(script.text_at(script.called_span(id)), None, signature, Some(position), ""))
            }
            _ => None,
        })
        .collect();
    finished(shown, position, before)
}

/// The function of the API that is called.
fn called<'a>(
    script: &Script<'a>,
    id: ExpressionId,
    call: &Call,
    site: Option<&CallSite>,
) -> Option<&'a Function> {
    let named = || script.member(if call.method.is_some() { id } else { call.callee });
    site.and_then(|site| script.called(site)).or_else(|| named()?.function())
}

fn of_api(
    script: &Script<'_>,
    function: &Function,
    call: &Call,
    site: Option<&CallSite>,
    position: usize,
    before: Option<usize>,
) -> SignatureHelp {
    let (receiver, position) = match (function.kind, &call.method) {
        // `msg.header(msg, …)`: the receiver is written.
        (FunctionKind::Method, None) => (Some(function.owner.as_str()), Some(position)),
        // `text:rep(…)`: the first parameter is written before the call.
        (FunctionKind::Function, Some(_)) => (None, Some(position + 1)),
        _ => (None, Some(position)),
    };
    let name = match receiver {
        Some(_) => function.path().replacen(':', ".", 1),
        None => function.name.to_string(),
    };
    let doc = function.about.doc.as_str();
    let all: Vec<Shown> =
        function.signatures().map(|signature| shown(&name, receiver, signature, position, doc)).collect();
    let types: &[Type] = site.map_or(&[], |site| site.arguments.as_slice());
    let skipped = usize::from(receiver.is_some());
    let fits = |signature: &Signature| {
        let written = types.iter().skip(skipped).take(position.unwrap_or(0));
        written.enumerate().all(|(index, ty)| {
            let index = if call.method.is_some() && function.kind == FunctionKind::Function {
                index + 1
            } else {
                index
            };
            signature.param(index).is_some_and(|param| library::may_be(script.api(), ty, &param.ty))
        })
    };
    let taking = |index: usize| {
        all.get(index)
            .is_some_and(|one| one.active.is_some() || (position == Some(0) && one.parameters.is_empty()))
    };
    let fitting = |index: usize| function.signatures().nth(index).is_some_and(fits);
    let count = all.len();
    let active = before
        .filter(|&index| taking(index) && fitting(index))
        .or_else(|| (0..count).find(|&index| taking(index) && fitting(index)))
        .or_else(|| (0..count).find(|&index| taking(index)))
        .unwrap_or(0);
    SignatureHelp { signatures: all, active }
}

/// A signature with its name, the receiver in front of the parameters where it is one of them.
fn shown(
    name: &str,
    receiver: Option<&str>,
    signature: &Signature,
    position: Option<usize>,
    doc: &str,
) -> Shown {
    let mut label = format!("{name}(");
    let mut parameters = Vec::new();
    let mut add = |text: String, documentation: String| {
        if !parameters.is_empty() {
            label.push_str(", ");
        }
        let start = length(&label);
        label.push_str(&text);
        parameters.push(ShownParameter { span: Span::new(start, length(&label)), documentation });
    };
    if let Some(class) = receiver {
        add(format!("self: {class}"), "The value whose method it is.".to_owned());
    }
    for param in &signature.params {
        add(param.to_string(), parameter_doc(param));
    }
    let shift = usize::from(receiver.is_some());
    label.push(')');
    for (index, result) in signature.returns.iter().enumerate() {
        label.push_str(if index == 0 { ": " } else { ", " });
        label.push_str(&result.ty.to_string());
    }
    let last = parameters.len().checked_sub(1);
    let is_variadic = signature.params.last().is_some_and(|param| param.variadic);
    let active = position.and_then(|position| match position {
        at if at < signature.params.len() + shift => Some(at),
        _ => last.filter(|_| is_variadic),
    });
    Shown { label, parameters, active, documentation: doc.to_owned() }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

fn parameter_doc(param: &Param) -> String {
    if param.nilcrash {
        format!("{} Must not be nil.", param.doc).trim().to_owned()
    } else {
        param.doc.to_string()
    }
}

/// A function of the project: its parameters with what callers pass.
fn of_project(script: &Script<'_>, function: FunctionRef, call: &Call, position: usize) -> Option<Shown> {
    let home = script.project().script(function.file)?;
    let (id, written) = home.tree().functions().nth(function.function.index())?;
    let facts = home.analysis().function(id);
    let name = call.method.as_ref().map_or_else(
        || script.text_at(script.span(call.callee)),
        |_| {
            script.text_at(
                script.span(call.callee).to(call.method.as_ref().map_or(Span::empty(0), |name| name.span)),
            )
        },
    );
    let param = |name: &str, ty: model::Type| Param::new(name, ty);
    let mut params: Vec<Param> = Vec::new();
    if written.is_method && call.method.is_none() {
        params.push(param("self", model::Type::Unknown));
    }
    let skipped = usize::from(!written.is_method && call.method.is_some());
    for (index, name) in written.parameters.iter().enumerate().skip(skipped) {
        let known = facts
            .and_then(|facts| facts.parameters.get(index))
            .filter(|ty| !(ty.is_unknown() || ty.is_nil()));
        let ty =
            known.map_or(model::Type::Unknown, |ty| model::Type::Named(ty.generalized().to_string().into()));
        params.push(param(&name.text, ty));
    }
    if written.vararg.is_some() {
        params.push(Param { variadic: true, ..param("...", model::Type::Any) });
    }
    let signature = Signature { params, ..Signature::default() };
    let mut shown = shown(name, None, &signature, Some(position), &comment_above(&home, written.span));
    // What is not known is not said.
    shown_without_unknown(&mut shown);
    Some(shown)
}

fn shown_without_unknown(shown: &mut Shown) {
    const UNKNOWN: &str = ": unknown";
    let mut label = String::new();
    let mut copied = 0;
    for parameter in &mut shown.parameters {
        let text = parameter.span.text(&shown.label).to_owned();
        label.push_str(shown.label.get(copied..parameter.span.start as usize).unwrap_or_default());
        copied = parameter.span.end as usize;
        let start = length(&label);
        label.push_str(text.strip_suffix(UNKNOWN).unwrap_or(&text));
        parameter.span = Span::new(start, length(&label));
    }
    label.push_str(shown.label.get(copied..).unwrap_or_default());
    shown.label = label;
}

/// The comment directly above a function.
fn comment_above(script: &Script<'_>, function: Span) -> String {
    let lines = script.lines();
    let mut line = lines.line(function.start);
    let mut text: Vec<&str> = Vec::new();
    for comment in script.parsed().comments.iter().rev() {
        if comment.span.start >= function.start || comment.long {
            continue;
        }
        let at = lines.line(comment.span.start);
        let words = script.text_at(comment.span).trim_start_matches('-').trim();
        if at + 1 != line
            || script.text_at(Span::new(lines.line_span(at, script.text()).start, comment.span.start)).trim()
                != ""
        {
            break;
        }
        if !words.starts_with('@') {
            text.push(words);
        }
        line = at;
    }
    text.reverse();
    text.join("\n")
}

/// The callout or hook whose parameters are being written.
fn definition(script: &Script<'_>, offset: u32) -> Option<SignatureHelp> {
    let id = place::parameters_at(script, offset)?;
    let function = script.tree().function(id);
    let hook = script.hook(id)?;
    let params = hook.params_in(script.target()).to_vec();
    let commas = script.text_at(Span::new(function.parameters_span.start, offset)).matches(',').count();
    let signature = Signature { params, ..Signature::default() };
    let receiver = (!function.is_method).then_some("table");
    let name = format!("function {}", hook.name);
    let shown = shown(&name, receiver, &signature, Some(commas), &hook_doc(hook));
    Some(SignatureHelp { signatures: vec![shown], active: 0 })
}

/// What a hook does, with its C prototype: the names and the order of the parameters come from there.
fn hook_doc(hook: &Hook) -> String {
    match &hook.prototype {
        Some(prototype) => format!("```c\n{prototype}\n```\n{}", hook.about.doc),
        None => hook.about.doc.to_string(),
    }
}

fn finished(signatures: Vec<Shown>, position: usize, before: Option<usize>) -> Option<SignatureHelp> {
    let taking = |index: usize| {
        signatures
            .get(index)
            .is_some_and(|one| one.active.is_some() || (position == 0 && one.parameters.is_empty()))
    };
    let active =
        before.filter(|&index| taking(index)).or_else(|| (0..signatures.len()).find(|&index| taking(index)));
    (!signatures.is_empty()).then(|| SignatureHelp { active: active.unwrap_or(0), signatures })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::project_at;

    fn help(text: &str) -> Option<SignatureHelp> {
        let (project, file, offset) = project_at(text);
        signature_help(&project.script(file).unwrap(), offset, None)
    }

    /// The active signature, its active parameter between `«` and `»`.
    fn active(text: &str) -> String {
        let Some(help) = help(text) else { return String::new() };
        let shown = &help.signatures[help.active];
        let mut label = shown.label.clone();
        if let Some(parameter) = shown.active {
            let span = shown.parameters[parameter].span;
            label.insert(span.end as usize, '»');
            label.insert(span.start as usize, '«');
        }
        label
    }

    const HEAD: &str = "local core = require(\"msys.core\")\nlocal mod = {}\nfunction mod:validate_data(msg, accept, vctx)\n";

    #[test]
    fn methods_dots_and_unfinished_calls() {
        assert_eq!(
            active(&format!("{HEAD}  vctx:set_code($0")),
            active(&format!("{HEAD}  vctx:set_code($0)\nend\n"))
        );
        assert!(
            active(&format!("{HEAD}  vctx:set_code(550, $0)\nend\n"))
                .contains("(codenum: integer|string, «message: string»")
        );
        assert!(
            active(&format!("{HEAD}  vctx.set_code($0)\nend\n"))
                .contains("(«self: validate_context», codenum")
        );
        assert!(
            active(&format!("{HEAD}  vctx.set_code(vctx, 550, $0)\nend\n")).contains("«message: string»")
        );
        assert!(
            active("local s = (\"a\"):rep($0)").contains("«n: "),
            "{}",
            active("local s = (\"a\"):rep($0)")
        );
        assert!(active("print(string.rep(\"a\", $0))").contains("«n: "));
        assert_eq!(active("print(\"a\")$0"), "");
        assert!(active("print(1, 2, $0)").contains("«...: "));
    }

    #[test]
    fn definitions_that_are_not_finished() {
        let head = "local mod = {}\n";
        for rest in
            ["", " ", "\n", ")", ")\n", "\nend\n", "\nmsys.registerModule(\"m\", mod)\n", "\nlocal x = 1\n"]
        {
            let at = |written: &str| active(&format!("{head}{written}$0{rest}"));
            assert!(
                at("function mod:validate_data(").contains("(«msg: "),
                "{rest:?}: {}",
                at("function mod:validate_data(")
            );
            assert!(at("function mod:validate_data(msg").contains("(«msg: "), "{rest:?}");
            assert!(at("function mod:validate_data(msg,").contains(", «accept: "), "{rest:?}");
            assert!(at("function mod:validate_data(msg, ").contains(", «accept: "), "{rest:?}");
            assert!(at("function mod.validate_data(self, msg, ").contains(", «accept: "), "{rest:?}");
            assert!(at("mod.validate_data = function(self, msg, ").contains(", «accept: "), "{rest:?}");
        }
        assert_eq!(active(&format!("{head}function mod:validate_data(msg, accept)\n  $0")), "");
        assert_eq!(active(&format!("{head}function mod:validate_data(msg, accept) $0end")), "");
    }

    #[test]
    fn calls_that_are_not_closed() {
        for rest in ["", " ", "\n    ", "\nend\n", "\n  local x = 1\nend\nmsys.registerModule(\"m\", mod)\n"]
        {
            for gap in [",", ", ", ",\n  "] {
                let text = format!("{HEAD}  vctx:set_code(550{gap}$0{rest}");
                assert!(active(&text).contains("«message: string»"), "{text}: {}", active(&text));
            }
        }
        assert_eq!(active(&format!("{HEAD}  vctx:set_code(550\n  $0\nend\n")), "");
        assert_eq!(active(&format!("{HEAD}  vctx:set_code(550) $0\nend\n")), "");
    }

    #[test]
    fn overloads_by_what_is_written() {
        let text = format!("{HEAD}  msg:header($0)\nend\n");
        let all = help(&text).unwrap();
        assert!(all.signatures.len() > 1, "{all:?}");
        assert!(active(&format!("{HEAD}  msg:header(\"Subject\", $0)\nend\n")).contains("«value"));
        assert!(active(&format!("{HEAD}  msg:header(\"Subject\", \"x\", $0)\nend\n")).contains("«mode"));
    }

    #[test]
    fn functions_of_the_project() {
        let text = "-- Whether it may.\nlocal function may(address, count, ...) return count end\nmay(\"a\", $0)\nmay(\"b\", 3)\n";
        assert_eq!(active(text), "may(address: string, «count: number», ...: any)");
        assert_eq!(help(text).unwrap().signatures[0].documentation, "Whether it may.");
        assert_eq!(active("local t = {}\nfunction t:f(a) end\nt:f($0)\n"), "t:f(«a»)");
        assert_eq!(active("local t = {}\nfunction t:f(a) end\nt.f($0)\n"), "t.f(«self», a)");
    }

    #[test]
    fn callouts_and_hooks() {
        let text =
            "local mod = {}\nfunction mod:validate_data(msg, $0)\nend\nmsys.registerModule(\"m\", mod)\n";
        assert!(
            active(text).starts_with("function validate_data(msg: ec_message, «accept: "),
            "{}",
            active(text)
        );
        let text =
            "local mod = {}\nfunction mod.core_final_validation($0)\nend\nmsys.registerModule(\"m\", mod)\n";
        assert!(active(text).contains("«self: table»"));
        assert!(help(text).unwrap().signatures[0].documentation.starts_with("```c\n"));
        assert_eq!(active("local function f($0) end"), "");
    }

    #[test]
    fn not_in_the_body_of_a_function_that_is_given() {
        assert_eq!(active("msys.runInPool(\"IO\", function()\n  local x = 1$0\nend)\n"), "");
        assert!(active("msys.runInPool(\"IO\", $0function() end)\n").contains("«closure"));
    }

    #[test]
    fn no_offset_panics() {
        let text = "local mod = {}\nfunction mod:validate_data(msg, 'é', vctx)\n  msg:header(\"é\", {1, f(\n  string.format \"%s\"\nend";
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            let _ = help(&format!("{}$0", &text[..end]));
        }
    }
}
