//! The syllables of Chinese and Korean names in Latin letters, by system; see [`crate::romanised_alike`].

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::chinese::wade_giles;
use crate::korean::{hangul_parts, revised};
use crate::syllable_cuts::System;

/// Syllables of pinyin: an initial and its finals.
const PINYIN: [(&str, &str); 24] = [
    ("", "a ai an ang ao e ei en eng er o ou"),
    ("b", "a ai an ang ao ei en eng i ian iao ie in ing o u"),
    ("p", "a ai an ang ao ei en eng i ian iao ie in ing o ou u"),
    ("m", "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u"),
    ("f", "a an ang ei en eng o ou u"),
    ("d", "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo"),
    ("t", "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo"),
    ("n", "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo"),
    ("l", "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan ue un uo"),
    ("g", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("k", "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo"),
    ("h", "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo"),
    ("j", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("q", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("x", "i ia ian iang iao ie in ing iong iu u uan ue un"),
    ("zh", "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo"),
    ("ch", "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo"),
    ("sh", "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo"),
    ("r", "an ang ao e en eng i ong ou u ua uan ui un uo"),
    ("z", "a ai an ang ao e ei en eng i ong ou u uan ui un uo"),
    ("c", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("s", "a ai an ang ao e en eng i ong ou u uan ui un uo"),
    ("y", "a an ang ao e i in ing ong ou u uan ue un"),
    ("w", "a ai an ang ei en eng o u"),
];

/// Spellings beside the standards: ü as v and as yu (passports); what Taiwan writes.
const PINYIN_HABITS: [(&str, &str); 6] =
    [("lv", "lu"), ("lyu", "lu"), ("nv", "nu"), ("nyu", "nu"), ("lve", "lue"), ("nve", "nue")];
const WADE_HABITS: [(&str, &str); 6] =
    [("ing", "ying"), ("in", "yin"), ("szu", "si"), ("tze", "zi"), ("yi", "yi"), ("chi", "zhi")];

/// Syllables that Korean names are made of: the readings of Chinese characters, and a few native ones.
const HANGUL: &str = "\
가각간감갑강개객갱거건걸검겁격견결겸경계고곡곤골공과곽관괄광괘괴굉교구국군궁권귀규균귤극근글금급긍기긴길김\
나난남낭내녀년녕노농누뉴능니다단달담답당대덕도독돈돌동두둔득등라락란람랍랑래량려력련렬렴령례로록론료\
룡루류륙륜률륭름릉리린림립마막만말망매맥맹면명모목묘무묵문물미민밀박반발방배백번범법벽변별병보복본봉부북분\
붕비빈빙빛사산삼상새생서석선설섬섭성세소속손솔송쇠수숙순술숭슬습승시식신실심십아안암앙애액야약양어언\
엄업여역연열염엽영예오옥온옹와완왕왜외요욕용우욱운울웅원월위유육윤율융은을음읍응의이익인일임입잉자작잔잠장재쟁저\
전점정제조존졸종좌주준줄중증지직진질집징차착찬찰참창채책처척천철첨첩청체초촉촌총최추축춘출충취치칙친칠\
침칭쾌타탁탄탐탑탕태택토통퇴투특파판팔패팽편평폐포폭표품풍피필하학한함합항해행향허헌험혁현혈협형혜호혹혼홍화확\
환활황회획횡효후훈훤휘휴흑흔흘흠흥희";

/// Surnames that a word of three syllables begins with, the whole name run together: other words of three (Suleiman,
/// Nabila) are rarely of these languages.
const CHINESE_SURNAMES: &str = "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng \
    liang xie tang song han feng deng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lv lu ding \
    ren yao shen zhong xi mao wen bai qin qiu hou kong meng shi tan wan xiong xue yan yin zou";
const KOREAN_SURNAMES: &str =
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노곽성차주우구민류리림진지엄원현태";

/// One way of reading a Latin syllable: its place in a coarse list, and what it may stand for.
pub(crate) struct Reading {
    pub(crate) coarse: u16,
    /// Pinyin syllables by number, or code points of Hangul.
    pub(crate) stands_for: Vec<u16>,
    pub(crate) surname: bool,
}

pub(crate) struct Systems {
    pub(crate) pinyin: System,
    pub(crate) wade_giles: System,
    pub(crate) korean: System,
    /// Spellings of the Revised Romanisation alone.
    pub(crate) revised: System,
}

pub(crate) static SYSTEMS: LazyLock<Systems> = LazyLock::new(Systems::new);

/// The syllables of a system while they are gathered.
#[derive(Default)]
struct Gathered(BTreeMap<String, Reading>);

impl Gathered {
    fn add(&mut self, spelling: &str, coarse: u16, stands_for: u16, surname: bool) {
        let new = || Reading { coarse, stands_for: Vec::new(), surname: false };
        let reading = self.0.entry(spelling.to_owned()).or_insert_with(new);
        reading.surname |= surname;
        debug_assert_eq!(reading.coarse, coarse, "{spelling}");
        if !reading.stands_for.contains(&stands_for) {
            reading.stands_for.push(stands_for);
        }
    }
}

impl Systems {
    fn new() -> Self {
        let (mut pinyin, mut wade) = (Gathered::default(), Gathered::default());
        let syllables: Vec<String> = PINYIN
            .iter()
            .flat_map(|(initial, finals)| finals.split(' ').map(move |last| format!("{initial}{last}")))
            .collect();
        // Wade-Giles without marks is the coarser of the two: its spellings are the coarse list.
        let mut coarse: FxHashMap<String, u16> = FxHashMap::default();
        for (number, syllable) in syllables.iter().enumerate() {
            let spelling = wade_giles(syllable);
            let next = coarse.len() as u16;
            let class = *coarse.entry(spelling.clone()).or_insert(next);
            let surname = CHINESE_SURNAMES.split_whitespace().any(|s| s == syllable);
            pinyin.add(syllable, class, number as u16, surname);
            wade.add(&spelling, class, number as u16, surname);
        }
        for (habits, system) in [(PINYIN_HABITS, &mut pinyin), (WADE_HABITS, &mut wade)] {
            for (spelling, syllable) in habits {
                let number = syllables.iter().position(|s| s == syllable).unwrap_or_default();
                let class = coarse[&wade_giles(syllable)];
                // A spelling that is another syllable's in the system stays that one's.
                if !system.0.contains_key(spelling) {
                    system.add(spelling, class, number as u16, false);
                }
            }
        }
        let (mut korean, mut official) = (Gathered::default(), Gathered::default());
        for c in HANGUL.chars() {
            let (spellings, class) = korean_spellings(c);
            let code = u32::from(c) as u16;
            let surname = KOREAN_SURNAMES.contains(c);
            spellings.iter().for_each(|spelling| korean.add(spelling, class, code, surname));
            revised(c).iter().for_each(|spelling| official.add(spelling, class, code, surname));
        }
        Self {
            pinyin: System::new(pinyin.0, false),
            wade_giles: System::new(wade.0, false),
            korean: System::new(korean.0, true),
            revised: System::new(official.0, true),
        }
    }
}

/// What each part of a Hangul syllable is spelt as, and its coarse class; by the order of Unicode.
const INITIALS: [(&str, u16); 19] = [
    ("g k", 0),
    ("kk gg k", 0),
    ("n", 1),
    ("d t", 2),
    ("tt dd t", 2),
    ("r", 3),
    ("m", 4),
    ("b p", 5),
    ("pp bb p", 5),
    ("s", 6),
    ("ss s", 6),
    ("", 7),
    ("j ch", 8),
    ("jj j", 8),
    ("ch", 8),
    ("k kh", 0),
    ("t th", 2),
    ("p ph", 5),
    ("h", 9),
];
const VOWELS: [(&str, u16); 21] = [
    ("a", 0),
    ("ae ai", 1),
    ("ya", 2),
    ("yae", 3),
    ("eo o u", 4),
    ("e", 1),
    ("yeo yo yu you", 5),
    ("ye", 3),
    ("o", 4),
    ("wa", 6),
    ("wae we", 7),
    ("oe oi we", 7),
    ("yo", 5),
    ("u oo", 4),
    ("wo weo", 8),
    ("we", 7),
    ("wi wee", 9),
    ("yu yoo", 5),
    ("eu u", 4),
    ("ui eui i ee", 10),
    ("i ee", 10),
];
const FINALS: [(usize, &str, u16); 8] = [
    (0, "", 0),
    (1, "k g", 1),
    (4, "n", 2),
    (8, "l", 3),
    (16, "m", 4),
    (17, "p b", 5),
    (21, "ng", 6),
    (23, "t", 7),
];
const SILENT: usize = 11;
const VOWEL_I: usize = 20;
const VOWEL_U: usize = 13;

fn korean_spellings(c: char) -> (Vec<String>, u16) {
    let (initial, vowel, last) = hangul_parts(c).unwrap_or_default();
    let (firsts, first_class) = INITIALS[initial];
    let (middles, middle_class) = VOWELS[vowel];
    let (_, lasts, last_class) = FINALS.into_iter().find(|f| f.0 == last).unwrap_or(FINALS[7]);
    let mut firsts: Vec<&str> = firsts.split(' ').collect();
    let mut middles: Vec<&str> = middles.split(' ').collect();
    match (initial, vowel) {
        (9, VOWEL_I) => firsts.push("sh"),
        (SILENT, VOWEL_I) => middles.push("yi"),
        (SILENT, VOWEL_U) => middles.extend(["wu", "woo"]),
        _ => {}
    }
    let mut spellings = Vec::new();
    for first in firsts {
        for middle in &middles {
            spellings.extend(lasts.split(' ').map(|last| format!("{first}{middle}{last}")));
        }
    }
    (spellings, (first_class * 11 + middle_class) * 8 + last_class)
}
