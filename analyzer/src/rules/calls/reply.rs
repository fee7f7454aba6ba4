//! SMTP replies as functions and fields of the API take them.

use super::arguments::{Argument, ApiCall};
use crate::project::Script;
use crate::semantics::types::{Type, Value};
use crate::syntax::Span;
use crate::syntax::tree::{BinaryOperator, ExpressionId, ExpressionKind};

/// Functions that set a reply, by class and name: a code, then its text.
const CODE_AND_TEXT: &[(&str, &str, usize)] = &[
    ("validate_context", "set_code", 0),
    ("validate_context", "disconnect", 0),
    ("ec_message", "code", 0),
    ("msys.core", "validate_context_set_code", 1),
    ("msys.core", "ec_message_set_code", 1),
];

/// A reply that a call sets.
pub(super) struct Reply {
    /// The code, where it is known for certain: the expression and the number.
    pub code: Option<(ExpressionId, Code)>,
    /// The text, or whole words that it begins with, as far as that is known for certain: the expression and the text.
    pub text: Option<(ExpressionId, String)>,
}

/// The code of a reply.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Code {
    /// A number.
    Number(f64),
    /// A text that is no number.
    Text(String),
    /// 0, where the function takes the code out of the text.
    InText,
}

/// The reply that a call sets, if it is one that sets a code and a text.
pub(super) fn reply(script: &Script<'_>, call: &ApiCall<'_>) -> Option<Reply> {
    let function = (call.function.owner.as_str(), call.function.member.as_str());
    let (_, _, first) = CODE_AND_TEXT.iter().find(|(owner, member, _)| (*owner, *member) == function)?;
    let arguments = call.arguments()?;
    let in_text = function == ("ec_message", "code");
    let code = arguments.get(*first).and_then(|argument| {
        let code = match argument.ty.single()? {
            Value::NumberLiteral(0.0) if in_text => Code::InText,
            Value::NumberLiteral(number) => Code::Number(*number),
            Value::StringLiteral(text) => match text.trim().parse() {
                Ok(0.0) if in_text => Code::InText,
                Ok(number) => Code::Number(number),
                Err(_) => Code::Text(text.to_string()),
            },
            _ => return None,
        };
        Some((argument.expression, code))
    });
    Some(Reply { code, text: arguments.get(first + 1).and_then(|text| text_of(script, text)) })
}

/// The reason that a call of `msg:discard` gives, or whole words that it begins with, where that is known for certain.
pub(super) fn discard_reason(script: &Script<'_>, call: &ApiCall<'_>) -> Option<(ExpressionId, String)> {
    let is_discard = call.function.owner == "ec_message" && call.function.member == "discard";
    is_discard.then(|| call.arguments()?.first().and_then(|text| text_of(script, text))).flatten()
}

fn text_of(script: &Script<'_>, argument: &Argument) -> Option<(ExpressionId, String)> {
    if let Some(text) = argument.ty.string_literal() {
        return Some((argument.expression, text.to_string()));
    }
    let (expression, beginning) = beginning(script, argument.expression)?;
    let end = beginning.rfind(char::is_whitespace)?;
    Some((expression, beginning.get(..=end)?.to_owned()))
}

/// What a text begins with that is put together: `"5.7.1 " .. reason`, `string.format("5.7.1 %s", reason)`.
fn beginning(script: &Script<'_>, expression: ExpressionId) -> Option<(ExpressionId, String)> {
    let tree = script.tree();
    let expression = tree.unparenthesized(expression);
    match &tree.expression(expression).kind {
        ExpressionKind::Binary { operator: BinaryOperator::Concatenate, left, .. } => beginning(script, *left),
        ExpressionKind::Call(call) => {
            let member = script.member(if call.method.is_some() { expression } else { call.callee })?.function()?;
            if (member.owner.as_str(), member.member.as_str()) != ("string", "format") {
                return None;
            }
            let format = if call.method.is_some() { call.callee } else { *call.arguments.first()? };
            let (written, text) = beginning(script, format)?;
            let plain = text.split('%').next().unwrap_or_default();
            Some((written, plain.to_owned()))
        }
        _ => Some((expression, script.type_of(expression).string_literal()?.to_string())),
    }
}

/// The code that a text begins with: three digits with a blank, a hyphen or nothing behind.
pub(super) fn leading_code(text: &str) -> Option<u16> {
    let digits = text.get(..3)?;
    let ends = text.get(3..).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-']));
    (ends && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

/// The enhanced status that a text begins with: its class and its range in the text.
pub(super) fn enhanced_status(text: &str) -> Option<(u16, std::ops::Range<usize>)> {
    let start = text.len() - text.trim_start().len();
    let word = text.get(start..)?.split(|character: char| character.is_whitespace()).next()?;
    let parts: Vec<&str> = word.split('.').collect();
    let is_number = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [class, _, _] if class.len() == 1 && parts.iter().all(is_number) => {
            Some((class.parse().ok()?, start..start + word.len()))
        }
        _ => None,
    }
}

/// The range of a part of a text in the source: exact where the literal has no escapes, else the whole expression.
pub(super) fn part_of_literal(script: &Script<'_>, expression: ExpressionId, part: std::ops::Range<usize>) -> Span {
    let span = script.span(expression);
    let written = script.text_at(span);
    let is_plain = written.starts_with(['"', '\'']) && !written.contains('\\');
    match (is_plain, u32::try_from(part.start), u32::try_from(part.end)) {
        (true, Ok(start), Ok(end)) if span.start + 1 + end < span.end => {
            Span::new(span.start + 1 + start, span.start + 1 + end)
        }
        _ => span,
    }
}

/// Whether a value is a number that no reply code can be.
pub(super) fn is_out_of_range(code: f64) -> bool {
    !(200.0..600.0).contains(&code) || code.fract() != 0.0
}

/// The number that a value is for certain.
pub(super) fn number(ty: &Type) -> Option<f64> {
    match ty.single()? {
        Value::NumberLiteral(number) => Some(*number),
        Value::StringLiteral(text) => text.trim().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_statuses() {
        assert_eq!(leading_code("550 5.7.1 no"), Some(550));
        assert_eq!(leading_code("550-5.7.1 no"), Some(550));
        assert_eq!(leading_code("550"), Some(550));
        assert_eq!(leading_code("5501"), None);
        assert_eq!(leading_code("no"), None);
        assert_eq!(leading_code("ééé"), None);
        assert_eq!(enhanced_status("4.7.1 later"), Some((4, 0..5)));
        assert_eq!(enhanced_status(" 5.1.10 no"), Some((5, 1..7)));
        assert_eq!(enhanced_status("192.0.2.1 is listed"), None);
        assert_eq!(enhanced_status("10.1.2 is listed"), None);
        assert_eq!(enhanced_status("4.2 is the version"), None);
        assert!(is_out_of_range(600.0) && is_out_of_range(0.0) && !is_out_of_range(599.0));
    }
}
