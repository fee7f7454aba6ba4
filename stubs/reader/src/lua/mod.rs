//! Reads stub files in Lua: comment blocks, each with the declaration below it.

mod declaration;
mod described;

use declaration::{Declaration, Path, Value};
pub(crate) use described::{Described, no_such_parameter};
use rustc_hash::FxHashMap;

use crate::draft::{Draft, ReferenceKind};
use crate::luacats::{Block, CommentLine, FieldKey, Spanned, Tag};
use crate::model::{
    Alias, Class, ClassKind, Constant, ConstantValue, Field, Function, FunctionKind, Hook, HookKind, Module,
    Origin, Text, Type,
};
use crate::problem::{Lines, Problem};

/// Reads one file into a draft.
pub(crate) fn read(path: &str, text: &str, draft: &mut Draft) {
    let lines = Lines::new(path, text);
    let mut reader = Reader { path: path.into(), lines, tables: FxHashMap::default(), module: None, draft };
    reader.file(text);
}

struct Reader<'a> {
    path: Text,
    lines: Lines<'a>,
    /// Variables and dotted paths, and the classes that they are tables of.
    tables: FxHashMap<Text, Table>,
    /// The module that the file says it is.
    module: Option<Text>,
    draft: &'a mut Draft,
}

#[derive(Clone)]
struct Table {
    class: Text,
    /// Functions in it are callouts or hooks of this scope.
    callouts: Option<Text>,
}

impl Reader<'_> {
    fn file(&mut self, text: &str) {
        let mut comment: Vec<CommentLine<'_>> = Vec::new();
        let mut offset = 0;
        // The indentation of the function whose body is being skipped.
        let mut skipping: Option<usize> = None;
        for line in text.split_inclusive('\n') {
            let start = offset;
            offset += line.len();
            let code = line.trim_end();
            let body = code.trim_start();
            let indent = code.len() - body.len();
            if let Some(outer) = skipping {
                if indent <= outer && body.split(|c: char| !c.is_alphanumeric()).next() == Some("end") {
                    skipping = None;
                }
                continue;
            }
            if let Some(text) = body.strip_prefix("---").filter(|text| !text.starts_with('-')) {
                comment.push(CommentLine { text, offset: start + indent + 3 });
                continue;
            }
            let block = std::mem::take(&mut comment);
            if body.is_empty() || body.starts_with("--") {
                self.alone(&block);
                continue;
            }
            match declaration::parse(body, start + indent) {
                Ok(declaration) => {
                    if matches!(declaration, Declaration::Function { closed: false, .. }) {
                        skipping = Some(indent);
                    }
                    self.declared(&block, declaration);
                }
                Err(problem) => {
                    self.draft.error(&self.lines, problem);
                    self.alone(&block);
                }
            }
        }
        self.alone(&comment);
    }

    fn describe(&mut self, lines: &[CommentLine<'_>], fallback: usize) -> Described {
        let block = Block::parse(lines);
        let at = if lines.is_empty() { fallback } else { block.range.start };
        let origin = Origin { file: self.path.clone(), line: self.lines.line(at) };
        Described::new(block, origin, &self.lines, self.draft)
    }

    /// A block with no declaration below it.
    fn alone(&mut self, lines: &[CommentLine<'_>]) {
        if lines.is_empty() {
            return;
        }
        let described = self.describe(lines, 0);
        self.named_types(&described, None);
    }

    fn declared(&mut self, lines: &[CommentLine<'_>], declaration: Declaration) {
        let at = match &declaration {
            Declaration::Function { path, .. } | Declaration::Assignment { path, .. } => path.range.start,
            Declaration::Local { name, .. } => name.range.start,
            Declaration::Return => 0,
        };
        let described = self.describe(lines, at);
        match declaration {
            Declaration::Function { path, method, params, .. } => {
                self.named_types(&described, None);
                self.function(described, &path, method, &params);
            }
            Declaration::Local { name, .. } => {
                let local = Path { parts: vec![name.value.clone()], range: name.range };
                self.named_types(&described, Some((&local, ClassKind::Userdata)));
            }
            Declaration::Assignment { path, value } => {
                if !self.named_types(&described, Some((&path, ClassKind::Table))) {
                    self.assignment(described, &path, &value);
                }
            }
            Declaration::Return => {
                self.named_types(&described, None);
            }
        }
    }

    /// Classes, aliases and the module's name in a block. `table` is what is declared below it; says whether the block
    /// makes a class of it.
    fn named_types(&mut self, described: &Described, table: Option<(&Path, ClassKind)>) -> bool {
        let mut class: Option<Class> = None;
        let mut made = false;
        let mut alias: Option<Alias> = None;
        for line in &described.block.tags {
            match &line.tag {
                Tag::Meta(name) => {
                    self.module = name.clone();
                    self.draft.files_of_modules.extend(name.clone());
                }
                Tag::Class(tag) => {
                    self.finish(class.take());
                    for parent in &tag.parents {
                        self.draft.refer(&self.lines, ReferenceKind::Parent, parent);
                    }
                    let first = !made;
                    made = true;
                    let kind = match table {
                        Some((path, kind)) if first => {
                            let callouts = described.callouts();
                            let entry = Table { class: tag.name.value.clone(), callouts };
                            self.tables.insert(path.text(), entry);
                            kind
                        }
                        _ => ClassKind::Shape,
                    };
                    if let Some((path, ClassKind::Table)) = table.filter(|_| first)
                        && path.text() != tag.name.value
                    {
                        self.variable(described, path, &tag.name.value);
                    }
                    class = Some(self.class(described, tag, kind));
                }
                Tag::Field(tag) => match (&mut class, &tag.key) {
                    (None, _) => {
                        let message = "`@field` belongs below a `@class`";
                        self.draft.error(&self.lines, Problem::new(line.range.clone(), message));
                    }
                    (Some(class), FieldKey::Index(key)) => {
                        let all = match class.index.take() {
                            Some((keys, values)) => {
                                (Type::union([keys, key.clone()]), Type::union([values, tag.ty.clone()]))
                            }
                            None => (key.clone(), tag.ty.clone()),
                        };
                        class.index = Some(all);
                    }
                    (Some(class), FieldKey::Name(name)) => {
                        let ty = if tag.optional { tag.ty.clone().optional() } else { tag.ty.clone() };
                        let origin =
                            Origin { file: self.path.clone(), line: self.lines.line(line.range.start) };
                        let mut field = Field { ty, ..Field::default() };
                        field.name = Text::from(format!("{}.{name}", class.name));
                        field.owner = class.name.clone();
                        field.member = name.clone();
                        field.about.doc = tag.doc.clone();
                        field.about.origin = origin;
                        self.draft.model.fields.push(field);
                    }
                },
                Tag::Alias { name, generics, ty, doc } => {
                    self.draft.model.aliases.extend(alias.take());
                    let mut about = described.about.clone();
                    about.origin.line = self.lines.line(line.range.start);
                    if about.doc.is_empty() {
                        about.doc = doc.clone();
                    }
                    alias = Some(Alias {
                        name: name.value.clone(),
                        generics: generics.clone(),
                        ty: ty.clone().unwrap_or_default(),
                        meanings: Vec::new(),
                        about,
                    });
                }
                Tag::AliasMember(member) => match &mut alias {
                    Some(alias) => {
                        let known = std::mem::take(&mut alias.ty);
                        alias.ty = match known {
                            Type::Unknown => member.ty.clone(),
                            known => Type::union([known, member.ty.clone()]),
                        };
                        alias.meanings.push((member.ty.clone(), member.doc.clone()));
                    }
                    None => {
                        let message = "`---|` belongs below an `@alias`";
                        self.draft.error(&self.lines, Problem::new(line.range.clone(), message));
                    }
                },
                _ => {}
            }
        }
        self.finish(class);
        self.draft.model.aliases.extend(alias);
        made
    }

    fn class(&mut self, described: &Described, tag: &crate::luacats::ClassTag, kind: ClassKind) -> Class {
        let global = described.has(|tag| matches!(tag, Tag::Global));
        let name = tag.name.value.clone();
        if self.module.as_ref() == Some(&name) {
            let module = Module {
                name: name.clone(),
                class: Some(name.clone()),
                global,
                about: described.about.clone(),
                ..Module::default()
            };
            self.draft.model.modules.push(module);
        }
        let mut about = described.about.clone();
        about.origin.line = self.lines.line(tag.name.range.start);
        if about.doc.is_empty() {
            about.doc = tag.doc.clone();
        }
        Class {
            name,
            listed_as: None,
            kind,
            receivers: described.receivers(),
            parents: tag.parents.iter().map(|parent| parent.value.clone()).collect(),
            generics: tag.generics.clone(),
            module: self.module.clone(),
            global,
            iter: described.iter(),
            index: None,
            prototype: None,
            callouts: described.callouts(),
            about,
        }
    }

    fn finish(&mut self, class: Option<Class>) {
        self.draft.model.classes.extend(class);
    }

    /// A global or field that holds a class of another name (`---@class stringlib` above `string = {}`).
    fn variable(&mut self, described: &Described, path: &Path, class: &Text) {
        let (owner, member) = self.place(path);
        self.draft.model.fields.push(Field {
            name: path.text(),
            owner,
            member,
            ty: Type::Named(class.clone()),
            about: described.about.clone(),
            ..Field::default()
        });
    }

    fn function(&mut self, described: Described, path: &Path, method: bool, params: &[Spanned<Text>]) {
        let Some((member, owner)) = path.parts.split_last() else { return };
        let owner_path = Text::from(owner.iter().map(Text::as_str).collect::<Vec<_>>().join("."));
        let table = self.tables.get(&owner_path).cloned();
        let signature = described.signature(params, &self.lines, self.draft);
        if let Some(scope) = table.as_ref().and_then(|table| table.callouts.clone()) {
            let hook = Hook {
                name: member.clone(),
                kind: if scope == "validate" { HookKind::Callout } else { HookKind::ModuleHook },
                scope,
                params: signature.params,
                returns: signature.returns,
                earlier: described.earlier(),
                prototype: None,
                results: described.results(),
                ignored: described.has(|tag| matches!(tag, Tag::Ignored)),
                thread: described.thread(),
                phases: described.phases(),
                requires: described.requires(),
                about: described.about,
            };
            self.draft.model.hooks.push(hook);
            return;
        }
        let owner = table.map_or_else(|| owner_path.clone(), |table| table.class);
        self.owned(&owner, path);
        let function = Function {
            name: Text::from(if owner_path.is_empty() {
                member.to_string()
            } else {
                format!("{owner_path}{}{member}", if method { ':' } else { '.' })
            }),
            owner,
            member: member.clone(),
            kind: if method { FunctionKind::Method } else { FunctionKind::Function },
            overloads: described.overloads(method),
            signature,
            ..described.function()
        };
        self.draft.model.functions.push(function);
    }

    fn assignment(&mut self, described: Described, path: &Path, value: &Value) {
        let (owner, member) = self.place(path);
        self.owned(&owner, path);
        let group = described.block.tags.iter().find_map(|line| match &line.tag {
            Tag::Constant(group) => Some(group.clone()),
            _ => None,
        });
        let name = path.text();
        let constant = match value {
            Value::Integer(value) => Some(ConstantValue::Integer(*value)),
            Value::Number(value) => Some(ConstantValue::Number(*value)),
            Value::String(value) => Some(ConstantValue::String(value.clone())),
            Value::Boolean(value) => Some(ConstantValue::Boolean(*value)),
            Value::Nil | Value::Table => None,
        };
        let ty = described.ty();
        if let Some(group) = group {
            let constant = Constant {
                name,
                owner,
                member,
                group,
                value: constant,
                requires: described.requires(),
                about: described.about,
            };
            self.draft.model.constants.push(constant);
            return;
        }
        let ty = ty.or_else(|| constant.as_ref().map(ConstantValue::ty)).unwrap_or(match value {
            Value::Table => Type::Table,
            _ => Type::Unknown,
        });
        let field = Field {
            name,
            owner,
            member,
            ty,
            c_type: None,
            writable: described.writable(),
            requires: described.requires(),
            phases: described.phases(),
            callouts: described.callouts_allowed(),
            about: described.about,
        };
        self.draft.model.fields.push(field);
    }

    /// Class or table, and last part of a path.
    fn place(&self, path: &Path) -> (Text, Text) {
        let Some((member, owner)) = path.parts.split_last() else { return Default::default() };
        let owner = Text::from(owner.iter().map(Text::as_str).collect::<Vec<_>>().join("."));
        let owner = self.tables.get(&owner).map_or(owner, |table| table.class.clone());
        (owner, member.clone())
    }

    fn owned(&mut self, owner: &Text, path: &Path) {
        if !owner.is_empty() {
            let name = Spanned { value: owner.clone(), range: path.range.clone() };
            self.draft.refer(&self.lines, ReferenceKind::Owner, &name);
        }
    }
}
