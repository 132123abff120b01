//! A sequence of rows of one size, in memory or on disk.

use std::io;
use std::ops::Range;

use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::{Room, Runs, sorted};

/// Rows in the order in which they were pushed or sorted: in memory, and once they pass the bound of a room, on disk.
#[derive(Debug)]
pub(crate) struct Rows<T> {
    room: Option<Room>,
    /// The first rows.
    disk: Option<Runs<T>>,
    on_disk: usize,
    /// What follows them; all, where nothing is on disk.
    here: Vec<T>,
}

impl<T: Copy + FromBytes + IntoBytes + Immutable> Rows<T> {
    pub(crate) fn new(room: Option<Room>) -> Self {
        Self { room, disk: None, on_disk: 0, here: Vec::new() }
    }

    /// The same, with place for so many if they stay in memory.
    pub(crate) fn with_capacity(room: Option<Room>, rows: usize) -> Self {
        let most = room.as_ref().map_or(rows, |room| rows.min(room.bound / size_of::<T>() + 1));
        Self { here: Vec::with_capacity(most), ..Self::new(room) }
    }

    pub(crate) fn push(&mut self, row: T) -> io::Result<()> {
        self.here.push(row);
        match &self.room {
            Some(room) if self.here.len() * size_of::<T>() >= room.bound => self.put_down(),
            _ => Ok(()),
        }
    }

    fn put_down(&mut self) -> io::Result<()> {
        let Some(room) = &self.room else { return Ok(()) };
        if self.disk.is_none() {
            self.disk = Some(Runs::new(&*room.place)?);
        }
        if let Some(disk) = &mut self.disk {
            self.on_disk += self.here.len();
            disk.write(self.here.drain(..).map(Ok))?;
        }
        Ok(())
    }

    pub(crate) fn len(&self) -> usize {
        self.on_disk + self.here.len()
    }

    /// The rows of a range, which lies within the sequence.
    pub(crate) fn iter(&self, range: Range<usize>) -> impl Iterator<Item = io::Result<T>> {
        let down = range.start.min(self.on_disk)..range.end.min(self.on_disk);
        let here = range.start.saturating_sub(self.on_disk)..range.end.saturating_sub(self.on_disk);
        let at = |row: usize| (row * size_of::<T>()) as u64;
        let disk = self.disk.iter().flat_map(move |disk| disk.read(at(down.start)..at(down.end)));
        disk.chain(self.here.get(here).unwrap_or_default().iter().copied().map(Ok))
    }

    pub(crate) fn sort_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K + Copy) -> io::Result<()> {
        if self.disk.is_some() {
            self.put_down()?;
        }
        match (self.disk.take(), &self.room) {
            (Some(disk), Some(room)) => {
                // What is put down later goes on where this ends.
                self.disk = Some(sorted(disk.iter(), room, |a, b| key(a).cmp(&key(b)))?);
            }
            _ => self.here.sort_unstable_by_key(key),
        }
        Ok(())
    }
}
