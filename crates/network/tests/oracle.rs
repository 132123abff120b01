//! The two fixed points against an oracle that goes through the worlds one by one and, in each, through all sets of companies.

mod common;

use std::fmt::Write;

use common::network;
use network::ownership::{Regime, Remainder, Terms, Verdict, assess};
use proptest::prelude::*;

/// The whole, in units. Shares are multiples of 50,000; one unit is what an open end leaves out.
const WHOLE: i64 = 1_000_000;
const PARTIES: usize = 8;

#[derive(Clone, Debug)]
struct Stake {
    owner: usize,
    asset: usize,
    low: i64,
    high: i64,
    low_open: bool,
    high_open: bool,
}

impl Stake {
    /// The least and the most that it can be.
    fn ends(&self) -> (i64, i64) {
        (self.low + i64::from(self.low_open), self.high - i64::from(self.high_open))
    }

    fn row(&self) -> String {
        let name = |n: usize| char::from(b'A' + n as u8);
        let percent = |units: i64| units / 10_000;
        let share = match (self.low == self.high, self.low_open, self.high_open) {
            (true, ..) => percent(self.low).to_string(),
            (_, true, _) => format!(">{}", percent(self.low)),
            (_, _, true) => format!("<{}", percent(self.high)),
            _ => format!("{}-{}", percent(self.low), percent(self.high)),
        };
        format!("{},{},{share}", name(self.owner), name(self.asset))
    }
}

/// The corners of what the stakes in one company can be together: each at one of its ends, and where they would be more than the
/// whole, one of them at what the others leave.
fn corners(stakes: &[&Stake]) -> Vec<Vec<i64>> {
    let mut found = Vec::new();
    for choice in 0..1_u32 << stakes.len() {
        let ends = |n: usize| if choice >> n & 1 == 1 { stakes[n].ends().1 } else { stakes[n].ends().0 };
        let values: Vec<i64> = (0..stakes.len()).map(ends).collect();
        let over = values.iter().sum::<i64>() - WHOLE;
        if over <= 0 {
            found.push(values);
            continue;
        }
        for n in 0..stakes.len() {
            let mut values = values.clone();
            values[n] -= over;
            if values[n] >= stakes[n].ends().0 {
                found.push(values);
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The least closed set that holds the persons: what all closed sets have in common.
fn least_closed(persons: u32, shares: &[(usize, usize, i64)], enough: impl Fn(i64) -> bool) -> u32 {
    let closed = |set: u32| {
        set & persons == persons
            && (0..PARTIES).all(|asset| {
                let of = shares.iter().filter(|(owner, a, _)| *a == asset && set >> owner & 1 == 1);
                set >> asset & 1 == 1 || !enough(of.map(|(.., share)| share).sum())
            })
    };
    (0..1_u32 << PARTIES).filter(|set| closed(*set)).fold(u32::MAX, |all, set| all & set)
}

/// In how many worlds each party is blocked, and how many worlds there are.
fn worlds(stakes: &[Stake], persons: u32, regime: Regime) -> (Vec<usize>, usize) {
    let enough = |share: i64| if regime == Regime::Uk { share > WHOLE / 2 } else { share >= WHOLE / 2 };
    let companies: Vec<Vec<&Stake>> =
        (0..PARTIES).map(|asset| stakes.iter().filter(|stake| stake.asset == asset).collect()).collect();
    let choices: Vec<Vec<Vec<i64>>> = companies.iter().map(|stakes| corners(stakes)).collect();
    let total: usize = choices.iter().map(Vec::len).product();
    let mut blocked = vec![0; PARTIES];
    for world in 0..total {
        let mut rest = world;
        let mut shares = Vec::new();
        for (company, choices) in companies.iter().zip(&choices) {
            let values = &choices[rest % choices.len()];
            rest /= choices.len();
            shares
                .extend(company.iter().zip(values).map(|(stake, value)| (stake.owner, stake.asset, *value)));
        }
        let set = match regime {
            Regime::Uk => (0..PARTIES)
                .filter(|person| persons >> person & 1 == 1)
                .fold(0, |all, person| all | least_closed(1 << person, &shares, enough)),
            _ => least_closed(persons, &shares, enough),
        };
        for (party, count) in blocked.iter_mut().enumerate() {
            *count += (set >> party & 1) as usize;
        }
    }
    (blocked, total)
}

fn stake() -> impl Strategy<Value = Stake> {
    let grid = prop_oneof![3 => Just(10), 2 => Just(5), 1 => 0..=20_i64];
    let width = prop_oneof![4 => Just(0), 1 => 1..=20_i64];
    (0..PARTIES, 0..PARTIES, grid, width, 0..3_u8).prop_map(|(owner, asset, low, width, open)| {
        let (low, high) = (low * 50_000, (low + width).min(20) * 50_000);
        let (mut low_open, mut high_open) = (false, false);
        // The forms that a table can write: more than something, less than something.
        let (mut from, mut to) = (low, high);
        if low < high && open == 1 {
            (low_open, to) = (true, WHOLE);
        } else if low < high && open == 2 {
            (high_open, from) = (true, 0);
        }
        Stake { owner, asset, low: from, high: to, low_open, high_open }
    })
}

/// Stakes that can all be true, few of them ranges, so that the worlds can be counted.
fn consistent(drawn: Vec<Stake>) -> Vec<Stake> {
    let mut stakes: Vec<Stake> = Vec::new();
    let mut ranges = 0;
    for stake in drawn {
        let twice = stakes.iter().any(|s| (s.owner, s.asset) == (stake.owner, stake.asset));
        let rest: i64 = stakes.iter().filter(|s| s.asset == stake.asset).map(|s| s.ends().0).sum();
        let range = usize::from(stake.low != stake.high);
        if stake.owner == stake.asset || twice || rest + stake.ends().0 > WHOLE || ranges + range > 5 {
            continue;
        }
        ranges += range;
        stakes.push(stake);
    }
    stakes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn as_the_worlds_have_it(
        drawn in prop::collection::vec(stake(), 1..16),
        persons in 1_u32..8,
        regime in prop::sample::select(Regime::ALL.to_vec()),
    ) {
        let stakes = consistent(drawn);
        prop_assume!(!stakes.is_empty());
        let mut rows = String::new();
        for stake in &stakes {
            write!(rows, "{}{}", if rows.is_empty() { "" } else { "; " }, stake.row()).unwrap();
        }
        let (graph, blocked) = network(&rows, "A B C");
        let blocked = blocked.into_iter().filter(|(node, _)| {
            persons >> (graph.party(*node).entity.id.as_bytes()[0] - b'A') & 1 == 1
        }).collect();
        let (count, total) = worlds(&stakes, persons, regime);
        let all = assess(&graph, &blocked, Terms { regime, as_of: None, remainder: Remainder::Others });
        for node in graph.nodes().filter(|node| !blocked.contains_key(node)) {
            let party = usize::from(graph.party(node).entity.id.as_bytes()[0] - b'A');
            let expected = match count[party] {
                0 => Verdict::NotBlocked,
                n if n == total => Verdict::Blocked,
                _ => Verdict::Possible,
            };
            prop_assert_eq!(all.verdict(node), expected, "{} in {} of {} worlds of {}", graph.caption(node), count[party], total, rows);
            let proof = all.proof(node);
            prop_assert_eq!(proof.verdict, expected, "the proof of {} in {}", graph.caption(node), rows);
            if let Some(shares) = all.shares(node) {
                prop_assert!(shares.min <= shares.max, "{:?} of {} in {}", shares, graph.caption(node), rows);
            }
        }
    }

    /// One more blocked person, or one more stake, never clears anybody.
    #[test]
    fn more_persons_block_no_less(drawn in prop::collection::vec(stake(), 1..24), regime in prop::sample::select(Regime::ALL.to_vec())) {
        let rows: Vec<String> = consistent(drawn).iter().map(Stake::row).collect();
        prop_assume!(!rows.is_empty());
        let (graph, more) = network(&rows.join("; "), "A B");
        let fewer = more.clone().into_iter().take(1).collect();
        let terms = Terms { regime, as_of: None, remainder: Remainder::Others };
        let (few, many) = (assess(&graph, &fewer, terms), assess(&graph, &more, terms));
        for node in graph.nodes() {
            prop_assert!(few.verdict(node) <= many.verdict(node), "{} in {}", graph.caption(node), rows.join("; "));
        }
    }
}
