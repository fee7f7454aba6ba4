//! `msys.registerControl`: commands of the console.

use mlua::{AnyUserData, Function, Lua};

use super::{Call, Class, Frame, Registry, c_array};
use crate::report::{Place, What};

/// A command on its way to its function.
#[derive(Debug)]
pub struct CommandConstruct {
    words: Vec<Vec<u8>>,
}

impl Class for CommandConstruct {
    const NAME: &'static str = "command_construct";
}

/// A command that a script registered.
#[derive(Debug, Clone)]
pub struct Control {
    /// The words that it begins with.
    pub prefix: String,
    /// What runs it.
    pub function: Function,
    /// The line that registered it.
    pub at: Option<Place>,
}

/// The commands that scripts registered.
#[derive(Debug, Default)]
pub struct Controls {
    /// In the order of their registration.
    pub registered: Vec<Control>,
}

impl Controls {
    /// The function for a command line: that of the longest prefix; of two that are the same, the later one.
    #[must_use]
    pub fn find(&self, line: &str) -> Option<Control> {
        let begins = |control: &&Control| {
            let rest = line.trim_start().strip_prefix(control.prefix.trim());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
        };
        self.registered.iter().filter(begins).max_by_key(|control| control.prefix.len()).cloned()
    }
}

pub(super) fn register(api: &mut Registry) {
    api.function("msys.registerControl", |call: &Call<'_>, (prefix, function): (String, Function)| {
        let controls = call.part::<Controls>();
        let mut controls = controls.borrow_mut();
        let at = call.place();
        if let Some(first) = controls.registered.iter().find(|one| one.prefix == prefix) {
            let place = first.at.as_ref().map(|place| format!(" in {place}")).unwrap_or_default();
            let text = format!("the command `{prefix}` is registered already{place}");
            call.note(What::Note { text });
        }
        controls.registered.push(Control { prefix, function, at });
        Ok(())
    });
    api.field("argc", |_, this: &CommandConstruct| Ok(this.words.len()));
    api.field("argv", |call, this: &CommandConstruct| {
        c_array::create(call.lua(), call.frame(), "cc.argv", this.words.clone())
    });
}

/// The construct for a command line. Words are divided by blanks; quotes keep some together.
///
/// # Errors
/// When Lua has no memory left.
pub fn construct(lua: &Lua, frame: &std::rc::Rc<Frame>, line: &str) -> mlua::Result<AnyUserData> {
    frame.object(lua, CommandConstruct { words: words(line) })
}

fn words(line: &str) -> Vec<Vec<u8>> {
    let mut words: Vec<Vec<u8>> = Vec::new();
    let mut word: Option<Vec<u8>> = None;
    let mut quote = None;
    for byte in line.bytes() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                word.get_or_insert_default();
            }
            (None, byte) if byte.is_ascii_whitespace() => words.extend(word.take()),
            (_, byte) => word.get_or_insert_default().push(byte),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tested;

    #[test]
    fn words_of_a_command_are_a_c_array() {
        let state = tested::state();
        let command = |line| construct(&state.lua, &state.frame, line).unwrap();
        let said: String = state.call(
            "local cc = ... return cc.argc .. ' ' .. cc.argv[0] .. ' ' .. cc.argv[1] .. '|' .. cc.argv[2]",
            command("delay_domain \"a b.example\"  'c d'"),
        );
        assert_eq!(said, "3 delay_domain a b.example|c d");
        let outside =
            state.machine.load("test.lua", b"local cc = ...\nreturn pcall(function() return cc.argv[1] end)");
        let error = state.machine.call(&outside.unwrap(), command("alone")).unwrap_err();
        assert_eq!(error.kind, crate::machine::ScriptErrorKind::Crash);
        assert_eq!(error.to_string(), "test.lua:2: cc.argv[1] was read: its indices run from 0 to 0");
    }

    #[test]
    fn the_longest_prefix_answers() {
        let state = tested::state();
        let _: () =
            state.eval("msys.registerControl('policy', print) msys.registerControl('policy show', print)");
        let controls = state.frame.part::<Controls>();
        let found = |line: &str| controls.borrow().find(line).map(|control| control.prefix);
        assert_eq!(found("policy show all").as_deref(), Some("policy show"));
        assert_eq!(found("policy list").as_deref(), Some("policy"));
        assert_eq!(found("policyshow"), None);
        assert!(state.error("msys.registerControl('x')").contains("would crash the server"));
    }
}
