//! What a finding is recognized by after lines above it were added or removed.

use std::collections::HashMap;

use crate::finding::Finding;

/// A fingerprint per finding, in their order: of file, rule and message, and which one of several alike it is.
pub(super) fn fingerprints(findings: &[Finding]) -> Vec<String> {
    let mut seen: HashMap<u64, u64> = HashMap::new();
    let fingerprints = findings.iter().map(|finding| {
        let parts = [&*finding.source.path, &*finding.diagnostic.code, &*finding.diagnostic.message];
        let hash = parts.iter().fold(OFFSET, |hash, part| fnv(fnv(hash, part.as_bytes()), &[0]));
        let alike = seen.entry(hash).or_default();
        *alike += 1;
        format!("{:016x}", fnv(hash, &alike.to_le_bytes()))
    });
    fingerprints.collect()
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a: fingerprints are kept by other programs, so the function may never change.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{finding, source};
    use super::*;

    #[test]
    fn the_function_is_fnv_1a() {
        assert_eq!(fnv(OFFSET, b"a"), 0xaf63_dc4c_8601_ec8c);
    }

    #[test]
    fn lines_do_not_count_and_repetitions_differ() {
        let (before, after) = (source("a.lua", "x x"), source("a.lua", "\n\nx x"));
        let pair = |source| fingerprints(&[finding(source, "x", "m"), finding(source, "x", "m")]);
        assert_eq!(pair(&before), pair(&after));
        assert_ne!(pair(&before)[0], pair(&before)[1]);
    }
}
