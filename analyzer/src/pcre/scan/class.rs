//! `[…]`: hyphens next to sets of characters are literal to PCRE 1, and more escapes than to PCRE 2.

use super::super::difference::{is_plain_in_class, is_set, is_unknown_escape};
use super::{Broken, ItemKind, Length, Scanner};

/// What stands before in a class, as far as a hyphen behind it cares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing that a range can begin with: the opening, the end of a range.
    Nothing,
    /// A single character.
    Character,
    /// A single character and a hyphen.
    RangeBegun,
    /// A set of characters.
    Set,
}

impl Scanner<'_> {
    pub(super) fn class(&mut self) -> Result<(), Broken> {
        let start = self.at;
        let (text_before, steps_before) = (self.text.len(), self.offsets.steps.len());
        let result = self.class_members();
        if result.is_err() && self.error.is_none() {
            // Not closed: nothing in it is certain.
            self.text.truncate(text_before);
            self.offsets.steps.truncate(steps_before);
            self.at = start;
            self.unclosed = Some(start..start + 1);
            return Err(Broken);
        }
        self.push(start, ItemKind::Other, Length::ONE);
        Ok(())
    }

    fn class_members(&mut self) -> Result<(), Broken> {
        self.copy(1);
        if self.peek(0) == Some('^') {
            self.copy(1);
        }
        let mut before = Before::Nothing;
        if self.peek(0) == Some(']') {
            self.copy(1);
            before = Before::Character;
        }
        while self.error.is_none() {
            match self.peek(0).ok_or(Broken)? {
                ']' => {
                    self.copy(1);
                    return Ok(());
                }
                '-' if self.peek(1) == Some(']') => self.copy(1),
                '-' if before == Before::Character => {
                    self.copy(1);
                    before = Before::RangeBegun;
                }
                '-' if before == Before::RangeBegun => {
                    self.copy(1);
                    before = Before::Nothing;
                }
                '-' => {
                    // `[-a]`, `[\w-a]`, `[a-z-9]`: the hyphen stands for itself, and may begin a range: `[--/]`.
                    self.replace(1, "\\-");
                    before = Before::Character;
                }
                '[' if self.posix_class().is_some() => {
                    let length = self.posix_class().unwrap_or(1);
                    if before == Before::RangeBegun {
                        self.fail(self.at - 1..self.at + length, 83);
                    }
                    self.copy(length);
                    before = Before::Set;
                }
                '\\' => before = self.class_escape(before)?,
                other => {
                    self.literal(other);
                    before = after_character(before);
                }
            }
        }
        Ok(())
    }

    fn class_escape(&mut self, before: Before) -> Result<Before, Broken> {
        let start = self.at;
        let letter = self.peek(1).ok_or(Broken)?;
        match letter {
            'E' => {
                self.copy(2);
                return Ok(before);
            }
            'Q' => {
                let before = if self.quoted() == 0 { before } else { after_character(before) };
                return Ok(before);
            }
            'N' if self.peek(2) == Some('{') => {
                self.fail(start..start + 3, 37);
                return Ok(before);
            }
            letter if is_plain_in_class(letter) => {
                let unknown = letter == 'g' || is_unknown_escape(letter);
                if self.options.extra {
                    self.fail(start..start + 2, if unknown { 3 } else { 7 });
                } else if before == Before::RangeBegun && !unknown {
                    self.fail(start - 1..start + 2, 83);
                }
                self.replace_by_number(letter);
            }
            '8' | '9' => self.replace_by_number(letter),
            letter if !letter.is_ascii() => {
                self.replace(1, "");
                self.literal(letter);
            }
            letter => {
                let length = self.character_escape(letter);
                if is_set(letter) {
                    if before == Before::RangeBegun {
                        self.fail(start - 1..self.at, 83);
                    }
                    return Ok(Before::Set);
                }
                if length == 0 {
                    return Err(Broken);
                }
            }
        }
        Ok(after_character(before))
    }

    /// The length of `[:name:]` here.
    fn posix_class(&self) -> Option<usize> {
        let inside = self.rest().strip_prefix("[:")?;
        let end = inside.find(":]")?;
        let name = inside.get(..end)?;
        let name = name.strip_prefix('^').unwrap_or(name);
        name.bytes().all(|byte| byte.is_ascii_alphabetic()).then_some(end + 4)
    }
}

fn after_character(before: Before) -> Before {
    if before == Before::RangeBegun { Before::Nothing } else { Before::Character }
}
