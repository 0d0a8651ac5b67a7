//! Prints the keys of YAML documents as JSON, as `yaml_serde` reads them. Reads a JSON list of documents from stdin, and
//! writes one line for each: an object, or `null` if the document cannot be read. Used by `front_matter.py`.

use serde_yaml::{Mapping, Value};
use std::io::{self, Read, Write};

fn main() -> io::Result<()> {
    let mut given = String::new();
    io::stdin().read_to_string(&mut given)?;
    let documents: Vec<String> = serde_json::from_str(&given)?;
    let mut out = io::stdout().lock();
    for document in documents {
        let keys = serde_yaml::from_str::<Mapping>(&document).ok().and_then(|mut mapping| {
            // Merge keys are no keys of their own.
            let mut value = Value::Mapping(std::mem::take(&mut mapping));
            value.apply_merge().ok()?;
            let Value::Mapping(mapping) = value else { return None };
            // Keys that are no texts, and values with their types, as the reader shows them.
            let shown = |(key, value): (Value, Value)| {
                let key = key.as_str().map_or_else(|| format!("{key:?}"), str::to_owned);
                (key, serde_json::Value::from(format!("{value:?}")))
            };
            Some(mapping.into_iter().map(shown).collect::<serde_json::Map<_, _>>())
        });
        writeln!(out, "{}", keys.map_or(serde_json::Value::Null, serde_json::Value::Object))?;
    }
    Ok(())
}
