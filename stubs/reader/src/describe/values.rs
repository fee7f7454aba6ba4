//! Modules, macros, context variables, options and phases.

use super::{Description, Row};
use crate::api::Api;
use crate::model::{ConfigurationOption, ContextVariable, Macro, Module, Per, Phase, Text};

pub(super) fn module(api: &Api, module: &Module) -> Description {
    if let Some(class) = module.class.as_deref().and_then(|class| api.class(class)) {
        let mut description = super::members::class(api, class);
        facts(&mut description, module);
        return description;
    }
    let mut description = Description::new(&module.name, "module", &module.about);
    description.code.push(format!("require(\"{}\")", module.name));
    facts(&mut description, module);
    description
}

fn facts(description: &mut Description, module: &Module) {
    if module.preloaded {
        description.fact("Require", "not needed: it is always there");
    }
    if module.global {
        description.fact("Global", format!("`require` sets `{}`", module.name));
    }
    description.fact_list("Needs as well", &module.companions);
    if !module.configuration.is_empty() {
        let stanzas: Vec<String> = module.configuration.iter().map(|name| format!("`{name}`")).collect();
        description.fact("Configuration", format!("{} must be loaded", stanzas.join(" or ")));
    }
    match module.source.as_str() {
        "engine" => description.fact("Comes with", "the Lua engine"),
        "site" => description.fact("Comes with", "the site: it is a file that the site writes"),
        _ => {}
    }
    if let Some(effect) = &module.effect {
        description.fact("Effect", effect.as_str());
    }
    if let Some(replaced) = &module.replaced {
        description.fact("Replaced by", format!("`{replaced}`"));
    }
}

pub(super) fn macro_named(one: &Macro) -> Description {
    let mut description = Description::new(&one.syntax, format!("macro of {}", one.namespace), &one.about);
    description.code.push(one.syntax.to_string());
    description.code.extend(one.short.as_ref().map(Text::to_string));
    let rows = one.arguments.iter().map(|(name, meaning)| Row {
        name: name.to_string(),
        ty: String::new(),
        doc: meaning.to_string(),
    });
    description.section("Arguments", rows.collect());
    description.fact_list("Values", &one.values);
    description
}

pub(super) fn context_variable(api: &Api, variable: &ContextVariable) -> Description {
    let dictionary = match variable.dictionary.as_str() {
        "conn" => "connection",
        "mess" => "message",
        other => other,
    };
    let kind = format!("context variable of the {dictionary}");
    let mut description = Description::new(&variable.name, kind, &variable.about);
    let dictionaries = api.server().map(|server| server.dictionaries.as_slice()).unwrap_or_default();
    if let Some(dictionary) = dictionaries.iter().find(|one| one.name == variable.dictionary) {
        description.code.push(format!("vctx:get({}, \"{}\")", dictionary.vctx, variable.name));
        description.code.push(format!("msg:context_get({}, \"{}\")", dictionary.message, variable.name));
        description.code.push(dictionary.macro_syntax.replace("KEY", &variable.name));
    }
    if !variable.module.is_empty() {
        description.fact("Defined by", variable.module.as_str());
    }
    if let Some(from) = &variable.from {
        let inferred = if variable.from_inferred { " (inferred)" } else { "" };
        description.fact("From", format!("`{from}`{inferred}"));
    }
    description.fact_list("Set by", &variable.set_by);
    description.fact_list("Values", &variable.values);
    if let Some(effect) = &variable.effect {
        description.fact("Setting it", effect.as_str());
    }
    if let Some(place) = &variable.set_in {
        description.fact("Set in", format!("`{place}`"));
    }
    if let Some(option) = &variable.option {
        description.fact("Renamed by", format!("the option `{option}`"));
    }
    description
}

pub(super) fn option(option: &ConfigurationOption) -> Description {
    let kind = format!("option of {}", super::plain_list(&option.scopes));
    let mut description = Description::new(&option.name, kind, &option.about);
    description.code.push(match &option.default {
        Some(value) => format!("{} = {value}", option.name),
        None => option.name.to_string(),
    });
    description.fact("Type", option.kind.as_str());
    if let Some(unit) = &option.unit {
        description.fact("Unit", unit.as_str());
    }
    match (&option.default, &option.default_3) {
        (Some(default), Some(three)) => {
            description.fact("Default", format!("`{default}`; Momentum 3: `{three}`"))
        }
        (Some(default), None) => description.fact("Default", format!("`{default}`")),
        (None, _) => {}
    }
    if let Some(example) = &option.example {
        description.fact("Example", format!("`{} = {example}`", option.name));
    }
    description.fact_list("Values", &option.values);
    if option.required {
        description.fact("Required", "yes");
    }
    if let Some(replaced) = &option.replaced {
        description.fact("Replaced by", replaced.as_str());
    }
    description
}

pub(super) fn phase(api: &Api, phase: &Phase) -> Description {
    let mut description = Description::new(&phase.name, "phase", &phase.about);
    let runs = [&phase.before, &phase.callout.iter().cloned().collect(), &phase.hooks, &phase.after];
    let order: Vec<Text> = runs.into_iter().flatten().cloned().collect();
    description.fact_list("Runs", &order);
    description.fact_list("May run", &phase.side);
    let per = match phase.per {
        Per::Configuration => "configuration",
        Per::Connection => "connection",
        Per::Command => "command",
        Per::Message => "message",
        Per::Recipient => "recipient",
    };
    description.fact("For each", per);
    let injections = api.server().map(|server| server.injections.as_slice()).unwrap_or_default();
    let ways: Vec<&str> = injections
        .iter()
        .filter(|one| one.order.contains(&phase.name))
        .map(|one| one.name.as_str())
        .collect();
    if !ways.is_empty() {
        description.fact("Mail by", ways.join(", "));
    }
    description.fact("May change", phase.change.as_str());
    description.fact("Reply", phase.reply.as_str());
    description
}
