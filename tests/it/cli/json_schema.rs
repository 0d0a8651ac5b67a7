//! The published JSON Schema of `json`, `json-flat` and `json-lines`: it is current, and real output fits it. `UPDATE=1`
//! rewrites the files that are derived from that of `json`.

use crate::support::blog::{Blog, code, stdout};
use crate::support::{environment, oracle};
use postlint::config::read_schema;
use postlint::document::Document;
use postlint::place::Place;
use postlint::place::dialect::{Dialect, Generator};
use postlint::schema::Demands;
use postlint::source::Source;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

const FORMATS: [&str; 4] = ["json", "json-flat", "json-lines", "audit"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn object(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What postlint prints at the top of the repository.
fn printed(arguments: &[&str]) -> String {
    let mut command = environment::postlint();
    environment::clear(&mut command);
    stdout(&command.args(arguments).current_dir(root()).output().unwrap())
}

#[test]
fn the_published_schemas_are_current() {
    for format in FORMATS {
        let file = root().join(format!("schemas/{format}-1.schema.json"));
        let schema = printed(&["schema", format]);
        if std::env::var_os("UPDATE").is_some() && !matches!(format, "json" | "audit") {
            fs::write(&file, &schema).unwrap();
        }
        assert_eq!(fs::read_to_string(&file).unwrap_or_default(), schema, "{}", file.display());
        let id = object(&schema)["$id"].as_str().unwrap().to_owned();
        assert!(id.ends_with(&format!("/schemas/{format}-1.schema.json")), "{id}");
    }
    let version = &object(&printed(&["schema", "json"]))["$defs"]["report"]["properties"]["version"]["const"];
    assert_eq!(version, &object(&printed(&["--format", "json", "nowhere.md"]))["version"]);
    let names: Vec<String> = fs::read_dir(root().join("schemas"))
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), FORMATS.len(), "{names:?}");
}

/// The definitions, which accept no keys that they do not name. The published ones accept those of later versions.
fn closed() -> Value {
    let mut definitions = object(&printed(&["schema", "json"]))["$defs"].take();
    for definition in definitions.as_object_mut().unwrap().values_mut() {
        close(definition);
    }
    definitions
}

fn close(schema: &mut Value) {
    if let Some(properties) = schema.get_mut("properties") {
        properties.as_object_mut().unwrap().values_mut().for_each(close);
        schema["additionalProperties"] = json!(false);
    }
}

/// What is wrong in `value`, which should be a `definition`. Values of postlint's schemas are checked where front matter is
/// YAML, of which JSON is a part. A key that is always missing proves that the value was read.
fn wrong(definitions: &Value, definition: &str, value: &Value) -> Vec<String> {
    let schema =
        json!({ "$ref": format!("#/$defs/{definition}"), "required": ["always-missing"], "$defs": definitions });
    let mut demands = Demands::default();
    demands.add(&[], &[Arc::new(read_schema(&Source::new(schema.to_string())).unwrap())]);
    let source = Source::new(format!("---\n{value}\n---\n"));
    let place = Place::new("a.md", Generator::Astro, Dialect::CommonMark);
    let document = Document::parse(&source, &place);
    let mut found: Vec<String> = demands.violations(&document).into_iter().map(|it| it.message).collect();
    let missing = found.iter().position(|it| it == "missing required key `always-missing`");
    found.remove(missing.unwrap_or_else(|| panic!("not read: {found:?} in {value}")));
    found
}

/// A report without its findings, then each finding with the name of its definition: a value of many steps is not checked
/// to its end.
fn parts(report: &Value) -> Vec<(&'static str, Value)> {
    let mut report = report.clone();
    let findings = report["findings"].as_array_mut().map(std::mem::take).unwrap();
    std::iter::once(("report", report)).chain(findings.into_iter().map(|it| ("finding", it))).collect()
}

/// Real reports: of all fixtures with all rules, of a run with fixes, and of one with errors.
fn reports() -> Vec<Value> {
    let mut reports: Vec<Value> = Vec::new();
    let folders = fs::read_dir(root().join("fixtures/sites")).unwrap().map(|it| it.unwrap().path());
    for folder in folders.chain([root().join("fixtures/posts")]) {
        let folder = folder.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        reports.push(object(&printed(&["-q", "--select", "all", "--format", "json", &folder])));
    }
    let post =
        "---\ntitle: A post\ndescription: What it is about.\n---\n\n<a href=\"/\" rel=\"dofollow\">속보 👩</a>\n";
    let blog = Blog::new(&[("a.md", post)]);
    let fixed = blog.run(&["--fix", "--format", "json"]);
    assert_eq!(object(&stdout(&fixed))["summary"]["fixed"], 1, "{}", stdout(&fixed));
    reports.push(object(&stdout(&fixed)));
    blog.write("postlint.yml", "rulse: {}\n");
    let broken = blog.run(&["--format", "json"]);
    assert_eq!(code(&broken), 2);
    reports.push(object(&stdout(&broken)));
    reports.push(object(&printed(&["--format", "json", "nowhere.md"])));
    reports
}

#[test]
fn real_output_fits_and_has_all_that_is_described() {
    let definitions = closed();
    let reports = reports();
    let mut seen = BTreeSet::new();
    let mut findings = 0;
    for (definition, value) in reports.iter().flat_map(parts) {
        assert_eq!(wrong(&definitions, definition, &value), [""; 0], "{definition}: {value}");
        collect(&value, &mut seen);
        findings += usize::from(definition == "finding");
    }
    assert!(findings > 25, "only {findings}");
    let mut described = BTreeSet::new();
    definitions.as_object().unwrap().values().for_each(|it| described.extend(keys(it)));
    let unseen: Vec<_> = described.difference(&seen).collect();
    assert!(unseen.is_empty(), "no output has {unseen:?}");
}

/// The keys of a definition. All of them are always there.
fn keys(definition: &Value) -> Vec<String> {
    let properties = definition["properties"].as_object().map(|it| it.keys().cloned().collect()).unwrap_or_default();
    let required = definition["required"].as_array().cloned().unwrap_or_default();
    assert_eq!(json!(properties), json!(required), "{definition}");
    properties
}

fn collect(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            keys.extend(object.keys().cloned());
            object.values().for_each(|value| collect(value, keys));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, keys)),
        _ => {}
    }
}

/// What an audit adds, in parts, because a value of many steps is not checked to its end.
#[test]
fn an_audit_fits() {
    let mut definitions = object(&printed(&["schema", "audit"]))["$defs"].take();
    definitions.as_object_mut().unwrap().values_mut().for_each(close);
    let whole = object(&printed(&["audit", "-q", "--no-cache", "--format", "json", "fixtures/sites/jekyll"]));
    let mut audit = whole["audit"].clone();
    let lists = [("pages", "page"), ("rules", "ruleFindings"), ("fixFirst", "fixFirst"), ("passed", "ruleState")];
    for (key, definition) in lists {
        let values = audit[key].as_array_mut().map(std::mem::take).unwrap();
        assert!(!values.is_empty(), "{key}");
        for mut value in values {
            let excerpts = value.get_mut("excerpts").and_then(Value::as_array_mut).map(std::mem::take);
            for excerpt in excerpts.into_iter().flatten() {
                assert_eq!(wrong(&definitions, "excerpt", &excerpt), [""; 0], "{excerpt}");
            }
            assert_eq!(wrong(&definitions, definition, &value), [""; 0], "{value}");
        }
    }
    for (key, definition) in [("links", "links"), ("images", "images"), ("frontMatter", "frontMatter")] {
        let value = audit.as_object_mut().unwrap().remove(key).unwrap();
        assert_eq!(wrong(&definitions, definition, &value), [""; 0], "{value}");
    }
    assert_eq!(wrong(&definitions, "summary", &audit).len(), 3, "the keys that were taken out are missing: {audit}");
    for definition in definitions.as_object().unwrap().values() {
        keys(definition);
    }
}

#[test]
fn flat_output_fits() {
    let definitions = closed();
    let lines = printed(&["-q", "--format", "json-lines", "fixtures/sites/jekyll", "fixtures/posts"]);
    let failed = printed(&["-q", "--format", "json-lines", "nowhere.md"]);
    let found = printed(&["search", "img", "--format", "json-lines", "fixtures/posts"]);
    let all: Vec<Value> = [&lines, &failed, &found].into_iter().flat_map(|it| it.lines()).map(object).collect();
    assert!(all.len() > 20 && all.iter().any(|it| it["ruleId"] == "run-error"), "{all:?}");
    for line in &all {
        assert_eq!(wrong(&definitions, "line", line), [""; 0], "{line}");
    }
    let flat = object(&printed(&["-q", "--format", "json-flat", "fixtures/sites/jekyll", "fixtures/posts"]));
    assert_eq!(flat, lines.lines().map(object).collect::<Value>());
}

#[test]
fn what_does_not_fit_is_found() {
    let definitions = closed();
    let report = object(&printed(&["-q", "--format", "json", "fixtures/sites/jekyll"]));
    let finding = report["findings"][5].clone();
    assert!(finding["fix"].is_object(), "{finding}");
    for (pointer, bad) in [
        ("/level", json!("warning")),
        ("/line", json!(0)),
        ("/column", json!("3")),
        ("/fingerprint", json!("x")),
        ("/help", json!(1)),
        ("/span/end/columnUtf16", json!(null)),
        ("/fix/safety", json!("sure")),
        ("/fix/edits", json!({})),
        ("/fix/edits/0/span/start", json!({})),
        ("/related", json!([{}])),
    ] {
        let mut damaged = finding.clone();
        *damaged.pointer_mut(pointer).unwrap() = bad;
        assert_ne!(wrong(&definitions, "finding", &damaged), [""; 0], "{pointer}");
    }
    let mut more = finding.clone();
    more["more"] = json!(1);
    assert_eq!(wrong(&definitions, "finding", &more).len(), 1);
    for key in report.as_object().unwrap().keys() {
        let mut less = report.clone();
        less.as_object_mut().unwrap().remove(key);
        assert_eq!(wrong(&definitions, "report", &less).len(), 1, "{key}");
    }
}

/// Another validator agrees, where it is installed.
#[test]
fn the_published_schemas_hold_for_another_validator() {
    if !oracle::runs("check-jsonschema", &["--version"]) {
        return;
    }
    let blog = Blog::new(&[]);
    let runs = |arguments: &[&str]| {
        let output = Command::new("check-jsonschema").current_dir(&blog.0).args(arguments).output().unwrap();
        (output.status.success(), stdout(&output))
    };
    for format in ["json", "json-flat"] {
        let schema = root().join(format!("schemas/{format}-1.schema.json"));
        let schema = schema.to_str().unwrap();
        assert!(runs(&["--check-metaschema", schema]).0, "{format}");
        for (name, paths) in [("found.json", "fixtures/sites"), ("failed.json", "nowhere.md")] {
            blog.write(name, &printed(&["-q", "--select", "all", "--format", format, paths]));
            let (fits, told) = runs(&["--schemafile", schema, name]);
            assert!(fits, "{told}");
        }
        blog.write("damaged.json", &blog.read("found.json").replace("\"line\":", "\"lines\":"));
        assert!(!runs(&["--schemafile", schema, "damaged.json"]).0, "{format}");
    }
}
