//! The state at one point of a path: what is known of variables there, and which decisions led there.

use crate::semantics::scope::BindingId;
use crate::semantics::types::Type;
use crate::syntax::Span;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::sync::Arc;

/// Something whose value is followed: a variable, or a chain of constant fields from one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The local; `None` for a global, whose name opens the path.
    pub root: Option<BindingId>,
    /// `.field[1]` behind the local, or `name.field` for a global.
    pub path: SmolStr,
}

impl Place {
    /// A local itself.
    #[must_use]
    pub fn local(binding: BindingId) -> Self {
        Self { root: Some(binding), path: SmolStr::default() }
    }
}

/// A decision on the way to a place.
#[derive(Debug)]
pub struct Step {
    /// The condition.
    pub condition: Span,
    /// It was true.
    pub taken: bool,
    /// The decision before.
    pub before: Option<Arc<Step>>,
}

/// What is known at one point.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    places: FxHashMap<Place, Type>,
    /// Places of which a condition says what cannot be. Nothing is known of them here, and where this path meets one
    /// without that doubt, what is known there holds.
    doubted: Vec<Place>,
    /// No path leads here.
    dead: bool,
    /// The decisions that every path to here shares, the last first.
    pub path: Option<Arc<Step>>,
}

impl Flow {
    /// Whether some path leads here.
    #[must_use]
    pub fn is_reachable(&self) -> bool {
        !self.dead
    }

    /// No path goes on from here.
    pub fn end(&mut self) {
        self.dead = true;
    }

    /// What is known of a place.
    #[must_use]
    pub fn get(&self, place: &Place) -> Option<&Type> {
        self.places.get(place)
    }

    /// A place now has that type; what was known of its fields is forgotten.
    pub fn assign(&mut self, place: Place, ty: Type) {
        self.forget_below(&place);
        self.doubted.retain(|doubted| *doubted != place);
        self.places.insert(place, ty);
    }

    /// A condition showed that a place has that type.
    pub fn narrow(&mut self, place: Place, ty: Type) {
        self.places.insert(place, ty);
    }

    /// A condition holds here that cannot hold for what is known of a place.
    pub fn doubt(&mut self, place: Place) {
        self.doubted.push(place.clone());
        self.places.insert(place, Type::unknown());
    }

    /// Forgets the fields of a place, and what goes through them.
    pub fn forget_below(&mut self, place: &Place) {
        if !self.places.is_empty() {
            self.places.retain(|known, _| {
                known.root != place.root
                    || known.path.len() <= place.path.len()
                    || !known.path.starts_with(place.path.as_str())
            });
        }
    }

    /// Forgets a variable and its fields.
    pub fn forget(&mut self, binding: BindingId) {
        self.places.retain(|known, _| known.root != Some(binding));
    }

    /// Forgets what is known of globals and of fields that start at them.
    pub fn forget_globals(&mut self) {
        self.places.retain(|known, _| known.root.is_some());
    }

    /// Forgets what is known of the fields of those variables, not of the variables themselves.
    pub fn forget_fields_where(&mut self, forget: impl Fn(BindingId) -> bool) {
        self.places.retain(|known, _| known.path.is_empty() || !known.root.is_some_and(&forget));
    }

    /// Forgets what is known of fields, not of variables.
    pub fn forget_fields(&mut self) {
        self.places.retain(|known, _| known.root.is_some() && known.path.is_empty());
    }

    /// The same behind a decision.
    #[must_use]
    pub fn decided(mut self, condition: Span, taken: bool) -> Self {
        self.path = Some(Arc::new(Step { condition, taken, before: self.path.take() }));
        self
    }

    /// Either of two paths.
    #[must_use]
    pub fn or(mut self, other: Flow) -> Flow {
        if self.dead {
            return other;
        }
        if other.dead {
            return self;
        }
        self.path = common(self.path.take(), other.path.as_ref());
        let (mine, theirs) = (std::mem::take(&mut self.doubted), other.doubted);
        self.places.retain(|place, ty| match other.places.get(place) {
            Some(known) => {
                match (mine.contains(place), theirs.contains(place)) {
                    (true, false) => ty.clone_from(known),
                    (false, true) => {}
                    _ if ty != known => {
                        ty.join(known);
                    }
                    _ => {}
                }
                true
            }
            None => false,
        });
        self.doubted = mine.into_iter().filter(|place| theirs.contains(place)).collect();
        self
    }
}

/// The decisions that two paths have in common: those before they part.
fn common(one: Option<Arc<Step>>, other: Option<&Arc<Step>>) -> Option<Arc<Step>> {
    let length = |path: Option<&Arc<Step>>| {
        std::iter::successors(path.map(Arc::as_ref), |step| step.before.as_deref()).count()
    };
    if one.as_ref().map(Arc::as_ptr) == other.map(Arc::as_ptr) {
        return one;
    }
    let (mut mine, mut theirs) = (one, other.cloned());
    let (mut left, mut right) = (length(mine.as_ref()), length(theirs.as_ref()));
    while left > 0 && right > 0 {
        if let (Some(a), Some(b)) = (&mine, &theirs)
            && Arc::ptr_eq(a, b)
        {
            return mine;
        }
        if left >= right {
            mine = mine.and_then(|step| step.before.clone());
            left -= 1;
        } else {
            theirs = theirs.and_then(|step| step.before.clone());
            right -= 1;
        }
    }
    None
}
