//! Digital currency addresses: the chains that they tell, and the forms whose checksum we can check.

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Bech32m};
use sha3::{Digest, Keccak256};

use crate::CheckDigits;

/// A chain, as far as an address tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Chain {
    /// Bitcoin. What it split from it later (Bitcoin Cash, in its old form), and tokens that ride on it, share its
    /// addresses; so does Litecoin's old form that begins with 3.
    Bitcoin,
    /// Bitcoin Cash, in its own form.
    BitcoinCash,
    /// Bitcoin Gold.
    BitcoinGold,
    /// Litecoin.
    Litecoin,
    /// Dogecoin; Verge has addresses of the same form.
    Dogecoin,
    /// Dash.
    Dash,
    /// Zcash, transparent or shielded.
    Zcash,
    /// Ethereum and the chains with its addresses: Ethereum Classic, BNB Smart Chain, Arbitrum ...
    Ethereum,
    /// Tron.
    Tron,
    /// The XRP Ledger.
    Ripple,
    /// Monero.
    Monero,
    /// Solana.
    Solana,
}

impl Chain {
    /// What to call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bitcoin => "Bitcoin",
            Self::BitcoinCash => "Bitcoin Cash",
            Self::BitcoinGold => "Bitcoin Gold",
            Self::Litecoin => "Litecoin",
            Self::Dogecoin => "Dogecoin",
            Self::Dash => "Dash",
            Self::Zcash => "Zcash",
            Self::Ethereum => "Ethereum",
            Self::Tron => "Tron",
            Self::Ripple => "XRP Ledger",
            Self::Monero => "Monero",
            Self::Solana => "Solana",
        }
    }

    /// The chain of an address, by its form and version; `None` where its checksum is wrong, where the form is of no
    /// chain that we know, or of more than one, and for addresses of test networks and Lightning invoices.
    #[must_use]
    pub fn of(address: &str) -> Option<Self> {
        let address = address.trim();
        let verdict = check(address);
        if verdict == CheckDigits::Wrong {
            return None;
        }
        let lower = address.to_ascii_lowercase();
        if is_hexadecimal(&lower) {
            return Some(Self::Ethereum);
        }
        if verdict == CheckDigits::None {
            // Solana's are 32 bytes, which no address with a checksum is.
            let bytes =
                (43..=44).contains(&address.len()).then(|| bs58::decode(address).into_vec().ok())??;
            return (bytes.len() == 32).then_some(Self::Solana);
        }
        match lower.split_once('1') {
            Some(("bc", _)) => return Some(Self::Bitcoin),
            Some(("ltc", _)) => return Some(Self::Litecoin),
            Some(("zs", _)) => return Some(Self::Zcash),
            Some(("tb", _)) => return None,
            _ => {}
        }
        if cash_address(&lower).is_some() {
            return Some(Self::BitcoinCash);
        }
        if address.len() > 90 {
            return Some(Self::Monero);
        }
        if let Some(version) = version(address, bs58::Alphabet::BITCOIN) {
            return VERSIONS.iter().find(|(bytes, _)| *bytes == version).map(|(_, chain)| *chain);
        }
        Some(Self::Ripple)
    }
}

/// Version bytes of base58check addresses, from each chain's own parameters.
const VERSIONS: [(&[u8], Chain); 14] = [
    (&[0x00], Chain::Bitcoin),
    (&[0x05], Chain::Bitcoin),
    (&[0x30], Chain::Litecoin),
    (&[0x32], Chain::Litecoin),
    (&[0x1e], Chain::Dogecoin),
    (&[0x16], Chain::Dogecoin),
    (&[0x4c], Chain::Dash),
    (&[0x10], Chain::Dash),
    (&[0x26], Chain::BitcoinGold),
    (&[0x17], Chain::BitcoinGold),
    (&[0x41], Chain::Tron),
    (&[0x1c, 0xb8], Chain::Zcash),
    (&[0x1c, 0xbd], Chain::Zcash),
    (&[0x16, 0x9a], Chain::Zcash),
];

/// Human-readable parts of bech32 addresses: Bitcoin, its test network, Litecoin, Zcash's shielded ones.
const BECH32_PARTS: [&str; 4] = ["bc", "tb", "ltc", "zs"];

/// The spelling under which two spellings of an address are equal. Case is part of a base58 address, and has no meaning
/// in hexadecimal (EIP-55 uses it for a checksum only), bech32 (BIP-173) and Bitcoin Cash's form, whose prefix may be
/// left out.
pub(crate) fn key(address: &str) -> String {
    let lower = address.to_ascii_lowercase();
    if is_hexadecimal(&lower) || is_bech32(&lower) {
        return lower;
    }
    match cash_address(&lower) {
        Some(payload) => payload.to_owned(),
        None => address.to_owned(),
    }
}

fn is_bech32(lower: &str) -> bool {
    lower.split_once('1').is_some_and(|(part, _)| BECH32_PARTS.contains(&part))
}

fn is_hexadecimal(lower: &str) -> bool {
    lower
        .strip_prefix("0x")
        .is_some_and(|digits| digits.len() == 40 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// The bytes before the hash of 20 bytes in a base58check address, if its checksum fits.
fn version(address: &str, alphabet: &bs58::Alphabet) -> Option<Vec<u8>> {
    let mut bytes = bs58::decode(address).with_alphabet(alphabet).with_check(None).into_vec().ok()?;
    bytes.truncate(bytes.len().checked_sub(20)?);
    Some(bytes)
}

/// Checks the checksum of an address, where its form has one that we know: EIP-55 (mixed case only), bech32 and
/// bech32m, Monero's and Bitcoin Cash's, base58check of the currencies whose addresses begin with a version byte of
/// Bitcoin's kind, and the XRP Ledger's with its alphabet.
pub(crate) fn check(address: &str) -> CheckDigits {
    let address = address.trim();
    let lower = address.to_ascii_lowercase();
    let base58 = address.bytes().all(|b| b.is_ascii_alphanumeric());
    let fits = if is_hexadecimal(&lower) {
        let digits = &address[2..];
        let one_case = !digits.bytes().any(|b| b.is_ascii_uppercase())
            || !digits.bytes().any(|b| b.is_ascii_lowercase());
        if one_case {
            return CheckDigits::None;
        }
        eip55(digits) == digits
    } else if is_bech32(&lower) {
        CheckedHrpstring::new::<Bech32>(address).is_ok() || CheckedHrpstring::new::<Bech32m>(address).is_ok()
    } else if lower.starts_with(CASH_PREFIX) || cash_address(&lower).is_some() {
        cash_address(&lower).is_some()
    } else if matches!(address.len(), 95 | 106) && base58 && address.starts_with(['4', '8']) {
        monero_fits(address)
    } else if (25..=36).contains(&address.len()) && base58 {
        // Others use alphabets of their own: a failure there says nothing.
        let known = address.starts_with(['1', '3', 'L', 'M', 'D', 'X', 't', 'T']);
        let ripple = || {
            address.starts_with('r')
                && version(address, bs58::Alphabet::RIPPLE).is_some_and(|version| version == [0])
        };
        let fits = bs58::decode(address).with_check(None).into_vec().is_ok() || ripple();
        if !fits && !known {
            return CheckDigits::None;
        }
        fits
    } else {
        return CheckDigits::None;
    };
    if fits { CheckDigits::Valid } else { CheckDigits::Wrong }
}

const CASH_PREFIX: &str = "bitcoincash:";

/// Bitcoin Cash's own form in small letters, without its prefix, if its checksum fits. The checksum is over 40 bits of
/// letters that bech32 uses too; it takes the prefix in, written or not.
fn cash_address(lower: &str) -> Option<&str> {
    const LETTERS: &str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    const GENERATORS: [u64; 5] =
        [0x98_f2bc_8e61, 0x79_b76d_99e2, 0xf3_3e5f_b3c4, 0xae_2eab_e2a8, 0x1e_4f43_e470];
    let payload = lower.strip_prefix(CASH_PREFIX).unwrap_or(lower);
    // A version, a hash of 20 bytes, a checksum; longer hashes are defined, and not in use.
    if payload.len() != 42 || !payload.starts_with(['q', 'p']) {
        return None;
    }
    let mut rest = 1_u64;
    let prefix = CASH_PREFIX.bytes().map(|b| Some(if b == b':' { 0 } else { usize::from(b & 31) }));
    for value in prefix.chain(payload.chars().map(|c| LETTERS.find(c))) {
        let top = rest >> 35;
        rest = ((rest & 0x07_ffff_ffff) << 5) ^ value? as u64;
        rest = (0..5).filter(|bit| top >> bit & 1 == 1).fold(rest, |rest, bit| rest ^ GENERATORS[bit]);
    }
    (rest == 1).then_some(payload)
}

/// Monero writes eight bytes as eleven letters of Bitcoin's base58, and what is left as fewer; the last four bytes are
/// the first of the Keccak-256 of the others. The first is 18, or 42 for a subaddress, or 19 with a payment id.
fn monero_fits(address: &str) -> bool {
    const LETTERS: &str = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let mut bytes: Vec<u8> = Vec::new();
    for block in address.as_bytes().chunks(11) {
        let value = block
            .iter()
            .try_fold(0_u128, |value, letter| Some(value * 58 + LETTERS.find(char::from(*letter))? as u128));
        // As many whole bytes as the letters can hold: 11 hold 8, 7 hold 5.
        let held = block.len() * 8 / 11;
        match value {
            Some(value) if value >> (8 * held) == 0 => bytes.extend(&value.to_be_bytes()[16 - held..]),
            _ => return false,
        }
    }
    let Some((content, checksum)) = bytes.split_last_chunk::<4>() else { return false };
    [18, 19, 42].contains(&content[0]) && Keccak256::digest(content)[..4] == *checksum
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
    use proptest::prelude::*;

    use super::*;

    const MONERO: &str =
        "49HqitRzdnhYjgTEAhgGpCfsjdTeMbUTU6cyR4JV1R7k2Eej9rGT8JpFiYDa4tZM6RZiFrHmMzgSrhHEqpDYKBe5B2ufNsL";

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
            // The example of Bitcoin Cash's specification, the XRP Ledger's first account, addresses that OFAC publishes.
            ("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", Valid),
            ("QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A", Valid),
            ("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6b", Wrong),
            (MONERO, Valid),
            (&MONERO.replace("FiYD", "FiYE"), Wrong),
            ("TMStbg5fgb4uTV7fK1gEYF9hKAzP3siPsG", Valid),
            ("TMStbg5fgb4uTV7fK1gEYF9hKAzP3siPsH", Wrong),
            ("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", Valid),
            ("not an address", None),
            ("", None),
        ];
        for (address, expected) in rows {
            assert_eq!(check(address), expected, "{address}");
        }
    }

    #[test]
    fn chains() {
        let rows = [
            ("12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", "Bitcoin"),
            ("3E6ZCKRrsdPc35chA9Eftp1h3DLW18NFNV", "Bitcoin"),
            ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "Bitcoin"),
            ("LaizKtS5DUhPuP1nTQcc83MS7HwK6vk85z", "Litecoin"),
            ("DFFJhnQNZf8rf67tYnesPu7MuGUpYtzv7Z", "Dogecoin"),
            ("XnPFsRWTaSgiVauosEwQ6dEitGYXgwznz2", "Dash"),
            ("GPwg61XoHqQPNmAucFACuQ5H9sGCDv9TpS", "Bitcoin Gold"),
            ("t1g7wowvQ8gn2v8jrU1biyJ26sieNqNsBJy", "Zcash"),
            ("qpf2cphc5dkuclkqur7lhj2yuqq9pk3hmukle77vhq", "Bitcoin Cash"),
            ("TX5GV4DyfxNB3rPkzZJhmqZ1efVmL4rEqG", "Tron"),
            ("0xfec8a60023265364d066a1212fde3930f6ae8da7", "Ethereum"),
            ("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", "XRP Ledger"),
            (MONERO, "Monero"),
            ("So11111111111111111111111111111111111111112", "Solana"),
            // A wrong checksum, a test network, an invoice, a payment id.
            ("12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9i", ""),
            ("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", ""),
            ("lntb20m1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypq", ""),
            ("5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320", ""),
            ("", ""),
        ];
        for (address, chain) in rows {
            assert_eq!(Chain::of(address).map_or("", Chain::name), chain, "{address}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_an_address_or_not(text in "(bc1|0x|4|8|r|bitcoincash:|q)?[1-9A-Za-z]{0,106}|\\PC{0,50}") {
            let _ = Chain::of(&text);
            let key = key(&text);
            prop_assert_eq!(super::key(&key), key);
        }
    }
}
