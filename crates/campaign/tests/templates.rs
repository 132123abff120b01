//! Templates on the generator's case, alone and among real mail.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use campaign::{Mining, mine};
use common::{case_of, figures, real_mail};
use testkit::case::Scale;

/// What is found on a seed, in full: for whoever changes how templates are mined.
/// `SEED=3 cargo test -p interdict-campaign --test templates -- --ignored --nocapture look`.
#[test]
#[ignore = "prints; asserts nothing"]
fn look() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let scale = if std::env::var_os("FULL").is_some() { Scale::Full } else { Scale::Small };
    let (messages, known) = case_of(seed, scale);
    let templates = mine(&messages, &Mining::default());
    for template in &templates {
        let first = &known[template.copies[0]];
        eprintln!("== {} copies, {:?}\n{}", template.copies.len(), first.copy_of, template.text());
        for slot in &template.slots {
            let values: Vec<&str> = slot
                .fills
                .iter()
                .step_by(slot.fills.len() / 5 + 1)
                .map(|fill| fill.value(&messages))
                .collect();
            eprintln!("   {} {}: {values:?}", slot.kind, slot.fills.len());
        }
        let mut wrong = 0;
        for &place in &template.copies {
            let own: Vec<_> = template
                .slots
                .iter()
                .flat_map(|slot| {
                    slot.fills
                        .iter()
                        .filter(|f| f.message == place)
                        .map(move |f| (slot.kind, f.range.start, f.range.end))
                })
                .collect();
            for slot in known[place].slots.iter().filter(|slot| !own.contains(slot)) {
                wrong += 1;
                if wrong <= 6 {
                    let own: Vec<_> = own
                        .iter()
                        .map(|(kind, start, end)| (kind, &messages[place].text[*start..*end]))
                        .collect();
                    eprintln!(
                        "   MISSED {:?} {:?} among {own:?}",
                        slot.0,
                        &messages[place].text[slot.1..slot.2]
                    );
                }
            }
        }
    }
    eprintln!("{:?}", figures(&templates, &known));
}

/// Real mail: which are made copies of one text.
#[test]
#[ignore = "prints; asserts nothing"]
fn look_at_real_mail() {
    let Some(mails) = real_mail() else { return };
    let messages: Vec<_> = mails.iter().map(|(_, message)| message.clone()).collect();
    let templates = mine(&messages, &Mining::default());
    for template in &templates {
        let folders: Vec<&str> = template.copies.iter().map(|place| &*mails[*place].0).collect();
        let ham = folders.iter().filter(|folder| folder.contains("ham")).count();
        let senders: std::collections::BTreeSet<&str> =
            template.copies.iter().map(|place| &*messages[*place].sender).collect();
        let mut text = template.text();
        text.truncate(text.floor_char_boundary(700));
        eprintln!(
            "== {} copies, {ham} ham, {} senders {:?}\n{text}",
            template.copies.len(),
            senders.len(),
            senders.iter().take(3).collect::<Vec<_>>()
        );
    }
}

/// Nanoseconds that this thread has had a processor.
fn cpu() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    told.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

/// Figures by seed, and messages a CPU-second, alone and among real mail.
/// `cargo test --release -p interdict-campaign --test templates -- --ignored --nocapture measure`; `SEEDS=11-15 FULL=1`.
#[test]
#[ignore = "minutes; prints the table of docs/campaign.md"]
fn measure() {
    let seeds = std::env::var("SEEDS").unwrap_or_else(|_| "1-5".to_owned());
    let (first, last) = seeds.split_once('-').unwrap();
    let scale = if std::env::var_os("FULL").is_some() { Scale::Full } else { Scale::Small };
    let mails = real_mail().unwrap_or_default();
    for seed in first.parse::<u64>().unwrap()..=last.parse().unwrap() {
        let (mut messages, known) = case_of(seed, scale);
        let own = messages.len();
        for background in [false, true] {
            if background {
                messages.extend(mails.iter().map(|(_, message)| message.clone()));
            }
            let before = cpu();
            let templates = mine(&messages, &Mining::default());
            let rate = messages.len() as f64 / (cpu() - before);
            let mixed = templates
                .iter()
                .filter(|t| t.copies.iter().any(|c| *c < own) && t.copies.iter().any(|c| *c >= own))
                .count();
            let ham = |place: &usize| *place >= own && mails[place - own].0.contains("ham");
            let ham = templates.iter().flat_map(|t| &t.copies).filter(|place| ham(place)).count();
            let f = figures(&templates, &known);
            eprintln!(
                "seed {seed} {} messages: B-cubed {:.4} ({:.4}/{:.4}), slots {:.4}, with kind {:.4}; {} templates, {mixed} with real mail, {ham} ham in templates; {rate:.0} messages a CPU-second",
                messages.len(),
                f.b_cubed,
                f.precision,
                f.recall,
                f.slots,
                f.kinds,
                templates.len()
            );
        }
    }
}
