//! Look-ups as they are kept while a log is read: 32 bytes each, and each key once; or on disk.

use std::cmp::Ordering;
use std::io::{self, Read, Write};

use itertools::Itertools;
use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::keys::Key;
use crate::intern::Interner;
use crate::spill::{Room, Row, Runs, Text};

/// Size of an answer that the log does not tell.
pub(crate) const NO_SIZE: u32 = u32::MAX;

/// What was seen around a look-up.
pub(crate) mod sign {
    /// The same client loaded a picture, style or script within a minute.
    pub(crate) const ASSET: u16 = 1;
    /// The page that it claims to come from was asked for by the same client.
    pub(crate) const PAGE: u16 = 2;
    /// It names a page that it comes from.
    pub(crate) const REFERRER: u16 = 4;
    /// That page is one of the site, or the look-up itself, and this client never asked for it.
    pub(crate) const UNVISITED: u16 = 8;
    /// The answer was to have no body (`HEAD`).
    pub(crate) const NO_BODY: u16 = 16;
}

/// A request for a record.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable)]
#[repr(C)]
pub(crate) struct Lookup {
    pub(crate) line: u64,
    /// Seconds since 1970.
    pub(crate) time: u32,
    pub(crate) key: u32,
    pub(crate) client: u32,
    pub(crate) size: u32,
    /// How many equal ones it stands for; 0: it is none.
    pub(crate) count: u32,
    pub(crate) status: u16,
    pub(crate) signs: u16,
}

impl Lookup {
    /// Whether another is for the same record by the same client with the same answer, where both are for the same key.
    fn is_like(&self, other: &Self) -> bool {
        (self.client, self.status, self.size) == (other.client, other.status, other.size)
    }

    /// Takes in an equal one.
    fn join(&mut self, other: &Self) {
        self.count = self.count.saturating_add(other.count);
        self.signs |= other.signs & !sign::NO_BODY;
    }
}

/// A look-up with its key as text, as it lies on disk: numbers of keys mean nothing there.
#[derive(Debug)]
pub(super) struct Keyed {
    pub(super) lookup: Lookup,
    pub(super) text: Vec<u8>,
}

impl Keyed {
    /// Bytes on disk.
    pub(super) fn length(&self) -> u64 {
        (size_of::<Lookup>() + size_of::<u32>() + self.text.len()) as u64
    }

    /// The endpoint's number, of a text that has it in front.
    pub(super) fn endpoint(&self) -> u32 {
        self.text.first_chunk().copied().map_or(0, u32::from_be_bytes)
    }

    /// By text, and so by endpoint; equal ones one behind the other, the first first.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let rest = |l: &Lookup| (l.client, l.status, l.size, l.time, l.line);
        self.text.cmp(&other.text).then_with(|| rest(&self.lookup).cmp(&rest(&other.lookup)))
    }
}

impl Row for Keyed {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.text.len()
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        self.lookup.write(out)?;
        u32::try_from(self.text.len()).map_err(io::Error::other)?.write(out)?;
        out.write_all(&self.text)
    }

    fn read(input: &mut impl Read) -> io::Result<Self> {
        Ok(Self { lookup: Lookup::read(input)?, text: Text::read(input)?.0 })
    }
}

/// All look-ups. What the same client asked twice with the same answer becomes one, so that memory grows with the number of
/// different ids and clients and not with that of lines; with a room, what passes its bound goes to disk, each look-up with
/// the text of its key.
#[derive(Debug)]
pub(crate) struct Lookups {
    pub(super) room: Option<Room>,
    pub(super) here: Vec<Lookup>,
    pub(super) disk: Option<Runs<Keyed>>,
    /// Four bytes for the endpoint, then the ids.
    keys: Interner,
    /// Bytes of the keys that wait with their clients, which the last run on disk left here.
    left: usize,
    endpoints: Interner,
    /// How many there are, with those on disk and those that wait.
    count: usize,
    compact_at: usize,
    /// Look-ups that are kept before the first time that equal ones are joined.
    first: usize,
    text: Vec<u8>,
}

/// 32 MiB of look-ups.
const FIRST: usize = 1 << 20;

impl Default for Lookups {
    fn default() -> Self {
        Self::new(None, FIRST)
    }
}

impl Lookups {
    pub(crate) fn new(room: Option<Room>, first: usize) -> Self {
        Self {
            room,
            here: Vec::new(),
            disk: None,
            keys: Interner::default(),
            left: 0,
            endpoints: Interner::default(),
            count: 0,
            compact_at: first,
            first,
            text: Vec::new(),
        }
    }

    /// The same with a room.
    pub(crate) fn in_room(room: Room) -> Self {
        Self::new(Some(room), FIRST)
    }

    pub(crate) fn key(&mut self, key: &Key) -> u32 {
        let endpoint = self.endpoints.intern(&key.endpoint);
        self.text.clear();
        self.text.extend_from_slice(&endpoint.to_be_bytes());
        self.text.extend_from_slice(&key.ids);
        self.keys.intern(&self.text)
    }

    /// The ids of a key.
    pub(crate) fn ids(&self, key: u32) -> &[u8] {
        self.keys.get(key).get(4..).unwrap_or_default()
    }

    pub(crate) fn endpoint_of(&self, key: u32) -> u32 {
        let bytes = self.keys.get(key).first_chunk().copied().unwrap_or_default();
        u32::from_be_bytes(bytes)
    }

    pub(crate) fn endpoint(&self, endpoint: u32) -> String {
        self.endpoints.text(endpoint)
    }

    /// Counts a look-up that came, and waits with its client; `true`: it is time to join equal ones.
    pub(crate) fn note(&mut self) -> bool {
        self.count += 1;
        self.count >= self.compact_at
    }

    /// Takes a look-up that waits no longer; `true`: there is more in memory than the room allows.
    pub(crate) fn keep(&mut self, lookup: Lookup) -> bool {
        self.here.push(lookup);
        let used = || self.here.len() * size_of::<Lookup>() + self.keys.bytes().saturating_sub(self.left);
        self.room.as_ref().is_some_and(|room| used() >= room.bound)
    }

    /// Puts on disk what is in memory but for those that wait, whose keys get new numbers.
    pub(crate) fn put_down<'w>(&mut self, waiting: impl Iterator<Item = &'w mut Lookup>) -> io::Result<()> {
        let Some(room) = &self.room else { return Ok(()) };
        if self.disk.is_none() {
            self.disk = Some(Runs::new(&*room.place)?);
        }
        let keys = std::mem::take(&mut self.keys);
        let rest = |l: &Lookup| (l.client, l.status, l.size, l.time, l.line);
        self.here.sort_unstable_by(|a, b| {
            keys.get(a.key).cmp(keys.get(b.key)).then_with(|| rest(a).cmp(&rest(b)))
        });
        let keyed = |lookup: Lookup| Ok(Keyed { lookup, text: keys.get(lookup.key).to_vec() });
        if let Some(disk) = &mut self.disk {
            disk.write(self.here.drain(..).map(keyed))?;
        }
        for lookup in waiting {
            lookup.key = self.keys.intern(keys.get(lookup.key));
        }
        self.left = self.keys.bytes();
        Ok(())
    }

    /// Joins equal look-ups, when none waits.
    pub(crate) fn compact(&mut self) -> io::Result<()> {
        if self.disk.is_some() {
            self.put_down(std::iter::empty())?;
        }
        match (&self.disk, &self.room) {
            (Some(disk), Some(room)) => {
                let joined = disk.merged(Keyed::order).coalesce(|kept, next| match (kept, next) {
                    (Ok(mut kept), Ok(next))
                        if kept.text == next.text && kept.lookup.is_like(&next.lookup) =>
                    {
                        kept.lookup.join(&next.lookup);
                        Ok(Ok(kept))
                    }
                    both => Err(both),
                });
                let (mut one, mut count) = (Runs::new(&*room.place)?, 0);
                one.write(joined.inspect(|_| count += 1))?;
                (self.disk, self.count) = (Some(one), count);
            }
            _ => {
                self.here.sort_unstable_by_key(|l| (l.client, l.key, l.status, l.size, l.time, l.line));
                self.here.dedup_by(|next, kept| {
                    let same = next.key == kept.key && next.is_like(kept);
                    if same {
                        kept.join(next);
                    }
                    same
                });
                self.count = self.here.len();
            }
        }
        self.compact_at = (self.count * 2).max(self.first);
        Ok(())
    }

    #[cfg(test)]
    pub(crate) fn is_on_disk(&self) -> bool {
        self.disk.is_some()
    }

    /// No look-up comes any more, and none waits: what finds keys by their text goes, and where some are on disk, all are,
    /// in one run.
    pub(crate) fn seal(&mut self) -> io::Result<()> {
        if self.disk.is_some() {
            self.put_down(std::iter::empty())?;
            self.here = Vec::new();
        }
        if let (Some(disk), Some(room)) = (self.disk.take(), &self.room) {
            self.disk = Some(disk.into_one(&*room.place, Keyed::order)?);
        }
        self.keys.seal();
        Ok(())
    }
}
