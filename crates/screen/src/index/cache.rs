//! What was worked out for query words, to be found again.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use names::{Token, same_word};
use rustc_hash::{FxHashMap, FxHasher};

/// Parts that threads lock apart from one another.
const PARTS: usize = 16;

/// What one part holds in one generation, in the unit of [`Weighed`].
const MOST: usize = (1 << 19) / PARTS;

/// A thing that takes room.
pub(super) trait Weighed {
    /// How much, in numbers of its lists.
    fn weight(&self) -> usize;
}

/// Things by word, of two generations: when the younger one is full the elder is forgotten. Words that come again stay,
/// memory is bounded whatever comes.
pub(super) struct Cache<T> {
    parts: [Mutex<Part<T>>; PARTS],
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self { parts: std::array::from_fn(|_| Mutex::default()) }
    }
}

struct Part<T> {
    young: FxHashMap<u64, (Arc<Token>, Arc<T>)>,
    old: FxHashMap<u64, (Arc<Token>, Arc<T>)>,
    weight: usize,
}

impl<T> Default for Part<T> {
    fn default() -> Self {
        Self { young: FxHashMap::default(), old: FxHashMap::default(), weight: 0 }
    }
}

impl<T: Weighed> Cache<T> {
    /// What belongs to a word, worked out if it is not known.
    pub(super) fn of(&self, token: &Arc<Token>, work_out: impl FnOnce() -> T) -> Arc<T> {
        let mut hasher = FxHasher::default();
        (token.key(), token.role, token.weight).hash(&mut hasher);
        let key = hasher.finish();
        let part = || self.parts[key as usize % PARTS].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = part().get(key, token) {
            return known;
        }
        // Without the lock: two threads may work out one word at a time, which is no harm.
        let new = Arc::new(work_out());
        part().put(key, Arc::clone(token), Arc::clone(&new));
        new
    }
}

impl<T: Weighed> Part<T> {
    fn get(&mut self, key: u64, token: &Token) -> Option<Arc<T>> {
        let known = |(word, _): &&(Arc<Token>, Arc<T>)| same_word(word, token);
        if let Some((_, there)) = self.young.get(&key).filter(known) {
            return Some(Arc::clone(there));
        }
        let (word, there) = self.old.get(&key).filter(known)?.clone();
        self.put(key, word, Arc::clone(&there));
        Some(there)
    }

    fn put(&mut self, key: u64, word: Arc<Token>, new: Arc<T>) {
        self.weight += new.weight();
        if self.weight > MOST {
            self.weight = new.weight();
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, (word, new));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Weighed for usize {
        fn weight(&self) -> usize {
            1000
        }
    }

    #[test]
    fn words_that_come_again_stay_and_others_go() {
        let token = |text: &str| Arc::clone(&names::parse(text, names::NameKind::Person).tokens[0]);
        let cache: Cache<usize> = Cache::default();
        let kept = token("kept");
        assert_eq!(*cache.of(&kept, || 7), 7);
        let mut worked_out = 0;
        for n in 0..20_000_usize {
            let name: String = format!("{n:05}").bytes().map(|b| char::from(b'a' + (b - b'0'))).collect();
            assert_eq!(*cache.of(&token(&name), || n), n);
            assert_eq!(
                *cache.of(&kept, || {
                    worked_out += 1;
                    7
                }),
                7
            );
        }
        assert_eq!(worked_out, 0);
        let held = |part: &Mutex<Part<usize>>| {
            let part = part.lock().unwrap();
            part.young.len() + part.old.len()
        };
        let held: usize = cache.parts.iter().map(held).sum();
        assert!(held <= 2 * PARTS * (MOST / 1000 + 1), "{held}");
    }
}
