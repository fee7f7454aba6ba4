//! Brings in the bytes that a session file names or encodes, and compares settings that must fit each other.

use bytes::Bytes;

use super::check::Checker;
use crate::database::Database;
use crate::session::content::{Files, decode_base64};
use crate::session::{Content, FileEntry, Injection, Session, line_ends};

/// Reads all files that the session names.
pub(super) fn load(session: &mut Session, checker: &mut Checker<'_>, files: &dyn Files) {
    for (index, mail) in session.messages.iter_mut().enumerate() {
        let path = format!("message[{}]", index + 1);
        let mut content = Content {
            text: mail.text.take(),
            base64: mail.base64.take(),
            file: mail.file.take(),
            bytes: Bytes::new(),
        };
        load_content(&mut content, &path, checker, files);
        mail.bytes = if content.text.is_some() {
            line_ends::to_crlf(&content.bytes)
        } else if content.file.is_some() {
            line_ends::of_file(&content.bytes)
        } else {
            content.bytes.clone()
        };
        (mail.text, mail.base64, mail.file) = (content.text, content.base64, content.file);
    }
    for (name, datasource) in &mut session.datasources {
        let mut statements = String::new();
        for (index, file) in datasource.files.iter().enumerate() {
            let place = format!("datasources.{name}.files[{}]", index + 1);
            let Some(bytes) = read(file, &place, checker, files) else { continue };
            match String::from_utf8(bytes) {
                Ok(text) => statements.push_str(&text),
                Err(_) => complain(checker, &place, format!("`{file}` is not UTF-8")),
            }
            // The last statement of a file may lack its end, or stand before a comment.
            statements.push_str("\n;\n");
        }
        statements.push_str(&datasource.sql);
        datasource.statements = statements;
        if let Some(file) = &datasource.database
            && let Some(bytes) = read(file, &format!("datasources.{name}.database"), checker, files)
        {
            datasource.bytes = bytes.into();
        }
        if let Err(reason) = Database::open(&datasource.bytes, &datasource.statements) {
            let key = match (datasource.bytes.is_empty(), datasource.sql.is_empty()) {
                (false, _) if Database::open(&datasource.bytes, "").is_err() => ".database",
                (_, false) => ".sql",
                _ => "",
            };
            complain(
                checker,
                &format!("datasources.{name}{key}"),
                format!("the database cannot be made: {reason}"),
            );
        }
    }
    for (index, answer) in session.http_answer.iter_mut().enumerate() {
        load_content(&mut answer.body, &format!("http_answer[{}].body", index + 1), checker, files);
    }
    for (index, request) in session.http_request.iter_mut().enumerate() {
        load_content(&mut request.body, &format!("http_request[{}].body", index + 1), checker, files);
    }
    for (path, entry) in &mut session.files {
        load_file_entry(entry, path, checker, files);
    }
    compare(session, checker);
}

fn load_content(content: &mut Content, path: &str, checker: &mut Checker<'_>, files: &dyn Files) {
    let given = [
        ("text", content.text.is_some()),
        ("base64", content.base64.is_some()),
        ("file", content.file.is_some()),
    ];
    let mut given = given.iter().filter(|(_, given)| *given).map(|(name, _)| *name);
    if let (Some(first), Some(second)) = (given.next(), given.next()) {
        let message = format!("`{first}` gives the content already: leave `{second}` out");
        complain(checker, &format!("{path}.{second}"), message);
    }
    if let Some(text) = &content.text {
        content.bytes = Bytes::copy_from_slice(text.as_bytes());
    } else if let Some(base64) = &content.base64 {
        match decode_base64(base64) {
            Some(bytes) => content.bytes = bytes.into(),
            None => complain(checker, &format!("{path}.base64"), "this is not base64".to_owned()),
        }
    } else if let Some(file) = content.file.clone()
        && let Some(bytes) = read(&file, &format!("{path}.file"), checker, files)
    {
        content.bytes = bytes.into();
    }
}

fn load_file_entry(entry: &mut FileEntry, path: &str, checker: &mut Checker<'_>, files: &dyn Files) {
    let place = format!("files.{path}");
    let Some(folder) = entry.folder.clone() else {
        load_content(&mut entry.content, &place, checker, files);
        return;
    };
    if entry.content != Content::default() {
        let message = "a folder takes its files from `folder`: leave `text`, `base64` and `file` out";
        complain(checker, &format!("{place}.folder"), message.to_owned());
    }
    let names = match files.list(&folder) {
        Ok(names) => names,
        Err(reason) => {
            complain(checker, &format!("{place}.folder"), format!("cannot read `{folder}`: {reason}"));
            return;
        }
    };
    for name in names {
        let file = format!("{}/{name}", folder.trim_end_matches('/'));
        if let Some(bytes) = read(&file, &format!("{place}.folder"), checker, files) {
            entry.files.insert(name, bytes.into());
        }
    }
}

fn read(file: &str, place: &str, checker: &mut Checker<'_>, files: &dyn Files) -> Option<Vec<u8>> {
    match files.read(file) {
        Ok(bytes) => Some(bytes),
        Err(reason) => {
            complain(checker, place, format!("cannot read `{file}`: {reason}"));
            None
        }
    }
}

/// Settings that are right each on their own, and do not fit each other.
fn compare(session: &Session, checker: &mut Checker<'_>) {
    if session.injection == Injection::Http {
        for key in ["connection.tls", "connection.auth", "connection.hello", "connection.greeting"] {
            if checker.places.contains_key(key) {
                let message = "there is no SMTP session with `injection = \"http\"`: leave this out";
                complain(checker, key, message.to_owned());
            }
        }
    }
    for (index, traffic) in session.adaptive.iter().enumerate() {
        let place = format!("adaptive[{}]", index + 1);
        if traffic.domain.is_empty() {
            complain(checker, &place, "`adaptive` needs `domain`".to_owned());
        }
        for class in traffic.bounces.keys().filter(|class| class.parse::<u16>().is_err()) {
            let message = format!("a bounce class is a number, as `10`, and `{class}` is none");
            complain(checker, &format!("{place}.bounces.{class}"), message);
        }
        if traffic.attempts.is_some_and(|attempts| attempts < traffic.deliveries) {
            let message = "there cannot be fewer attempts than deliveries".to_owned();
            complain(checker, &format!("{place}.attempts"), message);
        }
    }
    for (index, call) in session.hook.iter().enumerate() {
        for (number, argument) in call.arguments.iter().enumerate() {
            let crate::session::HookArgument::Object(object) = argument else { continue };
            let place = format!("hook[{}].arguments[{}].message", index + 1, number + 1);
            let count = session.messages.len().max(1);
            if object.message.is_some_and(|message| message > count) {
                complain(checker, &place, format!("the messages of the session count from 1 to {count}"));
            }
        }
    }
}

/// Complains at a key, or at the nearest one above that stands in the file.
fn complain(checker: &mut Checker<'_>, place: &str, message: String) {
    let mut place = place;
    let range = loop {
        if let Some(range) = checker.places.get(place) {
            break range.clone();
        }
        match place.rfind(['.', '[']) {
            Some(end) => place = place.get(..end).unwrap_or_default(),
            None => break 0..0,
        }
    };
    checker.error(range, message);
}
