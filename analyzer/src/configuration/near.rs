//! Names that were probably meant.

/// The candidates that are nearly `name` or begin with it, nearest first, three at most. Case, and `-` for `_`, do not
/// count.
pub fn near_names<'n>(name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    let plain = |text: &str| text.to_lowercase().replace('_', "-");
    let wanted = plain(name);
    // One letter for another makes any name of two letters out of any other.
    let length = wanted.chars().count();
    let farthest = if length < 3 { 0 } else { (length / 3).min(4) };
    let distance = |candidate: &str| {
        let candidate = plain(candidate);
        let is_start = length >= 3 && candidate.starts_with(&wanted);
        let distance = strsim::damerau_levenshtein(&wanted, &candidate);
        if is_start { distance.min(farthest) } else { distance }
    };
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| (distance(candidate), candidate))
        .filter(|&(distance, _)| distance <= farthest)
        .collect();
    near.sort_unstable();
    let nearest = near.first().map_or(0, |&(distance, _)| distance);
    near.into_iter()
        .take_while(|&(distance, _)| distance <= nearest + 1)
        .map(|(_, candidate)| candidate)
        .take(3)
        .collect()
}

/// The question at the end of a message: `, did you mean \`a\` or \`b\`?`; empty where nothing is near.
pub fn did_you_mean<'n>(name: &str, candidates: impl IntoIterator<Item = &'n str>) -> String {
    let quoted: Vec<String> =
        near_names(name, candidates).iter().map(|candidate| format!("`{candidate}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => format!(", did you mean {last}?"),
        Some((last, others)) => format!(", did you mean {} or {last}?", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_offered_and_far_ones_are_not() {
        let rules = ["phase", "regex", "script-name-mismatch", "unknown-api", "unknown-callout"];
        assert_eq!(did_you_mean("phases", rules), ", did you mean `phase`?");
        assert_eq!(did_you_mean("Script_Name_Mismatch", rules), ", did you mean `script-name-mismatch`?");
        assert_eq!(did_you_mean("unknown-callouts", rules), ", did you mean `unknown-callout`?");
        assert_eq!(did_you_mean("abc", ["aac", "abd", "zzz"]), ", did you mean `aac` or `abd`?");
        assert_eq!(did_you_mean("m", ["a", "ab", "mess"]), "");
        assert_eq!(did_you_mean("AB", ["ab", "ac"]), ", did you mean `ab`?");
        assert_eq!(did_you_mean("unknown", rules), ", did you mean `unknown-api` or `unknown-callout`?");
        assert_eq!(did_you_mean("something", rules), "");
        assert_eq!(did_you_mean("", rules), "");
    }
}
