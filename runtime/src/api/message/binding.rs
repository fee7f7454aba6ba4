//! Bindings: from which addresses a message is sent.

use std::cell::RefCell;

use mlua::LuaString;

use super::EcMessage;
use crate::api::{Call, Registry};
use crate::report::What;
use crate::session::{Binding, Invented};

/// The bindings of configuration and session.
#[derive(Debug, Default)]
pub struct Bindings {
    /// All of them; `default` need not be named.
    pub known: Vec<Binding>,
    /// Nothing says which bindings there are: those that scripts choose are made up.
    pub open: bool,
    /// How many of them are made up, at the end of the list.
    made_up: usize,
}

impl Bindings {
    /// Those of a configuration and a session.
    #[must_use]
    pub fn of(known: Vec<Binding>, is_configured: bool) -> Self {
        Self { open: known.is_empty() && !is_configured, known, made_up: 0 }
    }

    fn make_up(&mut self, name: String, group: Option<String>) {
        self.known.push(Binding { name, group, suspended: false });
        self.made_up += 1;
    }

    /// What was made up, as a session would say it.
    #[must_use]
    pub fn invented(&self) -> Vec<Invented> {
        let first = self.known.len().saturating_sub(self.made_up);
        let key = |place: usize, name: &str| format!("bindings[{}].{name}", place + 1);
        let one = |key: String, value: &str| Invented { key, value: value.to_owned(), from: None };
        let made_up = self.known.iter().enumerate().skip(first);
        made_up
            .flat_map(|(place, binding)| {
                let group = binding.group.as_deref().map(|group| one(key(place, "group"), group));
                std::iter::once(one(key(place, "name"), &binding.name)).chain(group)
            })
            .collect()
    }

    fn has(&self, name: &str) -> bool {
        name == "default" || self.known.iter().any(|binding| binding.name == name)
    }

    /// The group that a binding belongs to.
    #[must_use]
    pub fn group_of(&self, name: &str) -> Option<&str> {
        self.known.iter().find(|binding| binding.name == name)?.group.as_deref()
    }

    /// All names, each once: a binding's place among them is its number. Which numbers the server gives is not known.
    fn slots(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for name in std::iter::once("default").chain(self.known.iter().map(|binding| binding.name.as_str())) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// How many bindings a group has.
    fn size_of(&self, group: &str) -> usize {
        self.slots().into_iter().filter(|name| self.group_of(name) == Some(group)).count()
    }

    /// One of a group: the first that is not suspended, else the first.
    fn of_group(&self, group: &str) -> Option<&Binding> {
        let members = || self.known.iter().filter(|binding| binding.group.as_deref() == Some(group));
        members().find(|binding| !binding.suspended).or_else(|| members().next())
    }
}

pub(super) fn register(api: &mut Registry) {
    api.method("binding", binding);
    api.method("binding_group", binding_group);
    api.function("msys.core.config_get_binding_id_from_name", |call, name: LuaString| {
        let bindings = call.part::<Bindings>();
        let (bindings, name) = (bindings.borrow(), name.to_string_lossy());
        let slot = bindings.slots().into_iter().position(|known| known == name);
        Ok(slot.and_then(|slot| i64::try_from(slot).ok()).unwrap_or(-1))
    });
    api.function("msys.core.config_get_binding_name_from_id", |call, slot: i64| {
        let bindings = call.part::<Bindings>();
        let bindings = bindings.borrow();
        let name = usize::try_from(slot).ok().and_then(|slot| bindings.slots().get(slot).copied());
        name.map(|name| call.lua().create_string(name)).transpose()
    });
    api.function("msys.core.config_get_binding_group_size", |call, group: LuaString| {
        Ok(call.part::<Bindings>().borrow().size_of(&group.to_string_lossy()))
    });
}

fn choose(call: &Call<'_>, property: &str, place: &RefCell<Option<String>>, chosen: &str) {
    let before = place.replace(Some(chosen.to_owned()));
    if before.as_deref() != Some(chosen) {
        let after = Some(chosen.to_owned());
        call.note(What::Set { property: property.to_owned(), before, after });
    }
}

fn warn_outside_set_binding(call: &Call<'_>) {
    let running = call.frame().running();
    if let Some(running) = running.filter(|running| running.phase.as_deref() != Some("set_binding")) {
        let text = format!(
            "{} in {} is undefined in Momentum: it belongs in validate_set_binding",
            call.name(),
            running.hook
        );
        call.note(What::Note { text });
    }
}

fn binding(call: &Call<'_>, this: &EcMessage, name: Option<String>) -> mlua::Result<Option<String>> {
    let Some(name) = name else { return Ok(this.binding.borrow().clone()) };
    warn_outside_set_binding(call);
    let bindings = call.part::<Bindings>();
    if bindings.borrow().open && !bindings.borrow().has(&name) {
        bindings.borrow_mut().make_up(name.clone(), None);
    }
    if !bindings.borrow().has(&name) {
        let text = format!("there is no binding `{name}`: neither the configuration nor the session has one");
        call.note(What::Note { text });
        call.unanswered(format!("msg:binding(\"{name}\")"), format!("[[bindings]]\nname = \"{name}\""));
        return Ok(None);
    }
    choose(call, "binding", &this.binding, &name);
    Ok(Some(name))
}

fn binding_group(call: &Call<'_>, this: &EcMessage, name: Option<String>) -> mlua::Result<Option<String>> {
    let Some(name) = name else { return Ok(this.binding_group.borrow().clone()) };
    warn_outside_set_binding(call);
    let bindings = call.part::<Bindings>();
    if bindings.borrow().open && bindings.borrow().of_group(&name).is_none() {
        bindings.borrow_mut().make_up(format!("{name}-1"), Some(name.clone()));
    }
    let member = bindings.borrow().of_group(&name).map(|binding| binding.name.clone());
    let Some(member) = member else {
        call.unanswered(
            format!("msg:binding_group(\"{name}\")"),
            format!("[[bindings]]\nname = \"{name}-1\"\ngroup = \"{name}\""),
        );
        return Ok(None);
    };
    choose(call, "binding_group", &this.binding_group, &name);
    choose(call, "binding", &this.binding, &member);
    Ok(Some(name))
}
