//! Where the documentation lets a function be used, and what it says of one callout or hook.

use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::{AllowedIn, Function, Hook, Per, Phase, Text};

/// The phases of a session, and which callouts and hooks run in them.
pub(crate) struct Phases<'a> {
    api: &'a Api,
    all: Vec<&'a Phase>,
}

impl<'a> Phases<'a> {
    pub(crate) fn of(api: &'a Api) -> Self {
        Self { api, all: api.phases() }
    }

    fn named(&self, name: &str) -> Option<&'a Phase> {
        self.all.iter().copied().find(|phase| phase.name == *name)
    }

    /// The phase that a callout or hook runs in.
    fn around(&self, hook: &str) -> Option<&'a Phase> {
        self.all.iter().copied().find(|phase| phase.has(hook))
    }

    /// The callouts from that one on that the server never calls for messages without a session: those of phases that run
    /// when a message is spooled, and that no other way of injection has.
    pub(crate) fn unseen_without_session(&self, first: &str) -> Vec<&'a str> {
        let Some(first) = self.around(first).and_then(|phase| self.position(phase)) else { return Vec::new() };
        let ways = self.api.server().map_or(&[][..], |server| &server.injections);
        let elsewhere = |phase: &Phase| ways.iter().any(|way| way.name != "smtp" && way.order.contains(&phase.name));
        let unseen = self.all.iter().filter(|phase| {
            phase.in_summary && self.position(phase).is_some_and(|at| at >= first) && !elsewhere(phase)
        });
        unseen.filter_map(|phase| phase.callout.as_deref()).collect()
    }

    /// The hooks by which scripts see messages without a session: callouts that every message has are not among them.
    pub(crate) fn hooks_without_session(&self) -> Vec<&'a str> {
        let ways = self.api.server().map_or(&[][..], |server| &server.injections);
        let orders = ways.iter().filter(|way| way.name != "smtp").flat_map(|way| &way.order);
        let phases = orders.filter_map(|name| self.named(name));
        phases.flat_map(|phase| phase.hooks.iter().map(|hook| hook.as_str())).collect()
    }

    /// When a phase comes in an SMTP session.
    fn position(&self, phase: &Phase) -> Option<usize> {
        self.api.server()?.order("smtp").iter().position(|name| *name == phase.name)
    }

    /// Whether a phase is one of messages that come another way than by SMTP, and of no others.
    fn is_without_session(&self, phase: &Phase) -> bool {
        let ways = self.api.server().map_or(&[][..], |server| &server.injections);
        let mut ways = ways.iter().filter(|way| way.order.contains(&phase.name)).peekable();
        ways.peek().is_some() && ways.all(|way| way.name != "smtp")
    }
}

/// What the documentation says of where something may be used.
#[derive(Clone, Copy)]
pub(crate) struct Placement<'p, 'a> {
    within: &'p Phases<'a>,
    /// The only callouts and hooks.
    callouts: &'a [AllowedIn],
    /// The list of callouts is advice.
    advised: bool,
    /// Callouts and hooks that the documentation warns of.
    never: &'a [Text],
    /// Phases of the summary table; `any` counts as none.
    phases: &'a [Text],
}

/// What is wrong with a callout or hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Objection {
    /// The documentation warns of it.
    Forbidden,
    /// It is none of those that the documentation names.
    Restricted,
    /// It is none of those that the documentation names, but runs in the phase of one of them.
    Neighbouring,
    /// It comes before the one from which on this use is possible.
    TooEarly,
    /// Only the summary table of functions leaves it out.
    NotListed,
}

impl<'p, 'a> Placement<'p, 'a> {
    /// What is said of a function of the API; `None` where nothing restricts it.
    pub(crate) fn of(within: &'p Phases<'a>, member: Member<'a>) -> Option<Self> {
        let function = member.function()?;
        let Function { callouts, advised, never, .. } = function;
        let phases = if function.restricts_phases() { &function.phases[..] } else { &[] };
        let says_something = !(callouts.is_empty() && never.is_empty() && phases.is_empty());
        says_something.then_some(Self { within, callouts, advised: *advised, never, phases })
    }

    /// What speaks against a use in a callout or hook. `changes` says that the use changes something, where reading is
    /// possible, too.
    pub(crate) fn objection(&self, hook: &Hook, changes: bool) -> Option<Objection> {
        if self.never.contains(&hook.name) {
            return Some(Objection::Forbidden);
        }
        if changes && self.limited().any(|allowed| self.is_before(hook, allowed)) {
            return Some(Objection::TooEarly);
        }
        if self.is_listed(hook) || self.is_advised(hook) || self.stands_in(hook) {
            return None;
        }
        if self.names().next().is_some() && !self.advised {
            let phase = self.within.around(&hook.name);
            let is_near = phase.is_some_and(|phase| self.names().any(|allowed| phase.has(&allowed.hook)));
            return Some(if is_near { Objection::Neighbouring } else { Objection::Restricted });
        }
        // The table's phases are those of a session, and say nothing of hooks; the hooks that it names are meant.
        let is_spoken_of = self.names_hooks() || self.summary_phase(hook).is_some();
        (is_spoken_of && self.is_understood()).then_some(Objection::NotListed)
    }

    /// The callouts and hooks where it belongs, by the phases where no callout is named.
    pub(crate) fn places(&self) -> Vec<&'a str> {
        let named: Vec<&str> = self.names().map(|allowed| allowed.hook.as_str()).collect();
        if !named.is_empty() {
            return named;
        }
        let callout = |name: &'a Text| {
            let phase = self.within.named(name);
            phase.and_then(|phase| phase.callout.as_deref()).unwrap_or(name.as_str())
        };
        self.phases.iter().map(callout).collect()
    }

    /// The callout from which on it may change something.
    pub(crate) fn earliest_change(&self) -> Option<&'a str> {
        self.limited().next().map(|allowed| allowed.hook.as_str())
    }

    /// Whether all its phases come after a callout (`true`) or before it (`false`); `None` where neither is known.
    pub(crate) fn comes_later(&self, hook: &Hook) -> Option<bool> {
        let at = self.within.position(self.within.around(&hook.name)?)?;
        let mut positions = self.phases.iter().map(|name| self.within.position(self.within.named(name)?));
        let later = positions.next()?? > at;
        positions.all(|position| position.is_some_and(|position| (position > at) == later)).then_some(later)
    }

    /// The callouts and hooks to which every use is restricted.
    fn names(&self) -> impl Iterator<Item = &'a AllowedIn> {
        self.callouts.iter().filter(|allowed| allowed.usage.is_none())
    }

    /// Those to which changing something is restricted.
    fn limited(&self) -> impl Iterator<Item = &'a AllowedIn> {
        self.callouts.iter().filter(|allowed| allowed.usage.as_ref().is_some_and(|usage| usage == "modify"))
    }

    /// A callout that is named allows what else runs in its phase; a hook that is named allows only itself, under the
    /// longer names that its module may give it.
    fn is_advised(&self, hook: &Hook) -> bool {
        self.names().any(|allowed| {
            is_same(&allowed.hook, &hook.name)
                || self.within.all.iter().any(|phase| {
                    phase.callout.as_ref().is_some_and(|callout| *callout == allowed.hook) && phase.has(&hook.name)
                })
        })
    }

    /// Whether the summary table has the phase, or the name, of a callout or hook.
    fn is_listed(&self, hook: &Hook) -> bool {
        self.phases.iter().any(|name| {
            is_same(name, &hook.name) || self.within.named(name).is_some_and(|phase| phase.has(&hook.name))
        })
    }

    /// A hook of messages that come another way than by SMTP does what callouts do that those messages never see.
    fn stands_in(&self, hook: &Hook) -> bool {
        let Some(phase) = self.within.around(&hook.name) else { return false };
        let named = self.names().filter_map(|allowed| self.within.around(&allowed.hook));
        let mut phases = named.chain(self.phases.iter().filter_map(|name| self.within.named(name)));
        self.within.is_without_session(phase)
            && phases.any(|other| self.within.position(other).is_some() && matches!(other.per, Per::Message | Per::Recipient))
    }

    fn is_before(&self, hook: &Hook, allowed: &AllowedIn) -> bool {
        let position = |name: &str| self.within.position(self.within.around(name)?);
        let (Some(at), Some(first)) = (position(&hook.name), position(&allowed.hook)) else { return false };
        at < first
    }

    /// The phase of a session that a callout is, if the summary table speaks of it.
    fn summary_phase(&self, hook: &Hook) -> Option<&'a Phase> {
        let is_it = |phase: &&Phase| phase.callout.as_ref().is_some_and(|callout| *callout == hook.name);
        self.within.all.iter().copied().find(is_it).filter(|phase| phase.in_summary)
    }

    /// Whether everything that the table lists is a phase or a hook, and not words of its own.
    fn is_understood(&self) -> bool {
        !self.phases.is_empty()
            && self.phases.iter().all(|name| self.within.named(name).is_some() || self.within.api.hook(name).is_some())
    }

    fn names_hooks(&self) -> bool {
        self.phases.iter().any(|name| self.within.named(name).is_none() && self.within.api.hook(name).is_some())
    }
}

/// Whether two names are of one hook: `generic_delivery_http_response_eval` is also written `http_response_eval`.
fn is_same(one: &str, other: &str) -> bool {
    let is_end = |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.ends_with('_'));
    one == other || (one.contains("_eval") && (is_end(one, other) || is_end(other, one)))
}
