//! Names of rules on the command line: codes and families.

use momentum_lua_analyzer::rules;
use momentum_lua_stubs::reader::database::nearest;
use smol_str::SmolStr;

use crate::problem::Problem;

/// The codes that `name` stands for: itself, or those of its family, but for those that are off by default.
///
/// # Errors
/// The name is neither a rule nor a family; the problem offers near ones.
pub(crate) fn codes(name: &str) -> Result<Vec<SmolStr>, Problem> {
    let name = name.trim();
    if rules::find(name).is_some() {
        return Ok(vec![SmolStr::new(name)]);
    }
    let family: Vec<SmolStr> = rules::ALL
        .iter()
        .filter(|entry| entry.family == name.trim_end_matches('/') && entry.on_by_default())
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
        let general = codes("lua").unwrap();
        assert!(general.contains(&"lua/must_use".into()) && !general.contains(&"lua/shadowing".into()));
        assert_eq!(codes("lua/").unwrap(), general);
        assert_eq!(codes("lua/shadowing").unwrap(), ["lua/shadowing"]);
        assert!(codes("lua/unused_variables").is_err());
        assert_eq!(codes("lua/unused_variable").unwrap(), ["lua/unused_variable"]);
        let family = rules::ALL.first().unwrap().family;
        assert!(!codes(family).unwrap().is_empty());
        assert!(codes("sintax").is_err());
    }
}
