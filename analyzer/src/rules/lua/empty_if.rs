//! ## What it does
//! Reports a branch of an `if` in which nothing stands, not even a comment.
//!
//! ## Why it matters
//! Such a branch is mostly one that was to be filled in, or whose content was taken out. A comment tells the next
//! reader that nothing is meant to happen.
//!
//! ## Example
//! ```lua expect=lua/empty_if
//! local function log_large(msg, size)
//!   if size > 10000000 then
//!   end
//! end
//! ```
//! Use instead:
//! ```lua
//! local function log_large(msg, size)
//!   if size > 10000000 then
//!     print("large message", size)
//!   end
//! end
//! ```

use crate::diagnostic::Severity;
use crate::general::places::Places;
use crate::project::Script;
use crate::rules::{Fixable, Report, Rule};
use crate::syntax::tree::{BlockId, StatementKind};
use crate::syntax::{Span, Token};
use rustc_hash::FxHashMap;

pub(crate) const RULE: Rule =
    Rule { code: "lua/empty_if", severity: Severity::Info, since: "0.1", fixable: Fixable::No };

pub(crate) fn check(script: &Script<'_>, report: &mut Report<'_>) {
    let Some(places) = Places::of(script, "empty_if") else { return };
    let branches = branches(&places);
    for found in places.found() {
        let Some(&(keyword, block)) = branches.get(&found.span.start) else { continue };
        let block = places.tree().block(block);
        if block.statements.is_empty() && !places.has_comment(block.span) {
            let text = places.text(keyword.span);
            report.at(places.first_line(keyword.span.to(Span::empty(block.span.start))), format!("this `{text}` does nothing"));
        }
    }
}

/// The branches of every `if` by the start of the word that opens them.
fn branches(places: &Places<'_>) -> FxHashMap<u32, (Token, BlockId)> {
    let tree = places.tree();
    let mut branches = FxHashMap::default();
    for (_, statement) in tree.statements() {
        let StatementKind::If { branches: conditional, otherwise } = &statement.kind else { continue };
        let starts = conditional.iter().map(|&(condition, block)| (tree.expression(condition).span.start, block));
        let last = otherwise.map(|block| (tree.block(block).span.start, block));
        for (start, block) in starts.chain(last) {
            if let Some(keyword) = places.token_before(start) {
                branches.insert(keyword.span.start, (keyword, block));
            }
        }
    }
    branches
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::fixture::{check, check_none};

    #[test]
    fn each_kind_of_branch() {
        check(
            RULE.code,
            r#"
if a & 1 == 1 then
--<^^^^^^^^^^^^^^^^^^ info: this `if` does nothing
elseif (b) then
--<^^^^^^^^^^^^^^^ this `elseif` does nothing
elseif c then
  f() -- done
else
--<^^^^ this `else` does nothing
end
"#,
        );
    }

    #[test]
    fn a_comment_is_content() {
        check_none(RULE.code, "if a then\n  -- nothing to do\nelse\n  --[[ nothing ]]\nend\n");
        check_none(RULE.code, "if a then return end\nif b then ; end\n".replace(" ;", " f();").as_str());
    }
}
