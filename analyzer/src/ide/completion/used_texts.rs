//! Strings that the scripts of a project already use.

use super::cursor::Cursor;
use super::expected::declared_position;
use crate::semantics::types::Type;
use crate::syntax::tree::ExpressionKind;
use momentum_lua_stub_reader::model::Function;
use rustc_hash::FxHashSet;

/// Strings that the project's scripts pass where `fits` says so of the function, the parameter's position and the type of
/// the argument before it.
pub(super) fn used_texts(
    cursor: &Cursor<'_, '_>,
    fits: impl Fn(&Function, usize, Option<&Type>) -> bool,
) -> Vec<String> {
    let mut texts = FxHashSet::default();
    for script in cursor.script.project().scripts() {
        let tree = script.tree();
        for site in &script.analysis().calls {
            let ExpressionKind::Call(call) = &tree.expression(site.expression).kind else { continue };
            // Few calls have strings, and to look a function up takes longer than to see that.
            if !call.arguments.iter().any(|&argument| tree.string(argument).is_some()) {
                continue;
            }
            let Some(function) = script.called(site) else { continue };
            for (written, &argument) in call.arguments.iter().enumerate() {
                let is_here =
                    script.id() == cursor.script.id() && script.span(argument).touches(cursor.offset);
                let position = declared_position(function, call, written);
                let before = written.checked_sub(1).and_then(|before| site.arguments.get(before));
                if !is_here && position.is_some_and(|position| fits(function, position, before)) {
                    let text = tree.string(argument).filter(|text| !text.is_empty());
                    texts.extend(text.map(str::to_owned));
                }
            }
        }
    }
    texts.into_iter().collect()
}
