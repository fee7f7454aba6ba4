//! `%{spfv1:…}`: the macro letters of SPF (RFC 7208, section 7), with their transformers.

use std::net::IpAddr;

use super::{Subject, Which};
use crate::api::Call;
use crate::api::clock::Clock;

/// The value of a letter with what stands behind it; `None` for a letter that there is not.
pub(super) fn value(call: &Call<'_>, subject: &Subject, written: &str) -> Option<String> {
    let mut characters = written.chars();
    let letter = characters.next()?;
    let transformers = characters.as_str();
    let digits = transformers.bytes().take_while(u8::is_ascii_digit).count();
    let (labels, rest) = transformers.split_at_checked(digits)?;
    let (reverses, delimiters) = match rest.strip_prefix(['r', 'R']) {
        Some(delimiters) => (true, delimiters),
        None => (false, rest),
    };
    if !delimiters.chars().all(|one| ".-+,/_=".contains(one)) {
        return None;
    }
    let value = plain(call, subject, letter.to_ascii_lowercase())?;
    if transformers.is_empty() {
        return Some(value);
    }
    let is_delimiter = |one: char| if delimiters.is_empty() { one == '.' } else { delimiters.contains(one) };
    let mut parts: Vec<&str> = value.split(is_delimiter).collect();
    if reverses {
        parts.reverse();
    }
    let keep = labels.parse::<usize>().unwrap_or(parts.len()).min(parts.len());
    Some(parts.get(parts.len() - keep..)?.join("."))
}

fn plain(call: &Call<'_>, subject: &Subject, letter: char) -> Option<String> {
    let connection = &call.session().connection;
    let client = connection.client.ip;
    let context = |which, name: &str| String::from_utf8_lossy(&subject.context(which, name)).into_owned();
    let hello = || {
        let said = context(Which::Connection, "ehlo_domain");
        if said.is_empty() { connection.hello.clone() } else { said }
    };
    let sender = || {
        let sender = match subject.message() {
            Some(message) => message.mailfrom.borrow().clone(),
            None => {
                let local = context(Which::Message, "mailfrom_localpart");
                let domain = context(Which::Message, "mailfrom_domain");
                if domain.is_empty() { local } else { format!("{local}@{domain}") }
            }
        };
        // The null sender: RFC 7208, section 2.4.
        if sender.is_empty() { format!("postmaster@{}", hello()) } else { sender }
    };
    let domain =
        |address: String| address.rsplit_once('@').map_or(String::new(), |(_, domain)| domain.to_owned());
    Some(match letter {
        's' => sender(),
        'l' => {
            sender().rsplit_once('@').map_or_else(|| "postmaster".to_owned(), |(local, _)| local.to_owned())
        }
        'o' | 'd' => domain(sender()),
        'i' => match client {
            IpAddr::V4(address) => address.to_string(),
            // Each half of a byte a label.
            IpAddr::V6(address) => {
                let digits = address.octets().into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
                digits.map(|digit| format!("{digit:x}")).collect::<Vec<_>>().join(".")
            }
        },
        'p' => connection.client_name.clone().unwrap_or_else(|| "unknown".to_owned()),
        'v' => if client.is_ipv4() { "in-addr" } else { "ip6" }.to_owned(),
        'h' => hello(),
        'c' => client.to_string(),
        't' => format!("{:.0}", Clock::now(call.frame()).floor()),
        _ => return None,
    })
}
