//! Somebody who types: numbers that are the same in every run, and a text that changes by them.

use serde_json::{Value, json};

/// A stream of numbers that is the same in every run.
pub struct Random(pub u64);

impl Random {
    /// A number below an end.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

/// Texts that make and mend mistakes.
pub const PIECES: [&str; 10] =
    ["x", "\n", "end", "(", " local y = 1\n", "é😀", "limits", ".most", "\"", "return limits\n"];

/// The text of a document on the client's side, in characters.
pub struct Text(pub Vec<char>);

impl Text {
    /// Where a character stands, as the protocol counts.
    pub fn position(&self, at: usize) -> Value {
        let before = &self.0[..at];
        let line = before.iter().filter(|&&c| c == '\n').count();
        let start = before.iter().rposition(|&c| c == '\n').map_or(0, |at| at + 1);
        let column: usize = before[start..].iter().map(|c| c.len_utf16()).sum();
        json!({ "line": line, "character": column })
    }

    /// The character at a position; `None` where the protocol's counting has none.
    pub fn place(&self, position: &Value) -> Option<usize> {
        let [line, column] = ["line", "character"].map(|key| position[key].as_u64());
        let ends = self.0.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(at, _)| at + 1);
        let start = std::iter::once(0).chain(ends).nth(usize::try_from(line?).ok()?)?;
        let mut at = start;
        let mut left = usize::try_from(column?).ok()?;
        while left > 0 {
            let c = self.0.get(at).filter(|c| **c != '\n')?;
            left = left.checked_sub(c.len_utf16())?;
            at += 1;
        }
        Some(at)
    }

    /// Changes something somewhere, and says so as the protocol does.
    pub fn change(&mut self, random: &mut Random) -> Value {
        let start = random.below(self.0.len() + 1);
        let end = (start + random.below(4)).min(self.0.len());
        let text = PIECES[random.below(PIECES.len())];
        let range = json!({ "start": self.position(start), "end": self.position(end) });
        self.0.splice(start..end, text.chars());
        json!([{ "range": range, "text": text }])
    }

    pub fn text(&self) -> String {
        self.0.iter().collect()
    }
}
