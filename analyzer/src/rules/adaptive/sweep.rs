//! Sweep rules in the server's configuration.

use super::findings::in_word;
use crate::adaptive::{Problem, TextProblem, sweep};
use crate::configuration::ecelerity::{Value, Word};
use crate::configuration::includes::{ConfiguredOption, ConfiguredScope, Place, ProblemKind, ScopeContent};
use crate::configuration::near::did_you_mean;
use crate::diagnostic::{Edit, Severity};
use crate::project::ServerConfiguration;
use crate::rules::{Builder, Report};
use momentum_lua_stub_reader::model::AdaptiveGrammar;
use smol_str::SmolStr;

pub(super) fn check(server: &ServerConfiguration<'_>, report: &mut Report<'_>) {
    let Some(grammar) = server.project().api().adaptive() else { return };
    let mut sweep = Sweep { server, grammar, found: Vec::new() };
    sweep.content(&server.configuration().global, report);
    let found = std::mem::take(&mut sweep.found);
    sweep.modules(&found, report);
}

struct Sweep<'s> {
    server: &'s ServerConfiguration<'s>,
    grammar: &'s AdaptiveGrammar,
    /// Heads of rules, with the prefixes of their codes.
    found: Vec<(Place, Vec<String>)>,
}

impl<'s> Sweep<'s> {
    fn at<'r>(&self, place: &Place, message: String, report: &'r mut Report<'_>) -> Option<Builder<'r>> {
        let (file, span) = self.server.place(place)?;
        let mut finding = report.in_file(file, span, message);
        if let Some(page) = &self.grammar.sweep.page {
            finding.page(page.as_str());
        }
        Some(finding)
    }

    fn content(&mut self, content: &'s ScopeContent, report: &mut Report<'_>) {
        let mut named: Vec<(&str, &ConfiguredScope)> = Vec::new();
        for scope in &content.scopes {
            if !scope.kind.is(&self.grammar.sweep.scope) {
                self.content(&scope.content, report);
                continue;
            }
            self.rule(scope, report);
            let Some(name) = &scope.name else { continue };
            let first = named.iter().find(|(known, _)| known.eq_ignore_ascii_case(&name.text));
            if let Some((_, first)) = first {
                let message =
                    format!("a sweep rule `{}` is there already: of the two only one is in force", name.text);
                let other = self.server.place(&first.head_place());
                if let Some(mut finding) = self.at(&scope.head_place(), message, report) {
                    finding.severity(Severity::Warning);
                    if let Some((file, span)) = other {
                        finding.related_in(file, span, "the other one");
                    }
                }
            }
            named.push((&name.text, scope));
        }
    }

    fn rule(&mut self, scope: &'s ConfiguredScope, report: &mut Report<'_>) {
        for option in &scope.content.options {
            let is_known = self.grammar.sweep.options.iter().any(|known| option.key.is(known));
            if !is_known {
                let known = self.grammar.sweep.options.iter().map(|known| known.as_str());
                let meant = did_you_mean(&option.key.text, known);
                let message = format!("a sweep rule has no option `{}`{meant}", option.key.text);
                self.at(&option.key_place(), message, report);
            }
        }
        let prefixes = self.codes(scope, report);
        self.found.push((scope.head_place(), prefixes));
        let low = self.threshold(scope, "low_threshold", report);
        let high = self.threshold(scope, "high_threshold", report);
        if let (Some((low, low_place)), Some((high, high_place))) = (low, high)
            && let Some((severity, message)) = sweep::threshold_problem(low, high)
            && let Some(place) = low_place.or(high_place)
            && let Some(mut finding) = self.at(&place, message, report)
        {
            finding.severity(severity);
        }
        for name in ["low_action", "high_action"] {
            if let Some(option) = scope.content.option(name) {
                self.action(option, report);
            }
        }
    }

    /// The prefixes of the codes that a rule counts.
    fn codes(&self, scope: &ConfiguredScope, report: &mut Report<'_>) -> Vec<String> {
        let Some(option) = scope.content.option("codes") else {
            // The rules that are there without being configured have codes of their own.
            let is_default = scope
                .name
                .as_ref()
                .is_some_and(|name| self.grammar.sweep.defaults.iter().any(|rule| name.is(&rule.name)));
            if !is_default {
                let message = "this sweep rule has no `codes` to count: the server ignores it".to_owned();
                self.at(&scope.head_place(), message, report);
            }
            return Vec::new();
        };
        let words = option.value.iter().flat_map(Value::words).collect::<Vec<_>>();
        if words.is_empty() && option.value.is_some() {
            let message = "no code is named here: the server ignores the rule".to_owned();
            self.at(&option.value_place(), message, report);
        }
        let mut prefixes: Vec<String> = Vec::new();
        for word in words {
            match sweep::read_code(&word.text, self.grammar) {
                Ok(code) => {
                    let prefix = match code {
                        sweep::SweepCode::Bounce(_) => "bc:",
                        sweep::SweepCode::Feedback(_) => "fbl:",
                    };
                    if !prefixes.iter().any(|known| known == prefix) {
                        prefixes.push(prefix.to_owned());
                    }
                }
                Err(problem) => self.in_word(option, word, &problem, report),
            }
        }
        if prefixes.len() > 1 {
            let message = "bounce classes and feedback loop categories are counted over different times: a rule with both is ignored".to_owned();
            if let Some(mut finding) = self.at(&option.value_place(), message, report) {
                finding.severity(Severity::Warning);
            }
        }
        prefixes
    }

    fn in_word(
        &self,
        option: &ConfiguredOption,
        word: &Word,
        problem: &TextProblem,
        report: &mut Report<'_>,
    ) {
        let files = self.server.configuration().files();
        let text = files.filter(|(id, _)| *id == option.file).map(|(_, file)| file.text.as_str()).next();
        let range = in_word(text.unwrap_or_default(), word, problem);
        let is_part = range != word.range || word.text.len() == range.len();
        let place = Place { file: option.file, range };
        let span = self.server.place(&place).map(|(_, span)| span);
        let Some(mut finding) = self.at(&place, problem.message.clone(), report) else { return };
        if let (Some(correction), Some(span), true) = (&problem.correction, span, is_part) {
            finding.safe_fix(
                format!("Write `{}`", correction.trim()),
                vec![Edit::replace(span, correction.as_str())],
            );
        }
    }

    /// A threshold and where it is set; its default where it is not.
    fn threshold(
        &self,
        scope: &ConfiguredScope,
        name: &str,
        report: &mut Report<'_>,
    ) -> Option<(f64, Option<Place>)> {
        let Some(option) = scope.content.option(name) else {
            let default =
                self.server.project().api().option(&self.grammar.sweep.scope, name)?.default.as_ref()?;
            return Some((default.parse().ok()?, None));
        };
        let value = option.value.as_ref()?;
        let number = value.as_word().and_then(|word| word.text.parse::<f64>().ok());
        match number {
            Some(number) if (0.0..=100.0).contains(&number) => Some((number, Some(option.value_place()))),
            _ => {
                let message = format!("`{name}` is a percentage, a number from 0 to 100");
                self.at(&option.value_place(), message, report);
                None
            }
        }
    }

    fn action(&self, option: &ConfiguredOption, report: &mut Report<'_>) {
        let Some(value) = &option.value else { return };
        let words = value.words();
        // What is no word is not understood here.
        let items = value.as_collection().map_or(1, |collection| collection.items.len());
        if words.len() != items {
            return;
        }
        let place = option.value_place();
        let texts: Vec<(Place, SmolStr)> = words
            .iter()
            .map(|word| (Place { file: option.file, range: word.range.clone() }, SmolStr::new(&word.text)))
            .collect();
        let (_, problems) = sweep::read_action(&place, &texts, self.grammar);
        for problem in problems {
            self.problem(option, &words, problem, report);
        }
    }

    fn problem(
        &self,
        option: &ConfiguredOption,
        words: &[&Word],
        problem: Problem<Place>,
        report: &mut Report<'_>,
    ) {
        let word = words.iter().find(|word| word.range == problem.place.range);
        match (problem.range, word) {
            (Some(range), Some(word)) => {
                let text = TextProblem { range, message: problem.message, correction: problem.correction };
                self.in_word(option, word, &text, report);
            }
            _ => {
                self.at(&problem.place, problem.message, report);
            }
        }
    }

    /// Modules without which no sweep rule works.
    fn modules(&self, found: &[(Place, Vec<String>)], report: &mut Report<'_>) {
        let configuration = self.server.configuration();
        let is_partial =
            configuration.problems.iter().any(|problem| !matches!(problem.kind, ProblemKind::Syntax(_)));
        if is_partial {
            return;
        }
        let needed = [("adaptive", ""), ("fbl", "fbl:"), ("bounce_classifier_override", "bc:")];
        for (module, prefix) in needed {
            let is_needed = self.grammar.sweep.requires.iter().any(|known| known == module);
            if !is_needed || self.server.policy().has_stanza(module) {
                continue;
            }
            let uses = found
                .iter()
                .find(|(_, prefixes)| prefix.is_empty() || prefixes.iter().any(|known| known == prefix));
            if let Some((place, _)) = uses {
                let message = match module {
                    "adaptive" => "sweep rules need the module `adaptive`, and no stanza loads it".to_owned(),
                    _ => format!(
                        "sweep rules with `{prefix}` codes need the module `{module}`, and no stanza loads it: nothing is counted"
                    ),
                };
                if let Some(mut finding) = self.at(place, message, report) {
                    finding.severity(Severity::Warning);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::adaptive::adaptive_rule::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn sweep_rules() {
        check(
            RULE.code,
            r#"
//- /etc/ecelerity.conf
adaptive {}
adaptive_sweep_rule "complaints" {
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: sweep rules with `fbl:` codes need the module `fbl`
  codes = ( "fbl:abuse" )
  low_threshold = 20
#                 ^^ warning: the low threshold, 20 percent, lies above the high one, 10 percent: the low action is never done
  high_action = ( "suspend" "6 hours" )
#                            ^^^^^^^ error: 6 is no power of two, as 4 and 8 are
}
adaptive_sweep_rule "nothing" {
#<^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: this sweep rule has no `codes` to count: the server ignores it
  low_treshold = 5
# ^^^^^^^^^^^^ error: a sweep rule has no option `low_treshold`, did you mean `low_threshold`?
}
adaptive_sweep_rule "default_bounce_rule" {
  high_threshold = 20
}
domain "a.example" {
  adaptive_sweep_rule "mixed" {
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: need the module `bounce_classifier_override`
    codes = ( "bc:10" "fbl:abuse" "bc:soft" "24" "bounce:10" )
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: a rule with both is ignored
#                                     ^^^^ error: a bounce class is a number, as `bc:10`, and `soft` is none
#                                            ^^ error: `24` is neither a bounce class
#                                                 ^^^^^^^ error: a code begins with `bc:` or `fbl:`, not with `bounce:`
    high_threshold = "many"
#                    ^^^^^^ error: `high_threshold` is a percentage
    low_action = ( "throtle" "down" )
#                   ^^^^^^^ error: has no action `throtle`, so nothing is done: is `throttle` meant?
    high_action = ( "suspend" "30 minutes" )
#                              ^^^^^^^^^^ error: a sweep rule suspends for a number of `hours`, not of `minutes`
  }
  adaptive_sweep_rule "mixed" {
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: a sweep rule `mixed` is there already
    codes = "bc:10"
    low_action = ( "transcode" "454" )
#                  ^^^^^^^^^^^ error: `transcode` acts on a reply, and a sweep rule has none
    high_action = "suspend"
#                 ^^^^^^^^^ error: `suspend` needs a time behind it
  }
}
"#,
        );
    }

    #[test]
    fn sweep_rules_as_documented() {
        check_none(
            RULE.code,
            r#"
//- /etc/ecelerity.conf
adaptive {}
fbl {}
Bounce_Classifier_Override "site" {}
adaptive_sweep_rule "complaints" {
  codes = ( "fbl:abuse" "fbl:unsubscribe" )
  low_threshold = 0.2
  low_action = ( "throttle" "down" )
  high_threshold = 0.5
  high_action = ( "suspend" "4 hours" )
}
domain "a.example" {
  adaptive_sweep_rule "complaints" { Codes = ( "bc:10", "bc:20" ) High_Action = ( "greylisted" "15 minutes" ) }
}
"#,
        );
        // What is not in the tree may load the modules.
        check_none(
            RULE.code,
            "//- /etc/ecelerity.conf\ninclude \"gone.conf\"\nadaptive_sweep_rule \"a\" { codes = ( \"bc:10\" ) }\n",
        );
    }
}
