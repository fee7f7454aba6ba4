//! Where the cursor stands: what may be written there.

use crate::ide::place;
use crate::project::Script;
use crate::syntax::tree::{ExpressionId, ExpressionKind, FunctionId};
use crate::syntax::{Comment, Span, Token, TokenKind};

/// What may be written at the cursor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    /// Text of a comment.
    Comment(Comment),
    /// Inside a string, which is that expression, if the tree has it.
    Text { token: Token, expression: Option<ExpressionId> },
    /// The name behind `.` or `:`.
    Member { base: ExpressionId, separator: Token },
    /// The name behind `function t.` or `function t:`.
    Definition { base: ExpressionId, separator: Token },
    /// The name behind `function`.
    FunctionName,
    /// A name that is new: of a local, or of a variable of a loop.
    NewName { local: bool },
    /// A parameter of a function that is being written.
    Parameter(FunctionId),
    /// A value.
    Value,
    /// A statement.
    Statement,
    /// What goes on behind a complete value in the same line: an operator, `then`, `do`.
    Continuation,
    /// Nothing that could be guessed.
    Nothing,
}

/// The place, and the word that the cursor stands in or behind (empty where there is none).
pub(super) fn at(script: &Script<'_>, offset: u32) -> (Place, Span) {
    let parsed = script.parsed();
    let nothing = Span::empty(offset);
    if let Some(comment) = parsed.comment_at(offset)
        && comment.span.start < offset
        && !(comment.long && comment.span.end == offset && is_closed(comment.span.text(script.text())))
    {
        return (Place::Comment(comment), word_in(script, comment.span, offset));
    }
    let tokens = &parsed.tokens;
    // The first token that begins at the cursor or behind it.
    let next = tokens.partition_point(|token| token.span.start < offset);
    let inside =
        next.checked_sub(1).and_then(|index| tokens.get(index)).filter(|token| token.span.end >= offset);
    let (before, word) = match inside {
        Some(token) if token.kind == TokenKind::String => {
            if token.span.end > offset || !is_closed(token.span.text(script.text())) {
                let expression = string_at(script, token.span);
                return (Place::Text { token: *token, expression }, nothing);
            }
            (next, nothing)
        }
        Some(token) if token.kind == TokenKind::Number => return (Place::Nothing, nothing),
        Some(token) if token.kind == TokenKind::Name || token.kind.is_keyword() => (next - 1, token.span),
        _ => (next, nothing),
    };
    (behind(script, tokens.get(..before).unwrap_or_default(), word, offset), word)
}

/// The place behind those tokens.
fn behind(script: &Script<'_>, before: &[Token], word: Span, offset: u32) -> Place {
    use TokenKind as T;
    let Some(&last) = before.last() else { return Place::Statement };
    if matches!(last.kind, T::Dot | T::Colon) {
        return member(script, before, last);
    }
    if let Some(place) = parameter(script, word, last) {
        return place;
    }
    let same_line = script.lines().line(last.span.end) == script.lines().line(offset);
    match last.kind {
        T::Local => Place::NewName { local: true },
        T::For => Place::NewName { local: false },
        T::Comma if declares(before) => Place::NewName { local: false },
        T::Function => match before.len().checked_sub(2).and_then(|index| before.get(index)) {
            Some(token) if token.kind == T::Local => Place::NewName { local: false },
            Some(token) if takes_value(token.kind) => Place::Nothing,
            _ => Place::FunctionName,
        },
        T::Semicolon | T::Then | T::Do | T::Else | T::Repeat | T::End => Place::Statement,
        T::RightParen if closes_parameters(script, last.span) => Place::Statement,
        kind if takes_value(kind) => Place::Value,
        T::Break => Place::Statement,
        T::EndOfFile => Place::Nothing,
        _ if same_line => Place::Continuation,
        _ => Place::Statement,
    }
}

/// Whether a statement may begin at an offset behind those tokens.
pub(super) fn begins_statement(script: &Script<'_>, before: &[Token], offset: u32) -> bool {
    behind(script, before, Span::empty(offset), offset) == Place::Statement
}

/// Whether a value has to follow.
fn takes_value(kind: TokenKind) -> bool {
    use TokenKind as T;
    let is_word =
        matches!(kind, T::And | T::Or | T::Not | T::Return | T::If | T::ElseIf | T::While | T::Until | T::In);
    let ends_value = matches!(
        kind,
        T::Name | T::Number | T::String | T::RightParen | T::RightBrace | T::RightBracket | T::Ellipsis
    );
    let is_other = matches!(kind, T::Semicolon | T::Dot | T::Colon | T::EndOfFile);
    is_word || !(kind.is_keyword() || ends_value || is_other)
}

/// Whether the names before a comma are declared: `local a, `, `for k, `.
fn declares(before: &[Token]) -> bool {
    let mut tokens = before.iter().rev();
    while let (Some(comma), Some(name)) = (tokens.next(), tokens.next()) {
        if comma.kind != TokenKind::Comma || name.kind != TokenKind::Name {
            return false;
        }
        let mut ahead = tokens.clone();
        if ahead.next().is_some_and(|token| matches!(token.kind, TokenKind::Local | TokenKind::For)) {
            return true;
        }
    }
    false
}

/// The place behind `.` or `:`.
fn member(script: &Script<'_>, before: &[Token], separator: Token) -> Place {
    let Some(end) =
        before.len().checked_sub(2).and_then(|index| before.get(index)).map(|token| token.span.end)
    else {
        return Place::Nothing;
    };
    let Some(base) = base_at(script, end, separator.span) else { return Place::Nothing };
    // Back over `a.b` to the word before.
    let mut tokens = before.iter().rev().skip(1);
    let mut word = tokens.next();
    while let Some(token) = word.filter(|token| token.kind == TokenKind::Name) {
        let _ = token;
        match tokens.next() {
            Some(dot) if dot.kind == TokenKind::Dot => word = tokens.next(),
            Some(function) if function.kind == TokenKind::Function => {
                return Place::Definition { base, separator };
            }
            _ => break,
        }
    }
    Place::Member { base, separator }
}

/// The expression whose member is asked for: the tree's own, or else the widest that ends there and may have one.
fn base_at(script: &Script<'_>, end: u32, separator: Span) -> Option<ExpressionId> {
    let tree = script.tree();
    let mut widest: Option<(u32, ExpressionId)> = None;
    for (id, expression) in tree.expressions() {
        let (base, name) = match &expression.kind {
            ExpressionKind::Field { base, name } => (Some(*base), Some(name)),
            ExpressionKind::Call(call) => (Some(call.callee), call.method.as_ref()),
            _ => (None, None),
        };
        if let (Some(base), Some(name)) = (base, name)
            && tree.expression(base).span.end == end
            && name.span.start >= separator.end
        {
            return Some(base);
        }
        let may_have = matches!(
            expression.kind,
            ExpressionKind::Name(_)
                | ExpressionKind::Field { .. }
                | ExpressionKind::Index { .. }
                | ExpressionKind::Call(_)
                | ExpressionKind::Parenthesized(_)
                | ExpressionKind::String(_)
        );
        if may_have
            && expression.span.end == end
            && widest.is_none_or(|(start, _)| expression.span.start <= start)
        {
            widest = Some((expression.span.start, id));
        }
    }
    widest.map(|(_, id)| id)
}

fn parameter(script: &Script<'_>, word: Span, last: Token) -> Option<Place> {
    if !matches!(last.kind, TokenKind::LeftParen | TokenKind::Comma) {
        return None;
    }
    place::parameters_at(script, word.start).map(Place::Parameter)
}

fn closes_parameters(script: &Script<'_>, paren: Span) -> bool {
    script.tree().functions().any(|(_, function)| function.parameters_span.end == paren.end)
}

fn string_at(script: &Script<'_>, span: Span) -> Option<ExpressionId> {
    let is_it = |kind: &ExpressionKind| matches!(kind, ExpressionKind::String(_));
    let mut expressions = script.tree().expressions();
    expressions.find(|(_, expression)| expression.span == span && is_it(&expression.kind)).map(|(id, _)| id)
}

/// Whether a string ends in the mark that it begins with.
pub(super) fn is_closed(text: &str) -> bool {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let body = text.get(1..).unwrap_or_default();
            let Some(inner) = body.strip_suffix(quote) else { return false };
            let slashes = inner.len() - inner.trim_end_matches('\\').len();
            slashes % 2 == 0
        }
        _ => text.ends_with(']') && text.len() > 3,
    }
}

/// The letters around an offset, as codes of rules have them.
fn word_in(script: &Script<'_>, within: Span, offset: u32) -> Span {
    let text = script.text();
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
    let before = Span::new(within.start, offset).text(text);
    let behind = Span::new(offset, within.end).text(text);
    let start = before.len() - before.trim_end_matches(is_part).len();
    let end = behind.len() - behind.trim_start_matches(is_part).len();
    let length = |length: usize| u32::try_from(length).unwrap_or(0);
    Span::new(offset - length(start), offset + length(end))
}

/// The innermost function around an offset.
pub(super) fn function_at(script: &Script<'_>, offset: u32) -> Option<FunctionId> {
    let mut functions = script.tree().functions();
    functions
        .find(|(_, function)| {
            let body = Span::new(function.parameters_span.end, function.span.end);
            // Behind the `end` the function is over; where that is missing, it is not.
            body.start <= offset && (offset < body.end || (function.end.is_empty() && offset == body.end))
        })
        .map(|(id, _)| id)
}
