//! Values that the API enumerates: literals and groups of constants, as arguments, as fields of userdata and as fields of
//! tables of options.

use super::arguments::Argument;
use crate::project::Script;
use crate::rules::Report;
use crate::semantics::library;
use crate::semantics::types::{Type, Value};
use crate::syntax::tree::{ExpressionKind, StatementKind};
use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::database::{Member, NamedType};
use momentum_lua_stub_reader::model::{self, ClassKind, Function};

/// How deep aliases of aliases are followed.
const DEEPEST_ALIAS: u32 = 8;

/// Groups of constants that name the same things; only `context-dictionary` tells them apart.
const DICTIONARIES: &[&str] = &["context_dictionary", "vctx_dictionary"];

/// The values that a type names, as Lua writes them.
pub(super) fn allowed(api: &Api, ty: &model::Type) -> Vec<String> {
    let mut list = Vec::new();
    collect(api, ty, &mut list, DEEPEST_ALIAS);
    list
}

fn collect(api: &Api, ty: &model::Type, list: &mut Vec<String>, depth: u32) {
    match ty {
        model::Type::Union(members) => members.iter().for_each(|member| collect(api, member, list, depth)),
        model::Type::Named(name) => match (api.named_type(name), depth.checked_sub(1)) {
            (Some(NamedType::Alias(alias)), Some(depth)) => collect(api, &alias.ty, list, depth),
            _ => list.push(ty.to_string()),
        },
        model::Type::Nil => {}
        other => list.push(other.to_string()),
    }
}

/// `a`, `b` or `c`
pub(super) fn listed(values: &[String]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    match quoted.as_slice() {
        [] => "another value".to_owned(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} or {last}", before.join(", ")),
    }
}

/// Whether a text is one of the values but for upper and lower case, which is taken in practice.
pub(super) fn differs_in_case(given: &Type, allowed: &[String]) -> bool {
    given.string_literal().is_some_and(|text| {
        let quoted = format!("\"{text}\"");
        allowed.iter().any(|value| value.eq_ignore_ascii_case(&quoted))
    })
}

/// The constant that an argument is and the group that is wanted, where it belongs to another one.
pub(super) fn foreign_constant(api: &Api, ty: &Type, wanted: &model::Type) -> Option<(String, String)> {
    let Value::Member(member) = ty.single()? else { return None };
    let Member::Constant(constant) = library::resolve(api, member)? else { return None };
    let own = constant.group.as_ref()?;
    let mut groups = Vec::new();
    groups_of(api, wanted, &mut groups, DEEPEST_ALIAS)?;
    let is_dictionary = |group: &str| DICTIONARIES.contains(&group);
    let fits = groups.iter().any(|group| group.as_str() == own.as_str() || (is_dictionary(group) && is_dictionary(own)));
    (!groups.is_empty() && !fits).then(|| (constant.name.to_string(), groups.join("` or `")))
}

/// The groups that a type is made of; `None` if something else than groups and numbers is taken, too.
fn groups_of(api: &Api, ty: &model::Type, groups: &mut Vec<String>, depth: u32) -> Option<()> {
    match ty {
        model::Type::Union(members) => members.iter().try_for_each(|member| groups_of(api, member, groups, depth)),
        model::Type::Named(name) => match (api.named_type(name), depth.checked_sub(1)) {
            (Some(NamedType::Alias(alias)), Some(depth)) => groups_of(api, &alias.ty, groups, depth),
            (Some(NamedType::Group(group)), _) => {
                groups.push(group.to_owned());
                Some(())
            }
            _ => None,
        },
        model::Type::Integer | model::Type::Number | model::Type::Nil => Some(()),
        _ => None,
    }
}

/// Assignments to fields of userdata that take particular values: `msg.priority = 5`.
pub(super) fn fields(script: &Script<'_>, report: &mut Report<'_>) {
    let tree = script.tree();
    for (_, statement) in tree.statements() {
        let StatementKind::Assign { targets, values } = &statement.kind else { continue };
        for (&target, &value) in targets.iter().zip(values) {
            let ExpressionKind::Field { base, name } = &tree.expression(target).kind else { continue };
            let base = script.type_of(*base);
            let Some(class) = base.class() else { continue };
            let Some(Member::Field(field)) = script.api().member(class, &name.text) else { continue };
            let given = script.type_of(value);
            if is_literal(&given) && enumerates(script.api(), &field.ty) && !library::may_be(script.api(), &given, &field.ty) {
                let list = listed(&allowed(script.api(), &field.ty));
                let message = format!("`{}` must be {list}, and is `{given}`", field.name);
                report.at(script.span(value), message).page_of(&field.about);
            }
        }
    }
}

/// Whether all that a value may be is written in the script.
pub(super) fn is_literal(given: &Type) -> bool {
    given.all(|value| {
        matches!(
            value,
            Value::NumberLiteral(_) | Value::StringLiteral(_) | Value::True | Value::False | Value::Member(_)
        )
    })
}

/// Whether a type is made of particular values alone.
fn enumerates(api: &Api, ty: &model::Type) -> bool {
    let literal = |member: &model::Type| matches!(member, model::Type::Literal(_) | model::Type::Nil);
    match ty {
        model::Type::Named(name) => match api.named_type(name) {
            Some(NamedType::Alias(alias)) => alias.ty.members().iter().all(literal),
            _ => false,
        },
        other => other.members().iter().all(literal),
    }
}

/// Fields of a table of options that the script writes into its constructor.
pub(super) fn table_fields(
    script: &Script<'_>,
    function: &Function,
    argument: &Argument,
    wanted: &model::Type,
    report: &mut Report<'_>,
) {
    let api = script.api();
    let shapes: Vec<_> = wanted
        .members()
        .iter()
        .filter_map(|member| match member {
            model::Type::Named(name) => api.class(name).filter(|class| class.kind == ClassKind::Shape),
            _ => None,
        })
        .collect();
    let ([shape], Some(Value::Table(table))) = (shapes.as_slice(), argument.ty.single()) else { return };
    if table.file != script.id() {
        return;
    }
    let Some(table) = script.analysis().tables.get(table.index as usize) else { return };
    for (name, field) in &table.fields {
        let Some(Member::Field(member)) = api.member(&shape.name, name) else { continue };
        let given = field.ty.without_nil();
        let ([write], true) = (field.writes.as_slice(), enumerates(api, &member.ty)) else { continue };
        if given.is_never() || library::may_be(api, &given, &member.ty) {
            continue;
        }
        let values = allowed(api, &member.ty);
        if differs_in_case(&given, &values) {
            continue;
        }
        let value = script.tree().expressions().filter(|(_, expression)| {
            write.span.covers(expression.span) && expression.span.end == write.span.end
        });
        let span = value.map(|(_, expression)| expression.span).min_by_key(|span| span.start).unwrap_or(write.span);
        let message = format!("`{name}` must be {}, and is `{given}`", listed(&values));
        report.at(span, message).page_of(&function.about);
    }
}
