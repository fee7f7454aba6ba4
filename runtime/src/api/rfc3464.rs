//! `msys.rfc3464`: delivery status notifications.

use mlua::{AnyUserData, LuaString, Table};

use super::clock::Clock;
use super::expand_macro::rfc2822::date;
use super::message::current::message;
use super::message::{EcMessage, Ids, Sent};
use super::server::Server;
use super::{Call, Registry, constants};
use crate::message::dsn::{self, Action, Notice};
use crate::message::{Component, Message};

pub(super) fn register(api: &mut Registry) {
    api.function("msys.rfc3464.compute_delivery_status", |call, (msg, action): (AnyUserData, i64)| {
        let msg = message(call, Some(&msg))?;
        let fields = with_notice(call, &msg, action, |notice| {
            let mut fields = dsn::message_fields(notice);
            fields.extend(dsn::recipient_fields(notice));
            fields
        })?;
        table(call, fields)
    });
    api.function("msys.rfc3464.compute_delivery_status_string", |call, response: LuaString| {
        let fields = dsn::fields_of_reply(&response.to_string_lossy());
        let lines: Vec<String> = fields.into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
        call.lua().create_string(lines.join("\r\n"))
    });
    api.function("msys.rfc3464.create_mdn", |call, (msg, action): (AnyUserData, i64)| {
        let msg = message(call, Some(&msg))?;
        let made = notification(call, &msg, action)?;
        let sender = msg.mailfrom.borrow().clone();
        let notice = EcMessage {
            content: made.into(),
            rcptto: sender.into(),
            ..EcMessage::empty(Ids::of(call.frame()), msg.peer, msg.listener)
        };
        notice.content.weigh(call)?;
        call.object(notice)
    });
    api.function("msys.rfc3464.send_mdn", |call, (msg, action): (AnyUserData, i64)| {
        let msg = message(call, Some(&msg))?;
        let sender = msg.mailfrom.borrow().clone();
        let made = notification(call, &msg, action)?;
        // Nobody is told about what came from the null sender.
        if sender.is_empty() {
            return Ok(0);
        }
        Sent::add(call, "", &sender, &made)?;
        Ok(1)
    });
    api.function("msys.rfc3464.extract_delivery_status", |call, msg: AnyUserData| {
        let msg = message(call, Some(&msg))?;
        let fields = dsn::read(&msg.content.borrow());
        fields.map(|fields| table(call, fields)).transpose()
    });
}

/// The values by name; of a field that occurs several times, the first.
fn table<N: AsRef<str>>(call: &Call<'_>, fields: Vec<(N, String)>) -> mlua::Result<Table> {
    let table = call.lua().create_table()?;
    for (name, value) in fields {
        if !table.contains_key(name.as_ref())? {
            table.raw_set(name.as_ref(), value)?;
        }
    }
    Ok(table)
}

fn action_of(call: &Call<'_>, number: i64) -> mlua::Result<Action> {
    Ok(match constants::name_of(number).and_then(|name| name.strip_prefix("msys.core.")) {
        Some("FAILED") => Action::Failed,
        Some("DELAYED") => Action::Delayed,
        Some("DELIVERED") => Action::Delivered,
        Some("RELAYED") => Action::Relayed,
        Some("EXPANDED") => Action::Expanded,
        _ => {
            return Err(call.raise(format!(
                "{number} is no action of {}: msys.core.FAILED, DELAYED, DELIVERED, RELAYED, EXPANDED",
                call.name()
            )));
        }
    })
}

fn with_notice<R>(
    call: &Call<'_>,
    msg: &EcMessage,
    action: i64,
    read: impl FnOnce(&Notice<'_>) -> R,
) -> mlua::Result<R> {
    let action = action_of(call, action)?;
    let server = call.part::<Server>();
    let (recipient, sender) = (msg.rcptto.borrow().clone(), msg.mailfrom.borrow().clone());
    let reply = msg.code.borrow().clone().unwrap_or_default();
    let domain = Component::Domain.of(&recipient).to_owned();
    let arrival = date(f64::from(msg.id.slot));
    let id = Ids::of(call.frame());
    let hostname = server.borrow().hostname.clone();
    let own = reply.is_empty() || reply.contains("[internal]");
    Ok(read(&Notice {
        action,
        reporting_mta: &hostname,
        recipient: &recipient,
        sender: &sender,
        reply: &reply,
        remote_mta: Some(domain.as_str()).filter(|domain| !own && !domain.is_empty()),
        arrival_date: Some(&arrival),
        date: &date(Clock::now(call.frame())),
        message_id: Some(&format!("<{}@{hostname}>", id.to_string().replace('/', "."))),
    }))
}

fn notification(call: &Call<'_>, msg: &EcMessage, action: i64) -> mlua::Result<Message> {
    let seed = super::message::sent::boundary_seed(call);
    with_notice(call, msg, action, |notice| dsn::notification(&msg.content.borrow(), notice, seed))
}

#[cfg(test)]
mod tests {
    use crate::api::message::{EcMessage, Ids};
    use crate::api::tested;
    use crate::message::Message;
    use crate::session::Session;

    fn eval(sender: &str, content: &str, chunk: &str) -> (String, tested::State) {
        let state = tested::state();
        let connection = Session::default().connection.client;
        let message = EcMessage {
            content: Message::from_bytes(content.as_bytes().to_vec()).into(),
            mailfrom: sender.to_owned().into(),
            rcptto: "gone@mailbox.example".to_owned().into(),
            code: Some("550 5.1.1 no such user".to_owned()).into(),
            ..EcMessage::empty(Ids::of(&state.frame), connection, connection)
        };
        state.lua.globals().set("msg", state.object(message)).unwrap();
        let said = state.eval(&format!(
            "require('msys.core') require('msys.rfc3464') require('msys.extended.message')\n{chunk}"
        ));
        (said, state)
    }

    const MAIL: &str = "Subject: news\r\n\r\nbody\r\n";

    #[test]
    fn headers_come_from_message_and_answer() {
        let (said, _) = eval(
            "a@example.com",
            MAIL,
            "local s = msys.rfc3464.compute_delivery_status(msg, msys.core.FAILED)
             return s['Reporting-MTA'] .. '|' .. s['Final-Recipient'] .. '|' .. s.Action .. '|' .. s.Status .. '|' .. s['Remote-MTA']",
        );
        assert_eq!(
            said,
            "dns; mta.example.net|rfc822; gone@mailbox.example|failed|5.1.1|dns; mailbox.example"
        );
        let (said, _) =
            eval("", MAIL, "return msys.rfc3464.compute_delivery_status_string('452 4.2.2 full')");
        assert_eq!(said, "Status: 4.2.2\r\nDiagnostic-Code: smtp; 452 4.2.2 full");
    }

    #[test]
    fn a_notification_is_made_sent_and_read_again() {
        let (said, state) = eval(
            "a@example.com",
            MAIL,
            "local mdn = msys.rfc3464.create_mdn(msg, msys.core.DELAYED)
             local read = msys.rfc3464.extract_delivery_status(mdn)
             return read.Action .. ' ' .. tostring(mdn:mailfrom()) .. ' ' .. mdn:rcptto() .. ' '
               .. msys.rfc3464.send_mdn(msg, msys.core.FAILED) .. mdn:header('Date')[1]",
        );
        assert_eq!(said, "delayed nil a@example.com 1Thu, 15 Jan 2026 00:00:00 +0000");
        let sent = crate::api::message::Sent::take(&state.frame);
        assert_eq!((sent.len(), sent[0].envelope.mail_from.as_str()), (1, ""));
        assert!(state.report().contains("\"event\":\"injected\""), "{}", state.report());
    }

    #[test]
    fn nobody_is_told_about_the_null_sender_s_mail() {
        let (said, state) = eval("", MAIL, "return tostring(msys.rfc3464.send_mdn(msg, msys.core.FAILED))");
        assert_eq!(said, "0");
        assert!(crate::api::message::Sent::take(&state.frame).is_empty());
    }

    #[test]
    fn what_is_no_notification_gives_nil_and_a_wrong_action_raises() {
        let (said, state) =
            eval("a@example.com", MAIL, "return tostring(msys.rfc3464.extract_delivery_status(msg))");
        assert_eq!(said, "nil");
        assert!(state.error("msys.rfc3464.send_mdn(msg, 7)").contains("7 is no action"));
        let error = state.error("msys.rfc3464.create_mdn(msys.core.string_new(), 7)");
        assert!(error.contains("is no message"), "{error}");
    }
}
