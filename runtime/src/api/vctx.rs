//! `validate_context`: the reply to the client, the recipients of the session, how long it is held up.

use std::cell::{Cell, RefCell};

use mlua::Value;

use super::dictionary::{self, Dictionary, HasContexts, Which};
use super::{Call, Class, Registry, Text};
use crate::report::{Place, What};

/// What the validation of a session is about.
#[derive(Debug, Default)]
pub struct ValidateContext {
    /// The context of the connection.
    pub conn: Dictionary,
    /// That of the message; another one for each message, and for each recipient's copy.
    pub mess: RefCell<Dictionary>,
    /// The reply of this phase, once a script chose one.
    pub code: Cell<Option<u16>>,
    /// Its text.
    pub note: RefCell<Option<String>>,
    /// The connection is to be closed after the reply.
    pub disconnect: Cell<bool>,
    /// The line that chose the reply.
    pub chosen_at: RefCell<Option<Place>>,
    /// The recipients of the message so far.
    pub recipients: RefCell<Vec<String>>,
    /// After `rcptto_list_final`, nobody may change them.
    pub settled: Cell<bool>,
    /// How long the client was made to wait, in seconds.
    pub held_up: Cell<f64>,
}

impl Class for ValidateContext {
    const NAME: &'static str = "validate_context";
}

impl HasContexts for ValidateContext {
    fn context(&self, which: Which) -> Dictionary {
        match which {
            Which::Connection => self.conn.clone(),
            Which::Message => self.mess.borrow().clone(),
        }
    }
}

impl ValidateContext {
    /// The reply that a script chose in this phase, with the line that did; the next phase begins without one.
    pub fn take_reply(&self) -> Option<(u16, String, Option<Place>)> {
        let code = self.code.take()?;
        Some((code, self.note.take().unwrap_or_default(), self.chosen_at.take()))
    }

    /// Chooses the reply of this phase, as `vctx:set_code` and `vctx:disconnect` do.
    pub(super) fn reply(
        &self,
        call: &Call<'_>,
        code: Value,
        text: String,
        disconnect: bool,
    ) -> mlua::Result<()> {
        reply(call, self, code, text, disconnect)
    }
}

pub(super) fn register(api: &mut Registry) {
    api.default_of::<ValidateContext>();
    dictionary::register::<ValidateContext>(
        api,
        &dictionary::Names { get: "get", set: "set", exists: "exists" },
    );
    api.method("set_code", |call, this: &ValidateContext, (code, Text(text)): (Value, Text)| {
        reply(call, this, code, text, false)
    });
    api.writable("code", |_, this: &ValidateContext| Ok(this.code.get().unwrap_or(0)), set_code_field);
    // `vctx.disconnect = 1` sets the field of C's struct, `vctx:disconnect` is the method.
    api.settable("disconnect", |_, this: &ValidateContext, value: i64| {
        this.disconnect.set(value != 0);
        Ok(())
    });
    api.method("disconnect", |call, this: &ValidateContext, (code, Text(text)): (Value, Text)| {
        reply(call, this, code, text, true)
    });
    api.method("tarpit", |call, this: &ValidateContext, seconds: f64| {
        this.held_up.set(this.held_up.get() + seconds.max(0.0));
        call.note(What::Tarpit { seconds });
        Ok(())
    });
    api.method("add_recipient", |call, this: &ValidateContext, addresses: Value| {
        change_recipients(call, this, &addresses, |list, addresses| list.extend(addresses.iter().cloned()))
    });
    api.method("remove_recipient", |call, this: &ValidateContext, addresses: Value| {
        change_recipients(call, this, &addresses, |list, addresses| {
            list.retain(|one| !addresses.iter().any(|gone| gone.eq_ignore_ascii_case(one)));
        })
    });
    api.method("recipient_list", |call, this: &ValidateContext, addresses: Value| {
        if addresses.is_nil() {
            return this
                .recipients
                .borrow()
                .clone()
                .into_iter()
                .map(|one| call.lua().create_string(one))
                .collect();
        }
        change_recipients(call, this, &addresses, |list, addresses| *list = addresses.to_vec())?;
        Ok::<Vec<mlua::LuaString>, mlua::Error>(Vec::new())
    });
}

fn set_code_field(call: &Call<'_>, this: &ValidateContext, code: i64) -> mlua::Result<()> {
    this.code.set(u16::try_from(code).ok().filter(|code| *code != 0));
    *this.chosen_at.borrow_mut() = call.place();
    let text = this.note.borrow().clone().unwrap_or_default();
    if let Some(code) = this.code.get() {
        call.note(What::Reply { code, text, disconnect: this.disconnect.get() });
    }
    Ok(())
}

/// Chooses the reply of this phase.
pub(super) fn reply(
    call: &Call<'_>,
    this: &ValidateContext,
    code: Value,
    text: String,
    disconnect: bool,
) -> mlua::Result<()> {
    let number = call.lua().coerce_integer(code.clone())?.and_then(|code| u16::try_from(code).ok());
    let Some(number) = number.filter(|code| (200..600).contains(code)) else {
        let code = super::shown(&code);
        return Err(call.raise(format!("{code} is no SMTP reply code: it has to be between 200 and 599")));
    };
    this.code.set(Some(number));
    *this.note.borrow_mut() = Some(text.clone());
    *this.chosen_at.borrow_mut() = call.place();
    if disconnect {
        this.disconnect.set(true);
    }
    call.note(What::Reply { code: number, text, disconnect });
    Ok(())
}

fn addresses(call: &Call<'_>, value: &Value) -> mlua::Result<Vec<String>> {
    match value {
        Value::Table(table) => table.sequence_values::<String>().collect(),
        other => match call.lua().coerce_string(other.clone())? {
            Some(address) => Ok(vec![address.to_string_lossy()]),
            None => {
                let (member, got) = (call.member(), other.type_name());
                Err(call.raise(format!("bad argument #1 to '{member}' (string expected, got {got})")))
            }
        },
    }
}

fn change_recipients(
    call: &Call<'_>,
    this: &ValidateContext,
    value: &Value,
    change: impl FnOnce(&mut Vec<String>, &[String]),
) -> mlua::Result<()> {
    let addresses = addresses(call, value)?;
    self::change(call, this, |list| change(list, &addresses))
}

/// Changes the recipients, as long as they may be changed.
pub(super) fn change(
    call: &Call<'_>,
    this: &ValidateContext,
    change: impl FnOnce(&mut Vec<String>),
) -> mlua::Result<()> {
    if this.settled.get() {
        return Err(
            call.raise(format!("{}: the recipients are settled after rcptto_list_final", call.name()))
        );
    }
    let before = this.recipients.borrow().clone();
    change(&mut this.recipients.borrow_mut());
    let after = this.recipients.borrow().clone();
    let (added, removed) = (without(&after, &before), without(&before, &after));
    if !(added.is_empty() && removed.is_empty()) {
        call.note(What::Recipients { added, removed });
    }
    Ok(())
}

/// What is in the first list more often than in the second.
fn without(list: &[String], other: &[String]) -> Vec<String> {
    let mut other = other.to_vec();
    let gone = |one: &&String| match other.iter().position(|two| two == *one) {
        Some(place) => {
            other.remove(place);
            false
        }
        None => true,
    };
    list.iter().filter(gone).cloned().collect()
}
