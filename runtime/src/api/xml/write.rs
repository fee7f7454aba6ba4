//! Documents as texts, as libxml2 formats them: an element that holds no text has a line for each thing in it.

use mlua::Lua;

use super::tree::{Kind, Namespace, NodeRef};
use crate::machine;

/// How deep elements may nest when they are written.
const DEEPEST: usize = 300;

/// The text; `None` for what is nested too deeply.
pub(super) fn text(lua: &Lua, node: &NodeRef) -> mlua::Result<Option<String>> {
    let mut out = String::new();
    let whole = write(lua, node, 0, false, &mut out)?;
    Ok(whole.then_some(out))
}

fn write(lua: &Lua, node: &NodeRef, depth: usize, plain: bool, out: &mut String) -> mlua::Result<bool> {
    if depth > DEEPEST {
        return Ok(false);
    }
    machine::charge(lua, 5)?;
    machine::charge_memory(lua, out.len())?;
    match &*node.kind.borrow() {
        Kind::Document => {
            out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
            for child in node.children() {
                if !write(lua, &child, 0, false, out)? {
                    return Ok(false);
                }
                out.push('\n');
            }
        }
        Kind::Text(text) => escaped(text, false, out),
        Kind::Cdata(text) => out.extend(["<![CDATA[", text, "]]>"]),
        Kind::Comment(text) => out.extend(["<!--", text, "-->"]),
        Kind::Instruction { target, text } if text.is_empty() => out.extend(["<?", target, "?>"]),
        Kind::Instruction { target, text } => out.extend(["<?", target, " ", text, "?>"]),
        Kind::Attribute { name, value } => {
            out.extend([name, "=\""]);
            escaped(value, true, out);
            out.push('"');
        }
        Kind::Element { name, namespace, declared, attributes } => {
            let name = qualified(namespace.as_deref(), name);
            out.extend(["<", &name]);
            for declaration in declared {
                match &declaration.prefix {
                    Some(prefix) => out.extend([" xmlns:", prefix, "=\""]),
                    None => out.push_str(" xmlns=\""),
                }
                escaped(&declaration.uri, true, out);
                out.push('"');
            }
            for attribute in attributes {
                out.extend([" ", &qualified(attribute.namespace.as_deref(), &attribute.name), "=\""]);
                escaped(&attribute.value, true, out);
                out.push('"');
            }
            let children = node.children();
            if children.is_empty() {
                out.push_str("/>");
                return Ok(true);
            }
            out.push('>');
            let is_text = |child: &NodeRef| matches!(*child.kind.borrow(), Kind::Text(_) | Kind::Cdata(_));
            let plain = plain || children.iter().any(is_text);
            for child in &children {
                if !plain {
                    line(depth + 1, out);
                }
                if !write(lua, child, depth + 1, plain, out)? {
                    return Ok(false);
                }
            }
            if !plain {
                line(depth, out);
            }
            out.extend(["</", &name, ">"]);
        }
    }
    Ok(true)
}

fn line(depth: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

pub(super) fn qualified(namespace: Option<&Namespace>, name: &str) -> String {
    match namespace.and_then(|namespace| namespace.prefix.as_ref()) {
        Some(prefix) => format!("{prefix}:{name}"),
        None => name.to_owned(),
    }
}

fn escaped(text: &str, in_attribute: bool, out: &mut String) {
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' if in_attribute => out.push_str("&quot;"),
            '\n' if in_attribute => out.push_str("&#10;"),
            '\t' if in_attribute => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            other => out.push(other),
        }
    }
}
