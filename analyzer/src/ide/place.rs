//! What stands at an offset.

use super::context_variable;
use crate::project::{Dictionary, Script};
use crate::semantics::scope::BindingId;
use crate::syntax::Span;
use crate::syntax::tree::{Call, ExpressionId, ExpressionKind, FunctionId, Name, StatementKind, TableKey};
use smol_str::SmolStr;

/// What stands at an offset, with the range that is meant.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// A local variable or parameter: its declaration, or an expression that means it.
    Binding {
        /// The variable.
        binding: BindingId,
        /// The name at the offset.
        span: Span,
        /// The expression; `None` at the declaration.
        expression: Option<ExpressionId>,
    },
    /// A name that is no local.
    Global {
        /// The name.
        name: SmolStr,
        /// The expression.
        expression: ExpressionId,
        /// Where it stands.
        span: Span,
    },
    /// The name behind `.` or `:`.
    Member {
        /// The field expression, or the call of the method.
        expression: ExpressionId,
        /// What the name is looked up in.
        base: ExpressionId,
        /// The name.
        name: SmolStr,
        /// Where it stands.
        span: Span,
    },
    /// The name of a field in a table constructor.
    TableField {
        /// The constructor.
        table: ExpressionId,
        /// The value behind it.
        value: ExpressionId,
        /// The name.
        name: SmolStr,
        /// Where it stands.
        span: Span,
    },
    /// The name of a context variable: in a string that is passed, or in a macro.
    ContextVariable {
        /// The dictionary that it stands in.
        dictionary: Dictionary,
        /// Its name.
        name: SmolStr,
        /// The string.
        expression: ExpressionId,
        /// Where the name stands.
        span: Span,
    },
    /// A string or number.
    Literal {
        /// The expression.
        expression: ExpressionId,
        /// Where it stands.
        span: Span,
    },
}

impl Place {
    /// The range that is meant.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Place::Binding { span, .. }
            | Place::Global { span, .. }
            | Place::Member { span, .. }
            | Place::TableField { span, .. }
            | Place::ContextVariable { span, .. }
            | Place::Literal { span, .. } => *span,
        }
    }

    /// The expression there, if it is one.
    #[must_use]
    pub fn expression(&self) -> Option<ExpressionId> {
        match self {
            Place::Binding { expression, .. } => *expression,
            Place::Global { expression, .. }
            | Place::Member { expression, .. }
            | Place::ContextVariable { expression, .. }
            | Place::Literal { expression, .. } => Some(*expression),
            Place::TableField { value, .. } => Some(*value),
        }
    }
}

/// What stands at `offset`, or ends there. A name goes before a literal.
#[must_use]
pub fn at(script: &Script<'_>, offset: u32) -> Option<Place> {
    let tree = script.tree();
    let scopes = script.scopes();
    let here = |name: &Name| !name.is_missing() && name.span.touches(offset);
    let mut literal = None;
    for (id, expression) in tree.expressions() {
        if !expression.span.touches(offset) {
            continue;
        }
        match &expression.kind {
            ExpressionKind::Name(name) if !name.is_empty() => {
                let span = expression.span;
                return Some(match scopes.resolve(id) {
                    Some(binding) => Place::Binding { binding, span, expression: Some(id) },
                    None => Place::Global { name: name.clone(), expression: id, span },
                });
            }
            ExpressionKind::Field { base, name } if here(name) => {
                return Some(member(id, *base, name));
            }
            ExpressionKind::Index { base, key } if script.span(*key).touches(offset) => {
                if let Some((name, span)) = written_name(script, *key) {
                    return Some(Place::Member { expression: id, base: *base, name, span });
                }
            }
            ExpressionKind::Call(call) => {
                if let Some(name) = call.method.as_ref().filter(|name| here(name)) {
                    return Some(member(id, call.callee, name));
                }
            }
            ExpressionKind::Table(fields) => {
                for field in fields {
                    let (name, span) = match &field.key {
                        TableKey::Name(name) if here(name) => (name.text.clone(), name.span),
                        TableKey::Expression(key) if script.span(*key).touches(offset) => {
                            match written_name(script, *key) {
                                Some(written) => written,
                                None => continue,
                            }
                        }
                        _ => continue,
                    };
                    return Some(Place::TableField { table: id, value: field.value, name, span });
                }
            }
            ExpressionKind::String(_) | ExpressionKind::Number(_) => {
                literal = Some((id, expression.span));
            }
            _ => {}
        }
    }
    let declared = scopes
        .bindings()
        .filter(|(_, binding)| !binding.name.is_empty())
        .find(|(_, binding)| binding.span.touches(offset) && script.text_at(binding.span) == binding.name);
    if let Some((binding, at)) = declared {
        return Some(Place::Binding { binding, span: at.span, expression: None });
    }
    let (expression, span) = literal?;
    Some(match context_variable::at(script, expression, offset) {
        Some((dictionary, name, span)) => Place::ContextVariable { dictionary, name, expression, span },
        None => Place::Literal { expression, span },
    })
}

/// The name that a string literal spells, and where it stands between the quotes. `None` for what is no name, or is
/// written with escapes.
#[must_use]
pub fn written_name(script: &Script<'_>, literal: ExpressionId) -> Option<(SmolStr, Span)> {
    let text = match &script.tree().expression(literal).kind {
        ExpressionKind::String(bytes) => std::str::from_utf8(bytes).ok()?,
        _ => return None,
    };
    let span = script.span(literal);
    let inside = Span::new(span.start + 1, span.end.saturating_sub(1).max(span.start + 1));
    let is_name = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (is_name && script.text_at(inside) == text).then(|| (SmolStr::new(text), inside))
}

fn member(expression: ExpressionId, base: ExpressionId, name: &Name) -> Place {
    Place::Member { expression, base, name: name.text.clone(), span: name.span }
}

/// The innermost call whose arguments an offset stands in, with the position of the argument.
#[must_use]
pub fn call_at(script: &Script<'_>, offset: u32) -> Option<(ExpressionId, u32)> {
    let tree = script.tree();
    let calls = tree.expressions().filter_map(|(id, expression)| match &expression.kind {
        ExpressionKind::Call(call) => {
            let span = call.arguments_span;
            (span.start < offset && (offset < span.end || goes_on(script, call, offset)))
                .then_some((id, call, span))
        }
        _ => None,
    });
    let (id, call, _) = calls.min_by_key(|(_, _, span)| span.len())?;
    let position = call.commas.iter().filter(|&&comma| comma < offset).count();
    Some((id, u32::try_from(position).unwrap_or(u32::MAX)))
}

/// Whether arguments that are not closed may go on at an offset behind them: in the same line, or behind a comma.
fn goes_on(script: &Script<'_>, call: &Call, offset: u32) -> bool {
    let arguments = call.arguments_span;
    if offset < arguments.end || closed(script, call) {
        return false;
    }
    let gap = script.text_at(Span::new(arguments.end, offset));
    let rest = gap.trim_start_matches(',');
    let awaits = gap.len() > rest.len() || script.text_at(arguments).trim_end().ends_with([',', '(']);
    rest.trim().is_empty() && (awaits || !rest.contains('\n'))
}

/// Whether the arguments end in a parenthesis of their own, or are a string or table without any.
fn closed(script: &Script<'_>, call: &Call) -> bool {
    let text = script.text_at(call.arguments_span);
    let last = call.arguments.last().map_or(call.arguments_span.start, |&last| script.span(last).end);
    !text.starts_with('(') || (text.ends_with(')') && last < call.arguments_span.end)
}

/// The function whose parameters an offset stands in.
#[must_use]
pub fn parameters_at(script: &Script<'_>, offset: u32) -> Option<FunctionId> {
    let mut functions = script.tree().functions();
    let found = functions.find(|(_, function)| {
        let span = function.parameters_span;
        span.start < offset && (offset < span.end || parameters_go_on(script, span, offset))
    });
    found.map(|(id, _)| id)
}

/// Whether parameters that are not closed may go on at an offset behind them: in the same line, or behind a comma.
fn parameters_go_on(script: &Script<'_>, parameters: Span, offset: u32) -> bool {
    let written = script.text_at(parameters);
    if offset < parameters.end || written.ends_with(')') {
        return false;
    }
    let gap = script.text_at(Span::new(parameters.end, offset));
    gap.trim().is_empty() && (written.ends_with([',', '(']) || !gap.contains('\n'))
}

/// The function definition whose name, keyword or parameters an offset stands in: the statement and its target.
#[must_use]
pub fn definition_at(script: &Script<'_>, offset: u32) -> Option<FunctionId> {
    script.tree().statements().find_map(|(_, statement)| match &statement.kind {
        StatementKind::Function { function, .. } | StatementKind::LocalFunction { function, .. } => {
            let head = Span::new(statement.span.start, script.tree().function(*function).parameters_span.end);
            head.touches(offset).then_some(*function)
        }
        _ => None,
    })
}
