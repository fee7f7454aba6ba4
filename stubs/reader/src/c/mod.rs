//! Reads C headers: hooks, the C API, and the structs behind userdata.

mod derive;
mod syntax;
mod token;

pub(crate) use derive::KnownTypes;
pub(crate) use syntax::Prototype;
use syntax::{Declaration, Member};

use crate::draft::Draft;
use crate::lua::{Described, no_such_parameter};
use crate::luacats::{Block, CommentLine, Spanned, Tag};
use crate::model::{
    CFunction, CParam, Class, ClassKind, Field, Function, Hook, HookKind, Literal, Model, Origin, Param,
    Return, Signature, Text, Type,
};
use crate::problem::Lines;

/// Declarations whose Lua side waits until all structs are known.
#[derive(Debug, Default)]
pub(crate) struct CDraft {
    functions: Vec<FunctionDraft>,
    fields: Vec<FieldDraft>,
}

#[derive(Debug)]
struct FunctionDraft {
    prototype: Prototype,
    keep: Vec<Text>,
    out: Vec<Text>,
    described: Described,
    header: Text,
    name: Text,
    hook: Option<Text>,
}

#[derive(Debug)]
struct FieldDraft {
    field: Field,
    ty: syntax::CType,
    /// A bit field of one bit without sign: 0 or 1.
    is_bit: bool,
}

/// Reads one header into a draft.
pub(crate) fn read(path: &str, text: &str, draft: &mut Draft) {
    let (items, problems) = syntax::parse(text);
    let mut reader = Reader { path, lines: Lines::new(path, text), draft };
    for problem in problems {
        reader.draft.error(&reader.lines, problem);
    }
    for item in items {
        let described = reader.describe(&item.comment, item.range.start);
        match item.declaration {
            Declaration::Function(prototype) => reader.function(prototype, described),
            Declaration::Struct { name, members } => reader.class(&name, members, described),
            Declaration::Macro { name, params } => reader.define(&name, &params, described),
        }
    }
}

struct Reader<'a> {
    path: &'a str,
    lines: Lines<'a>,
    draft: &'a mut Draft,
}

impl Reader<'_> {
    fn describe(&mut self, comment: &[CommentLine<'_>], at: usize) -> Described {
        let block = Block::parse_c(comment);
        let origin = Origin { file: self.path.into(), line: self.lines.line(at) };
        Described::new(block, origin, &self.lines, self.draft)
    }

    fn function(&mut self, prototype: Prototype, described: Described) {
        let names: Vec<&str> = prototype.params.iter().map(|param| param.name.as_str()).collect();
        let (mut keep, mut out) = (Vec::new(), Vec::new());
        for line in &described.block.tags {
            let name = match &line.tag {
                Tag::Param(tag) => &tag.name,
                Tag::Keep(name) | Tag::Out(name) => name,
                Tag::NilCrash(all) => {
                    all.iter().for_each(|name| self.must_be_parameter(name, &names));
                    continue;
                }
                _ => continue,
            };
            self.must_be_parameter(name, &names);
            match line.tag {
                Tag::Keep(_) => keep.push(name.value.clone()),
                Tag::Out(_) => out.push(name.value.clone()),
                _ => {}
            }
        }
        let tag = |pick: fn(&Tag) -> Option<&Text>| {
            described.block.tags.iter().find_map(|line| pick(&line.tag).cloned())
        };
        let hook = tag(|tag| if let Tag::Hook(scope) = tag { Some(scope) } else { None });
        let name = tag(|tag| if let Tag::Name(name) = tag { Some(name) } else { None });
        let name = name.unwrap_or_else(|| prototype.name.clone());
        let header = header(self.path);
        self.draft.c.functions.push(FunctionDraft { prototype, keep, out, described, header, name, hook });
    }

    fn must_be_parameter(&mut self, name: &Spanned<Text>, names: &[&str]) {
        if !names.contains(&name.value.as_str()) {
            let known: Vec<Spanned<Text>> =
                names.iter().map(|name| Spanned { value: (*name).into(), range: 0..0 }).collect();
            self.draft.error(&self.lines, no_such_parameter(name, &known));
        }
    }

    fn class(&mut self, name: &Text, members: Vec<Member<'_>>, described: Described) {
        let listed_as = described.block.tags.iter().find_map(|line| match &line.tag {
            Tag::Name(name) => Some(name.clone()),
            _ => None,
        });
        let class = Class {
            name: name.clone(),
            listed_as,
            kind: ClassKind::Struct,
            receivers: described.receivers(),
            prototype: Some(format!("struct {name}").into()),
            iter: described.iter(),
            about: described.about,
            ..Class::default()
        };
        self.draft.model.classes.push(class);
        self.members(name, members);
    }

    fn members(&mut self, owner: &Text, members: Vec<Member<'_>>) {
        for member in members {
            let described = self.describe(&member.comment, member.range.start);
            let mut ty = member.ty.clone();
            if !member.members.is_empty() {
                // A nested struct is a class of its own, named by its path.
                let nested = Text::from(format!("{owner}.{}", member.name));
                ty.base = nested.clone();
                self.draft.model.classes.push(Class {
                    name: nested.clone(),
                    kind: ClassKind::Struct,
                    prototype: Some(format!("{} {}", member.ty.base, member.name).into()),
                    about: described.about.clone(),
                    ..Class::default()
                });
                self.members(&nested, member.members);
            }
            let mut c_type = member.ty.declare(&member.name);
            let is_unsigned = ty.base.starts_with("unsigned") || ty.base.starts_with("u_int");
            let is_bit = is_unsigned && member.bits.as_deref() == Some("1");
            if let Some(bits) = &member.bits {
                c_type = format!("{c_type} : {bits}");
            }
            let field = Field {
                name: format!("{owner}.{}", member.name).into(),
                owner: owner.clone(),
                member: member.name,
                ty: Type::Unknown,
                c_type: Some(c_type.into()),
                writable: described.writable(),
                requires: described.requires(),
                phases: described.phases(),
                callouts: described.callouts_allowed(),
                about: described.about,
            };
            self.draft.c.fields.push(FieldDraft { field, ty, is_bit });
        }
    }

    fn define(&mut self, name: &Text, params: &[Text], described: Described) {
        let list: Vec<&str> = params.iter().map(Text::as_str).collect();
        let function = Function {
            name: name.clone(),
            member: name.clone(),
            about: described.about,
            ..Function::default()
        };
        self.draft.model.c_functions.push(CFunction {
            function,
            is_macro: true,
            prototype: format!("#define {name}({})", list.join(", ")).into(),
            params: params
                .iter()
                .map(|name| CParam { name: name.clone(), c_type: Text::default() })
                .collect(),
            header: header(self.path),
            ..CFunction::default()
        });
    }
}

/// `0|1`
fn zero_or_one() -> Type {
    Type::union([0, 1].map(|bit| Type::Literal(Literal::Integer(bit))))
}

/// The header that a stub stands for: `stubs/c/api/modules/a.h` is `modules/a.h`.
fn header(path: &str) -> Text {
    let below =
        path.rsplit_once("/api/").map_or_else(|| path.rsplit('/').next().unwrap_or(path), |(_, below)| below);
    below.into()
}

impl CDraft {
    /// Derives what Lua sees, now that all structs are known, and adds it to the model.
    pub(crate) fn derive(self, known: &KnownTypes, model: &mut Model) {
        for FieldDraft { mut field, ty, is_bit } in self.fields {
            field.ty = if is_bit { zero_or_one() } else { known.value(&ty) };
            model.fields.push(field);
        }
        for function in self.functions {
            match &function.hook {
                Some(scope) => {
                    let hook = function.hook(known, scope.clone());
                    model.hooks.push(hook);
                }
                None => {
                    let c = function.c_function(known);
                    model.c_functions.push(c);
                }
            }
        }
    }
}

impl FunctionDraft {
    fn params(&self, known: &KnownTypes) -> Vec<Param> {
        let mut params = known.params(&self.prototype, &self.keep, &self.out);
        for param in &mut params {
            if let Some(tag) = self.described.param(&param.name) {
                param.doc = tag.doc.clone();
                param.optional = tag.optional;
            }
            param.nilcrash = self.described.has(
                |tag| matches!(tag, Tag::NilCrash(names) if names.iter().any(|name| name.value == param.name)),
            );
        }
        params
    }

    fn hook(&self, known: &KnownTypes, scope: Text) -> Hook {
        let returns = known.value(&self.prototype.returns);
        let void = self.prototype.returns.base == "void" && self.prototype.returns.pointers == 0;
        Hook {
            name: self.name.clone(),
            scope,
            kind: HookKind::CHook,
            params: self.params(known),
            returns: if void {
                Vec::new()
            } else {
                vec![Return { ty: returns, name: None, doc: Text::default() }]
            },
            earlier: self.described.earlier(),
            prototype: Some(self.prototype.text().into()),
            results: self.described.results(),
            ignored: void || self.described.has(|tag| matches!(tag, Tag::Ignored)),
            thread: self.described.thread(),
            phases: self.described.phases(),
            requires: self.described.requires(),
            about: self.described.about.clone(),
        }
    }

    fn c_function(&self, known: &KnownTypes) -> CFunction {
        let described = &self.described;
        let signature =
            Signature { generics: Vec::new(), params: self.params(known), returns: self.returns(known) };
        let function = Function {
            name: format!("msys.core.{}", self.name).into(),
            owner: Text::from_static("msys.core"),
            member: self.name.clone(),
            signature,
            ..described.function()
        };
        CFunction {
            function,
            is_macro: false,
            prototype: self.prototype.text().into(),
            params: self
                .prototype
                .params
                .iter()
                .map(|param| CParam { name: param.name.clone(), c_type: param.ty.declare("").into() })
                .collect(),
            returns: self.prototype.returns.declare("").into(),
            header: self.header.clone(),
            seen: described.has(|tag| matches!(tag, Tag::Seen)),
            thread: described.thread(),
        }
    }

    /// The return value, then the parameters that the call fills.
    fn returns(&self, known: &KnownTypes) -> Vec<Return> {
        let mut returns = Vec::new();
        let result = &self.prototype.returns;
        if result.base != "void" || result.pointers > 0 {
            let ty = self.narrowed(known, known.value(result));
            returns.push(Return { ty, name: None, doc: self.result_doc() });
        }
        for name in &self.out {
            let Some(param) = self.prototype.params.iter().find(|param| param.name == *name) else {
                continue;
            };
            let mut doc = self.described.param(name).map(|tag| tag.doc.clone()).unwrap_or_default();
            if returns.is_empty() && doc.is_empty() {
                doc = self.result_doc();
            }
            returns.push(Return { ty: known.pointed_at(&param.ty), name: Some(name.clone()), doc });
        }
        returns
    }

    /// What `@result` says of the type: its types together, or 0 and 1 where it names just those.
    fn narrowed(&self, known: &KnownTypes, declared: Type) -> Type {
        let named = self.described.results();
        let types: Vec<Type> = named.iter().filter_map(|result| named_type(known, &result.value)).collect();
        if types.is_empty() || types.len() != named.len() {
            return declared;
        }
        let literals = types.iter().filter(|ty| matches!(ty, Type::Literal(_))).count();
        match literals {
            0 => Type::union(types),
            2 if declared == Type::Integer && types.len() == 2 => Type::union(types),
            _ => declared,
        }
    }

    fn result_doc(&self) -> Text {
        let results = self.described.results();
        if results.is_empty() {
            return self.described.return_doc();
        }
        let lines: Vec<String> = results
            .iter()
            .map(|result| match result.meaning.is_empty() {
                true => format!("`{}`", result.value),
                false => format!("`{}`: {}", result.value, result.meaning),
            })
            .collect();
        lines.join(" ").into()
    }
}

/// A type, or 0 or 1, as `@result` writes it.
fn named_type(known: &KnownTypes, value: &Text) -> Option<Type> {
    Some(match value.as_str() {
        "string" => Type::String,
        "nil" => Type::Nil,
        "integer" => Type::Integer,
        "number" => Type::Number,
        "boolean" => Type::Boolean,
        "table" => Type::Table,
        "userdata" => Type::Userdata,
        "0" => Type::Literal(Literal::Integer(0)),
        "1" => Type::Literal(Literal::Integer(1)),
        name if known.classes.contains(name) => Type::Named(value.clone()),
        _ => return None,
    })
}
