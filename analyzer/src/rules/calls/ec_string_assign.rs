//! ## What it does
//! Finds hooks that assign another value to their `ec_string` parameter, which C reads after the hook.
//!
//! ## Why it matters
//! The assignment changes a variable of the script alone. C still sees the old content, so the hook has no effect.
//!
//! In the `validate_*` callouts the string is only read, and `str = tostring(str)` is a common way to begin: nothing is
//! reported there. Neither is a parameter that takes its own text and is read afterwards.
//!
//! ## Example
//! ```lua expect=ec-string-assign
//! local mod = {}
//! function mod:core_config_get_message_routing_domain(cs, msg, buff)
//!   buff = "mail.example.com"
//!   return #buff
//! end
//! msys.registerModule("route", mod)
//! ```
//! Use instead:
//! ```lua
//! local mod = {}
//! function mod:core_config_get_message_routing_domain(cs, msg, buff)
//!   buff:set("mail.example.com")
//!   return #buff
//! end
//! msys.registerModule("route", mod)
//! ```
//!
//! ## Fix
//! Calls `:set()`.

use crate::rules::origins::{Definition, Origins};
use crate::diagnostic::{Edit, Severity};
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::semantics::scope::{Access, BindingId, BindingKind};
use crate::syntax::Span;
use crate::syntax::tree::{ExpressionKind, FunctionId, StatementKind};
use momentum_lua_stub_reader::model::{Hook, Param, Type};

pub(crate) const RULE: Rule =
    Rule { code: "ec-string-assign", severity: Severity::Error, since: "0.1", fixable: Fixable::Safe };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let origins = Origins::new(script);
    for (binding, declared) in script.scopes().bindings() {
        let BindingKind::Parameter(function, index) = declared.kind else { continue };
        let Some((hook, param)) = buffer(script, function, index) else { continue };
        for (position, definition) in origins.definitions(binding).iter().enumerate() {
            if takes_its_own_text(&origins, binding, definition) {
                continue;
            }
            let name = &declared.name;
            let message = format!(
                "this gives the variable `{name}` another value, but C reads the string that `{}` got as `{}`: the hook \
                 has no effect",
                hook.name, param.name
            );
            let mut finding = report.at(definition.statement, message);
            finding.page_of(&hook.about);
            if position == 0
                && let Some(edits) = call_of_set(script, definition)
            {
                finding.safe_fix(format!("Call `{name}:set(…)`"), edits);
            }
        }
    }
}

/// The hook and its parameter that C reads afterwards.
fn buffer<'a>(script: &Script<'a>, function: FunctionId, index: u32) -> Option<(&'a Hook, &'a Param)> {
    let hook = script.hook(function).filter(|hook| !hook.is_callout())?;
    // A function that is defined with `.` takes `self` first.
    let shift = u32::from(!script.tree().function(function).is_method);
    let position = index.checked_sub(shift)?;
    let param = hook.params_in(script.target()).get(position as usize)?;
    let is_buffer = matches!(&param.ty, Type::Named(name) if name == "ec_string");
    is_buffer.then_some((hook, param))
}

/// `buff = tostring(buff)`, where the text is used afterwards.
fn takes_its_own_text(origins: &Origins<'_>, binding: BindingId, definition: &Definition) -> bool {
    let Some(value) = definition.value else { return false };
    let references = origins.script.scopes().references(binding);
    let mut reads = references.iter().filter(|reference| reference.access == Access::Read);
    let span = origins.script.span(value);
    let of_its_own = reads.clone().any(|reference| span.covers(reference.span));
    of_its_own && reads.any(|reference| reference.span.start >= definition.statement.end)
}

fn call_of_set(script: &Script<'_>, definition: &Definition) -> Option<Vec<Edit>> {
    let tree = script.tree();
    let (_, statement) = tree.statements().find(|(_, statement)| {
        statement.span == definition.statement && matches!(statement.kind, StatementKind::Assign { .. })
    })?;
    let StatementKind::Assign { targets, values } = &statement.kind else { return None };
    let ([target], [value]) = (&**targets, &**values) else { return None };
    let (target, span) = (script.span(*target), script.span(*value));
    let is_number_or_text = !matches!(
        tree.expression(*value).kind,
        ExpressionKind::Nil | ExpressionKind::True | ExpressionKind::False | ExpressionKind::Table(_)
    );
    let between = Span::new(target.end, span.start);
    is_number_or_text.then(|| vec![Edit::replace(between, ":set("), Edit::insert(span.end, ")")])
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_fix, check_none};

    #[test]
    fn an_assignment_has_no_effect() {
        check(
            RULE.code,
            r#"
local mod = {}
function mod:core_config_get_message_routing_domain(cs, msg, buff)
  buff = "1234"
--^^^^^^^^^^^^^ error: this gives the variable `buff` another value
end
local other = {}
other.core_config_get_message_routing_domain = function(self, cs, msg, text)
  if os.getenv("x") == "x" then
    text = tostring(text) .. "!"
--  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: C reads the string
  end
end
"#,
        );
    }

    #[test]
    fn callouts_texts_and_the_right_way() {
        check_none(
            RULE.code,
            r#"
local mod = {}
function mod:validate_ehlo(str, accept, vctx)
  str = tostring(str)
  str = "x"
end
function mod:core_config_get_message_routing_domain(cs, msg, buff)
  buff:set("1234")
end
local other = {}
function other:core_config_get_message_routing_domain(cs, msg, buff)
  buff = tostring(buff)
  if buff == "x" then print(buff) end
end
"#,
        );
    }

    #[test]
    fn fix() {
        check_fix(
            RULE.code,
            "local mod = {}\nfunction mod:core_config_get_message_routing_domain(cs, msg, buff)\n  buff = \"12\" .. \"34\"\nend\n",
            "local mod = {}\nfunction mod:core_config_get_message_routing_domain(cs, msg, buff)\n  buff:set(\"12\" .. \"34\")\nend\n",
        );
    }
}
