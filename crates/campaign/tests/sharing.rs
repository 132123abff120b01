//! Coordinated sharing: CooRTweet's numbers, and its rules once more, slowly.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use campaign::{Edge, Shares, Summary};
use proptest::prelude::*;

type Row<'a> = (&'a str, &'a str, &'a str, f64);

fn shares(rows: &[Row<'_>]) -> Shares {
    let mut shares = Shares::default();
    rows.iter()
        .for_each(|(object, account, content, time)| shares.push(object, account, content, *time).unwrap());
    shares
}

fn summary(rows: &[Row<'_>], window: f64, min_participation: u32) -> (u64, u64, u64, u64) {
    let found = shares(rows).network(window, min_participation).summary(None);
    (found.pairs, found.accounts, found.edges, found.components)
}

/// What CooRTweet 2.1.2 counts on its own sample `russian_coord_tweets`, and above the median weight.
#[test]
fn equal_to_coortweet() {
    let Some(bytes) = testkit::shared_bytes("data/campaign/russian_coord_tweets.csv") else { return };
    let text = String::from_utf8(bytes).unwrap();
    let rows: Vec<Row<'_>> = text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (cells[0], cells[1], cells[2], cells[3].parse().unwrap())
        })
        .collect();
    // Window, least participation; pairs, accounts, edges, components; accounts and edges above the quantile 0.5.
    for (window, least, expected, above) in [
        (10.0, 5, (22, 23, 20, 3), (2, 1)),
        (60.0, 5, (1235, 772, 1193, 1), (59, 36)),
        (10.0, 2, (447, 525, 442, 95), (8, 4)),
        (60.0, 2, (3791, 2110, 3721, 23), (94, 60)),
        (300.0, 2, (19887, 3440, 19239, 13), (528, 505)),
    ] {
        let network = shares(&rows).network(window, least);
        let Summary { pairs, accounts, edges, components, .. } = network.summary(None);
        assert_eq!((pairs, accounts, edges, components), expected, "{window} {least}");
        let half = network.summary(Some(0.5));
        assert_eq!((half.accounts, half.edges), above, "{window} {least}");
    }
}

#[test]
fn rules_one_by_one() {
    let b = |time| ("o", "b", "b1", time);
    let check = |rows: &[Row<'_>], window, least, expected: (u64, u64, u64, u64), why| {
        assert_eq!(summary(rows, window, least), expected, "{why}");
    };
    let a = ("o", "a", "a1", 0.0);
    check(&[a, b(10.0)], 10.0, 1, (1, 2, 1, 1), "the window is inclusive");
    check(&[a, b(10.5)], 10.0, 1, (0, 0, 0, 0), "and no longer");
    check(&[a, a, b(1.0)], 10.0, 1, (1, 2, 1, 1), "the same row counts once");
    check(&[a, ("o", "a", "a2", 1.0)], 10.0, 1, (0, 0, 0, 0), "nobody coordinates with himself");
    check(&[a, ("o", "b", "a1", 1.0)], 10.0, 1, (0, 0, 0, 0), "one content is no pair");
    check(&[("o", "a", "o", 0.0), b(1.0)], 10.0, 1, (0, 0, 0, 0), "a post is no share of itself");
    check(&[("", "a", "a1", 0.0), ("", "b", "b1", 0.0)], 10.0, 1, (0, 0, 0, 0), "no object");
    check(&[a, b(1.0)], 10.0, 2, (0, 0, 0, 0), "too few shares");
    let more = [a, b(1.0), ("o2", "a", "a2", 0.0), ("o3", "b", "b2", 0.0)];
    check(&more, 10.0, 2, (0, 0, 0, 0), "enough shares, but one that is coordinated");
    let one_sided = [
        a,
        b(1.0),
        ("o2", "a", "a2", 0.0),
        ("o2", "c", "c1", 0.0),
        ("x", "b", "b2", 0.0),
        ("y", "c", "c2", 0.0),
    ];
    check(
        &one_sided,
        10.0,
        2,
        (2, 3, 2, 1),
        "one of two accounts has enough coordinated shares: both pairs stay",
    );
    check(&[], 10.0, 2, (0, 0, 0, 0), "nothing");
}

#[test]
fn an_edge_and_its_messages() {
    // One object: a shares thrice, b once, 5 s after the first.
    let rows = [
        ("o", "b", "b1", 5.0),
        ("o", "a", "a1", 0.0),
        ("o", "a", "a2", 7.0),
        ("o", "a", "a3", 8.0),
        ("p", "a", "a4", 0.0),
    ];
    let network = shares(&rows).network(10.0, 1);
    let mut edges = Vec::new();
    network
        .each_edge(None, |edge| {
            edges.push(format!("{edge:?}"));
            Ok::<_, ()>(())
        })
        .unwrap();
    assert_eq!(edges.len(), 1);
    network
        .each_edge(
            None,
            |Edge {
                 account_id,
                 account_id_y,
                 weight,
                 avg_time_delta,
                 n_content_id,
                 n_content_id_y,
                 edge_symmetry_score,
                 shares,
             }| {
                assert_eq!((account_id, account_id_y, weight), ("a", "b", 3));
                // 5, 2 and 3 seconds; the older contents are a1 and b1, the newer ones b1, a2 and a3.
                assert!((avg_time_delta - 10.0 / 3.0).abs() < 1e-12);
                assert_eq!((n_content_id, n_content_id_y), (2, 3));
                assert!((edge_symmetry_score - 2.0 / 3.0).abs() < 1e-12);
                let messages: Vec<_> =
                    shares.iter().map(|s| (s.object_id, s.account_id, s.content_id)).collect();
                assert_eq!(
                    messages,
                    [("o", "a", "a1"), ("o", "b", "b1"), ("o", "a", "a2"), ("o", "a", "a3")]
                );
                Ok::<_, ()>(())
            },
        )
        .unwrap();
    assert_eq!(network.each_edge(Some(3.0), |_| Err("none weighs more")), Ok(()));
    assert_eq!(network.each_edge(Some(2.0), |_| Err("one does")), Err("one does"));
}

/// A burst: one object, twenty thousand accounts within one window. Two hundred million pairs, in the memory of the
/// shares alone.
#[test]
fn a_burst_is_counted_and_not_held() {
    let accounts: u64 = 20_000;
    let mut shares = Shares::default();
    for n in 0..accounts {
        shares.push("o", &format!("a{n}"), &format!("c{n}"), 0.001 * n as f64).unwrap();
    }
    let found = shares.network(60.0, 1).summary(None);
    let pairs = accounts * (accounts - 1) / 2;
    assert_eq!((found.pairs, found.accounts, found.edges, found.components), (pairs, accounts, pairs, 1));
}

/// The rules as they are written, row against row.
fn slowly(rows: &[Row<'_>], window: f64, least: u32) -> (BTreeMap<(String, String), u64>, u64) {
    let mut seen = BTreeSet::new();
    let rows: Vec<&Row<'_>> =
        rows.iter().filter(|r| !r.0.is_empty() && seen.insert((r.0, r.1, r.2, r.3.to_bits()))).collect();
    let enough = |of: &dyn Fn(&Row<'_>) -> bool, account: &str| {
        rows.iter().filter(|r| r.1 == account && of(r)).count() >= least as usize
    };
    let kept: Vec<&Row<'_>> = rows.iter().copied().filter(|r| enough(&|_| true, r.1)).collect();
    let mut pairs = Vec::new();
    for (i, x) in kept.iter().enumerate() {
        for y in &kept[i + 1..] {
            let loops = x.0 == x.2 || y.0 == y.2 || x.1 == y.1 || x.2 == y.2;
            if x.0 == y.0 && (x.3 - y.3).abs() <= window && !loops {
                pairs.push((*x, *y));
            }
        }
    }
    let contents: BTreeSet<&str> = pairs.iter().flat_map(|(x, y)| [x.2, y.2]).collect();
    let coordinated = |r: &Row<'_>| contents.contains(r.2);
    let enough =
        |account: &str| kept.iter().filter(|r| r.1 == account && coordinated(r)).count() >= least as usize;
    let qualified: BTreeSet<&str> =
        kept.iter().filter(|r| coordinated(r) && enough(r.1)).map(|r| r.2).collect();
    let mut edges = BTreeMap::new();
    let mut count = 0;
    for (x, y) in pairs {
        if qualified.contains(x.2) || qualified.contains(y.2) {
            *edges.entry((x.1.min(y.1).to_owned(), x.1.max(y.1).to_owned())).or_default() += 1;
            count += 1;
        }
    }
    (edges, count)
}

proptest! {
    #[test]
    fn as_the_rules_say(
        drawn in prop::collection::vec((0..4_u8, 0..5_u8, 0..12_u8, 0..40_u8), 0..40),
        window in 0..20_u8,
        least in 0..4_u32,
    ) {
        let ids: Vec<String> = (0..16).map(|n| if n == 0 { String::new() } else { format!("{n}") }).collect();
        // Objects and contents share their ids, so that some posts are shares of themselves.
        let rows: Vec<Row<'_>> = drawn
            .iter()
            .map(|(o, a, c, t)| (&*ids[*o as usize], &*ids[*a as usize + 1], &*ids[*c as usize + 1], f64::from(*t) / 2.0))
            .collect();
        let window = f64::from(window) / 2.0;
        let (expected, pairs) = slowly(&rows, window, least);
        let network = shares(&rows).network(window, least);
        let mut found = BTreeMap::new();
        network.each_edge(None, |edge| {
            found.insert((edge.account_id.to_owned(), edge.account_id_y.to_owned()), edge.weight);
            Ok::<_, ()>(())
        }).unwrap();
        let summary = network.summary(None);
        prop_assert_eq!((summary.pairs, summary.edges), (pairs, expected.len() as u64));
        prop_assert_eq!(found, expected);
    }
}
