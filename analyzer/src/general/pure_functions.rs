//! Functions that only compute a value: to call one and drop the result is to do nothing.

/// Their paths, by table; the first table is that of the globals. `math.random` is not among them: scripts drop its
/// first results on purpose. Nor is what may raise an error for a reason, like `assert`.
const PURE: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "getmetatable",
            "ipairs",
            "loadstring",
            "next",
            "pairs",
            "rawequal",
            "rawget",
            "select",
            "tonumber",
            "tostring",
            "type",
            "unpack",
        ],
    ),
    ("coroutine", &["create", "running", "status", "wrap"]),
    (
        "math",
        &[
            "abs", "acos", "asin", "atan", "atan2", "ceil", "cos", "cosh", "deg", "exp", "floor", "fmod",
            "frexp", "ldexp", "log", "log10", "max", "min", "mod", "modf", "pow", "rad", "sin", "sinh",
            "sqrt", "tan", "tanh",
        ],
    ),
    ("os", &["clock", "date", "difftime", "getenv", "time"]),
    (
        "string",
        &[
            "byte", "char", "dump", "find", "format", "gfind", "gmatch", "gsub", "len", "lower", "match",
            "rep", "reverse", "sub", "upper",
        ],
    ),
    ("table", &["concat", "getn", "maxn"]),
    ("msys", &["expandMacro", "parseRFC2822Addresses", "pcre_match", "type"]),
    ("msys.base64", &["decode", "encode"]),
    ("msys.idn", &["to_idn", "to_utf8"]),
    ("msys.pcre", &["match", "replace", "split"]),
    ("msys.qp", &["decode", "encode"]),
];

/// Whether the member of a table of the API is such a function; `owner` is empty for a global.
pub(crate) fn is_pure(owner: &str, member: &str) -> bool {
    PURE.iter().any(|(table, names)| *table == owner && names.contains(&member))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_functions_of_the_api() {
        for (table, names) in PURE {
            for name in *names {
                let path = if table.is_empty() { (*name).to_owned() } else { format!("{table}.{name}") };
                let function = momentum_lua_stubs::api().path(&path).and_then(|member| member.function());
                assert!(
                    function.is_some_and(|function| is_pure(&function.owner, &function.member)),
                    "{path}"
                );
            }
        }
        assert!(!is_pure("math", "random") && !is_pure("", "msys.pcre.match"));
    }
}
