//! A whole invented case from a seed: a record site and its web logs, the mailings that used what a scrape got, decoys,
//! posts; and what is true of all that, known before anything looks for it.
//!
//! People, streets, towns, parties and companies are put together of tables (`data/case`); domains are those of
//! RFC 2606, addresses those of RFC 5737, RFC 3849 and RFC 1918. It is data for tests, and sends nothing. The same plan
//! gives the same bytes on every machine: integers decide, drawn from [`validation::Random`].
//!
//! The chain: `access.log` has honest traffic, scans, and one scrape. The mailings whose source is `exposed` are filled from
//! records that the scrape got; those whose source is `public` from the public voter file, an independent list in which
//! 45 of each hundred voters stand; `customers` and `subscribers` are people of whom a few are voters as it happens.

mod gold;
mod honest;
mod mail;
mod people;
mod posts;
mod scrape;
mod tables;
mod templates;
#[cfg(test)]
mod tests;
mod variants;
mod web;

use std::collections::{BTreeSet, HashSet};

use validation::Random;

pub use mail::{Campaign, Message, Slot, to_mbox};
pub use people::{Voter, ids_of, to_csv as voters_to_csv};
pub use posts::{Post, posts_to_csv, posts_to_jsonl, shares_to_csv};
pub use scrape::{Incident, Scrape, scan_kinds};
pub use templates::{SlotKind, Template};
pub use web::{Form, Hit, Missing};

use honest::{Honest, Load};
use mail::Recipient;
use tables::{chance, shuffle};
use web::Site;

/// How much of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// To be read by people, and embedded: 240 voters, one log of a few hundred lines, three mailings of a dozen or so.
    Demo,
    /// For tests: 4,000 voters, 700 ids a scrape, mailings of 50 to 200.
    Small,
    /// For measurements: 60,000 voters, 3,000 ids a scrape, mailings of 50 to 2,000.
    Full,
}

impl Scale {
    /// One of three numbers: of the demonstration, of a small case, of a full one.
    fn of<T>(self, demo: T, small: T, full: T) -> T {
        match self {
            Self::Demo => demo,
            Self::Small => small,
            Self::Full => full,
        }
    }
}

/// What to make.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The seed: another one, another case.
    pub seed: u64,
    /// How much.
    pub scale: Scale,
    /// Which logs there are besides `access`; none: all of them. A case for messages needs no other: `Some(vec![])`.
    pub logs: Option<Vec<String>>,
}

/// A web log and what is in it.
#[derive(Clone, Debug)]
pub struct Log {
    /// Its name: `access`, `honest`, `scan_traversal`, that of a scrape.
    pub name: String,
    /// How it is written.
    pub form: Form,
    /// Its requests, in order of time.
    pub hits: Vec<Hit>,
    /// Its incidents.
    pub incidents: Vec<Incident>,
}

impl Log {
    /// The log as a file.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.form.write(&self.hits)
    }

    /// The ids whose record was returned to a scrape.
    #[must_use]
    pub fn records(&self) -> BTreeSet<u32> {
        self.incidents.iter().flat_map(|incident| incident.records.iter().copied()).collect()
    }
}

/// An invented case.
#[derive(Clone, Debug)]
pub struct Case {
    /// The plan it was made by.
    pub plan: Plan,
    /// The record site's table, by id.
    pub voters: Vec<Voter>,
    /// The public voter file, each entry with the id on the site where the site has that person.
    pub public: Vec<(Voter, Option<u32>)>,
    /// The log of the operation, `access`, first; then the others.
    pub logs: Vec<Log>,
    /// The scrape in `access`.
    pub scrape: &'static str,
    /// The mailings.
    pub campaigns: Vec<Campaign>,
    /// The mailbox, in order of time.
    pub messages: Vec<Message>,
    /// The posts, in order of time.
    pub posts: Vec<Post>,
}

/// Names of the logs that a plan may ask for, besides `access`.
#[must_use]
pub fn log_names() -> Vec<String> {
    let honest = ["honest", "honest_clerk_in_order", "honest_path", "honest_soft404"].map(str::to_owned);
    let scans = scan_kinds().into_iter().map(|kind| format!("scan_{kind}"));
    honest.into_iter().chain(scans).chain(Scrape::all().iter().map(|s| s.name.to_owned())).collect()
}

impl Case {
    /// The case of a plan.
    ///
    /// # Panics
    /// Where a table of the case is wrong. A log that there is not is not made: [`log_names`] has those that are.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let random = |part: &str| Random::new(plan.seed, &["case", part]);
        let scale = plan.scale;
        let words = people::Words::new(&mut random("words"));
        let voters = words.voters(&mut random("voters"), scale.of(240, 4000, 60_000));
        let public = words.public(&mut random("public"), &voters);
        let strangers = words.strangers(&mut random("strangers"), scale.of(60, 1000, 6000), 900_001);
        let maker = Maker { plan, voters: &voters, present: voters.iter().map(|v| v.id).collect() };
        let (access, scrape) = maker.access();
        let mut logs = vec![access];
        let wanted = |name: &String| plan.logs.as_ref().is_none_or(|logs| logs.contains(name));
        logs.extend(log_names().into_iter().filter(wanted).map(|name| maker.log(name)));

        let exposed = logs[0].records();
        let campaigns = Campaign::all();
        let mut messages = Vec::new();
        for (place, campaign) in campaigns.iter().enumerate() {
            let mut random = random(campaign.template.name);
            let mut pool = pool(campaign.source, &mut random, &voters, &exposed, &public, &strangers);
            shuffle(&mut random, &mut pool);
            pool.truncate(campaign.copies(scale));
            messages.extend(campaign.send(&mut random, place, &pool));
        }
        let talk = scale.of(6, 150, 1500);
        messages.extend(mail::chatter(&mut random("chatter"), &strangers, talk));
        let messages = mail::by_time(&mut random("order"), messages);
        let posts = posts::posts(&mut random("posts"), scale.of(2, 6, 6), scale.of(0, 60, 400), talk * 3);
        Self { plan: plan.clone(), voters, public, logs, scrape, campaigns, messages, posts }
    }

    /// What a reader of the whole case writes into a folder: names with `/`, and contents. Of a demonstration only what the
    /// chain reads.
    #[must_use]
    pub fn files(&self) -> Vec<(String, String)> {
        let public: Vec<Voter> = self.public.iter().map(|(voter, _)| voter.clone()).collect();
        if self.plan.scale == Scale::Demo {
            return vec![
                ("access.log".to_owned(), self.logs[0].to_text()),
                ("voters.csv".to_owned(), voters_to_csv(&self.voters)),
                ("public.csv".to_owned(), voters_to_csv(&public)),
                ("mailbox.mbox".to_owned(), to_mbox(&self.messages)),
                ("posts.csv".to_owned(), posts_to_csv(&self.posts)),
            ];
        }
        let mut all = self.voters.clone();
        shuffle(&mut Random::new(self.plan.seed, &["case", "public_all"]), &mut all);
        let mut files = vec![
            ("voters.csv".to_owned(), voters_to_csv(&self.voters)),
            ("public.csv".to_owned(), voters_to_csv(&public)),
            ("public_all.csv".to_owned(), voters_to_csv(&all)),
            ("mailbox.mbox".to_owned(), to_mbox(&self.messages)),
            ("posts.csv".to_owned(), posts_to_csv(&self.posts)),
            ("posts.jsonl".to_owned(), posts_to_jsonl(&self.posts)),
            ("shares.csv".to_owned(), shares_to_csv(&self.posts)),
        ];
        for (n, log) in self.logs.iter().enumerate() {
            let folder = if n == 0 { "" } else { "logs/" };
            files.push((format!("{folder}{}.log", log.name), log.to_text()));
        }
        files.push(("logs/gold.json".to_owned(), gold::records(&self.logs[1..]).to_string() + "\n"));
        files.push(("gold.json".to_owned(), format!("{:#}\n", self.gold())));
        files
    }

    /// All that is true of the case, as JSON.
    #[must_use]
    pub fn gold(&self) -> serde_json::Value {
        gold::gold(self)
    }
}

/// Who a mailing may go to.
fn pool(
    source: &str,
    random: &mut Random,
    voters: &[Voter],
    exposed: &BTreeSet<u32>,
    public: &[(Voter, Option<u32>)],
    strangers: &[Voter],
) -> Vec<Recipient> {
    let known = |voter: &Voter| (voter.clone(), Some(voter.id));
    let mut few = |share| -> Vec<Recipient> {
        let by_chance: Vec<Recipient> = voters
            .iter()
            .filter(|_| chance(random, share))
            .take(strangers.len() * share / 100)
            .map(known)
            .collect();
        by_chance.into_iter().chain(strangers.iter().map(|voter| (voter.clone(), None))).collect()
    };
    match source {
        "exposed" => voters.iter().filter(|voter| exposed.contains(&voter.id)).map(known).collect(),
        "public" => public.to_vec(),
        "customers" => few(12),
        _ => few(5),
    }
}

struct Maker<'a> {
    plan: &'a Plan,
    voters: &'a [Voter],
    present: HashSet<u32>,
}

impl Maker<'_> {
    fn random(&self, log: &str, part: &str) -> Random {
        Random::new(self.plan.seed, &["case", "log", log, part])
    }

    fn honest(&self, name: &str, site: Site) -> Vec<Hit> {
        let scale = self.plan.scale;
        let load = Load {
            visits: scale.of(8, 150, 1500),
            desks: scale.of(1, 12, 12),
            clerk: scale.of(12, 160, 420),
            clerk_in_order: name == "honest_clerk_in_order",
            crawl: scale.of(4, 120, 400),
            monitor_every: scale.of(240, 5, 5),
        };
        Honest::new(self.random(name, "honest"), site, self.voters, &self.present).day(load)
    }

    fn finish(name: &str, form: Form, mut hits: Vec<Hit>, incidents: Vec<Incident>) -> Log {
        hits.sort_by_key(|hit| hit.at);
        Log { name: name.to_owned(), form, hits, incidents }
    }

    /// The log of the operation: honest traffic, every kind of scan, a scrape that goes over a third of the ids.
    fn access(&self) -> (Log, &'static str) {
        let mut random = self.random("access", "scrape");
        let mut scrapes = Scrape::all();
        let shown = |scrape: &Scrape| match self.plan.scale {
            // One that a reader can follow line by line: what is "not found" does not show in the status.
            Scale::Demo => scrape.name == "soft404",
            _ => scrape.form == Form::Combined && scrape.pace <= 2000,
        };
        scrapes.retain(shown);
        let scrape = &scrapes[random.below(scrapes.len())];
        let mut hits = self.honest("access", scrape.site);
        let mut incidents = Vec::new();
        for kind in scan_kinds() {
            let (more, incident) = scrape::scan(&mut random, kind, incidents.len());
            hits.extend(more);
            incidents.push(incident);
        }
        let count = self.voters.len() / 3;
        let (more, incident) = scrape.run(&mut random, count, self.voters, &self.present, incidents.len());
        hits.extend(more);
        incidents.push(incident);
        (Self::finish("access", Form::Combined, hits, incidents), scrape.name)
    }

    fn log(&self, name: String) -> Log {
        let usual = Site { in_path: name.ends_with("path"), missing: Missing::NotFound };
        let usual = if name.ends_with("soft404") { Site { missing: Missing::Soft, ..usual } } else { usual };
        if let Some(scrape) = Scrape::all().into_iter().find(|scrape| scrape.name == name) {
            let mut hits = self.honest(&name, scrape.site);
            let mut random = self.random(&name, "scrape");
            let count = self.plan.scale.of(90, 700, 3000);
            let (more, incident) = scrape.run(&mut random, count, self.voters, &self.present, 0);
            hits.extend(more);
            return Self::finish(&name, scrape.form, hits, vec![incident]);
        }
        let mut hits = self.honest(&name, usual);
        let mut incidents = Vec::new();
        if let Some(kind) = scan_kinds().into_iter().find(|kind| name.strip_prefix("scan_") == Some(kind)) {
            let (more, incident) = scrape::scan(&mut self.random(&name, "scan"), kind, 0);
            hits.extend(more);
            incidents.push(incident);
        }
        Self::finish(&name, Form::Combined, hits, incidents)
    }
}
