//! The page of a validation that found nothing, and of one with hostile names.

use report::validation_page;
use validation::{Alarm, Found, Group, Outcome, Setting, TREATMENTS, Timings, Trial, Why};

fn trial(treatment: Option<usize>, query: &str, score: u16) -> Trial {
    Trial {
        entity: "x-1".into(),
        group: Group::Person,
        script: "Latin",
        listed: "DOE, Jane".into(),
        query: query.into(),
        treatment,
        weak: false,
        special: vec![0],
        score,
        found: score >= 7_000,
        rank: (score >= 7_000).then_some(1),
        lost: false,
        why: Some(Why { kind: "conflict".into(), query: query.into(), listed: "Jane".into() }),
        excused: None,
    }
}

#[test]
fn nothing_at_all_is_a_page() {
    let page = validation_page(&Outcome::default());
    assert!(page.ends_with("</html>\n") && page.contains("0 of 0"));
}

#[test]
fn names_are_text_and_figures_add_up() {
    let hostile = "<script>alert(1)</script> & \"Doe\"";
    let trials = vec![
        trial(None, "DOE, Jane", 10_000),
        trial(Some(0), hostile, 6_000),
        trial(Some(0), "DEO, Jane", 9_000),
    ];
    let alarm = Alarm {
        origin: hostile.into(),
        query: hostile.into(),
        score: 7_100,
        alarm: true,
        met: hostile.into(),
        entity: "x-1".into(),
    };
    let found = Found {
        query: hostile.into(),
        met: "DOE, Jane".into(),
        entity: "x-1".into(),
        score: 7_100,
        right: false,
        placebo: true,
    };
    let setting = Setting { line: 7_000, placebo: "generated".into(), ..Setting::default() };
    let mut applicable = vec![0; TREATMENTS.len()];
    applicable[0] = 2;
    let mut outcome = Outcome::new(setting, trials, &applicable, vec![alarm], vec![found], (2, 1));
    outcome.timings =
        Timings { run: 1, threads: 1, sorted: vec![5, 900, 70_000], slowest: vec![(70_000, hostile.into())] };
    let page = validation_page(&outcome);
    assert!(!page.contains("<script"), "escaped");
    for said in ["1 of 1", "1 of 2", "50.00", "Letters transposed: 1 miss", "contradicts", "70.0 ms"] {
        assert!(page.contains(said), "{said}");
    }
    assert_eq!((outcome.misses.len(), outcome.at_the_line[0].len(), outcome.ranks[0]), (1, 1, 1));
}
