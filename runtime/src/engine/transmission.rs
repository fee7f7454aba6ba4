//! Messages that come over HTTP: each recipient has a message of its own. The hooks that HTTP and SMTP have in common get
//! a connection and a validation context of the transmission: its requests are no session.

use mlua::Value;

use super::arguments::Given;
use super::callouts::Kind;
use super::disposal::{self, Copy};
use super::smtp;
use super::start::Run;
use crate::api::accept::AcceptConstruct;
use crate::api::dictionary::Dictionary;
use crate::api::message::{EcMessage, Ids};
use crate::api::vctx::ValidateContext;
use crate::message::Message;
use crate::report::MessageReport;
use crate::session::{Endpoint, Phase};

/// Runs the transmissions.
pub(super) fn run(run: &mut Run<'_>) {
    let session = std::rc::Rc::clone(&run.session);
    let listener = session.connection.listener.unwrap_or(Endpoint { ip: [192, 0, 2, 25].into(), port: 80 });
    for (number, mail) in session.messages.iter().enumerate() {
        let mut report = MessageReport {
            mail_from: mail.sender().to_owned(),
            size: mail.bytes.len(),
            reply: None,
            recipients: mail.recipients.iter().map(|one| smtp::refused(&one.address, None)).collect(),
        };
        let original = Message::from_bytes(mail.bytes.clone());
        let conn = Dictionary::with(pairs(&session.connection.context));
        let conn_id = Ids::of(&run.frame);
        let accept = run.object(AcceptConstruct {
            remote: session.connection.client,
            local: listener,
            conn_id,
            capabilities: Vec::new().into(),
            open_connections: session.connection.open_connections.clone(),
        });
        let vctx = run.object(ValidateContext { conn: conn.clone(), ..ValidateContext::default() });
        let mut copies = Vec::new();
        for recipient in &mail.recipients {
            if !run.is_alive() {
                break;
            }
            let mess = Dictionary::with(pairs(&mail.context).chain(pairs(&recipient.context)));
            let message = EcMessage {
                content: original.clone().into(),
                mailfrom: mail.sender().to_owned().into(),
                rcptto: recipient.address.clone().into(),
                conn: conn.clone(),
                conn_id,
                mess,
                origin: Some(number),
                ..EcMessage::empty(Ids::of(&run.frame), session.connection.client, listener)
            };
            let Some(data) = run.object(message) else { return };
            let hook = "msg_gen_data_spool";
            let given = Given { message: Some(&data), ..Given::default() };
            let mut arguments = run.arguments(hook, given);
            if arguments.is_empty() {
                arguments.push(Value::UserData(data.clone()));
            }
            let outcome = run.callouts(hook, Kind::Hook, &arguments);
            if !outcome.runs.is_empty() {
                run.step(Some(Phase::MsgGenDataSpool), Some(number), outcome.runs);
                if let Some(step) = run.steps.last_mut() {
                    step.recipient = Some(recipient.address.clone());
                }
            }
            copies.push(Copy { address: recipient.address.clone(), data, refused: None });
        }
        if run.is_alive() {
            let given = Given { accept: accept.as_ref(), vctx: vctx.as_ref(), ..Given::default() };
            disposal::dispose(run, given, number, mail, &original, copies, &mut report);
        }
        run.end_session();
        run.messages.push(report);
    }
}

fn pairs(map: &std::collections::BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    map.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}
