//! Names that are close to one that does not exist.

/// The candidates closest to `name`, best first, at most three: those within a third of its length in edits (at most
/// three, a swap of neighbours counted as one, upper and lower case as the same).
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let allowed = (name.chars().count() / 3).min(3);
    let lower = name.to_lowercase();
    let mut found: Vec<(usize, &str)> = Vec::new();
    for candidate in candidates {
        if candidate == name || candidate.len().abs_diff(name.len()) > allowed.saturating_mul(4).max(1) {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
        if distance <= allowed && !found.iter().any(|(_, seen)| *seen == candidate) {
            found.push((distance, candidate));
        }
    }
    found.sort();
    found.into_iter().take(3).map(|(_, candidate)| candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
