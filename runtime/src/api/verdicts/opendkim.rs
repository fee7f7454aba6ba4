//! `msys.validate.opendkim`: the signatures of a message, as the session says whether they hold.

use mlua::{AnyUserData, UserDataRef, Value};

use super::super::message::{EcMessage, current};
use super::super::{Call, Class, Registry};
use super::of;
use crate::message::Headers;
use crate::session::DkimSignature;

/// A verification.
struct Verification(Vec<Signature>);

impl Class for Verification {
    const NAME: &'static str = "msys.validate.opendkim.dkim";
}

/// A signature with what its header says beside the verdict.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Signature {
    pub(super) verdict: DkimSignature,
    canonicalization: String,
    /// Nobody said whether it holds.
    unknown: bool,
}

impl Class for Signature {
    const NAME: &'static str = "msys.validate.opendkim.signature";
}

impl Signature {
    /// The constant that says how it went.
    pub(super) fn status(&self) -> &'static str {
        match (self.verdict.valid, self.unknown) {
            (true, _) => "DKIM_STAT_OK",
            (false, true) => "DKIM_STAT_NOKEY",
            (false, false) => "DKIM_STAT_BADSIG",
        }
    }

    /// The same in words.
    pub(super) fn error(&self) -> String {
        match (self.verdict.valid, &self.verdict.error) {
            (true, _) => "no signature error".to_owned(),
            (false, Some(error)) => error.clone(),
            (false, None) if self.unknown => "key not found in DNS".to_owned(),
            (false, None) => "signature verification failed".to_owned(),
        }
    }

    pub(super) fn algorithm(&self) -> &str {
        self.verdict.algorithm.as_deref().unwrap_or("rsa-sha256")
    }
}

/// The signatures of a message: those of the session; without any, those that the headers show, none of which holds.
pub(super) fn signatures(call: &Call<'_>, msg: &EcMessage) -> Vec<Signature> {
    let content = msg.content.borrow();
    let written = read(content.headers());
    if let Some(verdicts) = of(call, msg, |verdicts| verdicts.dkim.clone()) {
        let with_header = |verdict: DkimSignature| {
            let header = written.iter().find(|one| one.verdict.domain.eq_ignore_ascii_case(&verdict.domain));
            let header = header.cloned().unwrap_or_default();
            let known = DkimSignature {
                selector: verdict.selector.clone().or(header.verdict.selector),
                identity: verdict.identity.clone().or(header.verdict.identity),
                algorithm: verdict.algorithm.clone().or(header.verdict.algorithm),
                headers: if verdict.headers.is_empty() {
                    header.verdict.headers
                } else {
                    verdict.headers.clone()
                },
                ..verdict
            };
            Signature { verdict: known, canonicalization: header.canonicalization, unknown: false }
        };
        return verdicts.into_iter().map(with_header).collect();
    }
    if let Some(first) = written.first() {
        let answer = format!("[[verdicts.dkim]]\ndomain = \"{}\"\nvalid = true", first.verdict.domain);
        call.unanswered(format!("{}: do the signatures hold?", call.name()), answer);
    }
    written
}

fn read(headers: &Headers) -> Vec<Signature> {
    let of_field = |value: &[u8]| {
        let text = String::from_utf8_lossy(value).into_owned();
        let tags: Vec<(String, String)> = text
            .split(';')
            .filter_map(|tag| tag.split_once('='))
            .map(|(name, value)| (name.trim().to_owned(), value.split_whitespace().collect()))
            .collect();
        let tag = |name: &str| tags.iter().find(|(tag, _)| tag == name).map(|(_, value)| value.clone());
        Signature {
            verdict: DkimSignature {
                domain: tag("d").unwrap_or_default(),
                selector: tag("s"),
                identity: tag("i"),
                algorithm: tag("a"),
                headers: tag("h").unwrap_or_default().split(':').map(str::to_owned).collect(),
                ..DkimSignature::default()
            },
            canonicalization: tag("c").unwrap_or_default(),
            unknown: true,
        }
    };
    headers.named(b"DKIM-Signature").map(|field| of_field(&field.value())).collect()
}

pub(super) fn register(api: &mut Registry) {
    api.function("msys.validate.opendkim.verify", |call, msg: AnyUserData| {
        let found = signatures(call, &*current::message(call, Some(&msg))?);
        let good = found.iter().find(|one| one.verdict.valid).or_else(|| found.first());
        let status = status(call, good.map_or("DKIM_STAT_NOSIG", Signature::status));
        Ok((call.object(Verification(found))?, status))
    });
    api.function("msys.validate.opendkim.get_num_sigs", |call, dkim: AnyUserData| {
        Ok((verification(call, &dkim)?.0.len(), status(call, "DKIM_STAT_OK")))
    });
    api.function("msys.validate.opendkim.get_sig", |call, (dkim, number): (AnyUserData, Option<usize>)| {
        let dkim = verification(call, &dkim)?;
        Ok(match dkim.0.get(number.unwrap_or(0)) {
            Some(found) => (Value::UserData(call.object(found.clone())?), status(call, "DKIM_STAT_OK")),
            None => (Value::Nil, status(call, "DKIM_STAT_INVALID")),
        })
    });
    of_signature(api, "msys.validate.opendkim.get_sig_canons", |_, one| {
        let headers = one.canonicalization.split('/').next().unwrap_or_default();
        if headers.is_empty() { "simple".to_owned() } else { headers.to_owned() }
    });
    of_signature(api, "msys.validate.opendkim.get_sig_domain", |_, one| one.verdict.domain.clone());
    of_signature(api, "msys.validate.opendkim.get_sig_errorstr", |_, one| one.error());
    of_signature(api, "msys.validate.opendkim.get_sig_selector", |_, one| {
        one.verdict.selector.clone().unwrap_or_default()
    });
    of_signature(api, "msys.validate.opendkim.get_sig_signalg", |_, one| one.algorithm().to_owned());
    of_signature(api, "msys.validate.opendkim.get_sig_keysize", |_, one| {
        one.verdict.key_bits.unwrap_or(if one.unknown { 0 } else { 2048 })
    });
    of_signature(api, "msys.validate.opendkim.get_sig_flags", flags);
    api.function(
        "msys.validate.opendkim.get_sig_hdrsigned",
        |call, (signature, name): (AnyUserData, String)| {
            let one = one(call, &signature)?;
            let signed = one.verdict.headers.iter().any(|header| header.eq_ignore_ascii_case(&name));
            Ok((signed, status(call, "DKIM_STAT_OK")))
        },
    );
    api.function(
        "msys.validate.opendkim.get_sig_identity",
        |call, (_, signature): (AnyUserData, AnyUserData)| {
            let one = one(call, &signature)?;
            let identity = one.verdict.identity.clone();
            let identity = identity.unwrap_or_else(|| format!("@{}", one.verdict.domain));
            Ok((identity, status(call, "DKIM_STAT_OK")))
        },
    );
}

/// A function of one signature: what it gives, and that all went well.
fn of_signature<R: mlua::IntoLua>(
    api: &mut Registry,
    path: &'static str,
    get: impl Fn(&Call<'_>, &Signature) -> R + Send + Sync + 'static,
) {
    api.function(path, move |call, signature: AnyUserData| {
        let one = one(call, &signature)?;
        Ok((get(call, &one), status(call, "DKIM_STAT_OK")))
    });
}

fn flags(call: &Call<'_>, one: &Signature) -> i64 {
    let flag = |name: &str, set: bool| {
        let value = call.constant(&format!("opendkim.dkim.DKIM_SIGFLAG_{name}"));
        if set { value.as_number().unwrap_or(0.0) as i64 } else { 0 }
    };
    flag("PROCESSED", !one.unknown)
        | flag("PASSED", one.verdict.valid)
        | flag("TESTKEY", one.verdict.test_key)
        | flag("IGNORE", one.verdict.ignored)
}

fn status(call: &Call<'_>, name: &str) -> Value {
    call.constant(&format!("opendkim.dkim.{name}"))
}

fn verification(call: &Call<'_>, data: &AnyUserData) -> mlua::Result<UserDataRef<Verification>> {
    data.borrow().map_err(|_| call.crash(format!("{} was given no result of verify", call.name())))
}

fn one(call: &Call<'_>, data: &AnyUserData) -> mlua::Result<UserDataRef<Signature>> {
    data.borrow().map_err(|_| call.crash(format!("{} was given no result of get_sig", call.name())))
}
