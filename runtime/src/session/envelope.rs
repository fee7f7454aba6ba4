//! Messages with their envelopes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use bytes::Bytes;
use rustc_hash::FxHashMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::answers::Verdicts;
use super::expect::Expect;

/// A message and its envelope. The content is one of `text`, `base64` and `file`; without any, it is invented.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// The envelope's sender; `""` for the null sender of bounces. Without it: `Return-Path`, `Sender` or `From`.
    /// Filled in once the session is read.
    #[schemars(schema_with = "address_schema")]
    pub mail_from: Option<String>,

    /// What follows the address in MAIL FROM, such as `SIZE=2000 BODY=8BITMIME`.
    pub mail_from_parameters: String,

    /// The envelope's recipients: addresses, or tables that say more. Without them: `To`, `Cc` and `Bcc`.
    #[serde(deserialize_with = "Recipient::short_or_long")]
    #[schemars(schema_with = "Recipient::short_or_long_schema")]
    pub recipients: Vec<Recipient>,

    /// The message as text. Lines end in CRLF, however this file ends them.
    pub text: Option<String>,

    /// The bytes of the message in base64 (line ends and blanks do not count).
    pub base64: Option<String>,

    /// A file with the message, relative to the folder of this file. Where the lines of its headers end in LF alone,
    /// all lines get CRLF; else nothing is changed.
    pub file: Option<String>,

    /// Lines of filler are appended to the body until the message has this many bytes.
    #[schemars(range(max = 268_435_456))]
    pub size: Option<u64>,

    /// Variables of the message context that are there from the start (over SMTP: from MAIL FROM on).
    pub context: BTreeMap<String, String>,

    /// What scanners and signature checks say about this message.
    pub verdicts: Option<Verdicts>,

    /// What should become of this message. What stands here of recipients holds for each of them.
    pub expect: Option<Box<Expect>>,

    /// The message as it goes over the wire, without dot stuffing and end-of-data marker; in place once the session is
    /// read.
    #[serde(skip)]
    pub bytes: Bytes,
}

impl Mail {
    /// The envelope's sender; empty for the null sender.
    pub fn sender(&self) -> &str {
        self.mail_from.as_deref().unwrap_or_default()
    }

    /// The recipients by their addresses; of two with one address the first.
    pub(crate) fn by_address(&self) -> FxHashMap<&str, &Recipient> {
        let mut recipients = FxHashMap::default();
        for recipient in &self.recipients {
            recipients.entry(recipient.address.as_str()).or_insert(recipient);
        }
        recipients
    }
}

fn address_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "address" })
}

/// Of a recipient there is none without an address.
fn recipient_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "recipient" })
}

/// A recipient of the envelope.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// The address.
    #[schemars(schema_with = "recipient_schema")]
    pub address: String,

    /// What follows the address in RCPT TO, such as `NOTIFY=SUCCESS,FAILURE`.
    #[serde(default)]
    pub parameters: String,

    /// What the receiver answers, one reply for each attempt at delivery: `"550 5.1.1 No such user"`, or `["451 4.7.1
    /// Greylisted", "250 2.0.0 OK"]`. The run ends with the last one. Without it, the message is delivered.
    #[serde(default, deserialize_with = "SmtpReply::one_or_many")]
    #[schemars(schema_with = "SmtpReply::one_or_many_schema")]
    pub delivery: Vec<SmtpReply>,

    /// Variables that the message context of this recipient's copy has from the start (HTTP injection), or gets when
    /// the message is divided among its recipients (SMTP).
    #[serde(default)]
    pub context: BTreeMap<String, String>,

    /// What should become of the message for this recipient.
    #[serde(default)]
    pub expect: Option<Box<Expect>>,
}

impl Recipient {
    /// A recipient of whom nothing more is said.
    pub fn new(address: impl Into<String>) -> Self {
        Self { address: address.into(), ..Self::default() }
    }

    fn short_or_long<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Self>, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Address(String),
            Table(Recipient),
        }
        let written = Vec::<Written>::deserialize(deserializer)?;
        let recipient = |written| match written {
            Written::Address(address) => Self::new(address),
            Written::Table(recipient) => recipient,
        };
        Ok(written.into_iter().map(recipient).collect())
    }

    fn short_or_long_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<Self>();
        let address = recipient_schema(generator);
        json_schema!({ "type": "array", "items": { "anyOf": [address, table] } })
    }
}

/// An SMTP reply: a code and its text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SmtpReply {
    /// The code, 200 to 599.
    pub code: u16,
    /// What follows the code; lines of a longer reply are divided by `\n`.
    pub text: String,
}

impl SmtpReply {
    fn one_or_many<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Self>, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            One(SmtpReply),
            Many(Vec<SmtpReply>),
        }
        Ok(match Written::deserialize(deserializer)? {
            Written::One(reply) => vec![reply],
            Written::Many(replies) => replies,
        })
    }

    fn one_or_many_schema(generator: &mut SchemaGenerator) -> Schema {
        let reply = generator.subschema_for::<Self>();
        json_schema!({ "anyOf": [reply, { "type": "array", "items": reply }] })
    }
}

impl fmt::Display for SmtpReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.text.is_empty() {
            return write!(f, "{}", self.code);
        }
        write!(f, "{} {}", self.code, self.text)
    }
}

impl From<SmtpReply> for String {
    fn from(reply: SmtpReply) -> Self {
        reply.to_string()
    }
}

impl FromStr for SmtpReply {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("`{text}` is not an SMTP reply: write its code and text, \"550 5.1.1 No such user\"");
        let (code, rest) = text.split_at_checked(3).ok_or_else(wrong)?;
        let code: u16 = code.parse().map_err(|_| wrong())?;
        if !(200..600).contains(&code) || !(rest.is_empty() || rest.starts_with([' ', '-'])) {
            return Err(wrong());
        }
        let text = rest.get(1..).unwrap_or_default().trim_end().to_owned();
        Ok(Self { code, text })
    }
}

impl TryFrom<String> for SmtpReply {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl JsonSchema for SmtpReply {
    fn schema_name() -> Cow<'static, str> {
        "SmtpReply".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An SMTP reply: the code and its text.",
            "type": "string",
            "format": "smtp-reply",
            "pattern": "^[2-5][0-9][0-9]([ -]|$)",
            "examples": ["250 2.0.0 OK", "451 4.7.1 Try again later", "550 5.1.1 No such user"],
        })
    }
}
