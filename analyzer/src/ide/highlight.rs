//! What belongs together in one file: all places of a name with what is done there, and the words of a block.

use super::place;
use super::symbol::{self, Role};
use crate::project::Script;
use crate::syntax::{Span, Token, TokenKind};

/// What goes with the thing at `offset`, in the order of places. Words of Lua have no role of their own and count as read.
#[must_use]
pub fn highlights(script: &Script<'_>, offset: u32) -> Vec<(Span, Role)> {
    if let Some(words) = words_of_block(&script.parsed().tokens, offset) {
        return words.into_iter().map(|span| (span, Role::Read)).collect();
    }
    let Some(place) = place::at(script, offset) else { return Vec::new() };
    let Some(symbol) = symbol::of_place(script, &place) else { return Vec::new() };
    let occurrences = symbol::occurrences_in(script, &symbol);
    occurrences.into_iter().map(|occurrence| (occurrence.span, occurrence.role)).collect()
}

/// A block: the words that open, divide, leave and close it.
struct Block {
    opener: TokenKind,
    /// `while` and `for` wait for their `do`.
    waits: bool,
    words: Vec<Span>,
}

/// The words of the block that the word at `offset` is part of: `if … then … else … end`, a loop with its `break`s, a
/// function with its `return`s.
fn words_of_block(tokens: &[Token], offset: u32) -> Option<Vec<Span>> {
    use TokenKind as K;
    let is_part = |kind: K| {
        kind.is_keyword()
            && !matches!(kind, K::And | K::Or | K::Not | K::Nil | K::True | K::False | K::Local | K::In)
    };
    let here = tokens.iter().find(|token| token.span.touches(offset) && is_part(token.kind))?;
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for token in tokens {
        let top = open.last().copied();
        let is_loop = |block: &Block| matches!(block.opener, K::While | K::For | K::Repeat);
        let block = match token.kind {
            K::Do if top.and_then(|top| blocks.get(top)).is_some_and(|block| block.waits) => top,
            K::If | K::While | K::For | K::Do | K::Repeat | K::Function => {
                let waits = matches!(token.kind, K::While | K::For);
                blocks.push(Block { opener: token.kind, waits, words: Vec::new() });
                open.push(blocks.len() - 1);
                open.last().copied()
            }
            K::Then | K::Else | K::ElseIf => top,
            K::End | K::Until => open.pop(),
            K::Break => nearest(&blocks, &open, is_loop),
            K::Return => nearest(&blocks, &open, |block| block.opener == K::Function),
            _ => continue,
        };
        if let Some(block) = block.and_then(|block| blocks.get_mut(block)) {
            block.waits &= token.kind != K::Do;
            block.words.push(token.span);
        }
    }
    blocks.into_iter().map(|block| block.words).find(|words| words.contains(&here.span))
}

fn nearest(blocks: &[Block], open: &[usize], is: impl Fn(&Block) -> bool) -> Option<usize> {
    open.iter().rev().copied().find(|&block| blocks.get(block).is_some_and(&is))
}

#[cfg(test)]
mod tests {
    use crate::ide::fixture::project_at;

    fn highlights(text: &str) -> String {
        let (project, file, offset) = project_at(text);
        let script = project.script(file).unwrap();
        let found = super::highlights(&script, offset);
        let shown =
            found.iter().map(|(span, role)| format!("{}@{} {role:?}", script.text_at(*span), span.start));
        shown.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_name_with_what_is_done() {
        let text = "local n$0 = 1\nn = n != 2\n";
        assert_eq!(highlights(text), "n@6 Definition, n@12 Write, n@16 Read");
    }

    #[test]
    fn the_words_of_a_block() {
        let text = "while a do if b then break e$0lse return end end";
        assert_eq!(highlights(text), "if@11 Read, then@16 Read, else@27 Read, end@39 Read");
        let text = "wh$0ile a do if b then break else return end end";
        assert_eq!(highlights(text), "while@0 Read, do@8 Read, break@21 Read, end@43 Read");
        let text = "local f = function() if x then ret$0urn 1 end return 2 end";
        assert_eq!(highlights(text), "function@10 Read, return@31 Read, return@44 Read, end@53 Read");
        assert_eq!(highlights("end end $0if"), "if@8 Read");
    }
}
