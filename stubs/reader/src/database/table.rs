//! Lists of entries that are decoded one by one, when they are first asked for.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

/// A list of entries.
#[derive(Debug)]
pub(super) enum Table<T> {
    /// Read at run time.
    Owned(Vec<T>),
    /// In the embedded table.
    Encoded(Encoded, Box<[Cell<T>]>),
}

/// An entry, or what shows that its bytes could not be decoded.
type Cell<T> = OnceLock<Option<Box<T>>>;

/// Entries as bytes: each in postcard's form, one after another.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Encoded {
    /// Little-endian `u32` for every entry: where it ends.
    ends: &'static [u8],
    bytes: &'static [u8],
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table::Owned(Vec::new())
    }
}

impl<T> Table<T> {
    pub(super) fn len(&self) -> usize {
        match self {
            Table::Owned(entries) => entries.len(),
            Table::Encoded(_, cells) => cells.len(),
        }
    }
}

impl<T: Deserialize<'static>> Table<T> {
    pub(super) fn encoded(encoded: Encoded) -> Self {
        let cells = (0..encoded.ends.len() / 4).map(|_| OnceLock::new()).collect();
        Table::Encoded(encoded, cells)
    }

    pub(super) fn get(&self, position: u32) -> Option<&T> {
        let position = position as usize;
        match self {
            Table::Owned(entries) => entries.get(position),
            Table::Encoded(encoded, cells) => {
                cells.get(position)?.get_or_init(|| encoded.decode(position).map(Box::new)).as_deref()
            }
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        (0..self.len()).filter_map(|position| self.get(u32::try_from(position).ok()?))
    }
}

impl Encoded {
    fn end(self, position: usize) -> Option<usize> {
        let start = position.checked_mul(4)?;
        let bytes = self.ends.get(start..start + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
    }

    fn decode<T: Deserialize<'static>>(self, position: usize) -> Option<T> {
        let start = if position == 0 { 0 } else { self.end(position - 1)? };
        postcard::from_bytes(self.bytes.get(start..self.end(position)?)?).ok()
    }
}

/// Entries on their way into the embedded table.
#[derive(Debug, Default, Serialize)]
pub(super) struct Encoding {
    ends: Vec<u8>,
    bytes: Vec<u8>,
}

impl Encoding {
    /// # Errors
    /// When postcard cannot write an entry, or all of them exceed 4 GiB.
    pub(super) fn of<T: Serialize + Deserialize<'static>>(entries: &Table<T>) -> Result<Self, String> {
        let mut encoding = Self::default();
        for entry in entries.iter() {
            let bytes = postcard::to_stdvec(entry).map_err(|error| error.to_string())?;
            encoding.bytes.extend_from_slice(&bytes);
            let end = u32::try_from(encoding.bytes.len()).map_err(|error| error.to_string())?;
            encoding.ends.extend_from_slice(&end.to_le_bytes());
        }
        Ok(encoding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_was_encoded() {
        let written = Table::Owned(vec![String::from("a"), String::new(), String::from("third")]);
        let bytes: &'static [u8] = postcard::to_stdvec(&Encoding::of(&written).unwrap()).unwrap().leak();
        let read: Table<String> = Table::encoded(postcard::from_bytes(bytes).unwrap());
        assert_eq!(read.iter().collect::<Vec<_>>(), written.iter().collect::<Vec<_>>());
        assert_eq!(read.get(3), None);
    }

    #[test]
    fn bytes_that_make_no_sense_are_no_entry() {
        let ends: &'static [u8] = vec![9u8, 0, 0, 0].leak();
        let read: Table<String> = Table::encoded(Encoded { ends, bytes: b"\xff" });
        assert_eq!(read.get(0), None);
    }
}
