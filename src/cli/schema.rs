//! What `postlint schema` describes.

use crate::output::Shape;
use clap::ValueEnum;

/// What `postlint schema` describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// Config files, with the rules of your own
    Config,
    /// The object of `--format json`
    Json,
    /// The array of `--format json-flat`
    JsonFlat,
    /// A line of `--format json-lines`
    JsonLines,
    /// What `postlint audit` adds to the object of `--format json`
    Audit,
}

impl SchemaOf {
    /// The shape of an output; `None` for config files.
    pub const fn shape(self) -> Option<Shape> {
        match self {
            SchemaOf::Config => None,
            SchemaOf::Json => Some(Shape::Report),
            SchemaOf::JsonFlat => Some(Shape::Flat),
            SchemaOf::JsonLines => Some(Shape::Line),
            SchemaOf::Audit => Some(Shape::Audit),
        }
    }
}
