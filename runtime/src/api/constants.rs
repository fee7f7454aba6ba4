//! The values of constants.
//!
//! Where the documentation gives a number, that is it. Elsewhere it is ours: far from 0, 1 and anything that a script
//! may have counted or computed, and no two constants share one, so that a report can name it. Constants that scripts
//! join with `|` are single bits within their group.

use std::sync::OnceLock;

use momentum_lua_stub_reader::Api;
use momentum_lua_stub_reader::model::{Constant, ConstantValue, Text};
use rustc_hash::FxHashMap;

/// Groups whose constants are joined with `|`.
const FLAGS: &[&str] =
    &["open_flag", "sieve_capability", "envelope_field", "completion_mode", "opendkim.dkim.flag"];

/// The first number that is given to a constant without one.
const FIRST: i64 = 0x4d00_0000;

/// The first bit of a group of flags.
const FIRST_BIT: u32 = 12;

struct Numbers {
    values: FxHashMap<Text, i64>,
    names: FxHashMap<i64, Text>,
}

/// The value of a constant.
#[must_use]
pub fn value(constant: &Constant) -> ConstantValue {
    match &constant.value {
        Some(value) => value.clone(),
        None => ConstantValue::Integer(numbers().values.get(&constant.name).copied().unwrap_or(FIRST)),
    }
}

/// The name of the constant of a group that has a value, flags joined with ` | `; `None` where there is none.
#[must_use]
pub fn name_in(api: &Api, group: &str, number: i64) -> Option<String> {
    let constants: Vec<&Constant> = api.group(group).collect();
    let of = |constant: &Constant| match value(constant) {
        ConstantValue::Integer(value) => Some(value),
        _ => None,
    };
    if let Some(one) = constants.iter().find(|constant| of(constant) == Some(number)) {
        return Some(one.name.to_string());
    }
    let mut rest = number;
    let mut names = Vec::new();
    for constant in constants {
        if let Some(bits) = of(constant)
            && bits > 0
            && rest & bits == bits
        {
            rest &= !bits;
            names.push(constant.name.to_string());
        }
    }
    (rest == 0 && !names.is_empty()).then(|| names.join(" | "))
}

/// The name of the constant that a number of ours stands for, whatever its group; flags excepted.
#[must_use]
pub fn name_of(number: i64) -> Option<&'static str> {
    numbers().names.get(&number).map(Text::as_str)
}

/// Constants that scripts have read and no page lists: nil stands for them.
#[derive(Debug, Default)]
pub(super) struct Unlisted {
    names: Vec<String>,
}

impl Unlisted {
    pub(super) fn add(&mut self, name: String) {
        if !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    pub(super) fn names(&self) -> &[String] {
        &self.names
    }
}

/// Whether a name is written as constants are.
#[must_use]
pub(super) fn looks_like_one(name: &str) -> bool {
    name.len() > 1
        && name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Constants of a site's stubs are few and come with values; those of the embedded set are numbered once.
fn numbers() -> &'static Numbers {
    static NUMBERS: OnceLock<Numbers> = OnceLock::new();
    NUMBERS.get_or_init(|| {
        let mut numbers = Numbers { values: FxHashMap::default(), names: FxHashMap::default() };
        let mut bits: FxHashMap<&str, u32> = FxHashMap::default();
        let mut next = FIRST;
        let without = momentum_lua_stubs::database().constants().filter(|constant| constant.value.is_none());
        for constant in without {
            match constant.group.as_deref().filter(|group| FLAGS.contains(group)) {
                Some(group) => {
                    let bit = bits.entry(group).or_insert(FIRST_BIT);
                    numbers.values.insert(constant.name.clone(), 1i64 << *bit);
                    *bit += 1;
                }
                None => {
                    // Steps of 3 keep sums and neighbours from being constants themselves.
                    next += 3;
                    numbers.values.insert(constant.name.clone(), next);
                    numbers.names.insert(next, constant.name.clone());
                }
            }
        }
        numbers
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_distinct_and_named() {
        let api = momentum_lua_stubs::api();
        let mut seen: FxHashMap<i64, String> = FxHashMap::default();
        let mut count = 0;
        for constant in api.constants() {
            let ConstantValue::Integer(number) = value(constant) else { continue };
            if constant.value.is_some()
                || constant.group.as_deref().is_some_and(|group| FLAGS.contains(&group))
            {
                continue;
            }
            count += 1;
            assert!(number > 1000, "{} is {number}", constant.name);
            assert_eq!(seen.insert(number, constant.name.to_string()), None, "{}", constant.name);
            assert_eq!(name_of(number), Some(constant.name.as_str()));
        }
        assert!(count > 200, "{count}");
    }

    #[test]
    fn flags_are_bits_and_are_named_when_joined() {
        let api = momentum_lua_stubs::api();
        for group in FLAGS {
            let values: Vec<i64> = api
                .group(group)
                .filter_map(|constant| match value(constant) {
                    ConstantValue::Integer(value) => Some(value),
                    _ => None,
                })
                .collect();
            assert!(!values.is_empty(), "{group}");
            assert_eq!(values.iter().sum::<i64>(), values.iter().fold(0, |all, one| all | one), "{group}");
        }
        let of = |name: &str| match api.path(name) {
            Some(momentum_lua_stub_reader::database::Member::Constant(constant)) => match value(constant) {
                ConstantValue::Integer(value) => value,
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        };
        let joined = of("msys.core.O_RDWR") | of("msys.core.O_CREAT");
        let named = name_in(api, "open_flag", joined).unwrap();
        assert!(named.contains("O_RDWR") && named.contains("O_CREAT"), "{named}");
    }
}
