//! Parties whose names are as good for the same words.

use super::listed::Hit;
use super::verdict::{agreeing, is_near};

/// Whether two parties' names are equally good for the same words.
pub(super) fn tie(a: &Hit, b: &Hit) -> bool {
    a.words == b.words && a.entity != b.entity && a.agreeing == b.agreeing && a.scored.score == b.scored.score
}

/// Whether one word is about as near to two parties' names: it means the one that the document names.
pub(super) fn as_near(a: &Hit, b: &Hit) -> bool {
    let apart = a.scored.score.ten_thousandths().abs_diff(b.scored.score.ten_thousandths());
    let near = |hit: &Hit| !hit.as_listed && agreeing(&hit.scored).any(is_near);
    a.words.0 == a.words.1 && near(a) && near(b) && a.agreeing == b.agreeing && apart < ABOUT
}

/// How far apart two scores may be that are about the same, in ten-thousandths.
const ABOUT: u16 = 100;
