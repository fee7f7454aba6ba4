//! Addresses as headers hold them (RFC 5322), and their pieces.

use std::borrow::Cow;

use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, Address, HeaderValue};

/// An address out of a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// The name before it, decoded (RFC 2047).
    pub name: Option<String>,
    /// The address, `localpart@domain`; what is written may lack either.
    pub address: String,
}

/// A piece of an address, in the words of `msgpart:address_header`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Component {
    /// The whole address.
    All,
    /// What stands before the `@`.
    Localpart,
    /// The local part without `+detail`.
    User,
    /// What follows the first `+` of the local part; empty without one.
    Detail,
    /// What follows the `@`.
    Domain,
}

impl Component {
    /// All names that [`Component::named`] knows.
    pub const NAMES: [&str; 5] = ["all", "localpart", "user", "detail", "domain"];

    /// The piece of this name.
    pub fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"all" => Some(Self::All),
            b"localpart" => Some(Self::Localpart),
            b"user" => Some(Self::User),
            b"detail" => Some(Self::Detail),
            b"domain" => Some(Self::Domain),
            _ => None,
        }
    }

    /// This piece of an address. Empty where the address has none.
    pub fn of(self, address: &str) -> &str {
        let (localpart, domain) = address.rsplit_once('@').unwrap_or((address, ""));
        match self {
            Self::All => address,
            Self::Localpart => localpart,
            Self::User => localpart.split_once('+').map_or(localpart, |(user, _)| user),
            Self::Detail => localpart.split_once('+').map_or("", |(_, detail)| detail),
            Self::Domain => domain,
        }
    }
}

/// Reads the addresses of a header's value, those in groups included, in their order.
pub fn parse_addresses(value: &[u8]) -> Vec<Mailbox> {
    // The parser wants the line end that headers have.
    let mut line = value.to_vec();
    line.extend_from_slice(b"\r\n");
    let addresses = match MessageStream::new(&line).parse_address() {
        HeaderValue::Address(Address::List(list)) => list,
        HeaderValue::Address(Address::Group(groups)) => {
            groups.into_iter().flat_map(|group| group.addresses).collect()
        }
        _ => Vec::new(),
    };
    addresses.into_iter().filter_map(mailbox).collect()
}

fn mailbox(parsed: Addr<'_>) -> Option<Mailbox> {
    let (name, address) = (parsed.name.map(Cow::into_owned), parsed.address.map(Cow::into_owned)?);
    // The parser takes a quoted local part without angle brackets for the name.
    Some(match name {
        Some(quoted) if address.starts_with('@') => {
            let quoted = quoted.replace('\\', "\\\\").replace('"', "\\\"");
            Mailbox { name: None, address: format!("\"{quoted}\"{address}") }
        }
        name => Mailbox { name, address },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(value: &str) -> Vec<String> {
        parse_addresses(value.as_bytes()).into_iter().map(|mailbox| mailbox.address).collect()
    }

    #[test]
    fn addresses_are_found_in_every_form() {
        assert_eq!(addresses("a@example.com"), ["a@example.com"]);
        assert_eq!(
            addresses("\"Anna, B.\" <anna@example.com>,\r\n ben@example.org (Ben)"),
            ["anna@example.com", "ben@example.org"]
        );
        assert_eq!(addresses("Team: a@example.com, b@example.com;, c@example.com").len(), 3);
        assert_eq!(
            addresses("\"Q, R\"@example.com, X <\"a b\"@example.com>"),
            ["\"Q, R\"@example.com", "\"a b\"@example.com"]
        );
        assert_eq!(addresses("undisclosed-recipients:;"), Vec::<String>::new());
        assert_eq!(addresses(""), Vec::<String>::new());
        let named = parse_addresses("=?utf-8?q?Ren=C3=A9?= <r@example.com>".as_bytes());
        assert_eq!(named[0].name.as_deref(), Some("René"));
    }

    #[test]
    fn an_address_has_pieces() {
        let pieces =
            |address| Component::NAMES.map(|name| Component::named(name.as_bytes()).unwrap().of(address));
        assert_eq!(
            pieces("anna+news+x@example.com"),
            ["anna+news+x@example.com", "anna+news+x", "anna", "news+x", "example.com"]
        );
        assert_eq!(pieces("postmaster"), ["postmaster", "postmaster", "postmaster", "", ""]);
        assert_eq!(Component::named(b"Domain"), None);
    }
}
