//! Messages of the client, one method each: puts a job into the queue before anything is awaited, so that jobs stand in
//! the order of the messages.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use momentum_lua_workspace::paths::WorkingDirectory;
use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    ConfigurationItem, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult, FileSystemWatcher,
    FullDocumentDiagnosticReport, GlobPattern, Hover, HoverParams, InitializeParams, InitializeResult,
    InitializedParams, MessageType, Registration, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, ServerInfo, UnchangedDocumentDiagnosticReport, Url,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult,
    WorkspaceDocumentDiagnosticReport, WorkspaceFolder, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};
use tower_lsp::{Client, LanguageServer};

use crate::analysis::Analysis;
use crate::client::Profile;
use crate::outgoing::Outgoing;
use crate::settings::{EditorSettings, SECTION};
use crate::view::View;
use crate::world::World;
use crate::{capabilities, features};

/// Files whose changes on the disk count.
const WATCHED: [&str; 5] = ["**/*.lua", "**/*.conf", "**/momentum-lua.toml", "**/*.h", "**/*.session.toml"];

/// The protocol's side of the server.
#[derive(Debug)]
pub(crate) struct Backend {
    analysis: Arc<Analysis>,
    outgoing: Outgoing,
    profile: OnceLock<Profile>,
}

impl Backend {
    /// A server for one client.
    pub(crate) fn new(client: Client) -> Self {
        let outgoing = Outgoing::start(client);
        let here = WorkingDirectory::current().unwrap_or_else(|_| WorkingDirectory::root());
        let analysis = Arc::new(Analysis::start(World::new(outgoing.clone(), here)));
        Self { analysis, outgoing, profile: OnceLock::new() }
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

    fn watch_files(&self) {
        let watchers = WATCHED
            .map(|glob| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind: None });
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.to_vec() };
        let registration = Registration {
            id: "momentum-lua/files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        self.outgoing.send(move |client| async move {
            if let Err(error) = client.register_capability(vec![registration]).await {
                client.log_message(MessageType::WARNING, format!("files are not watched: {error}")).await;
            }
        });
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
            self.watch_files();
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
        self.analysis.tell(move |world| world.open(document.uri, document.version, document.text));
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
        let pulled = self.analysis.ask(|world| {
            world.synchronize();
            let pulled = world.pull_all();
            Ok(pulled
                .into_iter()
                .map(|(url, items, name)| {
                    let version = world.document(&url).map(|document| i64::from(document.version));
                    (url, items, name, version)
                })
                .collect::<Vec<_>>())
        });
        let items = pulled.await?.into_iter().map(|(uri, items, name, version)| {
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

    async fn hover(&self, parameters: HoverParams) -> Result<Option<Hover>> {
        let at = parameters.text_document_position_params;
        self.ask(at.text_document.uri, move |view| features::hover::hover(view, at.position)).await
    }
}
