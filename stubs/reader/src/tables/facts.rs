//! Keys that entries of all tables share.

use serde::Deserialize;
use toml::Spanned;

/// Description, versions, page. Tables flatten it by hand: serde's `flatten` loses positions and unknown keys.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Facts {
    pub(super) doc: String,
    pub(super) since: Option<Spanned<String>>,
    pub(super) until: Option<Spanned<String>>,
    pub(super) correction: Option<String>,
    pub(super) page: Option<String>,
}

/// Declares the structs of a table's file with the shared keys added to each.
macro_rules! entries {
    ($($(#[$meta:meta])* struct $name:ident { $($(#[$field_meta:meta])* $field:ident: $ty:ty,)* })*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, serde::Deserialize)]
            #[serde(deny_unknown_fields)]
            pub(super) struct $name {
                $($(#[$field_meta])* $field: $ty,)*
                #[serde(default)]
                doc: String,
                since: Option<toml::Spanned<String>>,
                until: Option<toml::Spanned<String>>,
                correction: Option<String>,
                page: Option<String>,
            }

            impl $name {
                #[allow(dead_code, reason = "not every entry of every table has a description of its own")]
                fn facts(&self) -> $crate::tables::facts::Facts {
                    $crate::tables::facts::Facts {
                        doc: self.doc.clone(),
                        since: self.since.clone(),
                        until: self.until.clone(),
                        correction: self.correction.clone(),
                        page: self.page.clone(),
                    }
                }
            }
        )*
    };
}

pub(super) use entries;
