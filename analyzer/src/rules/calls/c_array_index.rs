//! ## What it does
//! Finds arrays that belong to C (`cc.argv`, the `message_ids` of `smpp_log_delivery`) read at an index that nothing
//! compared with their length, or at one that lies outside it, and such arrays handed to `#`, `pairs` and `ipairs`.
//!
//! ## Why it matters
//! Such an array does not know its length. Reading outside it reads whatever is in memory there: the server crashes. Its
//! indices begin at 0, and the last one is the length less 1.
//!
//! ## Example
//! ```lua expect=c-array-index
//! msys.registerControl("suppress", function(cc)
//!   print("suppressing " .. cc.argv[1])
//! end)
//! ```
//! Use instead:
//! ```lua
//! msys.registerControl("suppress", function(cc)
//!   if cc.argc < 2 then
//!     print("usage: suppress DOMAIN")
//!     return
//!   end
//!   print("suppressing " .. cc.argv[1])
//! end)
//! ```

use crate::rules::origins::Origins;
use crate::diagnostic::Severity;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::scope::{BindingId, BindingKind};
use crate::semantics::types::{Type, Value};
use crate::syntax::Span;
use crate::syntax::tree::{BinaryOperator, BlockId, ExpressionId, ExpressionKind, FunctionId, StatementKind, UnaryOperator};
use momentum_lua_stub_reader::model::About;

pub(crate) const RULE: Rule =
    Rule { code: "c-array-index", severity: Severity::Error, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let origins = Origins::new(script);
    let tree = script.tree();
    for (id, expression) in tree.expressions() {
        match &expression.kind {
            ExpressionKind::Index { base, key } => {
                if let Some(array) = array(&origins, *base) {
                    index(&origins, &array, id, *key, report);
                }
            }
            ExpressionKind::Unary { operator: UnaryOperator::Length, operand, .. } => {
                measured(&origins, *operand, "`#`", report);
            }
            ExpressionKind::Call(call) => {
                let member = script.member(call.callee).filter(|member| member.function().is_some());
                let Some(member) = member else { continue };
                if matches!(member.name(), "pairs" | "ipairs" | "next" | "unpack" | "table.concat" | "table.getn") {
                    for &argument in &call.arguments {
                        measured(&origins, argument, &format!("`{}`", member.name()), report);
                    }
                }
            }
            _ => {}
        }
    }
}

/// An array of C.
struct Array<'a> {
    /// How the script names it: `cc.argv`.
    text: &'a str,
    /// How the script names its length: `cc.argc`.
    length: String,
    /// What declares it.
    about: &'a About,
    /// The parameter that has it.
    owner: Option<BindingId>,
    /// How many elements there are for certain.
    least: f64,
}

/// The array of C that an expression names, itself or through a local that holds nothing else.
fn array<'a>(origins: &Origins<'a>, expression: ExpressionId) -> Option<Array<'a>> {
    let script = &origins.script;
    if let Some(array) = array_named(script, expression) {
        return Some(array);
    }
    let binding = script.scopes().resolve(script.tree().unparenthesized(expression))?;
    match origins.definitions(binding) {
        [only] if only.position == 0 && script.scopes().binding(binding).kind == BindingKind::Local => {
            let array = array_named(script, only.value?)?;
            Some(Array { text: script.text_at(script.span(expression)), ..array })
        }
        _ => None,
    }
}

fn array_named<'a>(script: &Script<'a>, expression: ExpressionId) -> Option<Array<'a>> {
    let tree = script.tree();
    let expression = tree.unparenthesized(expression);
    let text = script.text_at(script.span(expression));
    match &tree.expression(expression).kind {
        ExpressionKind::Field { base, name } if name.text == "argv" => {
            let class = script.type_of(*base).class().filter(|class| *class == "command_construct").cloned()?;
            let about = script.project().api().member(&class, "argv")?.about();
            let length = format!("{}.argc", script.text_at(script.span(*base)));
            Some(Array { text, length, about, owner: script.scopes().resolve(*base), least: 1.0 })
        }
        ExpressionKind::Name(_) => {
            let owner = script.scopes().resolve(expression)?;
            let BindingKind::Parameter(function, position) = script.scopes().binding(owner).kind else {
                return None;
            };
            let hook = script.hook(function).filter(|hook| hook.name == "smpp_log_delivery")?;
            let function = tree.function(function);
            let shift = usize::from(!function.is_method);
            let place = |name: &str| hook.params.iter().position(|param| param.name == name).map(|at| at + shift);
            if place("message_ids")? != position as usize {
                return None;
            }
            let length = function.parameters.get(place("segment_no")?)?.text.to_string();
            Some(Array { text, length, about: &hook.about, owner: Some(owner), least: 0.0 })
        }
        _ => None,
    }
}

fn index(origins: &Origins<'_>, array: &Array<'_>, place: ExpressionId, key: ExpressionId, report: &mut Report<'_>) {
    let script = &origins.script;
    let number = match script.type_of(key).single() {
        Some(Value::NumberLiteral(number)) => Some(*number),
        _ => None,
    };
    if number.is_some_and(|number| number >= 0.0 && number < array.least) {
        return;
    }
    let around = script.tree().function_around(script.span(place));
    let span = script.span(place);
    let length = &array.length;
    let message = if number.is_some_and(|number| number < 0.0 || number.fract() != 0.0) {
        format!("`{}` begins at 0: this reads memory outside it and crashes the server", array.text)
    } else if let Some(limit) = loop_to_length(script, array, key, span) {
        report
            .at(span, format!("`{}` ends at `{length} - 1`: the last turn reads outside it and crashes the server", array.text))
            .related(limit, "the loop goes one too far")
            .page_of(array.about);
        return;
    } else if !length_is_read(script, array, around, span) {
        if caller_reads_length(origins, array, around) {
            return;
        }
        format!("nothing compares the index with `{length}`: without that element, this crashes the server")
    } else {
        match (number, known_length(script, array, around, span)) {
            (Some(number), Some(known)) if number >= known => {
                format!("there are only {known} elements for certain here: index {number} may lie outside and crash the server")
            }
            _ => return,
        }
    };
    report.at(span, message).page_of(array.about);
}

/// `#cc.argv`, `ipairs(message_ids)`
fn measured(origins: &Origins<'_>, expression: ExpressionId, how: &str, report: &mut Report<'_>) {
    let script = &origins.script;
    let Some(array) = array(origins, expression) else { return };
    let message = format!(
        "`{}` is an array of C, which does not know its length: {how} does not work on it. `{}` has the length",
        array.text, array.length
    );
    report.at(script.span(expression), message).page_of(array.about);
}

/// Whether the length is read in the same function before a place, or by a loop around it.
fn length_is_read(script: &Script<'_>, array: &Array<'_>, around: Option<FunctionId>, place: Span) -> bool {
    let start = around.map_or(0, |function| script.tree().function(function).span.start);
    reads(script, &array.length).any(|span| span.start >= start && span.end <= place.start)
}

/// Where an expression of that text stands.
fn reads<'a>(script: &Script<'a>, text: &'a str) -> impl Iterator<Item = Span> + 'a {
    let script = *script;
    let tree = script.tree();
    tree.expressions()
        .filter(|(_, expression)| {
            matches!(expression.kind, ExpressionKind::Name(_) | ExpressionKind::Field { .. })
        })
        .map(|(_, expression)| expression.span)
        .filter(move |span| script.text_at(*span) == text)
}

/// Whether a function gets the array from callers that read its length.
fn caller_reads_length(origins: &Origins<'_>, array: &Array<'_>, around: Option<FunctionId>) -> bool {
    let script = &origins.script;
    let owner = array.owner.map(|owner| script.scopes().binding(owner));
    // A variable of a function around is compared there.
    if owner.is_some_and(|owner| owner.function != around) {
        return true;
    }
    let Some(function) = around else { return false };
    let member = array.length.rsplit('.').next().unwrap_or(&array.length);
    origins.calls_of(function).any(|site| {
        let caller = site.function.map_or(Span::new(0, u32::MAX), |caller| script.tree().function(caller).span);
        script.tree().expressions().any(|(_, expression)| match &expression.kind {
            ExpressionKind::Field { name, .. } => name.text == member && caller.covers(expression.span),
            ExpressionKind::Name(name) => name == member && caller.covers(expression.span),
            _ => false,
        })
    })
}

/// The limit of a loop around a place that counts the index up to the length itself.
fn loop_to_length(script: &Script<'_>, array: &Array<'_>, key: ExpressionId, place: Span) -> Option<Span> {
    let tree = script.tree();
    let counter = script.scopes().resolve(key)?;
    tree.statements().find_map(|(_, statement)| match &statement.kind {
        StatementKind::NumericFor { variable, limit, body, .. }
            if tree.block(*body).span.covers(place)
                && script.scopes().declared_at(variable.span.start) == Some(counter)
                && script.text_at(script.span(*limit)) == array.length =>
        {
            Some(script.span(*limit))
        }
        _ => None,
    })
}

/// How many elements there are for certain at a place, where the script compares the length with plain numbers and does
/// nothing else with it.
fn known_length(script: &Script<'_>, array: &Array<'_>, around: Option<FunctionId>, place: Span) -> Option<f64> {
    let tree = script.tree();
    let start = around.map_or(0, |function| tree.function(function).span.start);
    let mut compared: Vec<Span> = Vec::new();
    let mut known = array.least;
    for (_, statement) in tree.statements() {
        let StatementKind::If { branches, otherwise } = &statement.kind else { continue };
        if statement.span.start < start || statement.span.start > place.start {
            continue;
        }
        for (position, (condition, body)) in branches.iter().enumerate() {
            let Some(comparison) = comparison(script, array, *condition) else { continue };
            compared.push(script.span(*condition));
            let inside = tree.block(*body).span.covers(place);
            let alone = branches.len() == 1 && otherwise.is_none();
            if inside {
                known = known.max(comparison.if_true);
            } else if statement.span.covers(place) {
                // In a later branch of the same statement.
                let later = branches.iter().skip(position + 1).any(|(_, body)| tree.block(*body).span.covers(place))
                    || otherwise.is_some_and(|body| tree.block(body).span.covers(place));
                if later {
                    known = known.max(comparison.if_false);
                }
            } else if alone && leaves(script, *body) && encloses(script, statement.span, place) {
                known = known.max(comparison.if_false);
            }
        }
    }
    let all = reads(script, &array.length)
        .filter(|span| span.start >= start && span.end <= place.start)
        .all(|span| compared.iter().any(|condition| condition.covers(span)));
    all.then_some(known)
}

/// The least length where a comparison of the length with a number holds, and where it does not.
struct Comparison {
    if_true: f64,
    if_false: f64,
}

fn comparison(script: &Script<'_>, array: &Array<'_>, condition: ExpressionId) -> Option<Comparison> {
    use BinaryOperator as B;
    let tree = script.tree();
    let ExpressionKind::Binary { operator, left, right, .. } =
        tree.expression(tree.unparenthesized(condition)).kind
    else {
        return None;
    };
    let is_length = |side| script.text_at(script.span(side)) == array.length;
    let number = |side: ExpressionId| number_of(&script.type_of(side));
    let (operator, number) = if is_length(left) {
        (operator, number(right)?)
    } else if is_length(right) {
        let mirrored = match operator {
            B::Less => B::Greater,
            B::LessEqual => B::GreaterEqual,
            B::Greater => B::Less,
            B::GreaterEqual => B::LessEqual,
            other => other,
        };
        (mirrored, number(left)?)
    } else {
        return None;
    };
    let (if_true, if_false) = match operator {
        B::Less => (0.0, number),
        B::LessEqual => (0.0, number + 1.0),
        B::Greater => (number + 1.0, 0.0),
        B::GreaterEqual => (number, 0.0),
        B::Equal => (number, 0.0),
        B::NotEqual => (0.0, number),
        _ => return None,
    };
    Some(Comparison { if_true, if_false })
}

fn number_of(ty: &Type) -> Option<f64> {
    match ty.single()? {
        Value::NumberLiteral(number) => Some(*number),
        _ => None,
    }
}

/// Whether a block ends by leaving the function or raising an error.
fn leaves(script: &Script<'_>, body: BlockId) -> bool {
    let tree = script.tree();
    let Some(&last) = tree.block(body).statements.last() else { return false };
    match &tree.statement(last).kind {
        StatementKind::Return(_) => true,
        StatementKind::Call(call) => match &tree.expression(*call).kind {
            ExpressionKind::Call(call) => {
                script.member(call.callee).is_some_and(|member| member.name() == "error")
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether a place stands in the block of a statement, behind it.
fn encloses(script: &Script<'_>, statement: Span, place: Span) -> bool {
    script.tree().blocks().any(|(_, block)| {
        block.span.covers(place)
            && place.start >= statement.end
            && block.statements.iter().any(|&own| script.tree().statement(own).span == statement)
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn through_a_local() {
        check(
            RULE.code,
            r#"
msys.registerControl("a", function(cc)
  local argv = cc.argv
  print(argv[0], argv[1], #argv)
--               ^^^^^^^ error: nothing compares the index with `cc.argc`
--                         ^^^^ error: `argv` is an array of C
end)
"#,
        );
        check_none(
            RULE.code,
            r#"
msys.registerControl("a", function(cc)
  local argc, argv = cc.argc, cc.argv
  if argc < 2 then return end
  print(argv[1])
  local words = cc.argv
  words = { "a", "b" }
  print(words[1], #words)
end)
"#,
        );
    }

    #[test]
    fn an_index_that_nothing_compared() {
        check(
            RULE.code,
            r#"
local function name(command) return command.argv[1] end
--                                  ^^^^^^^^^^^^^^^ error: nothing compares the index with `command.argc`
local function suppress(cc)
  print(name(cc), cc.argv[0])
end
msys.registerControl("suppress", suppress)
msys.registerControl("resume", function(cc)
  if cc.argc < 2 then return end
  print(cc.argv[1], cc.argv[2])
--                  ^^^^^^^^^^ error: there are only 2 elements for certain here
  for i = 1, cc.argc do print(cc.argv[i]) end
--                            ^^^^^^^^^^ error: `cc.argv` ends at `cc.argc - 1`
--           ^^^^^^^ related: the loop goes one too far
  print(#cc.argv)
--       ^^^^^^^ error: an array of C, which does not know its length
  for _, word in ipairs(cc.argv) do print(word) end
--                      ^^^^^^^ error: `ipairs` does not work on it
end)
msys.registerControl("list", function(cc)
  if cc.argc > 1 then
    print(cc.argv[1])
    print(cc.argv[2])
--        ^^^^^^^^^^ error: there are only 2 elements
  else
    print(cc.argv[1])
--        ^^^^^^^^^^ error: there are only 1 elements
  end
end)
local mod = {}
function mod:smpp_log_delivery(conn, msg, segment_no, message_ids)
  print(message_ids[1])
--      ^^^^^^^^^^^^^^ error: nothing compares the index with `segment_no`
end
"#,
        );
    }

    #[test]
    fn compared_indices() {
        check_none(
            RULE.code,
            r#"
local function second(cc) return cc.argv[1] end
msys.registerControl("resume", function(cc)
  if cc.argc < 2 then
    print("usage")
    return
  end
  print(cc.argv[1])
  second(cc)
  if cc.argc >= 3 then print(cc.argv[2]) end
  for i = 1, cc.argc - 1 do print(cc.argv[i]) end
end)
msys.registerControl("list", function(cc)
  local count = cc.argc
  if count > 3 then print(cc.argv[3]) end
end)
local mod = {}
function mod:smpp_log_delivery(conn, msg, segments, ids)
  for i = 0, segments - 1 do print(ids[i]) end
end
local words = { argv = { "a" } }
print(words.argv[1], #words.argv)
"#,
        );
    }
}
