//! Trees and errors as text, to compare and to read.

use momentum_lua_analyzer::syntax::tree::{
    BlockId, ExpressionId, ExpressionKind as E, FunctionId, Name, StatementKind as S, TableKey, Tree,
};
use momentum_lua_analyzer::syntax::{LineIndex, Parsed, Span};
use std::fmt::Write as _;

/// The tree as nested lists. Parentheses of the source do not show: they only group.
pub(crate) fn tree(tree: &Tree) -> String {
    block(tree, tree.root_id())
}

/// The statements, separated by blanks.
fn block(tree: &Tree, id: BlockId) -> String {
    let statements = &tree.block(id).statements;
    let printed: Vec<_> = statements.iter().map(|&id| statement(tree, &tree.statement(id).kind)).collect();
    printed.join(" ")
}

fn name(name: &Name) -> String {
    if name.is_missing() { "?".to_owned() } else { name.text.to_string() }
}

fn names(list: &[Name]) -> String {
    list.iter().map(name).collect::<Vec<_>>().join(" ")
}

fn expressions(tree: &Tree, ids: &[ExpressionId]) -> String {
    ids.iter().map(|&id| expression(tree, id)).collect::<Vec<_>>().join(" ")
}

fn function(tree: &Tree, id: FunctionId) -> String {
    let function = tree.function(id);
    let mut parameters = names(&function.parameters);
    if function.vararg.is_some() {
        parameters.push_str(if parameters.is_empty() { "..." } else { " ..." });
    }
    let method = if function.is_method { "self: " } else { "" };
    format!("({method}{parameters}) {{{}}}", block(tree, function.body))
}

fn statement(tree: &Tree, kind: &S) -> String {
    match kind {
        S::Local { names: list, values } => {
            format!("(local [{}] [{}])", names(list), expressions(tree, values))
        }
        S::LocalFunction { name: called, function: id } => {
            format!("(local-function {} {})", name(called), function(tree, *id))
        }
        S::Function { target, function: id } => {
            format!("(function {} {})", expression(tree, *target), function(tree, *id))
        }
        S::Assign { targets, values } => {
            format!("(= [{}] [{}])", expressions(tree, targets), expressions(tree, values))
        }
        S::Call(id) => expression(tree, *id),
        S::Incomplete(id) => format!("(incomplete {})", expression(tree, *id)),
        S::Do(body) => format!("(do {{{}}})", block(tree, *body)),
        S::While { condition, body } => {
            format!("(while {} {{{}}})", expression(tree, *condition), block(tree, *body))
        }
        S::Repeat { body, condition } => {
            format!("(repeat {{{}}} {})", block(tree, *body), expression(tree, *condition))
        }
        S::If { branches, otherwise } => {
            let mut text = "(if".to_owned();
            for &(condition, body) in branches {
                let _ = write!(text, " {} {{{}}}", expression(tree, condition), block(tree, body));
            }
            if let Some(body) = otherwise {
                let _ = write!(text, " else {{{}}}", block(tree, *body));
            }
            text + ")"
        }
        S::NumericFor { variable, start, limit, step, body } => {
            let range: Vec<_> = [start, limit].into_iter().chain(step).copied().collect();
            format!("(for {} [{}] {{{}}})", name(variable), expressions(tree, &range), block(tree, *body))
        }
        S::GenericFor { variables, values, body } => {
            format!(
                "(for-in [{}] [{}] {{{}}})",
                names(variables),
                expressions(tree, values),
                block(tree, *body)
            )
        }
        S::Return(values) if values.is_empty() => "(return)".to_owned(),
        S::Return(values) => format!("(return {})", expressions(tree, values)),
        S::Break => "(break)".to_owned(),
    }
}

/// An expression as nested lists.
pub(crate) fn expression(tree: &Tree, id: ExpressionId) -> String {
    match &tree.expression(id).kind {
        E::Missing => "?".to_owned(),
        E::Nil => "nil".to_owned(),
        E::True => "true".to_owned(),
        E::False => "false".to_owned(),
        E::Number(value) => value.to_string(),
        E::String(bytes) => format!("{:?}", String::from_utf8_lossy(bytes)),
        E::Vararg => "...".to_owned(),
        E::Name(name) => name.to_string(),
        E::Field { base, name: field } => format!("{}.{}", expression(tree, *base), name(field)),
        E::Index { base, key } => format!("{}[{}]", expression(tree, *base), expression(tree, *key)),
        E::Call(call) => {
            let method = call.method.as_ref().map_or(String::new(), |method| format!(":{}", name(method)));
            format!(
                "(call {}{method} [{}])",
                expression(tree, call.callee),
                expressions(tree, &call.arguments)
            )
        }
        E::Function(id) => format!("(fn {})", function(tree, *id)),
        E::Table(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|field| {
                    let value = expression(tree, field.value);
                    match &field.key {
                        TableKey::Positional => value,
                        TableKey::Name(key) => format!("{}: {value}", name(key)),
                        TableKey::Expression(key) => format!("[{}]: {value}", expression(tree, *key)),
                    }
                })
                .collect();
            format!("(table {})", fields.join(", "))
        }
        E::Binary { operator, left, right, .. } => {
            format!("({operator:?} {} {})", expression(tree, *left), expression(tree, *right))
        }
        E::Unary { operator, operand, .. } => format!("({operator:?} {})", expression(tree, *operand)),
        E::Parenthesized(inner) => expression(tree, *inner),
    }
}

/// The source with each error under its line, as `check` would show it, and the statements that are left.
pub(crate) fn errors(source: &str, parsed: &Parsed) -> String {
    let lines = LineIndex::new(source);
    let mut text = String::new();
    for line in 0..lines.line_count() {
        let span = lines.line_span(line, source);
        let _ = writeln!(text, "| {}", visible(span.text(source)).trim_end());
        for error in parsed.errors.iter().filter(|error| lines.line(error.span.start) == line) {
            let before = visible(Span::new(span.start, error.span.start).text(source)).chars().count();
            let shown = Span::new(error.span.start, error.span.end.min(span.end.max(error.span.start)));
            let carets = visible(shown.text(source)).chars().count().max(1);
            let _ = writeln!(text, "  {}{} {}", " ".repeat(before), "^".repeat(carets), error.message);
            if let Some((place, word)) = &error.related {
                let at = lines.line(place.start) + 1;
                let _ = writeln!(text, "  {}line {at}, `{}`: {word}", " ".repeat(before), place.text(source));
            }
        }
    }
    let _ = writeln!(text, "= {}", tree(&parsed.tree));
    text
}

fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '·' } else { c }).collect()
}
