//! Pages that promise to name everything of a kind.

use super::{printed, read};
use serde_json::Value;
use std::collections::BTreeSet;

/// Whether the page has the word as code.
fn names(page: &str, word: &str) -> bool {
    page.contains(&format!("`{word}`"))
}

#[test]
fn every_key_of_the_config_is_described() {
    let page = read("docs/src/configuration.md");
    let schema: Value = serde_json::from_str(&printed(&["schema"])).unwrap();
    let mut keys = BTreeSet::new();
    for part in ["/properties", "/$defs/field", "/$defs/profile", "/$defs/generator"] {
        collect(schema.pointer(part).unwrap(), &mut keys);
    }
    assert!(keys.len() > 50, "only {keys:?}");
    keys.extend(schema["properties"].as_object().unwrap().keys().cloned());
    let missing: Vec<&String> = keys.iter().filter(|key| !names(&page, key)).collect();
    assert!(missing.is_empty(), "docs/src/configuration.md does not name {missing:?}");
}

/// The keys of mappings in a part of the schema, and the words of its enumerations.
fn collect(schema: &Value, keys: &mut BTreeSet<String>) {
    match schema {
        Value::Object(object) => {
            // `not` lists words that are mistakes.
            for (name, value) in object.iter().filter(|(name, _)| *name != "not") {
                if let ("properties", Value::Object(properties)) = (name.as_str(), value) {
                    keys.extend(properties.keys().cloned());
                }
                if let ("enum", Value::Array(words)) = (name.as_str(), value) {
                    keys.extend(words.iter().filter_map(Value::as_str).map(str::to_owned));
                }
                collect(value, keys);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, keys)),
        _ => {}
    }
}

#[test]
fn every_key_of_the_findings_is_described() {
    let page = read("docs/src/output.md");
    let mut keys = BTreeSet::new();
    for arguments in [&["--format", "json", "fixtures/sites/jekyll"][..], &["--format", "json", "nowhere.md"]] {
        every_key(&serde_json::from_str(&printed(arguments)).unwrap(), &mut keys);
    }
    for expected in ["columnUtf16", "related", "edits", "generator", "withheld"] {
        assert!(keys.contains(expected), "the sample site has no `{expected}`");
    }
    let missing: Vec<&String> = keys.iter().filter(|key| !names(&page, key)).collect();
    assert!(missing.is_empty(), "docs/src/output.md does not name {missing:?}");
}

fn every_key(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            keys.extend(object.keys().cloned());
            object.values().for_each(|value| every_key(value, keys));
        }
        Value::Array(values) => values.iter().for_each(|value| every_key(value, keys)),
        _ => {}
    }
}
