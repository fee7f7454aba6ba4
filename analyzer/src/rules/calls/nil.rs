//! Why a value may be nil: the documentation says so of the call that gave it, or the script itself does.
//!
//! What the analysis merely lost track of is not among it, and neither is what the author has plainly checked in a way
//! that the types do not show: through the error that came along, or by a function of his own.

use super::arguments::is_standard;
use crate::project::FileId;
use crate::rules::origins::{ApiResult, Definition, FARTHEST, Origins};
use crate::semantics::analysis::CallSite;
use crate::semantics::library;
use crate::semantics::scope::{Access, BindingId, BindingKind};
use crate::semantics::types::{MemberRef, Type, Value};
use crate::syntax::Span;
use crate::syntax::tree::{BinaryOperator, ExpressionId, ExpressionKind, FunctionId};

/// Functions that give the values of a header as an array, by class and name.
pub(super) const HEADER_VALUES: &[(&str, &str)] = &[
    ("ec_message", "header"),
    ("ec_message_part", "header"),
    ("ec_message", "address_header"),
    ("ec_message_part", "address_header"),
];

/// Functions whose text is whatever was stored, or nothing, by class and name.
pub(super) const STORED_TEXTS: &[(&str, &str)] = &[
    ("ec_message", "context_get"),
    ("validate_context", "get"),
    ("msys.core", "ec_message_context_get"),
    ("msys.core", "validate_context_get"),
];

/// Functions of the standard library whose nil is worth a word.
const FALLIBLE_STANDARD: &[(&str, &str)] = &[
    ("string", "match"),
    ("string", "find"),
    ("", "tonumber"),
    ("", "loadstring"),
    ("", "loadfile"),
    ("io", "open"),
    ("io", "popen"),
    ("os", "getenv"),
];

/// Functions that fail for a text that is wrong in itself, by table, name and position of the text. What the script
/// writes there, its author has seen at work.
const TEXTS_THAT_FAIL: &[(&str, &str, usize)] = &[
    ("msys.pcre", "split", 1),
    ("msys.pcre", "replace", 1),
    ("pcre", "split", 1),
    ("pcre", "replace", 1),
    ("json", "decode", 0),
    ("xml", "parsexml", 0),
];

/// A reason for a nil.
pub(super) struct Nil<'a> {
    /// What it comes from.
    pub source: Source<'a>,
    /// A place on the way, and what happens there.
    pub place: Option<(Span, String)>,
    /// Where a function of another file gives it back.
    pub abroad: Option<(FileId, Span)>,
}

/// A nil that a function of a file gives back, for other files.
pub(crate) struct NilGiven {
    kind: NilKind,
    /// Where it is given back.
    span: Span,
}

enum NilKind {
    NotReturned { with_error: bool },
    Result(MemberRef, usize),
    HeaderValue(MemberRef, usize),
}

impl NilGiven {
    /// Why a result of a function may be nil, as far as the documentation of the API or the function itself says so.
    pub(in crate::rules) fn of(origins: &Origins<'_>, function: FunctionId, position: usize) -> Option<Self> {
        let nil = origins.function_returns_nil(function, position, FARTHEST)?;
        let member = |result: &ApiResult<'_>| MemberRef {
            owner: result.function.owner.clone(),
            member: result.function.member.clone(),
        };
        let kind = match &nil.source {
            Source::NotReturned { with_error } => NilKind::NotReturned { with_error: *with_error },
            Source::Result(result) => NilKind::Result(member(result), result.position),
            Source::HeaderValue(result) => NilKind::HeaderValue(member(result), result.position),
            Source::Written | Source::Unassigned | Source::NotPassed => return None,
        };
        Some(Self { kind, span: nil.place?.0 })
    }
}

/// What a nil comes from.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// `nil` is written.
    Written,
    /// A local that got no value.
    Unassigned,
    /// A parameter that a caller leaves out.
    NotPassed,
    /// A path of a function of the script that gives nothing back, or nil.
    NotReturned {
        /// Something else comes with the nil: an error.
        with_error: bool,
    },
    /// A result of the API that is documented to be nil at times.
    Result(ApiResult<'a>),
    /// The first of a header's values.
    HeaderValue(ApiResult<'a>),
}

impl Source<'_> {
    /// Why it is nil, to stand behind "may be nil here: ".
    pub(super) fn why(&self) -> String {
        match self {
            Source::Written => "it is nil".to_owned(),
            Source::Unassigned => "it may have got no value".to_owned(),
            Source::NotPassed => "a caller leaves it out".to_owned(),
            Source::NotReturned { .. } => "the function gives nil on some path".to_owned(),
            Source::Result(result) => match told(result) {
                Some(told) => format!("`{}` gives {told}", result.function.name),
                None => format!("`{}` gives nil at times", result.function.name),
            },
            Source::HeaderValue(result) => {
                format!("`{}` gives an empty table when there is no such header", result.function.name)
            }
        }
    }

    /// Whether only the standard library says so.
    pub(super) fn is_standard(&self) -> bool {
        matches!(self, Source::Result(result) if is_standard(result.function))
    }
}

/// The words of the documentation on a nil result: `nil for the null sender`.
fn told(result: &ApiResult<'_>) -> Option<String> {
    let doc = &result.function.signature.returns.get(result.position)?.doc;
    let clause = doc.split([';', '.', '(', ')']).map(str::trim).find(|clause| clause.starts_with("nil "))?;
    (!clause.contains("on success")).then(|| clause.to_owned())
}

impl<'a> Origins<'a> {
    /// Why an expression may be nil, if that is known.
    pub(super) fn nil(&self, expression: ExpressionId) -> Option<Nil<'a>> {
        let ty = self.script.type_of(expression);
        if ty.is_open() || !ty.may_be_nil() {
            return None;
        }
        self.nil_at(expression, 0, FARTHEST)
    }

    fn nil_at(&self, expression: ExpressionId, position: usize, depth: u32) -> Option<Nil<'a>> {
        let depth = depth.checked_sub(1)?;
        let tree = self.script.tree();
        let if_nil = |part: ExpressionId| {
            let ty = self.script.type_of(part);
            (!ty.is_open() && ty.may_be_nil()).then(|| self.nil_at(part, 0, depth)).flatten()
        };
        match &tree.expression(expression).kind {
            ExpressionKind::Parenthesized(inner) if position == 0 => self.nil_at(*inner, 0, depth),
            ExpressionKind::Nil => Some(Nil { source: Source::Written, place: None, abroad: None }),
            ExpressionKind::Call(_) => {
                let site = self.site(expression)?;
                match self.script.called(site) {
                    Some(function) => {
                        let result = ApiResult { call: expression, function, position, abroad: false };
                        self.result_is_nil(result, site)
                    },
                    None => self.returns_nil(site, position, depth),
                }
            }
            ExpressionKind::Name(_) if position == 0 => {
                let binding = self.script.scopes().resolve(expression)?;
                self.variable_is_nil(expression, binding, depth)
            }
            ExpressionKind::Field { .. } if position == 0 => {
                let value = self.stored(expression)?;
                let (span, text) = (self.script.span(expression), self.script.text_at(self.script.span(expression)));
                if self.decisions().asked_before(text, span.start) {
                    return None;
                }
                let nil = self.nil_at(value, 0, depth)?;
                let place = nil.place.or_else(|| Some((self.script.span(value), "it gets its value here".to_owned())));
                Some(Nil { place, ..nil })
            }
            ExpressionKind::Index { base, key } if position == 0 => self.header_value_is_nil(expression, *base, *key),
            ExpressionKind::Binary { operator: BinaryOperator::Or, right, .. } => if_nil(*right),
            ExpressionKind::Binary { operator: BinaryOperator::And, left, right, .. } => {
                if_nil(*left).or_else(|| if_nil(*right))
            }
            _ => None,
        }
    }

    /// A result that is documented to be nil at times.
    fn result_is_nil(&self, result: ApiResult<'a>, site: &CallSite) -> Option<Nil<'a>> {
        let api = self.script.project().api();
        let signatures = result.function.signatures();
        let signature = library::choose_signature(api, signatures, &site.arguments, site.open_ended);
        let returned = signature.unwrap_or(&result.function.signature).returns.get(result.position)?;
        let ty = library::from_model(api, &returned.ty);
        if ty.is_open() || !ty.may_be_nil() {
            return None;
        }
        if self.is_sure(&result, site) {
            return None;
        }
        Some(Nil { source: Source::Result(result), place: None, abroad: None })
    }

    /// Whether a call that may fail is sure not to, for all that the script shows.
    fn is_sure(&self, result: &ApiResult<'a>, site: &CallSite) -> bool {
        if is_standard(result.function) {
            return !self.standard_fails(result, site);
        }
        let fails_for = TEXTS_THAT_FAIL.iter().find(|(owner, member, _)| result.is_of(owner, member));
        if let Some((_, _, position)) = fails_for {
            return site.arguments.get(*position).is_some_and(|text| text.string_literal().is_some());
        }
        (result.is_of("msys.db", "query") && !self.gives_errors_back(site))
            || told(result).is_some_and(|told| told.contains("no memory"))
    }

    /// Whether a query gives an error back instead of raising it: `{ raise_error = false }`.
    fn gives_errors_back(&self, site: &CallSite) -> bool {
        let Some(options) = site.arguments.get(3) else { return false };
        let tables = &self.script.analysis().tables;
        options.tables().filter(|table| table.file == self.script.id()).any(|table| {
            let field = tables.get(table.index as usize).and_then(|table| table.field("raise_error"));
            field.is_some_and(|field| field.ty.any(|value| *value == Value::False))
        })
    }

    /// Whether a function of the standard library may fail for all that the script shows.
    fn standard_fails(&self, result: &ApiResult<'a>, site: &CallSite) -> bool {
        let tree = self.script.tree();
        let ExpressionKind::Call(call) = &tree.expression(result.call).kind else { return false };
        let function = (result.function.owner.as_str(), result.function.member.as_str());
        if !FALLIBLE_STANDARD.contains(&function) {
            return false;
        }
        // What the script decided by before, it may have checked.
        if self.decided_by_parts_of(result.call, site.function) {
            return false;
        }
        match function {
            ("string", "match" | "find") => {
                let pattern = call.arguments.get(usize::from(call.method.is_none()));
                pattern.and_then(|&pattern| tree.string(pattern)).is_some_and(|pattern| !always_matches(pattern))
            }
            // Whatever a sender or another script stored.
            ("", "tonumber") => call.arguments.first().is_some_and(|&argument| {
                self.result(argument).is_some_and(|stored| stored.is_first_of(STORED_TEXTS))
            }),
            _ => true,
        }
    }

    /// Whether a decision before an expression, in the same function, uses a variable that the expression uses.
    fn decided_by_parts_of(&self, expression: ExpressionId, function: Option<FunctionId>) -> bool {
        let tree = self.script.tree();
        let scopes = self.script.scopes();
        let span = tree.expression(expression).span;
        let start = function.map_or(0, |function| tree.function(function).span.start);
        let decisions: Vec<Span> = self.decisions().between(start, span.start).collect();
        let in_decision = |place: Span| decisions.iter().any(|decision| decision.covers(place));
        tree.parts_of(expression)
            .filter(|(_, part)| matches!(part.kind, ExpressionKind::Name(_)))
            .filter_map(|(name, _)| scopes.resolve(name))
            .any(|binding| scopes.references(binding).iter().any(|reference| in_decision(reference.span)))
    }

    /// `msg:header("X")[1]`
    fn header_value_is_nil(
        &self,
        expression: ExpressionId,
        base: ExpressionId,
        key: ExpressionId,
    ) -> Option<Nil<'a>> {
        let tree = self.script.tree();
        if !matches!(tree.expression(tree.unparenthesized(key)).kind, ExpressionKind::Number(_)) {
            return None;
        }
        let result = self.result_anywhere(base)?;
        if !result.is_first_of(HEADER_VALUES) || self.is_of_a_new_message(&result) {
            return None;
        }
        let place = tree.expression(expression).span.start;
        let text = self.script.text_at(tree.expression(base).span);
        let asked = self.decisions().asked_before(text, place);
        (!asked).then_some(Nil { source: Source::HeaderValue(result), place: None, abroad: None })
    }

    /// Whether a method is called on a message that the script made, with the headers that it wants.
    fn is_of_a_new_message(&self, result: &ApiResult<'a>) -> bool {
        match &self.script.tree().expression(result.call).kind {
            ExpressionKind::Call(call) if call.method.is_some() => {
                let message = self.result(call.callee);
                message.is_some_and(|message| message.is_first_of(&[("msys.core", "ec_message_new")]))
            }
            _ => false,
        }
    }

    fn variable_is_nil(&self, name: ExpressionId, binding: BindingId, depth: u32) -> Option<Nil<'a>> {
        let scopes = self.script.scopes();
        let declared = scopes.binding(binding);
        // What another function assigns when is not known.
        if self.function_around(name, binding)? != declared.function {
            return None;
        }
        let definitions = self.definitions(binding);
        let place = self.script.span(name);
        if let BindingKind::Parameter(function, index) = declared.kind {
            let unchanged = definitions.is_empty();
            return unchanged.then(|| self.parameter_is_nil(function, index, place.start, depth)).flatten();
        }
        let before = || definitions.iter().filter(|definition| definition.statement.end <= place.start);
        for definition in before().rev() {
            let source = match definition.value {
                Some(value) => self.nil_at(value, definition.position, depth),
                None => Some(Nil { source: Source::Unassigned, place: None, abroad: None }),
            };
            let Some(nil) = source else { continue };
            let by_chance = matches!(nil.source, Source::Written | Source::Unassigned);
            let last = before().next_back().map_or(place.start, |last| last.statement.end);
            let checked = if by_chance {
                // Another condition may go along with the one that gave the value.
                before().filter(|one| !self.gives_nothing(one)).count() > 1
                    || self.decisions().between(last, place.start).next().is_some()
            } else {
                self.is_checked(binding, definition, place.start)
            };
            if checked {
                return None;
            }
            let place = nil.place.or_else(|| Some((definition.statement, "it gets its value here".to_owned())));
            return Some(Nil { place, ..nil });
        }
        None
    }

    fn gives_nothing(&self, definition: &Definition) -> bool {
        definition.value.is_none_or(|value| {
            matches!(self.script.tree().expression(value).kind, ExpressionKind::Nil)
        })
    }

    /// Whether the script looked at the value, or at what came along with it, in a way that types do not show.
    fn is_checked(&self, binding: BindingId, definition: &Definition, place: u32) -> bool {
        let from = definition.statement.end;
        let siblings = self.siblings(definition, binding);
        if siblings.into_iter().any(|sibling| self.is_read(sibling, from, place)) {
            return true;
        }
        let decisions: Vec<Span> = self.decisions().between(from, place).collect();
        let references = self.script.scopes().references(binding).iter();
        let mut decided = references.filter(|reference| {
            reference.access == Access::Read && decisions.iter().any(|decision| decision.covers(reference.span))
        });
        decided.any(|reference| self.is_argument(reference.expression))
    }

    /// What callers in this file pass.
    fn parameter_is_nil(&self, function: FunctionId, index: u32, place: u32, depth: u32) -> Option<Nil<'a>> {
        let tree = self.script.tree();
        for site in self.calls_of(function) {
            let span = self.script.span(site.expression);
            match self.argument(site, function, index) {
                Some(argument) => {
                    let ty = self.script.type_of(argument);
                    if ty.is_open() || !ty.may_be_nil() {
                        continue;
                    }
                    if let Some(nil) = self.nil_at(argument, 0, depth) {
                        let span = self.script.span(argument);
                        return Some(Nil { place: Some((span, "it is passed here".to_owned())), ..nil });
                    }
                }
                None if !site.open_ended => {
                    let start = tree.function(function).parameters_span.end;
                    if self.decisions().between(start, place).next().is_none() {
                        let place = Some((span, "this call passes nothing for it".to_owned()));
                        return Some(Nil { source: Source::NotPassed, place, abroad: None });
                    }
                }
                None => {}
            }
        }
        None
    }

    /// What a function of this file gives back.
    fn returns_nil(&self, call: &CallSite, position: usize, depth: u32) -> Option<Nil<'a>> {
        let Some(Value::Function(function)) = call.callee.single() else { return None };
        if function.file == self.script.id() {
            return self.function_returns_nil(function.function, position, depth);
        }
        let other = self.script.project().script(function.file).filter(|_| !self.stays)?;
        let given = other.given_back().nils.get(&(function.function, position))?;
        let result = |member: &MemberRef, position: usize| {
            let function = library::resolve(self.script.api(), member)?.function()?;
            Some(ApiResult { call: call.expression, function, position, abroad: true })
        };
        let source = match &given.kind {
            NilKind::NotReturned { with_error } => Source::NotReturned { with_error: *with_error },
            NilKind::Result(member, position) => Source::Result(result(member, *position)?),
            NilKind::HeaderValue(member, position) => Source::HeaderValue(result(member, *position)?),
        };
        // What the script decided by before, it may have checked.
        if source.is_standard() && self.decided_by_parts_of(call.expression, call.function) {
            return None;
        }
        Some(Nil { source, place: None, abroad: Some((function.file, given.span)) })
    }

    fn function_returns_nil(&self, function: FunctionId, position: usize, depth: u32) -> Option<Nil<'a>> {
        for site in self.returns_of(function) {
            let nothing = site.values.get(position).is_none() && !site.open_ended;
            let with_error = site.expressions.len() > position + 1;
            let nil = if nothing {
                Some(Nil { source: Source::NotReturned { with_error: false }, place: None, abroad: None })
            } else if site.values.get(position).is_some_and(|ty: &Type| !ty.is_open() && ty.may_be_nil()) {
                let expression = site.expressions.get(position).or_else(|| site.expressions.last())?;
                let inner = position.saturating_sub(site.expressions.len().saturating_sub(1));
                self.nil_at(*expression, inner, depth).map(|nil| match nil.source {
                    Source::Written => Nil { source: Source::NotReturned { with_error }, ..nil },
                    _ => nil,
                })
            } else {
                None
            };
            if let Some(nil) = nil {
                let told = if nothing { "this path gives nothing back" } else { "it is given back here" };
                return Some(Nil { place: Some((site.span, told.to_owned())), ..nil });
            }
        }
        None
    }
}

/// Whether a Lua pattern matches every text: all of its parts may be empty, and nothing ties it to the end but a part
/// that takes anything.
fn always_matches(pattern: &str) -> bool {
    let bytes = pattern.strip_prefix('^').unwrap_or(pattern).as_bytes();
    let mut at = 0;
    let mut takes_anything = false;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'$' && at + 1 == bytes.len() {
            return takes_anything;
        }
        let item = match byte {
            b'(' | b')' => {
                at += 1;
                continue;
            }
            b'%' => 2,
            b'[' => {
                // The first character in a set may be `]` itself.
                let first = at + if bytes.get(at + 1) == Some(&b'^') { 3 } else { 2 };
                let rest = bytes.get(first..).unwrap_or_default();
                match rest.iter().position(|byte| *byte == b']') {
                    Some(end) => first + end + 1 - at,
                    None => return false,
                }
            }
            _ => 1,
        };
        match bytes.get(at + item) {
            Some(b'*' | b'-') => takes_anything |= byte == b'.',
            Some(b'?') => {}
            _ => return false,
        }
        at += item + 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::always_matches;

    #[test]
    fn patterns_that_match_every_text() {
        for pattern in ["", "(.*)", "^%s*(.-)%s*$", "^(.-)%s*$", "%d*", "[^@]*", "[]x]*y?"] {
            assert!(always_matches(pattern), "{pattern}");
        }
        for pattern in ["@", "^(.-)@(.+)$", "%d+", "^%d*$", "[^@]", "x*y", "%"] {
            assert!(!always_matches(pattern), "{pattern}");
        }
    }
}
