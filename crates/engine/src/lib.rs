//! The use cases: open files, load lists, screen one party or a file of them, compare names. `cli` (and later
//! `server` and `python`) call only this crate.
//!
//! It reads the files it is pointed at. It has no terminal, no environment and no clock: the caller passes the time. Only where
//! [`Timings`] are asked for does it take the time of its stages, on which no result depends.
//!
//! The JSON that leaves here is the frozen output contract of `ARCHITECTURE.md`; snapshots hold it.

mod batch;
mod campaign;
mod chunks;
mod columns;
mod compiled;
mod contract;
mod demo;
mod doubts;
mod entities;
mod error;
mod explain;
mod export;
mod input;
mod installed;
mod intrusion;
mod joined;
mod library;
mod lines;
mod list_diff;
mod network;
mod operation;
mod output;
mod pairs;
mod policy;
mod policy_diff;
mod properties;
mod query;
mod reading;
mod receipt;
mod records;
mod rescreen;
mod rows;
mod scope;
mod screening;
mod source;
mod timings;
mod validation;

pub use batch::{BatchReport, BatchRequest, Progress, screen_file, screen_line};
pub use campaign::{
    Mailing, Mailings, MessagesRead, SharesRead, doubts_of_messages, edge_to_json, find_mailings,
    mailing_to_json, mailings_to_json, read_messages, read_shares, summary_to_json,
};
pub use compiled::is_compiled;
pub use contract::{
    answer_to_bytes, answer_to_json, explained_to_json, failed_row, list_to_json, number, party_to_json,
    scored_to_json,
};
pub use demo::{
    CUSTOMERS as DEMO_CUSTOMERS, DEMO_COMPANY, DemoCase, Published, REPORT as DEMO_REPORT, demo_case,
    demo_customers, demo_list, demo_network, demo_operation, demo_parties, published,
};
pub use entities::Entities;
pub use error::{EngineError, ErrorKind};
pub use explain::{Explained, Outcome};
pub use export::{Exported, export_list};
pub use input::InputOptions;
pub use installed::{
    Installed, Step, Updated, UpdatedTo, Updater, catalogue_to_json, log_to_json, updated_to_json,
    versions_to_json,
};
pub use intrusion::{LogFile, LogReport, SpillTo, ValuesReport, WithOperation, judge_values, read_logs};
pub use joined::{
    Apart, Cluster, Clusters, Cut, Edge, Joined, JoinedForm, Reason, datasets, referents, resolve,
};
pub use library::{Library, LoadedFile, ScreenList, Search};
pub use list_diff::{
    ListDiff, PartyChange, PropertyChange, by_programme, delta_to_json, diff_lists, doubts_of_diff,
    list_diff_to_json,
};
pub use network::{
    NETWORK_PATHS, Network, NetworkAsked, NetworkShown, OwnedParty, OwnershipReport, as_of_day,
    network_to_csv, network_to_ftm, network_to_graphml, network_to_json, ownership_to_json, parties_to_json,
    with_ownership,
};
pub use operation::{
    OperationEvidence, OperationReport, PeopleRead, ScreenedTrace, Trace, TraceKind, operation, read_people,
    screen_traces, screened_to_json, traces,
};
pub use output::{Output, write_file};
pub use pairs::{PairReport, compare_file, compare_names};
pub use policy::{check_to_json, open_policy, policy_hash};
pub use policy_diff::{
    Change, ChangeKind, Counts, DiffReport, DiffRequest, Verdict, diff_policies, diff_to_json,
};
pub use query::{Query, is_readable};
pub use reading::{DocumentRead, MentionRead, PartyRead, TextReader, Texts, format_of_file, write_read};
pub use receipt::{sha256_hex, table_hash};
pub use rescreen::{Reach, RescreenReport, RescreenRequest, rescreen_file};
pub use rows::{CustomerRow, read_rows};
pub use screening::{Ready, Screening, Settled, settled};
pub use source::{Part, list_files, open, open_with_siblings};
pub use timings::Timings;
pub use validation::{Clock, ValidationProgress, ValidationRequest, validate};

pub use ::campaign::{
    Edge as SharingEdge, Flag, Message, Mining, Network as SharingNetwork, Piece, Place, Redaction, Slot,
    SlotKind, Summary as SharingSummary, Template, hidden_fill, template_flags,
};
pub use ::intrusion::{Evidence as IntrusionEvidence, Findings, Incident, Scrape, SetAside, time_to_string};
pub use ::network::{self as networks};
pub use attribution::{
    Alternative, CampaignLink, Moment, Operation, Recipient, Records as People, Salt,
    Verdict as SourceVerdict, Weight,
};
pub use documents::extract::{
    ErrorKind as ExtractErrorKind, Extract, ExtractError, Outcome as ExtractOutcome,
};
pub use lists::{Programme, Source, catalogue, decode, programmes};
pub use model::{
    Claim, ClaimStatus, Country, Derived, Entity, FtmFit, FtmProperty, Locator, NameStrength, Named,
    PartialDate, Property, PropertyType, Schema, Source as ClaimSource, Statement, ftm_value,
};
pub use names::MAX_TOKENS as WORDS_COMPARED;
pub use screen::{
    Answer, Basis, Configuration, Counterfactual, DEFAULT_POLICY, Effort, Hit, NameHit, NameOutcome,
    NameTried, Policy, Programmes, Request, Row, Rule, Score, Scored, Setting, is_gender, one_decimal,
};
pub use text::{Word, words};
pub use vault::{
    AsOf, Entry, Event, Fetch, FetchError, Installed as InstalledList, Limits, Patience,
    Request as FetchRequest, Response, Timestamp, Validator, Version, is_name,
};
