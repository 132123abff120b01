//! The index loses nothing: for any list, query, policy, threshold and limit it returns what scoring everybody returns.
//!
//! Lists are made of the words that are hard to index: variants, initials, particles, titles, legal forms, numbers,
//! Roman figures, joined words, acronyms and what they stand for, other scripts, near spellings. Queries are names of
//! the list, altered as clerks and evaders alter them.

use std::sync::LazyLock;

use model::{Entity, Locator, Property, Schema};
use proptest::prelude::*;
use proptest::sample::{Index as Pick, select};
use screen::{Answer, Configuration, Hit, Index, Profile, Request, Ruling, Score, exhaustive, score};

/// Words by the trouble they make; a name takes words of several.
const POOL: [&str; 13] = [
    // Spellings of one name, and words a letter or two apart.
    "Mohammad Mohamed Muhammad Mohamad Mehmet Hosein Hussein Hossain Bagher Baqer Yevgeny Evgenii Jewgeni Kazemi \
     Kazimi Karimi Kasimov Shirinkar Shinrakar Sherinkaar Toghroljerdi Togroljerdi Smith Smyth Smiht Smithe",
    // Spellings by the orthographies of several languages.
    "Tchaikovsky Tschaikowski Czajkowski Chaykovskiy Khrushchev Chruszczow Choïgou Szojgu Šojgu Shoygu Soeharto Suharto \
     Kovalčuk Kowaltschuk Əliyev Aliev Poutine Mueller Müller",
    // Initials, short words, letters.
    "M M. B H.B. J J.R. K a b c I V X Li Lu Le Ng O'B Al El",
    // Names and short forms, in other languages.
    "William Bill Willy Guillermo John Jack Ivan Juan Giovanni Jose Pepe Alexander Sasha Iskander Elizabeth Liz",
    // Titles, suffixes, particles.
    "Dr Mr. General Haji Hajji Seyyed Sayed Sheikh Jr Sr PhD Ko U bin ibn al- Al de la van der von y of the and III",
    // Legal forms.
    "Ltd Limited LLC L.L.C. GmbH S.A. SA S.A.S. Co Co. Company Corp Inc OOO OAO PJSC Sdn Bhd AG & KG Pty",
    // Generic words and their translations.
    "Bank Banco Banque Trading Trade Shipping Group Holding International Industries Energy Oil Petroleum Ministry",
    // Numbers in all their forms.
    "1 2 4 5 7 8 44 45 IV VII VIII II III Two Three Four vier 4th 007 7x8 B52 1979 forty 11420",
    // Words that are joined and split, at the front and round the end.
    "MohammadBagher Mohammad-Bagher Shirin Kar ShirinKar Abdul Rahman Abdulrahman AbdulRahman Aero Lunar AeroLunar \
     Nur al-Din Noureddine Nuruddin Salah al- Din Salahuddin Abd al- Malik Abdelmalek Abu Bakr Abubakar Abdurrahman \
     Vardani Far Vardanifar Ben David Bendavid Sky Net Skynet Tor Viktor",
    // Arabic script, Persian.
    "محمد محمود حسین حسين سید علی عبد الرحمن کاظمی شیرین‌کار شرکت بانک خالد",
    // Cyrillic, Greek, Armenian, Georgian, Hebrew, Devanagari, Thai.
    "Иван Сергей Сергій Евгений Завьялов Щербаков ООО Банк Νίκος Παπαδόπουλος Արամ ნინო דוד विक्रम สมชาย",
    // Han, Hangul, Kana.
    "ao ueo aoueo eo aoia eoaoia 유 я юя",
    "李 王 卓明 李卓明 欧阳 歐陽 振华 北京 有限公司 김 하늘 김하늘 さくら タナカ",
];

/// Acronyms with what they stand for, from the table that the comparison uses.
static ACRONYMS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let rows = include_str!("../../names/data/acronyms.tsv").lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t')).collect()
});

fn word() -> impl Strategy<Value = String> {
    let pools: Vec<Vec<&str>> = POOL.iter().map(|pool| pool.split_whitespace().collect()).collect();
    prop_oneof![
        24 => select(pools).prop_flat_map(select).prop_map(str::to_owned),
        2 => select(ACRONYMS.clone()).prop_map(|(acronym, _)| acronym.to_uppercase()),
        2 => select(ACRONYMS.clone()).prop_map(|(_, expansion)| expansion.to_owned()),
        2 => "[a-z]{1,10}",
        1 => "[0-9]{1,5}",
        1 => "\\PC{1,6}",
    ]
}

fn name() -> impl Strategy<Value = String> {
    let glue = prop_oneof![12 => Just(" "), 2 => Just(", "), 1 => Just("-"), 1 => Just(""), 1 => Just(". ")];
    prop::collection::vec((word(), glue), 1..6)
        .prop_map(|words| words.into_iter().map(|(word, glue)| word + glue).collect())
}

const SCHEMATA: [Schema; 8] = [
    Schema::Person,
    Schema::Person,
    Schema::Company,
    Schema::Organization,
    Schema::LegalEntity,
    Schema::Thing,
    Schema::Vessel,
    Schema::Airplane,
];

type Fact = (Property, &'static str);

fn fact() -> impl Strategy<Value = Fact> {
    let of = |property: Property, values: &'static str| {
        select(values.split('|').collect::<Vec<_>>()).prop_map(move |value| (property.clone(), value))
    };
    prop_oneof![
        of(Property::BirthDate, "1979-09-21|1979|1979-09|circa 1980|1997-06-18|1358-06-30|1979-01-01|never"),
        of(Property::Nationality, "Iran|ir|de|German|Atlantis"),
        of(Property::Country, "Germany|Iran"),
        of(Property::Gender, "male|F|unknown"),
        of(Property::BirthPlace, "Tehran, Iran|Teheran|Iran|Berlin|Тегеран"),
        of(Property::Address, "22 Khorsand St., Tehran 1583616414, Iran|Khorsand Street 22, Tehran|Berlin|x"),
        of(Property::Email, "a@karimi.example|A@Karimi.Example|none"),
        of(Property::InnCode, "7707083893|ИНН 7707083893|7736050003|1"),
        of(Property::PassportNumber, "0067948431|006-794 8431|A1234|A12345|00000|1"),
        of(Property::IdNumber, "0067948431|A1234|554267"),
        of(Property::ImoNumber, "IMO 9074729|9074729|9187629"),
        of(Property::PublicKey, "0x098B716B8Aaf|0x098b716b8aaf|1A1zP1eP5QGefi"),
    ]
}

#[derive(Clone, Debug)]
struct Party {
    schema: Schema,
    names: Vec<(Property, String)>,
    facts: Vec<Fact>,
}

impl Party {
    fn entity(&self, id: String) -> Entity {
        let mut entity = Entity::new(id, self.schema.clone());
        for (property, value) in &self.names {
            entity.add(property.clone(), value, Locator::Direct);
        }
        for (property, value) in &self.facts {
            entity.add(property.clone(), value, Locator::Direct);
        }
        entity
    }
}

fn party() -> impl Strategy<Value = Party> {
    let kinds =
        [Property::Name, Property::Name, Property::Alias, Property::PreviousName, Property::WeakAlias];
    let names = prop::collection::vec((select(kinds.to_vec()), name()), 0..4);
    (select(SCHEMATA.to_vec()), names, prop::collection::vec(fact(), 0..3))
        .prop_map(|(schema, names, facts)| Party { schema, names, facts })
}

/// How a name of the list becomes a query.
#[derive(Clone, Debug)]
enum Change {
    Drop(Pick),
    Add(Pick, String),
    Swap(Pick, Pick),
    Join(Pick),
    Split(Pick, Pick),
    Initial(Pick),
    Letter(Pick, Pick, char),
    Less(Pick, Pick),
    Acronym,
    Expand,
    FamilyFirst(Pick),
}

fn change() -> impl Strategy<Value = Change> {
    let pick = any::<Pick>;
    prop_oneof![
        pick().prop_map(Change::Drop),
        (pick(), word()).prop_map(|(at, word)| Change::Add(at, word)),
        (pick(), pick()).prop_map(|(a, b)| Change::Swap(a, b)),
        pick().prop_map(Change::Join),
        (pick(), pick()).prop_map(|(at, letter)| Change::Split(at, letter)),
        pick().prop_map(Change::Initial),
        (pick(), pick(), prop::char::range('a', 'z')).prop_map(|(at, l, c)| Change::Letter(at, l, c)),
        (pick(), pick()).prop_map(|(at, letter)| Change::Less(at, letter)),
        Just(Change::Acronym),
        Just(Change::Expand),
        pick().prop_map(Change::FamilyFirst),
    ]
}

fn altered(name: &str, changes: &[Change]) -> String {
    let mut words: Vec<String> = name.split_whitespace().map(str::to_owned).collect();
    for change in changes.iter().filter(|_| !name.trim().is_empty()) {
        let length = words.len();
        let letters = |at: usize| words[at].chars().collect::<Vec<char>>();
        match change {
            _ if length == 0 => {}
            Change::Drop(at) => drop(words.remove(at.index(length))),
            Change::Add(at, word) => words.insert(at.index(length + 1), word.clone()),
            Change::Swap(a, b) => words.swap(a.index(length), b.index(length)),
            Change::Join(at) => {
                // The last word joins the first: given and family names in either order.
                let at = at.index(length);
                let next = words[(at + 1) % length].clone();
                if length > 1 {
                    words[at] += &next;
                    words.remove((at + 1) % length);
                }
            }
            Change::Split(at, letter) => {
                let at = at.index(length);
                let letters = letters(at);
                let (a, b) = letters.split_at(letter.index(letters.len()));
                words[at] = format!("{} {}", a.iter().collect::<String>(), b.iter().collect::<String>());
            }
            Change::Initial(at) => {
                let at = at.index(length);
                words[at] = letters(at).iter().take(1).collect();
            }
            Change::Letter(at, letter, by) => {
                let at = at.index(length);
                let mut letters = letters(at);
                let which = letter.index(letters.len());
                letters[which] = *by;
                words[at] = letters.into_iter().collect();
            }
            Change::Less(at, letter) => {
                let at = at.index(length);
                let mut letters = letters(at);
                letters.remove(letter.index(letters.len()));
                words[at] = letters.into_iter().collect();
            }
            Change::Acronym | Change::Expand => {
                let text = words.join(" ").to_lowercase();
                let short = matches!(change, Change::Acronym);
                let sides = |&(a, e): &(&'static str, &'static str)| if short { (e, a) } else { (a, e) };
                let known = ACRONYMS
                    .iter()
                    .map(sides)
                    .find(|(from, _)| format!(" {text} ").contains(&format!(" {from} ")));
                if let Some((from, to)) = known {
                    words = text.replace(from, to).split_whitespace().map(str::to_owned).collect();
                }
            }
            Change::FamilyFirst(at) => {
                words.rotate_left(at.index(length));
                words[0] += ",";
            }
        }
        words.retain(|word| !word.is_empty());
    }
    words.join(" ")
}

/// A list, and a query that was made from it.
#[derive(Clone, Debug)]
struct Case {
    list: Vec<Party>,
    query: Party,
}

fn case() -> impl Strategy<Value = Case> {
    let from = prop_oneof![
        5 => (any::<Pick>(), any::<Pick>(), prop::collection::vec(change(), 0..4)).prop_map(Ok),
        1 => name().prop_map(Err),
    ];
    let list = prop::collection::vec(party(), 1..10);
    let schema = select(SCHEMATA.to_vec());
    let facts = prop::collection::vec(fact(), 0..3);
    (list, prop::collection::vec(from, 0..3), schema, any::<bool>(), facts).prop_map(
        |(list, from, schema, same, facts)| {
            let mut query = Party { schema, names: Vec::new(), facts };
            for from in from {
                let name = match from {
                    Err(name) => name,
                    Ok((party, name, changes)) => {
                        let party = party.get(&list);
                        if same {
                            query.schema = party.schema.clone();
                        }
                        if party.names.is_empty() {
                            continue;
                        }
                        altered(&name.get(&party.names).1, &changes)
                    }
                };
                query.names.push((Property::Name, name));
            }
            Case { list, query }
        },
    )
}

fn configuration() -> impl Strategy<Value = Configuration> {
    let bits = prop_oneof![Just(0), 0..40_000_i32];
    (0..=10_000_u16, bits, any::<bool>(), 0..=10_000_u16, 0..=10_u8).prop_map(
        |(line, minimum_bits, weak_aliases, floor, tolerance)| {
            let (match_threshold, name_floor) =
                (Score::from_ten_thousandths(line), Score::from_ten_thousandths(floor));
            Configuration {
                match_threshold,
                minimum_bits,
                weak_aliases,
                name_floor,
                birth_date_tolerance: tolerance,
            }
        },
    )
}

/// Which of some configurations rules each party of a list; now and then a party is out of scope.
#[derive(Clone, Debug)]
struct Ruled {
    configurations: Vec<Configuration>,
    of: Vec<Option<Pick>>,
}

impl Ruled {
    fn ruling(&self, list: &[Profile]) -> Ruling {
        let of = |n: usize| self.of[n % self.of.len()].map(|pick| pick.get(&self.configurations).clone());
        Ruling::new(list, of).expect("three configurations are not too many")
    }
}

fn ruled() -> impl Strategy<Value = Ruled> {
    let of = prop::collection::vec(prop::option::weighted(0.9, any::<Pick>()), 1..10);
    (prop::collection::vec(configuration(), 1..4), of)
        .prop_map(|(configurations, of)| Ruled { configurations, of })
}

/// Holes that reviews and fuzzing found: the party is listed, asked for so, and must come back.
#[test]
fn what_once_was_lost() {
    let rows = [
        // Words without consonants have no sound to be looked up by.
        ("Eoaoia", "Eo Aoia"),
        ("Aoueo Petrovsky", "Ao Ueo"),
        ("Юя", "유 я"),
        ("유", "유"),
    ];
    for (listed, asked) in rows {
        let profile = |name: &str| {
            let mut entity = Entity::new("id", Schema::Person);
            entity.add(Property::Name, name, Locator::Direct);
            Profile::new(&entity)
        };
        let (list, query) = (vec![profile(listed)], profile(asked));
        let found = Index::new(&list).search(&query, &list, &Configuration::default(), at(5000, None));
        assert_eq!(found.hits.len(), 1, "{asked} / {listed}");
        assert_eq!(found, exhaustive(&query, &list, &Configuration::default(), at(5000, None)));
    }
}

/// A word of a ship and of a company is not one word: what is near the one need not be near the other.
#[test]
fn words_of_different_kinds_are_kept_apart() {
    let profile = |schema: Schema, name: &str| {
        let mut entity = Entity::new(name, schema);
        entity.add(Property::Name, name, Locator::Direct);
        Profile::new(&entity)
    };
    let list = vec![profile(Schema::Vessel, "ARK IRS"), profile(Schema::Company, "THE MOTHER ARK LTD")];
    let query = profile(Schema::Company, "711 ARZ AO");
    let request = at(2000, None);
    let found = Index::new(&list).search(&query, &list, &Configuration::default(), request);
    assert_eq!(found.hits.len(), 1);
    assert_eq!(found, exhaustive(&query, &list, &Configuration::default(), request));
}

/// Two parties at one line, of whom attributes lift only the one with the low floor over it: the bound must think of the
/// lowest.
#[test]
fn floors_of_one_line_are_kept_apart() {
    let profile = |id: &str| {
        let mut entity = Entity::new(id, Schema::Person);
        entity.add(Property::Name, "Hashemi Shirinkar", Locator::Direct);
        entity.add(Property::BirthDate, "1979-09-21", Locator::Direct);
        Profile::new(&entity)
    };
    let mut query = Entity::new("query", Schema::Person);
    query.add(Property::Name, "Toghroljerdi Shirinkar Hashemi", Locator::Direct);
    query.add(Property::BirthDate, "1979-09-21", Locator::Direct);
    let (query, list) = (Profile::new(&query), [profile("a"), profile("b")]);
    let floor = |floor: u16| Configuration {
        name_floor: Score::from_ten_thousandths(floor),
        ..Configuration::default()
    };
    let [alone, lifted] =
        [10_000, 0].map(|n| score(&query, &list[0], &floor(n)).expect("two of three words agree").score);
    assert!(alone < lifted);
    let index = Index::new(&list);
    for low in 0..list.len() {
        let of = |n: usize| {
            Some(Configuration { match_threshold: lifted, ..floor(if n == low { 0 } else { 10_000 }) })
        };
        let ruling = Ruling::new(&list, of).expect("two configurations are not too many");
        for request in [Request::default(), at(lifted.ten_thousandths(), None)] {
            let found = index.search(&query, &list, &ruling, request);
            assert_eq!(found.hits.iter().map(|hit| hit.entity).collect::<Vec<_>>(), [low]);
            assert_eq!(found, exhaustive(&query, &list, &ruling, request));
        }
    }
}

fn profiles(list: &[Party]) -> Vec<Profile> {
    // Ids against the order of the list: an order by place must not pass for one by id.
    list.iter()
        .enumerate()
        .map(|(n, party)| Profile::new(&party.entity(format!("id-{:03}", 999 - n))))
        .collect()
}

fn at(threshold: u16, limit: Option<usize>) -> Request {
    Request { threshold: Some(Score::from_ten_thousandths(threshold)), limit }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn indexed_is_exhaustive(
        case in case(),
        configuration in configuration(),
        thresholds in prop::collection::vec(0..=10_000_u16, 2),
        limit in prop::option::of(0..5_usize),
    ) {
        let profiles = profiles(&case.list);
        let index = Index::new(&profiles);
        let query = Profile::new(&case.query.entity("query".to_owned()));
        let all = exhaustive(&query, &profiles, &configuration, at(0, None));
        // Where it is decided: the very scores of the results, and a hair above and below.
        let near = |hit: &Hit| {
            let score = hit.scored.score.ten_thousandths();
            [score.saturating_sub(1), score, (score + 1).min(10_000)]
        };
        let thresholds = thresholds.into_iter().chain([0, 1, 10_000]).chain(all.hits.iter().flat_map(near));
        for threshold in thresholds {
            for limit in [None, limit] {
                let request = at(threshold, limit);
                let indexed = index.search(&query, &profiles, &configuration, request);
                prop_assert_eq!(&indexed, &exhaustive(&query, &profiles, &configuration, request), "{:?}", request);
                prop_assert_eq!(&index.search(&query, &profiles, &configuration, request), &indexed, "asked again");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    /// The same where a policy rules each party by itself: several lines, weak names compared for some alone, parties
    /// out of scope; every party from its own line on, and all from one.
    #[test]
    fn indexed_is_exhaustive_under_policies(
        case in case(),
        ruled in ruled(),
        line in prop::option::of(any::<Pick>()),
        thresholds in prop::collection::vec(0..=10_000_u16, 2),
        limit in prop::option::of(0..5_usize),
    ) {
        let profiles = profiles(&case.list);
        let index = Index::new(&profiles);
        let query = Profile::new(&case.query.entity("query".to_owned()));
        let ruling = ruled.ruling(&profiles);
        let all = exhaustive(&query, &profiles, &ruling, at(0, None));
        let scores = all.hits.iter().map(|hit| hit.scored.score.ten_thousandths());
        // One of the lines lies where it is decided: on the very scores, and a hair above and below.
        let near = scores.flat_map(|score| [score.saturating_sub(1), score, (score + 1).min(10_000)]);
        for near in std::iter::once(7000).chain(near) {
            let mut ruled = ruled.clone();
            // One line among others, or one line for all, whose parties differ in other settings.
            let moved = line.map(|line| line.index(ruled.configurations.len()));
            for (n, configuration) in ruled.configurations.iter_mut().enumerate() {
                if moved.is_none_or(|moved| moved == n) {
                    configuration.match_threshold = Score::from_ten_thousandths(near);
                }
            }
            let ruling = ruled.ruling(&profiles);
            let own = [None, limit].map(|limit| Request { threshold: None, limit });
            let all_from = thresholds.iter().map(|&threshold| at(threshold, limit));
            for request in own.into_iter().chain(all_from) {
                let expected = exhaustive(&query, &profiles, &ruling, request);
                prop_assert_eq!(&index.search(&query, &profiles, &ruling, request), &expected, "{:?} {:?}", request, ruling);
                for hit in &expected.hits {
                    let own = ruling.of(hit.entity).expect("who is out of scope is no result");
                    let least = request.threshold.unwrap_or(own.match_threshold);
                    prop_assert!(hit.scored.score >= least);
                    prop_assert_eq!(Some(hit.scored.clone()), score(&query, &profiles[hit.entity], own));
                }
            }
        }
    }
}

/// Names that hold every kind of word, for the mutation below.
const LISTED: [(Schema, &str); 14] = [
    (Schema::Person, "SHIRINKAR, Mohammad Bagher"),
    (Schema::Person, "Seyyed Hossein KAZEMI TOGHROLJERDI"),
    (Schema::Person, "سید محمد کاظمی طغرلجردی"),
    (Schema::Person, "Сергей Завьялов"),
    (Schema::Person, "李卓明"),
    (Schema::Person, "William B. Quill Jr."),
    (Schema::Person, "Abdul Rahman al-Ansi Qushayqish"),
    (Schema::Company, "NORTHERN LANTERN TRADING CO., LTD."),
    (Schema::Company, "OOO Severny Fonar"),
    (Schema::Company, "Zephyrine Fund IV"),
    (Schema::Organization, "Islamic Revolutionary Guard Corps Choir"),
    (Schema::Organization, "AQAP Football League"),
    (Schema::Vessel, "NABI 7"),
    (Schema::Vessel, "7-28"),
];

fn listed() -> Vec<Profile> {
    let profile = |(n, (schema, name)): (usize, &(Schema, &str))| {
        let mut entity = Entity::new(format!("id-{n:03}"), schema.clone());
        entity.add(Property::Name, name, Locator::Direct);
        Profile::new(&entity)
    };
    LISTED.iter().enumerate().map(profile).collect()
}

/// The comparison has teeth: whichever posting an index loses, it no longer equals the exhaustive search for one of the
/// list's own names.
#[test]
fn a_lost_posting_is_noticed() {
    let list = listed();
    let configuration = Configuration::default();
    // Lower thresholds forgive a light word: its name stays a candidate by the others, and is scored in full.
    let requests = [3000, 5000, 7000, 9000, 10_000].map(|threshold| at(threshold, None));
    let expected: Vec<Answer> =
        list.iter().flat_map(|q| requests.map(|r| exhaustive(q, &list, &configuration, r))).collect();
    let noticed = |index: &Index| {
        let answers = list.iter().flat_map(|q| requests.map(|r| index.search(q, &list, &configuration, r)));
        answers.zip(&expected).any(|(indexed, exhaustive)| indexed != *exhaustive)
    };
    let index = Index::new(&list);
    assert!(!noticed(&index), "nothing is lost yet");
    let mut unnoticed = Vec::new();
    let mut postings = 0;
    for (party, profile) in list.iter().enumerate() {
        for (word, token) in profile.names[0].name.tokens.iter().enumerate() {
            postings += 1;
            let lossy = index.without_posting(party, 0, word).expect("every word has a posting");
            if !noticed(&lossy) {
                unnoticed.push(format!("{} of {}", token.text, LISTED[party].1));
            }
        }
    }
    assert!(postings > 35, "{postings} postings");
    assert!(unnoticed.is_empty(), "{} of {postings}: {unnoticed:?}", unnoticed.len());
}
