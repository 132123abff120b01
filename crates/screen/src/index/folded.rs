//! What can be done for the words of a list, by their numbers folded to sixteen bits: small enough to be always at hand.
//!
//! Two numbers may be folded to one. What is said of it then is the more of the two, so that a bound stays a bound.

/// Stands where there is no number: nothing can be done for it.
pub(super) const NONE: u16 = u16::MAX;

/// Stands for numbers that are not told: nobody knows what can be done for them.
pub(super) const MANY: u16 = u16::MAX - 1;

const ALL: usize = 1 << 16;

/// The folded form of a number.
pub(super) fn fold(number: u32) -> u16 {
    (number % u32::from(MANY)) as u16
}

/// What can be done for words of a name together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    /// What is gained over leaving words of the query out, times [`super::UNIT`].
    pub(super) better: i64,
    /// The most that it is evidence of, in millibits.
    pub(super) bits: i32,
    /// For how many words.
    pub(super) words: usize,
}

impl Sum {
    /// What can be done for one word.
    pub(super) fn of(better: i64, bits: i32) -> Self {
        Self { better, bits, words: 1 }
    }

    /// Together with more; `None` if the numbers run out.
    pub(super) fn with(self, more: Self) -> Option<Self> {
        let better = self.better.checked_add(more.better)?;
        Some(Self { better, bits: self.bits.checked_add(more.bits)?, words: self.words + more.words })
    }
}

/// The most that can be done for each folded number.
#[derive(PartialEq, Eq)]
pub(super) struct Folded {
    /// Those for which anything can be done, a bit each.
    any: Box<[u64]>,
    /// For each of them gain and bits; gain is in the unit of [`Sum`], [`i32::MAX`] where it is more or is not known.
    most: Box<[(i32, i32)]>,
}

impl Default for Folded {
    fn default() -> Self {
        let mut none = Self { any: vec![0; ALL / 64].into(), most: vec![(0, 0); ALL].into() };
        none.any[usize::from(MANY / 64)] |= 1 << (MANY % 64);
        none.most[usize::from(MANY)] = (i32::MAX, 0);
        none
    }
}

impl Folded {
    /// So much can be done for a number, or more than can be told.
    pub(super) fn raise(&mut self, number: u32, sum: Option<Sum>) {
        let folded = usize::from(fold(number));
        self.any[folded / 64] |= 1 << (folded % 64);
        let (better, bits) =
            sum.map_or((i32::MAX, 0), |sum| (i32::try_from(sum.better).unwrap_or(i32::MAX), sum.bits));
        let most = &mut self.most[folded];
        *most = (most.0.max(better), most.1.max(bits));
    }

    /// Forgets a number.
    pub(super) fn remove(&mut self, number: u32) {
        let folded = usize::from(fold(number));
        self.any[folded / 64] &= !(1 << (folded % 64));
        self.most[folded] = (0, 0);
    }

    /// Whether anything may be done for a number.
    pub(super) fn may_hold(&self, number: u32) -> bool {
        self.holds(fold(number))
    }

    pub(super) fn holds(&self, folded: u16) -> bool {
        self.any[usize::from(folded / 64)] >> (folded % 64) & 1 == 1
    }

    /// The most that can be done for a folded number, if that is known.
    pub(super) fn sum(&self, folded: u16) -> Option<Sum> {
        let (better, bits) = self.most[usize::from(folded)];
        (better != i32::MAX).then(|| Sum::of(better.into(), bits))
    }
}
