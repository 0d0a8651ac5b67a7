//! The JSON Schema of the formats `json`, `json-flat` and `json-lines` and of audits, as published in `schemas/`.

use crate::output::json;
use serde_json::Value;
use std::io;

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The object of `json`.
    Report,
    /// The array of `json-flat`.
    Flat,
    /// A line of `json-lines`.
    Line,
    /// What an audit adds to the object of `json`.
    Audit,
}

/// The published schema of `json`, which defines the others as well.
const REPORT: &str = include_str!("../../schemas/json-1.schema.json");

/// The published schema of what an audit adds.
const AUDIT: &str = include_str!("../../schemas/audit-1.schema.json");

/// The schema (draft 2020-12) of a format. It accepts keys that it does not name, because later versions of postlint may add
/// some. Fails if the file in this program is not JSON.
pub fn json_schema(shape: Shape) -> io::Result<Value> {
    let mut schema: Value = serde_json::from_str(REPORT)?;
    let (format, definition) = match shape {
        Shape::Audit => return Ok(serde_json::from_str(AUDIT)?),
        Shape::Report => ("json", "report"),
        Shape::Flat => ("json-flat", "flat"),
        Shape::Line => ("json-lines", "line"),
    };
    let file = format!("{format}-{}.schema.json", json::VERSION);
    schema["$id"] = format!("{}/blob/main/schemas/{file}", env!("CARGO_PKG_REPOSITORY")).into();
    schema["title"] = format!("postlint --format {format}").into();
    schema["$ref"] = format!("#/$defs/{definition}").into();
    Ok(schema)
}
