//! `tag-duplicate`: a tag that a post has twice.

use crate::diagnostic::Label;
use crate::document::read::front_matter::value::Value;
use crate::document::{Document, Field};
use crate::rule::{Check, Context, Finding, Wants};
use rustc_hash::FxHashMap;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct TagDuplicate {
    keys: Vec<String>,
}

impl Check for TagDuplicate {
    fn wants(&self) -> Wants {
        Wants::Document
    }

    fn document(&self, context: &mut Context<'_>, document: &Document<'_>) {
        for key in &self.keys {
            let Field::Nested(entry) = document.field(key) else { continue };
            let Some(items) = entry.value.as_sequence() else { continue };
            let mut first: FxHashMap<String, (&str, &Value<'_>)> = FxHashMap::default();
            for item in items {
                let Some(tag) = item.text().map(str::trim).filter(|tag| !tag.is_empty()) else { continue };
                let Some((before, value)) = first.insert(tag.to_lowercase(), (tag, item)) else { continue };
                let message = match before == tag {
                    true => format!("`{tag}` is twice in `{key}`"),
                    false => format!("`{key}` has both `{before}` and `{tag}`"),
                };
                context.report(Finding {
                    message: Some(message),
                    related: vec![Label { span: value.span, message: "first here".to_owned() }],
                    ..Finding::at(item.span)
                });
            }
        }
    }
}
