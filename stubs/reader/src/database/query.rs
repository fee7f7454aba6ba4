//! The questions that a database answers.

use super::{Database, Entry, Handle, HandleKind, Member, NamedType, key};
use crate::model::{
    AdaptiveGrammar, Alias, CFunction, Class, ConfigurationOption, Constant, ContextVariable, Field,
    Function, Hook, Macro, Module, Phase, ServerFacts,
};

impl Database {
    /// A member of a table or class, without the class's parents. The empty owner has the globals.
    #[must_use]
    pub fn own_member(&self, owner: &str, member: &str) -> Option<Member<'_>> {
        self.at(Handle::unpacked(self.indexes.paths.get(&key(owner, member))?)?)
    }

    /// What stands at a dotted path: `msys.pcre.match`, `msys.core.VALIDATE_CONT`, `string.format`, `print`.
    #[must_use]
    pub fn path(&self, dotted: &str) -> Option<Member<'_>> {
        self.own_member("", dotted)
    }

    /// Members of a table or class, without the class's parents. The empty owner has the globals.
    pub fn own_members(&self, owner: &str) -> impl Iterator<Item = Member<'_>> {
        let list = self.indexes.owners.get(&[owner]).and_then(|position| self.member_lists.get(position));
        list.into_iter().flatten().filter_map(|handle| self.at(*handle))
    }

    /// A class.
    #[must_use]
    pub fn class(&self, name: &str) -> Option<&Class> {
        self.classes.get(self.indexes.classes.get(&[name])?)
    }

    /// The class whose values the documentation calls `receiver`: `msg` is `ec_message`.
    #[must_use]
    pub fn class_of_receiver(&self, receiver: &str) -> Option<&Class> {
        self.classes.get(self.indexes.receivers.get(&[receiver])?)
    }

    /// An alias.
    #[must_use]
    pub fn alias(&self, name: &str) -> Option<&Alias> {
        self.aliases.get(self.indexes.aliases.get(&[name])?)
    }

    /// The constants of a group; none where no such group exists.
    pub fn group(&self, name: &str) -> impl Iterator<Item = &Constant> {
        let list = self.indexes.groups.get(&[name]).and_then(|position| self.group_lists.get(position));
        list.into_iter().flatten().filter_map(|position| self.constants.get(*position))
    }

    /// What a name in a type stands for.
    #[must_use]
    pub fn named_type(&self, name: &str) -> Option<NamedType<'_>> {
        if let Some(class) = self.class(name) {
            return Some(NamedType::Class(class));
        }
        if let Some(alias) = self.alias(name) {
            return Some(NamedType::Alias(alias));
        }
        self.group(name).next()?.group.as_deref().map(NamedType::Group)
    }

    /// A callout or hook.
    #[must_use]
    pub fn hook(&self, name: &str) -> Option<&Hook> {
        self.hooks.get(self.indexes.hooks.get(&[name])?)
    }

    /// A module that `require` loads.
    #[must_use]
    pub fn module(&self, name: &str) -> Option<&Module> {
        self.modules.get(self.indexes.modules.get(&[name])?)
    }

    /// A macro by its syntax.
    #[must_use]
    pub fn macro_named(&self, syntax: &str) -> Option<&Macro> {
        self.macros.get(self.indexes.macros.get(&[syntax])?)
    }

    /// A context variable of a dictionary (`conn` or `mess`).
    #[must_use]
    pub fn context_variable(&self, dictionary: &str, name: &str) -> Option<&ContextVariable> {
        self.context_variables.get(self.indexes.context_variables.get(&key(dictionary, name))?)
    }

    /// An option of a scope (`scriptlet`, `script`, `datasource`, `adaptive`, …).
    #[must_use]
    pub fn option(&self, scope: &str, name: &str) -> Option<&ConfigurationOption> {
        self.options.get(self.indexes.options.get(&key(scope, name))?)
    }

    /// A phase by the documentation's short name.
    #[must_use]
    pub fn phase(&self, name: &str) -> Option<&Phase> {
        self.phases.get(self.indexes.phases.get(&[name])?)
    }

    /// The grammar of adaptive rules.
    #[must_use]
    pub fn adaptive(&self) -> Option<&AdaptiveGrammar> {
        self.adaptive.get(0)
    }

    /// What the tables say beside their entries.
    #[must_use]
    pub fn server(&self) -> Option<&ServerFacts> {
        self.server.get(0)
    }

    /// Anything by its name: as the documentation spells it (`msg:binding`, `validate_data`), by its path
    /// (`ec_message:binding`, `msys.core.VALIDATE_CONT`), a class, alias or group, a C function without `msys.core.`, a
    /// module, a macro, a context variable, an option or a phase.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<Entry<'_>> {
        self.member_named(name)
            .map(Entry::Member)
            .or_else(|| self.hook(name).map(Entry::Hook))
            .or_else(|| self.class(name).map(|class| Entry::Member(Member::Table(class))))
            .or_else(|| self.alias(name).map(Entry::Alias))
            .or_else(|| self.group(name).next()?.group.as_deref().map(Entry::Group))
            .or_else(|| self.class_of_receiver(name).map(|class| Entry::Member(Member::Table(class))))
            .or_else(|| self.own_member("msys.core", name).map(Entry::Member))
            .or_else(|| self.module(name).map(Entry::Module))
            .or_else(|| self.macro_named(name).map(Entry::Macro))
            .or_else(|| self.context_variable("conn", name).map(Entry::ContextVariable))
            .or_else(|| self.context_variable("mess", name).map(Entry::ContextVariable))
            .or_else(|| self.phase(name).map(Entry::Phase))
            .or_else(|| self.options.iter().find(|option| option.name == name).map(Entry::Option))
    }

    fn member_named(&self, name: &str) -> Option<Member<'_>> {
        if let Some(member) =
            self.indexes.documented.get(&[name]).and_then(Handle::unpacked).and_then(|at| self.at(at))
        {
            return Some(member);
        }
        match name.rsplit_once(':') {
            Some((owner, member)) => self.own_member(owner, member),
            None => self.path(name),
        }
    }

    fn at(&self, handle: Handle) -> Option<Member<'_>> {
        Some(match handle.kind {
            HandleKind::Function => Member::Function(self.functions.get(handle.position)?),
            HandleKind::Field => Member::Field(self.fields.get(handle.position)?),
            HandleKind::Constant => Member::Constant(self.constants.get(handle.position)?),
            HandleKind::CFunction => Member::CFunction(self.c_functions.get(handle.position)?),
            HandleKind::Class => Member::Table(self.classes.get(handle.position)?),
        })
    }

    /// All functions and methods, those of the C API excepted.
    pub fn functions(&self) -> impl Iterator<Item = &Function> {
        self.functions.iter()
    }

    /// All fields.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter()
    }

    /// All constants.
    pub fn constants(&self) -> impl Iterator<Item = &Constant> {
        self.constants.iter()
    }

    /// All classes.
    pub fn classes(&self) -> impl Iterator<Item = &Class> {
        self.classes.iter()
    }

    /// All aliases.
    pub fn aliases(&self) -> impl Iterator<Item = &Alias> {
        self.aliases.iter()
    }

    /// All callouts and hooks.
    pub fn hooks(&self) -> impl Iterator<Item = &Hook> {
        self.hooks.iter()
    }

    /// The whole C API.
    pub fn c_functions(&self) -> impl Iterator<Item = &CFunction> {
        self.c_functions.iter()
    }

    /// All modules.
    pub fn modules(&self) -> impl Iterator<Item = &Module> {
        self.modules.iter()
    }

    /// All macros.
    pub fn macros(&self) -> impl Iterator<Item = &Macro> {
        self.macros.iter()
    }

    /// All context variables.
    pub fn context_variables(&self) -> impl Iterator<Item = &ContextVariable> {
        self.context_variables.iter()
    }

    /// All options of the configuration.
    pub fn options(&self) -> impl Iterator<Item = &ConfigurationOption> {
        self.options.iter()
    }

    /// All phases in their order.
    pub fn phases(&self) -> impl Iterator<Item = &Phase> {
        self.phases.iter()
    }

    /// Names of all callouts and hooks; decodes none of them.
    pub fn hook_names(&self) -> impl Iterator<Item = &str> {
        self.indexes.hooks.iter().map(|(name, _)| name)
    }

    /// Names of all modules; decodes none of them.
    pub fn module_names(&self) -> impl Iterator<Item = &str> {
        self.indexes.modules.iter().map(|(name, _)| name)
    }

    /// Names of all groups of constants.
    pub fn group_names(&self) -> impl Iterator<Item = &str> {
        self.indexes.groups.iter().map(|(name, _)| name)
    }

    /// Names of all members and globals, as the documentation spells them and as dotted paths; decodes none of them.
    pub fn member_names(&self) -> impl Iterator<Item = &str> {
        self.indexes.documented.iter().chain(self.indexes.paths.iter()).map(|(name, _)| name)
    }
}
