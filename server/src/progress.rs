//! Work-done progress of what takes long.

use tower_lsp::lsp_types::notification::Progress;
use tower_lsp::lsp_types::request::WorkDoneProgressCreate;
use tower_lsp::lsp_types::{
    NumberOrString, ProgressParams, ProgressParamsValue, WorkDoneProgress, WorkDoneProgressBegin,
    WorkDoneProgressCreateParams, WorkDoneProgressEnd, WorkDoneProgressReport,
};

use crate::outgoing::Outgoing;

/// Shows progress while it lives.
#[derive(Debug)]
pub(crate) struct Shown {
    outgoing: Outgoing,
    token: NumberOrString,
}

impl Shown {
    /// Begins, under a token that is new to the client.
    pub(crate) fn begin(outgoing: &Outgoing, token: &str, title: &str) -> Self {
        let token = NumberOrString::String(token.to_owned());
        Self::start(outgoing, token, title, false, false)
    }

    /// The same of something that the user can cancel; `known` says that the token is the client's own.
    pub(crate) fn begin_cancellable(
        outgoing: &Outgoing,
        token: NumberOrString,
        title: &str,
        known: bool,
    ) -> Self {
        Self::start(outgoing, token, title, true, known)
    }

    fn start(
        outgoing: &Outgoing,
        token: NumberOrString,
        title: &str,
        cancellable: bool,
        known: bool,
    ) -> Self {
        let shown = Self { outgoing: outgoing.clone(), token: token.clone() };
        let begin = WorkDoneProgress::Begin(WorkDoneProgressBegin {
            title: title.to_owned(),
            cancellable: Some(cancellable),
            ..WorkDoneProgressBegin::default()
        });
        outgoing.send(move |client| async move {
            let create = WorkDoneProgressCreateParams { token: token.clone() };
            if known || client.send_request::<WorkDoneProgressCreate>(create).await.is_ok() {
                let value = ProgressParamsValue::WorkDone(begin);
                client.send_notification::<Progress>(ProgressParams { token, value }).await;
            }
        });
        shown
    }

    /// Says how far it is.
    pub(crate) fn tell(&self, message: &str, percentage: u32) {
        let report = WorkDoneProgress::Report(WorkDoneProgressReport {
            message: Some(message.to_owned()),
            percentage: Some(percentage),
            cancellable: None,
        });
        let (token, value) = (self.token.clone(), ProgressParamsValue::WorkDone(report));
        self.outgoing.send(move |client| async move {
            client.send_notification::<Progress>(ProgressParams { token, value }).await;
        });
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        let token = self.token.clone();
        let value = ProgressParamsValue::WorkDone(WorkDoneProgress::End(WorkDoneProgressEnd::default()));
        self.outgoing.send(move |client| async move {
            client.send_notification::<Progress>(ProgressParams { token, value }).await;
        });
    }
}
