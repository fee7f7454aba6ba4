//! What became of deliveries lately, by binding and domain: what sweep rules look at.

use std::collections::BTreeMap;

use momentum_lua_analyzer::adaptive::sweep::SweepCode;

use super::Target;
use crate::session::{Session, Traffic};

/// What became of an attempt to deliver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Delivered,
    Deferred,
    /// It comes back, with this bounce class.
    Bounced(u16),
}

/// The attempts of the run, in the order of their times.
#[derive(Default)]
pub(super) struct Counts {
    attempts: BTreeMap<Target, Vec<(f64, Outcome)>>,
}

impl Counts {
    pub(super) fn add(&mut self, target: Target, now: f64, outcome: Outcome) {
        self.attempts.entry(target).or_default().push((now, outcome));
    }

    /// The bindings and domains that anything is known of: from the run, and from before it.
    pub(super) fn targets(&self, session: &Session) -> Vec<Target> {
        let mut targets: Vec<Target> = self.attempts.keys().cloned().collect();
        for before in session.adaptive.iter().map(of) {
            if !targets.contains(&before) {
                targets.push(before);
            }
        }
        targets
    }

    /// When the last attempt was; none before the first.
    pub(super) fn last(&self) -> Option<f64> {
        let last = |attempts: &Vec<(f64, Outcome)>| attempts.last().map(|(time, _)| *time);
        self.attempts.values().filter_map(last).max_by(f64::total_cmp)
    }

    /// What was counted from a time on. What the session says of the time before it counts as of its beginning.
    pub(super) fn since(&self, target: &Target, from: f64, session: &Session) -> Tally {
        let mut tally = Tally::default();
        let own = self.attempts.get(target).into_iter().flatten();
        for (_, outcome) in own.filter(|(time, _)| *time >= from) {
            tally.attempts += 1;
            match outcome {
                Outcome::Delivered => tally.deliveries += 1,
                Outcome::Deferred => {}
                Outcome::Bounced(class) => *tally.bounces.entry(*class).or_default() += 1,
            }
        }
        if session.clock.seconds() >= from {
            for before in session.adaptive.iter().filter(|before| of(before) == *target) {
                tally.add(before);
            }
        }
        tally
    }
}

fn of(traffic: &Traffic) -> Target {
    super::target(traffic.binding.as_deref(), &traffic.domain)
}

/// Counts of a binding and a domain over some time.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) attempts: u64,
    pub(super) deliveries: u64,
    bounces: BTreeMap<u16, u64>,
    complaints: BTreeMap<String, u64>,
}

impl Tally {
    fn add(&mut self, traffic: &Traffic) {
        self.attempts = self.attempts.saturating_add(traffic.all_attempts());
        self.deliveries = self.deliveries.saturating_add(traffic.deliveries);
        for (class, count) in &traffic.bounces {
            if let Ok(class) = class.parse() {
                let counted = self.bounces.entry(class).or_default();
                *counted = counted.saturating_add(*count);
            }
        }
        for (category, count) in &traffic.complaints {
            let counted = self.complaints.entry(category.clone()).or_default();
            *counted = counted.saturating_add(*count);
        }
    }

    /// How many bounces or complaints fall under these codes.
    pub(super) fn of_codes(&self, codes: &[SweepCode]) -> u64 {
        let counted = codes.iter().map(|code| match code {
            SweepCode::Bounce(class) => {
                u16::try_from(*class).ok().and_then(|class| self.bounces.get(&class)).copied().unwrap_or(0)
            }
            SweepCode::Feedback(category) => self
                .complaints
                .iter()
                .filter(|(name, _)| name.eq_ignore_ascii_case(category))
                .fold(0, |sum, (_, count)| count.saturating_add(sum)),
        });
        counted.fold(0, u64::saturating_add)
    }
}
