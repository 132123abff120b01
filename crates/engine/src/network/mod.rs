//! The network behind the lists: their parties and relations, what files of owners and claims add, and who of these is a listed
//! party.

mod forms;
mod json;
mod owned;

use std::path::{Path, PathBuf};

use model::{Entity, PartialDate, Schema};
use network::ownership::{Assessment, Blocked, Terms, Tie, Why, assess};
use network::read::{Account, Problem};
use network::{Evidence, Graph, Holding, Node, Relation, Source, SourceKind};
use rayon::prelude::*;
use screen::{Basis, Hit, Request, Score};

use crate::library::LoadedFile;
use crate::receipt::sha256_hex;
use crate::{EngineError, Query, Screening, Search, demo_network, open};

pub use forms::{network_to_csv, network_to_ftm, network_to_graphml, parties_to_json};
pub use json::{NETWORK_PATHS, NetworkAsked, NetworkShown, network_to_json};
pub(crate) use owned::Owned;
pub use owned::{OwnedParty, OwnershipReport, ownership_to_json, with_ownership};

/// Lists of parties whose property is not blocked: other restrictions apply to them, and no rule on ownership makes them go
/// on. OFAC's non-SDN list says so itself; a denied person may not take part in exports.
const NOT_BLOCKING: [&str; 2] = ["ofac_cons", "us_bis_dpl"];

/// Listed parties that are named to whoever asks for a name that nobody has.
const NEAREST: usize = 3;

/// A network with the parties of it that are blocked persons.
pub struct Network {
    /// Parties and relations.
    pub graph: Graph,
    /// Those that are blocked persons: listed, or taken for somebody listed.
    pub blocked: Blocked,
    /// What was read of each list and file, by its name.
    pub accounts: Vec<(String, Account)>,
    /// The files, as they were read.
    pub(crate) files: Vec<LoadedFile>,
    /// What a reader should know.
    pub warnings: Vec<String>,
}

impl Network {
    /// Puts together the lists that are screened against and files of relations: tables of owners, FollowTheMoney, BODS, and what
    /// `interdict read` writes. Who in the files owns or controls something is screened, by name and all that is stated of it;
    /// a match under the policy ties it to the listed party, with its evidence.
    ///
    /// # Errors
    /// A file cannot be opened, or holds no relations. What is wrong with single rows stands in the accounts.
    pub fn of(screening: &Screening<'_>, files: &[PathBuf]) -> Result<Self, EngineError> {
        let mut network = Self::of_files(screening, files)?;
        network.tie(screening);
        Ok(network)
    }

    /// The network of the lists alone. The embedded list comes with what is embedded beside it, as long as it is alone.
    ///
    /// # Errors
    /// None in a sound build.
    pub fn of_lists(screening: &Screening<'_>) -> Result<Self, EngineError> {
        match screening.library().lists() {
            [list] if list.source == "demo" => demo_network(screening),
            _ => Self::of(screening, &[]),
        }
    }

    fn of_files(screening: &Screening<'_>, files: &[PathBuf]) -> Result<Self, EngineError> {
        let mut graph = Graph::new();
        let (mut accounts, mut read, mut warnings) = (Vec::new(), Vec::new(), Vec::new());
        let mut place = 0;
        let mut blocked = Blocked::new();
        for list in screening.library().lists() {
            let account = network::read::list(
                &mut graph,
                &list.dataset,
                &list.version,
                &list.entities,
                &list.relations,
            );
            accounts.push((list.source.clone(), account));
            let blocking = !NOT_BLOCKING.contains(&&*list.dataset);
            if !blocking {
                warnings.push(format!(
                    "{}: who is on {} is not blocked by that: its parties are no blocked persons here",
                    list.source, list.dataset
                ));
            }
            for entity in &list.entities {
                let in_scope = screening.ruling(place).is_some();
                place += 1;
                if let Some(node) = graph.node(&entity.id).filter(|_| blocking && in_scope) {
                    blocked.insert(node, Why::Listed);
                }
            }
        }
        for path in files {
            for part in open(path)? {
                let (text, recoded) = lists::decode_file(&part.bytes);
                if recoded {
                    warnings.push(format!("{}: it is no UTF-8 and is read as windows-1252", part.name));
                }
                let account = network::read::file(&mut graph, &part.name, &text)
                    .map_err(|error| EngineError::input(error.to_string()).hint(error.remedy))?;
                read.push(LoadedFile {
                    name: part.name.clone(),
                    sha256: sha256_hex(&[&part.bytes]),
                    bytes: part.bytes.len(),
                });
                accounts.push((path.display().to_string(), account));
            }
        }
        Ok(Self { graph, blocked, accounts, files: read, warnings })
    }

    /// Ties who has something of others to the listed party that it matches.
    fn tie(&mut self, screening: &Screening<'_>) {
        let graph = &self.graph;
        let mut owners: Vec<Node> = graph
            .edges()
            .filter(|edge| graph.relation(*edge).holding != Holding::Nothing)
            .map(|edge| graph.ends(edge).0)
            .filter(|owner| graph.party(*owner).listed.is_none())
            .collect();
        owners.sort_unstable();
        owners.dedup();
        let ties: Vec<(Node, Tie)> = owners
            .par_iter()
            .filter_map(|owner| Some((*owner, tie(&graph.party(*owner).entity, screening)?)))
            .collect();
        if ties.is_empty() {
            return;
        }
        let source = Source { kind: SourceKind::Screening, name: "screening".into(), version: None };
        let source = self.graph.add_source(source);
        for (owner, tie) in ties {
            let Some(listed) = self.graph.node(&tie.id) else { continue };
            // Whoever asks for the one is led to the other: two nodes, since they may be two parties.
            let evidence = Evidence { source, record: Some(tie.id.clone()), ..Default::default() };
            let mut relation = Relation::new(Schema::UnknownLink, Holding::Nothing, evidence);
            relation.role = Some(format!("Taken for {}, {}", tie.caption, tie.evidence).into());
            self.graph.relate(owner, listed, relation);
            if self.blocked.contains_key(&listed) {
                self.blocked.insert(owner, Why::TakenFor(tie));
            }
        }
    }

    /// Calls a file that was read by another name: that by which whoever sent it knows it.
    pub fn rename(&mut self, file: &Path, name: &str) {
        let path = file.display().to_string();
        for (of, _) in self.accounts.iter_mut().filter(|(of, _)| *of == path) {
            name.clone_into(of);
        }
        let base = file.file_name().unwrap_or_default().to_string_lossy();
        self.graph.rename_source(&base, name);
        self.files.iter_mut().filter(|of| of.name == base).for_each(|of| name.clone_into(&mut of.name));
    }

    /// Who is owned or controlled, under some terms.
    #[must_use]
    pub fn assess(&self, terms: Terms) -> Assessment<'_> {
        assess(&self.graph, &self.blocked, terms)
    }

    /// The parties that a user means by an id or a name; where nobody has exactly that name, those that it matches.
    ///
    /// # Errors
    /// Nobody in the network has it.
    pub fn find(&self, text: &str, screening: &Screening<'_>) -> Result<Vec<Node>, EngineError> {
        let found = self.graph.find(text);
        if !found.is_empty() {
            return Ok(found);
        }
        let query = Query::from_fields("query", None, [(model::Property::Name, text)]);
        let hits = |request: Request| {
            query.iter().flat_map(move |query| screening.screen(query, request, Search::Indexed).hits)
        };
        let library = screening.library();
        let listed = |hit: &Hit| library.entity(hit.entity).1;
        let matched = hits(Request::default()).filter(|hit| hit.scored.matched);
        let mut found: Vec<Node> = matched.filter_map(|hit| self.graph.node(&listed(&hit).id)).collect();
        found.dedup();
        if !found.is_empty() {
            return Ok(found);
        }
        let near = Request { threshold: Some(Score::from_ten_thousandths(0)), limit: Some(NEAREST) };
        let named = |hit: Hit| format!("{} ({})", listed(&hit).caption(), listed(&hit).id);
        let near: Vec<String> = hits(near).take(NEAREST).map(named).collect();
        Err(EngineError::input(format!("nobody in the network is {text}")).hint(match near.is_empty() {
            true => "give an id such as ofac-26391, or a name as the lists or files have it".to_owned(),
            false => format!("nearest by name: {}", near.join(", ")),
        }))
    }

    /// All rows and records that could not be taken as they stand.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.accounts.iter().flat_map(|(_, account)| &account.problems)
    }
}

/// The listed party that a party matches, with the evidence.
fn tie(entity: &Entity, screening: &Screening<'_>) -> Option<Tie> {
    let query = Query::new(entity.clone()).ok()?;
    let request = Request { threshold: None, limit: Some(1) };
    let answer = screening.screen(&query, request, Search::Indexed);
    let hit = answer.hits.first().filter(|hit| hit.scored.matched)?;
    let (_, listed) = screening.library().entity(hit.entity);
    let scored = &hit.scored;
    let certain = scored.basis == Basis::Identifier;
    let how = if certain { "an identifier that both have" } else { "its name" };
    let sentence = screening.sentence(&query, hit);
    // What comes before says who is meant, and the score: both are told already.
    let reasons = sentence.find("For it:").map_or("", |at| sentence[at..].trim_end_matches('.'));
    let evidence =
        format!("by {how}, score {}, {} bits. {reasons}", scored.score, screen::one_decimal(scored.bits));
    Some(Tie {
        id: listed.id.clone(),
        caption: listed.caption().into(),
        evidence: evidence.trim_end_matches(['.', ' ']).into(),
        certain,
    })
}

/// The day of a text: `2021-11-16`, or the day of a moment.
///
/// # Errors
/// It is no day.
pub fn as_of_day(text: &str) -> Result<PartialDate, EngineError> {
    let day = text.split('T').next().unwrap_or_default();
    PartialDate::parse(day).filter(|date| date.precision() == model::Precision::Day).ok_or_else(|| {
        EngineError::usage(format!("--as-of {text}: not a day")).hint("a day is written 2021-11-16")
    })
}
