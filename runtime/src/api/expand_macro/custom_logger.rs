//! The macros of log formats: `%m`, `%h{Subject}`.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Subject, Which};
use crate::api::Call;
use crate::api::accept::AcceptConstruct;
use crate::api::clock::Clock;

/// All of them, those that begin like another one before it.
pub(super) const NAMES: &[&str] = &[
    "outbound_tls_cipher_algbits",
    "outbound_tls_cipher_usebits",
    "outbound_tls_cipher",
    "outbound_tls_protocol",
    "outbound_tls_verified",
    "outbound_tls_issuer",
    "outbound_tls_subject",
    "outbound_tls_type",
    "outbound_tls",
    "local_ip",
    "vctx_conn",
    "vctx_mess",
    "BI",
    "CI",
    "OC",
    "PG",
    "us",
    "A",
    "b",
    "B",
    "c",
    "C",
    "d",
    "g",
    "H",
    "h",
    "i",
    "m",
    "M",
    "n",
    "N",
    "P",
    "p",
    "r",
    "R",
    "s",
    "S",
    "t",
    "T",
    "U",
];

/// Those that may have an argument in braces.
pub(super) const TAKES_ARGUMENT: &[&str] = &["vctx_conn", "vctx_mess", "us", "h", "t", "T"];

/// The connection that delivers is not there when policy runs.
pub(super) fn outbound_tls(name: &str) -> Option<&'static str> {
    match name {
        "outbound_tls" => Some("unknown"),
        "outbound_tls_type" | "local_ip" | "outbound_tls_cipher" | "outbound_tls_cipher_algbits" => Some(""),
        "outbound_tls_cipher_usebits" | "outbound_tls_protocol" | "outbound_tls_verified" => Some(""),
        "outbound_tls_issuer" | "outbound_tls_subject" => Some(""),
        _ => None,
    }
}

/// The value of a macro; empty where what it speaks of is not there (yet).
pub(super) fn value(
    call: &Call<'_>,
    subject: &Subject,
    name: &str,
    argument: Option<&str>,
) -> mlua::Result<Option<Vec<u8>>> {
    let now = Clock::now(call.frame());
    let message = subject.message();
    let message = message.as_deref();
    let of_message =
        |value: fn(&crate::api::message::EcMessage) -> String| message.map(value).unwrap_or_default();
    let decimals = || argument.and_then(|places| places.parse::<usize>().ok()).unwrap_or(0).min(9);
    let text = match name {
        "vctx_conn" => return Ok(Some(subject.context(Which::Connection, argument.unwrap_or_default()))),
        "vctx_mess" => return Ok(Some(subject.context(Which::Message, argument.unwrap_or_default()))),
        "A" => return Ok(Some(subject.context(Which::Connection, "auth_name"))),
        "U" => return Ok(Some(subject.context(Which::Connection, "auth_user"))),
        "h" => {
            let found = message.map(|message| {
                message.content.borrow().header_values(argument.unwrap_or_default().as_bytes())
            });
            return Ok(Some(found.and_then(|found| found.into_iter().next()).unwrap_or_default()));
        }
        "b" => of_message(|message| message.binding.borrow().clone().unwrap_or_default()),
        "g" => of_message(|message| message.binding_group.borrow().clone().unwrap_or_default()),
        "B" => of_message(|message| message.content.borrow().size().to_string()),
        "BI" => of_message(|message| message.batch_id.to_string()),
        "i" => of_message(|message| message.id.to_string()),
        "d" => of_message(|message| message.routed_to()),
        "m" => of_message(|message| half(&message.mailfrom.borrow(), false)),
        "M" => of_message(|message| half(&message.mailfrom.borrow(), true)),
        "r" => of_message(|message| half(&message.rcptto.borrow(), false)),
        "R" => of_message(|message| half(&message.rcptto.borrow(), true)),
        "n" => of_message(|message| message.code.borrow().clone().unwrap_or_default()),
        "N" => of_message(|message| message.retries.get().to_string()),
        "CI" => match (message, accept(subject)) {
            (Some(message), _) => message.conn_id.to_string(),
            (None, Some((_, id))) => id,
            (None, None) => String::new(),
        },
        "H" => match (message, accept(subject)) {
            (Some(message), _) => message.peer.ip.to_string(),
            (None, Some((client, _))) => client,
            (None, None) => String::new(),
        },
        "p" => "esmtp".to_owned(),
        "t" => match argument {
            None => format!("{:.0}", now.floor()),
            Some(format) => match strftime(format, now) {
                Ok(text) => text,
                Err(error) => return Err(call.raise(format!("%t{{{format}}}: {error}"))),
            },
        },
        "us" => format!("{now:.*}", decimals()),
        // The clock stands still while a message comes in.
        "T" => format!("{:.*}", decimals(), 0.0),
        // Bounce class, stage, pathway and outbound connection come with delivery.
        "c" | "C" | "s" | "S" | "P" | "PG" | "OC" => String::new(),
        other => return Ok(outbound_tls(other).map(|value| value.as_bytes().to_vec())),
    };
    Ok(Some(text.into_bytes()))
}

/// What stands before the last `@`, or behind it.
fn half(address: &str, behind: bool) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    if behind { domain } else { local }.to_owned()
}

/// The client and the identifier of the connection.
fn accept(subject: &Subject) -> Option<(String, String)> {
    let accept = subject.accept.as_ref()?.borrow::<AcceptConstruct>().ok()?;
    Some((accept.remote.ip.to_string(), accept.conn_id.to_string()))
}

fn strftime(format: &str, now: f64) -> Result<String, jiff::Error> {
    let time = Timestamp::from_second(now.floor() as i64)?.to_zoned(TimeZone::UTC);
    jiff::fmt::strtime::format(format, &time)
}
