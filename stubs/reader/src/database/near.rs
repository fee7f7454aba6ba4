//! Names that are close to one that does not exist.

/// Words of a few letters that mean the opposite of each other: who writes the one does not mistype the other.
const OPPOSITES: &[(&str, &str)] = &[
    ("get", "set"),
    ("lock", "unlock"),
    ("encode", "decode"),
    ("encrypt", "decrypt"),
    ("inc", "dec"),
    ("min", "max"),
];

/// The candidates closest to `name`, best first, at most three: those within a third of its length in edits (at most
/// three, a swap of neighbours counted as one, upper and lower case as the same), but for those that mean the opposite.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let allowed = (name.chars().count() / 3).min(3);
    let lower = name.to_lowercase();
    let mut found: Vec<(usize, &str)> = Vec::new();
    for candidate in candidates {
        if candidate == name || candidate.len().abs_diff(name.len()) > allowed.saturating_mul(4).max(1) {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
        if distance <= allowed
            && !is_opposite(&lower, &candidate.to_lowercase())
            && !found.iter().any(|(_, seen)| *seen == candidate)
        {
            found.push((distance, candidate));
        }
    }
    found.sort();
    found.into_iter().take(3).map(|(_, candidate)| candidate).collect()
}

fn is_opposite(name: &str, other: &str) -> bool {
    OPPOSITES
        .iter()
        .any(|(one, opposite)| name.replace(one, opposite) == other || name.replace(opposite, one) == other)
        && name != other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opposite_is_not_near() {
        assert!(nearest("set_code", ["get_code"]).is_empty());
        assert!(nearest("unlock", ["lock"]).is_empty());
        assert!(nearest("decode", ["encode"]).is_empty());
        assert_eq!(nearest("set_cod", ["get_code", "set_code"]).first(), Some(&"set_code"));
    }

    #[test]
    fn near_names_come_best_first() {
        let names = ["validate_data", "validate_data_spool", "validate_ehlo", "init"];
        assert_eq!(nearest("validate_dta", names), ["validate_data"]);
        assert_eq!(nearest("Validate_Data", names).first(), Some(&"validate_data"));
        assert_eq!(nearest("iint", names), ["init"]);
        assert!(nearest("completely_else", names).is_empty());
        assert!(nearest("", names).is_empty());
    }
}
