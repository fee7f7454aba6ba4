//! What a comment block says of the declaration below it.

use crate::draft::{Draft, ReferenceKind};
use crate::luacats::{Block, ParamTag, Spanned, Tag};
use crate::model::{
    About, AllowedIn, CalloutTable, EarlierSignature, Fidelity, Function, HookResult, Mutation, Origin,
    Param, Return, Signature, Text, Type, Version,
};
use crate::problem::{Lines, Problem};

/// A block with what every kind of declaration takes from it.
#[derive(Debug)]
pub(crate) struct Described {
    pub(crate) block: Block,
    pub(crate) about: About,
}

impl Described {
    /// Notes the block's problems and the names that it refers to.
    pub(crate) fn new(mut block: Block, origin: Origin, lines: &Lines<'_>, draft: &mut Draft) -> Self {
        for problem in std::mem::take(&mut block.problems) {
            draft.error(lines, problem);
        }
        for name in &block.names {
            draft.refer(lines, ReferenceKind::Type, name);
        }
        let mut about = About { doc: block.doc.clone(), origin, ..About::default() };
        for line in &block.tags {
            match &line.tag {
                Tag::Since(since) => about.since = since.clone(),
                Tag::Until(until, None) => about.until = until.clone(),
                Tag::Deprecated(text) => about.deprecated = Some(text.clone()),
                Tag::Trap(text) => about.traps.push(text.clone()),
                Tag::Correction(text) => about.corrections.push(text.clone()),
                Tag::Undocumented => about.undocumented = true,
                Tag::Page(page) => about.page = Some(page.clone()),
                Tag::Requires(names) => {
                    names.iter().for_each(|name| draft.refer(lines, ReferenceKind::Module, name))
                }
                Tag::Phase(names) => {
                    names.iter().for_each(|name| draft.refer(lines, ReferenceKind::Phase, name))
                }
                Tag::Callout(names) => names.iter().for_each(|name| {
                    let hook = Spanned { value: name.value.hook.clone(), range: name.range.clone() };
                    draft.refer(lines, ReferenceKind::Hook, &hook);
                }),
                Tag::Never(names) => {
                    names.iter().for_each(|name| draft.refer(lines, ReferenceKind::Hook, name))
                }
                Tag::Result { value, .. } if value.value.contains('.') && !value.value.starts_with('"') => {
                    draft.refer(lines, ReferenceKind::Constant, value);
                }
                _ => {}
            }
        }
        Self { block, about }
    }

    fn tags(&self) -> impl Iterator<Item = &Tag> {
        self.block.tags.iter().map(|line| &line.tag)
    }

    pub(crate) fn has(&self, is: impl Fn(&Tag) -> bool) -> bool {
        self.tags().any(is)
    }

    fn first<T>(&self, pick: impl FnMut(&Tag) -> Option<T>) -> Option<T> {
        self.tags().find_map(pick)
    }

    /// The parameters that the code names, with what `@param` says of them.
    pub(crate) fn signature(
        &self,
        names: &[Spanned<Text>],
        lines: &Lines<'_>,
        draft: &mut Draft,
    ) -> Signature {
        let mut params: Vec<Param> = names
            .iter()
            .map(|name| Param {
                variadic: name.value == "...",
                ..Param::new(name.value.clone(), Type::Unknown)
            })
            .collect();
        for tag in self.tags() {
            if let Tag::Param(tag) = tag {
                match params.iter_mut().find(|param| param.name == tag.name.value) {
                    Some(param) => *param = Param::from(tag),
                    None => draft.error(lines, no_such_parameter(&tag.name, names)),
                }
            }
        }
        self.mark_nilcrash(&mut params, lines, draft);
        Signature { generics: self.block.generics(), params, returns: self.returns() }
    }

    pub(crate) fn mark_nilcrash(&self, params: &mut [Param], lines: &Lines<'_>, draft: &mut Draft) {
        for tag in self.tags() {
            let Tag::NilCrash(names) = tag else { continue };
            for name in names {
                match params.iter_mut().find(|param| param.name == name.value) {
                    Some(param) => param.nilcrash = true,
                    None => {
                        let message = format!("`@nilcrash` names `{}`, which is no parameter", name.value);
                        draft.error(lines, Problem::new(name.range.clone(), message));
                    }
                }
            }
        }
    }

    fn returns(&self) -> Vec<Return> {
        let mut returns = Vec::new();
        for tag in self.tags() {
            let Tag::Return(tag) = tag else { continue };
            let last = tag.values.len().saturating_sub(1);
            returns.extend(tag.values.iter().enumerate().map(|(position, (ty, name))| Return {
                ty: ty.clone(),
                name: name.clone(),
                doc: if position == last { tag.doc.clone() } else { Text::default() },
            }));
        }
        returns
    }

    /// What `@return` says in C, where it has no type.
    pub(crate) fn return_doc(&self) -> Text {
        self.first(|tag| if let Tag::Return(tag) = tag { Some(tag.doc.clone()) } else { None })
            .unwrap_or_default()
    }

    pub(crate) fn param(&self, name: &str) -> Option<&ParamTag> {
        self.tags().find_map(|tag| match tag {
            Tag::Param(param) if param.name.value == name => Some(param),
            _ => None,
        })
    }

    /// Further signatures; those of a method stand without their `self`.
    pub(crate) fn overloads(&self, method: bool) -> Vec<Signature> {
        let overloads = self
            .tags()
            .filter_map(|tag| if let Tag::Overload(signature) = tag { Some(signature) } else { None });
        overloads
            .map(|signature| {
                let mut signature = signature.clone();
                if method && signature.params.first().is_some_and(|first| first.name == "self") {
                    signature.params.remove(0);
                }
                signature
            })
            .collect()
    }

    /// What its comment says of a function, which still lacks its name, its owner and its signature.
    pub(crate) fn function(&self) -> Function {
        Function {
            requires: self.requires(),
            phases: self.phases(),
            callouts: self.callouts_allowed(),
            advised: self.has(|tag| matches!(tag, Tag::Advised)),
            never: self.callouts_forbidden(),
            yields: self.has(|tag| matches!(tag, Tag::Yields)),
            blocking: self.has(|tag| matches!(tag, Tag::Blocking)),
            no_pcall: self.has(|tag| matches!(tag, Tag::NoPcall)),
            mutates: self.mutates(),
            raises: self.raises(),
            registers: self.registers(),
            fidelity: self.fidelity(),
            about: self.about.clone(),
            ..Function::default()
        }
    }

    fn registers(&self) -> Option<CalloutTable> {
        self.tags().find_map(|tag| match tag {
            Tag::Registers(scope) => Some(CalloutTable { scope: scope.clone() }),
            _ => None,
        })
    }

    /// Signatures that held before a version.
    pub(crate) fn earlier(&self) -> Vec<EarlierSignature> {
        let mut earlier = Vec::new();
        for tag in self.tags() {
            if let Tag::Until(until, Some(signature)) = tag {
                let before = until.series.iter().map(|(_, version)| *version).max();
                let before = before.unwrap_or(Version::default());
                earlier.push(EarlierSignature { before, signature: signature.clone() });
            }
        }
        earlier
    }

    pub(crate) fn requires(&self) -> Vec<Text> {
        let lists =
            self.tags().filter_map(|tag| if let Tag::Requires(names) = tag { Some(names) } else { None });
        lists.flatten().map(|name| name.value.clone()).collect()
    }

    pub(crate) fn phases(&self) -> Vec<Text> {
        let lists =
            self.tags().filter_map(|tag| if let Tag::Phase(names) = tag { Some(names) } else { None });
        lists.flatten().map(|name| name.value.clone()).collect()
    }

    pub(crate) fn callouts_allowed(&self) -> Vec<AllowedIn> {
        let lists =
            self.tags().filter_map(|tag| if let Tag::Callout(names) = tag { Some(names) } else { None });
        lists.flatten().map(|name| name.value.clone()).collect()
    }

    pub(crate) fn callouts_forbidden(&self) -> Vec<Text> {
        let lists =
            self.tags().filter_map(|tag| if let Tag::Never(names) = tag { Some(names) } else { None });
        lists.flatten().map(|name| name.value.clone()).collect()
    }

    pub(crate) fn raises(&self) -> Vec<Text> {
        self.tags()
            .filter_map(|tag| if let Tag::Raises(text) = tag { Some(text.clone()) } else { None })
            .collect()
    }

    pub(crate) fn mutates(&self) -> Option<Mutation> {
        self.first(|tag| {
            if let Tag::Mutates(completed_by) = tag {
                Some(Mutation { completed_by: completed_by.clone() })
            } else {
                None
            }
        })
    }

    pub(crate) fn results(&self) -> Vec<HookResult> {
        let results = self.tags().filter_map(|tag| match tag {
            Tag::Result { value, meaning } => {
                Some(HookResult { value: value.value.clone(), meaning: meaning.clone() })
            }
            _ => None,
        });
        results.collect()
    }

    pub(crate) fn thread(&self) -> Option<Text> {
        self.first(|tag| if let Tag::Thread(text) = tag { Some(text.clone()) } else { None })
    }

    pub(crate) fn fidelity(&self) -> Option<Fidelity> {
        self.first(|tag| if let Tag::Fidelity(fidelity) = tag { Some(*fidelity) } else { None })
    }

    pub(crate) fn receivers(&self) -> Vec<Text> {
        let lists =
            self.tags().filter_map(|tag| if let Tag::Receiver(names) = tag { Some(names) } else { None });
        lists.flatten().cloned().collect()
    }

    pub(crate) fn iter(&self) -> Vec<Type> {
        self.first(|tag| if let Tag::Iter(types) = tag { Some(types.clone()) } else { None })
            .unwrap_or_default()
    }

    pub(crate) fn callouts(&self) -> Option<Text> {
        self.first(|tag| if let Tag::Callouts(scope) = tag { Some(scope.clone()) } else { None })
    }

    pub(crate) fn writable(&self) -> Option<Vec<Text>> {
        self.first(|tag| if let Tag::Writable(values) = tag { Some(values.clone()) } else { None })
    }

    pub(crate) fn ty(&self) -> Option<Type> {
        self.first(|tag| if let Tag::Type { types, .. } = tag { types.first().cloned() } else { None })
    }
}

pub(crate) fn no_such_parameter(name: &Spanned<Text>, names: &[Spanned<Text>]) -> Problem {
    let near = crate::database::nearest(&name.value, names.iter().map(|name| name.value.as_str()));
    let hint = near.first().map(|near| format!("; `{near}` is one")).unwrap_or_default();
    Problem::new(name.range.clone(), format!("`@param` names `{}`, which is no parameter{hint}", name.value))
}
