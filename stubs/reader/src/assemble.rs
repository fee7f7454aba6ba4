//! Puts together what the readers of single files understood.

use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::api::Api;
use crate::c::KnownTypes;
use crate::draft::{Draft, ReferenceKind};
use crate::model::{About, Class, ClassKind, Field, Model, Module, Origin, Text};
use crate::problem::StubError;

/// One model out of all files, and everything that is wrong with them. `base` is the API below, whose names count as
/// known.
pub(crate) fn assemble(draft: Draft, base: &Api) -> (Model, Vec<StubError>) {
    let Draft { mut model, c, references, files_of_modules, mut errors } = draft;
    model.classes = merge_classes(std::mem::take(&mut model.classes), &mut errors);
    add_namespaces(&mut model.classes, base);
    let classes = model.classes.iter().map(|class| class.name.clone());
    let mut known = KnownTypes { classes: classes.collect() };
    known.classes.extend(base.classes().into_iter().map(|class| class.name.clone()));
    c.derive(&known, &mut model);
    model.fields = merge_fields(std::mem::take(&mut model.fields), &mut errors);
    name_as_documented(&mut model, base);
    merge_modules(&mut model, &files_of_modules);
    require_modules_of_constants(&mut model, base);
    report_duplicates(&model, &mut errors);
    let names = Names::of(&model, base);
    for reference in references {
        if let Some(message) = names.wrong(reference.kind, &reference.name) {
            errors.push(StubError { message, ..reference.place });
        }
    }
    drop_reopened(&mut model, base);
    errors.sort();
    errors.dedup();
    (model, errors)
}

/// One class a name. What says more wins: a description, receivers, parents; Lua's description goes before C's.
fn merge_classes(classes: Vec<Class>, errors: &mut Vec<StubError>) -> Vec<Class> {
    let mut merged: Vec<Class> = Vec::new();
    let mut places: FxHashMap<Text, usize> = FxHashMap::default();
    for class in classes {
        let place = match places.entry(class.name.clone()) {
            Entry::Vacant(vacant) => {
                vacant.insert(merged.len());
                merged.push(class);
                continue;
            }
            Entry::Occupied(occupied) => *occupied.get(),
        };
        let Some(first) = merged.get_mut(place) else { continue };
        let is_struct = |class: &Class| class.kind == ClassKind::Struct;
        if !first.about.doc.is_empty() && !class.about.doc.is_empty() && is_struct(first) == is_struct(&class)
        {
            errors.push(twice("class", &class.name, &class.about.origin, &first.about.origin));
        }
        merge_class(first, class);
    }
    merged
}

fn merge_class(first: &mut Class, other: Class) {
    let rank = |class: &Class| match class.kind {
        ClassKind::Table => 3,
        ClassKind::Userdata => 2,
        ClassKind::Struct => 1,
        ClassKind::Shape => 0,
    };
    if first.about.doc.is_empty() || (first.kind == ClassKind::Struct && !other.about.doc.is_empty()) {
        let page = first.about.page.take();
        let undocumented = first.about.undocumented;
        first.about = other.about.clone();
        first.about.page = first.about.page.take().or(page);
        first.about.undocumented |= undocumented;
    }
    if rank(&other) > rank(first) {
        first.kind = other.kind;
    }
    for receiver in other.receivers {
        if !first.receivers.contains(&receiver) {
            first.receivers.push(receiver);
        }
    }
    for parent in other.parents {
        if !first.parents.contains(&parent) {
            first.parents.push(parent);
        }
    }
    if first.generics.is_empty() {
        first.generics = other.generics;
    }
    if first.iter.is_empty() {
        first.iter = other.iter;
    }
    first.listed_as = first.listed_as.take().or(other.listed_as);
    first.index = first.index.take().or(other.index);
    first.prototype = first.prototype.take().or(other.prototype);
    first.callouts = first.callouts.take().or(other.callouts);
    first.module = first.module.take().or(other.module);
    first.global |= other.global;
}

/// Tables that stand in between: `msys.validate` where `msys.validate.dk` is described and it is not.
fn add_namespaces(classes: &mut Vec<Class>, base: &Api) {
    let mut known: FxHashSet<Text> = classes.iter().map(|class| class.name.clone()).collect();
    let mut missing = Vec::new();
    for class in classes.iter().filter(|class| class.kind == ClassKind::Table) {
        for (end, _) in class.name.match_indices('.') {
            let name = Text::from(class.name.get(..end).unwrap_or(""));
            if base.class(&name).is_none() && known.insert(name.clone()) {
                let about = About { origin: class.about.origin.clone(), ..About::default() };
                missing.push(Class { name, kind: ClassKind::Table, about, ..Class::default() });
            }
        }
    }
    classes.extend(missing);
}

/// One field a name: what a Lua file says of a struct's field goes before the struct.
fn merge_fields(fields: Vec<Field>, errors: &mut Vec<StubError>) -> Vec<Field> {
    let mut merged: Vec<Field> = Vec::new();
    let mut places: FxHashMap<(Text, Text), usize> = FxHashMap::default();
    for field in fields {
        let place = match places.entry((field.owner.clone(), field.member.clone())) {
            Entry::Vacant(vacant) => {
                vacant.insert(merged.len());
                merged.push(field);
                continue;
            }
            Entry::Occupied(occupied) => *occupied.get(),
        };
        let Some(first) = merged.get_mut(place) else { continue };
        if field.c_type.is_none() || first.c_type.is_some() {
            errors.push(twice("field", &field.name, &field.about.origin, &first.about.origin));
            continue;
        }
        first.c_type = field.c_type;
        first.writable = first.writable.take().or(field.writable);
        if first.about.doc.is_empty() {
            first.about.doc = field.about.doc;
        }
    }
    merged
}

/// Names of members as the documentation spells them: by the class's receiver.
fn name_as_documented(model: &mut Model, base: &Api) {
    let own: FxHashMap<Text, Text> = model
        .classes
        .iter()
        .filter_map(|class| Some((class.name.clone(), class.receivers.first()?.clone())))
        .collect();
    let receiver = |owner: &Text| {
        let below = || base.class(owner).and_then(|class| class.receivers.first());
        own.get(owner).or_else(below).cloned()
    };
    for function in &mut model.functions {
        if let Some(receiver) = receiver(&function.owner) {
            let separator =
                function.name.rfind([':', '.']).and_then(|at| function.name.get(at..at + 1)).unwrap_or(".");
            function.name = format!("{receiver}{separator}{}", function.member).into();
        }
    }
    for field in &mut model.fields {
        if let Some(receiver) = receiver(&field.owner) {
            field.name = format!("{receiver}.{}", field.member).into();
        }
    }
}

/// Modules come from the table of modules, from files that say they are one, and from the classes of their tables.
fn merge_modules(model: &mut Model, files: &[Text]) {
    let mut merged: Vec<Module> = Vec::new();
    let named = files.iter().map(|name| Module { name: name.clone(), ..Module::default() });
    for module in std::mem::take(&mut model.modules).into_iter().chain(named) {
        match merged.iter_mut().find(|known| known.name == module.name) {
            None => merged.push(module),
            Some(known) => {
                known.class = known.class.take().or(module.class);
                known.global |= module.global;
                known.preloaded |= module.preloaded;
                known.companions.extend(module.companions);
                known.effect = known.effect.take().or(module.effect);
                known.replaced = known.replaced.take().or(module.replaced);
                if known.source.is_empty() {
                    known.source = module.source;
                }
                if known.about.doc.is_empty() {
                    known.about = module.about;
                }
            }
        }
    }
    let classes: FxHashSet<&Text> = model.classes.iter().map(|class| &class.name).collect();
    for module in &mut merged {
        if module.class.is_none() && classes.contains(&module.name) {
            module.class = Some(module.name.clone());
        }
    }
    model.modules = merged;
}

/// A constant of a module is there once the module is required.
fn require_modules_of_constants(model: &mut Model, base: &Api) {
    let preloaded: FxHashMap<&Text, bool> =
        model.modules.iter().map(|module| (&module.name, module.preloaded)).collect();
    for constant in &mut model.constants {
        let below = || base.module(&constant.owner).map(|module| module.preloaded);
        let needed = preloaded.get(&constant.owner).copied().or_else(below) == Some(false);
        if needed && constant.requires.is_empty() {
            constant.requires.push(constant.owner.clone());
        }
    }
}

fn report_duplicates(model: &Model, errors: &mut Vec<StubError>) {
    let mut seen: FxHashMap<(&str, &str), &Origin> = FxHashMap::default();
    let functions = model.functions.iter().map(|function| ("function", &function.name, &function.about));
    let constants = model.constants.iter().map(|constant| ("constant", &constant.name, &constant.about));
    let aliases = model.aliases.iter().map(|alias| ("alias", &alias.name, &alias.about));
    let hooks = model.hooks.iter().map(|hook| ("hook", &hook.name, &hook.about));
    let c = model.c_functions.iter().map(|c| ("C function", &c.function.name, &c.function.about));
    for (kind, name, about) in functions.chain(constants).chain(aliases).chain(hooks).chain(c) {
        match seen.entry((kind, name)) {
            Entry::Vacant(vacant) => {
                vacant.insert(&about.origin);
            }
            Entry::Occupied(first) => errors.push(twice(kind, name, &about.origin, first.get())),
        }
    }
}

fn twice(kind: &str, name: &str, here: &Origin, first: &Origin) -> StubError {
    StubError {
        file: here.file.to_string(),
        line: here.line,
        column: 1,
        message: format!("the {kind} `{name}` is described twice: here and at {first}"),
    }
}

/// A class that this set only adds members to is not its own.
fn drop_reopened(model: &mut Model, base: &Api) {
    model.classes.retain(|class| {
        let says_nothing = class.about.doc.is_empty()
            && class.receivers.is_empty()
            && class.parents.is_empty()
            && class.iter.is_empty()
            && class.index.is_none()
            && class.kind != ClassKind::Struct;
        !(says_nothing && base.class(&class.name).is_some())
    });
}

/// Every name that something may refer to.
struct Names<'a> {
    base: &'a Api,
    types: FxHashSet<&'a str>,
    modules: FxHashSet<&'a str>,
    phases: FxHashSet<&'a str>,
    hooks: FxHashSet<&'a str>,
    constants: FxHashSet<&'a str>,
    functions: FxHashSet<&'a str>,
    owners: FxHashSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of(model: &'a Model, base: &'a Api) -> Self {
        let classes = model.classes.iter().map(|class| class.name.as_str());
        let groups = model.constants.iter().filter_map(|constant| constant.group.as_deref());
        let aliases = model.aliases.iter().map(|alias| alias.name.as_str());
        Self {
            base,
            types: classes.clone().chain(groups).chain(aliases).collect(),
            modules: model.modules.iter().map(|module| module.name.as_str()).collect(),
            phases: model.phases.iter().map(|phase| phase.name.as_str()).collect(),
            hooks: model.hooks.iter().map(|hook| hook.name.as_str()).collect(),
            constants: model.constants.iter().map(|constant| constant.name.as_str()).collect(),
            functions: model.functions.iter().map(|function| function.name.as_str()).collect(),
            owners: classes.chain(model.fields.iter().map(|field| field.name.as_str())).collect(),
        }
    }

    /// What is wrong with a reference, if anything is.
    fn wrong(&self, kind: ReferenceKind, name: &Text) -> Option<String> {
        let base = self.base;
        let (what, known, exists): (_, _, bool) = match kind {
            ReferenceKind::Type | ReferenceKind::Parent => {
                ("type", &self.types, name == "self" || base.named_type(name).is_some())
            }
            ReferenceKind::Module => ("module", &self.modules, base.module(name).is_some()),
            ReferenceKind::Hook => ("callout or hook", &self.hooks, base.hook(name).is_some()),
            ReferenceKind::Constant => ("constant", &self.constants, base.path(name).is_some()),
            ReferenceKind::Function => ("function", &self.functions, base.entry(name).is_some()),
            ReferenceKind::Owner => {
                let known = base.class(name).is_some() || base.path(name).is_some();
                ("class or table", &self.owners, known)
            }
            ReferenceKind::Phase => return self.wrong_phase(name),
        };
        if exists || known.contains(name.as_str()) {
            return None;
        }
        let near = crate::database::nearest(name, known.iter().copied());
        let hint = near.first().map(|near| format!("; `{near}` is one")).unwrap_or_default();
        Some(format!("no {what} is called `{name}`{hint}"))
    }

    /// The documentation's table has words of its own in place of phases, so that only what is nearly a phase is wrong.
    fn wrong_phase(&self, name: &Text) -> Option<String> {
        if self.phases.contains(name.as_str()) || self.hooks.contains(name.as_str()) || name == "any" {
            return None;
        }
        if self.base.phase(name).is_some() || self.base.hook(name).is_some() {
            return None;
        }
        let near = crate::database::nearest(name, self.phases.iter().copied());
        near.first().map(|near| format!("no phase is called `{name}`; `{near}` is one"))
    }
}
