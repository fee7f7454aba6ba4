//! `%{rfc2822:…}`: the message and its parts; `%{rfc822:date}`.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Subject;
use crate::api::Call;
use crate::machine;

/// The time as a Date field writes it.
pub(in crate::api) fn date(now: f64) -> String {
    let time = Timestamp::from_second(now.floor() as i64).unwrap_or(Timestamp::UNIX_EPOCH);
    jiff::fmt::rfc2822::to_string(&time.to_zoned(TimeZone::UTC)).unwrap_or_default()
}

/// The value of a macro with its arguments; `None` for one that there is not.
pub(super) fn value(call: &Call<'_>, subject: &Subject, written: &str) -> mlua::Result<Option<Vec<u8>>> {
    let mut words = written.split(',');
    let name = words.next().unwrap_or_default();
    let arguments: Vec<&str> = words.map(str::trim).collect();
    if !["message", "headers", "body", "text", "part"].contains(&name) {
        return Ok(None);
    }
    let Some(message) = subject.message() else { return Ok(Some(Vec::new())) };
    let content = message.content.borrow();
    let bytes = match (name, &arguments[..]) {
        ("message", []) => content.to_bytes().to_vec(),
        ("message", [most, ..]) => first(&content.to_bytes(), most),
        ("headers", _) => {
            let (whole, body) = (content.to_bytes(), content.body());
            let header = whole.get(..whole.len().saturating_sub(body.len())).unwrap_or_default();
            header.strip_suffix(b"\r\n").unwrap_or(header).to_vec()
        }
        ("body", []) => content.body().to_vec(),
        ("body", [most, ..]) => first(&content.body(), most),
        ("text", []) => {
            let part = content.text_parts(None).into_iter().next();
            part.and_then(|part| content.part_text(part)).unwrap_or_default().into_bytes()
        }
        ("part" | "text", [index, rest @ ..]) => {
            // Containers are no parts of their own; a message that is no MIME message has one part, itself.
            let parts = match name {
                "part" => content.parts().filter(|part| content.children(*part).is_empty()).collect(),
                _ => content.text_parts(None),
            };
            let index = index.parse::<usize>().ok().and_then(|index| index.checked_sub(1));
            match (index.and_then(|index| parts.get(index).copied()), rest.first()) {
                (None, _) => Vec::new(),
                (Some(part), Some(most)) => {
                    first(content.part_text(part).unwrap_or_default().as_bytes(), most)
                }
                (Some(part), None) => content.part_bytes(part).to_vec(),
            }
        }
        _ => return Ok(None),
    };
    machine::charge(call.lua(), bytes.len() as u64 / 8)?;
    Ok(Some(bytes))
}

/// The first lines, or with `b` behind the number the first bytes.
fn first(bytes: &[u8], most: &str) -> Vec<u8> {
    if let Some(count) = most.strip_suffix('b').and_then(|count| count.parse::<usize>().ok()) {
        return bytes.get(..count.min(bytes.len())).unwrap_or_default().to_vec();
    }
    let lines = most.parse::<usize>().unwrap_or(0);
    bytes.split_inclusive(|byte| *byte == b'\n').take(lines).flatten().copied().collect()
}
