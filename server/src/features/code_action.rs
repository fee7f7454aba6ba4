//! `textDocument/codeAction` and `codeAction/resolve`.

use momentum_lua_analyzer::diagnostic::{Diagnostic, Edit, Safety};
use momentum_lua_analyzer::fix;
use momentum_lua_analyzer::ide::actions::{self, ActionKind};
use momentum_lua_analyzer::syntax::Span;
use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    self as lsp, CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, CodeActionParams,
    CodeActionResponse, CodeActionTriggerKind, NumberOrString, Url,
};

use crate::diagnostics::SOURCE;
use crate::edits;
use crate::view::View;
use crate::world::World;

/// Mends all that is safe to mend: for `editor.codeActionsOnSave` and the like.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.momentum-lua");

/// The kinds that are offered.
pub(crate) fn kinds() -> Vec<CodeActionKind> {
    vec![
        CodeActionKind::QUICKFIX,
        CodeActionKind::REFACTOR_EXTRACT,
        CodeActionKind::REFACTOR_REWRITE,
        CodeActionKind::SOURCE_ORGANIZE_IMPORTS,
        CodeActionKind::SOURCE_FIX_ALL,
        FIX_ALL,
    ]
}

/// What comes back when the edit of an action is asked for: the fixes of all findings, or of those of one rule.
#[derive(Debug, Serialize, Deserialize)]
struct Data {
    uri: Url,
    version: Option<i32>,
    code: Option<String>,
}

/// The actions at a range.
pub(crate) fn code_actions(view: &View<'_>, parameters: &CodeActionParams) -> Option<CodeActionResponse> {
    let offers = Offers {
        view,
        context: &parameters.context,
        selection: view.span(parameters.range),
        list: Vec::new(),
    };
    let list = offers.collect()?;
    Some(list.into_iter().map(CodeActionOrCommand::CodeAction).collect())
}

struct Offers<'v, 'a> {
    view: &'v View<'a>,
    context: &'v CodeActionContext,
    selection: Span,
    list: Vec<CodeAction>,
}

impl Offers<'_, '_> {
    fn collect(mut self) -> Option<Vec<CodeAction>> {
        let automatic = self.context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC);
        // An editor that asks with every move of the cursor has the findings there, or there are none.
        let is_ours = |diagnostic: &lsp::Diagnostic| diagnostic.source.as_deref() == Some(SOURCE);
        let has_findings = !automatic || self.context.diagnostics.iter().any(is_ours);
        let fixes = self.wants(&CodeActionKind::QUICKFIX) && has_findings;
        let fix_all = self.wants_source(&FIX_ALL);
        let findings =
            if fixes || fix_all { self.view.project().diagnostics(self.view.file) } else { Vec::new() };
        if fixes {
            self.fixes(&findings)?;
        }
        self.others()?;
        if fix_all && fixable(&findings, None) > 0 {
            self.fix_all("Mend all that is safe to mend".to_owned(), FIX_ALL, None, &findings)?;
        }
        if self.wants_source(&CodeActionKind::SOURCE_ORGANIZE_IMPORTS)
            && let Some(script) = self.view.script()
        {
            let edits = actions::organize_requires(&script);
            if !edits.is_empty() {
                self.offer("Organize requires".to_owned(), CodeActionKind::SOURCE_ORGANIZE_IMPORTS, &edits)?;
            }
        }
        Some(self.list)
    }

    /// Whether the client asks for a kind: itself, or one that it is a part of.
    fn wants(&self, kind: &CodeActionKind) -> bool {
        let covers = |wanted: &CodeActionKind| {
            let rest = kind.as_str().strip_prefix(wanted.as_str());
            wanted.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.context.only.as_ref().is_none_or(|only| only.iter().any(covers))
    }

    /// Actions on the whole file are worked out only for those who ask.
    fn wants_source(&self, kind: &CodeActionKind) -> bool {
        let automatic = self.context.trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC);
        self.wants(kind) && (self.context.only.is_some() || !automatic)
    }

    /// What mends or suppresses the findings at the selection.
    fn fixes(&mut self, findings: &[Diagnostic]) -> Option<()> {
        let selection = self.selection;
        let here = |span: Span| span.start <= selection.end && selection.start <= span.end;
        let found: Vec<&Diagnostic> = findings.iter().filter(|finding| here(finding.span)).collect();
        for finding in &found {
            let diagnostic = self.diagnostic(finding);
            for (index, fix) in finding.fixes.iter().enumerate() {
                self.offer(fix.title.clone(), CodeActionKind::QUICKFIX, &fix.edits)?;
                let preferred = index == 0 && fix.safety == Safety::Safe;
                self.about(diagnostic.clone(), preferred);
            }
        }
        let mut told: Vec<&str> = Vec::new();
        for finding in &found {
            let code = finding.code.as_str();
            if !told.contains(&code) && fixable(findings, Some(code)) > 1 {
                told.push(code);
                let title = format!("Mend all `{code}` in this file");
                self.fix_all(title, CodeActionKind::QUICKFIX, Some(code), findings)?;
            }
        }
        let script = self.view.script();
        for finding in &found {
            let diagnostic = self.diagnostic(finding);
            let suppressions = script.as_ref().map(|script| actions::suppressions(script, finding));
            for action in suppressions.into_iter().flatten() {
                if self.list.iter().any(|known| known.title == action.title) {
                    continue;
                }
                self.offer(action.title, CodeActionKind::QUICKFIX, &action.edits)?;
                self.about(diagnostic.clone(), false);
            }
        }
        Some(())
    }

    /// What is offered without any finding.
    fn others(&mut self) -> Option<()> {
        let Some(script) = self.view.script() else { return Some(()) };
        for action in actions::actions(&script, self.selection) {
            let kind = match action.kind {
                ActionKind::QuickFix => CodeActionKind::QUICKFIX,
                ActionKind::Extract => CodeActionKind::REFACTOR_EXTRACT,
                ActionKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
            };
            if self.wants(&kind) && !self.list.iter().any(|known| known.title == action.title) {
                self.offer(action.title, kind, &action.edits)?;
            }
        }
        Some(())
    }

    /// An action whose edit is there.
    fn offer(&mut self, title: String, kind: CodeActionKind, edits: &[Edit]) -> Option<()> {
        let edit = edits::workspace_edit(self.view, edits::text_edits(self.view, edits))?;
        self.list.push(CodeAction { title, kind: Some(kind), edit: Some(edit), ..CodeAction::default() });
        Some(())
    }

    /// Says of the last action what it mends.
    fn about(&mut self, diagnostic: Option<lsp::Diagnostic>, preferred: bool) {
        if let Some(last) = self.list.last_mut() {
            last.diagnostics = diagnostic.map(|diagnostic| vec![diagnostic]);
            last.is_preferred = preferred.then_some(true);
        }
    }

    /// An action that takes all safe fixes. Its edit is worked out when it is chosen, where the client can wait.
    fn fix_all(
        &mut self,
        title: String,
        kind: CodeActionKind,
        code: Option<&str>,
        findings: &[Diagnostic],
    ) -> Option<()> {
        let uri = self.view.url()?;
        let mut action = CodeAction { title, kind: Some(kind), ..CodeAction::default() };
        if self.view.client().code_action_resolve {
            let version = self.view.world.document(&uri).map(|document| document.version);
            let data = Data { uri, version, code: code.map(str::to_owned) };
            action.data = serde_json::to_value(data).ok();
        } else {
            action.edit = fixed(self.view, findings, code);
        }
        self.list.push(action);
        Some(())
    }

    /// The finding as the client has it, else as we would say it.
    fn diagnostic(&self, finding: &Diagnostic) -> Option<lsp::Diagnostic> {
        let ours = self.view.world.convert(self.view.tree, self.view.file, finding)?;
        let code = NumberOrString::String(finding.code.to_string());
        let theirs = self.context.diagnostics.iter().find(|known| {
            known.code.as_ref() == Some(&code) && known.range == ours.range && known.message == ours.message
        });
        Some(theirs.cloned().unwrap_or(ours))
    }
}

/// How many findings have a safe fix.
fn fixable(findings: &[Diagnostic], code: Option<&str>) -> usize {
    let wanted = findings.iter().filter(|finding| code.is_none_or(|code| finding.code == code));
    wanted.filter(|finding| finding.fixes.iter().any(|fix| fix.safety == Safety::Safe)).count()
}

/// The safe fixes of all findings, or of those of one rule.
fn fixed(view: &View<'_>, findings: &[Diagnostic], code: Option<&str>) -> Option<lsp::WorkspaceEdit> {
    let kind = view.project().kind(view.file)?;
    let wanted = findings.iter().filter(|finding| code.is_none_or(|code| finding.code == code));
    let wanted: Vec<Diagnostic> = wanted.cloned().collect();
    let fixed = fix::apply(view.text, kind, &wanted, Safety::Safe)?;
    let edits = edits::between(view.text, &fixed.text);
    edits::workspace_edit(view, edits::text_edits(view, &edits))
}

/// The action with its edit.
///
/// # Errors
/// The text is another one than that for which the action was offered.
pub(crate) fn resolve(world: &World, mut action: CodeAction) -> Result<CodeAction> {
    let data = action.data.as_ref().and_then(|data| Data::deserialize(data).ok());
    let Some(data) = data else { return Ok(action) };
    let version = world.document(&data.uri).map(|document| document.version);
    if version != data.version {
        return Err(Error::content_modified());
    }
    if let Some(view) = View::of(world, &data.uri) {
        let findings = view.project().diagnostics(view.file);
        action.edit = fixed(&view, &findings, data.code.as_deref());
    }
    Ok(action)
}
