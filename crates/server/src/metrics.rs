//! Figures for monitoring, in Prometheus' text form. Counts and times; no name, no query, no id.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use crate::state::AppState;

/// Upper bounds of the histogram's buckets, in microseconds.
const BUCKETS: [u64; 12] =
    [500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000];

/// What is counted.
#[derive(Default)]
pub(crate) struct Metrics {
    /// By route and status.
    requests: RwLock<BTreeMap<(String, u16), Arc<AtomicU64>>>,
    /// By route.
    times: RwLock<BTreeMap<String, Arc<Times>>>,
    screened: AtomicU64,
    matched: AtomicU64,
    reloads: AtomicU64,
    failed_reloads: AtomicU64,
}

#[derive(Default)]
struct Times {
    buckets: [AtomicU64; BUCKETS.len()],
    count: AtomicU64,
    micros: AtomicU64,
}

impl Metrics {
    /// A request was answered.
    pub(crate) fn answered(&self, route: &str, status: u16, took: Duration) {
        let count = series(&self.requests, &(route.to_owned(), status));
        count.fetch_add(1, Relaxed);
        let times = series(&self.times, &route.to_owned());
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        if let Some(bucket) = BUCKETS.iter().position(|bound| micros <= *bound) {
            times.buckets[bucket].fetch_add(1, Relaxed);
        }
        times.count.fetch_add(1, Relaxed);
        times.micros.fetch_add(micros, Relaxed);
    }

    /// Queries were screened, some of them with a match.
    pub(crate) fn screened(&self, queries: u64, with_match: u64) {
        self.screened.fetch_add(queries, Relaxed);
        self.matched.fetch_add(with_match, Relaxed);
    }

    /// Lists were read again.
    pub(crate) fn reloaded(&self, well: bool) {
        if well { &self.reloads } else { &self.failed_reloads }.fetch_add(1, Relaxed);
    }

    /// All figures.
    pub(crate) fn text(&self, state: &AppState) -> String {
        let mut out = String::new();
        head(&mut out, "interdict_requests_total", "counter", "Requests by route and status.");
        for ((route, status), count) in &*self.requests.read().unwrap_or_else(PoisonError::into_inner) {
            let (route, count) = (label(route), count.load(Relaxed));
            put(
                &mut out,
                &format!("interdict_requests_total{{route=\"{route}\",status=\"{status}\"}}"),
                count,
            );
        }
        head(&mut out, "interdict_request_seconds", "histogram", "Time until the answer began, by route.");
        for (route, times) in &*self.times.read().unwrap_or_else(PoisonError::into_inner) {
            times.put(&mut out, &label(route));
        }
        for (name, kind, help, value) in [
            ("screened_total", "counter", "Queries screened.", self.screened.load(Relaxed)),
            ("matched_total", "counter", "Queries with a match.", self.matched.load(Relaxed)),
            ("reloads_total", "counter", "Lists read again.", self.reloads.load(Relaxed)),
            (
                "failed_reloads_total",
                "counter",
                "Lists that could not be read again.",
                self.failed_reloads.load(Relaxed),
            ),
            ("queue", "gauge", "Queries that wait or run.", state.pool().waiting() as u64),
            ("jobs", "gauge", "Jobs that wait or run.", state.jobs().under_way() as u64),
        ] {
            let name = format!("interdict_{name}");
            head(&mut out, &name, kind, help);
            put(&mut out, &name, value);
        }
        self.lists(&mut out, state);
        out
    }

    fn lists(&self, out: &mut String, state: &AppState) {
        head(out, "interdict_ready", "gauge", "Whether lists serve, none of them stale.");
        let serving = state.serving();
        let ready = serving.as_ref().is_ok_and(|serving| serving.stale().is_empty());
        put(out, "interdict_ready", u64::from(ready));
        let Ok(serving) = serving else { return };
        head(out, "interdict_list_age_seconds", "gauge", "Age of a list since it was last confirmed.");
        for list in serving.lists() {
            let name = label(&list.list.dataset);
            let age = list.age.map(|age| age.as_secs());
            age.into_iter()
                .for_each(|age| put(out, &format!("interdict_list_age_seconds{{list=\"{name}\"}}"), age));
        }
        head(out, "interdict_list_parties", "gauge", "Listed parties.");
        for list in serving.lists() {
            let (name, parties) = (label(&list.list.dataset), list.list.entities.len() as u64);
            put(out, &format!("interdict_list_parties{{list=\"{name}\"}}"), parties);
        }
    }
}

impl Times {
    fn put(&self, out: &mut String, route: &str) {
        let mut below = 0;
        for (bound, bucket) in BUCKETS.iter().zip(&self.buckets) {
            below += bucket.load(Relaxed);
            let bound = *bound as f64 / 1e6;
            put(out, &format!("interdict_request_seconds_bucket{{route=\"{route}\",le=\"{bound}\"}}"), below);
        }
        let count = self.count.load(Relaxed);
        put(out, &format!("interdict_request_seconds_bucket{{route=\"{route}\",le=\"+Inf\"}}"), count);
        let seconds = self.micros.load(Relaxed) as f64 / 1e6;
        let _sound = writeln!(out, "interdict_request_seconds_sum{{route=\"{route}\"}} {seconds}");
        put(out, &format!("interdict_request_seconds_count{{route=\"{route}\"}}"), count);
    }
}

/// The series of a key, which is new only once.
fn series<K: Ord + Clone, V: Default>(all: &RwLock<BTreeMap<K, Arc<V>>>, key: &K) -> Arc<V> {
    if let Some(one) = all.read().unwrap_or_else(PoisonError::into_inner).get(key) {
        return one.clone();
    }
    all.write().unwrap_or_else(PoisonError::into_inner).entry(key.clone()).or_default().clone()
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    let _sound = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn put(out: &mut String, series: &str, value: u64) {
    let _sound = writeln!(out, "{series} {value}");
}

/// A label's value, as the form escapes it.
fn label(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
