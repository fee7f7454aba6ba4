//! `textDocument/signatureHelp`.

use momentum_lua_analyzer::ide::signature::{self, Shown};
use momentum_lua_analyzer::syntax::Span;
use tower_lsp::lsp_types::{
    Documentation, MarkupKind, ParameterInformation, ParameterLabel, Position, SignatureHelp,
    SignatureHelpContext, SignatureInformation,
};

use crate::markup;
use crate::view::View;

/// The signatures of the call at a position.
pub(crate) fn signature_help(
    view: &View<'_>,
    position: Position,
    context: Option<&SignatureHelpContext>,
) -> Option<SignatureHelp> {
    let script = view.script()?;
    // What the user switched to stays, while the client shows it.
    let shown = context
        .filter(|context| context.is_retrigger)
        .and_then(|context| context.active_signature_help.as_ref());
    let before = shown.and_then(|help| help.active_signature).and_then(|active| usize::try_from(active).ok());
    let help = signature::signature_help(&script, view.offset(position), before)?;
    let format = Format::of(view);
    let active = help.signatures.get(help.active).and_then(active_parameter);
    let signatures = help.signatures.iter().map(|shown| format.signature(shown)).collect();
    Some(SignatureHelp {
        signatures,
        active_signature: u32::try_from(help.active).ok(),
        active_parameter: active,
    })
}

/// A place behind the last parameter marks none.
fn active_parameter(shown: &Shown) -> Option<u32> {
    u32::try_from(shown.active.unwrap_or(shown.parameters.len())).ok()
}

/// What the client can show.
struct Format {
    markdown: bool,
    offsets: bool,
    each_active: bool,
}

impl Format {
    fn of(view: &View<'_>) -> Self {
        let text = view.client().capabilities.text_document.as_ref();
        let information = text.and_then(|text| text.signature_help.as_ref()?.signature_information.as_ref());
        let formats = information.and_then(|information| information.documentation_format.as_ref());
        let parameters = information.and_then(|information| information.parameter_information.as_ref());
        Self {
            markdown: formats.is_none_or(|formats| formats.contains(&MarkupKind::Markdown)),
            offsets: parameters.and_then(|parameters| parameters.label_offset_support).unwrap_or(false),
            each_active: information
                .and_then(|information| information.active_parameter_support)
                .unwrap_or(false),
        }
    }

    fn signature(&self, shown: &Shown) -> SignatureInformation {
        let parameters = shown.parameters.iter().map(|parameter| ParameterInformation {
            label: self.label(&shown.label, parameter.span),
            documentation: self.documentation(&parameter.documentation),
        });
        SignatureInformation {
            label: shown.label.clone(),
            documentation: self.documentation(&shown.documentation),
            parameters: Some(parameters.collect()),
            active_parameter: active_parameter(shown).filter(|_| self.each_active),
        }
    }

    /// Offsets in labels count UTF-16, whatever positions count.
    fn label(&self, label: &str, span: Span) -> ParameterLabel {
        let text = span.text(label);
        if !self.offsets {
            return ParameterLabel::Simple(text.to_owned());
        }
        let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
        let start = units(label.get(..span.start as usize).unwrap_or_default());
        ParameterLabel::LabelOffsets([start, start + units(text)])
    }

    fn documentation(&self, text: &str) -> Option<Documentation> {
        (!text.is_empty())
            .then(|| Documentation::MarkupContent(markup::content(text.to_owned(), self.markdown)))
    }
}
