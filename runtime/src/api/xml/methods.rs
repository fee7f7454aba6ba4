//! The methods of nodes.

use std::rc::Rc;

use mlua::{AnyUserData, MultiValue, Value};

use super::tree::{Kind, Node, NodeRef};
use super::{XmlDocument, XmlNode, one_by_one, written};
use crate::api::{Call, Registry};
use crate::machine;

impl XmlNode {
    /// The node. The value that freed it knows, and raises; others point to memory that is gone.
    pub(super) fn get(&self, call: &Call<'_>) -> mlua::Result<&NodeRef> {
        if self.is_broken.get() {
            let text = "on bad self (libxml2:xmlNodePtr expected, got userdata)";
            return Err(call.raise(format!("calling '{}' {text}", call.member())));
        }
        if self.node.is_freed.get() {
            return Err(call.crash("an XML node is used that node:free has freed"));
        }
        Ok(&self.node)
    }
}

pub(super) fn register(api: &mut Registry) {
    api.method("addchild", add);
    api.method("children", |call, this: &XmlNode, (): ()| {
        let children = this.get(call)?.children();
        one_by_one(call, children)
    });
    api.method("contents", contents);
    api.method("doc", document);
    api.method("document", document);
    api.method("name", |call, this: &XmlNode, surplus: MultiValue| {
        takes_none(call, &surplus)?;
        Ok(match &*this.get(call)?.kind.borrow() {
            Kind::Document => None,
            Kind::Element { name, .. } | Kind::Attribute { name, .. } => Some(name.clone()),
            Kind::Text(_) | Kind::Cdata(_) => Some("text".to_owned()),
            Kind::Comment(_) => Some("comment".to_owned()),
            Kind::Instruction { target, .. } => Some(target.clone()),
        })
    });
    api.method("tostring", |call, this: &XmlNode, surplus: MultiValue| {
        super::expects_none(call, &surplus)?;
        written(call, this.get(call)?)
    });
    api.meta("__tostring", |call, this: &XmlNode, (): ()| written(call, this.get(call)?));
    api.meta("__eq", |call, this: &XmlNode, other: AnyUserData| {
        let other = other.borrow::<XmlNode>()?;
        Ok(Rc::ptr_eq(this.get(call)?, other.get(call)?))
    });
    api.method("unlink", |call, this: &XmlNode, (): ()| {
        let node = this.get(call)?;
        node.unlink();
        XmlNode::hand_out(call, Rc::clone(node))
    });
    api.method("copy", |call, this: &XmlNode, surplus: MultiValue| {
        takes_none(call, &surplus)?;
        let copy = copied(call, this.get(call)?)?;
        XmlNode::hand_out(call, copy)
    });
    api.method("free", |call, this: &XmlNode, (): ()| {
        let node = this.get(call)?;
        node.unlink();
        node.is_freed.set(true);
        this.is_broken.set(true);
        Ok(())
    });
}

/// Raises for arguments that a method of nodes does not take.
fn takes_none(call: &Call<'_>, surplus: &MultiValue) -> mlua::Result<()> {
    if surplus.is_empty() { Ok(()) } else { Err(call.raise("must be called with no arguments")) }
}

fn add(call: &Call<'_>, this: &XmlNode, value: Value) -> mlua::Result<AnyUserData> {
    let node = this.get(call)?;
    let child = match &value {
        Value::UserData(_) => {
            let child = super::node_of(call, 1, &value)?;
            let mut above = Some(Rc::clone(node));
            let mut count: u64 = 0;
            while let Some(one) = above {
                if Rc::ptr_eq(&one, &child) {
                    return Err(call.raise("an XML node cannot be put into itself"));
                }
                count += 1;
                above = one.parent();
            }
            machine::charge(call.lua(), count)?;
            child
        }
        other => match call.lua().coerce_string(other.clone())? {
            Some(name) => Node::element(call.lua(), &name.to_string_lossy())?,
            None => {
                let got = other.type_name();
                return Err(
                    call.raise(format!("bad argument #1 to 'addchild' (string or node expected, got {got})"))
                );
            }
        },
    };
    node.grow(call.lua(), 16)?;
    node.add(&child);
    XmlNode::hand_out(call, child)
}

/// Reads the text, or puts another one in its place.
fn contents(call: &Call<'_>, this: &XmlNode, arguments: MultiValue) -> mlua::Result<MultiValue> {
    let node = this.get(call)?;
    if arguments.len() > 1 {
        return Err(call.raise("must be called with no arguments"));
    }
    let Some(text) = arguments.front() else {
        let text = node.text();
        machine::charge(call.lua(), text.len() as u64 / 8)?;
        return Ok(MultiValue::from_iter([Value::String(call.lua().create_string(text)?)]));
    };
    let Some(text) = call.lua().coerce_string(text.clone())? else {
        let got = text.type_name();
        return Err(call.raise(format!("bad argument #1 to 'contents' (string expected, got {got})")));
    };
    let text = text.to_string_lossy();
    node.grow(call.lua(), text.len())?;
    let is_container = match &mut *node.kind.borrow_mut() {
        Kind::Text(old) | Kind::Cdata(old) | Kind::Comment(old) => {
            *old = text.clone();
            false
        }
        Kind::Instruction { text: old, .. } | Kind::Attribute { value: old, .. } => {
            *old = text.clone();
            false
        }
        Kind::Document | Kind::Element { .. } => true,
    };
    if is_container {
        node.clear();
        if !text.is_empty() {
            node.add(&Node::new(call.lua(), Kind::Text(text))?);
        }
    }
    Ok(MultiValue::new())
}

/// The document; a node that belongs to none has none.
fn document(call: &Call<'_>, this: &XmlNode, (): ()) -> mlua::Result<Option<AnyUserData>> {
    let (top, _) = this.get(call)?.top();
    let is_document = matches!(*top.kind.borrow(), Kind::Document);
    is_document.then(|| call.object(XmlDocument(top))).transpose()
}

/// The node with everything below it, in no document.
fn copied(call: &Call<'_>, node: &NodeRef) -> mlua::Result<NodeRef> {
    let of = |node: &NodeRef| Node::new(call.lua(), node.kind.borrow().clone());
    let copy = of(node)?;
    let mut waiting = vec![(Rc::clone(node), Rc::clone(&copy))];
    while let Some((from, into)) = waiting.pop() {
        for child in from.children() {
            machine::charge(call.lua(), 5)?;
            let copy = of(&child)?;
            into.add(&copy);
            waiting.push((child, copy));
        }
    }
    Ok(copy)
}
