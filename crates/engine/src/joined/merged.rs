//! Joined parties as FollowTheMoney entities, each value with the listings that state it.

use std::io::Write;
use std::path::{Path, PathBuf};

use model::{Entity, Property, PropertyType, Statement, ftm_value};
use rustc_hash::FxHashSet;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Cluster, Joined, resolve};
use crate::compiled::files_of;
use crate::output::unwritable;
use crate::{EngineError, Output, ScreenList};

/// How a joined file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum JoinedForm {
    /// A line for each entity, with its statements beside its properties.
    #[default]
    Entities,
    /// A line for each statement.
    Statements,
}

/// A statement in FollowTheMoney's form: which listing says what.
#[derive(Serialize)]
struct StatementLine<'a> {
    canonical_id: &'a str,
    entity_id: &'a str,
    dataset: &'a str,
    schema: &'a str,
    prop: &'a str,
    prop_type: &'static str,
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    original_value: Option<&'a str>,
}

/// What stands beside an entity's properties in FollowTheMoney's form, and is none of them.
const BESIDE: [&str; 4] = ["referents", "datasets", "first_seen", "last_change"];

impl Joined<'_> {
    /// Writes the joined parties to a file, which appears whole or not at all.
    ///
    /// # Errors
    /// The path is that of a list that was read, or of a file read with it, or cannot be written.
    pub fn save(&self, path: &Path, form: JoinedForm) -> Result<(), EngineError> {
        let read: Vec<PathBuf> = self.library.lists().iter().flat_map(files_of).collect();
        let mut output = Output::create(path, &read.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
        self.write(form, &mut output).map_err(|e| unwritable(Some(path), &e))?;
        output.commit().map(drop)
    }

    /// Writes the joined parties in the order of the authorities, whoever has no partner among them as it is; then what
    /// belongs to them, with the ids of today.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&self, form: JoinedForm, out: &mut impl Write) -> std::io::Result<()> {
        let mut ids: FxHashSet<&str> = FxHashSet::default();
        for cluster in self.clusters().all() {
            ids.insert(&cluster.id);
            let members: Vec<(&ScreenList, &Entity)> =
                cluster.members.iter().map(|member| self.party(*member)).collect();
            self.write_entity(form, &cluster.id, &members, Some(cluster), out)?;
        }
        for list in self.library.lists() {
            for entity in &list.relations {
                // Two lists may call the same thing by one id: the first is kept, as a reader would.
                if resolve(&entity.id, self.clusters()).is_none() && ids.insert(&entity.id) {
                    self.write_entity(form, &entity.id, &[(list, entity)], None, out)?;
                }
            }
        }
        Ok(())
    }

    fn write_entity(
        &self,
        form: JoinedForm,
        id: &str,
        members: &[(&ScreenList, &Entity)],
        cluster: Option<&Cluster>,
        out: &mut impl Write,
    ) -> std::io::Result<()> {
        let schema = schema(members);
        let mut datasets: Vec<&str> = Vec::new();
        let mut properties: Map<String, Value> = Map::new();
        let mut statements: Vec<Value> = Vec::new();
        for (list, member) in members {
            for dataset in super::datasets(list, member) {
                if !datasets.contains(&dataset) {
                    datasets.push(dataset);
                }
            }
            for statement in member.statements.iter().filter(|s| !BESIDE.contains(&s.property.name())) {
                let value = self.value(statement);
                let prop = statement.property.name();
                let line = StatementLine {
                    canonical_id: id,
                    entity_id: &member.id,
                    dataset: &list.dataset,
                    schema: member.schema.name(),
                    prop,
                    prop_type: type_name(&statement.property),
                    value: &value,
                    original_value: Some(&*statement.value).filter(|published| *published != &*value),
                };
                if form == JoinedForm::Statements {
                    serde_json::to_writer(&mut *out, &line)?;
                    out.write_all(b"\n")?;
                    continue;
                }
                statements.push(serde_json::to_value(&line)?);
                let values = properties.entry(prop).or_insert_with(|| Value::Array(Vec::new()));
                let value = Value::String(value.into());
                if let Some(values) = values.as_array_mut().filter(|values| !values.contains(&value)) {
                    values.push(value);
                }
            }
        }
        if form == JoinedForm::Statements {
            return Ok(());
        }
        let mut line = json!({
            "id": id,
            "caption": members.first().map_or(id, |(_, first)| first.caption()),
            "schema": schema,
            // Counterparties and parties that are struck off stand in the file and are not screened against.
            "target": cluster.is_some(),
            "datasets": datasets,
            "referents": cluster.map(|cluster| &cluster.referents).into_iter().flatten().collect::<Vec<_>>(),
            "properties": properties,
        });
        // Of one listing all is said by its dataset.
        if members.len() > 1
            && let Some(line) = line.as_object_mut()
        {
            line.insert("statements".to_owned(), statements.into());
        }
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")
    }

    /// The value as FollowTheMoney has it; of another party the id that it has today.
    fn value<'v>(&'v self, statement: &'v Statement) -> std::borrow::Cow<'v, str> {
        if statement.property.property_type() == PropertyType::Entity
            && let Some(cluster) = resolve(&statement.value, self.clusters())
        {
            return std::borrow::Cow::Borrowed(&cluster.id);
        }
        ftm_value(statement)
    }
}

/// The first member's schema, or that of a member which says more: a Company is an Organization.
fn schema<'a>(members: &[(&ScreenList, &'a Entity)]) -> &'a str {
    let all = members.iter().map(|(_, entity)| &entity.schema);
    let most = all.reduce(|known, other| if other.is_a(known) { other } else { known });
    most.map_or("Thing", |schema| schema.name())
}

fn type_name(property: &Property) -> &'static str {
    match property.property_type() {
        PropertyType::Name => "name",
        PropertyType::Date => "date",
        PropertyType::Country => "country",
        PropertyType::Identifier => "identifier",
        PropertyType::Address => "address",
        PropertyType::Gender => "gender",
        PropertyType::Entity => "entity",
        PropertyType::Topic => "topic",
        _ => "text",
    }
}
