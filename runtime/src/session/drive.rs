//! What is asked of the policy beside the mail: HTTP requests, console commands, hooks by name.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::answers::{text_or_content, text_or_content_schema};
use super::connection::Endpoint;
use super::content::Content;
use super::expect::{CommandWanted, ResponseWanted};
use super::value::Value;

/// A request to an HTTP endpoint that a script has registered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HttpRequest {
    /// The method.
    #[serde(default = "HttpRequest::get")]
    pub method: String,
    /// The path, with the query: `/site/status?format=json`.
    pub path: String,
    /// Headers.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The body.
    #[serde(default, deserialize_with = "text_or_content")]
    #[schemars(schema_with = "text_or_content_schema")]
    pub body: Content,
    /// Where it comes from.
    #[serde(default)]
    pub client: Option<Endpoint>,
    /// Who asks, where the endpoint wants a login.
    #[serde(default)]
    pub user: Option<String>,
    /// What should be answered.
    #[serde(default)]
    pub expect: Option<ResponseWanted>,
}

impl HttpRequest {
    fn get() -> String {
        "GET".to_owned()
    }
}

/// A console command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ControlCommand {
    /// The command as it is typed.
    pub line: String,
    /// What it should do.
    #[serde(default)]
    pub expect: Option<CommandWanted>,
}

/// A call of a hook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HookCall {
    /// The hook's name.
    pub name: String,
    /// The arguments in the order in which scripts get them (without the module itself). `false` where there is nil.
    /// Without any: the first message, a connection, and other values of the classes that the hook documents.
    #[serde(default)]
    pub arguments: Vec<HookArgument>,
    /// What the hook should return.
    #[serde(default)]
    pub returns: Option<Value>,
}

/// An argument of a hook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum HookArgument {
    /// A value.
    Plain(PlainArgument),
    /// An object of the server.
    Object(HookObject),
}

/// A string, a number or a boolean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum PlainArgument {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(String),
}

/// An object of the server: one of the session, or one with the given fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct HookObject {
    /// A message of the session, from 1.
    #[schemars(range(min = 1))]
    pub message: Option<usize>,
    /// The copy of that message for this recipient.
    pub recipient: Option<String>,
    /// An object of the connection: `accept` or `vctx`.
    pub connection: Option<ConnectionObject>,
    /// An `ec_string` with this content.
    pub string: Option<String>,
    /// An XML element with this text, such as a stanza of XMPP: `<message/>`.
    pub xml: Option<String>,
    /// The constant of this name.
    pub constant: Option<String>,
    /// The class of any other object, such as `ec_binding`.
    pub class: Option<String>,
    /// The fields of that object.
    pub fields: BTreeMap<String, Value>,
}

/// An object that belongs to the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ConnectionObject {
    /// The accept construct.
    Accept,
    /// The validation context.
    Vctx,
}
