//! Names of context variables, and the values that they take.

use super::cursor::Cursor;
use super::item::{Item, ItemKind, Rank, Subject};
use super::used_texts::used_texts;
use crate::semantics::types::{Type, Value};
use momentum_lua_stub_reader::model::{self, Function};
use rustc_hash::FxHashSet;

/// Context variables of the server, of the listeners' configuration and of the project's scripts.
pub(super) fn items(cursor: &Cursor<'_, '_>, dictionary: Option<&str>) -> Vec<Item> {
    let script = cursor.script;
    let mut items = Vec::new();
    let mut taken = FxHashSet::default();
    for variable in script.api().context_variables() {
        if dictionary.is_some_and(|dictionary| variable.dictionary != dictionary) {
            continue;
        }
        let template = variable.template;
        let name = match (template, variable.name.split_once('<')) {
            (true, Some((fixed, _))) => fixed.to_owned(),
            _ => variable.name.to_string(),
        };
        if name.is_empty() || !taken.insert(name.clone()) {
            continue;
        }
        let subject = Subject::ContextVariable(variable.dictionary.to_string(), variable.name.to_string());
        let mut item = Item::new(variable.name.as_str(), ItemKind::Variable).inserting(name).subject(subject);
        item.detail = Some(match dictionary {
            Some(_) => variable.module.to_string(),
            None => format!("{}, {}", variable.dictionary, variable.module),
        });
        items.push(cursor.rated(item, &variable.about));
    }
    for server in script.project().server_configurations().filter(|_| dictionary != Some("mess")) {
        for key in &server.policy().context {
            if taken.insert(key.key.text.clone()) {
                let subject = Subject::ContextVariable("conn".to_owned(), key.key.text.clone());
                let item = Item::new(key.key.text.as_str(), ItemKind::Variable).detail("listener");
                items.push(item.rank(Rank::Near).subject(subject));
            }
        }
    }
    for name in used_keys(cursor, dictionary) {
        if taken.insert(name.clone()) {
            let subject =
                dictionary.map(|dictionary| Subject::ContextVariable(dictionary.to_owned(), name.clone()));
            let item = Item::new(name, ItemKind::Variable).detail("of the scripts").rank(Rank::Near);
            items.push(Item { subject, ..item });
        }
    }
    items
}

/// Keys that scripts of the project use; where a dictionary is given, in no other.
fn used_keys(cursor: &Cursor<'_, '_>, dictionary: Option<&str>) -> Vec<String> {
    used_texts(cursor, |function, position, before| {
        let chosen = before.and_then(dictionary_of);
        let same = dictionary.is_none() || chosen.is_none() || chosen == dictionary;
        same && position > 0 && is_key(function, position)
    })
}

/// The values of a context variable, where the set is closed.
pub(super) fn values_of(cursor: &Cursor<'_, '_>, key: &str) -> Vec<Item> {
    let variables = cursor.script.api().context_variables();
    let values = variables.into_iter().filter(|variable| variable.name == key).flat_map(|variable| {
        let subject = Subject::ContextVariable(variable.dictionary.to_string(), variable.name.to_string());
        let item = move |value: &model::Text| {
            Item::new(value.as_str(), ItemKind::Value).rank(Rank::Fitting).subject(subject.clone())
        };
        variable.values.iter().map(item)
    });
    values.collect()
}

/// Whether a parameter is the key of a context variable: the one behind the dictionary.
pub(super) fn is_key(function: &Function, position: usize) -> bool {
    let chooses = |ty: &model::Type| matches!(ty, model::Type::Named(name) if name.ends_with("_dictionary"));
    let before = position.checked_sub(1).and_then(|before| function.signature.params.get(before));
    before.is_some_and(|param| {
        chooses(&param.ty) || (param.name == "type" && function.member.contains("context_"))
    })
}

/// The dictionary that a constant stands for, if it is one of those that scripts choose by a constant.
pub(super) fn dictionary_of(ty: &Type) -> Option<&'static str> {
    let is_of = |ending: &str| {
        ty.any(|value| matches!(value, Value::Member(member) if member.member.ends_with(ending)))
    };
    match (is_of("_CONN"), is_of("_MESS")) {
        (true, false) => Some("conn"),
        (false, true) => Some("mess"),
        _ => None,
    }
}
