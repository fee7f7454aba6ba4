//! `msys.config`: the configuration, as the console command `config` sees it.

use std::collections::BTreeMap;
use std::rc::Rc;

use mlua::{LuaString, Value, Variadic};
use momentum_lua_analyzer::configuration::includes::ScopeContent;

use super::{Call, Frame, Registry, lua_value};
use crate::report::What;
use crate::session;

/// The configuration of the run.
#[derive(Default)]
pub struct Settings {
    /// What the files say; none for a script alone.
    files: Option<Rc<ScopeContent>>,
    /// What scripts have set or, by `None`, unset, by the words of the path in small letters.
    changed: BTreeMap<Vec<String>, Option<String>>,
}

impl Settings {
    /// With what the files say.
    #[must_use]
    pub fn of(files: Option<Rc<ScopeContent>>) -> Self {
        Self { files, changed: BTreeMap::new() }
    }

    /// Whether there is a configuration at all.
    #[must_use]
    pub fn is_known(frame: &Frame) -> bool {
        frame.part::<Self>().borrow().files.is_some() || !frame.session().configuration.is_empty()
    }

    /// Whether there are files of the configuration.
    #[must_use]
    pub fn has_files(frame: &Frame) -> bool {
        frame.part::<Self>().borrow().files.is_some()
    }

    /// The words of an option in a scope, by the words of its path (`datasource`, `main`, `max_rows`); what scripts and
    /// the session say goes before the files. None where it is not set there.
    #[must_use]
    pub fn words(frame: &Frame, path: &[&str]) -> Option<Vec<String>> {
        frame.part::<Self>().borrow().find(frame.session(), path).map(|setting| match setting {
            Setting::Text(words) => words,
            Setting::Value(session::Value::List(values)) => values.iter().map(text_of).collect(),
            Setting::Value(value) => vec![text_of(&value)],
        })
    }

    /// Whether a named stanza stands in the global scope: its kind and its name.
    #[must_use]
    pub fn has(frame: &Frame, [kind, name]: &[&str; 2]) -> bool {
        let settings = frame.part::<Self>();
        let settings = settings.borrow();
        let in_files = settings.files.as_ref().is_some_and(|files| {
            files.scopes_of(kind).any(|scope| scope.name.as_ref().is_some_and(|word| word.is(name)))
        });
        let of_kind = frame.session().configuration.iter().find(|(key, _)| key.eq_ignore_ascii_case(kind));
        in_files
            || matches!(of_kind, Some((_, session::Value::Table(named))) if named.keys().any(|key| key.eq_ignore_ascii_case(name)))
    }

    /// Whether a stanza stands in the global scope.
    #[must_use]
    pub fn has_scope(frame: &Frame, kind: &str) -> bool {
        let settings = frame.part::<Self>();
        let settings = settings.borrow();
        let in_files = settings.files.as_ref().is_some_and(|files| files.scopes_of(kind).next().is_some());
        in_files || frame.session().configuration.keys().any(|key| key.eq_ignore_ascii_case(kind))
    }

    /// The names of the stanzas of a kind in a scope, by the words of its path: those of the session first, then those of
    /// the files in their order; each once.
    #[must_use]
    pub fn stanzas(frame: &Frame, path: &[&str], kind: &str) -> Vec<String> {
        let settings = frame.part::<Self>();
        let settings = settings.borrow();
        let mut names: Vec<String> = Vec::new();
        let scope: Vec<&str> = path.iter().copied().chain([kind]).collect();
        if let Some(session::Value::Table(stanzas)) = value_of_session(&frame.session().configuration, &scope)
        {
            let tables = stanzas.iter().filter(|(_, value)| matches!(value, session::Value::Table(_)));
            names.extend(tables.map(|(name, _)| name.clone()));
        }
        if let Some(files) = &settings.files {
            names_of_files(files, path, kind, &mut names);
        }
        let mut seen: Vec<String> = Vec::new();
        names.retain(|name| {
            let name = name.to_ascii_lowercase();
            let is_new = !seen.contains(&name);
            seen.push(name);
            is_new
        });
        names
    }

    fn find(&self, session: &session::Session, path: &[&str]) -> Option<Setting> {
        let key: Vec<String> = path.iter().map(|word| word.to_ascii_lowercase()).collect();
        if let Some(changed) = self.changed.get(&key) {
            return changed.clone().map(|value| Setting::Text(vec![value]));
        }
        if let Some(value) = of_session(&session.configuration, path) {
            return Some(Setting::Value(value.clone()));
        }
        let option = of_files(self.files.as_deref()?, path)?;
        Some(Setting::Text(option))
    }
}

enum Setting {
    /// As the files write it.
    Text(Vec<String>),
    /// As the session has it.
    Value(session::Value),
}

fn text_of(value: &session::Value) -> String {
    match value {
        session::Value::Bool(value) => value.to_string(),
        session::Value::Integer(value) => value.to_string(),
        session::Value::Float(value) => value.to_string(),
        session::Value::Text(text) => text.clone(),
        session::Value::List(values) => {
            format!("( {} )", values.iter().map(text_of).collect::<Vec<_>>().join(" "))
        }
        session::Value::Table(_) => String::new(),
    }
}

fn of_session<'s>(table: &'s BTreeMap<String, session::Value>, path: &[&str]) -> Option<&'s session::Value> {
    value_of_session(table, path).filter(|value| !matches!(value, session::Value::Table(_)))
}

/// What stands under a path, be it an option or a stanza.
fn value_of_session<'s>(
    table: &'s BTreeMap<String, session::Value>,
    path: &[&str],
) -> Option<&'s session::Value> {
    let (first, rest) = path.split_first()?;
    let (_, value) = table.iter().find(|(key, _)| key.eq_ignore_ascii_case(first))?;
    match (value, rest) {
        (value, []) => Some(value),
        (session::Value::Table(inner), rest) => value_of_session(inner, rest),
        _ => None,
    }
}

fn names_of_files(scope: &ScopeContent, path: &[&str], kind: &str, names: &mut Vec<String>) {
    let Some((first, rest)) = path.split_first() else {
        let stanzas = scope.scopes_of(kind).filter_map(|stanza| stanza.name.as_ref());
        names.extend(stanzas.map(|name| name.text.clone()));
        return;
    };
    for inner in scope.scopes_of(first) {
        match (&inner.name, rest.split_first()) {
            (Some(name), Some((wanted, rest))) if name.is(wanted) => {
                names_of_files(&inner.content, rest, kind, names);
            }
            (None, _) => names_of_files(&inner.content, rest, kind, names),
            _ => {}
        }
    }
}

/// The last option of that name counts; stanzas of the same name are read as one.
fn of_files(scope: &ScopeContent, path: &[&str]) -> Option<Vec<String>> {
    let (first, rest) = path.split_first()?;
    if rest.is_empty() {
        let words = scope.option(first)?.value.as_ref().map(|value| value.words());
        return Some(words.unwrap_or_default().into_iter().map(|word| word.text.clone()).collect());
    }
    let below = scope.scopes_of(first).filter_map(|inner| match &inner.name {
        Some(name) if rest.first().is_some_and(|wanted| name.is(wanted)) => {
            of_files(&inner.content, rest.get(1..).unwrap_or_default())
        }
        Some(_) => None,
        None => of_files(&inner.content, rest),
    });
    below.last()
}

pub(super) fn register(api: &mut Registry) {
    api.function("msys.config", config);
}

/// The value, and what the console would have shown.
fn config(call: &Call<'_>, (action, words): (LuaString, Variadic<Value>)) -> mlua::Result<(Value, String)> {
    let mut path = Vec::new();
    for (place, word) in words.iter().enumerate().filter(|(_, word)| !word.is_nil()) {
        match call.lua().coerce_string(word.clone())? {
            Some(word) => path.push(word.to_string_lossy()),
            None => {
                let (place, got) = (place + 2, word.type_name());
                return Err(
                    call.raise(format!("bad argument #{place} to 'config' (string expected, got {got})"))
                );
            }
        }
    }
    // The whole command may stand in one text.
    if let [command] = &path[..] {
        path = command.split_whitespace().map(str::to_owned).collect();
    }
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let action = action.to_string_lossy().to_ascii_lowercase();
    match (action.as_str(), &path[..]) {
        ("get", [_, ..]) => get(call, &path),
        ("eval", [_, ..]) => eval(call, &path),
        ("set", [of @ .., value]) if !of.is_empty() => {
            change(call, of, Some(value));
            shown(call, of, Setting::Text(vec![(*value).to_owned()]))
        }
        ("unset", [_, ..]) => {
            change(call, &path, None);
            let (value, text) = eval(call, &path)?;
            let name = path.last().copied().unwrap_or_default();
            Ok((value, format!("\"{name}\" has been unset. Effective value is now:\n{text}")))
        }
        _ => {
            let text = format!("msys.config(\"{action}\", …): only get, eval, set and unset are modelled");
            call.note(What::Note { text });
            Ok((Value::Nil, String::new()))
        }
    }
}

fn find(call: &Call<'_>, path: &[&str]) -> Option<Setting> {
    call.part::<Settings>().borrow().find(call.session(), path)
}

/// An option in exactly this scope.
fn get(call: &Call<'_>, path: &[&str]) -> mlua::Result<(Value, String)> {
    if let Some(setting) = find(call, path) {
        return shown(call, path, setting);
    }
    let (name, scope) = path.split_last().map_or(("", &[][..]), |(name, scope)| (*name, scope));
    if !Settings::is_known(call.frame()) {
        let keys: Vec<String> = scope.iter().map(|word| toml_key(word)).collect();
        let table = keys.iter().fold("configuration".to_owned(), |table, key| format!("{table}.{key}"));
        call.unanswered(
            format!("msys.config(\"get\", {})", quoted(path)),
            format!("[{table}]\n{} = \"\"", toml_key(name)),
        );
    }
    Ok((Value::Nil, format!("Option '{name}' is not set in scope '{}'.", scope.join(" "))))
}

/// An option in this scope, or in the ones around it, or what holds without it.
fn eval(call: &Call<'_>, path: &[&str]) -> mlua::Result<(Value, String)> {
    let Some((name, scope)) = path.split_last() else { return Ok((Value::Nil, String::new())) };
    for depth in (0..=scope.len()).rev() {
        let around: Vec<&str> = scope.iter().take(depth).copied().chain([*name]).collect();
        if let Some(setting) = find(call, &around) {
            return shown(call, &around, setting);
        }
    }
    let api = call.frame().api();
    let of_scope = scope
        .iter()
        .rev()
        .find_map(|scope| api.option(&scope.to_ascii_lowercase(), &name.to_ascii_lowercase()));
    match of_scope.and_then(|option| option.default.as_deref()) {
        Some(default) => shown(call, path, Setting::Text(vec![default.to_owned()])),
        None => get(call, path),
    }
}

fn change(call: &Call<'_>, path: &[&str], value: Option<&str>) {
    let before = find(call, path).map(|setting| match setting {
        Setting::Text(words) => words.join(" "),
        Setting::Value(value) => text_of(&value),
    });
    let key = path.iter().map(|word| word.to_ascii_lowercase()).collect();
    call.part::<Settings>().borrow_mut().changed.insert(key, value.map(str::to_owned));
    let property = format!("configuration {}", path.join(" "));
    call.note(What::Set { property, before, after: value.map(str::to_owned) });
}

/// Values of files are texts, as they stand there; those of the session have the type that they have there.
fn shown(call: &Call<'_>, path: &[&str], setting: Setting) -> mlua::Result<(Value, String)> {
    let name = path.last().copied().unwrap_or_default();
    let (value, text) = match setting {
        Setting::Text(words) => match &words[..] {
            [word] => (session::Value::Text(word.clone()), word.clone()),
            several => {
                let values = several.iter().cloned().map(session::Value::Text).collect();
                (session::Value::List(values), format!("(\n  {}\n  )", several.join("\n  ")))
            }
        },
        Setting::Value(value) => (value.clone(), text_of(&value)),
    };
    Ok((lua_value(call.lua(), &value)?, format!("{name} = {text}")))
}

fn quoted(path: &[&str]) -> String {
    path.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ")
}

fn toml_key(word: &str) -> String {
    let bare = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if bare && !word.is_empty() { word.to_owned() } else { format!("{word:?}") }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use momentum_lua_analyzer::configuration::includes::{Configuration, Entry};
    use momentum_lua_analyzer::configuration::search_path::SearchPath;

    use super::Settings;
    use crate::api::tested::{State, state, state_of};

    fn configured(text: &str) -> State {
        let state = state();
        let configuration =
            Configuration::load("ecelerity.conf", text.to_owned(), &SearchPath::default(), &|_| {
                Entry::Missing
            });
        let settings = Settings::of(Some(Rc::new(configuration.global)));
        state.frame.set_part(Rc::new(RefCell::new(settings)));
        state
    }

    const FILE: &str = "Message_Expiration = 86400\nDomain earthlink.net {\n  Message_Expiration = 900\n}\n\
        Binding smtp-01 {\n  Domain relay.com {\n    EHLO_Hostname = \"relay.com\"\n  }\n}\nRelay_Hosts = ( 10.0.0.1 10.0.0.2 )\n\
        Datasource \"d\" {\n  uri = ( \"sqlite:/x\" )\n}\n";

    #[test]
    fn options_are_got_from_their_scope() {
        let said: String = configured(FILE).eval(
            "local function g(...) local a, b = msys.config('get', ...) return tostring(a) .. '/' .. b .. '|' end\n\
             return g('message_expiration') .. g('domain', 'earthlink.net', 'message_expiration') .. g('binding smtp-01 domain relay.com ehlo_hostname') .. g('domain', 'other.example', 'Message_Expiration') .. #msys.config('get', 'relay_hosts')",
        );
        assert_eq!(
            said,
            "86400/message_expiration = 86400|900/message_expiration = 900|relay.com/ehlo_hostname = relay.com|\
             nil/Option 'Message_Expiration' is not set in scope 'domain other.example'.|2"
        );
    }

    #[test]
    fn eval_falls_back() {
        let said: String = configured(FILE).eval(
            "return msys.config('eval', 'domain', 'other.example', 'message_expiration') .. ' ' .. msys.config('eval', 'datasource', 'd', 'max_rows')",
        );
        assert_eq!(said, "86400 100");
    }

    #[test]
    fn what_scripts_set_holds() {
        let state = configured(FILE);
        let said: String = state.eval(
            "msys.config('set', 'domain', 'x.example', 'max_outbound_connections', '7')\n\
             local a = msys.config('get', 'Domain', 'x.example', 'Max_Outbound_Connections')\n\
             local _, text = msys.config('unset', 'domain', 'earthlink.net', 'message_expiration')\n\
             return a .. '|' .. text",
        );
        assert_eq!(
            said,
            "7|\"message_expiration\" has been unset. Effective value is now:\nmessage_expiration = 86400"
        );
        assert!(state.report().contains("configuration domain x.example"), "{}", state.report());
    }

    #[test]
    fn the_session_goes_before_and_is_asked_for() {
        let text =
            "[configuration]\nhostname = \"a.example\"\n[configuration.domain.\"b.example\"]\nretries = 3\n";
        let said: String = state_of(text, &[]).eval(
            "return msys.config('get', 'Hostname') .. ' ' .. (msys.config('get', 'domain', 'b.example', 'retries') + 1)",
        );
        assert_eq!(said, "a.example 4");
        let state = state();
        state.eval::<()>("msys.config('get', 'domain', 'b.example', 'retries')");
        assert!(state.report().contains("[configuration.domain.\\\"b.example\\\"]"), "{}", state.report());
    }
}
