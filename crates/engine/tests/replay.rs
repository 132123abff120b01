//! Every score can be replayed from its explanation: from the JSON of a result alone, score, bits, shares and verdict are
//! computed again, and are the same to the last digit. Reads `../shared`; without it there is nothing to test and that is
//! said.

use engine::{Library, Policy, Request, Score, ScreenList, Search, answer_to_json, read_rows};
use rayon::prelude::*;
use serde_json::Value;
use testkit::shared;

/// Results that are replayed, at least.
const RESULTS: usize = 10_000;

/// Rows of each development file that are asked: enough to give that many results, of every kind.
const FILES: [(&str, usize); 4] =
    [("q_pos.csv", 1_500), ("q_aka.csv", 1_000), ("q_neg.csv", 2_500), ("q_neg_names.csv", 500)];

/// A number of the contract as the integer that it prints.
fn integer(value: &Value, per_unit: f64) -> i64 {
    (value.as_f64().expect("a number") * per_unit).round() as i64
}

/// Gain over stake in ten-thousandths, rounded half up, from 0 to 1: the one division.
fn ratio(gain: i64, stake: i64) -> i64 {
    let (gain, stake) = (gain.max(0), stake.max(1));
    ((gain * 20_000 + stake) / (2 * stake)).min(10_000)
}

/// What is wrong with a result; `None` where its explanation gives what it says.
fn fault(result: &Value) -> Option<String> {
    let rows = result["explanation"]["rows"].as_array()?;
    let sum = |key: &str| rows.iter().map(|row| integer(&row[key], 1000.0)).sum::<i64>();
    let (gain, stake, bits) = (sum("gain"), sum("stake"), sum("bits"));
    let score = ratio(gain, stake);
    let mut reached = 0;
    for (n, row) in rows.iter().enumerate() {
        reached += integer(&row["gain"], 1000.0);
        let before = rows[..n].iter().map(|row| integer(&row["share"], 10_000.0)).sum::<i64>();
        if ratio(reached, stake) != before + integer(&row["share"], 10_000.0) {
            return Some(format!("share of row {n}: {row}"));
        }
    }
    let policy = &result["policy"];
    let enough = policy["minimum_bits"].is_null()
        || result["basis"] == "identifier"
        || bits >= integer(&policy["minimum_bits"], 1000.0);
    let matched = score >= integer(&policy["match_threshold"], 10_000.0) && enough;
    let said = (
        integer(&result["score"], 10_000.0),
        integer(&result["bits"], 1000.0),
        result["match"].as_bool().expect("a verdict"),
    );
    ((score, bits, matched) != said)
        .then(|| format!("{:?} where the rows give {:?}", said, (score, bits, matched)))
}

fn replay(policy: &Policy, list: &Library, least: usize) {
    let screening = list.under(policy).expect("a policy that leaves somebody in scope");
    let (mut replayed, mut by_identifier) = (0, 0);
    for (file, rows) in FILES {
        let Some(path) = shared(format!("data/eval/{file}")) else { return };
        let bytes = std::fs::read(path).expect("the file");
        let rows: Vec<_> = read_rows(&bytes, engine::InputOptions::default())
            .expect("customers")
            .into_iter()
            .take(rows)
            .collect();
        let request = Request { threshold: Some(Score::from_ten_thousandths(3_000)), limit: Some(20) };
        let answers: Vec<Value> = rows
            .par_iter()
            .filter_map(|row| row.query.as_ref().ok())
            .map(|query| {
                let answer = screening.screen(query, request, Search::Indexed);
                // As a reader of the file gets it: through its text.
                let line = answer_to_json(query, &answer, &screening, false).to_string();
                serde_json::from_str(&line).expect("JSON")
            })
            .collect();
        for result in answers.iter().flat_map(|a| a["results"].as_array().expect("results")) {
            assert_eq!(fault(result), None, "{result:#}");
            replayed += 1;
            by_identifier += usize::from(result["basis"] == "identifier");
        }
    }
    assert!(replayed >= least, "{replayed} results: too few to say anything ({by_identifier} by identifier)");
}

#[test]
fn ten_thousand_results() {
    let Some(path) = shared("data/eval/sdn.ftm.jsonl") else { return };
    let list = ScreenList::open(&path).expect("the list");
    let library = Library::new(vec![list]).expect("parties");
    replay(&Policy::default(), &library, RESULTS);
    let policy =
        "name = \"bits\"\n[match]\nthreshold = 0.65\nminimum_bits = 25.0\nbirth_date_tolerance = 2\n";
    replay(&Policy::from_toml(policy).expect("a policy"), &library, RESULTS);
}

/// A row that is changed in any of its numbers is noticed.
#[test]
fn a_changed_row_is_noticed() {
    let list = engine::demo_list().expect("the embedded list");
    let library = Library::new(vec![list]).expect("parties");
    let screening = library.under(&Policy::default()).expect("the default policy");
    let query = &engine::demo_customers().expect("customers")[0];
    let answer = screening.screen(query, Request::default(), Search::Indexed);
    let value = answer_to_json(query, &answer, &screening, false);
    let result = &value["results"][0];
    assert_eq!(fault(result), None);
    for key in ["gain", "stake", "bits", "share"] {
        let mut changed = result.clone();
        let number = &mut changed["explanation"]["rows"][0][key];
        *number = Value::from(number.as_f64().expect("a number") + 0.9);
        assert!(fault(&changed).is_some(), "{key}");
    }
}
