//! The words of an expression.

/// A word.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Text(String),
    /// A name, with its prefix if it has one: `a`, `p:a`, `p:*`, `*`.
    Name(Option<String>, String),
    /// A name in front of `::`.
    Axis(String),
    /// An operator or mark.
    Mark(&'static str),
}

const MARKS: &[&str] = &[
    "..", "::", "//", "!=", "<=", ">=", "(", ")", "[", "]", ".", "@", ",", "/", "|", "+", "-", "=", "<", ">",
    "$",
];

/// Words that are operators behind an operand.
const OPERATORS: &[&str] = &["and", "or", "mod", "div"];

/// The words of a text, or what is wrong with it.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length;
        if first == '"' || first == '\'' {
            let inside = rest.get(1..).unwrap_or_default();
            let end = inside.find(first).ok_or("a text is not closed")?;
            tokens.push(Token::Text(inside.get(..end).unwrap_or_default().to_owned()));
            length = end + 2;
        } else if first.is_ascii_digit()
            || (first == '.' && rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit))
        {
            length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
            let number = rest.get(..length).and_then(|number| number.parse().ok());
            tokens.push(Token::Number(number.ok_or("a number is malformed")?));
        } else if starts_name(first) || first == '*' {
            length = name(rest, &mut tokens);
        } else if let Some(mark) = MARKS.iter().find(|mark| rest.starts_with(**mark)) {
            tokens.push(Token::Mark(mark));
            length = mark.len();
        } else {
            return Err(format!("`{first}` stands where it cannot"));
        }
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    Ok(tokens)
}

fn starts_name(first: char) -> bool {
    first.is_alphabetic() || first == '_'
}

fn ncname(text: &str) -> usize {
    let part = |one: char| one.is_alphanumeric() || matches!(one, '_' | '-' | '.' | '\u{b7}');
    text.find(|one| !part(one)).unwrap_or(text.len())
}

/// A name or an operator, by what stands before it (XPath 1.0, section 3.7). Gives its length.
fn name(rest: &str, tokens: &mut Vec<Token>) -> usize {
    let behind_operand = match tokens.last() {
        None | Some(Token::Axis(_)) => false,
        Some(Token::Mark(mark)) => matches!(*mark, ")" | "]" | "." | ".."),
        Some(_) => true,
    };
    if rest.starts_with('*') {
        tokens.push(if behind_operand { Token::Mark("*") } else { Token::Name(None, "*".to_owned()) });
        return 1;
    }
    let length = ncname(rest);
    let word = rest.get(..length).unwrap_or_default();
    if behind_operand && let Some(operator) = OPERATORS.iter().find(|operator| **operator == word) {
        tokens.push(Token::Mark(operator));
        return length;
    }
    let behind = rest.get(length..).unwrap_or_default();
    if behind.trim_start().starts_with("::") {
        tokens.push(Token::Axis(word.to_owned()));
        return length + behind.find("::").unwrap_or(0) + 2;
    }
    if let Some(local) = behind.strip_prefix(':') {
        if local.starts_with('*') {
            tokens.push(Token::Name(Some(word.to_owned()), "*".to_owned()));
            return length + 2;
        }
        if local.chars().next().is_some_and(starts_name) {
            let more = ncname(local);
            let local = local.get(..more).unwrap_or_default().to_owned();
            tokens.push(Token::Name(Some(word.to_owned()), local));
            return length + 1 + more;
        }
    }
    tokens.push(Token::Name(None, word.to_owned()));
    length
}
