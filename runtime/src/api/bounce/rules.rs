//! Rules that tell what an answer means. They are ours: the server's own are not public.

use crate::message::dsn;

/// Class and a pattern, tried in this order. A pattern fits anywhere in the text, whatever its case; `|` stands for any
/// text, as in the files of `bounce_classifier_override`.
const RULES: &[(u16, &str)] = &[
    (100, "challenge|response"),
    (100, "confirm that you are|human"),
    (100, "verify|sender|click"),
    (60, "out of office"),
    (60, "out of the office"),
    (60, "on vacation"),
    (60, "automatic reply"),
    (60, "auto-reply"),
    (54, "relaying denied"),
    (54, "relay access denied"),
    (54, "relay denied"),
    (54, "relay not permitted"),
    (54, "unable to relay"),
    (54, "not allowed to relay"),
    (54, "relaying not allowed"),
    (53, "attachment|not allowed"),
    (53, "attachment|prohibited"),
    (53, "attachment|blocked"),
    (53, "contains a virus"),
    (53, "virus|found"),
    (53, "infected"),
    (51, "spamhaus"),
    (51, "spamcop"),
    (51, "barracudacentral"),
    (51, "blacklist"),
    (51, "blocklist"),
    (51, "block list"),
    (51, "black list"),
    (51, "dnsbl"),
    (51, "listed at|"),
    (51, "listed in |"),
    (51, "poor reputation"),
    (51, "bad reputation"),
    (51, "low reputation"),
    (51, "known spammer"),
    (52, "spam content"),
    (52, "message content rejected"),
    (52, "looks like spam"),
    (52, "considered spam"),
    (52, "detected as spam"),
    (52, "classified as spam"),
    (52, "identified as spam"),
    (52, "message|as spam"),
    (52, "spam score"),
    (52, "is spam"),
    (52, "content|rejected"),
    (22, "mailbox|full"),
    (22, "over quota"),
    (22, "overquota"),
    (22, "quota exceeded"),
    (22, "exceeded|quota"),
    (22, "exceeds|quota"),
    (22, "out of storage"),
    (22, "insufficient|mailbox"),
    (22, "storage|exceeded"),
    (23, "message|too large"),
    (23, "message|too big"),
    (23, "size limit"),
    (23, "exceeds|maximum|size"),
    (23, "exceeds|size"),
    (24, "exceeded max time without delivery"),
    (24, "retry timeout"),
    (24, "delivery time expired"),
    (24, "message expired"),
    (24, "timed out"),
    (24, "timeout"),
    (21, "host|not found"),
    (21, "domain|not found"),
    (21, "domain|does not exist"),
    (21, "no mx"),
    (21, "mx|not found"),
    (21, "nxdomain"),
    (21, "dns"),
    (21, "name or service not known"),
    (10, "no such user"),
    (10, "no such recipient"),
    (10, "no such mailbox"),
    (10, "no such address"),
    (10, "no mailbox"),
    (10, "user unknown"),
    (10, "unknown user"),
    (10, "unknown recipient"),
    (10, "recipient unknown"),
    (10, "unknown local"),
    (10, "user not found"),
    (10, "recipient not found"),
    (10, "mailbox not found"),
    (10, "address not found"),
    (10, "user|does not exist"),
    (10, "mailbox|does not exist"),
    (10, "recipient|does not exist"),
    (10, "address|does not exist"),
    (10, "account|does not exist"),
    (10, "user|doesn't have a|account"),
    (10, "invalid recipient"),
    (10, "invalid mailbox"),
    (10, "invalid address"),
    (10, "recipient address rejected"),
    (10, "account|disabled"),
    (10, "mailbox|disabled"),
    (10, "account|inactive"),
    (10, "mailbox|inactive"),
    (10, "mailbox unavailable"),
    (10, "no longer|here"),
    (10, "no longer used"),
    (10, "no longer valid"),
    (10, "not a valid|recipient"),
    (10, "not a known user"),
    (25, "[internal]|policy"),
    (25, "[internal] admin"),
    (25, "[internal]|admin fail"),
    (70, "greylist"),
    (70, "graylist"),
    (70, "try again later"),
    (70, "temporarily deferred"),
    (70, "temporarily unavailable"),
    (70, "temporarily rejected"),
    (70, "rate limit"),
    (70, "too many connections"),
    (50, "access denied"),
    (50, "blocked"),
    (50, "not authorized"),
    (50, "policy"),
    (50, "rejected for security"),
];

/// The class that the rules, the status code or the reply code give; 1 where none of them says anything.
pub(super) fn class_of(text: &str) -> u16 {
    let lower = text.to_lowercase();
    let by_text = RULES.iter().find(|(_, rule)| fits(rule, &lower)).map(|(class, _)| *class);
    by_text.or_else(|| by_status(text)).or_else(|| by_code(text)).unwrap_or(1)
}

/// Whether the pieces of a pattern occur in a text (both in lower case), one behind the other.
pub(super) fn fits(rule: &str, lower: &str) -> bool {
    let mut rest = lower;
    rule.split('|').all(|piece| match rest.split_once(piece) {
        Some((_, behind)) => {
            rest = behind;
            true
        }
        None => false,
    })
}

/// By the status code of RFC 3463, the class of which counts for little.
fn by_status(text: &str) -> Option<u16> {
    let status = dsn::status_of(text).filter(|status| text.contains(status.as_str()))?;
    let (class, rest) = status.split_once('.')?;
    Some(match rest {
        "1.1" | "1.0" | "1.3" | "1.6" | "1.10" | "2.1" | "0.1" => 10,
        "1.2" | "4.3" | "4.4" => 21,
        "2.2" | "3.1" => 22,
        "2.3" | "3.4" => 23,
        "4.7" => 24,
        _ if class == "4" => 70,
        "7.1" | "7.0" | "7.2" => 50,
        rest if rest.starts_with("7.") => 50,
        rest if rest.starts_with("6.") => 52,
        rest if rest.starts_with("4.") => 20,
        "0.0" => return None,
        _ => 40,
    })
}

fn by_code(text: &str) -> Option<u16> {
    let code: u16 = text.trim_start().get(..3)?.parse().ok()?;
    match code {
        421 | 450 | 451 => Some(70),
        452 | 552 => Some(22),
        400..=499 => Some(20),
        551 | 553 => Some(10),
        500..=599 => Some(40),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_receivers_are_told_apart() {
        for (class, text) in [
            (10, "550 5.1.1 <x@example.com>: no such user"),
            (10, "550-5.1.1 The email account that you tried to reach is gone"),
            (10, "this domain is no longer used"),
            (21, "550 5.1.2 Host unknown (Name server: host not found)"),
            (22, "452 4.2.2 The mailbox of the recipient is full"),
            (23, "552 5.3.4 Message size exceeds fixed limit"),
            (24, "554 5.4.7 [internal] exceeded max time without delivery"),
            (51, "554 5.7.1 Service unavailable; client blocked using zen.spamhaus.org"),
            (52, "550 5.7.1 This message looks like spam"),
            (54, "554 5.7.1 Relay access denied"),
            (70, "451 4.7.1 Greylisted, come back"),
            (70, "421 closing"),
            (50, "550 5.7.1 refused"),
            (40, "554 something failed"),
            (1, "hm"),
            (1, ""),
        ] {
            assert_eq!(class_of(text), class, "{text}");
        }
    }

    #[test]
    fn a_bar_stands_for_any_text() {
        assert!(fits("mailbox|full", "the mailbox is full"));
        assert!(!fits("full|mailbox", "the mailbox is full"));
        assert!(fits("", "x") && fits("a||b", "xa b"));
    }
}
