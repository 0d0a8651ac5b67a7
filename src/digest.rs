//! Short hashes that tell whether two values are the same.

use serde::{Deserialize, Serialize};
use std::fmt::{self, Debug, Write};

/// The first 128 bits of a BLAKE3 hash. Two values with the same digest are the same for all practical purposes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Digest(u128);

impl Digest {
    /// That of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = Hasher::default();
        hasher.raw(bytes);
        hasher.digest()
    }

    /// That of a value whose `Debug` output shows all of it.
    pub fn of_debug(value: &impl Debug) -> Self {
        let mut hasher = Hasher::default();
        // Writing to a hasher does not fail.
        let _ = write!(hasher, "{value:?}");
        hasher.digest()
    }

    /// Its bytes.
    pub fn to_bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    /// That of a yes or a no.
    pub fn of_bool(value: bool) -> Self {
        Digest(u128::from(value))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// Makes the digest of several values. Each is written with its length, so that no two lists of values are alike.
#[derive(Clone, Debug, Default)]
pub struct Hasher(blake3::Hasher);

impl Hasher {
    fn raw(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Adds some bytes.
    pub fn add(&mut self, bytes: &[u8]) -> &mut Self {
        self.raw(&(bytes.len() as u64).to_le_bytes());
        self.raw(bytes);
        self
    }

    /// Adds another digest.
    pub fn add_digest(&mut self, digest: Digest) -> &mut Self {
        self.raw(&digest.0.to_le_bytes());
        self
    }

    /// The digest of all that was added.
    pub fn digest(&self) -> Digest {
        let mut first = [0; 16];
        first.copy_from_slice(self.0.finalize().as_bytes().get(..16).unwrap_or(&[0; 16]));
        Digest(u128::from_le_bytes(first))
    }
}

impl Write for Hasher {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.raw(text.as_bytes());
        Ok(())
    }
}
