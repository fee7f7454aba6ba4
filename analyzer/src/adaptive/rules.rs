//! What holds after everything has been registered.

use super::reader::{Content, Domain, RuleTable};
use super::settings::Setting;

/// How a table is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Responses come in front of those that the domain has, options take the place of those that it has.
    Augment,
    /// Every rule that there is goes.
    Replace,
}

impl Mode {
    /// The mode that a word says.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "augment" => Some(Mode::Augment),
            "replace" => Some(Mode::Replace),
            _ => None,
        }
    }
}

/// Rules that were registered, by domain.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules<P = ()> {
    domains: Vec<Domain<P>>,
}

impl<P> Default for Rules<P> {
    fn default() -> Self {
        Self { domains: Vec::new() }
    }
}

/// What holds for a domain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing<'r, P = ()> {
    /// Rules of its own.
    Own(&'r Domain<P>),
    /// Those of another domain, which has some of its own.
    Alias(&'r Domain<P>),
    /// It is an alias, and leads to no domain with rules of its own.
    Dangling,
    /// Nothing.
    None,
}

impl<P: Clone> Rules<P> {
    /// Registers a table. What is said of an alias and of rules of its own for one domain: the later holds.
    pub fn register(&mut self, table: &RuleTable<P>, mode: Mode) {
        if mode == Mode::Replace {
            self.domains.clear();
        }
        for domain in &table.domains {
            let known = self.domains.iter_mut().find(|known| is_same_domain(&known.name, &domain.name));
            match known {
                None => self.domains.push(domain.clone()),
                Some(known) => augment(known, domain),
            }
        }
    }

    /// Every domain of which something is said.
    pub fn domains(&self) -> impl Iterator<Item = &Domain<P>> {
        self.domains.iter()
    }

    /// What holds for a domain: an alias is followed, an alias of an alias is not.
    #[must_use]
    pub fn of(&self, domain: &str) -> Standing<'_, P> {
        let find = |name: &str| self.domains.iter().find(|known| is_same_domain(&known.name, name));
        match find(domain) {
            None => Standing::None,
            Some(known) => match &known.content {
                Content::Alias(alias) => match find(&alias.target) {
                    Some(target) if !matches!(target.content, Content::Alias(_)) => Standing::Alias(target),
                    _ => Standing::Dangling,
                },
                Content::Own { .. } | Content::Unknown => Standing::Own(known),
            },
        }
    }
}

/// Whether two names are one domain: case does not count.
#[must_use]
pub fn is_same_domain(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

fn augment<P: Clone>(known: &mut Domain<P>, new: &Domain<P>) {
    let (
        Content::Own { responses, settings },
        Content::Own { responses: new_responses, settings: new_settings },
    ) = (&mut known.content, &new.content)
    else {
        known.content = new.content.clone();
        return;
    };
    responses.splice(0..0, new_responses.iter().cloned());
    for setting in new_settings {
        match settings.iter_mut().find(|known: &&mut Setting<P>| known.option == setting.option) {
            Some(known) => *known = setting.clone(),
            None => settings.push(setting.clone()),
        }
    }
}
