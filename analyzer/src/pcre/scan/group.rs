//! `(…)`: groups, settings, verbs, recursions.

use super::super::difference::{LONGEST_NAME, SETTINGS, VERBS, is_name};
use super::{Broken, Item, ItemKind, Length, Options, Scanner};
use std::ops::Range;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum GroupKind {
    Whole,
    Plain,
    Capturing {
        number: u32,
        name: Option<String>,
    },
    Lookahead,
    Lookbehind,
    /// The condition of `(?(…)`, which matches no text itself.
    Conditional,
}

/// A group that is open.
pub(super) struct Group {
    pub(super) open: Range<usize>,
    pub(super) kind: GroupKind,
    options_before: Options,
    /// The alternatives that are complete.
    before: Option<Length>,
    /// What the current alternative matches up to here, without the last item.
    branch: Length,
    /// The last item, which a quantifier may still change.
    last: Length,
}

impl Group {
    pub(super) fn new(open: Range<usize>, kind: GroupKind) -> Self {
        Self {
            open,
            kind,
            options_before: Options::default(),
            before: None,
            branch: Length::ZERO,
            last: Length::ZERO,
        }
    }

    pub(super) fn push(&mut self, item: Length) {
        self.branch = self.branch.then(self.last);
        self.last = item;
    }

    pub(super) fn repeat_last(&mut self, least: u32, most: Option<u32>) {
        self.last = self.last.repeated(least, most);
    }

    fn current(&self) -> Length {
        self.branch.then(self.last)
    }

    fn end_alternative(&mut self) -> Length {
        let ended = self.current();
        self.before = Some(self.before.map_or(ended, |before| before.or(ended)));
        self.branch = Length::ZERO;
        self.last = Length::ZERO;
        ended
    }
}

/// What tells the kind of a group behind `(?`. The longer ones come first.
const KINDS: &[(&str, GroupKind)] = &[
    (":", GroupKind::Plain),
    ("|", GroupKind::Plain),
    (">", GroupKind::Plain),
    ("=", GroupKind::Lookahead),
    ("!", GroupKind::Lookahead),
    ("<=", GroupKind::Lookbehind),
    ("<!", GroupKind::Lookbehind),
];

impl Scanner<'_> {
    pub(super) fn open(&mut self) -> Result<(), Broken> {
        let start = self.at;
        let rest = self.rest();
        if rest
            .strip_prefix("(*")
            .is_some_and(|word| word.starts_with(|c: char| c == ':' || c.is_ascii_alphabetic()))
        {
            return self.verb();
        }
        let Some(inside) = rest.strip_prefix("(?") else {
            self.copy(1);
            self.captures += 1;
            let kind = GroupKind::Capturing { number: self.captures, name: None };
            self.enter(start, kind);
            return Ok(());
        };
        if let Some(comment) = inside.strip_prefix('#') {
            let end = comment.find(')').ok_or(Broken)?;
            self.copy(3 + end + 1);
            return Ok(());
        }
        if let Some((opening, kind)) = KINDS.iter().find(|(opening, _)| inside.starts_with(opening)) {
            self.copy(2 + opening.len());
            self.enter(start, kind.clone());
            return Ok(());
        }
        for (opening, closing) in [("P<", '>'), ("<", '>'), ("'", '\'')] {
            if let Some(named) = inside.strip_prefix(opening) {
                return self.named(start, opening, named, closing);
            }
        }
        if inside.starts_with('(') {
            return self.condition(inside);
        }
        let end = inside.find(')').ok_or(Broken)?;
        let word = inside.get(..end).unwrap_or("");
        let called = word.strip_prefix('&').or_else(|| word.strip_prefix("P>")).unwrap_or(word);
        let digits = called.strip_prefix(['+', '-']).unwrap_or(called);
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if word == "R" || called.len() < word.len() || is_number {
            return self.recursion(2 + end + 1, called);
        }
        if let Some(number) = word.strip_prefix('C') {
            if let Some(wrong) = number.find(|c: char| !c.is_ascii_digit()) {
                self.fail(start..start + 3 + wrong + 1, 39);
            }
            self.copy(2 + end + 1);
            self.items.push(Item { kind: ItemKind::Other, range: start..self.at });
            return Ok(());
        }
        if word.starts_with("P=") {
            self.copy(2 + end + 1);
            self.push(start, ItemKind::Other, Length::ANY);
            return Ok(());
        }
        self.settings(start, inside)
    }

    /// `(?<name>…`
    fn named(&mut self, start: usize, opening: &str, named: &str, closing: char) -> Result<(), Broken> {
        let from = start + 2 + opening.len();
        let first = named.chars().next().ok_or(Broken)?;
        if opening == "<" && !first.is_ascii_alphanumeric() && first != '_' && first != closing {
            self.fail(start + 2..from + first.len_utf8(), 24);
            return Ok(());
        }
        let end = named.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(named.len());
        let name = named.get(..end).unwrap_or("");
        if end > 0 && !named.get(end..).is_some_and(|rest| rest.starts_with(closing)) {
            self.fail(from..from + end, 42);
            return Ok(());
        }
        if !is_name(name) {
            if !first.is_ascii() {
                self.fail(from..from + first.len_utf8(), 62);
                return Ok(());
            }
            return Err(Broken);
        }
        if name.len() > LONGEST_NAME {
            self.fail(from..from + end, 48);
            return Ok(());
        }
        self.captures += 1;
        let name = name.to_owned();
        self.copy(2 + opening.len() + end + closing.len_utf8());
        self.enter(start, GroupKind::Capturing { number: self.captures, name: Some(name) });
        Ok(())
    }

    /// `(?(condition)…`
    fn condition(&mut self, inside: &str) -> Result<(), Broken> {
        let start = self.at;
        // A condition that is an assertion is read like any other group.
        if inside.starts_with("(?") {
            self.copy(2);
            self.enter(start, GroupKind::Conditional);
            return Ok(());
        }
        if inside.starts_with("(*") {
            return Err(Broken);
        }
        let end = inside.find(')').ok_or(Broken)?;
        if inside.starts_with("(VERSION")
            && inside.get(8..end).is_some_and(|rest| rest.starts_with(['>', '=']))
        {
            self.fail(start + 3..start + 2 + end, 26);
            return Ok(());
        }
        self.copy(2 + end + 1);
        self.enter(start, GroupKind::Conditional);
        Ok(())
    }

    /// `(?i-x)`, `(?i:…)`
    fn settings(&mut self, start: usize, inside: &str) -> Result<(), Broken> {
        let length = inside.find([')', ':']).ok_or(Broken)?;
        let letters = inside.get(..length).unwrap_or("");
        let unknown = |letter: char| !matches!(letter, 'i' | 'm' | 's' | 'x' | 'J' | 'U' | 'X' | '-');
        if let Some((index, wrong)) = letters.char_indices().find(|(_, letter)| unknown(*letter)) {
            // Only what PCRE 2 would take is told here.
            if !matches!(wrong, '^' | 'n' | 'a' | 'r' | '[' | '*') {
                return Err(Broken);
            }
            let from = start + 2 + index;
            self.fail(from..from + wrong.len_utf8(), 12);
            return Ok(());
        }
        let (on, off) = letters.split_once('-').unwrap_or((letters, ""));
        let mut options = self.options;
        options.extended = (options.extended || on.contains('x')) && !off.contains('x');
        options.extra = (options.extra || on.contains('X')) && !off.contains('X');
        let is_group = inside.get(length..).is_some_and(|rest| rest.starts_with(':'));
        // PCRE 2 has no X, gives a meaning to `xx` and takes one hyphen at most.
        let only_once = |letters: &str| -> String {
            let mut kept = String::new();
            for letter in letters.chars().filter(|letter| !matches!(letter, 'X' | '-')) {
                if !kept.contains(letter) {
                    kept.push(letter);
                }
            }
            kept
        };
        let (on, off) = (only_once(on), only_once(off));
        let hyphen = if off.is_empty() { "" } else { "-" };
        let close = if is_group { ":" } else { ")" };
        let kept = format!("(?{on}{hyphen}{off}{close}");
        if kept.len() == 2 + length + 1 {
            self.copy(kept.len());
        } else {
            self.replace(2 + length + 1, &kept);
        }
        if is_group {
            self.enter(start, GroupKind::Plain);
        }
        self.options = options;
        Ok(())
    }

    /// `(*VERB)`
    fn verb(&mut self) -> Result<(), Broken> {
        let start = self.at;
        let inside = self.rest().get(2..).unwrap_or("");
        let length = inside.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let name = inside.get(..length).unwrap_or("");
        let setting = SETTINGS.contains(&name) && self.items.is_empty() && self.groups.len() == 1;
        if !setting && !VERBS.contains(&name) {
            if name.bytes().any(|byte| byte.is_ascii_lowercase()) {
                let end = inside.get(length..).is_some_and(|rest| rest.starts_with(':'));
                self.fail(start..start + 2 + length + usize::from(end), 60);
                return Ok(());
            }
            return Err(Broken);
        }
        let end = inside.find(')').ok_or(Broken)?;
        if name == "UTF8" && setting {
            self.replace(2 + end + 1, "(*UTF)");
        } else {
            self.copy(2 + end + 1);
        }
        self.after_verb = !setting;
        Ok(())
    }

    fn enter(&mut self, start: usize, kind: GroupKind) {
        let mut group = Group::new(start..start + 1, kind);
        group.options_before = self.options;
        self.items.push(Item { kind: ItemKind::Open, range: start..self.at });
        self.groups.push(group);
        self.after_verb = false;
    }

    pub(super) fn alternative(&mut self) {
        let start = self.at;
        self.copy(1);
        self.items.push(Item { kind: ItemKind::Or, range: start..self.at });
        self.after_verb = false;
        let Some(group) = self.groups.last_mut() else { return };
        let ended = group.end_alternative();
        if group.kind == GroupKind::Lookbehind && ended.varies() {
            let open = group.open.clone();
            self.varies(open);
        }
    }

    pub(super) fn close(&mut self) -> Result<(), Broken> {
        if self.groups.len() < 2 {
            return Err(Broken);
        }
        let start = self.at;
        self.copy(1);
        let Some(mut group) = self.groups.pop() else { return Err(Broken) };
        let last = group.end_alternative();
        if group.kind == GroupKind::Lookbehind && last.varies() {
            self.varies(group.open.clone());
        }
        self.options = group.options_before;
        let length = match group.kind {
            GroupKind::Lookahead | GroupKind::Lookbehind => Length::ZERO,
            // Without a second branch, the condition may fail and match nothing.
            GroupKind::Conditional => group.before.unwrap_or(Length::ZERO).or(Length::ZERO),
            _ => group.before.unwrap_or(Length::ZERO),
        };
        self.items.push(Item { kind: ItemKind::Close, range: start..self.at });
        self.after_verb = false;
        if let Some(around) = self.groups.last_mut() {
            around.push(length);
        }
        Ok(())
    }

    /// A lookbehind matches texts of several lengths.
    fn varies(&mut self, open: Range<usize>) {
        // The whole assertion, if it ends.
        let mut depth = 1_u32;
        let mut escaped = false;
        let rest = self.pattern.get(open.end..).unwrap_or("");
        let end = rest.char_indices().find_map(|(index, character)| {
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(open.end + index + 1)
        });
        self.fail(open.start..end.unwrap_or(open.end), 25);
    }

    /// A recursion of `length` bytes. PCRE 1 rejects one into a group that is still open when nothing was matched since it
    /// began, and never goes back into one that matched, which PCRE 2 does.
    pub(super) fn recursion(&mut self, length: usize, called: &str) -> Result<(), Broken> {
        let start = self.at;
        let number = match called {
            "R" => Some(0),
            _ => match (called.strip_prefix('-'), called.starts_with('+')) {
                (Some(back), _) => {
                    back.parse().ok().and_then(|back: u32| (self.captures + 1).checked_sub(back))
                }
                (None, true) => None,
                (None, false) => called.parse().ok(),
            },
        };
        let target = self.groups.iter().position(|group| match &group.kind {
            GroupKind::Whole => number == Some(0),
            GroupKind::Capturing { number: own, name } => {
                number == Some(*own) || name.as_deref().is_some_and(|name| name == called)
            }
            _ => false,
        });
        let nothing_matched = |group: &Group| {
            let so_far = group.current();
            so_far.may_be_empty && !so_far.unknown
        };
        if target.is_some_and(|target| self.groups.iter().skip(target).all(nothing_matched)) {
            self.fail(start..start + length, 40);
        }
        self.replace(0, "(?>");
        self.copy(length);
        self.replace(0, ")");
        self.push(start, ItemKind::Other, Length::UNKNOWN);
        Ok(())
    }
}
