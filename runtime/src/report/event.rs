//! What a callout did.

use std::fmt;

use momentum_lua_stub_reader::model;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lowering::BranchKind;

/// A line of a script.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// The script as the policy names it.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// How a call was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fidelity {
    /// The real work was done.
    Modelled,
    /// The answer came from the session.
    Fixture,
    /// The call was noted, and had the documented neutral result.
    Recorded,
}

impl From<model::Fidelity> for Fidelity {
    fn from(fidelity: model::Fidelity) -> Self {
        match fidelity {
            model::Fidelity::Modelled => Self::Modelled,
            model::Fidelity::Fixture => Self::Fixture,
            model::Fidelity::Recorded => Self::Recorded,
        }
    }
}

impl fmt::Display for Fidelity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Modelled => "modelled",
            Self::Fixture => "fixture",
            Self::Recorded => "recorded",
        })
    }
}

/// A local of a script and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Local {
    /// Its name.
    pub name: String,
    /// Its value, as Lua writes it.
    pub value: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Something that happened while a script ran.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// The line that did it; absent where the server did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
    /// What it was.
    #[serde(flatten)]
    pub what: What,
}

impl What {
    /// How many bytes it takes, roughly.
    #[must_use]
    pub fn size(&self) -> usize {
        const SIZE: usize = 200;
        let of = |texts: &[&Option<String>]| {
            texts.iter().filter_map(|text| text.as_ref()).map(String::len).sum::<usize>()
        };
        let all = |texts: &[String]| texts.iter().map(|text| text.len() + 32).sum::<usize>();
        SIZE + match self {
            Self::Print { text } | Self::Paniclog { text } | Self::Note { text } => text.len(),
            Self::Call { arguments, results, .. } => all(arguments) + all(results),
            Self::Unanswered { call, answer } => call.len() + answer.len(),
            Self::Context { name, before, after, .. } => name.len() + of(&[before, after]),
            Self::Set { property, before, after } => property.len() + of(&[before, after]),
            Self::Header { name, before, after } => name.len() + all(before) + all(after),
            Self::Reply { text, .. } => text.len(),
            Self::Discarded { reason } => reason.len(),
            Self::Task { task, .. } | Self::Pending { task, .. } => task.len(),
            Self::Recipients { added, removed } => all(added) + all(removed),
            Self::Adaptive { domain, binding, reply, action, message } => {
                domain.len() + reply.len() + action.len() + of(&[binding, message])
            }
            Self::Sweep { domain, binding, rule, action, .. } => {
                domain.len() + rule.len() + action.len() + of(&[binding])
            }
            Self::Error { message, traceback } | Self::Crash { message, traceback } => {
                message.len() + all(traceback)
            }
            Self::Condition { text, value, locals, .. } => {
                text.len()
                    + value.len()
                    + locals.iter().map(|local| local.name.len() + local.value.len()).sum::<usize>()
            }
            Self::Tarpit { .. } | Self::Slept { .. } | Self::Injected { .. } => 0,
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum What {
    /// `print`, or a line that the server logs for the script.
    Print {
        /// The text, without a line end.
        text: String,
    },
    /// A call of the API that is worth telling: it was recorded, or answered from the session.
    Call {
        /// The documented name: `msys.snmpTrap`.
        name: String,
        /// The arguments as Lua would write them.
        arguments: Vec<String>,
        /// The results likewise.
        results: Vec<String>,
        /// How it was answered.
        fidelity: Fidelity,
    },
    /// A call that wanted an answer that the session does not hold.
    Unanswered {
        /// The call.
        call: String,
        /// What to write into the session file.
        answer: String,
    },
    /// A context variable was set or deleted.
    Context {
        /// `conn` or `mess`.
        dictionary: String,
        /// Its name.
        name: String,
        /// The value before.
        before: Option<String>,
        /// The value now; absent when deleted.
        after: Option<String>,
    },
    /// A header was set, added or deleted.
    Header {
        /// Its name.
        name: String,
        /// All values before, decoded.
        before: Vec<String>,
        /// All values now.
        after: Vec<String>,
    },
    /// Another property of the message, the session or the server was set: `mailfrom`, `binding`, `body`.
    Set {
        /// Which one, in the words of the API.
        property: String,
        /// The value before, where it has one that can be shown.
        before: Option<String>,
        /// The value now.
        after: Option<String>,
    },
    /// The reply to the client was chosen.
    Reply {
        /// The SMTP code.
        code: u16,
        /// The text.
        text: String,
        /// The connection is to be closed after it.
        disconnect: bool,
    },
    /// The client is made to wait; nobody waits here.
    Tarpit {
        /// For how long.
        seconds: f64,
    },
    /// Time passed on the run's clock, without anybody waiting.
    Slept {
        /// How much.
        seconds: f64,
    },
    /// Something beside the session began or goes on: a timer, a job of a thread pool.
    Task {
        /// What it is.
        task: String,
        /// When, in seconds since the session began.
        seconds: f64,
        /// It was there before, and had been waiting.
        resumed: bool,
    },
    /// Something beside the session is still to come when the run ends.
    Pending {
        /// What it is.
        task: String,
        /// When, in seconds since the session began.
        seconds: f64,
    },
    /// The message is dropped behind the client's back.
    Discarded {
        /// What the log says.
        reason: String,
    },
    /// Recipients were added or taken away.
    Recipients {
        /// Those that came.
        added: Vec<String>,
        /// Those that went.
        removed: Vec<String>,
    },
    /// A new message was put into the queue.
    Injected {
        /// Its place in the report's list of injected messages, from 0.
        message: usize,
    },
    /// A rule of adaptive delivery acted on a receiver's answer.
    Adaptive {
        /// The domain.
        domain: String,
        /// The binding; absent for none.
        binding: Option<String>,
        /// The answer.
        reply: String,
        /// What the rule does, in words.
        action: String,
        /// The rule's text for the log.
        message: Option<String>,
    },
    /// A sweep rule of adaptive delivery acted on the bounces or complaints of some time.
    Sweep {
        /// The domain.
        domain: String,
        /// The binding; absent for none.
        binding: Option<String>,
        /// The name of the rule.
        rule: String,
        /// Bounces or complaints that the rule counts.
        count: u64,
        /// Attempts to deliver, for complaints: deliveries.
        total: u64,
        /// The percentage from which on the rule acts so.
        threshold: f64,
        /// What the rule does, in words.
        action: String,
    },
    /// A Lua error that nothing caught.
    Error {
        /// The message.
        message: String,
        /// The calls that led there, innermost first.
        traceback: Vec<String>,
    },
    /// What would have crashed the server.
    Crash {
        /// Why.
        message: String,
        /// The calls that led there, innermost first.
        traceback: Vec<String>,
    },
    /// A condition was asked; only where that was asked for.
    Condition {
        /// What it decides.
        kind: BranchKind,
        /// Its text in a line; a long one is cut.
        text: String,
        /// The value that it had, as Lua writes it.
        value: String,
        /// Whether it held: any value but nil and false does.
        holds: bool,
        /// The locals that it reads and that are nil, booleans, numbers or text, with their values.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        locals: Vec<Local>,
        /// How often it had this value, with these locals, one time after the other in this callout.
        times: u64,
        /// How often it was asked further in this callout with other values, which are not told.
        #[serde(default, skip_serializing_if = "is_zero")]
        untold: u64,
        /// The value that it had the last of these times.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last: Option<String>,
    },
    /// A line of the paniclog by the server itself.
    Paniclog {
        /// The line.
        text: String,
    },
    /// Anything else that a reader should know.
    Note {
        /// What it is.
        text: String,
    },
}
