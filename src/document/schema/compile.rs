//! Before a schema is used: are all its keywords known, all patterns readable, all references inside it?

use regex::Regex;
use serde_json::Value as Json;
use std::collections::HashMap;

/// A mistake in a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaProblem {
    /// Where, as a JSON pointer.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
}

/// Keywords whose value is a schema.
const SCHEMA: [&str; 9] =
    ["additionalProperties", "propertyNames", "items", "contains", "not", "if", "then", "else", "$comment"];
/// Keywords whose value is a list of schemas.
const SCHEMAS: [&str; 3] = ["allOf", "anyOf", "oneOf"];
/// Keywords whose value maps names to schemas.
const NAMED: [&str; 4] = ["properties", "patternProperties", "$defs", "definitions"];
/// Everything else that is understood or changes nothing.
const OTHERS: [&str; 38] = [
    "$ref",
    "$schema",
    "$id",
    "id",
    "$anchor",
    "type",
    "enum",
    "const",
    "required",
    "minProperties",
    "maxProperties",
    "dependentRequired",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "title",
    "description",
    "default",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "markdownDescription",
    "$vocabulary",
    "contentMediaType",
    "maxWidth",
    "differsFrom",
    "offset",
    "errorMessage",
];

/// Walks all schemas in `root`; gives the patterns in them, compiled.
pub fn compile(root: &Json) -> Result<HashMap<String, Regex>, Vec<SchemaProblem>> {
    let mut patterns = HashMap::new();
    let mut problems = Vec::new();
    let mut open = vec![(String::new(), root)];
    while let Some((pointer, schema)) = open.pop() {
        let object = match schema {
            Json::Bool(_) => continue,
            Json::Object(object) => object,
            _ => {
                problems.push(SchemaProblem { pointer, message: "a schema is an object, `true` or `false`".into() });
                continue;
            }
        };
        for (keyword, value) in object {
            let here = format!("{pointer}/{}", escaped(keyword));
            let mut wrong = |message: String| problems.push(SchemaProblem { pointer: here.clone(), message });
            match keyword.as_str() {
                "$comment" => {}
                "items" if value.is_array() => wrong("a list of schemas under `items` is not supported".into()),
                word if SCHEMA.contains(&word) => open.push((here, value)),
                word if SCHEMAS.contains(&word) => match value.as_array() {
                    Some(all) => open.extend(all.iter().enumerate().map(|(at, one)| (format!("{here}/{at}"), one))),
                    None => wrong(format!("`{word}` takes a list")),
                },
                word if NAMED.contains(&word) => match value.as_object() {
                    Some(all) => {
                        if word == "patternProperties" {
                            all.keys().for_each(|text| add_pattern(text, &mut patterns, &mut wrong));
                        }
                        open.extend(all.iter().map(|(name, one)| (format!("{here}/{}", escaped(name)), one)));
                    }
                    None => wrong(format!("`{word}` takes a mapping")),
                },
                "pattern" => add_pattern(value.as_str().unwrap_or(""), &mut patterns, &mut wrong),
                "$ref" => {
                    let inside = value.as_str().and_then(|target| target.strip_prefix('#'));
                    if inside.is_none_or(|pointer| root.pointer(pointer).is_none()) {
                        wrong("`$ref` leads nowhere in this file; other files are not read".into());
                    }
                }
                word if OTHERS.contains(&word) || word.starts_with("x-") => {}
                word => wrong(format!("`{word}` is not supported")),
            }
        }
    }
    problems.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    if problems.is_empty() { Ok(patterns) } else { Err(problems) }
}

fn add_pattern(text: &str, patterns: &mut HashMap<String, Regex>, wrong: &mut impl FnMut(String)) {
    match Regex::new(text) {
        Ok(pattern) => {
            patterns.insert(text.to_owned(), pattern);
        }
        Err(error) => {
            let reason = error.to_string();
            wrong(format!("this pattern cannot be read: {}", reason.lines().last().unwrap_or("").trim()));
        }
    }
}

/// A name as part of a JSON pointer.
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
