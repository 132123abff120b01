//! What a file is, told by its content. Names and endings of files lie.

use std::fmt;

use model::Property;

use crate::encoding;
use crate::records::{Records, Row};
use crate::{table, tables};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// OFAC `sdn.csv`, `cons_prim.csv`: 12 columns without header.
    OfacPrimary,
    /// OFAC `alt.csv`, `cons_alt.csv`: 5 columns.
    OfacAliases,
    /// OFAC `add.csv`, `cons_add.csv`: 6 columns.
    OfacAddresses,
    /// OFAC `sdn_comments.csv`, `cons_comments.csv`: 2 columns, the rest of remarks that were cut.
    OfacComments,
    /// The EU's table of financial sanctions: CSV 1.1, or the form of before 2019.
    EuCsv,
    /// FollowTheMoney entities, one JSON object a line.
    FtmJsonLines,
    /// Changes of a FollowTheMoney list, as OpenSanctions publishes them: `{"op": "ADD", "entity": {...}}` a line.
    FtmDelta,
    /// Records of Senzing's entity specification, one JSON object a line.
    SenzingJsonLines,
    /// The US Consolidated Screening List as JSON.
    CslJson,
    /// The table of an authority, which is told by its header.
    AuthorityTable {
        /// Byte between the columns.
        delimiter: u8,
    },
    /// A spreadsheet: XLSX, ODS.
    Spreadsheet,
    /// A table with a header.
    PlainTable {
        /// Byte between the columns.
        delimiter: u8,
    },
    /// JSON in one piece.
    JsonArray,
    /// XML.
    Xml,
    /// A web page.
    Html,
    /// PDF.
    Pdf,
    /// A zip archive, or a document, which is one.
    Zip,
    /// gzip.
    Gzip,
    /// An office file of the old binary form (`.xls`).
    OldOffice,
    /// Text that is no table.
    Text,
    /// Something else.
    Binary,
    /// Blanks and end marks only.
    Empty,
}

impl Format {
    /// Whether such a file is a list, and how surely, the surest first: whatever table lies beside an authority's own form (in an
    /// archive, a note on its columns) is not the list. `None` for companions of a list, and for what is none.
    #[must_use]
    pub fn sureness(self) -> Option<u8> {
        match self {
            Self::OfacPrimary => Some(0),
            Self::EuCsv | Self::Xml | Self::AuthorityTable { .. } | Self::Spreadsheet => Some(1),
            Self::CslJson | Self::FtmJsonLines | Self::SenzingJsonLines => Some(1),
            Self::PlainTable { .. } => Some(2),
            _ => None,
        }
    }

    pub(crate) fn remedy(self) -> &'static str {
        match self {
            Self::Html => "a list was expected; a download may have ended at an error or a log-in page",
            Self::FtmDelta => {
                "it only says what changed: give the list that it is for, whose changes it is applied to"
            }
            Self::Spreadsheet => {
                "no sheet of it has the columns of a list that we know; save the sheet as CSV (UTF-8) and give that"
            }
            Self::Pdf => "a list was expected; give the authority's CSV file",
            Self::Zip | Self::OldOffice => "save the sheet as CSV (UTF-8) and give that",
            Self::Gzip => "unpack it first",
            Self::JsonArray => "write one entity a line (JSON lines)",
            _ => "give OFAC's CSV files, FollowTheMoney JSON lines, or a table with a header",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OfacPrimary => "OFAC's primary file",
            Self::OfacAliases => "OFAC's alias file",
            Self::OfacAddresses => "OFAC's address file",
            Self::OfacComments => "OFAC's file of continued remarks",
            Self::EuCsv => "the EU's table of financial sanctions",
            Self::FtmJsonLines => "FollowTheMoney JSON lines",
            Self::FtmDelta => "a delta of a FollowTheMoney list",
            Self::SenzingJsonLines => "Senzing JSON lines",
            Self::CslJson => "the US Consolidated Screening List as JSON",
            Self::AuthorityTable { .. } => "a table of an authority",
            Self::Spreadsheet => "a spreadsheet",
            Self::PlainTable { .. } => "a table with a header",
            Self::JsonArray => "JSON in one piece",
            Self::Xml => "an XML file",
            Self::Html => "a web page",
            Self::Pdf => "a PDF document",
            Self::Zip => "a zip archive or a document",
            Self::Gzip => "a gzip file",
            Self::OldOffice => "an old office file",
            Self::Text => "plain text",
            Self::Binary => "a binary file",
            Self::Empty => "an empty file",
        })
    }
}

/// How much of a file is looked at.
const HEAD: usize = 64 << 10;

/// How many rows vote.
const VOTERS: usize = 25;

/// Tables of authorities, by names of columns that stand together in no other header.
const HEADERS: [([&str; 2], Format); 2] = [
    (["Entity_LogicalId", "NameAlias_WholeName"], Format::EuCsv),
    (["Entity_logical_id", "Naal_wholename"], Format::EuCsv),
];

/// Tells what a file is.
#[must_use]
pub fn recognise(bytes: &[u8]) -> Format {
    let magic: [(&[u8], Format); 5] = [
        (b"PK\x03\x04", Format::Zip),
        (b"PK\x05\x06", Format::Zip),
        (b"\x1F\x8B", Format::Gzip),
        (b"%PDF", Format::Pdf),
        (b"\xD0\xCF\x11\xE0", Format::OldOffice),
    ];
    if bytes.starts_with(b"PK") && is_spreadsheet(bytes) {
        return Format::Spreadsheet;
    }
    if let Some((_, format)) = magic.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return *format;
    }
    let first = bytes.iter().position(|b| !(b.is_ascii_whitespace() || *b == 0x1A));
    let Some(first) = first else { return Format::Empty };
    // An even number of bytes: a UTF-16 file is not cut within a letter.
    let head = &bytes[..bytes.len().min(first + HEAD) & !1];
    let head = if head.len() + 1 >= bytes.len() { bytes } else { head };
    let plain = encoding::plain(head);
    let blanks = plain.iter().position(|b| !b.is_ascii_whitespace());
    let Some(start) = blanks.map(|n| &plain[n..]) else { return Format::Empty };
    if start.iter().take(4096).any(|b| *b == 0) {
        return Format::Binary;
    }
    match start[0] {
        b'{' => json_object(start),
        b'[' => Format::JsonArray,
        b'<' => markup(start),
        _ => delimited(start),
    }
}

fn markup(start: &[u8]) -> Format {
    let head = String::from_utf8_lossy(&start[..start.len().min(1024)]).to_ascii_lowercase();
    if head.contains("<!doctype html") || head.contains("<html") { Format::Html } else { Format::Xml }
}

/// A zip archive with the parts of a workbook. Their names stand uncompressed: in an ODS in front, in an XLSX anywhere.
fn is_spreadsheet(bytes: &[u8]) -> bool {
    let named = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    let head = &bytes[..bytes.len().min(256)];
    memchr::memmem::find(head, b"opendocument.spreadsheet").is_some()
        || (named(b"[Content_Types].xml") && named(b"xl/workbook.xml"))
}

/// What JSON objects are, by the keys of the first.
fn json_object(start: &[u8]) -> Format {
    let line = start.split(|b| *b == b'\n').next().unwrap_or(start);
    let whole = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(line).ok();
    // The first object may be longer than the head, or go over several lines: then its keys are looked for.
    let has = |key: &str| match &whole {
        Some(object) => object.contains_key(key),
        None => memchr::memmem::find(start, format!("\"{key}\"").as_bytes()).is_some(),
    };
    let begins_with_op = start[1..].trim_ascii_start().starts_with(b"\"op\"");
    if begins_with_op || (has("op") && has("entity") && !has("schema")) {
        Format::FtmDelta
    } else if has("RECORD_ID") || has("DATA_SOURCE") {
        Format::SenzingJsonLines
    } else if has("results") && (whole.is_some() || has("source_list_url") || has("entity_number")) {
        Format::CslJson
    } else {
        Format::FtmJsonLines
    }
}

fn delimited(text: &[u8]) -> Format {
    let header = text.split(|b| matches!(b, b'\n' | b'\r')).next().unwrap_or_default();
    let header = String::from_utf8_lossy(header);
    let known = HEADERS.iter().find(|(names, _)| names.iter().all(|name| header.contains(name)));
    if let Some((_, format)) = known {
        return *format;
    }
    if let Some(delimiter) = tables::recognise(text) {
        return Format::AuthorityTable { delimiter };
    }
    let comma = rows(text, b',');
    let Some(header) = comma.first() else { return Format::Empty };
    // OFAC's files have no header: their first rows vote, for one of them may be broken.
    let mut votes = [0_usize; 5];
    for row in &comma {
        votes[kind(row)] += 1;
    }
    let headed = table::columns(header).any(|p| p.name_strength().is_some());
    let best = (1..5).max_by_key(|kind| (votes[*kind], std::cmp::Reverse(*kind)));
    if let Some(best) = best.filter(|best| !headed && votes[*best] > 0 && votes[*best] * 2 >= comma.len()) {
        return [Format::OfacPrimary, Format::OfacAliases, Format::OfacAddresses, Format::OfacComments]
            [best - 1];
    }
    let candidates = [b',', b'\t', b';', b'|'].map(|delimiter| {
        let header = rows(text, delimiter).into_iter().next().unwrap_or_default();
        let named = table::columns(&header).filter(|p| !matches!(p, Property::Other(_))).count();
        (named, header.len(), delimiter)
    });
    // Most known columns, then most columns; the earlier delimiter where these are the same.
    let best = candidates.iter().copied().reduce(|a, b| if (b.0, b.1) > (a.0, a.1) { b } else { a });
    match best {
        Some((named, columns, delimiter)) if named > 0 || columns > 1 => Format::PlainTable { delimiter },
        _ => Format::Text,
    }
}

fn rows(text: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let mut records = Records::new(text, delimiter, None);
    let mut row = Row::default();
    let mut rows = Vec::new();
    while rows.len() < VOTERS && records.read(&mut row) {
        rows.push(row.fields.iter().map(|f| f.trim().to_owned()).collect());
    }
    rows
}

/// 1 primary, 2 aliases, 3 addresses, 4 comments, 0 none of them.
fn kind(row: &[String]) -> usize {
    let number =
        |n: usize| row.get(n).is_some_and(|f| !f.is_empty() && f.bytes().all(|b| b.is_ascii_digit()));
    match row.len() {
        12 if number(0) => 1,
        5 if number(0) && number(1) && matches!(row[2].as_str(), "aka" | "fka" | "nka") => 2,
        6 if number(0) && number(1) => 3,
        2 if number(0) => 4,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_content() {
        let comma = Format::PlainTable { delimiter: b',' };
        let table = |delimiter| Format::AuthorityTable { delimiter };
        let rows: [(&[u8], Format); 41] = [
            (b"", Format::Empty),
            (b"\x1A", Format::Empty),
            (b" \r\n\x1A", Format::Empty),
            (b"PK\x03\x04rest", Format::Zip),
            (b"\x1F\x8B\x08", Format::Gzip),
            (b"%PDF-1.7", Format::Pdf),
            (b"\xD0\xCF\x11\xE0\xA1", Format::OldOffice),
            (b"<?xml version=\"1.0\"?><sdnList/>", Format::Xml),
            (b"\xEF\xBB\xBF<CONSOLIDATED_LIST/>", Format::Xml),
            (b"\r\n<!DOCTYPE html><html>", Format::Html),
            (b"{\"id\":\"a\"}", Format::FtmJsonLines),
            (b"[{\"id\":\"a\"}]", Format::JsonArray),
            (b"{\"op\":\"DEL\",\"entity\":{\"id\":\"a\"}}\n", Format::FtmDelta),
            (
                b"{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"entity\":[\"op\"]}}",
                Format::FtmJsonLines,
            ),
            (b"{\"RECORD_ID\":\"1\",\"DATA_SOURCE\":\"x\"}", Format::SenzingJsonLines),
            (b"{\"results\":[]}", Format::CslJson),
            (b"{\n \"results\": [\n  {\"entity_number\": 1,", Format::CslJson),
            (b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet", Format::Spreadsheet),
            (b"PK\x03\x04[Content_Types].xml xl/workbook.xml", Format::Spreadsheet),
            (b"PK\x03\x04[Content_Types].xml word/document.xml", Format::Zip),
            (b"Last Updated,1/1/2018,,\nName 6,Group Type,Regime,Group ID\nA,Entity,X,1\n", table(b',')),
            (
                b"Report Date: x\r\n\"Unique ID\",\"OFSI Group ID\",\"Name 6\",\"Regime Name\"\r\n",
                table(b','),
            ),
            (b"Reference;Name of Individual or Entity;Name Type;Control Date\n", table(b';')),
            (b"_id,source,entity_number,federal_register_notice,source_list_url\n", table(b',')),
            (b"Name\tStreet_Address\tEffective_Date\tFR_Citation\n", table(b'\t')),
            (b"abc\0\0def", Format::Binary),
            (b"1,\"A\",-0- ,\"P\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1A", Format::OfacPrimary),
            (
                b"1,\"A\",-0- ,\"P\n2,\"A\",-0- ,\"P\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ",
                Format::OfacPrimary,
            ),
            (b"1,2,\"aka\",\"A\",-0- ", Format::OfacAliases),
            (b"1,2,-0- ,\"Town\",\"Land\",-0- ", Format::OfacAddresses),
            (b"1,\"r 17 (Russia)\"", Format::OfacComments),
            (b"id,name\n1,A\n2,B\n3,C\n", comma),
            (b"Full Name,Born\nA,B\n", comma),
            (b"name\nA\n", comma),
            (b"id;Name;country\n1;A, B;ir\n", Format::PlainTable { delimiter: b';' }),
            (b"id\tname\n1\tA\n", Format::PlainTable { delimiter: b'\t' }),
            (b"name|alias\nA|B\n", Format::PlainTable { delimiter: b'|' }),
            (b"\xFF\xFEn\0a\0m\0e\0\n\0A\0", comma),
            (b"just some words", Format::Text),
            (b"fileGenerationDate;Entity_LogicalId;NameAlias_WholeName\n1;2;A\n", Format::EuCsv),
            (b"\"Date_file1;Entity_logical_id;Naal_wholename\t\"\r\n", Format::EuCsv),
        ];
        for (bytes, expected) in rows {
            assert_eq!(recognise(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }
}
