//! From the choice of the binding to what the receiver says: the same for SMTP and HTTP.

use std::collections::VecDeque;

use mlua::{AnyUserData, Value};
use rustc_hash::FxHashMap;

use super::arguments::Given;
use super::callouts::{Kind, constant};
use super::smtp;
use super::start::Run;
use crate::api::adaptive::{self, Obstacle};
use crate::api::ec_string::EcString;
use crate::api::message::EcMessage;
use crate::api::vctx::ValidateContext;
use crate::message::Message;
use crate::report::{CalloutRun, Difference, Envelope, MessageReport, RecipientReport, Reply};
use crate::session::{Disposition, Mail, Phase, SmtpReply};

/// The message of one recipient.
pub(super) struct Copy {
    /// The recipient that the client gave or a script added.
    pub(super) address: String,
    /// The `ec_message`.
    pub(super) data: AnyUserData,
    /// The reply that refused it.
    pub(super) refused: Option<Reply>,
}

/// Decides what becomes of each copy, and writes it into the report. `given` are the connection and its validation
/// context.
pub(super) fn dispose(
    run: &mut Run<'_>,
    given: Given<'_>,
    number: usize,
    mail: &Mail,
    original: &Message,
    copies: Vec<Copy>,
    report: &mut MessageReport,
) {
    let offered = mail.by_address();
    let mut waiting = waiting(report);
    for copy in copies {
        let wanted = offered.get(copy.address.as_str());
        let replies = wanted.map_or(&[][..], |wanted| &wanted.delivery);
        let mut fate = Fate::of(run, given, number, &copy, original, replies);
        if let Some(refusal) = fate.refusal.take() {
            report.reply = Some(refusal);
        }
        fate.report.added = wanted.is_none();
        let place = waiting.get_mut(&copy.address).and_then(VecDeque::pop_front);
        match place.and_then(|place| report.recipients.get_mut(place)) {
            Some(place) => *place = fate.report,
            None => report.recipients.push(fate.report),
        }
    }
    // Recipients that the client gave and a script took away.
    let removed = report.recipients.iter_mut().filter(|one| one.disposition == Disposition::NotOffered);
    for recipient in removed {
        recipient.disposition = Disposition::Discarded;
        recipient.reason = Some("taken off the list of recipients".to_owned());
    }
}

/// Where recipients stand in the report whose fate is open, by their addresses: one may be there twice.
fn waiting(report: &MessageReport) -> FxHashMap<String, VecDeque<usize>> {
    let mut waiting: FxHashMap<String, VecDeque<usize>> = FxHashMap::default();
    for (place, one) in report.recipients.iter().enumerate() {
        if one.disposition == Disposition::NotOffered {
            waiting.entry(one.address.clone()).or_default().push_back(place);
        }
    }
    waiting
}

struct Fate {
    report: RecipientReport,
    refusal: Option<Reply>,
}

impl Fate {
    fn of(
        run: &mut Run<'_>,
        given: Given<'_>,
        number: usize,
        copy: &Copy,
        original: &Message,
        replies: &[SmtpReply],
    ) -> Self {
        let mut fate = Self { report: smtp::refused(&copy.address, None), refusal: None };
        let given = Given { message: Some(&copy.data), ..given };
        // Hooks see the context of this message in the validation context.
        if let (Ok(message), Some(Ok(vctx))) =
            (copy.data.borrow::<EcMessage>(), given.vctx.map(|vctx| vctx.borrow::<ValidateContext>()))
        {
            *vctx.mess.borrow_mut() = message.mess.clone();
        }
        if fate.discarded(copy) {
            fate.describe(copy, original);
            return fate;
        }
        set_binding(run, number, copy, given);
        if let Some(refusal) = final_validation(run, number, copy, given) {
            fate.report.disposition = smtp::disposition(&refusal);
            fate.report.reason = Some(refusal.lines().join("\n"));
            fate.describe(copy, original);
            fate.refusal = Some(refusal);
            return fate;
        }
        fate.describe(copy, original);
        if run.is_alive() {
            fate.deliver(run, number, copy, given, replies);
        }
        fate
    }

    fn discarded(&mut self, copy: &Copy) -> bool {
        let Ok(message) = copy.data.borrow::<EcMessage>() else { return false };
        let reason = message.discarded.borrow().clone();
        let is_discarded = reason.is_some();
        if is_discarded {
            self.report.disposition = Disposition::Discarded;
            self.report.reason = reason;
        }
        is_discarded
    }

    /// What the message is now.
    fn describe(&mut self, copy: &Copy, original: &Message) {
        let Ok(message) = copy.data.borrow::<EcMessage>() else { return };
        let content = message.content.borrow();
        let report = &mut self.report;
        report.binding = message.binding.borrow().clone();
        report.binding_group = message.binding_group.borrow().clone();
        report.priority = message.priority.get() == 1;
        report.routing_domain = Some(message.routed_to());
        report.context = message.mess.all().into_iter().collect();
        report.changes = Difference::between(original, &content);
        report.bytes = content.to_bytes();
        report.envelope = Some(Envelope {
            mail_from: message.mailfrom.borrow().clone(),
            recipients: vec![message.rcptto.borrow().clone()],
        });
    }

    /// Hands the message to the receiver, as often as the session has answers.
    fn deliver(
        &mut self,
        run: &mut Run<'_>,
        number: usize,
        copy: &Copy,
        given: Given<'_>,
        replies: &[SmtpReply],
    ) {
        let mut callouts = Vec::new();
        let domain = routing(run, copy, given, &mut callouts);
        self.report.routing_domain = Some(domain.clone());
        let given = Given { domain: Some(&domain), ..given };
        hook(run, "core_log_reception_v1", given, &mut callouts);
        let delivered = SmtpReply { code: 250, text: "2.0.0 OK".to_owned() };
        let answers = if replies.is_empty() { std::slice::from_ref(&delivered) } else { replies };
        self.report.disposition = Disposition::Accepted;
        let binding = self.report.binding.clone();
        if self.is_held_back(run, binding.as_deref(), &domain) {
            self.note_callouts(run, number, copy, callouts);
            return;
        }
        for (attempt, answer) in answers.iter().enumerate() {
            let answer = &adapted(run, binding.as_deref(), &domain, answer, &mut callouts);
            let text = answer.to_string();
            if let Ok(message) = copy.data.borrow::<EcMessage>() {
                *message.code.borrow_mut() = Some(text.clone());
                message.retries.set(u32::try_from(attempt).unwrap_or(u32::MAX));
            }
            let given = Given { text: Some(&text), ..given };
            hook(run, "core_log_attempt_v1", given, &mut callouts);
            let (name, disposition) = match answer.code {
                200..400 => ("core_log_delivery_v1", Disposition::Delivered),
                400..500 => ("core_log_transient_failure_v1", Disposition::Deferred),
                _ => ("core_log_permanent_failure_v1", Disposition::Bounced),
            };
            hook(run, name, given, &mut callouts);
            self.report.attempts.push(text.clone());
            self.report.disposition = disposition;
            self.report.reason = Some(text);
            if disposition != Disposition::Deferred {
                break;
            }
        }
        self.note_callouts(run, number, copy, callouts);
    }

    fn note_callouts(&self, run: &mut Run<'_>, number: usize, copy: &Copy, callouts: Vec<CalloutRun>) {
        if !callouts.is_empty() {
            run.step(None, Some(number), callouts);
            if let Some(step) = run.steps.last_mut() {
                step.recipient = Some(copy.address.clone());
            }
        }
    }

    /// What adaptive rules did before may keep the message from being tried at all.
    fn is_held_back(&mut self, run: &Run<'_>, binding: Option<&str>, domain: &str) -> bool {
        let (disposition, reason) = match adaptive::obstacle(&run.frame, binding, domain) {
            None => return false,
            Some(Obstacle::Suspended(left)) => (
                Disposition::Deferred,
                format!("an adaptive rule has suspended {domain} for {} s more", left.round()),
            ),
            Some(Obstacle::Blackholed) => {
                (Disposition::Discarded, format!("an adaptive rule throws mail to {domain} away"))
            }
        };
        self.report.disposition = disposition;
        self.report.reason = Some(reason);
        true
    }
}

/// Applies adaptive rules to a receiver's answer: the answer that counts.
fn adapted(
    run: &Run<'_>,
    binding: Option<&str>,
    domain: &str,
    answer: &SmtpReply,
    callouts: &mut Vec<CalloutRun>,
) -> SmtpReply {
    let code = match adaptive::outcome(run.machine.lua(), &run.frame, binding, domain, answer) {
        Ok(code) => code,
        Err(error) => {
            run.note_end(&run.machine.error(&error));
            None
        }
    };
    let events = run.take_events();
    if !events.is_empty() {
        let at = events.iter().find_map(|event| event.at.clone());
        callouts.push(CalloutRun {
            callout: "adaptive rules".to_owned(),
            script: run.script_of(at.as_ref()),
            at: None,
            returned: Vec::new(),
            calls: 0,
            events,
            elapsed_us: 0,
        });
    }
    SmtpReply { code: code.unwrap_or(answer.code), text: answer.text.clone() }
}

fn hook(run: &Run<'_>, name: &str, given: Given<'_>, callouts: &mut Vec<CalloutRun>) {
    callouts.extend(run.hook(name, given).runs);
}

fn set_binding(run: &mut Run<'_>, number: usize, copy: &Copy, given: Given<'_>) {
    let mut callouts =
        run.callouts("validate_set_binding", Kind::Binding, &[Value::UserData(copy.data.clone())]).runs;
    hook(run, "core_post_validate_set_binding", given, &mut callouts);
    record(run, Phase::SetBinding, number, copy, callouts);
}

fn record(run: &mut Run<'_>, phase: Phase, number: usize, copy: &Copy, callouts: Vec<CalloutRun>) {
    if callouts.is_empty() {
        return;
    }
    run.step(Some(phase), Some(number), callouts);
    if let Some(step) = run.steps.last_mut() {
        step.recipient = Some(copy.address.clone());
    }
}

/// The three hooks in their order; the first may refuse.
fn final_validation(run: &mut Run<'_>, number: usize, copy: &Copy, given: Given<'_>) -> Option<Reply> {
    let mut callouts = Vec::new();
    let mut refusal = None;
    let outcome = run.hook("core_final_validation2", given);
    callouts.extend(outcome.runs);
    for result in &outcome.results {
        let is = |name: &str| {
            run.frame.constant(run.machine.lua(), name) == *result || constant(Some(result)) == Some(name)
        };
        if is("msys.core.EC_HOOK_DONE") {
            refusal = Some(smtp::own(550, "5.7.1 [internal] rejected by final validation"));
        } else if is("msys.core.EC_HOOK_RETRY") {
            refusal = Some(smtp::own(451, "4.7.1 [internal] deferred by final validation"));
        }
    }
    if refusal.is_none() {
        hook(run, "core_final_validation", given, &mut callouts);
        hook(run, "core_post_final_validation", given, &mut callouts);
    }
    record(run, Phase::FinalValidation, number, copy, callouts);
    refusal
}

/// Where the message is routed to: a script's hook decides, else what `msg:routing_domain` chose, else the
/// recipient's domain.
fn routing(run: &Run<'_>, copy: &Copy, given: Given<'_>, callouts: &mut Vec<CalloutRun>) -> String {
    const HOOK: &str = "core_config_get_message_routing_domain";
    /// The longest name of a domain, with C's end of a string.
    const ROOM: usize = 256;
    let usual = copy.data.borrow::<EcMessage>().map(|message| message.routed_to()).unwrap_or_default();
    if !run.has(HOOK) {
        return usual;
    }
    let Some(buffer) = run.object(EcString::with_room("", ROOM)) else { return usual };
    let outcome = run.hook(HOOK, Given { buffer: Some(&buffer), ..given });
    callouts.extend(outcome.runs);
    let handled = outcome.results.iter().any(|result| match result {
        Value::Integer(number) => *number > 0,
        Value::Number(number) => *number > 0.0,
        _ => false,
    });
    let chosen =
        buffer.borrow::<EcString>().map(|buffer| crate::api::plain(&buffer.bytes())).unwrap_or_default();
    if handled && !chosen.is_empty() { chosen } else { usual }
}
