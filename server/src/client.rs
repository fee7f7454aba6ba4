//! What the client can do.

use tower_lsp::lsp_types::{ClientCapabilities, CompletionItemCapability, InitializeParams};

use crate::position::Positions;

/// What the client said about itself, in the terms that features ask in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    /// How it counts columns.
    pub(crate) positions: Positions,
    /// It shows related places of a diagnostic.
    pub(crate) related_information: bool,
    /// It knows which version of a text diagnostics belong to.
    pub(crate) versioned_diagnostics: bool,
    /// It asks for diagnostics itself.
    pub(crate) pulls_diagnostics: bool,
    /// It renders Markdown in a hover.
    pub(crate) markdown: bool,
    /// It can insert snippets.
    pub(crate) snippets: bool,
    /// It builds a tree of symbols.
    pub(crate) symbol_tree: bool,
    /// It shows progress.
    pub(crate) progress: bool,
    /// It answers `workspace/configuration`.
    pub(crate) configuration: bool,
    /// It watches files for the server.
    pub(crate) watches_files: bool,
    /// It reads edits of a version and operations on files.
    pub(crate) document_changes: bool,
    /// It takes literals of code actions with their kinds.
    pub(crate) code_action_literals: bool,
    /// It resolves these properties of code actions later.
    pub(crate) code_action_resolve: bool,
    /// It asks again for code lenses, inlay hints, semantic tokens, diagnostics.
    pub(crate) refreshes: Refreshes,
    /// It shows what a link leads to.
    pub(crate) link_tooltips: bool,
    /// It asks the server to execute commands.
    pub(crate) executes_commands: bool,
    /// Commands of its own that the server may name: `experimental.commands.commands`.
    pub(crate) commands: Vec<String>,
    /// It asks what else has to change before it renames files.
    pub(crate) asks_before_renaming: bool,
    /// It opens documents for the server.
    pub(crate) shows_documents: bool,
    /// All that it said.
    pub(crate) capabilities: ClientCapabilities,
}

/// What the client asks for again when it is told to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Refreshes {
    /// `workspace/codeLens/refresh`
    pub(crate) code_lens: bool,
    /// `workspace/inlayHint/refresh`
    pub(crate) inlay_hints: bool,
    /// `workspace/semanticTokens/refresh`
    pub(crate) semantic_tokens: bool,
    /// `workspace/diagnostic/refresh`
    pub(crate) diagnostics: bool,
}

impl Profile {
    /// What it can do with completion items.
    pub(crate) fn completion_item(&self) -> CompletionItemCapability {
        let text = self.capabilities.text_document.as_ref();
        text.and_then(|text| text.completion.as_ref()?.completion_item.clone()).unwrap_or_default()
    }

    /// Reads what the client said.
    pub(crate) fn of(parameters: &InitializeParams) -> Self {
        let capabilities = parameters.capabilities.clone();
        let general = capabilities.general.as_ref();
        let text = capabilities.text_document.clone().unwrap_or_default();
        let workspace = capabilities.workspace.clone().unwrap_or_default();
        let window = capabilities.window.clone().unwrap_or_default();
        let publish = text.publish_diagnostics.unwrap_or_default();
        let action = text.code_action.unwrap_or_default();
        Self {
            positions: Positions::negotiate(
                general.and_then(|general| general.position_encodings.as_deref()),
            ),
            related_information: publish.related_information.unwrap_or(false),
            versioned_diagnostics: publish.version_support.unwrap_or(false),
            pulls_diagnostics: text.diagnostic.is_some(),
            markdown: text
                .hover
                .and_then(|hover| hover.content_format)
                .is_none_or(|formats| formats.contains(&tower_lsp::lsp_types::MarkupKind::Markdown)),
            snippets: text
                .completion
                .and_then(|completion| completion.completion_item?.snippet_support)
                .unwrap_or(false),
            symbol_tree: text
                .document_symbol
                .and_then(|symbols| symbols.hierarchical_document_symbol_support)
                .unwrap_or(false),
            progress: window.work_done_progress.unwrap_or(false),
            configuration: workspace.configuration.unwrap_or(false),
            watches_files: workspace
                .did_change_watched_files
                .and_then(|files| files.dynamic_registration)
                .unwrap_or(false),
            document_changes: workspace
                .workspace_edit
                .and_then(|edit| edit.document_changes)
                .unwrap_or(false),
            code_action_literals: action.code_action_literal_support.is_some(),
            code_action_resolve: action
                .resolve_support
                .is_some_and(|resolve| resolve.properties.iter().any(|property| property == "edit")),
            refreshes: Refreshes {
                code_lens: workspace.code_lens.and_then(|lens| lens.refresh_support).unwrap_or(false),
                inlay_hints: workspace.inlay_hint.and_then(|hint| hint.refresh_support).unwrap_or(false),
                semantic_tokens: workspace
                    .semantic_tokens
                    .and_then(|tokens| tokens.refresh_support)
                    .unwrap_or(false),
                diagnostics: workspace.diagnostic.and_then(|found| found.refresh_support).unwrap_or(false),
            },
            link_tooltips: text.document_link.and_then(|link| link.tooltip_support).unwrap_or(false),
            executes_commands: workspace.execute_command.is_some(),
            commands: commands(capabilities.experimental.as_ref()),
            asks_before_renaming: workspace
                .file_operations
                .and_then(|operations| operations.will_rename)
                .unwrap_or(false),
            shows_documents: window.show_document.is_some_and(|show| show.support),
            capabilities,
        }
    }
}

fn commands(experimental: Option<&serde_json::Value>) -> Vec<String> {
    let list = experimental.and_then(|own| own.get("commands")?.get("commands")?.as_array());
    list.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}
