//! Attributes and namespaces of elements.

use std::rc::Rc;

use mlua::{AnyUserData, MultiValue, Value};

use super::XmlNode;
use super::tree::{Attribute, Kind, Namespace};
use crate::api::{Call, Class, Registry};

/// A namespace that `node:newns` has declared.
struct XmlNamespace(Rc<Namespace>);

impl Class for XmlNamespace {
    const NAME: &'static str = "userdata";
}

pub(super) fn register(api: &mut Registry) {
    api.method("attribute", attribute);
    api.method("attr", attribute);
    api.method("attrns", attribute_of_namespace);
    api.method("newns", |call, this: &XmlNode, (uri, prefix): (Option<String>, Option<String>)| {
        let node = this.get(call)?;
        let namespace = Rc::new(Namespace { prefix, uri: uri.unwrap_or_default() });
        node.grow(call.lua(), 64 + namespace.uri.len())?;
        let Kind::Element { declared, .. } = &mut *node.kind.borrow_mut() else { return Ok(None) };
        if declared.iter().any(|one| one.prefix == namespace.prefix) {
            return Ok(None);
        }
        declared.push(Rc::clone(&namespace));
        call.object(XmlNamespace(namespace)).map(Some)
    });
    api.method("setns", |call, this: &XmlNode, of: AnyUserData| {
        this.get(call)?.set_namespace(namespace(call, &of)?);
        Ok(())
    });
}

/// The namespace behind a value.
pub(super) fn namespace(call: &Call<'_>, value: &AnyUserData) -> mlua::Result<Rc<Namespace>> {
    match value.borrow::<XmlNamespace>() {
        Ok(namespace) => Ok(Rc::clone(&namespace.0)),
        Err(_) => Err(call.crash(format!("{} was given no namespace", call.name()))),
    }
}

/// A value as the text of an attribute; nil takes the attribute away.
fn text_of(call: &Call<'_>, value: &Value) -> mlua::Result<Option<String>> {
    match call.lua().coerce_string(value.clone())? {
        Some(text) => Ok(Some(text.to_string_lossy())),
        None if value.is_nil() => Ok(None),
        None => {
            let (member, got) = (call.member(), value.type_name());
            Err(call.raise(format!("bad argument to '{member}' (string expected, got {got})")))
        }
    }
}

/// With the name alone it reads; with a value, nil as well, it sets.
fn attribute(call: &Call<'_>, this: &XmlNode, arguments: MultiValue) -> mlua::Result<MultiValue> {
    let name = text_of(call, arguments.front().unwrap_or(&Value::Nil))?.unwrap_or_default();
    if arguments.len() > 2 {
        return Err(call.raise("must be called with one argument"));
    }
    match arguments.get(1) {
        None => read(call, this, &name, |attribute| attribute.namespace.is_none()),
        Some(value) => set(call, this, None, name, text_of(call, value)?),
    }
}

fn attribute_of_namespace(
    call: &Call<'_>,
    this: &XmlNode,
    arguments: MultiValue,
) -> mlua::Result<MultiValue> {
    if arguments.len() > 3 {
        return Err(call.raise("invalid number of parameters"));
    }
    let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Nil);
    if let Value::UserData(data) = argument(0) {
        let namespace = namespace(call, data)?;
        let name = text_of(call, argument(1))?.unwrap_or_default();
        return set(call, this, Some(namespace), name, text_of(call, argument(2))?);
    }
    let name = text_of(call, argument(0))?.unwrap_or_default();
    let uri = text_of(call, argument(1))?;
    read(call, this, &name, |attribute| {
        attribute.namespace.as_ref().map(|namespace| namespace.uri.as_str()) == uri.as_deref()
    })
}

fn read(
    call: &Call<'_>,
    this: &XmlNode,
    name: &str,
    fits: impl Fn(&Attribute) -> bool,
) -> mlua::Result<MultiValue> {
    let value = match &*this.get(call)?.kind.borrow() {
        Kind::Element { attributes, .. } => {
            let found = attributes.iter().find(|attribute| attribute.name == name && fits(attribute));
            found.map(|attribute| call.lua().create_string(&attribute.value)).transpose()?
        }
        _ => None,
    };
    Ok(MultiValue::from_iter([value.map_or(Value::Nil, Value::String)]))
}

fn set(
    call: &Call<'_>,
    this: &XmlNode,
    namespace: Option<Rc<Namespace>>,
    name: String,
    value: Option<String>,
) -> mlua::Result<MultiValue> {
    let node = this.get(call)?;
    node.grow(call.lua(), 64 + name.len() + value.as_ref().map_or(0, String::len))?;
    if let Kind::Element { attributes, .. } = &mut *node.kind.borrow_mut() {
        let is_it = |attribute: &Attribute| attribute.name == name && attribute.namespace == namespace;
        match (attributes.iter().position(is_it), value) {
            (Some(place), None) => drop(attributes.remove(place)),
            (Some(place), Some(value)) => {
                if let Some(attribute) = attributes.get_mut(place) {
                    attribute.value = value;
                }
            }
            (None, Some(value)) => attributes.push(Attribute { namespace, name, value }),
            (None, None) => {}
        }
    }
    Ok(MultiValue::new())
}
