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
                known.configuration.extend(module.configuration);
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

#[cfg(test)]
mod tests {
    use crate::Api;
    use crate::database::Member;
    use crate::model::{ClassKind, Type};
    use crate::read::StubFile;

    fn read(files: &[(&str, &str)]) -> (Api, Vec<String>) {
        let files: Vec<StubFile<'_>> = files.iter().map(|(path, text)| StubFile { path, text }).collect();
        let (api, errors) = Api::default().with_stubs(&files);
        (api, errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_struct_and_its_lua_class_are_one() {
        let lua = "--- Lua says.\n---@class thing\n---@receiver it\nlocal thing = {}\n\n--- Lua knows better.\n---@type 0|1\nthing.on = nil\n";
        let c = "/** C says.\n * @receiver other */\nstruct thing {\n  /** C's word.\n   * @writable 0, 1 */\n  unsigned on : 1;\n  int n;\n};\n";
        let (api, errors) = read(&[("a.h", c), ("a.lua", lua)]);
        assert_eq!(errors, [] as [String; 0]);
        let class = api.class("thing").unwrap();
        assert_eq!((class.about.doc.as_str(), class.kind), ("Lua says.", ClassKind::Userdata));
        assert_eq!(class.receivers, ["it", "other"]);
        let Some(Member::Field(on)) = api.member("thing", "on") else { panic!() };
        assert_eq!((on.name.as_str(), on.about.doc.as_str()), ("it.on", "Lua knows better."));
        assert_eq!((on.ty.to_string(), on.c_type.as_deref()), ("0|1".to_owned(), Some("unsigned on : 1")));
        assert_eq!(on.writable.as_ref().map(Vec::len), Some(2));
        assert!(matches!(api.member("thing", "n"), Some(Member::Field(n)) if n.ty == Type::Integer));
    }

    #[test]
    fn names_that_nothing_declares_are_errors() {
        let lua = "--- A.\n---@class a\na = {}\n\n--- F.\n---@param x string\n---@param z strng\n---@requires nowhere\n---@callout validate_dta\n\
                   ---@nilcrash y\nfunction a.f(x) end\n\n--- G.\nfunction b.g() end\n\n--- H.\n---@class cb\n---@callouts validate\nlocal cb = {}\n\n\
                   ---@result a.B no\nfunction cb:validate_data() end\n";
        let (_, errors) = read(&[("a.lua", lua)]);
        assert_eq!(
            errors,
            [
                "a.lua:7:11: `@param` names `z`, which is no parameter",
                "a.lua:7:13: no type is called `strng`",
                "a.lua:8:14: no module is called `nowhere`",
                "a.lua:9:13: no callout or hook is called `validate_dta`; `validate_data` is one",
                "a.lua:10:14: `@nilcrash` names `y`, which is no parameter",
                "a.lua:14:10: no class or table is called `b`",
                "a.lua:21:12: no constant is called `a.B`",
            ]
        );
    }

    #[test]
    fn what_is_described_twice_is_an_error() {
        let lua = "--- A.\n---@class a\na = {}\n\n--- F.\nfunction a.f() end\n\n--- F again.\nfunction a.f() end\n\n---@alias t 1\n\n---@alias t 2\n";
        let (_, errors) = read(&[("a.lua", lua), ("b.lua", "--- A again.\n---@class a\na = {}\n")]);
        assert_eq!(
            errors,
            [
                "a.lua:8:1: the function `a.f` is described twice: here and at a.lua:5",
                "a.lua:13:1: the alias `t` is described twice: here and at a.lua:11",
                "b.lua:2:1: the class `a` is described twice: here and at a.lua:2",
            ]
        );
    }

    #[test]
    fn tables_in_between_and_constants_of_modules() {
        let lua = "---@meta m.sub\n\n--- T.\n---@class m.sub\nm.sub = {}\n\n--- One.\n---@constant g\nm.sub.ONE = 1\n";
        let (api, errors) = read(&[("a.lua", lua)]);
        assert_eq!(errors, [] as [String; 0]);
        assert!(matches!(api.global("m"), Some(Member::Table(_))));
        let Some(Member::Constant(one)) = api.path("m.sub.ONE") else { panic!() };
        assert_eq!(one.requires, ["m.sub"]);
        assert_eq!(one.ty(), Type::Named("g".into()));
    }

    #[test]
    fn stubs_of_a_site_use_and_extend_the_api() {
        let (base, _) = read(&[(
            "a.lua",
            "---@meta m\n\n--- M.\n---@class message\n---@receiver msg\nlocal message = {}\n",
        )]);
        let site = "---@meta site.tags\n\n---@class message\nlocal message = {}\n\n--- Tags.\n---@param by message\n---@requires site.tags, m\nfunction message:tag(by) end\n";
        let (api, errors) = base.with_stubs(&[StubFile { path: "s.lua", text: site }]);
        assert_eq!(errors, []);
        assert!(matches!(api.member("message", "tag"), Some(Member::Function(tag)) if tag.name == "msg:tag"));
        assert_eq!(
            api.class("message").map(|class| class.about.doc.as_str()),
            Some("M."),
            "reopened, not replaced"
        );
        assert!(api.module("site.tags").is_some());
    }

    #[test]
    fn c_hooks_and_functions_are_derived() {
        let c = "/** Asks.\n * @hook core\n * @param domain The buffer.\n * @result 1 set */\n\
                 int core_ask(void *closure, thing *t, char *domain, int domain_len);\n\
                 /** Reads.\n * @out value\n * @result 1 there\n * @result 0 not there\n * @seen */\n\
                 int read_it(thing *t, const char *key, char **value);\nstruct thing;\n/** M. */\n#define M(a)\n";
        let (api, errors) = read(&[
            ("stubs/c/api/x/y.h", c),
            ("s.lua", "--- S.\n---@class ec_string\nlocal ec_string = {}\n"),
        ]);
        assert_eq!(errors, [] as [String; 0]);
        let hook = api.hook("core_ask").unwrap();
        let params: Vec<String> = hook.params.iter().map(ToString::to_string).collect();
        assert_eq!(params, ["t: thing", "domain: ec_string"]);
        assert_eq!(hook.params[1].doc, "The buffer.");
        assert_eq!(
            hook.prototype.as_deref(),
            Some("int core_ask(void *closure, thing *t, char *domain, int domain_len)")
        );
        let Some(Member::CFunction(read)) = api.path("msys.core.read_it") else { panic!() };
        assert_eq!(read.function.signature.to_string(), "(t: thing, key: string): 1|0, string");
        assert_eq!((read.header.as_str(), read.seen), ("x/y.h", true));
        assert!(api.path("msys.core.M").is_none() && api.entry("M").is_some(), "Lua does not see macros");
    }
}
