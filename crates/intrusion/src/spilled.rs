//! A log that spills comes to what one in memory comes to, to the last byte.

use std::io::Write as _;
use std::sync::Arc;

use proptest::prelude::*;
use testkit::Random;

use crate::lookups::Lookups;
use crate::spill::tests::Memory;
use crate::spill::{Room, Spill, SpillFile};
use crate::{Findings, Log};

/// Visitors with pictures, scripts in order and at random from one address or many, a search bot, records behind one id or
/// several, pages that say "not found" with status 200 or 404, the same request again, lines out of order.
fn log(seed: u64, lines: u64) -> Vec<u8> {
    let mut random = Random::new(seed, &["spilled"]);
    let mut below = |n: u64| random.number() % n;
    let (ids, soft, spread) = (40 + below(400), below(2) == 0, 1 + below(40));
    let (shape, ordered) = (below(4), below(2) == 0);
    let mut text = Vec::new();
    let mut next = 0;
    for at in 0..lines {
        let second = (at * 7 + below(30)) % 86_400;
        let (h, m, s) = (second / 3600, second / 60 % 60, second % 60);
        let who = below(10);
        let (address, agent, referrer) = match who {
            0..5 => (format!("10.{}.1.7", below(30)), "Firefox", "https://site.example/form/"),
            5..9 => (format!("203.0.{}.9", below(spread)), ["curl", "Firefox"][below(2) as usize], "-"),
            _ => (format!("66.249.66.{}", below(3)), "Googlebot/2.1", "-"),
        };
        next += u64::from(who >= 5);
        let id = if ordered && who >= 5 { next % ids } else { below(ids) };
        // A search bot follows links, which lead to what is there.
        let id = if who == 9 { id / 7 * 7 + 2 } else { id };
        let target = match (who, below(5), shape) {
            (0..5, 0, _) => "/form/".to_owned(),
            (0..5, 1 | 2, _) => "/css/site.css".to_owned(),
            (9, 0, _) => "/robots.txt".to_owned(),
            (_, 3, _) => format!("/county/{}", id % 60),
            (.., 0) => format!("/voter/{id}"),
            (.., 1) => format!("/find?first=n{}&last=m{}", id % 19, id / 19),
            (.., 2) => format!("/find?id={id}&visit={}", address.len()),
            _ => format!("/find?id={id}&lang=en"),
        };
        let (status, size) = match id % 7 {
            0 if soft => (200, 641),
            0 => (404, 209),
            1 if below(9) == 0 => (503, 12),
            _ => (200, 1880 + id * 37 % 500),
        };
        writeln!(
            text,
            "{address} - - [17/Oct/2020:{h:02}:{m:02}:{s:02} +0000] \"GET {target} HTTP/1.1\" {status} {size} \"{referrer}\" \"{agent}\""
        )
        .unwrap();
    }
    text
}

/// What a log comes to whose equal look-ups are joined after so many.
fn findings(text: &[u8], room: Option<Room>, first: usize) -> Findings {
    let mut log = Log::default();
    log.lookups = Lookups::new(room, first);
    log.read(text, 1).unwrap();
    log.finish().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn to_the_last_byte(seed: u64, lines in 0_u64..3000, bound in 1_usize..60_000, first in 2_usize..4000) {
        let text = log(seed, lines);
        let room = Room { place: Arc::new(Memory), bound };
        let (here, spilled) = (findings(&text, None, first), findings(&text, Some(room), first));
        prop_assert_eq!(&here, &spilled);
        prop_assert_eq!(serde_json::to_string(&here).unwrap(), serde_json::to_string(&spilled).unwrap());
    }
}

/// Without this the property would hold of logs in which nothing is found, and of bounds that nothing passes.
#[test]
fn such_logs_have_incidents_and_go_to_disk() {
    let (mut kinds, mut aside) = (0, 0);
    for seed in 0..40 {
        let found = findings(&log(seed, 2500), None, 1 << 20);
        kinds += found.incidents.iter().filter(|i| i.records.len() > 30).count();
        aside += found.set_aside.len();
    }
    assert!(kinds > 20 && aside > 10, "{kinds} incidents, {aside} set aside");
    let mut spilling = Log::spilling(Arc::new(Memory), 1000);
    spilling.read(&*log(1, 2500), 1).unwrap();
    assert!(spilling.lookups.is_on_disk());
}

/// A place that takes a few bytes and no more.
#[derive(Debug)]
struct Full;

impl Spill for Full {
    fn file(&self) -> std::io::Result<Box<dyn SpillFile>> {
        let room: Box<[u8]> = vec![0; 100].into();
        Ok(Box::new(std::io::Cursor::new(room)))
    }
}

/// What cannot be put down is said, and never left out.
#[test]
fn a_full_place_is_an_error() {
    let mut spilling = Log::spilling(Arc::new(Full), 1000);
    let error = spilling.read(&*log(1, 2500), 1).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::WriteZero);
}
