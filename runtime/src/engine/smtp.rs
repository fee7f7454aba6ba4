//! The conversation with a client.
//!
//! Replies that no script chooses have texts of our own where the documentation gives none.

mod transaction;

use std::cell::RefCell;

use mlua::{AnyUserData, UserDataRef, Value};

use super::arguments::Given;
use super::auth;
use super::callouts::{Kind, Outcome};
use super::start::Run;
use crate::api::accept::AcceptConstruct;
use crate::api::audit::{Activity, Audit};
use crate::api::c_api::MessageConstruct;
use crate::api::dictionary::Dictionary;
use crate::api::ec_string::EcString;
use crate::api::message::{Ids, MessageId};
use crate::api::vctx::ValidateContext;
use crate::report::{Reply, Step};
use crate::session::{Endpoint, Greeting, Phase};

pub(super) use transaction::{disposition, refused};
use transaction::{message, not_offered};

/// The objects of a connection.
pub(super) struct Connection {
    pub(super) accept: AnyUserData,
    pub(super) vctx: AnyUserData,
    /// The session as C sees it: connection, context and the message that is being received.
    construct: AnyUserData,
    pub(super) conn: Dictionary,
    id: MessageId,
    pub(super) client: Endpoint,
    listener: Endpoint,
    closed: bool,
    messages: usize,
    recipients: usize,
}

impl Connection {
    fn vctx(&self) -> Option<UserDataRef<ValidateContext>> {
        self.vctx.borrow().ok()
    }

    /// Says which message is being received.
    fn receive(&self, message: Option<&AnyUserData>) {
        if let Ok(construct) = self.construct.borrow::<MessageConstruct>() {
            *construct.message.borrow_mut() = message.cloned();
        }
    }

    pub(super) fn given<'a>(&'a self, message: Option<&'a AnyUserData>) -> Given<'a> {
        Given {
            message,
            accept: Some(&self.accept),
            vctx: Some(&self.vctx),
            construct: Some(&self.construct),
            ..Given::default()
        }
    }
}

/// Runs the session.
pub(super) fn run(run: &mut Run<'_>) {
    let Some(mut connection) = open(run) else { return };
    let session = std::rc::Rc::clone(&run.session);
    greet(run, &mut connection);
    if !connection.closed {
        hello(run, &mut connection);
    }
    for (number, mail) in session.messages.iter().enumerate() {
        let report = if connection.closed || !run.is_alive() {
            not_offered(mail)
        } else {
            let report = message(run, &mut connection, number, mail);
            connection.receive(None);
            report
        };
        run.messages.push(report);
    }
    if run.is_alive() {
        let outcome = run.callouts("validate_dealloc", Kind::Setup, &[]);
        if !outcome.runs.is_empty() {
            run.step(Some(Phase::Dealloc), None, outcome.runs);
        }
    }
    run.connection_context = connection.conn.all().into_iter().collect();
    run.end_session();
}

fn open(run: &Run<'_>) -> Option<Connection> {
    let wanted = &run.session.connection;
    let listener = wanted
        .listener
        .or_else(|| run.policy.listeners.iter().find_map(|listener| listener.address))
        .unwrap_or(Endpoint { ip: [192, 0, 2, 25].into(), port: 25 });
    let conn = Dictionary::default();
    for listening in run.policy.listeners.iter().filter(|one| one.address == Some(listener)) {
        listening.context.iter().for_each(|(name, value)| drop(conn.set(name.as_bytes(), value.as_bytes())));
    }
    if wanted.can_relay == Some(true) {
        conn.set(b"can_relay", b"true");
    }
    wanted.context.iter().for_each(|(name, value)| drop(conn.set(name.as_bytes(), value.as_bytes())));
    let id = Ids::of(&run.frame);
    let mut capabilities =
        vec!["8BITMIME".to_owned(), "PIPELINING".to_owned(), "ENHANCEDSTATUSCODES".to_owned()];
    if wanted.tls.is_some() {
        capabilities.push("STARTTLS".to_owned());
    }
    if let Some(auth) = &wanted.auth {
        capabilities.push(format!("AUTH {}", auth.mechanism));
    }
    let accept = run.object(AcceptConstruct {
        remote: wanted.client,
        local: listener,
        conn_id: id,
        capabilities: capabilities.into(),
        open_connections: wanted.open_connections.clone(),
    })?;
    let vctx = run.object(ValidateContext { conn: conn.clone(), ..ValidateContext::default() })?;
    let construct = run.object(MessageConstruct {
        accept: accept.clone(),
        vctx: vctx.clone(),
        message: RefCell::default(),
    })?;
    MessageConstruct::attach(&accept, &construct).ok()?;
    Some(Connection {
        accept,
        vctx,
        construct,
        conn,
        id,
        client: wanted.client,
        listener,
        closed: false,
        messages: 0,
        recipients: 0,
    })
}

/// What a phase is about.
pub(super) struct About<'a> {
    phase: Phase,
    client: Option<String>,
    message: Option<usize>,
    recipient: Option<&'a str>,
}

impl<'a> About<'a> {
    pub(super) fn phase(phase: Phase) -> Self {
        Self { phase, client: None, message: None, recipient: None }
    }

    pub(super) fn client(mut self, line: impl Into<String>) -> Self {
        self.client = Some(line.into());
        self
    }

    fn message(mut self, number: usize) -> Self {
        self.message = Some(number);
        self
    }

    fn recipient(mut self, address: &'a str) -> Self {
        self.recipient = Some(address);
        self
    }
}

/// Ends a phase: the reply is the one that a script chose, else `usual`. Gives the reply.
pub(super) fn answer(
    run: &mut Run<'_>,
    connection: &mut Connection,
    about: About<'_>,
    outcomes: Vec<Outcome>,
    usual: Option<Reply>,
) -> Option<Reply> {
    let failed = outcomes.iter().any(|outcome| outcome.failed);
    let mut reply = usual;
    let (mut closes, mut held_up) = (false, 0.0);
    if let Some(vctx) = connection.vctx() {
        held_up = vctx.held_up.take();
        closes = vctx.disconnect.take();
        if let Some((code, text, by)) = vctx.take_reply() {
            reply = Some(Reply { code, text: lines_of(&text), by });
        }
    }
    if failed {
        reply = Some(own(421, "4.3.0 [internal] policy error"));
        closes = true;
    }
    // 421 tells the client that the server closes the connection (RFC 5321).
    closes |= reply.as_ref().is_some_and(|reply| reply.code == 421);
    closes |= about.phase == Phase::Connect && reply.as_ref().is_some_and(Reply::refuses);
    connection.closed |= closes || run.session.disconnect_after == Some(about.phase);
    let mut callouts: Vec<_> = outcomes.into_iter().flat_map(|outcome| outcome.runs).collect();
    if let Some(reply) = reply.as_ref().filter(|reply| reply.refuses()) {
        Audit::count(&run.frame, connection.client.ip, Activity::Rejection);
        let text = reply.lines().join("\n");
        let given =
            Given { text: Some(&text), number: Some(state_of(about.phase)), ..connection.given(None) };
        callouts.extend(run.hook("core_log_rejection", given).runs);
    }
    run.steps.push(Step {
        phase: Some(about.phase),
        client: about.client,
        message: about.message,
        recipient: about.recipient.map(str::to_owned),
        callouts,
        reply: reply.clone(),
        held_up,
        closed: connection.closed,
        ..Step::default()
    });
    reply
}

/// The numbers of `msys.core.MC_STATE_*`.
const fn state_of(phase: Phase) -> i64 {
    match phase {
        Phase::Connect => 0,
        Phase::Ehlo | Phase::Starttls | Phase::Auth => 2,
        Phase::Mailfrom => 4,
        Phase::Rcptto => 6,
        Phase::RcpttoList => 19,
        Phase::RcpttoListFinal => 20,
        _ => 9,
    }
}

pub(super) fn own(code: u16, text: &str) -> Reply {
    Reply { code, text: lines_of(text), by: None }
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

fn greet(run: &mut Run<'_>, connection: &mut Connection) {
    Audit::count(&run.frame, connection.client.ip, Activity::Connection);
    let given = connection.given(None);
    let mut outcomes = Vec::new();
    for hook in ["core_inc_inbound_connections", "core_validate_accept"] {
        outcomes.push(run.hook(hook, given));
    }
    let arguments = [user(&connection.accept), user(&connection.vctx)];
    outcomes.push(run.callouts("validate_connect", Kind::Validation, &arguments));
    outcomes.push(run.hook("core_validate_connect", given));
    let usual = own(220, &format!("{} ESMTP", run.policy.hostname));
    answer(run, connection, About::phase(Phase::Connect), outcomes, Some(usual));
}

pub(super) fn user(data: &AnyUserData) -> Value {
    Value::UserData(data.clone())
}

fn hello(run: &mut Run<'_>, connection: &mut Connection) {
    let session = std::rc::Rc::clone(&run.session);
    let wanted = &session.connection;
    ehlo(run, connection);
    if connection.closed {
        return;
    }
    if let Some(tls) = &wanted.tls {
        for (name, value) in [
            ("tls", "yes"),
            ("tls_cipher", tls.cipher.as_str()),
            ("tls_client_cert_subject", tls.client_subject.as_deref().unwrap_or_default()),
            ("tls_client_cert_issuer", tls.client_issuer.as_deref().unwrap_or_default()),
            ("tls_client_verified", if tls.verified { "yes" } else { "no" }),
        ] {
            if !value.is_empty() {
                connection.conn.set(name.as_bytes(), value.as_bytes());
            }
        }
        let mut outcomes = Vec::new();
        let given = connection.given(None);
        for hook in ["core_get_inbound_tls_parameters", "core_inbound_smtp_tls_post_accept"] {
            outcomes.push(run.hook(hook, given));
        }
        let reply = match &tls.failure {
            None => own(220, "2.0.0 Ready to start TLS"),
            Some(reason) => own(454, &format!("4.7.0 TLS not available: {reason}")),
        };
        answer(run, connection, About::phase(Phase::Starttls).client("STARTTLS"), outcomes, Some(reply));
        if !connection.closed && tls.failure.is_none() {
            ehlo(run, connection);
        }
    }
    if let Some(attempt) = wanted.auth.as_ref().filter(|_| !connection.closed) {
        auth::run(run, connection, attempt);
    }
}

fn ehlo(run: &mut Run<'_>, connection: &mut Connection) {
    let wanted = &run.session.connection;
    let line = format!("{} {}", wanted.greeting.name(), wanted.hello);
    connection.conn.set(b"ehlo_domain", wanted.hello.as_bytes());
    connection.conn.set(b"ehlo_string", line.as_bytes());
    let mut outcome = Outcome::default();
    if run.has("validate_ehlo") {
        let Some(text) = run.object(EcString::new(format!("{line}\r\n"))) else { return };
        let arguments = [user(&text), user(&connection.accept), user(&connection.vctx)];
        outcome = run.callouts("validate_ehlo", Kind::Validation, &arguments);
    }
    let mut text =
        vec![format!("{} says {} to {}", run.policy.hostname, wanted.greeting.name(), connection.client)];
    if wanted.greeting == Greeting::Ehlo
        && let Ok(accept) = connection.accept.borrow::<AcceptConstruct>()
    {
        text.extend(accept.capabilities.borrow().iter().cloned());
    }
    let usual = Reply { code: 250, text, by: None };
    answer(run, connection, About::phase(Phase::Ehlo).client(line), vec![outcome], Some(usual));
}
