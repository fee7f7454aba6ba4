//! What the headers of a part say about its content.

use mail_parser::HeaderValue;
use mail_parser::parsers::MessageStream;

use super::headers::Headers;
use super::transfer::TransferEncoding;
use super::words::decode_words;

/// What Content-Type, Content-Disposition and Content-Transfer-Encoding say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContentType {
    /// `text/plain`, in lower case; `None` without a header, or where it makes no sense.
    pub mimetype: Option<String>,
    /// The charset, as it is written.
    pub charset: Option<String>,
    /// The boundary of a multipart.
    pub boundary: Option<String>,
    /// The transfer encoding, as it is written.
    pub encoding: Option<String>,
    /// `attachment`, `inline`, … in lower case.
    pub disposition: Option<String>,
    /// The file name, decoded: that of Content-Disposition before the `name` of Content-Type.
    pub filename: Option<String>,
}

impl ContentType {
    /// Reads the headers of a part.
    pub fn of(headers: &Headers) -> Self {
        let (mimetype, parameters) = read(headers, b"Content-Type");
        let (disposition, disposition_parameters) = read(headers, b"Content-Disposition");
        let find = |parameters: &[(String, String)], name: &str| {
            let named = |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
            parameters.iter().find(named).map(|(_, value)| value.clone())
        };
        let filename = find(&disposition_parameters, "filename")
            .or_else(|| find(&parameters, "name"))
            .map(|name| String::from_utf8_lossy(&decode_words(name.as_bytes())).into_owned());
        let encoding = headers
            .first(b"Content-Transfer-Encoding")
            .map(|field| String::from_utf8_lossy(field.folded_value()).trim().to_owned());
        Self {
            mimetype: mimetype.filter(|name| name.contains('/')),
            charset: find(&parameters, "charset"),
            boundary: find(&parameters, "boundary").filter(|boundary| !boundary.is_empty()),
            encoding,
            disposition,
            filename,
        }
    }

    /// The transfer encoding.
    pub fn transfer_encoding(&self) -> TransferEncoding {
        TransferEncoding::named(self.encoding.as_deref().unwrap_or_default().as_bytes())
    }

    /// Whether the content is text. A part that does not say what it is counts as `text/plain`.
    pub fn is_text(&self) -> bool {
        self.mimetype.as_deref().is_none_or(|name| name.starts_with("text/"))
    }

    /// Whether the content is other parts.
    pub fn is_multipart(&self) -> bool {
        self.mimetype.as_deref().is_some_and(|name| name.starts_with("multipart/"))
    }

    /// Whether the content is a message.
    pub fn is_message(&self) -> bool {
        self.mimetype.as_deref().is_some_and(|name| matches!(name, "message/rfc822" | "message/global"))
    }
}

fn read(headers: &Headers, name: &[u8]) -> (Option<String>, Vec<(String, String)>) {
    let Some(field) = headers.first(name) else { return (None, Vec::new()) };
    // The parser wants the line end that headers have.
    let mut line = field.folded_value().to_vec();
    line.extend_from_slice(b"\r\n");
    let HeaderValue::ContentType(parsed) = MessageStream::new(&line).parse_content_type() else {
        return (None, Vec::new());
    };
    let subtype = parsed.c_subtype.map(|subtype| format!("/{subtype}")).unwrap_or_default();
    let name = format!("{}{subtype}", parsed.c_type).to_ascii_lowercase();
    let parameters = parsed.attributes.unwrap_or_default().into_iter();
    let parameters = parameters.map(|attribute| (attribute.name.into_owned(), attribute.value.into_owned()));
    (Some(name), parameters.collect())
}
