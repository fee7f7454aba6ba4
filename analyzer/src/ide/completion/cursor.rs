//! What all kinds of places ask about the cursor.

use super::item::{Item, ItemKind, Rank, Subject};
use super::place;
use crate::diagnostic::Edit;
use crate::ide::receiver;
use crate::project::Script;
use crate::rules::availability::loaded::Loaded;
use crate::rules::availability::needed;
use crate::rules::availability::placement::{Phases, Placement};
use crate::semantics::types::{Type, Value};
use crate::syntax::tree::{ExpressionId, ExpressionKind, FunctionId};
use crate::syntax::{Span, TokenKind};
use momentum_lua_stub_reader::database::Member;
use momentum_lua_stub_reader::model::{About, FunctionKind, Hook, Signature};
use std::cell::{Cell, OnceCell};

/// The cursor in a script.
pub(super) struct Cursor<'s, 'a> {
    pub(super) script: &'s Script<'a>,
    pub(super) offset: u32,
    /// Where the last token before it ends, if it stands in none: a block that nothing closes ends there, and what is
    /// written behind still belongs to it.
    pub(super) written: u32,
    /// The word that it stands in or behind.
    pub(super) word: Span,
    /// The function around it.
    pub(super) function: Option<FunctionId>,
    /// There are too many items to show: those that do not fit what is typed were not made.
    pub(super) is_crowded: Cell<bool>,
    loaded: OnceCell<Loaded>,
    hooks: OnceCell<Vec<&'a Hook>>,
    phases: OnceCell<Phases<'a>>,
}

/// The end of the last token before an offset, or the offset if it stands in a token.
fn written_before(script: &Script<'_>, offset: u32) -> u32 {
    let tokens = &script.parsed().tokens;
    let before = tokens.partition_point(|token| token.span.start < offset).checked_sub(1);
    before.and_then(|index| tokens.get(index)).map_or(offset, |token| token.span.end.min(offset))
}

impl<'s, 'a> Cursor<'s, 'a> {
    pub(super) fn new(script: &'s Script<'a>, offset: u32, word: Span) -> Self {
        let written = written_before(script, offset);
        Self {
            script,
            offset,
            written,
            word,
            function: place::function_at(script, written),
            is_crowded: Cell::new(false),
            loaded: OnceCell::new(),
            hooks: OnceCell::new(),
            phases: OnceCell::new(),
        }
    }

    /// What stands of the word before the cursor.
    pub(super) fn typed(&self) -> &'a str {
        Span::new(self.word.start, self.offset.max(self.word.start)).text(self.script.text())
    }

    /// The callouts and hooks that reach the cursor.
    pub(super) fn hooks(&self) -> &[&'a Hook] {
        self.hooks.get_or_init(|| {
            let api = self.script.api();
            let reached = self.script.reached_by(self.function);
            let mut hooks: Vec<&'a Hook> =
                reached.iter().filter_map(|reach| api.hook(reach.callout()?)).collect();
            // Broken code may have lost its registration.
            if reached.is_empty() {
                hooks.extend(self.function.and_then(|function| self.script.hook(function)));
            }
            hooks
        })
    }

    /// The callout or hook whose own body the cursor stands in.
    pub(super) fn hook(&self) -> Option<&'a Hook> {
        self.script.hook(self.function?)
    }

    /// The type of an expression; where no path leads to it, that of the variable that it is.
    pub(super) fn type_of(&self, expression: ExpressionId) -> Type {
        let script = self.script;
        let ty = receiver::type_of(script, expression);
        let is_name = matches!(script.tree().expression(expression).kind, ExpressionKind::Name(_));
        if !ty.values().is_empty() || !is_name {
            return ty;
        }
        let binding = script.scopes().resolve(expression);
        let known = binding.and_then(|binding| script.analysis().binding_types.get(binding.index()));
        known.cloned().unwrap_or(ty)
    }

    /// What becomes of an item by what is said of it: on its way out, not in this version.
    pub(super) fn rated(&self, mut item: Item, about: &About) -> Item {
        if about.deprecated.is_some() {
            item.deprecated = true;
            item.rank = item.rank.max(Rank::Deprecated);
        }
        if !about.available_in(self.script.target()) {
            item.rank = Rank::Unavailable;
            let target = self.script.target();
            item.detail = Some(match item.detail {
                Some(detail) => format!("{detail}, not in {target}"),
                None => format!("not in {target}"),
            });
        }
        item
    }

    /// A member of the API as an item: ranked, with its module's `require` where that is missing, and with parentheses
    /// if it is called.
    pub(super) fn api_item(&self, member: Member<'a>) -> Item {
        let (kind, parameters) = match member {
            Member::Function(function) if function.kind == FunctionKind::Method => {
                (ItemKind::Method, Some(parameters(&function.signature)))
            }
            Member::Function(function) => (ItemKind::Function, Some(parameters(&function.signature))),
            Member::CFunction(c) => (ItemKind::Function, Some(parameters(&c.function.signature))),
            Member::Field(_) => (ItemKind::Field, None),
            Member::Constant(_) => (ItemKind::Constant, None),
            Member::Table(_) => (ItemKind::Module, None),
        };
        let mut item = Item::new(member.member(), kind);
        item.parameters = parameters;
        item.detail = match member {
            Member::Field(field) => Some(field.ty.to_string()),
            Member::Constant(constant) => constant.group.as_ref().map(ToString::to_string),
            _ => Some(member.owner().to_owned()).filter(|owner| !owner.is_empty()),
        };
        item.subject = Some(Subject::Member(member.owner().to_owned(), member.member().to_owned()));
        if let Some(function) = member.function() {
            item = self.called(item, &function.signature);
        }
        if matches!(member, Member::CFunction(_)) || member.about().undocumented {
            item.rank = Rank::Rare;
        }
        if let Some(objection) = self.misplaced(member) {
            item.rank = Rank::Misplaced;
            item.detail = Some(objection);
        }
        item.edits.extend(self.require(member));
        self.rated(item, member.about())
    }

    /// Lets an item insert parentheses, unless some follow.
    pub(super) fn called(&self, mut item: Item, signature: &Signature) -> Item {
        if !self.is_called_already() {
            let call = std::mem::take(&mut item.insertion).then("(");
            let call = if signature.params.is_empty() { call.then(")") } else { call.stop("").then(")") };
            item.insertion = call.end();
        }
        item
    }

    /// Whether what follows the word makes a call of it.
    pub(super) fn is_called_already(&self) -> bool {
        let tokens = &self.script.parsed().tokens;
        let next = tokens.partition_point(|token| token.span.start < self.word.end.max(self.offset));
        let lines = self.script.lines();
        tokens.get(next).is_some_and(|token| {
            matches!(token.kind, TokenKind::LeftParen | TokenKind::String | TokenKind::LeftBrace)
                && lines.line(token.span.start) == lines.line(self.offset)
        })
    }

    /// Why something is not meant for the callouts that reach the cursor; `None` if it is for one of them.
    fn misplaced(&self, member: Member<'a>) -> Option<String> {
        let phases = self.phases.get_or_init(|| Phases::of(self.script.api()));
        let placement = Placement::of(phases, member)?;
        let hooks = self.hooks();
        let first = hooks.first()?;
        if hooks.iter().any(|hook| placement.objection(hook, false).is_none()) {
            return None;
        }
        Some(match placement.places().as_slice() {
            [] => format!("not for {}", first.name),
            [one] => format!("for {one}"),
            [one, ..] => format!("for {one}, …"),
        })
    }

    /// The edit that requires the module which brings a member, where nothing does so yet.
    fn require(&self, member: Member<'a>) -> Option<Edit> {
        self.require_module(needed::bringing(self.script, member)?)
    }

    /// The edit that requires a module, where nothing does so yet.
    pub(super) fn require_module(&self, module: &str) -> Option<Edit> {
        let loaded = self.loaded.get_or_init(|| Loaded::of(self.script));
        // A module whose text is not known may require it, as the rule about this has it.
        if loaded.anything || loaded.has(self.script, module) {
            return None;
        }
        self.insert_require(format!("require(\"{module}\")\n"))
    }

    /// The edit that puts a line where modules are required.
    pub(super) fn insert_require(&self, line: String) -> Option<Edit> {
        let offset = self.loaded.get_or_init(|| Loaded::of(self.script)).insertion(self.script);
        // An edit must not touch the word that is being written.
        let apart = offset < self.word.start.min(self.offset);
        apart.then(|| Edit::insert(offset, line))
    }

    /// The blanks that a level of the script is indented by.
    pub(super) fn indent(&self) -> &'a str {
        let lines = self.script.text().lines();
        let mut indents = lines.filter_map(|line| {
            let rest = line.trim_start_matches([' ', '\t']);
            let indent = line.get(..line.len() - rest.len())?;
            (!indent.is_empty() && !rest.is_empty() && !rest.starts_with("--")).then_some(indent)
        });
        match indents.next() {
            Some(tabs) if tabs.starts_with('\t') => "\t",
            Some(blanks) if blanks.len() <= 8 => blanks,
            _ => "  ",
        }
    }
}

/// `(name, value?)`
pub(super) fn parameters(signature: &Signature) -> String {
    let names = signature
        .params
        .iter()
        .map(|param| if param.optional { format!("{}?", param.name) } else { param.name.to_string() });
    format!("({})", names.collect::<Vec<_>>().join(", "))
}

/// What an item is whose value has that type.
pub(super) fn kind_of(ty: &Type) -> ItemKind {
    let is_function = |value: &Value| matches!(value, Value::Function(_) | Value::AnyFunction);
    let is_module =
        |value: &Value| matches!(value, Value::Instance(class) if class.contains('.') || class == "msys");
    if ty.any(is_function) {
        ItemKind::Function
    } else if ty.any(is_module) {
        ItemKind::Module
    } else {
        ItemKind::Variable
    }
}
