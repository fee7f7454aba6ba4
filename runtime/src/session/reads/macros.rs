//! What the macros of a text read: `msys.expandMacro`.

use momentum_lua_analyzer::macro_text;

/// Names by what they name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) headers: Vec<String>,
    pub(super) message_context: Vec<String>,
    pub(super) connection_context: Vec<String>,
}

/// Formats of the logs that have a name in braces.
const FORMATS: [&str; 3] = ["%h{", "%vctx_mess{", "%vctx_conn{"];

/// What the macros of a text name: `%{vctx_mess:customer}`, `%vctx_conn{zone}`, `%h{X-Job}`.
pub(super) fn names_in(text: &str) -> Named {
    let mut named = Named::default();
    let mut add = |kind: &str, name: &str| match kind {
        "vctx_mess" => named.message_context.push(name.to_owned()),
        "vctx_conn" => named.connection_context.push(name.to_owned()),
        "h" => named.headers.push(name.to_owned()),
        _ => {}
    };
    for found in macro_text::read(text) {
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
        if !found.is_closed {
            continue;
        }
        // What stands inside another macro is expanded before it.
        if found.is_nested {
            let inside = names_in(text.get(found.range.start + 2..found.range.end).unwrap_or_default());
            inside.headers.iter().for_each(|name| add("h", name));
            inside.message_context.iter().for_each(|name| add("vctx_mess", name));
            inside.connection_context.iter().for_each(|name| add("vctx_conn", name));
        } else if let Some(namespace) = found.namespace {
            add(part(namespace), part(found.body));
        }
    }
    for format in FORMATS {
        for (at, _) in text.match_indices(format) {
            let inside = text.get(at + format.len()..).and_then(|rest| rest.split_once('}'));
            if let Some((name, _)) = inside.filter(|(name, _)| !name.is_empty()) {
                add(format.trim_matches(['%', '{']), name);
            }
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::names_in;

    #[test]
    fn names_of_macros_and_of_formats_of_the_logs() {
        let named = names_in(
            "%{vctx_mess:customer} %{vctx_conn:zone} %h{X-Job} %vctx_mess{tier} %{rfc2822:body,2} %m",
        );
        assert_eq!(named.message_context, ["customer", "tier"]);
        assert_eq!(named.connection_context, ["zone"]);
        assert_eq!(named.headers, ["X-Job"]);
        assert_eq!(names_in("%{vctx_mess:%{vctx_conn:which}}").connection_context, ["which"]);
        assert_eq!(names_in("%h{open %{vctx_mess:open"), names_in("%{"));
    }
}
