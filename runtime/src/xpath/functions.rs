//! The functions of XPath 1.0.

use super::evaluate::{Context, Evaluation, Given, number_of_node, ordered};
use super::parse::Term;
use super::value::Value;
use super::{Failure, Kind};

/// How many arguments each has.
const FUNCTIONS: &[(&str, usize, usize)] = &[
    ("boolean", 1, 1),
    ("ceiling", 1, 1),
    ("concat", 2, usize::MAX),
    ("contains", 2, 2),
    ("count", 1, 1),
    ("false", 0, 0),
    ("floor", 1, 1),
    ("id", 1, 1),
    ("lang", 1, 1),
    ("last", 0, 0),
    ("local-name", 0, 1),
    ("name", 0, 1),
    ("namespace-uri", 0, 1),
    ("normalize-space", 0, 1),
    ("not", 1, 1),
    ("number", 0, 1),
    ("position", 0, 0),
    ("round", 1, 1),
    ("starts-with", 2, 2),
    ("string", 0, 1),
    ("string-length", 0, 1),
    ("substring", 2, 3),
    ("substring-after", 2, 2),
    ("substring-before", 2, 2),
    ("sum", 1, 1),
    ("translate", 3, 3),
    ("true", 0, 0),
];

/// Whether there is a function that takes so many arguments; else what is wrong.
pub(super) fn check(name: &str, arguments: usize) -> Result<(), String> {
    match FUNCTIONS.iter().find(|(known, ..)| *known == name) {
        None => Err(format!("there is no function `{name}`")),
        Some((_, least, most)) if (*least..=*most).contains(&arguments) => Ok(()),
        Some(_) => Err(format!("`{name}` does not take {arguments} arguments")),
    }
}

/// Calls one that [`check`] has found right.
pub(super) fn call<E>(
    evaluation: &mut Evaluation<'_, E>,
    name: &str,
    arguments: &[Term],
    context: Context,
) -> Given<Value, E> {
    let mut values = Vec::new();
    for argument in arguments {
        values.push(evaluation.value(argument, context)?);
    }
    let document = evaluation.document;
    let here = || Value::Nodes(vec![context.node]);
    // Functions of nodes and of texts take the node where they stand.
    let first = values.first().cloned().unwrap_or_else(here);
    let mut texts = Vec::new();
    for value in &values {
        texts.push(evaluation.text(value)?);
    }
    let text = |at: usize| texts.get(at).map(String::as_str).unwrap_or_default();
    Ok(match name {
        "true" => Value::Boolean(true),
        "false" => Value::Boolean(false),
        "not" => Value::Boolean(!first.boolean()),
        "boolean" => Value::Boolean(first.boolean()),
        "position" => Value::Number(context.position as f64),
        "last" => Value::Number(context.size as f64),
        "count" | "sum" | "local-name" | "name" | "namespace-uri" => {
            let Value::Nodes(nodes) = &first else {
                return Err(Failure::Wrong(format!("`{name}` takes a set of nodes")));
            };
            let node = nodes.first().and_then(|node| document.get(*node));
            match name {
                "count" => Value::Number(nodes.len() as f64),
                "sum" => Value::Number(
                    nodes
                        .iter()
                        .map(|node| number_of_node(document, *node))
                        .fold(0.0, |sum, number| sum + number),
                ),
                "local-name" => Value::Text(node.map(|node| node.local.clone()).unwrap_or_default()),
                "namespace-uri" => {
                    Value::Text(node.and_then(|node| node.namespace.clone()).unwrap_or_default())
                }
                _ => Value::Text(node.map(full_name).unwrap_or_default()),
            }
        }
        "id" => {
            let wanted: Vec<&str> = text(0).split_whitespace().collect();
            evaluation.charge(document.len())?;
            let with_id = document.iter().filter(|node| {
                node.kind == Kind::Attribute && node.local == "id" && wanted.contains(&node.text.as_str())
            });
            Value::Nodes(ordered(with_id.filter_map(|node| node.parent).collect()))
        }
        "lang" => Value::Boolean(language_is(document, context.node, text(0))),
        "string" => Value::Text(evaluation.text(&first)?),
        "concat" => Value::Text(texts.concat()),
        "starts-with" => Value::Boolean(text(0).starts_with(text(1))),
        "contains" => Value::Boolean(text(0).contains(text(1))),
        "substring-before" => {
            Value::Text(text(0).split_once(text(1)).map_or(String::new(), |(before, _)| before.to_owned()))
        }
        "substring-after" => {
            Value::Text(text(0).split_once(text(1)).map_or(String::new(), |(_, after)| after.to_owned()))
        }
        "substring" => {
            let number = |at: usize| values.get(at).map(|value| round(value.number(document)));
            let start = number(1).unwrap_or(f64::NAN);
            let end = number(2).map_or(f64::INFINITY, |length| start + length);
            let part = text(0).chars().zip(1..).filter(|(_, place)| {
                let place = f64::from(*place);
                place >= start && place < end
            });
            Value::Text(part.map(|(character, _): (char, i32)| character).collect())
        }
        "string-length" => Value::Number(evaluation.text(&first)?.chars().count() as f64),
        "normalize-space" => {
            Value::Text(evaluation.text(&first)?.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        "translate" => {
            let (from, to): (Vec<char>, Vec<char>) = (text(1).chars().collect(), text(2).chars().collect());
            evaluation.charge(text(0).len().saturating_mul(from.len()) / 16)?;
            let translated =
                text(0).chars().filter_map(|one| match from.iter().position(|two| *two == one) {
                    Some(place) => to.get(place).copied(),
                    None => Some(one),
                });
            Value::Text(translated.collect())
        }
        "number" => Value::Number(first.number(document)),
        "floor" => Value::Number(first.number(document).floor()),
        "ceiling" => Value::Number(first.number(document).ceil()),
        _ => Value::Number(round(first.number(document))),
    })
}

/// Halves go up.
fn round(number: f64) -> f64 {
    (number + 0.5).floor()
}

fn full_name(node: &super::Node) -> String {
    match &node.prefix {
        Some(prefix) => format!("{prefix}:{}", node.local),
        None => node.local.clone(),
    }
}

/// Whether the nearest `xml:lang` is a language or a part of it.
fn language_is(document: &super::Document, node: usize, wanted: &str) -> bool {
    let mut at = Some(node);
    while let Some(node) = at.and_then(|at| document.get(at)) {
        let language = node.attributes.iter().filter_map(|attribute| document.get(*attribute));
        for attribute in language {
            if attribute.local == "lang" && attribute.prefix.as_deref() == Some("xml") {
                let (found, wanted) = (attribute.text.to_lowercase(), wanted.to_lowercase());
                return found == wanted || found.starts_with(&format!("{wanted}-"));
            }
        }
        at = node.parent;
    }
    false
}
