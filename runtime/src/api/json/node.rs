//! A JSON value that other values may refer to.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use indexmap::IndexMap;
use mlua::Lua;
use rustc_hash::FxHashSet;

use crate::machine::{self, Held};

/// A value; `None` is `null`.
pub(super) type Json = Option<Rc<Node>>;

/// A value other than `null`.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) value: RefCell<Value>,
    held: RefCell<Held>,
    /// Owners beside Lua, from `json.addref`.
    pub(super) owners: Cell<u32>,
    pub(super) is_freed: Cell<bool>,
}

#[derive(Debug)]
pub(super) enum Value {
    Boolean(bool),
    /// From a text: a number without a dot or an exponent; from Lua: one without a fraction that C's `int` can hold.
    Integer(i64),
    Double(f64),
    Text(Vec<u8>),
    Array(Vec<Json>),
    /// In the order in which they came.
    Object(IndexMap<Vec<u8>, Json>),
}

/// What a node takes, roughly.
const SIZE: usize = 128;

/// What C sees of a text: it ends at a byte 0.
pub(super) fn c_text(mut text: Vec<u8>) -> Vec<u8> {
    text.truncate(memchr::memchr(0, &text).unwrap_or(text.len()));
    text
}

impl Node {
    pub(super) fn new(lua: &Lua, value: Value) -> mlua::Result<Rc<Self>> {
        let inside = match &value {
            Value::Text(text) => text.len(),
            Value::Array(elements) => elements.len() * size_of::<Json>(),
            Value::Object(fields) => fields.keys().map(|name| name.len() + SIZE).sum(),
            Value::Boolean(_) | Value::Integer(_) | Value::Double(_) => 0,
        };
        let held = RefCell::new(Held::new(lua, SIZE + inside)?);
        let (owners, is_freed) = Default::default();
        Ok(Rc::new(Self { value: RefCell::new(value), held, owners, is_freed }))
    }

    pub(super) fn object(lua: &Lua) -> mlua::Result<Rc<Self>> {
        Self::new(lua, Value::Object(IndexMap::new()))
    }

    pub(super) fn is_container(&self) -> bool {
        matches!(*self.value.borrow(), Value::Array(_) | Value::Object(_))
    }

    /// Counts room for a field or for elements.
    pub(super) fn grow(&self, lua: &Lua, bytes: usize) -> mlua::Result<()> {
        self.held.borrow_mut().grow(lua, bytes)
    }

    pub(super) const FIELD: usize = SIZE;

    /// Whether `other` is this node or below it.
    pub(super) fn contains(self: &Rc<Self>, lua: &Lua, other: &Rc<Self>) -> mlua::Result<bool> {
        let mut seen = FxHashSet::default();
        let mut waiting = vec![Rc::clone(self)];
        let mut looked_at: u64 = 0;
        while let Some(node) = waiting.pop() {
            if Rc::ptr_eq(&node, other) {
                return Ok(true);
            }
            looked_at += 1;
            if looked_at.is_multiple_of(256) {
                machine::charge(lua, 256)?;
            }
            if node.is_container() && seen.insert(Rc::as_ptr(&node)) {
                match &*node.value.borrow() {
                    Value::Array(elements) => waiting.extend(elements.iter().flatten().cloned()),
                    Value::Object(fields) => waiting.extend(fields.values().flatten().cloned()),
                    _ => {}
                }
            }
        }
        Ok(false)
    }
}

impl Drop for Node {
    /// One after the other: a value may be nested more deeply than the stack is.
    fn drop(&mut self) {
        let mut waiting = Vec::new();
        take(self.value.get_mut(), &mut waiting);
        while let Some(node) = waiting.pop() {
            if let Some(mut node) = Rc::into_inner(node) {
                take(node.value.get_mut(), &mut waiting);
            }
        }
    }
}

fn take(value: &mut Value, into: &mut Vec<Rc<Node>>) {
    match value {
        Value::Array(elements) => into.extend(std::mem::take(elements).into_iter().flatten()),
        Value::Object(fields) => into.extend(std::mem::take(fields).into_values().flatten()),
        _ => {}
    }
}
