//! Messages of the client, one method each: puts a job into the queue before anything is awaited, so that jobs stand in
//! the order of the messages.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use momentum_lua_workspace::paths::WorkingDirectory;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem,
    CallHierarchyOutgoingCall, CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, CodeLens,
    CodeLensParams, ConfigurationItem, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentDiagnosticReportResult, DocumentHighlight, DocumentHighlightParams, DocumentLink,
    DocumentLinkParams, DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams, FoldingRange,
    FoldingRangeParams, FullDocumentDiagnosticReport, GotoDefinitionParams, GotoDefinitionResponse, Hover,
    HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams, Location,
    MessageType, PrepareRenameResponse, ReferenceParams, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, RenameFilesParams, RenameParams, SelectionRange,
    SelectionRangeParams, SemanticTokensDeltaParams, SemanticTokensFullDeltaResult, SemanticTokensParams,
    SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult, ServerInfo,
    SymbolInformation, TextDocumentPositionParams, UnchangedDocumentDiagnosticReport, Url,
    WorkDoneProgressCancelParams, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDiagnosticReportResult, WorkspaceDocumentDiagnosticReport, WorkspaceEdit, WorkspaceFolder,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceSymbolParams, WorkspaceUnchangedDocumentDiagnosticReport,
};
use tower_lsp::lsp_types::{
    CodeAction, CodeActionParams, CodeActionResponse, CompletionItem, CompletionParams, CompletionResponse,
    DocumentFormattingParams, DocumentRangeFormattingParams, SignatureHelp, SignatureHelpParams, TextEdit,
};
use tower_lsp::{Client, LanguageServer};

use crate::analysis::Analysis;
use crate::client::Profile;
use crate::execution::command::Context;
use crate::execution::runs::Runs;
use crate::outgoing::Outgoing;
use crate::settings::{EditorSettings, SECTION};
use crate::view::View;
use crate::world::World;
use crate::{capabilities, features, watch};

/// The request was understood, and cannot be done (`RequestFailed` of the protocol).
const REQUEST_FAILED: ErrorCode = ErrorCode::ServerError(-32803);

/// The protocol's side of the server.
#[derive(Debug)]
pub(crate) struct Backend {
    analysis: Arc<Analysis>,
    outgoing: Outgoing,
    profile: OnceLock<Profile>,
    runs: Runs,
}

impl Backend {
    /// A server for one client.
    pub(crate) fn new(client: Client) -> Self {
        let outgoing = Outgoing::start(client);
        let here = WorkingDirectory::current().unwrap_or_else(|_| WorkingDirectory::root());
        let analysis = Arc::new(Analysis::start(World::new(outgoing.clone(), here)));
        Self { analysis, outgoing, profile: OnceLock::new(), runs: Runs::default() }
    }

    /// Asks about a file as the client has it now. `None` if no tree has the file.
    fn ask<T, Q>(&self, url: Url, question: Q) -> impl Future<Output = Result<Option<T>>> + use<T, Q>
    where
        T: Send + 'static,
        Q: FnOnce(&View<'_>) -> Option<T> + Send + 'static,
    {
        self.analysis.ask(move |world| {
            world.synchronize();
            Ok(View::of(world, &url).and_then(|view| question(&view)))
        })
    }

    /// `window/workDoneProgress/cancel`
    pub(crate) async fn progress_cancelled(&self, parameters: WorkDoneProgressCancelParams) {
        self.runs.cancel(&parameters.token);
    }

    /// `momentum-lua/panic`: panics where `in` says, in the analysis or in the handling of the message.
    #[allow(clippy::panic, reason = "a test wants to see what comes of it")]
    pub(crate) async fn panic(&self, parameters: Value) -> Result<Value> {
        if parameters["in"] == "analysis" {
            return self.analysis.ask(|_| panic!("a test asked for it")).await;
        }
        panic!("a test asked for it")
    }

    fn commands(&self) -> Context {
        Context {
            analysis: Arc::clone(&self.analysis),
            outgoing: self.outgoing.clone(),
            profile: self.profile.get().cloned().unwrap_or_default(),
            runs: self.runs.clone(),
        }
    }

    /// Asks about everything.
    fn ask_world<T, Q>(&self, question: Q) -> impl Future<Output = Result<T>> + use<T, Q>
    where
        T: Send + 'static,
        Q: FnOnce(&mut World) -> T + Send + 'static,
    {
        self.analysis.ask(move |world| {
            world.synchronize();
            Ok(question(world))
        })
    }

    /// The same for what may be refused: the user reads why.
    fn ask_or_refuse<T, Q>(
        &self,
        url: Url,
        question: Q,
    ) -> impl Future<Output = Result<Option<T>>> + use<T, Q>
    where
        T: Send + 'static,
        Q: FnOnce(&View<'_>) -> std::result::Result<T, String> + Send + 'static,
    {
        self.analysis.ask(move |world| {
            world.synchronize();
            match View::of(world, &url).map(|view| question(&view)) {
                Some(Err(reason)) => Err(Error { code: REQUEST_FAILED, message: reason.into(), data: None }),
                Some(Ok(answer)) => Ok(Some(answer)),
                None => Ok(None),
            }
        })
    }

    /// Asks the client for its settings.
    fn fetch_settings(&self) {
        let (analysis, client) = (Arc::clone(&self.analysis), self.outgoing.client().clone());
        tokio::spawn(async move {
            let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
            match client.configuration(vec![item]).await.map(|values| values.into_iter().next()) {
                Ok(section) => set_settings(&analysis, section.unwrap_or(Value::Null)),
                Err(error) => client.log_message(MessageType::WARNING, format!("no settings: {error}")).await,
            }
        });
    }
}

fn set_settings(analysis: &Analysis, section: Value) {
    analysis.tell(move |world| match EditorSettings::read(&section) {
        Ok(settings) if settings != world.settings => {
            world.settings = settings;
            world.reports.look_again();
            world.refresh_views();
        }
        Ok(_) => {}
        Err(message) => world.outgoing.show(MessageType::WARNING, message),
    });
}

fn folders(parameters: &InitializeParams) -> Vec<PathBuf> {
    let folders = parameters.workspace_folders.as_deref().unwrap_or_default();
    let mut paths = paths(folders);
    if paths.is_empty() {
        paths.extend(parameters.root_uri.as_ref().and_then(|url| url.to_file_path().ok()));
    }
    paths
}

fn paths(folders: &[WorkspaceFolder]) -> Vec<PathBuf> {
    folders.iter().filter_map(|folder| folder.uri.to_file_path().ok()).collect()
}

#[tower_lsp::async_trait]
impl LanguageServer for Backend {
    async fn initialize(&self, parameters: InitializeParams) -> Result<InitializeResult> {
        let profile = Profile::of(&parameters);
        let capabilities = capabilities::of(&profile);
        let options = parameters.initialization_options.clone().unwrap_or(Value::Null);
        let folders = folders(&parameters);
        let client = profile.clone();
        self.analysis.tell(move |world| {
            world.client = client;
            world.set_folders(folders);
        });
        set_settings(&self.analysis, options);
        let _ = self.profile.set(profile);
        Ok(InitializeResult {
            capabilities,
            server_info: Some(ServerInfo {
                name: "momentum-lua".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.analysis.tell(World::load);
        let Some(profile) = self.profile.get() else { return };
        if profile.watches_files {
            watch::usual(&self.outgoing);
        }
        if profile.configuration {
            self.fetch_settings();
        }
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, parameters: DidOpenTextDocumentParams) {
        let document = parameters.text_document;
        self.analysis.tell(move |world| {
            world.open(document.uri, &document.language_id, document.version, document.text)
        });
    }

    async fn did_change(&self, parameters: DidChangeTextDocumentParams) {
        let document = parameters.text_document;
        let changes = parameters.content_changes;
        self.analysis.tell(move |world| world.change(&document.uri, document.version, changes));
    }

    async fn did_save(&self, parameters: DidSaveTextDocumentParams) {
        let url = parameters.text_document.uri;
        self.analysis.tell(move |world| world.saved(&url));
    }

    async fn did_close(&self, parameters: DidCloseTextDocumentParams) {
        self.analysis.tell(move |world| world.close(&parameters.text_document.uri));
    }

    async fn did_change_watched_files(&self, parameters: DidChangeWatchedFilesParams) {
        self.analysis.tell(move |world| world.files_changed(parameters.changes));
    }

    async fn did_change_workspace_folders(&self, parameters: DidChangeWorkspaceFoldersParams) {
        let (added, removed) = (paths(&parameters.event.added), paths(&parameters.event.removed));
        self.analysis.tell(move |world| world.change_folders(added, &removed));
    }

    async fn did_change_configuration(&self, parameters: DidChangeConfigurationParams) {
        match self.profile.get() {
            Some(profile) if profile.configuration => self.fetch_settings(),
            _ => {
                let section = parameters.settings.get(SECTION).cloned().unwrap_or(Value::Null);
                set_settings(&self.analysis, section);
            }
        }
    }

    async fn diagnostic(
        &self,
        parameters: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        let url = parameters.text_document.uri;
        let previous = parameters.previous_result_id;
        let pulled = self.analysis.ask(move |world| {
            world.synchronize();
            Ok(world.pull(&url))
        });
        let (items, name) = pulled.await?;
        let report = if previous.as_ref() == Some(&name) {
            DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: name },
            })
        } else {
            DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: FullDocumentDiagnosticReport {
                    result_id: Some(name),
                    items,
                },
            })
        };
        Ok(report.into())
    }

    async fn workspace_diagnostic(
        &self,
        parameters: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let listed = self.analysis.ask(|world| {
            world.synchronize();
            Ok(world.pull_all())
        });
        // File by file, so that what the user does meanwhile has to wait for one file only.
        let mut pulled = Vec::new();
        for url in listed.await? {
            let of_file = self.analysis.ask(move |world| {
                world.synchronize();
                let (items, name) = world.pull_of_all(&url);
                let version = world.document(&url).map(|document| i64::from(document.version));
                Ok((url, items, name, version))
            });
            pulled.push(of_file.await?);
        }
        let items = pulled.into_iter().map(|(uri, items, name, version)| {
            let known =
                parameters.previous_result_ids.iter().any(|known| known.uri == uri && known.value == name);
            if known {
                let report = UnchangedDocumentDiagnosticReport { result_id: name };
                WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
                    uri,
                    version,
                    unchanged_document_diagnostic_report: report,
                })
            } else {
                let report = FullDocumentDiagnosticReport { result_id: Some(name), items };
                WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
                    uri,
                    version,
                    full_document_diagnostic_report: report,
                })
            }
        });
        Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items: items.collect() }))
    }

    async fn completion(&self, parameters: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = parameters.text_document_position;
        let context = parameters.context;
        let answer = self.analysis.ask(move |world| {
            world.synchronize();
            let url = &at.text_document.uri;
            Ok(features::completion::completion(world, url, at.position, context.as_ref()))
        });
        answer.await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        self.analysis.ask(move |world| Ok(features::completion::resolve(world, item))).await
    }

    async fn signature_help(&self, parameters: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        let at = parameters.text_document_position_params;
        let context = parameters.context;
        let help = move |view: &View<'_>| {
            features::signature_help::signature_help(view, at.position, context.as_ref())
        };
        self.ask(at.text_document.uri, help).await
    }

    async fn code_action(&self, parameters: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let url = parameters.text_document.uri.clone();
        self.ask(url, move |view| features::code_action::code_actions(view, &parameters)).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        let resolved = self.analysis.ask(move |world| {
            world.synchronize();
            features::code_action::resolve(world, action)
        });
        resolved.await
    }

    async fn formatting(&self, parameters: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        let options = parameters.options;
        let format = move |view: &View<'_>| features::formatting::formatting(view, &options, None);
        self.ask(parameters.text_document.uri, format).await
    }

    async fn range_formatting(
        &self,
        parameters: DocumentRangeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>> {
        let (options, range) = (parameters.options, parameters.range);
        let format = move |view: &View<'_>| features::formatting::formatting(view, &options, Some(range));
        self.ask(parameters.text_document.uri, format).await
    }

    async fn hover(&self, parameters: HoverParams) -> Result<Option<Hover>> {
        let at = parameters.text_document_position_params;
        if features::toml::is_toml(&at.text_document.uri) {
            let (url, position) = (at.text_document.uri, at.position);
            return self.ask_world(move |world| features::toml::hover(world, &url, position)).await;
        }
        self.ask(at.text_document.uri, move |view| features::hover::hover(view, at.position)).await
    }

    async fn code_lens(&self, parameters: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let url = parameters.text_document.uri;
        self.analysis
            .ask(move |world| {
                world.synchronize();
                Ok(features::code_lens::lenses(world, &url))
            })
            .await
    }

    async fn code_lens_resolve(&self, lens: CodeLens) -> Result<CodeLens> {
        self.analysis
            .ask(move |world| {
                world.synchronize();
                features::code_lens::resolve(world, lens).ok_or_else(Error::content_modified)
            })
            .await
    }

    async fn execute_command(&self, parameters: ExecuteCommandParams) -> Result<Option<Value>> {
        self.commands().execute(parameters).await
    }

    async fn goto_definition(
        &self,
        parameters: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        let at = parameters.text_document_position_params;
        if features::toml::is_toml(&at.text_document.uri) {
            let (url, position) = (at.text_document.uri, at.position);
            return self.ask_world(move |world| features::toml::definition(world, &url, position)).await;
        }
        self.ask(at.text_document.uri, move |view| features::definition::definition(view, at.position)).await
    }

    async fn goto_declaration(
        &self,
        parameters: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        let at = parameters.text_document_position_params;
        self.ask(at.text_document.uri, move |view| features::definition::declaration(view, at.position)).await
    }

    async fn goto_type_definition(
        &self,
        parameters: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        let at = parameters.text_document_position_params;
        self.ask(at.text_document.uri, move |view| features::definition::type_definition(view, at.position))
            .await
    }

    async fn goto_implementation(
        &self,
        parameters: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>> {
        let at = parameters.text_document_position_params;
        self.ask(at.text_document.uri, move |view| features::definition::implementation(view, at.position))
            .await
    }

    async fn references(&self, parameters: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let (at, all) = (parameters.text_document_position, parameters.context.include_declaration);
        self.ask(at.text_document.uri, move |view| features::references::references(view, at.position, all))
            .await
    }

    async fn document_highlight(
        &self,
        parameters: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = parameters.text_document_position_params;
        self.ask(at.text_document.uri, move |view| features::references::highlights(view, at.position)).await
    }

    async fn prepare_rename(&self, at: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        self.ask_or_refuse(at.text_document.uri, move |view| features::rename::prepare(view, at.position))
            .await
    }

    async fn rename(&self, parameters: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let (at, name) = (parameters.text_document_position, parameters.new_name);
        self.ask_or_refuse(at.text_document.uri, move |view| {
            features::rename::rename(view, at.position, &name)
        })
        .await
    }

    async fn will_rename_files(&self, parameters: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        self.ask_world(move |world| features::rename::files(world, &parameters.files)).await
    }

    async fn document_symbol(
        &self,
        parameters: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        let url = parameters.text_document.uri;
        if features::toml::is_toml(&url) {
            return self.ask_world(move |world| features::symbols::of_toml(world, &url)).await;
        }
        self.ask(url, features::symbols::of_document).await
    }

    async fn symbol(&self, parameters: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        let query = parameters.query;
        self.ask_world(move |world| Some(features::symbols::of_workspace(world, &query))).await
    }

    async fn folding_range(&self, parameters: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let url = parameters.text_document.uri;
        if features::toml::is_toml(&url) {
            return self.ask_world(move |world| features::folding::folds_of_toml(world, &url)).await;
        }
        self.ask(url, features::folding::folds).await
    }

    async fn selection_range(&self, parameters: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let (url, positions) = (parameters.text_document.uri, parameters.positions);
        if features::toml::is_toml(&url) {
            let select =
                move |world: &mut World| features::folding::selections_in_toml(world, &url, &positions);
            return self.ask_world(select).await;
        }
        self.ask(url, move |view| features::folding::selections(view, &positions)).await
    }

    async fn document_link(&self, parameters: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        let url = parameters.text_document.uri;
        if features::toml::is_toml(&url) {
            return self.ask_world(move |world| features::toml::links(world, &url)).await;
        }
        self.ask(url, features::links::links).await
    }

    async fn document_link_resolve(&self, link: DocumentLink) -> Result<DocumentLink> {
        let Some(url) = features::links::document_of(&link) else { return Ok(link) };
        let known = link.clone();
        Ok(self.ask(url, move |view| features::links::resolve(view, link)).await?.unwrap_or(known))
    }

    async fn semantic_tokens_full(
        &self,
        parameters: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>> {
        let url = parameters.text_document.uri;
        let tokens = self.ask_world(move |world| features::semantic_tokens::full(world, url)).await?;
        Ok(tokens.map(SemanticTokensResult::Tokens))
    }

    async fn semantic_tokens_full_delta(
        &self,
        parameters: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let (url, previous) = (parameters.text_document.uri, parameters.previous_result_id);
        self.ask_world(move |world| features::semantic_tokens::changes(world, url, &previous)).await
    }

    async fn semantic_tokens_range(
        &self,
        parameters: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let (url, range) = (parameters.text_document.uri, parameters.range);
        let tokens = self.ask(url, move |view| features::semantic_tokens::range(view, range)).await?;
        Ok(tokens.map(SemanticTokensRangeResult::Tokens))
    }

    async fn inlay_hint(&self, parameters: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let (url, range) = (parameters.text_document.uri, parameters.range);
        self.ask_world(move |world| features::inlay_hints::all(world, &url, range)).await
    }

    async fn inlay_hint_resolve(&self, hint: InlayHint) -> Result<InlayHint> {
        let resolved = self.analysis.ask(move |world| {
            world.synchronize();
            features::inlay_hints::resolve(world, hint)
        });
        resolved.await
    }

    async fn prepare_call_hierarchy(
        &self,
        parameters: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        let at = parameters.text_document_position_params;
        self.ask(at.text_document.uri, move |view| features::calls::prepare(view, at.position)).await
    }

    async fn incoming_calls(
        &self,
        parameters: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        let item = parameters.item;
        let calls = self.analysis.ask(move |world| {
            world.synchronize();
            features::calls::incoming(world, &item)
        });
        calls.await
    }

    async fn outgoing_calls(
        &self,
        parameters: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        let item = parameters.item;
        let calls = self.analysis.ask(move |world| {
            world.synchronize();
            features::calls::outgoing(world, &item)
        });
        calls.await
    }
}
