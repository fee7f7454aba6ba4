//! A hash table from names to entries that can be written to disk and used as it lies there.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Names and what they stand for. Open addressing, filled to a half at most.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Index {
    /// Little-endian `u32`s, a power of two of them: number of the key that hashes there, from 1; 0 where none does.
    #[serde(deserialize_with = "borrowed")]
    slots: Cow<'static, [u8]>,
    /// Two little-endian `u32`s for every key: where its characters end, and its value.
    #[serde(deserialize_with = "borrowed")]
    entries: Cow<'static, [u8]>,
    /// The characters of all keys.
    #[serde(deserialize_with = "borrowed")]
    keys: Cow<'static, [u8]>,
}

fn borrowed<'de: 'static, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Cow<'static, [u8]>, D::Error> {
    <&'static [u8]>::deserialize(deserializer).map(Cow::Borrowed)
}

impl Index {
    /// Of a key that comes twice, the first holds.
    pub(super) fn new(keys: impl IntoIterator<Item = (String, u32)>) -> Self {
        let keys: Vec<(String, u32)> = keys.into_iter().collect();
        let mut slots = vec![0u32; (keys.len() * 2 + 1).next_power_of_two()];
        let (mut entries, mut characters): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
        let mut taken = rustc_hash::FxHashSet::default();
        let mut count = 0u32;
        for (key, value) in &keys {
            if !taken.insert(key.as_str()) {
                continue;
            }
            count += 1;
            characters.extend_from_slice(key.as_bytes());
            entries.extend_from_slice(&u32::try_from(characters.len()).unwrap_or(u32::MAX).to_le_bytes());
            entries.extend_from_slice(&value.to_le_bytes());
            let mask = slots.len() - 1;
            let mut place = hash(&[key]) as usize & mask;
            while slots.get(place).is_some_and(|slot| *slot != 0) {
                place = (place + 1) & mask;
            }
            if let Some(slot) = slots.get_mut(place) {
                *slot = count;
            }
        }
        let slots: Vec<u8> = slots.into_iter().flat_map(u32::to_le_bytes).collect();
        Self { slots: slots.into(), entries: entries.into(), keys: characters.into() }
    }

    /// The value of the key that the parts make when they are put together.
    pub(super) fn get(&self, parts: &[&str]) -> Option<u32> {
        let count = self.slots.len() / 4;
        let mask = count.checked_sub(1)?;
        let mut place = hash(parts) as usize & mask;
        for _ in 0..count {
            let number = word(&self.slots, place)?.checked_sub(1)? as usize;
            if is(self.key(number)?, parts) {
                return word(&self.entries, number * 2 + 1);
            }
            place = (place + 1) & mask;
        }
        None
    }

    /// All keys in the order in which they were given, with their values.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        (0..self.entries.len() / 8).filter_map(|number| {
            let key = std::str::from_utf8(self.key(number)?).ok()?;
            Some((key, word(&self.entries, number * 2 + 1)?))
        })
    }

    fn key(&self, number: usize) -> Option<&[u8]> {
        let start = if number == 0 { 0 } else { word(&self.entries, number * 2 - 2)? as usize };
        self.keys.get(start..word(&self.entries, number * 2)? as usize)
    }
}

fn word(bytes: &[u8], position: usize) -> Option<u32> {
    let start = position.checked_mul(4)?;
    Some(u32::from_le_bytes(bytes.get(start..start + 4)?.try_into().ok()?))
}

fn is(key: &[u8], parts: &[&str]) -> bool {
    let mut rest = key;
    for part in parts {
        match rest.strip_prefix(part.as_bytes()) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.is_empty()
}

/// FNV-1a: the same on every machine, since the table is made on one and read on another.
fn hash(parts: &[&str]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for part in parts {
        for byte in part.bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_key_and_nothing_else() {
        let index = Index::new((0..1000).map(|number| (format!("msys.name{number}"), number)));
        for number in 0..1000 {
            assert_eq!(index.get(&[&format!("msys.name{number}")]), Some(number));
            assert_eq!(index.get(&["msys", ".", &format!("name{number}")]), Some(number));
        }
        assert_eq!(index.get(&["msys.name1000"]), None);
        assert_eq!(index.get(&["msys.name1", "0", "00"]), None);
        assert_eq!(index.get(&[]), None);
        assert_eq!(index.iter().count(), 1000);
    }

    #[test]
    fn the_first_of_two_equal_keys_holds() {
        let index = Index::new([("a".to_owned(), 1), ("a".to_owned(), 2)]);
        assert_eq!(index.get(&["a"]), Some(1));
        assert_eq!(index.iter().count(), 1);
    }

    #[test]
    fn an_empty_index_answers() {
        assert_eq!(Index::default().get(&["a"]), None);
        assert_eq!(Index::new([]).get(&["a"]), None);
    }

    #[test]
    fn survives_being_written_and_read() {
        let written = Index::new([("one".to_owned(), 1), ("two".to_owned(), 2)]);
        let bytes: &'static [u8] = postcard::to_stdvec(&written).unwrap().leak();
        let read: Index = postcard::from_bytes(bytes).unwrap();
        assert_eq!(read.get(&["two"]), Some(2));
        assert_eq!(read.iter().collect::<Vec<_>>(), [("one", 1), ("two", 2)]);
    }
}
