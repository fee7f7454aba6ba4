//! What strings name, and words that only Momentum's Lua has.

use super::{Hover, PageUrl, described, keywords, written};
use crate::ide::server_configuration;
use crate::ide::target::Target;
use crate::macro_text;
use crate::project::Script;
use crate::syntax::tree::{ExpressionId, ExpressionKind};
use crate::syntax::{Span, TokenKind, offset_u32};
use momentum_lua_stub_reader::database::Entry;

/// What a string or number stands for.
pub(super) fn of_literal(
    script: &Script<'_>,
    literal: ExpressionId,
    offset: u32,
    page_url: PageUrl<'_>,
) -> Option<Hover> {
    let span = script.span(literal);
    if let ExpressionKind::Number(value) = script.tree().expression(literal).kind {
        let text = written(script, literal);
        let is_octal =
            text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
        let words = match text.get(..2) {
            _ if is_octal => format!(
                "An octal number, because of its leading zero: {value} in decimal. Lua elsewhere reads it as decimal."
            ),
            Some("0x" | "0X") => format!("{value} in decimal."),
            _ => return None,
        };
        return Some(Hover { markdown: format!("```lua\n{text}\n```\n{words}"), span });
    }
    if let Some(hover) = of_macro(script, literal, offset, page_url) {
        return Some(hover);
    }
    let markdown = of_module(script, literal, page_url).or_else(|| of_stanza(script, literal))?;
    Some(Hover { markdown, span })
}

/// The module of a `require`.
fn of_module(script: &Script<'_>, literal: ExpressionId, page_url: PageUrl<'_>) -> Option<String> {
    let span = script.span(literal);
    let require = script.analysis().requires.iter().find(|require| require.name_span == span)?;
    if let Some(file) = script.project().module_file(&require.module, script.id()) {
        let path = script.project().path(file)?;
        return Some(format!("Module `{}`: {path}", require.module));
    }
    Some(described(script.api(), Entry::Module(script.api().module(&require.module)?), page_url))
}

/// The stanza of the configuration that a string names.
fn of_stanza(script: &Script<'_>, literal: ExpressionId) -> Option<String> {
    let named = server_configuration::named_by(script, literal).into_iter();
    let places = named.filter_map(|target| match target {
        Target::File { file, name, .. } => {
            let project = script.project();
            let line = project.lines(file)?.line(name.start);
            let text = project.lines(file)?.line_span(line, project.text(file)?).text(project.text(file)?);
            Some(format!("```\n{}\n```\n{}:{}", text.trim(), project.path(file)?, line + 1))
        }
        Target::Stub { .. } => None,
    });
    let places: Vec<String> = places.collect();
    (!places.is_empty()).then(|| places.join("\n\n"))
}

/// The macro of a string at an offset.
fn of_macro(script: &Script<'_>, literal: ExpressionId, offset: u32, page_url: PageUrl<'_>) -> Option<Hover> {
    let span = script.span(literal);
    let text = script.text_at(span);
    let at = (offset.checked_sub(span.start)?) as usize;
    let found =
        macro_text::read(text).into_iter().find(|found| found.range.start <= at && at <= found.range.end)?;
    let part = |range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or_default();
    let api = script.api();
    let namespace = found.namespace.as_ref().map(part);
    let name = part(&found.body);
    let plain = name.split(',').next().unwrap_or(name);
    let is_it = |syntax: &str| {
        let inside = syntax.trim_start_matches("%{").trim_end_matches('}');
        let (of, macro_name) = inside.split_once(':').unwrap_or(("", inside));
        let macro_name = macro_name.split([',', '[']).next().unwrap_or(macro_name);
        of == namespace.unwrap_or_default() && macro_name == plain
    };
    let entry = Entry::Macro(api.macros().into_iter().find(|one| is_it(&one.syntax))?);
    let from = span.start + offset_u32(found.range.start);
    let span = Span::new(from, span.start + offset_u32(found.range.end));
    Some(Hover { markdown: described(api, entry, page_url), span })
}

/// A word, or an operator that only Momentum's Lua has.
pub(super) fn of_token(script: &Script<'_>, offset: u32) -> Option<Hover> {
    let tokens = &script.parsed().tokens;
    let behind = tokens.partition_point(|token| token.span.start <= offset);
    // What begins at the offset goes before what ends there.
    let near = tokens.get(behind.saturating_sub(2)..behind)?.iter().rev();
    near.filter(|token| token.span.touches(offset) && !token.span.is_empty()).find_map(|token| {
        let operator = meaning(token.kind, script.text_at(token.span));
        let (example, words, own) = match operator {
            Some((example, words)) => (example, words, " Only Momentum's Lua has it."),
            None => keywords::meaning(token.kind).map(|(usage, words)| (usage, words, ""))?,
        };
        Some(Hover { markdown: format!("```lua\n{example}\n```\n{words}{own}"), span: token.span })
    })
}

fn meaning(kind: TokenKind, text: &str) -> Option<(&'static str, &'static str)> {
    use TokenKind as K;
    Some(match kind {
        K::NotEqual if text == "!=" => ("a != b", "Whether two values are not equal, as `~=`."),
        K::Bang => ("!a", "Whether a value is false or nil, as `not`."),
        K::BitAnd => ("a & b", "The bitwise *and* of two whole numbers."),
        K::BitOr => ("a | b", "The bitwise *or* of two whole numbers."),
        K::BitXor => {
            ("a ^^ b", "The bitwise *exclusive or* of two whole numbers. A single `^` is the power.")
        }
        K::Tilde => ("~a", "The bitwise complement of a whole number."),
        K::ShiftLeft => ("a << b", "A whole number with its bits shifted to the left."),
        K::ShiftRight => ("a >> b", "A whole number with its bits shifted to the right."),
        K::FloorDivide => ("a \\ b", "The quotient rounded down to a whole number."),
        _ => return None,
    })
}
