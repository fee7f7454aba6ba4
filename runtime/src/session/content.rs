//! Bytes that stand in a session file or beside it.

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Reads what a session file names. Paths are as the session file has them: relative to its folder.
pub trait Files {
    /// The bytes of a file, or why it cannot be read.
    ///
    /// # Errors
    /// The system's reason, without the path.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;

    /// The files in a folder and below, with their paths relative to it, `/` between the parts.
    ///
    /// # Errors
    /// The system's reason, without the path.
    fn list(&self, folder: &str) -> Result<Vec<String>, String>;
}

/// There are no files: each one that a session names is a problem.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("there are no files here".to_owned())
    }

    fn list(&self, _: &str) -> Result<Vec<String>, String> {
        Err("there are no files here".to_owned())
    }
}

/// Bytes: written out, in base64, or in a file. At most one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Content {
    /// The text itself, in UTF-8.
    pub text: Option<String>,
    /// The bytes in base64 (line ends and blanks do not count).
    pub base64: Option<String>,
    /// A file with the bytes, relative to the folder of this file.
    pub file: Option<String>,
    /// The bytes, once they are read.
    #[serde(skip)]
    pub bytes: Bytes,
}

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes of a base64 text; blanks and line ends in it do not count.
pub(super) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let text: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    LENIENT.decode(text).ok()
}
