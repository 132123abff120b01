//! API keys: a file of hashes. A key itself is nowhere but with its client.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use engine::{AsOf, EngineError, Timestamp};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// What a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Screen parties.
    Screen,
    /// Read lists, entities, networks.
    Read,
    /// Have documents read.
    Documents,
    /// Have files of customers screened.
    Batch,
    /// Have lists loaded again.
    Admin,
    /// Read the figures that are monitored.
    Metrics,
}

impl Scope {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] =
        [Self::Screen, Self::Read, Self::Documents, Self::Batch, Self::Admin, Self::Metrics];

    /// The word of the file of keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::Read => "read",
            Self::Documents => "documents",
            Self::Batch => "batch",
            Self::Admin => "admin",
            Self::Metrics => "metrics",
        }
    }

    /// The scope of a word.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// The file of keys, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    #[serde(default)]
    key: Vec<KeyRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyRow {
    name: String,
    sha256: String,
    scopes: Vec<Scope>,
    rate: Option<f64>,
    expires: Option<toml::Value>,
}

/// The keys that are let in.
#[derive(Default)]
pub struct Keys {
    /// By the hash of the key: to find one by time, a client would have to choose hashes.
    by_hash: HashMap<[u8; 32], Arc<Key>>,
}

/// A key that is let in.
pub(crate) struct Key {
    name: String,
    scopes: Vec<Scope>,
    expires: Option<Timestamp>,
    bucket: Option<Mutex<Bucket>>,
}

/// Requests that a key has left: so many come back each second, and no more than a second's are kept.
struct Bucket {
    rate: f64,
    left: f64,
    at: Instant,
}

impl Keys {
    /// Reads a file of keys; `shown` is its name in messages.
    ///
    /// # Errors
    /// It is no such file: with the place and a remedy.
    pub fn from_toml(shown: &str, text: &str) -> Result<Self, EngineError> {
        let wrong = |what: String| {
            EngineError::input(format!("{shown}: {what}"))
                .hint("a row is what `interdict serve key --name NAME --scope screen` prints")
        };
        let file: KeyFile = toml::from_str(text).map_err(|e| wrong(e.to_string().trim_end().to_owned()))?;
        let mut keys = Self::default();
        for row in file.key {
            let of = |what: &str| wrong(format!("key {}: {what}", row.name));
            let hash = bytes(&row.sha256).ok_or_else(|| of("sha256 has 64 hexadecimal digits"))?;
            if row.scopes.is_empty() {
                return Err(of("it has no scope: it could do nothing"));
            }
            if row.rate.is_some_and(|rate| !(rate > 0.0 && rate.is_finite())) {
                return Err(of("rate is a number of requests a second, above 0"));
            }
            let expires = row.expires.as_ref().map(moment).transpose().map_err(|()| {
                of("expires is a day or a moment, such as 2027-06-30 or 2027-06-30T12:00:00Z")
            })?;
            let bucket = row.rate.map(|rate| Bucket { rate, left: rate.max(1.0), at: Instant::now() });
            let name = row.name.clone();
            let key = Key { name, scopes: row.scopes.clone(), expires, bucket: bucket.map(Mutex::new) };
            if keys.by_hash.insert(hash, Arc::new(key)).is_some() {
                return Err(of("another row has the same sha256"));
            }
        }
        if keys.by_hash.is_empty() {
            return Err(wrong("it has no key: nobody could ask anything".to_owned()));
        }
        Ok(keys)
    }

    /// The row of a key in the file. Its scopes are those of [`Scope::name`].
    #[must_use]
    pub fn row(name: &str, key: &str, scopes: &[Scope], rate: Option<f64>, expires: Option<&str>) -> String {
        let scopes: Vec<String> = scopes.iter().map(|scope| format!("\"{}\"", scope.name())).collect();
        // A text of JSON is one of TOML.
        let name = serde_json::Value::from(name);
        let mut row = format!(
            "[[key]]\nname = {name}\nsha256 = \"{}\"\nscopes = [{}]\n",
            engine::sha256_hex(&[key.as_bytes()]),
            scopes.join(", ")
        );
        row.extend(rate.map(|rate| format!("rate = {rate:?}\n")));
        row.extend(expires.map(|expires| format!("expires = \"{expires}\"\n")));
        row
    }

    /// The key that a client shows, where it is let in.
    pub(crate) fn find(&self, shown: &str, now: Timestamp) -> Option<Arc<Key>> {
        let hash: [u8; 32] = Sha256::digest(shown.as_bytes()).into();
        let key = self.by_hash.get(&hash)?;
        key.expires.is_none_or(|end| now <= end).then(|| key.clone())
    }
}

impl Key {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }

    /// Takes one request. `Err`: none is left, and how long until one is.
    pub(crate) fn take(&self, now: Instant) -> Result<(), Duration> {
        let Some(bucket) = &self.bucket else { return Ok(()) };
        let mut bucket = bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let back = now.saturating_duration_since(bucket.at).as_secs_f64() * bucket.rate;
        bucket.left = (bucket.left + back).min(bucket.rate.max(1.0));
        bucket.at = now;
        if bucket.left < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - bucket.left) / bucket.rate));
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

fn bytes(hex: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&hex[at..at + 2], 16).ok()?;
    }
    Some(bytes)
}

/// A day is its end.
fn moment(value: &toml::Value) -> Result<Timestamp, ()> {
    let text = match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Datetime(at) => at.to_string(),
        _ => return Err(()),
    };
    text.parse::<AsOf>().map(|at| at.until())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "ik-0011";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn what_a_row_says_is_let_in() {
        let row = Keys::row("a \"b\"", SECRET, &[Scope::Screen, Scope::Read], Some(2.0), Some("2027-06-30"));
        let keys = Keys::from_toml("keys.toml", &row).unwrap();
        let key = keys.find(SECRET, at("2027-06-30T23:00:00Z")).unwrap();
        assert_eq!(key.name(), "a \"b\"");
        assert!(key.may(Scope::Screen) && key.may(Scope::Read) && !key.may(Scope::Admin));
        assert!(keys.find(SECRET, at("2027-07-01T00:00:00Z")).is_none(), "it expired");
        assert!(keys.find("ik-0012", at("2027-01-01T00:00:00Z")).is_none());
    }

    #[test]
    fn a_rate_is_held_and_comes_back() {
        let keys = Keys::from_toml("k", &Keys::row("a", SECRET, &[Scope::Screen], Some(2.0), None)).unwrap();
        let key = keys.find(SECRET, Timestamp::UNIX_EPOCH).unwrap();
        let now = Instant::now() + Duration::from_secs(1);
        assert_eq!((key.take(now), key.take(now)), (Ok(()), Ok(())));
        assert_eq!(key.take(now), Err(Duration::from_millis(500)));
        assert_eq!(key.take(now + Duration::from_millis(500)), Ok(()));
        assert!(key.take(now + Duration::from_millis(500)).is_err());
    }

    #[test]
    fn what_is_wrong_is_named() {
        let row = |row: &str| format!("[[key]]\nname = \"n\"\nsha256 = \"{}\"\n{row}", "a".repeat(64));
        for (text, says) in [
            (String::new(), "no key"),
            (row(""), "scopes"),
            (row("scopes = []"), "no scope"),
            (row("scopes = [\"root\"]"), "root"),
            (row("scopes = [\"read\"]\nrate = 0"), "rate"),
            (row("scopes = [\"read\"]\nexpires = \"soon\""), "expires"),
            (row("scopes = [\"read\"]\nkey = \"secret\""), "key"),
            (row("scopes = [\"read\"]\n").repeat(2), "the same sha256"),
            ("[[key]]\nname = \"n\"\nsha256 = \"xyz\"\nscopes = [\"read\"]".to_owned(), "64"),
        ] {
            let Err(error) = Keys::from_toml("keys.toml", &text) else { panic!("{text} was taken") };
            assert!(error.to_string().contains(says), "{text}: {error}");
        }
    }
}
