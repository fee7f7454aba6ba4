//! Values by block: the narrowest block that an address lies in counts.

use std::net::IpAddr;

use rustc_hash::FxHashMap;

use crate::network::{self, Block};

/// What a table says of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Its value; none in a table that has blocks alone.
    Value(Option<String>),
    /// It is taken out of a wider block.
    Excluded,
}

/// The blocks of a table. A later one replaces an earlier one.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// By family (its width) and number of bits: what the first bits say.
    by_bits: FxHashMap<(u32, u32), FxHashMap<u128, Found>>,
}

impl Blocks {
    pub(super) fn add(&mut self, block: Block, found: Found) {
        let width = network::width(block.base);
        self.by_bits.entry((width, block.bits)).or_default().insert(prefix(block.base, block.bits), found);
    }

    /// All addresses from one to another, as the fewest blocks.
    pub(super) fn add_range(&mut self, first: u32, last: u32, found: &Found) {
        let (mut at, end) = (u64::from(first), u64::from(last));
        while at <= end {
            let aligned = if at == 0 { 32 } else { at.trailing_zeros().min(32) };
            let mut size = aligned;
            while at + (1 << size) - 1 > end {
                size -= 1;
            }
            let base = u32::try_from(at).unwrap_or(u32::MAX);
            self.add(Block { base: IpAddr::from(base.to_be_bytes()), bits: 32 - size }, found.clone());
            at += 1 << size;
        }
    }

    pub(super) fn find(&self, address: IpAddr) -> Option<&Found> {
        let width = network::width(address);
        (0..=width).rev().find_map(|bits| self.by_bits.get(&(width, bits))?.get(&prefix(address, bits)))
    }

    pub(super) fn len(&self) -> usize {
        self.by_bits.values().map(FxHashMap::len).sum()
    }

    /// Bytes that it takes, roughly.
    pub(super) fn size(&self) -> usize {
        let of = |found: &Found| match found {
            Found::Value(Some(value)) => 64 + value.len(),
            _ => 64,
        };
        self.by_bits.values().flat_map(FxHashMap::values).map(of).sum()
    }
}

/// The first bits of an address.
fn prefix(address: IpAddr, bits: u32) -> u128 {
    network::number(address).checked_shr(network::width(address) - bits).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_become_blocks() {
        let mut blocks = Blocks::default();
        blocks.add_range(1, 6, &Found::Value(None));
        assert_eq!(blocks.len(), 4);
        let inside = |number: u32| blocks.find(IpAddr::from(number.to_be_bytes())).is_some();
        assert!(!inside(0) && (1..=6).all(inside) && !inside(7));
        let mut all = Blocks::default();
        all.add_range(0, u32::MAX, &Found::Excluded);
        assert_eq!((all.len(), all.find(IpAddr::from([255, 255, 255, 255]))), (1, Some(&Found::Excluded)));
        let mut none = Blocks::default();
        none.add_range(9, 8, &Found::Excluded);
        assert_eq!(none.len(), 0);
    }

    #[test]
    fn the_narrowest_block_counts() {
        let mut blocks = Blocks::default();
        blocks.add("::/0".parse().unwrap(), Found::Value(Some("wide".to_owned())));
        blocks.add("2001:db8::1".parse().unwrap(), Found::Excluded);
        assert_eq!(blocks.find("2001:db8::1".parse().unwrap()), Some(&Found::Excluded));
        assert_eq!(blocks.find("::2".parse().unwrap()), Some(&Found::Value(Some("wide".to_owned()))));
        assert_eq!(blocks.find("1.2.3.4".parse().unwrap()), None);
    }
}
