#![allow(clippy::indexing_slicing, reason = "all of it is tests")]

use momentum_lua_analyzer::configuration::toml_text::TomlError;
use proptest::prelude::*;

use super::{json_schema, read_toml};
use crate::session::{
    Disposition, DnsFailure, DnsName, Files, HookArgument, NoFiles, ReplyWanted, Session, Wanted,
};

struct Folder;

impl Files for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        match path {
            "unix.eml" => Ok(b"From: a@b.example\n\nx\n".to_vec()),
            "binary.eml" => Ok(b"From: a@b.example\r\n\r\n\0\xff\n\r\r\n".to_vec()),
            "common/world.toml" => Ok(b"clock = 2026-02-01T00:00:00Z\n[dns]\n\"a.example\" = \"timeout\"\n\"b.example\" = \"nxdomain\"\n[datasources.d]\nfiles = [\"../t.sql\"]\n".to_vec()),
            "wrong.toml" => Ok(b"clock = 1\n[[message]]\n".to_vec()),
            "t.sql" | "common/../t.sql" => Ok(b"CREATE TABLE t (a)".to_vec()),
            "lists/one" => Ok(b"1".to_vec()),
            _ => Err("no such file".to_owned()),
        }
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, String> {
        if folder == "lists" { Ok(vec!["one".to_owned()]) } else { Err("no such folder".to_owned()) }
    }
}

fn read(text: &str) -> Session {
    let (session, errors) = read_toml(text, &Folder);
    assert_eq!(errors, [], "{text}");
    session
}

fn mistakes(text: &str) -> Vec<String> {
    let (_, errors) = read_toml(text, &Folder);
    errors.iter().map(|error: &TomlError| format!("{} {error}", error.location)).collect()
}

#[test]
fn nothing_is_needed() {
    assert_eq!(read(""), crate::session::invented());
}

#[test]
fn short_and_long_forms_mean_what_they_say() {
    let session = read(
        r#"
clock = 2026-03-01T12:00:00Z
advance = 60
disconnect_after = "rcptto"

[connection]
client = "[2001:db8::1]:2525"
tls = true

[[message]]
mail_from = ""
recipients = ["a@example.com", { address = "b@example.com", delivery = "550 5.1.1 gone", expect = { disposition = "bounced" } }]
text = """
From: x

hi
"""

[[message]]
file = "binary.eml"
recipients = [{ address = "c@example.com", delivery = ["451 later", "250 ok"] }]

[dns]
"gone.example" = "nxdomain"
"example.com" = { mx = ["10 mx.example.com"], failures = { txt = "timeout" } }

[files]
"/etc/motd" = "hello"
"/etc/lists" = { folder = "lists" }
"/tmp/out" = { text = "", writable = true }

[datasources.d]
files = ["t.sql"]
sql = "INSERT INTO t VALUES (1);"

[[hook]]
name = "core_log_delivery_v1"
arguments = ["x", 1, 1.5, false, { message = 2, recipient = "c@example.com" }]

[expect]
replies = { rcptto = 550, data = "250 2.0.0 OK", mailfrom = { text = { pcre = "^2" } } }
headers = { X-A = false, X-B = ["1", { contains = "2" }] }
"#,
    );
    assert_eq!(session.clock.to_string(), "2026-03-01T12:00:00Z");
    assert_eq!(session.connection.client.port, 2525);
    assert!(session.connection.tls.is_some());
    let [first, second] = session.messages.as_slice() else { panic!("two messages") };
    assert_eq!(first.sender(), "");
    assert_eq!(first.bytes, "From: x\r\n\r\nhi\r\n");
    assert_eq!(first.recipients[1].delivery[0].code, 550);
    let expected = first.recipients[1].expect.as_ref().unwrap();
    assert_eq!(expected.disposition, Some(Disposition::Bounced));
    assert_eq!(&second.bytes[..], b"From: a@b.example\r\n\r\n\0\xff\n\r\r\n");
    assert_eq!(second.sender(), "a@b.example");
    assert_eq!(second.recipients[0].delivery.len(), 2);
    assert_eq!(session.files["/etc/lists"].files["one"], "1");
    assert!(session.files["/tmp/out"].writable);
    assert_eq!(session.datasources["d"].statements, "CREATE TABLE t (a)\n;\nINSERT INTO t VALUES (1);");
    assert!(
        matches!(&session.hook[0].arguments[4], HookArgument::Object(object) if object.message == Some(2))
    );
    let expect = session.expect.unwrap();
    assert_eq!(expect.replies.rcptto, Some(ReplyWanted::Code(550)));
    assert!(matches!(&expect.replies.data, Some(ReplyWanted::Whole(reply)) if reply.text == "2.0.0 OK"));
    assert_eq!(expect.headers["X-A"], Wanted::There(false));
    assert!(matches!(&expect.headers["X-B"], Wanted::All(values) if values.len() == 2));
}

#[test]
fn every_mistake_is_reported_where_it_is() {
    let text = r#"descripton = "x"
injection = "smpt"
advance = -1
[connection]
client = "192.0.2.300"
helo = "x"
tls = "yes"
[[message]]
mail_from = "<a@b.example>"
recipients = "a@b.example"
file = "missing.eml"
[[message]]
text = "x"
base64 = "!"
recipients = [{ adress = "x" }, 5]
[expect]
disposition = "deliverd"
replies = { rcpt = 250, data = "fine" }
[[command]]
"#;
    assert_eq!(
        mistakes(text),
        [
            "1:1 unknown key `descripton`, did you mean `description`?",
            "2:13 `smpt` is no value of `injection`, did you mean `smtp`?",
            "3:11 `advance` must be 0 or more",
            "5:10 `192.0.2.300` is not an address: write 192.0.2.10, 192.0.2.10:25 or [2001:db8::10]:25",
            "6:1 unknown key `helo` in `connection`, did you mean `hello`?",
            "7:7 `connection.tls` must be `true` or `false` or a table, not a string",
            "9:13 an address stands without `<` and `>` here: write \"a@b.example\"",
            "10:14 `message.recipients` must be an array, not a string: put it into `[` and `]`",
            "11:8 cannot read `missing.eml`: no such file",
            "14:10 `text` gives the content already: leave `base64` out",
            "15:15 `message.recipients` needs `address`",
            "15:17 unknown key `adress` in `message.recipients`, did you mean `address`?",
            "15:33 `message.recipients` must be a string or a table, not an integer",
            "17:15 `deliverd` is no value of `expect.disposition`, did you mean `delivered`?",
            "18:13 unknown key `rcpt` in `expect.replies`, did you mean `rcptto`?",
            "18:32 `fine` is not an SMTP reply: write its code and text, \"550 5.1.1 No such user\"",
            "19:1 `command` needs `line`",
        ]
    );
}

#[test]
fn records_and_recipients_are_looked_at() {
    let text = r#"[dns]
"a.example" = { mx = ["mx.a.example", "10 mx.a.example", "5 a b"], a = ["192.0.2", "192.0.2.1"] }
"b.example" = { aaaa = ["192.0.2.1", "2001:db8::1"], srv = ["0 5 mail.example", "0 5 25 mail.example"] }
[[message]]
mail_from = ""
recipients = ["", "postmaster"]
"#;
    assert_eq!(
        mistakes(text),
        [
            "2:23 an MX record has a preference here: write \"10 mx.example.com\"",
            "2:58 an MX record has the name of one host here: write \"10 mx.example.com\"",
            "2:73 `192.0.2` is no IPv4 address: an A record is written as \"192.0.2.10\"",
            "3:25 `192.0.2.1` is no IPv6 address: an AAAA record is written as \"2001:db8::10\"",
            "3:61 an SRV record has a port here: write \"0 5 25 mail.example.com\"",
            "6:15 a recipient has an address: only the sender may be `\"\"`",
        ]
    );
}

#[test]
fn settings_that_do_not_fit_each_other_are_reported() {
    assert_eq!(
        mistakes("injection = \"http\"\n[connection]\nhello = \"x\"\n"),
        ["3:9 there is no SMTP session with `injection = \"http\"`: leave this out"]
    );
    assert_eq!(
        mistakes("[[hook]]\nname = \"x\"\narguments = [{ message = 3 }]\n"),
        ["3:26 the messages of the session count from 1 to 1"]
    );
    assert_eq!(
        mistakes("[files]\n\"/a\" = { folder = \"nowhere\" }\n"),
        ["2:19 cannot read `nowhere`: no such folder"]
    );
}

#[test]
fn what_sessions_have_in_common_is_included() {
    let session = read("include = [\"common/world.toml\"]\n[dns]\n\"a.example\" = \"servfail\"\n");
    assert_eq!(session.clock.to_string(), "2026-02-01T00:00:00Z");
    assert!(session.invented.iter().all(|value| value.key != "clock"));
    assert!(matches!(session.dns["a.example"], DnsName::Failure(DnsFailure::Servfail)));
    assert!(matches!(session.dns["b.example"], DnsName::Failure(DnsFailure::Nxdomain)));
    assert_eq!(session.datasources["d"].statements, "CREATE TABLE t (a)\n;\n");
    assert_eq!(
        mistakes("include = [\"wrong.toml\", \"none.toml\"]"),
        [
            "1:12 wrong.toml:1:9: `clock` must be a time such as 2026-01-15T09:30:00Z, not an integer",
            "1:12 `wrong.toml` cannot be included: it has `message`, which belongs to one session",
            "1:26 cannot read `none.toml`: no such file",
        ]
    );
}

#[test]
fn syntax_errors_do_not_hide_other_mistakes() {
    let found = mistakes("clock = 5\n[connection\nclient = 7\n");
    assert!(found.len() >= 2, "{found:?}");
    assert!(found[0].starts_with("1:9 `clock` must be a time such as"), "{found:?}");
}

#[test]
fn the_schema_is_one_and_the_committed_copy_is_fresh() {
    crate::schema::assert_fresh("session.schema.json", &json_schema());
}

proptest! {
    #[test]
    fn any_text_gives_a_session(text in "(\\[\\[?(message|connection|expect|files|dns)\\]?\\]?\n|(text|file|recipients|clock|tls|a) = ([0-9.-]{1,8}|\"[a-z.@<>]{0,9}\"|\\[[\"a,1]{0,6}|\\{\\}|true)\n|.{0,12}\n){0,12}") {
        let (session, _) = read_toml(&text, &NoFiles);
        for mail in &session.messages {
            prop_assert!(mail.mail_from.is_some() && !mail.recipients.is_empty());
        }
    }
}
