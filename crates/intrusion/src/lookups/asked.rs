//! What was asked of one endpoint: each look-up with its record, and what the records are called. In memory or on disk, the same
//! comes of it.

use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::ops::Range;
use std::sync::Arc;

use itertools::Itertools;

use super::FEWEST;
use super::group::Seen;
use super::keys::{ids, number};
use super::records::{Records, columns, name};
use super::store::{Keyed, Lookup, Lookups};
use crate::returned::Returned;
use crate::spill::{Room, Row, Rows, Runs, Text, sorted};

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
    /// In order of the numbers; and where those go whose records came back, of all endpoints: one file, since a process may open
    /// but few.
    OnDisk(Runs<Text>, Arc<Runs<Text>>),
}

/// Gives what was asked of each endpoint that was asked often enough, the last one first.
pub(super) fn each_endpoint<'s>(
    store: &'s mut Lookups,
    mut give: impl FnMut(Asked<'_>) -> io::Result<()>,
) -> io::Result<()> {
    store.seal()?;
    if let (Some(disk), Some(room)) = (&store.disk, &store.room) {
        let returned = Arc::new(Runs::new(&*room.place)?);
        for (endpoint, span) in endpoints(disk)?.into_iter().rev() {
            let (seen, records, names) = on_disk(disk, span, room)?;
            let names = Names::OnDisk(names, Arc::clone(&returned));
            give(Asked { endpoint: store.endpoint(endpoint), seen, records, names })?;
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

    /// What the records of incidents are called, of so many for each, in the order in which they came back. Of each that is wanted:
    /// its number, its incident, and which of its incident's it is.
    pub(super) fn named(
        &self,
        mut wanted: Rows<[u32; 3]>,
        counts: &[usize],
        room: Option<&Room>,
    ) -> io::Result<Vec<Returned>> {
        let mut all = Vec::new();
        match (&self.names, room) {
            (Names::OnDisk(names, returned), Some(room)) => {
                wanted.sort_by_key(|row| *row)?;
                let called = called(names.iter(), wanted.iter(0..wanted.len()));
                let called = sorted(called, room, |a, b| a.place.cmp(&b.place))?;
                let mut called = called.iter();
                for count in counts {
                    let span = returned.append(called.by_ref().take(*count).map_ok(|called| called.name))?;
                    all.push(Returned::on_disk(Arc::clone(returned), span, *count));
                }
            }
            (Names::Here(records), _) => {
                // They are wanted in the order in which they came back.
                let mut wanted = wanted.iter(0..wanted.len());
                for count in counts {
                    let names = wanted.by_ref().take(*count).map_ok(|[record, ..]| records.name(record));
                    all.push(Returned::from(names.collect::<io::Result<Vec<String>>>()?));
                }
            }
            (Names::OnDisk(..), None) => {}
        }
        Ok(all)
    }
}

/// Look-ups of one endpoint, which lie in order of their keys: in order of time, with the number of records, and what these are
/// called.
fn on_disk(disk: &Runs<Keyed>, span: Range<u64>, room: &Room) -> io::Result<(Rows<Seen>, usize, Runs<Text>)> {
    // Texts have the endpoint in front.
    let rows = || disk.read(span.clone()).map_ok(|row| Keyed { text: row.text[4..].to_vec(), ..row });
    let count = rows().next().transpose()?.map_or(0, |row| ids(&row.text).count());
    if count < 2 {
        return numbered(rows().map_ok(|row| Keyed { text: name(&row.text, &[0]), ..row }), room);
    }
    let asked = || rows().map_ok(|row| (row.lookup.client, Cow::Owned(row.text)));
    let columns = columns(count, asked, Some(room))?;
    let named = rows().map_ok(|row| Keyed { text: name(&row.text, &columns), ..row });
    numbered(sorted(named, room, Keyed::order)?.iter(), room)
}

/// Numbers the records of look-ups in order of what these are called.
fn numbered(
    rows: impl Iterator<Item = io::Result<Keyed>>,
    room: &Room,
) -> io::Result<(Rows<Seen>, usize, Runs<Text>)> {
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
    Ok((seen, next as usize, names))
}

/// What a record is called, and where that belongs: its incident, and which of the incident's it is.
struct Called {
    place: [u32; 2],
    name: Text,
}

impl Row for Called {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.name.0.len()
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        self.place.write(out)?;
        self.name.write(out)
    }

    fn read(input: &mut impl Read) -> io::Result<Self> {
        Ok(Self { place: Row::read(input)?, name: Text::read(input)? })
    }
}

/// Names, which are in order of their numbers, for those that are wanted, which are so too.
fn called(
    names: impl Iterator<Item = io::Result<Text>>,
    wanted: impl Iterator<Item = io::Result<[u32; 3]>>,
) -> impl Iterator<Item = io::Result<Called>> {
    let mut names = (0_u32..).zip(names);
    let mut at: Option<(u32, Vec<u8>)> = None;
    wanted.map(move |row| {
        let [wanted, incident, nth] = row?;
        loop {
            if let Some((_, name)) = at.as_ref().filter(|(record, _)| *record == wanted) {
                return Ok(Called { place: [incident, nth], name: Text(name.clone()) });
            }
            let (record, name) = names.next().ok_or(io::ErrorKind::UnexpectedEof)?;
            at = Some((record, name?.0));
        }
    })
}
