//! Names of mail headers.

use super::cursor::Cursor;
use super::item::{Item, ItemKind, Rank};
use super::used_texts::used_texts;
use crate::ide::named::Named;

/// Headers that policy reads and writes, as their RFCs spell them: RFC 5322, 2045, 2369, 2919, 8058, 3834, 3798, 8601,
/// 8617, 6376, 5064, 5703, and the customary ones.
const HEADERS: &[&str] = &[
    "ARC-Authentication-Results",
    "ARC-Message-Signature",
    "ARC-Seal",
    "Archived-At",
    "Authentication-Results",
    "Auto-Submitted",
    "Bcc",
    "Cc",
    "Comments",
    "Content-Description",
    "Content-Disposition",
    "Content-ID",
    "Content-Language",
    "Content-Location",
    "Content-Transfer-Encoding",
    "Content-Type",
    "DKIM-Signature",
    "Date",
    "Delivered-To",
    "Disposition-Notification-To",
    "Feedback-ID",
    "From",
    "Importance",
    "In-Reply-To",
    "Keywords",
    "List-Archive",
    "List-Help",
    "List-ID",
    "List-Owner",
    "List-Post",
    "List-Subscribe",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "MIME-Version",
    "Message-ID",
    "Organization",
    "Original-Recipient",
    "Precedence",
    "Priority",
    "Received",
    "Received-SPF",
    "References",
    "Reply-To",
    "Resent-Bcc",
    "Resent-Cc",
    "Resent-Date",
    "Resent-From",
    "Resent-Message-ID",
    "Resent-Sender",
    "Resent-To",
    "Return-Path",
    "Sender",
    "Sensitivity",
    "Subject",
    "To",
    "User-Agent",
    "X-Auto-Response-Suppress",
    "X-MSYS-API",
    "X-Mailer",
    "X-Original-To",
    "X-Originating-IP",
    "X-Priority",
    "X-Spam-Flag",
    "X-Spam-Level",
    "X-Spam-Score",
    "X-Spam-Status",
];

/// The customary headers, and before them those that the project's scripts name.
pub(super) fn items(cursor: &Cursor<'_, '_>) -> Vec<Item> {
    let used =
        used_texts(cursor, |function, position, _| Named::of(function, position) == Some(Named::Header));
    let customary =
        HEADERS.iter().filter(|header| !used.iter().any(|name| name.eq_ignore_ascii_case(header)));
    let mut items: Vec<Item> = customary.map(|header| Item::new(*header, ItemKind::Value)).collect();
    items.extend(used.iter().map(|name| Item::new(name.as_str(), ItemKind::Value).rank(Rank::Near)));
    items
}
