//! Honest traffic of the record site: people, an office behind one address, a clerk, search bots, monitors.

use std::collections::HashSet;

use validation::Random;

use super::people::Voter;
use super::tables::{chance, of_kind, one, word};
use super::web::{BEGIN, HOUR, Hit, SITE, Site};

pub(super) const AGENTS: &str = include_str!("../../data/case/agents.tsv");

/// How much of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Load {
    /// Visits of people at home.
    pub visits: usize,
    /// Desks of the office behind one address.
    pub desks: usize,
    /// Look-ups of the clerk.
    pub clerk: usize,
    /// The clerk goes through registrations of one day, whose ids follow each other.
    pub clerk_in_order: bool,
    /// Pages for each search bot.
    pub crawl: usize,
    /// Minutes between two questions of the first monitor; of the second twice as many.
    pub monitor_every: i64,
}

pub(super) struct Honest<'a> {
    random: Random,
    site: Site,
    voters: &'a [Voter],
    present: &'a HashSet<u32>,
    agents: Vec<&'static str>,
    hits: Vec<Hit>,
}

/// Somebody at a browser: address, agent.
#[derive(Clone)]
struct Person(String, &'static str);

impl<'a> Honest<'a> {
    pub(super) fn new(random: Random, site: Site, voters: &'a [Voter], present: &'a HashSet<u32>) -> Self {
        Self { random, site, voters, present, agents: of_kind(AGENTS, "browser"), hits: Vec::new() }
    }

    /// A day of it, from the beginning of the case on, in no order.
    pub(super) fn day(mut self, load: Load) -> Vec<Hit> {
        for _ in 0..load.visits {
            let person = self.somebody();
            let at = self.daytime();
            let look_ups = [0, 1, 1, 1, 2, 3][self.random.below(6)];
            self.visit(&person, at, look_ups);
        }
        // An office: desks behind one address.
        for desk in 0..load.desks {
            let agent = self.agents[desk % self.agents.len()];
            for _ in 0..3 {
                let at = BEGIN + 8 * HOUR + self.below(9 * HOUR);
                self.visit(&Person("192.0.2.10".to_owned(), agent), at, 2 + desk % 3);
            }
        }
        self.clerk(load);
        self.bots(load.crawl);
        self.monitors(load.monitor_every);
        self.hits
    }

    fn below(&mut self, of: i64) -> i64 {
        i64::try_from(self.random.below(usize::try_from(of).unwrap_or(0))).unwrap_or(0)
    }

    /// A time of the day at which people are awake, mostly.
    fn daytime(&mut self) -> i64 {
        let (from, hours) = if chance(&mut self.random, 85) { (7, 15) } else { (0, 24) };
        BEGIN + from * HOUR + self.below(hours * HOUR)
    }

    fn somebody(&mut self) -> Person {
        let random = &mut self.random;
        let address = match random.below(10) {
            0..3 => format!("192.0.2.{}", 20 + random.below(180)),
            3 => format!(
                "2001:db8:{:x}:{:x}::{:x}",
                random.below(4096),
                random.below(65536),
                1 + random.below(9)
            ),
            _ => format!("10.{}.{}.{}", 16 + random.below(200), random.below(256), 1 + random.below(254)),
        };
        Person(address, word(random, &self.agents))
    }

    fn get(&mut self, who: &Person, at: i64, path: &str, query: &str, answer: (u16, usize), referrer: &str) {
        self.hits.push(Hit {
            at,
            address: who.0.clone(),
            method: "GET",
            path: path.to_owned(),
            query: query.to_owned(),
            status: answer.0,
            bytes: answer.1,
            referrer: referrer.to_owned(),
            agent: who.1,
            incident: None,
        });
    }

    /// A page with what it shows.
    fn page(&mut self, who: &Person, at: i64, path: &str, query: &str, answer: (u16, usize), referrer: &str) {
        self.get(who, at, path, query, answer, referrer);
        let from = format!("{SITE}{path}");
        let assets: &[&str] = if path == "/" {
            &["/css/site.css", "/js/app.js", "/img/seal.png"]
        } else {
            &["/css/site.css", "/img/pin.png"]
        };
        let mut later = at;
        for asset in assets {
            later += 40 + self.below(600);
            let cached = path != "/" && chance(&mut self.random, 60);
            let size = 2000 + asset.len() * 517;
            self.get(who, later, asset, "", if cached { (304, 0) } else { (200, size) }, &from);
        }
    }

    /// One comes, looks around, and looks up a record or a few, mostly by the right id.
    fn visit(&mut self, who: &Person, at: i64, look_ups: usize) {
        let mut at = at;
        let start = format!("{SITE}/");
        self.page(who, at, "/", "", (200, 10_061), "");
        if chance(&mut self.random, 40) {
            at += 4000 + self.below(40_000);
            let (path, query) = match self.random.below(4) {
                0 => ("/faq", String::new()),
                1 => ("/polling-places", format!("addresscity={}", one(&mut self.random, self.voters).town)),
                2 => ("/candidates", format!("id={}", 1 + self.random.below(120))),
                _ => ("/news", String::new()),
            };
            self.page(who, at, path, &query, (200, 8214), &start);
        }
        if look_ups == 0 {
            return;
        }
        at += 3000 + self.below(30_000);
        self.page(who, at, "/voter/", "", (200, 5120), &start);
        for _ in 0..look_ups {
            at += 5000 + self.below(70_000);
            let mut id = one(&mut self.random, self.voters).id;
            if chance(&mut self.random, 6) {
                id += 1 + u32::try_from(self.random.below(90)).unwrap_or(0); // A slip of the finger.
            }
            self.look_up(who, at, id);
        }
    }

    fn look_up(&mut self, who: &Person, at: i64, id: u32) {
        let (path, query) = self.site.target(id);
        let answer = self.site.answer(id, self.present.contains(&id), &mut self.random);
        self.page(who, at, &path, &query, answer, &format!("{SITE}/voter/"));
    }

    /// The clerk looks up hundreds, one after the other, as people do: a page with its pictures, then a while.
    fn clerk(&mut self, load: Load) {
        let who = Person("192.0.2.7".to_owned(), self.agents[2]);
        let mut at = BEGIN + 8 * HOUR;
        self.page(&who, at, "/", "", (200, 10_061), "");
        self.page(&who, at + 4000, "/voter/", "", (200, 5120), &format!("{SITE}/"));
        let first = self.random.below(self.voters.len().saturating_sub(load.clerk).max(1));
        for n in 0..load.clerk {
            at += 15_000 + self.below(90_000);
            let id = if load.clerk_in_order {
                self.voters[(first + n) % self.voters.len()].id
            } else {
                one(&mut self.random, self.voters).id
            };
            self.look_up(&who, at, id);
        }
    }

    /// Two search bots, ten seconds between two pages, where `robots.txt` lets them: news and candidates, not records.
    fn bots(&mut self, crawl: usize) {
        for (n, agent) in of_kind(AGENTS, "bot").into_iter().enumerate() {
            let who = Person(format!("192.0.2.{}", 240 + n), agent);
            let mut at = BEGIN + HOUR + self.below(10 * HOUR);
            for path in ["/robots.txt", "/sitemap.xml", "/", "/faq", "/news", "/polling-places"] {
                self.get(&who, at, path, "", (200, 900 + path.len() * 211), "");
                at += 10_000 + self.below(3000);
            }
            for page in 1..=crawl {
                let answer = (200, 4000 + page % 700);
                if n == 0 {
                    self.get(&who, at, &format!("/news/{}", 8000 + page), "", answer, "");
                } else {
                    self.get(&who, at, "/candidates", &format!("id={page}"), answer, "");
                }
                at += 10_000 + self.below(3000);
            }
        }
    }

    /// One asks whether the site lives, one whether a known record is found; a reader takes the news.
    fn monitors(&mut self, every: i64) {
        let monitor = |address: &str, kind| Person(address.to_owned(), of_kind(AGENTS, kind)[0]);
        let (alive, known, feed) = (
            monitor("192.0.2.200", "monitor"),
            monitor("192.0.2.201", "monitor"),
            monitor("192.0.2.202", "feed"),
        );
        let id = self.voters[self.voters.len() / 2].id;
        let (path, query) = self.site.target(id);
        for minute in 0..24 * 60 {
            let at = BEGIN + minute * 60_000;
            if minute % every == 0 {
                self.get(&alive, at, "/healthz", "", (200, 2), "");
            }
            if minute % (every * 2) == 3 {
                let answer = self.site.answer(id, true, &mut self.random);
                self.get(&known, at, &path, &query, answer, "");
            }
            if minute % (every * 6) == 7 {
                self.get(&feed, at, "/news/feed.xml", "", (304, 0), "");
            }
        }
    }
}
