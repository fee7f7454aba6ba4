//! What a number literal is used for, as far as names and signatures tell.

use crate::project::Script;
use crate::semantics::scope::Access;
use crate::syntax::tree::{
    BinaryOperator, Call, ExpressionId, ExpressionKind, StatementKind, TableField, TableKey,
};
use momentum_lua_stub_reader::model;

/// What a number is used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NumberUse {
    /// Rights of a file, which are octal by custom.
    Rights,
    /// A quantity that people write in decimal; what it is.
    Decimal(String),
    /// Nothing tells.
    Unknown,
}

/// What the number literal `number` is used for.
pub(super) fn number_use(script: &Script<'_>, number: ExpressionId) -> NumberUse {
    match in_statement(script, number) {
        NumberUse::Unknown => in_expression(script, number),
        known => known,
    }
}

fn in_statement(script: &Script<'_>, number: ExpressionId) -> NumberUse {
    let tree = script.tree();
    for (_, statement) in tree.statements() {
        match &statement.kind {
            StatementKind::Local { names, values } => {
                let Some(position) = values.iter().position(|&value| value == number) else { continue };
                let Some(name) = names.get(position) else { continue };
                return match named(&name.text) {
                    NumberUse::Unknown => passed_on(script, name.span.start),
                    known => known,
                };
            }
            StatementKind::Assign { targets, values } => {
                let Some(position) = values.iter().position(|&value| value == number) else { continue };
                return targets.get(position).map_or(NumberUse::Unknown, |&target| named_by(script, target));
            }
            StatementKind::NumericFor { start, limit, step, .. } => {
                let what = if *start == number {
                    "the start of a loop"
                } else if *limit == number {
                    "the end of a loop"
                } else if *step == Some(number) {
                    "the step of a loop"
                } else {
                    continue;
                };
                return NumberUse::Decimal(what.to_owned());
            }
            _ => {}
        }
    }
    NumberUse::Unknown
}

fn in_expression(script: &Script<'_>, number: ExpressionId) -> NumberUse {
    for (id, expression) in script.tree().expressions() {
        match &expression.kind {
            ExpressionKind::Call(call) => {
                if let Some(position) = call.arguments.iter().position(|&argument| argument == number) {
                    return as_argument(script, id, call, position);
                }
            }
            ExpressionKind::Table(fields) => {
                if let Some(field) = fields.iter().find(|field| field.value == number) {
                    return as_field(script, fields, field);
                }
            }
            ExpressionKind::Index { key, .. } if *key == number => {
                return NumberUse::Decimal("an index".to_owned());
            }
            ExpressionKind::Binary { operator, left, right, .. } if *left == number || *right == number => {
                let other = if *left == number { *right } else { *left };
                return as_operand(script, *operator, other);
            }
            _ => {}
        }
    }
    NumberUse::Unknown
}

/// A local whose values go nowhere but where rights of files belong.
fn passed_on(script: &Script<'_>, declared_at: u32) -> NumberUse {
    let Some(binding) = script.scopes().declared_at(declared_at) else { return NumberUse::Unknown };
    let references = script.scopes().references(binding);
    let is_rights = references.iter().any(|reference| {
        reference.access == Access::Read && in_expression(script, reference.expression) == NumberUse::Rights
    });
    if is_rights { NumberUse::Rights } else { NumberUse::Unknown }
}

fn as_argument(script: &Script<'_>, id: ExpressionId, call: &Call, position: usize) -> NumberUse {
    let site = script.analysis().calls.iter().find(|site| site.expression == id);
    let Some(function) = site.and_then(|site| script.called(site)) else {
        // `chmod(path, 0755)` and the like of other modules.
        let callee = match &script.tree().expression(call.callee).kind {
            ExpressionKind::Name(name) => name.as_str(),
            ExpressionKind::Field { name, .. } => name.text.as_str(),
            _ => "",
        };
        let callee = call.method.as_ref().map_or(callee, |method| method.text.as_str());
        let takes_rights = ["chmod", "umask", "mkdir", "mkfifo", "open", "creat"];
        let is_rights = takes_rights.iter().any(|name| callee.to_ascii_lowercase().contains(name));
        return if is_rights { NumberUse::Rights } else { NumberUse::Unknown };
    };
    if function.path() == "string.format" {
        let format = call.arguments.first().and_then(|&format| script.tree().string(format));
        return if format.is_some_and(|format| format.contains('o')) {
            NumberUse::Rights
        } else {
            NumberUse::Unknown
        };
    }
    let Some(param) = function.signature.param(position) else { return NumberUse::Unknown };
    if named(&param.name) == NumberUse::Rights {
        return NumberUse::Rights;
    }
    let is_number = param.ty.members().iter().any(|ty| matches!(ty, model::Type::Number | model::Type::Integer));
    if is_number && !param.variadic {
        NumberUse::Decimal(format!("`{}` of `{}`", param.name, function.name))
    } else {
        NumberUse::Unknown
    }
}

fn as_field(script: &Script<'_>, fields: &[TableField], field: &TableField) -> NumberUse {
    match &field.key {
        TableKey::Name(name) => named(&name.text),
        TableKey::Expression(key) => script.tree().string(*key).map_or(NumberUse::Unknown, named),
        TableKey::Positional => {
            let is_decimal = |field: &TableField| {
                let node = script.tree().expression(field.value);
                let text = script.text_at(node.span);
                matches!(node.kind, ExpressionKind::Number(_)) && text.len() > 1 && !text.starts_with('0')
            };
            if fields.iter().any(is_decimal) {
                NumberUse::Decimal("the rest of the list".to_owned())
            } else {
                NumberUse::Unknown
            }
        }
    }
}

fn as_operand(script: &Script<'_>, operator: BinaryOperator, other: ExpressionId) -> NumberUse {
    use BinaryOperator as B;
    match operator {
        // Masks are taken for what they look like.
        B::BitAnd | B::BitOr | B::BitXor => NumberUse::Rights,
        B::Add | B::Subtract | B::Multiply | B::Divide | B::Modulo | B::FloorDivide | B::Power => {
            NumberUse::Decimal("what is computed with".to_owned())
        }
        _ if operator.is_comparison() => named_by(script, other),
        _ => NumberUse::Unknown,
    }
}

/// What the name of a variable or field tells.
fn named_by(script: &Script<'_>, expression: ExpressionId) -> NumberUse {
    match &script.tree().expression(expression).kind {
        ExpressionKind::Name(name) => named(name),
        ExpressionKind::Field { name, .. } => named(&name.text),
        ExpressionKind::Index { key, .. } => script.tree().string(*key).map_or(NumberUse::Unknown, named),
        _ => NumberUse::Unknown,
    }
}

/// Words of names that hold rights of files.
const RIGHTS: &[&str] =
    &["mode", "perm", "permission", "umask", "mask", "right", "chmod", "access", "octal", "oct"];

/// Words of names that hold quantities.
const QUANTITIES: &[&str] = &[
    "age", "attempt", "byte", "code", "connection", "count", "day", "delay", "depth", "expire", "expiry", "hour",
    "index", "interval", "ip", "length", "level", "limit", "max", "maximum", "message", "min", "minimum", "minute",
    "month", "num", "number", "octet", "percent", "port", "priority", "rate", "recipient", "retry", "score", "sec",
    "second", "size", "threshold", "time", "timeout", "ttl", "weight", "year", "yday",
];

/// What a name tells by its words.
fn named(name: &str) -> NumberUse {
    let words = words(name);
    let is_any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    if is_any(RIGHTS) {
        NumberUse::Rights
    } else if is_any(QUANTITIES) {
        NumberUse::Decimal(format!("`{name}`"))
    } else {
        NumberUse::Unknown
    }
}

/// The words of `max_connections`, `maxConnections` or `MAX_CONNECTIONS` in lower case, in the singular.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_lower = false;
    for letter in name.chars() {
        if !letter.is_ascii_alphabetic() || (letter.is_ascii_uppercase() && after_lower) {
            words.push(String::new());
        }
        if letter.is_ascii_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.push(letter.to_ascii_lowercase());
        }
        after_lower = letter.is_ascii_lowercase();
    }
    for word in &mut words {
        if word.len() > 3 && word.ends_with('s') {
            word.pop();
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_word_by_word() {
        assert_eq!(words("maxConnections"), ["max", "connection"]);
        assert_eq!(words("MAX_PORTS"), ["max", "port"]);
        assert_eq!(named("file_mode"), NumberUse::Rights);
        assert_eq!(named("support"), NumberUse::Unknown);
        assert_eq!(named("reportHour"), NumberUse::Decimal("`reportHour`".to_owned()));
    }
}
