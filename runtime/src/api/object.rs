//! Userdata: values of the server's classes that scripts hold.

use std::any::TypeId;
use std::rc::Rc;

use mlua::{AnyUserData, Lua, MultiValue, UserDataMethods, UserDataRegistry, Value};
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::Type;

use super::frame::Callable;
use super::registry::{Body, Metamethod};
use super::{Class, Frame, neutral, shown};
use crate::machine;
use crate::report::What;

/// A value of a class that has no Rust type.
#[derive(Debug)]
pub struct Opaque {
    class: String,
}

impl Opaque {
    /// The class in the stubs.
    #[must_use]
    pub fn class(&self) -> &str {
        &self.class
    }
}

/// What a member of a class turned out to be.
#[derive(Clone)]
pub(super) enum Slot {
    Method {
        function: mlua::Function,
        set: Option<Rc<Callable>>,
    },
    Field {
        get: Rc<Callable>,
        set: Option<Rc<Callable>>,
    },
    /// In the stubs alone.
    Unmodelled {
        ty: Rc<Type>,
    },
}

pub(super) fn create<T: Class>(lua: &Lua, frame: &Rc<Frame>, value: T) -> mlua::Result<AnyUserData> {
    if frame.registered.borrow_mut().insert(TypeId::of::<T>()) {
        lua.register_userdata_type::<T>(|registry| {
            match frame.registry().indexed_body(T::NAME) {
                None => access(registry, frame, |_| Some(T::NAME.to_owned())),
                Some(body) => {
                    for (name, body) in [("__index", &body.get), ("__newindex", &body.set)] {
                        let Some(body) = body else { continue };
                        let (frame, callable) = (Rc::clone(frame), Frame::internal(T::NAME, name, body));
                        registry.add_meta_function(name, move |lua, args: MultiValue| {
                            frame.invoke(lua, &callable, args)
                        });
                    }
                }
            }
            for Metamethod { name, body, has_receiver } in frame.registry().metamethods(T::NAME) {
                let mut callable = Frame::internal(T::NAME, name, body);
                callable.is_method = *has_receiver;
                let frame = Rc::clone(frame);
                registry.add_meta_function(*name, move |lua, args: MultiValue| {
                    frame.invoke(lua, &callable, args)
                });
            }
            registry.add_meta_field_name(T::NAME);
        })?;
    }
    lua.create_any_userdata(value)
}

pub(super) fn opaque(lua: &Lua, frame: &Rc<Frame>, class: &str) -> mlua::Result<AnyUserData> {
    if frame.registered.borrow_mut().insert(TypeId::of::<Opaque>()) {
        lua.register_userdata_type::<Opaque>(|registry| access(registry, frame, class_of))?;
    }
    lua.create_any_userdata(Opaque { class: class.to_owned() })
}

/// A value of a class: one that does the real work where there is one.
pub(super) fn of_class(lua: &Lua, frame: &Rc<Frame>, class: &str) -> mlua::Result<AnyUserData> {
    match frame.registry().maker(class) {
        Some(make) => make(lua, frame),
        None => opaque(lua, frame, class),
    }
}

/// The class of a userdata of ours.
pub(super) fn class_of(data: &AnyUserData) -> Option<String> {
    if let Ok(opaque) = data.borrow::<Opaque>() {
        return Some(opaque.class.clone());
    }
    data.type_name().ok().map(|name| name.to_string_lossy())
}

trait NamedClass {
    fn add_meta_field_name(&mut self, name: &'static str);
}

impl<T> NamedClass for UserDataRegistry<T> {
    fn add_meta_field_name(&mut self, name: &'static str) {
        mlua::UserDataFields::<T>::add_meta_field(self, "__name", name);
    }
}

/// The two metamethods through which members are reached.
fn access<T: 'static>(
    registry: &mut UserDataRegistry<T>,
    frame: &Rc<Frame>,
    class_of: impl Fn(&AnyUserData) -> Option<String> + Copy + 'static,
) {
    let kept = Rc::clone(frame);
    registry.add_meta_function("__index", move |lua, (data, key): (AnyUserData, Value)| {
        let (Some(class), Value::String(key)) = (class_of(&data), &key) else { return Ok(Value::Nil) };
        index(lua, &kept, &class, data, key)
    });
    let kept = Rc::clone(frame);
    registry.add_meta_function(
        "__newindex",
        move |lua, (data, key, value): (AnyUserData, mlua::LuaString, Value)| {
            let Some(class) = class_of(&data) else { return Ok(()) };
            set(lua, &kept, &class, data, &key, value)
        },
    );
}

fn index(
    lua: &Lua,
    frame: &Rc<Frame>,
    class: &str,
    data: AnyUserData,
    key: &mlua::LuaString,
) -> mlua::Result<Value> {
    match slot(lua, frame, class, &data, &key.as_bytes())? {
        None => Ok(Value::Nil),
        Some(Slot::Method { function, .. }) => Ok(Value::Function(function)),
        Some(Slot::Field { get, .. }) => {
            let args = MultiValue::from_iter([Value::UserData(data)]);
            Ok(frame.invoke(lua, &get, args)?.pop_front().unwrap_or(Value::Nil))
        }
        Some(Slot::Unmodelled { ty }) => {
            let name = key.to_string_lossy();
            match data.named_user_value::<Value>(&name)? {
                Value::Nil => {
                    // The same value every time: scripts compare objects, and set fields of fields.
                    let value = neutral::field(lua, frame, &ty)?;
                    data.set_named_user_value(&name, &value)?;
                    Ok(value)
                }
                set => Ok(set),
            }
        }
    }
}

fn set(
    lua: &Lua,
    frame: &Rc<Frame>,
    class: &str,
    data: AnyUserData,
    key: &mlua::LuaString,
    value: Value,
) -> mlua::Result<()> {
    let name = key.to_string_lossy();
    match slot(lua, frame, class, &data, &key.as_bytes())? {
        Some(Slot::Field { set: Some(set), .. } | Slot::Method { set: Some(set), .. }) => {
            frame.invoke(lua, &set, MultiValue::from_iter([Value::UserData(data), value]))?;
            Ok(())
        }
        Some(Slot::Unmodelled { .. }) => {
            let property = format!("{class}.{name}");
            let before = data.named_user_value::<Value>(&name).ok().filter(|value| !value.is_nil());
            let (before, after) = (before.map(|value| shown(&value)), Some(shown(&value)));
            frame.note(lua, What::Set { property, before, after });
            data.set_named_user_value(&name, value)
        }
        Some(Slot::Field { set: None, .. }) => {
            Err(machine::raise(lua, format!("field '{name}' of {class} is read-only")))
        }
        Some(Slot::Method { set: None, .. }) | None => {
            Err(machine::raise(lua, format!("{class} has no field '{name}' to assign to")))
        }
    }
}

/// What a member of a value is; nothing is remembered of members that are not there, since a `require` may bring them.
fn slot(
    lua: &Lua,
    frame: &Rc<Frame>,
    class: &str,
    data: &AnyUserData,
    key: &[u8],
) -> mlua::Result<Option<Slot>> {
    // A value without a Rust type has nothing for the bodies of its class to work on.
    let modelled = !data.is::<Opaque>();
    let known = if modelled { &frame.classes } else { &frame.opaque_classes };
    if let Some(slot) = known.borrow().get(class).and_then(|slots| slots.get(key)) {
        return Ok(Some(slot.clone()));
    }
    let Ok(name) = std::str::from_utf8(key) else { return Ok(None) };
    let Some(slot) = resolve(lua, frame, class, modelled, name)? else { return Ok(None) };
    known.borrow_mut().entry(class.to_owned()).or_default().insert(key.to_vec(), slot.clone());
    Ok(Some(slot))
}

fn resolve(
    lua: &Lua,
    frame: &Rc<Frame>,
    class: &str,
    modelled: bool,
    name: &str,
) -> mlua::Result<Option<Slot>> {
    let callable = |body: &'static Body| Rc::new(Frame::internal(class, name, body));
    let found = frame.api().member(class, name);
    if found.is_some_and(|found| !frame.has(found.requires())) {
        return Ok(None);
    }
    let field = frame.registry().field_body(class, name).filter(|_| modelled);
    let set = field.and_then(|field| field.set.as_ref()).map(callable);
    if let Some(get) = field.and_then(|field| field.get.as_ref()) {
        return Ok(Some(Slot::Field { get: callable(get), set }));
    }
    Ok(match found {
        Some(Member::Function(function)) => {
            let body = frame.registry().body(&function.owner, &function.member).filter(|_| modelled);
            Some(Slot::Method { function: frame.function(lua, function, body)?, set })
        }
        Some(Member::Field(field)) => Some(Slot::Unmodelled { ty: Rc::new(field.ty.clone()) }),
        _ => None,
    })
}
