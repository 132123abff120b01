//! Look-ups as they are kept while a log is read: 32 bytes each, and each key once.

use super::keys::Key;
use crate::intern::Interner;

/// Size of an answer that the log does not tell.
pub(crate) const NO_SIZE: u32 = u32::MAX;

/// What was seen around a look-up.
pub(crate) mod sign {
    /// The same client loaded a picture, style or script within a minute.
    pub(crate) const ASSET: u8 = 1;
    /// The page that it claims to come from was asked for by the same client.
    pub(crate) const PAGE: u8 = 2;
    /// It names a page that it comes from.
    pub(crate) const REFERRER: u8 = 4;
    /// That page is one of the site, or the look-up itself, and this client never asked for it.
    pub(crate) const UNVISITED: u8 = 8;
    /// The answer was to have no body (`HEAD`).
    pub(crate) const NO_BODY: u8 = 16;
}

/// A request for a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lookup {
    pub(crate) line: u64,
    /// Seconds since 1970.
    pub(crate) time: u32,
    pub(crate) key: u32,
    pub(crate) client: u32,
    pub(crate) size: u32,
    /// How many equal ones it stands for.
    pub(crate) count: u32,
    pub(crate) status: u16,
    pub(crate) signs: u8,
}

/// All look-ups. What the same client asked twice with the same answer becomes one, so that memory grows with the number of
/// different ids and clients and not with that of lines.
#[derive(Clone, Debug)]
pub(crate) struct Lookups {
    pub(crate) all: Vec<Lookup>,
    /// Four bytes for the endpoint, then the ids.
    keys: Interner,
    endpoints: Interner,
    compact_at: usize,
    room: Vec<u8>,
}

/// Look-ups that are kept before the first time that equal ones are joined: 32 MiB.
const FIRST: usize = 1 << 20;

impl Default for Lookups {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            keys: Interner::default(),
            endpoints: Interner::default(),
            compact_at: FIRST,
            room: Vec::new(),
        }
    }
}

impl Lookups {
    pub(crate) fn key(&mut self, key: &Key) -> u32 {
        let endpoint = self.endpoints.intern(&key.endpoint);
        self.room.clear();
        self.room.extend_from_slice(&endpoint.to_le_bytes());
        self.room.extend_from_slice(&key.ids);
        self.keys.intern(&self.room)
    }

    /// The ids of a key.
    pub(crate) fn ids(&self, key: u32) -> &[u8] {
        self.keys.get(key).get(4..).unwrap_or_default()
    }

    pub(crate) fn endpoint_of(&self, key: u32) -> u32 {
        let bytes = self.keys.get(key).first_chunk().copied().unwrap_or_default();
        u32::from_le_bytes(bytes)
    }

    pub(crate) fn endpoint(&self, endpoint: u32) -> String {
        self.endpoints.text(endpoint)
    }

    /// Adds one and says where it lies; `None`: equal ones were joined, and none lies where it was.
    pub(crate) fn push(&mut self, lookup: Lookup) -> Option<u32> {
        self.all.push(lookup);
        if self.all.len() < self.compact_at {
            return u32::try_from(self.all.len() - 1).ok();
        }
        self.compact();
        self.compact_at = (self.all.len() * 2).max(FIRST);
        None
    }

    /// No look-up comes any more: what finds keys by their text goes.
    pub(crate) fn seal(&mut self) {
        self.keys.seal();
    }

    fn compact(&mut self) {
        self.all.sort_unstable_by_key(|l| (l.client, l.key, l.status, l.size, l.time, l.line));
        self.all.dedup_by(|next, kept| {
            let same = (next.client, next.key, next.status, next.size)
                == (kept.client, kept.key, kept.status, kept.size);
            if same {
                kept.count = kept.count.saturating_add(next.count);
                kept.signs |= next.signs & !sign::NO_BODY;
            }
            same
        });
    }
}
