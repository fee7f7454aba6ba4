//! Sessions that others read are right: those of the examples and those in the documentation.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "all of it is tests")]

use std::path::{Path, PathBuf};

use momentum_lua_runtime::session::{Files, NoFiles, Session, from_transcript, json_schema, read_toml};

struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        std::fs::read(self.0.join(path)).map_err(|error| error.to_string())
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, String> {
        let entries = std::fs::read_dir(self.0.join(folder)).map_err(|error| error.to_string())?;
        Ok(entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect())
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn examples() -> Vec<(String, Session)> {
    let folder = root().join("examples/sessions");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let (session, errors) = read_toml(&text, &Folder(folder.clone()));
        let shown: Vec<String> = errors.iter().map(|error| format!("{}: {error}", error.location)).collect();
        assert!(shown.is_empty(), "{}: {shown:#?}", path.display());
        found.push((path.file_stem().unwrap().to_string_lossy().into_owned(), session));
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

#[test]
fn the_example_sessions_are_right_and_expect_something() {
    let sessions = examples();
    let expecting = sessions.iter().filter(|(_, session)| expects(session)).count();
    assert!(expecting >= 15, "{expecting}");
    for (name, session) in &sessions {
        assert!(session.description.is_some() || name == "world", "{name} says what it shows");
        assert!(expects(session) || name == "world", "{name} expects something");
        for mail in &session.messages {
            assert!(
                !mail.bytes.is_empty() && mail.mail_from.is_some() && !mail.recipients.is_empty(),
                "{name}"
            );
        }
    }
    let huge = &sessions.iter().find(|(name, _)| name == "huge").unwrap().1;
    assert_eq!(huge.messages[0].bytes.len(), 5_000_000);
    let dsn = &sessions.iter().find(|(name, _)| name == "dsn").unwrap().1;
    assert_eq!(dsn.messages[0].sender(), "");
    assert_eq!(
        dsn.messages[0].recipients[0].address,
        "b-bookshop-reader=mailbox.example@bounces.example.com"
    );
    assert!(dsn.datasources["policy"].statements.contains("CREATE TABLE customers"));
}

fn expects(session: &Session) -> bool {
    session.expect.is_some()
        || session.command.iter().any(|command| command.expect.is_some())
        || session.messages.iter().any(|mail| {
            mail.expect.is_some() || mail.recipients.iter().any(|recipient| recipient.expect.is_some())
        })
}

#[test]
fn the_example_transcript_is_right() {
    let bytes = std::fs::read(root().join("examples/sessions/transcript.txt")).unwrap();
    let (session, errors) = from_transcript(&bytes);
    assert_eq!(errors, []);
    let mail = &session.messages[0];
    assert_eq!((mail.sender(), mail.recipients.len()), ("eva@mailbox.example", 2));
    assert!(mail.bytes.ends_with(b"are passed over.\r\n"));
}

#[test]
fn the_documentation_shows_sessions_that_are_right_and_names_every_key() {
    let text = std::fs::read_to_string(root().join("docs/sessions.md")).unwrap().replace("\r\n", "\n");
    let mut count = 0;
    for block in text.split("```toml\n").skip(1) {
        let block = block.split("```").next().unwrap();
        let (_, errors) = read_toml(block, &Folder(root().join("examples/sessions")));
        let shown: Vec<String> = errors.iter().map(|error| format!("{}: {error}", error.location)).collect();
        assert!(shown.is_empty(), "{block}\n{shown:#?}");
        count += 1;
    }
    assert!(count >= 7, "{count}");
    let schema: serde_json::Value = serde_json::from_str(&json_schema()).unwrap();
    let mut missing = Vec::new();
    let definitions = schema["definitions"].as_object().unwrap().values();
    for object in definitions.chain([&schema]) {
        for key in object["properties"].as_object().into_iter().flat_map(|properties| properties.keys()) {
            if !text.contains(&format!("`{key}`"))
                && !text.contains(&format!("{key} = "))
                && !missing.contains(key)
            {
                missing.push(key.clone());
            }
        }
    }
    assert!(missing.is_empty(), "docs/sessions.md does not speak of {missing:?}");
}

#[test]
fn the_documented_complaint_is_what_the_reader_says() {
    let text = std::fs::read_to_string(root().join("docs/sessions.md")).unwrap();
    let (_, errors) = read_toml("[expect]\ndispositon = \"deliverd\"\n", &NoFiles);
    for error in errors {
        let line = format!("sessions/greylisting.toml:{}: error: {error}", error.location);
        assert!(text.contains(&line), "{line}");
    }
}
