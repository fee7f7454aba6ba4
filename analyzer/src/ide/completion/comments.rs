//! Inside comments: what suppresses findings, and annotations.

use super::cursor::Cursor;
use super::item::{Item, ItemKind, Rank, Subject};
use crate::rules;
use crate::syntax::tree::Function;
use crate::syntax::{Comment, Span, offset_u32};
use momentum_lua_stub_reader::model::ClassKind;

/// What may follow `---@diagnostic`.
const ACTIONS: [&str; 4] = ["disable-next-line", "disable-line", "disable", "enable"];

/// Annotations that the analysis reads.
const ANNOTATIONS: [(&str, &str); 8] = [
    ("alias", "Names a type."),
    ("class", "Declares a class."),
    ("diagnostic", "Suppresses findings of rules."),
    ("field", "Declares a field of the class above."),
    ("generic", "Declares a type parameter."),
    ("param", "Gives the type of a parameter."),
    ("return", "Gives the type of a result."),
    ("type", "Gives the type of the variable that follows."),
];

/// What may stand in a comment, and the range that it replaces.
pub(super) fn items(cursor: &Cursor<'_, '_>, comment: Comment) -> (Vec<Item>, Span) {
    let word = cursor.word;
    let before = Span::new(comment.span.start, word.start).text(cursor.script.text());
    let text = before.trim_start_matches('-').trim_start();
    if comment.long || !before.starts_with("--") {
        return (Vec::new(), word);
    }
    let Some(annotation) = text.strip_prefix('@') else { return (Vec::new(), word) };
    if annotation.is_empty() {
        let items = ANNOTATIONS.iter().map(|(name, doc)| {
            Item::new(*name, ItemKind::Keyword).subject(Subject::Words((*doc).to_owned()))
        });
        return (items.collect(), word);
    }
    let Some(rest) = annotation.strip_prefix("diagnostic") else { return annotated(cursor, annotation) };
    let rest = rest.trim_start();
    if rest.contains("--") {
        return (Vec::new(), word);
    }
    if !rest.contains(':') {
        let items = if rest.is_empty() {
            ACTIONS
                .iter()
                .enumerate()
                .map(|(order, action)| Item::new(*action, ItemKind::Keyword).order(order))
                .collect()
        } else {
            Vec::new()
        };
        return (items, word);
    }
    let named: Vec<&str> = rest.split([':', ',']).skip(1).map(str::trim).collect();
    let left = rules::ALL.iter().filter(|entry| !named.contains(&entry.rule.code));
    let items = left.map(|entry| {
        Item::new(entry.rule.code, ItemKind::Value).subject(Subject::Rule(entry.rule.code.to_owned()))
    });
    (items.collect(), Span::new(word.start, word.start + offset_u32(word.text(cursor.script.text()).len())))
}

/// What may stand behind the tag of an annotation. `annotation` is what stands between its `@` and the word.
fn annotated(cursor: &Cursor<'_, '_>, annotation: &str) -> (Vec<Item>, Span) {
    let word = cursor.word;
    let nothing = (Vec::new(), word);
    let Some((tag, rest)) = annotation.split_once(char::is_whitespace) else { return nothing };
    let rest = rest.trim_start();
    if rest.contains(['#', '"', '\'']) {
        return nothing;
    }
    // Names of types have dots.
    let text = cursor.script.text();
    let before = Span::new(0, word.start).text(text);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
    let start = word.start - offset_u32(before.len() - before.trim_end_matches(is_part).len());
    let dotted = Span::new(start, word.end);
    let ty = match tag {
        "param" | "field" => match rest.split_once(char::is_whitespace) {
            Some((_, ty)) => ty,
            None if tag == "param" && rest.is_empty() => return (parameters(cursor), word),
            None => return nothing,
        },
        "alias" => match rest.split_once(char::is_whitespace) {
            Some((_, ty)) => ty,
            None => return nothing,
        },
        "class" => match rest.split_once(':') {
            Some((_, parents)) => parents,
            None => return nothing,
        },
        "type" | "return" => rest,
        _ => return nothing,
    };
    // Behind a type stand a name or words about it.
    let written = ty.get(..ty.len().saturating_sub((word.start - start) as usize)).unwrap_or(ty).trim_end();
    let takes_type = written.is_empty() || written.ends_with(['|', '(', '<', ',', ':', '[', '{']);
    if takes_type { (types(cursor), dotted) } else { nothing }
}

/// The parameters of the function that the comment stands above.
fn parameters(cursor: &Cursor<'_, '_>) -> Vec<Item> {
    let script = cursor.script;
    let tokens = &script.parsed().tokens;
    let next = tokens.partition_point(|token| token.span.start < cursor.offset);
    let Some(next) = tokens.get(next) else { return Vec::new() };
    let statements = script.tree().statements();
    let below = statements.map(|(_, statement)| statement.span).filter(|span| span.start == next.span.start);
    let Some(statement) = below.max_by_key(|span| span.len()) else { return Vec::new() };
    let functions = script.tree().functions().map(|(_, function)| function);
    let within = functions.filter(|function| statement.covers(function.span));
    let Some(function): Option<&Function> = within.min_by_key(|function| function.span.start) else {
        return Vec::new();
    };
    let names = function.parameters.iter().filter(|name| !name.is_missing()).enumerate();
    names.map(|(order, name)| Item::new(name.text.as_str(), ItemKind::Parameter).order(order)).collect()
}

/// The types that an annotation may name.
fn types(cursor: &Cursor<'_, '_>) -> Vec<Item> {
    const BASIC: [&str; 12] = [
        "any", "boolean", "false", "fun", "function", "integer", "nil", "number", "string", "table", "true",
        "userdata",
    ];
    let script = cursor.script;
    let basic = BASIC.iter().map(|name| Item::new(*name, ItemKind::Keyword));
    let own = script.project().class_names();
    let own = own.map(|name| Item::new(name.to_string(), ItemKind::Class).rank(Rank::Near));
    let classes = script
        .api()
        .classes()
        .into_iter()
        .filter(|class| class.kind != ClassKind::Table && class.callouts.is_none());
    let classes = classes.map(|class| Item::new(class.name.to_string(), ItemKind::Class));
    let aliases =
        script.api().aliases().into_iter().map(|alias| Item::new(alias.name.to_string(), ItemKind::Class));
    basic.chain(own).chain(classes).chain(aliases).collect()
}
