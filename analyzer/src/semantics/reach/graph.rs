//! All calls of a project. They are kept from update to update: a key stroke changes those of one file.

use super::calls::{Edge, FileCalls, Parameter};
use super::{Manner, Place};
use crate::file_id::FileId;
use crate::project::Project;
use crate::semantics::types::{FunctionRef, MemberRef, TableRef};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::hash::Hash;
use std::sync::Arc;

/// All calls.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    files: FxHashMap<FileId, FileCalls>,
    /// Of each file, those that lead to it in one step.
    led_from: FilesBy<FileId>,
    /// How many calls of their own files' code lead to places.
    called: FxHashMap<Place, u32>,
    /// How often tables are registered.
    registered: FxHashMap<TableRef, u32>,
    /// Files with functions that call their parameters.
    calling: FxHashSet<FileId>,
    /// Of each function, the files that hand parameters on to it.
    handed_on: FilesBy<FunctionRef>,
    /// Of each function, the files that give it functions.
    given_to: FilesBy<FunctionRef>,
    /// Calls of what is given to functions that call it.
    given: FxHashMap<Place, Vec<Edge>>,
    /// The places that those lead to.
    called_where_given: FxHashSet<Place>,
}

impl Graph {
    /// The calls of a whole project, which must be updated.
    pub(crate) fn of(project: &Project) -> Self {
        let mut graph = Self::default();
        graph.renew(project, project.scripts().map(|script| script.id()));
        graph
    }

    /// Reads the calls of those files again. The project must be updated.
    pub(crate) fn renew(&mut self, project: &Project, files: impl Iterator<Item = FileId>) {
        for file in files {
            self.take_out(file);
            if let Some(script) = project.script(file) {
                self.put_in(file, FileCalls::of(script));
            }
        }
        self.follow_gifts(project);
    }

    fn put_in(&mut self, file: FileId, calls: FileCalls) {
        calls.leads_to.iter().for_each(|&other| self.led_from.add(other, file));
        calls.passed_on.iter().for_each(|(to, _)| self.handed_on.add(to.function, file));
        calls.gifts.iter().for_each(|gift| self.given_to.add(gift.to.function, file));
        calls.edges.values().flatten().for_each(|edge| *self.called.entry(edge.target()).or_default() += 1);
        calls.registered.iter().for_each(|&table| *self.registered.entry(table).or_default() += 1);
        if !calls.called.is_empty() {
            self.calling.insert(file);
        }
        self.files.insert(file, calls);
    }

    fn take_out(&mut self, file: FileId) {
        let Some(calls) = self.files.remove(&file) else { return };
        calls.leads_to.iter().for_each(|&other| self.led_from.remove(other, file));
        calls.passed_on.iter().for_each(|(to, _)| self.handed_on.remove(to.function, file));
        calls.gifts.iter().for_each(|gift| self.given_to.remove(gift.to.function, file));
        calls.edges.values().flatten().for_each(|edge| one_less(&mut self.called, edge.target()));
        calls.registered.iter().for_each(|&table| one_less(&mut self.registered, table));
        self.calling.remove(&file);
    }

    /// Finds what calls the functions that are given away.
    fn follow_gifts(&mut self, project: &Project) {
        let called = self.called_parameters(project);
        // In the order of the files: the first of several ways is the one that is told.
        let giving: BTreeSet<FileId> =
            called.keys().flat_map(|(function, _)| self.given_to.of(*function)).collect();
        let mut given: FxHashMap<Place, Vec<Edge>> = FxHashMap::default();
        for file in giving {
            for gift in self.files.get(&file).map_or(&[][..], |calls| &calls.gifts) {
                let Some(&manner) = gift.to.parameter(project).and_then(|to| called.get(&to)) else {
                    continue;
                };
                given.entry((file, gift.from)).or_default().push(Edge {
                    span: gift.span,
                    name: gift.name.clone(),
                    function: gift.function,
                    manner,
                    certain: gift.certain,
                });
            }
        }
        self.called_where_given = given.values().flatten().map(Edge::target).collect();
        self.given = given;
    }

    /// The parameters that functions call, or hand on to others that do.
    fn called_parameters(&self, project: &Project) -> FxHashMap<Parameter, Manner> {
        let calling = self.calling.iter().filter_map(|file| self.files.get(file));
        let mut called: FxHashMap<Parameter, Manner> =
            calling.flat_map(|calls| calls.called.iter().map(|(&to, &manner)| (to, manner))).collect();
        let mut waiting: Vec<(Parameter, Manner)> =
            called.iter().map(|(&to, &manner)| (to, manner)).collect();
        while let Some((parameter, manner)) = waiting.pop() {
            let files = self.handed_on.of(parameter.0).filter_map(|file| self.files.get(&file));
            for (target, before) in files.flat_map(|calls| &calls.passed_on) {
                if target.function != parameter.0 || target.parameter(project) != Some(parameter) {
                    continue;
                }
                // What is also called directly is not in a pool alone.
                let is_news = match called.get(before) {
                    None => true,
                    Some(known) => *known == Manner::Pooled && manner != Manner::Pooled,
                };
                if is_news {
                    called.insert(*before, manner);
                    waiting.push((*before, manner));
                }
            }
        }
        called
    }

    /// A file and those from which calls may lead to it.
    pub(super) fn leading_to(&self, file: FileId) -> FxHashSet<FileId> {
        let mut leading = FxHashSet::from_iter([file]);
        let mut waiting = vec![file];
        while let Some(file) = waiting.pop() {
            waiting.extend(self.led_from.of(file).filter(|&before| leading.insert(before)));
        }
        leading
    }

    /// Whether calls lead from a place to one that `is` wanted, or it is one itself.
    pub(crate) fn leads(&self, from: Place, is: impl Fn(Place) -> bool) -> bool {
        let mut seen = FxHashSet::from_iter([from]);
        let mut waiting = vec![from];
        while let Some(place) = waiting.pop() {
            if is(place) {
                return true;
            }
            waiting.extend(self.calls_of(place).map(Edge::target).filter(|next| seen.insert(*next)));
        }
        false
    }

    pub(super) fn calls_of(&self, place: Place) -> impl Iterator<Item = &Edge> {
        let own = self.files.get(&place.0).and_then(|calls| calls.edges.get(&place.1));
        own.into_iter().chain(self.given.get(&place)).flatten()
    }

    /// All calls, each with the place that it stands in, in no order.
    pub(super) fn edges(&self) -> impl Iterator<Item = (Place, &Edge)> {
        let own = self.files.iter().flat_map(|(&file, calls)| {
            let edges = calls.edges.iter();
            edges.flat_map(move |(&function, edges)| edges.iter().map(move |edge| ((file, function), edge)))
        });
        let given = self.given.iter();
        own.chain(given.flat_map(|(&place, edges)| edges.iter().map(move |edge| (place, edge))))
    }

    /// Whether some code of the project calls it.
    pub(super) fn is_called(&self, place: Place) -> bool {
        self.called.contains_key(&place) || self.called_where_given.contains(&place)
    }

    /// Whether some code of the project registers a table.
    pub(super) fn is_registered(&self, table: TableRef) -> bool {
        self.registered.contains_key(&table)
    }

    /// Functions that a file hands to the server to run later, with what they are handed to.
    pub(super) fn callbacks_of(&self, file: FileId) -> &[(Arc<MemberRef>, FunctionRef)] {
        self.files.get(&file).map_or(&[], |calls| &calls.callbacks)
    }
}

fn one_less<K: Eq + Hash>(counts: &mut FxHashMap<K, u32>, key: K) {
    if let Some(count) = counts.get_mut(&key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(&key);
        }
    }
}

/// Which files have to do with something.
#[derive(Debug)]
struct FilesBy<K>(FxHashMap<K, FxHashSet<FileId>>);

impl<K> Default for FilesBy<K> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<K: Eq + Hash> FilesBy<K> {
    fn of(&self, key: K) -> impl Iterator<Item = FileId> {
        self.0.get(&key).into_iter().flatten().copied()
    }

    fn add(&mut self, key: K, file: FileId) {
        self.0.entry(key).or_default().insert(file);
    }

    fn remove(&mut self, key: K, file: FileId) {
        if let Some(files) = self.0.get_mut(&key) {
            files.remove(&file);
            if files.is_empty() {
                self.0.remove(&key);
            }
        }
    }
}
