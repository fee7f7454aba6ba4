//! Texts with macros, as `msys.expandMacro` takes them: `%{namespace:macro,argument}`.
//!
//! <https://support.sparkpost.com/momentum/4/lua/ref-msys-expand-macro>

use std::ops::Range;

/// A macro in a text. Ranges are bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MacroUse {
    /// From `%{` to behind `}`; to the end of the text where the brace is not closed.
    pub range: Range<usize>,
    /// What stands before the first `:`, where there is one.
    pub namespace: Option<Range<usize>>,
    /// What stands behind the namespace: the macro's name, with its arguments.
    pub body: Range<usize>,
    /// The closing brace is there.
    pub is_closed: bool,
    /// Another macro stands inside, so that the parts are only known when it is expanded.
    pub is_nested: bool,
}

/// The macros in a text, in order. What stands inside another is not listed.
#[must_use]
pub fn read(text: &str) -> Vec<MacroUse> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find("%{")).map(|at| from + at) {
        let Some(one) = at(text.as_bytes(), start) else { break };
        from = one.range.end;
        found.push(one);
    }
    found
}

/// The macro that begins at a place of a text, which need not be UTF-8; none where no `%{` stands there.
#[must_use]
pub fn at(text: &[u8], start: usize) -> Option<MacroUse> {
    if !text.get(start..)?.starts_with(b"%{") {
        return None;
    }
    let (end, is_closed, is_nested) = end_of(text, start);
    let inside = start + 2..if is_closed { end - 1 } else { end };
    let colon = || text.get(inside.clone())?.iter().position(|byte| *byte == b':');
    let namespace = if is_nested { None } else { colon().map(|colon| inside.start..inside.start + colon) };
    let body = namespace.as_ref().map_or(inside.start, |namespace| namespace.end + 1)..inside.end;
    Some(MacroUse { range: start..end, namespace, body, is_closed, is_nested })
}

/// Where a macro ends, whether it is closed, and whether it holds another one.
fn end_of(text: &[u8], start: usize) -> (usize, bool, bool) {
    let (mut depth, mut is_nested) = (1_usize, false);
    let mut bytes = text.iter().enumerate().skip(start + 2).peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'%' if bytes.peek().is_some_and(|&(_, next)| *next == b'{') => {
                bytes.next();
                depth += 1;
                is_nested = true;
            }
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return (at + 1, true, is_nested);
                }
            }
            _ => {}
        }
    }
    (text.len(), false, is_nested)
}

#[cfg(test)]
mod tests {
    use super::{at, read};

    fn shown(text: &str) -> String {
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or("?").to_owned();
        let found = read(text).into_iter().map(|found| {
            let namespace = found.namespace.map_or_else(|| "-".to_owned(), &part);
            let marks = [(!found.is_closed, " open"), (found.is_nested, " nested")];
            let marks: String = marks.iter().filter(|mark| mark.0).map(|mark| mark.1).collect();
            format!("{namespace}|{}{marks}", part(found.body))
        });
        found.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn parts() {
        assert_eq!(
            shown("a %{vctx_conn:ehlo_string}, %{rfc2822:text,1,20}"),
            "vctx_conn|ehlo_string; rfc2822|text,1,20"
        );
        assert_eq!(shown("100 % { x } %"), "");
        assert_eq!(shown("%{name} %{a:b:c}"), "-|name; a|b:c");
        assert_eq!(shown("%{vctx_conn:ehlo"), "vctx_conn|ehlo open");
        assert_eq!(shown("%{vctx_mess:%{vctx_conn:x}} %{y}"), "-|vctx_mess:%{vctx_conn:x} nested; -|y");
        assert_eq!(shown("%{ü:ß}%{"), "ü|ß; -| open");
    }

    #[test]
    fn one_at_a_place() {
        let text = b"\xff%{a:b} %{c";
        assert_eq!(at(text, 1).map(|found| found.body), Some(5..6));
        assert_eq!(at(text, 0), None);
        assert_eq!(at(text, 8).map(|found| (found.range, found.is_closed)), Some((8..11, false)));
        assert_eq!(at(text, 99), None);
    }
}
