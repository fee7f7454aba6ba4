//! The commands: their names, their arguments, and what each one does. `docs/lsp-extensions.md` describes them.

use std::path::Path;
use std::sync::Arc;

use momentum_lua_runtime::report::Detail;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::lsp_types::{
    ExecuteCommandParams, MessageActionItem, MessageType, Position, ShowDocumentParams, Url,
};

use super::plan::MADE_UP;
use super::report_file;
use super::result::{Ran, RunResult};
use super::runs::{Ended, Running, Runs};
use super::test::TestArguments;
use crate::analysis::Analysis;
use crate::client::Profile;
use crate::outgoing::Outgoing;
use crate::progress::Shown;
use crate::settings::ShowReport;

/// The version of arguments and results.
pub(super) const VERSION: u32 = 1;

/// Runs a script, a configuration or a session.
pub(crate) const RUN: &str = "momentum-lua.run";
/// Asks for the session first.
pub(crate) const RUN_WITH: &str = "momentum-lua.runWith";
/// Holds a session against what it expects.
pub(crate) const TEST: &str = "momentum-lua.test";
/// Lists the sessions for a script.
pub(crate) const SESSIONS: &str = "momentum-lua.sessions";
/// Opens the report of the last run.
pub(crate) const SHOW_REPORT: &str = "momentum-lua.showReport";
/// Forgets what runs left in the text.
pub(crate) const CLEAR_RESULTS: &str = "momentum-lua.clearResults";
/// Says where something is used.
pub(crate) const REFERENCES: &str = "momentum-lua.references";

/// The commands that the server executes.
pub(crate) const COMMANDS: [&str; 7] =
    [RUN, RUN_WITH, TEST, SESSIONS, SHOW_REPORT, CLEAR_RESULTS, REFERENCES];

/// What a run is asked for with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RunArguments {
    /// The version of this form.
    #[serde(default = "version")]
    pub(crate) version: u32,
    /// The script, the server configuration, or the session file.
    pub(crate) uri: Url,
    /// Only sessions that come to this callout or hook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) callout: Option<String>,
    /// The sessions; all that fit where it is absent, a made-up one where it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sessions: Option<Vec<Url>>,
    /// The policy, instead of the one that a session names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) policy: Option<Url>,
    /// When a session is stopped, instead of the settings' limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) timeout_ms: Option<u64>,
}

pub(super) fn version() -> u32 {
    VERSION
}

impl RunArguments {
    /// A run of all sessions that fit.
    pub(crate) fn of(uri: Url, callout: Option<String>) -> Self {
        Self { version: VERSION, uri, callout, sessions: None, policy: None, timeout_ms: None }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OfDocument {
    #[serde(default = "version")]
    version: u32,
    uri: Url,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct AtPosition {
    #[serde(default = "version")]
    version: u32,
    uri: Url,
    position: Position,
}

/// What commands need of the server.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) analysis: Arc<Analysis>,
    pub(crate) outgoing: Outgoing,
    pub(crate) profile: Profile,
    pub(crate) runs: Runs,
}

impl Context {
    /// Executes a command. What has an order in it is done before the returned future is polled for the second time.
    pub(crate) async fn execute(self, parameters: ExecuteCommandParams) -> Result<Option<Value>> {
        let token = parameters.work_done_progress_params.work_done_token;
        let arguments = parameters.arguments;
        match parameters.command.as_str() {
            RUN => {
                let arguments: RunArguments = read(arguments)?;
                known(arguments.version)?;
                let running = self.runs.begin(arguments.uri.clone(), token.clone());
                self.run(arguments, running, token.is_some()).await.map(Some)
            }
            RUN_WITH => {
                let mut arguments: RunArguments = read(arguments)?;
                known(arguments.version)?;
                let Some(sessions) = self.choose(&arguments).await? else { return Ok(None) };
                arguments.sessions = Some(sessions);
                let running = self.runs.begin(arguments.uri.clone(), token.clone());
                self.run(arguments, running, token.is_some()).await.map(Some)
            }
            TEST => {
                let arguments: TestArguments = read(arguments)?;
                known(arguments.version)?;
                let running = self.runs.begin(arguments.uri.clone(), token.clone());
                self.test(arguments, running, token.is_some()).await.map(Some)
            }
            SESSIONS => {
                let arguments: RunArguments = read(arguments)?;
                known(arguments.version)?;
                self.sessions(arguments).await.map(Some)
            }
            SHOW_REPORT => {
                let OfDocument { version, uri } = read(arguments)?;
                known(version)?;
                self.show_report(uri).await.map(Some)
            }
            CLEAR_RESULTS => {
                let document: Option<OfDocument> =
                    if arguments.is_empty() { None } else { Some(read(arguments)?) };
                known(document.as_ref().map_or(VERSION, |document| document.version))?;
                let uri = document.map(|document| document.uri);
                self.analysis.tell(move |world| {
                    world.results.forget(uri.as_ref());
                    world.forget_tests(uri.as_ref());
                    world.results_changed();
                });
                Ok(None)
            }
            REFERENCES => {
                let AtPosition { version, uri, position } = read(arguments)?;
                known(version)?;
                self.references(uri, position).await.map(Some)
            }
            other => Err(invalid(format!("there is no command `{other}`"))),
        }
    }

    async fn run(&self, arguments: RunArguments, running: Running, own_token: bool) -> Result<Value> {
        let asked = arguments.clone();
        let planned = self.analysis.ask(move |world| {
            world.synchronize();
            world.plan(&asked).map_err(invalid)
        });
        let plan = tokio::select! {
            biased;
            why = running.stopped() => return Err(ended(why)),
            plan = planned => plan?,
        };
        let begins = own_token || self.profile.progress;
        let progress = begins.then(|| {
            let title = match plan.runs.as_slice() {
                [one] => format!("Running {}", one.name),
                many => format!("Running {} sessions", many.len()),
            };
            Shown::begin_cancellable(&self.outgoing, running.token().clone(), &title, own_token)
        });
        let mut ran = Vec::new();
        for (number, run) in plan.runs.iter().enumerate() {
            if let Some(progress) = progress.as_ref().filter(|_| plan.runs.len() > 1) {
                progress.tell(&run.name, percent(number, plan.runs.len()));
            }
            let outcome = tokio::select! {
                biased;
                why = running.stopped() => return Err(ended(why)),
                outcome = run.child.run(&plan.unsaved) => outcome,
            };
            let (session, policy) = (run.child.session.clone(), run.child.policy.clone());
            ran.push(Ran { session, name: run.name.clone(), policy, outcome });
        }
        drop(progress);
        let folder = plan.runs.first().map(|run| run.child.folder.clone()).unwrap_or_default();
        let document = arguments.uri;
        let report = self.write_report(&document, &ran);
        let mut value = result(&document, &ran, report.as_ref());
        let failed = ran.iter().any(|ran| ran.outcome.is_err()) || has_problems(&ran);
        let (texts, inputs, uri) = (plan.texts, plan.inputs, document.clone());
        let kept = self.analysis.ask(move |world| {
            let here = world.here().clone();
            let absolute = move |file: &str| here.absolute(&folder.join(Path::new(file)));
            let result = RunResult::new(uri, ran, texts, inputs, &absolute);
            world.keep_result(result);
            Ok((
                world.settings.run.show_report,
                world.results.of_document(&document).is_some_and(RunResult::is_stale),
            ))
        });
        let (show, stale) = kept.await?;
        if let Some(object) = value.as_object_mut() {
            object.insert("stale".to_owned(), stale.into());
        }
        let wanted = show == ShowReport::Always || (show == ShowReport::OnFailure && failed);
        if let Some(report) = report.filter(|_| wanted && self.profile.shows_documents) {
            self.show(report);
        }
        for problem in
            value["runs"].as_array().into_iter().flatten().filter_map(|run| run["problem"].as_str())
        {
            self.outgoing.show(MessageType::ERROR, problem);
        }
        Ok(value)
    }

    /// Asks the user for a session. `None` where the user wants none.
    async fn choose(&self, arguments: &RunArguments) -> Result<Option<Vec<Url>>> {
        let asked = arguments.clone();
        let sessions = self.analysis.ask(move |world| {
            world.synchronize();
            let sessions = world.sessions_for(&asked.uri, asked.callout.as_deref());
            let named = sessions
                .into_iter()
                .filter_map(|(path, session)| Some((session.name.clone(), Url::from_file_path(path).ok()?)));
            Ok(named.collect::<Vec<_>>())
        });
        let sessions = sessions.await?;
        let names = sessions.iter().map(|(name, _)| name.clone()).chain([MADE_UP.to_owned()]);
        let items = names.map(|title| MessageActionItem { title, properties: Default::default() }).collect();
        let what = arguments.callout.as_deref().unwrap_or("the policy");
        let question = format!("Run {what} with which session?");
        let client = self.outgoing.client();
        let answer = client.show_message_request(MessageType::INFO, question, Some(items)).await?;
        Ok(answer.map(|answer| {
            sessions
                .into_iter()
                .filter(|(name, _)| *name == answer.title)
                .map(|(_, url)| url)
                .take(1)
                .collect()
        }))
    }

    async fn sessions(&self, arguments: RunArguments) -> Result<Value> {
        let listed = self.analysis.ask(move |world| {
            world.synchronize();
            let sessions = world.sessions_for(&arguments.uri, arguments.callout.as_deref());
            let listed = sessions.into_iter().filter_map(|(path, session)| {
                let policy = session.policy.as_ref().and_then(|policy| Url::from_file_path(policy).ok());
                Some(
                    json!({ "uri": Url::from_file_path(path).ok()?, "name": session.name, "policy": policy }),
                )
            });
            Ok(listed.collect::<Vec<_>>())
        });
        Ok(json!({ "version": VERSION, "sessions": listed.await? }))
    }

    async fn show_report(&self, uri: Url) -> Result<Value> {
        let text = self.analysis.ask(move |world| {
            let result = world.results.of_document(&uri);
            Ok(result.map(|result| (uri, report_text(&result.ran))))
        });
        let Some((uri, text)) = text.await? else {
            return Err(invalid("nothing was run for this document".to_owned()));
        };
        let report = self.written(&uri, &text);
        if let Some(report) = report.clone().filter(|_| self.profile.shows_documents) {
            self.show(report);
        }
        Ok(json!({ "version": VERSION, "report": report }))
    }

    async fn references(&self, uri: Url, position: Position) -> Result<Value> {
        let found = self.analysis.ask(move |world| {
            world.synchronize();
            let view = crate::view::View::of(world, &uri);
            Ok(view.map(|view| crate::features::code_lens::references(&view, position)).unwrap_or_default())
        });
        Ok(json!({ "version": VERSION, "locations": found.await? }))
    }

    fn write_report(&self, uri: &Url, ran: &[Ran]) -> Option<Url> {
        self.written(uri, &report_text(ran))
    }

    fn written(&self, uri: &Url, text: &str) -> Option<Url> {
        let name = uri.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or("run");
        match report_file::write(name, text) {
            Ok(path) => Url::from_file_path(path).ok(),
            Err(error) => {
                self.outgoing.log(MessageType::WARNING, format!("the report cannot be written: {error}"));
                None
            }
        }
    }

    fn show(&self, uri: Url) {
        let show =
            ShowDocumentParams { uri, external: Some(false), take_focus: Some(false), selection: None };
        self.outgoing.send(move |client| async move {
            let _ = client.show_document(show).await;
        });
    }
}

pub(super) fn read<T: DeserializeOwned>(arguments: Vec<Value>) -> Result<T> {
    let first = arguments.into_iter().next().unwrap_or(Value::Null);
    serde_json::from_value(first).map_err(|error| invalid(format!("the command's argument: {error}")))
}

pub(super) fn known(version: u32) -> Result<()> {
    match version {
        VERSION => Ok(()),
        other => Err(invalid(format!("version {other} of the arguments is not known, only {VERSION} is"))),
    }
}

pub(super) fn invalid(message: String) -> Error {
    Error { code: ErrorCode::InvalidParams, message: message.into(), data: None }
}

/// The protocol's `RequestCancelled`.
pub(super) fn ended(why: Ended) -> Error {
    let message = match why {
        Ended::Replaced => "a newer run of this document took its place",
        Ended::Cancelled => "the run was cancelled",
    };
    Error { code: ErrorCode::RequestCancelled, message: message.into(), data: None }
}

fn percent(done: usize, all: usize) -> u32 {
    u32::try_from(done * 100 / all.max(1)).unwrap_or(100)
}

fn has_problems(ran: &[Ran]) -> bool {
    let reports = ran.iter().filter_map(|ran| ran.outcome.as_ref().ok());
    let mut reports = reports;
    reports.any(|report| report.stopped.is_some() || !report.paniclog.is_empty())
}

fn result(document: &Url, ran: &[Ran], report: Option<&Url>) -> Value {
    let runs = ran.iter().map(|ran| {
        let session = ran.session.as_ref().and_then(|path| Url::from_file_path(path).ok());
        json!({
            "name": ran.name,
            "session": session,
            "policy": Url::from_file_path(&ran.policy).ok(),
            "report": ran.outcome.as_ref().ok(),
            "problem": ran.outcome.as_ref().err(),
        })
    });
    json!({ "version": VERSION, "uri": document, "runs": runs.collect::<Vec<_>>(), "reportUri": report })
}

/// The reports one behind the other, for people.
fn report_text(ran: &[Ran]) -> String {
    let texts = ran.iter().map(|ran| {
        let heading = if ran.session.is_some() { format!("== {} ==\n", ran.name) } else { String::new() };
        match &ran.outcome {
            Ok(report) => format!("{heading}{}", report.text(Detail::Callouts, false)),
            Err(problem) => format!("{heading}{problem}\n"),
        }
    });
    texts.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read_strictly() {
        let read = |value: Value| read::<RunArguments>(vec![value]);
        let arguments = read(json!({ "uri": "file:///a.lua", "sessions": [] })).unwrap();
        assert_eq!((arguments.version, arguments.sessions), (1, Some(Vec::new())));
        assert!(
            read(json!({ "uri": "file:///a.lua", "sesions": [] })).unwrap_err().message.contains("sesions")
        );
        assert!(known(2).unwrap_err().message.contains("version 2"));
        let error = super::read::<RunArguments>(Vec::new()).unwrap_err();
        assert_eq!(error.code, ErrorCode::InvalidParams);
    }
}
