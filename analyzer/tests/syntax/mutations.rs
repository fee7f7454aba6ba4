//! Real scripts, broken at random: whatever a person types, pastes or truncates, the front end answers.

use crate::invariants;
use crate::scripts::real_scripts;
use momentum_lua_analyzer::syntax::{decode, parse, parse_again};
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use std::time::{Duration, Instant};

const MUTATIONS: u32 = 100_000;
/// Far beyond what any of these small texts takes, even on a busy machine.
const SLOWEST: Duration = Duration::from_secs(5);

/// What people and editors put in, and what the dialect makes of it is not plain.
const PIECES: [&str; 60] = [
    "end",
    "\nend\n",
    "do ",
    "then ",
    "else ",
    "elseif ",
    "until ",
    "repeat ",
    "function ",
    "local ",
    "return ",
    "break ",
    "if ",
    "for ",
    "while ",
    "in ",
    "not ",
    "and ",
    "or ",
    "nil",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "[[",
    "]]",
    "[==[",
    "--",
    "--[[",
    "\"",
    "'",
    "\\",
    "\\\r\n",
    "\r",
    "\r\n",
    "\n",
    "\0",
    "`",
    "=",
    "==",
    "!=",
    "!",
    "~",
    "&",
    "^^",
    "<<",
    "...",
    "..",
    ".",
    ":",
    ",",
    ";",
    "0x",
    "089",
    "\u{feff}",
    "é",
    "𝄞",
    "#",
];

struct Dice(TestRng);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.0.next_u64() % (limit.max(1) as u64)).unwrap()
    }

    /// A range of `length`, mostly short.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let most = [1, 4, 20, 200][self.below(4)];
        start..(start + self.below(most + 1)).min(length)
    }

    /// The range of a word or a line, as an editor deletes them.
    fn word_or_line(&mut self, text: &[u8]) -> std::ops::Range<usize> {
        let at = self.below(text.len());
        let line = self.below(2) == 0;
        let inside =
            |byte: u8| if line { byte != b'\n' } else { byte.is_ascii_alphanumeric() || byte == b'_' };
        let start = text[..at].iter().rposition(|&byte| !inside(byte)).map_or(0, |before| before + 1);
        let end = text[at..].iter().position(|&byte| !inside(byte)).map_or(text.len(), |length| at + length);
        start..end
    }

    fn some_range(&mut self, text: &[u8]) -> std::ops::Range<usize> {
        if self.below(2) == 0 { self.range(text.len()) } else { self.word_or_line(text) }
    }

    fn mutate(&mut self, text: &mut Vec<u8>) {
        match self.below(7) {
            0 => {
                let range = self.some_range(text);
                text.drain(range);
            }
            1 => {
                let range = self.some_range(text);
                let piece = text[range.clone()].to_vec();
                text.splice(range.end..range.end, piece);
            }
            2 => {
                let (one, other) = (self.some_range(text), self.some_range(text));
                let (first, second) = if one.start < other.start { (one, other) } else { (other, one) };
                if first.end <= second.start {
                    let (left, right) = (text[first.clone()].to_vec(), text[second.clone()].to_vec());
                    text.splice(second, left);
                    text.splice(first, right);
                }
            }
            3 => {
                let length = self.below(text.len() + 1);
                text.truncate(length);
            }
            4 => {
                let at = self.below(text.len() + 1);
                let byte = self.below(256) as u8;
                text.insert(at, byte);
            }
            5 => {
                let range = self.word_or_line(text);
                let at = if self.below(2) == 0 { range.start } else { range.end };
                let piece = PIECES[self.below(PIECES.len())];
                text.splice(at..at, piece.bytes());
            }
            _ => {
                let range = self.word_or_line(text);
                let piece = PIECES[self.below(PIECES.len())];
                text.splice(range, piece.bytes());
            }
        }
    }
}

#[test]
fn broken_scripts_are_answered() {
    // Long files cost time and break in no other ways.
    let scripts: Vec<_> = real_scripts().into_iter().filter(|script| script.len() <= 6000).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let scripts = &scripts;
            scope.spawn(move || {
                for number in (0..MUTATIONS).skip(thread).step_by(threads) {
                    answer(scripts, number);
                }
            });
        }
    });
}

/// The mutation of that number is the same on every run.
fn answer(scripts: &[Vec<u8>], number: u32) {
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&number.to_le_bytes());
    let mut dice = Dice(TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let mut text = scripts[dice.below(scripts.len())].clone();
    for _ in 0..=dice.below(4) {
        dice.mutate(&mut text);
    }
    let (source, _) = decode(text);
    let started = Instant::now();
    let outcome = std::panic::catch_unwind(|| invariants::check(&source));
    let took = started.elapsed();
    assert!(outcome.is_ok(), "mutation {number}:\n{source}");
    assert!(took < SLOWEST, "mutation {number} took {took:?}:\n{source}");
}

/// What people do in an editor: one edit after the other, and each text is read with what the one before left.
#[test]
fn texts_that_are_read_again_are_read_as_anew() {
    const EDITS: u32 = 60;
    let scripts: Vec<_> = real_scripts().into_iter().filter(|script| script.len() <= 6000).collect();
    for number in 0..60_u32 {
        let mut seed = [7; 32];
        seed[..4].copy_from_slice(&number.to_le_bytes());
        let mut dice = Dice(TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
        let mut text = scripts[dice.below(scripts.len())].clone();
        let mut before = None;
        for edit in 0..EDITS {
            let (source, _) = decode(text.clone());
            let old = before.take();
            let old_text = old.as_ref().map_or_else(String::new, |(text, _): &(String, _)| text.clone());
            let taken = old.map(|(_, parsed)| (old_text.as_str(), parsed));
            let (parsed, kept) = parse_again(&source, taken, |piece| {
                assert_eq!(piece.text, &source[piece.start as usize..][..piece.text.len()]);
            });
            let expected = invariants::check(&source);
            let head = kept.head as usize;
            assert_eq!(source[..head], old_text[..head]);
            let tail = kept.tail as usize;
            assert_eq!(source[source.len() - tail..], old_text[old_text.len() - tail..]);
            assert_eq!(
                format!("{:?}", (&parsed.tree, &parsed.errors, &parsed.tokens)),
                format!("{:?}", (&expected.tree, &expected.errors, &expected.tokens)),
                "script {number}, edit {edit}:\n{old_text}\n-->\n{source}"
            );
            before = Some((source, parsed));
            // Now and then the last edit is taken back, and the text grows again.
            let saved = text.clone();
            dice.mutate(&mut text);
            if dice.below(3) == 0 || text.len() < 20 {
                text = saved;
            }
        }
    }
}

#[test]
fn an_edit_leaves_what_stands_around_it() {
    // Whatever the length of the statements: no edit may move all cuts behind it.
    for body in ["", "  return a + 1\n", "  local b = a + 1\n  print(a, b)\n  return b * a - 1\n"] {
        let function = |number: u32| format!("local function f{number}(a)\n{body}end\n");
        let source: String = (0..200).map(function).collect();
        for name in ["f20", "f50", "f120"] {
            let edited = source.replace(&format!("{name}(a)"), &format!("{name}(another, a)"));
            let mut read = 0;
            let before = Some((&*source, parse(&source)));
            let (_, kept) = parse_again(&edited, before, |piece| read += piece.text.len());
            let (head, tail) = (kept.head as usize, kept.tail as usize);
            assert_eq!(head + tail + read, edited.len());
            assert!(read < source.len() / 4, "{name}, {body:?}: {read} of {} {kept:?}", source.len());
        }
    }
}

/// What the fuzzer once found, made small.
#[test]
fn what_once_broke_holds() {
    for source in [
        "if.2a.then x() end",
        "f().x.y() = 1 + ((2))",
        "x = 0x..y",
        "for i in j do msg:\\\n(name, nil",
        "return ) \n;(f)()",
        "do ) (f)() end",
        "a.b ) \n (c)()",
    ] {
        invariants::check(source);
    }
}
