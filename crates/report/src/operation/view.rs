//! What the section of an operation shows, as strings and integers.

/// An operation, from the log to the senders, as far as its evidence reaches. Whoever fills it leaves out what names a victim.
#[derive(Clone, Debug, Default)]
pub struct OperationView {
    /// What the reader must know of the evidence before anything else: that it is invented.
    pub notice: Option<String>,
    /// The log.
    pub log: LogView,
    /// What happened to the site, in order of time.
    pub incidents: Vec<IncidentView>,
    /// Records that came back to somebody who went through ids.
    pub exposed: usize,
    /// Records that the site has.
    pub records: usize,
    /// Mailings, the largest first.
    pub mailings: Vec<MailingView>,
    /// What happened when.
    pub timeline: Vec<MomentView>,
    /// What the messages show of who sent them, screened.
    pub traces: Vec<TraceView>,
    /// The lists that they were screened against.
    pub screened_against: String,
    /// What authorities have published, which is no find of this page.
    pub attribution: Option<AttributionView>,
}

/// A log that was read.
#[derive(Clone, Debug, Default)]
pub struct LogView {
    /// What it is called.
    pub name: String,
    /// Its lines.
    pub lines: usize,
    /// Lines that are requests.
    pub requests: usize,
}

/// Something that happened to the site.
#[derive(Clone, Debug, Default)]
pub struct IncidentView {
    /// `enumeration`, `sql_injection` ...
    pub kind: String,
    /// The first request.
    pub first: String,
    /// The last.
    pub last: String,
    /// Requests.
    pub requests: u64,
    /// Where they came from.
    pub addresses: Vec<String>,
    /// By which program, by its own word.
    pub agents: Vec<String>,
    /// Numbers of lines that show it.
    pub lines: Vec<u64>,
    /// Of an enumeration: how it went about.
    pub scrape: Option<ScrapeView>,
    /// Why it is one, each with millibits where it has any.
    pub why: Vec<(i32, String)>,
}

/// How an enumeration went about, and what it got.
#[derive(Clone, Debug, Default)]
pub struct ScrapeView {
    /// Where the ids stand.
    pub endpoint: String,
    /// In what order and from where, in words.
    pub manner: String,
    /// Requests a second, in thousandths.
    pub rate: i32,
    /// Different ids that were asked for.
    pub asked: usize,
    /// Those whose record came back.
    pub returned: usize,
    /// Sizes of the page that says "not found", where the status does not.
    pub not_found: Option<String>,
}

/// A part of the text of a mailing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextPart {
    /// What stands in every copy.
    Fixed(String),
    /// What was filled in, by its kind.
    Slot(String),
}

/// A text that was sent many times.
#[derive(Clone, Debug, Default)]
pub struct MailingView {
    /// Its text.
    pub text: Vec<TextPart>,
    /// How many copies.
    pub copies: usize,
    /// Who says to have sent it.
    pub senders: Vec<String>,
    /// The first copy.
    pub first: String,
    /// The last.
    pub last: String,
    /// What it does: kind and reason.
    pub flags: Vec<(String, String)>,
    /// Whom it went to, against the records.
    pub source: SourceWeight,
}

/// What the recipients of a mailing say of where they were taken from.
#[derive(Clone, Debug, Default)]
pub struct SourceWeight {
    /// Whether the exposed records are called the source.
    pub drawn_from_exposed: bool,
    /// Why, in a sentence.
    pub reason: String,
    /// Recipients, each counted once.
    pub recipients: usize,
    /// Those linked to a record of the site.
    pub linked: usize,
    /// Those linked to a record that came back.
    pub exposed: usize,
    /// Each other way in which the recipients may have come about.
    pub alternatives: Vec<AlternativeView>,
    /// Pseudonyms of some of the recipients.
    pub pseudonyms: Vec<String>,
}

/// Another way in which recipients may have come about.
#[derive(Clone, Debug, Default)]
pub struct AlternativeView {
    /// `independent_list`, `public_file`, `public_file_by_choice`.
    pub name: String,
    /// The share of the recipients that would be exposed, were it so: ten-thousandths.
    pub base_rate: i32,
    /// log10 of how much likelier they are under the exposed records: hundredths.
    pub log10_ratio: i32,
}

/// An event in its place.
#[derive(Clone, Debug, Default)]
pub struct MomentView {
    /// When.
    pub at: String,
    /// Minutes since the event before; `None`: it is the first.
    pub minutes_since: Option<u64>,
    /// `scrape_begins`, `mailing_ends` ...
    pub kind: String,
    /// Of what.
    pub what: String,
    /// How many requests or messages.
    pub count: usize,
}

/// What messages show of who sent them.
#[derive(Clone, Debug, Default)]
pub struct TraceView {
    /// `name`, `email`, `domain`, `wallet`.
    pub kind: String,
    /// As the messages have it.
    pub value: String,
    /// In how many messages.
    pub messages: usize,
    /// Listed parties that match: id, caption, score in ten-thousandths.
    pub matches: Vec<(String, String, i32)>,
    /// Why it was not asked for.
    pub not_asked: Option<String>,
}

/// What authorities have published.
#[derive(Clone, Debug, Default)]
pub struct AttributionView {
    /// The operation that it is about, in a sentence.
    pub about: String,
    /// The statements, in order of time.
    pub published: Vec<PublishedView>,
    /// The parties that are named: id and caption.
    pub parties: Vec<(String, String)>,
}

/// A statement of an authority.
#[derive(Clone, Debug, Default)]
pub struct PublishedView {
    /// The day.
    pub date: String,
    /// Who.
    pub authority: String,
    /// What it says.
    pub says: String,
    /// Where.
    pub document: String,
}
