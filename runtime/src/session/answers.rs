//! What the world outside the policy answers: DNS, databases, HTTP servers, scanners, files.

use std::collections::BTreeMap;

use bytes::Bytes;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::connection::Endpoint;
use super::content::Content;
use super::expect::Wanted;
use super::value::Value;

/// A binding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Binding {
    /// Its name.
    pub name: String,
    /// The binding group that it belongs to.
    pub group: Option<String>,
    /// Whether the adaptive module has suspended it.
    pub suspended: bool,
}

/// What the DNS knows of a name: its records, or why there is no answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum DnsName {
    /// No question about the name is answered.
    Failure(DnsFailure),
    /// The records by type. A type that is not here has no records.
    Records(Box<DnsRecords>),
}

/// Records of a name, as they stand in a zone file: MX as `10 mx.example.net`, SRV as `0 5 25 host.example.net`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs, reason = "types of records")]
pub struct DnsRecords {
    #[schemars(schema_with = "records::ipv4")]
    pub a: Vec<String>,
    #[schemars(schema_with = "records::ipv6")]
    pub aaaa: Vec<String>,
    pub cname: Vec<String>,
    #[schemars(schema_with = "records::mx")]
    pub mx: Vec<String>,
    pub ns: Vec<String>,
    pub ptr: Vec<String>,
    pub soa: Vec<String>,
    #[schemars(schema_with = "records::srv")]
    pub srv: Vec<String>,
    pub txt: Vec<String>,
    /// Types whose question fails.
    pub failures: BTreeMap<String, DnsFailure>,
    /// How long the answers may be kept, in seconds.
    pub ttl: Option<u32>,
}

/// Formats of records, for the check of a session file.
mod records {
    use super::{Schema, SchemaGenerator, json_schema};

    fn of(format: &str) -> Schema {
        json_schema!({ "type": "array", "items": { "type": "string", "format": format } })
    }

    pub(super) fn ipv4(_: &mut SchemaGenerator) -> Schema {
        of("ipv4")
    }

    pub(super) fn ipv6(_: &mut SchemaGenerator) -> Schema {
        of("ipv6")
    }

    pub(super) fn mx(_: &mut SchemaGenerator) -> Schema {
        of("mx-record")
    }

    pub(super) fn srv(_: &mut SchemaGenerator) -> Schema {
        of("srv-record")
    }
}

/// Why the DNS gives no records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DnsFailure {
    /// There is no such name.
    Nxdomain,
    /// The name server cannot answer.
    Servfail,
    /// The name server refuses.
    Refused,
    /// No answer came in time.
    Timeout,
}

/// The database behind a datasource: SQLite in memory, filled by SQL text or from a database file. What scripts change
/// is kept for the run alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Datasource {
    /// A SQLite database file, relative to the folder of this file. It is read, and never written.
    pub database: Option<String>,
    /// Files with SQL statements, relative to the folder of this file; they run first, in this order.
    pub files: Vec<String>,
    /// SQL statements that make tables and rows.
    pub sql: String,
    /// The driver that the server has for it: what values of rows are. That of the configured `uri`, when left out.
    pub driver: Option<Driver>,
    /// Every query fails, with this message.
    pub failure: Option<String>,
    /// The statements of `files` and `sql`, once they are read.
    #[serde(skip)]
    pub statements: String,
    /// The bytes of `database`, once they are read.
    #[serde(skip)]
    pub bytes: Bytes,
}

/// The driver of a datasource. Whatever it is, the database behind it is SQLite here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Driver {
    /// Numbers of rows are numbers.
    Sqlite,
    /// All values of rows are texts.
    Mysql,
}

/// What the module `inbound_audit` has counted of a client before the session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Audited {
    /// The client; that of the session, when left out.
    pub client: Option<Endpoint>,
    /// The monitor that counted, such as `60,1`; all of them, when left out.
    pub monitor: Option<String>,
    /// The window of the monitor: 0 is the current one.
    pub window: u64,
    /// Connections.
    pub connections: u64,
    /// Messages that were received.
    pub receptions: u64,
    /// Rejections.
    pub rejections: u64,
}

/// What adaptive delivery has counted of a binding and a domain shortly before the session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Traffic {
    /// The binding; the default one, when left out.
    pub binding: Option<String>,
    /// The domain that mail went to.
    pub domain: String,
    /// Attempts to deliver; deliveries and bounces together, when left out.
    pub attempts: Option<u64>,
    /// Messages that the receiver took.
    pub deliveries: u64,
    /// Bounces by their class: `{ 10 = 143 }`.
    pub bounces: BTreeMap<String, u64>,
    /// Complaints by the category of the feedback loop: `{ abuse = 4 }`.
    pub complaints: BTreeMap<String, u64>,
}

impl Traffic {
    /// Attempts to deliver, as they are said or follow.
    #[must_use]
    pub fn all_attempts(&self) -> u64 {
        let known = self.bounces.values().fold(self.deliveries, |sum, count| sum.saturating_add(*count));
        self.attempts.unwrap_or(known)
    }
}

/// The answer to an HTTP request of a script.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct HttpAnswer {
    /// The method that the request must have.
    pub method: Option<String>,
    /// The address that the request must have.
    pub url: Option<Wanted>,
    /// What the request's body must be.
    pub request_body: Option<Wanted>,
    /// The status of the answer.
    #[schemars(range(min = 100, max = 599))]
    pub status: Option<u16>,
    /// Headers of the answer.
    pub headers: BTreeMap<String, String>,
    /// The body of the answer.
    #[serde(deserialize_with = "text_or_content")]
    #[schemars(schema_with = "text_or_content_schema")]
    pub body: Content,
    /// No answer comes, for this reason.
    pub failure: Option<String>,
}

/// The results of an API function.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApiAnswer {
    /// The function, by the name of the documentation: `msys.cloudmark.score`, `msg:rsrc_get`.
    pub function: String,
    /// What its first arguments must be: strings by equality or `{ pcre = "…" }`, others as they print.
    #[serde(default)]
    pub arguments: Vec<Wanted>,
    /// What it returns.
    #[serde(default)]
    pub returns: Vec<Value>,
    /// What it sets in the message context.
    #[serde(default)]
    pub message_context: BTreeMap<String, String>,
    /// What it sets in the connection context.
    #[serde(default)]
    pub connection_context: BTreeMap<String, String>,
    /// It raises this error.
    #[serde(default)]
    pub raises: Option<String>,
}

/// What scanners and signature checks say about a message.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Verdicts {
    /// What every virus scanner finds.
    pub virus: Option<VirusVerdict>,
    /// What every spam scanner says.
    pub spam: Option<SpamVerdict>,
    /// The result of SPF.
    pub spf: Option<SpfResult>,
    /// The DKIM signatures, in the order of their headers. Without it, the signatures that the message has do not
    /// verify for want of a key, and a message without any has none.
    pub dkim: Option<Vec<DkimSignature>>,
    /// The state of the ARC chain.
    pub arc: Option<ArcResult>,
    /// The outcome of DKIM2. Without it, signatures that the message has cannot be verified.
    pub dkim2: Option<Dkim2Result>,
}

/// What a virus scanner says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct VirusVerdict {
    /// The name of the virus; without it, the message is clean.
    pub name: Option<String>,
    /// The number of the part that it is in, 0 for the whole message.
    pub part: u32,
    /// The engine that finds it; `clamav` without it.
    pub engine: Option<String>,
    /// The scanner fails, with this message.
    pub failure: Option<String>,
}

/// What a spam scanner says.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SpamVerdict {
    /// The score.
    pub score: f64,
    /// Whether the message counts as spam.
    pub spam: bool,
    /// Category, class or verdict in the scanner's own words.
    pub category: Option<String>,
    /// The score from which on a message counts as spam, for scanners that tell it; 5 without it.
    pub threshold: Option<f64>,
    /// Names of the tests that hit.
    pub tests: Vec<String>,
    /// The scanner fails, with this message.
    pub failure: Option<String>,
}

/// The result of SPF (RFC 7208).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the words of RFC 7208")]
pub enum SpfResult {
    None,
    Neutral,
    Pass,
    Fail,
    Softfail,
    Temperror,
    Permerror,
}

/// A DKIM signature and whether it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DkimSignature {
    /// The domain that signs (`d=`).
    pub domain: String,
    /// The selector (`s=`).
    pub selector: Option<String>,
    /// The identity (`i=`).
    pub identity: Option<String>,
    /// Whether the signature holds.
    pub valid: bool,
    /// Why it does not.
    pub error: Option<String>,
    /// Whether the key is marked as one for tests.
    pub test_key: bool,
    /// Whether the verifier passes the signature over.
    pub ignored: bool,
    /// The size of the key in bits.
    pub key_bits: Option<u32>,
    /// The algorithm (`a=`).
    pub algorithm: Option<String>,
    /// The headers that are signed (`h=`).
    pub headers: Vec<String>,
}

/// The outcome of a verification of DKIM2, in the words of `msys.validate.dkim2.verify`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the words of the function")]
pub enum Dkim2Result {
    None,
    Pass,
    Fail,
    Permerror,
    Temperror,
}

impl Dkim2Result {
    /// The word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Permerror => "permerror",
            Self::Temperror => "temperror",
        }
    }
}

impl SpfResult {
    /// The word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Neutral => "neutral",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Softfail => "softfail",
            Self::Temperror => "temperror",
            Self::Permerror => "permerror",
        }
    }
}

/// The state of an ARC chain (RFC 8617).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the words of RFC 8617")]
pub enum ArcResult {
    None,
    Pass,
    Fail,
}

/// A file or a folder that scripts see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "WrittenFileEntry", into = "FileTable")]
#[schemars(with = "WrittenFileEntry")]
pub struct FileEntry {
    /// How it is written.
    pub content: Content,
    /// A folder whose files, and those below, stand under the path.
    pub folder: Option<String>,
    /// Whether scripts may write here. What they write is kept for the run alone.
    pub writable: bool,
    /// The files of the folder with their bytes, once they are read: paths relative to it.
    pub files: BTreeMap<String, Bytes>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum WrittenFileEntry {
    /// The text of the file.
    Text(String),
    Table(FileTable),
}

/// A file or a folder: one of `text`, `base64`, `file` and `folder`.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct FileTable {
    /// The text itself, in UTF-8.
    text: Option<String>,
    /// The bytes in base64 (line ends and blanks do not count).
    base64: Option<String>,
    /// A file with the bytes, relative to the folder of this file.
    file: Option<String>,
    /// A folder, relative to the folder of this file: its files, and those below, stand under the path.
    folder: Option<String>,
    /// Whether scripts may write here. What they write is kept for the run alone.
    writable: bool,
}

impl From<WrittenFileEntry> for FileEntry {
    fn from(written: WrittenFileEntry) -> Self {
        match written {
            WrittenFileEntry::Text(text) => {
                Self { content: Content { text: Some(text), ..Content::default() }, ..Self::default() }
            }
            WrittenFileEntry::Table(table) => Self {
                content: Content {
                    text: table.text,
                    base64: table.base64,
                    file: table.file,
                    bytes: Bytes::new(),
                },
                folder: table.folder,
                writable: table.writable,
                files: BTreeMap::new(),
            },
        }
    }
}

impl From<FileEntry> for FileTable {
    fn from(entry: FileEntry) -> Self {
        let Content { text, base64, file, .. } = entry.content;
        Self { text, base64, file, folder: entry.folder, writable: entry.writable }
    }
}

pub(super) fn text_or_content<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Content, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Text(String),
        Content(Content),
    }
    Ok(match Written::deserialize(deserializer)? {
        Written::Text(text) => Content { text: Some(text), ..Content::default() },
        Written::Content(content) => content,
    })
}

pub(super) fn text_or_content_schema(generator: &mut SchemaGenerator) -> Schema {
    let content = generator.subschema_for::<Content>();
    json_schema!({ "anyOf": [{ "type": "string" }, content] })
}
