//! The report of a run.

use std::collections::BTreeMap;

use bytes::Bytes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CallCount, Difference, Event, Place, Unanswered};
use crate::machine::Covered;
use crate::session::{Disposition, Injection, Invented, Phase};

/// The version of the report's JSON form. It changes when a reader of the earlier form would misread the new one.
pub const VERSION: u32 = 1;

/// Everything that happened in a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "A report of momentum-lua run")]
pub struct Report {
    /// The version of this form, 1.
    pub version: u32,
    /// The scripts, in the order in which their callouts run.
    pub scripts: Vec<ScriptReport>,
    /// How the messages came in.
    pub injection: Injection,
    /// What nobody said and the reader of the session made up.
    pub invented: Vec<Invented>,
    /// What the scripts did when they were loaded, and `init`.
    pub load: Vec<CalloutRun>,
    /// What happened, in order.
    pub steps: Vec<Step>,
    /// What became of the messages of the session.
    pub messages: Vec<MessageReport>,
    /// Messages that scripts put into the queue.
    pub injected: Vec<Injected>,
    /// The context of the connection at the end.
    pub connection_context: BTreeMap<String, String>,
    /// The lines of the paniclog.
    pub paniclog: Vec<String>,
    /// What the session should have answered.
    pub unanswered: Vec<Unanswered>,
    /// How often each function of the API was called.
    pub calls: Vec<CallCount>,
    /// What ended the run before its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Stop>,
    /// How often each line was executed, by script; only where lines were asked for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lines: BTreeMap<String, BTreeMap<u32, u64>>,
    /// How long the scripts ran, in microseconds.
    pub elapsed_us: u64,
    /// The command that gives the same report, where one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// What was executed of each script; only where that was asked for.
    #[serde(skip)]
    pub coverage: Vec<Covered>,
}

/// A script.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScriptReport {
    /// The name of the module that it registered, else that of its `script` stanza.
    pub name: String,
    /// Its file.
    pub file: String,
    /// The callouts and hooks that it has.
    pub hooks: Vec<String>,
}

/// What ended the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Stop {
    /// Why.
    pub reason: StopReason,
    /// In words.
    pub message: String,
    /// The line that ran.
    pub at: Option<Place>,
    /// The calls that led there, innermost first.
    pub traceback: Vec<String>,
}

/// Why a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    /// A script does not load: the server would keep its earlier configuration.
    NotLoaded,
    /// The real server would have crashed.
    Crash,
    /// A script waits for what never comes.
    Deadlock,
    /// A limit of the run.
    Limit,
    /// A script ended the process.
    Exit,
}

/// A step of the session: a command of the client, or something that the server does by itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// The phase; absent for hooks that are driven by name.
    pub phase: Option<Phase>,
    /// What the client sent, without line ends; the content of a message as its size.
    pub client: Option<String>,
    /// The message that it is about, from 0.
    pub message: Option<usize>,
    /// The recipient that it is about.
    pub recipient: Option<String>,
    /// The callouts and hooks that ran.
    pub callouts: Vec<CalloutRun>,
    /// What the client got.
    pub reply: Option<Reply>,
    /// How long the client was made to wait before it, in seconds.
    pub held_up: f64,
    /// The connection ended with it.
    pub closed: bool,
    /// What a console command printed, lines divided by line ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    /// What an endpoint answered to an HTTP request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<HttpResponse>,
}

/// The answer of an endpoint to an HTTP request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// Its headers.
    pub headers: BTreeMap<String, String>,
    /// Its body; bytes that are no UTF-8 as `\xNN`.
    pub body: String,
}

/// A reply to the client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reply {
    /// The SMTP code.
    pub code: u16,
    /// What follows it, a line each.
    pub text: Vec<String>,
    /// The line of the script that chose it; absent for the server's own.
    pub by: Option<Place>,
}

impl Reply {
    /// Whether it refuses what the client asked for.
    #[must_use]
    pub fn refuses(&self) -> bool {
        self.code >= 400
    }

    /// The lines as they go over the wire, without line ends.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let last = self.text.len().saturating_sub(1);
        let line = |(place, text): (usize, &String)| {
            let between = if place == last { ' ' } else { '-' };
            format!("{}{between}{text}", self.code)
        };
        if self.text.is_empty() {
            return vec![self.code.to_string()];
        }
        self.text.iter().enumerate().map(line).collect()
    }
}

/// A callout or hook of a script that ran.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CalloutRun {
    /// Its name; `load` for the script itself.
    pub callout: String,
    /// The name of the script's module.
    pub script: String,
    /// The line where the function begins.
    pub at: Option<Place>,
    /// What it returned, as Lua writes it; constants by their names.
    pub returned: Vec<String>,
    /// How often it was called: more than once after VALIDATE_AGAIN.
    pub calls: u32,
    /// What it did.
    pub events: Vec<Event>,
    /// How long it ran, in microseconds.
    pub elapsed_us: u64,
}

/// What became of a message of the session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MessageReport {
    /// The sender that the client gave; empty for the null sender.
    pub mail_from: String,
    /// The size in bytes as it came.
    pub size: usize,
    /// The last reply of the server about the message as a whole.
    pub reply: Option<Reply>,
    /// What became of it for each recipient: those that the client gave, then those that scripts added.
    pub recipients: Vec<RecipientReport>,
}

/// What became of a message for one recipient.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecipientReport {
    /// The recipient that the client gave, or that a script added.
    pub address: String,
    /// A script added it.
    pub added: bool,
    /// What became of it.
    pub disposition: Disposition,
    /// Why, in the server's words: a reply, or the reason of a discard.
    pub reason: Option<String>,
    /// The envelope as the message leaves; absent where it does not.
    pub envelope: Option<Envelope>,
    /// The binding; absent for none.
    pub binding: Option<String>,
    /// The binding group.
    pub binding_group: Option<String>,
    /// The domain that it is routed to.
    pub routing_domain: Option<String>,
    /// Whether it passes ahead of others.
    pub priority: bool,
    /// What the receiver answered to each attempt.
    pub attempts: Vec<String>,
    /// The context of the message at the end.
    pub context: BTreeMap<String, String>,
    /// What is not as it came.
    pub changes: Difference,
    /// The bytes as they leave.
    #[serde(skip)]
    pub bytes: Bytes,
}

/// An envelope.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Envelope {
    /// The sender; empty for the null sender.
    pub mail_from: String,
    /// The recipients.
    pub recipients: Vec<String>,
}

/// A message that a script put into the queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Injected {
    /// The line that did.
    pub at: Option<Place>,
    /// Its envelope.
    pub envelope: Envelope,
    /// Its headers, unfolded.
    pub headers: Vec<(String, String)>,
    /// Its size in bytes.
    pub size: usize,
    /// Its bytes.
    #[serde(skip)]
    pub bytes: Bytes,
}
