//! Templates on the generator's case, alone and among real mail.

// Helpers of tests are tests.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod common;

use campaign::{Message, Mining, mine};
use common::{case_of, figures, real_mail};
use proptest::prelude::*;
use testkit::case::Scale;

/// The generator's case: every mailing whole and alone, every slot byte for byte.
#[test]
fn the_case() {
    for seed in [1, 2] {
        let (messages, known) = case_of(seed, Scale::Small);
        let templates = mine(&messages, &Mining::default());
        let found = figures(&templates, &known);
        assert!(
            found.b_cubed >= 0.98 && found.slots >= 0.95 && found.kinds >= 0.95,
            "seed {seed}: {found:?}"
        );
        assert_eq!(templates.len(), 10, "eight mailings and two texts of posts");
    }
}

/// Real mail beside the case joins nothing of it, and no two texts of real correspondence are made one.
#[test]
fn among_real_mail() {
    let Some(mails) = real_mail() else { return };
    let (mut messages, known) = case_of(1, Scale::Small);
    let own = messages.len();
    messages.extend(mails.iter().map(|(_, message)| message.clone()));
    let templates = mine(&messages, &Mining::default());
    let found = figures(&templates, &known);
    assert!(found.b_cubed >= 0.98 && found.slots >= 0.95, "{found:?}");
    for template in &templates {
        let ours = template.copies.iter().filter(|place| **place < own).count();
        assert!(ours == 0 || ours == template.copies.len(), "{}", template.text());
        let ham = template.copies.iter().filter(|p| **p >= own && mails[**p - own].0.contains("ham")).count();
        // One notice that a newsletter sends in place of its pictures, the same to the letter each day.
        assert!(ham == 0 || template.slots.is_empty(), "{}", template.text());
    }
}

fn texts(texts: impl IntoIterator<Item = String>) -> Vec<Message> {
    texts.into_iter().map(|text| Message { text, ..Message::default() }).collect()
}

/// Ten sentences that share nothing.
const TALK: [&str; 10] = [
    "Could you bring the ladder back before the weekend, please?",
    "The second chapter still needs a better opening.",
    "My train leaves at nine, so keep some soup for me.",
    "Nobody told us that the hall was booked by the choir.",
    "I think version three fixes it; the log shows no more errors.",
    "Her exhibition opens in Lisbon, and all her cousins will travel.",
    "Please count the chairs again, two seem to be missing.",
    "That patch broke my build on the old laptop.",
    "Rain all week, the garden is one large pond by now.",
    "Ask Greta about the key, she had it in her coat.",
];

/// What many mails share without being copies of one text.
#[test]
fn frames_join_nothing() {
    let check = |what: &str, frame: &dyn Fn(&str) -> String| {
        let messages = texts(TALK.iter().map(|talk| frame(talk)));
        let found = mine(&messages, &Mining { min_copies: 2 });
        assert!(found.is_empty(), "{what}: {}", found[0].text());
    };
    check("a signature", &|t| {
        format!(
            "{t}\n\n-- \nAnn Lee, Head of Records\nRiver House, 12 Quay Street, Saltmere\nTelephone 555 0100 and fax 555 0101\n"
        )
    });
    check("the footer of a list", &|t| {
        format!(
            "{t}\n_______________________________________________\nTalk mailing list\nTalk@list.example.org\nhttps://list.example.org/listinfo/talk to leave or to change your options\n"
        )
    });
    check("a quoted mail", &|t| {
        format!(
            "{t}\n\nOn Tue, 20 Oct 2020, Ann Lee wrote:\n> The whole committee meets on Thursday in the small hall behind the church,\n> and everybody should bring the minutes of the last three meetings.\n"
        )
    });
    check("a forwarded mail", &|t| {
        format!(
            "{t}\n-----Original Message-----\nThe whole committee meets on Thursday in the small hall behind the church, and everybody comes.\n"
        )
    });
    check("how to leave", &|t| {
        format!(
            "{t}\n\nYou get this mail because you asked for it once upon a time; to unsubscribe write to the address below.\n"
        )
    });
    let news = |t: &str| {
        format!(
            "The weekly letter of the garden club\n\n{t} {t} {t} {t}\n\nSee you all at the next meeting of the club\n"
        )
    };
    check("a newsletter", &news);
    check("a greeting and a wish", &|t| {
        format!("Dear all,\n\n{t}\n\nWith the very best wishes to everybody,\nAnn")
    });
}

/// A text by mail and as posts, in other lines and with another case, is one text.
#[test]
fn one_text_however_it_comes() {
    let text = |n: usize, gap: &str| {
        format!(
            "The vote in our town is a fraud,{gap}and we can prove it to you. Watch our film number {n}00{n} tonight."
        )
    };
    let messages = texts((0..8).map(|n| match n % 3 {
        0 => text(n, "\n"),
        1 => text(n, " ").to_uppercase(),
        _ => format!("{}\n\n> what is this?\n", text(n, " ")),
    }));
    let found = mine(&messages, &Mining::default());
    assert_eq!((found.len(), found[0].copies.len(), found[0].slots.len()), (1, 8, 1), "{found:?}");
    assert_eq!(
        found[0].slots[0].fills.iter().map(|fill| fill.value(&messages)).collect::<Vec<_>>()[..3],
        ["0000", "1001", "2002"]
    );
}

proptest! {
    /// Whatever the texts are: each message is a copy of one template at most, and every fill is a part of its text.
    #[test]
    fn any_texts(drawn in prop::collection::vec("(dear |we know |you |live at |12 |Oak |Elm |St |, |\\. |\n|> |-- |http://a\\.b |\u{e9}t\u{e9} |\u{4e16}|\u{200b}){0,30}", 0..30)) {
        let messages = texts(drawn);
        let found = mine(&messages, &Mining { min_copies: 2 });
        let mut seen = std::collections::BTreeSet::new();
        for template in &found {
            prop_assert!(template.copies.len() >= 2);
            prop_assert!(template.copies.iter().all(|place| seen.insert(*place)));
            for fill in template.slots.iter().flat_map(|slot| &slot.fills) {
                prop_assert!(template.copies.contains(&fill.message));
                prop_assert!(!fill.value(&messages).is_empty());
            }
        }
        prop_assert_eq!(&found, &mine(&messages, &Mining { min_copies: 2 }));
    }
}

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
