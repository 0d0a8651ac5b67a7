//! Compares the types of front matter values with the results of other parsers, if their data is available.

use crate::support::shared;
use crate::support::shared::{files, post};
use postlint::document::read::front_matter::types::{Engine, Resolved};
use postlint::document::read::front_matter::value::{Data, Mapping, Scalar, Value};
use postlint::document::read::front_matter::{Block, FrontMatter};
use postlint::place::dialect::Generator;
use postlint::source::Source;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::fs;

// ---- SafeYAML ----

/// Test files for which postlint differs from SafeYAML on purpose, and why.
const DIFFERENT: &[(&str, &str)] = &[
    ("08b_block_eof_nonl.yml", "front matter always ends with a line break"),
    ("10_merge.yml", "SafeYAML dies of a list under `<<`: no syntax error, a rule's business"),
    ("10c_merge_nonmap.yml", "SafeYAML dies of text under `<<`: no syntax error, a rule's business"),
    ("18c_brace.yml", "SafeYAML gives `{}` for a mapping as key"),
    ("20_keys.yml", "after a null key SafeYAML takes values for keys"),
    ("20b_complex_key.yml", "SafeYAML takes a mapping as key apart"),
    ("22_tags.yml", "`!!binary` is not decoded"),
    ("24_bom.yml", "the byte order mark stands before the fence, where Jekyll drops it"),
    ("51_yaml_directive.yml", "`---` closes Jekyll's front matter"),
    ("55_null_key.yml", "YAML 1.2 allows an empty key"),
];

#[test]
fn jekyll_types_are_those_of_safe_yaml() {
    let Some(oracle) = shared::find("cases/front-matter-oracle.jsonl") else { return };
    let Some(cases) = shared::find("cases/front-matter") else { return };
    let mut wrong = Vec::new();
    let mut compared = 0;
    for line in fs::read_to_string(oracle).unwrap().lines() {
        let answer: Json = serde_json::from_str(line).unwrap();
        let name = answer["file"].as_str().unwrap();
        let source = post(&fs::read(cases.join(name)).unwrap());
        let front_matter = FrontMatter::parse(&source, Generator::Jekyll);
        let block = front_matter.block().expect(name);
        let ours = match &block.problem {
            Some(_) => json!("error"),
            None => typed_root(block),
        };
        let theirs = match answer["safeyaml"].get("ok") {
            Some(value) => value.clone(),
            None => json!("error"),
        };
        let same = agree(&ours, &theirs);
        let expected = !DIFFERENT.iter().any(|(different, _)| *different == name);
        if same != expected {
            wrong.push(format!("{name}\n  ours   {ours}\n  theirs {theirs}"));
        }
        compared += 1;
    }
    assert!(compared > 80);
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong.join("\n"));
}

/// Whether the results agree. Numbers are compared by value: `750` and `750.0` are equal.
fn agree(ours: &Json, theirs: &Json) -> bool {
    match (ours, theirs) {
        (Json::Array(ours), Json::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| agree(a, b))
        }
        (Json::Object(ours), Json::Object(theirs)) if ours.get("t") == theirs.get("t") => {
            let number = |value: &serde_json::Map<String, Json>| -> Option<f64> { value["v"].as_str()?.parse().ok() };
            match ours["t"].as_str() {
                Some("float") => {
                    let (a, b) = (number(ours), number(theirs));
                    a == b || a.is_some_and(f64::is_nan) && b.is_some_and(f64::is_nan)
                }
                Some("null") => true,
                _ => agree(&ours["v"], &theirs["v"]),
            }
        }
        _ => ours == theirs,
    }
}

fn typed_root(block: &Block<'_>) -> Json {
    let mut anchors = BTreeMap::new();
    match &block.other {
        Some(value) => typed(value, &mut anchors),
        // SafeYAML returns `false` for an empty document.
        None if block.mapping.entries.is_empty() => json!({"t": "bool", "v": "false"}),
        None => typed_mapping(&block.mapping, &mut anchors),
    }
}

fn typed(value: &Value<'_>, anchors: &mut BTreeMap<String, Json>) -> Json {
    let found = match &value.data {
        Data::Alias { name, .. } => anchors.get(&**name).cloned().unwrap_or(json!({"t": "null"})),
        Data::Sequence { items, .. } => {
            json!({"t": "seq", "v": items.iter().map(|item| typed(item, anchors)).collect::<Vec<_>>()})
        }
        Data::Mapping(mapping) => typed_mapping(mapping, anchors),
        Data::Scalar(Scalar { text, .. }) => match value.resolve(Engine::Jekyll).unwrap() {
            Resolved::Null => json!({"t": "null"}),
            Resolved::Bool(it) => json!({"t": "bool", "v": it.to_string()}),
            Resolved::Int(it) => json!({"t": "int", "v": it.to_string()}),
            Resolved::Float(it) => json!({"t": "float", "v": it.to_string()}),
            Resolved::Date(it) => {
                json!({"t": "date", "v": format!("{:04}-{:02}-{:02}", it.year, it.month, it.day)})
            }
            Resolved::Time(it) => json!({"t": "time", "v": utc(it.unix_seconds(), it.nanosecond)}),
            Resolved::Clock | Resolved::Symbol => panic!("no type of SafeYAML's"),
            Resolved::String => json!({"t": "str", "v": text}),
        },
    };
    if let Some((name, _)) = &value.anchor {
        anchors.insert(name.to_string(), found.clone());
    }
    found
}

fn typed_mapping(mapping: &Mapping<'_>, anchors: &mut BTreeMap<String, Json>) -> Json {
    let mut entries: Vec<(Json, Json)> = Vec::new();
    for entry in &mapping.entries {
        let key = typed(&entry.key, anchors);
        let value = typed(&entry.value, anchors);
        let more = match &value["v"] {
            Json::Array(merged) if entry.is_merge() => {
                merged.iter().map(|pair| (pair[0].clone(), pair[1].clone())).collect()
            }
            _ => vec![(key, value)],
        };
        for (key, value) in more {
            match entries.iter_mut().find(|(known, _)| *known == key) {
                Some(known) => known.1 = value,
                None => entries.push((key, value)),
            }
        }
    }
    json!({"t": "map", "v": entries.into_iter().map(|(key, value)| json!([key, value])).collect::<Vec<_>>()})
}

fn utc(seconds: i64, nanosecond: u32) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Finds the year and month of a day number by search, independently of the code under test.
    let year = (1970 + days / 366 - 1..).find(|year| day_number(year + 1, 1, 1) > days).unwrap();
    let month = (1..=12).rev().find(|month| day_number(year, *month, 1) <= days).unwrap();
    let day = days - day_number(year, month, 1) + 1;
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}", nanosecond / 1_000_000)
}

fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let date = postlint::document::read::front_matter::calendar::Date {
        year: year as i32,
        month: month as u32,
        day: day as u32,
    };
    date.days()
}

// ---- serde_yaml ----

#[test]
fn core_types_are_those_of_serde_yaml() {
    let Some(corpus) = shared::find("corpus") else { return };
    let (mut compared, mut wrong) = (0, Vec::new());
    for path in files(&corpus, &["md", "markdown", "mkd", "html"]) {
        let source = Source::from_bytes(fs::read(&path).unwrap());
        let front_matter = FrontMatter::parse(&source, Generator::Jekyll);
        let Some(block) = front_matter.block() else { continue };
        let content = source.slice(block.content);
        // serde_yaml rejects duplicate keys, and resolves aliases and tags.
        if content.contains(['&', '*', '!']) || !block.duplicates().is_empty() {
            continue;
        }
        let theirs = serde_yaml::from_str::<serde_yaml::Value>(content);
        let ours = match (&block.problem, &block.other) {
            (Some(_), _) => None,
            (None, Some(value)) => Some(plain(value)),
            (None, None) if block.mapping.entries.is_empty() => Some(serde_yaml::Value::Null),
            (None, None) => Some(plain_mapping(&block.mapping)),
        };
        compared += 1;
        if theirs.as_ref().ok() != ours.as_ref() {
            wrong.push(format!("{}\n  ours   {ours:?}\n  theirs {theirs:?}", path.display()));
        }
    }
    assert!(compared > 1000, "{compared}");
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong[..wrong.len().min(10)].join("\n"));
}

fn plain(value: &Value<'_>) -> serde_yaml::Value {
    use serde_yaml::Value as Yaml;
    match &value.data {
        Data::Alias { .. } => panic!("no aliases here"),
        Data::Sequence { items, .. } => Yaml::Sequence(items.iter().map(plain).collect()),
        Data::Mapping(mapping) => plain_mapping(mapping),
        Data::Scalar(scalar) => match value.resolve(Engine::Core).unwrap() {
            Resolved::Null => Yaml::Null,
            Resolved::Bool(it) => Yaml::Bool(it),
            Resolved::Int(it) => i64::try_from(it).map_or_else(|_| Yaml::from(it as f64), Yaml::from),
            Resolved::Float(it) => Yaml::from(it),
            _ => Yaml::String(scalar.text.to_string()),
        },
    }
}

fn plain_mapping(mapping: &Mapping<'_>) -> serde_yaml::Value {
    mapping.entries.iter().map(|entry| (plain(&entry.key), plain(&entry.value))).collect::<serde_yaml::Mapping>().into()
}
