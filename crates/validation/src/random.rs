//! Chance that is the same on every machine and in every version: a plain function of a seed and some texts.
//!
//! The state begins as FNV-1a (64 bits) over the texts, each followed by the byte 0xFF, which no UTF-8 text holds, with
//! the seed added; what comes out is SplitMix64 (Steele, Lea and Flood, *Fast splittable pseudorandom number
//! generators*, OOPSLA 2014). Nothing here depends on the order in which names are treated, on threads or on a
//! dependency's version, so a name that stays on the list keeps its variants when others come and go.

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The stream of a seed and some texts.
    #[must_use]
    pub fn new(seed: u64, texts: &[&str]) -> Self {
        let byte = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME);
        let text = |hash: u64, text: &&str| text.as_bytes().iter().chain(&[0xFF]).fold(hash, byte);
        Self(texts.iter().fold(FNV_OFFSET, text).wrapping_add(seed))
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`; 0 where `n` is. The high half of a product: what it favours is less than one in 2^32.
    pub fn below(&mut self, n: usize) -> usize {
        ((self.number() >> 32).wrapping_mul(n as u64) >> 32) as usize
    }

    /// One of some things.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// Yes or no, at even odds.
    pub fn coin(&mut self) -> bool {
        self.below(2) == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reference values: SplitMix64 from the state 0, and FNV-1a of "a" (its published test vector, then 0xFF).
    #[test]
    fn the_published_algorithms() {
        let mut zero = Random(0);
        assert_eq!([zero.number(), zero.number()], [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4]);
        assert_eq!(Random::new(0, &[]).0, FNV_OFFSET);
        let a = 0xaf63_dc4c_8601_ec8c_u64;
        assert_eq!(Random::new(0, &["a"]).0, (a ^ 0xFF).wrapping_mul(FNV_PRIME));
        assert_eq!(Random::new(7, &["a"]).0, (a ^ 0xFF).wrapping_mul(FNV_PRIME).wrapping_add(7));
    }

    #[test]
    fn texts_are_kept_apart_and_picks_lie_within() {
        assert_ne!(Random::new(1, &["ab", "c"]).0, Random::new(1, &["a", "bc"]).0);
        let mut random = Random::new(1, &["x"]);
        let mut met = [0; 7];
        for _ in 0..7000 {
            met[random.below(7)] += 1;
        }
        assert!(met.iter().all(|n| (850..1150).contains(n)), "{met:?}");
        assert_eq!((random.below(0), random.pick::<u8>(&[])), (0, None));
    }
}
