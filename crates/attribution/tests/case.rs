//! Links and weights on invented cases, whose gold was written with them: with the gold's own templates, which measures the
//! linking alone, and with templates that were mined from the mailbox, which measures both.

#![allow(clippy::print_stdout, reason = "the figures, with --nocapture")]

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use attribution::{Exposure, Link, Operation, Record, Records, Salt, link_campaigns};
use campaign::{Fill, Message, Mining, Piece, Slot, SlotKind, Template, mine};
use testkit::case::{self, Case, Plan, Scale, Voter};

fn case(seed: u64, scale: Scale) -> Case {
    Case::new(&Plan { seed, scale, logs: Some(Vec::new()) })
}

fn records<'a>(voters: impl IntoIterator<Item = &'a Voter>) -> Records {
    let rows: Vec<(String, String, &Voter)> =
        voters.into_iter().map(|voter| (voter.id.to_string(), voter.name(), voter)).collect();
    Records::new(
        rows.iter().map(|(id, name, voter)| Record { id, name, address: &voter.street, town: &voter.town }),
        &Salt::new(b"a salt for tests"),
    )
}

fn messages(case: &Case) -> Vec<Message> {
    let message = |message: &case::Message| Message {
        id: message.id.clone(),
        text: message.text.clone(),
        time: jiff::Timestamp::from_millisecond(message.at).ok(),
        ..Message::default()
    };
    case.messages.iter().map(message).collect()
}

/// The templates as the gold has them; `only`: with slots of these kinds alone.
fn templates(case: &Case) -> Vec<Template> {
    let kind = |kind| match kind {
        case::SlotKind::Name => SlotKind::Name,
        case::SlotKind::Address => SlotKind::Address,
        case::SlotKind::Town => SlotKind::Place,
        case::SlotKind::Party => SlotKind::Party,
        case::SlotKind::Link => SlotKind::Link,
        case::SlotKind::Date => SlotKind::Date,
        case::SlotKind::Amount => SlotKind::Number,
    };
    let template = |(place, campaign): (usize, &case::Campaign)| {
        let copies: Vec<usize> =
            (0..case.messages.len()).filter(|n| case.messages[*n].campaign == Some(place)).collect();
        let slot = |(nth, slot): (usize, case::SlotKind)| Slot {
            kind: kind(slot),
            fills: copies
                .iter()
                .map(|&message| {
                    let slot = &case.messages[message].slots[nth];
                    Fill { message, range: slot.start..slot.end }
                })
                .collect(),
        };
        let slots: Vec<Slot> = campaign.template.slots().into_iter().enumerate().map(slot).collect();
        Template { pieces: vec![Piece::Text(campaign.template.name.to_owned())], slots, copies }
    };
    case.campaigns.iter().enumerate().map(template).collect()
}

fn operation(case: &Case, public: Option<&Records>, templates: &[Template]) -> Operation {
    let table = records(&case.voters);
    let ids: Vec<String> = case.logs[0].records().iter().map(u32::to_string).collect();
    let exposure = Exposure::new(&table, public, ids.iter().map(String::as_str));
    assert_eq!((exposure.len(), exposure.unknown()), (ids.len(), 0));
    link_campaigns(templates, &messages(case), &exposure)
}

/// Right and wrong links, and those that there should be.
#[derive(Default, Debug, Clone, Copy)]
struct Links {
    right: usize,
    wrong: usize,
    should: usize,
}

fn links(case: &Case, operation: &Operation) -> BTreeMap<&'static str, Links> {
    let table = records(&case.voters);
    let mut by_mailing: BTreeMap<&'static str, Links> = BTreeMap::new();
    for (place, campaign) in case.campaigns.iter().enumerate() {
        let sent = case.messages.iter().filter(|m| m.campaign == Some(place));
        let should = sent.filter(|m| m.voter.is_some()).count();
        by_mailing.insert(campaign.template.name, Links { should, ..Links::default() });
    }
    for mailing in &operation.mailings {
        for recipient in &mailing.recipients {
            let message = &case.messages[recipient.message];
            let name = message.campaign.map_or("other mail", |place| case.campaigns[place].template.name);
            let links = by_mailing.entry(name).or_default();
            let truth = message.voter.map(|id| id.to_string());
            let names: Vec<&str> = recipient.link.records().iter().map(|r| table.id(*r)).collect();
            if names.is_empty() {
                continue;
            }
            let household = matches!(recipient.link, Link::Household(_));
            let right = truth.as_deref().is_some_and(|id| names.contains(&id));
            // Of a household, more than one may be meant: right, if the message names nobody.
            let says_name = message.slots.iter().any(|slot| slot.kind == case::SlotKind::Name);
            if right && !(household && says_name && names.len() > 1) {
                links.right += 1;
            } else {
                links.wrong += 1;
            }
        }
    }
    by_mailing
}

#[test]
fn linked_recipients() {
    measured(11..=15, Scale::Small, templates);
}

#[test]
fn linked_recipients_of_mined_templates() {
    measured(11..=15, Scale::Small, |case| mine(&messages(case), &Mining::default()));
}

#[test]
#[ignore = "60,000 voters and 5,600 mails a case: the figures of docs/attribution.md"]
fn linked_recipients_at_full_scale() {
    measured(11..=15, Scale::Full, |case| mine(&messages(case), &Mining::default()));
}

#[test]
#[ignore = "60,000 voters and 5,600 mails a case: the figures of docs/attribution.md"]
fn verdicts_at_full_scale() {
    verdicts_of(11..=15, Scale::Full, |case| mine(&messages(case), &Mining::default()));
}

/// Precision over all mailings. Recall over those that were filled from the site's records: a public file has older
/// addresses of some, which are no longer the record's, and a name alone links nobody.
fn measured(seeds: RangeInclusive<u64>, scale: Scale, templates: fn(&Case) -> Vec<Template>) {
    let (mut all, mut exposed) = (Links::default(), Links::default());
    for seed in seeds {
        let case = case(seed, scale);
        for (mailing, one) in links(&case, &operation(&case, None, &templates(&case))) {
            println!("seed {seed} {mailing:<11} {one:?}");
            let own = case.campaigns.iter().any(|c| c.template.name == mailing && c.source == "exposed");
            for sum in [&mut all].into_iter().chain(own.then_some(&mut exposed)) {
                sum.right += one.right;
                sum.wrong += one.wrong;
                sum.should += one.should;
            }
        }
    }
    let precision = all.right as f64 / (all.right + all.wrong) as f64;
    let recall = exposed.right as f64 / exposed.should as f64;
    println!("{all:?} {exposed:?} precision {precision:.4} recall {recall:.4}");
    assert!(precision >= 0.99 && recall >= 0.95);
}

#[test]
fn verdicts() {
    verdicts_of(11..=15, Scale::Small, templates);
}

#[test]
fn verdicts_of_mined_templates() {
    verdicts_of(11..=15, Scale::Small, |case| mine(&messages(case), &Mining::default()));
}

fn verdicts_of(seeds: RangeInclusive<u64>, scale: Scale, templates: fn(&Case) -> Vec<Template>) {
    for seed in seeds {
        let case = case(seed, scale);
        let templates = templates(&case);
        let independent = records(case.public.iter().map(|(voter, _)| voter));
        let everybody = records(&case.voters);
        for (name, public) in
            [("no file", None), ("public.csv", Some(&independent)), ("public_all.csv", Some(&everybody))]
        {
            let operation = operation(&case, public, &templates);
            for mailing in &operation.mailings {
                let weight = &mailing.weight;
                let first = mailing.recipients.first().and_then(|r| case.messages[r.message].campaign);
                let Some(campaign) = first.map(|place| &case.campaigns[place]) else {
                    assert_eq!(weight.verdict.name(), "not_distinguishable", "{}", mailing.template);
                    continue;
                };
                println!(
                    "seed {seed} {name:<14} {:<10} {:<11} {:>8.1} {} {}",
                    campaign.template.name,
                    campaign.source,
                    weight.log10_ratio().unwrap_or(f64::NAN),
                    weight.verdict.name(),
                    weight.reason
                );
                // Where all that was exposed is public, nobody can tell.
                let told = campaign.source == "exposed" && name != "public_all.csv";
                let wanted = if told { "drawn_from_exposed" } else { "not_distinguishable" };
                assert_eq!(weight.verdict.name(), wanted, "{seed} {name} {}", campaign.template.name);
            }
        }
    }
}
