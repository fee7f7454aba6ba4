//! `msys.expandMacro`: what `%{…}` and `%X` in a text stand for.

mod custom_logger;
pub(super) mod rfc2822;
mod spf;

use std::any::TypeId;

use mlua::{AnyUserData, LuaString, UserDataRef, Value};
use momentum_lua_analyzer::macro_text::{self, MacroUse};

use super::accept::AcceptConstruct;
use super::clock::Clock;
use super::dictionary::{HasContexts, Which};
use super::message::EcMessage;
use super::vctx::ValidateContext;
use super::{Call, Frame, Registry, text};
use crate::machine;
use crate::report::What;

/// What macros speak of: the objects that the running callout got.
#[derive(Clone, Default)]
pub struct Subject {
    accept: Option<AnyUserData>,
    vctx: Option<AnyUserData>,
    pub(super) message: Option<AnyUserData>,
}

impl Subject {
    /// From here on macros speak of what is among these arguments; gives what they spoke of before.
    pub fn enter(frame: &Frame, arguments: &[Value]) -> Self {
        let mut subject = Self::default();
        for data in arguments.iter().filter_map(Value::as_userdata) {
            let class = data.type_id();
            let place = if class == Some(TypeId::of::<AcceptConstruct>()) {
                &mut subject.accept
            } else if class == Some(TypeId::of::<ValidateContext>()) {
                &mut subject.vctx
            } else if class == Some(TypeId::of::<EcMessage>()) {
                &mut subject.message
            } else {
                continue;
            };
            place.get_or_insert_with(|| data.clone());
        }
        frame.part::<Self>().replace(subject)
    }

    /// What macros spoke of before a callout.
    pub fn leave(frame: &Frame, before: Self) {
        frame.part::<Self>().replace(before);
    }

    /// The message.
    pub(super) fn message(&self) -> Option<UserDataRef<EcMessage>> {
        self.message.as_ref()?.borrow().ok()
    }

    /// A context variable; empty where there is none.
    fn context(&self, which: Which, name: &str) -> Vec<u8> {
        let vctx = || self.vctx.as_ref()?.borrow::<ValidateContext>().ok().map(|vctx| vctx.context(which));
        let dictionary = self.message().map(|message| message.context(which)).or_else(vctx);
        dictionary
            .and_then(|dictionary| dictionary.get(name.as_bytes()).map(|value| value.to_vec()))
            .unwrap_or_default()
    }
}

/// A text is not expanded beyond this many macros' worth of steps at once.
const STEPS: u64 = 50;
/// Macros in macros, so deep.
const DEEPEST: usize = 16;

pub(super) fn register(api: &mut Registry) {
    api.function("msys.expandMacro", expand);
}

fn expand(call: &Call<'_>, text: LuaString) -> mlua::Result<LuaString> {
    let subject = call.part::<Subject>().borrow().clone();
    let expanded = expanded(call, &subject, &text.as_bytes(), DEEPEST)?;
    call.lua().create_string(expanded)
}

/// Expands a text; macros inside of macros, so many levels of them, first.
fn expanded(call: &Call<'_>, subject: &Subject, text: &[u8], levels: usize) -> mlua::Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'%', text.get(from..).unwrap_or_default()).map(|at| from + at) {
        out.extend_from_slice(text.get(from..at).unwrap_or_default());
        machine::charge_memory(call.lua(), out.len())?;
        let (value, length) = match macro_text::at(text, at) {
            Some(found) => {
                // Looking for its end goes over all of it.
                machine::charge(call.lua(), STEPS + found.range.len() as u64)?;
                braced(call, subject, text, &found, levels)?
            }
            None => {
                machine::charge(call.lua(), STEPS)?;
                short(call, subject, text.get(at..).unwrap_or_default())?
            }
        };
        match value {
            Some(value) => out.extend_from_slice(&value),
            // What is no macro stays.
            None => out.extend_from_slice(text.get(at..at + length).unwrap_or_default()),
        }
        from = at + length;
    }
    out.extend_from_slice(text.get(from..).unwrap_or_default());
    Ok(out)
}

/// `%{namespace:macro,argument}`: its value, and how long it is.
fn braced(
    call: &Call<'_>,
    subject: &Subject,
    text: &[u8],
    found: &MacroUse,
    levels: usize,
) -> mlua::Result<(Option<Vec<u8>>, usize)> {
    if !found.is_closed {
        return Ok((None, 1));
    }
    let inside = text.get(found.range.start + 2..found.range.end - 1).unwrap_or_default();
    let inside = match found.is_nested {
        true if levels > 0 => text::plain(&expanded(call, subject, inside, levels - 1)?),
        _ => text::plain(inside),
    };
    let (namespace, name) = inside.split_once(':').unwrap_or(("", &inside));
    let value = match namespace {
        "vctx_conn" => Some(subject.context(Which::Connection, name)),
        "vctx_mess" => Some(subject.context(Which::Message, name)),
        "rfc822" if name == "date" => Some(rfc2822::date(Clock::now(call.frame())).into_bytes()),
        "rfc2822" => rfc2822::value(call, subject, name)?,
        "spfv1" => spf::value(call, subject, name).map(String::into_bytes),
        "outbound_tls" => custom_logger::outbound_tls(name).map(|value| value.as_bytes().to_vec()),
        // Without a namespace it is one of the log formats.
        "" | "custom_logger" => {
            let (letter, argument) =
                name.split_once(',').map_or((name, None), |(letter, argument)| (letter, Some(argument)));
            custom_logger::value(call, subject, letter, argument)?
        }
        _ => None,
    };
    if value.is_none() {
        let what = format!("%{{{inside}}} is no macro that is known, and stays as it is");
        call.note(What::Note { text: what });
    }
    Ok((value, found.range.len()))
}

/// `%X`, `%X{argument}`.
fn short(call: &Call<'_>, subject: &Subject, from: &[u8]) -> mlua::Result<(Option<Vec<u8>>, usize)> {
    let behind = from.get(1..).unwrap_or_default();
    let Some(name) = custom_logger::NAMES.iter().find(|name| behind.starts_with(name.as_bytes())) else {
        return Ok((None, 1));
    };
    let mut length = 1 + name.len();
    let mut argument = None;
    if custom_logger::TAKES_ARGUMENT.contains(name)
        && let Some(inside) = from.get(length..).and_then(|rest| rest.strip_prefix(b"{"))
        && let Some(end) = memchr::memchr(b'}', inside)
    {
        argument = inside.get(..end).map(text::plain);
        length += end + 2;
    }
    Ok((custom_logger::value(call, subject, name, argument.as_deref())?, length))
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use mlua::Value;

    use super::Subject;
    use crate::api::dictionary::Dictionary;
    use crate::api::message::{EcMessage, Ids};
    use crate::api::tested::{State, state};
    use crate::api::vctx::ValidateContext;
    use crate::message::Message;

    const MAIL: &[u8] = b"Subject: hello\r\nFrom: anna@example.com\r\n\r\none\r\ntwo\r\nthree\r\n";

    /// A state in which a callout runs that got a message.
    fn receiving() -> State {
        let state = state();
        let client = state.frame.session().connection.client;
        let message = EcMessage {
            content: Message::from_bytes(MAIL).into(),
            mailfrom: "anna@sender.example".to_owned().into(),
            rcptto: "ben@example.com".to_owned().into(),
            conn: Dictionary::with([("ehlo_domain", "mail.sender.example"), ("auth_user", "anna")]),
            mess: Dictionary::with([("customer", "acme"), ("which", "customer")]),
            ..EcMessage::empty(Ids::of(&state.frame), client, client)
        };
        *message.binding.borrow_mut() = Some("bulk".to_owned());
        let (message, vctx) = (state.object(message), state.object(ValidateContext::default()));
        Subject::enter(&state.frame, &[Value::UserData(message), Value::UserData(vctx)]);
        state
    }

    fn expanded(text: &str) -> String {
        receiving().call("return msys.expandMacro(...)", text)
    }

    #[test]
    fn contexts_and_dates() {
        assert_eq!(
            expanded("<%{vctx_conn:ehlo_domain}> <%{vctx_mess:customer}> <%{vctx_mess:none}> %{rfc822:date}"),
            "<mail.sender.example> <acme> <> Thu, 15 Jan 2026 00:00:00 +0000"
        );
    }

    #[test]
    fn a_macro_inside_another_goes_first() {
        assert_eq!(expanded("%{vctx_mess:%{vctx_mess:which}}|%{vctx_mess:%{vctx_mess:none}}"), "acme|");
    }

    #[test]
    fn the_message_and_its_parts() {
        assert_eq!(expanded("%{rfc2822:message,1}"), "Subject: hello\r\n");
        assert_eq!(expanded("%{rfc2822:message,7b}"), "Subject");
        assert_eq!(expanded("%{rfc2822:headers}"), "Subject: hello\r\nFrom: anna@example.com\r\n");
        assert_eq!(expanded("%{rfc2822:body,2}|%{rfc2822:body,2b}"), "one\r\ntwo\r\n|on");
        assert_eq!(expanded("%{rfc2822:text}"), "one\r\ntwo\r\nthree\r\n");
        assert_eq!(expanded("%{rfc2822:text,1,2}|%{rfc2822:text,2,1}|%{rfc2822:part,9}"), "one\r\ntwo\r\n||");
        assert_eq!(expanded("%{rfc2822:part,1}%{rfc2822:text,1}"), String::from_utf8_lossy(MAIL).repeat(2));
        assert_eq!(expanded("%{rfc2822:message}"), String::from_utf8_lossy(MAIL));
    }

    #[test]
    fn log_formats() {
        assert_eq!(
            expanded(
                "%m@%M to %r@%R by %b, %d %h{Subject} %t %us{3} %U %B %N %T{2} %t{%Y-%m-%d} %vctx_mess{customer} %{b}"
            ),
            "anna@sender.example to ben@example.com by bulk, example.com hello 1768435200 1768435200.000 anna 59 0 0.00 \
             2026-01-15 acme bulk"
        );
        assert_eq!(expanded("%outbound_tls %{outbound_tls:outbound_tls}|%H"), "unknown unknown|192.0.2.10");
    }

    #[test]
    fn spf_letters() {
        assert_eq!(
            expanded(
                "%{spfv1:s} %{spfv1:l} %{spfv1:o} %{spfv1:d2} %{spfv1:ir}.%{spfv1:v} %{spfv1:h} %{spfv1:t} %{spfv1:s1-}"
            ),
            "anna@sender.example anna sender.example sender.example 10.2.0.192.in-addr mail.sender.example 1768435200 \
             anna@sender.example"
        );
    }

    #[test]
    fn what_is_no_macro_stays() {
        assert_eq!(expanded("100% %{no:thing} % %{open"), "100% %{no:thing} % %{open");
        let state = state();
        let deep = "%{".repeat(100) + &"}".repeat(100);
        assert_eq!(state.call::<String>("return msys.expandMacro(...)", deep.as_str()), deep);
        let said: String = state.eval("return msys.expandMacro('<%{vctx_conn:x}%d%{rfc2822:body}>')");
        assert_eq!(said, "<>");
        let error = state.error("msys.expandMacro(nil)");
        assert!(error.contains("would crash the server"), "{error}");
    }

    #[test]
    fn every_macro_of_the_stubs_is_known() {
        let state = Rc::new(receiving());
        for described in momentum_lua_stubs::api().macros() {
            for form in described.syntax.split(" / ") {
                if form.starts_with("%{spfv1:macro}") {
                    continue;
                }
                // Arguments are put in for the words that stand for them.
                let text =
                    ["KEY", "key", "fmt", "X", "Nb", "N", "M"].iter().fold(form.to_owned(), |text, word| {
                        let put = match *word {
                            "fmt" => "%Y",
                            "Nb" => "1b",
                            "N" | "M" => "1",
                            _ => "Subject",
                        };
                        for (open, close) in [("{", "}"), (",", "}"), (",", ","), (":", "}")] {
                            let pattern = format!("{open}{word}{close}");
                            if text.contains(&pattern) {
                                return text.replace(&pattern, &format!("{open}{put}{close}"));
                            }
                        }
                        text
                    });
                let said: String = state.call("return msys.expandMacro(...)", text.as_str());
                assert_ne!(said, text, "{form}");
                assert!(!said.contains('%'), "{form}: {said}");
            }
        }
    }
}
