//! Texts of the script that are passed where the API takes a text in some language: a regular expression, a pattern, SQL.
//! The stubs tell where, by the alias that is the type of the parameter, or of a field of the table that is passed.

use crate::project::Script;
use crate::rules::calls::arguments::{Argument, api_calls};
use crate::semantics::analysis::CallSite;
use crate::semantics::types::{Type, Value};
use crate::syntax::tree::{ExpressionId, ExpressionKind, TableKey};
use crate::syntax::{Span, literal};
use momentum_lua_stub_reader::model::{self, Function, FunctionKind, RecordField};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A call of the API that is passed a text.
pub(super) struct Passed<'a> {
    pub(super) function: &'a Function,
    /// The arguments in the places of the signature.
    pub(super) arguments: Vec<Argument>,
    /// Further arguments may follow.
    pub(super) open_ended: bool,
    /// The texts that it may be, as far as they are known.
    pub(super) texts: Vec<Text>,
    /// Nothing is known of the value whose method is called but that texts have such a method, and nothing else that the
    /// API knows.
    pub(super) is_guess: bool,
}

impl Passed<'_> {
    /// The argument in the place of the parameter of that name, if there is one.
    pub(super) fn argument(&self, parameter: &str) -> Option<&Argument> {
        let position = self.function.signature.params.iter().position(|param| param.name == parameter)?;
        self.arguments.get(position)
    }
}

/// A text that a parameter may get.
pub(super) struct Text {
    /// Its bytes.
    pub(super) value: Vec<u8>,
    /// The literal that it is written as; the argument, where that cannot be told.
    pub(super) written: ExpressionId,
    /// `written` is the literal.
    pub(super) is_literal: bool,
}

impl Text {
    /// The text, if it is one.
    pub(super) fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.value).ok()
    }

    /// Where bytes of the text stand in the script: through escapes and long brackets. Where the literal is not known,
    /// the whole argument.
    pub(super) fn span(&self, script: &Script<'_>, bytes: Range<usize>) -> Span {
        let whole = script.span(self.written);
        if !self.is_literal {
            return whole;
        }
        let places = literal::range_in_string(script.text_at(whole), bytes);
        let at = |place: usize| whole.start + u32::try_from(place).unwrap_or(0);
        let span = Span::new(at(places.start), at(places.end));
        if script.text().get(span.range()).is_some() { span } else { whole }
    }
}

/// The calls that pass a text where a parameter's type is the alias `language`.
pub(super) fn passed<'a>(script: &Script<'a>, language: &str) -> Vec<Passed<'a>> {
    let mut literals = None;
    let mut found = Vec::new();
    let mut take = |function: &'a Function, arguments: Vec<Argument>, place: Place<'a>, site: &CallSite, is_guess| {
        let argument = arguments.get(place.position);
        let texts = argument.and_then(|argument| match place.field {
            Some(field) => Some(texts_of(script, &field_of(script, argument, field)?, &mut literals)),
            None => Some(texts_of(script, argument, &mut literals)),
        });
        if let Some(texts) = texts.filter(|texts| !texts.is_empty()) {
            found.push(Passed { function, arguments, open_ended: site.open_ended, texts, is_guess });
        }
    };
    for call in api_calls(script) {
        if let (Some(place), Some(arguments)) = (place(call.function, language), call.arguments()) {
            take(call.function, arguments, place, call.site, false);
        }
    }
    for site in &script.analysis().calls {
        if site.receiver.as_ref().is_some_and(Type::is_unknown)
            && let Some((function, place)) = method_of_text(script, site, language)
            && let Some(arguments) = arguments_of_method(script, site)
        {
            take(function, arguments, place, site, true);
        }
    }
    found
}

/// The literals that the arguments of calls are, whatever is called.
pub(super) struct Texts<'a> {
    script: Script<'a>,
    literals: Option<Literals>,
}

impl<'a> Texts<'a> {
    pub(super) fn of(script: &Script<'a>) -> Self {
        Self { script: *script, literals: None }
    }

    /// The texts that the argument in that place may be.
    pub(super) fn at(&mut self, site: &CallSite, position: usize) -> Vec<Text> {
        let ExpressionKind::Call(call) = &self.script.tree().expression(site.expression).kind else {
            return Vec::new();
        };
        let (Some(&expression), Some(ty)) = (call.arguments.get(position), site.arguments.get(position)) else {
            return Vec::new();
        };
        texts_of(&self.script, &Argument { expression, ty: ty.clone() }, &mut self.literals)
    }
}

/// Where a function takes a text.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// Which parameter.
    position: usize,
    /// The field of the table that the parameter is, if the text stands in one.
    field: Option<&'a str>,
}

/// Where a function takes a text whose type is that alias.
fn place<'a>(function: &'a Function, language: &str) -> Option<Place<'a>> {
    let mut params = function.signature.params.iter().enumerate();
    params.find_map(|(position, param)| {
        if speaks(&param.ty, language) {
            return Some(Place { position, field: None });
        }
        let mut fields = param.ty.members().iter().filter_map(|ty| match ty {
            model::Type::Record(fields) => Some(fields),
            _ => None,
        });
        let field = fields.next()?.iter().find_map(|field| match field {
            RecordField::Named { name, ty, .. } if speaks(ty, language) => Some(name.as_str()),
            _ => None,
        })?;
        Some(Place { position, field: Some(field) })
    })
}

/// What stands in a field of the table that an argument is.
fn field_of(script: &Script<'_>, argument: &Argument, name: &str) -> Option<Argument> {
    let tree = script.tree();
    if let ExpressionKind::Table(fields) = &tree.expression(tree.unparenthesized(argument.expression)).kind {
        let written = fields.iter().find(|field| match &field.key {
            TableKey::Name(key) => key.text == name,
            TableKey::Expression(key) => tree.string(*key) == Some(name),
            TableKey::Positional => false,
        })?;
        return Some(Argument { expression: written.value, ty: script.type_of(written.value) });
    }
    let mut tables = argument.ty.tables();
    let (Some(table), None) = (tables.next(), tables.next()) else { return None };
    let ty = script.project().table(table)?.field(name)?.ty.clone();
    Some(Argument { expression: argument.expression, ty })
}

/// The function of the library of texts that a method call on an unknown value must be, if it takes such a text, and the
/// place of that.
fn method_of_text<'a>(script: &Script<'a>, site: &CallSite, language: &str) -> Option<(&'a Function, Place<'a>)> {
    let ExpressionKind::Call(call) = &script.tree().expression(site.expression).kind else { return None };
    let function = script.api().member("string", &call.method.as_ref()?.text)?.function()?;
    let place = place(function, language)?;
    let of_others = |other: &Function| other.member == function.member && other.kind == FunctionKind::Method;
    (!script.api().functions().into_iter().any(of_others)).then_some((function, place))
}

/// The receiver and the arguments of a method call on an unknown value.
fn arguments_of_method(script: &Script<'_>, site: &CallSite) -> Option<Vec<Argument>> {
    let ExpressionKind::Call(call) = &script.tree().expression(site.expression).kind else { return None };
    let receiver = Argument { expression: call.callee, ty: Type::unknown() };
    let written = call.arguments.iter().zip(&site.arguments);
    let others = written.map(|(expression, ty)| Argument { expression: *expression, ty: ty.clone() });
    Some(std::iter::once(receiver).chain(others).collect())
}

fn speaks(ty: &model::Type, language: &str) -> bool {
    match ty {
        model::Type::Named(name) => name == language,
        model::Type::Union(members) => members.iter().any(|member| speaks(member, language)),
        _ => false,
    }
}

/// Literals of a file by what they stand for; `None` where there are several.
type Literals = FxHashMap<Box<[u8]>, Option<ExpressionId>>;

fn texts_of(script: &Script<'_>, argument: &Argument, literals: &mut Option<Literals>) -> Vec<Text> {
    let written = script.tree().unparenthesized(argument.expression);
    if let ExpressionKind::String(value) = &script.tree().expression(written).kind {
        return vec![Text { value: value.to_vec(), written, is_literal: true }];
    }
    let values = argument.ty.values().iter().filter_map(|value| match value {
        Value::StringLiteral(text) => Some(text.as_bytes().to_vec()),
        _ => None,
    });
    let literals = literals.get_or_insert_with(|| literals_of(script));
    let texts = values.map(|value| {
        // A text that stands in the file once comes from there.
        let literal = literals.get(value.as_slice()).copied().flatten();
        Text { value, written: literal.unwrap_or(written), is_literal: literal.is_some() }
    });
    texts.collect()
}

fn literals_of(script: &Script<'_>) -> Literals {
    let mut literals = Literals::default();
    for (id, expression) in script.tree().expressions() {
        if let ExpressionKind::String(value) = &expression.kind {
            literals.entry(value.clone()).and_modify(|known| *known = None).or_insert(Some(id));
        }
    }
    literals
}
