//! Private keys that sign: RSA and Ed25519, in PEM or its bare base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::error::KeyRejected;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};

/// A private key.
#[derive(Debug)]
pub enum SigningKey {
    /// RSA.
    Rsa(Box<RsaKeyPair>),
    /// Ed25519 (RFC 8463).
    Ed25519(Ed25519KeyPair),
}

impl SigningKey {
    /// A key from a PEM file, or from what stands in one between BEGIN and END, with or without line ends.
    ///
    /// # Errors
    /// Why it is no key that can sign here.
    pub fn read(text: &[u8]) -> Result<Self, String> {
        let text = String::from_utf8_lossy(text).replace("\r\n", "\n");
        if text.contains("ENCRYPTED") {
            return Err("the key is encrypted".to_owned());
        }
        let inside = text.split_once("-----BEGIN").and_then(|(_, rest)| rest.split_once("-----\n"));
        let inside =
            inside.map_or(text.as_str(), |(_, rest)| rest.split("-----END").next().unwrap_or_default());
        let base64: String = inside.split_whitespace().collect();
        let der = STANDARD.decode(base64).map_err(|_| "the key is neither PEM nor base64".to_owned())?;
        if let Ok(key) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der) {
            return Ok(Self::Ed25519(key));
        }
        let key = match RsaKeyPair::from_pkcs8(&der) {
            // What stands in PKCS #8, or by itself (PKCS #1).
            Err(error) => RsaKeyPair::from_der(&der).map_err(|other| words(&error, &other)),
            Ok(key) => Ok(key),
        };
        key.map(|key| Self::Rsa(Box::new(key)))
    }

    /// The algorithm of its signatures, as DKIM names it.
    pub const fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa-sha256",
            Self::Ed25519(_) => "ed25519-sha256",
        }
    }

    /// Signs the SHA-256 hash of some bytes.
    ///
    /// # Errors
    /// When there is no signature.
    pub fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, String> {
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                let signed = key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), bytes, &mut signature);
                signed.map(|()| signature).map_err(|_| "the key does not sign".to_owned())
            }
            // RFC 8463 signs the hash, and not what was hashed.
            Self::Ed25519(key) => {
                let hash = ring::digest::digest(&ring::digest::SHA256, bytes);
                Ok(key.sign(hash.as_ref()).as_ref().to_vec())
            }
        }
    }
}

/// Why neither reading gave a key.
fn words(pkcs8: &KeyRejected, pkcs1: &KeyRejected) -> String {
    let reasons = [pkcs8.to_string(), pkcs1.to_string()];
    if reasons.iter().any(|reason| reason == "TooSmall") {
        return "a key of RSA has 2048 bits or more here".to_owned();
    }
    if reasons.iter().any(|reason| reason == "TooLarge") {
        return "a key of RSA has 4096 bits at most here".to_owned();
    }
    "this is no private key of RSA or Ed25519".to_owned()
}
