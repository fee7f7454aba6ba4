//! ## What it does
//! Reports local variables and functions that are never read. Names that begin with `_`, parameters, results of
//! `require`, the results of a call that gives several, variables beside one that is used in the same `local`, and those
//! by which a function keeps a timer or another object of the server from being collected are not reported.
//!
//! ## Why it matters
//! Mostly something is left over, or another name was meant where it should be read.
//!
//! ## Example
//! ```lua expect=lua/unused_variable
//! local function size_class(size)
//!   local limit = 1000000
//!   return size > 100000 and "large" or "small"
//! end
//!
//! print(size_class(7))
//! ```
//! Use instead:
//! ```lua
//! local function size_class(size)
//!   local limit = 1000000
//!   return size > limit and "large" or "small"
//! end
//!
//! print(size_class(7))
//! ```

use crate::diagnostic::{Severity, Tag};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::scope::{Access, BindingId};
use crate::semantics::types::Value;
use crate::syntax::tree::{ExpressionId, ExpressionKind, Name, StatementKind, Tree};
use momentum_lua_stub_reader::model::ClassKind;

pub(crate) const RULE: Rule =
    Rule { code: "lua/unused_variable", severity: Severity::Info, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let (tree, scopes) = (script.tree(), script.scopes());
    let unread = |name: &Name| {
        is_ignored(name)
            || scopes.declared_at(name.span.start).is_some_and(|id| {
                let is_only_written =
                    || scopes.references(id).iter().all(|reference| reference.access == Access::Write);
                is_only_written() && !keeps_an_object(script, id)
            })
    };
    for (_, statement) in tree.statements() {
        match &statement.kind {
            StatementKind::LocalFunction { name, .. } if !is_ignored(name) && unread(name) => {
                let message = format!("the function `{}` is never called", name.text);
                report.at(name.span, message).tag(Tag::Unnecessary);
            }
            // Names for several results of one call tell the reader what it gives.
            StatementKind::Local { names, values }
                if (values.is_empty() || values.len() == names.len()) && names.iter().all(unread) =>
            {
                let required = |index: usize| values.get(index).is_some_and(|&value| is_require(tree, value));
                for (index, name) in names.iter().enumerate() {
                    if !is_ignored(name) && !required(index) {
                        report.at(name.span, format!("`{}` is never read", name.text)).tag(Tag::Unnecessary);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether functions put objects of the server into a variable around them, which holds those as long as the functions are
/// there.
fn keeps_an_object(script: &Script<'_>, id: BindingId) -> bool {
    let is_object = |value: &Value| match value {
        Value::Instance(class) => {
            script.api().class(class).is_some_and(|class| class.kind == ClassKind::Userdata)
        }
        _ => false,
    };
    let ty = script.analysis().binding_types.get(id.index());
    script.scopes().binding(id).written_in_closure && ty.is_some_and(|ty| ty.any(is_object))
}

fn is_ignored(name: &Name) -> bool {
    name.text.starts_with('_')
}

/// Whether it is a call of `require`, which often stands there for what it loads.
fn is_require(tree: &Tree, value: ExpressionId) -> bool {
    match &tree.expression(value).kind {
        ExpressionKind::Call(call) => {
            matches!(&tree.expression(call.callee).kind, ExpressionKind::Name(name) if name == "require")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn variables_and_functions() {
        check(
            RULE.code,
            r#"
local count = 1 & 2
--    ^^^^^ info: `count` is never read
count = 2
local function helper() end
--             ^^^^^^ the function `helper` is never called
"#,
        );
    }

    #[test]
    fn what_keeps_a_timer() {
        check_none(
            RULE.code,
            r#"
require("msys.timer")
local ticker
local mod = {}
function mod:init()
  ticker = msys.timer.every(60, print)
  return true
end
msys.registerModule("ticks", mod)
"#,
        );
    }

    #[test]
    fn what_is_no_mistake() {
        check_none(RULE.code, "local core = require(\"msys.core\")\nlocal _ = f()\nlocal ok, err = f()\nlocal a, b = 1, 2\nprint(b)\n");
        check_none(RULE.code, "function shared(a, b) end\nglobal = 1\nfor i = 1, 2 do f() end\n");
        check_none(RULE.code, "local mod = {}\nfunction mod:init() return true end\nmsys.registerModule('m', mod)\n");
        check_none(RULE.code, "local broken = = 1\nlocal other = 1\n");
        check_none(RULE.code, "local x = 1\nlocal y = ~x | x\nreturn !y\n");
    }
}
