//! The message that the running callout is about, for functions that may be called without one.

use mlua::{AnyUserData, UserDataRef};

use super::EcMessage;
use crate::api::Call;
use crate::api::expand_macro::Subject;

/// The message that a call is about: the given one, else the current one.
pub(in crate::api) fn message(
    call: &Call<'_>,
    given: Option<&AnyUserData>,
) -> mlua::Result<UserDataRef<EcMessage>> {
    let Some(data) = given else {
        return current(call).ok_or_else(|| {
            call.raise(format!("{}: there is no current message, and none was given", call.name()))
        });
    };
    data.borrow().map_err(|_| call.crash(format!("{} was given something that is no message", call.name())))
}

/// The message of the callout that runs, where there is one.
pub(in crate::api) fn current(call: &Call<'_>) -> Option<UserDataRef<EcMessage>> {
    call.part::<Subject>().borrow().message()
}
