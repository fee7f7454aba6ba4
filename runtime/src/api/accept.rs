//! `accept_construct`: the inbound connection.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::IpAddr;

use super::message::MessageId;
use super::{Call, Class, Registry};
use crate::network::{self, Block};
use crate::report::What;
use crate::session::Endpoint;

/// Who connected, and to which listener.
#[derive(Debug)]
pub struct AcceptConstruct {
    /// The client.
    pub remote: Endpoint,
    /// The listener.
    pub local: Endpoint,
    /// Identifies the connection.
    pub conn_id: MessageId,
    /// What EHLO offers.
    pub capabilities: RefCell<Vec<String>>,
    /// How many connections are open, by network as the session names it.
    pub open_connections: BTreeMap<String, u64>,
}

impl Class for AcceptConstruct {
    const NAME: &'static str = "accept_construct";
}

/// An address with its port, as C keeps it.
#[derive(Debug, Clone, Copy)]
pub struct SocketAddress(pub Endpoint);

impl Class for SocketAddress {
    const NAME: &'static str = "ec_sockaddr";
}

pub(super) fn register(api: &mut Registry) {
    api.field("remote_addr", |call, this: &AcceptConstruct| call.object(SocketAddress(this.remote)));
    // The connections of a session are those of an SMTP listener.
    api.field("protocol", |call, _: &AcceptConstruct| Ok(call.constant("msys.core.P_ESMTP")));
    api.field("conn_id", |call, this: &AcceptConstruct| call.object(this.conn_id));
    api.meta("__tostring", |_, this: &SocketAddress, (): ()| Ok(this.0.to_string()));
    api.method("esmtp_capability_add", |call, this: &AcceptConstruct, name: String| {
        let mut capabilities = this.capabilities.borrow_mut();
        if !capabilities.contains(&name) {
            capabilities.push(name.clone());
        }
        let property = "esmtp_capability".to_owned();
        call.note(What::Set { property, before: None, after: Some(name) });
        Ok(())
    });
    api.method("esmtp_capability_remove", |call, this: &AcceptConstruct, name: String| {
        let mut capabilities = this.capabilities.borrow_mut();
        let before = capabilities.len();
        capabilities.retain(|one| {
            !(one.eq_ignore_ascii_case(&name)
                || one.split(' ').next().is_some_and(|word| word.eq_ignore_ascii_case(&name)))
        });
        if capabilities.len() < before {
            let property = "esmtp_capability".to_owned();
            call.note(What::Set { property, before: Some(name), after: None });
        }
        Ok(())
    });
    api.method("inbound_session_count", inbound_session_count);
}

fn inbound_session_count(
    call: &Call<'_>,
    this: &AcceptConstruct,
    (network, service): (Option<String>, Option<String>),
) -> mlua::Result<u64> {
    let (network, service) = (network.as_deref().unwrap_or("/32"), service.as_deref().unwrap_or("SMTP"));
    count_open(call, &this.open_connections, this.remote.ip, network, service)
}

/// How many connections are open from a network: what the session says of it.
pub(super) fn count_open(
    call: &Call<'_>,
    open: &BTreeMap<String, u64>,
    client: IpAddr,
    network: &str,
    service: &str,
) -> mlua::Result<u64> {
    const SERVICES: [&str; 6] = ["SMTP", "ECStream", "Control", "ECmmove2", "ECCluster", "inbound_cidr"];
    if !SERVICES.contains(&service) {
        return Err(call.raise(format!("`{service}` is no service: {}", SERVICES.join(", "))));
    }
    let known = open.get(network).or_else(|| {
        let block = network.parse::<Block>();
        let alone = block.is_ok_and(|block| block.bits == network::width(client) && block.contains(client));
        let whole = match client {
            IpAddr::V4(_) => "/32",
            IpAddr::V6(_) => "/128",
        };
        (alone || network == "/32").then(|| open.get(whole)).flatten()
    });
    match known {
        Some(count) => Ok(*count),
        // This session is one for sure.
        None if service == "SMTP" && network.starts_with('/') => Ok(1),
        None => {
            call.unanswered(
                format!("{}(\"{network}\", \"{service}\")", call.name()),
                format!("[connection.open_connections]\n\"{network}\" = 1"),
            );
            Ok(0)
        }
    }
}
