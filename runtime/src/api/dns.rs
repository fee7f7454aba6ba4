//! `msys.dnsLookup`: what the session's DNS answers.

use mlua::{MultiValue, Value};

use super::{Call, Registry, Text, text};
use crate::session::{DnsFailure, DnsName, DnsRecords, Session};

/// The types that a script can ask for.
const TYPES: [&str; 6] = ["A", "AAAA", "TXT", "MX", "PTR", "NS"];

/// How many aliases are followed.
const MOST_ALIASES: usize = 8;

/// What the session's DNS says to a question.
pub(super) enum Answer<'s> {
    Records(&'s [String]),
    /// The client's name, which the session gives with its connection.
    Name(&'s str),
    /// The name is there, without records of this type.
    NoRecords,
    Failure(DnsFailure),
    /// The session does not hold the name.
    Unknown,
}

/// Asks the session. `kind` is a type in capitals.
pub(super) fn ask<'s>(session: &'s Session, name: &str, kind: &str) -> Answer<'s> {
    let mut name = name;
    for _ in 0..MOST_ALIASES {
        let wanted = name.trim_end_matches('.');
        let found =
            session.dns.iter().find(|(known, _)| known.trim_end_matches('.').eq_ignore_ascii_case(wanted));
        let records = match found {
            None => return of_client(session, wanted, kind),
            Some((_, DnsName::Failure(failure))) => return Answer::Failure(*failure),
            Some((_, DnsName::Records(records))) => records,
        };
        let failure = records.failures.iter().find(|(failing, _)| failing.eq_ignore_ascii_case(kind));
        if let Some((_, failure)) = failure {
            return Answer::Failure(*failure);
        }
        match (of_type(records, kind), records.cname.first()) {
            ([], Some(alias)) if kind != "CNAME" => name = alias,
            ([], _) => return Answer::NoRecords,
            (records, _) => return Answer::Records(records),
        }
    }
    Answer::Failure(DnsFailure::Servfail)
}

fn of_type<'r>(records: &'r DnsRecords, kind: &str) -> &'r [String] {
    match kind {
        "A" => &records.a,
        "AAAA" => &records.aaaa,
        "CNAME" => &records.cname,
        "MX" => &records.mx,
        "NS" => &records.ns,
        "PTR" => &records.ptr,
        "SOA" => &records.soa,
        "SRV" => &records.srv,
        "TXT" => &records.txt,
        _ => &[],
    }
}

/// The reverse name of the client's address, which `connection.client_name` answers.
fn of_client<'s>(session: &'s Session, name: &str, kind: &str) -> Answer<'s> {
    let connection = &session.connection;
    match &connection.client_name {
        Some(known) if kind == "PTR" && reverse(connection.client.ip).eq_ignore_ascii_case(name) => {
            Answer::Name(known)
        }
        _ => Answer::Unknown,
    }
}

/// The name under in-addr.arpa or ip6.arpa that stands for an address.
pub(super) fn reverse(address: std::net::IpAddr) -> String {
    match address {
        std::net::IpAddr::V4(address) => {
            let [a, b, c, d] = address.octets();
            format!("{d}.{c}.{b}.{a}.in-addr.arpa")
        }
        std::net::IpAddr::V6(address) => {
            let digits = address.octets().into_iter().rev().flat_map(|byte| [byte & 15, byte >> 4]);
            let mut name: String = digits.map(|digit| format!("{digit:x}.")).collect();
            name.push_str("ip6.arpa");
            name
        }
    }
}

/// What a failure is called in answers to scripts.
pub(super) const fn failure_text(failure: DnsFailure) -> &'static str {
    match failure {
        DnsFailure::Nxdomain => "NXDOMAIN",
        DnsFailure::Servfail => "SERVFAIL",
        DnsFailure::Refused => "REFUSED",
        DnsFailure::Timeout => "TIMEOUT",
    }
}

pub(super) fn register(api: &mut Registry) {
    api.function("msys.dnsLookup", lookup);
}

fn lookup(
    call: &Call<'_>,
    (Text(name), kind, options): (Text, Option<String>, Option<mlua::Table>),
) -> mlua::Result<MultiValue> {
    let kind = kind.unwrap_or_else(|| "A".to_owned()).to_ascii_uppercase();
    if !TYPES.contains(&kind.as_str()) {
        return Err(call.raise(format!("msys.dnsLookup: `{kind}` is not one of {}", TYPES.join(", "))));
    }
    let with_preference = match &options {
        Some(options) => matches!(options.get::<Value>("priority")?, Value::Boolean(true)),
        None => false,
    };
    let records = match ask(call.session(), &name, &kind) {
        Answer::Records(records) => records.iter().map(String::as_str).collect(),
        Answer::Name(name) => vec![name],
        Answer::NoRecords => return failed(call, "NODATA"),
        Answer::Failure(failure) => return failed(call, failure_text(failure)),
        Answer::Unknown => {
            let example = match kind.as_str() {
                "A" => "192.0.2.1",
                "AAAA" => "2001:db8::1",
                "MX" => "10 mx.example.com",
                "TXT" => "some text",
                _ => "host.example.com",
            };
            let quoted = text::quoted(name.as_bytes());
            call.unanswered(
                format!("msys.dnsLookup({quoted}, \"{kind}\")"),
                format!(
                    "[dns]\n{quoted} = {{ {} = [\"{example}\"] }}  # or \"nxdomain\"",
                    kind.to_ascii_lowercase()
                ),
            );
            return failed(call, "the session has no answer");
        }
    };
    let mut values: Vec<(Option<u16>, &str)> = records
        .into_iter()
        .map(|record| match (kind.as_str(), record.split_once(' ')) {
            ("MX", Some((preference, host))) => (preference.parse().ok(), host.trim()),
            _ => (None, record),
        })
        .collect();
    values.sort_by_key(|(preference, _)| *preference);
    let list = call.lua().create_table()?;
    for (preference, value) in values {
        match preference.filter(|_| with_preference) {
            Some(preference) => {
                let pair = call.lua().create_table()?;
                pair.raw_push(preference)?;
                pair.raw_push(value)?;
                list.raw_push(pair)?;
            }
            None => list.raw_push(value)?,
        }
    }
    Ok(MultiValue::from_iter([Value::Table(list)]))
}

fn failed(call: &Call<'_>, error: &str) -> mlua::Result<MultiValue> {
    let error = call.lua().create_string(error)?;
    Ok(MultiValue::from_iter([Value::Nil, Value::String(error)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tested;

    fn session() -> Session {
        let records = |set: fn(&mut DnsRecords)| {
            let mut records = DnsRecords::default();
            set(&mut records);
            DnsName::Records(Box::new(records))
        };
        let mut session = Session::default();
        session.connection.client_name = Some("client.example.net".to_owned());
        session.dns = [
            (
                "a.example",
                records(|one| {
                    one.mx = vec!["20 b.mx.example".to_owned(), "5 a.mx.example".to_owned()];
                    one.failures = [("txt".to_owned(), DnsFailure::Timeout)].into();
                }),
            ),
            ("www.example", records(|one| one.cname = vec!["host.example.".to_owned()])),
            ("host.example", records(|one| one.a = vec!["192.0.2.7".to_owned()])),
            ("loop.example", records(|one| one.cname = vec!["loop.example".to_owned()])),
            ("gone.example", DnsName::Failure(DnsFailure::Nxdomain)),
        ]
        .map(|(name, records)| (name.to_owned(), records))
        .into();
        session
    }

    const SHOW: &str = "local function show(records, error)
      if not records then return 'nil ' .. tostring(error) end
      local t = {} for i, r in ipairs(records) do t[i] = type(r) == 'table' and r[1] .. '=' .. r[2] or r end
      return table.concat(t, ',')
    end ";

    #[test]
    fn the_session_answers() {
        let said: String = tested::state_with(session()).eval(&format!(
            "{SHOW} local out = {{}}
             for _, q in ipairs({{ {{ 'A.example.', 'mx' }}, {{ 'a.example', 'MX', {{ priority = true }} }}, {{ 'a.example' }},
                 {{ 'a.example', 'TXT' }}, {{ 'www.example', 'A' }}, {{ 'loop.example' }}, {{ 'gone.example', 'A' }},
                 {{ '10.2.0.192.in-addr.arpa', 'PTR' }} }}) do
               out[#out + 1] = show(msys.dnsLookup(q[1], q[2], q[3]))
             end
             return table.concat(out, '|')"
        ));
        let wanted = [
            "a.mx.example,b.mx.example",
            "5=a.mx.example,20=b.mx.example",
            "nil NODATA",
            "nil TIMEOUT",
            "192.0.2.7",
            "nil SERVFAIL",
            "nil NXDOMAIN",
            "client.example.net",
        ];
        assert_eq!(said, wanted.join("|"));
    }

    #[test]
    fn an_unknown_name_says_how_to_answer_it() {
        let state = tested::state();
        let said: String = state.eval(&format!("{SHOW} return show(msys.dnsLookup('example.com', 'MX'))"));
        assert_eq!(said, "nil the session has no answer");
        let report = state.report();
        assert!(report.contains(r#"[dns]\n\"example.com\" = { mx = [\"10 mx.example.com\"] }"#), "{report}");
    }

    #[test]
    fn a_wrong_type_raises_and_nil_crashes() {
        let error = tested::state().error("msys.dnsLookup('example.com', 'SPF')");
        assert!(error.contains("`SPF` is not one of A, AAAA"), "{error}");
        assert!(tested::state().error("msys.dnsLookup(nil)").contains("would crash the server"));
    }

    #[test]
    fn addresses_have_reverse_names() {
        assert_eq!(reverse([192, 0, 2, 1].into()), "1.2.0.192.in-addr.arpa");
        let six: std::net::IpAddr = "2001:db8::1".parse().unwrap();
        assert!(reverse(six).starts_with("1.0.0.0.") && reverse(six).ends_with("8.b.d.0.1.0.0.2.ip6.arpa"));
    }
}
