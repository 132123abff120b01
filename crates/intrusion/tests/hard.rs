//! Harder than the invented case: what hides a scrape, and what makes honest use look like one.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test's own helpers.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{BufReader, Cursor};

use intrusion::{Findings, Log};

const BROWSER: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/86.0.4240.75 Safari/537.36";
const OTHER: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:81.0) Gecko/20100101 Firefox/81.0";
const SITE: &str = "https://vote.example.org";

/// A generator of numbers that is the same in every run (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }
}

/// A log in the making: lines with their times.
#[derive(Default)]
struct Day(Vec<(u64, String)>);

impl Day {
    fn get(&mut self, at: u64, address: &str, target: &str, answer: (u16, u64), referrer: &str, agent: &str) {
        let (h, m, s) = (at / 3600 % 24, at / 60 % 60, at % 60);
        let day = 17 + at / 86_400;
        let mut line = String::new();
        let referrer = if referrer.is_empty() { "-".to_owned() } else { format!("{SITE}{referrer}") };
        write!(
            line,
            "{address} - - [{day:02}/Oct/2020:{h:02}:{m:02}:{s:02} +0000] \"GET {target} HTTP/1.1\" {} {} \"{referrer}\" \"{agent}\"",
            answer.0, answer.1
        )
        .unwrap();
        self.0.push((at, line));
    }

    /// People who load a form, then a record or three with a picture.
    fn people(&mut self, random: &mut Random, visits: u64, target: &dyn Fn(u64) -> String) {
        for n in 0..visits {
            let (address, agent) =
                (format!("10.{}.{}.7", n / 200, n % 200), [BROWSER, OTHER][(n % 2) as usize]);
            let mut at = 3600 + random.below(80_000);
            self.get(at, &address, "/voter/", (200, 5120), "", agent);
            self.get(at, &address, "/css/site.css", (200, 2790), "/voter/", agent);
            for _ in 0..1 + random.below(3) {
                at += 8 + random.below(60);
                let id = random.below(20_000);
                self.get(at, &address, &target(id), answer(id), "/voter/", agent);
                self.get(at + 1, &address, "/img/pin.png", (304, 0), "/voter/lookup.php", agent);
            }
        }
    }

    fn text(mut self) -> String {
        self.0.sort_by_key(|(at, _)| *at);
        self.0.into_iter().map(|(_, line)| line + "\n").collect()
    }
}

/// Every eighth id is not there.
fn answer(id: u64) -> (u16, u64) {
    if id % 8 == 3 { (404, 209) } else { (200, 1900 + id * 37 % 500) }
}

fn query(id: u64) -> String {
    format!("/voter/lookup.php?id={}", 2_000_000 + id)
}

fn read(text: &str) -> Findings {
    let mut log = Log::default();
    log.read(BufReader::new(Cursor::new(text.as_bytes())), 1).unwrap();
    log.finish().unwrap()
}

fn check(name: &str, text: &str, expected: &BTreeSet<String>) {
    let findings = read(text);
    let found: BTreeSet<String> =
        findings.incidents.iter().flat_map(|i| i.records.iter().map(|id| id.unwrap().into_owned())).collect();
    let right = found.intersection(expected).count();
    let kinds: Vec<_> = findings
        .incidents
        .iter()
        .map(|i| (i.kind, i.addresses.len(), i.records.len(), i.why.clone()))
        .collect();
    if expected.is_empty() {
        assert!(kinds.is_empty(), "{name}: {kinds:#?}");
        return;
    }
    let (precision, recall) =
        (right as f64 / found.len().max(1) as f64, right as f64 / expected.len() as f64);
    assert!(precision >= 0.99 && recall >= 0.99, "{name}: {precision:.4} {recall:.4} {kinds:#?}");
    assert_eq!(kinds.len(), 1, "{name}: {kinds:#?}");
}

fn ids(ids: impl Iterator<Item = u64>, shown: &dyn Fn(u64) -> String) -> BTreeSet<String> {
    ids.filter(|id| answer(*id).0 == 200).map(shown).collect()
}

fn plain_id(id: u64) -> String {
    (2_000_000 + id).to_string()
}

/// What `INTERDICT_HARD` names is written there as a log, to be looked at.
fn keep(name: &str, text: &str) {
    if let Some(folder) = std::env::var_os("INTERDICT_HARD") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.log")), text).unwrap();
    }
}

fn found(name: &str, day: Day, expected: &BTreeSet<String>) {
    let text = day.text();
    keep(name, &text);
    check(name, &text, expected);
}

fn silent(name: &str, day: Day) {
    found(name, day, &BTreeSet::new());
}

#[test]
fn scrapes_that_hide() {
    // One request an address, ten a day and agent, as through a pool of homes.
    let (mut random, mut day) = (Random(1), Day::default());
    day.people(&mut random, 2000, &query);
    for n in 0..600 {
        let id = 5000 + (n * 7919) % 600;
        let address = format!("{}.{}.{}.9", 11 + random.below(80), random.below(250), random.below(250));
        day.get(4000 + n * 130, &address, &query(id), answer(id), "", [BROWSER, OTHER][(n % 2) as usize]);
    }
    found("pool", day, &ids(5000..5600, &plain_id));

    // The same, each naming the search page.
    let (mut random, mut day) = (Random(2), Day::default());
    day.people(&mut random, 2000, &query);
    for n in 0..600 {
        let id = 5000 + (n * 7919) % 600;
        let address = format!("{}.{}.{}.9", 11 + random.below(80), random.below(250), random.below(250));
        day.get(4000 + n * 130, &address, &query(id), answer(id), "/voter/", BROWSER);
    }
    found("pool_referrer", day, &ids(5000..5600, &plain_id));

    // A script that keeps the search page and comes from it, one address, in order, slow.
    let (mut random, mut day) = (Random(3), Day::default());
    day.people(&mut random, 500, &query);
    day.get(3999, "203.0.113.5", "/voter/", (200, 5120), "", BROWSER);
    for id in 5000..5600 {
        let at = 4000 + (id - 5000) * 20 + random.below(9);
        day.get(at, "203.0.113.5", &query(id), answer(id), "/voter/", BROWSER);
    }
    found("knows_the_form", day, &ids(5000..5600, &plain_id));

    // A browser without a screen: pictures and all, two a second, in order.
    let (mut random, mut day) = (Random(4), Day::default());
    day.people(&mut random, 500, &query);
    for id in 5000..5600 {
        let at = 4000 + (id - 5000) / 2;
        day.get(at, "203.0.113.5", &query(id), answer(id), "", BROWSER);
        day.get(at, "203.0.113.5", "/img/pin.png", (200, 900), "/voter/lookup.php", BROWSER);
    }
    found("headless", day, &ids(5000..5600, &plain_id));

    // Nothing in the log but the scrape: no page, no picture, nobody to compare with.
    let mut day = Day::default();
    for id in 5000..5600 {
        day.get(
            4000 + (id - 5000) * 3,
            "203.0.113.5",
            &format!("/api/voter/{}", 2_000_000 + id),
            answer(id),
            "",
            "curl/7.55.1",
        );
    }
    found("alone", day, &ids(5000..5600, &plain_id));

    // Several parameters, of which one names the record, one the visit, and one is there against caches.
    let (mut random, mut day) = (Random(6), Day::default());
    let many = |id: u64| {
        format!("/voter/lookup.php?county={}&id={}&sid=ab12&_={}", id % 20, 2_000_000 + id, 777 + id * 31)
    };
    day.people(&mut random, 500, &many);
    for n in 0..600 {
        let id = 5000 + (n * 7919) % 600;
        day.get(4000 + n * 2, "203.0.113.5", &many(id), answer(id), "", "python-requests/2.24.0");
    }
    found("parameters", day, &ids(5000..5600, &plain_id));

    // By name, and by UUID.
    let (mut random, mut day) = (Random(7), Day::default());
    let named =
        |id: u64| format!("/search?last=Smith{}&first=Ann{}", char::from(b'a' + (id % 26) as u8), id / 26);
    day.people(&mut random, 500, &named);
    for id in 5000..5600 {
        day.get(4000 + (id - 5000) * 2, "203.0.113.5", &named(id), answer(id), "", "python-requests/2.24.0");
    }
    let shown = |id: u64| format!("Smith{} Ann{}", char::from(b'a' + (id % 26) as u8), id / 26);
    found("names", day, &ids(5000..5600, &shown));

    let (mut random, mut day) = (Random(8), Day::default());
    let uuid = |id: u64| {
        let x = id.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        format!(
            "{:08x}-{:04x}-4{:03x}-9{:03x}-{:012x}",
            x >> 32,
            (x >> 16) & 0xFFFF,
            x & 0xFFF,
            id & 0xFFF,
            x >> 16
        )
    };
    day.people(&mut random, 500, &|id| format!("/record/{}", uuid(id)));
    for n in 0..600 {
        let id = 5000 + (n * 7919) % 600;
        day.get(
            4000 + n * 30 + random.below(20),
            "203.0.113.5",
            &format!("/record/{}", uuid(id)),
            answer(id),
            "",
            BROWSER,
        );
    }
    found("uuid", day, &ids(5000..5600, &uuid));
}

/// Two writers whose buffers are emptied in turns: lines are out of order by minutes, some are cut, some of another server.
#[test]
fn a_scrape_in_a_broken_log() {
    let (mut random, mut day) = (Random(9), Day::default());
    day.people(&mut random, 1000, &query);
    for id in 5000..5600 {
        day.get(4000 + (id - 5000) * 5, "2001:db8:5::7", &query(id), answer(id), "", "curl/7.55.1");
    }
    let text = day.text();
    let mut lines: Vec<&str> = text.lines().collect();
    for chunk in lines.chunks_mut(40) {
        for n in (1..chunk.len()).rev() {
            chunk.swap(n, random.below(n as u64 + 1) as usize);
        }
    }
    let mut broken = String::new();
    for (n, line) in lines.iter().enumerate() {
        if n % 97 == 0 {
            broken += "10.0.0.7 - - [17/Oct/2020:08:\n";
        }
        broken += line;
        broken += if n % 2 == 0 { "\r\n" } else { "\n" };
    }
    check("broken", &broken, &ids(5000..5600, &plain_id));
    assert_eq!(read(&broken).malformed as usize, lines.len().div_ceil(97));
}

#[test]
fn honest_use_that_looks_like_a_scrape() {
    // A clerk whose browser has all pictures in its cache, with a referrer and a day's forms in order.
    let (mut random, mut day) = (Random(11), Day::default());
    day.people(&mut random, 1000, &query);
    let mut at = 9 * 3600;
    day.get(at, "192.0.2.77", "/voter/", (200, 5120), "", BROWSER);
    for id in 7000..7300 {
        at += 12 + random.below(80) * (1 + random.below(3));
        day.get(at, "192.0.2.77", &query(id), answer(id), "/voter/", BROWSER);
    }
    silent("cached_clerk", day);

    // Every hundredth visitor's browser sends no referrer and loads no picture.
    let (mut random, mut day) = (Random(12), Day::default());
    day.people(&mut random, 15_000, &query);
    for n in 0..300 {
        let (id, at) = (random.below(20_000), random.below(80_000));
        day.get(at, &format!("172.16.{}.{}", n / 3, n % 3), &query(id), answer(id), "", OTHER);
    }
    silent("bare_visitors", day);

    // An office of two hundred behind one address, with one image of the same browser.
    let (mut random, mut day) = (Random(13), Day::default());
    day.people(&mut random, 1000, &query);
    for _ in 0..600 {
        let at = 8 * 3600 + random.below(9 * 3600);
        let id = random.below(20_000);
        day.get(at, "192.0.2.10", "/voter/", (200, 5120), "", BROWSER);
        day.get(at + 9, "192.0.2.10", &query(id), answer(id), "/voter/", BROWSER);
        day.get(at + 9, "192.0.2.10", "/img/pin.png", (304, 0), "/voter/lookup.php", BROWSER);
    }
    silent("office", day);

    // A search bot in order, a preview bot, a monitor of ten known records, a shop that pages through its list.
    let (mut random, mut day) = (Random(14), Day::default());
    day.people(&mut random, 1000, &query);
    let bot = "Mozilla/5.0 (compatible; Searchbot/2.1; +https://search.example.com/bot)";
    day.get(3000, "198.51.100.8", "/robots.txt", (200, 90), "", bot);
    for n in 0..900 {
        day.get(
            4000 + n * 11,
            &format!("198.51.100.{}", 8 + n % 4),
            &format!("/news/{n}"),
            (200, 9000 + n * 7 % 900),
            "",
            bot,
        );
        day.get(4000 + n * 60, "198.51.100.77", &query(8 * (n % 10)), (200, 1900), "", "monitor/2");
    }
    silent("bots", day);

    // A site whose pictures come from elsewhere: no asset in the log, pages with referrers.
    let (mut random, mut day) = (Random(15), Day::default());
    for n in 0..1500 {
        let at = 3600 + random.below(80_000);
        let address = format!("10.{}.{}.7", n / 200, n % 200);
        day.get(at, &address, "/voter/", (200, 5120), "", BROWSER);
        let id = random.below(20_000);
        day.get(at + 20, &address, &query(id), answer(id), "/voter/", BROWSER);
    }
    silent("no_assets", day);

    // Old links of a site that moved: visitors meet pages that are gone.
    let (mut random, mut day) = (Random(16), Day::default());
    day.people(&mut random, 500, &query);
    for n in 0..400 {
        let address = format!("10.9.{}.7", n % 200);
        day.get(5000 + n * 60, &address, &format!("/old/page-{}.html", n % 90), (404, 209), "", BROWSER);
    }
    silent("old_links", day);
}
