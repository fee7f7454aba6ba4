//! Macros in a text: `%{namespace:macro}`.

use std::ops::Range;

/// A macro that is written with braces.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WrittenMacro<'a> {
    /// All of it.
    pub(super) range: Range<usize>,
    /// What stands before the `:`, and where; `None` without one.
    pub(super) namespace: Option<(&'a str, Range<usize>)>,
    /// What stands behind it, up to the first comma, and where.
    pub(super) name: (&'a str, Range<usize>),
}

/// The macros of a text, and where a macro begins that does not end.
pub(super) fn read(text: &str) -> (Vec<WrittenMacro<'_>>, Option<Range<usize>>) {
    let mut macros = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find("%{")).map(|found| at + found) {
        let inside = start + 2;
        let Some(length) = text.get(inside..).and_then(|rest| rest.find('}')) else {
            return (macros, Some(start..text.len()));
        };
        let end = inside + length;
        let content = text.get(inside..end).unwrap_or_default();
        let (namespace, name_start) = match content.split_once(':') {
            Some((namespace, _)) => {
                (Some((namespace, inside..inside + namespace.len())), inside + namespace.len() + 1)
            }
            None => (None, inside),
        };
        let name = text.get(name_start..end).unwrap_or_default();
        let name = name.split(',').next().unwrap_or_default();
        macros.push(WrittenMacro {
            range: start..end + 1,
            namespace,
            name: (name, name_start..name_start + name.len()),
        });
        at = end + 1;
    }
    (macros, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macros_have_a_namespace_and_a_name() {
        let (macros, open) = read("é%{vctx_conn:a} %m %{rfc2822:body,3}%{x}%{spfv1:d");
        let names: Vec<_> =
            macros.iter().map(|found| (found.namespace.as_ref().map(|(name, _)| *name), found.name.0)).collect();
        assert_eq!(names, [(Some("vctx_conn"), "a"), (Some("rfc2822"), "body"), (None, "x")]);
        assert_eq!(macros[0].range, 2..15);
        assert_eq!(open, Some(40..49));
    }
}
