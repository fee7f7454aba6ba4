//! `adaptive.toml`

use serde::Deserialize;
use toml::Spanned;

use super::facts::entries;
use super::{Reader, optional, text, texts};
use crate::draft::ReferenceKind;
use crate::model::{
    AdaptiveAction, AdaptiveDuration, AdaptiveField, AdaptiveForm, AdaptiveGrammar, AdaptiveOption,
    AdaptiveRegister, SweepRule, SweepRules, Text,
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    register: Register,
    domain: Domain,
    field: Vec<Field>,
    trigger: Forms,
    action: Vec<Action>,
    duration: Duration,
    configuration: Forms,
    configuration_option: Vec<ConfigurationOption>,
    sweep_rule: Sweep,
    #[serde(default)]
    default_sweep_rule: Vec<DefaultRule>,
}

entries! {
    struct Register {
        function: Spanned<String>,
        requires: Spanned<String>,
        modes: Vec<String>,
        default_mode: String,
        #[serde(default)]
        receivers: Vec<String>,
    }

    struct Domain {
        alias: String,
        order: String,
    }

    struct Field {
        #[serde(rename = "in")]
        table: String,
        name: String,
        #[serde(rename = "type")]
        kind: Spanned<String>,
        #[serde(default)]
        required: bool,
        status: Option<Spanned<String>>,
        #[serde(default)]
        values: Vec<String>,
    }

    struct Forms {
        #[serde(rename = "type")]
        kind: Option<Spanned<String>>,
        forms: Vec<Form>,
    }

    struct Form {
        form: String,
        example: Option<String>,
        #[serde(default)]
        arguments: Vec<(String, String, String)>,
    }

    struct Action {
        name: String,
        #[serde(default)]
        arguments: Vec<Spanned<String>>,
        #[serde(default)]
        words: Vec<String>,
        #[serde(default)]
        adjusts: Vec<String>,
        #[serde(default)]
        alerts: bool,
        #[serde(default)]
        sweep: bool,
        #[serde(default)]
        disposition: bool,
    }

    struct Duration {
        form: String,
        units: Vec<String>,
        #[serde(default)]
        sweep_units: Vec<String>,
        #[serde(default)]
        sweep_power_of_two: bool,
        #[serde(default)]
        example: String,
    }

    struct ConfigurationOption {
        name: String,
        unit: String,
        adaptive: Option<String>,
        #[serde(default = "yes")]
        managed: bool,
    }

    struct Sweep {
        scope: String,
        options: Vec<String>,
        prefixes: Vec<String>,
        requires: Vec<String>,
        thresholds: String,
        ignored: String,
        names: String,
        order: String,
    }

    struct DefaultRule {
        name: String,
        codes: Vec<String>,
        low_threshold: f64,
        low_action: Vec<String>,
        high_threshold: f64,
        high_action: Vec<String>,
    }
}

/// What `managed` is where it is left out.
const fn yes() -> bool {
    true
}

/// Types of fields.
const FIELD_KINDS: &[&str] = &["string", "pcre", "trigger", "action", "list", "table"];
/// Types of an action's arguments.
const ARGUMENT_KINDS: &[&str] = &["duration", "number", "seconds", "word", "code", "action"];

impl Reader<'_> {
    pub(super) fn adaptive(&mut self, file: File) {
        for field in &file.field {
            self.must_be(&field.kind, FIELD_KINDS);
            if let Some(status) = &field.status {
                self.must_be(status, &["ignored"]);
            }
        }
        for kind in [&file.trigger.kind, &file.configuration.kind].into_iter().flatten() {
            self.must_be(kind, FIELD_KINDS);
        }
        for argument in file.action.iter().flat_map(|action| &action.arguments) {
            self.must_be(argument, ARGUMENT_KINDS);
        }
        let register = AdaptiveRegister {
            function: self.reference(ReferenceKind::Function, &file.register.function),
            requires: self.reference(ReferenceKind::Module, &file.register.requires),
            modes: texts(&file.register.modes),
            default_mode: text(&file.register.default_mode),
            receivers: texts(&file.register.receivers),
            doc: text(&file.register.doc),
        };
        self.draft.model.adaptive = Some(AdaptiveGrammar {
            register,
            alias: text(&file.domain.alias),
            order: text(&file.domain.order),
            fields: file.field.iter().map(field).collect(),
            triggers: file.trigger.forms.iter().map(form).collect(),
            actions: file.action.iter().map(action).collect(),
            duration: AdaptiveDuration {
                form: text(&file.duration.form),
                units: texts(&file.duration.units),
                sweep_units: texts(&file.duration.sweep_units),
                sweep_power_of_two: file.duration.sweep_power_of_two,
                example: text(&file.duration.example),
                doc: text(&file.duration.doc),
            },
            configuration: file.configuration.forms.iter().map(form).collect(),
            options: file.configuration_option.iter().map(option).collect(),
            sweep: sweep(&file.sweep_rule, &file.default_sweep_rule),
            page: optional(file.register.page.as_ref()),
        });
    }

    fn must_be(&mut self, word: &Spanned<String>, words: &[&str]) {
        if !words.contains(&word.get_ref().as_str()) {
            let message = format!("expected one of {}, found `{}`", words.join(", "), word.get_ref());
            self.problem(word.span(), message);
        }
    }
}

fn field(field: &Field) -> AdaptiveField {
    AdaptiveField {
        table: text(&field.table),
        name: text(&field.name),
        kind: text(field.kind.get_ref()),
        required: field.required,
        ignored: field.status.is_some(),
        values: texts(&field.values),
        doc: text(&field.doc),
        page: optional(field.page.as_ref()),
    }
}

fn form(form: &Form) -> AdaptiveForm {
    let argument = |(name, kind, meaning): &(String, String, String)| (text(name), text(kind), text(meaning));
    AdaptiveForm {
        form: text(&form.form),
        example: optional(form.example.as_ref()),
        arguments: form.arguments.iter().map(argument).collect(),
        doc: text(&form.doc),
    }
}

fn action(action: &Action) -> AdaptiveAction {
    AdaptiveAction {
        name: text(&action.name),
        arguments: action.arguments.iter().map(|argument| text(argument.get_ref())).collect(),
        words: texts(&action.words),
        adjusts: texts(&action.adjusts),
        alerts: action.alerts,
        sweep: action.sweep,
        disposition: action.disposition,
        doc: text(&action.doc),
        page: optional(action.page.as_ref()),
    }
}

fn option(option: &ConfigurationOption) -> AdaptiveOption {
    AdaptiveOption {
        name: text(&option.name),
        unit: text(&option.unit),
        bounded_by: optional(option.adaptive.as_ref()),
        managed: option.managed,
        doc: text(&option.doc),
        page: optional(option.page.as_ref()),
    }
}

fn sweep(sweep: &Sweep, defaults: &[DefaultRule]) -> SweepRules {
    let notes: Vec<Text> =
        [&sweep.thresholds, &sweep.ignored, &sweep.names, &sweep.order].into_iter().map(Text::from).collect();
    let rule = |rule: &DefaultRule| SweepRule {
        name: text(&rule.name),
        codes: texts(&rule.codes),
        low: (rule.low_threshold, texts(&rule.low_action)),
        high: (rule.high_threshold, texts(&rule.high_action)),
    };
    SweepRules {
        scope: text(&sweep.scope),
        options: texts(&sweep.options),
        prefixes: texts(&sweep.prefixes),
        requires: texts(&sweep.requires),
        notes,
        defaults: defaults.iter().map(rule).collect(),
        page: optional(sweep.page.as_ref()),
    }
}
