//! What was asked of one endpoint: each look-up with its record, and what the records are called. In memory or on disk, the same
//! comes of it.

use std::borrow::Cow;
use std::io;
use std::ops::Range;

use itertools::Itertools;

use super::FEWEST;
use super::group::Seen;
use super::keys::{ids, number};
use super::records::{Records, columns, name};
use super::store::{Keyed, Lookup, Lookups};
use crate::spill::{Room, Rows, Runs, Text, sorted};

/// One endpoint's look-ups.
pub(super) struct Asked<'s> {
    pub(super) endpoint: String,
    pub(super) seen: Rows<Seen>,
    /// How many different records.
    pub(super) records: usize,
    names: Names<'s>,
}

/// What records are called, by their numbers.
enum Names<'s> {
    Here(Records<'s>),
    /// In order of the numbers.
    OnDisk(Runs<Text>),
}

/// Gives what was asked of each endpoint that was asked often enough, the last one first.
pub(super) fn each_endpoint<'s>(
    store: &'s mut Lookups,
    mut give: impl FnMut(Asked<'_>) -> io::Result<()>,
) -> io::Result<()> {
    store.seal()?;
    if let (Some(disk), Some(room)) = (&store.disk, &store.room) {
        for (endpoint, span) in endpoints(disk)?.into_iter().rev() {
            give(Asked::on_disk(store.endpoint(endpoint), disk, span, room)?)?;
        }
        return Ok(());
    }
    let mut all = std::mem::take(&mut store.here);
    let store: &'s Lookups = store;
    all.sort_unstable_by_key(|l| (store.endpoint_of(l.key), l.time, l.line));
    all.shrink_to_fit();
    // From behind, so that the look-ups of an endpoint go once they are made out.
    while let Some(last) = all.last() {
        let endpoint = store.endpoint_of(last.key);
        let start = all.partition_point(|l| store.endpoint_of(l.key) < endpoint);
        let own = &all[start..];
        let asked =
            if own.len() >= FEWEST { Some(Asked::here(store.endpoint(endpoint), own, store)?) } else { None };
        all.truncate(start);
        all.shrink_to_fit();
        asked.map_or(Ok(()), &mut give)?;
    }
    Ok(())
}

/// Where the look-ups of each endpoint lie that was asked often enough.
fn endpoints(disk: &Runs<Keyed>) -> io::Result<Vec<(u32, Range<u64>)>> {
    let (mut all, mut at) = (Vec::new(), 0);
    for (endpoint, own) in &disk.iter().chunk_by(|row| row.as_ref().map_or(0, Keyed::endpoint)) {
        let (start, mut count) = (at, 0);
        for row in own {
            at += row?.length();
            count += 1;
        }
        if count >= FEWEST {
            all.push((endpoint, start..at));
        }
    }
    Ok(all)
}

impl<'s> Asked<'s> {
    fn here(endpoint: String, lookups: &[Lookup], store: &'s Lookups) -> io::Result<Self> {
        let records = Records::of(lookups, store)?;
        let mut seen = Rows::with_capacity(store.room.clone(), lookups.len());
        for lookup in lookups {
            let record = records.of_key(lookup.key);
            seen.push(Seen::new(lookup, record, records.number(record)))?;
        }
        Ok(Self { endpoint, seen, records: records.len(), names: Names::Here(records) })
    }

    fn on_disk(endpoint: String, disk: &Runs<Keyed>, span: Range<u64>, room: &Room) -> io::Result<Self> {
        // Texts have the endpoint in front.
        let rows = || disk.read(span.clone()).map_ok(|row| Keyed { text: row.text[4..].to_vec(), ..row });
        let count = rows().next().transpose()?.map_or(0, |row| ids(&row.text).count());
        if count < 2 {
            return Self::numbered(
                endpoint,
                rows().map_ok(|row| Keyed { text: name(&row.text, &[0]), ..row }),
                room,
            );
        }
        let asked = || rows().map_ok(|row| (row.lookup.client, Cow::Owned(row.text)));
        let columns = columns(count, asked, Some(room))?;
        let named = rows().map_ok(|row| Keyed { text: name(&row.text, &columns), ..row });
        Self::numbered(endpoint, sorted(named, room, Keyed::order)?.iter(), room)
    }

    /// Numbers the records of look-ups in order of what these are called.
    fn numbered(
        endpoint: String,
        rows: impl Iterator<Item = io::Result<Keyed>>,
        room: &Room,
    ) -> io::Result<Self> {
        let (mut seen, mut names) = (Rows::new(Some(room.clone())), Runs::new(&*room.place)?);
        let (mut next, mut last) = (0, None);
        names.write(rows.filter_map(|row| {
            let mut take = |row: Keyed| -> io::Result<Option<Text>> {
                let new = last.as_ref() != Some(&row.text);
                next += u32::from(new);
                seen.push(Seen::new(&row.lookup, next - 1, number(&row.text)))?;
                Ok(new.then(|| Text(last.insert(row.text).clone())))
            };
            row.and_then(&mut take).transpose()
        }))?;
        seen.sort_by_key(|s| (s.time, s.line))?;
        Ok(Self { endpoint, seen, records: next as usize, names: Names::OnDisk(names) })
    }

    /// Gives what records are called: rows of a record's number and two of the caller's, in any order. They come in another.
    pub(super) fn name(
        &self,
        mut wanted: Rows<[u32; 3]>,
        mut give: impl FnMut([u32; 3], String),
    ) -> io::Result<()> {
        let mut names = match &self.names {
            Names::Here(records) => {
                for row in wanted.iter(0..wanted.len()) {
                    let row = row?;
                    give(row, records.name(row[0]));
                }
                return Ok(());
            }
            Names::OnDisk(names) => (0_u32..).zip(names.iter()),
        };
        wanted.sort_by_key(|row| *row)?;
        let mut at = None;
        for row in wanted.iter(0..wanted.len()) {
            let row = row?;
            while at.as_ref().is_none_or(|(record, _)| *record < row[0]) {
                let Some((record, name)) = names.next() else { return Ok(()) };
                at = Some((record, name?));
            }
            if let Some((_, name)) = &at {
                give(row, String::from_utf8_lossy(&name.0).into_owned());
            }
        }
        Ok(())
    }
}
