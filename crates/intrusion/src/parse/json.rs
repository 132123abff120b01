//! JSON lines: one object a line, under whatever names the server was told to use.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::common::{blank, set_request_line};
use super::{Malformed, time};
use crate::Request;
use crate::tables::rows;

/// What a value is, as `json_fields.tsv` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Address,
    Time,
    Request,
    Method,
    Target,
    Path,
    Query,
    Status,
    Size,
    Referrer,
    Agent,
}

const ROLES: [(&str, Role); 11] = [
    ("address", Role::Address),
    ("time", Role::Time),
    ("request", Role::Request),
    ("method", Role::Method),
    ("target", Role::Target),
    ("path", Role::Path),
    ("query", Role::Query),
    ("status", Role::Status),
    ("size", Role::Size),
    ("referrer", Role::Referrer),
    ("agent", Role::Agent),
];

/// Role and rank by name in lower case: of two names in one line the one that the table has first counts.
static NAMES: LazyLock<FxHashMap<String, (usize, usize)>> = LazyLock::new(|| {
    let rows = rows(include_str!("../../data/json_fields.tsv"));
    let known = rows.enumerate().filter_map(|(rank, cells)| {
        let role = ROLES.iter().position(|(name, _)| *name == cells[0])?;
        Some((cells[1].to_ascii_lowercase(), (role, rank)))
    });
    known.collect()
});

/// Objects in objects that are looked into: `http.request.body.bytes` has the most.
const DEPTH: usize = 4;

/// Reads a line.
pub(crate) fn read(line: &[u8]) -> Result<Request<'static>, Malformed> {
    let Ok(Value::Object(object)) = serde_json::from_slice(line) else {
        return Err(Malformed::Json);
    };
    let mut found: [Option<(usize, &Value)>; ROLES.len()] = [None; ROLES.len()];
    collect(&object, "", DEPTH, &mut found);
    let text = |role: Role| -> Vec<u8> {
        let place = ROLES.iter().position(|(_, r)| *r == role);
        match place.and_then(|place| found[place]).map(|(_, value)| value) {
            Some(Value::String(s)) => blank(s.as_bytes()).to_vec(),
            Some(Value::Number(n)) => n.to_string().into_bytes(),
            _ => Vec::new(),
        }
    };
    let mut request = Request { address: Cow::Owned(text(Role::Address)), ..Request::default() };
    if request.address.is_empty() {
        return Err(Malformed::NoAddress);
    }
    request.time = Some(time::any(&text(Role::Time)).ok_or(Malformed::NoTime)?);
    let asked = text(Role::Request);
    if !asked.is_empty() {
        let mut read = Request::default();
        set_request_line(&mut read, &asked);
        request.method = Cow::Owned(read.method.into_owned());
        request.path = Cow::Owned(read.path.into_owned());
        request.query = Cow::Owned(read.query.into_owned());
    }
    let or = |value: Vec<u8>, was: Cow<'static, [u8]>| if value.is_empty() { was } else { Cow::Owned(value) };
    let target = text(Role::Target);
    let (path, query) = crate::request::split_target(&target);
    request.path = or(path.to_vec(), request.path);
    request.query = or(query.to_vec(), request.query);
    if target.is_empty() {
        let path = text(Role::Path);
        let (path, query) = crate::request::split_target(&path);
        request.path = or(path.to_vec(), request.path);
        request.query = or(query.to_vec(), request.query);
    }
    if request.query.is_empty() {
        let query = text(Role::Query);
        request.query = Cow::Owned(query.strip_prefix(b"?").unwrap_or(&query).to_vec());
    }
    if request.path.is_empty() {
        return Err(Malformed::NoRequest);
    }
    request.method = or(text(Role::Method), request.method);
    let number = |role| super::common::number(&text(role));
    request.status = number(Role::Status).and_then(|n| u16::try_from(n).ok()).ok_or(Malformed::NoStatus)?;
    request.size = number(Role::Size);
    request.referrer = Cow::Owned(text(Role::Referrer));
    request.agent = Cow::Owned(text(Role::Agent));
    Ok(request)
}

fn collect<'v>(
    object: &'v Map<String, Value>,
    prefix: &str,
    depth: usize,
    found: &mut [Option<(usize, &'v Value)>; ROLES.len()],
) {
    for (key, value) in object {
        let name = format!("{prefix}{}", key.to_ascii_lowercase());
        match value {
            Value::Object(inner) if depth > 1 => collect(inner, &format!("{name}."), depth - 1, found),
            Value::String(_) | Value::Number(_) => {
                if let Some(&(role, rank)) = NAMES.get(&name)
                    && found[role].is_none_or(|(other, _)| rank < other)
                {
                    found[role] = Some((rank, value));
                }
            }
            _ => {}
        }
    }
}
