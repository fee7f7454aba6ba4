//! The line of code below a comment block.

use std::ops::Range;

use crate::luacats::Spanned;
use crate::model::Text;
use crate::problem::Problem;

/// What a line declares.
#[derive(Debug, PartialEq)]
pub(super) enum Declaration {
    /// `function a.b:c(x, y) end`
    Function {
        path: Path,
        method: bool,
        params: Vec<Spanned<Text>>,
        /// `end` stands on the same line.
        closed: bool,
    },
    /// `local x = {}`
    Local { name: Spanned<Text> },
    /// `a.b = nil`
    Assignment { path: Path, value: Value },
    /// `return x`
    Return,
}

/// `a.b.c`
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    pub(super) parts: Vec<Text>,
    pub(super) range: Range<usize>,
}

impl Path {
    pub(super) fn text(&self) -> Text {
        Text::from(self.parts.iter().map(Text::as_str).collect::<Vec<_>>().join("."))
    }
}

/// What is assigned.
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    Nil,
    Boolean(bool),
    Integer(i64),
    Number(f64),
    String(Text),
    Table,
}

/// Parses a line that begins at byte `base`, without white space at its ends.
pub(super) fn parse(line: &str, base: usize) -> Result<Declaration, Problem> {
    let mut code = Code { line, base, at: 0 };
    let declaration = code.declaration()?;
    code.space();
    if code.rest().is_empty() || code.rest().starts_with("--") {
        Ok(declaration)
    } else {
        Err(code.expected("the end of the line"))
    }
}

struct Code<'a> {
    line: &'a str,
    base: usize,
    at: usize,
}

impl<'a> Code<'a> {
    fn declaration(&mut self) -> Result<Declaration, Problem> {
        if self.keyword("function") {
            return self.function();
        }
        if self.keyword("local") {
            if self.keyword("function") {
                return self.function();
            }
            let name = self.name("a name")?;
            if self.symbol("=") {
                self.value()?;
            }
            return Ok(Declaration::Local { name });
        }
        if self.keyword("return") {
            self.at = self.line.len();
            return Ok(Declaration::Return);
        }
        if !self.rest().starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return Err(self.expected("a function, an assignment or `local NAME = {}`"));
        }
        let (path, method) = self.path()?;
        if method {
            return Err(Problem::new(path.range, "a method is declared as `function a:b() end`"));
        }
        if !self.symbol("=") {
            return Err(self.expected("`=`"));
        }
        let value = self.value()?;
        Ok(Declaration::Assignment { path, value })
    }

    fn function(&mut self) -> Result<Declaration, Problem> {
        let (path, method) = self.path()?;
        if !self.symbol("(") {
            return Err(self.expected("`(`"));
        }
        let mut params = Vec::new();
        while !self.symbol(")") {
            if !params.is_empty() && !self.symbol(",") {
                return Err(self.expected("`,` or `)`"));
            }
            self.space();
            let start = self.at;
            if self.symbol("...") {
                params.push(Spanned {
                    value: Text::from_static("..."),
                    range: self.base + start..self.base + self.at,
                });
            } else {
                params.push(self.name("the name of a parameter")?);
            }
        }
        let closed = self.keyword("end");
        if !closed {
            // A body: the caller skips to the line with its `end`.
            self.at = self.line.len();
        }
        Ok(Declaration::Function { path, method, params, closed })
    }

    /// `a.b:c`, and whether its last part follows a colon.
    fn path(&mut self) -> Result<(Path, bool), Problem> {
        let first = self.name("a name")?;
        let start = first.range.start;
        let mut parts = vec![first.value];
        let mut method = false;
        while !method {
            if self.symbol(":") {
                method = true;
            } else if self.symbol("[") {
                let Value::String(key) = self.value()? else { return Err(self.expected("a string")) };
                if !self.symbol("]") {
                    return Err(self.expected("`]`"));
                }
                parts.push(key);
                continue;
            } else if !self.symbol(".") {
                break;
            }
            parts.push(self.name("a name")?.value);
        }
        Ok((Path { parts, range: start..self.base + self.at }, method))
    }

    fn value(&mut self) -> Result<Value, Problem> {
        self.space();
        let start = self.at;
        for (word, value) in
            [("nil", Value::Nil), ("true", Value::Boolean(true)), ("false", Value::Boolean(false))]
        {
            if self.keyword(word) {
                return Ok(value);
            }
        }
        if self.symbol("{") {
            return if self.symbol("}") { Ok(Value::Table) } else { Err(self.expected("`}`")) };
        }
        if let Some(quote) = self.rest().chars().next().filter(|c| matches!(c, '"' | '\'')) {
            let inner = self.rest().get(1..).unwrap_or("");
            let Some(end) = inner.find(quote) else {
                return Err(Problem::new(
                    self.base + start..self.base + self.line.len(),
                    "the string is not closed",
                ));
            };
            self.at += end + 2;
            return Ok(Value::String(inner.get(..end).unwrap_or("").into()));
        }
        let rest = self.rest();
        let end =
            rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '+'))).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or("");
        let number = match word.strip_prefix("0x") {
            Some(digits) => i64::from_str_radix(digits, 16).ok().map(Value::Integer),
            None => word.parse().map(Value::Integer).or_else(|_| word.parse().map(Value::Number)).ok(),
        };
        match number {
            Some(value) if word.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
                self.at += end;
                Ok(value)
            }
            _ => Err(self.expected("nil, a number, a string, a boolean or `{}`")),
        }
    }

    fn name(&mut self, what: &str) -> Result<Spanned<Text>, Problem> {
        self.space();
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let name = rest.get(..end).unwrap_or("");
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(self.expected(what));
        }
        let start = self.base + self.at;
        self.at += end;
        Ok(Spanned { value: name.into(), range: start..start + end })
    }

    fn keyword(&mut self, word: &str) -> bool {
        self.space();
        let behind = self.rest().strip_prefix(word);
        let found = behind.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
        if found {
            self.at += word.len();
        }
        found
    }

    fn symbol(&mut self, symbol: &str) -> bool {
        self.space();
        let found = self.rest().starts_with(symbol);
        if found {
            self.at += symbol.len();
        }
        found
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn rest(&self) -> &'a str {
        self.line.get(self.at..).unwrap_or("")
    }

    fn expected(&self, what: &str) -> Problem {
        let start = self.base + self.at;
        let found = self.rest().split_whitespace().next();
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        let found = found.map_or_else(|| "the end of the line".to_owned(), |word| format!("`{word}`"));
        Problem::new(start..start + length, format!("expected {what}, found {found}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(parts: &[&str]) -> Vec<Text> {
        parts.iter().map(|part| (*part).into()).collect()
    }

    #[test]
    fn functions() {
        let Ok(Declaration::Function { path: found, method, params, closed }) =
            parse("function a.b:c(x, ...) end", 10)
        else {
            panic!()
        };
        assert_eq!((found.parts, found.range, method, closed), (path(&["a", "b", "c"]), 19..24, true, true));
        assert_eq!(params.iter().map(|param| param.value.as_str()).collect::<Vec<_>>(), ["x", "..."]);
        assert_eq!(params[0].range, 25..26);
        assert!(matches!(parse("function f() return 1", 0), Ok(Declaration::Function { closed: false, .. })));
    }

    #[test]
    fn assignments() {
        let value = |line| match parse(line, 0) {
            Ok(Declaration::Assignment { path, value }) => (path.text().to_string(), value),
            other => panic!("{other:?}"),
        };
        assert_eq!(value("a.b = nil"), ("a.b".into(), Value::Nil));
        assert_eq!(value("a.b = -3 -- why"), ("a.b".into(), Value::Integer(-3)));
        assert_eq!(value("a.b = 0x10"), ("a.b".into(), Value::Integer(16)));
        assert_eq!(value("math.pi = 3.25"), ("math.pi".into(), Value::Number(3.25)));
        assert_eq!(value("_VERSION = \"Lua 5.1\""), ("_VERSION".into(), Value::String("Lua 5.1".into())));
        assert_eq!(value("a['b c'] = {}"), ("a.b c".into(), Value::Table));
    }

    #[test]
    fn errors() {
        let error = |line| parse(line, 0).unwrap_err().message;
        assert_eq!(error("a.b = c"), "expected nil, a number, a string, a boolean or `{}`, found `c`");
        assert_eq!(error("a.b"), "expected `=`, found the end of the line");
        assert_eq!(error("function a.b(x y) end"), "expected `,` or `)`, found `y)`");
        assert_eq!(error("for x"), "expected `=`, found `x`");
        assert_eq!(error(")"), "expected a function, an assignment or `local NAME = {}`, found `)`");
    }
}
