//! Writes the lowered text: the source, copied, with replacements in the order of their places.

use std::fmt::Write as _;

use momentum_lua_analyzer::semantics::Scopes;
use momentum_lua_analyzer::syntax::tree::{
    BinaryOperator, BlockId, Call, ExpressionId, ExpressionKind, FunctionId, StatementKind, TableKey, Tree,
    UnaryOperator,
};
use momentum_lua_analyzer::syntax::{LineIndex, Span, literal};

use super::numeric::NeverString;
use super::probes::{MOST_LOCALS, Probes};
use super::{BranchKind, Lowered, Sites};

/// Writes a tree without errors.
pub(super) fn emit(source: &str, tree: &Tree, scopes: &Scopes, probes: Option<Probes>) -> (Lowered, Sites) {
    let mut emitter = Emitter {
        source,
        tree,
        scopes,
        never_string: NeverString::new(tree, scopes),
        text: String::with_capacity(source.len() + source.len() / 4),
        copied: 0,
        function: None,
        crash: None,
        probes,
    };
    if source.starts_with('#') {
        emitter.put("--");
    }
    emitter.block(tree.root_id());
    emitter.copy_to(source.len() as u32);
    let crash_line = emitter.crash.map(|offset| LineIndex::new(source).line(offset) + 1);
    let sites = emitter.probes.map(|probes| probes.sites).unwrap_or_default();
    (Lowered { text: emitter.text, crash_line }, sites)
}

/// The locals that an expression reads, the first ones in their order; functions in it are not executed with it.
fn read_locals<'a>(tree: &'a Tree, scopes: &Scopes, id: ExpressionId, locals: &mut Vec<&'a str>) {
    let mut read = |id: &ExpressionId| read_locals(tree, scopes, *id, locals);
    match &tree.expression(id).kind {
        ExpressionKind::Name(name) => {
            let name = name.as_str();
            if scopes.resolve(id).is_some() && !locals.contains(&name) && locals.len() < MOST_LOCALS {
                locals.push(name);
            }
        }
        ExpressionKind::Field { base, .. } => read(base),
        ExpressionKind::Index { base, key } => [base, key].into_iter().for_each(read),
        ExpressionKind::Call(call) => {
            std::iter::once(&call.callee).chain(&call.arguments).for_each(read);
        }
        ExpressionKind::Unary { operand, .. } => read(operand),
        ExpressionKind::Binary { left, right, .. } => [left, right].into_iter().for_each(read),
        ExpressionKind::Parenthesized(inner) => read(inner),
        ExpressionKind::Table(fields) => {
            for field in fields {
                read(&field.value);
            }
        }
        ExpressionKind::Missing
        | ExpressionKind::Nil
        | ExpressionKind::True
        | ExpressionKind::False
        | ExpressionKind::Number(_)
        | ExpressionKind::String(_)
        | ExpressionKind::Vararg
        | ExpressionKind::Function(_) => {}
    }
}

struct Emitter<'a> {
    source: &'a str,
    tree: &'a Tree,
    scopes: &'a Scopes,
    never_string: NeverString<'a>,
    text: String,
    /// How far the source is copied.
    copied: u32,
    /// The function around the place.
    function: Option<FunctionId>,
    /// Where something stands that crashes the engine's compiler.
    crash: Option<u32>,
    /// Counts what is executed, where it is asked for.
    probes: Option<Probes>,
}

impl Emitter<'_> {
    fn copy_to(&mut self, offset: u32) {
        self.text.push_str(Span::new(self.copied, offset.max(self.copied)).text(self.source));
        self.copied = self.copied.max(offset);
    }

    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Copies up to a piece of the source and writes something else for it.
    fn replace(&mut self, span: Span, text: &str) {
        self.copy_to(span.start);
        self.put(text);
        self.copied = self.copied.max(span.end);
    }

    fn span(&self, id: ExpressionId) -> Span {
        self.tree.expression(id).span
    }

    // Statements

    fn block(&mut self, id: BlockId) {
        let tree = self.tree;
        for &statement in &tree.block(id).statements {
            let statement = tree.statement(statement);
            if let Some(probe) = self.probes.as_mut().and_then(|probes| probes.line(statement.span.start)) {
                self.copy_to(statement.span.start);
                self.put(&probe);
            }
            self.statement(&statement.kind);
        }
    }

    /// A condition, with a probe where those are asked for.
    fn condition(&mut self, id: ExpressionId, kind: BranchKind) {
        let span = self.span(id);
        let Some(open) = self.probes.as_mut().and_then(|probes| probes.open(span.start, kind)) else {
            return self.expression(id);
        };
        let mut locals = Vec::new();
        if let Some(probes) = self.probes.as_mut().filter(|probes| probes.tells()) {
            // The value of a name alone is that of the condition.
            if !matches!(self.tree.expression(self.tree.unparenthesized(id)).kind, ExpressionKind::Name(_)) {
                read_locals(self.tree, self.scopes, id, &mut locals);
            }
            probes.tell(span.text(self.source), &locals);
        }
        self.copy_to(span.start);
        self.put(&open);
        self.expression(id);
        self.copy_to(span.end);
        for local in locals {
            self.put(",");
            self.put(local);
        }
        if let Some(probes) = &mut self.probes {
            let close = probes.close();
            self.put(close);
        }
    }

    fn statement(&mut self, kind: &StatementKind) {
        match kind {
            StatementKind::Local { values, .. } => self.expressions(values),
            StatementKind::LocalFunction { function, .. } => self.function(*function),
            StatementKind::Function { target, function } => {
                self.expression(*target);
                self.function(*function);
            }
            StatementKind::Assign { targets, values } => {
                self.expressions(targets);
                self.expressions(values);
            }
            StatementKind::Call(id) | StatementKind::Incomplete(id) => self.expression(*id),
            StatementKind::Do(body) => self.block(*body),
            StatementKind::While { condition, body } => {
                self.condition(*condition, BranchKind::While);
                self.block(*body);
            }
            StatementKind::Repeat { body, condition } => {
                self.block(*body);
                self.condition(*condition, BranchKind::Until);
            }
            StatementKind::If { branches, otherwise } => {
                for (condition, body) in branches {
                    self.condition(*condition, BranchKind::If);
                    self.block(*body);
                }
                if let Some(body) = otherwise {
                    self.block(*body);
                }
            }
            StatementKind::NumericFor { start, limit, step, body, .. } => {
                for &bound in [start, limit].into_iter().chain(step) {
                    self.bound(bound);
                }
                self.block(*body);
            }
            StatementKind::GenericFor { values, body, .. } => {
                if let (Some(&first), Some(&last)) = (values.first(), values.last()) {
                    self.copy_to(self.span(first).start);
                    self.put("(\"\").__iter(");
                    self.expressions(values);
                    self.copy_to(self.span(last).end);
                    self.put(")");
                }
                self.block(*body);
            }
            StatementKind::Return(values) => match values.as_ref() {
                [only] if self.becomes_call(*only) => {
                    self.copy_to(self.span(*only).start);
                    self.put("(");
                    self.expression(*only);
                    self.copy_to(self.span(*only).end);
                    self.put(")");
                }
                _ => self.expressions(values),
            },
            StatementKind::Break => {}
        }
    }

    /// A bound of a numeric `for`: a string converts by the engine's rules.
    fn bound(&mut self, id: ExpressionId) {
        if self.never_string.holds(id) {
            return self.expression(id);
        }
        self.copy_to(self.span(id).start);
        self.put("(\"\").__number(");
        self.expression(id);
        self.copy_to(self.span(id).end);
        self.put(")");
    }

    fn function(&mut self, id: FunctionId) {
        let outer = self.function.replace(id);
        self.block(self.tree.function(id).body);
        self.function = outer;
    }

    // Expressions

    fn expressions(&mut self, ids: &[ExpressionId]) {
        for &id in ids {
            self.expression(id);
        }
    }

    /// Whether the expression is written as a call of the library.
    fn becomes_call(&self, id: ExpressionId) -> bool {
        match &self.tree.expression(id).kind {
            ExpressionKind::Unary { operator, operand, .. } => self.unary_call(*operator, *operand).is_some(),
            ExpressionKind::Binary { operator, left, right, .. } => {
                self.binary_call(*operator, *left, *right).is_some()
            }
            _ => false,
        }
    }

    fn unary_call(&self, operator: UnaryOperator, operand: ExpressionId) -> Option<&'static str> {
        match operator {
            UnaryOperator::BitNot => Some("__bnot"),
            UnaryOperator::Negate if !self.never_string.holds(operand) => Some("__unm"),
            _ => None,
        }
    }

    fn binary_call(
        &self,
        operator: BinaryOperator,
        left: ExpressionId,
        right: ExpressionId,
    ) -> Option<&'static str> {
        use BinaryOperator as B;
        let native = || self.never_string.holds(left) && self.never_string.holds(right);
        Some(match operator {
            B::BitAnd => "__band",
            B::BitOr => "__bor",
            B::BitXor => "__bxor",
            B::ShiftLeft => "__shl",
            B::ShiftRight => "__shr",
            B::FloorDivide => "__floordiv",
            _ if native() => return None,
            B::Add => "__add",
            B::Subtract => "__sub",
            B::Multiply => "__mul",
            B::Divide => "__div",
            B::Modulo => "__mod",
            B::Power => "__pow",
            _ => return None,
        })
    }

    fn expression(&mut self, id: ExpressionId) {
        let expression = self.tree.expression(id);
        match &expression.kind {
            ExpressionKind::Number(value) => {
                let text = expression.span.text(self.source).as_bytes();
                if text.first() == Some(&b'0') && text.get(1).is_some_and(|next| *next != b'.') {
                    self.replace(expression.span, &value.to_string());
                }
            }
            ExpressionKind::String(_) => self.string(expression.span),
            ExpressionKind::Field { base, .. } => self.expression(*base),
            ExpressionKind::Index { base, key } => {
                self.expression(*base);
                self.expression(*key);
            }
            ExpressionKind::Call(call) => self.call(call),
            ExpressionKind::Function(function) => self.function(*function),
            ExpressionKind::Table(fields) => {
                for field in fields {
                    if let TableKey::Expression(key) = field.key {
                        self.expression(key);
                    }
                    self.expression(field.value);
                }
            }
            ExpressionKind::Unary { operator, operator_span, operand } => {
                self.unary(*operator, *operator_span, *operand);
            }
            ExpressionKind::Binary { operator, operator_span, left, right } => {
                self.binary(*operator, *operator_span, *left, *right);
            }
            ExpressionKind::Parenthesized(inner) => self.expression(*inner),
            ExpressionKind::Missing
            | ExpressionKind::Nil
            | ExpressionKind::True
            | ExpressionKind::False
            | ExpressionKind::Vararg
            | ExpressionKind::Name(_) => {}
        }
    }

    fn call(&mut self, call: &Call) {
        self.expression(call.callee);
        self.expressions(&call.arguments);
    }

    fn unary(&mut self, operator: UnaryOperator, operator_span: Span, operand: ExpressionId) {
        if operator == UnaryOperator::BitNot {
            let literal = self.tree.unparenthesized(operand);
            let kind = &self.tree.expression(literal).kind;
            if matches!(kind, ExpressionKind::Nil | ExpressionKind::True | ExpressionKind::False) {
                self.crash.get_or_insert(operator_span.start);
            }
        }
        if let Some(name) = self.unary_call(operator, operand) {
            self.replace(operator_span, &format!("(\"\").{name}("));
            self.expression(operand);
            self.copy_to(self.span(operand).end);
            self.operand_names(&[operand]);
            self.put(")");
            return;
        }
        if operator == UnaryOperator::Not && operator_span.text(self.source) == "!" {
            self.replace(operator_span, " not ");
        }
        self.expression(operand);
    }

    fn binary(
        &mut self,
        operator: BinaryOperator,
        operator_span: Span,
        left: ExpressionId,
        right: ExpressionId,
    ) {
        let Some(name) = self.binary_call(operator, left, right) else {
            match operator {
                BinaryOperator::And => self.condition(left, BranchKind::And),
                BinaryOperator::Or => self.condition(left, BranchKind::Or),
                _ => self.expression(left),
            }
            if operator == BinaryOperator::NotEqual {
                self.replace(operator_span, "~=");
            }
            self.expression(right);
            return;
        };
        let whole = self.span(left).to(self.span(right));
        self.copy_to(whole.start);
        let (open, close) = if whole.text(self.source).contains(['\n', '\r']) {
            (format!("(\"\")[{{\"{name}\","), ",nil}]")
        } else {
            (format!("(\"\").{name}("), ")")
        };
        self.put(&open);
        self.expression(left);
        self.replace(operator_span, ",");
        self.expression(right);
        self.copy_to(whole.end);
        self.operand_names(&[left, right]);
        self.put(close);
    }

    /// The words for the operands, as arguments behind them.
    fn operand_names(&mut self, operands: &[ExpressionId]) {
        let names: Vec<Option<String>> = operands.iter().map(|&id| self.operand_name(id)).collect();
        let given = names.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        for name in names.iter().take(given) {
            match name {
                Some(name) => {
                    let _ = write!(self.text, ",\"{name}\"");
                }
                None => self.put(",nil"),
            }
        }
    }

    /// The words that the engine has for a value in its messages.
    fn operand_name(&self, id: ExpressionId) -> Option<String> {
        let id = self.tree.unparenthesized(id);
        match &self.tree.expression(id).kind {
            ExpressionKind::Name(name) => Some(match self.scopes.resolve(id) {
                None => format!("global '{name}'"),
                Some(binding) if self.scopes.binding(binding).function == self.function => {
                    format!("local '{name}'")
                }
                Some(_) => format!("upvalue '{name}'"),
            }),
            ExpressionKind::Field { name, .. } => Some(format!("field '{}'", name.text)),
            ExpressionKind::Index { key, .. } => {
                let key = match &self.tree.expression(self.tree.unparenthesized(*key)).kind {
                    ExpressionKind::String(bytes) => std::str::from_utf8(bytes).ok(),
                    _ => None,
                };
                let plain =
                    |key: &&str| key.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'\\'));
                Some(format!("field '{}'", key.filter(plain).unwrap_or("?")))
            }
            _ => None,
        }
    }

    /// Writes `\x` and `\u` of a short string as decimal escapes.
    fn string(&mut self, span: Span) {
        let text = span.text(self.source);
        if text.starts_with('[') || !(text.contains("\\x") || text.contains("\\u")) {
            return;
        }
        self.copy_to(span.start);
        let mut lowered = String::with_capacity(text.len() + 8);
        let mut rest = text;
        while let Some(at) = rest.find('\\') {
            let (before, escape) = rest.split_at(at);
            lowered.push_str(before);
            let escaped = escape.get(1..).and_then(|rest| rest.chars().next());
            let most = match escaped {
                Some('x') => 2,
                Some('u') => 8,
                _ => 0,
            };
            let digits = escape.bytes().skip(2).take(most).take_while(u8::is_ascii_hexdigit).count();
            let length = 1 + escaped.map_or(0, char::len_utf8) + digits;
            let (escape, behind) = escape.split_at_checked(length).unwrap_or((escape, ""));
            if most > 0 {
                for byte in literal::string(&format!("\"{escape}\"")) {
                    let _ = write!(lowered, "\\{byte:03}");
                }
            } else {
                lowered.push_str(escape);
            }
            rest = behind;
        }
        lowered.push_str(rest);
        self.replace(span, &lowered);
    }
}
