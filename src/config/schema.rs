//! The JSON Schema (draft 2020-12) of a config file, for editors. Tests verify that it agrees with the parser.

use crate::config::field::{FORMATS, TYPES};
use crate::config::profile::PROFILES;
use crate::config::site::EngineFlag;
use crate::config::{FAIL_ON, LevelSetting, OUTPUT_FORMATS, PRESETS};
use crate::place::dialect::Generator;
use crate::place::engine::Engine;
use serde_json::{Map, Value, json};

/// The description of a rule, from its page.
#[derive(Debug)]
pub struct RuleDoc<'p> {
    /// Its name, an alias, or a group.
    pub name: &'p str,
    /// What it finds.
    pub summary: &'p str,
    /// The options its page declares, each a mapping with `default` and `doc`.
    pub options: Option<&'p serde_yaml::Mapping>,
    /// Whether it is an old name.
    pub is_old: bool,
}

/// The schema, for these rules and groups.
pub fn schema<'p>(rules: impl IntoIterator<Item = RuleDoc<'p>>) -> Value {
    let names: Map<String, Value> = rules.into_iter().map(|doc| (doc.name.to_owned(), rule(&doc))).collect();
    let presets = PRESETS.map(|preset| preset.name);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "postlint.yml",
        "description": "Config file of postlint, a linter for blog posts.",
        "type": ["object", "null"],
        "additionalProperties": false,
        "properties": {
            "extends": {
                "description": "Presets and config files to extend; later ones override earlier ones, and this file overrides all.",
                "$ref": "#/$defs/words",
                "examples": presets,
            },
            "site": {
                "description": "The site's generator, or facts about the site, which override its own files.",
                "anyOf": [{"$ref": "#/$defs/generator"}, site()],
            },
            "lang": {
                "description": "The language of the posts, a BCP 47 tag.",
                "type": "string",
                "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
            },
            "own-hosts": {
                "description": "Hosts that belong to the site itself.",
                "anyOf": [{"$ref": "#/$defs/host"}, {"type": "array", "items": {"$ref": "#/$defs/host"}}],
            },
            "ignore": {"description": "Paths to ignore, in `.gitignore` syntax.", "$ref": "#/$defs/words"},
            "rules-folder": {
                "description": "The folder with the pages of your own rules, relative to this file; `.postlint/rules` by default.",
                "type": ["string", "null"],
            },
            "rules": {"description": "Levels and options of rules and groups.", "$ref": "#/$defs/rules"},
            "overrides": overrides(),
            "fix": fix(),
            "fail-on": fail_on(),
            "format": format(),
            "baseline": baseline(),
            "required-version": required_version(),
            "front-matter": {
                "description": "Front matter that posts must have.",
                "type": ["array", "null"],
                "items": front_matter(),
            },
        },
        "$defs": definitions(names),
    })
}

/// Schemas that are used several times; `rules` are those of all rules.
fn definitions(rules: Map<String, Value>) -> Value {
    json!({
        "rule-names": {
            "anyOf": [
                {"type": "null"},
                {"$ref": "#/$defs/rule-name"},
                {"type": "array", "items": {"$ref": "#/$defs/rule-name"}},
            ],
        },
        "rule-name": {"enum": rules.keys().collect::<Vec<_>>()},
        "words": {"anyOf": [{"type": ["string", "null"]}, {"type": "array", "items": {"type": "string"}}]},
        "generator": {"enum": Generator::ALL.map(Generator::as_str)},
        "globs": {
            "description": "One glob or several, relative to the config file; those with `!` exclude paths.",
            "$ref": "#/$defs/words",
            "examples": ["_posts/**"],
        },
        "key": {"type": "string", "pattern": "^[^.]*$"},
        "keys": {
            "anyOf": [{"$ref": "#/$defs/key"}, {"type": "null"}, {"type": "array", "items": {"$ref": "#/$defs/key"}}],
        },
        "field": field(),
        "profile": {"enum": PROFILES.map(|profile| profile.name)},
        "host": {"type": "string", "pattern": "^[^/\\s]+$"},
        "level": {
            "description": "The level of the findings; `on` enables a rule that is off by default, `off` disables it.",
            // YAML 1.1, which some editors use, parses `on` and `off` as booleans.
            "anyOf": [{"enum": LevelSetting::WORDS}, {"type": "boolean"}],
        },
        "rules": {"type": ["object", "null"], "additionalProperties": false, "properties": rules},
    })
}

fn fail_on() -> Value {
    json!({
        "description": "The lowest level of findings that fails a run; `--fail-on` takes precedence.",
        "enum": FAIL_ON,
    })
}

fn format() -> Value {
    json!({
        "description": "How findings are written to standard output; `--format` takes precedence.",
        "enum": OUTPUT_FORMATS,
    })
}

fn baseline() -> Value {
    json!({
        "description": "The file of known findings, relative to this file or to the folder with `.config/`, or `false` for none; `--baseline` and `--no-baseline` take precedence.",
        "anyOf": [{"type": ["string", "null"]}, {"const": false}],
    })
}

fn required_version() -> Value {
    json!({
        "description": "The versions of postlint that this file is written for; others stop with exit code 2.",
        "type": "string",
        "examples": [">=0.4, <0.6"],
    })
}

fn fix() -> Value {
    json!({
        "description": "Whether safe fixes are applied, and the rules and groups whose fixes are limited.",
        "anyOf": [
            {"type": ["boolean", "null"]},
            {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "apply": {"description": "Apply safe fixes, as `--fix` does; `--no-fix` takes precedence.", "type": "boolean"},
                    "unsafe": {"description": "All their fixes are unsafe.", "$ref": "#/$defs/rule-names"},
                    "never": {"description": "They have no fixes.", "$ref": "#/$defs/rule-names"},
                },
            },
        ],
    })
}

fn overrides() -> Value {
    json!({
        "description": "Levels and options of rules for some posts only.",
        "type": ["array", "null"],
        "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["match"],
            "properties": {"match": {"$ref": "#/$defs/globs"}, "rules": {"$ref": "#/$defs/rules"}},
        },
    })
}

fn site() -> Value {
    let option = |(name, _)| (str::to_owned(name), json!({"type": "boolean"}));
    let options: Map<String, Value> = EngineFlag::ALL.map(option).into_iter().collect();
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "generator": {"description": "The generator.", "$ref": "#/$defs/generator"},
            "engine": {
                "description": "The Markdown engine; `unknown` disables rules about Markdown itself.",
                "enum": Engine::ALL.map(Engine::as_str),
            },
            "options": {
                "description": "Options of the engine.",
                "type": "object",
                "additionalProperties": false,
                "properties": options,
            },
            "theme": {"description": "The theme's slug, such as `minimal-mistakes`.", "type": "string"},
            "title-key": {"description": "The front matter key that becomes the page's title.", "type": "string"},
            "description-key": {
                "description": "The front matter key that becomes the page's meta description.",
                "type": "string",
            },
        },
    })
}

fn front_matter() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "match": {"$ref": "#/$defs/globs"},
            "required": {"description": "Keys these posts must have.", "$ref": "#/$defs/keys"},
            "extends": {
                "description": "Profiles to extend; fields listed here replace those of profiles.",
                "anyOf": [{"$ref": "#/$defs/profile"}, {"type": "array", "items": {"$ref": "#/$defs/profile"}}],
            },
            "fields": {
                "description": "Requirements on the values of keys.",
                "type": ["object", "null"],
                "additionalProperties": {"$ref": "#/$defs/field"},
                "propertyNames": {"$ref": "#/$defs/key"},
            },
            "unknown": {"description": "The level of findings for keys that are not listed here.", "$ref": "#/$defs/level"},
            "order": {"description": "The order of keys.", "$ref": "#/$defs/keys"},
            "schema": {"description": "A file with a JSON Schema, relative to this file.", "type": "string"},
        },
    })
}

fn field() -> Value {
    json!({
        "type": ["object", "null"],
        "additionalProperties": false,
        "properties": {
            "required": {
                "description": "The key must be present, always or when other keys have these values.",
                "anyOf": [
                    {"type": "boolean"},
                    {
                        "type": "object",
                        "required": ["when"],
                        "additionalProperties": false,
                        "properties": {"when": {"type": "object"}},
                    },
                ],
            },
            "type": {
                "description": "The allowed type or types; for a list, those of its items.",
                "anyOf": [{"enum": TYPES}, {"type": "array", "items": {"enum": TYPES}}],
            },
            "list": {"description": "The value is a list; all other settings except `min` and `max` apply to its items.", "type": "boolean"},
            "fields": {
                "description": "The value, or each item, is a mapping with these fields.",
                "type": ["object", "null"],
                "additionalProperties": {"$ref": "#/$defs/field"},
                "propertyNames": {"$ref": "#/$defs/key"},
            },
            "one-of": {"description": "The allowed values, of the field or of each item.", "type": "array", "minItems": 1},
            "min": {"description": "Minimum number of items, or minimum value.", "type": "number"},
            "max": {"description": "Maximum number of items, or maximum value.", "type": "number"},
            "min-length": {"description": "Minimum length in characters.", "type": "integer", "minimum": 0},
            "max-length": {"description": "Maximum length in characters.", "type": "integer", "minimum": 0},
            "max-width": {"description": "Maximum width in pixels of Arial 20 px, the font of titles in search results.", "type": "number"},
            "pattern": {"description": "A regular expression the value must match (unanchored).", "type": "string"},
            "format": {"description": "The format of the text.", "enum": FORMATS},
            "exists": {"description": "The value must be the path of a file in the site; URLs with a host are not checked.", "type": "boolean"},
            "differs-from": {"description": "A key that must not have the same value.", "$ref": "#/$defs/key"},
            "offset": {"description": "A time must include a time zone.", "const": "required"},
        },
    })
}

fn rule(doc: &RuleDoc<'_>) -> Value {
    let options = doc.options.into_iter().flatten();
    let property = |(name, option): (&serde_yaml::Value, &serde_yaml::Value)| {
        Some((name.as_str()?.to_owned(), option_schema(option)))
    };
    let options: Map<String, Value> = options.filter_map(property).collect();
    let mut rule = json!({
        "description": doc.summary,
        "anyOf": [
            {"$ref": "#/$defs/level"},
            {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "level": {"$ref": "#/$defs/level"},
                    "options": {"type": "object", "additionalProperties": false, "properties": options},
                },
            },
        ],
    });
    if let (true, Some(rule)) = (doc.is_old, rule.as_object_mut()) {
        rule.insert("deprecated".into(), true.into());
    }
    rule
}

/// The schema of an option, with the type of its default.
fn option_schema(option: &serde_yaml::Value) -> Value {
    let default = option.get("default").and_then(|value| serde_json::to_value(value).ok()).unwrap_or(Value::Null);
    let kind = match &default {
        Value::Null => None,
        Value::Bool(_) => Some("boolean"),
        Value::Number(_) => Some("number"),
        Value::String(_) => Some("string"),
        Value::Array(_) => Some("array"),
        Value::Object(_) => Some("object"),
    };
    let doc = option.get("doc").and_then(serde_yaml::Value::as_str).unwrap_or("");
    let mut schema = json!({"description": doc, "default": default});
    if let (Some(kind), Some(schema)) = (kind, schema.as_object_mut()) {
        schema.insert("type".into(), kind.into());
    }
    schema
}
