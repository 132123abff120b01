//! One rule of the reader of claims a row: people stand in `{}`, bodies in `<>`; a claim is subject, predicate, object, status, and
//! the attribution without the document.

#![allow(clippy::unwrap_used)]

use documents::claims::{Document, claims};
use documents::{Mention, Party};
use model::{Named, Schema};

/// The text without its marks, who is named, and where.
fn unmarked(marked: &str) -> (String, Vec<Party>, Vec<Mention>) {
    let (mut text, mut parties, mut mentions) = (String::new(), Vec::<Party>::new(), Vec::new());
    let mut open = None;
    for c in marked.chars() {
        match c {
            '{' => open = Some((text.len(), Schema::Person)),
            '<' => open = Some((text.len(), Schema::Company)),
            '}' | '>' if open.is_some() => {
                let (start, schema) = open.take().unwrap();
                let name = &text[start..];
                let known = parties.iter().position(|party| &*party.named.name == name);
                let party = known.unwrap_or_else(|| {
                    parties.push(Party { named: Named::unlisted(name), schema });
                    parties.len() - 1
                });
                mentions.push(Mention { range: start..text.len(), party });
            }
            c => text.push(c),
        }
    }
    (text, parties, mentions)
}

fn read(marked: &str) -> Vec<String> {
    let (text, parties, mentions) = unmarked(marked);
    let document = Document { name: "text".into(), publisher: None };
    let line = |claim: &model::Claim| {
        let from: Vec<&str> = claim.attribution[1..].iter().map(|source| &*source.name).collect();
        let (subject, object) = (&claim.subject.name, &claim.object.name);
        let (predicate, status) = (claim.predicate.name(), claim.status.name());
        format!("{subject} | {predicate} | {object} | {status} | {}", from.join(" > "))
    };
    claims(&document, &text, &parties, &mentions).iter().map(line).collect()
}

#[test]
fn rules() {
    let rows: [(&str, &[&str]); 21] = [
        // Insertions between a subject and its verb.
        (
            "{Ann Low}, herself listed in 2018 with her firm <Blue Ltd>, holds 26 percent of <Red Ltd>.",
            &[
                "Ann Low | sanctioned_by | (not named) | designated | ",
                "Ann Low | owns | Red Ltd | asserted | ",
                "Ann Low | owns | Blue Ltd | asserted | ",
            ],
        ),
        // Whom "whom", "which" and "that" mean.
        (
            "The banker {Ann Low}, whom the United States listed in 2014, left.",
            &["Ann Low | sanctioned_by | United States | designated | "],
        ),
        (
            "<Blue Ltd>, a criminal organisation based in Russia that wrote the program, moved.",
            &["Blue Ltd | did | wrote the program | asserted | "],
        ),
        // What somebody is called, and by whom.
        (
            "{Bo Ek}, whom bankers describe as a straw man for {Ann Low}.",
            &["Bo Ek | acts_for | Ann Low | asserted | bankers"],
        ),
        // Lists.
        (
            "OFAC is designating the following individuals: {Bo Ek}, a procurement agent for <Red Force>; and {Ann Low}.",
            &[
                "Bo Ek | sanctioned_by | OFAC | designated | ",
                "Ann Low | sanctioned_by | OFAC | designated | ",
                "Bo Ek | acts_for | Red Force | asserted | ",
            ],
        ),
        (
            "The UK sanctioned {Ann Low} and two of her companies, <Blue Ltd> and <Red Ltd>.",
            &[
                "Ann Low | sanctioned_by | UK | designated | ",
                "Blue Ltd | sanctioned_by | UK | designated | ",
                "Red Ltd | sanctioned_by | UK | designated | ",
                "Ann Low | owns | Blue Ltd | asserted | ",
                "Ann Low | owns | Red Ltd | asserted | ",
            ],
        ),
        // The boilerplate of designations.
        (
            "<Blue Ltd> is being designated for being owned or controlled by, or having acted or purported to act for or on behalf of, directly or indirectly, {Ann Low}.",
            &[
                "Blue Ltd | sanctioned_by | (not named) | designated | ",
                "Ann Low | owns | Blue Ltd | asserted | ",
                "Blue Ltd | acts_for | Ann Low | asserted | ",
            ],
        ),
        // Acts told in other words.
        (
            "{Ann Low}'s assets were frozen by the UK. The General Court annulled her listing.",
            &["Ann Low | delisted_by | General Court | asserted | "],
        ),
        ("<Blue Ltd> shares an address with <Red Ltd>.", &["Blue Ltd | linked_to | Red Ltd | asserted | "]),
        ("{Ann Low} led <Blue Ltd> until 2001.", &["Ann Low | director_of | Blue Ltd | historical | "]),
        ("{Ann Low} never took orders from {Bo Ek}.", &["Ann Low | acts_for | Bo Ek | denied | "]),
        // Denials and doubts of what was claimed before.
        (
            "{Ann Low} is accused of laundering money. Her lawyer, {Bo Ek}, said the accusations were false.",
            &[
                "Ann Low | did | laundering money | alleged | ",
                "Bo Ek | acts_for | Ann Low | asserted | ",
                "Ann Low | did | laundering money | denied | Bo Ek",
            ],
        ),
        (
            "{Ann Low} is rumoured to be the owner of <Blue Ltd>. We found no document to support this.",
            &["Ann Low | owns | Blue Ltd | unsubstantiated | "],
        ),
        // Whose client.
        (
            "“My client never funded <Red Force>,” said {Bo Ek}, who speaks for {Ann Low}.",
            &[
                "Ann Low | did | funded Red Force | denied | Bo Ek",
                "Bo Ek | acts_for | Ann Low | asserted | ",
            ],
        ),
        // Who told it to whom.
        (
            "A colleague, {Bo Ek}, told <Radio Cedar> that {Ann Low} sold arms.",
            &["Ann Low | did | sold arms | asserted | Radio Cedar > Bo Ek"],
        ),
        // Whose word a paper is.
        (
            "For immediate release\n\nThe Department of the Treasury today sanctioned {Ann Low}.\n\n{Ann Low} owns <Blue Ltd>.",
            &[
                "Ann Low | sanctioned_by | Department of the Treasury | designated | Department of the Treasury",
                "Ann Low | owns | Blue Ltd | asserted | Department of the Treasury",
            ],
        ),
        (
            "UNITED STATES v. LOW\n\nDefendant {Ann Low} controlled <Blue Ltd>.",
            &["Ann Low | owns | Blue Ltd | alleged | indictment"],
        ),
        (
            "From: Bo Ek\nTo: Al Os\n\n{Ann Low} owns <Blue Ltd>.",
            &["Ann Low | owns | Blue Ltd | asserted | Bo Ek"],
        ),
        (
            "The Treasury designated {Ann Low} and {Bo Ek} on May 5, 2016, under the Act, as leaders of <Blue Ltd>.",
            &[
                "Ann Low | sanctioned_by | Treasury | designated | ",
                "Bo Ek | sanctioned_by | Treasury | designated | ",
                "Ann Low | director_of | Blue Ltd | asserted | Treasury",
                "Bo Ek | director_of | Blue Ltd | asserted | Treasury",
            ],
        ),
        (
            "{Ann Low} is the owner of the department stores <Blue Ltd>.",
            &["Ann Low | owns | Blue Ltd | asserted | "],
        ),
        (
            "Prosecutors in Rome unsealed an indictment. {Ann Low} is charged with fraud.",
            &["Ann Low | charged_with | fraud | charged | Prosecutors > indictment"],
        ),
    ];
    for (text, expected) in rows {
        assert_eq!(read(text), expected, "{text}");
    }
}
