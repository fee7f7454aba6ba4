//! The grammar of expressions.

use super::Expression;
use super::functions;
use super::lex::{Token, tokens};

/// A part of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Term {
    Number(f64),
    Text(String),
    Call(String, Vec<Term>),
    Negative(Box<Term>),
    Binary(&'static str, Box<Term>, Box<Term>),
    /// Where it starts, and its steps.
    Path(Start, Vec<Step>),
    /// What a term gives, filtered.
    Filter(Box<Term>, Vec<Term>),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Start {
    Here,
    Root,
    Of(Box<Term>),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) axis: Axis,
    pub(super) test: Test,
    pub(super) predicates: Vec<Term>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Ancestor,
    AncestorOrSelf,
    Attribute,
    Child,
    Descendant,
    DescendantOrSelf,
    Following,
    FollowingSibling,
    Parent,
    Preceding,
    PrecedingSibling,
    Own,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    /// A name with its prefix; `*` for any.
    Name(Option<String>, String),
    Node,
    Text,
    Comment,
    Instruction(Option<String>),
}

/// How deep expressions may nest.
const DEEPEST: usize = 100;

type Parsed<T> = Result<T, String>;

/// Reads an expression.
///
/// # Errors
/// What is wrong with it.
pub fn parse(text: &str) -> Result<Expression, String> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth: 0 };
    let term = parser.binary(0)?;
    match parser.tokens.get(parser.at) {
        None => Ok(Expression(term)),
        Some(token) => Err(format!("nothing may follow before {token:?}")),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

/// Operators, those that bind least first.
const LEVELS: &[&[&str]] =
    &[&["or"], &["and"], &["=", "!="], &["<", "<=", ">", ">="], &["+", "-"], &["*", "div", "mod"]];

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn is(&self, mark: &str) -> bool {
        matches!(self.peek(), Some(Token::Mark(found)) if *found == mark)
    }

    fn take(&mut self, mark: &str) -> bool {
        let found = self.is(mark);
        self.at += usize::from(found);
        found
    }

    fn want(&mut self, mark: &str) -> Parsed<()> {
        if self.take(mark) { Ok(()) } else { Err(format!("`{mark}` is missing")) }
    }

    fn binary(&mut self, level: usize) -> Parsed<Term> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        if level == 0 {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err("the expression is nested too deeply".to_owned());
            }
        }
        let mut left = self.binary(level + 1)?;
        let mut count = 0;
        while let Some(operator) = operators.iter().find(|operator| self.is(operator)) {
            self.at += 1;
            count += 1;
            if count > DEEPEST {
                return Err("the expression is too long".to_owned());
            }
            left = Term::Binary(operator, Box::new(left), Box::new(self.binary(level + 1)?));
        }
        if level == 0 {
            self.depth -= 1;
        }
        Ok(left)
    }

    fn unary(&mut self) -> Parsed<Term> {
        let mut negative = false;
        let mut signed = false;
        while self.take("-") {
            negative = !negative;
            signed = true;
        }
        let term = self.union()?;
        Ok(match (signed, negative) {
            (false, _) => term,
            (true, true) => Term::Negative(Box::new(term)),
            (true, false) => Term::Negative(Box::new(Term::Negative(Box::new(term)))),
        })
    }

    fn union(&mut self) -> Parsed<Term> {
        let mut left = self.path()?;
        let mut count = 0;
        while self.take("|") {
            count += 1;
            if count > DEEPEST {
                return Err("the expression is too long".to_owned());
            }
            left = Term::Binary("|", Box::new(left), Box::new(self.path()?));
        }
        Ok(left)
    }

    fn path(&mut self) -> Parsed<Term> {
        if self.take("//") {
            let mut steps = vec![anything_below()];
            self.steps(&mut steps)?;
            return Ok(Term::Path(Start::Root, steps));
        }
        if self.take("/") {
            let mut steps = Vec::new();
            if self.starts_step() {
                self.steps(&mut steps)?;
            }
            return Ok(Term::Path(Start::Root, steps));
        }
        let starts_primary = match self.peek() {
            Some(Token::Number(_) | Token::Text(_)) => true,
            Some(Token::Mark(mark)) => *mark == "(",
            Some(Token::Name(prefix, name)) => self.is_call() && !(prefix.is_none() && is_node_type(name)),
            _ => false,
        };
        if !starts_primary {
            let mut steps = Vec::new();
            self.steps(&mut steps)?;
            return Ok(Term::Path(Start::Here, steps));
        }
        let mut term = self.primary()?;
        let predicates = self.predicates()?;
        if !predicates.is_empty() {
            term = Term::Filter(Box::new(term), predicates);
        }
        let mut steps = Vec::new();
        if self.take("//") {
            steps.push(anything_below());
        } else if !self.take("/") {
            return Ok(term);
        }
        self.steps(&mut steps)?;
        Ok(Term::Path(Start::Of(Box::new(term)), steps))
    }

    fn is_call(&self) -> bool {
        matches!(self.tokens.get(self.at + 1), Some(Token::Mark("(")))
    }

    fn primary(&mut self) -> Parsed<Term> {
        let token = self.peek().cloned().ok_or("the expression ends too early")?;
        self.at += 1;
        match token {
            Token::Number(number) => Ok(Term::Number(number)),
            Token::Text(text) => Ok(Term::Text(text)),
            Token::Mark("(") => {
                let term = self.binary(0)?;
                self.want(")")?;
                Ok(term)
            }
            Token::Name(None, name) => {
                self.want("(")?;
                let mut arguments = Vec::new();
                if !self.take(")") {
                    loop {
                        arguments.push(self.binary(0)?);
                        if !self.take(",") {
                            break;
                        }
                    }
                    self.want(")")?;
                }
                functions::check(&name, arguments.len())?;
                Ok(Term::Call(name, arguments))
            }
            other => Err(format!("{other:?} stands where it cannot")),
        }
    }

    fn predicates(&mut self) -> Parsed<Vec<Term>> {
        let mut predicates = Vec::new();
        while self.take("[") {
            predicates.push(self.binary(0)?);
            self.want("]")?;
        }
        Ok(predicates)
    }

    fn starts_step(&self) -> bool {
        match self.peek() {
            Some(Token::Name(..) | Token::Axis(_)) => true,
            Some(Token::Mark(mark)) => matches!(*mark, "." | ".." | "@"),
            _ => false,
        }
    }

    fn steps(&mut self, steps: &mut Vec<Step>) -> Parsed<()> {
        loop {
            steps.push(self.step()?);
            if self.take("//") {
                steps.push(anything_below());
            } else if !self.take("/") {
                return Ok(());
            }
        }
    }

    fn step(&mut self) -> Parsed<Step> {
        for (mark, axis) in [(".", Axis::Own), ("..", Axis::Parent)] {
            if self.take(mark) {
                return Ok(Step { axis, test: Test::Node, predicates: Vec::new() });
            }
        }
        let axis = if self.take("@") {
            Axis::Attribute
        } else if let Some(Token::Axis(name)) = self.peek() {
            let axis = axis(name).ok_or_else(|| format!("there is no axis `{name}`"))?;
            self.at += 1;
            axis
        } else {
            Axis::Child
        };
        let test = self.test()?;
        Ok(Step { axis, test, predicates: self.predicates()? })
    }

    fn test(&mut self) -> Parsed<Test> {
        let Some(Token::Name(prefix, name)) = self.peek().cloned() else {
            return Err("a name is missing".to_owned());
        };
        let is_type = prefix.is_none() && is_node_type(&name) && self.is_call();
        self.at += 1;
        if !is_type {
            return Ok(Test::Name(prefix, name));
        }
        self.want("(")?;
        let test = match name.as_str() {
            "node" => Test::Node,
            "text" => Test::Text,
            "comment" => Test::Comment,
            _ => match self.peek().cloned() {
                Some(Token::Text(target)) => {
                    self.at += 1;
                    Test::Instruction(Some(target))
                }
                _ => Test::Instruction(None),
            },
        };
        self.want(")")?;
        Ok(test)
    }
}

/// `//`
fn anything_below() -> Step {
    Step { axis: Axis::DescendantOrSelf, test: Test::Node, predicates: Vec::new() }
}

fn is_node_type(name: &str) -> bool {
    ["node", "text", "comment", "processing-instruction"].contains(&name)
}

fn axis(name: &str) -> Option<Axis> {
    Some(match name {
        "ancestor" => Axis::Ancestor,
        "ancestor-or-self" => Axis::AncestorOrSelf,
        "attribute" => Axis::Attribute,
        "child" => Axis::Child,
        "descendant" => Axis::Descendant,
        "descendant-or-self" => Axis::DescendantOrSelf,
        "following" => Axis::Following,
        "following-sibling" => Axis::FollowingSibling,
        "parent" => Axis::Parent,
        "preceding" => Axis::Preceding,
        "preceding-sibling" => Axis::PrecedingSibling,
        "self" => Axis::Own,
        _ => return None,
    })
}
