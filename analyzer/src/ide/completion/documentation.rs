//! What there is to say of an item, asked for when an editor shows it.

use super::item::Subject;
use crate::ide::hover;
use crate::project::Project;
use crate::rules;
use momentum_lua_stub_reader::database::Entry;
use momentum_lua_stub_reader::describe::{self, Description};
use momentum_lua_stub_reader::model::Version;

/// What there is to say of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// One line: the signature, the type, the value.
    pub detail: Option<String>,
    /// Markdown.
    pub text: String,
}

/// What there is to say of the subject of an item. `page_url` makes an address of a documentation page; `target` is the
/// version that the policy is for.
#[must_use]
pub fn document(
    project: &Project,
    subject: &Subject,
    target: Version,
    page_url: &dyn Fn(&str) -> String,
) -> Option<Document> {
    let api = project.api();
    let entry = match subject {
        Subject::Member(owner, member) if owner.is_empty() => Entry::Member(api.global(member)?),
        Subject::Member(owner, member) => Entry::Member(api.member(owner, member)?),
        Subject::Hook(name) => Entry::Hook(api.hook(name)?),
        Subject::Module(name) => Entry::Module(api.module(name)?),
        Subject::Macro(syntax) => Entry::Macro(api.macro_named(syntax)?),
        Subject::ContextVariable(dictionary, name) => {
            match api.context_variable(dictionary, name) {
                Some(variable) => Entry::ContextVariable(variable),
                // A variable of the policy alone.
                None => {
                    let text = hover::of_context_variable(project, dictionary, name, page_url)?;
                    return Some(Document { detail: None, text });
                }
            }
        }
        Subject::Option(scope, name) => Entry::Option(api.option(scope, name)?),
        Subject::Stanza(name) => {
            let scope = api.server()?.scopes.iter().find(|scope| scope.name == name.as_str())?;
            return Some(Document {
                detail: Some(format!("stanza {name}")),
                text: scope.about.doc.to_string(),
            });
        }
        Subject::Rule(code) => {
            let entry = rules::find(code)?;
            let documentation = rules::documentation::without_attributes(&entry.documentation());
            return Some(Document { detail: Some(entry.summary()), text: documentation });
        }
        Subject::Words(words) => return Some(Document { detail: None, text: words.clone() }),
    };
    let mut description = describe::describe(api, entry);
    if let Some(about) = entry.about().filter(|about| !about.available_in(target)) {
        let since = if about.since.series.is_empty() {
            String::new()
        } else {
            format!(" It is there since {}.", about.since)
        };
        description.traps.insert(0, format!("Momentum {target} does not have it.{since}").into());
    }
    Some(of_description(description, page_url))
}

/// The first line of the code becomes the detail; what is below it stays.
fn of_description(mut description: Description, page_url: &dyn Fn(&str) -> String) -> Document {
    let detail =
        if description.code.len() == 1 && description.c.is_none() { description.code.pop() } else { None };
    Document { text: description.markdown(page_url), detail }
}
