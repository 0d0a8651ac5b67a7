//! Compiles a schema: checks its keywords, its patterns and the references inside it.

use crate::pattern;
use crate::words::nearest;
use regex::Regex;
use rustc_hash::FxHashMap;
use serde_json::Value as Json;

/// Maximum number of patterns in a schema: each one takes memory, and is matched against every key or value that it
/// applies to.
pub const MAX_PATTERNS: usize = 300;

/// A mistake in a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaProblem {
    /// The location in the schema, as a JSON pointer.
    pub pointer: String,
    /// The error message, on one line.
    pub message: String,
    /// What to do, if it is specific to this mistake.
    pub help: Option<String>,
}

/// The types of JSON.
const TYPES: [&str; 7] = ["string", "number", "integer", "boolean", "array", "object", "null"];

/// Keywords whose value is a schema.
const SCHEMA: [&str; 9] =
    ["additionalProperties", "propertyNames", "items", "contains", "not", "if", "then", "else", "$comment"];
/// Keywords whose value is a list of schemas.
const SCHEMAS: [&str; 3] = ["allOf", "anyOf", "oneOf"];
/// Keywords whose value maps names to schemas.
const NAMED: [&str; 4] = ["properties", "patternProperties", "$defs", "definitions"];
/// All other keywords that are supported or have no effect.
const OTHERS: [&str; 46] = [
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
    "exists",
    "errorMessage",
    "patternErrorMessage",
    "deprecationMessage",
    "enumDescriptions",
    "markdownEnumDescriptions",
    "defaultSnippets",
    "contentEncoding",
    "tsType",
];

/// Checks all schemas in `root`. Returns their compiled patterns.
pub fn compile(root: &Json) -> Result<FxHashMap<String, Regex>, Vec<SchemaProblem>> {
    let mut patterns = FxHashMap::default();
    let mut problems = Vec::new();
    let mut open = vec![(String::new(), root)];
    while let Some((pointer, schema)) = open.pop() {
        let object = match schema {
            Json::Bool(_) => continue,
            Json::Object(object) => object,
            _ => {
                let message = "a schema is a mapping, `true` or `false`".to_owned();
                problems.push(SchemaProblem { pointer, message, help: None });
                continue;
            }
        };
        for (keyword, value) in object {
            let here = format!("{pointer}/{}", escaped(keyword));
            let mut wrong = |message: String, help: Option<String>| {
                problems.push(SchemaProblem { pointer: here.clone(), message, help });
            };
            if let Some(message) = wrong_value(keyword, value) {
                wrong(message, None);
                continue;
            }
            match keyword.as_str() {
                "$comment" => {}
                "items" if value.is_array() => wrong("a list of schemas under `items` is not supported".into(), None),
                word if SCHEMA.contains(&word) => open.push((here, value)),
                word if SCHEMAS.contains(&word) => match value.as_array() {
                    Some(all) => open.extend(all.iter().enumerate().map(|(at, one)| (format!("{here}/{at}"), one))),
                    None => wrong(format!("`{word}` expects a list of schemas"), None),
                },
                word if NAMED.contains(&word) => match value.as_object() {
                    Some(all) => {
                        if word == "patternProperties" {
                            all.keys().for_each(|text| add_pattern(text, &mut patterns, &mut wrong));
                        }
                        open.extend(all.iter().map(|(name, one)| (format!("{here}/{}", escaped(name)), one)));
                    }
                    None => wrong(format!("`{word}` expects a mapping of schemas"), None),
                },
                "pattern" => add_pattern(value.as_str().unwrap_or(""), &mut patterns, &mut wrong),
                "$ref" => {
                    let inside = value.as_str().and_then(|target| target.strip_prefix('#'));
                    if inside.is_none_or(|pointer| root.pointer(pointer).is_none()) {
                        let help = "write `#/$defs/NAME`, and the schema below `$defs`; other files are not read";
                        wrong("`$ref` refers to a schema that this file does not define".into(), Some(help.into()));
                    }
                }
                word if OTHERS.contains(&word) || word.starts_with("x-") => {}
                word => {
                    let known = SCHEMA.iter().chain(&SCHEMAS).chain(&NAMED).chain(&OTHERS).copied();
                    let help = nearest(word, known).map(|known| format!("did you mean `{known}`?"));
                    wrong(format!("`{word}` is not supported"), help);
                }
            }
        }
    }
    problems.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    if problems.is_empty() { Ok(patterns) } else { Err(problems) }
}

fn add_pattern(text: &str, patterns: &mut FxHashMap<String, Regex>, wrong: &mut impl FnMut(String, Option<String>)) {
    if patterns.contains_key(text) || patterns.len() > MAX_PATTERNS {
        return;
    }
    if patterns.len() == MAX_PATTERNS {
        let help = "combine patterns, as in `^(a|b)$`, or write the keys below `properties`";
        wrong(format!("there are more than {MAX_PATTERNS} different patterns"), Some(help.into()));
    }
    match pattern::regex(text) {
        Ok(pattern) => {
            patterns.insert(text.to_owned(), pattern);
        }
        Err(error) => {
            let usual = "write `\\(` for a literal `(`, in JSON `\\\\(`; see https://docs.rs/regex for the syntax";
            let help = error.help.unwrap_or(usual);
            wrong(format!("{}: {}", error.message, error.cause), Some(help.into()));
        }
    }
}

/// Returns what is wrong with the value of a keyword, apart from the schemas in it.
fn wrong_value(word: &str, value: &Json) -> Option<String> {
    let is_type = |value: &Json| value.as_str().is_some_and(|word| TYPES.contains(&word));
    let is_words = |value: &Json| value.as_array().is_some_and(|all| all.iter().all(Json::is_string));
    let (is_right, what) = match word {
        "type" => {
            let several = value.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(is_type));
            (
                several || is_type(value),
                "one or more of `string`, `number`, `integer`, `boolean`, `array`, `object`, `null`",
            )
        }
        "enum" => (value.is_array(), "a list of values"),
        "required" => (is_words(value), "a list of keys"),
        "dependentRequired" => {
            (value.as_object().is_some_and(|all| all.values().all(is_words)), "a mapping of keys to lists of keys")
        }
        "minProperties" | "maxProperties" | "minItems" | "maxItems" | "minLength" | "maxLength" => {
            (value.is_u64(), "a whole number")
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" | "maxWidth" => {
            (value.is_number(), "a number")
        }
        "uniqueItems" | "exists" => (value.is_boolean(), "`true` or `false`"),
        "pattern" | "format" | "differsFrom" => (value.is_string(), "text"),
        "offset" => (value == "required", "`required`"),
        _ => return None,
    };
    (!is_right).then(|| format!("`{word}` expects {what}"))
}

/// Escapes a name for a JSON pointer.
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
