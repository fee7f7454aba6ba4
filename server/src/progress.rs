//! Work-done progress of what takes long.

use tower_lsp::lsp_types::notification::Progress;
use tower_lsp::lsp_types::request::WorkDoneProgressCreate;
use tower_lsp::lsp_types::{
    NumberOrString, ProgressParams, ProgressParamsValue, WorkDoneProgress, WorkDoneProgressBegin,
    WorkDoneProgressCreateParams, WorkDoneProgressEnd,
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
        let shown = Self { outgoing: outgoing.clone(), token: token.clone() };
        let begin = WorkDoneProgress::Begin(WorkDoneProgressBegin {
            title: title.to_owned(),
            cancellable: Some(false),
            ..WorkDoneProgressBegin::default()
        });
        outgoing.send(move |client| async move {
            let create = WorkDoneProgressCreateParams { token: token.clone() };
            if client.send_request::<WorkDoneProgressCreate>(create).await.is_ok() {
                let value = ProgressParamsValue::WorkDone(begin);
                client.send_notification::<Progress>(ProgressParams { token, value }).await;
            }
        });
        shown
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
