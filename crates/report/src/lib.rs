//! Pages that a command writes: one HTML file each, escaped, self-contained, readable without JavaScript, on paper and
//! by a screen reader.
//!
//! The caller fills plain view structs (strings and integers); this crate scores nothing and looks nothing up. The
//! same view gives the same bytes: there is no clock in it.
//!
//! **Invariant:** what is drawn adds up. The bars of a waterfall end at the printed bits, the parts of a score strip at
//! the printed score.

mod changes_page;
mod changes_view;
mod chart;
mod document_claims;
mod document_layout;
mod document_page;
mod document_parties;
mod document_text;
mod document_view;
mod evidence;
mod network;
mod operation;
mod page;
mod parties;
mod plots;
mod validation_page;
mod view;
mod words;

pub use changes_page::changes_page;
pub use changes_view::{ChangeKind, ChangedParty, ChangedProperty, ListChanges, ProgrammeChanges};
pub use document_layout::{MentionPlace, lay_out};
pub use document_page::{document_section, documents_page};
pub use document_view::{
    ClaimView, DocumentView, DocumentsReport, NamedParty, Paragraph, Said, Segment, SourceView,
};
pub use network::{
    NETWORK_STYLE, NetworkParty, NetworkRelation, NetworkReport, NetworkView, OwnershipProof, PartyStanding,
    ProofStep, Stated, network_page, network_section,
};
pub use operation::{
    AlternativeView, AttributionView, IncidentView, LogView, MailingView, MomentView, OperationView,
    PublishedView, ScrapeView, SourceWeight, TextPart, TraceView, operation_section,
};
pub use page::screening_page;
pub use validation_page::validation_page;
pub use view::{
    Basis, Cleared, Customer, EvidenceRow, Fact, FileHash, Hit, ListSource, NameMet, Nearest, Party,
    Provenance, ScreeningReport, Strength,
};
pub use words::count;
