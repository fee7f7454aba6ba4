//! Blocks of addresses: `192.0.2.0/24`, `2001:db8::/32`.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// The addresses that begin with the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Block {
    /// An address in it.
    pub base: IpAddr,
    /// How many bits count.
    pub bits: u32,
}

impl Block {
    /// The block of one address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        Self { base: address, bits: width(address) }
    }

    /// Whether an address lies in it. One of the other family never does.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        if width(self.base) != width(address) {
            return false;
        }
        let shift = width(self.base) - self.bits;
        shift >= u128::BITS || number(self.base) >> shift == number(address) >> shift
    }
}

/// How many bits an address has.
#[must_use]
pub const fn width(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

/// An address as a number.
#[must_use]
pub fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// An address, or an address and the number of bits that count. IPv6 addresses may stand in brackets.
impl FromStr for Block {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let (base, bits) = match text.split_once('/') {
            Some((base, bits)) => (base, Some(bits)),
            None => (text, None),
        };
        let base = base.strip_prefix('[').and_then(|base| base.strip_suffix(']')).unwrap_or(base);
        let base: IpAddr = base.parse().map_err(drop)?;
        let bits = match bits {
            None => width(base),
            Some(bits) => bits.parse().ok().filter(|bits| *bits <= width(base)).ok_or(())?,
        };
        Ok(Self { base, bits })
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_contain_their_addresses() {
        let contains = |block: &str, address: &str| {
            block.parse::<Block>().is_ok_and(|block| block.contains(address.parse().unwrap()))
        };
        assert!(contains("10.20.0.0/16", "10.20.3.4"));
        assert!(contains("10.20.3.4", "10.20.3.4"));
        assert!(contains("0.0.0.0/0", "10.20.3.4"));
        assert!(contains("[2001:db8::]/32", "2001:db8:1::1"));
        assert!(contains("::/0", "::1"));
        assert!(!contains("10.21.0.0/16", "10.20.3.4"));
        assert!(!contains("::/0", "10.20.3.4"));
        assert!(!contains("10.20.0.0/99", "10.20.3.4"));
    }
}
