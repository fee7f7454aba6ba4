//! An SMTP transcript as a session: what a client sends, with or without the replies of a server.
//!
//! Lines may be marked with who speaks, `C: ` and `S: ` or as swaks does (` -> `, `<-  `). Without marks, a line that
//! begins like a reply (`250 OK`) is one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use momentum_lua_analyzer::configuration::Location;
use momentum_lua_analyzer::configuration::near::did_you_mean;
use momentum_lua_analyzer::configuration::toml_text::TomlError;

use super::connection::{AuthAttempt, AuthResult, Greeting, Tls};
use super::{Mail, Phase, Recipient, Session, invent};

const COMMANDS: [&str; 14] = [
    "EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT", "VRFY", "EXPN",
    "HELP", "ETRN",
];

/// Reads a transcript. Gives a session that can run, whatever the bytes are, and all mistakes in order of position.
/// Binary content of messages survives.
pub fn from_transcript(bytes: &[u8]) -> (Session, Vec<TomlError>) {
    let mut reader = Reader::default();
    let mut start = 0;
    for (number, line) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
        let begin = start;
        start += line.len();
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        reader.place = (number + 1, begin, line.len());
        reader.line(line);
    }
    reader.finish()
}

/// Whether bytes look like a transcript: their first line is a greeting of a client or of a server, or the beginning of an
/// envelope, which no header is named like. What swaks says of itself (`=== Trying …`) may stand before it.
pub fn looks_like_transcript(bytes: &[u8]) -> bool {
    let tells = |line: &&[u8]| !line.trim_ascii().is_empty() && !line.starts_with(b"=== ");
    let first = bytes.split(|&byte| byte == b'\n').find(tells);
    let Some((speaker, line)) = first.map(|line| speaker(line.trim_ascii_end())) else { return false };
    let starts =
        |command: &[u8]| line.get(..command.len()).is_some_and(|word| word.eq_ignore_ascii_case(command));
    starts(b"EHLO ")
        || starts(b"HELO ")
        || line.eq_ignore_ascii_case(b"EHLO")
        || line.eq_ignore_ascii_case(b"HELO")
        || starts(b"MAIL FROM:")
        || (speaker != Some(Speaker::Client) && line.starts_with(b"220") && is_reply(line))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Speaker {
    Client,
    Server,
}

#[derive(Default)]
enum State {
    #[default]
    Commands,
    /// Lines of the login that follow AUTH: how many answers there are already.
    Login(usize),
    /// DATA is said; the server may answer before the content.
    Data,
    Content,
}

#[derive(Default)]
struct Reader {
    session: Session,
    /// The message whose envelope is being given.
    mail: Option<Mail>,
    content: Vec<u8>,
    state: State,
    errors: Vec<TomlError>,
    given: Vec<String>,
    last_phase: Option<Phase>,
    ended: bool,
    /// Whether lines say who speaks, as the first of them does or does not: without marks, a line of a message may begin
    /// like one.
    marked: Option<bool>,
    /// Line (from 1), offset and length of the current line.
    place: (usize, usize, usize),
}

impl Reader {
    fn error(&mut self, message: impl Into<String>) {
        let (line, start, length) = self.place;
        self.errors.push(TomlError {
            message: message.into(),
            range: start..start + length,
            location: Location { line, column: 1 },
        });
    }

    fn line(&mut self, line: &[u8]) {
        let (speaker, text) = if self.marked == Some(false) { (None, line) } else { speaker(line) };
        if self.marked.is_none() && !line.trim_ascii().is_empty() {
            self.marked = Some(speaker.is_some());
        }
        if speaker == Some(Speaker::Server) {
            return;
        }
        match self.state {
            State::Data if speaker.is_none() && is_reply(text) => {
                // Any other reply than this one refuses the content.
                let go_on = text.starts_with(b"354");
                self.state = if go_on { State::Content } else { State::Commands };
            }
            State::Data | State::Content => {
                self.state = State::Content;
                self.content_line(text);
            }
            _ if speaker.is_none() && is_reply(text) => {}
            State::Login(answers) => self.login_line(text, answers),
            State::Commands => self.command(text),
        }
    }

    fn content_line(&mut self, line: &[u8]) {
        if line == b"." {
            self.state = State::Commands;
            self.last_phase = None;
            let mut mail = self.mail.take().unwrap_or_default();
            mail.bytes = std::mem::take(&mut self.content).into();
            self.session.messages.push(mail);
            let number = self.session.messages.len();
            self.given.push(format!("message[{number}].text"));
            return;
        }
        self.content.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
        self.content.extend_from_slice(b"\r\n");
    }

    fn login_line(&mut self, line: &[u8], answers: usize) {
        let text = decoded(line);
        let Some(auth) = &mut self.session.connection.auth else {
            self.state = State::Commands;
            return;
        };
        let plain = auth.mechanism.eq_ignore_ascii_case("PLAIN");
        if plain {
            credentials(auth, &text);
        } else if answers == 0 {
            auth.user = text;
        } else {
            auth.password = text;
        }
        self.state = if plain || answers > 0 { State::Commands } else { State::Login(1) };
    }

    fn command(&mut self, line: &[u8]) {
        let line = String::from_utf8_lossy(line.trim_ascii()).into_owned();
        if line.is_empty() {
            return;
        }
        let (verb, rest) = line.split_once(' ').unwrap_or((line.as_str(), ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" | "HELO" => {
                self.last_phase = Some(Phase::Ehlo);
                let name = rest.trim();
                if name.is_empty() {
                    self.error(format!(
                        "`{verb}` has the name of the client behind it: `{verb} mail.example`"
                    ));
                } else {
                    self.given.push("connection.hello".to_owned());
                }
                let connection = &mut self.session.connection;
                connection.greeting =
                    if verb.eq_ignore_ascii_case("HELO") { Greeting::Helo } else { Greeting::Ehlo };
                name.clone_into(&mut connection.hello);
            }
            "STARTTLS" => {
                self.last_phase = Some(Phase::Starttls);
                self.session.connection.tls = Some(Tls::default());
            }
            "AUTH" => self.auth(rest),
            "MAIL" => self.mail_from(rest),
            "RCPT" => self.rcpt_to(rest),
            "DATA" => {
                self.last_phase = Some(Phase::Data);
                if self.mail.is_none() {
                    self.error("DATA without MAIL FROM: the envelope is taken from the headers");
                }
                self.state = State::Data;
            }
            "RSET" => {
                if self.mail.take().is_some() {
                    self.error("RSET takes the message back: it is left out of the session");
                }
            }
            "QUIT" => self.ended = true,
            "NOOP" | "VRFY" | "EXPN" | "HELP" | "ETRN" => {}
            "BDAT" => self.error("BDAT is not read here: write the message behind DATA"),
            _ => {
                let near = did_you_mean(verb, COMMANDS);
                self.error(format!("`{verb}` is no SMTP command{near}"));
            }
        }
    }

    fn auth(&mut self, rest: &str) {
        self.last_phase = Some(Phase::Auth);
        let (mechanism, initial) = rest.split_once(' ').unwrap_or((rest, ""));
        let mut auth = AuthAttempt {
            user: String::new(),
            password: String::new(),
            mechanism: mechanism.to_ascii_uppercase(),
            result: AuthResult::Success,
        };
        let initial = initial.trim();
        self.state = State::Login(0);
        if !initial.is_empty() {
            let text = decoded(initial.as_bytes());
            if auth.mechanism == "PLAIN" {
                credentials(&mut auth, &text);
                self.state = State::Commands;
            } else {
                auth.user = text;
                self.state = State::Login(1);
            }
        }
        self.session.connection.auth = Some(auth);
    }

    fn mail_from(&mut self, rest: &str) {
        self.last_phase = Some(Phase::Mailfrom);
        if self.mail.take().is_some() {
            self.error("MAIL FROM follows a message without DATA, which is left out of the session");
        }
        let (address, parameters) = self.path(rest, "FROM:");
        self.mail =
            Some(Mail { mail_from: Some(address), mail_from_parameters: parameters, ..Mail::default() });
    }

    fn rcpt_to(&mut self, rest: &str) {
        self.last_phase = Some(Phase::Rcptto);
        let (address, parameters) = self.path(rest, "TO:");
        match &mut self.mail {
            Some(mail) => {
                mail.recipients.push(Recipient { address, parameters, ..Recipient::default() });
            }
            None => self.error("RCPT TO without MAIL FROM"),
        }
    }

    /// The address and the parameters behind `FROM:` or `TO:`.
    fn path(&mut self, rest: &str, keyword: &str) -> (String, String) {
        let start = rest.get(..keyword.len()).filter(|start| start.eq_ignore_ascii_case(keyword));
        if start.is_none() {
            self.error(format!("`{keyword}<address>` is missing here"));
        }
        let rest = if start.is_some() { rest.get(keyword.len()..).unwrap_or_default() } else { rest }.trim();
        let (path, parameters) = match rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
            Some(both) => both,
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        (path.trim().to_owned(), parameters.trim().to_owned())
    }

    fn finish(mut self) -> (Session, Vec<TomlError>) {
        if matches!(self.state, State::Data | State::Content) {
            self.error("the message does not end: a line with a single `.` is missing");
            self.content_line(b".");
        } else if let Some(mail) = self.mail.take() {
            // The client went away in the middle: so does the session's.
            self.session.messages.push(mail);
            self.session.disconnect_after = self.last_phase;
        } else if !self.ended && self.session.messages.is_empty() {
            self.session.disconnect_after = self.last_phase;
        }
        let given = self.given;
        invent::complete(&mut self.session, &|key| given.iter().any(|known| known == key));
        (self.session, self.errors)
    }
}

/// Who speaks, and the line without the mark.
fn speaker(line: &[u8]) -> (Option<Speaker>, &[u8]) {
    const MARKS: [(&[u8], Speaker); 9] = [
        (b"C: ", Speaker::Client),
        (b"S: ", Speaker::Server),
        (b" -> ", Speaker::Client),
        (b" ~> ", Speaker::Client),
        (b"<-  ", Speaker::Server),
        (b"<~  ", Speaker::Server),
        (b"<** ", Speaker::Server),
        (b"=== ", Speaker::Server),
        (b"*** ", Speaker::Server),
    ];
    // A mark before an empty line is often cut off at its end.
    for (mark, speaker) in MARKS {
        if let Some(rest) = line.strip_prefix(mark) {
            return (Some(speaker), rest);
        }
        if line == mark.trim_ascii_end() && line.len() > 1 {
            return (Some(speaker), b"");
        }
    }
    (None, line)
}

fn is_reply(line: &[u8]) -> bool {
    let code = line.get(..3).unwrap_or_default();
    code.len() == 3
        && code.iter().all(u8::is_ascii_digit)
        && matches!(code.first(), Some(b'2'..=b'5'))
        && matches!(line.get(3), None | Some(b' ' | b'-'))
}

fn decoded(line: &[u8]) -> String {
    let bytes = STANDARD.decode(line.trim_ascii()).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Takes the answer of the mechanism PLAIN (RFC 4616) apart.
fn credentials(auth: &mut AuthAttempt, text: &str) {
    let mut pieces = text.split('\0').skip(1);
    auth.user = pieces.next().unwrap_or_default().to_owned();
    auth.password = pieces.next().unwrap_or_default().to_owned();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialogue_becomes_a_session() {
        let (session, errors) = from_transcript(
            b"220 mx.example.net ESMTP\nEHLO mail.sender.example\n250-mx.example.net\n250 STARTTLS\nSTARTTLS\n\
              220 go\nEHLO mail.sender.example\nAUTH PLAIN AGFubmEAc2VjcmV0\n235 ok\n\
              MAIL FROM:<a@sender.example> SIZE=100\n250 ok\nRCPT TO:<anna@example.com>\n\
              rcpt to: <ben@example.com> NOTIFY=NEVER\nDATA\n354 go on\nSubject: x\n\n250 is no reply here\n..\n\xff\n.\n\
              250 ok\nMAIL FROM:<>\nRCPT TO:<x@example.com>\nDATA\n\nbounce\n.\nQUIT\n",
        );
        assert_eq!(errors, []);
        assert_eq!(session.connection.hello, "mail.sender.example");
        assert!(session.connection.tls.is_some());
        let auth = session.connection.auth.as_ref().unwrap();
        assert_eq!((auth.user.as_str(), auth.password.as_str()), ("anna", "secret"));
        let [first, second] = session.messages.as_slice() else { panic!("{:?}", session.messages) };
        assert_eq!((first.sender(), first.mail_from_parameters.as_str()), ("a@sender.example", "SIZE=100"));
        assert_eq!(first.recipients[1].address, "ben@example.com");
        assert_eq!(first.recipients[1].parameters, "NOTIFY=NEVER");
        assert_eq!(&first.bytes[..], b"Subject: x\r\n\r\n250 is no reply here\r\n.\r\n\xff\r\n");
        assert_eq!((second.sender(), &second.bytes[..]), ("", &b"\r\nbounce\r\n"[..]));
        assert_eq!(session.disconnect_after, None);
    }

    #[test]
    fn marked_speakers_are_told_apart() {
        for text in [
            "S: 220 hi\nC: HELO box\nS: 250 hi\nC: MAIL FROM:<a@b.example>\nC: RCPT TO:<c@d.example>\nC: DATA\nC: \nC: .x\nC:\nC: .\n",
            "<-  220 hi\n -> HELO box\n<-  250 hi\n -> MAIL FROM:<a@b.example>\n -> RCPT TO:<c@d.example>\n -> DATA\n ->\n -> .x\n ->\n -> .\n",
        ] {
            assert!(looks_like_transcript(text.as_bytes()));
            let (session, errors) = from_transcript(text.as_bytes());
            assert_eq!(errors, [], "{text}");
            assert_eq!(session.connection.greeting, Greeting::Helo);
            assert_eq!(&session.messages[0].bytes[..], b"\r\nx\r\n\r\n");
        }
        assert!(!looks_like_transcript(b"From: a\nEHLO x\n"));
    }

    #[test]
    fn lines_of_a_message_may_look_like_marks() {
        let (session, errors) = from_transcript(
            b"MAIL FROM:<a@b.example>\nRCPT TO:<c@d.example>\nEXPN list\nDATA\n\nS: not a server\nC: nor a client\n -> arrow\n=== rule\n.\n",
        );
        assert_eq!(errors, []);
        assert_eq!(
            &session.messages[0].bytes[..],
            b"\r\nS: not a server\r\nC: nor a client\r\n -> arrow\r\n=== rule\r\n"
        );
        for text in [
            "MAIL FROM:<>\n",
            "mail from:<a@b.example>\n",
            "EHLO\n",
            "C: HELO x\n",
            "220 hi\nEHLO x\n",
            "=== Trying mx.example.com:25...\n=== Connected to mx.example.com.\n<-  220 hi\n -> EHLO x\n",
        ] {
            assert!(looks_like_transcript(text.as_bytes()), "{text}");
        }
        for text in ["EHLOX: a\n", "Mail: from me\n", "From: a\n\nMAIL FROM:<a@b.example>\n", ""] {
            assert!(!looks_like_transcript(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn mistakes_have_their_line() {
        let (session, errors) =
            from_transcript(b"EHLO\nMIAL FROM:<a@b.example>\nRCPT TO:<a@b.example>\nMAIL a@b.example\nRCPT TO:<x@y.example>\n");
        let shown: Vec<String> =
            errors.iter().map(|error| format!("{} {error}", error.location.line)).collect();
        assert_eq!(
            shown,
            [
                "1 `EHLO` has the name of the client behind it: `EHLO mail.example`",
                "2 `MIAL` is no SMTP command, did you mean `MAIL`?",
                "3 RCPT TO without MAIL FROM",
                "4 `FROM:<address>` is missing here"
            ]
        );
        assert_eq!(session.messages[0].sender(), "a@b.example");
        assert_eq!(session.disconnect_after, Some(Phase::Rcptto), "the transcript ends there");
    }

    #[test]
    fn a_login_may_take_several_lines() {
        let (session, errors) = from_transcript(
            b"EHLO x\nAUTH LOGIN\n334 VXNlcm5hbWU6\nYW5uYQ==\n334 UGFzc3dvcmQ6\nc2VjcmV0\n235 ok\nQUIT\n",
        );
        assert_eq!(errors, []);
        let auth = session.connection.auth.unwrap();
        assert_eq!(
            (auth.user.as_str(), auth.password.as_str(), auth.mechanism.as_str()),
            ("anna", "secret", "LOGIN")
        );
    }
}
