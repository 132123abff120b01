//! Entities as bytes, each to be unpacked by itself.

use std::collections::HashMap;
use std::sync::Arc;

use model::{Entity, Locator, Property, Schema, Statement};
use serde::{Deserialize, Serialize};

/// Entities one behind the other in one piece of memory.
#[derive(Clone, Debug, Default)]
pub struct PackedEntities {
    bytes: Vec<u8>,
    /// Where each begins, and the end.
    starts: Vec<u32>,
    properties: Arc<[Property]>,
}

#[derive(Serialize, Deserialize)]
struct Packed<'a> {
    id: &'a str,
    schema: &'a str,
    #[serde(borrow)]
    statements: Vec<PackedStatement<'a>>,
}

/// A property by its number, the value, its file (from 1; 0 for none) and line.
#[derive(Serialize, Deserialize)]
struct PackedStatement<'a>(u16, &'a str, u16, u32);

/// The properties that entities have, numbered as they come.
#[derive(Default)]
pub(super) struct Properties<'a> {
    numbers: HashMap<&'a Property, u16>,
    names: Vec<&'a str>,
}

impl<'a> Properties<'a> {
    pub(super) fn names(&self) -> Vec<String> {
        self.names.iter().map(|&name| name.to_owned()).collect()
    }

    fn number(&mut self, property: &'a Property) -> Option<u16> {
        if let Some(number) = self.numbers.get(property) {
            return Some(*number);
        }
        let number = u16::try_from(self.names.len()).ok()?;
        self.names.push(property.name());
        self.numbers.insert(property, number);
        Some(number)
    }
}

/// Bytes and starts of some entities; `None` beyond 4 GiB or 65,535 different properties.
pub(super) fn pack<'a>(
    entities: impl Iterator<Item = &'a Entity>,
    properties: &mut Properties<'a>,
) -> Option<(Vec<u8>, Vec<u32>)> {
    let (mut bytes, mut starts) = (Vec::new(), vec![0]);
    for entity in entities {
        let statement = |statement: &'a Statement| {
            let (file, line) = match statement.locator {
                Locator::Line { file, line } => (file.checked_add(1)?, line),
                _ => (0, 0),
            };
            Some(PackedStatement(properties.number(&statement.property)?, &statement.value, file, line))
        };
        let statements = entity.statements.iter().map(statement).collect::<Option<_>>()?;
        let packed = Packed { id: &entity.id, schema: entity.schema.name(), statements };
        bytes = postcard::to_extend(&packed, bytes).ok()?;
        starts.push(u32::try_from(bytes.len()).ok()?);
    }
    Some((bytes, starts))
}

impl PackedEntities {
    /// From what [`pack`] gave and the names of the properties; `None` where they do not fit together.
    pub(super) fn new(bytes: Vec<u8>, starts: Vec<u32>, properties: Arc<[Property]>) -> Option<Self> {
        let fit = starts.is_sorted() && starts.last().is_some_and(|end| *end as usize == bytes.len());
        fit.then_some(Self { bytes, starts, properties })
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The entity in a place.
    ///
    /// # Panics
    /// There is none, or it is no entity: its checksum was right, so we wrote it wrong. To go on without it would clear
    /// whom it lists.
    pub(crate) fn unpack(&self, place: usize) -> Entity {
        let bytes = &self.bytes[self.starts[place] as usize..self.starts[place + 1] as usize];
        self.read(bytes)
            .unwrap_or_else(|| panic!("the compiled list is wrong at its entity {place}: compile it again"))
    }

    fn read(&self, bytes: &[u8]) -> Option<Entity> {
        let packed: Packed<'_> = postcard::from_bytes(bytes).ok()?;
        let statement = |PackedStatement(property, value, file, line): PackedStatement<'_>| {
            let locator = match file.checked_sub(1) {
                Some(file) => Locator::Line { file, line },
                None => Locator::Direct,
            };
            Some(Statement::new(self.properties.get(usize::from(property))?.clone(), value, locator))
        };
        Some(Entity {
            id: packed.id.into(),
            schema: Schema::from_name(packed.schema),
            statements: packed.statements.into_iter().map(statement).collect::<Option<_>>()?,
        })
    }
}
