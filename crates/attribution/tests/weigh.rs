//! What recipients say of their source, in tables that are made for it: each person `p` lives in house `p` of a street.

use attribution::{Exposure, Record, Records, Salt, Weight, link, weigh};
use campaign::{Fill, Message, Slot, SlotKind, Template};

const STREETS: [&str; 4] = ["Mill", "Quarry", "Vine", "Harbor"];

struct Person {
    id: String,
    name: String,
    address: String,
    town: &'static str,
}

fn person(n: usize) -> Person {
    let family = |n: usize| -> String {
        (0..3).map(|k| char::from(b'a' + (n / 26_usize.pow(k) % 26) as u8)).collect()
    };
    Person {
        id: n.to_string(),
        name: format!("Ada Lind{}", family(n)),
        address: format!("{} {} Street", 100 + n / 4, STREETS[n % 4]),
        town: if n < 500 { "Saltmere" } else { "Elkford" },
    }
}

fn records(people: impl Iterator<Item = usize>) -> Records {
    let people: Vec<Person> = people.map(person).collect();
    Records::new(
        people.iter().map(|p| Record { id: &p.id, name: &p.name, address: &p.address, town: p.town }),
        &Salt::new(b"salt"),
    )
}

/// A mailing to these people; those from 5,000 on stand in no table.
fn weighed(
    exposed: impl Iterator<Item = usize>,
    public: Option<Records>,
    to: impl Iterator<Item = usize>,
) -> Weight {
    let table = records(0..1000);
    let ids: Vec<String> = exposed.map(|n| n.to_string()).collect();
    let exposure = Exposure::new(&table, public.as_ref(), ids.iter().map(String::as_str));
    let mut messages = Vec::new();
    let mut slots = [SlotKind::Name, SlotKind::Address].map(|kind| Slot { kind, fills: Vec::new() });
    for (message, n) in to.enumerate() {
        let person = person(n);
        let text = format!("{}, {}", person.name, person.address);
        let cut = person.name.len();
        slots[0].fills.push(Fill { message, range: 0..cut });
        slots[1].fills.push(Fill { message, range: cut + 2..text.len() });
        messages.push(Message { text, ..Message::default() });
    }
    let copies = (0..messages.len()).collect();
    let template = Template { pieces: Vec::new(), slots: slots.into(), copies };
    let to_table = link(&template, &messages, &table);
    let to_public = public.as_ref().map(|file| link(&template, &messages, file)).unwrap_or_default();
    weigh(&exposure, &to_table, &to_public)
}

#[test]
fn verdicts() {
    let check = |what: &str, weight: Weight, wanted: &str| {
        let json = weight.to_json();
        let got = format!("{} {}", json["verdict"].as_str().unwrap(), json["log10_ratio"]);
        assert_eq!(got, wanted, "{what}: {json:#}");
    };
    let third = || (0..1000).filter(|n| n % 3 == 0);
    // 40 of those that leaked, a third of the table: 40 log10(.95 / .333).
    check("drawn", weighed(third(), None, third().take(40)), "drawn_from_exposed 18.16");
    // Three could be chance; so could any number, if all or most leaked.
    check("few", weighed(third(), None, third().take(3)), "not_distinguishable 1.36");
    check("all leaked", weighed(0..1000, None, 0..200), "not_distinguishable -4.46");
    // Anybody: 40 times .454, and 80 log10(.025 / .667).
    check("independent", weighed(third(), None, 0..120), "not_distinguishable -95.88");
    // Mostly people whom the site does not have.
    check(
        "strangers",
        weighed(third(), None, third().take(12).chain(5000..5060)),
        "not_distinguishable -76.59",
    );
    // One town leaked, and one town was written to.
    check("one town", weighed(0..500, None, (0..500).step_by(5)), "not_distinguishable -2.18");
    // The same records stand in a public file; in half of one; or other records do.
    let public = |n: usize| Some(records((0..1000).filter(move |p| p % n == 0)));
    check("all public", weighed(third(), public(1), third().take(40)), "not_distinguishable 0.0");
    check("leaked are public", weighed(third(), public(3), third().take(40)), "not_distinguishable 0.0");
    check("half are public", weighed(third(), public(2), third().take(40)), "drawn_from_exposed 18.16");
    check(
        "from the file",
        weighed(third(), public(2), (0..1000).step_by(2).take(40)),
        "not_distinguishable -34.04",
    );
    check("nobody", weighed(third(), None, 0..0), "not_distinguishable 0.0");
}

/// A person who is written to ten times is one recipient.
#[test]
fn copies_to_one_person_count_once() {
    let third = || (0..1000).filter(|n| n % 3 == 0);
    let once = weighed(third(), None, third().take(8));
    let often = weighed(third(), None, third().take(8).cycle().take(80));
    assert_eq!((once.tally, once.log10_ratio()), (often.tally, often.log10_ratio()));
}
