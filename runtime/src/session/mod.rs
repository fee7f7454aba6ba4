//! What arrives: a connection with its messages, what the outside world answers meanwhile, and what is expected.
//!
//! A [`Session`] is plain data. It comes from a session file (TOML), from a message (`.eml`), from an SMTP transcript,
//! or is invented whole; whatever it does not say is filled with legal data, and remembered as [`Invented`].
//!
//! Bytes of files are read while the session file is, by a [`Files`] that the caller gives, so that nothing here does
//! I/O and the engine finds all content in place.

mod answers;
mod connection;
mod content;
mod drive;
mod eml;
mod envelope;
mod expect;
mod fit;
mod invent;
mod line_ends;
mod reach;
mod reads;
mod skeleton;
mod toml;
mod transcript;
mod value;

pub use answers::{
    ApiAnswer, ArcResult, Audited, Binding, Datasource, Dkim2Result, DkimSignature, DnsFailure, DnsName,
    DnsRecords, Driver, FileEntry, HttpAnswer, SpamVerdict, SpfResult, Traffic, Verdicts, VirusVerdict,
};
pub use connection::{AuthAttempt, AuthResult, Connection, Endpoint, Greeting, Tls};
pub use content::{Content, Files, NoFiles};
pub use drive::{
    ConnectionObject, ControlCommand, HookArgument, HookCall, HookObject, HttpRequest, PlainArgument,
};
pub use eml::from_eml;
pub use envelope::{Mail, Recipient, SmtpReply};
pub use expect::{
    CallParts, CallWanted, CalloutsWanted, CommandWanted, ContextWanted, Disposition, Expect, InjectedWanted,
    Pattern, RepliesWanted, ReplyParts, ReplyWanted, ResponseWanted, Wanted,
};
pub use fit::Equality;
pub use invent::invented;
pub use reach::{Reached, looks_like_session};
pub use skeleton::skeleton;
pub use toml::{json_schema, keys, read_toml};
pub use transcript::{from_transcript, looks_like_transcript};
pub use value::{Instant, Value};

use std::collections::BTreeMap;

use bytes::Bytes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How messages come in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Injection {
    /// Over an SMTP session.
    #[default]
    Smtp,
    /// As a transmission over HTTP: each recipient gets a message of its own, and there is no session.
    Http,
}

/// The phases that a session passes through, by the names of the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are those of the phases, which the stubs describe")]
pub enum Phase {
    Connect,
    Ehlo,
    Starttls,
    Auth,
    Mailfrom,
    Rcptto,
    Data,
    DataSpool,
    RcpttoList,
    RcpttoListFinal,
    DataSpoolEachRcpt,
    MsgGenDataSpool,
    SetBinding,
    FinalValidation,
    Dealloc,
}

/// A sample session: who connects, which messages come, what everything outside answers, and what should become of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "A session of momentum-lua")]
pub struct Session {
    /// What the session shows, in a sentence.
    pub description: Option<String>,

    /// The policy that it is meant for: an `ecelerity.conf` or a script, relative to the folder of this file.
    pub policy: Option<String>,

    /// Files with what sessions have in common, relative to the folder of this file: `configuration`, `bindings`, `dns`,
    /// `constants`, `datasources`, `audit`, `adaptive`, `http_answer`, `api_answer`, `verdicts`, `files`, `clock`, `random_seed` and
    /// `limits`. What this file says goes before what they say.
    pub include: Vec<String>,

    /// How the messages come in.
    pub injection: Injection,

    /// The connection that brings the messages.
    pub connection: Connection,

    /// The messages, in the order in which they come. Without one, a message is invented.
    #[serde(rename = "message")]
    pub messages: Vec<Mail>,

    /// Ends the session: the client goes away without QUIT once this phase has run (for the first time).
    pub disconnect_after: Option<Phase>,

    /// Options of the configuration, by name, beside those of `ecelerity.conf` or in their place.
    pub configuration: BTreeMap<String, Value>,

    /// Values of constants that no page lists, by their full names: `"msys.core.NAME" = 5`.
    pub constants: BTreeMap<String, Value>,

    /// Bindings, beside those of `ecelerity.conf`.
    pub bindings: Vec<Binding>,

    /// What the DNS answers, by name.
    pub dns: BTreeMap<String, DnsName>,

    /// The databases behind datasources, by name of the datasource.
    pub datasources: BTreeMap<String, Datasource>,

    /// What the module `inbound_audit` has counted of clients before the session.
    pub audit: Vec<Audited>,

    /// What adaptive delivery has counted of bindings and domains before the session: sweep rules count it in.
    pub adaptive: Vec<Traffic>,

    /// What other servers answer to HTTP requests of scripts (HTTP client and curl). The first that fits answers.
    pub http_answer: Vec<HttpAnswer>,

    /// What scanners and signature checks say, about all messages that have no verdicts of their own.
    pub verdicts: Verdicts,

    /// Results of single API functions. The first that fits answers.
    pub api_answer: Vec<ApiAnswer>,

    /// Files that scripts may read, by their path on the server. Nothing else can be read.
    pub files: BTreeMap<String, FileEntry>,

    /// HTTP requests that come to endpoints of scripts, after the messages.
    pub http_request: Vec<HttpRequest>,

    /// Console commands that are given, after the messages.
    pub command: Vec<ControlCommand>,

    /// Hooks that are called by name, after the messages.
    pub hook: Vec<HookCall>,

    /// The time at which the session begins. The clock stands still but for what scripts sleep and `advance`.
    pub clock: Instant,

    /// How far the clock goes on at the end, in seconds: timers that fall due run.
    pub advance: u64,

    /// What random numbers begin with.
    pub random_seed: u64,

    /// Limits of the run, where others than usual.
    pub limits: Limits,

    /// What should become of the session. What stands here of messages and recipients holds for each of them.
    pub expect: Option<Expect>,

    /// What nobody said and the reader filled in, in the order of a session.
    #[serde(skip)]
    pub invented: Vec<Invented>,

    /// The lines, from 1, of what is expected, by key: `expect.binding`, `message[1].expect.printed[2]`.
    #[serde(skip)]
    pub lines: BTreeMap<String, u32>,
}

impl Session {
    /// The bytes of a file that the session gives.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&Bytes> {
        self.files.iter().find_map(|(place, entry)| match entry.folder {
            None => (place == path).then_some(&entry.content.bytes),
            Some(_) => entry.files.get(below(place, path)?),
        })
    }

    /// Whether scripts may write a file.
    #[must_use]
    pub fn may_write(&self, path: &str) -> bool {
        let mut writable = self.files.iter().filter(|(_, entry)| entry.writable);
        writable.any(|(place, entry)| match entry.folder {
            None => place == path,
            Some(_) => below(place, path).is_some(),
        })
    }
}

/// A path relative to a folder that it is in.
fn below<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    path.strip_prefix(folder.trim_end_matches('/'))?.strip_prefix('/')
}

/// Limits of a run; those that are absent keep their default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Instructions of the Lua machine.
    #[schemars(range(min = 1))]
    pub instructions: Option<u64>,
    /// Memory that Lua may hold, in MiB (1,048,576 bytes).
    #[schemars(range(min = 1))]
    pub memory_mib: Option<u64>,
    /// Time, in milliseconds.
    #[schemars(range(min = 1))]
    pub wall_clock_ms: Option<u64>,
    /// Output of `print` and of logging that is kept, in KiB (1,024 bytes).
    #[schemars(range(min = 1))]
    pub output_kib: Option<u64>,
}

impl Limits {
    /// These, and of the others those that are absent here.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            instructions: self.instructions.or(others.instructions),
            memory_mib: self.memory_mib.or(others.memory_mib),
            wall_clock_ms: self.wall_clock_ms.or(others.wall_clock_ms),
            output_kib: self.output_kib.or(others.output_kib),
        }
    }
}

/// A value that the session did not give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Invented {
    /// The key in a session file that would give it, such as `connection.client` or `message[0].mail_from`.
    pub key: String,
    /// The value that was taken, as it would be written there (long ones cut).
    pub value: String,
    /// Where it comes from: `the header To`, or nothing for data that is made up.
    pub from: Option<String>,
}
