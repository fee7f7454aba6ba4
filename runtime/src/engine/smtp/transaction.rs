//! A mail transaction (RFC 5321): the envelope, the content, and what becomes of it.

use bytes::Bytes;
use mlua::{AnyUserData, Value};

use super::{About, Connection, answer, own, user};
use crate::api::audit::{Activity, Audit};
use crate::api::dictionary::Dictionary;
use crate::api::ec_string::EcString;
use crate::api::message::{EcMessage, Ids};
use crate::engine::callouts::{Kind, Outcome};
use crate::engine::disposal::{self, Copy};
use crate::engine::relay;
use crate::engine::start::Run;
use crate::message::Message;
use crate::report::{MessageReport, RecipientReport, Reply};
use crate::session::{Disposition, Mail, Phase};

fn split(address: &str) -> (&str, &str) {
    address.rsplit_once('@').unwrap_or((address, ""))
}

pub(super) fn message(
    run: &mut Run<'_>,
    connection: &mut Connection,
    number: usize,
    mail: &Mail,
) -> MessageReport {
    let sender = mail.sender();
    let mess = Dictionary::with(mail.context.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let parameters = if mail.mail_from_parameters.is_empty() {
        String::new()
    } else {
        format!(" {}", mail.mail_from_parameters)
    };
    let line = format!("MAIL FROM:<{sender}>{parameters}");
    let (local, domain) = split(sender);
    for (name, value) in
        [("mailfrom_domain", domain), ("mailfrom_localpart", local), ("mailfrom_string", line.as_str())]
    {
        mess.set(name.as_bytes(), value.as_bytes());
    }
    let of_mail = mail.verdicts.as_ref().and_then(|verdicts| verdicts.spf);
    if let Some(spf) = of_mail.or(run.session.verdicts.spf) {
        // The usual `context_variable` of the module spf_v1.
        mess.set(b"spf_status", spf.word().as_bytes());
    }
    if let Some(vctx) = connection.vctx() {
        *vctx.mess.borrow_mut() = mess.clone();
        vctx.recipients.borrow_mut().clear();
        vctx.settled.set(false);
    }
    let mut report = MessageReport {
        mail_from: sender.to_owned(),
        size: mail.bytes.len(),
        reply: None,
        recipients: Vec::new(),
    };
    let mut received = EcMessage {
        conn_id: connection.id,
        conn: connection.conn.clone(),
        mess: mess.clone(),
        mailfrom: sender.to_owned().into(),
        content: Message::default().into(),
        origin: Some(number),
        ..EcMessage::empty(Ids::of(&run.frame), connection.client, connection.listener)
    };
    received.batch_id = received.id;
    let Some(msg) = run.object(received) else { return report };
    connection.receive(Some(&msg));
    let mut outcome = Outcome::default();
    if run.has("validate_mailfrom") {
        let Some(text) = run.object(EcString::new(line.clone())) else { return report };
        let arguments = [user(&text), user(&connection.accept), user(&connection.vctx)];
        outcome = run.callouts("validate_mailfrom", Kind::Validation, &arguments);
    }
    let about = About::phase(Phase::Mailfrom).client(line).message(number);
    let reply = answer(run, connection, about, vec![outcome], Some(own(250, "2.0.0 MAIL FROM accepted")));
    if connection.closed || reply.as_ref().is_some_and(Reply::refuses) {
        let refusal = |one: &crate::session::Recipient| RecipientReport {
            context: mess.all().into_iter().collect(),
            ..refused(&one.address, reply.as_ref())
        };
        report.recipients = mail.recipients.iter().map(refusal).collect();
        report.reply = reply;
        return report;
    }

    for recipient in &mail.recipients {
        if connection.closed || !run.is_alive() {
            report.recipients.push(refused(&recipient.address, None));
            continue;
        }
        let reply = rcptto(run, connection, number, &msg, &mess, recipient);
        if reply.as_ref().is_some_and(Reply::refuses) {
            let context = mess.all().into_iter().collect();
            report
                .recipients
                .push(RecipientReport { context, ..refused(&recipient.address, reply.as_ref()) });
        } else {
            // Its fate is known later.
            report.recipients.push(refused(&recipient.address, None));
        }
    }
    let accepted = connection.vctx().map(|vctx| vctx.recipients.borrow().clone()).unwrap_or_default();
    if connection.closed || !run.is_alive() {
        return report;
    }
    if accepted.is_empty() {
        let about = About::phase(Phase::Data).client("DATA").message(number);
        let reply = answer(run, connection, about, Vec::new(), Some(own(503, "5.5.1 no valid recipients")));
        report.reply = reply;
        return report;
    }
    content(run, connection, number, mail, &msg, &mut report);
    report
}

fn rcptto(
    run: &mut Run<'_>,
    connection: &mut Connection,
    number: usize,
    msg: &AnyUserData,
    mess: &Dictionary,
    recipient: &crate::session::Recipient,
) -> Option<Reply> {
    let address = &recipient.address;
    let parameters =
        if recipient.parameters.is_empty() { String::new() } else { format!(" {}", recipient.parameters) };
    let line = format!("RCPT TO:<{address}>{parameters}");
    let (local, domain) = split(address);
    for (name, value) in
        [("rcptto_domain", domain), ("rcptto_localpart", local), ("rcptto_string", line.as_str())]
    {
        mess.set(name.as_bytes(), value.as_bytes());
    }
    if let Ok(message) = msg.borrow::<EcMessage>() {
        *message.rcptto.borrow_mut() = address.clone();
    }
    // The recipient is on the list while the callout runs: a script may take it off in favour of others.
    if let Some(vctx) = connection.vctx() {
        vctx.recipients.borrow_mut().push(address.clone());
    }
    let mut outcomes = Vec::new();
    if run.has("validate_rcptto") {
        let text = run.object(EcString::new(line.clone()))?;
        let arguments = [user(msg), user(&text), user(&connection.accept), user(&connection.vctx)];
        outcomes.push(run.callouts("validate_rcptto", Kind::Validation, &arguments));
    }
    let usual = if relay::is_allowed(run, connection, domain, &mut outcomes) {
        own(250, "2.0.0 RCPT TO accepted")
    } else {
        own(550, "5.7.1 relaying denied")
    };
    let about = About::phase(Phase::Rcptto).client(line).message(number).recipient(address);
    let reply = answer(run, connection, about, outcomes, Some(usual));
    if reply.as_ref().is_some_and(Reply::refuses) {
        if let Some(vctx) = connection.vctx() {
            let mut list = vctx.recipients.borrow_mut();
            if let Some(place) = list.iter().rposition(|one| one == address) {
                list.remove(place);
            }
        }
    } else {
        connection.recipients += 1;
        connection.conn.set(b"connection_rcpt_count", connection.recipients.to_string().as_bytes());
    }
    reply
}

/// From DATA to the reply to the content, and what becomes of the message then.
fn content(
    run: &mut Run<'_>,
    connection: &mut Connection,
    number: usize,
    mail: &Mail,
    msg: &AnyUserData,
    report: &mut MessageReport,
) {
    let original = Message::from_bytes(Bytes::clone(&mail.bytes));
    if let (Ok(message), Some(vctx)) = (msg.borrow::<EcMessage>(), connection.vctx()) {
        *message.content.borrow_mut() = original.clone();
        if let Some(first) = vctx.recipients.borrow().first() {
            *message.rcptto.borrow_mut() = first.clone();
        }
        if original.headers().first(b"Date").is_none() {
            message.mess.set(b"rfc2822_date_missing", b"true");
        }
    }
    let arguments = [user(msg), user(&connection.accept), user(&connection.vctx)];
    // The list of recipients is handed over as C's list of nodes, which has no Lua methods.
    let is_listed = ["validate_rcptto_list", "validate_rcptto_list_final"].iter().any(|hook| run.has(hook));
    let list = is_listed.then(|| run.frame.object_of(run.machine.lua(), "eclist_node").ok()).flatten();
    let listed = [list.as_ref().map_or(Value::Nil, user), user(&connection.vctx)];
    let size = mail.bytes.len();
    let mut client = Some(format!("DATA ({size} bytes)"));
    let mut reply = None;
    for (phase, hook, arguments) in [
        (Phase::Data, "validate_data", &arguments[..]),
        (Phase::DataSpool, "validate_data_spool", &arguments[..]),
        (Phase::RcpttoList, "validate_rcptto_list", &listed[..]),
        (Phase::RcpttoListFinal, "validate_rcptto_list_final", &listed[..]),
    ] {
        if is_discarded(msg) {
            break;
        }
        let outcome = run.callouts(hook, Kind::Validation, arguments);
        let mut about = About::phase(phase).message(number);
        about.client = client.take();
        let chosen = answer(run, connection, about, vec![outcome], None);
        // A reply that accepts stands until a later phase chooses another.
        reply = chosen.or(reply);
        if connection.closed || !run.is_alive() || reply.as_ref().is_some_and(Reply::refuses) {
            finish_refused(report, reply.as_ref(), &[], msg);
            report.reply = reply;
            return;
        }
    }
    let recipients = connection.vctx().map(|vctx| {
        vctx.settled.set(true);
        vctx.recipients.borrow().clone()
    });
    let recipients = recipients.unwrap_or_default();
    let Some(received) = msg.borrow::<EcMessage>().ok() else { return };
    let offered = mail.by_address();
    let mut copies = Vec::new();
    for (place, address) in recipients.iter().enumerate() {
        // The first recipient keeps the message as it is, with its identifier.
        let id = if place == 0 { received.id } else { Ids::of(&run.frame) };
        let copy = received.copy_for(id, address);
        let (local, domain) = split(address);
        copy.mess.set(b"rcptto_localpart", local.as_bytes());
        copy.mess.set(b"rcptto_domain", domain.as_bytes());
        if let Some(wanted) = offered.get(address.as_str()) {
            wanted
                .context
                .iter()
                .for_each(|(name, value)| drop(copy.mess.set(name.as_bytes(), value.as_bytes())));
        }
        let Some(data) = run.object(copy) else { return };
        copies.push(Copy { address: address.clone(), data, refused: None });
    }
    connection.conn.set(b"message_rcpt_count", recipients.len().to_string().as_bytes());
    for copy in copies.iter_mut().filter(|copy| !is_discarded(&copy.data)) {
        if connection.closed || !run.is_alive() {
            break;
        }
        if let (Ok(message), Some(vctx)) = (copy.data.borrow::<EcMessage>(), connection.vctx()) {
            *vctx.mess.borrow_mut() = message.mess.clone();
        }
        connection.receive(Some(&copy.data));
        let arguments = [user(&copy.data), user(&connection.accept), user(&connection.vctx)];
        let mut outcomes = vec![run.callouts("validate_data_spool_each_rcpt", Kind::Validation, &arguments)];
        for hook in ["core_validate_data_spool_each_rcpt", "core_post_validate_data_spool_each_rcpt_v1"] {
            outcomes.push(run.hook(hook, connection.given(Some(&copy.data))));
        }
        let about = About::phase(Phase::DataSpoolEachRcpt).message(number).recipient(&copy.address);
        let chosen = answer(run, connection, about, outcomes, None);
        if let Some(chosen) = chosen {
            if chosen.refuses() {
                copy.refused = Some(chosen.clone());
            }
            reply = Some(chosen);
        }
    }
    if let Some(refusal) = copies.iter().find_map(|copy| copy.refused.clone()) {
        // The client gets one answer for all recipients.
        finish_refused(report, Some(&refusal), &copies, msg);
        report.reply = Some(refusal);
        return;
    }
    if connection.closed || !run.is_alive() {
        finish_refused(report, reply.as_ref(), &copies, msg);
        report.reply = reply;
        return;
    }
    disposal::dispose(run, connection.given(None), number, mail, &original, copies, report);
    let refused_at_the_end = report.reply.clone().filter(Reply::refuses);
    let last = refused_at_the_end.or(reply).unwrap_or_else(|| own(250, &format!("2.0.0 OK {}", received.id)));
    connection.messages += 1;
    if !last.refuses() {
        Audit::count(&run.frame, connection.client.ip, Activity::Reception);
    }
    connection.conn.set(b"connection_message_count", connection.messages.to_string().as_bytes());
    // The reply belongs to the content: it is the last thing that the client hears about it.
    if let Some(step) =
        run.steps.iter_mut().rev().find(|step| step.message == Some(number) && step.phase.is_some())
        && step.reply.is_none()
    {
        step.reply = Some(last.clone());
    }
    report.reply = Some(last);
}

/// Whether a script has dropped the message: no later phase sees it then.
fn is_discarded(message: &AnyUserData) -> bool {
    message.borrow::<EcMessage>().is_ok_and(|message| message.discarded.borrow().is_some())
}

/// The disposition that a refusal means.
pub(in crate::engine) fn disposition(reply: &Reply) -> Disposition {
    if reply.code >= 500 { Disposition::Rejected } else { Disposition::TemporarilyRejected }
}

/// A recipient that the message never reached: with the reply that refused it, or because the session was over.
pub(in crate::engine) fn refused(address: &str, reply: Option<&Reply>) -> RecipientReport {
    RecipientReport {
        address: address.to_owned(),
        added: false,
        disposition: reply.map_or(Disposition::NotOffered, disposition),
        reason: reply.map(|reply| reply.lines().join("\n")),
        envelope: None,
        binding: None,
        binding_group: None,
        routing_domain: None,
        priority: false,
        attempts: Vec::new(),
        context: std::collections::BTreeMap::new(),
        changes: crate::report::Difference::default(),
        bytes: Bytes::new(),
    }
}

/// Refuses all recipients that were not refused before; each keeps the context of its copy, or of the message.
fn finish_refused(report: &mut MessageReport, reply: Option<&Reply>, copies: &[Copy], msg: &AnyUserData) {
    let Some(reply) = reply.filter(|reply| reply.refuses()) else { return };
    for recipient in report.recipients.iter_mut().filter(|one| one.disposition == Disposition::NotOffered) {
        let copy = copies.iter().find(|copy| copy.address == recipient.address);
        let of = copy.map_or(msg, |copy| &copy.data);
        let context = of.borrow::<EcMessage>().map(|message| message.mess.all().into_iter().collect());
        *recipient = RecipientReport {
            context: context.unwrap_or_default(),
            ..refused(&recipient.address, Some(reply))
        };
    }
}

pub(super) fn not_offered(mail: &Mail) -> MessageReport {
    MessageReport {
        mail_from: mail.sender().to_owned(),
        size: mail.bytes.len(),
        reply: None,
        recipients: mail.recipients.iter().map(|one| refused(&one.address, None)).collect(),
    }
}
