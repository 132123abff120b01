//! A table of owners: `owner,asset,percentage,startDate,endDate,source`.
//!
//! `owner` and `asset` are ids of parties that are known, or names. Optional columns: `ownerId`, `assetId`, `ownerSchema`,
//! `assetSchema`, `ownerCountry`, `assetCountry`, `ownerBirthDate`, `kind` (`shares`, `votes`, `control`, `influence`), `joint`
//! (holders of one asset with the same word here hold jointly or vote as one).

use model::{Entity, Locator, PartialDate, Property, Schema};
use rustc_hash::FxHashMap;

use super::{Account, ReadError};
use crate::{Evidence, Graph, Holding, Node, Relation, Share};

/// The columns that are read, as they may be written.
const COLUMNS: [(&str, &[&str]); 14] = [
    ("owner", &[]),
    ("asset", &[]),
    ("percentage", &["share"]),
    ("startdate", &["start"]),
    ("enddate", &["end"]),
    ("source", &[]),
    ("ownerid", &[]),
    ("assetid", &[]),
    ("ownerschema", &[]),
    ("assetschema", &[]),
    ("ownercountry", &[]),
    ("assetcountry", &[]),
    ("ownerbirthdate", &[]),
    ("kind", &[]),
];
const JOINT: &str = "joint";

/// Reads a table.
pub(super) fn read(graph: &mut Graph, source: u32, text: &str) -> Result<Account, ReadError> {
    let name = graph.source(source).name.clone();
    let header = text.lines().next().unwrap_or_default();
    let delimiter = [',', ';', '\t'].into_iter().max_by_key(|d| header.matches(*d).count()).unwrap_or(',');
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(delimiter as u8)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let unreadable = |error: csv::Error| {
        ReadError::new(&name, error.to_string(), "see that it is a table with the columns owner and asset")
    };
    let columns = rows.headers().map_err(unreadable)?.clone();
    let mut table = Table { graph, source, account: Account::default(), names: FxHashMap::default() };
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for (place, column) in columns.iter().enumerate() {
        let plain = column.to_lowercase().replace(['_', ' ', '-'], "");
        let known = COLUMNS.iter().find(|(name, others)| *name == plain || others.contains(&&*plain));
        match known.map(|(name, _)| *name).or((plain == JOINT).then_some(JOINT)) {
            Some(name) => drop(places.entry(name).or_insert(place)),
            None => {
                table.account.problem(&name, Some(1), format!("the column {column} is not known: not read"));
            }
        }
    }
    let mut row = csv::StringRecord::new();
    loop {
        let line = rows.position().line() as u32;
        match rows.read_record(&mut row) {
            Ok(false) => break,
            Ok(true) => {
                let line = row.position().map_or(line, |at| at.line() as u32);
                let cell = |name: &str| places.get(name).and_then(|at| row.get(*at)).unwrap_or_default();
                if let Err(what) = table.row(line, &cell) {
                    table.account.problem(&name, Some(line), format!("{what}: left out"));
                }
            }
            Err(error) => table.account.problem(&name, Some(line), format!("{error}: left out")),
        }
    }
    Ok(table.account)
}

struct Table<'g> {
    graph: &'g mut Graph,
    source: u32,
    account: Account,
    /// Who the table itself calls by a name.
    names: FxHashMap<Box<str>, Node>,
}

impl Table<'_> {
    fn row<'a>(&mut self, line: u32, cell: &impl Fn(&str) -> &'a str) -> Result<(), String> {
        let whose = |name, id| -> Result<(&'a str, &'a str), String> {
            let (name, id) = (cell(name), cell(id));
            match (name.is_empty(), id.is_empty()) {
                (true, true) => Err(String::new()),
                (true, false) => Ok((id, id)),
                _ => Ok((name, id)),
            }
        };
        let owner = whose("owner", "ownerid").map_err(|_| "there is no owner")?;
        let asset = whose("asset", "assetid").map_err(|_| "there is no asset")?;
        let share = Share::parse(cell("percentage"))
            .map_err(|e| format!("percentage {}: {e}", cell("percentage")))?;
        let (schema, holding) = match &*cell("kind").to_lowercase() {
            "" | "shares" | "ownership" => (Schema::Ownership, Holding::Shares(share)),
            "votes" | "voting" => (Schema::Ownership, Holding::Votes(share)),
            "control" => (Schema::UnknownLink, Holding::Control),
            "influence" | "director" => (Schema::Directorship, Holding::Influence),
            other => return Err(format!("kind {other}: it is none of shares, votes, control, influence")),
        };
        let (start, end) =
            in_order(date("startDate", cell("startdate"))?, date("endDate", cell("enddate"))?)?;
        if owner == asset {
            return Err(format!("{} would own itself", owner.0));
        }
        let who = [("ownerschema", "ownercountry", "ownerbirthdate"), ("assetschema", "assetcountry", "")];
        let [from, to] = [(owner, who[0], Schema::LegalEntity), (asset, who[1], Schema::Company)].map(
            |((name, id), (schema, country, born), fallback)| {
                let schema = Some(cell(schema)).filter(|s| !s.is_empty()).map_or(fallback, Schema::from_name);
                let node = self.party(name, id, schema, line);
                let at = Locator::Line { file: 0, line };
                let entity = &mut self.graph.inner[node].entity;
                entity.add(Property::Country, cell(country), at);
                entity.add(Property::BirthDate, cell(born), at);
                node
            },
        );
        if from == to {
            return Err(format!("{} would own itself", owner.0));
        }
        let text = |name| Some(cell(name)).filter(|text| !text.is_empty()).map(Into::into);
        let evidence = Evidence {
            source: self.source,
            line: Some(line),
            on_whose_word: text("source"),
            ..Evidence::default()
        };
        let relation =
            Relation { start, end, joint: text(JOINT), ..Relation::new(schema, holding, evidence) };
        self.graph.relate(from, to, relation);
        self.account.relations += 1;
        Ok(())
    }

    /// The party of an id, else of what the cell says, which may be an id too.
    fn party(&mut self, name: &str, id: &str, schema: Schema, line: u32) -> Node {
        let id = if id.is_empty() { name } else { id };
        let key = folded(id);
        if let Some(node) = self.names.get(&*key) {
            return *node;
        }
        let node = match self.graph.node(id).filter(|node| !self.graph.party(*node).bare) {
            Some(node) => node,
            None => {
                let schema = if schema.is_party() { schema } else { Schema::LegalEntity };
                let mut entity = Entity::new(id, schema);
                entity.add(Property::Name, name, Locator::Line { file: 0, line });
                self.account.parties += 1;
                self.graph.add_party(entity, None)
            }
        };
        self.names.insert(key.into(), node);
        node
    }
}

/// A name as rows of one table mean it: `Acme Ltd.` and `ACME  LTD` are one, for a chain must not break over a full stop.
fn folded(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().map(|word| word.trim_end_matches(['.', ','])).collect();
    words.join(" ").to_lowercase()
}

fn date(column: &str, text: &str) -> Result<Option<PartialDate>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    PartialDate::parse(text).map(Some).ok_or_else(|| format!("{column} {text} is no date"))
}

/// A time from its beginning to its end.
pub(super) fn in_order(
    start: Option<PartialDate>,
    end: Option<PartialDate>,
) -> Result<(Option<PartialDate>, Option<PartialDate>), String> {
    match (start, end) {
        (Some(start), Some(end)) if end.last() < start.first() => {
            Err(format!("it ends before it begins ({start}, {end})"))
        }
        both => Ok(both),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_with_good_and_bad_rows() {
        let text = "owner;asset;percentage;startDate;endDate;source;colour\n\
            X;A;50%;2020-01-01;;Companies House;red\n\
            \"Y, Ltd\";A;25-50;;2019;;\n\
            X;;50;;;;\n\
            ;A;50;;;;\n\
            X;X;50;;;;\n\
            X;B;150;;;;\n\
            X;B;half;;;;\n\
            X;B;50;yesterday;;;\n\
            X;B;50;2021;2020;;\n\
            A;B\n";
        let mut graph = Graph::new();
        let account = super::super::file(&mut graph, "owners.csv", text).unwrap();
        let problems: Vec<String> =
            account.problems.iter().map(|p| format!("{}: {}", p.line.unwrap_or(0), p.what)).collect();
        let expected = [
            "1: the column colour is not known",
            "4: there is no asset",
            "5: there is no owner",
            "6: X would own itself",
            "7: percentage 150: a share lies between",
            "8: percentage half: no percentage",
            "9: startDate yesterday is no date",
            "10: it ends before it begins",
        ];
        assert_eq!(problems.len(), expected.len(), "{problems:#?}");
        for (problem, expected) in problems.iter().zip(expected) {
            assert!(problem.starts_with(expected), "{problem}");
        }
        assert_eq!((account.parties, account.relations), (4, 3));
        let shown: Vec<String> = (graph.edges().map(|edge| {
            let (from, to) = graph.ends(edge);
            let Holding::Shares(share) = graph.relation(edge).holding else { panic!("no shares") };
            let source = graph.cite(&graph.relation(edge).evidence);
            format!("{} owns {share} of {}: {source}", graph.caption(from), graph.caption(to))
        }))
        .collect();
        let expected = [
            "X owns 50 % of A: owners.csv line 2 (Companies House)",
            "Y, Ltd owns 25 % to 50 % of A: owners.csv line 3",
            "A owns an unknown share of B: owners.csv line 11",
        ];
        assert_eq!(shown, expected);
    }
}
