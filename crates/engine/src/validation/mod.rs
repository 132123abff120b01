//! The report that a regulator asks for: what the filter finds of the lists that are loaded, as published and altered,
//! and how often it alarms for names that are not listed.

mod filter;
mod trials;

use std::collections::HashSet;
use std::path::Path;

use model::{Property, Schema};
use rayon::prelude::*;
use screen::Score;
use validation::{
    Alarm, Found, Hashed, Listed, Outcome, Setting, TREATMENTS, Timings, Trial, altered_size, draw, placebo,
    script_of, table_texts,
};

pub use trials::Clock;

use crate::chunks::pool;
use crate::input::Rows;
use crate::{EngineError, Entity, InputOptions, Query, Screening, policy_hash, sha256_hex, table_hash};
use filter::Filter;
use trials::{Name, altered, exact, found, names, plain, results};

/// Names between two reports of progress.
const CHUNK: usize = 2048;

/// The lowest score of the curve and of the calibration.
const LOWEST: u16 = 3000;

/// Altered names whose every result is read for the calibration, at most.
const CALIBRATION: usize = 5000;

/// One name that is not listed for so many records.
const RECORDS_A_PLACEBO: usize = 10;

/// Slowest queries that are named.
const SLOWEST: usize = 20;

/// What to validate, and how.
pub struct ValidationRequest<'a> {
    /// Records in all: every listed name as published, the rest altered, but at least half of it.
    pub records: usize,
    /// Seed of every draw.
    pub seed: u64,
    /// A file of customers who are not listed, with how to read it; `None` to make names up.
    pub placebo: Option<(&'a Path, InputOptions)>,
    /// Threads; `None` for one a core.
    pub threads: Option<usize>,
    /// The caller's clock, for the timings alone.
    pub clock: Clock<'a>,
}

/// How far a validation has come: names done, names in all.
#[derive(Clone, Copy, Debug, Default)]
pub struct ValidationProgress {
    /// Names done.
    pub done: usize,
    /// Names in all, as far as is known.
    pub all: usize,
}

/// Validates the filter on the lists that are loaded.
///
/// # Errors
/// The lists hold no name, the placebo file cannot be read or leaves no name, or the threads cannot be had.
pub fn validate(
    screening: &Screening<'_>,
    request: &ValidationRequest<'_>,
    progress: &mut dyn FnMut(ValidationProgress),
) -> Result<Outcome, EngineError> {
    let pool = pool(request.threads)?;
    let filter = Filter { screening };
    let started = (request.clock)();
    let names = names(&filter);
    if names.is_empty() {
        return Err(EngineError::input("the lists hold no name to validate with")
            .hint("see what was read: interdict lists show PATH"));
    }
    let listed: HashSet<String> = names.iter().map(|n| plain(n.subject.name)).collect();
    let mut setting = setting(&filter, request);
    let unlisted = unlisted(request, &listed, &mut setting)?;

    let applies: Vec<(Vec<u8>, usize)> =
        pool.install(|| names.par_iter().map(|name| applying(name, request.seed, &listed)).collect());
    setting.collisions = applies.iter().map(|(_, collisions)| collisions).sum();
    let applies: Vec<Vec<u8>> = applies.into_iter().map(|(treatments, _)| treatments).collect();
    let subjects: Vec<_> = names.iter().map(|n| n.subject.clone()).collect();
    let sample = draw(&subjects, &applies, altered_size(request.records, names.len()), request.seed);

    let mut at = ValidationProgress { done: 0, all: names.len() + sample.drawn.len() + unlisted.len() };
    let mut step = |done: usize| {
        at.done += done;
        progress(at);
    };
    let mut tried: Vec<(Trial, u32)> = Vec::with_capacity(names.len() + sample.drawn.len());
    for chunk in names.chunks(CHUNK) {
        tried.extend(pool.install(|| {
            chunk.par_iter().map(|name| exact(&filter, name, request.clock)).collect::<Vec<_>>()
        }));
        step(chunk.len());
    }
    let mut of_subject: Vec<usize> = (0..names.len()).collect();
    for chunk in sample.drawn.chunks(CHUNK) {
        let done = pool.install(|| {
            let one = |drawn: &_| altered(&filter, &names, *drawn, request.seed, request.clock);
            chunk.par_iter().map(one).collect::<Vec<_>>()
        });
        for (drawn, one) in chunk.iter().zip(done) {
            let Some(one) = one else { continue };
            of_subject.push(drawn.subject);
            tried.push(one);
        }
        step(chunk.len());
    }
    let mut alarms: Vec<Alarm> = Vec::with_capacity(unlisted.len());
    let mut results: Vec<Found> = Vec::new();
    for chunk in unlisted.chunks(CHUNK) {
        let done = pool.install(|| {
            chunk.par_iter().map(|one| alarm(&filter, one)).collect::<Vec<(Alarm, Vec<Found>)>>()
        });
        for (alarm, found) in done {
            alarms.push(alarm);
            results.extend(found);
        }
        step(chunk.len());
    }
    let (of_listed, calibrated) = pool.install(|| calibration(&filter, &tried, &names, &of_subject));
    let banded = (calibrated, alarms.len());
    results.extend(of_listed);

    let mut timings = timings(&tried, pool.current_num_threads());
    let trials = tried.into_iter().map(|(trial, _)| trial).collect();
    let mut outcome = Outcome::new(setting, trials, &sample.applicable, alarms, results, banded);
    timings.run = u64::try_from((request.clock)().saturating_sub(started).as_millis()).unwrap_or(u64::MAX);
    outcome.timings = timings;
    Ok(outcome)
}

/// The treatments that apply to a name, and how many would have made another listed name of it: what the right answer
/// to that is, nobody can say.
fn applying(name: &Name<'_>, seed: u64, listed: &HashSet<String>) -> (Vec<u8>, usize) {
    let own = plain(name.subject.name);
    let mut collisions = 0;
    let mut treatments = Vec::new();
    for (place, treatment) in TREATMENTS.iter().enumerate() {
        let Some(text) = treatment.alter(&name.subject, seed) else { continue };
        let key = plain(&text);
        if key != own && listed.contains(&key) {
            collisions += 1;
        } else {
            treatments.push(place as u8);
        }
    }
    (treatments, collisions)
}

/// A query that nobody listed, with its origin.
struct Clean {
    origin: String,
    name: String,
    query: Query,
}

/// The user's file or names made up, without those that are listed verbatim.
fn unlisted(
    request: &ValidationRequest<'_>,
    listed: &HashSet<String>,
    setting: &mut Setting,
) -> Result<Vec<Clean>, EngineError> {
    let mut clean = Vec::new();
    match &request.placebo {
        None => {
            for one in placebo((request.records / RECORDS_A_PLACEBO).max(600), request.seed) {
                let fields = [(Property::Name, &one.name)];
                let query = Query::from_fields("p", Some(one.schema.name()), fields)?;
                clean.push(Clean { origin: one.origin, name: one.name, query });
            }
        }
        Some((path, options)) => {
            let mut rows = Rows::open(path, options.clone())?;
            let damaged = |e: std::io::Error| EngineError::input(format!("{}: {e}", path.display()));
            while let Some(row) = rows.next_row().map_err(damaged)? {
                match row.query {
                    Ok(query) => {
                        let asked = query.entity();
                        let (origin, name) = (origin(asked), asked.caption().to_owned());
                        clean.push(Clean { origin, name, query });
                    }
                    Err(_) => setting.placebo_failed += 1,
                }
            }
        }
    }
    let before = clean.len();
    clean.retain(|one| !one.query.entity().names().any(|(_, s)| listed.contains(&plain(&s.value))));
    setting.placebo_listed = before - clean.len();
    if clean.is_empty() {
        return Err(EngineError::input("no name is left that is not listed")
            .hint("give a file of customers who are not listed, or leave out --placebo"));
    }
    Ok(clean)
}

/// The customer's country, where the file has one; else the script of the name.
fn origin(query: &Entity) -> String {
    let country =
        [Property::Nationality, Property::Country].iter().find_map(|p| query.first(p).map(str::to_owned));
    let kind = if query.schema == Schema::Person { "" } else { ", not people" };
    country.map_or_else(|| format!("{} script{kind}", script_of(query.caption())), |c| c + kind)
}

fn alarm(filter: &Filter<'_>, one: &Clean) -> (Alarm, Vec<Found>) {
    // A policy's line may lie below the curve.
    let low = Score::from_ten_thousandths(LOWEST).min(filter.screening.thresholds().0);
    let answer = filter.screen(&one.query, Some(low));
    let best = answer.hits.first();
    let results: Vec<Found> =
        answer.hits.iter().map(|hit| found(filter, &one.name, hit, false, true)).collect();
    let alarm = Alarm {
        origin: one.origin.clone(),
        query: one.name.clone(),
        score: best.map_or(0, |hit| hit.scored.score.ten_thousandths()),
        alarm: answer.hits.iter().any(|hit| hit.scored.matched),
        met: results.first().map(|f| f.met.clone()).unwrap_or_default(),
        entity: results.first().map(|f| f.entity.clone()).unwrap_or_default(),
    };
    (alarm, results)
}

/// Every result of a part of the altered names, at even steps through them, and how many names that are.
fn calibration(
    filter: &Filter<'_>,
    tried: &[(Trial, u32)],
    names: &[Name<'_>],
    of_subject: &[usize],
) -> (Vec<Found>, usize) {
    let all = &tried[names.len()..];
    let step = all.len().div_ceil(CALIBRATION).max(1);
    let places: Vec<usize> = (0..all.len()).step_by(step).collect();
    let low = Score::from_ten_thousandths(LOWEST);
    let of = |&at: &usize| results(filter, &all[at].0, &names[of_subject[names.len() + at]], low);
    let found: Vec<Vec<Found>> = places.par_iter().map(of).collect();
    (found.into_iter().flatten().collect(), places.len())
}

fn timings(tried: &[(Trial, u32)], threads: usize) -> Timings {
    let mut sorted: Vec<u32> = tried.iter().map(|(_, took)| *took).collect();
    sorted.sort_unstable();
    let mut slowest: Vec<&(Trial, u32)> = tried.iter().collect();
    slowest.sort_by_key(|(_, took)| std::cmp::Reverse(*took));
    let slowest =
        slowest.into_iter().take(SLOWEST).map(|(trial, took)| (*took, trial.query.clone())).collect();
    Timings { run: 0, threads, sorted, slowest }
}

fn setting(filter: &Filter<'_>, request: &ValidationRequest<'_>) -> Setting {
    let hashed =
        |(name, text): (&str, &str)| Hashed { name: name.to_owned(), sha256: sha256_hex(&[text.as_bytes()]) };
    let listed = |list: &crate::ScreenList| Listed {
        source: list.source.clone(),
        dataset: list.dataset.clone(),
        version: list.version.clone(),
        sha256: list.sha256.clone(),
        parties: list.entities.len(),
        skipped: list.report.skipped.len(),
        files: list.files.iter().map(|f| Hashed { name: f.name.clone(), sha256: f.sha256.clone() }).collect(),
    };
    let file = request.placebo.as_ref().map(|(path, _)| path);
    Setting {
        engine: concat!("interdict ", env!("CARGO_PKG_VERSION")).to_owned(),
        settings: filter.screening.policy().canonical(),
        configuration: policy_hash(filter.screening.policy()),
        tables: table_hash(),
        own_tables: table_texts().map(hashed).collect(),
        lists: filter.screening.library().lists().iter().map(listed).collect(),
        placebo: file.map_or_else(|| "generated".to_owned(), |path| path.display().to_string()),
        placebo_sha256: file.and_then(|path| std::fs::read(path).ok()).map(|bytes| sha256_hex(&[&bytes])),
        seed: request.seed,
        records: request.records,
        line: filter.line().ten_thousandths(),
        ..Setting::default()
    }
}
