//! What the words of a script mean, for colours: callouts, the API, its constants, userdata, what is deprecated, globals,
//! and the operators that only Momentum's Lua has.
//!
//! Words that every grammar of Lua colours right (keywords, strings, numbers, comments, usual operators) are left out.

use crate::project::Script;
use crate::semantics::scope::{BindingId, BindingKind};
use crate::semantics::types::{Type, Value};
use crate::syntax::tree::{ExpressionId, ExpressionKind, Name, StatementKind, TableKey};
use crate::syntax::{Span, TokenKind, offset_u32};
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::{ClassKind, FunctionKind};
use rustc_hash::FxHashSet;

macro_rules! legend {
    ($(#[$doc:meta])* $name:ident, $list:ident: $($(#[$variant_doc:meta])* $variant:ident => $text:literal,)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }
        #[doc = concat!("The names of [`", stringify!($name), "`], in order.")]
        pub const $list: &[&str] = &[$($text),*];
    };
}

legend! {
    /// What a word is.
    Kind, KINDS:
    /// A module or another table of the API: `msys.core`, `string`.
    Namespace => "namespace",
    /// A class in an annotation.
    Class => "class",
    /// A callout or hook, where it is defined and where it is named.
    Callout => "event",
    /// A function.
    Function => "function",
    /// A function that is called with `:`.
    Method => "method",
    /// A field.
    Property => "property",
    /// A variable.
    Variable => "variable",
    /// A parameter.
    Parameter => "parameter",
    /// A constant of the API: `msys.core.VALIDATE_CONT`.
    Constant => "enumMember",
    /// An operator that only Momentum's Lua has.
    Operator => "operator",
    /// An octal number, which other Lua reads as decimal.
    Number => "number",
}

legend! {
    /// What else is known of a word.
    Modifier, MODIFIERS:
    /// It is declared here.
    Declaration => "declaration",
    /// It is defined here, with its body.
    Definition => "definition",
    /// It does not change.
    ReadOnly => "readonly",
    /// The release that the policy is for has something better, or no longer has it.
    Deprecated => "deprecated",
    /// It is assigned here.
    Modification => "modification",
    /// It is the API's.
    DefaultLibrary => "defaultLibrary",
    /// A comment names it.
    Documentation => "documentation",
    /// It is userdata: a value of the server, whose methods do the work.
    Userdata => "userdata",
    /// It is a global: every script of the server sees it.
    Global => "global",
    /// It is Momentum's Lua and no other.
    Dialect => "dialect",
}

/// A word and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SemanticToken {
    /// Where it stands, in one line.
    pub span: Span,
    /// What it is; its position in [`KINDS`] is its number.
    pub kind: Kind,
    /// A bit for each [`Modifier`], by its position in [`MODIFIERS`].
    pub modifiers: u32,
}

const fn bit(modifier: Modifier) -> u32 {
    1 << modifier as u32
}

/// The words of a script that mean something, in the order of places, none over another.
#[must_use]
pub fn tokens(script: &Script<'_>) -> Vec<SemanticToken> {
    let scopes = script.scopes();
    let changing = scopes.bindings().map(|(id, _)| id).filter(|&id| scopes.is_reassigned(id)).collect();
    let mut reader = Reader { script, found: Vec::new(), targets: targets(script), changing };
    reader.read();
    let mut found = reader.found;
    found.retain(|token| !token.span.is_empty());
    found.sort_by_key(|token| (token.span.start, token.span.end));
    let mut end = 0;
    found.retain(|token| {
        let fits = token.span.start >= end;
        if fits {
            end = token.span.end;
        }
        fits
    });
    found
}

/// What assignments give values to.
fn targets(script: &Script<'_>) -> FxHashSet<ExpressionId> {
    let statements = script.tree().statements();
    statements
        .flat_map(|(_, statement)| match &statement.kind {
            StatementKind::Assign { targets, .. } => targets.to_vec(),
            _ => Vec::new(),
        })
        .collect()
}

struct Reader<'a> {
    script: &'a Script<'a>,
    found: Vec<SemanticToken>,
    targets: FxHashSet<ExpressionId>,
    /// Variables that are assigned after their declaration.
    changing: FxHashSet<BindingId>,
}

impl Reader<'_> {
    fn add(&mut self, span: Span, kind: Kind, modifiers: u32) {
        self.found.push(SemanticToken { span, kind, modifiers });
    }

    fn read(&mut self) {
        self.definitions();
        let scopes = self.script.scopes();
        for (id, binding) in scopes.bindings() {
            // `self` and `arg` are declared by other words.
            if self.script.text_at(binding.span) == binding.name {
                let (kind, modifiers) = self.local(id, None);
                self.add(binding.span, kind, modifiers | bit(Modifier::Declaration));
            }
        }
        for (id, expression) in self.script.tree().expressions() {
            match &expression.kind {
                ExpressionKind::Name(name) => self.name(id, expression.span, name),
                ExpressionKind::Field { base, name } => self.member(id, *base, name.span, &name.text, false),
                ExpressionKind::Call(call) => {
                    if let Some(name) = &call.method {
                        self.member(id, call.callee, name.span, &name.text, true);
                    }
                }
                ExpressionKind::Table(fields) => {
                    for field in fields {
                        if let TableKey::Name(name) = &field.key {
                            self.key(name, field.value);
                        }
                    }
                }
                _ => {}
            }
        }
        self.dialect();
        self.annotations();
    }

    /// Names of callouts where they are defined. What comes first of two words at a place stays.
    fn definitions(&mut self) {
        let tree = self.script.tree();
        for (_, statement) in tree.statements() {
            let StatementKind::Function { target, function } = &statement.kind else { continue };
            let ExpressionKind::Field { name, .. } = &tree.expression(*target).kind else { continue };
            match self.script.hook(*function) {
                Some(hook) => {
                    let modifiers = bit(Modifier::Definition) | self.age(&hook.about);
                    self.add(name.span, Kind::Callout, modifiers);
                }
                None => {
                    let is_method = tree.function(*function).is_method;
                    let kind = if is_method { Kind::Method } else { Kind::Function };
                    self.add(name.span, kind, bit(Modifier::Definition));
                }
            }
        }
    }

    fn age(&self, about: &momentum_lua_stub_reader::model::About) -> u32 {
        let gone = !about.available_in(self.script.target());
        if about.deprecated.is_some() || gone { bit(Modifier::Deprecated) } else { 0 }
    }

    fn name(&mut self, id: ExpressionId, span: Span, name: &str) {
        if name.is_empty() {
            return;
        }
        let written = if self.targets.contains(&id) { bit(Modifier::Modification) } else { 0 };
        let (kind, modifiers) = match self.script.scopes().resolve(id) {
            Some(binding) => self.local(binding, Some(id)),
            None => match self.script.member(id) {
                Some(member) => self.api(member),
                None => {
                    let ty = self.script.type_of(id);
                    if is_module(self.script, &ty) {
                        (Kind::Namespace, bit(Modifier::DefaultLibrary))
                    } else {
                        let kind = if is_function(&ty) { Kind::Function } else { Kind::Variable };
                        (kind, bit(Modifier::Global) | userdata(self.script, &ty))
                    }
                }
            },
        };
        self.add(span, kind, modifiers | written);
    }

    fn local(&self, id: BindingId, at: Option<ExpressionId>) -> (Kind, u32) {
        let scopes = self.script.scopes();
        let binding = scopes.binding(id);
        let ty = match at {
            Some(expression) => self.script.type_of(expression),
            None => self.script.analysis().binding_types.get(id.index()).cloned().unwrap_or_default(),
        };
        let kind = match binding.kind {
            BindingKind::Function(_) => Kind::Function,
            BindingKind::Parameter(..) | BindingKind::SelfParameter(_) => Kind::Parameter,
            _ if is_module(self.script, &ty) => Kind::Namespace,
            _ if is_function(&ty) => Kind::Function,
            _ => Kind::Variable,
        };
        let changes = self.changing.contains(&id);
        let library = if kind == Kind::Namespace { bit(Modifier::DefaultLibrary) } else { 0 };
        let fixed = if changes { 0 } else { bit(Modifier::ReadOnly) };
        (kind, library | fixed | userdata(self.script, &ty))
    }

    fn member(&mut self, id: ExpressionId, base: ExpressionId, span: Span, name: &str, is_call: bool) {
        if name.is_empty() {
            return;
        }
        let written = if self.targets.contains(&id) { bit(Modifier::Modification) } else { 0 };
        let known = self.script.member(id).or_else(|| {
            let ty = self.script.type_of(base);
            self.script.api().member(ty.class()?, name)
        });
        if let Some(member) = known {
            let (kind, modifiers) = self.api(member);
            self.add(span, kind, modifiers | written);
            return;
        }
        let ty = if is_call { Type::unknown() } else { self.script.type_of(id) };
        let kind = match is_call {
            true => Kind::Method,
            false if is_function(&ty) => Kind::Function,
            false => Kind::Property,
        };
        self.add(span, kind, written | userdata(self.script, &ty));
    }

    fn api(&self, member: Member<'_>) -> (Kind, u32) {
        let modifiers = bit(Modifier::DefaultLibrary) | self.age(member.about());
        match member {
            Member::Function(function) if function.kind == FunctionKind::Method => (Kind::Method, modifiers),
            Member::Function(_) | Member::CFunction(_) => (Kind::Function, modifiers),
            Member::Constant(_) => (Kind::Constant, modifiers | bit(Modifier::ReadOnly)),
            Member::Field(_) => (Kind::Property, modifiers),
            Member::Table(_) => (Kind::Namespace, modifiers),
        }
    }

    /// A field of a constructor.
    fn key(&mut self, name: &Name, value: ExpressionId) {
        if name.is_missing() {
            return;
        }
        let tree = self.script.tree();
        let (kind, modifiers) = match tree.expression(tree.unparenthesized(value)).kind {
            ExpressionKind::Function(function) => match self.script.hook(function) {
                Some(hook) => (Kind::Callout, bit(Modifier::Definition) | self.age(&hook.about)),
                None => (Kind::Function, bit(Modifier::Definition)),
            },
            _ => (Kind::Property, bit(Modifier::Declaration)),
        };
        self.add(name.span, kind, modifiers);
    }

    /// Operators and numbers that other Lua reads differently, or not at all.
    fn dialect(&mut self) {
        use TokenKind as K;
        for token in &self.script.parsed().tokens {
            let text = self.script.text_at(token.span);
            let kind = match token.kind {
                K::BitAnd
                | K::BitOr
                | K::BitXor
                | K::ShiftLeft
                | K::ShiftRight
                | K::FloorDivide
                | K::Tilde
                | K::Bang => Kind::Operator,
                K::NotEqual if text == "!=" => Kind::Operator,
                K::Number if is_octal(text) => Kind::Number,
                _ => continue,
            };
            self.add(token.span, kind, bit(Modifier::Dialect));
        }
    }

    fn annotations(&mut self) {
        for name in self.script.annotations().blocks().flat_map(|block| &block.names) {
            let span = Span::new(offset_u32(name.range.start), offset_u32(name.range.end));
            self.add(span, Kind::Class, bit(Modifier::Documentation));
        }
    }
}

fn is_octal(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_function(ty: &Type) -> bool {
    let is = |value: &Value| matches!(value, Value::Function(_) | Value::AnyFunction);
    ty.all(is)
}

fn is_module(script: &Script<'_>, ty: &Type) -> bool {
    let class = ty.class().and_then(|class| script.api().class(class));
    class.is_some_and(|class| class.kind == ClassKind::Table)
}

fn userdata(script: &Script<'_>, ty: &Type) -> u32 {
    let class = ty.class().and_then(|class| script.api().class(class));
    match class.map(|class| class.kind) {
        Some(ClassKind::Userdata | ClassKind::Struct) => bit(Modifier::Userdata),
        _ => 0,
    }
}

/// The names of the modifiers of a token.
#[must_use]
pub fn modifier_names(modifiers: u32) -> Vec<&'static str> {
    let names = MODIFIERS.iter().enumerate();
    names.filter(|(position, _)| modifiers & (1 << position) != 0).map(|(_, name)| *name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::project_at;

    fn shown(text: &str) -> Vec<String> {
        let (project, file, _) = project_at(text);
        let script = project.script(file).unwrap();
        let shown = tokens(&script).into_iter().map(|token| {
            let names: Vec<&str> =
                std::iter::once(KINDS[token.kind as usize]).chain(modifier_names(token.modifiers)).collect();
            format!("{} {}", script.text_at(token.span), names.join("."))
        });
        shown.collect()
    }

    #[test]
    fn callouts_the_api_and_userdata() {
        let text = "$0local mod = {}\nfunction mod:validate_data(msg, accept, vctx)\n  msg:header(\"To\")\n  return msys.core.VALIDATE_CONT\nend\nmsys.registerModule(\"m\", mod)\n";
        assert_eq!(
            shown(text),
            [
                "mod variable.declaration.readonly",
                "mod variable.readonly",
                "validate_data event.definition",
                "msg parameter.declaration.readonly.userdata",
                "accept parameter.declaration.readonly.userdata",
                "vctx parameter.declaration.readonly.userdata",
                "msg parameter.readonly.userdata",
                "header method.defaultLibrary",
                "msys namespace.defaultLibrary",
                "core namespace.defaultLibrary",
                "VALIDATE_CONT enumMember.readonly.defaultLibrary",
                "msys namespace.defaultLibrary",
                "registerModule function.defaultLibrary",
                "mod variable.readonly",
            ]
        );
    }

    #[test]
    fn globals_the_dialect_and_fields() {
        let text = "$0count = 0660 & 1\nlocal t = { a = 1 }\nt.a = !t.b != 3\n---@type ec_message\nlocal m\n";
        assert_eq!(
            shown(text),
            [
                "count variable.modification.global",
                "0660 number.dialect",
                "& operator.dialect",
                "t variable.declaration.readonly",
                "a property.declaration",
                "t variable.readonly",
                "a property.modification",
                "! operator.dialect",
                "t variable.readonly",
                "b property",
                "!= operator.dialect",
                "ec_message class.documentation",
                "m variable.declaration.readonly.userdata",
            ]
        );
    }
}
