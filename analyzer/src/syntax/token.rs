//! Tokens and comments of the dialect.

use super::Span;

macro_rules! tokens {
    ($($(#[$doc:meta])* $name:ident => $text:literal,)*) => {
        /// The kind of a token.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each kind is named for its text")]
        pub enum TokenKind { $($(#[$doc])* $name,)* }

        impl TokenKind {
            /// How the kind is written, or a noun for kinds that have many spellings.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

tokens! {
    And => "and", Break => "break", Do => "do", Else => "else", ElseIf => "elseif", End => "end", False => "false",
    For => "for", Function => "function", If => "if", In => "in", Local => "local", Nil => "nil", Not => "not",
    Or => "or", Repeat => "repeat", Return => "return", Then => "then", True => "true", Until => "until",
    While => "while",
    Plus => "+", Minus => "-", Star => "*", Slash => "/", Percent => "%", Caret => "^", Hash => "#",
    Equal => "==", NotEqual => "~=", LessEqual => "<=", GreaterEqual => ">=", Less => "<", Greater => ">",
    Assign => "=", LeftParen => "(", RightParen => ")", LeftBrace => "{", RightBrace => "}",
    LeftBracket => "[", RightBracket => "]", Semicolon => ";", Colon => ":", Comma => ",", Dot => ".",
    Concat => "..", Ellipsis => "...",
    BitAnd => "&", BitOr => "|", BitXor => "^^", ShiftLeft => "<<", ShiftRight => ">>", FloorDivide => "\\",
    Tilde => "~", Bang => "!",
    Name => "a name", Number => "a number", String => "a string",
    EndOfFile => "the end of the file",
}

impl TokenKind {
    /// The keyword that `word` is, if it is one.
    #[must_use]
    pub fn keyword(word: &str) -> Option<Self> {
        Some(match word {
            "and" => Self::And,
            "break" => Self::Break,
            "do" => Self::Do,
            "else" => Self::Else,
            "elseif" => Self::ElseIf,
            "end" => Self::End,
            "false" => Self::False,
            "for" => Self::For,
            "function" => Self::Function,
            "if" => Self::If,
            "in" => Self::In,
            "local" => Self::Local,
            "nil" => Self::Nil,
            "not" => Self::Not,
            "or" => Self::Or,
            "repeat" => Self::Repeat,
            "return" => Self::Return,
            "then" => Self::Then,
            "true" => Self::True,
            "until" => Self::Until,
            "while" => Self::While,
            _ => return None,
        })
    }

    /// Whether it is a keyword.
    #[must_use]
    pub fn is_keyword(self) -> bool {
        (self as u8) <= (Self::While as u8)
    }
}

/// A token of the source, without comments and white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: Span,
}

/// A comment of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From the first `-` to the last character, without the line end.
    pub span: Span,
    /// Whether it is written `--[[ … ]]`.
    pub long: bool,
}
