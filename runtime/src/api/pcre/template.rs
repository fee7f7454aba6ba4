//! The replacements of `pcre.replace`.

use super::Groups;
use super::replace::group;

/// Appends a replacement with its groups filled in: `$1`, `\1`, `${1}`, `${name}`, with any number of digits; `${}` is the
/// whole match. Whatever follows a backslash directly stands for itself if it is `$` or a backslash; a `$` or a
/// backslash before anything else is dropped.
pub(super) fn fill_in(
    template: &[u8],
    subject: &[u8],
    groups: &Groups,
    names: &[Option<String>],
    out: &mut Vec<u8>,
) {
    let mut at = 0;
    while let Some(byte) = template.get(at) {
        if !matches!(byte, b'$' | b'\\') {
            out.push(*byte);
            at += 1;
            continue;
        }
        if at > 0 && template.get(at - 1) == Some(&b'\\') {
            out.push(*byte);
            at += 1;
            continue;
        }
        let is_dollar = *byte == b'$';
        at += 1;
        let is_braced = is_dollar && template.get(at) == Some(&b'{');
        at += usize::from(is_braced);
        let rest = template.get(at..).unwrap_or_default();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = if digits > 0 {
            at += digits;
            // What else stands in the braces is text.
            at += usize::from(is_braced && template.get(at) == Some(&b'}'));
            rest.get(..digits).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok())
        } else if is_braced {
            let end = rest.iter().position(|byte| *byte == b'}');
            let name = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            at += name.len() + usize::from(end.is_some());
            if name.is_empty() { Some(0) } else { named(names, name).next() }
        } else {
            continue;
        };
        out.extend_from_slice(number.map_or(&[], |number| group(subject, groups, number)));
    }
}

/// The groups of a name.
pub(super) fn named(names: &[Option<String>], name: &[u8]) -> impl Iterator<Item = usize> {
    let is_it = move |one: &Option<String>| one.as_ref().is_some_and(|one| one.as_bytes() == name);
    names.iter().enumerate().filter(move |(_, one)| is_it(one)).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use crate::api::tested::state;

    #[test]
    fn groups_are_put_in_and_the_rest_is_dropped_or_stays() {
        let state = state();
        for (replacement, wanted) in [
            (r"$1-\1-${1}-${name}", "a-a-a-b"),
            (r"$0${}", "abab"),
            (r"$10", ""),
            (r"$x \n $", "x n "),
            (r"\\1", r"\1"),
            (r"\$1", "$1"),
            (r"$$1", "a"),
            (r"${nobody}|${1", "|a"),
            (r"${1x}", "ax}"),
        ] {
            let said: String = state.eval(&format!(
                "return require('pcre').replace('ab', '(a)(?P<name>b)', [==[{replacement}]==])"
            ));
            assert_eq!(said, wanted, "{replacement}");
        }
    }
}
