//! `msys.registerAuth`: authentication schemes of scripts.

use mlua::Table;

use super::{Call, Registry};
use crate::report::What;

/// The schemes that scripts registered, by name.
#[derive(Debug, Default)]
pub struct Schemes {
    /// In the order of their registration.
    pub registered: Vec<(String, Table)>,
}

/// The functions of a scheme that are looked up.
const FUNCTIONS: [&str; 3] = ["authenticate", "enumGroups", "queryGroups"];

pub(super) fn register(api: &mut Registry) {
    api.function("msys.registerAuth", |call: &Call<'_>, (name, scheme): (String, Table)| {
        let in_init = call.frame().running().is_some_and(|running| running.hook == "init");
        if !in_init {
            let text = format!("msys.registerAuth(\"{name}\") must be called from `init`");
            call.note(What::Note { text });
        }
        let has = |function: &str| scheme.get::<mlua::Value>(function).is_ok_and(|value| value.is_function());
        if !FUNCTIONS.iter().any(|function| has(function)) {
            let text = format!("the scheme `{name}` has none of the functions {}", FUNCTIONS.join(", "));
            call.note(What::Note { text });
        }
        call.part::<Schemes>().borrow_mut().registered.push((name, scheme));
        Ok(())
    });
}
