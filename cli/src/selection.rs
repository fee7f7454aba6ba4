//! Names of rules on the command line: codes, families, and selene's lints under `lua/`.

use momentum_lua_analyzer::rules;
use momentum_lua_stubs::reader::database::nearest;
use smol_str::SmolStr;

use crate::problem::Problem;

/// The codes that `name` stands for: itself, or those of its family.
///
/// # Errors
/// The name is neither a rule nor a family; the problem offers near ones.
pub(crate) fn codes(name: &str) -> Result<Vec<SmolStr>, Problem> {
    let name = name.trim();
    if rules::find(name).is_some() {
        return Ok(vec![SmolStr::new(name)]);
    }
    if matches!(name, "lua" | "lua/") {
        return Ok(vec![SmolStr::new_static("lua/")]);
    }
    if name.starts_with("lua/") {
        return Ok(vec![SmolStr::new(name)]);
    }
    let family: Vec<SmolStr> = rules::ALL
        .iter()
        .filter(|entry| entry.family == name.trim_end_matches('/'))
        .map(|entry| SmolStr::new_static(entry.rule.code))
        .collect();
    if family.is_empty() { Err(unknown(name)) } else { Ok(family) }
}

/// The problem with a name that no rule has.
pub(crate) fn unknown(name: &str) -> Problem {
    let names = rules::ALL.iter().flat_map(|entry| [entry.rule.code, entry.family]);
    let problem = Problem::new(format!("there is no rule `{name}`"));
    match nearest(name, names).as_slice() {
        [] => problem.help("`momentum-lua rules` lists them"),
        near => problem.near(near),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_families_and_lints_are_known() {
        assert_eq!(codes("syntax").unwrap(), ["syntax"]);
        assert_eq!(codes("lua").unwrap(), ["lua/"]);
        assert_eq!(codes("lua/unused_variable").unwrap(), ["lua/unused_variable"]);
        let family = rules::ALL.first().unwrap().family;
        assert!(!codes(family).unwrap().is_empty());
        assert!(codes("sintax").is_err());
    }
}
