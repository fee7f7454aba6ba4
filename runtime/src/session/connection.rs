//! The client and its connection.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// The connection that brings the messages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Connection {
    /// Where the client connects from: an IP address, with or without a port.
    pub client: Endpoint,

    /// The client's host name, as the reverse lookup of its address gives it.
    pub client_name: Option<String>,

    /// Where it connects to: the address of a `Listen` stanza, which brings its context variables along. Without it:
    /// the first ESMTP listener of the configuration.
    pub listener: Option<Endpoint>,

    /// The command that the client greets with.
    pub greeting: Greeting,

    /// The name that the client gives with its greeting.
    pub hello: String,

    /// STARTTLS: the settings of the TLS connection, or `true` for usual ones.
    #[serde(deserialize_with = "Tls::or_bool")]
    #[schemars(schema_with = "Tls::or_bool_schema")]
    pub tls: Option<Tls>,

    /// AUTH: who logs in.
    pub auth: Option<AuthAttempt>,

    /// Whether the client may relay to domains that are not ours, as an address of `Relay_Hosts` may. Without it, the
    /// configuration decides.
    pub can_relay: Option<bool>,

    /// How many connections are open, this one included: from the address (`"/32"`), from its network (`"/24"`), …
    pub open_connections: BTreeMap<String, u64>,

    /// Variables of the connection context that are there from the start.
    pub context: BTreeMap<String, String>,
}

impl Default for Connection {
    fn default() -> Self {
        Self {
            client: Endpoint { ip: IpAddr::from([192, 0, 2, 10]), port: Endpoint::CLIENT_PORT },
            client_name: None,
            listener: None,
            greeting: Greeting::Ehlo,
            hello: "client.example.net".to_owned(),
            tls: None,
            auth: None,
            can_relay: None,
            open_connections: BTreeMap::new(),
            context: BTreeMap::new(),
        }
    }
}

/// The greeting command.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Greeting {
    /// ESMTP.
    #[default]
    Ehlo,
    /// Plain SMTP, without extensions.
    Helo,
}

impl Greeting {
    /// The command, `EHLO` or `HELO`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ehlo => "EHLO",
            Self::Helo => "HELO",
        }
    }
}

/// A TLS connection, after STARTTLS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Tls {
    /// The protocol.
    pub version: String,
    /// The cipher.
    pub cipher: String,
    /// The subject of the client's certificate, where it shows one.
    pub client_subject: Option<String>,
    /// The issuer of the client's certificate.
    pub client_issuer: Option<String>,
    /// Whether the client's certificate is valid.
    pub verified: bool,
    /// The handshake fails, for this reason.
    pub failure: Option<String>,
}

impl Default for Tls {
    fn default() -> Self {
        Self {
            version: "TLSv1.3".to_owned(),
            cipher: "TLS_AES_256_GCM_SHA384".to_owned(),
            client_subject: None,
            client_issuer: None,
            verified: false,
            failure: None,
        }
    }
}

impl Tls {
    fn or_bool<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Wanted(bool),
            Settings(Tls),
        }
        Ok(match Option::<Written>::deserialize(deserializer)? {
            None | Some(Written::Wanted(false)) => None,
            Some(Written::Wanted(true)) => Some(Self::default()),
            Some(Written::Settings(tls)) => Some(tls),
        })
    }

    fn or_bool_schema(generator: &mut SchemaGenerator) -> Schema {
        let settings = generator.subschema_for::<Self>();
        json_schema!({ "anyOf": [{ "type": "boolean" }, settings] })
    }
}

/// A login.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuthAttempt {
    /// Who logs in.
    pub user: String,
    /// The password.
    #[serde(default)]
    pub password: String,
    /// The mechanism.
    #[serde(default = "AuthAttempt::usual_mechanism")]
    pub mechanism: String,
    /// What the check of the credentials says, unless a script decides.
    #[serde(default)]
    pub result: AuthResult,
}

impl AuthAttempt {
    fn usual_mechanism() -> String {
        "PLAIN".to_owned()
    }
}

/// What the check of credentials says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuthResult {
    /// The password is right.
    #[default]
    Success,
    /// It is not.
    Failure,
    /// It cannot be said now.
    TemporaryFailure,
}

/// An IP address and a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Endpoint {
    /// The address.
    pub ip: IpAddr,
    /// The port.
    pub port: u16,
}

impl Endpoint {
    /// The port of a client that does not say one.
    pub const CLIENT_PORT: u16 = 40_321;
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        SocketAddr::new(self.ip, self.port).fmt(f)
    }
}

impl From<Endpoint> for String {
    fn from(endpoint: Endpoint) -> Self {
        endpoint.to_string()
    }
}

impl FromStr for Endpoint {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let alone =
            |text: &str| text.trim_matches(['[', ']']).parse().map(|ip| Self { ip, port: Self::CLIENT_PORT });
        let both = |address: SocketAddr| Self { ip: address.ip(), port: address.port() };
        text.parse().map(both).or_else(|_| alone(text)).map_err(|_| {
            format!("`{text}` is not an address: write 192.0.2.10, 192.0.2.10:25 or [2001:db8::10]:25")
        })
    }
}

impl TryFrom<String> for Endpoint {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl JsonSchema for Endpoint {
    fn schema_name() -> Cow<'static, str> {
        "Endpoint".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "An IP address, with or without a port.",
            "type": "string",
            "format": "endpoint",
            "examples": ["192.0.2.10", "192.0.2.10:25", "[2001:db8::10]:25"],
        })
    }
}
