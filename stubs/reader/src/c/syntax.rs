//! Declarations of a C header: the small part of C in which stubs are written.

use std::ops::Range;

use super::token::{Token, TokenKind, tokens};
use crate::luacats::CommentLine;
use crate::model::Text;
use crate::problem::Problem;

/// A declaration with the comment above it.
#[derive(Debug)]
pub(super) struct Item<'a> {
    pub(super) comment: Vec<CommentLine<'a>>,
    pub(super) declaration: Declaration<'a>,
    /// The bytes of the declared name.
    pub(super) range: Range<usize>,
}

/// What is declared.
#[derive(Debug)]
pub(super) enum Declaration<'a> {
    /// `int f(int a);`
    Function(Prototype),
    /// `struct name { … };`, or without members.
    Struct { name: Text, members: Vec<Member<'a>> },
    /// `#define NAME(a, b)`
    Macro { name: Text, params: Vec<Text> },
}

/// A function.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Prototype {
    pub(crate) name: Text,
    pub(crate) returns: CType,
    pub(crate) params: Vec<Parameter>,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Parameter {
    pub(crate) name: Text,
    pub(crate) ty: CType,
}

/// A type.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct CType {
    /// What is pointed at cannot be changed.
    pub(crate) constant: bool,
    /// `char`, `unsigned int`, `ec_message`; without `const`, `struct` and pointers.
    pub(crate) base: Text,
    /// Written with `struct`, `union` or `enum`.
    pub(crate) tagged: Option<&'static str>,
    /// How many `*`.
    pub(crate) pointers: usize,
    /// `[65]` and the like, as written.
    pub(crate) array: Option<Text>,
    /// The parameters of a function pointer, as written.
    pub(crate) function: Option<Text>,
}

/// A member of a struct.
#[derive(Debug)]
pub(super) struct Member<'a> {
    pub(super) comment: Vec<CommentLine<'a>>,
    pub(super) name: Text,
    pub(super) range: Range<usize>,
    pub(super) ty: CType,
    /// The width of a bit field, as written.
    pub(super) bits: Option<Text>,
    /// Members of a nested struct or union.
    pub(super) members: Vec<Member<'a>>,
}

impl CType {
    /// The type with a declared name in its place: `const char *name`, `int (*close)(io_object *io)`.
    pub(crate) fn declare(&self, name: &str) -> String {
        let stars = "*".repeat(self.pointers);
        let constant = if self.constant { "const " } else { "" };
        let tag = self.tagged.map(|tag| format!("{tag} ")).unwrap_or_default();
        let array = self.array.as_deref().unwrap_or("");
        let space = if name.is_empty() && stars.is_empty() && self.function.is_none() { "" } else { " " };
        match &self.function {
            Some(params) => format!("{constant}{tag}{}{space}{stars}(*{name})({params})", self.base),
            None => format!("{constant}{tag}{}{space}{stars}{name}{array}", self.base),
        }
    }
}

impl Prototype {
    /// In one line, without the semicolon.
    pub(crate) fn text(&self) -> String {
        let params: Vec<String> = self
            .params
            .iter()
            .map(|param| if param.name == "..." { "...".to_owned() } else { param.ty.declare(&param.name) })
            .collect();
        let params = if params.is_empty() { "void".to_owned() } else { params.join(", ") };
        format!("{}({params})", self.returns.declare(&self.name))
    }
}

/// All declarations of a file.
pub(super) fn parse(text: &str) -> (Vec<Item<'_>>, Vec<Problem>) {
    let (tokens, problems) = tokens(text);
    let mut parser = Parser { tokens: &tokens, at: 0, end: text.len(), depth: 0, problems };
    let items = parser.file();
    (items, parser.problems)
}

/// Words that are types by themselves, and so never the name of what is declared.
const TYPE_WORDS: &[&str] =
    &["char", "double", "float", "int", "long", "short", "signed", "unsigned", "void"];

struct Parser<'t, 'a> {
    tokens: &'t [Token<'a>],
    at: usize,
    end: usize,
    /// How many structs are open.
    depth: usize,
    problems: Vec<Problem>,
}

/// How deep structs may nest before they are refused: the parser calls itself.
const DEEPEST: usize = 16;

impl<'a> Parser<'_, 'a> {
    fn file(&mut self) -> Vec<Item<'a>> {
        let mut items = Vec::new();
        let mut comment = Vec::new();
        while let Some(token) = self.tokens.get(self.at) {
            match &token.kind {
                TokenKind::Doc(lines) => {
                    comment = lines.clone();
                    self.at += 1;
                }
                TokenKind::Directive(line) => {
                    self.at += 1;
                    let range = token.range.clone();
                    match define(line) {
                        Some((name, params)) => {
                            let comment = std::mem::take(&mut comment);
                            items.push(Item {
                                comment,
                                declaration: Declaration::Macro { name, params },
                                range,
                            });
                        }
                        None => {
                            let message = "expected `#define NAME(a, b)`: no other preprocessor line is read";
                            self.problems.push(Problem::new(range, message));
                        }
                    }
                }
                _ => match self.declaration() {
                    Ok((declaration, range)) => {
                        items.push(Item { comment: std::mem::take(&mut comment), declaration, range });
                    }
                    Err(problem) => {
                        self.problems.push(problem);
                        comment.clear();
                        self.recover();
                    }
                },
            }
        }
        items
    }

    fn declaration(&mut self) -> Result<(Declaration<'a>, Range<usize>), Problem> {
        self.depth = 0;
        if let (Some("struct"), Some(name), Some("{" | ";")) = (self.word(0), self.word(1), self.symbol(2)) {
            let range = self.tokens.get(self.at + 1).map_or(0..0, |token| token.range.clone());
            self.at += 2;
            let members = if self.take("{") { self.members()? } else { Vec::new() };
            self.expect(";")?;
            let name = name.trim_start_matches('_').into();
            return Ok((Declaration::Struct { name, members }, range));
        }
        let (ty, name, range) = self.declarator()?;
        let Some(name) = name else { return Err(self.expected("the name of a function")) };
        self.expect("(")?;
        let params = self.params()?;
        self.expect(";")?;
        Ok((Declaration::Function(Prototype { name, returns: ty, params }), range))
    }

    /// Parameters up to the closing parenthesis.
    fn params(&mut self) -> Result<Vec<Parameter>, Problem> {
        let mut params: Vec<Parameter> = Vec::new();
        if self.word(0) == Some("void") && self.symbol(1) == Some(")") {
            self.at += 2;
            return Ok(params);
        }
        while !self.take(")") {
            if !params.is_empty() {
                self.expect(",")?;
            }
            if self.take("...") {
                params.push(Parameter { name: Text::from_static("..."), ty: CType::default() });
                continue;
            }
            let (ty, name, _) = self.declarator()?;
            let name = name.unwrap_or_else(|| format!("arg{}", params.len() + 1).into());
            params.push(Parameter { name, ty });
        }
        Ok(params)
    }

    /// Members up to the closing brace.
    fn members(&mut self) -> Result<Vec<Member<'a>>, Problem> {
        if self.depth >= DEEPEST {
            return Err(Problem::new(self.here(), format!("structs may nest {DEEPEST} levels deep")));
        }
        self.depth += 1;
        let mut members = Vec::new();
        let mut comment = Vec::new();
        while !self.take("}") {
            if let Some(Token { kind: TokenKind::Doc(lines), .. }) = self.tokens.get(self.at) {
                comment = lines.clone();
                self.at += 1;
                continue;
            }
            members.extend(self.member(std::mem::take(&mut comment))?);
        }
        self.depth -= 1;
        Ok(members)
    }

    /// A member; those of a nested struct without a name are the outer one's.
    fn member(&mut self, comment: Vec<CommentLine<'a>>) -> Result<Vec<Member<'a>>, Problem> {
        let nested = self.word(0).filter(|word| matches!(*word, "struct" | "union"));
        let named = self.word(1).is_some() && self.symbol(2) == Some("{");
        if let Some(tag) = nested
            && (named || self.symbol(1) == Some("{"))
        {
            self.at += if named { 2 } else { 1 };
            self.expect("{")?;
            let members = self.members()?;
            let base = Text::from_static(if tag == "struct" { "struct" } else { "union" });
            let Some(name) = self.word(0).map(Text::from) else {
                self.expect(";")?;
                return Ok(members);
            };
            let range = self.here();
            self.at += 1;
            let array = self.array();
            self.expect(";")?;
            let ty = CType { base, array, ..CType::default() };
            return Ok(vec![Member { comment, name, range, ty, bits: None, members }]);
        }
        let (ty, name, range) = self.declarator()?;
        let bits = if self.take(":") { Some(self.until(&[";"])) } else { None };
        self.expect(";")?;
        let name = match (name, &bits) {
            (Some(name), _) => name,
            // Unnamed bits fill up a word.
            (None, Some(_)) => return Ok(Vec::new()),
            (None, None) => return Err(Problem::new(range, "expected the name of a member")),
        };
        Ok(vec![Member { comment, name, range, ty, bits, members: Vec::new() }])
    }

    /// A type and, where there is one, the name that is declared, with its bytes.
    fn declarator(&mut self) -> Result<(CType, Option<Text>, Range<usize>), Problem> {
        let mut ty = CType::default();
        let mut words: Vec<(&str, Range<usize>)> = Vec::new();
        let start = self.here();
        while let Some(word) = self.word(0) {
            match word {
                "const" => ty.constant = true,
                "volatile" | "static" | "extern" | "inline" => {}
                "struct" => ty.tagged = Some("struct"),
                "union" => ty.tagged = Some("union"),
                "enum" => ty.tagged = Some("enum"),
                word => words.push((word, self.here())),
            }
            self.at += 1;
        }
        if words.is_empty() {
            return Err(self.expected("a type"));
        }
        while self.take("*") {
            ty.pointers += 1;
            while self.word(0) == Some("const") {
                self.at += 1;
            }
        }
        let mut name = None;
        if self.symbol(0) == Some("(") && self.symbol(1) == Some("*") {
            self.at += 2;
            name = self.word(0).map(|word| (Text::from(word), self.here()));
            if name.is_some() {
                self.at += 1;
            }
            self.expect(")")?;
            self.expect("(")?;
            ty.function = Some(self.until(&[]));
            self.expect(")")?;
        } else if ty.pointers > 0 {
            if let Some(word) = self.word(0) {
                name = Some((word.into(), self.here()));
                self.at += 1;
            }
        } else if words.len() > 1 && words.last().is_some_and(|(word, _)| !TYPE_WORDS.contains(word)) {
            name = words.pop().map(|(word, range)| (word.into(), range));
        }
        ty.array = self.array();
        let base: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        ty.base = base.join(" ").trim_start_matches('_').into();
        let range = name.as_ref().map_or(start, |(_, range)| range.clone());
        Ok((ty, name.map(|(name, _)| name), range))
    }

    fn array(&mut self) -> Option<Text> {
        let mut array = String::new();
        while self.take("[") {
            array.push_str(&format!("[{}]", self.until(&["]"])));
            self.take("]");
        }
        (!array.is_empty()).then(|| array.into())
    }

    /// The tokens up to one of these, or to the parenthesis that closes what is open, with single spaces where C needs
    /// or people expect them.
    fn until(&mut self, stops: &[&str]) -> Text {
        let mut text = String::new();
        let mut depth = 0usize;
        while let Some(token) = self.tokens.get(self.at) {
            let piece = match &token.kind {
                TokenKind::Symbol(symbol) if depth == 0 && (stops.contains(symbol) || *symbol == ")") => {
                    break;
                }
                TokenKind::Symbol(symbol) => {
                    match *symbol {
                        "(" => depth += 1,
                        ")" => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    *symbol
                }
                TokenKind::Word(text) | TokenKind::Number(text) => *text,
                TokenKind::Doc(_) | TokenKind::Directive(_) => break,
            };
            let after_word = text.ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let begins_word = piece.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            if (after_word && (begins_word || piece == "*")) || text.ends_with(',') {
                text.push(' ');
            }
            text.push_str(piece);
            self.at += 1;
        }
        text.into()
    }

    fn word(&self, ahead: usize) -> Option<&'a str> {
        match self.tokens.get(self.at + ahead)?.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn symbol(&self, ahead: usize) -> Option<&'a str> {
        match self.tokens.get(self.at + ahead)?.kind {
            TokenKind::Symbol(symbol) => Some(symbol),
            _ => None,
        }
    }

    fn take(&mut self, symbol: &str) -> bool {
        let found = self.symbol(0) == Some(symbol);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, symbol: &str) -> Result<(), Problem> {
        if self.take(symbol) { Ok(()) } else { Err(self.expected(&format!("`{symbol}`"))) }
    }

    fn here(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(self.end..self.end, |token| token.range.clone())
    }

    fn expected(&self, what: &str) -> Problem {
        let found = match self.tokens.get(self.at).map(|token| &token.kind) {
            None => "the end of the file".to_owned(),
            Some(TokenKind::Doc(_)) => "a comment".to_owned(),
            Some(
                TokenKind::Word(text)
                | TokenKind::Number(text)
                | TokenKind::Symbol(text)
                | TokenKind::Directive(text),
            ) => format!("`{text}`"),
        };
        Problem::new(self.here(), format!("expected {what}, found {found}"))
    }

    /// Skips to the end of the declaration that went wrong: a semicolon outside braces, or the next comment above one.
    fn recover(&mut self) {
        let mut depth = 0usize;
        while let Some(token) = self.tokens.get(self.at) {
            match &token.kind {
                TokenKind::Doc(_) if depth == 0 => return,
                TokenKind::Symbol("{") => depth += 1,
                TokenKind::Symbol("}") => depth = depth.saturating_sub(1),
                TokenKind::Symbol(";") if depth == 0 => {
                    self.at += 1;
                    return;
                }
                _ => {}
            }
            self.at += 1;
        }
    }
}

/// `#define NAME(a, b)`
fn define(line: &str) -> Option<(Text, Vec<Text>)> {
    let rest = line.strip_prefix('#')?.trim_start().strip_prefix("define")?.trim();
    let (name, params) = match rest.split_once('(') {
        Some((name, params)) => (name, params.strip_suffix(')')?),
        None => (rest, ""),
    };
    let plain = |text: &str| text.chars().all(|c| c.is_alphanumeric() || c == '_');
    if name.is_empty() || !plain(name) {
        return None;
    }
    let params = params.split(',').map(str::trim).filter(|param| !param.is_empty()).map(Text::from).collect();
    Some((name.into(), params))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prototype(text: &str) -> Prototype {
        let (mut items, problems) = parse(text);
        assert_eq!(problems, [], "{text}");
        match items.pop().map(|item| item.declaration) {
            Some(Declaration::Function(prototype)) => prototype,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn prototypes_are_written_as_they_were_read() {
        for text in [
            "int f(void)",
            "const char *f(const char *a, unsigned int b, ...)",
            "struct json_object *f(struct json_object *a, ec_message **b)",
            "void f(int (*close)(io_object *io, int a), char token[65])",
            "unsigned char f(unsigned a)",
        ] {
            assert_eq!(prototype(&format!("{text};")).text(), text);
        }
    }

    #[test]
    fn parameters_may_have_no_name() {
        let f = prototype("int f(ec_message *, unsigned int, int);");
        assert_eq!(f.text(), "int f(ec_message *arg1, unsigned int arg2, int arg3)");
    }

    #[test]
    fn structs_have_members_of_all_kinds() {
        let text = "/** A. */ struct _a { /** B. */ int b; unsigned c : 1; unsigned : 2; char d[A + 1];\n\
                    union { void *e; int f; } g; struct { int h; }; int (*i)(a *self); enum x j; };";
        let (items, problems) = parse(text);
        assert_eq!(problems, []);
        let Some(Item { declaration: Declaration::Struct { name, members }, comment, .. }) = items.first()
        else {
            panic!()
        };
        assert_eq!((name.as_str(), comment.len()), ("a", 1));
        let shown: Vec<String> = members.iter().map(|member| member.ty.declare(&member.name)).collect();
        assert_eq!(
            shown,
            ["int b", "unsigned c", "char d[A+1]", "union g", "int h", "int (*i)(a *self)", "enum x j"]
        );
        assert_eq!(members[1].bits.as_deref(), Some("1"));
        assert_eq!(members[3].members.len(), 2);
        assert_eq!(members[0].comment.len(), 1);
    }

    #[test]
    fn what_is_wrong_is_said_and_skipped() {
        let (items, problems) = parse("int f(int a;\nstruct a { int b };\n#include <x.h>\nint g(void);");
        let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "expected `,`, found `;`",
                "expected `;`, found `}`",
                "expected `#define NAME(a, b)`: no other preprocessor line is read",
            ]
        );
        assert_eq!(items.len(), 1);
    }

    #[test]
    fn deep_nesting_is_refused() {
        let text = format!("struct a {{ {} int b; {} }};", "struct {".repeat(10_000), "} c;".repeat(10_000));
        let (_, problems) = parse(&text);
        assert_eq!(
            problems.first().map(|problem| problem.message.as_str()),
            Some("structs may nest 16 levels deep")
        );
    }

    #[test]
    fn macros() {
        let (items, problems) = parse("/** M. */\n#define M(a, b)\n");
        assert_eq!(problems, []);
        let [Item { declaration: Declaration::Macro { name, params }, comment, .. }] = items.as_slice()
        else {
            panic!()
        };
        assert_eq!((name.as_str(), params.len(), comment.len()), ("M", 2, 1));
    }
}
