//! How much of one message is taken apart.

/// Bounds on the structure of one message. Its size bounds everything else: what is decoded is never larger than what was
/// encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Messages within messages (`message/rfc822`). What lies deeper stays an attachment of bytes.
    pub nested: u32,
    /// Multiparts within multiparts, over all nested messages together.
    pub levels: u32,
    /// Parts of the message with its nested messages.
    pub parts: u32,
    /// Bytes of the header section of a message or part.
    pub header_bytes: usize,
}

impl Default for Limits {
    /// Ten forwards of forwards; 100 levels, which is where Postfix too stops to look (`mime_nesting_limit`); 10,000 parts,
    /// the largest digest that we would expect; 1 MiB of headers, ten times what Postfix keeps of one
    /// (`header_size_limit`).
    fn default() -> Self {
        Self { nested: 10, levels: 100, parts: 10_000, header_bytes: 1 << 20 }
    }
}
