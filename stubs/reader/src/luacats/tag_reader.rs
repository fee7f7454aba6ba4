//! Reads tags.

use std::ops::Range;

use super::cursor::Cursor;
use super::expression::Parser;
use super::tag::{
    AliasMember, ClassTag, FieldKey, FieldTag, ParamTag, ReturnTag, Spanned, TAGS, Tag, TagLine,
};
use crate::model::{AllowedIn, Fidelity, Generic, Signature, Since, Text, Type, Version};
use crate::problem::Problem;

/// In which language the tags stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Lua: `@param name type text`.
    Lua,
    /// C: `@param name text`.
    C,
}

/// Reads tags of one block.
pub(super) struct TagReader<'g> {
    pub(super) dialect: Dialect,
    pub(super) parser: Parser<'g>,
}

impl TagReader<'_> {
    /// The tag whose name begins at the cursor, behind the `@`. `None` where it makes no sense; the problem is noted.
    pub(super) fn read(&mut self, cursor: &mut Cursor<'_>) -> Option<TagLine> {
        let start = cursor.offset().saturating_sub(1);
        let name = cursor.name(|c| c == '-').unwrap_or("");
        let range = cursor.since(start);
        cursor.skip_space();
        let tag = self.tag(name, &range, cursor)?;
        let rest = cursor.rest().trim();
        if !rest.is_empty() {
            self.problem(cursor.expected("the end of the line"));
        }
        Some(TagLine { tag, range })
    }

    fn tag(&mut self, name: &str, range: &Range<usize>, cursor: &mut Cursor<'_>) -> Option<Tag> {
        Some(match name {
            "meta" => Tag::Meta(Some(cursor.remainder()).filter(|name| !name.is_empty()).map(Text::from)),
            "class" => Tag::Class(self.class(cursor)?),
            "field" => Tag::Field(self.field(cursor)?),
            "param" => Tag::Param(self.param(cursor)?),
            "return" if self.dialect == Dialect::Lua => Tag::Return(self.result_types(cursor)?),
            "return" => Tag::Return(ReturnTag { values: Vec::new(), doc: cursor.remainder().into() }),
            "vararg" => {
                let name = Spanned { value: Text::from_static("..."), range: range.clone() };
                let ty = self.parser.union(cursor)?;
                Tag::Param(ParamTag { name, optional: false, ty: Some(ty), doc: cursor.remainder().into() })
            }
            "overload" => Tag::Overload(self.signature(cursor)?),
            "alias" => self.alias(cursor)?,
            "type" => self.types(cursor)?,
            "generic" => Tag::Generic(self.generics(cursor)?),
            "deprecated" => Tag::Deprecated(cursor.remainder().into()),
            "cast" => {
                let name = self.word(cursor, "the name of a variable")?;
                cursor.skip_space();
                Tag::Cast { name, ty: self.parser.union(cursor)? }
            }
            "diagnostic" => Tag::Diagnostic(cursor.remainder().into()),
            "async" | "as" | "enum" | "module" | "nodiscard" | "operator" | "package" | "private"
            | "protected" | "public" | "readonly" | "see" | "source" | "version" => {
                cursor.remainder();
                Tag::Other(name.into())
            }
            _ => return self.own_tag(name, range, cursor),
        })
    }

    /// Tags that LuaCATS does not have.
    fn own_tag(&mut self, name: &str, range: &Range<usize>, cursor: &mut Cursor<'_>) -> Option<Tag> {
        Some(match name {
            "receiver" => Tag::Receiver(values(self.list(cursor, "a name"))),
            "global" => Tag::Global,
            "requires" => Tag::Requires(self.list(cursor, "the name of a module")),
            "phase" => Tag::Phase(self.phases(cursor)),
            "callout" => Tag::Callout(self.callouts(cursor)),
            "advised" => {
                cursor.remainder();
                Tag::Advised
            }
            "never" => Tag::Never(self.list(cursor, "the name of a callout or hook")),
            "since" => Tag::Since(self.since(cursor)?),
            "until" => {
                let versions = self.since(cursor)?;
                let signature = if cursor.rest().is_empty() { None } else { Some(self.signature(cursor)?) };
                Tag::Until(versions, signature)
            }
            "iter" => match self.types(cursor)? {
                Tag::Type { types, .. } => Tag::Iter(types),
                _ => return None,
            },
            "registers" => {
                Tag::Registers(Some(cursor.remainder()).filter(|scope| !scope.is_empty()).map(Text::from))
            }
            "yields" => Tag::Yields,
            "blocking" => Tag::Blocking,
            "nopcall" => Tag::NoPcall,
            "mutates" if cursor.rest().is_empty() => Tag::Mutates(None),
            "mutates" => Tag::Mutates(Some(self.word(cursor, "the name of a method")?.value)),
            "nilcrash" => Tag::NilCrash(self.list(cursor, "the name of a parameter")),
            "raises" => Tag::Raises(self.text(cursor)?),
            "trap" => Tag::Trap(self.text(cursor)?),
            "correction" => Tag::Correction(self.text(cursor)?),
            "undocumented" => {
                cursor.remainder();
                Tag::Undocumented
            }
            "constant" => {
                Tag::Constant(Some(cursor.remainder()).filter(|group| !group.is_empty()).map(Text::from))
            }
            "fidelity" => Tag::Fidelity(self.fidelity(cursor)?),
            "page" => Tag::Page(self.word(cursor, "the path of a page")?.value),
            "callouts" => Tag::Callouts(self.word(cursor, "a scope")?.value),
            "result" => self.result(cursor)?,
            "ignored" => {
                cursor.remainder();
                Tag::Ignored
            }
            "thread" => Tag::Thread(self.text(cursor)?),
            "hook" => Tag::Hook(self.word(cursor, "a scope")?.value),
            "name" => Tag::Name(self.text(cursor)?),
            "keep" => Tag::Keep(self.word(cursor, "the name of a parameter")?),
            "seen" => {
                cursor.remainder();
                Tag::Seen
            }
            "writable" => Tag::Writable(self.words(cursor)),
            "out" => Tag::Out(self.word(cursor, "the name of a parameter")?),
            "" => return self.fail(Problem::new(range.clone(), "expected the name of a tag after `@`")),
            _ => {
                cursor.remainder();
                let near = crate::database::nearest(name, TAGS.iter().copied());
                let hint = near.first().map(|near| format!("; `@{near}` is one")).unwrap_or_default();
                return self.fail(Problem::new(range.clone(), format!("`@{name}` is no tag{hint}")));
            }
        })
    }

    fn class(&mut self, cursor: &mut Cursor<'_>) -> Option<ClassTag> {
        if cursor.take("(") {
            // `(exact)`, `(partial)`
            cursor.take_while(|c| c != ')');
            cursor.take(")");
            cursor.skip_space();
        }
        let name = self.type_name(cursor, "the name of a class")?;
        let generics = self.type_parameters(cursor)?;
        let mut parents = Vec::new();
        if cursor.take_after_space(":") {
            loop {
                cursor.skip_space();
                parents.push(self.type_name(cursor, "the name of a class")?);
                if cursor.take("<") {
                    cursor.take_while(|c| c != '>');
                    cursor.take(">");
                }
                if !cursor.take_after_space(",") {
                    break;
                }
            }
        }
        Some(ClassTag { name, generics, parents, doc: cursor.remainder().into() })
    }

    fn field(&mut self, cursor: &mut Cursor<'_>) -> Option<FieldTag> {
        for visibility in ["private ", "protected ", "public ", "package "] {
            if cursor.take(visibility) {
                cursor.skip_space();
            }
        }
        let key = if cursor.take("[") {
            cursor.skip_space();
            let key = self.parser.union(cursor)?;
            if !cursor.take_after_space("]") {
                return self.fail(cursor.expected("`]`"));
            }
            match key {
                Type::Literal(crate::model::Literal::String(name)) => FieldKey::Name(name),
                other => FieldKey::Index(other),
            }
        } else {
            FieldKey::Name(self.word_of(cursor, "the name of a field", |c| c != '?')?.value)
        };
        let optional = cursor.take("?");
        cursor.skip_space();
        let ty = self.parser.union(cursor)?;
        Some(FieldTag { key, optional, ty, doc: cursor.remainder().into() })
    }

    fn param(&mut self, cursor: &mut Cursor<'_>) -> Option<ParamTag> {
        let name = self.word_of(cursor, "the name of a parameter", |c| c != '?')?;
        let optional = cursor.take("?");
        cursor.skip_space();
        let ty = match self.dialect {
            Dialect::Lua => Some(self.parser.union(cursor)?),
            Dialect::C => None,
        };
        Some(ParamTag { name, optional, ty, doc: cursor.remainder().into() })
    }

    fn result_types(&mut self, cursor: &mut Cursor<'_>) -> Option<ReturnTag> {
        let mut values = Vec::new();
        loop {
            let ty = self.parser.union(cursor)?;
            let mut ahead = cursor.clone();
            ahead.skip_space();
            // What follows is a name when it is a word of its own.
            let name =
                ahead.name(|_| false).filter(|_| ahead.peek().is_none_or(|c| c.is_whitespace() || c == ','));
            let name = name.map(Text::from);
            if name.is_some() {
                *cursor = ahead;
            }
            values.push((ty, name));
            if !cursor.take(",") {
                break;
            }
            cursor.skip_space();
        }
        Some(ReturnTag { values, doc: cursor.remainder().into() })
    }

    fn signature(&mut self, cursor: &mut Cursor<'_>) -> Option<Signature> {
        let start = cursor.offset();
        let ty = self.parser.union(cursor)?;
        cursor.remainder();
        match ty {
            Type::Fun(signature) => Some((*signature).clone()),
            other => {
                let message = format!("expected `fun(…)`, found `{other}`");
                self.fail(Problem::new(start..cursor.offset(), message))
            }
        }
    }

    fn alias(&mut self, cursor: &mut Cursor<'_>) -> Option<Tag> {
        let name = self.type_name(cursor, "the name of an alias")?;
        let generics = self.type_parameters(cursor)?;
        cursor.skip_space();
        let ty = match cursor.rest() {
            "" => None,
            rest if rest.starts_with('#') => None,
            _ => Some(self.parser.union(cursor)?),
        };
        Some(Tag::Alias { name, generics, ty, doc: cursor.remainder().into() })
    }

    fn types(&mut self, cursor: &mut Cursor<'_>) -> Option<Tag> {
        let mut types = vec![self.parser.union(cursor)?];
        while cursor.take_after_space(",") {
            cursor.skip_space();
            types.push(self.parser.union(cursor)?);
        }
        Some(Tag::Type { types, doc: cursor.remainder().into() })
    }

    pub(super) fn alias_member(&mut self, cursor: &mut Cursor<'_>) -> Option<AliasMember> {
        // `---|>` and `---|+` mark defaults and additions.
        if !cursor.take("+") {
            cursor.take(">");
        }
        cursor.skip_space();
        let ty = self.parser.union(cursor)?;
        Some(AliasMember { ty, doc: cursor.remainder().into() })
    }

    pub(super) fn generics(&mut self, cursor: &mut Cursor<'_>) -> Option<Vec<Generic>> {
        let mut generics = Vec::new();
        loop {
            cursor.skip_space();
            let name = self
                .word_of(cursor, "the name of a type parameter", |c| c.is_alphanumeric() || c == '_')?
                .value;
            cursor.take("...");
            let bound = match cursor.take_after_space(":") {
                true => {
                    cursor.skip_space();
                    Some(self.parser.union(cursor)?)
                }
                false => None,
            };
            generics.push(Generic { name, bound });
            if !cursor.take_after_space(",") {
                return Some(generics);
            }
        }
    }

    fn type_parameters(&mut self, cursor: &mut Cursor<'_>) -> Option<Vec<Generic>> {
        if !cursor.take("<") {
            return Some(Vec::new());
        }
        let generics = self.generics(cursor)?;
        if cursor.take_after_space(">") { Some(generics) } else { self.fail(cursor.expected("`>`")) }
    }

    fn since(&mut self, cursor: &mut Cursor<'_>) -> Option<Since> {
        let mut series = Vec::new();
        while cursor.peek().is_some() && !cursor.rest().starts_with("fun") {
            let start = cursor.offset();
            let pair = cursor.take_while(|c| !c.is_whitespace() && c != ',');
            let parsed = pair.split_once('=').and_then(|(series, first)| {
                Some((series.parse::<u16>().ok()?, first.parse::<Version>().ok()?))
            });
            match parsed {
                Some(pair) => series.push(pair),
                None => {
                    let message =
                        format!("expected a series and its first version, such as `4=4.0`, found `{pair}`");
                    return self.fail(Problem::new(start..start + pair.len().max(1), message));
                }
            }
            cursor.take(",");
            cursor.skip_space();
        }
        if series.is_empty() {
            self.fail(cursor.expected("a series and its first version"))
        } else {
            Some(Since { series })
        }
    }

    fn fidelity(&mut self, cursor: &mut Cursor<'_>) -> Option<Fidelity> {
        let word = self.word(cursor, "`modelled`, `fixture` or `recorded`")?;
        match word.value.as_str() {
            "modelled" => Some(Fidelity::Modelled),
            "fixture" => Some(Fidelity::Fixture),
            "recorded" => Some(Fidelity::Recorded),
            other => {
                let message = format!("expected `modelled`, `fixture` or `recorded`, found `{other}`");
                self.fail(Problem::new(word.range, message))
            }
        }
    }

    fn result(&mut self, cursor: &mut Cursor<'_>) -> Option<Tag> {
        let start = cursor.offset();
        let value = match cursor.quoted() {
            Some(Ok(text)) => Spanned { value: format!("\"{text}\"").into(), range: cursor.since(start) },
            Some(Err(problem)) => return self.fail(problem),
            None => self.word(cursor, "a constant or a literal")?,
        };
        Some(Tag::Result { value, meaning: cursor.remainder().into() })
    }

    /// `a, b (remark), c`; a remark belongs to the name before it. `modify: a or later` limits a use of the function.
    fn callouts(&mut self, cursor: &mut Cursor<'_>) -> Vec<Spanned<AllowedIn>> {
        let mut callouts = Vec::new();
        loop {
            cursor.skip_space();
            let mut ahead = cursor.clone();
            let usage = ahead.name(|_| false).filter(|_| ahead.take(":")).map(Text::from);
            if usage.is_some() {
                ahead.skip_space();
                *cursor = ahead;
            }
            let Some(word) = self.word_of(cursor, "the name of a callout or hook", |c| c != ',' && c != '(')
            else {
                return callouts;
            };
            let remark = cursor.take_after_space("(").then(|| {
                let remark = cursor.take_while(|c| c != ')').trim();
                cursor.take(")");
                Text::from(remark)
            });
            let or_later = cursor.take_after_space("or later");
            let value = AllowedIn { hook: word.value, usage, or_later, remark };
            callouts.push(Spanned { value, range: word.range });
            if !cursor.take_after_space(",") {
                return callouts;
            }
        }
    }

    fn list(&mut self, cursor: &mut Cursor<'_>, what: &str) -> Vec<Spanned<Text>> {
        let mut list = Vec::new();
        loop {
            cursor.skip_space();
            let Some(word) = self.word_of(cursor, what, |c| c != ',') else { return list };
            list.push(word);
            if !cursor.take_after_space(",") {
                return list;
            }
        }
    }

    /// Names with commas between them; only a comma ends one.
    fn phases(&mut self, cursor: &mut Cursor<'_>) -> Vec<Spanned<Text>> {
        let mut phases = Vec::new();
        loop {
            cursor.skip_space();
            let start = cursor.offset();
            let name = cursor.take_while(|c| c != ',').trim_end();
            if name.is_empty() {
                self.problem(cursor.expected("the name of a phase"));
            } else {
                phases.push(Spanned { value: name.into(), range: start..start + name.len() });
            }
            if !cursor.take(",") {
                return phases;
            }
        }
    }

    /// Words with commas between them; none is fine.
    fn words(&mut self, cursor: &mut Cursor<'_>) -> Vec<Text> {
        let rest = cursor.remainder();
        rest.split(',').map(str::trim).filter(|word| !word.is_empty()).map(Text::from).collect()
    }

    fn text(&mut self, cursor: &mut Cursor<'_>) -> Option<Text> {
        let here = cursor.expected("a text");
        let text = cursor.remainder();
        if text.is_empty() { self.fail(here) } else { Some(text.into()) }
    }

    fn word(&mut self, cursor: &mut Cursor<'_>, what: &str) -> Option<Spanned<Text>> {
        self.word_of(cursor, what, |_| true)
    }

    fn type_name(&mut self, cursor: &mut Cursor<'_>, what: &str) -> Option<Spanned<Text>> {
        self.word_of(cursor, what, |c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '*'))
    }

    fn word_of(
        &mut self,
        cursor: &mut Cursor<'_>,
        what: &str,
        fits: impl Fn(char) -> bool,
    ) -> Option<Spanned<Text>> {
        let start = cursor.offset();
        let word = cursor.take_while(|c| !c.is_whitespace() && fits(c));
        if word.is_empty() {
            return self.fail(cursor.expected(what));
        }
        Some(Spanned { value: word.into(), range: cursor.since(start) })
    }

    fn fail<T>(&mut self, problem: Problem) -> Option<T> {
        self.problem(problem);
        None
    }

    fn problem(&mut self, problem: Problem) {
        self.parser.problems.push(problem);
    }
}

fn values(list: Vec<Spanned<Text>>) -> Vec<Text> {
    list.into_iter().map(|spanned| spanned.value).collect()
}
