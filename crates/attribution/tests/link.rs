//! Of whose record a message speaks: rows of messages, with slots in braces, against a small table.

use attribution::{Link, Record, Records, Salt, link};
use campaign::{Fill, Message, Slot, SlotKind, Template};

const TABLE: &[[&str; 4]] = &[
    ["1", "Ada Brook", "12 North Mill Street Apt 3B", "Saltmere"],
    ["2", "Carl D Brook", "12 North Mill Street Apt 3B", "Saltmere"],
    ["3", "Ada Brook", "12 North Mill Street Apt 4", "Saltmere"],
    ["4", "Hugo A Lind", "80 Quarry Road", "Elkford"],
    ["5", "Hugo B Lind", "80 Quarry Road", "Elkford"],
    ["6", "Ines Lind", "80 Quarry Road", "Upford"],
    ["7", "Mary O'Brien", "5 Union Court", "Upford"],
    ["8", "Jos\u{e9} \u{d8}sten", "1018 Lilac Lane", "Upford"],
];

fn table(rows: &[[&str; 4]]) -> Records {
    Records::new(
        rows.iter().map(|[id, name, address, town]| Record { id, name, address, town }),
        &Salt::new(b"salt"),
    )
}

/// The message and its ranges between braces; `{name:..}` is a name, all other slots are of no kind.
fn message(marked: &str) -> (Message, Template) {
    let (mut text, mut slots) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('{') {
        text += before;
        let Some((inside, after)) = after.split_once('}') else { panic!("does not close: {marked}") };
        let (kind, inside) = match inside.strip_prefix("name:") {
            Some(name) => (SlotKind::Name, name),
            None => (SlotKind::Other, inside),
        };
        let start = text.len();
        text += inside;
        slots.push(Slot { kind, fills: vec![Fill { message: 0, range: start..text.len() }] });
        rest = after;
    }
    text += rest;
    (Message { text, ..Message::default() }, Template { pieces: Vec::new(), slots, copies: vec![0] })
}

#[test]
fn who_is_meant() {
    let table = table(TABLE);
    let check = |marked: &str, wanted: &str| {
        let (message, template) = message(marked);
        let found = link(&template, &[message], &table);
        let got = match &found[0].link {
            Link::Person(record) => table.id(*record).to_owned(),
            Link::Household(records) => {
                let ids: Vec<&str> = records.iter().map(|record| table.id(*record)).collect();
                format!("of {}", ids.join(" "))
            }
            Link::None(why) => why.name().to_owned(),
        };
        let how: Vec<String> =
            found[0].evidence.iter().map(|e| format!("{} {}", e.field.name(), e.agreement.name())).collect();
        assert_eq!(format!("{got}: {}", how.join(", ")).trim_end_matches([':', ' ']), wanted, "{marked}");
    };
    // However it is written.
    check("Dear {name:Ada Brook}, at {12 North Mill Street Apt 3B}", "1: address same, name same");
    check(
        "{name:BROOK, ADA}\n{12 N. MILL ST., UNIT 3B}\n{SALTMERE}",
        "1: address otherwise, name same, town same",
    );
    check("{name:Brook Ada} {12 N Mill St #3B} {Saltmere}", "1: address otherwise, name same, town same");
    check("{name:Carl Brook}, {12 North Mi1l Strcet Apt 3B}", "2: address slip, name otherwise");
    check("{name:Carl D. Brook}, {12 North Mill Street, 3-B}", "2: address same, name same");
    check("{name:Mary OBrien}: {5 Union Ct}", "7: address otherwise, name same");
    check("{name:Jose Osten} {1O18 LlLAC LN}", "8: address slip, name same");
    // In slots that are cut elsewhere than the values are.
    check("Dear {name:Mary} {name:O\u{2019}Brien} of {5} {Union} Court", "7: address same, name same");
    // Nobody is named: all who live there.
    check("To whoever lives at {12 North Mill Street Apt 3B}", "of 1 2: address same");
    check("To whoever lives at {5 Union Court}", "of 7: address same");
    // Two of one name.
    check("{name:Hugo Lind}, {80 Quarry Road}, {Elkford}", "of 4 5: address same, name otherwise, town same");
    check("{name:Hugo B Lind}, {80 Quarry Road}, {Elkford}", "5: address same, name same, town same");
    check("{name:Ada Brook}, {12 North Mill Street}", "of 1 3: address otherwise, name same");
    // Contradictions.
    check("{name:Hugo C Lind}, {80 Quarry Road}, {Elkford}", "other_name");
    check("{name:Zora Vale}, {5 Union Court}", "other_name");
    check("{name:Mary O'Brien}, {5 Union Court}, {Elkford}", "other_place");
    check("{name:Ada Brook}, {12 North Mill Street Apt 9}", "other_place");
    check("{name:Ada Brook}, {12 South Mill Street Apt 3B}", "no_address");
    check("{name:Ada Brook}, {18 North Mill Street Apt 3B}", "no_address");
    // What identifies nobody.
    check("Dear {name:Mary O'Brien}", "no_address");
    check("{name:Mary O'Brien} of {Upford}", "no_address");
    // The sender's own address, which all copies have.
    check("Dear {name:Mary O'Brien}, yours, Quarry Club, 5 Union Court", "no_address");
}

proptest::proptest! {
    #[test]
    fn any_message_is_read(text in "\\PC{0,60}", cut in 0..60usize, name in "\\PC{0,12}", address in "\\PC{0,20}") {
        let cut = (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let slots = vec![Slot { kind: SlotKind::Other, fills: vec![Fill { message: 0, range: 0..cut }] }];
        let template = Template { pieces: Vec::new(), slots, copies: vec![0, 7] };
        let table = Records::new([Record { id: "1", name: &name, address: &address, town: &name }], &Salt::new(b""));
        let found = link(&template, &[Message { text, ..Message::default() }], &table);
        proptest::prop_assert_eq!(found.len(), 2);
    }
}
