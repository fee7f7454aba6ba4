//! What is known of the thing at an offset, as Markdown.

use super::place::{self, Place};
use crate::project::Script;
use crate::syntax::Span;
use momentum_lua_stub_reader::describe::{self, Description};
use std::fmt::Write as _;

/// What a hover shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The text, in Markdown.
    pub markdown: String,
    /// The range that it speaks of.
    pub span: Span,
}

/// What is known of the thing at `offset`.
#[must_use]
pub fn hover(script: &Script<'_>, offset: u32) -> Option<Hover> {
    let place = place::at(script, offset)?;
    let markdown = described(script, &place).or_else(|| typed(script, &place))?;
    Some(Hover { markdown, span: place.span() })
}

/// The entry of the API that stands there.
fn described(script: &Script<'_>, place: &Place) -> Option<String> {
    let expression = place.expression()?;
    let member = script.member(expression)?;
    let description =
        describe::describe(script.api(), momentum_lua_stub_reader::database::Entry::Member(member));
    Some(markdown(&description))
}

/// The type of any other expression.
fn typed(script: &Script<'_>, place: &Place) -> Option<String> {
    let ty = match place {
        Place::Binding { binding, expression: None, .. } => {
            script.analysis().binding_types.get(binding.index()).cloned().unwrap_or_default()
        }
        _ => script.type_of(place.expression()?),
    };
    let name = script.text_at(place.span());
    (!ty.is_unknown()).then(|| format!("```lua\n{name}: {ty}\n```"))
}

/// A description as an editor shows it.
#[must_use]
pub fn markdown(description: &Description) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "```lua\n{}\n```", description.code.join("\n"));
    if let Some(c) = &description.c {
        let _ = writeln!(text, "```c\n{c}\n```");
    }
    let _ = writeln!(text, "{}", description.doc);
    text
}
