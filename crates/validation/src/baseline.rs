//! A validation beside an earlier one: what has become worse.

use serde_json::Value;

use crate::Share;

/// Points of a hundred that altered names may lose over all kinds: half a variant in a thousand falls either way.
const ALTERED: f64 = 0.2;

/// ... and of one kind, where it has enough variants to tell.
const KIND: f64 = 1.0;

/// Variants of a kind below which it is not compared.
const ENOUGH: usize = 200;

/// What names as published are called.
const EXACT: &str = "as published";

/// One in this many listed names may be gone.
const MOST_GONE: usize = 10;

/// Times as many false alarms as before that are allowed.
const ALARMS: f64 = 1.1;

/// What was compared, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What differs between the two, and what therefore was not compared.
    pub notes: Vec<String>,
    /// What was compared, with both figures.
    pub compared: Vec<String>,
    /// What is worse than is allowed.
    pub regressions: Vec<String>,
}

/// Compares a validation with an earlier one, both as [`crate::Outcome::to_json`] wrote them. `None` where the earlier
/// one is none.
///
/// Not allowed: any listed name less found as published; 0.2 points less of altered names; 1 point less of a kind with
/// 200 variants or more; a tenth more false alarms. One listed name in ten fewer is worse too: a list cut short. Altered names are compared on the same list, seed, records and
/// treatments only, false alarms on the same list and names; names as published always.
#[must_use]
pub fn compare(old: &Value, new: &Value) -> Option<Comparison> {
    old.get("validation")?;
    let mut comparison = Comparison::default();
    let same = |path: &str| old.pointer(path) == new.pointer(path);
    let hashes = |of: &Value| -> Vec<Value> {
        let lists = of.pointer("/setting/lists").and_then(Value::as_array).cloned().unwrap_or_default();
        lists.iter().filter_map(|l| l.get("sha256").cloned()).collect()
    };
    let list = hashes(old) == hashes(new);
    let variants = same("/setting/seed") && same("/setting/records");
    let tables = same("/setting/validation_tables") && codes(old) == codes(new);
    for (equal, what) in [
        (list, "the lists differ: altered names and false alarms are not compared"),
        (variants, "seed or records differ: altered names are not compared"),
        (tables, "the treatments or their tables differ: altered names are not compared"),
        (
            same("/setting/configuration/sha256"),
            "the configuration differs: that is part of what is compared",
        ),
        (same("/setting/tables/sha256"), "the engine's tables differ: that is part of what is compared"),
        (same("/setting/engine"), "the engine's version differs: that is part of what is compared"),
    ] {
        if !equal {
            comparison.notes.push(what.to_owned());
        }
    }
    comparison.share(EXACT, "/summary/exact", old, new, 0.0);
    if list && variants && tables {
        comparison.share("altered", "/summary/altered", old, new, ALTERED);
        comparison.kinds(old, new);
    }
    let unlisted = |of: &Value| share(of, "/summary/false_alarms").map(|share| share.of);
    if list && same("/setting/placebo") && unlisted(old) == unlisted(new) {
        comparison.alarms(old, new);
    } else if list {
        comparison
            .notes
            .push("the names that are not listed differ: false alarms are not compared".to_owned());
    }
    // Two validations of which nothing can be compared are no baseline of each other.
    (!comparison.compared.is_empty()).then_some(comparison)
}

fn codes(of: &Value) -> Vec<Option<&Value>> {
    let rows = of.get("treatments").and_then(Value::as_array);
    rows.into_iter().flatten().map(|row| row.get("code")).collect()
}

fn share(of: &Value, path: &str) -> Option<Share> {
    Share::from_json(of.pointer(path)?)
}

impl Comparison {
    fn share(&mut self, what: &str, path: &str, old: &Value, new: &Value, allowed: f64) {
        let (Some(old), Some(new)) = (share(old, path), share(new, path)) else {
            return self.notes.push(format!("{what}: one of the two has no such figure"));
        };
        if what == EXACT && new.of * MOST_GONE < old.of * (MOST_GONE - 1) {
            // A list that lost a tenth of its names is more likely cut short than mended.
            self.regressions.push(format!("listed names: {}, before {}", new.of, old.of));
        }
        self.judge(what, old, new, old.percent() - new.percent() > allowed + 1e-9);
    }

    fn judge(&mut self, what: &str, old: Share, new: Share, worse: bool) {
        let told = format!(
            "{what}: {} of {} ({} %), before {} of {} ({} %)",
            new.found,
            new.of,
            new.told(),
            old.found,
            old.of,
            old.told()
        );
        if worse {
            self.regressions.push(told.clone());
        }
        self.compared.push(told);
    }

    fn kinds(&mut self, old: &Value, new: &Value) {
        let rows = |of: &Value| of.get("treatments").and_then(Value::as_array).cloned().unwrap_or_default();
        for (old, new) in rows(old).iter().zip(&rows(new)) {
            let (Some(before), Some(after)) = (share(old, "/found"), share(new, "/found")) else { continue };
            if before.of >= ENOUGH && after.of >= ENOUGH {
                let what = new.get("title").and_then(Value::as_str).unwrap_or_default();
                self.judge(what, before, after, before.percent() - after.percent() > KIND + 1e-9);
            }
        }
    }

    fn alarms(&mut self, old: &Value, new: &Value) {
        let path = "/summary/false_alarms";
        if let (Some(old), Some(new)) = (share(old, path), share(new, path)) {
            self.judge("false alarms", old, new, new.percent() > old.percent() * ALARMS + 1e-9);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn run(exact: usize, altered: usize, kind: usize, alarms: usize, list: &str, seed: u64) -> Value {
        let of = |found, of| json!({ "found": found, "of": of });
        json!({
            "validation": 1,
            "setting": { "lists": [{ "sha256": list }], "seed": seed, "records": 9, "placebo": { "source": "generated" } },
            "summary": { "exact": of(exact, 1000), "altered": of(altered, 10_000), "false_alarms": of(alarms, 10_000) },
            "treatments": [{ "code": "dropped", "title": "Letter dropped", "found": of(kind, 200) },
                           { "code": "added", "title": "Letter added", "found": of(kind.min(100), 100) }],
        })
    }

    #[test]
    fn what_is_worse_is_named() {
        let check = |new: Value, expected: &[&str], notes: usize| {
            let got = compare(&run(1000, 9_900, 198, 20, "a", 1), &new).expect("a validation");
            let named: Vec<&str> = got.regressions.iter().filter_map(|r| r.split(':').next()).collect();
            assert_eq!((named.as_slice(), got.notes.len()), (expected, notes), "{got:?}");
        };
        check(run(1000, 9_900, 198, 20, "a", 1), &[], 0);
        check(run(1000, 9_880, 196, 22, "a", 1), &[], 0);
        check(run(999, 9_900, 198, 20, "a", 1), &["as published"], 0);
        check(run(1000, 9_879, 198, 20, "a", 1), &["altered"], 0);
        check(run(1000, 9_900, 195, 20, "a", 1), &["Letter dropped"], 0);
        check(run(1000, 9_900, 198, 23, "a", 1), &["false alarms"], 0);
        check(run(999, 9_000, 100, 90, "b", 1), &["as published"], 1);
        check(run(1000, 9_000, 100, 90, "a", 2), &["false alarms"], 1);
        assert_eq!(compare(&json!({ "validation": 1 }), &run(1, 1, 1, 1, "a", 1)), None);
        let of = |of: usize| json!({ "validation": 1, "summary": { "exact": { "found": of, "of": of } } });
        assert_eq!(compare(&of(1000), &of(899)).expect("two").regressions.len(), 1);
        assert_eq!(compare(&of(1000), &of(900)).expect("two").regressions.len(), 0);
        assert_eq!(compare(&json!({ "rows": 1 }), &run(1, 1, 1, 1, "a", 1)), None);
    }
}
