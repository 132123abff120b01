//! The section of an operation: from the log of a site to the senders of messages, and where that evidence stops.

mod mailings;
mod section;
mod view;

pub(crate) use section::OPERATION_STYLE;
pub use section::operation_section;
pub use view::{
    AlternativeView, AttributionView, IncidentView, LogView, MailingView, MomentView, OperationView,
    PublishedView, ScrapeView, SourceWeight, TextPart, TraceView,
};
