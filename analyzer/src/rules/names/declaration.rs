//! Where a name that was never declared can be declared `local`.

use crate::project::Script;
use crate::semantics::scope::Access;
use crate::syntax::Span;
use crate::syntax::tree::{Block, StatementId, StatementKind};

/// A place for a declaration: before a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Declaration {
    /// The statement.
    pub(super) statement: StatementId,
    /// The statement assigns the name, and nothing reads it before.
    pub(super) is_first_write: bool,
}

/// The place that makes all uses of a global in the file uses of one local; `None` where several functions of the file
/// use it, or the file itself does, or where it keeps something from one call of the function to the next.
pub(super) fn declaration(script: &Script<'_>, name: &str) -> Option<Declaration> {
    let tree = script.tree();
    let uses: Vec<_> = script
        .scopes()
        .globals()
        .iter()
        .filter(|global| global.name == name)
        .map(|global| (global.reference.span, global.reference.access))
        .collect();
    let first = uses.iter().map(|(span, _)| *span).min()?;
    let around: Vec<&Block> = tree
        .blocks()
        .filter(|(id, block)| *id != tree.root_id() && uses.iter().all(|(span, _)| block.span.covers(*span)))
        .map(|(_, block)| block)
        .collect();
    let inner = around.iter().min_by_key(|block| block.span.len())?;
    let statement = statement_at(script, inner, first)?;
    let node = tree.statement(statement);
    let reads = |within: Span| {
        uses.iter().any(|(span, access)| *access == Access::Read && within.covers(*span))
    };
    let is_first_write = match &node.kind {
        StatementKind::Assign { targets, .. } => {
            targets.iter().any(|&target| tree.expression(target).span == first) && !reads(node.span)
        }
        StatementKind::Function { target, .. } => tree.expression(*target).span == first,
        _ => false,
    };
    let is_read_first = uses.iter().any(|(span, access)| *span == first && *access == Access::Read);
    let is_accumulated = matches!(node.kind, StatementKind::Assign { .. }) && !is_first_write;
    if is_read_first || is_accumulated {
        // A loop may bring the value back here: the local must live as long as the function runs. Without one, the value
        // comes from an earlier call, which a local would forget.
        let is_repeated = tree.statements().any(|(_, statement)| {
            let is_loop = matches!(
                statement.kind,
                StatementKind::While { .. }
                    | StatementKind::Repeat { .. }
                    | StatementKind::NumericFor { .. }
                    | StatementKind::GenericFor { .. }
            );
            is_loop && statement.span.covers(first) && around.iter().any(|block| block.span.covers(statement.span))
        });
        if !is_repeated {
            return None;
        }
        let outer = around.iter().max_by_key(|block| block.span.len())?;
        let statement = *outer.statements.first()?;
        return Some(Declaration { statement, is_first_write: false });
    }
    Some(Declaration { statement, is_first_write })
}

fn statement_at(script: &Script<'_>, block: &Block, place: Span) -> Option<StatementId> {
    let tree = script.tree();
    block.statements.iter().copied().find(|&statement| tree.statement(statement).span.covers(place))
}
