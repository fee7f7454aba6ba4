//! Calls of the API with their arguments in the places that the signature gives them.

use crate::project::Script;
use crate::semantics::analysis::CallSite;
use crate::semantics::library;
use crate::semantics::types::{Type, Value};
use crate::syntax::Span;
use crate::syntax::tree::{Call, ExpressionId, ExpressionKind, Tree};
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::database::{Member, NamedType};
use momentum_lua_stub_reader::model::{self, ClassKind, Function, FunctionKind, Literal, Param, Signature};

/// How deep aliases of aliases are followed.
const DEEPEST_ALIAS: u32 = 8;

/// How a call is written, held against how its function is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::rules) enum Notation {
    /// As declared: a method with `:`, a function with `.` or by its name.
    Declared,
    /// The receiver stands first among the arguments: `msg.header(msg, "To")`.
    ReceiverWritten,
    /// The receiver is the first argument of a plain function: `text:upper()`.
    ReceiverPassed,
    /// A method without its receiver: `msg.header("To")`.
    ReceiverMissing,
    /// A plain function that gets its table as first argument: `msys.pcre:match(…)`.
    ReceiverSurplus,
    /// Nothing certain can be said.
    Unclear,
}

/// What is said beside a finding on the arguments of a function that no page describes.
pub(super) const UNDOCUMENTED: &str = "no page describes this function: what it takes is known from examples only";

/// A call of a function of the API.
pub(in crate::rules) struct ApiCall<'a> {
    /// The call as the analysis saw it.
    pub site: &'a CallSite,
    /// The call as it is written.
    pub call: &'a Call,
    /// What is called.
    pub function: &'a Function,
    /// The way in which it is written.
    pub notation: Notation,
}

/// An argument in its place.
pub(in crate::rules) struct Argument {
    /// The expression; for further results of a call in the last place, that call.
    pub expression: ExpressionId,
    /// What it may be.
    pub ty: Type,
}

/// What is wrong with an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    /// It is nil or may be, and nil is not taken.
    Nil,
    /// It is of another kind.
    Kind,
    /// It is of the right kind, but not one of the values that are taken.
    Value,
}

/// The signature that a call comes closest to, and what does not fit.
pub(super) struct Judgement<'a> {
    /// The signature.
    pub signature: &'a Signature,
    /// Positions in the signature (from 0) and what is wrong there.
    pub misfits: Vec<(usize, Misfit)>,
    /// A constant among the arguments chose the signature: `c:setopt(curl.OPT_TIMEOUT, …)`.
    pub by_constant: bool,
}

/// The calls of functions of the API.
pub(in crate::rules) fn api_calls<'a>(script: &Script<'a>) -> impl Iterator<Item = ApiCall<'a>> {
    let script = *script;
    script.analysis().calls.iter().filter_map(move |site| {
        let ExpressionKind::Call(call) = &script.tree().expression(site.expression).kind else { return None };
        let function = script.called(site)?;
        let notation = notation(&script, site, call, function);
        Some(ApiCall { site, call, function, notation })
    })
}

impl ApiCall<'_> {
    /// The arguments in the places of the signature; `None` where the call is not written in a way that tells.
    pub(in crate::rules) fn arguments(&self) -> Option<Vec<Argument>> {
        let last = self.call.arguments.len().checked_sub(1);
        let mut arguments: Vec<Argument> = Vec::new();
        for (index, ty) in self.site.arguments.iter().enumerate() {
            let expression = last.and_then(|last| self.call.arguments.get(index.min(last)));
            arguments.push(Argument { expression: *expression?, ty: ty.clone() });
        }
        match self.notation {
            Notation::Declared => {}
            Notation::ReceiverWritten => {
                if arguments.is_empty() {
                    return None;
                }
                arguments.remove(0);
            }
            Notation::ReceiverPassed => {
                let ty = self.site.receiver.clone()?;
                arguments.insert(0, Argument { expression: self.call.callee, ty });
            }
            Notation::ReceiverMissing | Notation::ReceiverSurplus | Notation::Unclear => return None,
        }
        Some(arguments)
    }

    /// The arguments and the signature that they come closest to; `None` where the call is not written in a way that
    /// tells, or no signature takes so many arguments.
    pub(super) fn judge(&self, api: &Api) -> Option<(Vec<Argument>, Judgement<'_>)> {
        let arguments = self.arguments()?;
        let mut candidates: Vec<&Signature> = self
            .function
            .signatures()
            .filter(|signature| takes(signature, arguments.len(), self.site.open_ended))
            .collect();
        candidates.sort_by_key(|signature| signature.params.len());
        let chosen = |signature: &Signature| {
            arguments.iter().enumerate().any(|(position, argument)| {
                let group = group_of(api, &argument.ty);
                let param = signature.param(position);
                param.is_some_and(|param| matches!((&param.ty, group), (model::Type::Named(name), Some(group)) if name == group))
            })
        };
        let by_constant = candidates.len() > 1 && candidates.iter().any(|signature| chosen(signature));
        if by_constant {
            candidates.retain(|signature| chosen(signature));
        }
        let judged = candidates.into_iter().map(|signature| {
            let misfits = arguments.iter().enumerate().filter_map(|(position, argument)| {
                let misfit = misfit(api, &argument.ty, signature.param(position)?)?;
                Some((position, misfit))
            });
            Judgement { signature, misfits: misfits.collect(), by_constant }
        });
        // The first of those with the fewest misfits; a wrong value is closer than a wrong kind.
        let judgement = judged.min_by_key(|judgement| {
            let kinds = judgement.misfits.iter().filter(|(_, misfit)| *misfit == Misfit::Kind).count();
            (kinds, judgement.misfits.len())
        })?;
        Some((arguments, judgement))
    }
}

/// The group of the constant that a value is for certain.
fn group_of<'a>(api: &'a Api, ty: &Type) -> Option<&'a str> {
    match ty.single()? {
        Value::Member(member) => match library::resolve(api, member)? {
            Member::Constant(constant) => constant.group.as_deref(),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a signature takes that many arguments.
fn takes(signature: &Signature, count: usize, open_ended: bool) -> bool {
    let enough = open_ended || count >= signature.least();
    enough && signature.most().is_none_or(|most| count <= most)
}

/// Whether any signature of a function takes that many arguments.
pub(super) fn any_takes(function: &Function, count: usize, open_ended: bool) -> bool {
    function.signatures().any(|signature| takes(signature, count, open_ended))
}

fn notation(script: &Script<'_>, site: &CallSite, call: &Call, function: &Function) -> Notation {
    let api = script.api();
    let count = site.arguments.len();
    let fits = |count| any_takes(function, count, site.open_ended);
    match (function.kind, call.method.is_some()) {
        (FunctionKind::Method, true) => Notation::Declared,
        (FunctionKind::Method, false) => {
            let Some(first) = site.arguments.first() else {
                return if site.open_ended { Notation::Unclear } else { Notation::ReceiverMissing };
            };
            if written_again(script, call) {
                return Notation::ReceiverWritten;
            }
            let is_receiver = library::may_be(api, first, &model::Type::Named(function.owner.clone()));
            let known = !first.is_open() && !first.is_never();
            match (known, is_receiver) {
                (true, true) => Notation::ReceiverWritten,
                (true, false) => Notation::ReceiverMissing,
                _ if !fits(count.saturating_sub(1)) && fits(count) => Notation::ReceiverMissing,
                _ => Notation::Unclear,
            }
        }
        (FunctionKind::Function, true) => {
            let table = site.receiver.as_ref().and_then(Type::class).and_then(|class| api.class(class));
            match table {
                Some(class) if class.kind == ClassKind::Table => Notation::ReceiverSurplus,
                _ => Notation::ReceiverPassed,
            }
        }
        (FunctionKind::Function, false) => {
            let of_value = base_of(script.tree(), call.callee).is_some_and(|base| {
                script.type_of(base).all(|value| matches!(value, Value::String | Value::StringLiteral(_)))
            });
            match of_value {
                true if !fits(count) && fits(count + 1) => Notation::ReceiverMissing,
                true if count == 0 => Notation::ReceiverMissing,
                _ => Notation::Declared,
            }
        }
    }
}

/// Whether the value that the function is taken from is written again as the first argument.
fn written_again(script: &Script<'_>, call: &Call) -> bool {
    let base = base_of(script.tree(), call.callee);
    let (Some(base), Some(&first)) = (base, call.arguments.first()) else { return false };
    script.text_at(script.span(base)) == script.text_at(script.span(first))
}

/// What stands in front of the last `.` of an expression.
fn base_of(tree: &Tree, expression: ExpressionId) -> Option<ExpressionId> {
    match tree.expression(expression).kind {
        ExpressionKind::Field { base, .. } => Some(base),
        _ => None,
    }
}

/// What is wrong with a value of that type as that parameter.
fn misfit(api: &Api, ty: &Type, param: &Param) -> Option<Misfit> {
    let rest = ty.without_nil();
    let takes_nil = takes_nil(api, param);
    if !rest.is_never() && !library::may_be(api, &rest, &param.ty) {
        return Some(match library::may_be(api, &rest, &widened(api, &param.ty, DEEPEST_ALIAS)) {
            true => Misfit::Value,
            false => Misfit::Kind,
        });
    }
    (ty.may_be_nil() && !takes_nil).then_some(Misfit::Nil)
}

/// Whether a parameter takes nil as far as is known.
pub(super) fn takes_nil(api: &Api, param: &Param) -> bool {
    param.optional || (!param.nilcrash && includes_nil(api, &param.ty, DEEPEST_ALIAS))
}

fn includes_nil(api: &Api, ty: &model::Type, depth: u32) -> bool {
    match ty {
        model::Type::Any | model::Type::Unknown | model::Type::Generic(_) | model::Type::Nil => true,
        model::Type::Union(members) => members.iter().any(|member| includes_nil(api, member, depth)),
        model::Type::Named(name) => match (api.named_type(name), depth.checked_sub(1)) {
            (Some(NamedType::Alias(alias)), Some(depth)) => includes_nil(api, &alias.ty, depth),
            _ => false,
        },
        _ => false,
    }
}

/// The type without regard to particular values: `"A"|"MX"` is any string, a group of constants any number.
fn widened(api: &Api, ty: &model::Type, depth: u32) -> model::Type {
    match ty {
        model::Type::Literal(Literal::Boolean(_)) => model::Type::Boolean,
        model::Type::Literal(Literal::Integer(_)) => model::Type::Number,
        model::Type::Literal(Literal::String(_)) => model::Type::String,
        model::Type::Union(members) => {
            model::Type::union(members.iter().map(|member| widened(api, member, depth)))
        }
        model::Type::Named(name) => match (api.named_type(name), depth.checked_sub(1)) {
            (Some(NamedType::Alias(alias)), Some(depth)) => widened(api, &alias.ty, depth),
            (Some(NamedType::Group(_)), _) => model::Type::Number,
            _ => ty.clone(),
        },
        _ => ty.clone(),
    }
}

/// Where a function's faults lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// It is a library of Lua: an error is raised.
    Raises,
    /// It is code of the server in C.
    MayCrash,
}

/// Stubs of libraries that check their arguments.
const LIBRARIES: &[&str] = &[
    "lua/standard/",
    "lua/curl.lua",
    "lua/json.lua",
    "lua/lpeg.lua",
    "lua/mathx.lua",
    "lua/pcre.lua",
    "lua/posix.lua",
    "lua/socket.lua",
    "lua/strict.lua",
    "lua/thread.lua",
    "lua/xml.lua",
    "lua/userdata/byte_buffer.lua",
    "lua/userdata/curl_handle.lua",
    "lua/userdata/json_object.lua",
    "lua/userdata/mutex.lua",
    "lua/userdata/os_thread.lua",
    "lua/userdata/socket_tcp.lua",
    "lua/userdata/xml_document.lua",
    "lua/userdata/xml_node.lua",
];

/// What becomes of an argument that a function cannot stand.
pub(super) fn failure(function: &Function) -> Failure {
    let file = function.about.origin.file.as_str();
    let is_library = LIBRARIES.iter().any(|library| {
        file.strip_prefix("stubs/").unwrap_or(file).starts_with(library)
    });
    if is_library { Failure::Raises } else { Failure::MayCrash }
}

/// Whether a function belongs to the standard library.
pub(super) fn is_standard(function: &Function) -> bool {
    let file = function.about.origin.file.as_str();
    file.strip_prefix("stubs/").unwrap_or(file).starts_with("lua/standard/")
}

/// A signature for people: `msys.dnsLookup(name: string, recordtype?: dns_record_type)`.
pub(super) fn shown(function: &Function, signature: &Signature) -> String {
    let params: Vec<String> = signature.params.iter().map(ToString::to_string).collect();
    format!("{}({})", function.name, params.join(", "))
}

/// The range from the first of some arguments to the last.
pub(super) fn span_of(script: &Script<'_>, arguments: &[ExpressionId]) -> Option<Span> {
    let (first, last) = (*arguments.first()?, *arguments.last()?);
    Some(script.span(first).to(script.span(last)))
}
