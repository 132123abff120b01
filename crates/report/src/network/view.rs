//! What the page of a network shows.

use crate::view::ListSource;

/// A network, told to a compliance officer.
#[derive(Clone, Debug, Default)]
pub struct NetworkReport {
    /// The page's title.
    pub title: String,
    /// What was asked, one paragraph each.
    pub introduction: Vec<String>,
    /// What the reader must not overlook.
    pub notices: Vec<String>,
    /// The network.
    pub network: NetworkView,
    /// The lists that it was read from.
    pub lists: Vec<ListSource>,
    /// The other sources, each with what it is: `owners.csv`, `a table of owners`.
    pub sources: Vec<(String, String)>,
    /// The rule on ownership and its terms, in a sentence.
    pub rule: String,
    /// Who wrote the page.
    pub engine: String,
}

/// Parties, the relations between them, and what follows of them.
#[derive(Clone, Debug, Default)]
pub struct NetworkView {
    /// The drawing's title: `The network of EMENNET PASARGAD`.
    pub title: String,
    /// The parties, those first that matter most: of a large network the first are drawn.
    pub parties: Vec<NetworkParty>,
    /// The relations among them.
    pub relations: Vec<NetworkRelation>,
    /// Verdicts on ownership and control, with their proofs.
    pub proofs: Vec<OwnershipProof>,
}

/// What a party is to a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartyStanding {
    /// A blocked person: on the list itself.
    Listed,
    /// Taken for somebody on the list.
    TakenFor,
    /// Blocked by who owns or controls it.
    Owned,
    /// What is known does not decide it.
    Possible,
    /// Not blocked, by what the sources state.
    #[default]
    NotBlocked,
}

/// A party.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworkParty {
    /// Its id: `ofac-33634`.
    pub id: String,
    /// What it is called.
    pub caption: String,
    /// FtM schema.
    pub schema: String,
    /// What it is to the list.
    pub standing: PartyStanding,
    /// What to say of it in a few words: its programmes, the part that listed parties have of it.
    pub note: String,
    /// Whether the reader asked for it.
    pub asked: bool,
}

/// How firmly a relation is stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stated {
    /// An authority's list says so.
    Listed,
    /// A register, a table or a document says so.
    #[default]
    Claimed,
    /// Somebody accuses, and nobody has decided; or it is denied, or without evidence by the source's own word.
    Alleged,
    /// It was so, and is over.
    Past,
}

/// A relation, as one source states it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworkRelation {
    /// Place of the first party.
    pub from: usize,
    /// Place of the second.
    pub to: usize,
    /// FtM schema: `Ownership`, `Directorship`.
    pub schema: String,
    /// What the line is called, in a few words: `51 %`, `Linked To`, `director of`.
    pub label: String,
    /// How firmly it is stated.
    pub stated: Stated,
    /// The same in the source's own word: `asserted`, `charged`.
    pub status: String,
    /// Since when and until when, where that is known.
    pub dates: String,
    /// Where it is said: source, record, line.
    pub source: String,
    /// The words in which it is said.
    pub quote: Option<String>,
    /// Where the source has it from.
    pub on_whose_word: Option<String>,
}

/// A verdict on ownership and control, with its proof.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnershipProof {
    /// Whose.
    pub caption: String,
    /// The verdict.
    pub standing: PartyStanding,
    /// The verdict in a sentence.
    pub sentence: String,
    /// What it rests on.
    pub steps: Vec<ProofStep>,
}

/// One step of a proof: a stake, and what is behind its owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProofStep {
    /// What it says.
    pub text: String,
    /// Where it is said.
    pub sources: Vec<String>,
    /// What is behind it.
    pub steps: Vec<ProofStep>,
}
