//! Posts of the case: accounts that share one claim together, a post that many copy, ordinary talk.

use serde_json::json;
use validation::Random;

use super::tables::{chance, of_kind, shuffle, word};
use super::templates::{Piece, Template};
use super::variants;
use super::web::{BEGIN, HOUR};

/// One post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Its id.
    pub id: String,
    /// Who posted it.
    pub account: String,
    /// When: seconds since 1970.
    pub at: i64,
    /// Its text.
    pub text: String,
    /// The web address that it shares; empty: none.
    pub url: String,
    /// `coordinated`, `viral`, or `ordinary`.
    pub kind: &'static str,
}

/// A dozen accounts share the claim with each of some films, all within a minute, from the second day on; so many
/// copy the viral post over half a day; so many others talk.
pub(super) fn posts(random: &mut Random, films: usize, copies: usize, talk: usize) -> Vec<Post> {
    let people = of_kind(include_str!("../../data/case/people.tsv"), "given");
    let account = |random: &mut Random, n: usize| format!("{}_{n:04}", word(random, &people).to_lowercase());
    let texts = Template::all();
    let text = |name: &str, url: &str| {
        let template = texts.iter().find(|t| t.name == name);
        let pieces = template.map(|t| t.pieces.as_slice()).unwrap_or_default();
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Ways(ways) => ways[0].to_owned(),
            Piece::Slot(_) => url.to_owned(),
        };
        pieces.iter().map(piece).collect::<String>()
    };
    let mut posts = Vec::new();
    let mut post = |account: String, at: i64, text: String, url: String, kind| {
        posts.push(Post { id: String::new(), account, at, text, url, kind });
    };
    let seconds = |random: &mut Random, of: usize| i64::try_from(random.below(of)).unwrap_or(0);
    let ring: Vec<String> = (0..12).map(|n| account(random, n)).collect();
    for film in 0..films {
        let url = format!("https://orchard.example.org/film/{}", 31 + film);
        let at = (BEGIN + 66 * HOUR) / 1000 + seconds(random, 8 * 3600);
        for who in &ring {
            if chance(random, 85) {
                let text = text("claim", &url);
                post(who.clone(), at + seconds(random, 55), text, url.clone(), "coordinated");
            }
        }
    }
    for n in 0..copies {
        let at = (BEGIN + 20 * HOUR) / 1000 + seconds(random, 12 * 3600);
        post(account(random, 1000 + n), at, text("viral", ""), String::new(), "viral");
    }
    for _ in 0..talk {
        let at = BEGIN / 1000 + seconds(random, 72 * 3600);
        let n = 3000 + random.below(talk / 2 + 1);
        let name = format!("{}_{n}", people[n % people.len()].to_lowercase());
        let url = if chance(random, 15) {
            format!("https://news.example.com/{}", 100 + random.below(60))
        } else {
            String::new()
        };
        post(name, at, variants::chatter(random), url, "ordinary");
    }
    shuffle(random, &mut posts);
    posts.sort_by_key(|post| post.at);
    for (n, post) in posts.iter_mut().enumerate() {
        post.id = format!("p{n:06}");
    }
    posts
}

/// CSV: `id,account,timestamp,text,url`; seconds since 1970.
#[must_use]
pub fn posts_to_csv(posts: &[Post]) -> String {
    let mut csv = String::from("id,account,timestamp,text,url\n");
    for Post { id, account, at, text, url, .. } in posts {
        csv += &format!("{id},{account},{at},\"{}\",{url}\n", text.replace('"', "\"\""));
    }
    csv
}

/// The same, as JSON lines.
#[must_use]
pub fn posts_to_jsonl(posts: &[Post]) -> String {
    let line = |post: &Post| {
        let Post { id, account, at, text, url, .. } = post;
        format!("{}\n", json!({"id": id, "account": account, "timestamp": at, "text": text, "url": url}))
    };
    posts.iter().map(line).collect()
}

/// Who shared what: `object_id,account_id,content_id,timestamp_share`, the columns of CooRTweet.
#[must_use]
pub fn shares_to_csv(posts: &[Post]) -> String {
    let mut csv = String::from("object_id,account_id,content_id,timestamp_share\n");
    for Post { id, account, at, url, .. } in posts.iter().filter(|post| !post.url.is_empty()) {
        csv += &format!("{url},{account},{id},{at}\n");
    }
    csv
}
