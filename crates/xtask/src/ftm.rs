//! `cargo xtask ftm`: the schemata of FollowTheMoney, and what their properties take.

use std::error::Error;
use std::path::Path;

use crate::python::run_packages;

/// The countries are rigour's.
const PACKAGES: [&str; 2] = ["followthemoney==4.11.2", "rigour==2.6.1"];

/// Prints the rows of the table. Properties are printed with the schema that declares them; what FollowTheMoney fills in
/// itself, from the other end of a relation, is left out.
const SCRIPT: &str = "
import sys
sys.path.insert(0, sys.argv[1])
from followthemoney import model
from followthemoney.types import registry
for schema in sorted(model, key=lambda schema: schema.name):
    print('schema', schema.name, ' '.join(sorted(parent.name for parent in schema.extends)) or '-', sep='\\t')
for schema in sorted(model, key=lambda schema: schema.name):
    for name, prop in sorted(schema.properties.items()):
        if prop.schema == schema and not prop.stub:
            longest = min(prop.max_length, prop.type.max_length)
            if prop.type == registry.identifier:
                longest = prop.max_length
            print('property', schema.name, name, prop.type.name, prop.format or '-', longest, sep='\\t')
print('values', 'country', ' '.join(sorted(registry.country.codes)), sep='\\t')
words = {**{code: code for code in registry.gender.codes}, **registry.gender.LOOKUP}
print('values', 'gender', ' '.join(f'{word}={code}' for word, code in sorted(words.items())), sep='\\t')
print('values', 'topic', ' '.join(sorted(registry.topic.codes)), sep='\\t')
";

const HEAD: &str = "\
# The schemata of FollowTheMoney, their properties, and what those take: what is exported must be found there.
# Rows, tab-separated: `schema`, its name, the schemata that it extends; `property`, the schema that declares it, its name,
# its type, the format of an identifier, the most letters; `values`, a type, the values that it has, each after the word that it is
# the code of, where it has such.
# source: PyPI followthemoney==4.11.2, rigour==2.6.1 (countries)
# licence: MIT (copyright 2017-2024 Journalism Development Network, Inc.; 2025 OpenSanctions Datenbanken GmbH)
# made by: cargo xtask ftm
";

/// Installs the package, or takes the one in `installed`, and writes the table; with `check`, compares the committed one.
pub(crate) fn run(root: &Path, installed: Option<&Path>, check: bool) -> Result<(), Box<dyn Error>> {
    let path = root.join("crates/model/data/ftm_properties.tsv");
    let table = format!("{HEAD}{}", run_packages(&PACKAGES, installed, SCRIPT)?);
    if !check {
        println!("{} rows", table.lines().filter(|row| !row.starts_with('#')).count());
        return Ok(std::fs::write(path, table)?);
    }
    if std::fs::read_to_string(&path)? != table {
        return Err(
            "crates/model/data/ftm_properties.tsv is not what the packages say: cargo xtask ftm".into()
        );
    }
    println!("crates/model/data/ftm_properties.tsv is what {} say", PACKAGES.join(" and "));
    Ok(())
}
