//! Type expressions.

use std::ops::Range;
use std::sync::Arc;

use super::cursor::Cursor;
use crate::model::{Literal, Param, RecordField, Return, Signature, Text, Type};
use crate::problem::Problem;

/// How deep types may nest before they are refused: the parser calls itself.
const DEEPEST: usize = 64;

/// Parses one type expression that fills the text, which begins at byte `base` of its file.
///
/// What could be understood comes back even where something is wrong.
#[must_use]
pub fn parse_type(text: &str, base: usize) -> (Type, Vec<Problem>) {
    let mut cursor = Cursor::new(text, base);
    let mut parser = Parser::new(&[]);
    cursor.skip_space();
    let ty = parser.union(&mut cursor).unwrap_or_default();
    cursor.skip_space();
    if parser.problems.is_empty() && !cursor.rest().is_empty() {
        parser.problems.push(cursor.expected("the end of the type"));
    }
    (ty, parser.problems)
}

/// A parser of types that stand in a line with other things.
pub(super) struct Parser<'g> {
    /// Names that are type parameters here.
    generics: &'g [Text],
    pub(super) problems: Vec<Problem>,
    /// Names of classes, aliases and groups, with their bytes.
    pub(super) names: Vec<(Text, Range<usize>)>,
    depth: usize,
}

impl<'g> Parser<'g> {
    pub(super) fn new(generics: &'g [Text]) -> Self {
        Self { generics, problems: Vec::new(), names: Vec::new(), depth: 0 }
    }

    /// `A|B`, `A?`, and all below. `None` where no type stands; the problem is noted.
    pub(super) fn union(&mut self, cursor: &mut Cursor<'_>) -> Option<Type> {
        if self.depth >= DEEPEST {
            self.problems.push(Problem::new(cursor.here(), format!("types may nest {DEEPEST} levels deep")));
            return None;
        }
        self.depth += 1;
        let ty = self.members(cursor);
        self.depth -= 1;
        ty
    }

    fn members(&mut self, cursor: &mut Cursor<'_>) -> Option<Type> {
        // A leading `|` is how a union over several lines begins.
        if cursor.take("|") {
            cursor.skip_space();
        }
        let mut members = vec![self.suffixed(cursor)?];
        while cursor.take_after_space("|") {
            cursor.skip_space();
            members.push(self.suffixed(cursor)?);
        }
        Some(Type::union(members))
    }

    fn suffixed(&mut self, cursor: &mut Cursor<'_>) -> Option<Type> {
        let mut ty = self.primary(cursor)?;
        loop {
            if cursor.take("[]") {
                ty = Type::Array(Arc::new(ty));
            } else if cursor.take("?") {
                ty = ty.optional();
            } else if cursor.take("...") {
                ty = Type::Variadic(Arc::new(ty));
            } else {
                return Some(ty);
            }
        }
    }

    fn primary(&mut self, cursor: &mut Cursor<'_>) -> Option<Type> {
        let start = cursor.offset();
        if let Some(text) = cursor.quoted() {
            return match text {
                Ok(text) => Some(Type::string(text)),
                Err(problem) => self.note(problem),
            };
        }
        if cursor.take("(") {
            cursor.skip_space();
            let ty = self.union(cursor)?;
            return self.close(cursor, ")").then_some(ty);
        }
        if cursor.take("{") {
            return self.record(cursor);
        }
        if cursor.take("[") {
            return self.tuple(cursor);
        }
        if cursor.take("...") {
            cursor.skip_space();
            let element = if type_follows(cursor) { self.suffixed(cursor)? } else { Type::Any };
            return Some(Type::Variadic(Arc::new(element)));
        }
        if cursor.take("`") {
            let name = cursor.take_while(|c| c != '`');
            return if cursor.take("`") {
                Some(Type::Generic(name.into()))
            } else {
                self.expected(cursor, "\"`\"")
            };
        }
        if cursor.peek().is_some_and(|c| c.is_ascii_digit() || c == '-') {
            return self.integer(cursor);
        }
        let Some(name) = cursor.name(|c| matches!(c, '.' | '-' | '*')) else {
            return self.expected(cursor, "a type");
        };
        // `any...` is the type `any` any number of times.
        let name = cursor.give_back(name, "...");
        let name_range = cursor.since(start);
        match name {
            "async" if cursor.take_after_space("fun") => return self.function(cursor),
            "fun" => return self.function(cursor),
            "table" if cursor.peek() == Some('<') => return self.map(cursor),
            _ => {}
        }
        Some(builtin(name).unwrap_or_else(|| self.named(cursor, name, name_range)))
    }

    fn named(&mut self, cursor: &mut Cursor<'_>, name: &str, range: Range<usize>) -> Type {
        let name = Text::from(name);
        if self.generics.contains(&name) {
            return Type::Generic(name);
        }
        // Arguments of a generic class are read and checked, and not kept: no rule asks for them.
        if cursor.take("<") {
            self.arguments(cursor);
        }
        self.names.push((name.clone(), range));
        Type::Named(name)
    }

    fn arguments(&mut self, cursor: &mut Cursor<'_>) -> Option<Vec<Type>> {
        let mut arguments = Vec::new();
        loop {
            cursor.skip_space();
            arguments.push(self.union(cursor)?);
            if !cursor.take_after_space(",") {
                return self.close(cursor, ">").then_some(arguments);
            }
        }
    }

    fn map(&mut self, cursor: &mut Cursor<'_>) -> Option<Type> {
        let start = cursor.offset();
        cursor.take("<");
        let arguments = self.arguments(cursor)?;
        match <[Type; 2]>::try_from(arguments) {
            Ok([key, value]) => Some(Type::Map(Arc::new((key, value)))),
            Err(arguments) => {
                let count = arguments.len();
                let message = format!("`table<K, V>` takes two types, not {count}");
                self.note(Problem::new(cursor.since(start), message))
            }
        }
    }

    fn integer(&mut self, cursor: &mut Cursor<'_>) -> Option<Type> {
        let start = cursor.offset();
        let negative = cursor.take("-");
        let digits = cursor.take_while(|c| c.is_ascii_alphanumeric());
        let magnitude = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
            Some(hexadecimal) => i64::from_str_radix(hexadecimal, 16),
            None => digits.parse(),
        };
        match magnitude {
            Ok(value) => Some(Type::Literal(Literal::Integer(if negative { -value } else { value }))),
            Err(_) => {
                self.note(Problem::new(cursor.since(start), "expected a type, found a malformed number"))
            }
        }
    }

    fn tuple(&mut self, cursor: &mut Cursor<'_>) -> Option<Type> {
        let mut members = Vec::new();
        loop {
            cursor.skip_space();
            members.push(self.union(cursor)?);
            if !cursor.take_after_space(",") {
                return self.close(cursor, "]").then(|| Type::Tuple(members.into()));
            }
        }
    }

    fn record(&mut self, cursor: &mut Cursor<'_>) -> Option<Type> {
        let mut fields = Vec::new();
        loop {
            if cursor.take_after_space("}") {
                return Some(Type::Record(fields.into()));
            }
            cursor.skip_space();
            fields.push(self.record_field(cursor)?);
            if !cursor.take_after_space(",") && !cursor.take_after_space(";") {
                return self.close(cursor, "}").then(|| Type::Record(fields.into()));
            }
        }
    }

    fn record_field(&mut self, cursor: &mut Cursor<'_>) -> Option<RecordField> {
        if cursor.take("[") {
            cursor.skip_space();
            let key = self.union(cursor)?;
            if !self.close(cursor, "]") {
                return None;
            }
            // `["two-words"]: T` is a name that is no identifier.
            if let Type::Literal(Literal::String(name)) = key {
                let optional = cursor.take("?");
                let ty = self.after_colon(cursor)?;
                return Some(RecordField::Named { name, ty, optional });
            }
            let value = self.after_colon(cursor)?;
            return Some(RecordField::Indexed { key, value });
        }
        let Some(name) = cursor.name(|_| false) else { return self.expected(cursor, "the name of a field") };
        let optional = cursor.take("?");
        let ty = self.after_colon(cursor)?;
        Some(RecordField::Named { name: name.into(), ty, optional })
    }

    fn after_colon(&mut self, cursor: &mut Cursor<'_>) -> Option<Type> {
        if !self.close(cursor, ":") {
            return None;
        }
        cursor.skip_space();
        self.union(cursor)
    }

    /// `(a: T, b?: T, ...: T): R1, R2` after `fun`. A bare `fun` is any function.
    fn function(&mut self, cursor: &mut Cursor<'_>) -> Option<Type> {
        if !cursor.take("(") {
            return Some(Type::Function);
        }
        self.signature(cursor).map(|signature| Type::Fun(Arc::new(signature)))
    }

    fn signature(&mut self, cursor: &mut Cursor<'_>) -> Option<Signature> {
        let mut signature = Signature::default();
        if !cursor.take_after_space(")") {
            loop {
                cursor.skip_space();
                signature.params.push(self.param(cursor)?);
                if !cursor.take_after_space(",") {
                    break;
                }
            }
            if !self.close(cursor, ")") {
                return None;
            }
        }
        if cursor.take_after_space(":") {
            cursor.skip_space();
            self.results(cursor, &mut signature.returns)?;
        }
        Some(signature)
    }

    fn param(&mut self, cursor: &mut Cursor<'_>) -> Option<Param> {
        let (name, variadic) = if cursor.take("...") {
            ("...", true)
        } else {
            match cursor.name(|_| false) {
                Some(name) => (name, false),
                None => return self.expected(cursor, "the name of a parameter"),
            }
        };
        let optional = cursor.take("?");
        let ty = if cursor.take_after_space(":") {
            cursor.skip_space();
            self.union(cursor)?
        } else {
            Type::Any
        };
        Some(Param { optional, variadic, ..Param::new(name, ty) })
    }

    fn results(&mut self, cursor: &mut Cursor<'_>, results: &mut Vec<Return>) -> Option<()> {
        // `fun(): (name: T, other: U)`
        if names_result(cursor) {
            cursor.take("(");
            loop {
                cursor.skip_space();
                let name = cursor.name(|_| false).map(Text::from);
                let optional = cursor.take("?");
                let ty = self.after_colon(cursor)?;
                let ty = if optional { ty.optional() } else { ty };
                results.push(Return { ty, name, doc: Text::default() });
                if !cursor.take_after_space(",") {
                    return self.close(cursor, ")").then_some(());
                }
            }
        }
        loop {
            let ty = self.union(cursor)?;
            results.push(Return { ty, name: None, doc: Text::default() });
            // A comma before `name:` belongs to the list around the function.
            let mut ahead = cursor.clone();
            if !ahead.take_after_space(",") {
                return Some(());
            }
            ahead.skip_space();
            if names_param(&ahead) || !type_follows(&ahead) {
                return Some(());
            }
            *cursor = ahead;
        }
    }

    /// Takes `token` after white space, or notes that it is missing.
    fn close(&mut self, cursor: &mut Cursor<'_>, token: &str) -> bool {
        let found = cursor.take_after_space(token);
        if !found {
            cursor.skip_space();
            self.problems.push(cursor.expected(&format!("`{token}`")));
        }
        found
    }

    fn expected<T>(&mut self, cursor: &Cursor<'_>, what: &str) -> Option<T> {
        self.note(cursor.expected(what))
    }

    fn note<T>(&mut self, problem: Problem) -> Option<T> {
        self.problems.push(problem);
        None
    }
}

/// Whether a type can begin here.
fn type_follows(cursor: &Cursor<'_>) -> bool {
    let opens = |c: char| c.is_alphanumeric() || matches!(c, '_' | '(' | '{' | '[' | '"' | '\'' | '-' | '`');
    cursor.peek().is_some_and(opens) || cursor.rest().starts_with("...")
}

/// Whether `name:`, `name?:` or `...:` stands here.
fn names_param(cursor: &Cursor<'_>) -> bool {
    let mut ahead = cursor.clone();
    if ahead.name(|_| false).is_none() && !ahead.take("...") && !ahead.take("[") {
        return false;
    }
    ahead.take("?");
    ahead.take(":")
}

fn names_result(cursor: &Cursor<'_>) -> bool {
    let mut ahead = cursor.clone();
    ahead.take("(") && {
        ahead.skip_space();
        names_param(&ahead)
    }
}

fn builtin(name: &str) -> Option<Type> {
    Some(match name {
        "any" => Type::Any,
        "unknown" => Type::Unknown,
        "nil" | "void" => Type::Nil,
        "boolean" => Type::Boolean,
        "true" => Type::Literal(Literal::Boolean(true)),
        "false" => Type::Literal(Literal::Boolean(false)),
        "number" => Type::Number,
        "integer" => Type::Integer,
        "string" => Type::String,
        "table" => Type::Table,
        "function" => Type::Function,
        "thread" => Type::Thread,
        "userdata" | "lightuserdata" => Type::Userdata,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let (ty, problems) = parse_type(text, 0);
        assert_eq!(problems, [], "{text}");
        ty.to_string()
    }

    #[test]
    fn every_form_is_written_as_it_was_read() {
        for text in [
            "any",
            "string?",
            "string[]",
            "string[][]",
            "table<integer|string, string>?",
            "\"A\"|\"AAAA\"",
            "'say \"hi\"'",
            "0|1",
            "-1",
            "true|false",
            "ec_message",
            "msys.cidr.options",
            "{ name: string, other?: integer, [string]: any }",
            "{}",
            "[string, integer]",
            "fun()",
            "fun(a: string, b?: integer, ...: any): string?, integer",
            "fun(pool: string|integer, closure: fun(): any, async: true)",
            "(string|integer)[]",
            "(fun(): string)|nil|string",
            "string...",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn other_spellings() {
        assert_eq!(shown("string | nil"), "string?");
        assert_eq!(shown("|string|integer"), "string|integer");
        assert_eq!(shown("fun(a, b)"), "fun(a: any, b: any)");
        assert_eq!(shown("fun(): (found: boolean, at?: integer)"), "fun(): boolean, integer?");
        assert_eq!(shown("async fun(): string"), "fun(): string");
        assert_eq!(shown("{ [\"two-words\"]?: string; x: integer }"), "{ two-words?: string, x: integer }");
        assert_eq!(shown("...string"), "string...");
        assert_eq!(shown("List<string>"), "List");
        assert_eq!(shown("0x10"), "16");
        assert_eq!(shown("`T`"), "T");
    }

    #[test]
    fn errors_name_what_was_expected_and_where() {
        let error = |text: &str| {
            let (_, problems) = parse_type(text, 100);
            let problem = problems.first().unwrap_or_else(|| panic!("{text} is accepted"));
            format!("{:?} {}", problem.range, problem.message)
        };
        assert_eq!(error(""), "100..100 expected a type, found the end of the line");
        assert_eq!(error("string|"), "107..107 expected a type, found the end of the line");
        assert_eq!(error("table<string>"), "105..113 `table<K, V>` takes two types, not 1");
        assert_eq!(error("{ a string }"), "104..105 expected `:`, found `string`");
        assert_eq!(error("\"open"), "100..105 the string is not closed: `\"` is missing");
        assert_eq!(error("string extra"), "107..108 expected the end of the type, found `extra`");
        assert_eq!(error("fun(a: string"), "113..113 expected `)`, found the end of the line");
        assert_eq!(error("é?é"), "103..105 expected the end of the type, found `é`");
    }

    #[test]
    fn deep_nesting_is_refused() {
        let text = "(".repeat(10_000);
        let (_, problems) = parse_type(&text, 0);
        assert_eq!(problems.first().map(|problem| problem.range.start), Some(64));
    }
}
