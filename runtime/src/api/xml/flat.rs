//! A document laid out for XPath.

use std::rc::Rc;

use mlua::Lua;
use rustc_hash::FxHashMap;

use super::tree::{Attribute, Kind, Namespace, Node, NodeRef};
use crate::machine::{self, Held};
use crate::xpath;

/// The nodes in their order, and where each comes from.
pub(super) struct Flat {
    pub(super) nodes: Vec<xpath::Node>,
    origins: Vec<Origin>,
    places: FxHashMap<*const Node, usize>,
    _held: Held,
}

enum Origin {
    Node(NodeRef),
    Attribute { name: String, value: String },
}

/// What a node takes, roughly.
const SIZE: usize = 300;

impl Flat {
    pub(super) fn place_of(&self, node: &NodeRef) -> Option<usize> {
        self.places.get(&Rc::as_ptr(node)).copied()
    }

    /// The node of the tree at a place; an attribute becomes one of its own.
    pub(super) fn node(&self, lua: &Lua, place: usize) -> mlua::Result<Option<NodeRef>> {
        Ok(match self.origins.get(place) {
            Some(Origin::Node(node)) => Some(Rc::clone(node)),
            Some(Origin::Attribute { name, value }) => {
                Some(Node::new(lua, Kind::Attribute { name: name.clone(), value: value.clone() })?)
            }
            None => None,
        })
    }

    fn add(&mut self, parent: Option<usize>, node: xpath::Node, origin: Origin) -> usize {
        let place = self.nodes.len();
        if let Origin::Node(node) = &origin {
            self.places.insert(Rc::as_ptr(node), place);
        }
        let is_attribute = node.kind == xpath::Kind::Attribute;
        self.nodes.push(xpath::Node { parent, ..node });
        self.origins.push(origin);
        if let Some(parent) = parent.and_then(|parent| self.nodes.get_mut(parent)) {
            if is_attribute { &mut parent.attributes } else { &mut parent.children }.push(place);
        }
        place
    }
}

/// Lays a document out.
pub(super) fn lay_out(lua: &Lua, document: &NodeRef) -> mlua::Result<Flat> {
    let (nodes, origins, places) = Default::default();
    let mut held = Held::default();
    let mut flat = Flat { nodes, origins, places, _held: Held::default() };
    let mut waiting = vec![(None, Rc::clone(document))];
    while let Some((parent, node)) = waiting.pop() {
        machine::charge(lua, 5)?;
        held.grow(lua, SIZE)?;
        let (described, attributes) = describe(&node);
        let place = flat.add(parent, described, Origin::Node(Rc::clone(&node)));
        for attribute in attributes {
            held.grow(lua, SIZE)?;
            let described = named(xpath::Kind::Attribute, attribute.namespace.as_deref(), &attribute.name);
            let origin = Origin::Attribute { name: attribute.name.clone(), value: attribute.value.clone() };
            flat.add(Some(place), xpath::Node { text: attribute.value, ..described }, origin);
        }
        waiting.extend(node.children().into_iter().rev().map(|child| (Some(place), child)));
    }
    flat._held = held;
    Ok(flat)
}

fn named(kind: xpath::Kind, namespace: Option<&Namespace>, name: &str) -> xpath::Node {
    xpath::Node {
        kind,
        local: name.to_owned(),
        prefix: namespace.and_then(|namespace| namespace.prefix.clone()),
        namespace: namespace.map(|namespace| namespace.uri.clone()),
        ..xpath::Node::default()
    }
}

fn describe(node: &Node) -> (xpath::Node, Vec<Attribute>) {
    let of = |kind, text: &str| xpath::Node { kind, text: text.to_owned(), ..xpath::Node::default() };
    let node = match &*node.kind.borrow() {
        Kind::Document => of(xpath::Kind::Root, ""),
        Kind::Element { name, namespace, attributes, .. } => {
            return (named(xpath::Kind::Element, namespace.as_deref(), name), attributes.clone());
        }
        Kind::Text(text) | Kind::Cdata(text) => of(xpath::Kind::Text, text),
        Kind::Comment(text) => of(xpath::Kind::Comment, text),
        Kind::Instruction { target, text } => {
            xpath::Node { local: target.clone(), ..of(xpath::Kind::Instruction, text) }
        }
        Kind::Attribute { name, value } => {
            xpath::Node { local: name.clone(), ..of(xpath::Kind::Attribute, value) }
        }
    };
    (node, Vec::new())
}
