//! Where a table may go besides the names of its own file that hold it.

use crate::project::Script;
use crate::semantics::{Type, library};
use crate::semantics::types::Value;
use crate::syntax::tree::{Call, ExpressionId, ExpressionKind, StatementKind, TableKey};
use momentum_lua_stub_reader::database::Member;

/// Ways by which a table leaves what the analysis of its file follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Destinations {
    /// Other files can get it by `require` or as a global.
    pub shared: bool,
    /// It is stored in something, or handed to a function that may do anything with it.
    pub lost: bool,
}

/// Functions of the language that take a table and keep nothing of it, by the position up to which that holds.
const HARMLESS: &[(&str, usize)] =
    &[("type", 1), ("print", usize::MAX), ("tostring", 1), ("assert", 1), ("rawget", 1), ("rawset", 1), ("setmetatable", 1)];

/// Where a table of the script may go.
pub(super) fn of(script: &Script<'_>, table: u32) -> Destinations {
    let analysis = script.analysis();
    let wanted = analysis.table_at(script.id(), table);
    let contains = |ty: &Type| ty.tables().any(|known| known == wanted);
    let mut found = Destinations {
        shared: contains(&analysis.exports)
            || analysis.globals.values().any(|global| contains(&global.ty))
            || analysis.module_environment.as_ref().is_some_and(|(_, index)| *index == table),
        // What becomes of it in the file that makes it is not looked at.
        lost: wanted.file != script.id() || analysis.tables.get(table as usize).is_none_or(|table| table.open),
    };
    let holds = |expression: &ExpressionId| analysis.types.get(expression).is_some_and(contains);
    let tree = script.tree();
    for (id, expression) in tree.expressions() {
        found.lost |= match &expression.kind {
            ExpressionKind::Call(call) => call.arguments.iter().any(holds) && is_lost_in_call(script, id, call, &holds),
            ExpressionKind::Table(fields) => fields.iter().any(|field| {
                holds(&field.value) || matches!(&field.key, TableKey::Expression(key) if holds(key))
            }),
            // A computed key may reach any field, and may be any name.
            ExpressionKind::Index { base, key } => {
                let key_type = script.type_of(*key);
                let is_number = key_type.all(|key| matches!(key, Value::Number | Value::NumberLiteral(_)));
                holds(key) || (holds(base) && !is_number && key_type.string_literal().is_none())
            }
            _ => false,
        };
    }
    for (_, statement) in tree.statements() {
        found.lost |= match &statement.kind {
            StatementKind::Assign { targets, values } => values.iter().enumerate().any(|(index, value)| {
                let target = targets.get(index).map(|&target| &tree.expression(target).kind);
                holds(value) && !matches!(target, None | Some(ExpressionKind::Name(_)))
            }),
            StatementKind::GenericFor { values, .. } => values.iter().any(holds),
            _ => false,
        };
    }
    found.lost |= analysis.returns.iter().any(|site| {
        site.function.is_some() && site.expressions.iter().any(holds)
    });
    found
}

/// Whether the place that makes a table may run more than once, so that the analysis takes several tables for one.
pub(super) fn is_made_repeatedly(script: &Script<'_>, table: u32) -> bool {
    let made = script.analysis().table_at(script.id(), table);
    let (Some(maker), Some(known)) = (script.project().script(made.file), script.project().table(made)) else {
        return true;
    };
    let functions = maker.tree().functions().map(|(_, function)| function.span);
    let loops = maker.tree().statements().filter_map(|(_, statement)| {
        let repeats = matches!(
            statement.kind,
            StatementKind::While { .. }
                | StatementKind::Repeat { .. }
                | StatementKind::NumericFor { .. }
                | StatementKind::GenericFor { .. }
        );
        repeats.then_some(statement.span)
    });
    functions.chain(loops).any(|span| span.covers(known.span))
}

/// Whether a call may do something with the table that is not seen here.
fn is_lost_in_call(
    script: &Script<'_>,
    id: ExpressionId,
    call: &Call,
    holds: &dyn Fn(&ExpressionId) -> bool,
) -> bool {
    let Some(site) = script.analysis().calls.iter().find(|site| site.expression == id) else { return false };
    let callee = &site.callee;
    if callee.is_open() || callee.values().is_empty() {
        return true;
    }
    callee.any(|value| match value {
        // What a function of this file does with its parameter is seen there.
        Value::Function(function) => function.file != script.id(),
        Value::Member(member) => match (member.owner.as_str(), member.member.as_str()) {
            ("", name) => {
                let safe = HARMLESS.iter().find(|(known, _)| *known == name).map_or(0, |(_, count)| *count);
                call.arguments.iter().skip(safe).any(holds)
            }
            // What is registered is known by its registration.
            _ => library::resolve(script.api(), member)
                .and_then(Member::function)
                .is_none_or(|function| function.registers.is_none()),
        },
        Value::Nil => false,
        _ => true,
    })
}
