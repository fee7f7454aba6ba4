//! Texts as documents.

use std::rc::Rc;

use mlua::Lua;
use rustc_hash::FxHashMap;

use super::tree::{Attribute, Kind, Namespace, Node, NodeRef};

/// How deep elements may nest, as in libxml2.
const DEEPEST: usize = 256;

/// How many nodes a document may have.
const MOST: u32 = 1_000_000;

/// The document of a text; `None` for one that is not well-formed.
pub(super) fn document(lua: &Lua, text: &[u8], keeps_blanks: bool) -> mlua::Result<Option<NodeRef>> {
    let Ok(text) = std::str::from_utf8(text) else { return Ok(None) };
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        nodes_limit: MOST,
        ..roxmltree::ParsingOptions::default()
    };
    let Ok(parsed) = roxmltree::Document::parse_with_options(text, options) else { return Ok(None) };
    let document = Node::new(lua, Kind::Document)?;
    let mut namespaces: FxHashMap<(Option<String>, String), Rc<Namespace>> = FxHashMap::default();
    let mut waiting = vec![(parsed.root(), Rc::clone(&document), 0)];
    while let Some((parent, into, depth)) = waiting.pop() {
        if depth > DEEPEST {
            return Ok(None);
        }
        for child in parent.children() {
            let is_blank = child.is_text() && child.text().is_some_and(|text| text.trim().is_empty());
            let beside_element = || parent.children().any(|one| one.is_element());
            if is_blank && !keeps_blanks && beside_element() {
                continue;
            }
            let node = Node::new(lua, kind(text, child, &mut namespaces))?;
            into.add(&node);
            if child.is_element() {
                waiting.push((child, node, depth + 1));
            }
        }
    }
    Ok(Some(document))
}

type Known = FxHashMap<(Option<String>, String), Rc<Namespace>>;

fn known(namespaces: &mut Known, prefix: Option<&str>, uri: &str) -> Rc<Namespace> {
    let key = (prefix.map(str::to_owned), uri.to_owned());
    let new = || Rc::new(Namespace { prefix: prefix.map(str::to_owned), uri: uri.to_owned() });
    Rc::clone(namespaces.entry(key).or_insert_with(new))
}

fn kind(text: &str, node: roxmltree::Node<'_, '_>, namespaces: &mut Known) -> Kind {
    if node.is_comment() {
        return Kind::Comment(node.text().unwrap_or_default().to_owned());
    }
    if let Some(instruction) = node.pi() {
        let text = instruction.value.unwrap_or_default().to_owned();
        return Kind::Instruction { target: instruction.target.to_owned(), text };
    }
    if !node.is_element() {
        let content = node.text().unwrap_or_default().to_owned();
        let is_cdata = text.get(node.range()).is_some_and(|written| written.starts_with("<![CDATA["));
        return if is_cdata { Kind::Cdata(content) } else { Kind::Text(content) };
    }
    // What an element declares is what is in scope here and not above.
    let above: Vec<_> = node.parent().map(|parent| parent.namespaces().collect()).unwrap_or_default();
    let declared = node
        .namespaces()
        .filter(|one| one.name() != Some("xml"))
        .filter(|one| !above.iter().any(|other| other.name() == one.name() && other.uri() == one.uri()))
        .map(|one| known(namespaces, one.name(), one.uri()))
        .collect();
    let prefix = text.get(node.range()).and_then(|written| prefix_of(written.get(1..)?));
    let namespace = node.tag_name().namespace().map(|uri| known(namespaces, prefix, uri));
    let mut attributes = Vec::new();
    for attribute in node.attributes() {
        let written = text.get(attribute.range()).and_then(prefix_of);
        attributes.push(Attribute {
            namespace: attribute.namespace().map(|uri| known(namespaces, written, uri)),
            name: attribute.name().to_owned(),
            value: attribute.value().to_owned(),
        });
    }
    Kind::Element { name: node.tag_name().name().to_owned(), namespace, declared, attributes }
}

/// The prefix of the name that a text begins with.
fn prefix_of(written: &str) -> Option<&str> {
    let end = written
        .find(|one: char| one.is_whitespace() || matches!(one, '>' | '/' | '='))
        .unwrap_or(written.len());
    written.get(..end)?.split_once(':').map(|(prefix, _)| prefix)
}
