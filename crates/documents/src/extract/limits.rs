//! What may be spent on one file.

/// Bounds on what is read out of one file, with all that lies in it. The defaults leave room for every document that an
/// investigator is likely to be given, and keep the child within a gigabyte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file that is held in memory, with those that it lies in. A mailbox or an archive itself is streamed.
    pub held: u64,
    /// Bytes unpacked from archives in all.
    pub unpacked: u64,
    /// Bytes of the text of one document.
    pub text: u64,
    /// Documents in one file.
    pub files: u32,
    /// Files within files: an archive in a mail in a mailbox is three.
    pub depth: u32,
    /// Pages of one document.
    pub pages: u32,
    /// Bytes that one byte of an archive may become, looked at beyond [`Limits::RATIO_FROM`].
    pub ratio: u32,
}

impl Limits {
    /// Bytes from which on the ratio is looked at: a short file of blanks packs as well as a bomb does.
    pub const RATIO_FROM: u64 = 8 << 20;
}

impl Default for Limits {
    /// 128 MiB held, 4 GiB unpacked, 64 MiB of text, 100,000 files, 8 levels, 10,000 pages; a ratio of 250: XML of office
    /// documents packs to a fiftieth at best, and deflate can do no more than a thousandth.
    fn default() -> Self {
        Self {
            held: 128 << 20,
            unpacked: 4 << 30,
            text: 64 << 20,
            files: 100_000,
            depth: 8,
            pages: 10_000,
            ratio: 250,
        }
    }
}
