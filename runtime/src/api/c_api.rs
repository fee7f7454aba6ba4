//! Functions of the server's C API that scripts reach through `msys.core`, as far as they are about messages.
//!
//! What C fills through a pointer, an `ec_string` takes here; what it returns through a pointer to a number or a text is
//! a further result.

mod context;
mod envelope;
mod message;
mod part;
mod session;
mod text;
mod validation;

#[cfg(test)]
mod tests;

use mlua::{AnyUserData, UserDataRef};

pub use session::MessageConstruct;

use super::ec_string::EcString;
use super::{Call, Class, Registry};

pub(super) fn register(api: &mut Registry) {
    context::register(api);
    envelope::register(api);
    message::register(api);
    part::register(api);
    session::register(api);
    text::register(api);
    validation::register(api);
}

/// An object of a class; C would read foreign memory where it is another.
fn object<T: Class>(call: &Call<'_>, data: &AnyUserData) -> mlua::Result<UserDataRef<T>> {
    data.borrow()
        .map_err(|_| call.crash(format!("{} was given something that is no {}", call.name(), T::NAME)))
}

/// Puts a text into a string that C fills.
fn fill(call: &Call<'_>, target: &AnyUserData, bytes: &[u8]) -> mlua::Result<()> {
    let target = object::<EcString>(call, target)?;
    target.set(bytes);
    target.weigh(call)
}
