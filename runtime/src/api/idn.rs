//! `msys.idn`: internationalized domain names (IDNA 2008, as UTS #46 processes them).

use mlua::LuaString;

use super::{Call, Registry};
use crate::machine;

/// The longest name that is converted: a domain name has 253 characters at most, in UTF-8 some more.
const LONGEST: usize = 4096;

type Converted = (Option<String>, Option<String>);

pub(super) fn register(api: &mut Registry) {
    api.function("msys.idn.to_idn", |call, name| {
        convert(call, &name, |name| {
            let domain = idna::domain_to_ascii(name).ok()?;
            // No label has more than 63 octets (RFC 1035).
            domain.split('.').all(|label| label.len() <= 63).then_some(domain)
        })
    });
    api.function("msys.idn.to_utf8", |call, name| {
        convert(call, &name, |name| {
            let (domain, result) = idna::domain_to_unicode(name);
            result.is_ok().then_some(domain)
        })
    });
}

/// The domain, or nil and an error: the page says of a failure that it is one, and not in which shape.
fn convert(
    call: &Call<'_>,
    name: &LuaString,
    how: impl Fn(&str) -> Option<String>,
) -> mlua::Result<Converted> {
    let bytes = name.as_bytes();
    machine::charge(call.lua(), 20 * bytes.len() as u64)?;
    let converted = std::str::from_utf8(&bytes).ok().filter(|name| name.len() <= LONGEST).and_then(how);
    Ok(match converted {
        Some(domain) => (Some(domain), None),
        None => (None, Some(format!("{} cannot be converted", super::text::quoted(&bytes)))),
    })
}

#[cfg(test)]
mod tests {
    use crate::api::tested::state;

    #[test]
    fn names_go_there_and_back() {
        let said: String = state().eval(
            "require('msys.idn')\n\
             return msys.idn.to_idn('B\\195\\188cher.example') .. ' ' .. msys.idn.to_utf8('xn--bcher-kva.example') .. ' ' .. msys.idn.to_idn('plain.example')",
        );
        assert_eq!(said, "xn--bcher-kva.example bücher.example plain.example");
    }

    #[test]
    fn what_cannot_be_converted_gives_nil_and_an_error() {
        let said: String = state().eval(
            "require('msys.idn')\n local a, b = msys.idn.to_utf8('xn--\\255')\n local c, d = msys.idn.to_idn('a\\239\\191\\189b')\n\
             assert(msys.idn.to_idn(('\\195\\188'):rep(100) .. '.example') == nil)\n return tostring(a) .. b .. tostring(c) .. d",
        );
        assert!(said.starts_with("nil\"xn--\\xFF\" cannot be converted"), "{said}");
    }
}
