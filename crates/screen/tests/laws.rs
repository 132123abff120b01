//! Laws of scoring and ranking that hold for any two parties, whatever is in their names: scores and their parts, replay,
//! self-comparison, thresholds and limits. Inputs are made of words that agree often and of any text at all.

use model::{Entity, Locator, Property, Schema};
use proptest::prelude::*;
use screen::{Answer, Basis, Configuration, Hit, Profile, Request, Score, Scored, exhaustive, score};

const SCHEMATA: [Schema; 8] = [
    Schema::Thing,
    Schema::Person,
    Schema::Company,
    Schema::Organization,
    Schema::LegalEntity,
    Schema::Vessel,
    Schema::Airplane,
    Schema::CryptoWallet,
];

/// Words that meet each other in every way there is: variants, initials, particles, titles, forms, numbers, scripts.
const WORDS: [&str; 48] = [
    "Mohammad",
    "Mohamed",
    "Muhammad",
    "M.",
    "M",
    "Bagher",
    "Baqer",
    "MohammadBagher",
    "Shirinkar",
    "SHIRINKAR,",
    "Seyyed",
    "Dr.",
    "DOCTOR",
    "bin",
    "al-",
    "Al",
    "Smith",
    "SMITH,",
    "Smyth",
    "O'Brien",
    "OBrien",
    "John",
    "Jack",
    "Ltd",
    "Limited",
    "GmbH",
    "Co.",
    "S.A.",
    "Bank",
    "Trading",
    "Company",
    "of",
    "and",
    "7",
    "8",
    "VII",
    "44",
    "7-28",
    "Müller",
    "Mueller",
    "Иван",
    "Ivan",
    "محمد",
    "شیرین‌کار",
    "李",
    "Li",
    "Αθήνα",
    "김",
];

/// A name: of words, of any text, or of a word with any text in it.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        5 => prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..7).prop_map(|words| words.join(" ")),
        2 => "\\PC{0,40}",
        1 => any::<String>(),
        1 => "[\u{200B}-\u{200F}\u{0300}-\u{0310}\u{00AD}\u{FEFF}a-z ,.'-]{0,24}",
        1 => (prop::sample::select(WORDS.to_vec()), "\\PC{0,6}").prop_map(|(word, text)| format!("{word}{text} {text}{word}")),
    ]
}

/// A party with names of every strength and now and then a date, a country, a gender, a number.
fn party() -> impl Strategy<Value = Entity> {
    let kind = prop::sample::select(vec![
        Property::Name,
        Property::Name,
        Property::Alias,
        Property::PreviousName,
        Property::WeakAlias,
    ]);
    let fact = prop_oneof![
        prop::sample::select(vec!["1979-09-21", "1979", "1979-09", "circa 1980", "1997-06-18", "never"])
            .prop_map(|v| (Property::BirthDate, v)),
        prop::sample::select(vec!["Iran", "ir", "de", "German", "Atlantis"])
            .prop_map(|v| (Property::Nationality, v)),
        prop::sample::select(vec!["male", "F", "unknown"]).prop_map(|v| (Property::Gender, v)),
        prop::sample::select(vec!["0067948431", "006-794 8431", "A12345", "00000", "1"])
            .prop_map(|v| (Property::PassportNumber, v)),
        prop::sample::select(vec!["0067948431", "554267"]).prop_map(|v| (Property::IdNumber, v)),
    ];
    let names = prop::collection::vec((kind, name()), 0..4);
    let facts = prop::collection::vec(fact, 0..4);
    (prop::sample::select(SCHEMATA.to_vec()), names, facts).prop_map(|(schema, names, facts)| {
        let mut entity = Entity::new("x", schema);
        for (property, value) in names {
            entity.add(property, value, Locator::Direct);
        }
        for (property, value) in facts {
            entity.add(property, value, Locator::Direct);
        }
        entity
    })
}

fn configuration() -> impl Strategy<Value = Configuration> {
    (0..=10_000_u16, 0..40_000_i32, any::<bool>(), 0..=10_000_u16, 0..=10_u8).prop_map(
        |(threshold, bits, weak_aliases, floor, tolerance)| {
            let (match_threshold, name_floor) =
                (Score::from_ten_thousandths(threshold), Score::from_ten_thousandths(floor));
            Configuration {
                match_threshold,
                minimum_bits: bits,
                weak_aliases,
                name_floor,
                birth_date_tolerance: tolerance,
            }
        },
    )
}

fn named(schema: &Schema, name: &str) -> Profile {
    let mut entity = Entity::new("x", schema.clone());
    entity.add(Property::Name, name, Locator::Direct);
    Profile::new(&entity)
}

/// What holds of every score: it is the sum of its parts, and gains over stakes give it again.
fn check_parts(scored: &Scored) {
    let sum = |part: fn(&screen::Row) -> i32| scored.rows.iter().map(|row| i64::from(part(row))).sum::<i64>();
    let printed = i64::from(scored.score.ten_thousandths());
    assert!((0..=10_000).contains(&printed), "{scored:?}");
    assert_eq!(sum(|row| row.share), printed, "shares add up to the score: {scored:?}");
    assert_eq!(sum(|row| row.bits), i64::from(scored.bits), "bits add up: {scored:?}");
    for row in &scored.rows {
        assert!(0 <= row.gain && row.gain <= row.stake, "no row gains more than is at stake: {row:?}");
        assert!(row.share >= 0 || row.gain == 0, "what agrees takes nothing away: {row:?}");
    }
    let (gain, stake) = (sum(|row| row.gain), sum(|row| row.stake).max(1));
    assert_eq!(
        (gain * 20_000 + stake) / (2 * stake),
        printed,
        "gain {gain} over stake {stake}, rounded: {scored:?}"
    );
}

/// A name against itself agrees in everything; only its namesakes are in the way, and they never keep it from a match.
fn is_itself(scored: &Scored) -> bool {
    let words = scored.rows.iter().filter(|row| row.kind != "namesakes");
    let (gain, stake) = words.fold((0, 0), |(gain, stake), row| (gain + row.gain, stake + row.stake));
    gain == stake && scored.matched && scored.score.ten_thousandths() > 7_200
}

/// Parties under ids of their own; the same party more than once, so that there are ties.
fn crowd(parties: &[Entity], picks: &[prop::sample::Index]) -> Vec<Profile> {
    let party = |(n, pick): (usize, &prop::sample::Index)| {
        let mut entity = pick.get(parties).clone();
        // Ids against the order of the list: an order by place must not pass for one by id.
        entity.id = format!("id-{:03}", 999 - n).into();
        Profile::new(&entity)
    };
    picks.iter().enumerate().map(party).collect()
}

fn ask(query: &Profile, crowd: &[Profile], threshold: u16, limit: Option<usize>) -> Answer {
    let request = Request { threshold: Some(Score::from_ten_thousandths(threshold)), limit };
    exhaustive(query, crowd, &Configuration::default(), request)
}

fn worth(hit: &Hit) -> (Score, i32) {
    (hit.scored.score, hit.scored.bits)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_add_up(query in party(), candidate in party(), configuration in configuration()) {
        let (query, candidate) = (Profile::new(&query), Profile::new(&candidate));
        let scored = score(&query, &candidate, &configuration);
        prop_assert_eq!(&scored, &score(&query, &candidate, &configuration), "the same input, the same result");
        if let Some(scored) = scored {
            check_parts(&scored);
            prop_assert!(!scored.matched || scored.score >= configuration.match_threshold);
            // The line itself is a match, a hair above it is none; the rest of the result does not move with the line.
            let at = |line: u16| {
                let match_threshold = Score::from_ten_thousandths(line);
                score(&query, &candidate, &Configuration { match_threshold, minimum_bits: 0, ..configuration.clone() })
                    .expect("a score does not depend on the line")
            };
            let line = scored.score.ten_thousandths();
            prop_assert!(at(line).matched, "a score of {} meets a line of {}", line, line);
            prop_assert!(line == 10_000 || !at(line + 1).matched);
            prop_assert_eq!(at(line).rows, scored.rows);
        }
    }

    #[test]
    fn close_names_add_up(a in name(), b in name(), schema in prop::sample::select(SCHEMATA.to_vec())) {
        for (a, b) in [(&a, &b), (&b, &a)] {
            if let Some(scored) = score(&named(&schema, a), &named(&schema, b), &Configuration::default()) {
                check_parts(&scored);
            }
        }
    }

    /// Stripping never empties a name: any with a letter or digit is itself, whatever it is made of.
    #[test]
    fn a_name_is_itself(name in name(), schema in prop::sample::select(SCHEMATA.to_vec())) {
        let profile = named(&schema, &name);
        let scored = score(&profile, &profile, &Configuration::default());
        // Combining marks alone are letters to nobody; `is_alphanumeric` is Unicode's letters and numbers.
        if name.chars().any(|c| c.is_ascii_alphanumeric()) {
            prop_assert!(profile.is_comparable(), "{:?} has a letter or digit", name);
        }
        if !profile.names.is_empty() {
            let scored = scored.expect("a name agrees with itself");
            prop_assert!(is_itself(&scored), "{:?} {:?}", name, scored);
            prop_assert!(scored.matched);
        }
    }

    /// `threshold` decides what is returned and nothing else.
    #[test]
    fn thresholds_only_filter(query in party(), parties in prop::collection::vec(party(), 1..6), threshold in 0..=10_000_u16) {
        let query = Profile::new(&query);
        let picks: Vec<Profile> = parties.iter().map(Profile::new).collect();
        let all = ask(&query, &picks, 0, None);
        // As often as not the threshold is the very score of somebody.
        let threshold = all.hits.first().map(|hit| hit.scored.score.ten_thousandths()).filter(|_| threshold % 2 == 0).unwrap_or(threshold);
        let some = ask(&query, &picks, threshold, None);
        let expected: Vec<Hit> =
            all.hits.iter().filter(|hit| hit.scored.score.ten_thousandths() >= threshold).cloned().collect();
        prop_assert_eq!(&some.hits, &expected);
        prop_assert_eq!((some.total, some.truncated), (expected.len(), false));
        for hit in &all.hits {
            prop_assert_eq!(hit.scored.matched, hit.scored.score >= Configuration::default().match_threshold);
        }
    }

    /// A limit cuts at the end of the order and never between two that are worth the same.
    #[test]
    fn limits_never_split_ties(
        query in party(),
        parties in prop::collection::vec(party(), 1..4),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 1..16),
        limit in 1..16_usize,
    ) {
        // Somebody is always found: the query itself is among them.
        let mut parties = parties;
        parties.push(query.clone());
        let crowd = crowd(&parties, &picks);
        let query = Profile::new(&query);
        let all = ask(&query, &crowd, 0, None);
        for pair in all.hits.windows(2) {
            let key = |hit: &Hit| (std::cmp::Reverse(worth(hit)), crowd[hit.entity].id.clone());
            prop_assert!(key(&pair[0]) < key(&pair[1]), "by score, bits, id");
        }
        let cut = ask(&query, &crowd, 0, Some(limit));
        let shown = cut.hits.len();
        prop_assert_eq!(&cut.hits[..], &all.hits[..shown], "the best, in the same order");
        prop_assert_eq!((cut.total, cut.truncated), (all.total, shown < all.total));
        prop_assert!(shown >= limit.min(all.total));
        if shown > limit {
            prop_assert_eq!(worth(&cut.hits[limit - 1]), worth(&cut.hits[shown - 1]), "more only for a tie");
        }
        if let (Some(last), Some(next)) = (cut.hits.last(), all.hits.get(shown)) {
            prop_assert!(worth(last) > worth(next), "a tie is split");
        }
    }

    /// Who else is listed changes nobody's score.
    #[test]
    fn others_change_nothing(query in party(), parties in prop::collection::vec(party(), 1..6)) {
        let query = Profile::new(&query);
        let crowd: Vec<Profile> = parties.iter().map(Profile::new).collect();
        for hit in ask(&query, &crowd, 0, None).hits {
            let alone = ask(&query, std::slice::from_ref(&crowd[hit.entity]), 0, None);
            prop_assert_eq!(&alone.hits[0].scored, &hit.scored);
        }
    }
}

/// Names that are made to be slow or odd end in a score or in none, soon.
#[test]
fn hostile_names() {
    let long: String = (0..5000).map(|n| if n % 6 == 5 { ' ' } else { 'a' }).collect();
    let names = [
        String::new(),
        "\0".to_owned(),
        "a ".repeat(2500),
        long,
        "ab ".repeat(64),
        "محمد ".repeat(200),
        "\u{200B}\u{200F}\u{FEFF}".repeat(100),
        "e\u{0301}".repeat(1000),
        "İ ß ﬃ ǅ ℡ ㍿ 𝔖𝔪𝔦𝔱𝔥 ① Ⅷ ½".to_owned(),
        "👩‍👩‍👧‍👦 🇮🇷".to_owned(),
        "1".repeat(400),
        "x".repeat(400),
        "99999999999999999999999999 18446744073709551616".to_owned(),
        ", , ,".to_owned(),
        "--- ''' ... ///".to_owned(),
    ];
    check_hostile(&names);
}

/// Words of thousands of letters: what they say is a sum over their letters, and must not overflow.
#[test]
fn hostile_words() {
    check_hostile(&["x".repeat(5_000), "x1".repeat(5_000), "Smith".to_owned(), "x".repeat(100_000)]);
}

fn check_hostile(names: &[String]) {
    let start = std::time::Instant::now();
    for a in names {
        for b in names {
            for schema in &SCHEMATA {
                if let Some(scored) = score(&named(schema, a), &named(schema, b), &Configuration::default()) {
                    check_parts(&scored);
                    assert!(a != b || is_itself(&scored), "{a:.40} is itself: {scored:?}");
                }
            }
        }
    }
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

/// What has one owner in the world decides whatever the schemata: a wallet asked for under a company is its listed
/// owner's, a person. A register's number is not.
#[test]
fn numbers_with_one_owner_decide_across_schemata() {
    let party = |schema: &str, fields: &[(Property, &str)]| {
        let mut entity = Entity::new("x", Schema::from_name(schema));
        fields.iter().for_each(|(property, value)| entity.add(property.clone(), value, Locator::Direct));
        Profile::new(&entity)
    };
    let rows = [
        ("Company", "Person", Property::PublicKey, "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", true),
        ("CryptoWallet", "Person", Property::PublicKey, "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h", true),
        ("Company", "Vessel", Property::ImoNumber, "9187629", true),
        ("Company", "Person", Property::Email, "boss@peykasa.example", true),
        ("Company", "Person", Property::RegistrationNumber, "7707083893", false),
    ];
    for (asked, listed, property, value, decides) in rows {
        let query = party(asked, &[(Property::Name, "Some Trading"), (property.clone(), value)]);
        let candidate = party(listed, &[(Property::Name, "Some Trading"), (property.clone(), value)]);
        let scored = score(&query, &candidate, &Configuration::default());
        assert_eq!(
            scored.as_ref().is_some_and(|s| s.basis == Basis::Identifier),
            decides,
            "{asked} {listed}"
        );
        assert!(scored.is_none_or(|s| s.name.is_none()), "names of other schemata are not compared");
    }
}

/// Each number that both have is a row, the strongest first.
#[test]
fn every_shared_number_is_told() {
    let mut entity = Entity::new("x", Schema::Person);
    for (property, value) in [(Property::Phone, "+98 21 8877 6655"), (Property::PassportNumber, "A1234567")] {
        entity.add(property, value, Locator::Direct);
    }
    let profile = Profile::new(&entity);
    let scored = score(&profile, &profile, &Configuration::default()).expect("numbers that agree");
    let told: Vec<&str> = scored.rows.iter().map(|row| &*row.feature).collect();
    assert_eq!(told, ["passportNumber", "phone"]);
}
