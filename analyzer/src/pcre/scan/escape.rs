//! `\…` outside of classes, and what is read alike inside.

use super::super::difference::{is_position, is_unknown_escape};
use super::super::properties::is_property;
use super::{Broken, Item, ItemKind, Length, Scanner};

impl Scanner<'_> {
    pub(super) fn escape(&mut self) -> Result<(), Broken> {
        let start = self.at;
        let letter = self.peek(1).ok_or(Broken)?;
        let (kind, matches) = match letter {
            'Q' => {
                self.quoted();
                return Ok(());
            }
            'E' => {
                self.copy(2);
                return Ok(());
            }
            'N' if self.names_character() => {
                self.fail(start..start + 3, 37);
                return Ok(());
            }
            letter if is_unknown_escape(letter) => {
                if self.options.extra {
                    self.fail(start..start + 2, 3);
                }
                self.replace_by_number(letter);
                (ItemKind::Literal(letter), Length::ONE)
            }
            'g' => return self.group_escape(),
            'k' => {
                let length = self
                    .braced('{', '}')
                    .or_else(|| self.braced('<', '>'))
                    .or_else(|| self.braced('\'', '\''));
                self.copy(length.ok_or(Broken)?);
                (ItemKind::Other, Length::ANY)
            }
            '1'..='9' => return self.number(letter),
            'R' | 'X' => {
                self.copy(2);
                (ItemKind::Other, Length::SOME)
            }
            letter if is_position(letter) => {
                self.copy(2);
                (ItemKind::Position, Length::ZERO)
            }
            letter if letter.is_ascii_alphanumeric() => {
                if self.character_escape(letter) == 0 {
                    return Err(Broken);
                }
                (ItemKind::Other, Length::ONE)
            }
            letter if letter.is_ascii() => {
                self.copy(2);
                (ItemKind::Literal(letter), Length::ONE)
            }
            letter => {
                self.replace(1, "");
                self.literal(letter);
                (ItemKind::Literal(letter), Length::ONE)
            }
        };
        self.push(start, kind, matches);
        Ok(())
    }

    /// `\Q…\E`; gives how many bytes are quoted.
    pub(super) fn quoted(&mut self) -> usize {
        let quoted = self.rest().get(2..).unwrap_or("");
        let length = quoted.find("\\E").unwrap_or(quoted.len());
        self.copy(2);
        for character in quoted.get(..length).unwrap_or("").chars() {
            let from = self.at;
            if self.flags.utf8 || character.is_ascii() {
                self.copy(character.len_utf8());
            } else {
                let number = format!("\\E\\x{:02x}\\Q", u32::from(character));
                self.replace(character.len_utf8(), &number);
            }
            self.items.push(Item { kind: ItemKind::Literal(character), range: from..self.at });
            self.after_verb = false;
            if let Some(group) = self.groups.last_mut() {
                group.push(Length::ONE);
            }
        }
        self.copy(self.rest().len().min(2));
        length
    }

    /// `\N{…}`, which is no quantifier.
    fn names_character(&self) -> bool {
        self.peek(2) == Some('{') && super::counted(self.rest().get(2..).unwrap_or("")).is_none()
    }

    /// The length of an escape whose letter is followed by something in such brackets.
    fn braced(&self, opening: char, closing: char) -> Option<usize> {
        let inside = self.rest().get(2..)?.strip_prefix(opening)?;
        inside.find(closing).map(|end| 2 + opening.len_utf8() + end + closing.len_utf8())
    }

    /// Takes an escape that stands for one character, in classes or outside. Gives its length, 0 where it ends early.
    pub(super) fn character_escape(&mut self, letter: char) -> usize {
        let start = self.at;
        let behind = self.rest().get(2..).unwrap_or("");
        let digits = |most, test: fn(&u8) -> bool| behind.bytes().take(most).take_while(test).count();
        let length = match letter {
            'x' if behind.starts_with('{') => {
                // Spaces inside are PCRE 2's alone.
                let inside = behind.get(1..).unwrap_or("");
                let count = inside.bytes().take_while(u8::is_ascii_hexdigit).count();
                match inside.get(count..).and_then(|rest| rest.chars().next()) {
                    Some('}') => count + 4,
                    Some(other) => {
                        self.fail(start..start + 3 + count + other.len_utf8(), 79);
                        return 0;
                    }
                    None => return 0,
                }
            }
            'x' => match digits(2, u8::is_ascii_hexdigit) {
                0 => {
                    self.replace(2, "\\x00");
                    return 2;
                }
                count => 2 + count,
            },
            'o' => match self.braced('{', '}') {
                Some(length) => {
                    let inside = self.rest().get(3..length - 1).unwrap_or("");
                    if let Some(wrong) = inside.find(|digit: char| !('0'..='7').contains(&digit)) {
                        self.fail(start..start + 3 + wrong + 1, 80);
                    }
                    length
                }
                None => 2,
            },
            'p' | 'P' => match self.braced('{', '}') {
                Some(length) => {
                    let name = self.rest().get(3..length - 1).unwrap_or("");
                    let name = name.strip_prefix('^').unwrap_or(name);
                    if !is_property(name) {
                        self.fail(start..start + length, 47);
                    }
                    length
                }
                None => 2 + self.peek(2).map_or(0, char::len_utf8),
            },
            'c' => 2 + self.peek(2).map_or(0, char::len_utf8),
            '0'..='7' => {
                1 + self
                    .rest()
                    .bytes()
                    .skip(1)
                    .take(3)
                    .take_while(|byte| (b'0'..=b'7').contains(byte))
                    .count()
            }
            _ => 1 + letter.len_utf8(),
        };
        self.copy(length);
        length
    }

    /// `\1`: a back reference, or a character by its number where there is no such group yet.
    fn number(&mut self, first: char) -> Result<(), Broken> {
        let start = self.at;
        let count = self.rest().bytes().skip(1).take_while(u8::is_ascii_digit).count();
        let number: u32 =
            self.rest().get(1..=count).and_then(|digits| digits.parse().ok()).unwrap_or(u32::MAX);
        if number < 8 || number <= self.captures {
            self.copy(1 + count);
            self.push(start, ItemKind::Other, Length::ANY);
        } else if matches!(first, '8' | '9') {
            self.replace_by_number(first);
            self.push(start, ItemKind::Literal(first), Length::ONE);
        } else {
            if self.character_escape(first) == 0 {
                return Err(Broken);
            }
            self.push(start, ItemKind::Other, Length::ONE);
        }
        Ok(())
    }

    /// `\g{…}`: a back reference; `\g<…>` and `\g'…'`: a recursion.
    fn group_escape(&mut self) -> Result<(), Broken> {
        let start = self.at;
        if let Some(length) = self.braced('<', '>').or_else(|| self.braced('\'', '\'')) {
            let called = self.rest().get(3..length - 1).unwrap_or("").to_owned();
            return self.recursion(length, &called);
        }
        let inside = self.rest().get(2..).unwrap_or("");
        if inside.starts_with("{+") {
            self.fail(start..start + 4, 62);
        } else if inside.starts_with('+') {
            self.fail(start..start + 3, 58);
        }
        let count = inside
            .bytes()
            .enumerate()
            .take_while(|(index, byte)| byte.is_ascii_digit() || (*index == 0 && *byte == b'-'));
        let length = self.braced('{', '}').unwrap_or(2 + count.count());
        if length == 2 {
            self.fail(start..start + 2, 58);
        }
        self.copy(length);
        self.push(start, ItemKind::Other, Length::ANY);
        Ok(())
    }
}
