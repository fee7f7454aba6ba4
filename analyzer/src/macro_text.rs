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
        let (end, is_closed, is_nested) = end_of(text, start);
        let inside = start + 2..if is_closed { end - 1 } else { end };
        let colon = text.get(inside.clone()).and_then(|inside| inside.find(':')).filter(|_| !is_nested);
        let namespace = colon.map(|at| inside.start..inside.start + at);
        let body = namespace.as_ref().map_or(inside.start, |namespace| namespace.end + 1)..inside.end;
        found.push(MacroUse { range: start..end, namespace, body, is_closed, is_nested });
        from = end;
    }
    found
}

/// Where a macro ends, whether it is closed, and whether it holds another one.
fn end_of(text: &str, start: usize) -> (usize, bool, bool) {
    let (mut depth, mut is_nested) = (1_usize, false);
    let mut bytes = text.bytes().enumerate().skip(start + 2).peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'%' if bytes.peek().is_some_and(|&(_, next)| next == b'{') => {
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
    use super::read;

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
}
