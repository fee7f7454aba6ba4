//! Follows the replies that a script sets (`vctx:set_code`, `vctx:disconnect`) along its paths to where it returns.

use super::results;
use crate::project::Script;
use crate::semantics::analysis::{CallSite, ReturnSite};
use crate::semantics::types::{FunctionRef, Type, Value};
use crate::syntax::Span;
use crate::syntax::tree::{BlockId, ExpressionId, ExpressionKind, FunctionId, StatementKind, TableKey};
use rustc_hash::FxHashMap;

/// How deep helpers are followed.
const DEEPEST_HELPER: u32 = 4;

/// A reply that rejects, on its way to a `return`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rejection {
    /// The call that sets it, in the function that is followed.
    pub span: Span,
    /// Texts of variables and conditions that tell whether it was set: where one of them is asked later, the paths are no
    /// longer known to belong together.
    companions: Vec<String>,
}

/// What is set at one point.
#[derive(Clone, Debug, Default)]
struct State {
    rejections: Vec<Rejection>,
    /// Every path to here has set one.
    on_all_paths: bool,
}

impl State {
    fn join(mut self, other: State) -> State {
        for rejection in other.rejections {
            if !self.rejections.iter().any(|known| known.span == rejection.span) {
                self.rejections.push(rejection);
            }
        }
        self.on_all_paths &= other.on_all_paths;
        self
    }
}

fn either(one: Option<State>, other: Option<State>) -> Option<State> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.join(other)),
        (one, other) => one.or(other),
    }
}

/// A `return`, or the end of a function, with the rejecting replies that are set there.
pub(super) struct Ending<'a> {
    /// The return.
    pub site: &'a ReturnSite,
    /// The replies that some path to it has set last.
    pub rejections: Vec<Rejection>,
    /// Every path to it has set one.
    pub on_all_paths: bool,
}

/// The endings of a function.
pub(super) fn endings<'a>(script: &Script<'a>, function: FunctionId) -> Vec<Ending<'a>> {
    endings_at_depth(script, function, DEEPEST_HELPER)
}

fn endings_at_depth<'a>(script: &Script<'a>, function: FunctionId, depth: u32) -> Vec<Ending<'a>> {
    let calls = script
        .analysis()
        .calls
        .iter()
        .filter(|call| call.function == Some(function))
        .map(|call| (call.expression, call))
        .collect();
    let mut walk = Walk { script: *script, calls, depth, breaks: Vec::new(), endings: Vec::new(), function };
    let body = script.tree().function(function).body;
    let state = walk.block(body, Some(State::default()));
    let end = results::sites(script, function).find(|site| site.falls_through);
    if let (Some(state), Some(site)) = (state, end) {
        walk.end(site, state);
    }
    walk.endings
}

struct Walk<'a> {
    script: Script<'a>,
    calls: FxHashMap<ExpressionId, &'a CallSite>,
    depth: u32,
    breaks: Vec<Option<State>>,
    endings: Vec<Ending<'a>>,
    function: FunctionId,
}

impl<'a> Walk<'a> {
    fn block(&mut self, block: BlockId, mut state: Option<State>) -> Option<State> {
        let tree = self.script.tree();
        for &statement in &tree.block(block).statements {
            state = self.statement(&tree.statement(statement).kind, tree.statement(statement).span, state);
        }
        state
    }

    fn statement(&mut self, kind: &'a StatementKind, span: Span, state: Option<State>) -> Option<State> {
        let mut state = state?;
        match kind {
            StatementKind::Local { values, .. } => self.expressions(values, state),
            StatementKind::LocalFunction { .. } | StatementKind::Function { .. } => Some(state),
            StatementKind::Assign { targets, values } => {
                state = self.expressions(values, state)?;
                self.expressions(targets, state)
            }
            StatementKind::Call(expression) | StatementKind::Incomplete(expression) => {
                self.expression(*expression, state)
            }
            StatementKind::Do(body) => self.block(*body, Some(state)),
            StatementKind::If { branches, otherwise } => self.branches(branches, *otherwise, state),
            StatementKind::While { condition, body } => {
                state = self.expression(*condition, state)?;
                self.looped(Some(*condition), *body, state)
            }
            StatementKind::Repeat { body, condition } => {
                let after = self.looped(Some(*condition), *body, state)?;
                self.expression(*condition, after)
            }
            StatementKind::NumericFor { start, limit, step, body, .. } => {
                let all: Vec<ExpressionId> = [*start, *limit].into_iter().chain(*step).collect();
                state = self.expressions(&all, state)?;
                self.looped(None, *body, state)
            }
            StatementKind::GenericFor { values, body, .. } => {
                state = self.expressions(values, state)?;
                self.looped(None, *body, state)
            }
            StatementKind::Return(values) => {
                if let Some(state) = self.expressions(values, state) {
                    let site = results::sites(&self.script, self.function).find(|site| site.span == span);
                    if let Some(site) = site {
                        self.end(site, state);
                    }
                }
                None
            }
            StatementKind::Break => {
                if let Some(at) = self.breaks.last_mut() {
                    *at = either(at.take(), Some(state));
                }
                None
            }
        }
    }

    fn end(&mut self, site: &'a ReturnSite, state: State) {
        let State { rejections, on_all_paths } = state;
        self.endings.push(Ending { site, rejections, on_all_paths });
    }

    fn branches(
        &mut self,
        branches: &'a [(ExpressionId, BlockId)],
        otherwise: Option<BlockId>,
        state: State,
    ) -> Option<State> {
        let mut after = None;
        let mut rest = Some(state);
        for (condition, body) in branches {
            let mut asked = self.expression(*condition, rest?)?;
            self.forget_companions_of(*condition, &mut asked);
            let inside = self.block(*body, Some(asked.clone()));
            after = either(after, self.with_companions(inside, &asked, Some(*condition), *body));
            rest = Some(asked);
        }
        if let Some(body) = otherwise {
            let inside = self.block(body, rest.clone());
            let before = rest.unwrap_or_default();
            rest = self.with_companions(inside, &before, None, body);
        }
        either(after, rest)
    }

    fn looped(&mut self, condition: Option<ExpressionId>, body: BlockId, state: State) -> Option<State> {
        self.breaks.push(None);
        let inside = self.block(body, Some(state.clone()));
        let inside = self.with_companions(inside, &state, condition, body);
        let broken = self.breaks.pop().flatten();
        let broken = self.with_companions(broken, &state, condition, body);
        either(either(Some(state), inside), broken)
    }

    /// Notes for what was set within a branch how later code may tell that it was.
    fn with_companions(
        &self,
        inside: Option<State>,
        before: &State,
        condition: Option<ExpressionId>,
        body: BlockId,
    ) -> Option<State> {
        let mut inside = inside?;
        let script = &self.script;
        let mut companions: Vec<String> =
            condition.map(|condition| script.text_at(script.span(condition)).to_owned()).into_iter().collect();
        let within = script.tree().block(body).span;
        for (_, statement) in script.tree().statements() {
            if within.covers(statement.span)
                && let StatementKind::Assign { targets, .. } = &statement.kind
            {
                companions.extend(targets.iter().map(|&target| script.text_at(script.span(target)).to_owned()));
            }
        }
        for rejection in &mut inside.rejections {
            if !before.rejections.iter().any(|known| known.span == rejection.span) {
                rejection.companions.extend(companions.iter().cloned());
            }
        }
        Some(inside)
    }

    /// Where a condition asks what tells of a rejection, only one of its branches is that rejection's.
    fn forget_companions_of(&self, condition: ExpressionId, state: &mut State) {
        let script = &self.script;
        let parts = script.tree().parts_of(condition);
        let texts: Vec<&str> = parts.map(|(_, part)| script.text_at(part.span)).collect();
        state.rejections.retain(|rejection| !rejection.companions.iter().any(|text| texts.contains(&text.as_str())));
    }

    fn expressions(&mut self, list: &[ExpressionId], mut state: State) -> Option<State> {
        for &expression in list {
            state = self.expression(expression, state)?;
        }
        Some(state)
    }

    fn expression(&mut self, id: ExpressionId, mut state: State) -> Option<State> {
        let tree = self.script.tree();
        match &tree.expression(id).kind {
            ExpressionKind::Call(call) => {
                state = self.expression(call.callee, state)?;
                state = self.expressions(&call.arguments, state)?;
                self.call(id, state)
            }
            ExpressionKind::Field { base, .. } | ExpressionKind::Parenthesized(base) => self.expression(*base, state),
            ExpressionKind::Index { base, key } => self.expressions(&[*base, *key], state),
            ExpressionKind::Unary { operand, .. } => self.expression(*operand, state),
            ExpressionKind::Binary { operator, left, right, .. } => {
                use crate::syntax::tree::BinaryOperator as B;
                state = self.expression(*left, state)?;
                if matches!(operator, B::And | B::Or) {
                    return either(Some(state.clone()), self.expression(*right, state));
                }
                self.expression(*right, state)
            }
            ExpressionKind::Table(fields) => {
                for field in fields {
                    if let TableKey::Expression(key) = field.key {
                        state = self.expression(key, state)?;
                    }
                    state = self.expression(field.value, state)?;
                }
                Some(state)
            }
            _ => Some(state),
        }
    }

    fn call(&mut self, id: ExpressionId, state: State) -> Option<State> {
        let Some(&site) = self.calls.get(&id) else { return Some(state) };
        let reply = match site.callee.member() {
            Some(member) => match (member.owner.as_str(), member.member.as_str()) {
                ("", "error") => return None,
                ("validate_context", "set_code") => code(site.arguments.first()),
                ("validate_context", "disconnect") => match code(site.arguments.first()) {
                    Reply::Accepts => Reply::Accepts,
                    _ => Reply::Rejects,
                },
                _ => Reply::None,
            },
            None => self.reply_of_helper(site),
        };
        Some(match reply {
            Reply::Rejects => State {
                rejections: vec![Rejection { span: self.script.span(id), companions: Vec::new() }],
                on_all_paths: true,
            },
            Reply::None => state,
            Reply::Accepts | Reply::Unknown => State::default(),
        })
    }

    /// A helper that rejects whatever happens does so for its caller.
    fn reply_of_helper(&self, site: &CallSite) -> Reply {
        let mut functions = site.callee.functions();
        let (Some(function), None, false) = (functions.next(), functions.next(), site.callee.is_open()) else {
            return Reply::None;
        };
        let Some(depth) = self.depth.checked_sub(1) else { return Reply::None };
        let Some(helper) = self.script.project().script(function.file) else { return Reply::None };
        let endings = endings_at_depth(&helper, function.function, depth);
        if !endings.is_empty() && endings.iter().all(|ending| ending.on_all_paths) {
            Reply::Rejects
        } else {
            Reply::None
        }
    }
}

/// What a call does to the reply.
enum Reply {
    /// Nothing.
    None,
    /// It sets a 4xx or 5xx code, or ends the session.
    Rejects,
    /// It sets another code.
    Accepts,
    /// It sets a code that is not known.
    Unknown,
}

fn code(argument: Option<&Type>) -> Reply {
    let Some(ty) = argument.filter(|ty| !ty.is_open() && !ty.is_never()) else { return Reply::Unknown };
    let class = |value: &Value| match value {
        #[expect(clippy::cast_possible_truncation, reason = "only codes of three digits matter")]
        Value::NumberLiteral(number) => Some((*number / 100.0) as i64),
        Value::StringLiteral(text) => text.trim().parse::<i64>().ok().map(|code| code / 100),
        _ => None,
    };
    if ty.all(|value| matches!(class(value), Some(4 | 5))) {
        Reply::Rejects
    } else if ty.all(|value| matches!(class(value), Some(2 | 3))) {
        Reply::Accepts
    } else {
        Reply::Unknown
    }
}

/// The one function of the project that a call calls for certain.
pub(super) fn certain_callee(script: &Script<'_>, call: ExpressionId) -> Option<FunctionRef> {
    let site = script.analysis().calls.iter().find(|site| site.expression == call)?;
    let mut functions = site.callee.functions();
    match (functions.next(), functions.next(), site.callee.is_open()) {
        (Some(function), None, false) => Some(function),
        _ => None,
    }
}
