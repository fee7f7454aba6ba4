//! Bindings: from which addresses a message is sent.

use std::cell::RefCell;

use super::EcMessage;
use crate::api::{Call, Registry};
use crate::report::What;
use crate::session::Binding;

/// The bindings of configuration and session.
#[derive(Debug, Default)]
pub struct Bindings {
    /// All of them; `default` need not be named.
    pub known: Vec<Binding>,
}

impl Bindings {
    fn has(&self, name: &str) -> bool {
        name == "default" || self.known.iter().any(|binding| binding.name == name)
    }

    /// The group that a binding belongs to.
    #[must_use]
    pub fn group_of(&self, name: &str) -> Option<&str> {
        self.known.iter().find(|binding| binding.name == name)?.group.as_deref()
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
