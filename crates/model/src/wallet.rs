//! Digital currency addresses: the forms whose checksum we can check.

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Bech32m};
use sha3::{Digest, Keccak256};

use crate::CheckDigits;

/// Human-readable parts of bech32 addresses: Bitcoin, its test network, Litecoin.
const BECH32_PARTS: [&str; 3] = ["bc", "tb", "ltc"];

/// Whether case has no meaning in an address: hexadecimal (EIP-55 uses it for a checksum only) and bech32 (BIP-173).
pub(crate) fn is_caseless(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    is_hexadecimal(&lower) || BECH32_PARTS.iter().any(|part| lower.starts_with(&format!("{part}1")))
}

fn is_hexadecimal(lower: &str) -> bool {
    lower
        .strip_prefix("0x")
        .is_some_and(|digits| digits.len() == 40 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Checks the checksum of an address, where its form has one that we know: EIP-55 (mixed case only), bech32 and
/// bech32m, base58check of the currencies whose addresses begin with a version byte of Bitcoin's kind.
pub(crate) fn check(address: &str) -> CheckDigits {
    let address = address.trim();
    let fits = if is_hexadecimal(&address.to_ascii_lowercase()) {
        let digits = &address[2..];
        let one_case = !digits.bytes().any(|b| b.is_ascii_uppercase())
            || !digits.bytes().any(|b| b.is_ascii_lowercase());
        if one_case {
            return CheckDigits::None;
        }
        eip55(digits) == digits
    } else if is_caseless(address) {
        CheckedHrpstring::new::<Bech32>(address).is_ok() || CheckedHrpstring::new::<Bech32m>(address).is_ok()
    } else if (25..=36).contains(&address.len()) && address.bytes().all(|b| b.is_ascii_alphanumeric()) {
        // Ripple and others use alphabets of their own: a failure there says nothing.
        let known = address.starts_with(['1', '3', 'L', 'M', 'D', 'X', 't', 'T']);
        let fits = bs58::decode(address).with_check(None).into_vec().is_ok();
        if !fits && !known {
            return CheckDigits::None;
        }
        fits
    } else {
        return CheckDigits::None;
    };
    if fits { CheckDigits::Valid } else { CheckDigits::Wrong }
}

/// EIP-55: a letter is a capital where the same nibble of the Keccak-256 of the small digits is 8 or more.
fn eip55(digits: &str) -> String {
    let lower = digits.to_ascii_lowercase();
    let hash = Keccak256::digest(lower.as_bytes());
    let nibble = |i: usize| hash[i / 2] >> (4 * (1 - i % 2)) & 15;
    lower.char_indices().map(|(i, c)| if nibble(i) >= 8 { c.to_ascii_uppercase() } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums() {
        use CheckDigits::{None, Valid, Wrong};
        // Addresses of the standards' own examples (EIP-55, BIP-173, BIP-350) and the first Bitcoin address.
        let rows = [
            ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Valid),
            ("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Wrong),
            ("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", None),
            ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", Valid),
            ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", Valid),
            ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", Wrong),
            ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", Valid),
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Valid),
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", Wrong),
            ("not an address", None),
            ("", None),
        ];
        for (address, expected) in rows {
            assert_eq!(check(address), expected, "{address}");
        }
    }
}
