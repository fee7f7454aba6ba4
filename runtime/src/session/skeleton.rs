//! A session file to start from: with all that a script reads.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use momentum_lua_analyzer::project::{FileId, Project};

use super::reads::{self, Reads};

/// The schema, for editors.
const SCHEMA: &str =
    "https://raw.githubusercontent.com/momentum-lua/momentum-lua/main/docs/schema/session.schema.json";

/// Headers that any message has.
const USUAL: [&str; 6] = ["from", "to", "subject", "date", "message-id", "mime-version"];

/// The text of a session file for a script of a project: what it reads stands there, commented with the place; what a
/// user has to know is left in comments, each setting right as soon as its `#` is taken away. `policy` is what the
/// session should name as its policy.
pub fn skeleton(project: &Project, script: FileId, policy: &str) -> String {
    let reads = reads::of_script(project, script);
    let mut out = String::new();
    head(&mut out, &reads, policy);
    connection(&mut out, &reads, project);
    message(&mut out, &reads, project);
    world(&mut out, &reads);
    verdicts(&mut out, &reads);
    driven(&mut out, &reads, project);
    expectations(&mut out, &reads, project);
    out
}

fn head(out: &mut String, reads: &Reads, policy: &str) {
    line(out, &format!("#:schema {SCHEMA}"));
    line(out, "");
    line(out, "# What the session shows, in a sentence.");
    line(out, "description = \"\"");
    line(out, &format!("policy = {}", quoted(policy)));
    line(out, "");
    if reads.hooks.contains_key("msg_gen_data_spool") {
        line(out, "# msg_gen_data_spool runs for transmissions over HTTP alone. They have no connection.");
        line(out, "#injection = \"http\"");
        line(out, "");
    }
    line(out, "# The time at which the session begins.");
    line(out, "clock = 2026-01-15T09:30:00Z");
    if let Some(place) = &reads.timers {
        line(out, "");
        line(out, &format!("# Seconds that pass at the end, for the timers ({place})."));
        line(out, "#advance = 3600");
    }
}

fn connection(out: &mut String, reads: &Reads, project: &Project) {
    section(out, "[connection]");
    line(out, "client = \"192.0.2.10\"");
    line(out, "hello = \"client.example.net\"");
    line(out, "#listener = \"192.0.2.25:25\"      # a Listen stanza of the configuration");
    line(out, "#tls = true");
    line(out, "#auth = { user = \"user\", password = \"password\" }");
    context(out, "connection.context", &reads.connection_context, reads, project, "conn");
}

fn message(out: &mut String, reads: &Reads, project: &Project) {
    section(out, "[[message]]");
    line(out, "mail_from = \"sender@sender.example\"");
    line(out, "recipients = [\"recipient@example.com\"]");
    let others: Vec<_> =
        reads.headers.iter().filter(|(name, _)| !USUAL.contains(&name.to_lowercase().as_str())).collect();
    if !others.is_empty() {
        line(out, "# The script reads:");
        for (name, place) in &others {
            line(out, &format!("#   {} ({place})", one_line(name)));
        }
    }
    line(out, "text = '''");
    line(out, "From: Sender <sender@sender.example>");
    line(out, "To: recipient@example.com");
    line(out, "Subject: A sample message");
    line(out, "Date: Thu, 15 Jan 2026 09:29:58 +0000");
    line(out, "Message-ID: <sample-1@sender.example>");
    for (name, _) in others {
        let is_name =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() && !b":'".contains(&byte));
        // What a header of MIME says has to fit the body: none is right.
        if is_name && !name.to_lowercase().starts_with("content-") {
            line(out, &format!("{name}: sample"));
        }
    }
    line(out, "");
    line(out, "This is a sample.");
    line(out, "'''");
    context(out, "message.context", &reads.message_context, reads, project, "mess");
}

fn context(
    out: &mut String,
    table: &str,
    names: &BTreeMap<String, String>,
    reads: &Reads,
    project: &Project,
    dictionary: &str,
) {
    // What the server sets itself, or a scan by its verdict, is not for the session to say.
    let of_server = |name: &str| {
        let variable = project.api().context_variable(dictionary, name);
        variable.is_some_and(|variable| {
            let by_itself = matches!(variable.module.as_str(), "global" | "core" | "spf");
            by_itself || variable.set_by.iter().any(|function| reads.called.contains(function.as_str()))
        })
    };
    let names: Vec<_> = names.iter().filter(|(name, _)| !of_server(name)).collect();
    if names.is_empty() {
        return;
    }
    section(out, &format!("[{table}]"));
    for (name, place) in names {
        line(out, &format!("#{} = \"\"      # {place}", key(name)));
    }
}

fn world(out: &mut String, reads: &Reads) {
    if !reads.dns.is_empty() {
        section(out, "[dns]");
        for ((name, kind), place) in &reads.dns {
            let unknown = if name.is_none() { ": for each name that is looked up" } else { "" };
            let name = name.as_deref().unwrap_or("sender.example");
            line(out, &format!("# {place}{unknown}"));
            let sample = match kind.as_str() {
                "aaaa" => "2001:db8::10",
                "mx" => "10 mx.sender.example",
                "txt" => "v=spf1 -all",
                "ptr" | "ns" | "cname" => "host.sender.example",
                _ => "192.0.2.10",
            };
            let kind = if ["a", "aaaa", "mx", "txt", "ptr", "ns", "cname"].contains(&kind.as_str()) {
                kind
            } else {
                "a"
            };
            line(out, &format!("#{}.{kind} = [{}]", key(name), quoted(sample)));
        }
    }
    for (name, statements) in &reads.datasources {
        section(out, &format!("[datasources.{}]", key(name)));
        if !statements.is_empty() {
            line(out, "# The script asks:");
        }
        for (statement, place) in statements {
            line(out, &format!("#   {} ({place})", one_line(statement)));
        }
        line(out, "sql = '''");
        line(out, "-- CREATE TABLE ...; INSERT INTO ...;");
        line(out, "'''");
    }
    let mut tables: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
    for (path, place) in &reads.options {
        let Some((name, scopes)) = path.split_last() else { continue };
        let of = |table: String, scope: &String| format!("{table}.{}", key(scope));
        let table = scopes.iter().fold("configuration".to_owned(), of);
        tables.entry(table).or_default().push((name, place));
    }
    for (table, options) in tables {
        section(out, "# Where ecelerity.conf does not have it:");
        line(out, &format!("#[{table}]"));
        for (name, place) in options {
            line(out, &format!("#{} = \"\"      # {place}", key(name)));
        }
    }
    for (monitor, place) in &reads.audits {
        section(out, &format!("# {place}: counted before the session"));
        line(out, "#[[audit]]");
        line(out, &format!("#monitor = {}", quoted(monitor)));
        line(out, "#connections = 10");
    }
    for (name, place) in &reads.bindings {
        section(out, &format!("# {place}; ecelerity.conf may have it already"));
        line(out, "#[[bindings]]");
        line(out, &format!("#name = {}", quoted(name)));
    }
    for (group, place) in &reads.binding_groups {
        section(out, &format!("# {place}; ecelerity.conf may have it already"));
        line(out, "#[[bindings]]");
        line(out, &format!("#name = {}", quoted(&format!("{group}-1"))));
        line(out, &format!("#group = {}", quoted(group)));
    }
    for (address, place) in &reads.http {
        section(out, &format!("# {place}"));
        line(out, "[[http_answer]]");
        if let Some(address) = address {
            line(out, &format!("url = {}", quoted(address)));
        }
        line(out, "status = 200");
        line(out, "body = \"\"");
    }
    if !reads.files.is_empty() || !reads.keys.is_empty() {
        section(out, "[files]");
        if !reads.keys.is_empty() {
            line(
                out,
                "# Private keys that are made for tests: with one, what is signed gets a real signature.",
            );
        }
        for (path, place) in &reads.keys {
            line(out, &format!("#{} = \"\"      # {place}", key(path)));
        }
        for (path, place) in &reads.files {
            line(out, &format!("{} = {{ text = \"\", writable = true }}      # {place}", key(path)));
        }
    }
    for (function, place) in &reads.fixtures {
        section(out, &format!("# {place}"));
        line(out, "#[[api_answer]]");
        line(out, &format!("#function = {}", quoted(function)));
        line(out, "#returns = []");
    }
}

fn verdicts(out: &mut String, reads: &Reads) {
    let known = [
        (&reads.virus, "virus = { name = \"Eicar-Test-Signature\" }"),
        (&reads.spam, "spam = { score = 7.5, spam = true }"),
        (&reads.dkim, "dkim = [{ domain = \"sender.example\", selector = \"s1\", valid = true }]"),
        (&reads.arc, "arc = \"pass\""),
        (&reads.spf, "spf = \"softfail\""),
    ];
    if known.iter().all(|(place, _)| place.is_none()) {
        return;
    }
    section(out, "[verdicts]");
    for (place, setting) in known {
        if let Some(place) = place {
            line(out, &format!("#{setting}      # {place}"));
        }
    }
}

fn driven(out: &mut String, reads: &Reads, project: &Project) {
    for (command, place) in &reads.commands {
        section(out, &format!("# {place}"));
        line(out, "#[[command]]");
        line(out, &format!("#line = {}", quoted(command)));
    }
    for ((method, path), place) in &reads.endpoints {
        section(out, &format!("# {place}"));
        line(out, "#[[http_request]]");
        line(out, &format!("#method = {}", quoted(&method.to_uppercase())));
        line(out, &format!("#path = {}", quoted(path)));
    }
    for (hook, parameters) in &reads.hooks {
        let in_a_phase = project.api().hook(hook).is_some_and(|hook| !hook.phases.is_empty());
        let runs_by_itself = project.api().phases().into_iter().any(|phase| phase.has(hook));
        if in_a_phase || runs_by_itself || hook.starts_with("core_log_") || hook.starts_with("validate_") {
            continue;
        }
        let how = match is_undescribed(project, hook) {
            true => "No page says when the server calls it, so it runs by its name alone, with",
            false => "Runs when the session reaches it; to call it by name:",
        };
        section(out, &format!("# {how} {}", parameters.join(", ")));
        line(out, "#[[hook]]");
        line(out, &format!("#name = {}", quoted(hook)));
        line(out, "#arguments = []");
    }
}

/// Whether scripts use a hook that no page describes: nothing calls it by itself.
fn is_undescribed(project: &Project, hook: &str) -> bool {
    project.api().hook(hook).is_some_and(|hook| hook.about.undocumented)
}

fn expectations(out: &mut String, reads: &Reads, project: &Project) {
    section(out, "# What should become of it: then `momentum-lua test` compares.");
    line(out, "#[expect]");
    line(out, "#disposition = \"delivered\"");
    if reads.hooks.keys().any(|hook| hook == "validate_set_binding") {
        line(out, "#binding = \"name\"");
    }
    line(out, "#errors = []");
    let run = reads.hooks.keys().filter(|hook| !is_undescribed(project, hook));
    let callouts: Vec<String> = run.map(|hook| quoted(hook)).collect();
    if !callouts.is_empty() {
        line(out, &format!("#callouts = {{ run = [{}] }}", callouts.join(", ")));
    }
}

fn line(out: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(out, "{text}");
}

fn section(out: &mut String, text: &str) {
    line(out, "");
    line(out, text);
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|char| !char.is_control()).collect()
}

fn key(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !name.is_empty() && name.bytes().all(plain) {
        return name.to_owned();
    }
    quoted(name)
}

/// A text as a basic string of TOML, on one line.
fn quoted(text: &str) -> String {
    let escaped = text.chars().flat_map(|char| match char {
        '"' | '\\' => vec!['\\', char],
        char if char.is_control() => format!("\\u{:04X}", char as u32).chars().collect(),
        char => vec![char],
    });
    format!("\"{}\"", escaped.collect::<String>())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use momentum_lua_analyzer::project::{FileKind, Settings};
    use momentum_lua_stub_reader::model::Version;
    use rustc_hash::FxHashMap;

    use super::*;
    use crate::session::{NoFiles, read_toml};

    const MODULE: &str = r#"
require("msys.core")
require("msys.db")
local M = {}
function M.header(msg, name)
  local all = msg:header(name or "X-Default")
  return all and all[1]
end
function M.global_caller(message)
  return message:header("X-Of-Whom-Nobody-Knows"), message:remove("no header")
end
function M:variable(vctx, name)
  local wanted = name
  return vctx:get(msys.core.VCTX_MESS, wanted)
end
function M.known(name)
  return msys.db.fetch_row("directory", "SELECT 1\n FROM mailboxes WHERE name = ?", { name })
end
return M
"#;

    const SCRIPT: &str = r#"
require("msys.core")
require("msys.extended.message")
require("msys.av") require("msys.audit") require("msys.validate.opendkim")
local known = require("known")
local mod = {}
function mod:init()
  timer = msys.timer.every(60, function() end)
  return true
end
function mod:validate_data(msg, accept, vctx)
  local campaign = msg:header("X-Campaign")[1]
  if vctx:get(msys.core.VCTX_CONN, "customer") == "" or vctx:get(msys.core.VCTX_CONN, "ehlo_domain") == "x" then
    return msys.core.VALIDATE_CONT
  end
  msg:context_set(msys.core.ECMESS_CTX_MESS, "own", campaign)
  local own = msg:context_get(msys.core.ECMESS_CTX_MESS, "own")
  local tariff = msg:context_get(msys.core.ECMESS_CTX_MESS, 'ta"riff')
  local records = msys.dnsLookup("list.example", "txt")
  msys.av.scan("csapi", msg, vctx)
  local file = io.open("/etc/motd")
  known.known(own)
  known.header(msg, "X-Through-A-Module")
  known:variable(vctx, "through_a_method")
  msys.expandMacro("%{vctx_mess:through_a_macro} %{vctx_conn:zone} %h{X-Format}")
  vctx:get(msys.core.VCTX_MESS, "spf_status")
  msys.core.validate_context_get(vctx, msys.core.VCTX_CONN, "through_c")
  vctx:get(msys.core.VCTX_CONN, "early_talker")
  local name, retries = msys.config("get", "hostname"), msys.config("eval", "domain", "x.example", "retries")
  local seen = msys.audit.connections("60,1")
  return msys.core.VALIDATE_CONT
end
function mod:validate_set_binding(msg)
  msg:binding("bulk")
  return msys.core.VALIDATE_CONT
end
function mod:core_final_validation(msg, accept, vctx)
  msys.validate.opendkim.sign(msg, vctx, { selector = "s1", keyfile = "/etc/dkim/s1.key" })
end
function mod:core_post_msg_each_rcpt(msg, ac, vctx)
end
msys.registerModule("sample", mod)
"#;

    fn written() -> String {
        let api = momentum_lua_stubs::api();
        let settings = Settings {
            target: Version { major: 4, minor: 4, patch: 0 },
            severities: FxHashMap::default(),
            select: Vec::new(),
        };
        let mut project = Project::new(Arc::new(api.clone()), settings);
        let script = project.set_file("sample.lua", FileKind::Lua, SCRIPT);
        project.set_file("known.lua", FileKind::Lua, MODULE);
        project.update();
        skeleton(&project, script, "sample.lua")
    }

    #[test]
    fn all_that_the_script_reads_stands_there() {
        let text = written();
        for part in [
            "policy = \"sample.lua\"",
            "#advance = 3600",
            "X-Campaign: sample",
            "#customer = \"\"      # sample.lua:13",
            "#\"ta\\\"riff\" = \"\"      # sample.lua:18",
            "#\"list.example\".txt = [\"v=spf1 -all\"]",
            "[datasources.directory]",
            "#   SELECT 1 FROM mailboxes WHERE name = ? (known.lua:17)",
            "#name = \"bulk\"",
            "\"/etc/motd\" = { text = \"\", writable = true }      # sample.lua:21",
            "#[configuration.domain.\"x.example\"]\n#retries = \"\"      # sample.lua:29",
            "#monitor = \"60,1\"",
            "# No page says when the server calls it, so it runs by its name alone, with msg, ac, vctx\n#[[hook]]\n#name = \"core_post_msg_each_rcpt\"",
            "#virus = { name = \"Eicar-Test-Signature\" }      # sample.lua:20",
            "X-Through-A-Module: sample",
            "X-Of-Whom-Nobody-Knows: sample",
            "X-Default: sample",
            "X-Format: sample",
            "#through_a_method = \"\"      # known.lua:14",
            "#through_a_macro = \"\"",
            "#zone = \"\"",
            "#through_c = \"\"",
            "#early_talker = \"\"",
            "#spf = \"softfail\"",
            "#\"/etc/dkim/s1.key\" = \"\"      # sample.lua:38",
            "#callouts = { run = [\"core_final_validation\", \"init\", \"validate_data\", \"validate_set_binding\"] }",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert!(!text.contains("#own"), "the script sets it: {text}");
        assert!(!text.contains("ehlo_domain"), "the server sets it: {text}");
        assert!(!text.contains("spf_status"), "it is the verdict of SPF: {text}");
        assert_eq!(text.matches("[[hook]]").count(), 1, "every session comes to the others: {text}");
    }

    #[test]
    fn it_is_right_as_it_is_and_with_all_settings_taken_in() {
        let text = written();
        let (session, errors) = read_toml(&text, &NoFiles);
        assert_eq!(errors, [], "{text}");
        assert_eq!(session.messages.len(), 1);
        let is_setting = |rest: &str| !rest.is_empty() && !rest.starts_with([' ', ':']);
        let lines = text.lines().map(|line| match line.strip_prefix('#') {
            Some(rest) if is_setting(rest) => rest,
            _ => line,
        });
        let all: String = lines.map(|line| format!("{line}\n")).collect();
        let (session, errors) = read_toml(&all, &NoFiles);
        assert_eq!(errors, [], "{all}");
        assert!(session.expect.is_some() && session.connection.tls.is_some() && !session.bindings.is_empty());
    }
}
