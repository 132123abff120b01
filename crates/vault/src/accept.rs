//! What is offered is read before it serves.

use std::collections::BTreeMap;

use jiff::Timestamp;
use lists::{Format, LoadedList, SourceFile};

use crate::version::{sha256, version_hash};
use crate::{Event, Validator, VaultError, Version, VersionFile, Writer, blob};

/// A file that is offered, unpacked.
#[derive(Clone, Debug)]
pub struct OfferedFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Where it came from.
    pub from: String,
    /// What the server said of it.
    pub validator: Validator,
}

/// What is offered as the next version of a list.
#[derive(Clone, Debug)]
pub struct Offer<'a> {
    /// The list.
    pub list: &'a str,
    /// Its files.
    pub files: Vec<OfferedFile>,
    /// Addresses and paths that the list is taken from now on, where that is new; none: those of the catalogue.
    pub sources: Option<Vec<String>>,
    /// When its authority changed it last, where that is known.
    pub published: Option<Timestamp>,
    /// Until when its authority is known to publish this.
    pub confirmed: Timestamp,
    /// The time.
    pub at: Timestamp,
    /// Who offers it.
    pub by: &'a str,
    /// What is taken.
    pub limits: Limits,
}

/// How much may be missing, in percent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// How many parties or names fewer than the last version has. To end the Syria programme, on 30 June 2025, took 518
    /// parties from the SDN list, some 3 %; a file that was cut off lacks more.
    pub shrink: f64,
    /// How many of the rows cannot be read.
    pub skipped: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { shrink: 10.0, skipped: 1.0 }
    }
}

/// What became of an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It serves.
    Activated {
        /// The version.
        version: Version,
        /// The one before.
        before: Option<Version>,
    },
    /// It is what serves already.
    Confirmed(Version),
    /// It is kept and does not serve.
    Quarantined {
        /// The version.
        version: Version,
        /// Why.
        reason: String,
    },
}

impl Writer {
    /// Takes a version, if it can be read and is no less than the last by more than is allowed.
    ///
    /// # Errors
    /// The store cannot be written. What served serves on.
    pub fn offer(&mut self, offer: Offer<'_>) -> Result<Outcome, VaultError> {
        let hashes: Vec<String> = offer.files.iter().map(|file| sha256(&[&file.bytes])).collect();
        let sha = version_hash(&hashes);
        let serving = self.history().list(offer.list, None);
        if let Some(same) = serving.filter(|serving| serving.version.sha256 == sha) {
            let version = same.version.clone();
            let validators = changed_validators(&offer.files, &same.validators);
            // A content that was damaged meanwhile is put right by what was fetched.
            self.keep(&offer.files, &hashes)?;
            let event = Event::Confirmed {
                version: sha,
                confirmed: offer.confirmed,
                validators,
                sources: offer.sources,
            };
            self.note(offer.at, offer.by, offer.list, event)?;
            return Ok(Outcome::Confirmed(version));
        }
        let before = self.history().last_good(offer.list).cloned();
        let (read, refusal) = match read(&offer) {
            Ok(read) => {
                let refusal = refusal(&read, &offer, before.as_ref());
                (Some(read), refusal)
            }
            Err(reason) => (None, Some(reason)),
        };
        let version = version(&offer, sha, &hashes, read.as_ref());
        self.keep(&offer.files, &hashes)?;
        let event = match &refusal {
            None => Event::Activated {
                version: version.clone(),
                confirmed: offer.confirmed,
                sources: offer.sources,
            },
            Some(reason) => Event::Quarantined { version: version.clone(), reason: reason.clone() },
        };
        self.note(offer.at, offer.by, offer.list, event)?;
        Ok(match refusal {
            None => Outcome::Activated { version, before },
            Some(reason) => Outcome::Quarantined { version, reason },
        })
    }

    fn keep(&self, files: &[OfferedFile], hashes: &[String]) -> Result<(), VaultError> {
        files.iter().zip(hashes).try_for_each(|(f, hash)| blob::keep(self.vault().folder(), hash, &f.bytes))
    }
}

fn changed_validators(
    files: &[OfferedFile],
    known: &BTreeMap<&str, Validator>,
) -> BTreeMap<String, Validator> {
    let changed = files.iter().filter(|file| known.get(file.from.as_str()) != Some(&file.validator));
    changed.map(|file| (file.from.clone(), file.validator.clone())).collect()
}

/// Reads what is offered; or why it cannot be read.
fn read(offer: &Offer<'_>) -> Result<LoadedList, String> {
    let files: Vec<SourceFile<'_>> =
        offer.files.iter().map(|f| SourceFile { name: &f.name, bytes: &f.bytes }).collect();
    // A companion that is a web page is passed over with a warning by readers: the list would serve without aliases.
    for file in &files {
        if matches!(lists::recognise(file.bytes), Format::Html | Format::Empty) {
            let what = lists::recognise(file.bytes);
            return Err(format!(
                "{} is {what}, not a list: a download may have ended at an error or log-in page",
                file.name
            ));
        }
    }
    lists::read_files(&files).map_err(|e| e.to_string())
}

/// Why a list that can be read does not serve all the same.
fn refusal(read: &LoadedList, offer: &Offer<'_>, before: Option<&Version>) -> Option<String> {
    let report = &read.report;
    let (parties, skipped) = (read.entities.len(), report.skipped.len());
    if parties == 0 {
        return Some("nobody is listed in it".to_owned());
    }
    // The wrong file from a folder of many: told by what its reader calls it, where the catalogue knows both.
    // OFSI's closed list is in no catalogue, and the UK's of today must not be taken for it.
    let known = |name: &str| name == "uk_ofsi" || lists::catalogue().iter().any(|source| source.name == name);
    if known(offer.list) && known(&read.dataset) && read.dataset != offer.list {
        return Some(format!("it is {}, not {}", read.dataset, offer.list));
    }
    if share(skipped, parties + skipped) > offer.limits.skipped {
        let first = &report.skipped[0];
        return Some(format!(
            "{skipped} of {} rows cannot be read, more than {} % (--allow-skipped): {} line {}: {}",
            parties + skipped,
            offer.limits.skipped,
            first.file,
            first.line,
            first.reason
        ));
    }
    let before = before?;
    let names = report.names + report.aliases + report.weak_aliases;
    let counts = [("parties", parties, before.parties), ("names", names, before.names + before.aliases)];
    counts.into_iter().find_map(|(what, now, then)| {
        let missing = share(then.saturating_sub(now), then);
        (missing > offer.limits.shrink).then(|| {
            format!(
                "it has {now} {what}, the last version {then}: {missing:.1} % fewer, more than {} % (--allow-shrink)",
                offer.limits.shrink
            )
        })
    })
}

/// So many of so many, in percent.
fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { part as f64 * 100.0 / of as f64 }
}

fn version(offer: &Offer<'_>, sha256: String, hashes: &[String], read: Option<&LoadedList>) -> Version {
    let file = |(file, hash): (&OfferedFile, &String)| VersionFile {
        name: file.name.clone(),
        sha256: hash.clone(),
        bytes: file.bytes.len() as u64,
        from: file.from.clone(),
        etag: file.validator.etag.clone(),
        last_modified: file.validator.last_modified.clone(),
    };
    let report = read.map(|read| &read.report);
    Version {
        sha256,
        dataset: read.map(|read| read.dataset.clone()).unwrap_or_default(),
        parties: read.map_or(0, |read| read.entities.len()),
        names: report.map_or(0, |r| r.names),
        aliases: report.map_or(0, |r| r.aliases + r.weak_aliases),
        relations: report.map_or(0, |r| r.relations),
        skipped: report.map_or(0, |r| r.skipped.len()),
        published: offer.published,
        files: offer.files.iter().zip(hashes).map(file).collect(),
    }
}
