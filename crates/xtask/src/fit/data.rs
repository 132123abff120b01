//! The development sets as facts: every comparison is made once, and can then be priced with any weights.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

use engine::{
    Entity, InputOptions, Library, Policy, Property, Request, Schema, Score, ScreenList, Screening, Search,
};
use names::{Fact, NameKind, Weights, chance, compare};
use screen::Profile;
use testkit::unescaped;

/// Clusters are dealt into so many folds.
pub(super) const FOLDS: usize = 5;

/// A comparison of two names, not yet priced.
pub(super) struct Facts {
    kind: NameKind,
    pub rows: Vec<Fact>,
}

/// A party that a query met.
pub(super) struct Candidate {
    pub id: String,
    /// Its best comparisons.
    pub names: Vec<Facts>,
}

/// A query and the parties it met.
pub(super) struct Query {
    pub fold: usize,
    /// The party that is meant; none for people who are not listed.
    pub gold: Option<String>,
    pub candidates: Vec<Candidate>,
}

/// Two names with a label.
pub(super) struct Pair {
    pub fold: usize,
    pub same: bool,
    pub names: Vec<Facts>,
}

/// All sets.
pub(super) struct Data {
    pub altered: Vec<Query>,
    pub aliases: Vec<Query>,
    pub unlisted: Vec<Query>,
    pub pairs: Vec<Pair>,
    pub cases: Vec<Pair>,
}

/// Comparisons kept of one candidate: other weights may prefer another of its names.
const KEPT: usize = 3;

/// Candidates kept of one query, and the score they had at least.
fn request() -> Request {
    Request { threshold: Some(Score::from_ten_thousandths(3000)), limit: Some(10) }
}

/// Score in ten-thousandths, then bits, as results are ordered.
pub(super) type Rank = (i64, i64);

/// The best rank that any of the comparisons reaches.
pub(super) fn rank(names: &[Facts], weights: &Weights) -> Rank {
    names.iter().map(|facts| rank_of(facts, weights)).max().unwrap_or_default()
}

fn rank_of(facts: &Facts, weights: &Weights) -> Rank {
    let (mut gain, mut stake, mut bits, mut agreeing) = (0, 0, 0, 0);
    for fact in &facts.rows {
        let worth = fact.price(weights);
        (gain, stake, bits) = (gain + worth.gain, stake + worth.stake, bits + worth.bits);
        agreeing += if worth.gain > 0 { worth.bits } else { 0 };
    }
    let stake = i64::from(stake + chance(facts.kind, gain, agreeing, weights)).max(1);
    ((i64::from(gain.max(0)) * 20_000 + stake) / (2 * stake), i64::from(bits))
}

impl Data {
    /// Reads the sets under `shared` and compares everything with the committed weights.
    pub(super) fn read(shared: &Path, cases: &Path) -> Result<Self, Box<dyn Error>> {
        let eval = shared.join("data/eval");
        let open = |name: &str| Library::new(vec![ScreenList::open(&eval.join(name))?]);
        let (list, without) = (open("sdn.ftm.jsonl")?, open("sdn_loo.ftm.jsonl")?);
        let queries =
            |library: &Library, file: &str, gold: Option<&str>| -> Result<Vec<Query>, Box<dyn Error>> {
                let gold = gold.map(|name| gold_ids(&eval.join(name))).transpose()?;
                let rows = engine::read_rows(&std::fs::read(eval.join(file))?, InputOptions::default())?;
                let entities = rows.into_iter().filter_map(|row| row.query.ok());
                let screening = library.under(&Policy::default())?;
                Ok(entities.map(|query| search(&screening, &query, gold.as_ref())).collect())
            };
        Ok(Self {
            altered: queries(&list, "q_pos.csv", Some("gold_pos.tsv"))?,
            aliases: queries(&without, "q_aka.csv", Some("gold_aka.tsv"))?,
            unlisted: queries(&list, "q_neg_names.csv", None)?,
            pairs: labelled(&eval.join("pairs.csv"))?,
            cases: case_tables(cases)?,
        })
    }
}

fn gold_ids(path: &Path) -> Result<HashMap<String, String>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| header.iter().position(|h| *h == name).ok_or(format!("no column {name}"));
    let (query, gold) = (column("qid")?, column("gold")?);
    Ok(lines
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Some(((*cells.get(query)?).to_owned(), (*cells.get(gold)?).to_owned()))
        })
        .collect())
}

fn search(screening: &Screening<'_>, query: &engine::Query, gold: Option<&HashMap<String, String>>) -> Query {
    let answer = screening.screen(query, request(), Search::Indexed);
    let candidates = answer.hits.iter().map(|hit| {
        let entity = screening.library().entity(hit.entity).1;
        Candidate { id: entity.id.to_string(), names: comparisons(query.profile(), &Profile::new(entity)) }
    });
    let gold = gold.and_then(|gold| gold.get(&*query.entity().id)).cloned();
    // The altered names and the aliases of one party are one cluster.
    let cluster = gold.as_deref().unwrap_or_else(|| query.entity().caption());
    Query { fold: fold(cluster), candidates: candidates.collect(), gold }
}

fn comparisons(query: &Profile, candidate: &Profile) -> Vec<Facts> {
    let weights = Weights::committed();
    let mut all: Vec<Facts> = Vec::new();
    for q in &query.names {
        for c in candidate.names.iter().filter(|c| c.kind == q.kind) {
            if let Some(comparison) = compare(&q.name, &c.name) {
                all.push(Facts { kind: q.kind, rows: comparison.rows.iter().map(|row| row.fact).collect() });
            }
        }
    }
    all.sort_by_key(|facts| std::cmp::Reverse(rank_of(facts, &weights)));
    all.truncate(KEPT);
    all
}

fn profile(schema: &str, names: &[&str]) -> Profile {
    let mut entity = Entity::new("id", Schema::from_name(schema));
    for (n, name) in names.iter().enumerate() {
        let property = if n == 0 { Property::Name } else { Property::Alias };
        entity.add(property, *name, engine::Locator::Direct);
    }
    Profile::new(&entity)
}

/// Pairs that share a name are one cluster.
fn labelled(path: &Path) -> Result<Vec<Pair>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path)?;
    let header = reader.headers()?.clone();
    let column = |name: &str| header.iter().position(|h| h == name).ok_or(format!("no column {name}"));
    let (a, b, schema, same) = (column("name1")?, column("name2")?, column("schema")?, column("is_match")?);
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
    let mut cluster: HashMap<&str, &str> = HashMap::new();
    for row in &rows {
        let (x, y) = (root(&cluster, &row[a]).to_owned(), root(&cluster, &row[b]));
        let x = rows.iter().flat_map(|r| [&r[a], &r[b]]).find(|name| **name == *x).unwrap_or(&row[a]);
        if x != y {
            cluster.insert(x, y);
        }
    }
    let pair = |row: &csv::StringRecord| Pair {
        fold: fold(root(&cluster, &row[a])),
        same: &row[same] == "true",
        names: comparisons(&profile(&row[schema], &[&row[a]]), &profile(&row[schema], &[&row[b]])),
    };
    Ok(rows.iter().map(pair).collect())
}

fn root<'a>(cluster: &HashMap<&'a str, &'a str>, name: &'a str) -> &'a str {
    let mut name = name;
    while let Some(next) = cluster.get(name) {
        name = next;
    }
    name
}

/// Our own case tables: `schema, query, listed, verdict, why`. The listed party is the cluster.
fn case_tables(folder: &Path) -> Result<Vec<Pair>, Box<dyn Error>> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder)?.map(|f| f.map(|f| f.path())).collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "tsv"));
    files.sort();
    let mut pairs = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(path)?;
        for line in text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).skip(1) {
            let [schema, query, listed, verdict, _] = line.split('\t').collect::<Vec<_>>()[..] else {
                return Err(format!("not five columns: {line}").into());
            };
            let (query, listed) = (unescaped(query), unescaped(listed));
            let listed: Vec<&str> = listed.split(" | ").collect();
            pairs.push(Pair {
                fold: fold(listed[0]),
                same: verdict == "match",
                names: comparisons(&profile(schema, &[&query]), &profile(schema, &listed)),
            });
        }
    }
    Ok(pairs)
}

/// FNV-1a: the same fold on every machine.
fn fold(cluster: &str) -> usize {
    let hash = cluster.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 20) as usize % FOLDS
}
