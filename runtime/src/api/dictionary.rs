//! The dictionaries of context variables, which the session and its messages carry.

use std::cell::{Ref, RefCell};
use std::rc::Rc;

use indexmap::IndexMap;

use super::text::plain;
use super::{Call, Class, Registry, constants};
use crate::report::What;

/// The variables of a connection or of a message. A clone is the same dictionary.
#[derive(Debug, Clone, Default)]
pub struct Dictionary(Rc<RefCell<Variables>>);

type Variables = IndexMap<Vec<u8>, Vec<u8>, rustc_hash::FxBuildHasher>;

impl Dictionary {
    /// One with these variables.
    #[must_use]
    pub fn with<'v>(variables: impl IntoIterator<Item = (&'v str, &'v str)>) -> Self {
        let dictionary = Self::default();
        for (name, value) in variables {
            dictionary.set(name.as_bytes(), value.as_bytes());
        }
        dictionary
    }

    /// The value of a variable; none where it does not exist.
    #[must_use]
    pub fn get(&self, name: &[u8]) -> Option<Ref<'_, [u8]>> {
        Ref::filter_map(self.0.borrow(), |variables| variables.get(name).map(Vec::as_slice)).ok()
    }

    /// The value of a variable as text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name.as_bytes()).map(|value| plain(&value))
    }

    /// Sets a variable, and gives the value that it had.
    pub fn set(&self, name: &[u8], value: &[u8]) -> Option<Vec<u8>> {
        self.0.borrow_mut().insert(name.to_vec(), value.to_vec())
    }

    /// Takes a variable away, and gives the value that it had.
    pub fn delete(&self, name: &[u8]) -> Option<Vec<u8>> {
        self.0.borrow_mut().shift_remove(name)
    }

    /// Takes all variables away.
    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    /// The name of the variable behind another one; of the first one without it.
    #[must_use]
    pub fn key_behind(&self, name: Option<&[u8]>) -> Option<Vec<u8>> {
        let variables = self.0.borrow();
        let place = match name {
            Some(name) => variables.get_index_of(name)? + 1,
            None => 0,
        };
        variables.get_index(place).map(|(name, _)| name.clone())
    }

    /// Another dictionary with the same variables.
    #[must_use]
    pub fn copied(&self) -> Self {
        Self(Rc::new(RefCell::new(self.0.borrow().clone())))
    }

    /// All variables, in the order in which they were first set.
    #[must_use]
    pub fn bytes(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
        self.0.borrow().iter().map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// All variables as text, in the order in which they were first set.
    #[must_use]
    pub fn all(&self) -> Vec<(String, String)> {
        self.0.borrow().iter().map(|(name, value)| (plain(name), plain(value))).collect()
    }
}

/// One of the two dictionaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Connection,
    Message,
}

impl Which {
    const fn name(self) -> &'static str {
        match self {
            Self::Connection => "conn",
            Self::Message => "mess",
        }
    }

    /// By the constant that a script gives. `VCTX_*` and `ECMESS_CTX_*` are taken for each other, as the
    /// documentation's own examples do.
    pub(super) fn of(call: &Call<'_>, number: i64) -> mlua::Result<Self> {
        let name = constants::name_of(number).unwrap_or_default();
        match name.strip_prefix("msys.core.") {
            Some("VCTX_CONN" | "ECMESS_CTX_CONN") => Ok(Self::Connection),
            Some("VCTX_MESS" | "ECMESS_CTX_MESS") => Ok(Self::Message),
            _ => Err(call.raise(format!(
                "bad argument #1 to '{}' (no context dictionary has the number {number})",
                call.member()
            ))),
        }
    }
}

/// A class whose values have the two dictionaries.
pub(super) trait HasContexts: Class {
    fn context(&self, which: Which) -> Dictionary;
}

type Key = (i64, mlua::LuaString);

/// The names by which a class has the methods.
pub(super) struct Names {
    pub(super) get: &'static str,
    pub(super) set: &'static str,
    pub(super) exists: &'static str,
}

/// Registers what both classes can do with their contexts.
pub(super) fn register<T: HasContexts>(api: &mut Registry, names: &Names) {
    api.method(names.get, |call: &Call<'_>, this: &T, (which, name): Key| {
        let dictionary = this.context(Which::of(call, which)?);
        let value = dictionary.get(&name.as_bytes());
        call.lua().create_string(value.as_deref().unwrap_or_default())
    });
    api.method(
        names.set,
        |call: &Call<'_>, this: &T, (which, name, value): (i64, mlua::LuaString, mlua::Value)| {
            let which = Which::of(call, which)?;
            let value = match &value {
                mlua::Value::Boolean(value) => value.to_string().into_bytes(),
                other => match call.lua().coerce_string(other.clone())? {
                    Some(text) => text.as_bytes().to_vec(),
                    None => {
                        let got = other.type_name();
                        let member = call.member();
                        return Err(
                            call.raise(format!("bad argument #3 to '{member}' (string expected, got {got})"))
                        );
                    }
                },
            };
            put(call, &this.context(which), which, &name.as_bytes(), &value);
            Ok(())
        },
    );
    api.method(names.exists, |call: &Call<'_>, this: &T, (which, name): Key| {
        Ok(i64::from(this.context(Which::of(call, which)?).get(&name.as_bytes()).is_some()))
    });
}

/// Registers what messages alone can do with theirs.
pub(super) fn register_of_messages<T: HasContexts>(api: &mut Registry) {
    api.method("context_delete", |call: &Call<'_>, this: &T, (which, name): Key| {
        let which = Which::of(call, which)?;
        Ok(i64::from(take_away(call, &this.context(which), which, &name.as_bytes())))
    });
    api.method("context_exists_and_get", |call: &Call<'_>, this: &T, (which, name): Key| {
        let dictionary = this.context(Which::of(call, which)?);
        let value = dictionary.get(&name.as_bytes());
        let text = value.as_deref().map(|value| call.lua().create_string(value)).transpose()?;
        Ok((i64::from(text.is_some()), text))
    });
}

/// Sets a variable, and tells of it where it changes something.
pub(super) fn put(call: &Call<'_>, dictionary: &Dictionary, which: Which, name: &[u8], value: &[u8]) {
    let before = dictionary.set(name, value);
    if before.as_deref() != Some(value) {
        note(call, which, name, before.as_deref(), Some(value));
    }
}

/// Takes a variable away, tells of it, and says whether it was there.
pub(super) fn take_away(call: &Call<'_>, dictionary: &Dictionary, which: Which, name: &[u8]) -> bool {
    let before = dictionary.delete(name);
    if before.is_some() {
        note(call, which, name, before.as_deref(), None);
    }
    before.is_some()
}

fn note(call: &Call<'_>, which: Which, name: &[u8], before: Option<&[u8]>, after: Option<&[u8]>) {
    call.note(What::Context {
        dictionary: which.name().to_owned(),
        name: plain(name),
        before: before.map(plain),
        after: after.map(plain),
    });
}
