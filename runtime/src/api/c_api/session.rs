//! The SMTP session of a connection, and addresses of sockets.

use std::cell::RefCell;

use mlua::{AnyUserData, MultiValue, Value};

use super::object;
use crate::api::accept::{AcceptConstruct, SocketAddress};
use crate::api::{Class, Registry};

/// An SMTP session on the receiving side.
#[derive(Debug)]
pub struct MessageConstruct {
    /// The connection.
    pub accept: AnyUserData,
    /// The validation context of the session.
    pub vctx: AnyUserData,
    /// The message that is being received.
    pub message: RefCell<Option<AnyUserData>>,
}

impl Class for MessageConstruct {
    const NAME: &'static str = "message_construct";
}

/// Under which name a connection keeps its session: it is no field of the class, so scripts do not see it.
const KEPT: &str = "message_construct";

impl MessageConstruct {
    /// Gives a connection its session.
    ///
    /// # Errors
    /// When Lua has no memory left.
    pub fn attach(accept: &AnyUserData, construct: &AnyUserData) -> mlua::Result<()> {
        accept.set_named_user_value(KEPT, construct)
    }
}

pub(super) fn register(api: &mut Registry) {
    api.field("ac", |_, this: &MessageConstruct| Ok(this.accept.clone()));
    api.field("ctx", |_, this: &MessageConstruct| Ok(this.vctx.clone()));
    api.field("message", |_, this: &MessageConstruct| Ok(this.message.borrow().clone()));
    api.function("msys.core.accept_construct_get_message_construct", |call, accept: AnyUserData| {
        drop(object::<AcceptConstruct>(call, &accept)?);
        accept.named_user_value::<Value>(KEPT)
    });
    api.function("msys.core.ec_sockaddr_family", |call, address: AnyUserData| {
        // One that the session does not know is of no family.
        let Ok(known) = address.borrow::<SocketAddress>() else { return call.neutral() };
        let name = if known.0.ip.is_ipv4() { "msys.core.AF_INET" } else { "msys.core.AF_INET6" };
        Ok(MultiValue::from_iter([call.constant(name)]))
    });
}
