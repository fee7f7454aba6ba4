//! Tokens of a C header.

use std::ops::Range;

use crate::luacats::CommentLine;
use crate::problem::Problem;

/// A token with its bytes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind<'a>,
    pub(super) range: Range<usize>,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind<'a> {
    /// A name or keyword.
    Word(&'a str),
    /// A number.
    Number(&'a str),
    /// One character of punctuation; `...` is one token as well.
    Symbol(&'a str),
    /// `/** … */`, as its lines.
    Doc(Vec<CommentLine<'a>>),
    /// A line that begins with `#`.
    Directive(&'a str),
}

/// All tokens; comments that are not documentation are left out.
pub(super) fn tokens(text: &str) -> (Vec<Token<'_>>, Vec<Problem>) {
    let (mut tokens, mut problems) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or("");
        let start = at;
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        }
        if rest.starts_with("/*") {
            let Some(end) = rest.get(2..).and_then(|inner| inner.find("*/")) else {
                problems.push(Problem::new(start..start + 2, "the comment is not closed"));
                break;
            };
            at += end + 4;
            if rest.starts_with("/**") && end > 0 {
                let inner = rest.get(3..end + 2).unwrap_or("");
                tokens
                    .push(Token { kind: TokenKind::Doc(comment_lines(inner, start + 3)), range: start..at });
            }
            continue;
        }
        if first == '#' {
            at += rest.find('\n').unwrap_or(rest.len());
            let line = text.get(start..at).unwrap_or("").trim_end();
            tokens.push(Token { kind: TokenKind::Directive(line), range: start..at });
            continue;
        }
        let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let (length, kind) = if word > 0 {
            let word = rest.get(..word).unwrap_or("");
            let kind = if first.is_ascii_digit() { TokenKind::Number(word) } else { TokenKind::Word(word) };
            (word.len(), kind)
        } else {
            let length = if rest.starts_with("...") { 3 } else { first.len_utf8() };
            (length, TokenKind::Symbol(rest.get(..length).unwrap_or("")))
        };
        at += length;
        tokens.push(Token { kind, range: start..at });
    }
    (tokens, problems)
}

/// The lines of a comment without the ` * ` in front.
fn comment_lines(text: &str, base: usize) -> Vec<CommentLine<'_>> {
    let mut lines = Vec::new();
    let mut offset = base;
    for line in text.split('\n') {
        let trimmed = line.trim_start();
        let inner = trimmed.strip_prefix('*').unwrap_or(trimmed);
        let skipped = line.len() - inner.len();
        lines.push(CommentLine { text: inner.trim_end(), offset: offset + skipped });
        offset += line.len() + 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_words_and_symbols() {
        let text = "/* no */ int f(const char *a, ...); // no\n/** Says.\n * @page x\n */\n#define A(b)\n";
        let (tokens, problems) = tokens(text);
        assert_eq!(problems, []);
        let words: Vec<String> = tokens
            .iter()
            .map(|token| match &token.kind {
                TokenKind::Doc(lines) => {
                    lines.iter().map(|line| line.text.trim()).collect::<Vec<_>>().join("|")
                }
                TokenKind::Word(text)
                | TokenKind::Number(text)
                | TokenKind::Symbol(text)
                | TokenKind::Directive(text) => (*text).to_owned(),
            })
            .collect();
        assert_eq!(words.join(" "), "int f ( const char * a , ... ) ; Says.|@page x| #define A(b)");
        let Some(TokenKind::Doc(lines)) =
            tokens.iter().map(|token| token.kind.clone()).find(|kind| matches!(kind, TokenKind::Doc(_)))
        else {
            panic!()
        };
        assert_eq!(&text[lines[1].offset..][..lines[1].text.len()], " @page x");
    }

    #[test]
    fn an_open_comment_is_a_problem() {
        assert_eq!(tokens("int a; /* open").1.len(), 1);
        assert_eq!(tokens("/**/ int a;").0.len(), 3);
    }
}
