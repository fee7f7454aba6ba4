//! From tokens to the tree. Broken input costs the statement that is broken, not what follows it.

use std::ops::Range;

use super::lexer::{Lexed, Token, TokenKind, lex};
use super::{
    Assignment, Collection, CollectionKind, Document, Include, Item, Operator, OperatorKind, Quote, Scope,
    Statement, SyntaxError, SyntaxErrorKind, Value, Word,
};

/// Scopes and collections deeper than this are not read as such: trees are walked and dropped recursively.
const DEPTH_LIMIT: usize = 100;

/// Parses a configuration file. Any text gives a tree; what is wrong with it is in [`Document::errors`].
pub fn parse(text: &str) -> Document {
    let Lexed { tokens, errors, comments } = lex(text);
    let partners = partners(&tokens);
    let end = text.trim_end().len();
    let mut parser = Parser { tokens: &tokens, partners: &partners, at: 0, end, errors };
    let statements = parser.file();
    let mut errors = parser.errors;
    errors.sort_by_key(|error| (error.range.start, error.range.end));
    Document { statements, errors, comments }
}

/// For every bracket of a list or dictionary the index of its counterpart. Braces end whatever is still open, so a
/// list that is not closed cannot take the following scopes with it.
fn partners(tokens: &[Token]) -> Vec<Option<usize>> {
    let mut partners = vec![None; tokens.len()];
    let mut open: Vec<(usize, CollectionKind)> = Vec::new();
    let mut lists_open = 0;
    for (index, token) in tokens.iter().enumerate() {
        match &token.kind {
            TokenKind::Open(kind) => {
                open.push((index, *kind));
                lists_open += usize::from(*kind == CollectionKind::List);
            }
            TokenKind::Close(kind) => {
                let of_this_kind = match kind {
                    CollectionKind::List => lists_open,
                    CollectionKind::Dictionary => open.len() - lists_open,
                };
                if of_this_kind == 0 {
                    continue;
                }
                while let Some((opener, opened)) = open.pop() {
                    lists_open -= usize::from(opened == CollectionKind::List);
                    if opened == *kind {
                        partners[opener] = Some(index);
                        partners[index] = Some(opener);
                        break;
                    }
                }
            }
            TokenKind::OpenBrace | TokenKind::CloseBrace => {
                open.clear();
                lists_open = 0;
            }
            TokenKind::Word(_) | TokenKind::Operator(_) | TokenKind::Comma => {}
        }
    }
    partners
}

/// A scope whose closing brace has not come yet.
struct OpenScope {
    kind: Word,
    name: Option<Word>,
    open: Range<usize>,
    statements: Vec<Statement>,
    indent: usize,
}

/// What a person calls the scope.
fn scope_title(kind: &Word, name: Option<&Word>) -> String {
    match name {
        Some(name) => format!("scope `{} \"{}\"`", short(&kind.text), short(&name.text)),
        None => format!("scope `{}`", short(&kind.text)),
    }
}

struct Parser<'t> {
    tokens: &'t [Token],
    partners: &'t [Option<usize>],
    at: usize,
    /// Where the file ends, blanks aside.
    end: usize,
    errors: Vec<SyntaxError>,
}

impl<'t> Parser<'t> {
    fn peek(&self, ahead: usize) -> Option<&'t Token> {
        self.tokens.get(self.at + ahead)
    }

    fn peek_kind(&self, ahead: usize) -> Option<&'t TokenKind> {
        self.peek(ahead).map(|token| &token.kind)
    }

    fn word(&self, ahead: usize) -> Option<&'t Word> {
        match self.peek_kind(ahead)? {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The word `ahead`, unless it begins a line and with it, presumably, another statement.
    fn word_on_this_line(&self, ahead: usize) -> Option<&'t Word> {
        self.word(ahead).filter(|_| self.peek(ahead).is_some_and(|token| !token.starts_line))
    }

    fn error(&mut self, kind: SyntaxErrorKind, range: Range<usize>) {
        self.errors.push(SyntaxError { kind, range });
    }

    /// Says that `expected` should stand at the current token.
    fn expected(&mut self, expected: impl Into<String>) {
        let range = self.here();
        let found = self.found();
        self.error(SyntaxErrorKind::Expected { expected: expected.into(), found }, range);
    }

    fn here(&self) -> Range<usize> {
        self.peek(0).map_or(self.end..self.end, |token| token.range.clone())
    }

    fn found(&self) -> String {
        match self.peek_kind(0) {
            Some(TokenKind::Word(word)) if word.quote == Quote::None => format!("`{}`", short(&word.text)),
            Some(TokenKind::Word(word)) => format!("the string \"{}\"", short(&word.text)),
            Some(TokenKind::Operator(operator)) => format!("`{}`", operator_text(*operator)),
            Some(TokenKind::Open(kind)) => format!("`{}`", kind.open()),
            Some(TokenKind::Close(kind)) => format!("`{}`", kind.close()),
            Some(TokenKind::OpenBrace) => "`{`".to_owned(),
            Some(TokenKind::CloseBrace) => "`}`".to_owned(),
            Some(TokenKind::Comma) => "`,`".to_owned(),
            None => "the end of the file".to_owned(),
        }
    }

    fn file(&mut self) -> Vec<Statement> {
        let mut top = Vec::new();
        let mut open: Vec<OpenScope> = Vec::new();
        // Scopes beyond the limit: their statements go into the deepest one that is kept.
        let mut too_deep = 0usize;
        // The first scope that was closed by a brace further left than its head: there the missing brace belongs.
        let mut suspect: Option<(String, Range<usize>, String)> = None;
        while let Some(token) = self.peek(0) {
            match &token.kind {
                TokenKind::CloseBrace => {
                    self.at += 1;
                    if too_deep > 0 {
                        too_deep -= 1;
                        continue;
                    }
                    let Some(scope) = open.pop() else {
                        self.error(SyntaxErrorKind::UnopenedBracket { close: '}' }, token.range.clone());
                        continue;
                    };
                    if token.starts_line && token.indent < scope.indent && suspect.is_none() {
                        let title = scope_title(&scope.kind, scope.name.as_ref());
                        suspect = Some((title, scope.open.clone(), "`}` of an outer scope".to_owned()));
                    }
                    let scope = close_scope(scope, Some(token.range.clone()), token.range.end);
                    open.last_mut().map_or(&mut top, |outer| &mut outer.statements).push(scope);
                }
                TokenKind::Word(word) => {
                    if let Some(scope) = self.scope_head(word) {
                        self.enter(scope, &mut open, &mut too_deep);
                    } else if let Some(statement) = self.flat_statement(word) {
                        open.last_mut().map_or(&mut top, |outer| &mut outer.statements).push(statement);
                    }
                }
                TokenKind::OpenBrace => {
                    // A scope that lacks its kind keeps its content, and its closing brace ends no other scope.
                    self.expected("the kind of a scope before its `{`");
                    self.at += 1;
                    let kind = Word {
                        text: String::new(),
                        quote: Quote::None,
                        range: token.range.start..token.range.start,
                    };
                    let scope = OpenScope {
                        kind,
                        name: None,
                        open: token.range.clone(),
                        statements: Vec::new(),
                        indent: token.indent,
                    };
                    self.enter(scope, &mut open, &mut too_deep);
                }
                _ => self.stray_token(),
            }
        }
        match suspect {
            Some((what, range, found)) if !open.is_empty() => {
                self.error(SyntaxErrorKind::Unclosed { what, expected: '}', found }, range);
            }
            _ => {
                for scope in &open {
                    let what = scope_title(&scope.kind, scope.name.as_ref());
                    let found = "the end of the file".to_owned();
                    self.error(SyntaxErrorKind::Unclosed { what, expected: '}', found }, scope.open.clone());
                }
            }
        }
        while let Some(scope) = open.pop() {
            let scope = close_scope(scope, None, self.end);
            open.last_mut().map_or(&mut top, |outer| &mut outer.statements).push(scope);
        }
        top
    }

    fn enter(&mut self, scope: OpenScope, open: &mut Vec<OpenScope>, too_deep: &mut usize) {
        if open.len() < DEPTH_LIMIT {
            open.push(scope);
            return;
        }
        if *too_deep == 0 {
            self.error(SyntaxErrorKind::TooDeep { limit: DEPTH_LIMIT }, scope.open);
        }
        *too_deep += 1;
    }

    /// Something that begins no statement.
    fn stray_token(&mut self) {
        match self.peek_kind(0) {
            Some(TokenKind::Close(kind)) => {
                let close = kind.close();
                self.error(SyntaxErrorKind::UnopenedBracket { close }, self.here());
                self.at += 1;
            }
            Some(TokenKind::Open(_)) => {
                self.expected("an option or a scope");
                // The collection is read to step over all of it.
                let _ = self.value(0);
            }
            _ => {
                self.expected("an option or a scope");
                self.at += 1;
                if let Some(TokenKind::Word(_)) = self.peek_kind(0)
                    && self.peek(0).is_some_and(|token| !token.starts_line)
                {
                    self.at += 1;
                }
            }
        }
    }

    /// `kind {`, `kind "name" {`; more words before the brace are an error, and passed over.
    fn scope_head(&mut self, kind: &Word) -> Option<OpenScope> {
        if is_include(kind) {
            return None;
        }
        let mut words = 1;
        while words < 4
            && self.word(words).is_some()
            && (words == 1 || self.word_on_this_line(words).is_some())
        {
            words += 1;
        }
        if words > 1 && self.peek(1).is_some_and(|token| token.starts_line) && self.word(2).is_some() {
            return None;
        }
        let brace = self.peek(words).filter(|token| token.kind == TokenKind::OpenBrace)?;
        let name = self.word(1).cloned();
        if words > 2 {
            self.at += 2;
            self.expected("`{` after the name of the scope");
            self.at -= 2;
        }
        let indent = self.peek(0).map_or(0, |token| token.indent);
        self.at += words + 1;
        Some(OpenScope {
            kind: kind.clone(),
            name,
            open: brace.range.clone(),
            statements: Vec::new(),
            indent,
        })
    }

    /// A key before a value, with something missing between them.
    fn without_operator(&mut self, key: &Word, missing: &str) -> Assignment {
        self.at += 1;
        self.expected(format!("{missing} after `{}`", short(&key.text)));
        let value = self.value(0);
        let end = value.as_ref().map_or(key.range.end, |value| value.range().end);
        Assignment { key: key.clone(), operator: None, value, range: key.range.start..end }
    }

    /// An assignment or an include.
    fn flat_statement(&mut self, first: &Word) -> Option<Statement> {
        let read_only = first.is("readonly_include");
        match self.peek_kind(1) {
            Some(TokenKind::Operator(_)) => Some(Statement::Assignment(self.assignment(first, 0))),
            _ if is_include(first) => Some(Statement::Include(self.include(first, read_only))),
            Some(TokenKind::Word(_)) if self.word_on_this_line(1).is_some() => {
                // `key value`: the console takes it, a file does not.
                Some(Statement::Assignment(self.without_operator(first, "`=` or `{`")))
            }
            Some(TokenKind::Open(_)) => Some(Statement::Assignment(self.without_operator(first, "`=`"))),
            _ => {
                let expected = format!("`=` or `{{` after `{}`", short(&first.text));
                self.at += 1;
                let found = self.found();
                self.error(SyntaxErrorKind::Expected { expected, found }, first.range.clone());
                None
            }
        }
    }

    fn include(&mut self, keyword: &Word, read_only: bool) -> Include {
        self.at += 1;
        let path = self.word(0).filter(|_| !self.statement_begins_here()).cloned();
        let end = match &path {
            Some(path) => {
                self.at += 1;
                path.range.end
            }
            None => {
                self.expected(format!("the path of a file or folder after `{}`", keyword.text));
                keyword.range.end
            }
        };
        Include { keyword: keyword.clone(), read_only, path, range: keyword.range.start..end }
    }

    fn assignment(&mut self, key: &Word, depth: usize) -> Assignment {
        self.at += 1;
        let operator = self.operator();
        let value = if self.statement_begins_here() { None } else { self.value(depth) };
        if value.is_none() {
            let operator_range =
                operator.as_ref().map_or(key.range.clone(), |operator| operator.range.clone());
            let expected = format!("a value for `{}`", short(&key.text));
            let found = self.found();
            self.error(SyntaxErrorKind::Expected { expected, found }, operator_range);
        }
        let end = match (&value, &operator) {
            (Some(value), _) => value.range().end,
            (None, Some(operator)) => operator.range.end,
            (None, None) => key.range.end,
        };
        Assignment { key: key.clone(), operator, value, range: key.range.start..end }
    }

    fn operator(&mut self) -> Option<Operator> {
        let token = self.peek(0)?;
        let TokenKind::Operator(kind) = token.kind else { return None };
        self.at += 1;
        if kind != OperatorKind::Set {
            let operator = operator_text(kind);
            self.error(SyntaxErrorKind::UndocumentedOperator { operator }, token.range.clone());
        }
        Some(Operator { kind, range: token.range.clone() })
    }

    /// A value, if one begins here.
    fn value(&mut self, depth: usize) -> Option<Value> {
        match self.peek_kind(0)? {
            TokenKind::Word(word) => {
                self.at += 1;
                Some(Value::Word(word.clone()))
            }
            TokenKind::Open(kind) => Some(Value::Collection(self.collection(*kind, depth))),
            _ => None,
        }
    }

    fn collection(&mut self, kind: CollectionKind, depth: usize) -> Collection {
        let opener = self.at;
        let open = self.here();
        let partner = self.partners.get(opener).copied().flatten();
        self.at += 1;
        let mut items: Vec<Item> = Vec::new();
        if depth >= DEPTH_LIMIT {
            self.error(SyntaxErrorKind::TooDeep { limit: DEPTH_LIMIT }, open.clone());
            match partner {
                Some(partner) => self.at = partner,
                None => {
                    while self.inside(None) {
                        self.at += 1;
                    }
                }
            }
        }
        while self.inside(partner) {
            match self.peek_kind(0) {
                Some(TokenKind::Comma) => self.at += 1,
                Some(TokenKind::Word(word)) if matches!(self.peek_kind(1), Some(TokenKind::Operator(_))) => {
                    let entry = self.assignment(word, depth + 1);
                    items.push(Item { key: Some(entry.key), value: entry.value, range: entry.range });
                }
                Some(TokenKind::Word(_) | TokenKind::Open(_)) => {
                    if kind == CollectionKind::Dictionary {
                        self.expected("`key = value` in the dictionary");
                    }
                    if let Some(value) = self.value(depth + 1) {
                        let range = value.range();
                        items.push(Item { key: None, value: Some(value), range });
                    }
                }
                _ => {
                    self.expected(format!("an element of the {}", kind.noun()));
                    self.at += 1;
                }
            }
        }
        let close = match partner {
            Some(partner) if partner == self.at => {
                let close = self.here();
                self.at += 1;
                Some(close)
            }
            _ => {
                let kind = SyntaxErrorKind::Unclosed {
                    what: format!("this {}", kind.noun()),
                    expected: kind.close(),
                    found: self.found(),
                };
                self.error(kind, open.clone());
                None
            }
        };
        let end = match (&close, items.last()) {
            (Some(close), _) => close.end,
            (None, Some(item)) => item.range.end,
            (None, None) => open.end,
        };
        Collection { kind, range: open.start..end, open, items, close }
    }

    /// Whether the current token still belongs to a collection. One that is not closed ends where something
    /// begins that looks like a statement.
    fn inside(&self, partner: Option<usize>) -> bool {
        if let Some(partner) = partner {
            return self.at < partner;
        }
        let Some(token) = self.peek(0) else { return false };
        match &token.kind {
            TokenKind::OpenBrace | TokenKind::CloseBrace | TokenKind::Close(_) => false,
            _ => !self.statement_begins_here(),
        }
    }

    /// Whether a line begins here that reads `key =`, `kind {` or `kind "name" {`.
    fn statement_begins_here(&self) -> bool {
        let begins_line = self.peek(0).is_some_and(|token| token.starts_line);
        if !begins_line || self.word(0).is_none_or(|word| word.quote != Quote::None) {
            return false;
        }
        let named = self.word_on_this_line(1).is_some() && self.peek_kind(2) == Some(&TokenKind::OpenBrace);
        named || matches!(self.peek_kind(1), Some(TokenKind::Operator(_) | TokenKind::OpenBrace))
    }
}

fn close_scope(scope: OpenScope, close: Option<Range<usize>>, end: usize) -> Statement {
    let OpenScope { kind, name, open, statements, indent: _ } = scope;
    let range = kind.range.start..end.max(open.end);
    Statement::Scope(Scope { kind, name, open, statements, close, range })
}

fn is_include(word: &Word) -> bool {
    word.quote == Quote::None && (word.is("include") || word.is("readonly_include"))
}

const fn operator_text(operator: OperatorKind) -> &'static str {
    match operator {
        OperatorKind::Set => "=",
        OperatorKind::Add => "+=",
        OperatorKind::Remove => "-=",
    }
}

/// A text for a message: its first line, cut where it is long.
fn short(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    if line.len() == text.len() && line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    line.chars().take(LONGEST).chain(['…']).collect()
}
