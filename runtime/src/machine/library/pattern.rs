//! Lua's patterns, with an end: every step counts, so that no pattern runs for longer than the run may.
//!
//! The rules are those of the Lua 5.1 manual, section 5.4.1.

use mlua::Lua;

use crate::machine::error::raise;
use crate::machine::meter::Meter;

/// Lua's own limit.
pub(super) const MAX_CAPTURES: usize = 32;

/// How deep choices of one match may nest; a choice is a repetition or a capture. Lua 5.1 has no limit but the stack.
const MAX_DEPTH: usize = 400;

/// Steps between looks at the limits.
const SLICE: u64 = 2000;

/// A part of the subject, as a capture has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Capture {
    /// From the first offset, so many bytes.
    Text(usize, usize),
    /// `()`: the offset alone.
    Position(usize),
    /// Not closed yet.
    Open(usize),
}

/// Why a match could not be tried to its end.
pub(super) enum Failure {
    /// What is wrong with the pattern.
    Malformed(String),
    /// The run is over.
    Stopped(mlua::Error),
}

impl Failure {
    /// The error for the script that called the function.
    pub(super) fn into_error(self, lua: &Lua) -> mlua::Error {
        match self {
            Failure::Malformed(message) => raise(lua, message),
            Failure::Stopped(error) => error,
        }
    }
}

type Matched = Result<Option<usize>, Failure>;

/// One subject and one pattern.
pub(super) struct Matcher<'a> {
    lua: &'a Lua,
    meter: Option<std::rc::Rc<Meter>>,
    subject: &'a [u8],
    pattern: &'a [u8],
    captures: Vec<Capture>,
    depth: usize,
    steps: u64,
}

impl<'a> Matcher<'a> {
    /// Nothing tried yet. `pattern` has no `^` in front.
    pub(super) fn new(lua: &'a Lua, subject: &'a [u8], pattern: &'a [u8]) -> Self {
        let captures = Vec::new();
        Self { lua, meter: Meter::of(lua), subject, pattern, captures, depth: 0, steps: 0 }
    }

    /// The captures of the last match.
    pub(super) fn captures(&self) -> &[Capture] {
        &self.captures
    }

    /// Matches at `start`: the offset behind the match.
    pub(super) fn at(&mut self, start: usize) -> Matched {
        self.captures.clear();
        self.depth = 0;
        self.matches(start, 0)
    }

    /// The first match at or behind `start`: from and to.
    pub(super) fn find(&mut self, start: usize) -> Result<Option<(usize, usize)>, Failure> {
        for from in start..=self.subject.len() {
            if let Some(to) = self.at(from)? {
                return Ok(Some((from, to)));
            }
        }
        Ok(None)
    }

    fn step(&mut self) -> Result<(), Failure> {
        self.steps += 1;
        if self.steps >= SLICE {
            self.steps = 0;
            if let Some(meter) = &self.meter {
                meter.charge(self.lua, SLICE).map_err(Failure::Stopped)?;
            }
        }
        Ok(())
    }

    fn p(&self, at: usize) -> Option<u8> {
        self.pattern.get(at).copied()
    }

    fn s(&self, at: usize) -> Option<u8> {
        self.subject.get(at).copied()
    }

    fn matches(&mut self, s: usize, p: usize) -> Matched {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Failure::Malformed("pattern too complex".to_owned()));
        }
        let matched = self.matches_items(s, p);
        self.depth -= 1;
        matched
    }

    fn matches_items(&mut self, mut s: usize, mut p: usize) -> Matched {
        loop {
            self.step()?;
            match (self.p(p), self.p(p + 1)) {
                (None, _) => return Ok(Some(s)),
                (Some(b'('), Some(b')')) => return self.open(Capture::Position(s), s, p + 2),
                (Some(b'('), _) => return self.open(Capture::Open(s), s, p + 1),
                (Some(b')'), _) => return self.close(s, p + 1),
                (Some(b'%'), Some(b'b')) => match self.balanced(s, p + 2)? {
                    Some(end) => (s, p) = (end, p + 4),
                    None => return Ok(None),
                },
                (Some(b'%'), Some(b'f')) => {
                    let set = p + 2;
                    if self.p(set) != Some(b'[') {
                        return Err(Failure::Malformed("missing '[' after '%f' in pattern".to_owned()));
                    }
                    let end = self.item_end(set)?;
                    let before = s.checked_sub(1).and_then(|at| self.s(at)).unwrap_or(0);
                    let here = self.s(s).unwrap_or(0);
                    if self.in_set(before, set, end - 1) || !self.in_set(here, set, end - 1) {
                        return Ok(None);
                    }
                    p = end;
                }
                (Some(b'%'), Some(digit @ b'0'..=b'9')) => match self.repeated(s, digit)? {
                    Some(end) => (s, p) = (end, p + 2),
                    None => return Ok(None),
                },
                (Some(b'$'), None) => return Ok((s == self.subject.len()).then_some(s)),
                _ => {
                    let end = self.item_end(p)?;
                    match self.p(end) {
                        Some(b'?') => {
                            if self.fits(s, p, end)
                                && let Some(matched) = self.matches(s + 1, end + 1)?
                            {
                                return Ok(Some(matched));
                            }
                            p = end + 1;
                        }
                        Some(b'*') => return self.longest(s, p, end, 0),
                        Some(b'+') => return self.longest(s, p, end, 1),
                        Some(b'-') => return self.shortest(s, p, end),
                        _ if self.fits(s, p, end) => (s, p) = (s + 1, end),
                        _ => return Ok(None),
                    }
                }
            }
        }
    }

    fn open(&mut self, capture: Capture, s: usize, p: usize) -> Matched {
        if self.captures.len() >= MAX_CAPTURES {
            return Err(Failure::Malformed("too many captures".to_owned()));
        }
        let level = self.captures.len();
        self.captures.push(capture);
        let matched = self.matches(s, p)?;
        if matched.is_none() {
            self.captures.truncate(level);
        }
        Ok(matched)
    }

    fn close(&mut self, s: usize, p: usize) -> Matched {
        let open = self.captures.iter().rposition(|capture| matches!(capture, Capture::Open(_)));
        let Some(level) = open else {
            return Err(Failure::Malformed("invalid pattern capture".to_owned()));
        };
        let Some(&Capture::Open(start)) = self.captures.get(level) else { return Ok(None) };
        self.set_capture(level, Capture::Text(start, s.saturating_sub(start)));
        let matched = self.matches(s, p)?;
        if matched.is_none() {
            self.set_capture(level, Capture::Open(start));
        }
        Ok(matched)
    }

    fn set_capture(&mut self, level: usize, capture: Capture) {
        if let Some(place) = self.captures.get_mut(level) {
            *place = capture;
        }
    }

    fn longest(&mut self, s: usize, p: usize, end: usize, least: usize) -> Matched {
        let mut count = 0;
        while self.fits(s + count, p, end) {
            self.step()?;
            count += 1;
        }
        while count >= least {
            if let Some(matched) = self.matches(s + count, end + 1)? {
                return Ok(Some(matched));
            }
            let Some(fewer) = count.checked_sub(1) else { break };
            count = fewer;
        }
        Ok(None)
    }

    fn shortest(&mut self, mut s: usize, p: usize, end: usize) -> Matched {
        loop {
            if let Some(matched) = self.matches(s, end + 1)? {
                return Ok(Some(matched));
            }
            if !self.fits(s, p, end) {
                return Ok(None);
            }
            s += 1;
        }
    }

    /// `%bxy`
    fn balanced(&mut self, s: usize, p: usize) -> Matched {
        let (Some(open), Some(close)) = (self.p(p), self.p(p + 1)) else {
            return Err(Failure::Malformed("unbalanced pattern".to_owned()));
        };
        if self.s(s) != Some(open) {
            return Ok(None);
        }
        let mut depth = 1;
        let mut at = s + 1;
        while let Some(byte) = self.s(at) {
            self.step()?;
            if byte == close {
                depth -= 1;
                if depth == 0 {
                    return Ok(Some(at + 1));
                }
            } else if byte == open {
                depth += 1;
            }
            at += 1;
        }
        Ok(None)
    }

    /// `%1`
    fn repeated(&mut self, s: usize, digit: u8) -> Matched {
        let capture =
            usize::from(digit).checked_sub(usize::from(b'1')).and_then(|level| self.captures.get(level));
        let Some(&Capture::Text(start, length)) = capture else {
            return match capture {
                Some(Capture::Position(_)) => Ok(None),
                _ => Err(Failure::Malformed("invalid capture index".to_owned())),
            };
        };
        self.steps += length as u64 / 8;
        self.step()?;
        let wanted = self.subject.get(start..start + length);
        Ok((self.subject.get(s..s + length) == wanted).then_some(s + length))
    }

    /// Behind the single-character item that starts at `p`.
    fn item_end(&self, p: usize) -> Result<usize, Failure> {
        match self.p(p) {
            Some(b'%') if self.p(p + 1).is_none() => {
                Err(Failure::Malformed("malformed pattern (ends with '%')".to_owned()))
            }
            Some(b'%') => Ok(p + 2),
            Some(b'[') => {
                let mut at = p + 1;
                if self.p(at) == Some(b'^') {
                    at += 1;
                }
                loop {
                    let byte = self.p(at);
                    at += 1;
                    match byte {
                        None => return Err(Failure::Malformed("malformed pattern (missing ']')".to_owned())),
                        Some(b'%') if self.p(at).is_some() => at += 1,
                        Some(_) => {}
                    }
                    if self.p(at) == Some(b']') {
                        return Ok(at + 1);
                    }
                }
            }
            _ => Ok(p + 1),
        }
    }

    /// Whether the byte at `s` fits the item from `p` to `end`.
    fn fits(&self, s: usize, p: usize, end: usize) -> bool {
        let Some(byte) = self.s(s) else { return false };
        match self.p(p) {
            Some(b'.') => true,
            Some(b'%') => self.p(p + 1).is_some_and(|class| in_class(byte, class)),
            Some(b'[') => self.in_set(byte, p, end - 1),
            literal => literal == Some(byte),
        }
    }

    /// Whether a byte is in the set whose `[` stands at `p` and whose `]` at `close`.
    fn in_set(&self, byte: u8, p: usize, close: usize) -> bool {
        let mut at = p + 1;
        let negated = self.p(at) == Some(b'^');
        if negated {
            at += 1;
        }
        while at < close {
            match self.p(at) {
                Some(b'%') => {
                    at += 1;
                    if self.p(at).is_some_and(|class| in_class(byte, class)) {
                        return !negated;
                    }
                    at += 1;
                }
                Some(first) if self.p(at + 1) == Some(b'-') && at + 2 < close => {
                    if self.p(at + 2).is_some_and(|last| (first..=last).contains(&byte)) {
                        return !negated;
                    }
                    at += 3;
                }
                Some(one) => {
                    if one == byte {
                        return !negated;
                    }
                    at += 1;
                }
                None => break,
            }
        }
        negated
    }
}

/// Whether a byte is of a class, as C's locale has them.
fn in_class(byte: u8, class: u8) -> bool {
    let holds = match class.to_ascii_lowercase() {
        b'a' => byte.is_ascii_alphabetic(),
        b'c' => byte.is_ascii_control(),
        b'd' => byte.is_ascii_digit(),
        b'l' => byte.is_ascii_lowercase(),
        b'p' => byte.is_ascii_punctuation(),
        b's' => matches!(byte, b' ' | b'\t'..=b'\r'),
        b'u' => byte.is_ascii_uppercase(),
        b'w' => byte.is_ascii_alphanumeric(),
        b'x' => byte.is_ascii_hexdigit(),
        b'z' => byte == 0,
        _ => return class == byte,
    };
    holds != class.is_ascii_uppercase()
}

/// Whether a pattern is a text that stands for itself.
pub(super) fn is_plain(pattern: &[u8]) -> bool {
    !pattern.iter().any(|byte| b"^$*+?.([%-".contains(byte))
}
