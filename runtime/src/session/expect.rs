//! What should become of a session: compared with the report of its run.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is expected. What is absent is not looked at.
///
/// In `[expect]` it speaks of all messages and recipients, in `[message.expect]` of one message and all of its
/// recipients, in the `expect` of a recipient of that one alone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Expect {
    /// Replies that the client gets, by phase.
    pub replies: RepliesWanted,

    /// What becomes of the message.
    pub disposition: Option<Disposition>,

    /// The binding; `false` for none.
    pub binding: Option<Wanted>,

    /// The binding group; `false` for none.
    pub binding_group: Option<Wanted>,

    /// The domain that the message is routed to.
    pub routing_domain: Option<Wanted>,

    /// The envelope's sender as the message leaves; `""` for the null sender.
    pub mail_from: Option<Wanted>,

    /// The recipients as the message leaves, in any order.
    pub recipients: Option<Vec<String>>,

    /// Headers as the message leaves, by name, on one line and decoded (RFC 2047); `false` for a header that must not be
    /// there, a list for all values of a header that is there several times.
    pub headers: BTreeMap<String, Wanted>,

    /// The body as the message leaves, with its transfer encoding. Lines are divided by `\n`; the last one has no end.
    pub body: Option<Wanted>,

    /// The text of the message as it leaves: its text parts, one behind the other, in UTF-8 and without transfer
    /// encoding. Lines are divided by `\n`; the last one has no end.
    pub text: Option<Wanted>,

    /// Context variables at the end.
    pub context: ContextWanted,

    /// The messages that scripts inject, all of them, in their order.
    pub injected: Option<Vec<InjectedWanted>>,

    /// Lines that are printed, in this order; others may stand between them.
    pub printed: Vec<Wanted>,

    /// Lines that must not be printed.
    pub not_printed: Vec<Wanted>,

    /// Errors in the paniclog, all of them, in their order: `[]` for none.
    pub errors: Option<Vec<Wanted>>,

    /// Functions of the API that are called.
    pub calls: Vec<CallWanted>,

    /// Functions of the API that must not be called, by name.
    pub not_called: Vec<String>,

    /// Callouts that run or do not.
    pub callouts: CalloutsWanted,
}

/// What becomes of a message, or of its copy for one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// The client is told 5xx: the message, this recipient, or the session.
    Rejected,
    /// The client is told 4xx.
    TemporarilyRejected,
    /// Taken, and thrown away.
    Discarded,
    /// Taken; it does not matter what the receiver says.
    Accepted,
    /// Taken, and the receiver takes it too.
    Delivered,
    /// Taken, and waits for another attempt: the receiver says 4xx.
    Deferred,
    /// Taken, and comes back as a bounce: the receiver says 5xx.
    Bounced,
    /// The client never got to hand it in: the session was over before.
    NotOffered,
}

/// A text that is expected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Wanted {
    /// `false`: it must not be there. `true`: it must be there, whatever it is.
    There(bool),
    /// A number: its text.
    Integer(i64),
    /// This text.
    Text(String),
    /// All values, in their order. Before patterns, which would take a list of texts for their fields.
    All(Vec<Wanted>),
    /// A text that a pattern describes.
    Pattern(Pattern),
}

/// A description of a text. All that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Pattern {
    /// A PCRE pattern that matches somewhere in it.
    #[schemars(extend("format" = "pcre"))]
    pub pcre: Option<String>,
    /// A PCRE pattern that matches nowhere in it.
    #[schemars(extend("format" = "pcre"))]
    pub not_pcre: Option<String>,
    /// A text that stands somewhere in it.
    pub contains: Option<String>,
}

/// Replies by phase. Of several replies in a phase (recipients, messages), each one is compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RepliesWanted {
    /// The greeting.
    pub connect: Option<ReplyWanted>,
    /// The answer to EHLO or HELO.
    pub ehlo: Option<ReplyWanted>,
    /// The answer to STARTTLS.
    pub starttls: Option<ReplyWanted>,
    /// The answer to AUTH.
    pub auth: Option<ReplyWanted>,
    /// The answer to MAIL FROM.
    pub mailfrom: Option<ReplyWanted>,
    /// The answer to RCPT TO.
    pub rcptto: Option<ReplyWanted>,
    /// The answer to the content, after its last line.
    pub data: Option<ReplyWanted>,
}

/// A reply that is expected: a code (`550`), code and text (`"550 5.1.1 No such user"`), or a table with both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ReplyWanted {
    /// The code alone.
    Code(#[schemars(range(min = 200, max = 599))] u16),
    /// Code and text.
    Whole(super::envelope::SmtpReply),
    /// The code, and what the text must be.
    Parts(ReplyParts),
}

/// Code and text of an expected reply.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReplyParts {
    /// The code.
    #[schemars(range(min = 200, max = 599))]
    pub code: Option<u16>,
    /// What follows the code.
    pub text: Option<Wanted>,
}

/// Context variables; `false` for one that must not be there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ContextWanted {
    /// Variables of the message.
    pub message: BTreeMap<String, Wanted>,
    /// Variables of the connection.
    pub connection: BTreeMap<String, Wanted>,
}

/// A message that a script injects.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct InjectedWanted {
    /// The envelope's sender.
    pub mail_from: Option<Wanted>,
    /// The envelope's recipients, in any order.
    pub recipients: Option<Vec<String>>,
    /// Headers, as in `expect`.
    pub headers: BTreeMap<String, Wanted>,
    /// The body, as in `expect`.
    pub body: Option<Wanted>,
    /// The text, as in `expect`.
    pub text: Option<Wanted>,
}

/// A call of an API function that is expected: its name, or a table that says more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum CallWanted {
    /// The function's name.
    Name(String),
    /// More about the call.
    Call(CallParts),
}

/// A call of an API function that is expected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallParts {
    /// The function's name.
    pub function: String,
    /// Its first arguments, as they print.
    #[serde(default)]
    pub arguments: Vec<Wanted>,
    /// How often it is called in this way.
    #[serde(default)]
    pub times: Option<u64>,
}

/// Callouts that run or do not: `validate_rcptto` of any script, `recipients.validate_rcptto` of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CalloutsWanted {
    /// Those that run.
    pub run: Vec<String>,
    /// Those that do not.
    pub not_run: Vec<String>,
}

/// What a console command should do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CommandWanted {
    /// All that it prints, lines divided by line ends.
    pub output: Option<Wanted>,
}

/// What an HTTP endpoint should answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ResponseWanted {
    /// The status.
    #[schemars(range(min = 100, max = 599))]
    pub status: Option<u16>,
    /// Headers.
    pub headers: BTreeMap<String, Wanted>,
    /// The body.
    pub body: Option<Wanted>,
}
