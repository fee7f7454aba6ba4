//! `msys.bounce`: what answers of receivers and messages that come back mean.
//!
//! The numbers of the classes are those of the documentation. The rules are ours, after what receivers answer in
//! practice; rules of the site, in the files of `bounce_classifier_override`, go before them.

mod notice;
mod rules;

use mlua::{AnyUserData, LuaString};

use super::Registry;
use super::message::current;
use crate::machine;
use crate::session::Session;

/// Where the site's rules are looked for.
const SMTP_RULES: &str = "/opt/msys/ecelerity/etc/user_smtp_classification.ovr";
const MDN_RULES: &str = "/opt/msys/ecelerity/etc/user_mdn_classification.ovr";

/// Number, name and description. Of the names, the documentation tells those of 1 and 24.
const CLASSES: [(u16, &str, &str); 20] = [
    (1, "BC_UNDETERMINED", "Undetermined"),
    (10, "BC_HARD_INVALID_RECIPIENT", "Invalid Recipient"),
    (20, "BC_SOFT_BOUNCE", "Soft Bounce"),
    (21, "BC_SOFT_DNS_FAILURE", "DNS Failure"),
    (22, "BC_SOFT_MAILBOX_FULL", "Mailbox Full"),
    (23, "BC_SOFT_TOO_LARGE", "Too Large"),
    (24, "BC_SOFT_TIMEOUT", "Timeout"),
    (25, "BC_ADMIN_FAILURE", "Admin Failure"),
    (30, "BC_GENERIC_NO_RCPT", "Generic Bounce: No RCPT"),
    (40, "BC_GENERIC", "Generic Bounce"),
    (50, "BC_BLOCK_MAIL", "Mail Block"),
    (51, "BC_BLOCK_SPAM", "Spam Block"),
    (52, "BC_BLOCK_SPAM_CONTENT", "Spam Content"),
    (53, "BC_BLOCK_ATTACHMENT", "Prohibited Attachment"),
    (54, "BC_BLOCK_RELAY_DENIED", "Relay Denied"),
    (60, "BC_AUTO_REPLY", "Auto-Reply"),
    (70, "BC_TRANSIENT_FAILURE", "Transient Failure"),
    (80, "BC_SUBSCRIBE", "Subscribe"),
    (90, "BC_UNSUBSCRIBE", "Unsubscribe"),
    (100, "BC_CHALLENGE_RESPONSE", "Challenge-Response"),
];

pub(super) fn register(api: &mut Registry) {
    api.function("msys.bounce.classify", |call, msg: AnyUserData| {
        let msg = current::message(call, Some(&msg))?;
        let bounce = notice::read(&msg.content.borrow());
        machine::charge(call.lua(), bounce.text.len() as u64 * 4)?;
        let by_site = site_class(call.session(), MDN_RULES, &bounce.text, None);
        let class = by_site.or(bounce.class).unwrap_or_else(|| rules::class_of(&bounce.text));
        let class = if class == 40 && bounce.recipient.is_empty() { 30 } else { class };
        let (name, description) = named(class);
        Ok((class, name, description, bounce.recipient))
    });
    api.function(
        "msys.bounce.classify_smtp_response",
        |call, (response, domain): (LuaString, Option<LuaString>)| {
            let response = response.to_string_lossy();
            machine::charge(call.lua(), response.len() as u64 * 4)?;
            let domain = domain.map(|domain| domain.to_string_lossy());
            let class = classify_response(call.session(), &response, domain.as_deref());
            let (name, description) = named(class);
            Ok((class, name, description))
        },
    );
}

/// The class of a receiver's answer.
pub(super) fn classify_response(session: &Session, response: &str, domain: Option<&str>) -> u16 {
    site_class(session, SMTP_RULES, response, Some(domain.unwrap_or_default()))
        .unwrap_or_else(|| rules::class_of(response))
}

/// Name and description of a class.
pub(super) fn named(class: u16) -> (String, String) {
    match CLASSES.iter().find(|(number, ..)| *number == class) {
        Some((_, name, description)) => ((*name).to_owned(), (*description).to_owned()),
        None => (format!("BC_{class}"), format!("class {class} of the site")),
    }
}

/// The class by a file of the session: lines of `domain,class,rule`, or of `class,rule` for messages that come back.
fn site_class(session: &Session, path: &str, text: &str, domain: Option<&str>) -> Option<u16> {
    let file = session.file(path)?;
    let written = String::from_utf8_lossy(file);
    let lower = text.to_lowercase();
    written.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).find_map(
        |line| {
            let rest = match domain {
                Some(domain) => {
                    let (of, rest) = line.split_once(',')?;
                    let fits = of.trim().is_empty() || of.trim().eq_ignore_ascii_case(domain);
                    fits.then_some(rest)?
                }
                None => line,
            };
            let (class, rule) = rest.split_once(',')?;
            rules::fits(&rule.trim().to_lowercase(), &lower).then(|| class.trim().parse().ok()).flatten()
        },
    )
}

#[cfg(test)]
mod tests {
    use crate::api::message::{EcMessage, Ids};
    use crate::api::tested;
    use crate::message::Message;
    use crate::session::{FileEntry, Session};

    fn classify(state: &tested::State, content: &str) -> String {
        let connection = Session::default().connection.client;
        let message = EcMessage {
            content: Message::from_bytes(content.as_bytes().to_vec()).into(),
            ..EcMessage::empty(Ids::of(&state.frame), connection, connection)
        };
        let chunk = "require('msys.bounce')\n local code, name, text, to = msys.bounce.classify(...)
            return code .. ' ' .. name .. ' ' .. text .. ' ' .. to";
        state.call(chunk, state.object(message))
    }

    #[test]
    fn notifications_and_bounces_in_words_are_classified() {
        let state = tested::state();
        let dsn = "Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; gone@mailbox.example\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n";
        assert_eq!(
            classify(&state, dsn),
            "10 BC_HARD_INVALID_RECIPIENT Invalid Recipient gone@mailbox.example"
        );
        let words = "From: postmaster@post.example\r\nTo: b@bounces.example.com\r\nSubject: failure\r\n\r\nTo b@bounces.example.com: could not reach <alto@post.example>.\r\n  452 4.2.2 The mailbox is full\r\n";
        assert_eq!(classify(&state, words), "22 BC_SOFT_MAILBOX_FULL Mailbox Full alto@post.example");
        assert_eq!(
            classify(&state, "Subject: Out of office: back on Monday\r\n\r\nHello\r\n"),
            "60 BC_AUTO_REPLY Auto-Reply "
        );
        assert_eq!(classify(&state, "Subject: unsubscribe\r\n\r\n"), "90 BC_UNSUBSCRIBE Unsubscribe ");
        assert_eq!(
            classify(&state, "Subject: hello\r\n\r\nhow are you\r\n"),
            "1 BC_UNDETERMINED Undetermined "
        );
        assert_eq!(
            classify(&state, "Subject: oops\r\n\r\n554 broken\r\n"),
            "30 BC_GENERIC_NO_RCPT Generic Bounce: No RCPT "
        );
    }

    #[test]
    fn rules_of_the_site_go_first() {
        let mut session = Session::default();
        let text = "# ours\nslow.example,24,busy|later\n,99,profanity\n";
        let content = crate::session::Content { bytes: text.into(), ..Default::default() };
        session.files.insert(super::SMTP_RULES.to_owned(), FileEntry { content, ..FileEntry::default() });
        let state = tested::state_with(session);
        let said: String = state.eval(
            "require('msys.bounce')
             local f = msys.bounce.classify_smtp_response
             return f('450 Busy, come later', 'slow.example') .. ' ' .. f('450 busy, come later', 'x.example')
               .. ' ' .. select(2, f('550 Profanity found', 'x.example')) .. ' ' .. select(2, f('550 5.1.1 x'))",
        );
        assert_eq!(said, "24 70 BC_99 BC_HARD_INVALID_RECIPIENT");
    }

    #[test]
    fn nil_would_crash_and_other_things_are_no_message() {
        let state = tested::state();
        let error = state.error("require('msys.bounce') msys.bounce.classify_smtp_response({})");
        assert!(error.contains("string expected"), "{error}");
        assert!(state.error("require('msys.bounce') msys.bounce.classify(nil)").contains("would crash"));
    }
}
