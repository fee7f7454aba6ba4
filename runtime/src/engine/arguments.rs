//! What a hook is called with: its parameters are filled by their classes.

use mlua::{AnyUserData, Value};
use momentum_lua_stub_reader::model::{Param, Type};

use super::start::Run;
use crate::api::ec_string::EcString;

/// What there is to hand to a hook.
#[derive(Default, Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) message: Option<&'a AnyUserData>,
    pub(super) accept: Option<&'a AnyUserData>,
    pub(super) vctx: Option<&'a AnyUserData>,
    /// The SMTP session.
    pub(super) construct: Option<&'a AnyUserData>,
    /// A domain, for a `domain_record`.
    pub(super) domain: Option<&'a str>,
    /// A text, for strings.
    pub(super) text: Option<&'a str>,
    /// A string that the hook fills.
    pub(super) buffer: Option<&'a AnyUserData>,
    /// A number, such as the session's state.
    pub(super) number: Option<i64>,
}

impl Given<'_> {
    /// What a string is.
    fn string(&self) -> &str {
        self.text.or(self.domain).unwrap_or_default()
    }
}

impl Run<'_> {
    /// The arguments of a hook.
    pub(super) fn arguments(&self, hook: &str, given: Given<'_>) -> Vec<Value> {
        let Some(hook) = self.frame.api().hook(hook) else { return Vec::new() };
        let of_text = |place: usize| {
            let before = place.checked_sub(1).and_then(|place| hook.params.get(place));
            before.is_some_and(|before| before.ty.without_nil() == Type::String)
        };
        let argument = |(place, param): (usize, &Param)| {
            // `note, note_len`: how long the text before it is.
            if param.name.ends_with("_len") && of_text(place) {
                return Value::Integer(given.string().len() as i64);
            }
            self.argument(&param.ty, given)
        };
        hook.params.iter().enumerate().map(argument).collect()
    }

    fn argument(&self, ty: &Type, given: Given<'_>) -> Value {
        let lua = self.machine.lua();
        let object =
            |data: Option<&AnyUserData>| data.map_or(Value::Nil, |data| Value::UserData(data.clone()));
        let text = || given.text.unwrap_or_default();
        match &ty.without_nil() {
            Type::Named(class) => match class.as_str() {
                "ec_message" => object(given.message),
                "accept_construct" => object(given.accept),
                "validate_context" => object(given.vctx),
                "message_construct" if given.construct.is_some() => object(given.construct),
                "ec_string" => match given.buffer {
                    Some(buffer) => Value::UserData(buffer.clone()),
                    None => object(self.object(EcString::new(text())).as_ref()),
                },
                class => {
                    let made = self.frame.object_of(lua, class).ok();
                    if let (Some(made), "domain_record", Some(domain)) = (&made, class, given.domain) {
                        // Reading it then gives the neutral value, which is no worse.
                        let _ = made.set_named_user_value("domain", domain);
                    }
                    match (made, given.number) {
                        (Some(made), _) if self.frame.api().class(class).is_some() => Value::UserData(made),
                        (_, Some(number)) => Value::Integer(number),
                        (Some(made), None) => Value::UserData(made),
                        (None, None) => Value::Nil,
                    }
                }
            },
            Type::String => lua.create_string(given.string()).map_or(Value::Nil, Value::String),
            Type::Number | Type::Integer => Value::Integer(given.number.unwrap_or(0)),
            _ => Value::Nil,
        }
    }
}
