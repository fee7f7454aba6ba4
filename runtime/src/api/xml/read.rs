//! Texts as documents.

use std::borrow::Cow;
use std::rc::Rc;

use encoding_rs::{Encoding, UTF_8};
use mlua::Lua;
use rustc_hash::FxHashMap;

use super::tree::{Attribute, Kind, Namespace, Node, NodeRef};

/// How deep elements may nest, as in libxml2.
const DEEPEST: usize = 256;

/// How many nodes a document may have.
const MOST: u32 = 1_000_000;

/// How a text is encoded: by its byte-order mark, else as its declaration says, else in UTF-8.
fn decoded(text: &[u8]) -> Result<Cow<'_, str>, String> {
    let marked = Encoding::for_bom(text).map(|(encoding, length)| (encoding, text.get(length..)));
    let (encoding, text) = match marked {
        Some((encoding, rest)) => (encoding, rest.unwrap_or_default()),
        None => (declared(text)?, text),
    };
    match encoding.decode_without_bom_handling_and_without_replacement(text) {
        Some(decoded) => Ok(decoded),
        None => Err(format!("its bytes are not {}", encoding.name())),
    }
}

/// What `<?xml version="1.0" encoding="iso-8859-1"?>` says.
fn declared(text: &[u8]) -> Result<&'static Encoding, String> {
    /// No declaration is longer.
    const LONGEST: usize = 200;
    let head = text.get(..LONGEST).unwrap_or(text);
    let declaration = head.strip_prefix(b"<?xml").and_then(|head| {
        let end = head.windows(2).position(|pair| pair == b"?>")?;
        std::str::from_utf8(head.get(..end)?).ok()
    });
    let written = declaration.and_then(|declaration| {
        let rest = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
        rest.get(1..)?.split_once(quote).map(|(name, _)| name)
    });
    let Some(name) = written else { return Ok(UTF_8) };
    // The server's own documents say `utf8`.
    Encoding::for_label(name.as_bytes()).ok_or_else(|| format!("the encoding `{name}` is not known"))
}

/// The document of a text, or why it is not well-formed.
///
/// # Errors
/// What ends the run.
pub(super) fn document(lua: &Lua, text: &[u8], keeps_blanks: bool) -> mlua::Result<Result<NodeRef, String>> {
    let decoded = match decoded(text) {
        Ok(decoded) => decoded,
        Err(reason) => return Ok(Err(reason)),
    };
    let text = &*decoded;
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        nodes_limit: MOST,
        ..roxmltree::ParsingOptions::default()
    };
    let parsed = match roxmltree::Document::parse_with_options(text, options) {
        Ok(parsed) => parsed,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let document = Node::new(lua, Kind::Document)?;
    let mut namespaces: FxHashMap<(Option<String>, String), Rc<Namespace>> = FxHashMap::default();
    let mut waiting = vec![(parsed.root(), Rc::clone(&document), 0)];
    while let Some((parent, into, depth)) = waiting.pop() {
        if depth > DEEPEST {
            return Ok(Err(format!("elements nest deeper than {DEEPEST}")));
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
    Ok(Ok(document))
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
