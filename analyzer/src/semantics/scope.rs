//! Names: which variable an identifier means, and who reads and writes it.

use crate::syntax::tree::{
    BlockId, Expression, ExpressionId, ExpressionKind, FunctionId, Name, StatementKind, TableKey, Tree,
};
use crate::syntax::{Span, offset_u32};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

/// Names a local variable of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BindingId(pub u32);

impl BindingId {
    /// Position among the bindings.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A local variable or parameter.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Its name.
    pub name: SmolStr,
    /// Where it is declared; for the `self` of a method, the word `function`.
    pub span: Span,
    /// What it is.
    pub kind: BindingKind,
    /// The function that it belongs to; `None` is the file itself.
    pub function: Option<FunctionId>,
    /// Where its name is visible.
    pub scope: Span,
    /// The expression that it is declared with, if that is one of its own (`local a, b = f()` has none for `b`).
    pub initial: Option<ExpressionId>,
    /// Some function inside its own assigns it.
    pub written_in_closure: bool,
    /// Some function inside its own reads it.
    pub read_in_closure: bool,
}

/// What a binding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BindingKind {
    /// `local x`
    Local,
    /// `local function f`
    Function(FunctionId),
    /// A parameter, with its position without `self`.
    Parameter(FunctionId, u32),
    /// The `self` of a method.
    SelfParameter(FunctionId),
    /// A variable of a `for`.
    Loop,
    /// The `arg` that a function with `...` has without declaring it.
    ImplicitArg,
}

/// How a reference uses a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Its value is used.
    Read,
    /// It is assigned.
    Write,
}

/// A place where a name is used.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Where.
    pub span: Span,
    /// The name expression.
    pub expression: ExpressionId,
    /// Read or written.
    pub access: Access,
    /// The function around it; `None` is the file itself.
    pub function: Option<FunctionId>,
}

/// A name that is no local.
#[derive(Clone, Debug)]
pub struct GlobalReference {
    /// The name.
    pub name: SmolStr,
    /// Where and how.
    pub reference: Reference,
}

/// The names of a file.
#[derive(Clone, Debug, Default)]
pub struct Scopes {
    bindings: Vec<Binding>,
    resolutions: FxHashMap<ExpressionId, BindingId>,
    references: Vec<Vec<Reference>>,
    globals: Vec<GlobalReference>,
    /// Assignments by the offset where they stand, ascending.
    assignments: Vec<(u32, BindingId)>,
    /// The function around each function.
    parents: FxHashMap<FunctionId, Option<FunctionId>>,
    /// Bindings that a declaration made, by the offset of the name.
    declarations: FxHashMap<u32, BindingId>,
}

impl Scopes {
    /// Resolves the names of a file.
    #[must_use]
    pub fn new(tree: &Tree) -> Self {
        let mut resolver = Resolver { tree, scopes: Scopes::default(), visible: Vec::new(), function: None };
        resolver.block(tree.root_id());
        resolver.scopes.assignments.sort_by_key(|(offset, _)| *offset);
        resolver.scopes
    }

    /// The variable of that id.
    ///
    /// # Panics
    /// If the id is of another file.
    #[must_use]
    pub fn binding(&self, id: BindingId) -> &Binding {
        &self.bindings[id.index()]
    }

    /// All variables with their ids.
    pub fn bindings(&self) -> impl ExactSizeIterator<Item = (BindingId, &Binding)> {
        self.bindings.iter().enumerate().map(|(index, binding)| (BindingId(offset_u32(index)), binding))
    }

    /// The variable that a name expression means; `None` for a global.
    #[must_use]
    pub fn resolve(&self, expression: ExpressionId) -> Option<BindingId> {
        self.resolutions.get(&expression).copied()
    }

    /// The variable that is declared at that offset.
    #[must_use]
    pub fn declared_at(&self, offset: u32) -> Option<BindingId> {
        self.declarations.get(&offset).copied()
    }

    /// Where a variable is used, its declaration not counted.
    #[must_use]
    pub fn references(&self, id: BindingId) -> &[Reference] {
        self.references.get(id.index()).map_or(&[], Vec::as_slice)
    }

    /// Where globals are used, in the order of the file's evaluation.
    #[must_use]
    pub fn globals(&self) -> &[GlobalReference] {
        &self.globals
    }

    /// Whether a variable is assigned anywhere but in its declaration.
    #[must_use]
    pub fn is_reassigned(&self, id: BindingId) -> bool {
        self.references(id).iter().any(|reference| reference.access == Access::Write)
    }

    /// The variables that are assigned within a range.
    pub fn assigned_in(&self, span: Span) -> impl Iterator<Item = BindingId> + '_ {
        let first = self.assignments.partition_point(|(offset, _)| *offset < span.start);
        let rest = self.assignments.get(first..).unwrap_or_default();
        rest.iter().take_while(move |(offset, _)| *offset < span.end).map(|(_, id)| *id)
    }

    /// The function around a function; `None` is the file itself.
    #[must_use]
    pub fn parent(&self, function: FunctionId) -> Option<FunctionId> {
        self.parents.get(&function).copied().flatten()
    }

    /// The variables that are visible at an offset, the innermost first.
    pub fn visible_at(&self, offset: u32) -> impl Iterator<Item = (BindingId, &Binding)> {
        let mut all: Vec<_> = self.bindings().filter(|(_, binding)| binding.scope.touches(offset)).collect();
        all.sort_by_key(|(_, binding)| std::cmp::Reverse(binding.span.start));
        all.into_iter()
    }
}

struct Resolver<'a> {
    tree: &'a Tree,
    scopes: Scopes,
    visible: Vec<(SmolStr, BindingId)>,
    function: Option<FunctionId>,
}

impl Resolver<'_> {
    fn declare(
        &mut self,
        name: &Name,
        kind: BindingKind,
        scope: Span,
        initial: Option<ExpressionId>,
    ) -> BindingId {
        let id = BindingId(offset_u32(self.scopes.bindings.len()));
        self.scopes.bindings.push(Binding {
            name: name.text.clone(),
            span: name.span,
            kind,
            function: self.function,
            scope,
            initial,
            written_in_closure: false,
            read_in_closure: false,
        });
        self.scopes.references.push(Vec::new());
        if !name.is_missing() {
            self.scopes.declarations.insert(name.span.start, id);
            self.visible.push((name.text.clone(), id));
        }
        id
    }

    fn block(&mut self, id: BlockId) {
        let outer = self.visible.len();
        self.statements(id);
        self.visible.truncate(outer);
    }

    fn statements(&mut self, id: BlockId) {
        let tree = self.tree;
        let block = tree.block(id);
        let end = block.span.end;
        for &statement in &block.statements {
            let statement = tree.statement(statement);
            match &statement.kind {
                StatementKind::Local { names, values } => {
                    self.expressions(values);
                    let scope = Span::new(statement.span.end, end);
                    for (index, name) in names.iter().enumerate() {
                        let own = values.get(index).copied().filter(|&value| {
                            index + 1 < values.len() || index + 1 == names.len() || !self.is_multiple(value)
                        });
                        self.declare(name, BindingKind::Local, scope, own);
                    }
                }
                StatementKind::LocalFunction { name, function } => {
                    let scope = Span::new(name.span.start, end);
                    self.declare(name, BindingKind::Function(*function), scope, None);
                    self.function_body(*function);
                }
                StatementKind::Function { target, function } => {
                    self.target(*target);
                    self.function_body(*function);
                }
                StatementKind::Assign { targets, values } => {
                    self.expressions(values);
                    for &target in targets {
                        self.target(target);
                    }
                }
                StatementKind::Call(expression) | StatementKind::Incomplete(expression) => {
                    self.expression(*expression);
                }
                StatementKind::Do(body) => self.block(*body),
                StatementKind::While { condition, body } => {
                    self.expression(*condition);
                    self.block(*body);
                }
                StatementKind::Repeat { body, condition } => {
                    // The condition sees the variables of the body.
                    let outer = self.visible.len();
                    self.statements(*body);
                    self.expression(*condition);
                    self.visible.truncate(outer);
                }
                StatementKind::If { branches, otherwise } => {
                    for (condition, body) in branches {
                        self.expression(*condition);
                        self.block(*body);
                    }
                    if let Some(body) = otherwise {
                        self.block(*body);
                    }
                }
                StatementKind::NumericFor { variable, start, limit, step, body } => {
                    self.expression(*start);
                    self.expression(*limit);
                    if let Some(step) = step {
                        self.expression(*step);
                    }
                    self.loop_body(std::slice::from_ref(variable), *body);
                }
                StatementKind::GenericFor { variables, values, body } => {
                    self.expressions(values);
                    self.loop_body(variables, *body);
                }
                StatementKind::Return(values) => self.expressions(values),
                StatementKind::Break => {}
            }
        }
    }

    fn is_multiple(&self, value: ExpressionId) -> bool {
        matches!(self.tree.expression(value).kind, ExpressionKind::Call(_) | ExpressionKind::Vararg)
    }

    fn loop_body(&mut self, variables: &[Name], body: BlockId) {
        let outer = self.visible.len();
        let scope = self.tree.block(body).span;
        for variable in variables {
            self.declare(variable, BindingKind::Loop, scope, None);
        }
        self.statements(body);
        self.visible.truncate(outer);
    }

    fn function_body(&mut self, id: FunctionId) {
        let tree = self.tree;
        let function = tree.function(id);
        self.scopes.parents.insert(id, self.function);
        let enclosing = self.function.replace(id);
        let outer = self.visible.len();
        let scope = Span::new(function.parameters_span.start, tree.block(function.body).span.end);
        if function.is_method {
            let name = Name { text: SmolStr::new_static("self"), span: function.keyword };
            self.declare(&name, BindingKind::SelfParameter(id), scope, None);
        }
        for (index, name) in function.parameters.iter().enumerate() {
            self.declare(name, BindingKind::Parameter(id, offset_u32(index)), scope, None);
        }
        if let Some(span) = function.vararg {
            let name = Name { text: SmolStr::new_static("arg"), span };
            self.declare(&name, BindingKind::ImplicitArg, scope, None);
        }
        self.statements(function.body);
        self.visible.truncate(outer);
        self.function = enclosing;
    }

    fn expressions(&mut self, ids: &[ExpressionId]) {
        for &id in ids {
            self.expression(id);
        }
    }

    /// The left side of an assignment: a plain name is written, anything else is read but for its last step.
    fn target(&mut self, id: ExpressionId) {
        match &self.tree.expression(id).kind {
            ExpressionKind::Name(name) => self.name(id, name, Access::Write),
            _ => self.expression(id),
        }
    }

    fn name(&mut self, id: ExpressionId, name: &SmolStr, access: Access) {
        let Expression { span, .. } = *self.tree.expression(id);
        let reference = Reference { span, expression: id, access, function: self.function };
        let found = self.visible.iter().rev().find(|(visible, _)| visible == name).map(|(_, id)| *id);
        let Some(binding) = found else {
            self.scopes.globals.push(GlobalReference { name: name.clone(), reference });
            return;
        };
        self.scopes.resolutions.insert(id, binding);
        if access == Access::Write {
            self.scopes.assignments.push((span.start, binding));
        }
        if let Some(declared) = self.scopes.bindings.get_mut(binding.index())
            && declared.function != self.function
        {
            declared.written_in_closure |= access == Access::Write;
            declared.read_in_closure |= access == Access::Read;
        }
        if let Some(references) = self.scopes.references.get_mut(binding.index()) {
            references.push(reference);
        }
    }

    fn expression(&mut self, id: ExpressionId) {
        let tree = self.tree;
        match &tree.expression(id).kind {
            ExpressionKind::Name(name) => self.name(id, name, Access::Read),
            ExpressionKind::Field { base, .. } => self.expression(*base),
            ExpressionKind::Index { base, key } => {
                self.expression(*base);
                self.expression(*key);
            }
            ExpressionKind::Call(call) => {
                self.expression(call.callee);
                self.expressions(&call.arguments);
            }
            ExpressionKind::Function(function) => self.function_body(*function),
            ExpressionKind::Table(fields) => {
                for field in fields {
                    if let TableKey::Expression(key) = field.key {
                        self.expression(key);
                    }
                    self.expression(field.value);
                }
            }
            ExpressionKind::Binary { left, right, .. } => {
                self.expression(*left);
                self.expression(*right);
            }
            ExpressionKind::Unary { operand, .. } => self.expression(*operand),
            ExpressionKind::Parenthesized(inner) => self.expression(*inner),
            ExpressionKind::Missing
            | ExpressionKind::Nil
            | ExpressionKind::True
            | ExpressionKind::False
            | ExpressionKind::Number(_)
            | ExpressionKind::String(_)
            | ExpressionKind::Vararg => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse;

    fn scopes(source: &str) -> Scopes {
        Scopes::new(&parse(source).tree)
    }

    #[test]
    fn a_local_is_visible_behind_its_declaration_only() {
        let source = "local x = x\nlocal function f() return f, x end";
        let scopes = scopes(source);
        assert_eq!(scopes.globals().len(), 1, "the x on the right is a global");
        let (x, binding) = scopes.bindings().find(|(_, binding)| binding.name == "x").unwrap();
        assert!(binding.read_in_closure);
        assert_eq!(scopes.references(x).len(), 1);
        let (f, _) = scopes.bindings().find(|(_, binding)| binding.name == "f").unwrap();
        assert_eq!(scopes.references(f).len(), 1, "a local function sees itself");
    }

    #[test]
    fn the_condition_of_repeat_sees_the_body() {
        assert!(scopes("repeat local done = true until done").globals().is_empty());
        assert_eq!(scopes("while done do local done = true end").globals().len(), 1);
    }

    #[test]
    fn methods_have_self_and_variadic_functions_have_arg() {
        assert!(scopes("local t = {} function t:f(...) return self, arg end").globals().is_empty());
        assert_eq!(scopes("local t = {} function t.f() return self, arg end").globals().len(), 2);
    }

    #[test]
    fn assignments_are_found_by_range() {
        let source = "local a, b = 1, 2\nwhile true do a = b end";
        let scopes = scopes(source);
        let body = Span::new(18, offset_u32(source.len()));
        let names: Vec<_> = scopes.assigned_in(body).map(|id| scopes.binding(id).name.clone()).collect();
        assert_eq!(names, ["a"]);
    }
}
