//! What runs when: the callouts and hooks that reach each function of the project, through calls in all of its files.
//!
//! The server enters a script at its callouts and hooks, at functions that were handed to it (timers, console commands,
//! HTTP endpoints), and once at the top when the file is loaded. From there calls lead on: by name, through tables and
//! other files, and through functions that call what they are given (`pcall`, `msys.runInPool`, a helper with a function
//! parameter). A function that is given away is reached by the one who gives it, not by everyone who calls the helper.

mod calls;
mod graph;

use super::types::{FunctionRef, MemberRef};
use crate::file_id::FileId;
use crate::project::Project;
use crate::syntax::Span;
use crate::syntax::tree::FunctionId;
pub(crate) use graph::Graph;
use momentum_lua_stub_reader::model::Text;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use std::collections::VecDeque;
use std::sync::Arc;

/// A function of the project, or with `None` the code of a file outside of all functions.
pub type Place = (FileId, Option<FunctionId>);

/// Where the server enters a script.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Entry {
    /// The file is loaded.
    Load,
    /// A callout or hook, by its name.
    Callout(Text),
    /// A function that was handed to the server and runs later: a timer, a console command, an HTTP endpoint. The member
    /// is what it was handed to.
    Callback(Arc<MemberRef>),
}

/// One way in which a function comes to run.
#[derive(Clone, Debug)]
pub struct Reach {
    /// Where the server enters.
    pub entry: Entry,
    /// The function that is entered.
    pub entered: Place,
    /// It runs in a thread pool: some call on the way goes through `msys.runInPool`.
    pub in_pool: bool,
    /// Every call on the way has one possible target. Otherwise some call goes to one of several functions, perhaps never
    /// to this one on this way.
    pub certain: bool,
    /// The call that reaches the function; `None` for what is entered itself.
    pub call: Option<Arc<CallStep>>,
}

impl Reach {
    /// The callout or hook, if it is one.
    #[must_use]
    pub fn callout(&self) -> Option<&Text> {
        match &self.entry {
            Entry::Callout(name) => Some(name),
            _ => None,
        }
    }

    /// The calls from the entered function to this one, the first first.
    #[must_use]
    pub fn path(&self) -> Vec<&CallStep> {
        let mut path: Vec<&CallStep> =
            std::iter::successors(self.call.as_deref(), |step| step.before.as_deref()).collect();
        path.reverse();
        path
    }
}

/// A call on the way to a function.
#[derive(Clone, Debug)]
pub struct CallStep {
    /// The file that the call stands in.
    pub file: FileId,
    /// The call.
    pub span: Span,
    /// The function that it stands in.
    pub caller: Option<FunctionId>,
    /// What the code calls it: `stamp`, `policy.stamp`; `None` for a function without a name.
    pub name: Option<SmolStr>,
    /// The function that is reached.
    pub function: FunctionRef,
    /// How.
    pub manner: Manner,
    /// The call before.
    pub before: Option<Arc<CallStep>>,
}

/// How a call reaches a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Manner {
    /// It is called there.
    Called,
    /// It is given there to something that calls it: `pcall(f)`, `each(list, f)`.
    Given,
    /// It is given there to `msys.runInPool`, or to something that passes it on to that.
    Pooled,
}

/// A call from one place of a project to a function of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// Where it stands.
    pub from: Place,
    /// The call, or what is given there to something that calls it.
    pub span: Span,
    /// What is called.
    pub to: FunctionRef,
    /// How.
    pub manner: Manner,
}

/// All calls of functions of a project, which must be updated, in the order of files and places.
#[must_use]
pub fn calls(project: &Project) -> Vec<Call> {
    let mut calls: Vec<Call> = project
        .calls()
        .edges()
        .map(|(from, edge)| Call { from, span: edge.span, to: edge.function, manner: edge.manner })
        .collect();
    calls.sort_by_key(|call| (call.from.0, call.span.start, call.span.end, call.to));
    calls
}

/// How functions of a project are reached.
#[derive(Debug, Default)]
pub struct Reachability {
    reached: FxHashMap<Place, Vec<Reach>>,
}

impl Reachability {
    /// Follows the calls of a whole project, which must be updated.
    #[must_use]
    pub(crate) fn of(project: &Project) -> Self {
        Self::within(project, |_| true)
    }

    /// Follows the calls that may lead to a file: of others it says what only files on the way do.
    #[must_use]
    pub(crate) fn of_file(project: &Project, file: FileId) -> Self {
        let leading = project.calls().leading_to(file);
        Self::within(project, |file| leading.contains(&file))
    }

    fn within(project: &Project, is_within: impl Fn(FileId) -> bool) -> Self {
        let graph = project.calls();
        let mut walk = Walk { graph, reached: FxHashMap::default(), certain: VecDeque::new() };
        for (entry, entered) in entries(project, graph, is_within) {
            let reach = Reach { entry, entered, in_pool: false, certain: true, call: None };
            walk.arrive(entered, reach);
        }
        walk.follow();
        Self { reached: walk.reached }
    }

    /// The ways in which a function comes to run, or the code of a file outside of all functions: at most two for each
    /// entry, in a pool and not. Empty where nothing is known to call it.
    #[must_use]
    pub fn of_place(&self, place: Place) -> &[Reach] {
        self.reached.get(&place).map_or(&[], Vec::as_slice)
    }
}

/// Everything that the server enters by some files.
fn entries(project: &Project, graph: &Graph, is_within: impl Fn(FileId) -> bool) -> Vec<(Entry, Place)> {
    let mut entries = Vec::new();
    let scripts = || project.scripts().filter(|script| is_within(script.id()));
    for script in scripts() {
        for (index, table) in (0u32..).zip(&script.analysis().tables) {
            let is_registered = graph.is_registered(script.analysis().table_at(script.id(), index));
            for (name, field) in &table.fields {
                let Some(hook) = project.api().hook(name) else { continue };
                for function in field.ty.functions() {
                    let place = (function.file, Some(function.function));
                    // On a table that nobody registers, `init` is a usual name, and what is called is no callout.
                    if is_registered || (name.contains('_') && !graph.is_called(place)) {
                        entries.push((Entry::Callout(hook.name.clone()), place));
                    }
                }
            }
        }
    }
    let callbacks = scripts().flat_map(|script| graph.callbacks_of(script.id()));
    entries.extend(callbacks.map(|(member, function)| {
        (Entry::Callback(member.clone()), (function.file, Some(function.function)))
    }));
    entries.extend(scripts().map(|script| (Entry::Load, (script.id(), None))));
    entries
}

/// A walk along the calls, the shortest ways first; those without a doubt before all others.
struct Walk<'a> {
    graph: &'a Graph,
    reached: FxHashMap<Place, Vec<Reach>>,
    certain: VecDeque<(Place, usize)>,
}

impl Walk<'_> {
    /// Notes a way to a place unless one like it is known; gives its position.
    fn arrive(&mut self, place: Place, reach: Reach) -> Option<usize> {
        let known = self.reached.entry(place).or_default();
        if known.iter().any(|known| known.entry == reach.entry && known.in_pool == reach.in_pool) {
            return None;
        }
        let is_certain = reach.certain;
        known.push(reach);
        let position = known.len() - 1;
        if is_certain {
            self.certain.push_back((place, position));
        }
        Some(position)
    }

    fn follow(&mut self) {
        let mut doubtful: VecDeque<(Place, Reach)> = VecDeque::new();
        loop {
            let (place, position) = match self.certain.pop_front() {
                Some(next) => next,
                None => {
                    let Some((place, reach)) = doubtful.pop_front() else { break };
                    match self.arrive(place, reach) {
                        Some(position) => (place, position),
                        None => continue,
                    }
                }
            };
            let graph = self.graph;
            for call in graph.calls_of(place) {
                let Some(from) = self.reached.get(&place).and_then(|reached| reached.get(position)) else {
                    break;
                };
                let reach = Reach {
                    entry: from.entry.clone(),
                    entered: from.entered,
                    in_pool: from.in_pool || call.manner == Manner::Pooled,
                    certain: from.certain && call.certain,
                    call: Some(Arc::new(CallStep {
                        file: place.0,
                        span: call.span,
                        caller: place.1,
                        name: call.name.clone(),
                        function: call.function,
                        manner: call.manner,
                        before: from.call.clone(),
                    })),
                };
                let target = call.target();
                if reach.certain {
                    self.arrive(target, reach);
                } else {
                    doubtful.push_back((target, reach));
                }
            }
        }
    }
}
