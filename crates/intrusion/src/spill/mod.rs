//! What does not fit in memory, in order on disk.
//!
//! This crate opens no file: whoever calls it hands over a place that gives files, and without one all stays in memory.

mod rows;
mod runs;

use std::fmt::Debug;
use std::io::{self, Read, Seek, Write};
use std::sync::Arc;

pub(crate) use rows::Rows;
pub(crate) use runs::{Runs, sorted};

/// Where what does not fit in memory goes.
pub trait Spill: Debug + Send + Sync {
    /// A new, empty file, which nobody else uses and which is gone once it is dropped.
    ///
    /// # Errors
    /// Those of the place: it is not there, not writable, or full.
    fn file(&self) -> io::Result<Box<dyn SpillFile>>;
}

/// A file that can be written, and read from anywhere.
pub trait SpillFile: Read + Write + Seek + Debug + Send {}

impl<F: Read + Write + Seek + Debug + Send> SpillFile for F {}

/// A place, and what is held in memory before it is used.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    pub(crate) place: Arc<dyn Spill>,
    /// Bytes, of each sequence by itself: about four are in hand at a time.
    pub(crate) bound: usize,
}

/// What can be put on disk.
pub(crate) trait Row: Sized {
    /// Bytes that it takes in memory, about.
    fn bytes(&self) -> usize;
    fn write(&self, out: &mut impl Write) -> io::Result<()>;
    fn read(input: &mut impl Read) -> io::Result<Self>;
}

/// Numbers one behind the other lie on disk as they lie in memory: the files never outlive the run.
impl<T: zerocopy::FromBytes + zerocopy::IntoBytes + zerocopy::Immutable> Row for T {
    fn bytes(&self) -> usize {
        size_of::<T>()
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(self.as_bytes())
    }

    fn read(input: &mut impl Read) -> io::Result<Self> {
        Self::read_from_io(input)
    }
}

/// A text.
#[derive(Debug)]
pub(crate) struct Text(pub(crate) Vec<u8>);

impl Row for Text {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.0.len()
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        u32::try_from(self.0.len()).map_err(io::Error::other)?.write(out)?;
        out.write_all(&self.0)
    }

    fn read(input: &mut impl Read) -> io::Result<Self> {
        let length = u32::read(input)?;
        let mut text = vec![0; length as usize];
        input.read_exact(&mut text)?;
        Ok(Self(text))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Files in memory, as many as are asked for.
    #[derive(Debug)]
    pub(crate) struct Memory;

    impl Spill for Memory {
        fn file(&self) -> io::Result<Box<dyn SpillFile>> {
            Ok(Box::new(io::Cursor::new(Vec::new())))
        }
    }

    fn room(bound: usize) -> Room {
        Room { place: Arc::new(Memory), bound }
    }

    #[test]
    fn rows_are_the_same_in_memory_and_on_disk() {
        let numbers: Vec<u64> = (0..1000).map(|n| n * 7919 % 1000).collect();
        for room in [None, Some(room(1)), Some(room(100)), Some(room(7999)), Some(room(1 << 20))] {
            let mut rows = Rows::new(room.clone());
            numbers.iter().for_each(|n| rows.push(*n).unwrap());
            let read = |rows: &Rows<u64>, part| rows.iter(part).collect::<io::Result<Vec<u64>>>().unwrap();
            assert_eq!((rows.len(), read(&rows, 0..1000)), (1000, numbers.clone()), "{room:?}");
            assert_eq!(read(&rows, 990..1000), numbers[990..], "{room:?}");
            rows.sort_by_key(|n| std::cmp::Reverse(*n)).unwrap();
            assert_eq!(read(&rows, 3..6), [996, 995, 994], "{room:?}");
            assert_eq!(read(&rows, 5..5), [0; 0], "{room:?}");
        }
    }

    #[test]
    fn texts_in_order() {
        let texts = ["b", "", "abc", "b"].map(|text| Ok(Text(text.into())));
        let runs = sorted(texts, &room(1), |a, b| a.0.cmp(&b.0)).unwrap();
        let read: io::Result<Vec<Text>> = runs.iter().collect();
        let read: Vec<String> = read.unwrap().into_iter().map(|t| String::from_utf8(t.0).unwrap()).collect();
        assert_eq!(read, ["", "abc", "b", "b"]);
    }
}
