//! The tree of a document.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use mlua::Lua;

use crate::machine::Held;

pub(super) type NodeRef = Rc<Node>;

/// A namespace that is declared somewhere.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Namespace {
    pub(super) prefix: Option<String>,
    pub(super) uri: String,
}

#[derive(Clone, Debug)]
pub(super) struct Attribute {
    pub(super) namespace: Option<Rc<Namespace>>,
    pub(super) name: String,
    pub(super) value: String,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// What the root element is in.
    Document,
    Element {
        name: String,
        namespace: Option<Rc<Namespace>>,
        declared: Vec<Rc<Namespace>>,
        attributes: Vec<Attribute>,
    },
    Text(String),
    Cdata(String),
    Comment(String),
    Instruction {
        target: String,
        text: String,
    },
    /// An attribute that XPath has found.
    Attribute {
        name: String,
        value: String,
    },
}

/// A node with what is below it.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: RefCell<Kind>,
    parent: RefCell<Weak<Node>>,
    children: RefCell<Vec<NodeRef>>,
    pub(super) is_freed: Cell<bool>,
    held: RefCell<Held>,
}

/// What a node takes, roughly.
const SIZE: usize = 256;

impl Node {
    pub(super) fn new(lua: &Lua, kind: Kind) -> mlua::Result<NodeRef> {
        let bytes = match &kind {
            Kind::Text(text) | Kind::Cdata(text) | Kind::Comment(text) => text.len(),
            _ => 0,
        };
        Ok(Rc::new(Self {
            kind: RefCell::new(kind),
            parent: RefCell::default(),
            children: RefCell::default(),
            is_freed: Cell::default(),
            held: RefCell::new(Held::new(lua, SIZE + bytes)?),
        }))
    }

    pub(super) fn element(lua: &Lua, name: &str) -> mlua::Result<NodeRef> {
        let (namespace, declared, attributes) = Default::default();
        Self::new(lua, Kind::Element { name: name.to_owned(), namespace, declared, attributes })
    }

    /// Counts bytes that are added to the node itself.
    pub(super) fn grow(&self, lua: &Lua, bytes: usize) -> mlua::Result<()> {
        self.held.borrow_mut().grow(lua, bytes)
    }

    pub(super) fn is_element(&self) -> bool {
        matches!(*self.kind.borrow(), Kind::Element { .. })
    }

    pub(super) fn children(&self) -> Vec<NodeRef> {
        self.children.borrow().clone()
    }

    pub(super) fn parent(&self) -> Option<NodeRef> {
        self.parent.borrow().upgrade()
    }

    /// The node at the top: the document, or the top of what belongs to none.
    /// Also says how deep this one is below it.
    pub(super) fn top(self: &Rc<Self>) -> (NodeRef, u64) {
        let (mut top, mut depth) = (Rc::clone(self), 0);
        while let Some(parent) = top.parent() {
            top = parent;
            depth += 1;
        }
        (top, depth)
    }

    pub(super) fn set_namespace(&self, to: Rc<Namespace>) {
        if let Kind::Element { namespace, .. } = &mut *self.kind.borrow_mut() {
            *namespace = Some(to);
        }
    }

    /// Takes the node out of what it is in.
    pub(super) fn unlink(self: &Rc<Self>) {
        if let Some(parent) = self.parent() {
            parent.children.borrow_mut().retain(|child| !Rc::ptr_eq(child, self));
        }
        *self.parent.borrow_mut() = Weak::new();
    }

    /// Puts a node at the end; it leaves what it was in.
    pub(super) fn add(self: &Rc<Self>, child: &NodeRef) {
        child.unlink();
        *child.parent.borrow_mut() = Rc::downgrade(self);
        self.children.borrow_mut().push(Rc::clone(child));
    }

    /// Takes everything out that is in the node.
    pub(super) fn clear(&self) {
        for child in self.children.take() {
            *child.parent.borrow_mut() = Weak::new();
        }
    }

    /// The text of the node and of all below it.
    pub(super) fn text(&self) -> String {
        let own = |node: &Node| match &*node.kind.borrow() {
            Kind::Text(text) | Kind::Cdata(text) | Kind::Comment(text) => Some(text.clone()),
            Kind::Instruction { text, .. } | Kind::Attribute { value: text, .. } => Some(text.clone()),
            Kind::Document | Kind::Element { .. } => None,
        };
        if let Some(text) = own(self) {
            return text;
        }
        let mut text = String::new();
        let mut waiting: Vec<NodeRef> = self.children().into_iter().rev().collect();
        while let Some(node) = waiting.pop() {
            if matches!(*node.kind.borrow(), Kind::Text(_) | Kind::Cdata(_)) {
                text.push_str(&own(&node).unwrap_or_default());
            }
            waiting.extend(node.children().into_iter().rev());
        }
        text
    }
}

impl Drop for Node {
    /// One after the other: a document may be nested more deeply than the stack is.
    fn drop(&mut self) {
        let mut waiting = std::mem::take(self.children.get_mut());
        while let Some(node) = waiting.pop() {
            if let Some(mut node) = Rc::into_inner(node) {
                waiting.append(node.children.get_mut());
            }
        }
    }
}
