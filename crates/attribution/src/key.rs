//! Personal data as salted hashes: equal where the data is, and of no use to who does not have the salt.

use std::fmt;

use sha2::{Digest, Sha256};

/// What is mixed into every hash. The caller makes it, anew for each case, and keeps it or forgets it.
#[derive(Clone)]
pub struct Salt(Box<[u8]>);

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(..)")
    }
}

impl Salt {
    /// A salt of these bytes: sixteen that nobody can guess are enough.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }

    /// The hash of some texts in their order: SHA-256 over the salt, what they are, and each text followed by a zero.
    pub(crate) fn key<'a>(&self, what: &'a str, texts: impl IntoIterator<Item = &'a str>) -> Key {
        let mut hash = Sha256::new();
        hash.update(self.0.len().to_le_bytes());
        hash.update(&self.0);
        for text in std::iter::once(what).chain(texts) {
            hash.update(text.as_bytes());
            hash.update([0]);
        }
        let mut key = [0; 16];
        key.copy_from_slice(&hash.finalize()[..16]);
        Key(key)
    }
}

/// A salted hash, cut to 128 bits. Shown as its first twelve digits: a name for somebody who is not to be named.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key([u8; 16]);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take(6).try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salt_kind_and_order_tell_keys_apart() {
        let salt = Salt::new(b"a");
        let key = salt.key("name", ["ada", "brook"]);
        assert_eq!(key, salt.key("name", ["ada", "brook"]));
        for other in [
            Salt::new(b"b").key("name", ["ada", "brook"]),
            salt.key("house", ["ada", "brook"]),
            salt.key("name", ["brook", "ada"]),
            salt.key("name", ["adabrook"]),
        ] {
            assert_ne!(key, other);
        }
        assert_eq!(key.to_string().len(), 12);
        assert_eq!(format!("{salt:?}"), "Salt(..)");
    }
}
