//! Sets of stubs on top of each other: the embedded one below, those of a site above.

use std::sync::Arc;

use crate::database::{Database, Entry, Member, NamedType, nearest};
use crate::model::{
    AdaptiveGrammar, Alias, CFunction, Class, ConfigurationOption, Constant, ContextVariable, Field,
    Function, Hook, Macro, Module, Phase, ServerFacts, Type,
};

/// How many classes up the parents are followed: stubs of a site may inherit in a circle.
const DEEPEST_INHERITANCE: usize = 16;

/// The whole API: a later set adds to the classes of the earlier ones, and hides entries of the same name.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// The last is asked first.
    layers: Vec<Layer>,
}

#[derive(Debug, Clone)]
enum Layer {
    Embedded(&'static Database),
    Shared(Arc<Database>),
}

impl Layer {
    fn database(&self) -> &Database {
        match self {
            Layer::Embedded(database) => database,
            Layer::Shared(database) => database,
        }
    }
}

impl Api {
    /// The API of one embedded set.
    #[must_use]
    pub fn new(base: &'static Database) -> Self {
        Self { layers: vec![Layer::Embedded(base)] }
    }

    /// The same with one more set on top.
    #[must_use]
    pub fn with(mut self, database: Database) -> Self {
        self.layers.push(Layer::Shared(Arc::new(database)));
        self
    }

    /// The sets, the topmost first.
    fn databases(&self) -> impl Iterator<Item = &Database> {
        self.layers.iter().rev().map(Layer::database)
    }

    fn first<'a, T>(&'a self, ask: impl Fn(&'a Database) -> Option<T>) -> Option<T> {
        self.databases().find_map(ask)
    }

    /// What stands at a dotted path: `msys.pcre.match`, `msys.core.VALIDATE_CONT`, `string.format`, `print`. The path may
    /// also go through fields (`NAME.field.member`), by the classes of their types.
    #[must_use]
    pub fn path(&self, dotted: &str) -> Option<Member<'_>> {
        if let Some(member) = self.first(|database| database.path(dotted)) {
            return Some(member);
        }
        let (owner, member) = dotted.rsplit_once('.')?;
        match self.path(owner)? {
            Member::Table(class) => self.member(&class.name, member),
            Member::Field(field) => field.ty.members().iter().find_map(|one| match one {
                Type::Named(class) => self.member(class, member),
                _ => None,
            }),
            _ => None,
        }
    }

    /// A global by its name.
    #[must_use]
    pub fn global(&self, name: &str) -> Option<Member<'_>> {
        self.first(|database| database.own_member("", name))
    }

    /// A member of a table or class, its parents' included.
    #[must_use]
    pub fn member(&self, class: &str, member: &str) -> Option<Member<'_>> {
        self.member_below(class, member, DEEPEST_INHERITANCE)
    }

    fn member_below(&self, class: &str, member: &str, depth: usize) -> Option<Member<'_>> {
        if let Some(found) = self.first(|database| database.own_member(class, member)) {
            return Some(found);
        }
        let depth = depth.checked_sub(1)?;
        let mut classes = self.databases().filter_map(|database| database.class(class));
        classes.find_map(|class| {
            class.parents.iter().find_map(|parent| self.member_below(parent, member, depth))
        })
    }

    /// All members of a table or class, its parents' included, each name once; the empty name has the globals.
    #[must_use]
    pub fn members(&self, class: &str) -> Vec<Member<'_>> {
        let (mut members, mut taken) = (Vec::new(), rustc_hash::FxHashSet::default());
        self.collect(class, &mut members, &mut taken, DEEPEST_INHERITANCE);
        members
    }

    fn collect<'a>(
        &'a self,
        class: &str,
        members: &mut Vec<Member<'a>>,
        taken: &mut rustc_hash::FxHashSet<&'a str>,
        depth: usize,
    ) {
        let own = self.databases().flat_map(|database| database.own_members(class));
        members.extend(own.filter(|member| taken.insert(member.member())));
        let Some(depth) = depth.checked_sub(1) else { return };
        for class in self.databases().filter_map(|database| database.class(class)) {
            class.parents.iter().for_each(|parent| self.collect(parent, members, taken, depth));
        }
    }

    /// A class.
    #[must_use]
    pub fn class(&self, name: &str) -> Option<&Class> {
        self.first(|database| database.class(name))
    }

    /// Members of a table or class, each name once, without its parents'.
    #[must_use]
    pub fn own_members(&self, class: &str) -> Vec<Member<'_>> {
        let (mut members, mut taken) = (Vec::new(), rustc_hash::FxHashSet::default());
        self.collect(class, &mut members, &mut taken, 0);
        members
    }

    /// Whether a class is another or inherits from it.
    #[must_use]
    pub fn inherits(&self, class: &str, ancestor: &str) -> bool {
        self.inherits_below(class, ancestor, DEEPEST_INHERITANCE)
    }

    fn inherits_below(&self, class: &str, ancestor: &str, depth: usize) -> bool {
        class == ancestor
            || depth.checked_sub(1).is_some_and(|depth| {
                let mut classes = self.databases().filter_map(|database| database.class(class));
                classes.any(|class| {
                    class.parents.iter().any(|parent| self.inherits_below(parent, ancestor, depth))
                })
            })
    }

    /// The class whose values the documentation calls `receiver`: `msg` is `ec_message`.
    #[must_use]
    pub fn class_of_receiver(&self, receiver: &str) -> Option<&Class> {
        self.first(|database| database.class_of_receiver(receiver))
    }

    /// An alias.
    #[must_use]
    pub fn alias(&self, name: &str) -> Option<&Alias> {
        self.first(|database| database.alias(name))
    }

    /// The constants of a group; none where no such group exists.
    pub fn group(&self, name: &str) -> impl Iterator<Item = &Constant> {
        self.databases().flat_map(move |database| database.group(name))
    }

    /// What a name in a type stands for.
    #[must_use]
    pub fn named_type(&self, name: &str) -> Option<NamedType<'_>> {
        self.first(|database| database.named_type(name))
    }

    /// A callout or hook.
    #[must_use]
    pub fn hook(&self, name: &str) -> Option<&Hook> {
        self.first(|database| database.hook(name))
    }

    /// A module that `require` loads.
    #[must_use]
    pub fn module(&self, name: &str) -> Option<&Module> {
        self.first(|database| database.module(name))
    }

    /// A macro by its syntax.
    #[must_use]
    pub fn macro_named(&self, syntax: &str) -> Option<&Macro> {
        self.first(|database| database.macro_named(syntax))
    }

    /// A context variable of a dictionary (`conn` or `mess`).
    #[must_use]
    pub fn context_variable(&self, dictionary: &str, name: &str) -> Option<&ContextVariable> {
        self.first(|database| database.context_variable(dictionary, name))
    }

    /// An option of a scope (`scriptlet`, `script`, `datasource`, `adaptive`, …).
    #[must_use]
    pub fn option(&self, scope: &str, name: &str) -> Option<&ConfigurationOption> {
        self.first(|database| database.option(scope, name))
    }

    /// A phase by the documentation's short name.
    #[must_use]
    pub fn phase(&self, name: &str) -> Option<&Phase> {
        self.first(|database| database.phase(name))
    }

    /// The grammar of adaptive rules.
    #[must_use]
    pub fn adaptive(&self) -> Option<&AdaptiveGrammar> {
        self.first(Database::adaptive)
    }

    /// What the tables say beside their entries.
    #[must_use]
    pub fn server(&self) -> Option<&ServerFacts> {
        self.first(Database::server)
    }

    /// Anything by its name; see [`Database::entry`].
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<Entry<'_>> {
        self.first(|database| database.entry(name))
    }

    /// Members of a class whose names are close to one that it does not have, best first.
    #[must_use]
    pub fn near_members(&self, class: &str, name: &str) -> Vec<&str> {
        nearest(name, self.members(class).into_iter().map(Member::member))
    }

    /// Callouts and hooks whose names are close to one that does not exist, best first.
    #[must_use]
    pub fn near_hooks(&self, name: &str) -> Vec<&str> {
        nearest(name, self.databases().flat_map(Database::hook_names))
    }

    /// Modules whose names are close to one that does not exist, best first.
    #[must_use]
    pub fn near_modules(&self, name: &str) -> Vec<&str> {
        nearest(name, self.databases().flat_map(Database::module_names))
    }

    /// Functions, fields, constants, callouts, hooks and modules whose names are close to one that does not exist, best
    /// first.
    #[must_use]
    pub fn near_entries(&self, name: &str) -> Vec<&str> {
        nearest(
            name,
            self.databases().flat_map(|database| {
                database.member_names().chain(database.hook_names()).chain(database.module_names())
            }),
        )
    }
}

/// All entries of a kind; one that a later set hides does not come.
macro_rules! all {
    ($($(#[$doc:meta])* $name:ident -> $entry:ty, $key:expr;)*) => {
        impl Api {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $name(&self) -> Vec<&$entry> {
                    let mut taken = rustc_hash::FxHashSet::default();
                    let all = self.databases().flat_map(Database::$name);
                    all.filter(|entry| taken.insert($key(entry))).collect()
                }
            )*
        }
    };
}

all! {
    /// All functions and methods, those of the C API excepted.
    functions -> Function, |function: &Function| function.name.clone();
    /// All fields.
    fields -> Field, |field: &Field| (field.owner.clone(), field.member.clone());
    /// All constants.
    constants -> Constant, |constant: &Constant| constant.name.clone();
    /// All classes.
    classes -> Class, |class: &Class| class.name.clone();
    /// All aliases.
    aliases -> Alias, |alias: &Alias| alias.name.clone();
    /// All callouts and hooks.
    hooks -> Hook, |hook: &Hook| hook.name.clone();
    /// The whole C API.
    c_functions -> CFunction, |c: &CFunction| c.function.name.clone();
    /// All modules.
    modules -> Module, |module: &Module| module.name.clone();
    /// All macros.
    macros -> Macro, |one: &Macro| one.syntax.clone();
    /// All context variables.
    context_variables -> ContextVariable, |one: &ContextVariable| (one.dictionary.clone(), one.name.clone());
    /// All options of the configuration.
    options -> ConfigurationOption, |option: &ConfigurationOption| (option.scopes.clone(), option.name.clone());
    /// All phases in their order.
    phases -> Phase, |phase: &Phase| phase.name.clone();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ClassKind, FunctionKind, Model};

    fn method(owner: &str, member: &str, name: &str) -> Function {
        Function {
            name: name.into(),
            owner: owner.into(),
            member: member.into(),
            kind: FunctionKind::Method,
            ..Function::default()
        }
    }

    fn class(name: &str, kind: ClassKind, parents: &[&str]) -> Class {
        let parents = parents.iter().map(|parent| (*parent).into()).collect();
        Class { name: name.into(), kind, parents, ..Class::default() }
    }

    fn base() -> Model {
        Model {
            functions: vec![
                method("ec_message", "binding", "msg:binding"),
                method("msys.pcre", "match", "msys.pcre.match"),
                method("", "print", "print"),
            ],
            classes: vec![
                Class { receivers: vec!["msg".into()], ..class("ec_message", ClassKind::Userdata, &[]) },
                class("msys", ClassKind::Table, &[]),
                class("msys.pcre", ClassKind::Table, &[]),
            ],
            constants: vec![Constant {
                name: "msys.core.A".into(),
                owner: "msys.core".into(),
                member: "A".into(),
                group: Some("letters".into()),
                ..Constant::default()
            }],
            ..Model::default()
        }
    }

    fn embedded(model: Model) -> &'static Database {
        let blob = Database::new(model).to_blob().unwrap().leak();
        Box::leak(Box::new(Database::from_blob(blob).unwrap()))
    }

    #[test]
    fn answers_from_the_embedded_form() {
        let api = Api::new(embedded(base()));
        assert_eq!(api.path("msys.pcre.match").map(Member::name), Some("msys.pcre.match"));
        assert_eq!(api.member("msys", "pcre").map(Member::name), Some("msys.pcre"));
        assert_eq!(api.member("ec_message", "binding").map(Member::name), Some("msg:binding"));
        assert_eq!(api.entry("msg:binding").map(Entry::name), Some("msg:binding"));
        assert_eq!(api.entry("ec_message:binding").map(Entry::name), Some("msg:binding"));
        assert_eq!(api.class_of_receiver("msg").map(|class| class.name.as_str()), Some("ec_message"));
        assert_eq!(api.group("letters").count(), 1);
        assert_eq!(api.named_type("letters"), Some(NamedType::Group("letters")));
        assert_eq!(api.global("print").map(Member::name), Some("print"));
        assert_eq!(api.members("msys").len(), 1);
        assert!(api.path("msys.pcre.nothing").is_none());
        assert!(api.path("ec_message").is_none(), "userdata classes are no globals");
        assert_eq!(api.near_members("msys.pcre", "mach"), ["match"]);
    }

    #[test]
    fn a_later_set_adds_and_hides() {
        let site = Model {
            functions: vec![
                method("ec_message", "site_tag", "msg:site_tag"),
                Function { blocking: true, ..method("msys.pcre", "match", "msys.pcre.match") },
                method("special", "only", "special:only"),
            ],
            classes: vec![class("special", ClassKind::Userdata, &["ec_message"])],
            ..Model::default()
        };
        let api = Api::new(embedded(base())).with(Database::new(site));
        assert!(api.member("ec_message", "site_tag").is_some());
        assert!(api.member("ec_message", "binding").is_some());
        assert!(matches!(api.path("msys.pcre.match"), Some(Member::Function(function)) if function.blocking));
        assert!(api.member("special", "binding").is_some(), "inherited from the set below");
        assert_eq!(api.members("special").len(), 3);
        assert!(api.inherits("special", "ec_message") && !api.inherits("ec_message", "special"));
        assert_eq!(api.functions().len(), 5);
    }

    #[test]
    fn a_circle_of_parents_ends() {
        let site = Model {
            classes: vec![class("a", ClassKind::Userdata, &["b"]), class("b", ClassKind::Userdata, &["a"])],
            ..Model::default()
        };
        let api = Api::default().with(Database::new(site));
        assert!(api.member("a", "x").is_none());
        assert!(api.members("a").is_empty());
    }
}
