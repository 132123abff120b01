//! The hypergeometric chance, in logarithms: what is asked for is often less than a float can hold.

/// log10 of the hypergeometric chance of at least `found` marked in `drawn` from `all`, of which `marked` are.
pub(super) fn log10_at_least(found: usize, drawn: usize, marked: f64, all: f64) -> f64 {
    let drawn_f = f64::from(u32::try_from(drawn).unwrap_or(u32::MAX));
    let term = |k: usize| {
        let k = f64::from(u32::try_from(k).unwrap_or(u32::MAX));
        if k > marked || drawn_f - k > all - marked {
            return f64::NEG_INFINITY;
        }
        ln_choose(marked, k) + ln_choose(all - marked, drawn_f - k) - ln_choose(all, drawn_f)
    };
    let terms: Vec<f64> = (found..=drawn).map(term).collect();
    let most = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return 0.0; // Nothing was drawn, or more than there is: it says nothing.
    }
    let sum: f64 = terms.iter().map(|term| (term - most).exp()).sum();
    ((most + sum.ln()) / std::f64::consts::LN_10).min(0.0)
}

fn ln_choose(n: f64, k: f64) -> f64 {
    ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
}

/// ln n!, by Stirling's series from 32 on: right to ten digits.
fn ln_factorial(n: f64) -> f64 {
    if n < 32.0 {
        let mut product = 1.0;
        let mut factor = 2.0;
        while factor <= n {
            product *= factor;
            factor += 1.0;
        }
        return f64::ln(product);
    }
    n * n.ln() - n + 0.5 * (std::f64::consts::TAU * n).ln() + 1.0 / (12.0 * n) - 1.0 / (360.0 * n * n * n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hypergeometric_tail() {
        let check = |found, drawn, marked, all, wanted: f64| {
            let got = log10_at_least(found, drawn, marked, all);
            assert!((got - wanted.log10()).abs() < 1e-9, "{found} of {drawn}: {got} {}", wanted.log10());
        };
        // By counting: all hands of cards.
        check(1, 1, 4.0, 52.0, 4.0 / 52.0);
        check(2, 2, 4.0, 52.0, 6.0 / 1326.0);
        check(1, 2, 4.0, 52.0, 1.0 - (48.0 * 47.0) / (52.0 * 51.0));
        check(0, 5, 4.0, 52.0, 1.0);
        check(13, 13, 13.0, 52.0, 1.0 / 635_013_559_600.0);
    }
}
