//! Signing with DKIM: a real signature where the session holds the key, else the call is noted.

use mlua::{AnyUserData, MultiValue, Table, Value};

use super::super::config::Settings;
use super::super::message::content::change_header;
use super::super::message::{EcMessage, current};
use super::super::{Call, Registry, files};
use super::domain_of_header;
use crate::api::clock::Clock;
use crate::machine;
use crate::message::{Canonicalization, HeaderMode, SIGNATURE_FIELD, Signer, SigningKey};
use crate::report::What;

/// Headers that are signed where nobody names any: those that RFC 6376 (section 5.4.1) finds worth it.
const HEADERS: [&str; 15] = [
    "From",
    "Reply-To",
    "Subject",
    "Date",
    "To",
    "Cc",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "In-Reply-To",
    "References",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];

/// Instructions that a signature counts for.
const COST: u64 = 100_000;

pub(super) fn register(api: &mut Registry) {
    for (path, module) in
        [("msys.validate.opendkim.sign", "opendkim"), ("msys.validate.dkim.sign", "dkim_sign")]
    {
        api.function(
            path,
            move |call,
                  (msg, _, given): (Option<AnyUserData>, Value, Option<Table>)|
                  -> mlua::Result<MultiValue> {
                let msg = current::message(call, msg.as_ref())?;
                super::tell_of_missing_module(call);
                let domain = Options { call, given: given.as_ref(), module, domain: "" };
                let domain = domain.first(&["base_domain", "signing_domain"])?;
                let domain = domain.unwrap_or_else(|| domain_of_header(&msg, &["From"]));
                let options = Options { call, given: given.as_ref(), module, domain: &domain };
                match options.sign(&msg)? {
                    Made::Signature(value) => {
                        call.did_the_work();
                        let new = Some((vec![value.into_bytes()], HeaderMode::Prepend));
                        change_header(call, &*msg, SIGNATURE_FIELD.as_bytes(), new)?;
                    }
                    Made::Nothing(Some(reason)) => {
                        call.note(What::Note { text: format!("the message is not signed: {reason}") });
                    }
                    Made::Nothing(None) => {}
                }
                call.neutral()
            },
        );
    }
}

/// What became of the wish for a signature.
enum Made {
    /// The value of the field.
    Signature(String),
    /// None; without a reason where there is no key.
    Nothing(Option<String>),
}

/// The options of the call, and behind them those of the configuration module.
struct Options<'c, 'l> {
    call: &'c Call<'l>,
    given: Option<&'c Table>,
    module: &'static str,
    domain: &'c str,
}

impl Options<'_, '_> {
    fn sign(&self, msg: &EcMessage) -> mlua::Result<Made> {
        let selector = self.one("selector")?;
        let Some(key) = self.key(selector.as_deref().unwrap_or_default())? else {
            return Ok(Made::Nothing(None));
        };
        let because = |reason: &str| Ok(Made::Nothing(Some(reason.to_owned())));
        let Some(selector) = selector.filter(|selector| !selector.is_empty()) else {
            return because("no `selector` is given");
        };
        if self.domain.is_empty() {
            return because("no domain is given, and From has none");
        }
        if self.one("digest")?.is_some_and(|digest| digest.eq_ignore_ascii_case("rsa-sha1")) {
            return because(
                "no signature is made here with rsa-sha1, which nobody should take any more (RFC 8301)",
            );
        }
        machine::charge(self.call.lua(), COST + msg.content.borrow().body().len() as u64)?;
        let key = match SigningKey::read(&key) {
            Ok(key) => key,
            Err(reason) => return because(&reason),
        };
        let (header, body) =
            match (self.canonicalization("header_canon")?, self.canonicalization("body_canon")?) {
                (Ok(header), Ok(body)) => (header, body),
                (Err(reason), _) | (_, Err(reason)) => return because(&reason),
            };
        let headers = self.words("headerlist")?;
        let headers: Vec<String> = headers
            .iter()
            .flat_map(|words| words.split([':', ',']))
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        let signer = Signer {
            domain: self.domain.to_owned(),
            selector,
            identity: self.one("identity")?,
            header,
            body,
            body_length: self.one("body_length_limit")?.and_then(|limit| limit.parse().ok()),
            headers: if headers.is_empty() { HEADERS.map(str::to_owned).to_vec() } else { headers },
            time: Clock::now(self.call.frame()).floor() as i64,
        };
        Ok(match signer.sign(&msg.content.borrow(), &key) {
            Ok(value) => Made::Signature(value),
            Err(reason) => Made::Nothing(Some(reason)),
        })
    }

    /// The key, where the options hold it or the session has its file.
    fn key(&self, selector: &str) -> mlua::Result<Option<Vec<u8>>> {
        if let Some(key) = self.one("keybuf")? {
            return Ok(Some(key.into_bytes()));
        }
        let Some(path) = self.first(&["keyfile", "key"])? else { return Ok(None) };
        let path = path.replace("%{d}", self.domain).replace("%{s}", selector);
        Ok(files::content(self.call, &path).ok())
    }

    fn canonicalization(&self, option: &str) -> mlua::Result<Result<Canonicalization, String>> {
        Ok(match self.one(option)? {
            None => Ok(Canonicalization::default()),
            Some(word) => Canonicalization::named(&word)
                .ok_or_else(|| format!("`{option}` is `simple` or `relaxed`, not `{word}`")),
        })
    }

    fn first(&self, options: &[&str]) -> mlua::Result<Option<String>> {
        for option in options {
            if let Some(value) = self.one(option)? {
                return Ok(Some(value));
            }
        }
        Ok(None)
    }

    fn one(&self, option: &str) -> mlua::Result<Option<String>> {
        Ok(self.words(option)?.into_iter().next())
    }

    /// The words of an option: of the call, of the module's `dkim_domain`, of the module.
    fn words(&self, option: &str) -> mlua::Result<Vec<String>> {
        if let Some(value) = self.given.map(|given| given.raw_get::<Value>(option)).transpose()? {
            match value {
                Value::Nil => {}
                Value::Table(list) => return list.sequence_values().collect(),
                value => {
                    let text = self.call.lua().coerce_string(value)?;
                    return Ok(text.map(|text| text.to_string_lossy()).into_iter().collect());
                }
            }
        }
        let frame = self.call.frame();
        for stanza in Settings::stanzas(frame, &[], self.module) {
            let of_module = [self.module, stanza.as_str(), option];
            let of_domain = [self.module, stanza.as_str(), "dkim_domain", self.domain, option];
            let found = Settings::words(frame, &of_domain).or_else(|| Settings::words(frame, &of_module));
            if let Some(words) = found {
                return Ok(words);
            }
        }
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use crate::api::message::{EcMessage, Ids};
    use crate::api::tested;
    use crate::message::Message;
    use crate::session::Session;

    const MAIL: &str = "From: Anna <anna@sender.example>\r\nTo: ben@example.com\r\nSubject:  A   test\r\n\r\nHello  there \r\n\r\n";
    const KEY: &str = include_str!("keys/rsa2048.pem");

    /// What becomes of the message, and the report.
    fn signed(options: &str) -> (String, String) {
        let state = tested::state();
        let connection = Session::default().connection.client;
        let message = EcMessage {
            content: Message::from_bytes(MAIL.as_bytes().to_vec()).into(),
            ..EcMessage::empty(Ids::of(&state.frame), connection, connection)
        };
        state.lua.globals().set("msg", state.object(message)).unwrap();
        state.lua.globals().set("KEY", KEY).unwrap();
        let said = state.eval(&format!(
            "require('msys.validate.opendkim') require('msys.extended.message') require('msys.validate.dkim')
             msys.validate.opendkim.sign(msg, {{}}, {options})
             return tostring(msg:raw())"
        ));
        (said, state.report())
    }

    #[test]
    fn with_the_key_the_message_is_signed() {
        let (said, report) = signed(
            "{ signing_domain = 'sender.example', selector = 's1', keybuf = KEY, headerlist = 'from:to:subject' }",
        );
        assert!(said.starts_with("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;"), "{said}");
        assert!(said.contains("d=sender.example; s=s1; t=1768435200;"), "{said}");
        assert!(said.ends_with(MAIL), "nothing else changes: {said}");
        assert!(report.contains("\"fidelity\":\"modelled\""), "{report}");
        // The same bytes, the same key and the same time give the same signature: RSA as DKIM uses it knows no chance.
        let wanted = include_str!("keys/signed.txt").replace("\r\n", "\n");
        assert_eq!(said.replace("\r\n", "\n"), wanted, "{said}");
    }

    #[test]
    fn without_a_key_it_is_noted_and_a_bad_key_has_a_reason() {
        let (said, report) = signed("{ signing_domain = 'sender.example', selector = 's1' }");
        assert_eq!(said, MAIL);
        assert!(report.contains("\"fidelity\":\"recorded\"") && !report.contains("not signed"), "{report}");
        for (options, reason) in [
            ("{ selector = 's1', keybuf = 'AAAA' }", "no private key"),
            ("{ selector = 's1', keybuf = '!' }", "neither PEM nor base64"),
            ("{ keybuf = KEY }", "no `selector`"),
            ("{ selector = 's1', keybuf = KEY, digest = 'rsa-sha1' }", "rsa-sha1"),
            ("{ selector = 's1', keybuf = KEY, body_canon = 'nofws' }", "not `nofws`"),
        ] {
            let (said, report) = signed(options);
            assert_eq!(said, MAIL);
            assert!(report.contains("the message is not signed") && report.contains(reason), "{report}");
        }
    }
}
