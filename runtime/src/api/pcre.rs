//! `msys.pcre`, and the `pcre` of the Lua engine: regular expressions.

pub(super) mod replace;
mod split;
mod template;

use std::rc::Rc;

use mlua::{LuaString, MultiValue, Table, Value};
use momentum_lua_analyzer::pcre::{self, Compiled, Flags, PatternError};
use rustc_hash::FxHashMap;

use super::{Call, Registry, text};
use crate::machine;
use crate::report::What;

/// What became of a pattern.
type Outcome = Rc<Result<Compiled, PatternError>>;

/// Patterns that were compiled, so that a loop compiles each once.
#[derive(Default)]
struct Patterns(FxHashMap<(bool, Vec<u8>), Outcome>);

impl Patterns {
    /// So many are kept.
    const MOST: usize = 256;
}

/// From and to of each group of a match, the whole match first; `None` for those that took no part.
pub(super) type Groups = Vec<Option<(usize, usize)>>;

pub(super) fn register(api: &mut Registry) {
    api.function("msys.pcre.match", |call, args: (LuaString, LuaString)| matches(call, &args, Dialect::Msys));
    api.function("msys.pcre_match", |call, args: (LuaString, LuaString)| matches(call, &args, Dialect::Msys));
    api.function("pcre.match", |call, args: (LuaString, LuaString)| matches(call, &args, Dialect::Engine));
    replace::register(api);
    split::register(api);
}

/// The two modules differ in what they say of a wrong pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `msys.pcre`: an error and its number.
    Msys,
    /// `pcre`: an error and its place. The empty pattern is one.
    Engine,
    /// The methods of messages: what they search is of any encoding.
    Content,
}

/// A compiled pattern with what the calls have in common.
pub(super) struct Pattern<'c> {
    call: &'c Call<'c>,
    compiled: Outcome,
    dialect: Dialect,
}

/// The limit of `pcre`'s functions: none when it is negative or left out.
fn limit(given: Option<i64>) -> Option<usize> {
    given.and_then(|limit| usize::try_from(limit).ok())
}

impl<'c> Pattern<'c> {
    /// The pattern, or what the function returns for one that does not compile.
    pub(super) fn new(
        call: &'c Call<'_>,
        pattern: &LuaString,
        dialect: Dialect,
    ) -> mlua::Result<Result<Self, MultiValue>> {
        let bytes = pattern.as_bytes();
        if dialect == Dialect::Engine && bytes.is_empty() {
            return refusal(call, "an empty pattern was provided", 0).map(Err);
        }
        // Compiling takes a few times as long as going over the pattern.
        machine::charge(call.lua(), 100 + 20 * bytes.len() as u64)?;
        let flags = if dialect == Dialect::Content { Flags::BYTES } else { Flags::MSYS_PCRE };
        let patterns = call.part::<Patterns>();
        let mut patterns = patterns.borrow_mut();
        if patterns.0.len() >= Patterns::MOST {
            patterns.0.clear();
        }
        let compiled = patterns
            .0
            .entry((dialect == Dialect::Content, bytes.to_vec()))
            .or_insert_with_key(|(_, bytes)| Rc::new(pcre::compile(bytes, flags)));
        if let Err(error) = &**compiled {
            let number = match dialect {
                Dialect::Msys | Dialect::Content => i64::from(error.code),
                Dialect::Engine => i64::try_from(error.range.end).unwrap_or(i64::MAX),
            };
            return refusal(call, &error.message, number).map(Err);
        }
        Ok(Ok(Self { call, compiled: Rc::clone(compiled), dialect }))
    }

    pub(super) fn regex(&self) -> Option<&Compiled> {
        self.compiled.as_ref().as_ref().ok()
    }

    /// The first match at or behind `from`; none where PCRE fails, and a note.
    pub(super) fn find(&self, subject: &[u8], from: usize) -> mlua::Result<Option<Groups>> {
        Ok(self.search(subject, from)?.flatten())
    }

    /// As [`Self::find`], but `None` where PCRE fails.
    pub(super) fn search(&self, subject: &[u8], from: usize) -> mlua::Result<Option<Option<Groups>>> {
        let Some(regex) = self.regex() else { return Ok(None) };
        machine::charge(self.call.lua(), 50 + (subject.len().saturating_sub(from) / 8) as u64)?;
        let mut found = regex.capture_locations();
        match regex.captures_read_at(&mut found, subject, from) {
            Ok(Some(_)) => Ok(Some(Some((0..found.len()).map(|group| found.get(group)).collect()))),
            Ok(None) => Ok(Some(None)),
            Err(error) => {
                let why = if pcre::is_given_up(&error) {
                    // It took as long as many instructions.
                    machine::charge(self.call.lua(), 10_000_000)?;
                    "the match was given up after 10 million steps (catastrophic backtracking)"
                } else {
                    "the subject is not UTF-8, which PCRE does not search"
                };
                let (name, subject) = (self.call.name(), text::quoted(subject));
                self.call.note(What::Note { text: format!("{name} finds nothing in {subject}: {why}") });
                Ok(None)
            }
        }
    }

    /// All matches, none of them overlapping.
    pub(super) fn each(
        &self,
        subject: &[u8],
        mut visit: impl FnMut(&Groups) -> mlua::Result<()>,
    ) -> mlua::Result<()> {
        let mut from = 0;
        let mut last_end = None;
        while from <= subject.len()
            && let Some(groups) = self.find(subject, from)?
        {
            let Some(&Some((start, end))) = groups.first() else { break };
            let end = end.max(start);
            // An empty match right behind another one is a part of that.
            if start < end || last_end != Some(end) {
                visit(&groups)?;
            }
            last_end = Some(end);
            from = if start == end { next_character(subject, end) } else { end };
        }
        Ok(())
    }

    /// All matches as the engine's module finds them, to at most `limit`: an empty one counts right behind another, too.
    /// `visit` gets the end of the match before.
    pub(super) fn each_of_engine(
        &self,
        subject: &[u8],
        limit: Option<usize>,
        mut visit: impl FnMut(usize, &Groups) -> mlua::Result<()>,
    ) -> mlua::Result<Rest> {
        let mut count = 0;
        self.each_while(subject, |from, groups| {
            if limit.is_some_and(|limit| count >= limit) {
                return Ok(false);
            }
            count += 1;
            visit(from, groups)?;
            Ok(true)
        })
    }

    /// As [`Self::each_of_engine`], until `visit` gives false: that match does not count.
    pub(super) fn each_while(
        &self,
        subject: &[u8],
        mut visit: impl FnMut(usize, &Groups) -> mlua::Result<bool>,
    ) -> mlua::Result<Rest> {
        let (mut from, mut copied, mut last_empty) = (0, 0, None);
        while from <= subject.len() {
            let Some(found) = self.search(subject, from)? else { return Ok(Rest { from: copied, to: from }) };
            let Some(groups) = found else { break };
            let Some(&Some((start, end))) = groups.first() else { break };
            let end = end.max(start);
            // An empty match is not found twice in one place.
            if start == end && last_empty == Some(end) {
                from = end + 1;
                if from < next_character(subject, end) {
                    let text = format!(
                        "{} ends within a character of {}: behind an empty match it goes on by bytes, and PCRE refuses that",
                        self.call.name(),
                        text::quoted(subject)
                    );
                    self.call.note(What::Note { text });
                    return Ok(Rest { from: copied, to: from });
                }
                continue;
            }
            if !visit(copied, &groups)? {
                break;
            }
            copied = end;
            last_empty = (start == end).then_some(end);
            from = end;
        }
        Ok(Rest { from: copied, to: subject.len() })
    }
}

/// What of a subject is left behind the last match: up to its end, unless PCRE failed before.
pub(super) struct Rest {
    pub(super) from: usize,
    pub(super) to: usize,
}

fn next_character(subject: &[u8], from: usize) -> usize {
    let mut next = from + 1;
    while subject.get(next).is_some_and(|byte| byte & 0xc0 == 0x80) {
        next += 1;
    }
    next
}

/// nil, the error and a number.
fn refusal(call: &Call<'_>, message: &str, number: i64) -> mlua::Result<MultiValue> {
    let message = Value::String(call.lua().create_string(message)?);
    Ok(MultiValue::from_iter([Value::Nil, message, Value::Integer(number)]))
}

fn matches(
    call: &Call<'_>,
    (subject, pattern): &(LuaString, LuaString),
    dialect: Dialect,
) -> mlua::Result<MultiValue> {
    let pattern = match Pattern::new(call, pattern, dialect)? {
        Ok(pattern) => pattern,
        Err(refusal) => return Ok(refusal),
    };
    let subject = subject.as_bytes();
    Ok(MultiValue::from_iter([match pattern.find(&subject, 0)? {
        Some(groups) => Value::Table(table(&pattern, &subject, &groups)?),
        None => Value::Nil,
    }]))
}

/// A match as scripts see it. PCRE counts groups up to the last one that took part: those before it that took none are
/// empty, those behind it missing; the engine's module gives the empty text for all names.
pub(super) fn table(pattern: &Pattern<'_>, subject: &[u8], groups: &Groups) -> mlua::Result<Table> {
    let lua = pattern.call.lua();
    let table = lua.create_table()?;
    let count = groups.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    let names = pattern.regex().map(Compiled::capture_names).unwrap_or_default();
    for (number, group) in groups.iter().take(count).enumerate() {
        let value = lua.create_string(slice(subject, *group))?;
        if let Some(Some(name)) = names.get(number)
            && (group.is_some() || !table.contains_key(name.as_str())?)
        {
            table.raw_set(name.as_str(), &value)?;
        }
        table.raw_set(number, value)?;
    }
    if pattern.dialect == Dialect::Engine {
        for name in names.iter().flatten() {
            if !table.contains_key(name.as_str())? {
                table.raw_set(name.as_str(), "")?;
            }
        }
    }
    Ok(table)
}

fn slice(subject: &[u8], group: Option<(usize, usize)>) -> &[u8] {
    group.and_then(|(start, end)| subject.get(start..end)).unwrap_or_default()
}

#[cfg(test)]
pub(in crate::api) mod tests {
    use crate::api::tested::{State, state, state_of};

    /// A state that has the module of the server.
    pub(in crate::api) fn pcre() -> State {
        state_of("", &["msys.pcre"])
    }

    #[test]
    fn groups_are_found_by_number_and_name() {
        let said: String = pcre().eval(
            "local m = msys.pcre.match('Anna <anna@example.com>', '(?P<user>[^<@]+)@(?P<domain>[^>]+)')\n\
             return m[0] .. '|' .. m[1] .. '|' .. m[2] .. '|' .. m.user .. '|' .. m.domain .. '|' .. #m",
        );
        assert_eq!(said, "anna@example.com|anna|example.com|anna|example.com|2");
    }

    #[test]
    fn groups_without_a_part_are_empty_or_missing() {
        let said: String = pcre().eval(
            "local m = msys.pcre.match('ac', '(a)(b)?(c)(d)?')\n\
             return m[1] .. '|' .. m[2] .. '|' .. m[3] .. '|' .. tostring(m[4])",
        );
        assert_eq!(said, "a||c|nil");
    }

    #[test]
    fn no_match_is_nil_alone_and_a_wrong_pattern_says_why() {
        let said: String = pcre().eval(
            "local a, b = msys.pcre.match('x', 'y')\n\
             local c, d, e = msys.pcre.match('x', '(y')\n\
             return tostring(a) .. tostring(b) .. '|' .. tostring(c) .. '|' .. d .. '|' .. e",
        );
        assert_eq!(said, "nilnil|nil|missing )|14");
    }

    #[test]
    fn the_engine_has_a_module_of_its_own() {
        let said: String = state().eval(
            "local pcre = require('pcre')\n\
             local a, b, c = pcre.match('x', '')\n\
             local d, e, f = pcre.match('x', 'a)b')\n\
             return pcre.match('x1', '\\\\d')[0] .. pcre.match('ac', '(?P<a>a)(?P<b>b)?(c)(?P<d>d)?').d .. '|' .. tostring(a) .. b .. c .. '|' .. e .. f",
        );
        assert_eq!(said, "1|nilan empty pattern was provided0|unmatched parentheses2");
    }

    #[test]
    fn pcre_1_corners_and_partial_matches() {
        let said: String = pcre().eval(
            "return msys.pcre.match('a.b-c', '[\\\\w-\\\\.]+')[0] .. '|' .. msys.pcre.match('ÄÖ', '.')[0] \
                .. '|' .. tostring(msys.pcre.match('\\255', '.')) .. '|' .. msys.pcre.match('foobar', 'foo\\\\Kbar')[0]",
        );
        assert_eq!(said, "a.b-c|Ä|nil|bar");
    }

    #[test]
    fn a_catastrophic_pattern_ends() {
        let state = state();
        let said: String = state
            .eval("require('msys.pcre')\n return tostring(msys.pcre.match(('a'):rep(40) .. 'b', '^(a+)+$'))");
        assert_eq!(said, "nil");
        assert!(state.report().contains("catastrophic"), "{}", state.report());
    }

    #[test]
    fn nil_would_crash_the_server() {
        let error = pcre().error("msys.pcre.match(nil, 'x')");
        assert!(error.contains("would crash the server") && error.contains("`subject`"), "{error}");
        let error = pcre().error("msys.pcre.match({}, 'x')");
        assert!(error.contains("bad argument #1 to 'match' (string expected, got table)"), "{error}");
    }
}
